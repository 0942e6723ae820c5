/* SPDX-License-Identifier: MIT */
/* Mirrors lib/tem/ledger.h, the tree: against RFC 9162 as it is written, over
 * all small trees, and against the numbers that everybody has. */
#include "test.h"
#include <stdlib.h>
#include <string.h>
#include <tem/ledger.h>

enum { SMALL = 40, LARGE = 70000 };

/* ---- RFC 9162 as it is written: recursive, over all entries ------------- */

static struct tem_hash leaves[LARGE];

static struct tem_hash sha256(const uint8_t *data, size_t size)
{
    struct tem_hash hash;
    if (tem_sha256((struct tem_bytes){data, size}, hash.bytes, NULL) != TEM_OK)
        exit(99);
    return hash;
}

static struct tem_hash join(struct tem_hash left, struct tem_hash right)
{
    uint8_t both[65] = {1};
    memcpy(both + 1, left.bytes, 32);
    memcpy(both + 33, right.bytes, 32);
    return sha256(both, sizeof both);
}

static size_t split_of(size_t n)
{
    size_t k = 1;
    while (k * 2 < n)
        k *= 2;
    return k;
}

/* Section 2.1.1. */
static struct tem_hash mth(size_t first, size_t n)
{
    if (n == 0)
        return sha256(NULL, 0);
    if (n == 1)
        return leaves[first];
    size_t k = split_of(n);
    return join(mth(first, k), mth(first + k, n - k));
}

/* Section 2.1.3.1. */
static void path(size_t m, size_t first, size_t n,
                 struct tem_ledger_proof *proof)
{
    if (n == 1)
        return;
    size_t k = split_of(n);
    if (m < k)
        path(m, first, k, proof);
    else
        path(m - k, first + k, n - k, proof);
    proof->hashes[proof->count++] =
        m < k ? mth(first + k, n - k) : mth(first, k);
}

/* Section 2.1.4.1. */
static void subproof(size_t m, size_t first, size_t n, bool whole,
                     struct tem_ledger_proof *proof)
{
    if (m == n) {
        if (!whole)
            proof->hashes[proof->count++] = mth(first, n);
        return;
    }
    size_t k = split_of(n);
    if (m <= k)
        subproof(m, first, k, whole, proof);
    else
        subproof(m - k, first + k, n - k, false, proof);
    proof->hashes[proof->count++] =
        m <= k ? mth(first + k, n - k) : mth(first, k);
}

/* ---- a log in memory ---------------------------------------------------- */

struct store {
    struct tem_ledger_edge edge;
    struct tem_hash nodes[LARGE / 256 + 1]; /* of level 8 */
    struct tem_hash higher;                 /* the one of level 16 */
    size_t node_count, higher_count;
    long read; /* hashes */
    bool fails;
};

static struct store store;

static enum tem_status read_store(void *context, unsigned level, uint64_t first,
                                  size_t count, struct tem_hash *hashes,
                                  struct tem_error *error)
{
    struct store *from = context;
    const struct tem_hash *all = level == 0   ? leaves
                                 : level == 8 ? from->nodes
                                              : &from->higher;
    size_t there = level == 0   ? from->edge.size
                   : level == 8 ? from->node_count
                                : from->higher_count;
    if (from->fails) {
        error->status = TEM_E_IO;
        return TEM_E_IO;
    }
    CHECK(count >= 1 && count <= 256);
    CHECK(first + count <= there);
    if (first + count > there)
        exit(99);
    memcpy(hashes, all + first, count * sizeof *hashes);
    from->read += (long)count;
    return TEM_OK;
}

static const struct tem_ledger_source source = {read_store, &store};

static void append(size_t entry)
{
    struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX];
    size_t count;
    CHECK_INT(
        tem_ledger_append(&store.edge, &leaves[entry], nodes, &count, NULL),
        TEM_OK);
    for (size_t i = 0; i < count; i++) {
        CHECK_INT(nodes[i].level, 8 * (i + 1));
        if (i == 0) {
            CHECK_INT(nodes[i].index, store.node_count);
            store.nodes[store.node_count++] = nodes[i].hash;
        } else {
            CHECK_INT(nodes[i].index, store.higher_count++);
            store.higher = nodes[i].hash;
        }
    }
}

