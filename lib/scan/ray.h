/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCAN_RAY_H
#define TEM_SCAN_RAY_H

/* Lines from the middle of a finder pattern outwards. */

#include "binary.h"
#include "grey.h"

static inline bool tem_is_dark(const struct tem_binary *binary, int64_t x,
                               int64_t y)
{
    return binary->dark[y * binary->width + x];
}

/*
 * From the middle outwards until the colour has turned three times; a symbol
 * that fills the picture ends with it.
 *
 * @param step       1 pixel long.
 * @param[out] edge  distances at which it turned; the last is @p limit if it
 *                   did not turn before that.
 * @return false if it did not turn twice.
 */
bool tem_cast_ray(const struct tem_binary *binary, struct tem_spot from,
                  struct tem_spot step, double limit, double edge[3]);

/* Of distances from the middle to the edges of the three squares, how many are
 * in proportion: 3, or 2 where the outer one is not, or 0. */
int tem_rate_ray(const double edge[3]);

#endif
