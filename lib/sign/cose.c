/* SPDX-License-Identifier: MIT */
/* See <tem/sign.h>: COSE_Sign1 of RFC 9052 section 4.2. */
#include "../base/buffer.h"
#include "../base/cbor.h"
#include "../error/fail.h"
#include "structure.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_SIGN1 = 18, HEADERS_MAX = 32 };

/* ---- writing ---- */

static void put_message(struct tem_cbor_writer *writer, struct tem_bytes header,
                        struct tem_bytes payload, struct tem_bytes signature)
{
    tem_cbor_put_tag(writer, TAG_SIGN1);
    tem_cbor_put_array(writer, 4);
    tem_cbor_put_bytes(writer, header);
    tem_cbor_put_map(writer, 0);
    tem_cbor_put_bytes(writer, payload);
    tem_cbor_put_bytes(writer, signature);
}

enum tem_status tem_cose_encode(const struct tem_sealed *sealed,
                                struct tem_buffer *out, struct tem_error *error)
{
    if ((sealed->algorithm != TEM_ALGORITHM_ED25519 &&
         sealed->algorithm != TEM_ALGORITHM_ES256) ||
        sealed->payload.size < 1 || sealed->payload.size > TEM_PAYLOAD_MAX ||
        sealed->signature.size != TEM_SIGNATURE_BYTES)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "sealed");
    uint8_t header[TEM_SIGN_PROTECTED_BYTES], memory[TEM_COSE_MAX];
    struct tem_cbor_writer writer = {memory, sizeof memory, 0};
    tem_sign_protected(sealed->algorithm, sealed->kid, header);
    put_message(&writer, (struct tem_bytes){header, sizeof header},
                sealed->payload, sealed->signature);
    return tem_buffer_put(out, (struct tem_bytes){memory, writer.size}, error);
}

/* The map {1: algorithm, 3: content type, 4: kid}. */
static enum tem_status put_header(const struct tem_key *key,
                                  struct tem_bytes type,
                                  struct tem_cbor_writer *writer,
                                  struct tem_error *error)
{
    uint8_t fingerprint[TEM_SHA256_BYTES];
    enum tem_status status = tem_key_fingerprint(key, fingerprint, error);
    tem_cbor_put_map(writer, 3);
    tem_cbor_put_int(writer, TEM_SIGN_COSE_ALG);
    tem_cbor_put_int(writer, tem_key_algorithm(key) == TEM_ALGORITHM_ED25519
                                 ? TEM_SIGN_COSE_EDDSA
                                 : TEM_SIGN_COSE_ES256);
    tem_cbor_put_int(writer, TEM_SIGN_COSE_TYPE);
    tem_cbor_put_text(writer, type);
    tem_cbor_put_int(writer, TEM_SIGN_COSE_KID);
    tem_cbor_put_bytes(writer,
                       (struct tem_bytes){fingerprint, TEM_COSE_KID_BYTES});
    return status;
}

enum tem_status tem_cose_sign(const struct tem_key *key, const char *type,
                              struct tem_bytes payload, struct tem_buffer *out,
                              struct tem_error *error)
{
    uint8_t memory[TEM_COSE_TYPE_MAX + 32], signature[TEM_SIGNATURE_BYTES];
    struct tem_cbor_writer header = {memory, sizeof memory, 0};
    if (strlen(type) > TEM_COSE_TYPE_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "type");
    enum tem_status status =
        put_header(key, tem_bytes_of(type), &header, error);
    struct tem_bytes bytes = {memory, header.size};
    struct tem_sign_structure structure;
    if (status == TEM_OK)
        status = tem_sign_structure(bytes, (struct tem_bytes){NULL, 0}, payload,
                                    &structure, error);
    if (status != TEM_OK)
        return status;
    status = tem_sign(key, structure.bytes, signature, error);
    free(structure.heap);
    if (status != TEM_OK)
        return status;
    struct tem_cbor_writer writer = {out->data, out->capacity, 0};
    put_message(&writer, bytes, payload,
                (struct tem_bytes){signature, sizeof signature});
    if (writer.size > writer.capacity)
        return TEM_FAIL(error, TEM_E_CAPACITY, CAPACITY, "d",
                        (long long)writer.size);
    out->size = writer.size;
    return TEM_OK;
}

