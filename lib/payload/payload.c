/* SPDX-License-Identifier: MIT */
/* See <tem/payload.h>, FORMAT.md and label.cddl: the fields in their order. */
#include "../base/cbor.h"
#include "../error/fail.h"
#include "area.h"
#include <string.h>
#include <tem/payload.h>

enum {
    FORM_EXAMPLE = 1,
    FORM_DIGEST = 2,
    FORM_PLAIN = 4,
    FORM_NAMED = 8,
    FORM_ALL = 15,
    CORE_FIELDS = 14,
    OFFSET_MAX = 9999, /* days from the harvest */
    OCOP_STARS = 8,    /* ocop = certificate * 8 + stars */
    CERTIFICATE_MAX = 1000000,
    NET_MAX = 50000,
    HOURS_MAX = 999,
};

/* ---- ranges, the same for both directions ---- */

static bool stars_valid(unsigned stars, uint32_t certificate)
{
    if (stars == 0)
        return certificate == 0;
    return stars >= 3 && stars <= 5 && certificate >= 1 &&
           certificate <= CERTIFICATE_MAX;
}

static bool drying_valid(const struct tem_drying *d)
{
    if (d->method == TEM_DRYING_NONE)
        return d->energy == TEM_ENERGY_NONE && d->temperature_c == 0 &&
               d->hours == 0;
    return d->method <= TEM_DRYING_OTHER && d->energy <= TEM_ENERGY_OTHER &&
           d->temperature_c <= 255 && d->hours <= HOURS_MAX;
}

static bool code_valid(const char *code)
{
    size_t length = strlen(code);
    for (const char *p = code; *p; p++)
        if ((*p < '0' || *p > '9') && (*p < 'A' || *p > 'Z') && *p != '-')
            return false;
    return length >= 2 && length <= 12;
}

static bool name_valid(const char *name, size_t most)
{
    uint8_t normal[TEM_TEXT_SIZE(120)];
    struct tem_buffer out = {normal, sizeof normal, 0};
    struct tem_bytes text = tem_bytes_of(name);
    size_t characters = 0;
    return tem_text_nfc(text, &out, &characters, NULL) == TEM_OK &&
           characters >= 1 && characters <= most && out.size == text.size &&
           memcmp(normal, text.data, text.size) == 0;
}

/* @return the name of the first field out of its range, or NULL. */
static const char *wrong_field(const struct tem_payload *p)
{
    uint64_t area;
    if (p->maker_id < 1 || p->maker_id > 65535)
        return "maker_id";
    if (p->farm_id > 65535)
        return "farm_id";
    if (p->harvest < 0 || p->harvest > TEM_DATE_MAX)
        return "harvest";
    if (p->packed < p->harvest || p->packed > p->harvest + OFFSET_MAX)
        return "packed";
    if (p->best_before <= p->packed ||
        p->best_before > p->harvest + OFFSET_MAX)
        return "best_before";
    if (!drying_valid(&p->drying))
        return "drying";
    if (!stars_valid(p->stars, p->certificate_id))
        return "ocop";
    if (p->net < 1 || p->net > NET_MAX)
        return "net";
    if (p->commune < 1 || p->commune > 99999)
        return "commune";
    if (!tem_payload_pack_area(p->growing_area, &area))
        return "growing_area";
    if (p->plain && !code_valid(p->product_code))
        return "product_code";
    if (p->plain && !tem_lot_valid(tem_bytes_of(p->lot)))
        return "lot";
    if (p->plain && p->serial[0] && !tem_lot_valid(tem_bytes_of(p->serial)))
        return "serial";
    if (p->named && !name_valid(p->product_name, 80))
        return "product_name";
    if (p->named && !name_valid(p->maker_name, 120))
        return "maker_name";
    return NULL;
}

/* ---- encoding ---- */

static unsigned form_of(const struct tem_payload *p)
{
    return (p->example ? FORM_EXAMPLE : 0u) | (p->has_digest ? FORM_DIGEST : 0u) |
           (p->plain ? FORM_PLAIN : 0u) | (p->named ? FORM_NAMED : 0u);
}

static size_t field_count(unsigned form)
{
    return CORE_FIELDS + (form & FORM_DIGEST ? 1u : 0u) +
           (form & FORM_PLAIN ? 3u : 0u) + (form & FORM_NAMED ? 2u : 0u);
}

