/* SPDX-License-Identifier: MIT */
/* tem trust: build the province's trust bundle, look at one, compare two. */
#include "bundle.h"
#include "file.h"
#include "json.h"
#include "records.h"
#include "secret.h"
#include "trust_list.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the lists of an office --------------------------------------------- */

struct telling {
    struct cli *cli;
    long long errors, warnings;
};

static void tell_problem(void *context, const char *file,
                         const struct tem_problem *problem)
{
    struct telling *telling = context;
    telling->errors += problem->severity == TEM_SEVERITY_ERROR;
    telling->warnings += problem->severity == TEM_SEVERITY_WARNING;
    records_tell(telling->cli, file, problem);
}

static ptrdiff_t read_stream(void *context, void *data, size_t size)
{
    FILE *file = context;
    size_t got = fread(data, 1, size, file);
    return got == 0 && ferror(file) ? -1 : (ptrdiff_t)got;
}

static bool read_source(struct cli *cli, const char *name,
                        enum tem_format format, struct tem_trust_source *source)
{
    struct tem_error error;
    FILE *file = file_open(cli, name);
    if (!file)
        return false;
    bool done = tem_trust_source_read(source, name, read_stream, file, format,
                                      &error) == TEM_OK;
    if (!done)
        complain_error(cli, name, &error);
    if (file != stdin)
        fclose(file);
    return done;
}

/* Read all files. @return EXIT_DONE and contents, or what went wrong. */
static int read_sources(struct cli *cli, const struct args *args,
                        enum tem_format format,
                        const struct tem_trust_contents *before,
                        struct tem_trust_source **source,
                        struct tem_trust_contents **contents)
{
    static struct telling telling;
    struct tem_error error;
    telling = (struct telling){.cli = cli};
    *contents = NULL;
    if (tem_trust_source_new(tell_problem, &telling, source, &error) !=
        TEM_OK) {
        complain_error(cli, args->operands[0], &error);
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < args->operand_count; i++)
        if (!read_source(cli, args->operands[i], format, *source))
            return EXIT_FAILED;
    if (tem_trust_source_finish(*source, before, contents, &error) != TEM_OK) {
        complain_error(cli, args->operands[0], &error);
        return EXIT_FAILED;
    }
    TELL(cli, SOURCE_READ, number_text((long long)args->operand_count).text,
         number_text(telling.errors).text, number_text(telling.warnings).text);
    return *contents ? EXIT_DONE : EXIT_NEGATIVE;
}

/* ---- build -------------------------------------------------------------- */

enum {
    B_ROOT = O_OWN,
    B_PASSPHRASE,
    B_OUT,
    B_FIRST,
    B_PREVIOUS,
    B_PREVIOUS_ROOT,
    B_NEXT,
    B_YES,
    B_FORMAT,
};

const struct option trust_build_options[] = {
    COMMON_OPTIONS,
    {"root",
     0,
     "FILE",
     {"private root key to sign with", "khóa gốc bí mật để ký"}},
    {"passphrase-file",
     0,
     "FILE",
     {"read the passphrase from a file's first line",
      "đọc mật khẩu từ dòng đầu của tệp"}},
    {"out", 0, "FILE", {"bundle to make", "tệp gói tin cậy cần tạo"}},
    {"first", 0, NULL, {"there is no bundle before it", "đây là gói đầu tiên"}},
    {"previous", 0, "FILE", {"the bundle before it", "gói liền trước"}},
    {"previous-root",
     0,
     "FILE",
     {"public root key of that one (default: --root)",
      "khóa gốc công khai của gói trước (mặc định: --root)"}},
    {"next",
     0,
     "FILE",
     {"public root key that will sign from the next bundle on",
      "khóa gốc công khai sẽ ký từ gói sau"}},
    {"yes", 0, NULL, {"sign without asking", "ký mà không hỏi"}},
    {"format",
     0,
     "auto|json|csv",
     {"format of the sources (default: found out)",
      "dạng tệp nguồn (mặc định: tự nhận)"}},
    {0},
};