static void grow_to(size_t size)
{
    memset(&store, 0, sizeof store);
    for (size_t i = 0; i < size; i++)
        append(i);
}

static void make_leaves(void)
{
    for (uint32_t i = 0; i < LARGE; i++)
        if (tem_ledger_leaf((struct tem_bytes){(uint8_t *)&i, sizeof i},
                            &leaves[i], NULL) != TEM_OK)
            exit(99);
}

static bool same(struct tem_hash a, struct tem_hash b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static bool same_proof(const struct tem_ledger_proof *a,
                       const struct tem_ledger_proof *b)
{
    return a->count == b->count &&
           memcmp(a->hashes, b->hashes, a->count * sizeof *a->hashes) == 0;
}

static struct tem_hash root_of(uint64_t size)
{
    struct tem_ledger_edge edge;
    struct tem_hash root = {{0}};
    CHECK_INT(tem_ledger_edge_read(&source, size, &edge, NULL), TEM_OK);
    CHECK_INT(tem_ledger_edge_root(&edge, &root, NULL), TEM_OK);
    return root;
}

/* ---- tests -------------------------------------------------------------- */

/* The eight entries of RFC 6962's first implementation, whose roots every log
 * since has in its tests. */
TEST(known_roots)
{
    static const uint8_t entries[] =
        "\x00\x10\x20\x21\x30\x31\x40\x41\x42\x43\x50\x51\x52\x53\x54\x55\x56"
        "\x57\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f";
    static const size_t sizes[] = {0, 1, 1, 2, 2, 4, 8, 16};
    static const char *const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    struct tem_ledger_edge edge = {0};
    size_t at = 0;
    for (size_t i = 0;; i++) {
        struct tem_hash root, leaf;
        struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX];
        size_t count;
        char hex[65];
        CHECK_INT(tem_ledger_edge_root(&edge, &root, NULL), TEM_OK);
        for (int k = 0; k < 32; k++)
            snprintf(hex + 2 * k, 3, "%02x", root.bytes[k]);
        CHECK_STR(hex, roots[i]);
        if (i == 8)
            break;
        CHECK_INT(tem_ledger_leaf((struct tem_bytes){entries + at, sizes[i]},
                                  &leaf, NULL),
                  TEM_OK);
        at += sizes[i];
        CHECK_INT(tem_ledger_append(&edge, &leaf, nodes, &count, NULL), TEM_OK);
        CHECK_INT(count, 0);
    }
}

/* Every root, every proof of an entry and every proof of growth of small
 * trees. */
TEST(small)
{
    grow_to(SMALL);
    for (size_t size = 0; size <= SMALL; size++) {
        CHECK(same(root_of(size), mth(0, size)));
        for (size_t m = 0; m < size; m++) {
            struct tem_ledger_proof proof, want = {0};
            struct tem_hash root = mth(0, size);
            bool holds;
            path(m, 0, size, &want);
            CHECK_INT(tem_ledger_prove(&source, size, m, &proof, NULL), TEM_OK);
            CHECK(same_proof(&proof, &want));
            CHECK_INT(tem_ledger_check(&leaves[m], m, size, &proof, &root,
                                       &holds, NULL),
                      TEM_OK);
            CHECK(holds);
        }
        for (size_t m = 0; m <= size; m++) {
            struct tem_ledger_proof proof, want = {0};
            struct tem_hash old = mth(0, m), root = mth(0, size);
            bool holds;
            if (m > 0)
                subproof(m, 0, size, true, &want);
            CHECK_INT(tem_ledger_prove_growth(&source, m, size, &proof, NULL),
                      TEM_OK);
            CHECK(same_proof(&proof, &want));
            CHECK_INT(tem_ledger_check_growth(m, &old, size, &root, &proof,
                                              &holds, NULL),
                      TEM_OK);
            CHECK(holds);
        }
    }
}

