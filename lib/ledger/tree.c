/* SPDX-License-Identifier: MIT */
/* See <tem/ledger.h>: the tree, and proofs of what is in it. */
#include "../error/fail.h"
#include <string.h>
#include <tem/ledger.h>

enum { STEP = TEM_LEDGER_STEP, DEPTH = TEM_LEDGER_DEPTH_MAX };

/* ---- hashes (RFC 9162 section 2.1.1) ------------------------------------ */

enum tem_status tem_ledger_leaf(struct tem_bytes entry, struct tem_hash *hash,
                                struct tem_error *error)
{
    static const uint8_t mark[] = {0};
    const struct tem_bytes parts[] = {{mark, sizeof mark}, entry};
    return tem_sha256_parts(parts, 2, hash->bytes, error);
}

static enum tem_status node_of(const struct tem_hash *left,
                               const struct tem_hash *right,
                               struct tem_hash *hash, struct tem_error *error)
{
    uint8_t both[1 + 2 * TEM_HASH_BYTES] = {1};
    memcpy(both + 1, left->bytes, TEM_HASH_BYTES);
    memcpy(both + 1 + TEM_HASH_BYTES, right->bytes, TEM_HASH_BYTES);
    return tem_sha256((struct tem_bytes){both, sizeof both}, hash->bytes,
                      error);
}

static bool is_same(const struct tem_hash *a, const struct tem_hash *b)
{
    return memcmp(a->bytes, b->bytes, TEM_HASH_BYTES) == 0;
}

static enum tem_status too_large(uint64_t size, struct tem_error *error)
{
    return TEM_FAIL(error, TEM_E_LIMIT, LEDGER_SIZE, "dd", (long long)size,
                    (long long)TEM_LEDGER_SIZE_MAX);
}

/* ---- growing ------------------------------------------------------------ */

enum tem_status
tem_ledger_append(struct tem_ledger_edge *edge, const struct tem_hash *leaf,
                  struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX],
                  size_t *node_count, struct tem_error *error)
{
    struct tem_hash hash = *leaf;
    unsigned level = 0;
    *node_count = 0;
    if (edge->size >= TEM_LEDGER_SIZE_MAX)
        return too_large(edge->size + 1, error);
    for (; edge->size >> level & 1; level++) {
        enum tem_status status =
            node_of(&edge->complete[level], &hash, &hash, error);
        if (status != TEM_OK)
            return status;
        if ((level + 1) % STEP == 0)
            nodes[(*node_count)++] = (struct tem_ledger_node){
                level + 1, edge->size >> (level + 1), hash};
    }
    edge->complete[level] = hash;
    edge->size++;
    return TEM_OK;
}

enum tem_status tem_ledger_edge_root(const struct tem_ledger_edge *edge,
                                     struct tem_hash *root,
                                     struct tem_error *error)
{
    bool first = true;
    struct tem_hash hash = {{0}};
    if (edge->size == 0)
        return tem_sha256((struct tem_bytes){NULL, 0}, root->bytes, error);
    for (unsigned level = 0; level < DEPTH; level++) {
        if (!(edge->size >> level & 1))
            continue;
        enum tem_status status =
            first ? TEM_OK
                  : node_of(&edge->complete[level], &hash, &hash, error);
        if (status != TEM_OK)
            return status;
        if (first)
            hash = edge->complete[level];
        first = false;
    }
    *root = hash;
    return TEM_OK;
}

/* ---- parts of a stored tree --------------------------------------------- */

/* The node of 2^level entries: of those below it that are stored. */
static enum tem_status read_node(const struct tem_ledger_source *source,
                                 unsigned level, uint64_t index,
                                 struct tem_hash *hash, struct tem_error *error)
{
    struct tem_hash below[1 << (STEP - 1)];
    unsigned up = level % STEP;
    size_t count = (size_t)1 << up;
    enum tem_status status = source->read(source->context, level - up,
                                          index << up, count, below, error);
    for (; status == TEM_OK && count > 1; count /= 2)
        for (size_t i = 0; status == TEM_OK && i < count / 2; i++)
            status =
                node_of(&below[2 * i], &below[2 * i + 1], &below[i], error);
    if (status == TEM_OK)
        *hash = below[0];
    return status;
}