/* What one build holds. */
struct build {
    struct cli *cli;
    const struct args *args;
    struct tem_key *root;
    struct tem_trust *previous;
    struct tem_trust_source *source;
    struct tem_trust_contents *contents;
    uint8_t statement[TEM_TRUST_STATEMENT_MAX];
};

static bool load_previous(struct build *b)
{
    const char *file = b->args->values[B_PREVIOUS];
    const char *root_file = b->args->values[B_PREVIOUS_ROOT];
    if (!file)
        return true;
    struct tem_key *root =
        root_file ? key_load_public(b->cli, root_file) : NULL;
    if (root_file && !root)
        return false;
    b->previous = bundle_open(b->cli, file, root ? root : b->root);
    tem_key_free(root);
    return b->previous != NULL;
}

/* The chain so far, and the root to come. */
static bool set_roots(struct build *b)
{
    struct tem_error error;
    const char *file = b->args->values[B_NEXT];
    if (b->previous &&
        tem_trust_follow(b->contents, b->previous, b->root, &error) != TEM_OK) {
        complain_error(b->cli, b->args->values[B_ROOT], &error);
        return false;
    }
    if (!file)
        return true;
    struct tem_key *next = key_load_public(b->cli, file);
    struct tem_buffer out = {b->statement, sizeof b->statement, 0};
    bool done = next != NULL;
    if (next && tem_trust_succeed(b->root, b->contents->province, next, &out,
                                  &error) != TEM_OK) {
        complain_error(b->cli, file, &error);
        done = false;
    }
    b->contents->next = (struct tem_bytes){out.data, out.size};
    tem_key_free(next);
    return done;
}

/* What will be signed, for who is to answer for it. */
static bool show_changes(const struct build *b)
{
    static const struct tem_trust_contents nothing;
    if (b->args->values[B_YES] && (b->cli->quiet || b->cli->json))
        return true;
    trust_summary(b->cli, b->contents);
    return trust_diff(b->cli,
                      b->previous ? tem_trust_all(b->previous) : &nothing,
                      b->contents) >= 0;
}

static bool is_yes(const char *line)
{
    static const char *const words[] = {"y",  "Y",  "yes", "Yes", "YES", "c",
                                        "C",  "co", "Co",  "có",  "Có",  "CÓ"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(line, words[i]) == 0)
            return true;
    return false;
}

/* Only somebody at a terminal can say yes, or --yes. */
static bool ask(const struct build *b)
{
    char line[16] = "";
    if (b->args->values[B_YES])
        return true;
    FILE *terminal = fopen("/dev/tty", "r+");
    if (!terminal) {
        COMPLAIN(b->cli, ASK_NO_TERMINAL, NULL);
        return false;
    }
    fputs(text_of(b->cli->lang, TEXT_ASK_SIGN), terminal);
    fflush(terminal);
    if (!fgets(line, sizeof line, terminal))
        line[0] = '\0';
    fclose(terminal);
    line[strcspn(line, "\r\n")] = '\0';
    if (!is_yes(line))
        COMPLAIN(b->cli, NOT_SIGNED, NULL);
    return is_yes(line);
}

static void report(const struct build *b, size_t size)
{
    const struct tem_trust_contents *c = b->contents;
    const char *out = b->args->values[B_OUT];
    TELL(b->cli, TRUST_MADE, out, number_text(c->version).text,
         number_text((long long)size).text);
    if (!b->cli->json)
        return;
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", out);
    json_number(&json, "province", c->province);
    json_number(&json, "version", c->version);
    json_date(&json, "issued", c->issued);
    json_number(&json, "bytes", (long long)size);
    json_close(&json, '}');
    json_end(&json);
}

