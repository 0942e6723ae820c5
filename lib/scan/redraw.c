/* SPDX-License-Identifier: MIT */
/* See redraw.h. */
#include "redraw.h"
#include <stdlib.h>
#include <string.h>

static void put(struct tem_symbol *symbol, unsigned x, unsigned y, bool dark)
{
    size_t i = (size_t)y * symbol->side + x;
    uint8_t bit = (uint8_t)(0x80 >> i % 8);
    symbol->bits[i / 8] = (uint8_t)(dark ? symbol->bits[i / 8] | bit
                                         : symbol->bits[i / 8] & ~bit);
}

/* How far from a place, the farther of across and down. */
static unsigned distance(unsigned x, unsigned y, unsigned to_x, unsigned to_y)
{
    unsigned across = (unsigned)abs((int)x - (int)to_x);
    unsigned down = (unsigned)abs((int)y - (int)to_y);
    return across > down ? across : down;
}

/* A module of a finder, timing or alignment pattern (5.3.3 to 5.3.6). */
static bool is_dark(const struct tem_qr_plan *plan, unsigned x, unsigned y)
{
    unsigned far = plan->side - 7, cx = plan->centre[x], cy = plan->centre[y];
    bool left = x < 8, top = y < 8;
    if ((left && top) || (left && y > far - 2) || (top && x > far - 2)) {
        unsigned d = distance(x, y, left ? 3 : far + 3, top ? 3 : far + 3);
        return d < 2 || d == 3;
    }
    bool corner = (cx == 6 && cy == 6) || (cx == 6 && cy == far) ||
                  (cx == far && cy == 6);
    if (cx && cy && !corner)
        return distance(x, y, cx, cy) != 1;
    return (x == 6 && y % 2 == 0) || (y == 6 && x % 2 == 0);
}

static void put_words(struct tem_symbol *symbol, struct tem_qr_format format)
{
    unsigned x, y, version = symbol->version;
    unsigned word = tem_qr_format_word(format.level, format.mask);
    uint32_t number = version >= 7 ? tem_qr_version_word(version) : 0;
    for (unsigned copy = 0; copy < 2; copy++) {
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            tem_qr_format_module(version, copy, bit, &x, &y);
            put(symbol, x, y, word >> bit & 1);
        }
        for (unsigned bit = 0; number && bit < TEM_QR_VERSION_BITS; bit++) {
            tem_qr_version_module(version, copy, bit, &x, &y);
            put(symbol, x, y, number >> bit & 1);
        }
    }
    put(symbol, 8, symbol->side - 8u, true); /* 7.9.1 */
}

void tem_qr_redraw(unsigned version, struct tem_qr_format format,
                   const struct tem_codeword *codewords,
                   struct tem_symbol *symbol)
{
    struct tem_qr_walk walk = tem_qr_walk(version);
    unsigned bits = 8 * tem_qr_codewords(version), x, y;
    memset(symbol, 0, sizeof *symbol);
    symbol->version = (uint8_t)version;
    symbol->side = (uint8_t)walk.plan.side;
    symbol->ecc = (uint8_t)format.level;
    for (y = 0; y < walk.plan.side; y++)
        for (x = 0; x < walk.plan.side; x++)
            if (tem_qr_is_function(&walk.plan, x, y))
                put(symbol, x, y, is_dark(&walk.plan, x, y));
    put_words(symbol, format);
    for (unsigned i = 0; tem_qr_walk_next(&walk, &x, &y); i++) {
        bool bit = i < bits && codewords[i / 8].value >> (7 - i % 8) & 1;
        put(symbol, x, y, bit != tem_qr_is_masked(format.mask, x, y));
    }
}
