/* SPDX-License-Identifier: MIT */
/* See cbor.h. libcbor's streaming decoder calls back once an item; the
 * callbacks fill in a struct tem_cbor_item. */
#include "cbor.h"
#include <cbor.h>
#include <string.h>

enum { HEAD_MAX = 9, DEPTH_MAX = 16 };

/* ---- writing ---- */

static void put_raw(struct tem_cbor_writer *writer, const uint8_t *data,
                    size_t size)
{
    if (writer->size <= writer->capacity &&
        size <= writer->capacity - writer->size && size > 0)
        memcpy(writer->data + writer->size, data, size);
    writer->size += size;
}

void tem_cbor_put_uint(struct tem_cbor_writer *writer, uint64_t value)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head, cbor_encode_uint(value, head, sizeof head));
}

void tem_cbor_put_int(struct tem_cbor_writer *writer, int64_t value)
{
    uint8_t head[HEAD_MAX];
    if (value >= 0)
        tem_cbor_put_uint(writer, (uint64_t)value);
    else
        put_raw(writer, head,
                cbor_encode_negint((uint64_t)(-1 - value), head, sizeof head));
}

void tem_cbor_put_bytes(struct tem_cbor_writer *writer, struct tem_bytes bytes)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head,
            cbor_encode_bytestring_start(bytes.size, head, sizeof head));
    put_raw(writer, bytes.data, bytes.size);
}

void tem_cbor_put_text(struct tem_cbor_writer *writer, struct tem_bytes text)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head,
            cbor_encode_string_start(text.size, head, sizeof head));
    put_raw(writer, text.data, text.size);
}

void tem_cbor_put_array(struct tem_cbor_writer *writer, size_t count)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head, cbor_encode_array_start(count, head, sizeof head));
}

void tem_cbor_put_map(struct tem_cbor_writer *writer, size_t pairs)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head, cbor_encode_map_start(pairs, head, sizeof head));
}

void tem_cbor_put_tag(struct tem_cbor_writer *writer, uint64_t tag)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head, cbor_encode_tag(tag, head, sizeof head));
}

void tem_cbor_put_null(struct tem_cbor_writer *writer)
{
    uint8_t head[HEAD_MAX];
    put_raw(writer, head, cbor_encode_null(head, sizeof head));
}

/* ---- reading: one callback a kind of item ---- */

static void set(void *context, enum tem_cbor_type type, uint64_t value)
{
    struct tem_cbor_item *item = context;
    item->type = type;
    item->value = value;
}

static void set_string(void *context, enum tem_cbor_type type, cbor_data data,
                       uint64_t size)
{
    struct tem_cbor_item *item = context;
    set(context, type, size);
    item->data = (struct tem_bytes){data, (size_t)size};
}

#define ON_NUMBER(name, ctype, type)                                           \
    static void on_##name(void *context, ctype value)                          \
    {                                                                          \
        set(context, type, value);                                             \
    }
ON_NUMBER(uint8, uint8_t, TEM_CBOR_UINT)
ON_NUMBER(uint16, uint16_t, TEM_CBOR_UINT)
ON_NUMBER(uint32, uint32_t, TEM_CBOR_UINT)
ON_NUMBER(uint64, uint64_t, TEM_CBOR_UINT)
ON_NUMBER(negint8, uint8_t, TEM_CBOR_NINT)
ON_NUMBER(negint16, uint16_t, TEM_CBOR_NINT)
ON_NUMBER(negint32, uint32_t, TEM_CBOR_NINT)
ON_NUMBER(negint64, uint64_t, TEM_CBOR_NINT)
ON_NUMBER(array, size_t, TEM_CBOR_ARRAY)
ON_NUMBER(map, size_t, TEM_CBOR_MAP)
ON_NUMBER(tag, uint64_t, TEM_CBOR_TAG)

static void on_bytes(void *context, cbor_data data, size_t size)
{
    set_string(context, TEM_CBOR_BYTES, data, size);
}

