/* SPDX-License-Identifier: MIT */
/* tem rules list, show: what the audit looks for. */
#include "file.h"
#include "json.h"
#include "records.h"
#include "rules.h"
#include <stdlib.h>
#include <string.h>

enum { R_RULES = O_OWN, R_FORMAT };

const struct option rules_list_options[] = {
    COMMON_OPTIONS, RULES_OPTION, RULES_FORMAT_OPTION, {0}};
const struct option rules_show_options[] = {
    COMMON_OPTIONS, RULES_OPTION, RULES_FORMAT_OPTION, {0}};

/* ---- a file of changes -------------------------------------------------- */

struct telling {
    const struct cli *cli;
    const char *file;
};

static void tell(void *context, const struct tem_problem *problem)
{
    const struct telling *telling = context;
    records_tell(telling->cli, telling->file, problem);
}

static ptrdiff_t read_stream(void *context, void *data, size_t size)
{
    FILE *file = context;
    size_t got = fread(data, 1, size, file);
    return got == 0 && ferror(file) ? -1 : (ptrdiff_t)got;
}

bool rules_load(struct cli *cli, const char *file, enum tem_format format,
                struct tem_tuning *tuning)
{
    struct telling telling = {cli, file};
    struct tem_error error;
    *tuning = (struct tem_tuning){0};
    if (!file)
        return true;
    FILE *stream = file_open(cli, file);
    if (!stream)
        return false;
    bool done = tem_tuning_read(read_stream, stream, format, tell, &telling,
                                tuning, &error) == TEM_OK;
    if (!done)
        complain_error(cli, file, &error);
    if (stream != stdin)
        fclose(stream);
    return done;
}

/* ---- limits ------------------------------------------------------------- */

/* "8.5", without noughts at its end. */
static const char *value_text(const struct cli *cli, int64_t value,
                              char out[32])
{
    int places = value % 1000 == 0  ? 0
                 : value % 100 == 0 ? 1
                 : value % 10       ? 3
                                    : 2;
    return decimal_text(cli, (double)value / 1000, places, out, 32);
}

static bool is_changed(const struct tem_change *change,
                       const struct tem_limit *limit)
{
    return !change->off && strcmp(change->rule, limit->rule) == 0 &&
           strcmp(change->limit, limit->limit) == 0 &&
           strcmp(change->of, limit->of) == 0;
}

static void say_limits(struct cli *cli, const char *rule)
{
    const struct tem_limit *limits;
    size_t count = tem_limit_list(&limits);
    for (size_t i = 0; i < count; i++) {
        char value[32], what[64];
        if (strcmp(limits[i].rule, rule) != 0)
            continue;
        snprintf(what, sizeof what, "%s%s%s", limits[i].limit,
                 limits[i].of[0] ? " " : "", limits[i].of);
        value_text(cli, limits[i].value, value);
        SAY(cli, RULE_LIMIT, what, value, limits[i].unit,
            limits[i].source[cli->lang]);
    }
}

static void say_changes(struct cli *cli, const struct tem_tuning *tuning,
                        const char *rule)
{
    for (size_t i = 0; i < tuning->count; i++) {
        const struct tem_change *c = &tuning->changes[i];
        char value[32], what[64];
        if (strcmp(c->rule, rule) != 0)
            continue;
        snprintf(what, sizeof what, "%s%s%s", c->limit, c->of[0] ? " " : "",
                 c->of);
        if (c->off)
            SAY(cli, RULE_OFF, c->reason);
        else
            SAY(cli, RULE_CHANGED, what, value_text(cli, c->value, value),
                c->reason);
    }
}

/* ---- rules -------------------------------------------------------------- */

static void say_rule(struct cli *cli, const struct tem_rule *rule)
{
    static const enum text_id severities[] = {
        [TEM_SEVERITY_ERROR] = TEXT_RULE_ERROR,
        [TEM_SEVERITY_WARNING] = TEXT_RULE_WARNING,
        [TEM_SEVERITY_INFO] = TEXT_RULE_INFO};
    SAY(cli, RULE_LINE, rule->rule,
        text_of(cli->lang, severities[rule->severity]), rule->title[cli->lang]);
}

