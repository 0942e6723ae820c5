/* SPDX-License-Identifier: MIT */
#ifndef TEST_KEYS_H
#define TEST_KEYS_H

/* Small helpers of the tests that need keys. */

#include "test.h"
#include <openssl/err.h>
#include <tem/sign.h>

static const enum tem_algorithm algorithms[] = {TEM_ALGORITHM_ED25519,
                                                TEM_ALGORITHM_ES256};

/* What the caller has in OpenSSL's error queue; 0: nothing. */
static unsigned long queued;

static inline void queue_an_error(void)
{
    ERR_raise(ERR_LIB_USER, ERR_R_PASSED_INVALID_ARGUMENT);
    queued = ERR_peek_last_error();
}

static inline void clear_the_queue(void)
{
    ERR_clear_error();
    queued = 0;
}

/* Nothing may be left behind, and nothing taken, whatever came of a call. */
static inline void check_quiet(void)
{
    CHECK_INT(ERR_peek_error(), queued);
    CHECK_INT(ERR_peek_last_error(), queued);
}

static inline struct tem_bytes B(const char *text) {
    return tem_bytes_of(text);
}

/* Bytes of hexadecimal text, in one of four memories in turn. */
static inline struct tem_bytes
unhex(const char *text)
{
    static uint8_t memory[4][4096];
    static int turn;
    uint8_t *out = memory[turn++ % 4];
    size_t size = 0;
    for (; text[0] && text[1] && size < sizeof memory[0]; text += 2) {
        char pair[3] = {text[0], text[1], '\0'};
        out[size++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return (struct tem_bytes){out, size};
}

static inline struct tem_key *new_key(enum tem_algorithm algorithm)
{
    struct tem_key *key = NULL;
    if (tem_key_generate(algorithm, &key, NULL) != TEM_OK)
        abort();
    return key;
}

/* The same key without its private half. */
static inline struct tem_key *public_of(const struct tem_key *key)
{
    uint8_t memory[TEM_KEY_PEM_MAX];
    struct tem_buffer pem = {memory, sizeof memory, 0};
    struct tem_key *half = NULL;
    if (tem_key_write_public(key, &pem, NULL) != TEM_OK ||
        tem_key_read_public((struct tem_bytes){memory, pem.size}, &half,
                            NULL) != TEM_OK)
        abort();
    return half;
}

#endif