/* ---- header parameters (section 3) ---- */

/* A message being taken apart. */
struct message {
    struct tem_bytes header; /* protected, as Sig_structure takes it */
    struct tem_bytes payload;
    bool detached;
    struct tem_bytes signature;
    struct tem_cbor_item labels[HEADERS_MAX]; /* of both maps */
    size_t label_count, protected_count;
    bool has_algorithm;
    struct tem_cbor_item algorithm;
    struct tem_bytes type;         /* protected content type, if it is a text */
    struct tem_cbor_item critical; /* the array's head; value 0: none */
    struct tem_cbor_reader critical_items;
};

static bool is_int(const struct tem_cbor_item *item)
{
    return item->type == TEM_CBOR_UINT || item->type == TEM_CBOR_NINT;
}

static bool is_label(const struct tem_cbor_item *item)
{
    return is_int(item) || item->type == TEM_CBOR_TEXT;
}

static bool is_parameter(const struct tem_cbor_item *label, uint64_t number)
{
    return label->type == TEM_CBOR_UINT && label->value == number;
}

static bool same_label(const struct tem_cbor_item *a,
                       const struct tem_cbor_item *b)
{
    if (a->type != b->type || a->value != b->value)
        return false;
    return is_int(a) || a->value == 0 ||
           memcmp(a->data.data, b->data.data, a->data.size) == 0;
}

static bool has_label(const struct message *message, size_t count,
                      const struct tem_cbor_item *label)
{
    for (size_t i = 0; i < count; i++)
        if (same_label(&message->labels[i], label))
            return true;
    return false;
}

/* An integer, or the word "text" for any text: what a stranger wrote is not to
 * be shown unlooked at. */
static const char *show(const struct tem_cbor_item *item, char out[40])
{
    if (item->type == TEM_CBOR_TEXT)
        snprintf(out, 40, "\"text\"");
    else if (item->type == TEM_CBOR_UINT)
        snprintf(out, 40, "%llu", (unsigned long long)item->value);
    else if (item->value < INT64_MAX)
        snprintf(out, 40, "%lld", -1 - (long long)item->value);
    else
        snprintf(out, 40, "-1-%llu", (unsigned long long)item->value);
    return out;
}

static enum tem_status syntax(struct tem_error *error, size_t at,
                              const char *part)
{
    return TEM_FAIL_AT(error, TEM_E_FORMAT, at, COSE_SYNTAX, "s", part);
}

static enum tem_status bad_parameter(struct tem_error *error,
                                     const struct tem_cbor_item *label)
{
    char name[40];
    return TEM_FAIL_AT(error, TEM_E_FORMAT, label->start, COSE_HEADER, "s",
                       show(label, name));
}

/* The value of a parameter that matters here, its head being @p value: of the
 * right type? (section 3.1) */
static bool take_value(struct message *message,
                       const struct tem_cbor_item *label,
                       const struct tem_cbor_item *value,
                       const struct tem_cbor_reader *after_head,
                       bool is_protected)
{
    if (is_parameter(label, TEM_SIGN_COSE_ALG)) {
        message->has_algorithm = true;
        message->algorithm = *value;
        return is_label(value);
    }
    if (is_parameter(label, TEM_SIGN_COSE_CRIT)) {
        message->critical = *value;
        message->critical_items = *after_head;
        return is_protected && value->type == TEM_CBOR_ARRAY &&
               value->value > 0;
    }
    if (is_parameter(label, TEM_SIGN_COSE_TYPE)) {
        if (is_protected && value->type == TEM_CBOR_TEXT)
            message->type = value->data;
        return value->type == TEM_CBOR_TEXT || value->type == TEM_CBOR_UINT;
    }
    return !is_parameter(label, TEM_SIGN_COSE_KID) ||
           value->type == TEM_CBOR_BYTES;
}

