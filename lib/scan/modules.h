/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_MODULES_H
#define TEM_SCAN_MODULES_H

/* The modules of one symbol as they were sampled, each with how sure it is. */

#include "spec.h"

/* A square of modules; row-major from the top left of the symbol as drawn. */
struct tem_modules {
    unsigned version;
    /* Surely dark 127 .. surely light -127; 0: nothing can be said. */
    int8_t dark[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
};

static inline int8_t *tem_module(struct tem_modules *modules, unsigned x,
                                 unsigned y)
{
    return &modules->dark[y * tem_qr_side(modules->version) + x];
}

static inline int tem_module_at(const struct tem_modules *modules, unsigned x,
                                unsigned y)
{
    return modules->dark[y * tem_qr_side(modules->version) + x];
}

/* What the format information says, and by how much it is preferred. */
struct tem_qr_format {
    enum tem_ecc level;
    unsigned mask;
    int score;  /* agreement of both copies, -127..127 a module */
    int margin; /* ahead of the next best, the same unit */
};

/* The one of the 32 words that agrees best with both copies together. */
struct tem_qr_format tem_read_format(const struct tem_modules *modules);

/* The version, 7..40, whose word agrees best with both copies in a square that
 * was sampled as one of modules->version; @p score as above. For versions under
 * 7, which have no word, 0. */
unsigned tem_read_version(const struct tem_modules *modules, int *score);

/* Turn about the diagonal, as seen from behind the glass. */
void tem_modules_mirror(struct tem_modules *modules);

/* Dark for light. */
void tem_modules_invert(struct tem_modules *modules);

/* A codeword and its least sure module's sureness, 0..127. */
struct tem_codeword {
    uint8_t value, sure;
};

/* All codewords in the order of placement (7.7.3), the mask taken off.
 * @return how many, tem_qr_codewords(). */
unsigned tem_read_codewords(const struct tem_modules *modules, unsigned mask,
                            struct tem_codeword out[TEM_QR_CODEWORDS_MAX]);

#endif
