/* SPDX-License-Identifier: MIT */
#ifndef TEST_DEMO_KEY_H
#define TEST_DEMO_KEY_H

/* The key pair in examples/sonla, known to everybody. */

#include "test.h"
#include <tem/sign.h>

static inline struct tem_key *demo_key(void)
{
    char path[4096];
    static uint8_t pem[TEM_KEY_PEM_MAX];
    struct tem_key *key = NULL;
    const char *source = getenv("TEM_SOURCE");
    snprintf(path, sizeof path, "%s/examples/sonla/demo.key.pem",
             source ? source : ".");
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(pem, 1, sizeof pem, file) : 0;
    if (file)
        fclose(file);
    CHECK_INT(tem_key_read_private((struct tem_bytes){pem, size}, NULL, &key,
                                   NULL),
              TEM_OK);
    return key;
}

#endif