static enum tem_status read_parameter(struct message *message,
                                      struct tem_cbor_reader *reader,
                                      bool is_protected,
                                      struct tem_error *error)
{
    struct tem_cbor_item label, value;
    if (!tem_cbor_get(reader, &label) || !is_label(&label))
        return syntax(error, reader->at, "label");
    if (message->label_count == HEADERS_MAX)
        return TEM_FAIL_AT(error, TEM_E_FORMAT, label.start, COSE_HEADERS, "d",
                           (long long)HEADERS_MAX);
    if (has_label(message, message->label_count, &label))
        return bad_parameter(error, &label);
    message->labels[message->label_count++] = label;
    struct tem_cbor_reader after_head = *reader;
    if (!tem_cbor_get(&after_head, &value) || !tem_cbor_skip(reader))
        return syntax(error, reader->at, "header");
    if (!take_value(message, &label, &value, &after_head, is_protected))
        return bad_parameter(error, &label);
    return TEM_OK;
}

static enum tem_status read_parameters(struct message *message,
                                       struct tem_cbor_reader *reader,
                                       bool is_protected,
                                       struct tem_error *error)
{
    struct tem_cbor_item map;
    if (!tem_cbor_get(reader, &map) || map.type != TEM_CBOR_MAP)
        return syntax(error, reader->at,
                      is_protected ? "protected" : "unprotected");
    enum tem_status status = TEM_OK;
    for (uint64_t i = 0; i < map.value && status == TEM_OK; i++)
        status = read_parameter(message, reader, is_protected, error);
    return status;
}

/* Section 3: a zero-length string or an encoded map; no parameters stand as a
 * zero-length string in the Sig_structure (section 4.4 step 1). */
static enum tem_status read_protected(struct message *message,
                                      struct tem_bytes bytes,
                                      struct tem_bytes header,
                                      struct tem_error *error)
{
    if (header.size == 0)
        return TEM_OK;
    size_t before = (size_t)(header.data - bytes.data);
    struct tem_cbor_reader reader = {{bytes.data, before + header.size},
                                     before};
    enum tem_status status = read_parameters(message, &reader, true, error);
    if (status != TEM_OK)
        return status;
    if (reader.at != reader.input.size)
        return syntax(error, reader.at, "protected");
    message->protected_count = message->label_count;
    if (message->label_count > 0)
        message->header = header;
    return TEM_OK;
}

/* Section 3.1: every parameter listed must be there, protected, and be
 * understood: alg, crit and kid are. */
static enum tem_status check_critical(const struct message *message,
                                      struct tem_error *error)
{
    struct tem_cbor_reader reader = message->critical_items;
    for (uint64_t i = 0; i < message->critical.value; i++) {
        struct tem_cbor_item label;
        bool understood = tem_cbor_get(&reader, &label) &&
                          (is_parameter(&label, TEM_SIGN_COSE_ALG) ||
                           is_parameter(&label, TEM_SIGN_COSE_CRIT) ||
                           is_parameter(&label, TEM_SIGN_COSE_KID)) &&
                          has_label(message, message->protected_count, &label);
        if (!understood)
            return TEM_FAIL(error, TEM_E_FORMAT, COSE_CRITICAL, "");
    }
    return TEM_OK;
}

/* ---- the message ---- */

static bool get_bytes(struct tem_cbor_reader *reader, struct tem_bytes *bytes)
{
    struct tem_cbor_item item;
    if (!tem_cbor_get(reader, &item) || item.type != TEM_CBOR_BYTES)
        return false;
    *bytes = item.data;
    return true;
}

static enum tem_status read_array(struct tem_cbor_reader *reader,
                                  struct tem_error *error)
{
    struct tem_cbor_item item;
    bool got = tem_cbor_get(reader, &item);
    if (got && item.type == TEM_CBOR_TAG && item.value == TAG_SIGN1)
        got = tem_cbor_get(reader, &item);
    if (!got || item.type != TEM_CBOR_ARRAY || item.value != 4)
        return syntax(error, 0, "COSE_Sign1");
    return TEM_OK;
}