/* The tree of entries first..first + size - 1; @p first is a multiple of the
 * least power of two that holds so many. */
static enum tem_status read_edge(const struct tem_ledger_source *source,
                                 uint64_t first, uint64_t size,
                                 struct tem_ledger_edge *edge,
                                 struct tem_error *error)
{
    edge->size = size;
    for (unsigned level = DEPTH; level-- > 0;) {
        if (!(size >> level & 1))
            continue;
        enum tem_status status = read_node(source, level, first >> level,
                                           &edge->complete[level], error);
        if (status != TEM_OK)
            return status;
        first += (uint64_t)1 << level;
    }
    return TEM_OK;
}

enum tem_status tem_ledger_edge_read(const struct tem_ledger_source *source,
                                     uint64_t size,
                                     struct tem_ledger_edge *edge,
                                     struct tem_error *error)
{
    if (size > TEM_LEDGER_SIZE_MAX)
        return too_large(size, error);
    return read_edge(source, 0, size, edge, error);
}

/* Entries first..end - 1, put behind what a proof holds. */
static enum tem_status add_range(const struct tem_ledger_source *source,
                                 uint64_t first, uint64_t end,
                                 struct tem_ledger_proof *proof,
                                 struct tem_error *error)
{
    struct tem_ledger_edge edge;
    enum tem_status status =
        read_edge(source, first, end - first, &edge, error);
    return status == TEM_OK ? tem_ledger_edge_root(
                                  &edge, &proof->hashes[proof->count++], error)
                            : status;
}

/* ---- proofs ------------------------------------------------------------- */

/* The largest power of two less than n > 1: where a tree parts. */
static uint64_t half_of(uint64_t n)
{
    uint64_t half = 1;
    while (half * 2 < n)
        half *= 2;
    return half;
}

/* Proofs are gathered from the root down, and given from the entry up. */
static void turn(struct tem_ledger_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct tem_hash *a = &proof->hashes[i];
        struct tem_hash *b = &proof->hashes[proof->count - 1 - i];
        struct tem_hash kept = *a;
        *a = *b;
        *b = kept;
    }
}

enum tem_status tem_ledger_prove(const struct tem_ledger_source *source,
                                 uint64_t size, uint64_t index,
                                 struct tem_ledger_proof *proof,
                                 struct tem_error *error)
{
    uint64_t first = 0, end = size;
    proof->count = 0;
    if (size > TEM_LEDGER_SIZE_MAX)
        return too_large(size, error);
    if (index >= size)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "index");
    while (end - first > 1) {
        uint64_t middle = first + half_of(end - first);
        bool left = index < middle;
        enum tem_status status = add_range(source, left ? middle : first,
                                           left ? end : middle, proof, error);
        if (status != TEM_OK)
            return status;
        *(left ? &end : &first) = middle;
    }
    turn(proof);
    return TEM_OK;
}

/* Whoever checks has the old root, and needs no node that is all of the old
 * tree. */
static enum tem_status prove_growth(const struct tem_ledger_source *source,
                                    uint64_t before, uint64_t size,
                                    struct tem_ledger_proof *proof,
                                    struct tem_error *error)
{
    uint64_t first = 0, end = size;
    while (before < end) {
        uint64_t middle = first + half_of(end - first);
        bool left = before <= middle;
        enum tem_status status = add_range(source, left ? middle : first,
                                           left ? end : middle, proof, error);
        if (status != TEM_OK)
            return status;
        *(left ? &end : &first) = middle;
    }
    return first == 0 ? TEM_OK : add_range(source, first, end, proof, error);
}

enum tem_status tem_ledger_prove_growth(const struct tem_ledger_source *source,
                                        uint64_t before, uint64_t size,
                                        struct tem_ledger_proof *proof,
                                        struct tem_error *error)
{
    proof->count = 0;
    if (size > TEM_LEDGER_SIZE_MAX)
        return too_large(size, error);
    if (before > size)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "before");
    enum tem_status status =
        before == 0 ? TEM_OK : prove_growth(source, before, size, proof, error);
    turn(proof);
    return status;
}

