/* SPDX-License-Identifier: MIT */
/* See <tem/payload.h>, FORMAT.md and label.cddl: the fields in their order. */
#include "../base/cbor.h"
#include "../error/fail.h"
#include "area.h"
#include "content.h"
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

/* Parts of the content that can be wrong, in their order. */
enum field {
    NO_FIELD,
    ARRAY,
    FORM,
    MAKER_ID,
    FARM_ID,
    HARVEST,
    PACKED,
    BEST_BEFORE,
    DRYING,
    OCOP,
    NET,
    COMMUNE,
    GROWING_AREA,
    DIGEST,
    PRODUCT_CODE,
    LOT,
    SERIAL,
    PRODUCT_NAME,
    MAKER_NAME,
    FIELDS,
};

static const char *const names[FIELDS] = {
    [NO_FIELD] = "",
    [ARRAY] = "array",
    [FORM] = "form",
    [MAKER_ID] = "maker_id",
    [FARM_ID] = "farm_id",
    [HARVEST] = "harvest",
    [PACKED] = "packed",
    [BEST_BEFORE] = "best_before",
    [DRYING] = "drying",
    [OCOP] = "ocop",
    [NET] = "net",
    [COMMUNE] = "commune",
    [GROWING_AREA] = "growing_area",
    [DIGEST] = "digest",
    [PRODUCT_CODE] = "product_code",
    [LOT] = "lot",
    [SERIAL] = "serial",
    [PRODUCT_NAME] = "product_name",
    [MAKER_NAME] = "maker_name",
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

static bool dates_in_order(const struct tem_payload *p)
{
    return p->best_before > p->packed &&
           p->best_before <= p->harvest + OFFSET_MAX &&
           p->best_before <= TEM_DATE_MAX;
}

/* @return the first field out of its range, names left aside. */
static enum field wrong_number(const struct tem_payload *p)
{
    uint64_t area;
    if (p->maker_id < 1 || p->maker_id > 65535)
        return MAKER_ID;
    if (p->farm_id > 65535)
        return FARM_ID;
    if (p->harvest < 0 || p->harvest > TEM_DATE_MAX)
        return HARVEST;
    if (p->packed < p->harvest || p->packed > p->harvest + OFFSET_MAX ||
        p->packed > TEM_DATE_MAX)
        return PACKED;
    if (!dates_in_order(p))
        return BEST_BEFORE;
    if (!drying_valid(&p->drying))
        return DRYING;
    if (!stars_valid(p->stars, p->certificate_id))
        return OCOP;
    if (p->net < 1 || p->net > NET_MAX)
        return NET;
    if (p->commune < 1 || p->commune > 99999)
        return COMMUNE;
    if (!tem_payload_pack_area(p->growing_area, &area))
        return GROWING_AREA;
    if (p->plain && !code_valid(p->product_code))
        return PRODUCT_CODE;
    if (p->plain && !tem_lot_valid(tem_bytes_of(p->lot)))
        return LOT;
    if (p->plain && p->serial[0] && !tem_lot_valid(tem_bytes_of(p->serial)))
        return SERIAL;
    return NO_FIELD;
}

/* Fails only for want of memory: that says nothing of the name. */
static enum tem_status check_name(const char *name, size_t most, bool *valid,
                                  struct tem_error *error)
{
    uint8_t normal[TEM_TEXT_SIZE(120)];
    struct tem_buffer out = {normal, sizeof normal, 0};
    struct tem_bytes text = tem_bytes_of(name);
    size_t characters = 0;
    enum tem_status status = tem_text_nfc(text, &out, &characters, error);
    *valid = status == TEM_OK && characters >= 1 && characters <= most &&
             out.size == text.size && memcmp(normal, text.data, text.size) == 0;
    return status == TEM_E_MEMORY ? status : TEM_OK;
}

static enum tem_status find_wrong(const struct tem_payload *p,
                                  enum field *wrong, struct tem_error *error)
{
    bool product = true, maker = true;
    enum tem_status status = TEM_OK;
    *wrong = wrong_number(p);
    if (*wrong != NO_FIELD || !p->named)
        return TEM_OK;
    status = check_name(p->product_name, 80, &product, error);
    if (status == TEM_OK)
        status = check_name(p->maker_name, 120, &maker, error);
    if (status == TEM_OK)
        *wrong = !product ? PRODUCT_NAME : !maker ? MAKER_NAME : NO_FIELD;
    return status;
}

enum tem_status tem_payload_check(const struct tem_payload *payload,
                                  struct tem_error *error)
{
    enum field wrong;
    enum tem_status status = find_wrong(payload, &wrong, error);
    if (status == TEM_OK && wrong != NO_FIELD)
        return TEM_FAIL(error, TEM_E_ARGUMENT, PAYLOAD_FIELD, "s",
                        names[wrong]);
    return status;
}

/* ---- encoding ---- */

static unsigned form_of(const struct tem_payload *p)
{
    return (p->example ? FORM_EXAMPLE : 0u) |
           (p->has_digest ? FORM_DIGEST : 0u) | (p->plain ? FORM_PLAIN : 0u) |
           (p->named ? FORM_NAMED : 0u);
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

/* Content whose ranges were checked. @return its size. */
static size_t put_all(const struct tem_payload *p,
                      uint8_t memory[TEM_PAYLOAD_MAX])
{
    struct tem_cbor_writer w = {memory, TEM_PAYLOAD_MAX, 0};
    unsigned form = form_of(p);
    tem_cbor_put_array(&w, field_count(form));
    tem_cbor_put_uint(&w, form);
    put_core(&w, p);
    if (form & FORM_DIGEST)
        tem_cbor_put_bytes(&w, (struct tem_bytes){p->digest, TEM_DIGEST_BYTES});
    if (form & FORM_PLAIN)
        put_plain(&w, p);
    if (form & FORM_NAMED) {
        tem_cbor_put_text(&w, tem_bytes_of(p->product_name));
        tem_cbor_put_text(&w, tem_bytes_of(p->maker_name));
    }
    return w.size;
}

enum tem_status tem_payload_encode(const struct tem_payload *payload,
                                   struct tem_buffer *out,
                                   struct tem_error *error)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    enum tem_status status = tem_payload_check(payload, error);
    if (status != TEM_OK)
        return status;
    size_t size = put_all(payload, memory);
    if (size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d", (long long)size);
    memcpy(out->data, memory, size);
    out->size = size;
    return TEM_OK;
}

/* ---- decoding ---- */

/* Reads the fields one after another; once something is wrong, `wrong` names
 * the field and every further read gives nothing. */
struct fields {
    struct tem_cbor_reader reader;
    enum field wrong;
    size_t at[FIELDS]; /* where each begins; the wrong one, its wrong item */
};

static bool get(struct fields *f, enum field field, enum tem_cbor_type type,
                struct tem_cbor_item *item)
{
    size_t at = f->reader.at;
    if (f->wrong)
        return false;
    if (f->at[field] == 0) /* drying has four items */
        f->at[field] = at;
    if (tem_cbor_get(&f->reader, item) && item->type == type)
        return true;
    f->at[field] = at;
    f->wrong = field;
    return false;
}

static uint64_t get_uint(struct fields *f, enum field field, uint64_t most)
{
    struct tem_cbor_item item;
    if (!get(f, field, TEM_CBOR_UINT, &item))
        return 0;
    if (item.value <= most)
        return item.value;
    f->at[field] = item.start;
    f->wrong = field;
    return 0;
}

/* A text without NUL into @p out. */
static void get_text(struct fields *f, enum field field, char *out,
                     size_t capacity)
{
    struct tem_cbor_item item;
    if (!get(f, field, TEM_CBOR_TEXT, &item))
        return;
    if (item.data.size >= capacity ||
        memchr(item.data.data, 0, item.data.size)) {
        f->wrong = field;
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
        p->net = (uint32_t)get_uint(f, NET, NET_MAX);
    else if (get(f, NET, TEM_CBOR_NINT, &item) && item.value < NET_MAX)
        p->net = (uint32_t)item.value + 1;
}

static void get_core(struct fields *f, struct tem_payload *p)
{
    p->maker_id = (uint32_t)get_uint(f, MAKER_ID, 65535);
    p->farm_id = (uint32_t)get_uint(f, FARM_ID, 65535);
    p->harvest = (int32_t)get_uint(f, HARVEST, TEM_DATE_MAX);
    p->packed = p->harvest + (int32_t)get_uint(f, PACKED, OFFSET_MAX);
    p->best_before = p->harvest + (int32_t)get_uint(f, BEST_BEFORE, OFFSET_MAX);
    p->drying.method =
        (enum tem_drying_method)get_uint(f, DRYING, TEM_DRYING_OTHER);
    p->drying.energy = (enum tem_energy)get_uint(f, DRYING, TEM_ENERGY_OTHER);
    p->drying.temperature_c = (unsigned)get_uint(f, DRYING, 255);
    p->drying.hours = (unsigned)get_uint(f, DRYING, HOURS_MAX);
    uint64_t ocop =
        get_uint(f, OCOP, (uint64_t)CERTIFICATE_MAX * OCOP_STARS + 5);
    p->stars = (unsigned)(ocop % OCOP_STARS);
    p->certificate_id = (uint32_t)(ocop / OCOP_STARS);
    get_net(f, p);
    p->commune = (uint32_t)get_uint(f, COMMUNE, 99999);
    uint64_t area = get_uint(f, GROWING_AREA, TEM_AREA_MAX);
    (void)tem_payload_unpack_area(area, p->growing_area);
}

static void get_digest(struct fields *f, struct tem_payload *p)
{
    struct tem_cbor_item item;
    if (!get(f, DIGEST, TEM_CBOR_BYTES, &item))
        return;
    if (item.data.size != TEM_DIGEST_BYTES)
        f->wrong = DIGEST;
    else
        memcpy(p->digest, item.data.data, TEM_DIGEST_BYTES);
}

static void get_plain(struct fields *f, struct tem_payload *p)
{
    get_text(f, PRODUCT_CODE, p->product_code, sizeof p->product_code);
    get_text(f, LOT, p->lot, sizeof p->lot);
    struct tem_cbor_reader look = f->reader;
    struct tem_cbor_item item;
    if (tem_cbor_get(&look, &item) && item.type == TEM_CBOR_NULL)
        f->reader = look;
    else
        get_text(f, SERIAL, p->serial, sizeof p->serial);
}

static void get_all(struct fields *f, struct tem_payload *p)
{
    struct tem_cbor_item array;
    if (!get(f, ARRAY, TEM_CBOR_ARRAY, &array))
        return;
    unsigned form = (unsigned)get_uint(f, FORM, FORM_ALL);
    if (array.value != field_count(form)) {
        f->wrong = ARRAY;
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
        get_text(f, PRODUCT_NAME, p->product_name, sizeof p->product_name);
        get_text(f, MAKER_NAME, p->maker_name, sizeof p->maker_name);
    }
}

/* Strictness in one stroke: what was read, written again, is the input.
 * @return how many bytes are the same. */
static size_t written_alike(const struct tem_payload *p, struct tem_bytes bytes)
{
    uint8_t memory[TEM_PAYLOAD_MAX];
    size_t size = put_all(p, memory), same = 0;
    while (same < size && same < bytes.size && memory[same] == bytes.data[same])
        same++;
    return same;
}

enum tem_status tem_payload_decode(struct tem_bytes bytes,
                                   struct tem_payload *payload,
                                   struct tem_error *error)
{
    struct tem_payload read = {0};
    struct fields f = {.reader = {bytes, 0}};
    enum tem_status status = TEM_OK;
    get_all(&f, &read);
    if (!f.wrong)
        status = find_wrong(&read, &f.wrong, error);
    if (status != TEM_OK)
        return status;
    if (f.wrong)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, f.at[f.wrong], PAYLOAD_FIELD,
                           "s", names[f.wrong]);
    if (f.reader.at != bytes.size)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, f.reader.at, PAYLOAD_TRAILING,
                           "");
    size_t same = written_alike(&read, bytes);
    if (same != bytes.size)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, same, PAYLOAD_CANONICAL, "");
    *payload = read;
    return TEM_OK;
}
