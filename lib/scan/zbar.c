/* SPDX-License-Identifier: MIT */
/* See zbar.h: the only file that sees zbar. The scanner is made afresh for
 * each pass, because a kept one grows with every symbol read. */
#include "zbar.h"
#include "../error/fail.h"
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#define FOURCC_Y800 0x30303859ul /* 'Y', '8', '0', '0': eight-bit grey */

static zbar_image_scanner_t *new_scanner(void)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    if (!scanner)
        return NULL;
    zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    /* Bytes as they are: zbar's guessing of charsets garbles them. */
    zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    return scanner;
}

/* ---- corners ---- */

static int32_t scale(int value, uint32_t from, uint32_t to)
{
    return (int32_t)((int64_t)value * to / from);
}

/* zbar gives a QR symbol's four corners; whatever else, its bounding box. */
static void read_corners(const zbar_symbol_t *symbol,
                         const struct tem_image *image,
                         const struct tem_scan_frame *frame,
                         struct tem_point corners[4])
{
    unsigned count = zbar_symbol_get_loc_size(symbol);
    int x0 = INT32_MAX, y0 = INT32_MAX, x1 = 0, y1 = 0;
    for (unsigned i = 0; i < count; i++) {
        int x = zbar_symbol_get_loc_x(symbol, i);
        int y = zbar_symbol_get_loc_y(symbol, i);
        x0 = x < x0 ? x : x0;
        y0 = y < y0 ? y : y0;
        x1 = x > x1 ? x : x1;
        y1 = y > y1 ? y : y1;
        if (count == 4)
            corners[i] = (struct tem_point){x, y};
    }
    if (count != 4) {
        x0 = count ? x0 : 0;
        y0 = count ? y0 : 0;
        corners[0] = (struct tem_point){x0, y0};
        corners[1] = (struct tem_point){x0, y1};
        corners[2] = (struct tem_point){x1, y1};
        corners[3] = (struct tem_point){x1, y0};
    }
    for (int i = 0; i < 4; i++) {
        corners[i].x = scale(corners[i].x, image->width, frame->width);
        corners[i].y = scale(corners[i].y, image->height, frame->height);
    }
}

/* ---- gathering ---- */

static struct tem_point centre(const struct tem_scan_symbol *symbol)
{
    struct tem_point c = {0, 0};
    for (int i = 0; i < 4; i++) {
        c.x += symbol->corners[i].x / 4;
        c.y += symbol->corners[i].y / 4;
    }
    return c;
}

/* Does a point lie in the symbol's bounding box? */
static bool covers(const struct tem_scan_symbol *symbol, struct tem_point p)
{
    struct tem_point low = symbol->corners[0], high = symbol->corners[0];
    for (int i = 1; i < 4; i++) {
        struct tem_point c = symbol->corners[i];
        low.x = c.x < low.x ? c.x : low.x;
        low.y = c.y < low.y ? c.y : low.y;
        high.x = c.x > high.x ? c.x : high.x;
        high.y = c.y > high.y ? c.y : high.y;
    }
    return p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y;
}

static bool is_known(const struct tem_scan_list *list,
                     const struct tem_scan_symbol *symbol)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct tem_scan_symbol *have = &list->symbols[i];
        if (have->text.size == symbol->text.size &&
            memcmp(have->text.data, symbol->text.data, have->text.size) == 0 &&
            (covers(have, centre(symbol)) || covers(symbol, centre(have))))
            return true;
    }
    return false;
}

static bool grow(struct tem_scan_list *list)
{
    if (list->count < list->capacity)
        return true;
    size_t capacity = list->capacity ? 2 * list->capacity : 8;
    struct tem_scan_symbol *grown =
        realloc(list->symbols, capacity * sizeof *grown);
    if (!grown)
        return false;
    list->symbols = grown;
    list->capacity = capacity;
    return true;
}

/* A copy of the text with a NUL after it; false without memory. */
static bool keep(struct tem_scan_list *list, struct tem_scan_symbol symbol)
{
    uint8_t *text = malloc(symbol.text.size + 1);
    if (!text || !grow(list)) {
        free(text);
        return false;
    }
    memcpy(text, symbol.text.data, symbol.text.size);
    text[symbol.text.size] = '\0';
    symbol.text.data = text;
    list->symbols[list->count++] = symbol;
    return true;
}

static bool gather(const zbar_image_t *found, const struct tem_image *image,
                   const struct tem_scan_frame *frame,
                   struct tem_scan_list *list)
{
    const zbar_symbol_t *s = zbar_image_first_symbol(found);
    for (; s && list->count < TEM_SCAN_SYMBOLS_MAX; s = zbar_symbol_next(s)) {
        struct tem_scan_symbol symbol = {
            .text = {(const uint8_t *)zbar_symbol_get_data(s),
                     zbar_symbol_get_data_length(s)}};
        if (zbar_symbol_get_type(s) != ZBAR_QRCODE || !symbol.text.data)
            continue;
        read_corners(s, image, frame, symbol.corners);
        if (!is_known(list, &symbol) && !keep(list, symbol))
            return false;
    }
    return true;
}

enum tem_status tem_scan_zbar(const struct tem_image *image,
                              const struct tem_scan_frame *frame,
                              struct tem_scan_list *list,
                              struct tem_error *error)
{
    zbar_image_scanner_t *scanner = new_scanner();
    zbar_image_t *view = zbar_image_create();
    bool done = scanner && view;
    if (done) {
        zbar_image_set_format(view, FOURCC_Y800);
        zbar_image_set_size(view, image->width, image->height);
        zbar_image_set_data(view, image->pixels,
                            (size_t)image->width * image->height, NULL);
        done = zbar_scan_image(scanner, view) >= 0 &&
               gather(view, image, frame, list);
    }
    if (view)
        zbar_image_destroy(view);
    if (scanner)
        zbar_image_scanner_destroy(scanner);
    return done ? TEM_OK : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
}