static void put_core(struct tem_cbor_writer *w, const struct tem_payload *p)
{
    uint64_t area = 0;
    (void)tem_payload_pack_area(p->growing_area, &area);
    tem_cbor_put_uint(w, p->maker_id);
    tem_cbor_put_uint(w, p->farm_id);
    tem_cbor_put_uint(w, (uint64_t)p->harvest);
    tem_cbor_put_uint(w, (uint64_t)(p->packed - p->harvest));
    tem_cbor_put_uint(w, (uint64_t)(p->best_before - p->harvest));
    tem_cbor_put_uint(w, (uint64_t)p->drying.method);
    tem_cbor_put_uint(w, (uint64_t)p->drying.energy);
    tem_cbor_put_uint(w, p->drying.temperature_c);
    tem_cbor_put_uint(w, p->drying.hours);
    tem_cbor_put_uint(w, (uint64_t)p->certificate_id * OCOP_STARS + p->stars);
    tem_cbor_put_int(w, p->volume ? -(int64_t)p->net : (int64_t)p->net);
    tem_cbor_put_uint(w, p->commune);
    tem_cbor_put_uint(w, area);
}

static void put_plain(struct tem_cbor_writer *w, const struct tem_payload *p)
{
    tem_cbor_put_text(w, tem_bytes_of(p->product_code));
    tem_cbor_put_text(w, tem_bytes_of(p->lot));
    if (p->serial[0])
        tem_cbor_put_text(w, tem_bytes_of(p->serial));
    else
        tem_cbor_put_null(w);
}

enum tem_status tem_payload_encode(const struct tem_payload *payload,
                                   struct tem_buffer *out,
                                   struct tem_error *error)
{
    const char *wrong = wrong_field(payload);
    if (wrong)
        return TEM_FAIL(error, TEM_E_ARGUMENT, PAYLOAD_FIELD, "s", wrong);
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_cbor_writer w = {memory, sizeof memory, 0};
    unsigned form = form_of(payload);
    tem_cbor_put_array(&w, field_count(form));
    tem_cbor_put_uint(&w, form);
    put_core(&w, payload);
    if (form & FORM_DIGEST)
        tem_cbor_put_bytes(&w, (struct tem_bytes){payload->digest,
                                                  TEM_DIGEST_BYTES});
    if (form & FORM_PLAIN)
        put_plain(&w, payload);
    if (form & FORM_NAMED) {
        tem_cbor_put_text(&w, tem_bytes_of(payload->product_name));
        tem_cbor_put_text(&w, tem_bytes_of(payload->maker_name));
    }
    if (w.size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)w.size);
    memcpy(out->data, memory, w.size);
    out->size = w.size;
    return TEM_OK;
}

/* ---- decoding ---- */

/* Reads the fields one after another; once something is wrong, `wrong` names
 * the field and every further read gives nothing. */
struct fields {
    struct tem_cbor_reader reader;
    const char *wrong;
    size_t at; /* where the wrong item begins */
};

static bool get(struct fields *f, const char *name, enum tem_cbor_type type,
                struct tem_cbor_item *item)
{
    if (f->wrong)
        return false;
    f->at = f->reader.at;
    if (tem_cbor_get(&f->reader, item) && item->type == type)
        return true;
    f->wrong = name;
    return false;
}

static uint64_t get_uint(struct fields *f, const char *name, uint64_t most)
{
    struct tem_cbor_item item;
    if (!get(f, name, TEM_CBOR_UINT, &item))
        return 0;
    if (item.value > most)
        f->wrong = name;
    return f->wrong ? 0 : item.value;
}

/* A text without NUL into @p out. */
static void get_text(struct fields *f, const char *name, char *out,
                     size_t capacity)
{
    struct tem_cbor_item item;
    if (!get(f, name, TEM_CBOR_TEXT, &item))
        return;
    if (item.data.size >= capacity || memchr(item.data.data, 0, item.data.size)) {
        f->wrong = name;
        return;
    }
    memcpy(out, item.data.data, item.data.size);
    out[item.data.size] = '\0';
}

static void get_net(struct fields *f, struct tem_payload *p)
{
    struct tem_cbor_reader look = f->reader;
    struct tem_cbor_item item;
    p->volume = tem_cbor_get(&look, &item) && item.type == TEM_CBOR_NINT;
    if (!p->volume)
        p->net = (uint32_t)get_uint(f, "net", NET_MAX);
    else if (get(f, "net", TEM_CBOR_NINT, &item) && item.value < NET_MAX)
        p->net = (uint32_t)item.value + 1;
}

