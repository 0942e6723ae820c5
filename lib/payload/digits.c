/* SPDX-License-Identifier: MIT */
/* See <tem/payload.h>: bytes as one decimal number and back. */
#include "../error/fail.h"
#include <string.h>
#include <tem/payload.h>

enum {
    LIMBS = (TEM_SEALED_MAX + 3) / 4,
    CHUNK_DIGITS = 9, /* a limb's worth: 10^9 < 2^32 */
    CHUNK = 1000000000,
};

/* 0.30103 stands in for log10 2 = 0.3010299957: the same ceiling for every
 * size up to TEM_SEALED_MAX, as a test checks against exact powers of 256. */
size_t tem_digits_count(size_t size)
{
    return size > TEM_SEALED_MAX ? 0 : (8 * size * 30103 + 99999) / 100000;
}

/* Limbs of 32 bits, most significant first. @return how many. */
static size_t load(struct tem_bytes bytes, uint32_t limbs[LIMBS])
{
    size_t count = (bytes.size + 3) / 4;
    memset(limbs, 0, count * sizeof *limbs);
    for (size_t i = 0; i < bytes.size; i++) {
        size_t place = bytes.size - 1 - i; /* bytes from the right */
        limbs[count - 1 - place / 4] |= (uint32_t)bytes.data[i]
                                        << (8 * (place % 4));
    }
    return count;
}

/* Divide by CHUNK in place. @return the remainder. */
static uint32_t divide(uint32_t *limbs, size_t count)
{
    uint64_t rest = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t value = rest << 32 | limbs[i];
        limbs[i] = (uint32_t)(value / CHUNK);
        rest = value % CHUNK;
    }
    return (uint32_t)rest;
}

enum tem_status tem_digits_encode(struct tem_bytes bytes, char *out,
                                  size_t capacity, struct tem_error *error)
{
    if (bytes.size < 1 || bytes.size > TEM_SEALED_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "size");
    size_t left = tem_digits_count(bytes.size);
    if (capacity < left + 1)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)left + 1);
    uint32_t limbs[LIMBS];
    size_t count = load(bytes, limbs), first = 0;
    out[left] = '\0';
    while (left > 0) {
        while (first < count && limbs[first] == 0)
            first++;
        uint32_t chunk = divide(limbs + first, count - first);
        for (int i = 0; i < CHUNK_DIGITS && left > 0; i++, chunk /= 10)
            out[--left] = (char)('0' + chunk % 10);
    }
    return TEM_OK;
}

/* The size whose digit count this is; 0 if there is none. */
static size_t size_of_count(size_t digits)
{
    size_t size = digits * 1000 / 2409; /* a little low, never high */
    while (size < TEM_SEALED_MAX && tem_digits_count(size) < digits)
        size++;
    return tem_digits_count(size) == digits ? size : 0;
}

/* limbs (least significant first) = limbs * factor + carry; false when the
 * number outgrows LIMBS. */
static bool multiply_add(uint32_t *limbs, size_t *count, uint32_t factor,
                         uint32_t carry)
{
    uint64_t rest = carry;
    for (size_t i = 0; i < *count; i++) {
        uint64_t value = (uint64_t)limbs[i] * factor + rest;
        limbs[i] = (uint32_t)value;
        rest = value >> 32;
    }
    if (rest == 0)
        return true;
    if (*count == LIMBS)
        return false;
    limbs[(*count)++] = (uint32_t)rest;
    return true;
}

/* Read the whole number; false at a character that is no digit, or overflow. */
static bool read_number(struct tem_bytes digits, uint32_t *limbs, size_t *count)
{
    uint32_t chunk = 0, factor = 1;
    for (size_t i = 0; i < digits.size; i++) {
        uint8_t c = digits.data[i];
        if (c < '0' || c > '9')
            return false;
        chunk = chunk * 10 + (uint32_t)(c - '0');
        factor *= 10;
        if (factor == CHUNK || i == digits.size - 1) {
            if (!multiply_add(limbs, count, factor, chunk))
                return false;
            chunk = 0;
            factor = 1;
        }
    }
    return true;
}

enum tem_status tem_digits_decode(struct tem_bytes digits,
                                  struct tem_buffer *out,
                                  struct tem_error *error)
{
    size_t size = size_of_count(digits.size);
    if (digits.size == 0 || size == 0)
        return TEM_FAIL(error, TEM_E_FORMAT, DIGITS_COUNT, "d",
                        (long long)digits.size);
    if (size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d", (long long)size);
    uint32_t limbs[LIMBS] = {0};
    size_t count = 0;
    if (!read_number(digits, limbs, &count))
        return TEM_FAIL(error, TEM_E_FORMAT, DIGITS_VALUE, "");
    /* The value must fit its size: nothing above, in a limb or part of one. */
    size_t whole = (size + 3) / 4;
    bool over = count > whole || (count == whole && size % 4 &&
                                  limbs[whole - 1] >> 8 * (size % 4));
    if (over)
        return TEM_FAIL(error, TEM_E_FORMAT, DIGITS_VALUE, "");
    for (size_t place = 0; place < size; place++) {
        uint32_t limb = place / 4 < count ? limbs[place / 4] : 0;
        out->data[size - 1 - place] = (uint8_t)(limb >> (8 * (place % 4)));
    }
    out->size = size;
    return TEM_OK;
}
