/* SPDX-License-Identifier: MIT */
/* See shapes.h: the bars that tills read today. */
#include "../error/fail.h"
#include "shapes.h"
#include <stdio.h>
#include <string.h>

enum {
    MODULES = TEM_EAN13_LEFT + TEM_EAN13_MODULES + TEM_EAN13_RIGHT,
    MODULE_MIN_UM = 264, /* 80 % of 0.330 mm (GS1 5.12.3) */
    MODULE_MAX_UM = 400, /* more than that takes room for nothing */
};

/* Set L of section 5.2.1.2.1; R is L inverted, G is R from behind. */
static const uint8_t set_l[10] = {0x0D, 0x19, 0x13, 0x3D, 0x23,
                                  0x31, 0x2F, 0x3B, 0x37, 0x0B};
/* Which of the left digits are of set G, by the first digit. */
static const uint8_t parity[10] = {0x00, 0x0B, 0x0D, 0x0E, 0x13,
                                   0x19, 0x1C, 0x15, 0x16, 0x1A};

static unsigned backwards(unsigned seven)
{
    unsigned turned = 0;
    for (int i = 0; i < 7; i++)
        turned |= (seven >> i & 1u) << (6 - i);
    return turned;
}

static bool *put(bool *at, unsigned bits, int count)
{
    while (count-- > 0)
        *at++ = bits >> count & 1u;
    return at;
}

void tem_ean13_bars(const char *digits, bool bars[TEM_EAN13_MODULES])
{
    unsigned of_g = parity[digits[0] - '0'];
    bool *at = put(bars, 5, 3);
    for (int i = 1; i <= 6; i++) {
        unsigned l = set_l[digits[i] - '0'];
        at = put(at, of_g >> (6 - i) & 1u ? backwards(~l & 0x7F) : l, 7);
    }
    at = put(at, 10, 5);
    for (int i = 7; i <= 12; i++)
        at = put(at, ~set_l[digits[i] - '0'] & 0x7Fu, 7);
    put(at, 5, 3);
}

/* ---- drawing ------------------------------------------------------------ */

/* Whole dots a module, or 0. */
static int module_dots(const struct tem_pen *pen, int width)
{
    int dots = width / MODULES;
    while (dots > 0 && (unsigned)dots * 25400 > MODULE_MAX_UM * pen->dpi)
        dots--;
    return (unsigned)dots * 25400 >= MODULE_MIN_UM * pen->dpi ? dots : 0;
}

static enum tem_status refuse(const struct tem_pen *pen, int width,
                              struct tem_error *error)
{
    char needed[16], has[16];
    unsigned dots = (MODULE_MIN_UM * pen->dpi + 25399) / 25400;
    snprintf(needed, sizeof needed, "%.1f", MODULES * dots * 25.4 / pen->dpi);
    snprintf(has, sizeof has, "%.1f", width * 25.4 / pen->dpi);
    return TEM_FAIL(error, TEM_E_LIMIT, LABEL_EAN_ROOM, "ndn", needed,
                    (long long)pen->dpi, has);
}

static void draw_digits(cairo_t *cairo, PangoLayout *layout, int x, int width,
                        int y, const char *digits, int count)
{
    int wide;
    pango_layout_set_text(layout, digits, count);
    pango_layout_get_pixel_size(layout, &wide, NULL);
    cairo_move_to(cairo, x + (width - wide) / 2, y);
    pango_cairo_show_layout(cairo, layout);
}

/* Guard bars reach down between the digits. */
static bool is_guard(int module)
{
    return module < 3 || module >= 92 || (module >= 45 && module < 50);
}

enum tem_status tem_draw_ean13(cairo_t *cairo, const struct tem_pen *pen,
                               const struct tem_rect *room, const char *gtin,
                               struct tem_error *error)
{
    bool bars[TEM_EAN13_MODULES];
    int dots = module_dots(pen, room->width), high;
    if (gtin[0] != '0')
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, LABEL_EAN, "s", gtin);
    if (dots == 0)
        return refuse(pen, room->width, error);
    const char *digits = gtin + 1;
    PangoLayout *layout = tem_pen_layout(pen, false, dots * 4.6);
    pango_layout_set_text(layout, "0", 1);
    pango_layout_get_pixel_size(layout, NULL, &high);
    int left =
        room->x + (room->width - MODULES * dots) / 2 + TEM_EAN13_LEFT * dots;
    int bottom = room->y + room->height - high;
    tem_ean13_bars(digits, bars);
    for (int i = 0; i < TEM_EAN13_MODULES; i++)
        if (bars[i])
            cairo_rectangle(cairo, left + i * dots, room->y, dots,
                            bottom - room->y + (is_guard(i) ? high / 2 : 0));
    cairo_fill(cairo);
    draw_digits(cairo, layout, left - 9 * dots, 7 * dots, bottom, digits, 1);
    draw_digits(cairo, layout, left + 3 * dots, 42 * dots, bottom, digits + 1,
                6);
    draw_digits(cairo, layout, left + 50 * dots, 42 * dots, bottom, digits + 7,
                6);
    g_object_unref(layout);
    return TEM_OK;
}
