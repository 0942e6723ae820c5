/* SPDX-License-Identifier: MIT */
/* tem: the table of verbs, and what comes before one of them runs. */
#include "cmd.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VERB(name_, usage_, en, vi)                                            \
    static const struct command name_ = {                                      \
        #name_, usage_, {en, vi}, name_##_options, cmd_##name_}
/* One of several of a group: "tem trust build". */
#define VERB_OF(group, name_, usage_, en, vi)                                  \
    static const struct command group##_##name_ = {#group " " #name_,          \
                                                   usage_,                     \
                                                   {en, vi},                   \
                                                   group##_##name_##_options,  \
                                                   cmd_##group##_##name_}
VERB(keygen, "--out KEY.pem --pub KEY.pub.pem [--alg ed25519|es256]",
     "Make a new key for sealing labels.", "Tạo khóa ký mới.");
VERB(check, "[--format auto|json|csv] RECORDS...",
     "Check lot records: name everything wrong and how to mend it.",
     "Kiểm tra bản ghi lô: nêu mọi chỗ sai và cách sửa.");
VERB(issue,
     "RECORDS... --key KEY.pem --trust F --root ROOT.pub.pem --out DIR "
     "[--count N]",
     "Seal lot records and make QR labels as PNG.",
     "Ký bản ghi lô và tạo tem QR dạng PNG.");
VERB(scan, "[--json] IMAGE|FOLDER|-... | --camera DEVICE",
     "Read every QR symbol in pictures, or before a camera; nothing is "
     "verified.",
     "Đọc mọi mã QR trong ảnh hoặc trước máy quay, không kiểm tra chữ ký.");
VERB(verify,
     "--trust F.tembundle --root ROOT.pub.pem | --key KEY.pub.pem [--at DATE] "
     "IMAGE|FOLDER|-... | --text STRING|- | --camera DEVICE",
     "Check the labels in pictures, before a camera, or scanned texts.",
     "Kiểm tra tem trong ảnh, trước máy quay hoặc chuỗi quét được.");
VERB(grade, "[--json] IMAGE|FOLDER|-...",
     "Grade how well labels were printed, and say what to better.",
     "Chấm chất lượng tem đã in và nêu cách in đẹp hơn.");
VERB(export, "--cose [--out DIR] IMAGE|FOLDER|-... | --text STRING",
     "Write labels as standard COSE_Sign1 files.",
     "Xuất chữ ký của tem ra dạng chuẩn COSE_Sign1.");

VERB_OF(trust, build,
        "SOURCE... --root ROOT.pem --out F.tembundle "
        "--first|--previous OLD.tembundle",
        "Sign the province's lists as a trust bundle.",
        "Ký các danh sách của tỉnh thành gói tin cậy.");
VERB_OF(trust, check, "SOURCE... | F.tembundle --root ROOT.pub.pem",
        "Check the province's lists, or a trust bundle.",
        "Kiểm tra các danh sách của tỉnh, hoặc một gói tin cậy.");
VERB_OF(trust, show, "F.tembundle --root ROOT.pub.pem",
        "List all that a trust bundle says.",
        "Liệt kê nội dung một gói tin cậy.");
VERB_OF(trust, diff, "OLD.tembundle NEW.tembundle --root ROOT.pub.pem",
        "Show what differs between two trust bundles.",
        "Nêu chỗ khác nhau giữa hai gói tin cậy.");

VERB_OF(key, show, "KEY.pem", "Show a key's fingerprint, for comparing it.",
        "Xem vân tay của khóa để đối chiếu.");
VERB_OF(key, check, "KEY.pem [--pub KEY.pub.pem] [--is FINGERPRINT]",
        "Try a key, and whether it is the right one.",
        "Thử khóa, và xem có đúng khóa cần không.");
VERB_OF(key, passwd, "KEY.pem", "Give a private key another passphrase.",
        "Đổi mật khẩu của khóa bí mật.");

VERB_OF(template, list, "", "List the label templates that ship.",
        "Liệt kê các mẫu tem có sẵn.");
VERB_OF(template, show, "NAME|FILE", "Print a template, to start from.",
        "In một mẫu tem để làm mẫu riêng.");
VERB_OF(template, check, "NAME|FILE... [--record FILE] [--dpi N]",
        "Check templates, and lay a label out by each.",
        "Kiểm tra mẫu tem và dàn thử một tem.");
VERB_OF(template, preview, "NAME|FILE --out FILE.png",
        "Draw a label, or a sheet, by a template.",
        "Vẽ thử tem hoặc tờ tem theo mẫu.");

VERB_OF(scans, import, "LOG... --registry DB [--trust F --root ROOT.pub.pem]",
        "Bring logs of scans from other machines into a registry.",
        "Đưa nhật ký quét của máy khác vào sổ đăng ký.");
VERB_OF(scans, merge, "OTHER.db... --registry DB",
        "Bring the scans of other registries into a registry.",
        "Gộp các lần quét của sổ khác vào sổ đăng ký.");
VERB_OF(scans, show, "--registry DB", "List the scans of a registry.",
        "Liệt kê các lần quét trong sổ đăng ký.");
VERB_OF(rules, list, "[--rules FILE]", "List what an audit looks for.",
        "Liệt kê những gì cuộc kiểm tra xem xét.");
VERB_OF(rules, show, "RULE... [--rules FILE]",
        "Explain a rule of the audit, with its limits.",
        "Giải thích một quy tắc và các giới hạn.");
VERB_OF(ledger, show, "--registry DB [--office NAME]",
        "List what a registry's log holds.",
        "Liệt kê những gì nhật ký của sổ đăng ký ghi.");
VERB_OF(ledger, checkpoint,
        "--registry DB --office NAME --key KEY.pem --out FILE",
        "Sign how far a log is, for others to keep.",
        "Ký điểm kiểm của nhật ký để nơi khác giữ.");
VERB_OF(ledger, prove,
        "NUMBER | --since OLD.checkpoint --registry DB --checkpoint FILE "
        "--out FILE",
        "Prove that an event is in a log, or that a log only grew.",
        "Chứng minh một sự kiện có trong nhật ký, hoặc nhật ký chỉ dài thêm.");
VERB_OF(ledger, check,
        "--registry DB [--checkpoint FILE] | PROOF... --log-key LOG.pub.pem",
        "Look for rows that were altered or removed, or check proofs offline.",
        "Tìm dòng bị sửa hay xóa, hoặc kiểm tra bằng chứng ngoại tuyến.");
VERB_OF(ledger, cosign,
        "CHECKPOINT --log-key LOG.pub.pem --key KEY.pem --name WITNESS "
        "--out FILE",
        "Sign as a witness a checkpoint that only grew.",
        "Ký làm chứng cho một điểm kiểm chỉ dài thêm.");
VERB_OF(ledger, import, "JOURNAL --registry DB --office NAME",
        "Take over the journal of an earlier version.",
        "Chuyển sổ của bản tem trước vào sổ đăng ký.");

const struct command *const commands[] = {
    &keygen, &check, &issue, &scan, &verify, &grade, &export, &trust_build,
    &trust_check, &trust_show, &trust_diff, &key_show, &key_check, &key_passwd,
    &template_list, &template_show, &template_check, &template_preview,
    &rules_list, &rules_show, &scans_import, &scans_merge, &scans_show,
    &ledger_show, &ledger_checkpoint, &ledger_prove, &ledger_check,
    &ledger_cosign, &ledger_import, NULL};

static const struct command *find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

/* The verb of "trust build" behind its group, or NULL. */
static const char *verb_in(const struct command *command, const char *group)
{
    size_t length = strlen(group);
    return strncmp(command->name, group, length) == 0 &&
                   command->name[length] == ' '
               ? command->name + length + 1
               : NULL;
}

static const struct command *find_in(const char *group, const char *name)
{
    for (size_t i = 0; commands[i]; i++) {
        const char *verb = verb_in(commands[i], group);
        if (verb && name && strcmp(verb, name) == 0)
            return commands[i];
    }
    return NULL;
}

static bool is_group(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (verb_in(commands[i], name))
            return true;
    return false;
}

/* Vietnamese for vi, vi_VN, vi_VN.UTF-8 ..; English for any other locale, and
 * for none. */
static enum tem_lang locale_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strcspn(value, "_.@") == 2 && memcmp(value, "vi", 2) == 0
                       ? TEM_LANG_VI
                       : TEM_LANG_EN;
    }
    return TEM_LANG_EN;
}

