/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: a fingerprint as words that can be said over a telephone.
 * Each is a Vietnamese syllable out of 16 onsets, 16 rimes and 4 tones, chosen
 * so that no two sound alike in the north or in the south. */
#include <stdio.h>
#include <string.h>
#include <tem/sign.h>

enum { WORDS = 8, WORD_BITS = 10 };

/* The second spelling stands before e and i. */
static const char *const onsets[16][2] = {
    {"b", "b"},  {"c", "k"},    {"ch", "ch"}, {"đ", "đ"},
    {"g", "gh"}, {"h", "h"},    {"kh", "kh"}, {"l", "l"},
    {"m", "m"},  {"ng", "ngh"}, {"nh", "nh"}, {"ph", "ph"},
    {"t", "t"},  {"th", "th"},  {"v", "v"},   {"x", "x"},
};

/* The first letter by its number below, which bears the tone, and the rest. */
static const struct {
    int vowel;
    const char *rest;
} rimes[16] = {
    {0, ""},  {0, "i"}, {0, "o"}, {0, "m"}, {1, ""},  {1, "m"},
    {2, ""},  {2, "a"}, {2, "u"}, {3, ""},  {3, "i"}, {3, "m"},
    {4, "a"}, {4, "i"}, {5, ""},  {5, "i"},
};

static const char *const vowels[6][4] = {
    {"a", "á", "à", "ạ"}, {"e", "é", "è", "ẹ"}, {"i", "í", "ì", "ị"},
    {"o", "ó", "ò", "ọ"}, {"u", "ú", "ù", "ụ"}, {"ơ", "ớ", "ờ", "ợ"},
};

const char *tem_key_words(const uint8_t fingerprint[TEM_SHA256_BYTES],
                          char out[TEM_KEY_WORDS_SIZE])
{
    size_t used = 0;
    for (unsigned i = 0; i < WORDS; i++) {
        unsigned bits = 0;
        for (unsigned k = i * WORD_BITS; k < (i + 1) * WORD_BITS; k++)
            bits = bits << 1 | (fingerprint[k / 8] >> (7 - k % 8) & 1u);
        unsigned rime = bits >> 2 & 15u;
        int vowel = rimes[rime].vowel;
        bool front = vowel == 1 || vowel == 2;
        used +=
            (size_t)snprintf(out + used, TEM_KEY_WORDS_SIZE - used, "%s%s%s%s",
                             i ? " " : "", onsets[bits >> 6][front],
                             vowels[vowel][bits & 3u], rimes[rime].rest);
    }
    return out;
}
