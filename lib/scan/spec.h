/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SPEC_H
#define TEM_SCAN_SPEC_H

/* What ISO/IEC 18004:2015 lays down of a QR Code symbol, Model 2. Modules are
 * (x, y) from the top left, 0; versions are 1..40. */

#include <tem/symbol.h>

enum {
    TEM_QR_CODEWORDS_MAX = 3706, /* of version 40 */
    TEM_QR_BLOCK_MAX = 153,      /* codewords of one block */
    TEM_QR_CHECK_MAX = 30,       /* check codewords of one block */
    TEM_QR_ALIGNMENTS_MAX = 7,   /* centres along one axis */
    TEM_QR_FORMAT_BITS = 15,
    TEM_QR_VERSION_BITS = 18,
    TEM_QR_MASKS = 8,
};

/* How the codewords are cut into blocks (table 9): the first `short_blocks`
 * carry `data` codewords, the others one more; each has `check` more. */
struct tem_qr_blocks {
    unsigned count, short_blocks, data, check;
    unsigned guard; /* check codewords kept against misreading (p, table 9) */
};

unsigned tem_qr_side(unsigned version);

/* Modules that carry data, check and remainder bits. */
unsigned tem_qr_data_modules(unsigned version);

/* All codewords of a symbol, data and check. */
unsigned tem_qr_codewords(unsigned version);

struct tem_qr_blocks tem_qr_blocks(unsigned version, enum tem_ecc level);

/* Row and column coordinates of alignment patterns (annex E), rising.
 * @return how many: 0 for version 1. */
unsigned tem_qr_alignments(unsigned version,
                           uint8_t centres[TEM_QR_ALIGNMENTS_MAX]);

/* Where a version has which modules, worked out once. */
struct tem_qr_plan {
    unsigned version, side;
    uint8_t centre[TEM_SYMBOL_SIDE_MAX]; /* of the alignment patterns over this
                                            coordinate, or 0 */
};

struct tem_qr_plan tem_qr_plan(unsigned version);

/* Is the module no data: finder, separator, timing, alignment, format or
 * version? */
bool tem_qr_is_function(const struct tem_qr_plan *plan, unsigned x, unsigned y);

/* Colour of a module of a finder, with its separator, a timing or an alignment
 * pattern (5.3.2 to 5.3.5): 1 dark, -1 light; 0 for any other. */
int tem_qr_pattern(const struct tem_qr_plan *plan, unsigned x, unsigned y);

/* The modules of data, check and remainder bits in the order of placement
 * (7.7.3): pairs of columns from the right, the timing column left out, upwards
 * and downwards by turns, the right one of a pair first. */
struct tem_qr_walk {
    struct tem_qr_plan plan;
    unsigned right, step; /* of the pair; of the modules in it */
    bool up;
};

struct tem_qr_walk tem_qr_walk(unsigned version);

/* The next one; false past the last. */
bool tem_qr_walk_next(struct tem_qr_walk *walk, unsigned *x, unsigned *y);

/* Does data mask 0..7 turn the module (table 10)? */
bool tem_qr_is_masked(unsigned mask, unsigned x, unsigned y);

/* The 15 bits of format information (7.9), the mask on them; bit 14 first. */
unsigned tem_qr_format_word(enum tem_ecc level, unsigned mask);

/* The 18 bits of version information (7.10), of versions 7..40. */
uint32_t tem_qr_version_word(unsigned version);

/* Where bit @p bit (0 the least) of format information stands in copy 0 or 1,
 * figure 25; of version information, figure 28. */
void tem_qr_format_module(unsigned version, unsigned copy, unsigned bit,
                          unsigned *x, unsigned *y);
void tem_qr_version_module(unsigned version, unsigned copy, unsigned bit,
                           unsigned *x, unsigned *y);

#endif
