/* SPDX-License-Identifier: MIT */
/* See unicode.h. The only file that sees iconv. */
#include "unicode.h"
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

enum { GROWTH = 4 }; /* bytes of UTF-8 for one of any set, at most */

static bool convert(iconv_t converter, struct tem_bytes bytes, uint8_t *out,
                    size_t *size)
{
    /* POSIX has it not const; it is not written to. */
    char *from = (char *)(uintptr_t)bytes.data, *to = (char *)out;
    size_t left = bytes.size, room = bytes.size * GROWTH;
    if (iconv(converter, &from, &left, &to, &room) == (size_t)-1)
        return false;
    *size = bytes.size * GROWTH - room;
    return true;
}

struct unicode unicode_of(struct tem_bytes bytes, const char *charset)
{
    struct unicode text = {.utf8 = bytes};
    if (strcmp(charset, "UTF-8") == 0 || bytes.size == 0)
        return text;
    /* What calls itself so has a backslash, which the standard has not. */
    if (strcmp(charset, "Shift_JIS") == 0)
        charset = "CP932";
    iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1) /* NOLINT(performance-no-int-to-ptr) */
        return text;
    size_t size;
    text.memory = malloc(bytes.size * GROWTH);
    text.changed = text.memory && convert(converter, bytes, text.memory, &size);
    if (text.changed)
        text.utf8 = (struct tem_bytes){text.memory, size};
    iconv_close(converter);
    return text;
}

void unicode_free(struct unicode *text)
{
    free(text->memory);
}
