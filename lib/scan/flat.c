/* SPDX-License-Identifier: MIT */
/* See flat.h. */
#include "flat.h"
#include <string.h>

enum {
    REACH = 2,  /* modules to each side that are looked at */
    ABOUT = 25, /* all of them */
    USUAL =
        17, /* so many alike are nothing: by chance 13 are, 2.5 more or less */
    FLAT = 21, /* so many say nothing at all about the module */
};

/* Along each row, how many of those about a module are dark, less how many are
 * light; beyond the edge nothing is. */
static void sum_rows(const struct tem_modules *modules, int side,
                     int8_t sums[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX])
{
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int sum = 0;
            for (int i = x - REACH; i <= x + REACH; i++)
                if (i >= 0 && i < side)
                    sum += modules->dark[y * side + i] > 0 ? 1 : -1;
            sums[y * side + x] = (int8_t)sum;
        }
}

void tem_doubt_flats(struct tem_modules *modules)
{
    int8_t sums[TEM_SYMBOL_SIDE_MAX * TEM_SYMBOL_SIDE_MAX];
    int side = (int)tem_qr_side(modules->version);
    sum_rows(modules, side, sums);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int8_t *dark = &modules->dark[y * side + x];
            int sum = 0;
            for (int i = y - REACH; i <= y + REACH; i++)
                if (i >= 0 && i < side)
                    sum += sums[i * side + x];
            int alike = (ABOUT + (*dark > 0 ? sum : -sum)) / 2;
            int doubt = alike < USUAL  ? 0
                        : alike > FLAT ? FLAT - USUAL
                                       : alike - USUAL;
            *dark = (int8_t)(*dark * (FLAT - USUAL - doubt) / (FLAT - USUAL));
        }
}
