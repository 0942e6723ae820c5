/* SPDX-License-Identifier: MIT */
#ifndef TEST_BENCH_H
#define TEST_BENCH_H

/* What every benchmark needs. */

#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

/* Milliseconds by some clock. */
static inline double bench_time(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* Milliseconds of work of this process. */
static inline double now(void)
{
    return bench_time(CLOCK_PROCESS_CPUTIME_ID);
}

/* Figures of what went wrong are none. */
static inline void need(bool condition)
{
    if (!condition)
        abort();
}

#endif
