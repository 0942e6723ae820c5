/* SPDX-License-Identifier: MIT */
/* See contents.h: one root after another. */
#include "../base/cbor.h"
#include "../error/fail.h"
#include "contents.h"
#include <string.h>

enum { STATEMENT_FORMAT = 1 };

/* ---- writing ------------------------------------------------------------ */

/* The public half as tem_key_from_raw() takes it. */
static enum tem_status succeed(const struct tem_key *root, uint32_t province,
                               const struct tem_key *next,
                               struct tem_buffer *out, struct tem_error *error)
{
    uint8_t memory[160], from[TEM_SHA256_BYTES];
    struct tem_bytes raw = tem_key_raw(next);
    struct tem_cbor_writer writer = {memory, sizeof memory, 0};
    enum tem_status status = tem_key_fingerprint(root, from, error);
    if (status != TEM_OK)
        return status;
    tem_cbor_put_array(&writer, 5);
    tem_cbor_put_uint(&writer, STATEMENT_FORMAT);
    tem_cbor_put_uint(&writer, province);
    tem_cbor_put_bytes(&writer, (struct tem_bytes){from, sizeof from});
    tem_cbor_put_uint(&writer, tem_key_algorithm(next));
    tem_cbor_put_bytes(&writer, raw);
    return tem_cose_sign(root, TEM_TRUST_ROOT_TYPE,
                         (struct tem_bytes){memory, writer.size}, out, error);
}

enum tem_status tem_trust_succeed(const struct tem_key *root, uint32_t province,
                                  const struct tem_key *next,
                                  struct tem_buffer *out,
                                  struct tem_error *error)
{
    struct tem_bytes old = tem_key_raw(root), new = tem_key_raw(next);
    if (province < 1 || province > 99)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "province");
    if (tem_key_is_demo(next))
        return TEM_FAIL(error, TEM_E_KEY, TRUST_ROOT_DEMO, "");
    if (old.size == new.size && memcmp(old.data, new.data, old.size) == 0)
        return TEM_FAIL(error, TEM_E_KEY, TRUST_SAME_ROOT, "");
    return succeed(root, province, next, out, error);
}

/* ---- reading ------------------------------------------------------------ */

struct statement {
    struct tem_bytes from; /* fingerprint */
    enum tem_algorithm algorithm;
    struct tem_bytes raw;
};

static bool get(struct tem_cbor_reader *reader, enum tem_cbor_type type,
                struct tem_cbor_item *item)
{
    return tem_cbor_get(reader, item) && item->type == type;
}

static enum tem_status read_statement(struct tem_bytes bytes, uint32_t province,
                                      struct statement *statement,
                                      struct tem_error *error)
{
    struct tem_bytes payload;
    struct tem_cbor_item items[6];
    enum tem_status status =
        tem_cose_open(bytes, TEM_TRUST_ROOT_TYPE, &payload, error);
    if (status != TEM_OK)
        return status;
    struct tem_cbor_reader reader = {payload, 0};
    bool whole =
        get(&reader, TEM_CBOR_ARRAY, &items[0]) && items[0].value == 5 &&
        get(&reader, TEM_CBOR_UINT, &items[1]) &&
        items[1].value == STATEMENT_FORMAT &&
        get(&reader, TEM_CBOR_UINT, &items[2]) && items[2].value == province &&
        get(&reader, TEM_CBOR_BYTES, &items[3]) &&
        items[3].value == TEM_SHA256_BYTES &&
        get(&reader, TEM_CBOR_UINT, &items[4]) &&
        items[4].value <= TEM_ALGORITHM_ES256 &&
        get(&reader, TEM_CBOR_BYTES, &items[5]) && reader.at == payload.size;
    if (!whole)
        return TEM_FAIL(error, TEM_E_FORMAT, TRUST_CONTENT, "s", "chain");
    statement->from = items[3].data;
    statement->algorithm = (enum tem_algorithm)items[4].value;
    statement->raw = items[5].data;
    return TEM_OK;
}

/* From one root to the next, if the holder's root or a later one signed it. */
static enum tem_status step(struct tem_trust_walk *walk, bool walking,
                            struct tem_bytes bytes, struct tem_key *next,
                            const struct tem_key *root, struct tem_error *error)
{
    bool holds = true;
    enum tem_status status = TEM_OK;
    if (walking)
        status = tem_cose_check(bytes, (struct tem_bytes){NULL, 0},
                                (struct tem_bytes){NULL, 0}, walk->root, &holds,
                                error);
    if (status == TEM_E_UNSUPPORTED) {
        status = TEM_OK;
        holds = false;
    }
    if (status == TEM_OK && !holds)
        status = TEM_FAIL(error, TEM_E_KEY, TRUST_CHAIN, "");
    if (status == TEM_OK && walking) {
        tem_trust_walk_free(walk, root);
        walk->root = next;
    } else {
        tem_key_free(next);
    }
    return status;
}

