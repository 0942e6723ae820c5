/* SPDX-License-Identifier: MIT */
/* See field.h: patterns. */
#include "field.h"
#include <string.h>

static bool fits(char wanted, char c)
{
    bool digit = c >= '0' && c <= '9', capital = c >= 'A' && c <= 'Z';
    switch (wanted) {
    case '9':
        return digit;
    case 'A':
        return digit || capital;
    case 'X':
        return digit || capital || c == '-';
    case 'x':
        return digit || c == '-' || (c >= 'a' && c <= 'z');
    case 'h':
        return digit || (c >= 'a' && c <= 'f');
    default:
        return c == wanted;
    }
}

/* "{2,12}" or "{13}" after a character; {1,1} where there is none. */
static const char *repeats(const char *p, size_t *low, size_t *high)
{
    *low = *high = 1;
    if (*p != '{')
        return p;
    for (*low = 0, p++; *p >= '0' && *p <= '9'; p++)
        *low = *low * 10 + (size_t)(*p - '0');
    *high = *low;
    if (*p == ',')
        for (*high = 0, p++; *p >= '0' && *p <= '9'; p++)
            *high = *high * 10 + (size_t)(*p - '0');
    return p + 1;
}

/* One alternative; greedy, which our patterns allow. */
static bool matches_one(const char *pattern, const char *text)
{
    size_t low, high;
    while (*pattern && *pattern != '|') {
        char wanted = *pattern;
        size_t count = 0;
        pattern = repeats(pattern + 1, &low, &high);
        while (count < high && *text && fits(wanted, *text)) {
            text++;
            count++;
        }
        if (count < low)
            return false;
    }
    return *text == '\0';
}

bool tem_pattern_fits(const char *pattern, const char *text)
{
    while (pattern) {
        if (matches_one(pattern, text))
            return true;
        pattern = strchr(pattern, '|');
        pattern = pattern ? pattern + 1 : NULL;
    }
    return false;
}
