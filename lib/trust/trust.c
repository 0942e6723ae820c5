/* SPDX-License-Identifier: MIT */
/* See <tem/trust.h>: a bundle opened, written, and asked. */
#include "../error/fail.h"
#include "contents.h"
#include <stdlib.h>
#include <string.h>

enum { ENVELOPE_MAX = 512 }; /* of COSE around a payload, and more */

/* ---- writing ------------------------------------------------------------ */

enum tem_status tem_trust_write(const struct tem_trust_contents *contents,
                                const struct tem_key *root,
                                struct tem_buffer *out, struct tem_error *error)
{
    if (tem_key_is_demo(root))
        return TEM_FAIL(error, TEM_E_KEY, TRUST_ROOT_DEMO, "");
    enum tem_status status = tem_trust_check(contents, TEM_E_ARGUMENT, error);
    struct tem_trust_index index;
    if (status == TEM_OK)
        status = tem_trust_check_roots(contents, root, TEM_E_ARGUMENT, error);
    if (status == TEM_OK)
        status = tem_trust_check_next(contents, root, TEM_E_ARGUMENT, error);
    if (status == TEM_OK)
        status = tem_trust_index(contents, &index, error);
    if (status != TEM_OK)
        return status;
    status = tem_trust_index_check(contents, &index, TEM_E_ARGUMENT, error);
    tem_trust_index_free(&index);
    if (status != TEM_OK)
        return status;
    size_t size = tem_trust_encode(contents, NULL, 0);
    if (size > TEM_TRUST_FILE_MAX - ENVELOPE_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, TRUST_LONG, "d",
                        (long long)(TEM_TRUST_FILE_MAX >> 20));
    uint8_t *payload = malloc(size);
    if (!payload)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    tem_trust_encode(contents, payload, size);
    status = tem_cose_sign(root, TEM_TRUST_TYPE,
                           (struct tem_bytes){payload, size}, out, error);
    free(payload);
    return status;
}

/* ---- opening ------------------------------------------------------------ */

static enum tem_status holds_under(struct tem_bytes file,
                                   const struct tem_key *key, bool *holds,
                                   struct tem_error *error)
{
    struct tem_bytes none = {NULL, 0};
    enum tem_status status =
        tem_cose_check(file, none, none, key, holds, error);
    if (status != TEM_E_UNSUPPORTED)
        return status;
    *holds = false; /* signed by another algorithm than the key's */
    return TEM_OK;
}

static enum tem_status check_signature(struct tem_bytes file,
                                       const struct tem_trust_walk *walk,
                                       const struct tem_key *root,
                                       struct tem_error *error)
{
    bool holds = false, old = false;
    enum tem_status status = holds_under(file, walk->root, &holds, error);
    if (status == TEM_OK && !holds && walk->root != root)
        status = holds_under(file, root, &old, error);
    if (status != TEM_OK || holds)
        return status;
    if (old)
        return TEM_FAIL(error, TEM_E_KEY, TRUST_SUPERSEDED, "");
    return TEM_FAIL(error, TEM_E_KEY, TRUST_OTHER_ROOT, "");
}

static bool ends_alike(const struct tem_trust_walk *a,
                       const struct tem_trust_walk *b)
{
    return memcmp(a->fingerprints[a->count - 1], b->fingerprints[b->count - 1],
                  TEM_SHA256_BYTES) == 0;
}

/* Does the chain lead from the root that was seen to the one that signed, with
 * each signature on the way? Of what stands before the holder's own root only
 * this tells: anybody can write names there. */
static enum tem_status check_lead(const struct tem_trust_contents *contents,
                                  const struct tem_trust_walk *walk,
                                  const struct tem_trust_seen *seen,
                                  bool *leads, struct tem_error *error)
{
    struct tem_trust_walk from_seen;
    struct tem_key *root;
    *leads = false;
    for (size_t i = walk->from; i < walk->count; i++)
        *leads |=
            memcmp(walk->fingerprints[i], seen->root, TEM_SHA256_BYTES) == 0;
    if (*leads || seen->key_size == 0)
        return TEM_OK;
    enum tem_status status = tem_key_from_raw(
        seen->algorithm, (struct tem_bytes){seen->key, seen->key_size}, &root,
        error);
    if (status != TEM_OK)
        return status;
    status = tem_trust_walk(contents, root, &from_seen, error);
    if (status == TEM_OK) {
        *leads = ends_alike(&from_seen, walk);
        tem_trust_walk_free(&from_seen, root);
    }
    tem_key_free(root);
    return status == TEM_E_KEY ? TEM_OK : status;
}

/* Nothing may go back: not the version, not the root. */
static enum tem_status check_seen(const struct tem_trust_contents *contents,
                                  const struct tem_trust_walk *walk,
                                  const struct tem_trust_seen *seen,
                                  struct tem_error *error)
{
    bool leads;
    if (!seen || seen->province == 0)
        return TEM_OK;
    if (seen->province != contents->province)
        return TEM_FAIL(error, TEM_E_KEY, TRUST_PROVINCE, "dd",
                        (long long)contents->province,
                        (long long)seen->province);
    enum tem_status status = check_lead(contents, walk, seen, &leads, error);
    if (status != TEM_OK)
        return status;
    if (!leads)
        return TEM_FAIL(error, TEM_E_KEY, TRUST_SUPERSEDED, "");
    if (contents->version < seen->version)
        return TEM_FAIL(error, TEM_E_KEY, TRUST_ROLLBACK, "dd",
                        (long long)contents->version, (long long)seen->version);
    return TEM_OK;
}

