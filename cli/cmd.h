/* SPDX-License-Identifier: MIT */
#ifndef CLI_CMD_H
#define CLI_CMD_H

/* What every verb shares: the table of verbs, the options, where it speaks. */

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <tem/tem.h>

/* Exit status; the worst wins, in the order DONE, NEGATIVE, FAILED. */
enum {
    EXIT_DONE = 0,
    EXIT_NEGATIVE = 1, /* something is not genuine, a check failed */
    EXIT_USAGE = 2,
    EXIT_FAILED = 3, /* it could not be done */
};

/* ---- texts (text.def) ---- */

/* English first, here as in text.def and messages.def. */
struct both {
    const char *en, *vi;
};

/* ---- options (opt.c) ---- */

enum { OPTIONS_MAX = 48 };

struct option {
    const char *name; /* without dashes; NULL ends a table */
    char letter;      /* 0: none */
    const char *arg;  /* NULL: a flag; "[N]": may be left out */
    struct both help;
};

/* Every verb's table begins with these. */
#define COMMON_OPTIONS                                                         \
    {"help", 'h', NULL, {"show this help", "xem hướng dẫn này"}},              \
        {"lang",                                                               \
         0,                                                                    \
         "vi|en",                                                              \
         {"language (default: the locale's)",                                  \
          "ngôn ngữ (mặc định theo máy)"}},                                    \
        {"quiet",                                                              \
         'q',                                                                  \
         NULL,                                                                 \
         {"speak only of problems", "chỉ nói khi có lỗi"}},                    \
    {                                                                          \
        "json", 0, NULL,                                                       \
        {                                                                      \
            "one JSON object a line", "mỗi dòng một đối tượng JSON" \
        }                                                                      \
    }
enum { O_HELP, O_LANG, O_QUIET, O_JSON, O_OWN };

struct command;

struct args {
    const struct command *command;
    const char *values[OPTIONS_MAX]; /* NULL: not given; flags: "" */
    char **operands;
    size_t operand_count;
};

/* ---- the running command (cli.c) ---- */

struct cli {
    enum tem_lang lang;
    bool quiet, json;
    int status; /* worst so far */
};

struct command {
    const char *name;
    const char *usage; /* what follows "tem NAME" */
    struct both summary;
    const struct option *options;
    int (*run)(struct cli *cli, const struct args *args);
};

extern const struct command *const commands[]; /* NULL at the end */

extern const struct option keygen_options[], check_options[], issue_options[],
    scan_options[], verify_options[], grade_options[], export_options[], trust_build_options[],
    trust_check_options[], trust_show_options[], trust_diff_options[],
    key_show_options[], key_check_options[], key_passwd_options[],
    template_list_options[], template_show_options[], template_check_options[],
    template_preview_options[], ledger_show_options[],
    ledger_checkpoint_options[], ledger_prove_options[], ledger_check_options[],
    ledger_cosign_options[], ledger_import_options[], scans_import_options[],
    scans_merge_options[], scans_show_options[], rules_list_options[],
    rules_show_options[];
int cmd_keygen(struct cli *cli, const struct args *args);
int cmd_check(struct cli *cli, const struct args *args);
int cmd_issue(struct cli *cli, const struct args *args);
int cmd_scan(struct cli *cli, const struct args *args);
int cmd_verify(struct cli *cli, const struct args *args);
int cmd_grade(struct cli *cli, const struct args *args);
int cmd_export(struct cli *cli, const struct args *args);
int cmd_key_show(struct cli *cli, const struct args *args);
int cmd_key_check(struct cli *cli, const struct args *args);
int cmd_key_passwd(struct cli *cli, const struct args *args);
int cmd_template_list(struct cli *cli, const struct args *args);
int cmd_template_show(struct cli *cli, const struct args *args);
int cmd_template_check(struct cli *cli, const struct args *args);
int cmd_template_preview(struct cli *cli, const struct args *args);
int cmd_trust_build(struct cli *cli, const struct args *args);
int cmd_trust_check(struct cli *cli, const struct args *args);
int cmd_trust_show(struct cli *cli, const struct args *args);
int cmd_trust_diff(struct cli *cli, const struct args *args);
int cmd_scans_import(struct cli *cli, const struct args *args);
int cmd_scans_merge(struct cli *cli, const struct args *args);
int cmd_scans_show(struct cli *cli, const struct args *args);
int cmd_rules_list(struct cli *cli, const struct args *args);
int cmd_rules_show(struct cli *cli, const struct args *args);
int cmd_ledger_show(struct cli *cli, const struct args *args);
int cmd_ledger_checkpoint(struct cli *cli, const struct args *args);
int cmd_ledger_prove(struct cli *cli, const struct args *args);
int cmd_ledger_check(struct cli *cli, const struct args *args);
int cmd_ledger_cosign(struct cli *cli, const struct args *args);
int cmd_ledger_import(struct cli *cli, const struct args *args);

