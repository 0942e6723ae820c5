/* SPDX-License-Identifier: MIT */
#ifndef TEM_TRUST_CONTENTS_H
#define TEM_TRUST_CONTENTS_H

/* What the files of the trust stage share. */

#include <tem/trust.h>

#define TEM_TRUST_TYPE "application/vnd.tem.bundle+cbor"
#define TEM_TRUST_ROOT_TYPE "application/vnd.tem.root+cbor"

enum { TEM_TRUST_FORMAT = 1 };

#define TEM_TRUST_NO_PRODUCT UINT32_MAX

/* Numbers of the products that have a GTIN, by GTIN; a code, by maker and code.
 */
struct tem_trust_index {
    uint32_t *by_gtin, *by_code;
    size_t gtin_count, code_count;
};

struct tem_trust {
    struct tem_trust_contents contents; /* borrows from file */
    uint8_t *file;
    struct tem_trust_index index;
    struct tem_trust_seen seen; /* what is to be remembered of it */
};

/* ---- order (order.c) ---------------------------------------------------- */

int tem_trust_compare_bytes(struct tem_bytes a, struct tem_bytes b);
/* By maker, GTIN, code. */
int tem_trust_compare_products(const struct tem_trust_product *a,
                               const struct tem_trust_product *b);
/* By product, lot, length of the serials, first serial. */
int tem_trust_compare_lots(const struct tem_trust_lot *a,
                           const struct tem_trust_lot *b);
/* Is there a label that both mean? Of one compared before the other. */
bool tem_trust_lots_overlap(const struct tem_trust_lot *a,
                            const struct tem_trust_lot *b);
/* Is a label with that serial ("": none) meant? */
bool tem_trust_lot_has(const struct tem_trust_lot *lot,
                       struct tem_bytes serial);

/* ---- rules (check.c) ---------------------------------------------------- */

/*
 * Do the contents keep the rules of FORMAT.md?
 *
 * @param status  what to fail with if they do not.
 */
enum tem_status tem_trust_check(const struct tem_trust_contents *contents,
                                enum tem_status status,
                                struct tem_error *error);

/* Put the products in order.
 *
 * @param index  to be released by tem_trust_index_free(), when TEM_OK. */
enum tem_status tem_trust_index(const struct tem_trust_contents *contents,
                                struct tem_trust_index *index,
                                struct tem_error *error);

/* Have two products the same GTIN, or the same code? */
bool tem_trust_same_gtin(const struct tem_trust_contents *contents, uint32_t a,
                         uint32_t b);
bool tem_trust_same_code(const struct tem_trust_contents *contents, uint32_t a,
                         uint32_t b);

/* Have none of them, and no two KIDs the same key?
 * @param status  what to fail with if some have. */
enum tem_status tem_trust_index_check(const struct tem_trust_contents *contents,
                                      const struct tem_trust_index *index,
                                      enum tem_status status,
                                      struct tem_error *error);

void tem_trust_index_free(struct tem_trust_index *index);

/* ---- bytes (encode.c, decode.c) ----------------------------------------- */

/* The payload. @return its size; written is what fits in @p capacity. */
size_t tem_trust_encode(const struct tem_trust_contents *contents,
                        uint8_t *data, size_t capacity);

/*
 * The contents of a payload, which they borrow from; whether they keep the
 * rules is still to be seen.
 *
 * @param contents  to be released by tem_trust_release(), in any case.
 */
enum tem_status tem_trust_decode(struct tem_bytes payload,
                                 struct tem_trust_contents *contents,
                                 struct tem_error *error);

void tem_trust_release(struct tem_trust_contents *contents);

/* ---- roots (root.c) ----------------------------------------------------- */

/* The root that signed, and those that led to it. */
struct tem_trust_walk {
    const struct tem_key *root; /* the last one; owned unless it is the first */
    size_t count;
    uint8_t fingerprints[TEM_TRUST_CHAIN_MAX + 1][TEM_SHA256_BYTES];
    size_t from; /* of these the holder's, after those before it */
};

/*
 * Walk the chain, each statement of which must follow the one before.
 *
 * @param root  that the holder has: it is in the chain, or the chain is empty.
 * @param walk  to be released by tem_trust_walk_free(), when TEM_OK.
 * @retval TEM_E_FORMAT  a statement is broken or does not follow.
 * @retval TEM_E_KEY     a statement is not signed by the root before; or the
 *                       holder's root is not in the chain.
 */
enum tem_status tem_trust_walk(const struct tem_trust_contents *contents,
                               const struct tem_key *root,
                               struct tem_trust_walk *walk,
                               struct tem_error *error);

/*
 * Is no key of the bundle a root: this one, one of its chain, the first that led
 * there, or the next?
 *
 * @param status  what to fail with if one is.
 */
enum tem_status
tem_trust_check_roots(const struct tem_trust_contents *contents,
                      const struct tem_key *root, enum tem_status status,
                      struct tem_error *error);

/*
 * Is the root that is to follow named by this one, which signs the bundle?
 *
 * @param status  what to fail with if it is not.
 */
enum tem_status tem_trust_check_next(const struct tem_trust_contents *contents,
                                     const struct tem_key *root,
                                     enum tem_status status,
                                     struct tem_error *error);

void tem_trust_walk_free(struct tem_trust_walk *walk,
                         const struct tem_key *root);

#endif