/* Over the levels that are stored. */
TEST(large)
{
    static const size_t sizes[] = {255,   256,   257,   511,   512,
                                   65535, 65536, 65537, 65793, LARGE};
    grow_to(LARGE);
    CHECK_INT(store.node_count, LARGE / 256);
    CHECK_INT(store.higher_count, 1);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i];
        struct tem_hash root = mth(0, size), old = mth(0, 255);
        struct tem_ledger_proof proof, want = {0}, grown = {0};
        bool holds;
        store.read = 0;
        CHECK(same(root_of(size), root));
        CHECK(store.read <= 3 * 255);
        path(200, 0, size, &want);
        CHECK_INT(tem_ledger_prove(&source, size, 200, &proof, NULL), TEM_OK);
        CHECK(same_proof(&proof, &want));
        subproof(255, 0, size, true, &grown);
        CHECK_INT(tem_ledger_prove_growth(&source, 255, size, &proof, NULL),
                  TEM_OK);
        CHECK(same_proof(&proof, &grown));
        CHECK_INT(tem_ledger_check_growth(255, &old, size, &root, &proof,
                                          &holds, NULL),
                  TEM_OK);
        CHECK(holds);
    }
}

/* One that goes on from a tree that was read is the same. */
TEST(going_on)
{
    grow_to(1000);
    struct tem_ledger_edge edge;
    CHECK_INT(tem_ledger_edge_read(&source, 700, &edge, NULL), TEM_OK);
    for (size_t i = 700; i < 1000; i++) {
        struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX];
        size_t count;
        CHECK_INT(tem_ledger_append(&edge, &leaves[i], nodes, &count, NULL),
                  TEM_OK);
    }
    struct tem_hash root;
    CHECK_INT(tem_ledger_edge_root(&edge, &root, NULL), TEM_OK);
    CHECK(same(root, mth(0, 1000)));
}

static bool holds_entry(size_t index, size_t size,
                        struct tem_ledger_proof proof, struct tem_hash root)
{
    bool holds = true;
    CHECK_INT(
        tem_ledger_check(&leaves[3], index, size, &proof, &root, &holds, NULL),
        TEM_OK);
    return holds;
}

/* Proofs of something else: each hash changed, one more, one less, another
 * place, another size, another root. */
TEST(false_entries)
{
    grow_to(SMALL);
    for (size_t size = 4; size <= SMALL; size++) {
        struct tem_ledger_proof proof;
        struct tem_hash root = mth(0, size);
        CHECK_INT(tem_ledger_prove(&source, size, 3, &proof, NULL), TEM_OK);
        CHECK(holds_entry(3, size, proof, root));
        for (size_t i = 0; i < proof.count; i++) {
            struct tem_ledger_proof bad = proof;
            bad.hashes[i].bytes[i % 32] ^= 1;
            CHECK(!holds_entry(3, size, bad, root));
        }
        struct tem_ledger_proof more = proof, less = proof;
        more.hashes[more.count++] = root;
        less.count--;
        CHECK(!holds_entry(3, size, more, root));
        CHECK(!holds_entry(3, size, less, root));
        for (size_t index = 0; index < size + 2; index++)
            CHECK(index == 3 || !holds_entry(index, size, proof, root));
        CHECK(!holds_entry(3, 0, proof, root));
        CHECK(!holds_entry(3, 3, proof, root));
        CHECK(!holds_entry(3, 4 * size, proof, root));
        root.bytes[0] ^= 0x80;
        CHECK(!holds_entry(3, size, proof, root));
    }
    struct tem_ledger_proof long_one = {.count = TEM_LEDGER_DEPTH_MAX + 1};
    CHECK(!holds_entry(3, 5, long_one, mth(0, 5)));
}

static bool holds_growth(size_t before, struct tem_hash old, size_t size,
                         struct tem_hash root, struct tem_ledger_proof proof)
{
    bool holds = true;
    CHECK_INT(tem_ledger_check_growth(before, &old, size, &root, &proof, &holds,
                                      NULL),
              TEM_OK);
    return holds;
}

