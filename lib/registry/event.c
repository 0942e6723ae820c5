/* SPDX-License-Identifier: MIT */
/* See registry.h: events as text. */
#include "../error/fail.h"
#include "fields.h"
#include <string.h>
#include <tem/registry.h>

/* The fields of each kind, after its name and its time:
 *   L  maker, product, lot     f l  first, last serial    w  width
 *   k  KID                     c    command               n  count
 *   p  print   F  folder   s  salt   d  digest   R  record   i  day */
static const struct {
    const char *name, *fields;
} kinds[] = {
    [TEM_EVENT_BEGIN] = {"begin", "nF"},
    [TEM_EVENT_END] = {"end", "F"},
    [TEM_EVENT_SEAL] = {"seal", "LsdR"},
    [TEM_EVENT_RESERVE] = {"reserve", "LflwpkcF"},
    [TEM_EVENT_MADE] = {"made", "Lfl"},
    [TEM_EVENT_DONE] = {"done", "Lfl"},
    [TEM_EVENT_ABANDON] = {"abandon", "Lfl"},
    [TEM_EVENT_VOID] = {"void", "Lfl"},
    [TEM_EVENT_AGAIN] = {"again", "Lfl"},
    [TEM_EVENT_CLOSE] = {"close", "L"},
    [TEM_EVENT_BUNDLE] = {"bundle", "nid"},
    [TEM_EVENT_IMPORT] = {"import", "nd"},
    [TEM_EVENT_SCAN] = {"scan", NULL},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

const char *tem_event_name(enum tem_event_kind kind)
{
    return kind > 0 && (int)kind < KINDS ? kinds[kind].name : "";
}

/* ---- numbers ------------------------------------------------------------ */

/* What may stand in a field of numbers, and where it is kept. */
struct number {
    int64_t least, most;
};

static struct number bounds(char field)
{
    switch (field) {
    case 'w':
        return (struct number){1, TEM_LOT_SIZE - 1};
    case 'k':
        return (struct number){0, TEM_KID_UNKNOWN};
    case 'i':
        return (struct number){TEM_DATE_MIN, TEM_DATE_MAX};
    case 'f':
    case 'l':
        return (struct number){1, (int64_t)TEM_SERIAL_MAX};
    default: /* c, n, and the time */
        return (struct number){0, INT64_C(999999999999999)};
    }
}

static int64_t number_of(const struct tem_event *event, char field)
{
    switch (field) {
    case 'f':
        return (int64_t)event->serials.first;
    case 'l':
        return (int64_t)event->serials.last;
    case 'w':
        return event->width;
    case 'k':
        return event->kid;
    case 'c':
        return (int64_t)event->command;
    case 'n':
        return (int64_t)event->count;
    case 'i':
        return event->issued;
    default:
        return event->at;
    }
}

static void set_number(struct tem_event *event, char field, int64_t value)
{
    switch (field) {
    case 'f':
        event->serials.first = (uint64_t)value;
        break;
    case 'l':
        event->serials.last = (uint64_t)value;
        break;
    case 'w':
        event->width = (unsigned)value;
        break;
    case 'k':
        event->kid = (long)value;
        break;
    case 'c':
        event->command = (uint64_t)value;
        break;
    case 'n':
        event->count = (uint64_t)value;
        break;
    case 'i':
        event->issued = (int32_t)value;
        break;
    default:
        event->at = value;
    }
}

/* ---- texts -------------------------------------------------------------- */

/* NULL for a field of numbers. */
static struct tem_bytes *text_of(struct tem_event *event, char field)
{
    switch (field) {
    case 'p':
        return &event->print;
    case 'F':
        return &event->folder;
    case 's':
        return &event->salt;
    case 'd':
        return &event->digest;
    case 'R':
        return &event->record;
    default:
        return NULL;
    }
}

static bool is_text(struct tem_bytes text, char field)
{
    switch (field) {
    case 'p':
        return text.size == TEM_PRINT_SIZE - 1 && tem_field_is_clean(text);
    case 'F':
        return text.size > 0 && text.size < TEM_FOLDER_SIZE &&
               tem_field_is_clean(text);
    case 's':
        return text.size == 2 * (size_t)TEM_RECORD_SALT_BYTES &&
               tem_field_is_hex(text);
    case 'd':
        return text.size <= 2 * (size_t)TEM_SHA256_BYTES &&
               tem_field_is_hex(text);
    default:
        return text.size <= TEM_RECORD_CANONICAL_MAX &&
               tem_field_is_clean(text);
    }
}

static bool is_name(const struct tem_lot_name *name)
{
    const char *const parts[] = {name->maker, name->product, name->lot};
    for (size_t i = 0; i < 3; i++) {
        struct tem_bytes part = tem_bytes_of(parts[i]);
        if (part.size == 0 || !tem_field_is_clean(part) ||
            memchr(parts[i], ' ', part.size))
            return false;
    }
    return true;
}

static bool is_whole(const struct tem_event *event, char field)
{
    struct tem_event copy = *event;
    struct number bound = bounds(field);
    const struct tem_bytes *text = text_of(&copy, field);
    if (field == 'L')
        return is_name(&event->lot);
    if (field == 'l' && event->serials.last < event->serials.first)
        return false;
    if (text)
        return is_text(*text, field);
    int64_t value = number_of(event, field);
    return value >= bound.least && value <= bound.most;
}

/* ---- writing ------------------------------------------------------------ */

static bool put_field(struct tem_buffer *out, const struct tem_event *event,
                      char field)
{
    struct tem_event copy = *event;
    const struct tem_bytes *text = text_of(&copy, field);
    if (field == 'L')
        return tem_put_text(out, event->lot.maker) &&
               tem_put_text(out, event->lot.product) &&
               tem_put_text(out, event->lot.lot);
    return text ? tem_put_field(out, text->data, text->size)
                : tem_put_number(out, number_of(event, field));
}

enum tem_status tem_event_write(const struct tem_event *event,
                                struct tem_buffer *out, struct tem_error *error)
{
    const char *name = tem_event_name(event->kind);
    const char *fields = *name ? kinds[event->kind].fields : NULL;
    bool fits = true;
    if (!fields)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "kind");
    for (const char *f = fields; *f; f++)
        if (!is_whole(event, *f))
            return TEM_FAIL(error, TEM_E_ARGUMENT, REGISTRY_EVENT, "s", name);
    if (!is_whole(event, 'a'))
        return TEM_FAIL(error, TEM_E_ARGUMENT, REGISTRY_EVENT, "s", name);
    out->size = 0;
    fits = tem_put_text(out, name) && tem_put_number(out, event->at);
    for (const char *f = fields; fits && *f; f++)
        fits = put_field(out, event, *f);
    return fits ? TEM_OK
                : TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                           (long long)TEM_EVENT_MAX);
}

