/* SPDX-License-Identifier: MIT */
/* See area.h. letters: AA 0 .. ZZ 675, AAA 676 .. ZZZZ 475227; number: 0000 is
 * 0 .. 9999, then 000 is 10000 .. 999 is 10999; packed = 1 + number * 475228 +
 * letters, so that codes of four digits, the usual ones, stay under 2^32 up to
 * 9036. */
#include "area.h"
#include <assert.h>
#include <string.h>

enum {
    TWO = 26 * 26,
    THREE = 26 * TWO,
    FOUR = 26 * THREE,
    LETTER_CODES = TWO + THREE + FOUR,
};

/* VN-ZZZZ-999 with three digits is the last. */
static_assert(TEM_AREA_MAX == UINT64_C(11000) * LETTER_CODES,
              "the highest number and letters");

static const unsigned first_of_length[5] = {0, 0, 0, TWO, TWO + THREE};

bool tem_payload_pack_area(const char *code, uint64_t *packed)
{
    *packed = 0;
    if (!code[0])
        return true;
    if (strncmp(code, "VN-", 3) != 0)
        return false;
    const char *p = code + 3;
    unsigned letters = 0, number = 0, length = 0, digits = 0;
    for (; *p >= 'A' && *p <= 'Z' && length < 5; p++, length++)
        letters = letters * 26 + (unsigned)(*p - 'A');
    if (length < 2 || length > 4 || *p++ != '-')
        return false;
    for (; *p >= '0' && *p <= '9' && digits < 5; p++, digits++)
        number = number * 10 + (unsigned)(*p - '0');
    if (*p || digits < 3 || digits > 4)
        return false;
    letters += first_of_length[length];
    number += digits == 3 ? 10000 : 0;
    *packed = 1 + (uint64_t)number * LETTER_CODES + letters;
    return true;
}

bool tem_payload_unpack_area(uint64_t packed, char code[16])
{
    memset(code, 0, 16);
    if (packed == 0)
        return true;
    if (packed > TEM_AREA_MAX)
        return false;
    unsigned letters = (unsigned)((packed - 1) % LETTER_CODES);
    unsigned number = (unsigned)((packed - 1) / LETTER_CODES);
    unsigned length = letters < TWO ? 2 : letters < TWO + THREE ? 3 : 4;
    unsigned digits = number < 10000 ? 4 : 3;
    letters -= first_of_length[length];
    number -= digits == 3 ? 10000 : 0;
    strcpy(code, "VN-");
    for (unsigned i = length; i-- > 0; letters /= 26)
        code[3 + i] = (char)('A' + letters % 26);
    code[3 + length] = '-';
    for (unsigned i = digits; i-- > 0; number /= 10)
        code[4 + length + i] = (char)('0' + number % 10);
    return true;
}
