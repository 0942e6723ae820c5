/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_LOTS_H
#define TEM_RECORD_LOTS_H

/* The lots a file has had, so that one given twice is found. */

#include <tem/record.h>

struct tem_lot_seen {
    uint64_t hash, row; /* row 0: an empty place */
};

/* All zero to begin with; 16 to 64 bytes a lot. */
struct tem_lots {
    struct tem_lot_seen *seen;
    size_t capacity, count; /* capacity: a power of two, or 0 */
};

/* Remember the lot of @p record, unless it does not say which it is.
 * @param[out] first  row where it stood before, or 0.
 * @return false without memory. */
TEM_MUST_USE bool tem_lots_meet(struct tem_lots *lots,
                                const struct tem_record *record, uint64_t row,
                                uint64_t *first);

void tem_lots_free(struct tem_lots *lots);

#endif