TEST(false_growth)
{
    grow_to(SMALL);
    for (size_t m = 1; m < SMALL; m++) {
        struct tem_ledger_proof proof, none = {0};
        struct tem_hash old = mth(0, m), root = mth(0, SMALL);
        struct tem_hash other = mth(1, m);
        CHECK_INT(tem_ledger_prove_growth(&source, m, SMALL, &proof, NULL),
                  TEM_OK);
        for (size_t i = 0; i < proof.count; i++) {
            struct tem_ledger_proof bad = proof;
            bad.hashes[i].bytes[31 - i % 32] ^= 1;
            CHECK(!holds_growth(m, old, SMALL, root, bad));
        }
        struct tem_ledger_proof more = proof, less = proof;
        more.hashes[more.count++] = root;
        less.count--;
        CHECK(!holds_growth(m, old, SMALL, root, more));
        CHECK(!holds_growth(m, old, SMALL, root, less));
        CHECK(!holds_growth(m, old, SMALL, root, none));
        CHECK(!holds_growth(m, other, SMALL, root, proof));
        CHECK(!holds_growth(m, old, SMALL, other, proof));
        CHECK(!holds_growth(SMALL, old, m, root, proof));
        CHECK(!holds_growth(m, old, m, root, none));
        CHECK(holds_growth(m, old, m, old, none));
        CHECK(!holds_growth(m, old, m, old, proof));
    }
    struct tem_ledger_proof none = {0}, one = {.count = 1};
    CHECK(holds_growth(0, mth(0, 0), 5, mth(0, 5), none));
    CHECK(!holds_growth(0, mth(0, 1), 5, mth(0, 5), none));
    CHECK(!holds_growth(0, mth(0, 0), 5, mth(0, 5), one));
    CHECK(holds_growth(0, mth(0, 0), 0, mth(0, 0), none));
    struct tem_ledger_proof deep = {.count = TEM_LEDGER_DEPTH_MAX + 2};
    CHECK(!holds_growth(3, mth(0, 3), 5, mth(0, 5), deep));
}

TEST(refused)
{
    struct tem_ledger_edge edge = {.size = TEM_LEDGER_SIZE_MAX};
    struct tem_ledger_node nodes[TEM_LEDGER_NODES_MAX];
    struct tem_ledger_proof proof;
    struct tem_error error = {0};
    size_t count;
    uint64_t over = TEM_LEDGER_SIZE_MAX + 1;
    CHECK_INT(tem_ledger_append(&edge, &leaves[0], nodes, &count, &error),
              TEM_E_LIMIT);
    CHECK_INT(edge.size, TEM_LEDGER_SIZE_MAX);
    edge.size--;
    CHECK_INT(tem_ledger_append(&edge, &leaves[0], nodes, &count, &error),
              TEM_OK);
    CHECK_INT(tem_ledger_edge_read(&source, over, &edge, &error), TEM_E_LIMIT);
    CHECK_INT(tem_ledger_prove(&source, over, 1, &proof, &error), TEM_E_LIMIT);
    CHECK_INT(tem_ledger_prove_growth(&source, 1, over, &proof, &error),
              TEM_E_LIMIT);
    CHECK_INT(tem_ledger_prove(&source, 5, 5, &proof, &error), TEM_E_ARGUMENT);
    CHECK_INT(tem_ledger_prove_growth(&source, 6, 5, &proof, &error),
              TEM_E_ARGUMENT);
    grow_to(9);
    store.fails = true;
    CHECK_INT(tem_ledger_prove(&source, 9, 5, &proof, &error), TEM_E_IO);
    CHECK_INT(tem_ledger_prove_growth(&source, 5, 9, &proof, &error), TEM_E_IO);
    CHECK_INT(tem_ledger_edge_read(&source, 9, &edge, &error), TEM_E_IO);
}

int main(void)
{
    make_leaves();
    RUN(known_roots);
    RUN(small);
    RUN(large);
    RUN(going_on);
    RUN(false_entries);
    RUN(false_growth);
    RUN(refused);
    return test_done();
}