static bool sign(struct build *b)
{
    struct tem_error error;
    struct tem_buffer out = {malloc(TEM_TRUST_FILE_MAX), TEM_TRUST_FILE_MAX, 0};
    bool done = false;
    if (!out.data)
        COMPLAIN(b->cli, MEMORY, NULL);
    else if (tem_trust_write(b->contents, b->root, &out, &error) != TEM_OK)
        complain_error(b->cli, b->args->values[B_OUT], &error);
    else {
        int reason =
            file_keep(b->args->values[B_OUT], out.data, out.size, 0644);
        if (reason)
            file_complain(b->cli, b->args->values[B_OUT], reason, false);
        done = reason == 0;
    }
    if (done)
        report(b, out.size);
    free(out.data);
    return done;
}

static int build(struct build *b, enum tem_format format)
{
    b->root = key_load_private(b->cli, b->args->values[B_ROOT],
                               b->args->values[B_PASSPHRASE]);
    if (!b->root || !load_previous(b))
        return EXIT_FAILED;
    int status = read_sources(b->cli, b->args, format,
                              b->previous ? tem_trust_all(b->previous) : NULL,
                              &b->source, &b->contents);
    if (status != EXIT_DONE)
        return status;
    return set_roots(b) && show_changes(b) && ask(b) && sign(b) ? EXIT_DONE
                                                                : EXIT_FAILED;
}

int cmd_trust_build(struct cli *cli, const struct args *args)
{
    enum tem_format format;
    struct build b = {.cli = cli, .args = args};
    if (!opt_required(cli, args, B_ROOT) || !opt_required(cli, args, B_OUT) ||
        !opt_operands(cli, args, "SOURCE") ||
        !records_format(cli, args, B_FORMAT, &format))
        return EXIT_USAGE;
    bool first = args->values[B_FIRST] != NULL;
    bool previous = args->values[B_PREVIOUS] != NULL;
    if (first == previous) {
        if (first)
            COMPLAIN(cli, OPTION_CLASH, args->command->name, "--first",
                     "--previous");
        else
            COMPLAIN(cli, OPTION_MISSING, args->command->name, "--previous",
                     "--previous FILE / --first");
        return EXIT_USAGE;
    }
    if (file_exists(args->values[B_OUT])) {
        COMPLAIN(cli, FILE_EXISTS, args->values[B_OUT], "");
        return EXIT_FAILED;
    }
    int status = worsen(cli, build(&b, format));
    tem_trust_source_free(b.source);
    tem_trust_free(b.previous);
    tem_key_free(b.root);
    return status;
}

/* ---- check: the lists, or a bundle -------------------------------------- */

enum { C_ROOT = O_OWN, C_NOW, C_FORMAT };

const struct option trust_check_options[] = {
    COMMON_OPTIONS,
    BUNDLE_ROOT_OPTION,
    BUNDLE_NOW_OPTION,
    {"format",
     0,
     "auto|json|csv",
     {"format of the sources (default: found out)",
      "dạng tệp nguồn (mặc định: tự nhận)"}},
    {0},
};

/* A bundle is no text: it begins with COSE's tag. */
static bool is_bundle(const char *name)
{
    FILE *file = strcmp(name, "-") == 0 ? NULL : fopen(name, "rb");
    int first = file ? fgetc(file) : EOF;
    if (file)
        fclose(file);
    return first == 0xD2;
}

static int check_bundle(struct cli *cli, const struct args *args, int32_t now)
{
    struct tem_key *root = key_load_public(cli, args->values[C_ROOT]);
    if (!root)
        return EXIT_FAILED;
    int status = EXIT_DONE;
    for (size_t i = 0; i < args->operand_count; i++) {
        const char *file = args->operands[i];
        if (!file_exists(file)) { /* bundle_open() says so */
            bundle_open(cli, file, root);
            worsen(cli, EXIT_FAILED);
            continue;
        }
        struct tem_trust *trust = bundle_open(cli, file, root);
        if (!trust) {
            status = EXIT_NEGATIVE;
            continue;
        }
        const struct tem_trust_contents *c = tem_trust_all(trust);
        char day[TEM_DATE_TEXT_SIZE];
        TELL(cli, TRUST_HOLDS, file, number_text(c->version).text);
        if (now < c->issued || now > c->expires)
            status = EXIT_NEGATIVE;
        if (now < c->issued)
            COMPLAIN(cli, TRUST_EARLY, file, tem_date_vn(c->issued, day));
        else if (now > c->expires)
            COMPLAIN(cli, TRUST_EXPIRED, file, tem_date_vn(c->expires, day));
        else if (now > c->next_update)
            COMPLAIN(cli, TRUST_DUE, file, tem_date_vn(c->next_update, day));
        tem_trust_free(trust);
    }
    tem_key_free(root);
    return status;
}

