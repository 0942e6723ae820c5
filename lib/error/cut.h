/* SPDX-License-Identifier: MIT */
#ifndef TEM_ERROR_CUT_H
#define TEM_ERROR_CUT_H

#include <stddef.h>

/* How much of a text of more than @p room bytes to keep, so that no character
 * of UTF-8 is split. */
static inline size_t tem_cut(const char *text, size_t room)
{
    while (room > 0 && ((unsigned char)text[room] & 0xC0) == 0x80)
        room--;
    return room;
}

#endif
