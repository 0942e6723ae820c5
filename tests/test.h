/* SPDX-License-Identifier: MIT */
#ifndef TEM_TEST_H
#define TEM_TEST_H

/* A test program is a row of TEST() functions and a main() of RUN() lines
 * closed by `return test_done();`. Output is TAP, which meson reads. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_count, test_failed, test_failures;
static const char *test_skipped;

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            test_failures++;                                                   \
            printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition);           \
        }                                                                      \
    } while (0)

#define CHECK_INT(got, want)                                                   \
    do {                                                                       \
        long long got_ = (long long)(got), want_ = (long long)(want);          \
        if (got_ != want_) {                                                   \
            test_failures++;                                                   \
            printf("# %s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__,      \
                   #got, got_, want_);                                         \
        }                                                                      \
    } while (0)

#define CHECK_STR(got, want)                                                   \
    do {                                                                       \
        const char *got_ = (got), *want_ = (want);                             \
        if (strcmp(got_, want_) != 0) {                                        \
            test_failures++;                                                   \
            printf("# %s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__,  \
                   #got, got_, want_);                                         \
        }                                                                      \
    } while (0)

/* Leave the test early when going on makes no sense. */
#define REQUIRE(condition)                                                     \
    do {                                                                       \
        if (!(condition)) {                                                    \
            test_failures++;                                                   \
            printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition);           \
            return;                                                            \
        }                                                                      \
    } while (0)

/* Say why a test cannot run here; it counts as skipped, not as passed. */
#define SKIP(reason)                                                           \
    do {                                                                       \
        test_skipped = (reason);                                               \
        return;                                                                \
    } while (0)

#define TEST(name) static void name(void)

#define RUN(name)                                                              \
    do {                                                                       \
        test_failures = 0;                                                     \
        test_skipped = NULL;                                                   \
        name();                                                                \
        test_failed += test_failures > 0;                                      \
        printf("%s %d - %s%s%s\n", test_failures ? "not ok" : "ok",            \
               ++test_count, #name, test_skipped ? " # SKIP " : "",            \
               test_skipped ? test_skipped : "");                              \
        fflush(stdout);                                                        \
    } while (0)

static inline int test_done(void)
{
    printf("1..%d\n", test_count);
    return test_failed != 0;
}

#endif
