/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_ATTEMPT_H
#define TEM_SCAN_ATTEMPT_H

/* Three finder patterns to a text: lay the symbol over them, sample, decode. */

#include "decode.h"
#include "locate.h"
#include "sample.h"

/* Asked whether a text is right for reasons of its own, as a signature. */
typedef bool (*tem_confirm_fn)(void *context, struct tem_bytes text);

/* How far attempts may go, and all that they need. 600 KiB; one a thread. */
struct tem_attempt {
    tem_confirm_fn confirm; /* or NULL */
    void *context;
    int64_t work; /* grey samples that may still be taken */
    /* What came of the last one. */
    struct tem_lattice lattice;
    bool mirrored, confirmed;
    double promise; /* standard deviations from chance; 0: no symbol there */
    struct tem_greys greys;
    struct tem_modules modules;
    struct tem_qr_decode decode; /* with the text, if it was read */
};

/*
 * The cheap way: one version, one lattice, one look, no erasures.
 *
 * @param side  modules, about.
 * @return whether it was read.
 */
bool tem_attempt_quick(struct tem_attempt *attempt,
                       const struct tem_image *image,
                       const struct tem_stand *stand, double side);

/* One look at a lattice. @return whether it was read. */
bool tem_attempt_lattice(struct tem_attempt *attempt,
                         const struct tem_image *image,
                         const struct tem_lattice *lattice);

/*
 * All that can be done for a lattice: bleeding neighbours taken off, codewords
 * that cannot be believed erased, the lattice bent to what it shows.
 *
 * @param lattice  where the symbol seems to be; bent to better.
 */
bool tem_attempt_hard(struct tem_attempt *attempt,
                      const struct tem_image *image,
                      const struct tem_lattice *lattice);

#endif
