/* SPDX-License-Identifier: MIT */
/* tem scan: the texts of QR symbols in pictures, without judging them. */
#include "camera.h"
#include "pictures.h"
#include "unicode.h"

enum { O_MAX_PIXELS = O_OWN, O_EFFORT, O_ALL, O_CAMERA, O_FRAMES };

const struct option scan_options[] = {
    COMMON_OPTIONS,
    PICTURE_OPTIONS,
    {"all",
     0,
     NULL,
     {"EAN-13 too, and symbols drawn inside others",
      "cả mã EAN-13 và mã nằm trong mã khác"}},
    CAMERA_OPTIONS,
    {0},
};

/* What kind of symbol it is, and how much of it had to be put right. */
static void print_damage(struct json *json,
                         const struct tem_scan_symbol *symbol)
{
    static const char *const levels[] = {"L", "M", "Q", "H"};
    json_number(json, "version", symbol->version);
    json_string(json, "level", levels[symbol->level]);
    json_decimal(json, "module", symbol->module, 2);
    json_number(json, "codewords", symbol->codewords);
    json_number(json, "corrected", symbol->corrected);
    json_number(json, "erased", symbol->erased);
    if (symbol->mirrored)
        json_bool(json, "mirrored", true);
    if (symbol->inverted)
        json_bool(json, "inverted", true);
}

static void print_symbol(const char *file, const struct tem_scan_symbol *symbol)
{
    struct json json = {stdout, false};
    json_open(&json, NULL, '{');
    json_string(&json, "file", file);
    pictures_text(&json, symbol);
    if (symbol->symbology != TEM_QR_CODE)
        json_string(&json, "symbology", "EAN-13");
    if (symbol->part)
        json_bool(&json, "part", true);
    if (symbol->part_count > 0) {
        json_number(&json, "part_number", symbol->part_number);
        json_number(&json, "part_count", symbol->part_count);
    }
    json_corners(&json, symbol->corners);
    if (symbol->version > 0)
        print_damage(&json, symbol);
    json_close(&json, '}');
    json_end(&json);
}

static void print_plain(const struct cli *cli, const char *file,
                        const struct tem_scan_symbol *symbol)
{
    char head[4352];
    if (symbol->part) {
        enum text_id id =
            symbol->part_count > 0 ? TEXT_SCAN_PART : TEXT_SCAN_PARTS;
        fputs(text_format(cli->lang, id,
                          ARGUMENTS(file, number_text(symbol->part_number).text,
                                    number_text(symbol->part_count).text),
                          head, sizeof head),
              stdout);
    } else {
        print_escaped(tem_bytes_of(file));
        fputs(": ", stdout);
    }
    struct unicode text = unicode_of(symbol->text, symbol->charset);
    print_escaped(text.utf8);
    unicode_free(&text);
    putchar('\n');
}

static void each_picture(void *context, const char *file,
                         const struct tem_image *image,
                         const struct tem_scan *scan)
{
    (void)image;
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
    struct looking looking;
    struct watching watching;
    if (!camera_options(cli, args, O_CAMERA, O_FRAMES, &watching) ||
        (!watching.source &&
         !pictures_operands(cli, args, "IMAGE, FOLDER, -, --camera DEVICE")) ||
        !pictures_options(cli, args, O_MAX_PIXELS, O_EFFORT, &looking))
        return EXIT_USAGE;
    looking.scan.all = args->values[O_ALL] != NULL;
    if (watching.source)
        camera_watch(cli, &watching, &looking, each_picture, cli);
    else
        pictures_walk(cli, args, &looking, each_picture, cli);
    return cli->status;
}
