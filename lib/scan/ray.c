/* SPDX-License-Identifier: MIT */
/* See ray.h. */
#include "ray.h"
#include <math.h>

/* How many steps stay inside along one axis. */
static double steps_inside(double from, double step, double size)
{
    if (step > 0)
        return (size - from) / step;
    return step < 0 ? from / -step : 1e9;
}

bool tem_cast_ray(const struct tem_binary *binary, struct tem_spot from,
                  struct tem_spot step, double limit, double edge[3])
{
    double across = steps_inside(from.x, step.x, binary->width - 1e-6);
    double down = steps_inside(from.y, step.y, binary->height - 1e-6);
    double room = across < down ? across : down;
    int count = (int)(room < limit ? room : limit), turns = 0;
    bool colour = tem_is_dark(binary, (int64_t)from.x, (int64_t)from.y);
    double x = from.x, y = from.y;
    for (int done = 0; done < count; done++) {
        x += step.x;
        y += step.y;
        if (tem_is_dark(binary, (int64_t)x, (int64_t)y) == colour)
            continue;
        colour = !colour;
        edge[turns] = done + 0.5;
        if (++turns == 3)
            return true;
    }
    if (turns < 2)
        return false;
    edge[2] = room < limit ? count + 0.5 : limit;
    return true;
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
