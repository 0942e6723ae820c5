/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SEARCH_H
#define TEM_SCAN_SEARCH_H

/* One picture, looked over for symbols by our own detector: the cheap ways
 * first, the dearer ones for what was seen but not read. */

#include "attempt.h"

/* A symbol that was read. */
struct tem_sighting {
    struct tem_bytes text;     /* owned, NUL-terminated */
    const char *charset;       /* see charset.h */
    struct tem_spot corner[4]; /* as struct tem_scan_symbol, but exact */
    struct tem_spot middle;
    double module; /* pixels, on the average */
    unsigned version, codewords, corrected, erased;
    enum tem_ecc level;
    unsigned parts, part; /* of a structured append, or 0 parts */
    bool mirrored, light, confirmed;
};

struct tem_search_settings {
    size_t most;            /* sightings to keep */
    tem_confirm_fn confirm; /* see attempt.h, or NULL */
    void *context;
    int64_t work; /* grey samples that may be taken */
};

struct tem_search;

/*
 * Start on a picture.
 *
 * @param image  borrowed until tem_search_free().
 * @retval TEM_E_MEMORY
 */
TEM_MUST_USE enum tem_status
tem_search_new(const struct tem_image *image,
               const struct tem_search_settings *settings,
               struct tem_search **search, struct tem_error *error);

void tem_search_free(struct tem_search *search);

/* Every size of the picture once, from the smallest, the quick way. */
TEM_MUST_USE enum tem_status tem_search_quick(struct tem_search *search,
                                              struct tem_error *error);

/* What was seen and not read, the hard way. */
TEM_MUST_USE enum tem_status tem_search_hard(struct tem_search *search,
                                             struct tem_error *error);

/* Once more with an eye for damaged finder patterns, at sizes of @p pixels at
 * most. */
TEM_MUST_USE enum tem_status tem_search_lenient(struct tem_search *search,
                                                uint64_t pixels,
                                                struct tem_error *error);

/* The quick way once more, over copies of @p pixels at most in which what is
 * faint stands out. */
TEM_MUST_USE enum tem_status tem_search_stretched(struct tem_search *search,
                                                  uint64_t pixels,
                                                  struct tem_error *error);

/* The same over a copy of twice the size, once: for modules of hardly more than
 * a pixel. Sides of half TEM_IMAGE_SIDE_MAX at most. */
TEM_MUST_USE enum tem_status tem_search_doubled(struct tem_search *search,
                                                struct tem_error *error);

/* Leave out symbols that lie inside others. */
void tem_search_drop_inner(struct tem_search *search);

/* What was found so far. */
const struct tem_sighting *tem_search_found(const struct tem_search *search,
                                            size_t *count);

/* Take one of them out; the text is the caller's to free. */
bool tem_search_take(struct tem_search *search, struct tem_sighting *sighting);

/* Was there more than could be kept? */
bool tem_search_is_full(const struct tem_search *search);

/* How many places looked much like a symbol, and were not read: after quick
 * work, all of them; after hard work, what it was done in vain for. */
size_t tem_search_unread(const struct tem_search *search);

/* How many flawless finder patterns there are at one size of the picture. */
unsigned tem_search_suspects(const struct tem_search *search);

#endif