/* ---- reading ------------------------------------------------------------ */

static bool get_name(const struct tem_bytes *fields, struct tem_lot_name *name)
{
    return tem_field_copy(fields[0], name->maker, sizeof name->maker) &&
           tem_field_copy(fields[1], name->product, sizeof name->product) &&
           tem_field_copy(fields[2], name->lot, sizeof name->lot);
}

static bool get_field(const struct tem_bytes *at, struct tem_event *event,
                      char field)
{
    int64_t value;
    struct tem_bytes *text = text_of(event, field);
    if (field == 'L')
        return get_name(at, &event->lot) && is_whole(event, field);
    if (text) {
        *text = *at;
        return is_whole(event, field);
    }
    if (!tem_field_number(*at, &value) || value < bounds(field).least ||
        value > bounds(field).most)
        return false;
    set_number(event, field, value);
    return is_whole(event, field);
}

static enum tem_event_kind kind_of(struct tem_bytes name)
{
    for (int i = 1; i < KINDS; i++)
        if (kinds[i].fields && strlen(kinds[i].name) == name.size &&
            memcmp(kinds[i].name, name.data, name.size) == 0)
            return (enum tem_event_kind)i;
    return 0;
}

static bool read_event(struct tem_bytes text, struct tem_event *event)
{
    struct tem_bytes fields[TEM_FIELDS_MAX];
    size_t count = tem_split_fields(text, fields), at = 2;
    if (count < 2)
        return false;
    event->kind = kind_of(fields[0]);
    if (!event->kind || !get_field(&fields[1], event, 'a'))
        return false;
    const char *wanted = kinds[event->kind].fields;
    if (count != 2 + strlen(wanted) + (*wanted == 'L' ? 2 : 0))
        return false;
    for (; *wanted; wanted++) {
        if (!get_field(&fields[at], event, *wanted))
            return false;
        at += *wanted == 'L' ? 3 : 1;
    }
    return true;
}

enum tem_status tem_event_read(struct tem_bytes text, struct tem_event *event,
                               struct tem_error *error)
{
    *event = (struct tem_event){0};
    return read_event(text, event)
               ? TEM_OK
               : TEM_FAIL(error, TEM_E_FORMAT, REGISTRY_BROKEN, "");
}
