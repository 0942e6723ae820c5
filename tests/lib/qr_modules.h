/* SPDX-License-Identifier: MIT */
#ifndef TEST_QR_MODULES_H
#define TEST_QR_MODULES_H

/* Symbols of libqrencode as the decoder gets them, surely sampled. */

#include "../../lib/scan/decode.h"
#include "test.h"

static uint32_t dice = 2463534242u; /* xorshift, the same every time */

static inline uint32_t roll(uint32_t below)
{
    dice ^= dice << 13;
    dice ^= dice >> 17;
    dice ^= dice << 5;
    return dice % below;
}

static inline void modules_of(const struct tem_symbol *symbol,
                              struct tem_modules *modules)
{
    modules->version = symbol->version;
    for (unsigned i = 0; i < (unsigned)symbol->side * symbol->side; i++)
        modules->dark[i] = symbol->bits[i / 8] >> (7 - i % 8) & 1 ? 127 : -127;
}

/* A text of digits, letters or bytes. */
static inline struct tem_bytes random_text(uint8_t *memory, size_t size)
{
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    uint32_t kind = roll(3);
    for (size_t i = 0; i < size; i++)
        memory[i] = kind == 0   ? (uint8_t)('0' + roll(10))
                    : kind == 1 ? (uint8_t)set[roll(sizeof set - 1)]
                                : (uint8_t)(1 + roll(255));
    return (struct tem_bytes){memory, size};
}

/* The longest text of its kind that one version holds, or fewer characters. */
static inline struct tem_bytes fill_symbol(unsigned version, enum tem_ecc level,
                                           uint8_t *memory,
                                           struct tem_symbol *symbol)
{
    size_t low = 1, high = TEM_SYMBOL_TEXT_MAX;
    random_text(memory, high);
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        struct tem_bytes text = {memory, middle};
        if (tem_symbol_encode(text, level, version, symbol, NULL) == TEM_OK)
            low = middle;
        else
            high = middle - 1;
    }
    struct tem_bytes text = {memory, low};
    CHECK_INT(tem_symbol_encode(text, level, version, symbol, NULL), TEM_OK);
    CHECK_INT(symbol->version, version);
    return text;
}

/* Put another mask on a symbol that has one. */
static inline void change_mask(struct tem_modules *m, enum tem_ecc level,
                               unsigned from, unsigned to)
{
    struct tem_qr_plan plan = tem_qr_plan(m->version);
    unsigned side = plan.side, x, y;
    for (y = 0; y < side; y++)
        for (x = 0; x < side; x++)
            if (!tem_qr_is_function(&plan, x, y) &&
                tem_qr_is_masked(from, x, y) != tem_qr_is_masked(to, x, y))
                *tem_module(m, x, y) = (int8_t)-tem_module_at(m, x, y);
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            tem_qr_format_module(m->version, copy, bit, &x, &y);
            *tem_module(m, x, y) =
                tem_qr_format_word(level, to) >> bit & 1 ? 127 : -127;
        }
}

#endif