/* ---- checking ----------------------------------------------------------- */

/* Where a proof stands: the node that it is at and the last one on its level.
 */
struct climb {
    uint64_t node, last;
};

static void rise(struct climb *climb)
{
    climb->node >>= 1;
    climb->last >>= 1;
}

/* Is what comes to the left? If so, levels on which there is nothing to the
 * right of the node are passed. */
static bool is_left(struct climb *climb)
{
    bool left = climb->node & 1 || climb->node == climb->last;
    while (left && !(climb->node & 1) && climb->node != 0)
        rise(climb);
    return left;
}

enum tem_status tem_ledger_check(const struct tem_hash *leaf, uint64_t index,
                                 uint64_t size,
                                 const struct tem_ledger_proof *proof,
                                 const struct tem_hash *root, bool *holds,
                                 struct tem_error *error)
{
    struct climb climb = {index, size - 1};
    struct tem_hash hash = *leaf;
    bool sound = index < size && proof->count <= DEPTH;
    for (size_t i = 0; sound && i < proof->count; i++) {
        const struct tem_hash *other = &proof->hashes[i];
        sound = climb.last != 0;
        bool left = is_left(&climb);
        enum tem_status status =
            node_of(left ? other : &hash, left ? &hash : other, &hash, error);
        if (status != TEM_OK)
            return status;
        rise(&climb);
    }
    *holds = sound && climb.last == 0 && is_same(&hash, root);
    return TEM_OK;
}

/* Both roots from one proof: old and new entries are to the left of a node, new
 * ones alone to its right. */
static enum tem_status grow(struct climb climb, const struct tem_hash *hashes,
                            size_t count, struct tem_hash *old,
                            struct tem_hash *now, bool *sound,
                            struct tem_error *error)
{
    for (size_t i = 0; i < count; i++) {
        enum tem_status status = TEM_OK;
        *sound = *sound && climb.last != 0;
        if (is_left(&climb)) {
            status = node_of(&hashes[i], old, old, error);
            if (status == TEM_OK)
                status = node_of(&hashes[i], now, now, error);
        } else {
            status = node_of(now, &hashes[i], now, error);
        }
        if (status != TEM_OK)
            return status;
        rise(&climb);
    }
    *sound = *sound && climb.last == 0;
    return TEM_OK;
}

static enum tem_status check_growth(uint64_t before,
                                    const struct tem_hash *old_root,
                                    uint64_t size, const struct tem_hash *root,
                                    const struct tem_ledger_proof *proof,
                                    bool *holds, struct tem_error *error)
{
    struct climb climb = {before - 1, size - 1};
    /* A whole tree is its own first node. */
    bool whole = (before & (before - 1)) == 0;
    struct tem_hash old = whole ? *old_root : proof->hashes[0], now = old;
    size_t taken = !whole;
    *holds = proof->count > 0 && proof->count <= DEPTH + 1;
    if (!*holds)
        return TEM_OK;
    while (climb.node & 1)
        rise(&climb);
    enum tem_status status =
        grow(climb, proof->hashes + taken, proof->count - taken, &old, &now,
             holds, error);
    *holds = *holds && is_same(&old, old_root) && is_same(&now, root);
    return status;
}

enum tem_status tem_ledger_check_growth(uint64_t before,
                                        const struct tem_hash *old_root,
                                        uint64_t size,
                                        const struct tem_hash *root,
                                        const struct tem_ledger_proof *proof,
                                        bool *holds, struct tem_error *error)
{
    static const struct tem_ledger_edge nothing = {0};
    struct tem_hash empty;
    if (before > 0 && before < size)
        return check_growth(before, old_root, size, root, proof, holds, error);
    enum tem_status status = tem_ledger_edge_root(&nothing, &empty, error);
    if (status != TEM_OK)
        return status;
    *holds = before <= size && proof->count == 0 &&
             is_same(old_root, before == 0 ? &empty : root);
    return TEM_OK;
}