static bool is_last(const struct tem_trust_walk *walk, struct tem_bytes from)
{
    return memcmp(walk->fingerprints[walk->count - 1], from.data,
                  TEM_SHA256_BYTES) == 0;
}

static enum tem_status take_statement(struct tem_bytes bytes, uint32_t province,
                                      const struct tem_key *root,
                                      const uint8_t own[TEM_SHA256_BYTES],
                                      struct tem_trust_walk *walk,
                                      struct tem_error *error)
{
    struct statement statement;
    struct tem_key *next;
    enum tem_status status = read_statement(bytes, province, &statement, error);
    if (status != TEM_OK)
        return status;
    if (walk->count == 0) /* the first root of all */
        memcpy(walk->fingerprints[walk->count++], statement.from.data,
               TEM_SHA256_BYTES);
    if (!is_last(walk, statement.from))
        return TEM_FAIL(error, TEM_E_FORMAT, TRUST_CONTENT, "s", "chain");
    bool walking =
        walk->root || memcmp(own, statement.from.data, TEM_SHA256_BYTES) == 0;
    if (walking && !walk->root) {
        walk->root = root;
        walk->from = walk->count - 1;
    }
    status = tem_key_from_raw(statement.algorithm, statement.raw, &next, error);
    if (status != TEM_OK)
        return status;
    status =
        tem_key_fingerprint(next, walk->fingerprints[walk->count++], error);
    if (status != TEM_OK) {
        tem_key_free(next);
        return status;
    }
    return step(walk, walking, bytes, next, root, error);
}

enum tem_status tem_trust_walk(const struct tem_trust_contents *contents,
                               const struct tem_key *root,
                               struct tem_trust_walk *walk,
                               struct tem_error *error)
{
    uint8_t own[TEM_SHA256_BYTES];
    walk->root = NULL;
    walk->count = walk->from = 0;
    enum tem_status status = tem_key_fingerprint(root, own, error);
    for (size_t i = 0; i < contents->chain_count && status == TEM_OK; i++)
        status = take_statement(contents->chain[i], contents->province, root,
                                own, walk, error);
    if (status == TEM_OK && !walk->root) { /* the last one, or the only one */
        bool last =
            walk->count == 0 || memcmp(walk->fingerprints[walk->count - 1], own,
                                       TEM_SHA256_BYTES) == 0;
        if (!last)
            return TEM_FAIL(error, TEM_E_KEY, TRUST_OTHER_ROOT, "");
        walk->root = root;
        if (walk->count == 0)
            memcpy(walk->fingerprints[walk->count++], own, TEM_SHA256_BYTES);
        walk->from = walk->count - 1;
    }
    if (status != TEM_OK)
        tem_trust_walk_free(walk, root);
    return status;
}

void tem_trust_walk_free(struct tem_trust_walk *walk,
                         const struct tem_key *root)
{
    if (walk->root != root)
        tem_key_free((struct tem_key *)(uintptr_t)walk->root);
    walk->root = NULL;
}

enum tem_status tem_trust_next_root(const struct tem_trust_contents *contents,
                                    struct tem_key **next,
                                    struct tem_error *error)
{
    struct statement read;
    *next = NULL;
    if (contents->next.size == 0)
        return TEM_OK;
    enum tem_status status =
        read_statement(contents->next, contents->province, &read, error);
    return status == TEM_OK
               ? tem_key_from_raw(read.algorithm, read.raw, next, error)
               : status;
}

/* Does the statement name this root as the one that follows? */
static enum tem_status names(struct tem_bytes statement, uint32_t province,
                             const struct tem_key *root, bool *named,
                             struct tem_error *error)
{
    struct statement read;
    *named = false;
    if (statement.size == 0)
        return TEM_OK;
    enum tem_status status = read_statement(statement, province, &read, error);
    struct tem_bytes raw = tem_key_raw(root);
    *named = status == TEM_OK && read.algorithm == tem_key_algorithm(root) &&
             tem_trust_compare_bytes(read.raw, raw) == 0;
    return status;
}

