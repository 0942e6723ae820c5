/* SPDX-License-Identifier: MIT */
#ifndef TEM_RECORD_FIELDS_H
#define TEM_RECORD_FIELDS_H

/* One table says everything about the fields of a record; reading, checking
 * that they are there, the canonical form and the tests of the schema and of
 * FORMAT.md all walk it. */

#include "problems.h"

enum { TEM_FOLDED_SIZE = 64 }; /* a folded name, cut to fit, and its NUL */

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

/* A word for an enum's value. The first of a value is its name and has a
 * Vietnamese one too; further ones are only read. */
struct tem_choice {
    const char *word; /* folded; NULL ends the table */
    const char *vi;   /* or NULL */
    int value;
};

extern const struct tem_choice tem_record_maker_kinds[];
extern const struct tem_choice tem_record_authorities[];
extern const struct tem_choice tem_record_raw_kinds[];
extern const struct tem_choice tem_record_step_kinds[];
extern const struct tem_choice tem_record_methods[];
extern const struct tem_choice tem_record_energies[];

/* The choice that a folded word means, or NULL. */
const struct tem_choice *tem_record_choice(const struct tem_choice *choices,
                                           const char *folded);

/* The names that may be chosen, "a, b, c". */
void tem_record_choice_names(const struct tem_choice *choices,
                             char en[TEM_MESSAGE_ARG_SIZE],
                             char vi[TEM_MESSAGE_ARG_SIZE]);

struct tem_field {
    const char *key;     /* English */
    const char *heading; /* Vietnamese */
    const char *also; /* other keys, folded, with a space between and around;
                         the folded heading is one of them */
    enum tem_field_type type;
    size_t offset, size; /* in the struct; size of texts */
    int64_t min, max;    /* of the scaled number, or of characters */
    unsigned decimals;   /* how many a number may have */
    bool required, sealed;
    const struct tem_choice *choices;
    const char *pattern;       /* see tem_record_matches() */
    enum tem_message_id wrong; /* what is told when the pattern does not fit */
    bool hours; /* a time in hours, kept as minutes in the field before */
};

/* An array of objects in a record. */
struct tem_field_list {
    const char *key, *heading, *also;
    const struct tem_field *fields; /* key NULL ends it */
    size_t offset, stride, most, count_offset;
    bool required, sealed;
};

extern const struct tem_field tem_record_fields[];    /* key NULL ends it */
extern const struct tem_field_list tem_record_lists[]; /* likewise */

/* Does a folded name name this field or list? */
bool tem_field_named(const char *key, const char *also, const char *folded);

/* The field that a folded name names, or NULL. */
const struct tem_field *tem_field_find(const struct tem_field *fields,
                                       const char *folded);

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

/* A known name and how many letters an unknown one is off. */
struct tem_nearest {
    const char *key, *heading;
    size_t distance;
};

/* The name nearest to an unknown one: of a field, or with @p lists of a list
 * (NULL: none). For "did you mean". */
struct tem_nearest tem_field_nearest(const struct tem_field *fields,
                                     const struct tem_field_list *lists,
                                     const char *folded);

/* Is it off by so little that it was meant? */
bool tem_nearest_is_close(const struct tem_nearest *nearest,
                          const char *folded);

/* A pattern: '9' a digit, 'A' a capital letter or digit, 'X' likewise or a
 * hyphen, 'h' a hexadecimal digit in small letters, others themselves; a
 * number in braces repeats the character before it, "{2,12}" within limits;
 * '|' parts alternatives. */
bool tem_record_matches(const char *pattern, const char *text);

#endif
