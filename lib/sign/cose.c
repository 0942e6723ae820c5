/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: COSE_Sign1 (RFC 9052 section 4.2). */
#include "../error/fail.h"
#include "../payload/cbor.h"
#include "structure.h"
#include <stdlib.h>
#include <string.h>

enum {
    TAG_SIGN1 = 18,
    LABEL_ALG = 1,
    LABEL_CRIT = 2,
    LABEL_KID = 4,
    LABELS_MAX = 32, /* header parameters looked at in one message */
};

enum tem_status tem_cose_encode(const struct tem_sealed *sealed,
                                struct tem_buffer *out,
                                struct tem_error *error)
{
    uint8_t header[PROTECTED_MAX];
    size_t size = tem_sign_protected(sealed->algorithm, sealed->kid, header);
    struct tem_cbor_writer writer = {out->data, out->capacity, 0};
    tem_cbor_put_tag(&writer, TAG_SIGN1);
    tem_cbor_put_array(&writer, 4);
    tem_cbor_put_bytes(&writer, (struct tem_bytes){header, size});
    tem_cbor_put_map(&writer, 0);
    tem_cbor_put_bytes(&writer, sealed->payload);
    tem_cbor_put_bytes(&writer, sealed->signature);
    if (writer.size > out->capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)writer.size);
    out->size = writer.size;
    return TEM_OK;
}

/* ---- reading the headers ---- */

/* What the two header maps say, as far as it matters here. */
struct headers {
    struct tem_bytes labels[LABELS_MAX]; /* their CBOR, to find duplicates */
    size_t count;
    bool has_alg;
    int64_t alg;
};

static bool number(const struct tem_cbor_item *item, int64_t *value)
{
    if ((item->type != TEM_CBOR_UINT && item->type != TEM_CBOR_NINT) ||
        item->value > INT32_MAX)
        return false;
    *value = item->type == TEM_CBOR_UINT ? (int64_t)item->value
                                         : -1 - (int64_t)item->value;
    return true;
}

/* RFC 9052 section 3: a label stands once, in one of the two maps. */
static bool remember(struct headers *headers, struct tem_bytes label)
{
    if (headers->count == LABELS_MAX)
        return false;
    for (size_t i = 0; i < headers->count; i++)
        if (headers->labels[i].size == label.size &&
            memcmp(headers->labels[i].data, label.data, label.size) == 0)
            return false;
    headers->labels[headers->count++] = label;
    return true;
}

/* crit: a non-empty array of labels, all of which we honour. */
static bool read_crit(struct tem_cbor_reader *reader)
{
    struct tem_cbor_item array, item;
    int64_t label;
    if (!tem_cbor_get(reader, &array) || array.type != TEM_CBOR_ARRAY ||
        array.value == 0)
        return false;
    for (uint64_t i = 0; i < array.value; i++)
        if (!tem_cbor_get(reader, &item) || !number(&item, &label) ||
            label < LABEL_ALG || label > LABEL_KID)
            return false;
    return true;
}

static bool read_parameter(struct tem_cbor_reader *reader, bool is_protected,
                           struct headers *headers)
{
    struct tem_cbor_item label, value;
    int64_t name;
    if (!tem_cbor_get(reader, &label))
        return false;
    struct tem_bytes raw = {reader->input.data + label.start,
                            reader->at - label.start};
    if (!remember(headers, raw))
        return false;
    if (label.type == TEM_CBOR_TEXT || !number(&label, &name))
        return label.type == TEM_CBOR_TEXT && tem_cbor_skip(reader);
    if (name == LABEL_CRIT)
        return is_protected && read_crit(reader);
    if (name != LABEL_ALG)
        return tem_cbor_skip(reader);
    headers->has_alg = tem_cbor_get(reader, &value) &&
                       number(&value, &headers->alg);
    return headers->has_alg;
}