static void get_core(struct fields *f, struct tem_payload *p)
{
    p->maker_id = (uint32_t)get_uint(f, "maker_id", 65535);
    p->farm_id = (uint32_t)get_uint(f, "farm_id", 65535);
    p->harvest = (int32_t)get_uint(f, "harvest", TEM_DATE_MAX);
    p->packed = p->harvest + (int32_t)get_uint(f, "packed", OFFSET_MAX);
    p->best_before =
        p->harvest + (int32_t)get_uint(f, "best_before", OFFSET_MAX);
    p->drying.method =
        (enum tem_drying_method)get_uint(f, "drying", TEM_DRYING_OTHER);
    p->drying.energy =
        (enum tem_energy)get_uint(f, "drying", TEM_ENERGY_OTHER);
    p->drying.temperature_c = (unsigned)get_uint(f, "drying", 255);
    p->drying.hours = (unsigned)get_uint(f, "drying", HOURS_MAX);
    uint64_t ocop =
        get_uint(f, "ocop", (uint64_t)CERTIFICATE_MAX * OCOP_STARS + 5);
    p->stars = (unsigned)(ocop % OCOP_STARS);
    p->certificate_id = (uint32_t)(ocop / OCOP_STARS);
    get_net(f, p);
    p->commune = (uint32_t)get_uint(f, "commune", 99999);
    uint64_t area = get_uint(f, "growing_area", TEM_AREA_MAX);
    (void)tem_payload_unpack_area(area, p->growing_area);
}

static void get_digest(struct fields *f, struct tem_payload *p)
{
    struct tem_cbor_item item;
    if (!get(f, "digest", TEM_CBOR_BYTES, &item))
        return;
    if (item.data.size != TEM_DIGEST_BYTES)
        f->wrong = "digest";
    else
        memcpy(p->digest, item.data.data, TEM_DIGEST_BYTES);
}

static void get_plain(struct fields *f, struct tem_payload *p)
{
    get_text(f, "product_code", p->product_code, sizeof p->product_code);
    get_text(f, "lot", p->lot, sizeof p->lot);
    struct tem_cbor_reader look = f->reader;
    struct tem_cbor_item item;
    if (tem_cbor_get(&look, &item) && item.type == TEM_CBOR_NULL)
        f->reader = look;
    else
        get_text(f, "serial", p->serial, sizeof p->serial);
}

static void get_all(struct fields *f, struct tem_payload *p)
{
    struct tem_cbor_item array;
    if (!get(f, "array", TEM_CBOR_ARRAY, &array))
        return;
    unsigned form = (unsigned)get_uint(f, "form", FORM_ALL);
    if (array.value != field_count(form)) {
        f->wrong = "array";
        return;
    }
    p->example = form & FORM_EXAMPLE;
    p->has_digest = form & FORM_DIGEST;
    p->plain = form & FORM_PLAIN;
    p->named = form & FORM_NAMED;
    get_core(f, p);
    if (p->has_digest)
        get_digest(f, p);
    if (p->plain)
        get_plain(f, p);
    if (p->named) {
        get_text(f, "product_name", p->product_name, sizeof p->product_name);
        get_text(f, "maker_name", p->maker_name, sizeof p->maker_name);
    }
}

/* Strictness in one stroke: what was read, written again, is the input. */
static bool encodes_to(const struct tem_payload *p, struct tem_bytes bytes)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    struct tem_buffer out = {memory, sizeof memory, 0};
    return tem_payload_encode(p, &out, NULL) == TEM_OK &&
           out.size == bytes.size && memcmp(memory, bytes.data, out.size) == 0;
}

enum tem_status tem_payload_decode(struct tem_bytes bytes,
                                   struct tem_payload *payload,
                                   struct tem_error *error)
{
    struct tem_payload read = {0};
    struct fields f = {{bytes, 0}, NULL, 0};
    get_all(&f, &read);
    if (!f.wrong)
        f.wrong = wrong_field(&read);
    if (f.wrong)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, f.at, PAYLOAD_FIELD, "s",
                           f.wrong);
    if (f.reader.at != bytes.size)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, f.reader.at, PAYLOAD_TRAILING,
                           "");
    if (!encodes_to(&read, bytes))
        return TEM_FAIL(error, TEM_E_FORMAT, PAYLOAD_CANONICAL, "");
    *payload = read;
    return TEM_OK;
}
