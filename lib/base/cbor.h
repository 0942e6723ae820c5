/* SPDX-License-Identifier: MIT */
#ifndef TEM_BASE_CBOR_H
#define TEM_BASE_CBOR_H

/* CBOR (RFC 8949) item by item, without allocation: what a label holds and
 * what a COSE message is made of. Only cbor.c sees libcbor. */

#include <tem/base.h>

enum tem_cbor_type {
    TEM_CBOR_UINT,  /* value */
    TEM_CBOR_NINT,  /* the number is -1 - value */
    TEM_CBOR_BYTES, /* data */
    TEM_CBOR_TEXT,  /* data, not checked to be UTF-8 */
    TEM_CBOR_ARRAY, /* value = number of items that follow */
    TEM_CBOR_MAP,   /* value = number of pairs that follow */
    TEM_CBOR_TAG,   /* value; the tagged item follows */
    TEM_CBOR_FALSE,
    TEM_CBOR_TRUE,
    TEM_CBOR_NULL,
    TEM_CBOR_OTHER, /* undefined, floats */
};

/* Writes what fits; size goes on counting, so that a writer without memory
 * measures. */
struct tem_cbor_writer {
    uint8_t *data;
    size_t capacity;
    size_t size; /* bytes asked for so far; complete if <= capacity */
};

void tem_cbor_put_uint(struct tem_cbor_writer *writer, uint64_t value);
/* A signed number: >= 0 as unsigned, else as negative. */
void tem_cbor_put_int(struct tem_cbor_writer *writer, int64_t value);
void tem_cbor_put_bytes(struct tem_cbor_writer *writer, struct tem_bytes bytes);
void tem_cbor_put_text(struct tem_cbor_writer *writer, struct tem_bytes text);
void tem_cbor_put_array(struct tem_cbor_writer *writer, size_t count);
void tem_cbor_put_map(struct tem_cbor_writer *writer, size_t pairs);
void tem_cbor_put_tag(struct tem_cbor_writer *writer, uint64_t tag);
void tem_cbor_put_null(struct tem_cbor_writer *writer);

struct tem_cbor_item {
    enum tem_cbor_type type;
    uint64_t value;
    struct tem_bytes data; /* borrowed from the input */
    size_t start;          /* where the item begins in the input */
};

/* Zero but for input. */
struct tem_cbor_reader {
    struct tem_bytes input;
    size_t at;
};

/* The next item's head (and a string's content). False, with the reader where
 * it was, at the end, on a cut or malformed item, on indefinite lengths and on
 * simple values without a meaning. */
bool tem_cbor_get(struct tem_cbor_reader *reader, struct tem_cbor_item *item);

/* The next item with all that is nested in it, at most 16 deep. */
bool tem_cbor_skip(struct tem_cbor_reader *reader);

#endif