static enum tem_status read_message(struct tem_bytes bytes,
                                    struct message *message,
                                    struct tem_error *error)
{
    struct tem_cbor_reader reader = {bytes, 0};
    struct tem_bytes header;
    enum tem_status status = read_array(&reader, error);
    if (status != TEM_OK)
        return status;
    if (!get_bytes(&reader, &header))
        return syntax(error, reader.at, "protected");
    status = read_protected(message, bytes, header, error);
    if (status == TEM_OK)
        status = read_parameters(message, &reader, false, error);
    if (status != TEM_OK)
        return status;
    struct tem_cbor_item payload;
    if (!tem_cbor_get(&reader, &payload) ||
        (payload.type != TEM_CBOR_BYTES && payload.type != TEM_CBOR_NULL))
        return syntax(error, reader.at, "payload");
    message->detached = payload.type == TEM_CBOR_NULL;
    message->payload = payload.data;
    if (!get_bytes(&reader, &message->signature) || reader.at != bytes.size)
        return syntax(error, reader.at, "signature");
    return check_critical(message, error);
}

/* RFC 9053 section 2 and RFC 9864 section 2: the algorithms by number. */
static enum tem_status check_algorithm(const struct tem_cbor_item *item,
                                       const struct tem_key *key,
                                       struct tem_error *error)
{
    char name[40];
    bool negative = item->type == TEM_CBOR_NINT;
    bool ed = negative && (item->value == 8 - 1 || item->value == 19 - 1);
    bool es = negative && (item->value == 7 - 1 || item->value == 9 - 1);
    if (!ed && !es)
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, COSE_ALGORITHM, "s",
                        show(item, name));
    if (ed != (tem_key_algorithm(key) == TEM_ALGORITHM_ED25519))
        return TEM_FAIL(error, TEM_E_UNSUPPORTED, COSE_OTHER_KEY, "s",
                        show(item, name));
    return TEM_OK;
}

static enum tem_status choose_payload(struct message *message,
                                      struct tem_bytes detached,
                                      struct tem_error *error)
{
    if (!message->detached && detached.size > 0)
        return TEM_FAIL(error, TEM_E_ARGUMENT, COSE_TWO_PAYLOADS, "");
    if (message->detached && !detached.data)
        return TEM_FAIL(error, TEM_E_FORMAT, COSE_DETACHED, "");
    if (message->detached)
        message->payload = detached;
    return TEM_OK;
}

enum tem_status tem_cose_check(struct tem_bytes message, struct tem_bytes aad,
                               struct tem_bytes detached,
                               const struct tem_key *key, bool *holds,
                               struct tem_error *error)
{
    struct message parts = {0};
    enum tem_status status = read_message(message, &parts, error);
    if (status == TEM_OK && !parts.has_algorithm)
        status = TEM_FAIL(error, TEM_E_FORMAT, COSE_NO_ALGORITHM, "");
    if (status == TEM_OK)
        status = check_algorithm(&parts.algorithm, key, error);
    if (status == TEM_OK)
        status = choose_payload(&parts, detached, error);
    struct tem_sign_structure structure;
    if (status == TEM_OK)
        status = tem_sign_structure(parts.header, aad, parts.payload,
                                    &structure, error);
    if (status != TEM_OK)
        return status;
    status =
        tem_sign_check(key, structure.bytes, parts.signature, holds, error);
    free(structure.heap);
    return status;
}

enum tem_status tem_cose_open(struct tem_bytes message, const char *type,
                              struct tem_bytes *payload,
                              struct tem_error *error)
{
    struct message parts = {0};
    struct tem_bytes wanted = tem_bytes_of(type);
    enum tem_status status = read_message(message, &parts, error);
    if (status != TEM_OK)
        return status;
    if (parts.detached)
        return TEM_FAIL(error, TEM_E_FORMAT, COSE_DETACHED, "");
    if (parts.type.size != wanted.size || wanted.size == 0 ||
        memcmp(parts.type.data, wanted.data, wanted.size) != 0)
        return TEM_FAIL(error, TEM_E_FORMAT, COSE_TYPE, "s", type);
    *payload = parts.payload;
    return TEM_OK;
}
