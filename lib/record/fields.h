/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_FIELDS_H
#define TEM_RECORD_FIELDS_H

/* One table says everything about the fields of a record; reading, checking
 * that they are there, the canonical form and the tests of the schema and of
 * FORMAT.md all walk it. */

#include "problems.h"

enum tem_field_type {
    TEM_FIELD_TEXT,    /* min..max characters */
    TEM_FIELD_NUMBER,  /* min..max, scaled by `decimals` */
    TEM_FIELD_BOOL,
    TEM_FIELD_DATE,
    TEM_FIELD_MOMENT,  /* date and time of day, in minutes */
    TEM_FIELD_CHOICE,
    TEM_FIELD_GTIN,
    TEM_FIELD_LOT,
    TEM_FIELD_PATTERN, /* `pattern` decides; kept as a text */
    TEM_FIELD_GLN,     /* likewise, with a check digit */
    TEM_FIELD_AREA,    /* growing area: kept with its second hyphen */
    TEM_FIELD_GTINS,   /* certificate_gtins, the only one of its kind */
};

/* A word for an enum's value; the first word of a value is its name. */
struct tem_choice {
    const char *word; /* folded */
    int value;
};

struct tem_field {
    const char *key;  /* English */
    const char *also; /* other keys, folded, with a space between and around */
    enum tem_field_type type;
    size_t offset, size; /* in the struct; size of texts */
    int64_t min, max;    /* of the scaled number, or of characters */
    unsigned decimals;   /* how many a number may have */
    bool required, sealed;
    const struct tem_choice *choices;
    const char *pattern; /* see tem_record_matches() */
    bool hours; /* a time in hours, kept as minutes in the field before */
};

/* An array of objects in a record. */
struct tem_field_list {
    const char *key, *also;
    const struct tem_field *fields; /* key NULL ends it */
    size_t offset, stride, most, count_offset;
    bool required, sealed;
};

extern const struct tem_field tem_record_fields[];    /* key NULL ends it */
extern const struct tem_field_list tem_record_lists[]; /* likewise */

/* Does a folded name name this field or list? */
bool tem_field_named(const char *key, const char *also, const char *folded);

/* The member of @p base (a record or a list's element) that a field is. */
static inline void *tem_field_at(void *base, const struct tem_field *field)
{
    return (char *)base + field->offset;
}

static inline const void *tem_field_in(const void *base,
                                       const struct tem_field *field)
{
    return (const char *)base + field->offset;
}

bool tem_field_absent(const void *base, const struct tem_field *field);

size_t *tem_list_count(struct tem_record *record,
                       const struct tem_field_list *list);
void *tem_list_item(struct tem_record *record,
                    const struct tem_field_list *list, size_t index);

/* The known key nearest to an unknown one, for "did you mean". */
const char *tem_field_nearest(const struct tem_field *fields,
                              const char *folded);

/* A pattern: '9' a digit, 'A' a capital letter or digit, 'X' likewise or a
 * hyphen, 'h' a hexadecimal digit in small letters, others themselves; a
 * number in braces repeats the character before it, "{2,12}" within limits;
 * '|' parts alternatives. */
bool tem_record_matches(const char *pattern, const char *text);

#endif
