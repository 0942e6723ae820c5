/* SPDX-License-Identifier: MIT */
#ifndef TEM_FUZZ_RECORD_H
#define TEM_FUZZ_RECORD_H

/* Reading any bytes does no harm, and a lot without errors has a canonical
 * form that is a record file of the same lot. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tem/record.h>

struct fuzz_bytes {
    const uint8_t *data;
    size_t size;
};

static ptrdiff_t fuzz_read(void *context, void *data, size_t size)
{
    struct fuzz_bytes *bytes = context;
    if (size > bytes->size)
        size = bytes->size;
    if (size > 0)
        memcpy(data, bytes->data, size);
    bytes->data += size;
    bytes->size -= size;
    return (ptrdiff_t)size;
}

static struct tem_record_reader *fuzz_open(struct fuzz_bytes *bytes,
                                           enum tem_format format)
{
    struct tem_record_reader *reader = NULL;
    if (tem_record_open(fuzz_read, bytes, format, &reader, NULL) != TEM_OK)
        abort();
    return reader;
}

static bool fuzz_sound(const struct tem_record_reader *reader)
{
    size_t count;
    const struct tem_problem *problem = tem_record_problems(reader, &count);
    for (size_t i = 0; i < count; i++)
        if (problem[i].severity == TEM_SEVERITY_ERROR)
            return false;
    return true;
}

static void fuzz_read_back(const struct tem_buffer *form)
{
    static uint8_t data[TEM_RECORD_CANONICAL_MAX];
    static struct tem_record record;
    struct tem_buffer again = {data, sizeof data, 0};
    struct fuzz_bytes bytes = {form->data, form->size};
    struct tem_record_reader *reader = fuzz_open(&bytes, TEM_FORMAT_AUTO);
    bool found;
    if (tem_record_next(reader, &record, &found, NULL) != TEM_OK || !found ||
        !fuzz_sound(reader) ||
        tem_record_canonical(&record, &again, NULL) != TEM_OK ||
        again.size != form->size || memcmp(data, form->data, form->size) != 0)
        abort();
    tem_record_reader_free(reader);
}

static int fuzz_record(const uint8_t *input, size_t size,
                       enum tem_format format)
{
    static uint8_t data[TEM_RECORD_CANONICAL_MAX];
    static struct tem_record record;
    struct fuzz_bytes bytes = {input, size};
    struct tem_record_reader *reader = fuzz_open(&bytes, format);
    bool found = true;
    while (tem_record_next(reader, &record, &found, NULL) == TEM_OK && found) {
        struct tem_buffer form = {data, sizeof data, 0};
        if (!fuzz_sound(reader))
            continue;
        if (tem_record_canonical(&record, &form, NULL) != TEM_OK)
            abort();
        fuzz_read_back(&form);
    }
    tem_record_reader_free(reader);
    return 0;
}

#endif