static bool read_map(struct tem_cbor_reader *reader, bool is_protected,
                     struct headers *headers)
{
    struct tem_cbor_item map;
    if (!tem_cbor_get(reader, &map) || map.type != TEM_CBOR_MAP)
        return false;
    for (uint64_t i = 0; i < map.value; i++)
        if (!read_parameter(reader, is_protected, headers))
            return false;
    return true;
}

/* The protected header: a byte string that is empty or holds one map. */
static bool read_protected(struct tem_bytes bytes, struct headers *headers)
{
    struct tem_cbor_reader reader = {bytes, 0};
    return bytes.size == 0 || (read_map(&reader, true, headers) &&
                               reader.at == bytes.size);
}

/* ---- checking ---- */

/* A COSE_Sign1 in parts. */
struct sign1 {
    struct tem_bytes protected_header, payload, signature;
    struct headers headers;
};

static bool get_bytes(struct tem_cbor_reader *reader, struct tem_bytes *bytes)
{
    struct tem_cbor_item item;
    if (!tem_cbor_get(reader, &item) || item.type != TEM_CBOR_BYTES)
        return false;
    *bytes = item.data;
    return true;
}

static bool get_payload(struct tem_cbor_reader *reader,
                        struct tem_bytes detached, struct tem_bytes *payload)
{
    struct tem_cbor_item item;
    if (!tem_cbor_get(reader, &item))
        return false;
    *payload = item.type == TEM_CBOR_NULL ? detached : item.data;
    return item.type == TEM_CBOR_NULL ||
           (item.type == TEM_CBOR_BYTES && detached.size == 0);
}

static bool read_sign1(struct tem_bytes message, struct tem_bytes detached,
                       struct sign1 *parts)
{
    struct tem_cbor_reader reader = {message, 0};
    struct tem_cbor_item item;
    if (!tem_cbor_get(&reader, &item))
        return false;
    if (item.type == TEM_CBOR_TAG &&
        (item.value != TAG_SIGN1 || !tem_cbor_get(&reader, &item)))
        return false;
    return item.type == TEM_CBOR_ARRAY && item.value == 4 &&
           get_bytes(&reader, &parts->protected_header) &&
           read_protected(parts->protected_header, &parts->headers) &&
           read_map(&reader, false, &parts->headers) &&
           get_payload(&reader, detached, &parts->payload) &&
           get_bytes(&reader, &parts->signature) &&
           reader.at == message.size && parts->headers.has_alg;
}

/* RFC 9053 table 1 and RFC 9864: by curve, or fully specified. */
static bool is_algorithm(int64_t alg, enum tem_algorithm algorithm)
{
    return algorithm == TEM_ALGORITHM_ED25519 ? alg == -8 || alg == -19
                                              : alg == -7 || alg == -9;
}

enum tem_status tem_cose_check(struct tem_bytes message, struct tem_bytes aad,
                               struct tem_bytes detached,
                               const struct tem_key *key, bool *holds,
                               struct tem_error *error)
{
    struct sign1 parts = {.payload = {NULL, 0}};
    if (!read_sign1(message, detached, &parts))
        return TEM_FAIL(error, TEM_E_FORMAT, COSE_FORMAT, "");
    if (!is_algorithm(parts.headers.alg, tem_key_algorithm(key)))
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, COSE_ALGORITHM, "d",
                        (long long)parts.headers.alg);
    /* An empty map is signed as an empty string (RFC 9052 section 4.4). */
    struct tem_bytes header = parts.protected_header;
    if (header.size == 1 && header.data[0] == 0xa0)
        header.size = 0;
    size_t size =
        tem_sign_structure(header, aad, parts.payload, NULL, 0);
    uint8_t *tbs = malloc(size);
    if (!tbs)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    tem_sign_structure(header, aad, parts.payload, tbs, size);
    enum tem_status status = tem_sign_check(
        key, (struct tem_bytes){tbs, size}, parts.signature, holds, error);
    free(tbs);
    return status;
}
