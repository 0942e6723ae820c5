/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_FIELD_H
#define TEM_TABLE_FIELD_H

/* One table says everything about the fields of a row; reading, checking that
 * they are there and the tests of schemas and of FORMAT.md files walk it. */

#include "problems.h"

enum { TEM_FOLDED_SIZE = 64 }; /* a folded name, cut to fit, and its NUL */

enum tem_field_type {
    TEM_FIELD_TEXT,   /* min..max characters */
    TEM_FIELD_NUMBER, /* min..max, scaled by `decimals` */
    TEM_FIELD_BOOL,
    TEM_FIELD_DATE,
    TEM_FIELD_MOMENT, /* date and time of day, in minutes */
    TEM_FIELD_CHOICE,
    TEM_FIELD_GTIN,
    TEM_FIELD_LOT,
    TEM_FIELD_PATTERN, /* `pattern` decides; kept as a text */
    TEM_FIELD_GLN,     /* likewise, with a check digit */
    TEM_FIELD_AREA,    /* growing area: kept with its second hyphen */
};

/* A word for an enum's value. The first of a value is its name and has a
 * Vietnamese one too; further ones are only read. */
struct tem_choice {
    const char *word; /* folded; NULL ends the table */
    const char *vi;   /* or NULL */
    int value;
};

/* The choice that a folded word means, or NULL. */
const struct tem_choice *tem_choice_find(const struct tem_choice *choices,
                                         const char *folded);

/* The names that may be chosen, "a, b, c". */
void tem_choice_names(const struct tem_choice *choices,
                      char en[TEM_MESSAGE_ARG_SIZE],
                      char vi[TEM_MESSAGE_ARG_SIZE]);

struct tem_field {
    const char *key;     /* English */
    const char *heading; /* Vietnamese */
    const char *also;    /* other keys, folded, with a space between and around;
                            the folded heading is one of them */
    enum tem_field_type type;
    size_t offset, size; /* in the struct; size of texts */
    int64_t min, max;    /* of the scaled number, or of characters */
    unsigned decimals;   /* how many a number may have */
    bool required, sealed;
    const struct tem_choice *choices;
    const char *pattern;       /* see tem_pattern_fits() */
    enum tem_message_id wrong; /* what is told when the pattern does not fit */
    bool hours; /* a time in hours, kept as minutes in the field before */
    bool lines; /* a text that may go over several, joined by spaces; of several
                   texts each is whole, and not parted at spaces */
    size_t most, count_offset; /* most > 0: so many of them one after another,
                                  in a cell with spaces, `;`, `,` or `|`
                                  between; the count is a size_t */
};

/* An array of objects in a row. */
struct tem_field_list {
    const char *key, *heading, *also;
    const struct tem_field *fields; /* key NULL ends it */
    size_t offset, stride, most, count_offset;
    bool required, sealed;
};

/* One kind of row. */
struct tem_table {
    const char *key, *heading, *also; /* of the list of them in an object; NULL
                                         if they stand by themselves */
    const struct tem_field *fields;   /* key NULL ends it */
    const struct tem_field_list *lists; /* likewise; or NULL */
    size_t size;                        /* of its struct */
};

/* Does a folded name name this field or list? */
bool tem_field_named(const char *key, const char *also, const char *folded);

/* The field that a folded name names, or NULL. */
const struct tem_field *tem_field_find(const struct tem_field *fields,
                                       const char *folded);

/* The member of @p base (a row or a list's element) that a field is. */
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

/* How many a field has that may have several. */
size_t tem_field_count(const void *base, const struct tem_field *field);

/* Set all of a row to absent, unused elements of its lists too. */
void tem_row_init(void *row, const struct tem_table *table);

size_t *tem_list_count(void *row, const struct tem_field_list *list);
void *tem_list_item(void *row, const struct tem_field_list *list, size_t index);

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
 * hyphen, 'x' a small letter or digit or a hyphen, 'h' a hexadecimal digit in
 * small letters, others themselves; a number in braces repeats the character
 * before it, "{2,12}" within limits; '|' parts alternatives. */
bool tem_pattern_fits(const char *pattern, const char *text);

#endif
