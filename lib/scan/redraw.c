/* SPDX-License-Identifier: MIT */
/* See redraw.h. */
#include "redraw.h"
#include <string.h>

static void put(struct tem_symbol *symbol, unsigned x, unsigned y, bool dark)
{
    size_t i = (size_t)y * symbol->side + x;
    uint8_t bit = (uint8_t)(0x80 >> i % 8);
    symbol->bits[i / 8] = (uint8_t)(dark ? symbol->bits[i / 8] | bit
                                         : symbol->bits[i / 8] & ~bit);
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
            put(symbol, x, y, tem_qr_pattern(&walk.plan, x, y) > 0);
    put_words(symbol, format);
    for (unsigned i = 0; tem_qr_walk_next(&walk, &x, &y); i++) {
        bool bit = i < bits && codewords[i / 8].value >> (7 - i % 8) & 1;
        put(symbol, x, y, bit != tem_qr_is_masked(format.mask, x, y));
    }
}
