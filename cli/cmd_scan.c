/* SPDX-License-Identifier: MIT */
/* tem scan: the texts of QR symbols in pictures, without judging them. */
#include "json.h"
#include "pictures.h"

enum { O_MAX_PIXELS = O_OWN };

const struct option scan_options[] = {
    COMMON_OPTIONS,
    {"max-pixels", 0, "N",
     {"most pixels in one picture (default 100000000)",
      "số điểm ảnh tối đa của một ảnh (mặc định 100000000)"}},
    {0},
};

static void print_symbol(const char *file, const struct tem_scan_symbol *symbol)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    json_bytes(&json, "text", symbol->text);
    if (symbol->part)
        json_bool(&json, "part", true);
    json_corners(&json, symbol->corners);
    json_close(&json, '}');
    json_end(&json);
}

static void print_plain(const struct cli *cli, const char *file,
                        const struct tem_scan_symbol *symbol)
{
    char head[4352];
    if (symbol->part) {
        fputs(text_format(cli->lang, TEXT_SCAN_PART, ARGUMENTS(file), head,
                          sizeof head),
              stdout);
    } else {
        print_escaped(tem_bytes_of(file));
        fputs(": ", stdout);
    }
    print_escaped(symbol->text);
    putchar('\n');
}

static void each_picture(void *context, const char *file,
                         const struct tem_scan *scan)
{
    const struct cli *cli = context;
    for (size_t i = 0; i < scan->count; i++) {
        if (cli->json)
            print_symbol(file, &scan->symbols[i]);
        else
            print_plain(cli, file, &scan->symbols[i]);
    }
}

int cmd_scan(struct cli *cli, const struct args *args)
{
    uint64_t max_pixels;
    if (!pictures_operands(cli, args, "IMAGE, FOLDER, -") ||
        !pictures_limit(cli, args, O_MAX_PIXELS, &max_pixels))
        return EXIT_USAGE;
    pictures_walk(cli, args, max_pixels, each_picture, cli);
    return cli->status;
}
