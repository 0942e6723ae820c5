/* SPDX-License-Identifier: MIT */
/* See segments.h. */
#include "segments.h"
#include <string.h>

/* Mode indicators (table 2). */
enum mode {
    TERMINATOR = 0,
    NUMERIC = 1,
    ALPHANUMERIC = 2,
    STRUCTURED_APPEND = 3,
    BYTE = 4,
    FNC1_FIRST = 5,
    ECI = 7,
    KANJI = 8,
    FNC1_SECOND = 9,
};

enum { GROUP_SEPARATOR = 0x1D };

struct reader {
    struct tem_bytes data;
    size_t at; /* in bits */
    unsigned version;
    bool failed; /* more was wanted than there is, or a value is none */
    struct tem_qr_text *out;
};

static size_t bits_left(const struct reader *r)
{
    return 8 * r->data.size - r->at;
}

/* The next @p count bits, at most 24; 0 past the end. */
static uint32_t take(struct reader *r, unsigned count)
{
    uint32_t value = 0;
    if (bits_left(r) < count) {
        r->failed = true;
        return 0;
    }
    for (; count > 0; count--, r->at++)
        value = value << 1 | (r->data.data[r->at / 8] >> (7 - r->at % 8) & 1);
    return value;
}

static void put(struct reader *r, unsigned byte)
{
    struct tem_qr_text *out = r->out;
    if (out->size == sizeof out->bytes)
        r->failed = true;
    else
        out->bytes[out->size++] = (uint8_t)byte;
}

/* Bits of a character count (table 3). */
static unsigned count_bits(enum mode mode, unsigned version)
{
    unsigned range = version < 10 ? 0 : version < 27 ? 1 : 2;
    static const uint8_t numeric[] = {10, 12, 14}, alphanumeric[] = {9, 11, 13},
                         bytes[] = {8, 16, 16}, kanji[] = {8, 10, 12};
    return mode == NUMERIC        ? numeric[range]
           : mode == ALPHANUMERIC ? alphanumeric[range]
           : mode == BYTE         ? bytes[range]
                                  : kanji[range];
}

/* ---- segments ---- */

static void read_digits(struct reader *r, unsigned count)
{
    static const uint8_t bits[] = {0, 4, 7, 10};
    static const uint16_t limits[] = {1, 10, 100, 1000};
    while (count > 0 && !r->failed) {
        unsigned group = count < 3 ? count : 3;
        uint32_t value = take(r, bits[group]);
        r->failed |= value >= limits[group];
        for (unsigned unit = limits[group] / 10u; unit > 0; unit /= 10)
            put(r, '0' + value / unit % 10);
        count -= group;
    }
}

/* A percent sign stands for a separator where FNC1 is in force, two for one. */
static void put_percents(struct reader *r, size_t from)
{
    struct tem_qr_text *out = r->out;
    size_t to = from;
    for (size_t i = from; i < out->size; i++) {
        bool percent = out->bytes[i] == '%';
        bool twice = percent && i + 1 < out->size && out->bytes[i + 1] == '%';
        out->bytes[to++] =
            percent && !twice ? (uint8_t)GROUP_SEPARATOR : out->bytes[i];
        i += twice;
    }
    out->size = to;
}

static void read_alphanumeric(struct reader *r, unsigned count)
{
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    enum { SET = sizeof set - 1 };
    size_t from = r->out->size;
    for (; count > 1 && !r->failed; count -= 2) {
        uint32_t pair = take(r, 11);
        r->failed |= pair >= SET * SET;
        if (!r->failed) {
            put(r, (uint8_t)set[pair / SET]);
            put(r, (uint8_t)set[pair % SET]);
        }
    }
    if (count == 1 && !r->failed) {
        uint32_t one = take(r, 6);
        r->failed |= one >= SET;
        if (!r->failed)
            put(r, (uint8_t)set[one]);
    }
    if (r->out->fnc1)
        put_percents(r, from);
}

static void read_bytes(struct reader *r, unsigned count)
{
    for (; count > 0 && !r->failed; count--)
        put(r, take(r, 8));
}

/* Shift JIS from 0x8140 and 0xE040 on, the gap between left out (7.4.6). */
static void read_kanji(struct reader *r, unsigned count)
{
    r->out->has_kanji = true;
    for (; count > 0 && !r->failed; count--) {
        uint32_t value = take(r, 13);
        uint32_t code = value / 0xC0 << 8 | value % 0xC0;
        code += code < 0x1F00 ? 0x8140 : 0xC140;
        r->failed |= (code & 0xFF) == 0x7F; /* no character has that */
        put(r, code >> 8);
        put(r, code & 0xFF);
    }
}

/* One to three bytes, told by the first ones before the first nought. */
static void read_eci(struct reader *r)
{
    uint32_t first = take(r, 8), value = first & 0x7F;
    if (first >= 0x80)
        value = (first & 0x3F) << 8 | take(r, 8);
    if (first >= 0xC0)
        value = (value & 0x1FFF) << 8 | take(r, 8);
    r->failed |= first >= 0xE0 || value > 999999;
    r->out->has_eci = true;
    r->out->eci = value;
}

static void read_append(struct reader *r)
{
    r->out->part = take(r, 4);
    r->out->parts = take(r, 4) + 1;
    r->out->parity = (uint8_t)take(r, 8);
    r->failed |= r->out->part >= r->out->parts;
}

static void read_characters(struct reader *r, enum mode mode)
{
    unsigned count = take(r, count_bits(mode, r->version));
    if (r->failed)
        return;
    if (mode == NUMERIC)
        read_digits(r, count);
    else if (mode == ALPHANUMERIC)
        read_alphanumeric(r, count);
    else if (mode == BYTE)
        read_bytes(r, count);
    else
        read_kanji(r, count);
}

/* @return false at the end. */
static bool read_segment(struct reader *r)
{
    enum mode mode = bits_left(r) < 4 ? TERMINATOR : (enum mode)take(r, 4);
    switch (mode) {
    case TERMINATOR:
        return false;
    case NUMERIC:
    case ALPHANUMERIC:
    case BYTE:
    case KANJI:
        read_characters(r, mode);
        break;
    case STRUCTURED_APPEND:
        read_append(r);
        break;
    case FNC1_FIRST:
        r->out->fnc1 = true;
        break;
    case FNC1_SECOND:
        r->out->fnc1 = true;
        take(r, 8); /* the application, no part of the text */
        break;
    case ECI:
        read_eci(r);
        break;
    default:
        r->failed = true;
    }
    return !r->failed;
}

bool tem_qr_segments(struct tem_bytes data, unsigned version,
                     struct tem_qr_text *out)
{
    struct reader r = {.data = data, .version = version, .out = out};
    out->size = 0;
    out->fnc1 = out->has_eci = out->has_kanji = false;
    out->eci = 0;
    out->parts = out->part = out->parity = 0;
    while (read_segment(&r))
        ;
    return !r.failed;
}
