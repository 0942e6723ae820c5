/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_SEARCH_H
#define TEM_SCAN_SEARCH_H

/* One picture, looked over for symbols by our own detector: the cheap ways
 * first, the dearer ones for what was seen but not read. */

#include "sighting.h"

struct tem_search_settings {
    size_t most;            /* sightings to keep */
    bool inner;             /* look inside symbols that were read, too */
    tem_confirm_fn confirm; /* see attempt.h, or NULL */
    void *context;
    int64_t work;  /* grey samples that may be taken in vain */
    double module; /* pixels; when one is read that has smaller ones, the search
                      ends there */
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

/* What was found so far. */
struct tem_sightings *tem_search_found(struct tem_search *search);

/* How many places looked much like a symbol, and were not read: after quick
 * work, all of them; after hard work, what it was done in vain for. */
size_t tem_search_unread(const struct tem_search *search);

/* Did the search end before everything was looked at? */
bool tem_search_is_tired(const struct tem_search *search);

/* How many flawless finder patterns there are at one size of the picture. */
unsigned tem_search_suspects(const struct tem_search *search);

#endif
