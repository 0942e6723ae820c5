/* SPDX-License-Identifier: MIT */
/* tem: the table of verbs, and what comes before one of them runs. */
#include "cmd.h"
#include <stdlib.h>
#include <string.h>

#define VERB(name_, usage_, vi, en)                                            \
    static const struct command name_ = {#name_, usage_, {vi, en},             \
                                         name_##_options, cmd_##name_}
VERB(keygen, "--out KEY.pem --pub KEY.pub.pem [--alg ed25519|es256]",
     "Tạo khóa ký mới.", "Make a new key for sealing labels.");
VERB(check, "[--format auto|json|csv] RECORDS...",
     "Kiểm tra bản ghi lô: nêu mọi chỗ sai và cách sửa.",
     "Check lot records: name everything wrong and how to mend it.");
VERB(issue, "RECORDS... --key KEY.pem --kid N --host HOST --out DIR [--count N]",
     "Ký bản ghi lô và tạo tem QR dạng PNG.",
     "Seal lot records and make QR labels as PNG.");
VERB(scan, "[--json] IMAGE...", "Đọc mọi mã QR trong ảnh, không kiểm tra chữ ký.",
     "Read every QR symbol in pictures; nothing is verified.");
VERB(verify, "[--key KEY.pub.pem] [--demo] [--at DATE] IMAGE... | --text STRING|-",
     "Kiểm tra tem trong ảnh hoặc chuỗi quét được.",
     "Check the labels in pictures, or scanned texts.");
VERB(export, "--cose [--out DIR] IMAGE... | --text STRING",
     "Xuất chữ ký của tem ra dạng chuẩn COSE_Sign1.",
     "Write labels as standard COSE_Sign1 files.");

const struct command *const commands[] = {&keygen, &check,  &issue, &scan,
                                          &verify, &export, NULL};

static const struct command *find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* Vietnamese unless the locale asks for another language. */
static enum tem_lang locale_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "vi", 2) == 0 ? TEM_LANG_VI : TEM_LANG_EN;
    }
    return TEM_LANG_EN;
}

static void help(enum tem_lang lang)
{
    bool en = lang == TEM_LANG_EN;
    printf(en ? "tem - signed origin labels for OCOP goods\n\n"
              : "tem - tem nguồn gốc có chữ ký cho hàng OCOP\n\n");
    for (size_t i = 0; commands[i]; i++)
        printf("  tem %-8s %s\n", commands[i]->name, commands[i]->summary[en]);
    printf(en ? "\n'tem VERB --help' tells more; exit status: 0 done, 1 "
                "something is not genuine, 2 wrong usage, 3 could not do it.\n"
              : "\n'tem LỆNH --help' để biết thêm; mã thoát: 0 xong, 1 có tem "
                "không thật, 2 sai cách dùng, 3 không làm được.\n");
}

/* For the shell completions: the verbs, or a verb's options, one a line. */
static int complete(const char *verb)
{
    const struct command *command = verb ? find(verb) : NULL;
    for (size_t i = 0; !command && !verb && commands[i]; i++)
        printf("%s\n", commands[i]->name);
    for (const struct option *o = command ? command->options : NULL;
         o && o->name; o++)
        printf("--%s\n", o->name);
    return EXIT_DONE;
}

static bool read_common(struct cli *cli, const struct args *args)
{
    const char *lang = args->values[O_LANG];
    cli->quiet = args->values[O_QUIET] != NULL;
    cli->json = args->values[O_JSON] != NULL;
    if (!lang)
        return true;
    if (strcmp(lang, "vi") != 0 && strcmp(lang, "en") != 0) {
        COMPLAIN(cli, OPTION_RANGE, args->command->name, "--lang", lang,
                 "vi, en");
        return false;
    }
    cli->lang = lang[0] == 'v' ? TEM_LANG_VI : TEM_LANG_EN;
    return true;
}

static int run(struct cli *cli, const struct command *command, int argc,
               char **argv)
{
    struct args args;
    if (!opt_parse(cli, command, argc, argv, &args) ||
        !read_common(cli, &args))
        return EXIT_USAGE;
    if (args.values[O_HELP]) {
        opt_help(command, cli->lang, stdout);
        return EXIT_DONE;
    }
    return command->run(cli, &args);
}

int main(int argc, char **argv)
{
    struct cli cli = {.lang = locale_lang()};
    const char *verb = argc > 1 ? argv[1] : "--help";
    int status;
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0 ||
        strcmp(verb, "help") == 0) {
        help(cli.lang);
        status = argc > 1 ? EXIT_DONE : EXIT_USAGE;
    } else if (strcmp(verb, "--version") == 0) {
        printf("tem %s\n", tem_version());
        status = EXIT_DONE;
    } else if (strcmp(verb, "--complete") == 0) {
        status = complete(argc > 2 ? argv[2] : NULL);
    } else if (find(verb)) {
        status = run(&cli, find(verb), argc - 2, argv + 2);
    } else {
        COMPLAIN(&cli, UNKNOWN_VERB, verb);
        status = EXIT_USAGE;
    }
    if (fflush(stdout) != 0 && status == EXIT_DONE) {
        perror("tem: stdout");
        status = EXIT_FAILED;
    }
    return status;
}
