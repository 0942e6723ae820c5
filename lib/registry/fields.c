/* SPDX-License-Identifier: MIT */
/* See fields.h. */
#include "fields.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* One way of writing a number: no sign but '-', no zeros before it. */
bool tem_field_number(struct tem_bytes text, int64_t *value)
{
    char back[TEM_FIELD_NUMBER_SIZE];
    bool negative = text.size > 0 && text.data[0] == '-';
    uint64_t sum = 0;
    if (text.size == 0 || text.size > 16)
        return false;
    for (size_t i = negative; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(text.data[i] - '0');
    }
    *value = negative ? -(int64_t)sum : (int64_t)sum;
    int size = snprintf(back, sizeof back, "%" PRId64, *value);
    return (size_t)size == text.size && memcmp(back, text.data, text.size) == 0;
}

bool tem_field_is_hex(struct tem_bytes text)
{
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return true;
}

bool tem_field_is_clean(struct tem_bytes text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < ' ' || text.data[i] == 0x7F)
            return false;
    return true;
}

bool tem_put_field(struct tem_buffer *out, const void *data, size_t size)
{
    if (size + 1 > out->capacity - out->size)
        return false;
    if (out->size > 0)
        out->data[out->size++] = '\t';
    if (size > 0)
        memcpy(out->data + out->size, data, size);
    out->size += size;
    return true;
}

bool tem_put_text(struct tem_buffer *out, const char *text)
{
    return tem_put_field(out, text, strlen(text));
}

bool tem_put_number(struct tem_buffer *out, int64_t value)
{
    char text[TEM_FIELD_NUMBER_SIZE];
    snprintf(text, sizeof text, "%" PRId64, value);
    return tem_put_text(out, text);
}

size_t tem_split_fields(struct tem_bytes text,
                        struct tem_bytes fields[TEM_FIELDS_MAX])
{
    size_t count = 0, start = 0;
    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && text.data[i] != '\t')
            continue;
        if (count == TEM_FIELDS_MAX)
            return 0;
        fields[count++] = (struct tem_bytes){text.data + start, i - start};
        start = i + 1;
    }
    return count;
}

bool tem_field_copy(struct tem_bytes field, char *out, size_t capacity)
{
    if (field.size >= capacity || !tem_field_is_clean(field))
        return false;
    memcpy(out, field.data, field.size);
    out[field.size] = '\0';
    return true;
}
