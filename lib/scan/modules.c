/* SPDX-License-Identifier: MIT */
/* See modules.h. */
#include "modules.h"
#include <stdlib.h>
#include <string.h>

/* How well a module agrees with a bit, -127..127. */
static int agreement(const struct tem_modules *m, unsigned x, unsigned y,
                     bool dark)
{
    int value = tem_module_at(m, x, y);
    return dark ? value : -value;
}

static int format_score(const struct tem_modules *m, unsigned word)
{
    int sum = 0;
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            unsigned x, y;
            tem_qr_format_module(m->version, copy, bit, &x, &y);
            sum += agreement(m, x, y, word >> bit & 1);
        }
    return sum / (2 * TEM_QR_FORMAT_BITS);
}

struct tem_qr_format tem_read_format(const struct tem_modules *modules)
{
    struct tem_qr_format best = {.score = -128};
    int next = -128;
    for (int level = TEM_ECC_L; level <= TEM_ECC_H; level++)
        for (unsigned mask = 0; mask < TEM_QR_MASKS; mask++) {
            int score = format_score(
                modules, tem_qr_format_word((enum tem_ecc)level, mask));
            if (score > best.score) {
                next = best.score;
                best =
                    (struct tem_qr_format){(enum tem_ecc)level, mask, score, 0};
            } else if (score > next) {
                next = score;
            }
        }
    best.margin = best.score - next;
    return best;
}

static int version_score(const struct tem_modules *m, uint32_t word)
{
    int sum = 0;
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_VERSION_BITS; bit++) {
            unsigned x, y;
            tem_qr_version_module(m->version, copy, bit, &x, &y);
            sum += agreement(m, x, y, word >> bit & 1);
        }
    return sum / (2 * TEM_QR_VERSION_BITS);
}

unsigned tem_read_version(const struct tem_modules *modules, int *score)
{
    unsigned best = 0;
    *score = -128;
    for (unsigned v = 7; modules->version >= 7 && v <= TEM_SYMBOL_VERSION_MAX;
         v++) {
        int found = version_score(modules, tem_qr_version_word(v));
        if (found > *score) {
            *score = found;
            best = v;
        }
    }
    return best;
}

void tem_modules_mirror(struct tem_modules *modules)
{
    unsigned side = tem_qr_side(modules->version);
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < y; x++) {
            int8_t kept = *tem_module(modules, x, y);
            *tem_module(modules, x, y) = *tem_module(modules, y, x);
            *tem_module(modules, y, x) = kept;
        }
}

void tem_modules_invert(struct tem_modules *modules)
{
    unsigned side = tem_qr_side(modules->version);
    for (unsigned i = 0; i < side * side; i++)
        modules->dark[i] = (int8_t)-modules->dark[i];
}

/* ---- codewords ---- */

/* Bits as they come, eight to a codeword. */
struct taker {
    struct tem_codeword *out;
    unsigned count, most, bits;
};

static void take(struct taker *t, int dark, bool masked)
{
    if (t->count == t->most) /* remainder bits */
        return;
    struct tem_codeword *c = &t->out[t->count];
    if (t->bits == 0)
        *c = (struct tem_codeword){0, 127};
    c->value = (uint8_t)(c->value << 1 | ((dark > 0) != masked));
    if (abs(dark) < c->sure)
        c->sure = (uint8_t)abs(dark);
    t->bits = (t->bits + 1) % 8;
    t->count += t->bits == 0;
}

unsigned tem_read_codewords(const struct tem_modules *modules, unsigned mask,
                            struct tem_codeword out[TEM_QR_CODEWORDS_MAX])
{
    struct tem_qr_walk walk = tem_qr_walk(modules->version);
    struct taker taker = {.out = out,
                          .most = tem_qr_codewords(modules->version)};
    unsigned x, y;
    while (tem_qr_walk_next(&walk, &x, &y))
        take(&taker, tem_module_at(modules, x, y),
             tem_qr_is_masked(mask, x, y));
    return taker.count;
}
