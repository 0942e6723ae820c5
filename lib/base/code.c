/* SPDX-License-Identifier: MIT */
/* See <tem/base.h>: bytes, GS1 check digits, lots, host names. */
#include <string.h>
#include <tem/base.h>

struct tem_bytes tem_bytes_of(const char *text)
{
    return (struct tem_bytes){(const uint8_t *)text, strlen(text)};
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(uint8_t c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_small(uint8_t c)
{
    return c >= 'a' && c <= 'z';
}

/* GS1 General Specifications 7.9: weights 3, 1, 3 ... from the right. */
char tem_gs1_check_digit(struct tem_bytes digits)
{
    unsigned sum = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (!is_digit(digits.data[i]))
            return 0;
        unsigned weight = (digits.size - i) % 2 ? 3 : 1;
        sum += weight * (unsigned)(digits.data[i] - '0');
    }
    return digits.size ? (char)('0' + (10 - sum % 10) % 10) : (char)0;
}

bool tem_gtin_valid(struct tem_bytes text)
{
    if (text.size != 8 && (text.size < 12 || text.size > 14))
        return false;
    struct tem_bytes body = {text.data, text.size - 1};
    char check = tem_gs1_check_digit(body);
    return check != 0 && (uint8_t)check == text.data[text.size - 1];
}

bool tem_lot_valid(struct tem_bytes text)
{
    if (text.size < 1 || text.size >= TEM_LOT_SIZE)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        bool end = i == 0 || i == text.size - 1;
        bool mark = c == '-' || c == '.';
        if (!is_digit(c) && !is_capital(c) && (end || !mark))
            return false;
    }
    return true;
}

bool tem_host_valid(struct tem_bytes text)
{
    if (text.size < 1 || text.size > TEM_HOST_MAX)
        return false;
    uint8_t before = '.';
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        if (c == '.' || c == '-') {
            /* no empty label, no label that begins or ends in a hyphen */
            if (before == '.' || (c == '.' && before == '-'))
                return false;
        } else if (!is_digit(c) && !is_capital(c) && !is_small(c)) {
            return false;
        }
        before = c;
    }
    return before != '.' && before != '-';
}
