/* SPDX-License-Identifier: MIT */
/* Scans in the registry: see registry.h. */
#include "../error/fail.h"
#include "fields.h"
#include "registry.h"
#include <stdio.h>
#include <string.h>

enum { SCAN_FIELDS = 14, DIGEST_HEX = 2 * TEM_SHA256_BYTES };

/* ---- as text ------------------------------------------------------------ */

/* Mostly ASCII. */
static bool is_utf8(struct tem_bytes text)
{
    uint8_t nfc[4 * TEM_WHO_SIZE];
    struct tem_buffer out = {nfc, sizeof nfc, 0};
    size_t i = 0;
    while (i < text.size && text.data[i] < 0x80)
        i++;
    return i == text.size || tem_text_nfc(text, &out, NULL, NULL) == TEM_OK;
}

static bool is_text(const char *text, size_t capacity)
{
    const char *end = memchr(text, '\0', capacity);
    struct tem_bytes bytes = {(const uint8_t *)text,
                              end ? (size_t)(end - text) : 0};
    return end && tem_field_is_clean(bytes) && is_utf8(bytes);
}

static bool is_degrees(int32_t value, int32_t most)
{
    return value >= -most && value <= most;
}

static bool is_place(const struct tem_registry_scan *scan)
{
    return (scan->latitude == TEM_DEGREES_NONE &&
            scan->longitude == TEM_DEGREES_NONE) ||
           (is_degrees(scan->latitude, 90000000) &&
            is_degrees(scan->longitude, 180000000));
}

/* All of the name, or nothing and no serial. */
static bool is_unit(const struct tem_registry_scan *scan)
{
    const struct tem_lot_name *lot = &scan->lot;
    bool named = lot->lot[0] != '\0';
    return named == (lot->product[0] != '\0') &&
           named == (lot->maker[0] != '\0') && (named || !scan->serial[0]);
}

bool tem_registry_scan_valid(const struct tem_registry_scan *scan)
{
    return is_text(scan->lot.maker, sizeof scan->lot.maker) &&
           is_text(scan->lot.product, sizeof scan->lot.product) &&
           is_text(scan->lot.lot, sizeof scan->lot.lot) &&
           is_text(scan->serial, sizeof scan->serial) &&
           is_text(scan->place, sizeof scan->place) &&
           is_text(scan->who, sizeof scan->who) && is_place(scan) &&
           is_unit(scan) && scan->seen >= 0 &&
           scan->seen < INT64_C(99999999999) && scan->verdict > 0 &&
           scan->verdict <= TEM_VERDICT_CANNOT_TELL &&
           scan->text.size < TEM_URI_SIZE;
}

