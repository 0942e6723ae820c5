/* SPDX-License-Identifier: MIT */
/* tem trust build: sign what the lists of an office say. */
#include "bundle.h"
#include "file.h"
#include "json.h"
#include "records.h"
#include "secret.h"
#include "sources.h"
#include "trust_list.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* May the present root still sign, though the bundle before named another? It
 * must, if that one is lost; but it is seldom what is wanted. */
static bool is_turned_back(const struct build *b)
{
    return b->previous && tem_trust_all(b->previous)->next.size > 0 &&
           b->contents->chain_count == tem_trust_all(b->previous)->chain_count;
}

/* What can be signed, and is rarely meant. */
static void warn(const struct build *b)
{
    enum { JUMP = 1000 }; /* of versions, in one step */
    const struct tem_trust_contents *c = b->contents;
    const char *out = b->args->values[B_OUT];
    uint32_t before = b->previous ? tem_trust_all(b->previous)->version : 0;
    char day[TEM_DATE_TEXT_SIZE];
    if (c->issued > today())
        COMPLAIN(b->cli, TRUST_EARLY, out, tem_date_vn(c->issued, day));
    if (c->expires < today())
        COMPLAIN(b->cli, BUILD_EXPIRED, out, tem_date_vn(c->expires, day));
    if (c->version - before > JUMP)
        COMPLAIN(b->cli, BUILD_JUMP, out, number_text(c->version).text,
                 number_text(before).text);
    if (is_turned_back(b))
        COMPLAIN(b->cli, BUILD_TURNED_BACK, out, b->args->values[B_PREVIOUS]);
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
    static const char *const words[] = {"y", "Y",  "yes", "Yes", "YES", "c",
                                        "C", "co", "Co",  "có",  "Có",  "CÓ"};
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
    int status = sources_read(b->cli, b->args, format,
                              b->previous ? tem_trust_all(b->previous) : NULL,
                              true, &b->source, &b->contents);
    if (status != EXIT_DONE)
        return status;
    if (!set_roots(b))
        return EXIT_FAILED;
    warn(b);
    return show_changes(b) && ask(b) && sign(b) ? EXIT_DONE : EXIT_FAILED;
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
    if (strcmp(args->values[B_OUT], "-") == 0) {
        COMPLAIN(cli, OPTION_RANGE, args->command->name, "--out", "-", "FILE");
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