/* Parse what follows the verb. Operands are gathered at the front of argv.
 * Says what is wrong and returns false. */
bool opt_parse(struct cli *cli, const struct command *command, int argc,
               char **argv, struct args *args);
void opt_help(const struct command *command, enum tem_lang lang, FILE *out);

/* A whole number option within bounds, or @p standard when it is absent.
 * False, with a complaint, if it is none. */
bool opt_number(struct cli *cli, const struct args *args, int option,
                long long least, long long most, long long standard,
                long long *value);
/* The value of an option that must be there; NULL with a complaint. */
const char *opt_required(struct cli *cli, const struct args *args, int option);
bool opt_operands(struct cli *cli, const struct args *args, const char *what);

enum { TEXT_ARGUMENTS = 5 }; /* of a line, at most */

enum text_id {
#define T(name, en, vi) TEXT_##name,
#include "text.def"
#undef T
};

const char *in_lang(enum tem_lang lang, struct both text);

/* A line of text.def as it stands. */
const char *text_of(enum tem_lang lang, enum text_id id);
/* The same with its arguments, ended by NULL, each escaped as below: give them
 * as they are. At most TEXT_ARGUMENTS. */
const char *text_format(enum tem_lang lang, enum text_id id,
                        const char *const *arguments, char *out,
                        size_t capacity);
#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* One line on stderr, after "tem: ". */
void complain_at(const struct cli *cli, enum text_id id,
                 const char *const *arguments);
#define COMPLAIN(cli, name, ...)                                               \
    complain_at(cli, TEXT_##name, ARGUMENTS(__VA_ARGS__))
/* One line on stdout. */
void say_at(const struct cli *cli, enum text_id id,
            const char *const *arguments);
#define SAY(cli, name, ...) say_at(cli, TEXT_##name, ARGUMENTS(__VA_ARGS__))
/* The same, unless --quiet or --json. */
void tell_at(const struct cli *cli, enum text_id id,
             const char *const *arguments);
#define TELL(cli, name, ...) tell_at(cli, TEXT_##name, ARGUMENTS(__VA_ARGS__))

/* A text of the library, and what the user of the command can do about it.
 * TEM_MESSAGE_TEXT_MAX bytes suffice. @return @p out. */
const char *message_text(const struct cli *cli,
                         const struct tem_message *message, char *out,
                         size_t capacity);

/* A decimal with the mark of the language. @return @p out. */
const char *decimal_text(const struct cli *cli, double value, int places,
                         char *out, size_t capacity);

/* An errno in words. */
const char *reason_text(const struct cli *cli, int number);

/* The library's reason why @p file could not be handled. */
void complain_error(const struct cli *cli, const char *file,
                    const struct tem_error *error);

/* Remember the worst status. @return it. */
int worsen(struct cli *cli, int status);

/* A number as text, good to the end of the expression that it is made in. */
struct number_text {
    char text[24];
};
struct number_text number_text(long long value);

/* Lower case, with a NUL: 2 * size + 1 bytes. */
void to_hex(const uint8_t *data, size_t size, char *out);

/* ---- what others wrote: file names, fields, scanned texts ---- */

/* Length of the UTF-8 character (RFC 3629) at @p p, 0 if there is none. */
size_t utf8_read(const uint8_t *p, size_t left, uint32_t *character);

/* Whether a character steers a terminal, ends a line, turns the direction of
 * writing or cannot be seen. */
bool is_unsafe(uint32_t character);

/* Make it safe to look at, on one line, and not ambiguous: a backslash is
 * doubled, \xHH is a byte, \uHHHH or \UHHHHHHHH a character. JSON escapes by
 * its own rules (json.h). Cut to @p capacity with an ellipsis. */
const char *escape(struct tem_bytes text, char *out, size_t capacity);
void print_escaped(struct tem_bytes text); /* on stdout, never cut */

/* ---- the clock, the only place that reads it ---- */

int64_t clock_now(void); /* seconds since 1970-01-01 00:00 UTC */
int32_t today(void);     /* civil day in Asia/Ho_Chi_Minh */

#endif
