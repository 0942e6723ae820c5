/* SPDX-License-Identifier: MIT */
/* tem verify: labels in pictures, or scanned texts, against a key. */
#include "lines.h"
#include "pictures.h"
#include "secret.h"
#include "show.h"
#include <string.h>

enum { O_KEY = O_OWN, O_DEMO, O_AT, O_TEXT, O_MAX_PIXELS };

const struct option verify_options[] = {
    COMMON_OPTIONS,
    {"key", 0, "FILE",
     {"public key to check against", "khóa công khai để kiểm tra"}},
    {"demo", 0, NULL,
     {"accept example data and the demonstration key",
      "chấp nhận dữ liệu ví dụ và khóa trình diễn"}},
    {"at", 0, "DATE",
     {"the day asked about (default today)", "ngày cần xét (mặc định hôm nay)"}},
    {"text", 0, "STRING",
     {"check a text; '-': one scan a line from stdin",
      "kiểm tra một chuỗi; '-': mỗi dòng nhập là một lần quét"}},
    {"max-pixels", 0, "N",
     {"most pixels in one picture (default 100000000)",
      "số điểm ảnh tối đa của một ảnh (mặc định 100000000)"}},
    {0},
};

struct verify {
    struct cli *cli;
    struct tem_verify_options options;
};

/* Check one symbol and show it. @return its verdict, NONE when that failed. */
static enum tem_verdict check(struct verify *verify, const char *file,
                              const struct tem_scan_symbol *symbol,
                              const struct tem_point *corners)
{
    static struct tem_result result;
    struct tem_error error;
    if (tem_verify_symbol(symbol, &verify->options, &result, &error) !=
        TEM_OK) {
        complain_error(verify->cli, file, &error);
        worsen(verify->cli, EXIT_FAILED);
        return TEM_VERDICT_NONE;
    }
    if (verify->cli->json)
        show_result_json(file, symbol->text, corners, &result);
    else if (!verify->cli->quiet || result.verdict != TEM_VERDICT_GENUINE)
        show_result(verify->cli, file, &result);
    return result.verdict;
}

static bool is_negative(enum tem_verdict verdict)
{
    return verdict != TEM_VERDICT_GENUINE && verdict != TEM_VERDICT_NONE &&
           verdict != TEM_VERDICT_NOT_A_LABEL;
}

/* A foreign symbol beside a label (a maker's own web page) is no fault. */
static void each_picture(void *context, const char *file,
                         const struct tem_scan *scan)
{
    struct verify *verify = context;
    bool label = false;
    for (size_t i = 0; i < scan->count; i++) {
        enum tem_verdict verdict =
            check(verify, file, &scan->symbols[i], scan->symbols[i].corners);
        label |= verdict != TEM_VERDICT_NOT_A_LABEL;
        if (is_negative(verdict))
            worsen(verify->cli, EXIT_NEGATIVE);
    }
    if (!label)
        worsen(verify->cli, EXIT_NEGATIVE);
}

static void each_text(void *context, const char *name, struct tem_bytes text)
{
    struct verify *verify = context;
    struct tem_scan_symbol symbol = {.text = text};
    (void)name; /* the lines come in their order */
    if (check(verify, "", &symbol, NULL) != TEM_VERDICT_GENUINE)
        worsen(verify->cli, EXIT_NEGATIVE);
}

static bool read_date(struct cli *cli, const char *text, int32_t *at)
{
    *at = text ? tem_date_parse(tem_bytes_of(text)) : today();
    if (*at == TEM_DATE_NONE)
        COMPLAIN(cli, DATE_BAD, text);
    return *at != TEM_DATE_NONE;
}

static bool read_inputs(struct cli *cli, const struct args *args)
{
    if (!args->values[O_TEXT])
        return opt_operands(cli, args, "IMAGE, --text STRING, --text -");
    if (args->operand_count > 0)
        COMPLAIN(cli, OPTION_CLASH, "verify", "--text", args->operands[0]);
    return args->operand_count == 0;
}

int cmd_verify(struct cli *cli, const struct args *args)
{
    uint64_t max_pixels;
    const char *text = args->values[O_TEXT];
    struct verify verify = {.cli = cli};
    verify.options.demo = args->values[O_DEMO] != NULL;
    if (!read_inputs(cli, args) ||
        !read_date(cli, args->values[O_AT], &verify.options.at) ||
        !pictures_limit(cli, args, O_MAX_PIXELS, &max_pixels))
        return EXIT_USAGE;
    /* Without a key every label gets "cannot tell", which says what to do. */
    const char *path = args->values[O_KEY];
    struct tem_key *key = path ? key_load_public(cli, path) : NULL;
    if (path && !key)
        return EXIT_FAILED;
    verify.options.key = key;
    if (!text)
        pictures_walk(cli, args, max_pixels, each_picture, &verify);
    else if (strcmp(text, "-") == 0)
        lines_walk(cli, each_text, &verify);
    else
        each_text(&verify, "", tem_bytes_of(text));
    tem_key_free(key);
    TELL(cli, CAVEAT, NULL);
    return cli->status;
}