enum tem_status tem_trust_follow(struct tem_trust_contents *contents,
                                 const struct tem_trust *before,
                                 const struct tem_key *root,
                                 struct tem_error *error)
{
    const struct tem_trust_contents *old = &before->contents;
    uint8_t own[TEM_SHA256_BYTES];
    bool named;
    enum tem_status status = tem_key_fingerprint(root, own, error);
    if (status == TEM_OK)
        status = names(old->next, old->province, root, &named, error);
    if (status != TEM_OK)
        return status;
    if (!named && memcmp(own, before->seen.root, sizeof own) != 0)
        return TEM_FAIL(error, TEM_E_KEY, TRUST_NOT_NEXT, "");
    if (named && old->chain_count == TEM_TRUST_CHAIN_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, TRUST_CHAIN_LONG, "d",
                        (long long)TEM_TRUST_CHAIN_MAX);
    memcpy(contents->chain, old->chain, sizeof contents->chain);
    contents->chain_count = old->chain_count;
    if (named)
        contents->chain[contents->chain_count++] = old->next;
    contents->next = named ? (struct tem_bytes){NULL, 0} : old->next;
    return TEM_OK;
}

/* ---- roots seal no labels ----------------------------------------------- */

static enum tem_status check_keys(const struct tem_trust_contents *contents,
                                  struct tem_bytes root, enum tem_status status,
                                  struct tem_error *error)
{
    for (size_t i = 0; i < contents->key_count; i++)
        if (tem_trust_compare_bytes(contents->keys[i].raw, root) == 0)
            return TEM_FAIL(error, status, TRUST_ROOT_SEALS, "d",
                            (long long)contents->keys[i].kid);
    return TEM_OK;
}

/* The first root of all is known by its fingerprint only. */
static enum tem_status check_first(const struct tem_trust_contents *contents,
                                   struct tem_bytes fingerprint,
                                   enum tem_status status,
                                   struct tem_error *error)
{
    for (size_t i = 0; i < contents->key_count; i++) {
        const struct tem_trust_key *key = &contents->keys[i];
        uint8_t own[TEM_SHA256_BYTES];
        struct tem_key *made;
        if (tem_key_from_raw(key->algorithm, key->raw, &made, NULL) != TEM_OK)
            continue; /* seals nothing */
        enum tem_status done = tem_key_fingerprint(made, own, error);
        tem_key_free(made);
        if (done != TEM_OK)
            return done;
        if (memcmp(own, fingerprint.data, sizeof own) == 0)
            return TEM_FAIL(error, status, TRUST_ROOT_SEALS, "d",
                            (long long)key->kid);
    }
    return TEM_OK;
}

enum tem_status tem_trust_check_roots(const struct tem_trust_contents *contents,
                                      const struct tem_key *root,
                                      enum tem_status status,
                                      struct tem_error *error)
{
    struct statement read;
    enum tem_status done =
        check_keys(contents, tem_key_raw(root), status, error);
    for (size_t i = 0; i <= contents->chain_count && done == TEM_OK; i++) {
        bool last = i == contents->chain_count;
        struct tem_bytes bytes = last ? contents->next : contents->chain[i];
        if (bytes.size == 0)
            continue;
        done = read_statement(bytes, contents->province, &read, error);
        if (done == TEM_E_FORMAT || done == TEM_E_UNSUPPORTED) {
            done = TEM_OK; /* one that is broken names nobody */
            continue;
        }
        if (done == TEM_OK && i == 0 && !last)
            done = check_first(contents, read.from, status, error);
        if (done == TEM_OK)
            done = check_keys(contents, read.raw, status, error);
    }
    return done;
}

enum tem_status tem_trust_check_next(const struct tem_trust_contents *contents,
                                     const struct tem_key *root,
                                     enum tem_status status,
                                     struct tem_error *error)
{
    struct tem_bytes none = {NULL, 0};
    uint8_t own[TEM_SHA256_BYTES];
    struct statement read;
    bool holds = false;
    if (contents->next.size == 0)
        return TEM_OK;
    enum tem_status done = tem_key_fingerprint(root, own, error);
    if (done != TEM_OK)
        return done;
    done = read_statement(contents->next, contents->province, &read, error);
    if (done == TEM_OK && memcmp(read.from.data, own, sizeof own) == 0)
        done = tem_cose_check(contents->next, none, none, root, &holds, error);
    if (done == TEM_E_MEMORY || done == TEM_E_CRYPTO)
        return done;
    return holds ? TEM_OK : TEM_FAIL(error, status, TRUST_CONTENT, "s", "next");
}
