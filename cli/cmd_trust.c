/* SPDX-License-Identifier: MIT */
/* tem trust: check the lists or a bundle, show one, compare two. */
#include "bundle.h"
#include "file.h"
#include "json.h"
#include "records.h"
#include "secret.h"
#include "sources.h"
#include "trust_list.h"
#include <string.h>

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

/* How old it is, in a word for programs, and what to do about it. */
static const char *tell_age(const struct cli *cli, const char *file,
                            const struct tem_trust_contents *c, int32_t now)
{
    char day[TEM_DATE_TEXT_SIZE];
    if (now < c->issued) {
        COMPLAIN(cli, TRUST_EARLY, file, tem_date_vn(c->issued, day));
        return "early";
    }
    if (now > c->expires) {
        COMPLAIN(cli, TRUST_EXPIRED, file, tem_date_vn(c->expires, day));
        return "expired";
    }
    if (now > c->next_update) {
        COMPLAIN(cli, TRUST_DUE, file, tem_date_vn(c->next_update, day));
        return "due";
    }
    return "current";
}

static void print_check(const char *file, const struct tem_trust *trust,
                        const char *age)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    json_bool(&json, "holds", trust != NULL);
    if (trust) {
        const struct tem_trust_contents *c = tem_trust_all(trust);
        json_string(&json, "age", age);
        json_number(&json, "province", c->province);
        json_number(&json, "version", c->version);
        json_date(&json, "issued", c->issued);
        json_date(&json, "next_update", c->next_update);
        json_date(&json, "expires", c->expires);
    }
    json_close(&json, '}');
    json_end(&json);
}

static int check_bundle(struct cli *cli, const char *file,
                        const struct tem_key *root, int32_t now)
{
    const char *age = "";
    struct tem_trust *trust = bundle_open(cli, file, root); /* or says why */
    if (!trust && !file_exists(file))
        return EXIT_FAILED;
    if (trust) {
        TELL(cli, TRUST_HOLDS, file,
             number_text(tem_trust_all(trust)->version).text);
        age = tell_age(cli, file, tem_trust_all(trust), now);
    }
    if (cli->json)
        print_check(file, trust, age);
    bool usable = strcmp(age, "current") == 0 || strcmp(age, "due") == 0;
    tem_trust_free(trust);
    return usable ? EXIT_DONE : EXIT_NEGATIVE;
}

static int check_bundles(struct cli *cli, const struct args *args, int32_t now)
{
    struct tem_key *root = key_load_public(cli, args->values[C_ROOT]);
    if (!root)
        return worsen(cli, EXIT_FAILED);
    for (size_t i = 0; i < args->operand_count; i++)
        worsen(cli, check_bundle(cli, args->operands[i], root, now));
    tem_key_free(root);
    return cli->status;
}

static int check_sources(struct cli *cli, const struct args *args,
                         enum tem_format format)
{
    struct tem_trust_source *source = NULL;
    struct tem_trust_contents *contents;
    int status =
        sources_read(cli, args, format, NULL, false, &source, &contents);
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
    return check_bundles(cli, args, now);
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

static void show_entries(struct cli *cli, const struct tem_trust_contents *c)
{
    if (trust_list(cli, c, false, print_entry, cli))
        return;
    COMPLAIN(cli, MEMORY, NULL);
    worsen(cli, EXIT_FAILED);
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
            show_entries(cli, tem_trust_all(trust));
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
