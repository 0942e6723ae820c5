/* SPDX-License-Identifier: MIT */
/* See contents.h: what comes before what. */
#include "contents.h"
#include <string.h>

int tem_trust_compare_bytes(struct tem_bytes a, struct tem_bytes b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int order = least > 0 ? memcmp(a.data, b.data, least) : 0;
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

int tem_trust_compare_products(const struct tem_trust_product *a,
                               const struct tem_trust_product *b)
{
    if (a->maker_id != b->maker_id)
        return a->maker_id > b->maker_id ? 1 : -1;
    int order = tem_trust_compare_bytes(a->gtin, b->gtin);
    return order != 0 ? order : tem_trust_compare_bytes(a->code, b->code);
}

int tem_trust_compare_lots(const struct tem_trust_lot *a,
                           const struct tem_trust_lot *b)
{
    if (a->product != b->product)
        return a->product > b->product ? 1 : -1;
    int order = tem_trust_compare_bytes(a->lot, b->lot);
    if (order != 0)
        return order;
    if (a->from.size != b->from.size)
        return a->from.size > b->from.size ? 1 : -1;
    return tem_trust_compare_bytes(a->from, b->from);
}

bool tem_trust_lots_overlap(const struct tem_trust_lot *a,
                            const struct tem_trust_lot *b)
{
    if (a->product != b->product ||
        tem_trust_compare_bytes(a->lot, b->lot) != 0)
        return false;
    return a->from.size == 0 || (a->from.size == b->from.size &&
                                 tem_trust_compare_bytes(a->to, b->from) >= 0);
}

bool tem_trust_lot_has(const struct tem_trust_lot *lot, struct tem_bytes serial)
{
    if (lot->from.size == 0)
        return true;
    return serial.size == lot->from.size &&
           tem_trust_compare_bytes(lot->from, serial) <= 0 &&
           tem_trust_compare_bytes(serial, lot->to) <= 0;
}