static int check_sources(struct cli *cli, const struct args *args,
                         enum tem_format format)
{
    struct tem_trust_source *source = NULL;
    struct tem_trust_contents *contents;
    int status = read_sources(cli, args, format, NULL, &source, &contents);
    if (contents && !cli->quiet)
        trust_summary(cli, contents);
    tem_trust_source_free(source);
    return status;
}

int cmd_trust_check(struct cli *cli, const struct args *args)
{
    enum tem_format format;
    int32_t now;
    if (!opt_operands(cli, args, "SOURCE, BUNDLE") ||
        !records_format(cli, args, C_FORMAT, &format) ||
        !bundle_date(cli, args, C_NOW, today(), &now))
        return EXIT_USAGE;
    if (!args->values[C_ROOT] && !is_bundle(args->operands[0]))
        return worsen(cli, check_sources(cli, args, format));
    if (!opt_required(cli, args, C_ROOT))
        return EXIT_USAGE;
    return worsen(cli, check_bundle(cli, args, now));
}

/* ---- show and diff ------------------------------------------------------ */

enum { S_ROOT = O_OWN };

const struct option trust_show_options[] = {
    COMMON_OPTIONS, BUNDLE_ROOT_OPTION, {0}};
const struct option trust_diff_options[] = {
    COMMON_OPTIONS, BUNDLE_ROOT_OPTION, {0}};

static void print_entry(void *context, const char *key, const char *text)
{
    const struct cli *cli = context;
    (void)key;
    SAY(cli, LIST_LINE, text);
}

int cmd_trust_show(struct cli *cli, const struct args *args)
{
    if (!opt_required(cli, args, S_ROOT) || !opt_operands(cli, args, "BUNDLE"))
        return EXIT_USAGE;
    struct tem_key *root = key_load_public(cli, args->values[S_ROOT]);
    for (size_t i = 0; i < args->operand_count && root; i++) {
        struct tem_trust *trust = bundle_open(cli, args->operands[i], root);
        if (!trust) {
            worsen(cli, EXIT_FAILED);
            continue;
        }
        trust_summary(cli, tem_trust_all(trust));
        if (cli->json)
            trust_list_json(tem_trust_all(trust));
        else
            trust_list(cli, tem_trust_all(trust), print_entry, cli);
        tem_trust_free(trust);
    }
    tem_key_free(root);
    return root ? cli->status : EXIT_FAILED;
}

int cmd_trust_diff(struct cli *cli, const struct args *args)
{
    if (!opt_required(cli, args, S_ROOT))
        return EXIT_USAGE;
    if (args->operand_count != 2) {
        COMPLAIN(cli, OPERAND_MISSING, args->command->name, "OLD NEW");
        return EXIT_USAGE;
    }
    struct tem_key *root = key_load_public(cli, args->values[S_ROOT]);
    if (!root)
        return EXIT_FAILED;
    struct tem_trust *old = bundle_open(cli, args->operands[0], root);
    struct tem_trust *new = bundle_open(cli, args->operands[1], root);
    long differ = -1;
    if (old && new) {
        trust_summary(cli, tem_trust_all(new));
        differ = trust_diff(cli, tem_trust_all(old), tem_trust_all(new));
    }
    if (differ == 0)
        TELL(cli, DIFF_NONE, NULL);
    tem_trust_free(old);
    tem_trust_free(new);
    tem_key_free(root);
    return worsen(cli, differ < 0 ? EXIT_FAILED : EXIT_DONE);
}
