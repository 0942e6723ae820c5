/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SIGHTING_H
#define TEM_SCAN_SIGHTING_H

/* The symbols of a picture that were read, each once. */

#include "attempt.h"

/* A symbol that was read. */
struct tem_sighting {
    struct tem_bytes text;          /* owned, NUL-terminated */
    const struct tem_symbol *drawn; /* behind the text, in its memory */
    double unused;             /* error correction, as struct tem_qr_decode */
    const char *charset;       /* see charset.h */
    struct tem_spot corner[4]; /* as struct tem_scan_symbol, but exact */
    struct tem_spot middle;
    double module; /* pixels, on the average */
    unsigned version, codewords, corrected, erased;
    enum tem_ecc level;
    unsigned parts, part; /* of a structured append, or 0 parts */
    bool mirrored, light, confirmed;
};

struct tem_sightings {
    struct tem_sighting *all; /* owned, with their texts */
    size_t count, most;
    bool full; /* there was more than could be kept */
};

/*
 * @param most  to keep, 1..
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status tem_sightings_new(size_t most,
                                               struct tem_sightings *list,
                                               struct tem_error *error);

void tem_sightings_free(struct tem_sightings *list);

/*
 * Keep what an attempt has read.
 *
 * @param scale     pixels of the picture for one of the copy that it was read
 * in.
 * @param[out] one  the new one; NULL if it was there already or there is no
 *                  room, which is no error.
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status
tem_sightings_add(struct tem_sightings *list, const struct tem_attempt *attempt,
                  double scale, struct tem_sighting **one,
                  struct tem_error *error);

/* Is a place of the picture in one of them? */
bool tem_sightings_cover(const struct tem_sightings *list, struct tem_spot at);

/* Is one of their finder patterns there? */
bool tem_sightings_mark(const struct tem_sightings *list, struct tem_spot at);

/* Is one of them there, of about that size? @param reach  half its side. */
bool tem_sightings_have(const struct tem_sightings *list,
                        struct tem_spot middle, double reach);

/* Leave out symbols that lie inside others. */
void tem_sightings_drop_inner(struct tem_sightings *list);

/* Take one of them out; the text is the caller's to free. @return false if
 * there is none. */
bool tem_sightings_take(struct tem_sightings *list, struct tem_sighting *one);

#endif
