/* SPDX-License-Identifier: MIT */
/*
 * See zbar.h. A scanner is made afresh for every pass: an old one keeps its
 * symbols and grows with each picture (zbar issue 258).
 */
#include "zbar.h"
#include "../error/fail.h"
#include "charset.h"
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#define Y800 0x30303859UL /* "Y800", 8-bit grey, as a little-endian FourCC */

void tem_scan_clear(struct tem_scan *list)
{
    for (size_t i = 0; i < list->count; i++)
        free((void *)(uintptr_t)list->symbols[i].text.data);
    free(list->symbols);
    *list = (struct tem_scan){.count = 0};
}

static enum tem_status no_memory(struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
}

static enum tem_status refused(struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_UNSUPPORTED, SCAN_READER, "");
}

/* One symbology and nothing else, QR Code with its bytes as they are: without
 * ZBAR_CFG_BINARY zbar takes UTF-8 for Big5 or Shift JIS now and then (issues
 * 212, 244).
 * @return false where zbar knows no such setting. */
static bool set_up(zbar_image_scanner_t *scanner, enum tem_symbology symbology)
{
    bool qr = symbology == TEM_QR_CODE;
    return zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE,
                                         0) == 0 &&
           zbar_image_scanner_set_config(scanner, qr ? ZBAR_QRCODE : ZBAR_EAN13,
                                         ZBAR_CFG_ENABLE, 1) == 0 &&
           (!qr || zbar_image_scanner_set_config(scanner, ZBAR_QRCODE,
                                                 ZBAR_CFG_BINARY, 1) == 0);
}

/* The picture as zbar's; the pixels stay ours. */
static zbar_image_t *new_image(const struct tem_image *picture)
{
    zbar_image_t *image = zbar_image_create();
    if (image == NULL)
        return NULL;
    zbar_image_set_format(image, Y800);
    zbar_image_set_size(image, picture->width, picture->height);
    /* no cleanup handler: zbar neither frees nor writes them */
    zbar_image_set_data(image, picture->pixels,
                        (unsigned long)picture->width * picture->height, NULL);
    return image;
}

/* A box around the points of a symbol and of its parts; the whole picture
 * when zbar names none. */
static void box_of(const zbar_symbol_t *symbol, const struct tem_image *picture,
                   struct tem_point corners[4])
{
    struct tem_point low = {INT32_MAX, INT32_MAX},
                     high = {INT32_MIN, INT32_MIN};
    const zbar_symbol_t *part = symbol;
    for (; part != NULL; part = part == symbol
                                    ? zbar_symbol_first_component(symbol)
                                    : zbar_symbol_next(part)) {
        unsigned count = zbar_symbol_get_loc_size(part);
        for (unsigned i = 0; i < count; i++) {
            int32_t x = zbar_symbol_get_loc_x(part, i);
            int32_t y = zbar_symbol_get_loc_y(part, i);
            low.x = x < low.x ? x : low.x;
            low.y = y < low.y ? y : low.y;
            high.x = x > high.x ? x : high.x;
            high.y = y > high.y ? y : high.y;
        }
    }
    if (low.x > high.x) {
        low = (struct tem_point){0, 0};
        high.x = (int32_t)picture->width;
        high.y = (int32_t)picture->height;
    }
    corners[0] = low;
    corners[1] = (struct tem_point){low.x, high.y};
    corners[2] = high;
    corners[3] = (struct tem_point){high.x, low.y};
}

static void corners_of(const zbar_symbol_t *symbol,
                       const struct tem_image *picture,
                       struct tem_point corners[4])
{
    if (zbar_symbol_get_loc_size(symbol) != 4) {
        box_of(symbol, picture, corners);
        return;
    }
    for (unsigned i = 0; i < 4; i++) {
        corners[i].x = zbar_symbol_get_loc_x(symbol, i);
        corners[i].y = zbar_symbol_get_loc_y(symbol, i);
    }
}

/* zbar puts the symbols of a structured append together: into one of
 * ZBAR_QRCODE when it has them all, of ZBAR_PARTIAL when it has not. */
static bool is_part(const zbar_symbol_t *symbol)
{
    return zbar_symbol_get_type(symbol) == ZBAR_PARTIAL ||
           zbar_symbol_first_component(symbol) != NULL;
}

static bool wanted(const zbar_symbol_t *symbol, enum tem_symbology symbology)
{
    zbar_symbol_type_t type = zbar_symbol_get_type(symbol);
    return symbology == TEM_EAN_13
               ? type == ZBAR_EAN13
               : type == ZBAR_QRCODE || type == ZBAR_PARTIAL;
}

/* Append a copy of one symbol. @return false when out of memory. */
static bool keep(const zbar_symbol_t *symbol, const struct tem_image *picture,
                 struct tem_scan *list)
{
    size_t size = zbar_symbol_get_data_length(symbol);
    uint8_t *text = malloc(size + 1);
    if (text == NULL)
        return false;
    memcpy(text, zbar_symbol_get_data(symbol), size);
    text[size] = 0;
    struct tem_scan_symbol *added = &list->symbols[list->count++];
    *added = (struct tem_scan_symbol){.text = {text, size}};
    added->charset = tem_charset_guess(added->text);
    added->symbology =
        zbar_symbol_get_type(symbol) == ZBAR_EAN13 ? TEM_EAN_13 : TEM_QR_CODE;
    added->part = is_part(symbol);
    corners_of(symbol, picture, added->corners);
    return true;
}

/* @return false when out of memory, with what was kept in the list. */
static bool keep_all(const zbar_image_t *image, const struct tem_image *picture,
                     enum tem_symbology symbology, struct tem_scan *list)
{
    size_t count = 0;
    const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
    for (; symbol != NULL; symbol = zbar_symbol_next(symbol))
        count += wanted(symbol, symbology);
    if (count == 0)
        return true;
    list->truncated = count > TEM_SCAN_SYMBOLS_MAX;
    if (list->truncated)
        count = TEM_SCAN_SYMBOLS_MAX;
    list->symbols = malloc(count * sizeof *list->symbols);
    if (list->symbols == NULL)
        return false;
    symbol = zbar_image_first_symbol(image);
    for (; list->count < count; symbol = zbar_symbol_next(symbol))
        if (wanted(symbol, symbology) && !keep(symbol, picture, list))
            return false;
    return true;
}

static enum tem_status read_with(zbar_image_scanner_t *scanner,
                                 const struct tem_image *picture,
                                 enum tem_symbology symbology,
                                 struct tem_scan *found,
                                 struct tem_error *error)
{
    zbar_image_t *image = new_image(picture);
    if (image == NULL)
        return no_memory(error);
    struct tem_scan list = {.count = 0};
    enum tem_status status = TEM_OK;
    if (zbar_scan_image(scanner, image) < 0)
        status = refused(error);
    else if (!keep_all(image, picture, symbology, &list))
        status = no_memory(error);
    zbar_image_destroy(image);
    if (status == TEM_OK)
        *found = list;
    else
        tem_scan_clear(&list);
    return status;
}

enum tem_status tem_scan_pass(const struct tem_image *picture,
                              enum tem_symbology symbology,
                              struct tem_scan *found, struct tem_error *error)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    if (scanner == NULL)
        return no_memory(error);
    enum tem_status status =
        set_up(scanner, symbology)
            ? read_with(scanner, picture, symbology, found, error)
            : refused(error);
    zbar_image_scanner_destroy(scanner);
    return status;
}
