/* SPDX-License-Identifier: MIT */
#ifndef TEM_TEXTS_H
#define TEM_TEXTS_H

/* Texts for the tests of symbols. */

#include <stdint.h>
#include <string.h>
#include <tem/base.h>

static const char alphanumeric[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/* Numbers that are the same on every machine. */
static uint32_t random_state = 1;

static inline uint32_t next_random(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static inline struct tem_bytes view(const uint8_t *data, size_t size)
{
    return (struct tem_bytes){data, size};
}

/* Text of runs of random kinds, so that switching is worth thinking about. */
static inline struct tem_bytes random_text(size_t size, uint32_t run_max)
{
    static uint8_t memory[200];
    size_t used = 0;
    while (used < size) {
        uint32_t kind = next_random(3), run = 1 + next_random(run_max);
        for (; run > 0 && used < size; run--) {
            static const char bytes[] = "a?=\xff_";
            char c = kind == 0   ? alphanumeric[next_random(10)]
                     : kind == 1 ? alphanumeric[10 + next_random(35)]
                                 : bytes[next_random(5)];
            memory[used++] = (uint8_t)c;
        }
    }
    return view(memory, size);
}

/* A sealed label's text: 240 digits after ?S=. */
static inline struct tem_bytes label_uri(void)
{
    static char uri[400];
    strcpy(uri, "HTTPS://OCOP.SONLA.GOV.VN/01/09520124600302/10/DT9H2VW6/21/"
                "000123?S=");
    size_t used = strlen(uri);
    for (int i = 0; i < 240; i++)
        uri[used++] = (char)('0' + i * 7 % 10);
    uri[used] = '\0';
    return tem_bytes_of(uri);
}

#endif
