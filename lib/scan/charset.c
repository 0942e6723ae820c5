/* SPDX-License-Identifier: MIT */
/* See charset.h. */
#include "charset.h"

enum { RUN_LEAST = 3 }; /* Japanese characters in a row that are no accident */

/* ECI assignments (AIM ITS/04-023) by number. */
static const char *const eci_names[] = {
    [0] = "IBM437",        [1] = "ISO-8859-1",    [2] = "IBM437",
    [3] = "ISO-8859-1",    [4] = "ISO-8859-2",    [5] = "ISO-8859-3",
    [6] = "ISO-8859-4",    [7] = "ISO-8859-5",    [8] = "ISO-8859-6",
    [9] = "ISO-8859-7",    [10] = "ISO-8859-8",   [11] = "ISO-8859-9",
    [12] = "ISO-8859-10",  [13] = "ISO-8859-11",  [15] = "ISO-8859-13",
    [16] = "ISO-8859-14",  [17] = "ISO-8859-15",  [18] = "ISO-8859-16",
    [20] = "Shift_JIS",    [21] = "windows-1250", [22] = "windows-1251",
    [23] = "windows-1252", [24] = "windows-1256", [25] = "UTF-16BE",
    [26] = "UTF-8",        [27] = "US-ASCII",     [28] = "Big5",
    [29] = "GB18030",      [30] = "EUC-KR",
};

/* Bytes of the character at @p p, 0 if it is none (RFC 3629). */
static size_t utf8_size(const uint8_t *p, size_t left)
{
    static const struct {
        uint8_t first, last, low, high; /* low, high: of the second byte */
        uint8_t size;
    } forms[] = {{0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2},
                 {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
                 {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
                 {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4},
                 {0xF4, 0xF4, 0x80, 0x8F, 4}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (*p < forms[i].first || *p > forms[i].last)
            continue;
        if (left < forms[i].size ||
            (forms[i].size > 1 &&
             (p[1] < forms[i].low || p[1] > forms[i].high)))
            return 0;
        for (size_t k = 2; k < forms[i].size; k++)
            if (p[k] < 0x80 || p[k] > 0xBF)
                return 0;
        return forms[i].size;
    }
    return 0;
}

static bool is_utf8(struct tem_bytes text)
{
    for (size_t at = 0, size; at < text.size; at += size) {
        size = utf8_size(text.data + at, text.size - at);
        if (size == 0)
            return false;
    }
    return true;
}

/* Bytes of the character of Shift JIS (JIS X 0208, annex 1) at @p p, or 0. */
static size_t shift_jis_size(const uint8_t *p, size_t left)
{
    if (*p < 0x80 || (*p >= 0xA1 && *p <= 0xDF))
        return 1;
    bool lead = (*p >= 0x81 && *p <= 0x9F) || (*p >= 0xE0 && *p <= 0xEF);
    if (!lead || left < 2 || p[1] < 0x40 || p[1] == 0x7F || p[1] > 0xFC)
        return 0;
    return 2;
}

/* Can it be Shift JIS, and does it have that many Japanese characters in a row?
 * Of one or two between Latin letters nothing can be told. */
static bool is_shift_jis(struct tem_bytes text, unsigned run_least)
{
    unsigned run = 0, longest = 0;
    for (size_t at = 0, size; at < text.size; at += size) {
        size = shift_jis_size(text.data + at, text.size - at);
        if (size == 0)
            return false;
        run = text.data[at] < 0x80 ? 0 : run + 1;
        longest = run > longest ? run : longest;
    }
    return longest >= run_least;
}

static const char *guess(struct tem_bytes text, unsigned run_least)
{
    if (is_utf8(text))
        return "UTF-8";
    return is_shift_jis(text, run_least) ? "Shift_JIS" : "ISO-8859-1";
}

const char *tem_charset_of(const struct tem_qr_text *text)
{
    enum { NAMES = sizeof eci_names / sizeof *eci_names };
    if (text->has_eci && text->eci < NAMES && eci_names[text->eci])
        return eci_names[text->eci];
    return guess((struct tem_bytes){text->bytes, text->size},
                 text->has_kanji ? 1 : RUN_LEAST);
}

const char *tem_charset_guess(struct tem_bytes text)
{
    return guess(text, RUN_LEAST);
}