static void print_limit(struct json *json, const struct tem_tuning *tuning,
                        const struct tem_limit *limit)
{
    int64_t value = limit->value;
    bool changed = false;
    for (size_t i = 0; i < tuning->count; i++)
        if (is_changed(&tuning->changes[i], limit)) {
            value = tuning->changes[i].value;
            changed = true;
        }
    json_open(json, NULL, '{');
    json_string(json, "limit", limit->limit);
    json_string(json, "of", limit->of);
    json_decimal(json, "value", (double)value / 1000, 3);
    json_string(json, "unit", limit->unit);
    json_bool(json, "changed", changed);
    json_string(json, "source_en", limit->source[TEM_LANG_EN]);
    json_string(json, "source_vi", limit->source[TEM_LANG_VI]);
    json_close(json, '}');
}

static void print_rule(const struct tem_tuning *tuning,
                       const struct tem_rule *rule)
{
    static const char *const severities[] = {[TEM_SEVERITY_ERROR] = "error",
                                             [TEM_SEVERITY_WARNING] = "warning",
                                             [TEM_SEVERITY_INFO] = "info"};
    struct json json = {stdout, false};
    const struct tem_limit *limits;
    size_t count = tem_limit_list(&limits);
    json_open(&json, NULL, '{');
    json_string(&json, "rule", rule->rule);
    json_string(&json, "severity", severities[rule->severity]);
    json_string(&json, "decided", rule->decided);
    json_bool(&json, "on", tem_rule_is_on(tuning, rule->rule));
    json_string(&json, "title_en", rule->title[TEM_LANG_EN]);
    json_string(&json, "title_vi", rule->title[TEM_LANG_VI]);
    json_string(&json, "text_en", rule->text[TEM_LANG_EN]);
    json_string(&json, "text_vi", rule->text[TEM_LANG_VI]);
    json_string(&json, "basis_en", rule->basis[TEM_LANG_EN]);
    json_string(&json, "basis_vi", rule->basis[TEM_LANG_VI]);
    json_open(&json, "limits", '[');
    for (size_t i = 0; i < count; i++)
        if (strcmp(limits[i].rule, rule->rule) == 0)
            print_limit(&json, tuning, &limits[i]);
    json_close(&json, ']');
    json_close(&json, '}');
    json_end(&json);
}

int cmd_rules_list(struct cli *cli, const struct args *args)
{
    struct tem_tuning *tuning = NULL;
    enum tem_format format;
    const struct tem_rule *rules;
    size_t count = tem_rule_list(&rules);
    if (args->operand_count > 0)
        COMPLAIN(cli, OPERAND_EXTRA, args->command->name, args->operands[0]);
    if (args->operand_count > 0 ||
        !records_format(cli, args, R_FORMAT, &format))
        return EXIT_USAGE;
    tuning = calloc(1, sizeof *tuning);
    bool done =
        tuning && rules_load(cli, args->values[R_RULES], format, tuning);
    for (size_t i = 0; done && i < count; i++) {
        if (cli->json)
            print_rule(tuning, &rules[i]);
        else
            say_rule(cli, &rules[i]);
        if (!cli->json)
            say_changes(cli, tuning, rules[i].rule);
    }
    free(tuning);
    return done ? EXIT_DONE : EXIT_FAILED;
}

static void show_rule(struct cli *cli, const struct tem_tuning *tuning,
                      const struct tem_rule *rule)
{
    if (cli->json) {
        print_rule(tuning, rule);
        return;
    }
    enum tem_lang other = cli->lang == TEM_LANG_VI ? TEM_LANG_EN : TEM_LANG_VI;
    say_rule(cli, rule);
    SAY(cli, LIST_LINE, rule->text[cli->lang]);
    SAY(cli, RULE_BOTH, rule->title[other], rule->text[other]);
    SAY(cli, RULE_BASIS, rule->basis[cli->lang]);
    say_limits(cli, rule->rule);
    say_changes(cli, tuning, rule->rule);
}

int cmd_rules_show(struct cli *cli, const struct args *args)
{
    struct tem_tuning *tuning = NULL;
    enum tem_format format;
    if (!opt_operands(cli, args, "RULE") ||
        !records_format(cli, args, R_FORMAT, &format))
        return EXIT_USAGE;
    tuning = calloc(1, sizeof *tuning);
    bool done =
        tuning && rules_load(cli, args->values[R_RULES], format, tuning);
    for (size_t i = 0; done && i < args->operand_count; i++) {
        const struct tem_rule *rule = tem_rule_find(args->operands[i]);
        if (rule)
            show_rule(cli, tuning, rule);
        else {
            COMPLAIN(cli, RULE_UNKNOWN, args->operands[i]);
            worsen(cli, EXIT_USAGE);
        }
    }
    free(tuning);
    return done ? cli->status : EXIT_FAILED;
}
