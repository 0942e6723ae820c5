/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: base64, by OpenSSL. */
#include "key.h"
#include <limits.h>
#include <string.h>

char *tem_base64_encode(struct tem_bytes bytes, char *out)
{
    out[0] = '\0';
    if (bytes.size > 0)
        EVP_EncodeBlock((uint8_t *)out, bytes.data, (int)bytes.size);
    return out;
}

static size_t padding(struct tem_bytes text)
{
    size_t count = 0;
    while (count < 2 && text.data[text.size - 1 - count] == '=')
        count++;
    return count;
}

/* OpenSSL lets pass bits that are left over and spaces at the ends, so that
 * many texts stand for the same bytes: what it made is written again, four
 * letters at a time. */
static bool is_text_of(struct tem_bytes text, struct tem_bytes bytes)
{
    for (size_t at = 0; at < text.size; at += 4) {
        char four[TEM_BASE64_SIZE(3)];
        size_t from = at / 4 * 3, left = bytes.size - from;
        tem_base64_encode(
            (struct tem_bytes){bytes.data + from, left < 3 ? left : 3}, four);
        if (memcmp(four, text.data + at, 4) != 0)
            return false;
    }
    return true;
}

bool tem_base64_decode(struct tem_bytes text, struct tem_buffer *out)
{
    size_t size = text.size / 4 * 3;
    out->size = 0;
    if (text.size == 0)
        return true;
    if (text.size % 4 != 0 || text.size > INT_MAX || size > out->capacity ||
        EVP_DecodeBlock(out->data, text.data, (int)text.size) != (int)size)
        return false;
    size -= padding(text);
    if (!is_text_of(text, (struct tem_bytes){out->data, size}))
        return false;
    out->size = size;
    return true;
}