static void on_text(void *context, cbor_data data, size_t size)
{
    set_string(context, TEM_CBOR_TEXT, data, size);
}

static void on_float(void *context, float value)
{
    (void)value;
    set(context, TEM_CBOR_OTHER, 0);
}

static void on_double(void *context, double value)
{
    (void)value;
    set(context, TEM_CBOR_OTHER, 0);
}

static void on_undefined(void *context)
{
    set(context, TEM_CBOR_OTHER, 0);
}

static void on_null(void *context)
{
    set(context, TEM_CBOR_NULL, 0);
}

static void on_bool(void *context, bool value)
{
    set(context, value ? TEM_CBOR_TRUE : TEM_CBOR_FALSE, 0);
}

/* Indefinite lengths and the break that ends them (RFC 8949 section 3.2). */
static void on_indefinite(void *context)
{
    struct tem_cbor_item *item = context;
    item->start = SIZE_MAX; /* tells tem_cbor_get() to refuse */
}

static const struct cbor_callbacks callbacks = {
    .uint8 = on_uint8,
    .uint16 = on_uint16,
    .uint32 = on_uint32,
    .uint64 = on_uint64,
    .negint8 = on_negint8,
    .negint16 = on_negint16,
    .negint32 = on_negint32,
    .negint64 = on_negint64,
    .byte_string_start = on_indefinite,
    .byte_string = on_bytes,
    .string = on_text,
    .string_start = on_indefinite,
    .indef_array_start = on_indefinite,
    .array_start = on_array,
    .indef_map_start = on_indefinite,
    .map_start = on_map,
    .tag = on_tag,
    .float2 = on_float,
    .float4 = on_float,
    .float8 = on_double,
    .undefined = on_undefined,
    .null = on_null,
    .boolean = on_bool,
    .indef_break = on_indefinite,
};

/* One head, and a string's content. libcbor 0.8 knows only some of the tags
 * that have no argument bytes, and 18 (COSE_Sign1) is none of them. */
static struct cbor_decoder_result decode(struct tem_bytes bytes,
                                         struct tem_cbor_item *item)
{
    uint8_t initial = bytes.data[0];
    if (initial < 0xC0 || initial > 0xD7)
        return cbor_stream_decode(bytes.data, bytes.size, &callbacks, item);
    on_tag(item, initial & 0x1F);
    return (struct cbor_decoder_result){.read = 1,
                                        .status = CBOR_DECODER_FINISHED};
}

bool tem_cbor_get(struct tem_cbor_reader *reader, struct tem_cbor_item *item)
{
    if (reader->at >= reader->input.size)
        return false;
    struct tem_bytes left = {reader->input.data + reader->at,
                             reader->input.size - reader->at};
    *item = (struct tem_cbor_item){.start = reader->at};
    struct cbor_decoder_result result = decode(left, item);
    if (result.status != CBOR_DECODER_FINISHED || item->start == SIZE_MAX)
        return false;
    /* Every item takes a byte at least: a count of more is a lie. */
    size_t after = left.size - result.read;
    if (item->type == TEM_CBOR_ARRAY && item->value > after)
        return false;
    if (item->type == TEM_CBOR_MAP && item->value > after / 2)
        return false;
    reader->at += result.read;
    return true;
}

static bool skip(struct tem_cbor_reader *reader, int depth)
{
    struct tem_cbor_item item;
    if (depth > DEPTH_MAX || !tem_cbor_get(reader, &item))
        return false;
    uint64_t inner = item.type == TEM_CBOR_ARRAY ? item.value
                     : item.type == TEM_CBOR_MAP ? 2 * item.value
                                                 : item.type == TEM_CBOR_TAG;
    for (; inner > 0; inner--)
        if (!skip(reader, depth + 1))
            return false;
    return true;
}

bool tem_cbor_skip(struct tem_cbor_reader *reader)
{
    size_t before = reader->at;
    if (skip(reader, 1))
        return true;
    reader->at = before;
    return false;
}
