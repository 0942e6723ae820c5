/* SPDX-License-Identifier: MIT */
/* See cmd.h: a verb's table of options drives parsing, help, completion. */
#include "cmd.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int find_long(const struct option *options, const char *name,
                     size_t length)
{
    for (int i = 0; options[i].name; i++)
        if (strlen(options[i].name) == length &&
            memcmp(options[i].name, name, length) == 0)
            return i;
    return -1;
}

static int find_letter(const struct option *options, char letter)
{
    for (int i = 0; options[i].name; i++)
        if (options[i].letter == letter)
            return i;
    return -1;
}

static bool may_lack_value(const struct option *option)
{
    return option->arg && option->arg[0] == '[';
}

/* What one argument says: which option, and the value written on to it. */
struct spelling {
    int option;
    const char *value; /* NULL: none attached */
};

static struct spelling spell(const struct option *options, const char *text)
{
    struct spelling s = {-1, NULL};
    if (text[1] == '-') {
        const char *equals = strchr(text, '=');
        size_t length = equals ? (size_t)(equals - text) - 2 : strlen(text) - 2;
        s.option = find_long(options, text + 2, length);
        s.value = equals ? equals + 1 : NULL;
    } else {
        s.option = find_letter(options, text[1]);
        s.value = text[2] ? text + 2 : NULL;
    }
    return s;
}

static bool is_number(const char *text)
{
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* Take one option at argv[*i] and its value. */
static bool take_option(struct cli *cli, struct args *args, int argc,
                        char **argv, int *i)
{
    const char *verb = args->command->name, *text = argv[*i];
    struct spelling s = spell(args->command->options, text);
    if (s.option < 0) {
        COMPLAIN(cli, UNKNOWN_OPTION, verb, text);
        return false;
    }
    const struct option *option = &args->command->options[s.option];
    char name[64];
    snprintf(name, sizeof name, "--%s", option->name);
    if (args->values[s.option]) {
        COMPLAIN(cli, OPTION_TWICE, verb, name);
        return false;
    }
    if (!option->arg && s.value) {
        COMPLAIN(cli, OPTION_NO_VALUE, verb, name);
        return false;
    }
    if (option->arg && !s.value && may_lack_value(option)) {
        if (*i + 1 < argc && is_number(argv[*i + 1]))
            s.value = argv[++*i]; /* "-j 2", as make takes it */
    } else if (option->arg && !s.value) {
        if (*i + 1 >= argc) {
            COMPLAIN(cli, OPTION_VALUE, verb, name, option->arg);
            return false;
        }
        s.value = argv[++*i];
    }
    args->values[s.option] = s.value ? s.value : "";
    return true;
}

bool opt_parse(struct cli *cli, const struct command *command, int argc,
               char **argv, struct args *args)
{
    bool options = true;
    *args = (struct args){.command = command, .operands = argv};
    for (int i = 0; i < argc; i++) {
        char *text = argv[i];
        if (options && strcmp(text, "--") == 0)
            options = false;
        else if (options && text[0] == '-' && text[1]) {
            if (!take_option(cli, args, argc, argv, &i))
                return false;
        } else
            argv[args->operand_count++] = text;
    }
    return true;
}

void opt_help(const struct command *command, enum tem_lang lang, FILE *out)
{
    char more[128];
    fprintf(out, "tem %s %s\n\n%s\n\n", command->name, command->usage,
            in_lang(lang, command->summary));
    for (const struct option *o = command->options; o->name; o++) {
        char left[64], letter[8] = "    ";
        if (o->letter)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        bool attached = may_lack_value(o);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name,
                 o->arg ? attached ? "=" : " " : "",
                 !o->arg    ? ""
                 : attached ? "N"
                            : o->arg);
        fprintf(out, "  %-34s %s\n", left, in_lang(lang, o->help));
    }
    char page[32]; /* a group has one */
    snprintf(page, sizeof page, "%.*s", (int)strcspn(command->name, " "),
             command->name);
    fprintf(
        out, "\n%s\n",
        text_format(lang, TEXT_HELP_MORE, ARGUMENTS(page), more, sizeof more));
}

bool opt_number(struct cli *cli, const struct args *args, int option,
                long long least, long long most, long long standard,
                long long *value)
{
    const char *text = args->values[option];
    *value = standard;
    if (!text)
        return true;
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno || end == text || *end || number < least || number > most) {
        char name[64], range[64];
        snprintf(name, sizeof name, "--%s",
                 args->command->options[option].name);
        snprintf(range, sizeof range, "%lld..%lld", least, most);
        COMPLAIN(cli, OPTION_RANGE, args->command->name, name, text, range);
        return false;
    }
    *value = number;
    return true;
}

const char *opt_required(struct cli *cli, const struct args *args, int option)
{
    const struct option *o = &args->command->options[option];
    char name[64], whole[96];
    if (args->values[option])
        return args->values[option];
    snprintf(name, sizeof name, "--%s", o->name);
    snprintf(whole, sizeof whole, "%s%s%s", name, o->arg ? " " : "",
             o->arg ? o->arg : "");
    COMPLAIN(cli, OPTION_MISSING, args->command->name, name, whole);
    return NULL;
}

bool opt_operands(struct cli *cli, const struct args *args, const char *what)
{
    if (args->operand_count > 0)
        return true;
    COMPLAIN(cli, OPERAND_MISSING, args->command->name, what);
    return false;
}
