/* SPDX-License-Identifier: MIT */
/* See lots.h. Only a hash is kept of each: among a million lots, 64 bits take
 * two for one about once in 37 million files. */
#include "lots.h"
#include <stdio.h>
#include <stdlib.h>

/* FNV-1a, over the NUL too, so that "a", "bc" is not "ab", "c". */
static uint64_t add(uint64_t hash, const char *text)
{
    do
        hash = (hash ^ (uint8_t)*text) * UINT64_C(1099511628211);
    while (*text++);
    return hash;
}

/* What a label tells a lot by: with a GTIN it does not say the maker. */
static uint64_t hash_of(const struct tem_record *record)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    if (record->gtin[0])
        return add(add(hash, record->gtin), record->lot);
    char maker[24];
    snprintf(maker, sizeof maker, "%lld", (long long)record->maker_id);
    return add(add(add(hash, maker), record->product_code), record->lot);
}

static struct tem_lot_seen *place(const struct tem_lots *lots, uint64_t hash)
{
    size_t i = (size_t)hash & (lots->capacity - 1);
    while (lots->seen[i].row && lots->seen[i].hash != hash)
        i = (i + 1) & (lots->capacity - 1);
    return &lots->seen[i];
}

static bool grow(struct tem_lots *lots)
{
    struct tem_lots larger = {.capacity =
                                  lots->capacity ? 2 * lots->capacity : 64,
                              .count = lots->count};
    larger.seen = calloc(larger.capacity, sizeof *larger.seen);
    if (!larger.seen)
        return false;
    for (size_t i = 0; i < lots->capacity; i++)
        if (lots->seen[i].row)
            *place(&larger, lots->seen[i].hash) = lots->seen[i];
    tem_lots_free(lots);
    *lots = larger;
    return true;
}

bool tem_lots_meet(struct tem_lots *lots, const struct tem_record *record,
                   uint64_t row, uint64_t *first)
{
    *first = 0;
    if (!record->lot[0] || (!record->gtin[0] && !record->product_code[0]))
        return true;
    if (2 * lots->count >= lots->capacity && !grow(lots))
        return false;
    uint64_t hash = hash_of(record);
    struct tem_lot_seen *at = place(lots, hash);
    *first = at->row;
    if (!at->row) {
        *at = (struct tem_lot_seen){hash, row};
        lots->count++;
    }
    return true;
}

void tem_lots_free(struct tem_lots *lots)
{
    free(lots->seen);
    *lots = (struct tem_lots){0};
}