static void to_hex(const uint8_t *bytes, size_t size, char *out)
{
    for (size_t i = 0; i < size; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static bool put_degrees(struct tem_buffer *out, int32_t value)
{
    return value == TEM_DEGREES_NONE ? tem_put_text(out, "")
                                     : tem_put_number(out, value);
}

/* All but the time it was noted. */
static bool put_scan(struct tem_buffer *out,
                     const struct tem_registry_scan *scan)
{
    char digest[DIGEST_HEX + 1];
    to_hex(scan->digest, TEM_SHA256_BYTES, digest);
    return tem_put_text(out, scan->lot.maker) &&
           tem_put_text(out, scan->lot.product) &&
           tem_put_text(out, scan->lot.lot) &&
           tem_put_text(out, scan->serial) && tem_put_number(out, scan->seen) &&
           put_degrees(out, scan->latitude) &&
           put_degrees(out, scan->longitude) &&
           tem_put_text(out, scan->place) && tem_put_text(out, scan->who) &&
           tem_put_text(out, tem_verdict_name(scan->verdict)) &&
           tem_put_number(out, scan->trust_version) &&
           tem_put_text(out, digest);
}

static bool read_degrees(struct tem_bytes field, int32_t *value)
{
    int64_t number = TEM_DEGREES_NONE;
    if (field.size > 0 && !tem_field_number(field, &number))
        return false;
    *value = (int32_t)number;
    return number >= INT32_MIN && number <= INT32_MAX;
}

static bool read_verdict(struct tem_bytes field, enum tem_verdict *verdict)
{
    for (int i = 1; i <= TEM_VERDICT_CANNOT_TELL; i++) {
        struct tem_bytes name =
            tem_bytes_of(tem_verdict_name((enum tem_verdict)i));
        *verdict = (enum tem_verdict)i;
        if (name.size == field.size &&
            memcmp(name.data, field.data, name.size) == 0)
            return true;
    }
    return false;
}

static int nibble(uint8_t c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

static bool read_digest(struct tem_bytes field, uint8_t *out)
{
    if (field.size != DIGEST_HEX || !tem_field_is_hex(field))
        return false;
    for (size_t i = 0; i < TEM_SHA256_BYTES; i++)
        out[i] = (uint8_t)(nibble(field.data[2 * i]) << 4 |
                           nibble(field.data[2 * i + 1]));
    return true;
}

static bool read_scan(struct tem_bytes text, struct tem_registry_scan *scan)
{
    struct tem_bytes f[TEM_FIELDS_MAX];
    int64_t version = 0;
    *scan = (struct tem_registry_scan){0};
    return tem_split_fields(text, f) == SCAN_FIELDS && f[0].size == 4 &&
           memcmp(f[0].data, "scan", 4) == 0 &&
           tem_field_number(f[1], &scan->at) &&
           tem_field_copy(f[2], scan->lot.maker, sizeof scan->lot.maker) &&
           tem_field_copy(f[3], scan->lot.product, sizeof scan->lot.product) &&
           tem_field_copy(f[4], scan->lot.lot, sizeof scan->lot.lot) &&
           tem_field_copy(f[5], scan->serial, sizeof scan->serial) &&
           tem_field_number(f[6], &scan->seen) &&
           read_degrees(f[7], &scan->latitude) &&
           read_degrees(f[8], &scan->longitude) &&
           tem_field_copy(f[9], scan->place, sizeof scan->place) &&
           tem_field_copy(f[10], scan->who, sizeof scan->who) &&
           read_verdict(f[11], &scan->verdict) &&
           tem_field_number(f[12], &version) && version >= 0 &&
           version <= UINT32_MAX && read_digest(f[13], scan->digest) &&
           (scan->trust_version = (uint32_t)version, true) &&
           tem_registry_scan_valid(scan);
}

/* ---- noting ------------------------------------------------------------- */

/* Scans on their way. */
struct batch {
    struct tem_registry *registry;
    const struct tem_registry_scan *scans;
    size_t count, added;
    int64_t at;
    size_t index; /* the one at hand */
    struct {
        struct tem_lot_name name;
        int64_t key;
        bool known;
    } last; /* mostly many of a lot come together */
};

static int64_t serial_key(const char *serial)
{
    int64_t value = 0;
    for (; *serial >= '0' && *serial <= '9'; serial++) {
        if (value > INT64_MAX / 10 - 10)
            return 0;
        value = value * 10 + (*serial - '0');
    }
    return *serial ? 0 : value;
}

/* What tells a scan from others of its lot and serial: 63 bits of the hash of
 * all but the time it was noted. Not 0, which stands for events. */
static enum tem_status scan_number(const struct tem_registry_scan *scan,
                                   struct tem_buffer *text, int64_t *number,
                                   struct tem_error *error)
{
    uint8_t digest[TEM_SHA256_BYTES];
    uint64_t bits = 0;
    text->size = 0;
    if (!put_scan(text, scan))
        return TEM_FAIL(error, TEM_E_ARGUMENT, REGISTRY_EVENT, "s", "scan");
    enum tem_status status =
        tem_sha256((struct tem_bytes){text->data, text->size}, digest, error);
    for (size_t i = 0; status == TEM_OK && i < 8; i++)
        bits = bits << 8 | digest[i];
    *number = (int64_t)(bits >> 1 | 1);
    return status;
}

static enum tem_status keep_row(struct batch *batch,
                                const struct tem_registry_place *place,
                                struct tem_bytes body, bool *added,
                                struct tem_error *error)
{
    struct tem_sql *sql = batch->registry->sql;
    struct tem_sql_value row[TEM_SQL_COLUMNS_MAX];
    struct tem_sql_value text = {.type = TEM_SQL_TEXT, .bytes = body};
    enum tem_status status = tem_sql_first(
        sql,
        "INSERT INTO tem_scans (lot, serial, scan, body) VALUES ($1, $2, $3, "
        "$4) ON CONFLICT (lot, serial, scan) DO NOTHING RETURNING scan",
        TEM_SQL(tem_sql_number(place->lot), tem_sql_number(place->place),
                tem_sql_number(place->scan), text),
        row, added, error);
    sql->kind->finish(sql);
    return status;
}

static enum tem_status keep_text(struct batch *batch, int64_t lot,
                                 const struct tem_registry_scan *scan,
                                 struct tem_error *error)
{
    struct tem_sql_value text = {.type = TEM_SQL_TEXT, .bytes = scan->text};
    if (scan->text.size == 0)
        return TEM_OK;
    return tem_sql_do(
        batch->registry->sql,
        "INSERT INTO tem_labels (lot, digest, text) VALUES ($1, $2, $3) ON "
        "CONFLICT (lot, digest) DO NOTHING",
        TEM_SQL(
            tem_sql_number(lot),
            tem_sql_bytes((struct tem_bytes){scan->digest, TEM_SHA256_BYTES}),
            text),
        error);
}

static enum tem_status lot_key(struct batch *batch,
                               const struct tem_lot_name *name, int64_t *key,
                               struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    if (!batch->last.known || strcmp(batch->last.name.lot, name->lot) != 0 ||
        strcmp(batch->last.name.product, name->product) != 0 ||
        strcmp(batch->last.name.maker, name->maker) != 0) {
        status = tem_registry_lot_key(name, &batch->last.key, error);
        batch->last.known = status == TEM_OK;
        batch->last.name = *name;
    }
    *key = batch->last.key;
    return status;
}

static enum tem_status note_scan(struct batch *batch,
                                 struct tem_registry_log *log,
                                 const struct tem_registry_scan *scan,
                                 struct tem_error *error)
{
    struct tem_buffer *text = &batch->registry->text;
    struct tem_registry_place place = {.place = serial_key(scan->serial)};
    bool added = false;
    enum tem_status status = lot_key(batch, &scan->lot, &place.lot, error);
    if (status == TEM_OK)
        status = scan_number(scan, text, &place.scan, error);
    if (status != TEM_OK)
        return status;
    text->size = 0;
    if (!tem_put_text(text, "scan") || !tem_put_number(text, batch->at) ||
        !put_scan(text, scan))
        return TEM_FAIL(error, TEM_E_ARGUMENT, REGISTRY_EVENT, "s", "scan");
    struct tem_bytes body = {text->data, text->size};
    status = keep_row(batch, &place, body, &added, error);
    if (status != TEM_OK || !added)
        return status;
    batch->added++;
    status = keep_text(batch, place.lot, scan, error);
    return status == TEM_OK ? tem_registry_log_add(log, body, place, error)
                            : status;
}

static enum tem_status work(void *context, struct tem_sql *sql,
                            struct tem_error *error)
{
    struct batch *batch = context;
    struct tem_registry_log log;
    (void)sql;
    batch->added = 0;
    enum tem_status status =
        tem_registry_log_open(&log, batch->registry, error);
    for (size_t i = 0; status == TEM_OK && i < batch->count; i++)
        status = note_scan(batch, &log, &batch->scans[i], error);
    return status == TEM_OK && batch->added > 0
               ? tem_registry_log_close(&log, error)
               : status;
}

enum tem_status tem_registry_scans_note(struct tem_registry *registry,
                                        const struct tem_registry_scan *scans,
                                        size_t count, size_t *added,
                                        struct tem_error *error)
{
    struct batch batch = {.registry = registry, .scans = scans, .count = count};
    if (!registry->office || !registry->clock || count > TEM_SCANS_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "count");
    for (size_t i = 0; i < count; i++)
        if (!tem_registry_scan_valid(&scans[i]))
            return TEM_FAIL_AT(error, TEM_E_ARGUMENT, i, REGISTRY_EVENT, "s",
                               "scan");
    batch.at = registry->clock(registry->context);
    enum tem_status status = tem_sql_change(registry->sql, work, &batch, error);
    if (status == TEM_OK)
        *added = batch.added;
    return status;
}

/* ---- reading ------------------------------------------------------------ */

struct scans_walk {
    enum tem_status (*each)(void *context, const struct tem_registry_scan *scan,
                            struct tem_error *error);
    void *context;
};

static enum tem_status each_scan(void *context, const struct tem_sql_value *row,
                                 struct tem_error *error)
{
    const struct scans_walk *walk = context;
    struct tem_registry_scan scan;
    if (!read_scan(row[0].bytes, &scan))
        return TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
    return walk->each(walk->context, &scan, error);
}

enum tem_status tem_registry_scans_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, const struct tem_registry_scan *scan,
                            struct tem_error *error),
    void *context, struct tem_error *error)
{
    struct scans_walk walk = {each, context};
    return tem_sql_all(registry->sql,
                       "SELECT body FROM tem_scans ORDER BY lot, serial, scan",
                       NULL, 0, each_scan, &walk, error);
}

struct texts_walk {
    enum tem_status (*each)(void *context, struct tem_bytes text,
                            struct tem_error *error);
    void *context;
};

static enum tem_status each_text(void *context, const struct tem_sql_value *row,
                                 struct tem_error *error)
{
    const struct texts_walk *walk = context;
    return walk->each(walk->context, row[0].bytes, error);
}

enum tem_status tem_registry_texts_walk(
    struct tem_registry *registry,
    enum tem_status (*each)(void *context, struct tem_bytes text,
                            struct tem_error *error),
    void *context, struct tem_error *error)
{
    struct texts_walk walk = {each, context};
    return tem_sql_all(registry->sql,
                       "SELECT text FROM tem_labels ORDER BY lot, digest", NULL,
                       0, each_text, &walk, error);
}
