/* SPDX-License-Identifier: MIT */
#ifndef TEST_VERDICTS_H
#define TEST_VERDICTS_H

/* Keys and a short way to a verdict, for the tests of verification. */

#include "test.h"
#include <tem/verify.h>

enum { AT = 20700 }; /* 2026-09-04: packed, not yet past its best */

static struct tem_key *keys[2], *wrong_keys[2]; /* by algorithm */

static inline void make_keys(void)
{
    for (int a = 0; a < 2; a++)
        if (tem_key_generate((enum tem_algorithm)a, &keys[a], NULL) != TEM_OK ||
            tem_key_generate((enum tem_algorithm)a, &wrong_keys[a], NULL) !=
                TEM_OK)
            abort();
}

static inline void free_keys(void)
{
    for (int a = 0; a < 2; a++) {
        tem_key_free(keys[a]);
        tem_key_free(wrong_keys[a]);
    }
}

static inline struct tem_result
verify(const char *text, const struct tem_key *key, int32_t at, bool demo)
{
    static struct tem_result result;
    struct tem_verify_options options = {.key = key, .at = at, .demo = demo};
    CHECK_INT(tem_verify_text(tem_bytes_of(text), &options, &result, NULL),
              TEM_OK);
    return result;
}

#endif