/* @param group  only its verbs, or NULL: all. */
static void help(const struct cli *cli, const char *group)
{
    SAY(cli, HELP_HEAD, NULL);
    for (size_t i = 0; commands[i]; i++)
        if (!group || verb_in(commands[i], group))
            printf("  tem %-11s %s\n", commands[i]->name,
                   in_lang(cli->lang, commands[i]->summary));
    SAY(cli, HELP_TAIL, NULL);
}

/* The words of "vi|en", one a line. */
static void print_choices(const char *arg)
{
    const char *bar;
    while ((bar = strchr(arg, '|')) != NULL) {
        printf("%.*s\n", (int)(bar - arg), arg);
        arg = bar + 1;
    }
    printf("%s\n", arg);
}

/* Is it the first that begins with this word? */
static bool is_first(size_t number, const char *name, size_t length)
{
    for (size_t i = 0; i < number; i++)
        if (strncmp(commands[i]->name, name, length) == 0 &&
            strcspn(commands[i]->name, " ") == length)
            return false;
    return true;
}

static void print_verbs(const char *group)
{
    for (size_t i = 0; commands[i]; i++) {
        const char *name =
            group ? verb_in(commands[i], group) : commands[i]->name;
        size_t length = name ? strcspn(name, " ") : 0;
        if (name && (group || is_first(i, name, length)))
            printf("%.*s\n", (int)length, name);
    }
}