static void remember(const struct tem_trust_contents *contents,
                     const struct tem_trust_walk *walk,
                     struct tem_trust_seen *seen)
{
    struct tem_bytes raw = tem_key_raw(walk->root);
    *seen = (struct tem_trust_seen){.province = contents->province,
                                    .version = contents->version,
                                    .algorithm = tem_key_algorithm(walk->root),
                                    .key_size = raw.size};
    memcpy(seen->root, walk->fingerprints[walk->count - 1], TEM_SHA256_BYTES);
    memcpy(seen->key, raw.data, raw.size);
}

/* Is there no other way to write it? */
static enum tem_status check_bytes(const struct tem_trust_contents *contents,
                                   struct tem_bytes payload,
                                   struct tem_error *error)
{
    uint8_t *again = malloc(payload.size);
    if (!again)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    size_t size = tem_trust_encode(contents, again, payload.size);
    bool same = size == payload.size && memcmp(again, payload.data, size) == 0;
    free(again);
    return same ? TEM_OK
                : TEM_FAIL(error, TEM_E_FORMAT, TRUST_CONTENT, "s", "encoding");
}

/* By whom it is signed. */
static enum tem_status check_roots(struct tem_trust *trust,
                                   struct tem_bytes file,
                                   const struct tem_key *root,
                                   const struct tem_trust_seen *seen,
                                   struct tem_error *error)
{
    struct tem_trust_walk walk;
    const struct tem_trust_contents *contents = &trust->contents;
    enum tem_status status = tem_trust_walk(contents, root, &walk, error);
    if (status != TEM_OK)
        return status;
    status = check_signature(file, &walk, root, error);
    if (status == TEM_OK)
        status = check_seen(contents, &walk, seen, error);
    if (status == TEM_OK)
        status = tem_trust_check_next(contents, walk.root, TEM_E_FORMAT, error);
    if (status == TEM_OK)
        remember(contents, &walk, &trust->seen);
    tem_trust_walk_free(&walk, root);
    return status;
}

static enum tem_status
check_trust(struct tem_trust *trust, struct tem_bytes file,
            struct tem_bytes payload, const struct tem_key *root,
            const struct tem_trust_seen *seen, struct tem_error *error)
{
    enum tem_status status = check_roots(trust, file, root, seen, error);
    if (status == TEM_OK)
        status = check_bytes(&trust->contents, payload, error);
    if (status == TEM_OK)
        status = tem_trust_check(&trust->contents, TEM_E_FORMAT, error);
    if (status == TEM_OK)
        status =
            tem_trust_check_roots(&trust->contents, root, TEM_E_FORMAT, error);
    return status;
}

/* ---- the whole ---------------------------------------------------------- */

enum tem_status tem_trust_open(struct tem_bytes file,
                               const struct tem_key *root,
                               const struct tem_trust_seen *seen,
                               struct tem_trust **trust,
                               struct tem_error *error)
{
    struct tem_bytes payload;
    if (file.size > TEM_TRUST_FILE_MAX)
        return TEM_FAIL(error, TEM_E_LIMIT, TRUST_LONG, "d",
                        (long long)(TEM_TRUST_FILE_MAX >> 20));
    if (tem_key_is_demo(root))
        return TEM_FAIL(error, TEM_E_KEY, TRUST_ROOT_DEMO, "");
    struct tem_trust *t = calloc(1, sizeof *t);
    if (t)
        t->file = malloc(file.size + 1);
    if (!t || !t->file) {
        free(t);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    if (file.size > 0)
        memcpy(t->file, file.data, file.size);
    struct tem_bytes copy = {t->file, file.size};
    enum tem_status status =
        tem_cose_open(copy, TEM_TRUST_TYPE, &payload, error);
    if (status == TEM_E_FORMAT) /* of the syntax its user knows nothing */
        status = TEM_FAIL(error, TEM_E_FORMAT, TRUST_NO_BUNDLE, "");
    if (status == TEM_OK)
        status = tem_trust_decode(payload, &t->contents, error);
    if (status == TEM_OK)
        status = check_trust(t, copy, payload, root, seen, error);
    if (status == TEM_OK)
        status = tem_trust_index(&t->contents, &t->index, error);
    if (status == TEM_OK)
        status =
            tem_trust_index_check(&t->contents, &t->index, TEM_E_FORMAT, error);
    if (status != TEM_OK) {
        tem_trust_free(t);
        return status;
    }
    *trust = t;
    return TEM_OK;
}

void tem_trust_free(struct tem_trust *trust)
{
    if (!trust)
        return;
    tem_trust_release(&trust->contents);
    tem_trust_index_free(&trust->index);
    free(trust->file);
    free(trust);
}

const struct tem_trust_contents *tem_trust_all(const struct tem_trust *trust)
{
    return &trust->contents;
}

void tem_trust_remember(const struct tem_trust *trust,
                        struct tem_trust_seen *seen)
{
    *seen = trust->seen;
}
