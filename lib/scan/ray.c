/* SPDX-License-Identifier: MIT */
/* See ray.h. */
#include "ray.h"
#include <math.h>

bool tem_cast_ray(const struct tem_binary *binary, struct tem_spot from,
                  struct tem_spot step, double limit, double edge[3])
{
    int turns = 0;
    bool colour = tem_is_dark(binary, (int64_t)from.x, (int64_t)from.y);
    double x = from.x, y = from.y;
    for (double done = 0; done < limit; done++) {
        x += step.x;
        y += step.y;
        bool inside =
            x >= 0 && y >= 0 && x < binary->width && y < binary->height;
        if (!inside && turns < 2)
            return false;
        if (inside && tem_is_dark(binary, (int64_t)x, (int64_t)y) == colour)
            continue;
        colour = !colour;
        edge[turns] = done + 0.5;
        if (++turns == 3)
            return true;
    }
    edge[2] = limit;
    return turns == 2;
}

int tem_rate_ray(const double edge[3])
{
    double module = edge[2] / 3.5;
    if (fabs(edge[0] - 1.5 * module) <= 0.7 * module + 0.7 &&
        fabs(edge[1] - 2.5 * module) <= 0.6 * module + 0.7 &&
        edge[1] - edge[0] >= 0.3 * module)
        return 3;
    module = edge[1] / 2.5;
    return fabs(edge[0] - 1.5 * module) <= 0.4 * module + 0.5 &&
                   edge[2] >= 3 * module
               ? 2
               : 0;
}