/* For the shell completions, one a line: the verbs, a group's verbs, a verb's
 * options, or the values that an option may have if they are words. */
static int complete(int argc, char **argv)
{
    const char *verb = argc > 0 ? argv[0] : NULL;
    bool group = verb && is_group(verb) && !find(verb);
    const struct command *command =
        group  ? find_in(verb, argc > 1 ? argv[1] : NULL)
        : verb ? find(verb)
               : NULL;
    const char *option = argc > 1 + group ? argv[1 + group] : NULL;
    if (!command && (!verb || (group && argc == 1)))
        print_verbs(verb);
    for (const struct option *o = command ? command->options : NULL;
         o && o->name; o++) {
        if (!option)
            printf("--%s\n", o->name);
        else if (strncmp(option, "--", 2) == 0 &&
                 strcmp(option + 2, o->name) == 0 && o->arg &&
                 strchr(o->arg, '|'))
            print_choices(o->arg);
    }
    return EXIT_DONE;
}

/* "--lang vi" counts wherever it stands, for what is said of the rest too. */
static void find_lang(struct cli *cli, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = "";
        if (strncmp(argv[i], "--lang=", 7) == 0)
            value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            value = argv[i + 1];
        if (strcmp(value, "vi") == 0)
            cli->lang = TEM_LANG_VI;
        else if (strcmp(value, "en") == 0)
            cli->lang = TEM_LANG_EN;
    }
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
    return true; /* find_lang() has taken it */
}

static int run(struct cli *cli, const struct command *command, int argc,
               char **argv)
{
    struct args args;
    if (!opt_parse(cli, command, argc, argv, &args) || !read_common(cli, &args))
        return EXIT_USAGE;
    if (args.values[O_HELP]) {
        opt_help(command, cli->lang, stdout);
        return EXIT_DONE;
    }
    return command->run(cli, &args);
}

/* A file that we open must not get the number of a stream that was closed:
 * what we say would go into it. In its place comes a descriptor that fails. */
static bool hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        int how = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (open("/dev/null", how) != fd) /* the lowest that is free */
            return false;
    }
    return true;
}

/* What stdout did not take was not done, whatever else was. */
static int end_output(const struct cli *cli, int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    COMPLAIN(cli, OUTPUT_LOST, reason_text(cli, errno ? errno : EIO));
    return EXIT_FAILED;
}

/* How many arguments "--lang vi" before the verb takes. */
static int leading_lang(int argc, char **argv)
{
    if (argc > 1 && strncmp(argv[1], "--lang=", 7) == 0)
        return 1;
    return argc > 2 && strcmp(argv[1], "--lang") == 0 ? 2 : 0;
}

/* "tem trust build ..": the words behind the group's name. */
static int dispatch_group(struct cli *cli, const char *group, int argc,
                          char **argv)
{
    char name[64];
    const char *verb = argc > 0 ? argv[0] : "--help";
    const struct command *command = find_in(group, verb);
    if (command)
        return run(cli, command, argc - 1, argv + 1);
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0) {
        help(cli, group);
        return argc > 0 ? EXIT_DONE : EXIT_USAGE;
    }
    snprintf(name, sizeof name, "%.30s %.30s", group, verb);
    COMPLAIN(cli, UNKNOWN_VERB, name);
    return EXIT_USAGE;
}

static int dispatch(struct cli *cli, int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "--help";
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0 ||
        strcmp(verb, "help") == 0) {
        help(cli, NULL);
        return argc > 1 ? EXIT_DONE : EXIT_USAGE;
    }
    if (strcmp(verb, "--version") == 0) {
        /* The second line stays as it is, for programs: add parts to it. */
        printf("tem %s\noptional parts: HEIC %s\n", tem_version(),
               tem_image_reads_heic() ? "yes" : "no");
        return EXIT_DONE;
    }
    if (strcmp(verb, "--complete") == 0)
        return complete(argc - 2, argv + 2);
    if (find(verb))
        return run(cli, find(verb), argc - 2, argv + 2);
    if (is_group(verb))
        return dispatch_group(cli, verb, argc - 2, argv + 2);
    COMPLAIN(cli, UNKNOWN_VERB, verb);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct cli cli = {.lang = locale_lang()};
    if (!hold_streams())
        return EXIT_FAILED; /* nowhere to say it */
    find_lang(&cli, argc, argv);
    int skip = leading_lang(argc, argv);
    return end_output(&cli, dispatch(&cli, argc - skip, argv + skip));
}
