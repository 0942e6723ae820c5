/* SPDX-License-Identifier: MIT */
#ifndef TEST_CHANCE_H
#define TEST_CHANCE_H

/* Labels by chance, the same ones in every run: a case that fails, fails
 * again. Numbers and lengths fall on their ends more often than elsewhere. */

#include <string.h>
#include <tem/payload.h>

struct chance {
    uint64_t state; /* not 0 */
};

/* xorshift64*, Marsaglia 2003 and Vigna 2016. */
static inline uint32_t chance_next(struct chance *c)
{
    c->state ^= c->state >> 12;
    c->state ^= c->state << 25;
    c->state ^= c->state >> 27;
    return (uint32_t)(c->state * 0x2545F4914F6CDD1Du >> 32);
}

static inline bool chance_of(struct chance *c, unsigned one_in)
{
    return chance_next(c) % one_in == 0;
}

/* low..high: an end, small, where CBOR's heads grow, or anything. */
static inline int32_t between(struct chance *c, int32_t low, int32_t high)
{
    static const int32_t heads[] = {23, 24, 255, 256, 65535, 65536};
    uint32_t span = (uint32_t)(high - low), kind = chance_next(c) % 8;
    int32_t head = heads[chance_next(c) % 6];
    if (kind == 0)
        return low;
    if (kind == 1)
        return high;
    if (kind == 2 && head >= low && head <= high)
        return head;
    if (kind == 3)
        return low + (int32_t)(chance_next(c) % (span < 30 ? span + 1 : 30));
    return low + (int32_t)(chance_next(c) % (span + 1));
}

static inline void chance_bytes(struct chance *c, uint8_t *out, size_t size)
{
    bool uniform = chance_of(c, 8); /* all 00, or all FF */
    uint8_t byte = chance_of(c, 2) ? 0xFF : 0x00;
    for (size_t i = 0; i < size; i++)
        out[i] = uniform ? byte : (uint8_t)chance_next(c);
}

/* least..most of the letters, and a NUL. */
static inline void chance_text(struct chance *c, const char *letters,
                               int32_t least, int32_t most, char *out)
{
    size_t length = (size_t)between(c, least, most), kinds = strlen(letters);
    for (size_t i = 0; i < length; i++)
        out[i] = letters[chance_next(c) % kinds];
    out[length] = '\0';
}

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* A lot or a serial: no mark at an end. */
static inline void chance_lot(struct chance *c, char out[TEM_LOT_SIZE])
{
    chance_text(c, DIGITS CAPITALS "-.", 1, TEM_LOT_SIZE - 1, out);
    size_t last = strlen(out) - 1;
    out[0] = strchr("-.", out[0]) ? 'A' : out[0];
    out[last] = strchr("-.", out[last]) ? '0' : out[last];
}

/* Up to @p most characters of one to four bytes, in NFC. */
static inline void chance_name(struct chance *c, int32_t most, char *out)
{
    static const char *const letters[] = {"a", "Z", "9", " ", "&",  "Đ",
                                          "ô", "ữ", "ế", "Ậ", "果", "🍑"};
    out[0] = '\0';
    for (int32_t left = between(c, 1, most); left > 0; left--)
        strcat(out, letters[chance_next(c) % 12]);
}

static inline void chance_area(struct chance *c, char out[16])
{
    memset(out, 0, 16);
    if (chance_of(c, 4))
        return;
    strcpy(out, "VN-");
    chance_text(c, chance_of(c, 4) ? "AZ" : CAPITALS, 2, 4, out + 3);
    strcat(out, "-");
    chance_text(c, chance_of(c, 4) ? "09" : DIGITS, 3, 4, out + strlen(out));
}

static inline void chance_dates(struct chance *c, struct tem_payload *p)
{
    p->harvest = between(c, 0, TEM_DATE_MAX - 1);
    int32_t last = TEM_DATE_MAX - p->harvest; /* best before, at the latest */
    last = last < 9999 ? last : 9999;
    p->packed = p->harvest + between(c, 0, last - 1);
    p->best_before = p->harvest + between(c, p->packed - p->harvest + 1, last);
}

/* Any content that a label can have, of any form. */
static inline struct tem_payload chance_payload(struct chance *c)
{
    struct tem_payload p;
    memset(&p, 0, sizeof p);
    p.example = chance_of(c, 2);
    p.has_digest = chance_of(c, 2);
    p.plain = chance_of(c, 2);
    p.named = chance_of(c, 3);
    p.maker_id = (uint32_t)between(c, 1, 65535);
    p.farm_id = (uint32_t)between(c, 0, 65535);
    chance_dates(c, &p);
    p.drying.method = (enum tem_drying_method)between(c, 0, TEM_DRYING_OTHER);
    if (p.drying.method != TEM_DRYING_NONE) {
        p.drying.energy = (enum tem_energy)between(c, 0, TEM_ENERGY_OTHER);
        p.drying.temperature_c = (unsigned)between(c, 0, 255);
        p.drying.hours = (unsigned)between(c, 0, 999);
    }
    p.stars = chance_of(c, 4) ? 0 : (unsigned)between(c, 3, 5);
    p.certificate_id = p.stars ? (uint32_t)between(c, 1, 1000000) : 0;
    p.volume = chance_of(c, 2);
    p.net = (uint32_t)between(c, 1, 50000);
    p.commune = (uint32_t)between(c, 1, 99999);
    chance_area(c, p.growing_area);
    if (p.has_digest)
        chance_bytes(c, p.digest, sizeof p.digest);
    if (p.plain) {
        chance_text(c, DIGITS CAPITALS "-", 2, 12, p.product_code);
        chance_lot(c, p.lot);
        if (!chance_of(c, 4))
            chance_lot(c, p.serial);
    }
    if (p.named) {
        chance_name(c, 80, p.product_name);
        chance_name(c, 120, p.maker_name);
    }
    return p;
}

/* 14 digits, the last of them the check digit. */
static inline void chance_gtin(struct chance *c, char out[TEM_GTIN_SIZE])
{
    chance_text(c, DIGITS, 13, 13, out);
    out[13] = tem_gs1_check_digit(tem_bytes_of(out));
    out[14] = '\0';
}

/* An address as it is written: the host in capitals. */
static inline struct tem_uri chance_uri(struct chance *c, enum tem_form form)
{
    struct tem_uri uri;
    memset(&uri, 0, sizeof uri);
    uri.form = form;
    chance_text(c, DIGITS CAPITALS "-.", 1, TEM_HOST_MAX, uri.host);
    for (size_t i = 0; uri.host[i]; i++) /* a letter after and before marks */
        if ((i % 2 == 0 || !uri.host[i + 1]) && strchr("-.", uri.host[i]))
            uri.host[i] = 'H';
    if (form == TEM_FORM_PLAIN)
        return uri;
    chance_gtin(c, uri.gtin);
    chance_lot(c, uri.lot);
    if (!chance_of(c, 4))
        chance_lot(c, uri.serial);
    return uri;
}

#endif
