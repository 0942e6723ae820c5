/* SPDX-License-Identifier: MIT */
#ifndef TEM_REGISTRY_FIELDS_H
#define TEM_REGISTRY_FIELDS_H

/* Lines of fields with tabs between: how events are written. */

#include <tem/base.h>

enum { TEM_FIELDS_MAX = 16, TEM_FIELD_NUMBER_SIZE = 24 };

/* Add a field; false if it does not fit. */
bool tem_put_field(struct tem_buffer *out, const void *data, size_t size);
bool tem_put_text(struct tem_buffer *out, const char *text);
bool tem_put_number(struct tem_buffer *out, int64_t value);

/* @return how many there are; 0 if more than TEM_FIELDS_MAX. */
size_t tem_split_fields(struct tem_bytes text,
                        struct tem_bytes fields[TEM_FIELDS_MAX]);

/* As tem_put_number() writes it, and no other way. */
bool tem_field_number(struct tem_bytes text, int64_t *value);

/* Copied with a NUL, if it fits and is clean. */
bool tem_field_copy(struct tem_bytes field, char *out, size_t capacity);

/* Lower case hexadecimal digits alone; no control characters. */
bool tem_field_is_hex(struct tem_bytes text);
bool tem_field_is_clean(struct tem_bytes text);

#endif
