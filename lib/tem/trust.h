/* SPDX-License-Identifier: MIT */
#ifndef TEM_TRUST_H
#define TEM_TRUST_H

/**
 * tem/trust.h - the provincial trust bundle.
 *
 * One file, signed by the province's root key, that says offline who may seal
 * what, which OCOP stars a product has, and what was withdrawn. Reads and
 * writes such files, and answers one question at a time of a loaded one.
 *
 * Standard  lib/trust/FORMAT.md, lib/trust/bundle.cddl.
 * Threads   A loaded bundle is immutable: share it freely between threads.
 * Memory    A bundle holds its own copy of the file, and is freed by
 *           tem_trust_free(); what the look-ups return lives as long.
 */

#include <tem/law.h>
#include <tem/sign.h>
#include <tem/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_TRUST_FILE_MAX (32u << 20) /**< bytes of a bundle */
#define TEM_TRUST_HOSTS_MAX 16
#define TEM_TRUST_KEYS_MAX 65535
#define TEM_TRUST_MAKERS_MAX 65535
#define TEM_TRUST_PRODUCTS_MAX 200000
#define TEM_TRUST_CERTIFICATES_MAX 200000
#define TEM_TRUST_WITHDRAWALS_MAX 1000000
#define TEM_TRUST_LISTED_MAX 1000000 /**< entries of the lists in lists */
#define TEM_TRUST_CHAIN_MAX 64       /**< changes of the root */
#define TEM_TRUST_STATEMENT_MAX                                                \
    512                           /**< bytes of a statement of such a change */
#define TEM_TRUST_NETS_MAX 8      /**< net contents of one product */
#define TEM_TRUST_NAME_MAX 120    /**< characters of a name */
#define TEM_TRUST_ADDRESS_MAX 160 /**< characters of an address */
#define TEM_TRUST_REASON_MAX 200  /**< characters of a reason */
#define TEM_TRUST_NUMBER_MAX 40   /**< characters of a decision's number */

/* ---- what a bundle holds ------------------------------------------------ */

/** Some entries of one of the lists in struct tem_trust_contents. */
struct tem_trust_slice {
    uint32_t first, count;
};

/** A key and what it may seal. */
struct tem_trust_key {
    uint16_t kid; /**< unique */
    enum tem_algorithm algorithm;
    struct tem_bytes raw; /**< public half, as tem_key_from_raw() takes it */
    struct tem_bytes
        holder;        /**< who has it; 1..TEM_TRUST_NAME_MAX characters */
    uint32_t maker_id; /**< of the one maker whose goods it seals */
    struct tem_trust_slice products; /**< in listed[]; none: all of the maker */
    int32_t packed_from, packed_to;  /**< first and last packing date;
                                          TEM_DATE_NONE: open */
    uint32_t quota;                  /**< labels, all together; 0: no limit */
};

struct tem_trust_maker {
    uint32_t id;              /**< unique, 1..65535 */
    struct tem_bytes name;    /**< 1..TEM_TRUST_NAME_MAX characters */
    struct tem_bytes name_en; /**< likewise, or empty */
    uint32_t commune;         /**< code, 1..99999 */
    struct tem_bytes address; /**< 0..TEM_TRUST_ADDRESS_MAX characters */
};

struct tem_trust_product {
    uint32_t maker_id;
    struct tem_bytes gtin; /**< 14 digits, unique; or empty */
    struct tem_bytes code; /**< 2..12 of 0-9 A-Z -, unique for the maker; empty
                                only beside a GTIN */
    struct tem_bytes name; /**< 1..TEM_TRUST_NAME_MAX characters */
    struct tem_bytes name_en;          /**< likewise, or empty */
    bool volume;                       /**< nets are millilitres, not grams */
    uint8_t net_count;                 /**< 0: any */
    uint16_t nets[TEM_TRUST_NETS_MAX]; /**< rising, 1..50000 */
    struct tem_bytes image; /**< TEM_SHA256_BYTES of the picture of it, or
                                 empty */
};

/** An OCOP certificate. */
struct tem_trust_certificate {
    uint32_t id;               /**< unique, 1..1000000, as on labels */
    unsigned stars;            /**< 3..5 */
    struct tem_bytes decision; /**< its number, "3073/QĐ-UBND" */
    int32_t decided;           /**< its date */
    enum tem_authority authority;
    int32_t valid_from, valid_to;
    struct tem_trust_slice products; /**< in listed[]; at least one */
};

/** A key that is no more to be used. */
struct tem_trust_key_end {
    uint16_t kid;
    bool lost; /**< else retired: labels packed from `since` on are revoked */
    int32_t since;
    struct tem_bytes reason;      /**< 1..TEM_TRUST_REASON_MAX characters */
    struct tem_trust_slice known; /**< in known[]; of a lost key: the lots that
                                       it sealed before; all others are
                                       revoked, whatever date they say */
};

/** Labels of one lot of one product. */
struct tem_trust_lot {
    uint32_t product;          /**< number in products[] */
    struct tem_bytes lot;      /**< as tem_lot_valid() */
    struct tem_bytes from, to; /**< serials of one length, compared as bytes;
                                    both empty: the whole lot */
};

/** Labels that were withdrawn. */
struct tem_trust_withdrawal {
    struct tem_trust_lot what;
    int32_t since;
    struct tem_bytes reason;
};

struct tem_trust_certificate_end {
    uint32_t id;
    int32_t since;
    struct tem_bytes reason;
};

/** All of a bundle. Lists are in the order of FORMAT.md, texts are NFC. */
struct tem_trust_contents {
    uint32_t province;   /**< code, 1..99 */
    uint32_t version;    /**< 1.., only ever rises */
    int32_t issued;      /**< 0..TEM_DATE_MAX, as all dates here */
    int32_t next_update; /**< issued or later; past it a warning */
    int32_t expires;     /**< next_update or later; past it no trust */
    struct tem_bytes hosts[TEM_TRUST_HOSTS_MAX]; /**< small letters, rising */
    size_t host_count;                           /**< at least one */
    struct tem_trust_key *keys;
    size_t key_count;
    struct tem_trust_maker *makers;
    size_t maker_count;
    struct tem_trust_product *products;
    size_t product_count;
    struct tem_trust_certificate *certificates;
    size_t certificate_count;
    struct tem_trust_key_end *key_ends;
    size_t key_end_count;
    struct tem_trust_withdrawal *withdrawals;
    size_t withdrawal_count;
    struct tem_trust_certificate_end *certificate_ends;
    size_t certificate_end_count;
    uint32_t *listed; /**< numbers in products[]: of keys, of certificates */
    size_t listed_count;
    struct tem_trust_lot *known;
    size_t known_count;
    struct tem_bytes chain[TEM_TRUST_CHAIN_MAX]; /**< tem_trust_succeed(), the
                                                      oldest first */
    size_t chain_count;
    struct tem_bytes next; /**< one that is to come; or empty */
};

/** A loaded bundle; opaque, immutable. */
struct tem_trust;

/* ---- from the lists that an office keeps --------------------------------- */

/** Files of lists being read: lib/trust/SOURCE.md; opaque, one thread's. */
struct tem_trust_source;

/** Told of each problem, in the order that they are met. @p file as it was
 *  named. */
typedef void (*tem_trust_problem_fn)(void *context, const char *file,
                                     const struct tem_problem *problem);

/**
 * Begin.
 *
 * @param tell, context  called until the source is freed; borrowed.
 * @param[out] source    to be freed by tem_trust_source_free().
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_source_new(tem_trust_problem_fn tell, void *context,
                     struct tem_trust_source **source, struct tem_error *error);

/**
 * Read one file: all of a source as JSON, some of its lists, or one list as a
 * sheet.
 *
 * @param name  of the file, for messages; copied.
 * @retval TEM_E_LIMIT  more than 64 files, or entries than a bundle may have.
 * @retval TEM_E_IO     the read function failed.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_source_read(struct tem_trust_source *source, const char *name,
                      tem_read_fn read, void *read_context,
                      enum tem_format format, struct tem_error *error);

/**
 * All files were read, and none of their rows was wrong (else nothing is done):
 * put the lists in order, hold them against each other, the law of the day, and
 * the bundle before.
 *
 * @param before         NULL: this is the first one.
 * @param[out] contents  owned by @p source, with its chain and `next` still
 *                       empty (tem_trust_follow()); NULL if an error was told,
 *                       of reading too.
 * @retval TEM_E_ARGUMENT  a rule of FORMAT.md is broken that none of the
 *                         problems tells of.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status tem_trust_source_finish(
    struct tem_trust_source *source, const struct tem_trust_contents *before,
    struct tem_trust_contents **contents, struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_trust_source_free(struct tem_trust_source *source);

/**
 * Take over the chain of the bundle before: as it is if the same root signs, or
 * one longer if its `next` names @p root.
 *
 * @param contents  borrows from @p before from then on.
 * @retval TEM_E_KEY    @p root neither signed @p before nor is named by it.
 * @retval TEM_E_LIMIT  the chain has TEM_TRUST_CHAIN_MAX statements already.
 * @retval TEM_E_FORMAT, TEM_E_MEMORY, TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_follow(struct tem_trust_contents *contents,
                 const struct tem_trust *before, const struct tem_key *root,
                 struct tem_error *error);

/* ---- writing ------------------------------------------------------------ */

/**
 * Write and sign a bundle: the same contents give the same bytes, but for the
 * signature of ES256.
 *
 * @param out  TEM_TRUST_FILE_MAX bytes always suffice.
 * @retval TEM_E_ARGUMENT  the contents break a rule of FORMAT.md; the message
 *                         names the list, the entry and the field.
 * @retval TEM_E_LIMIT     more than a bundle may hold.
 * @retval TEM_E_KEY       @p root is not private, or is the demonstration key.
 * @retval TEM_E_CAPACITY  @p out is too small.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_write(const struct tem_trust_contents *contents,
                const struct tem_key *root, struct tem_buffer *out,
                struct tem_error *error);

/**
 * A statement that @p next follows @p root as the root of a province. A bundle
 * names it as `next`; those after that carry it in their chain, and are signed
 * by @p next.
 *
 * @param out  TEM_TRUST_STATEMENT_MAX bytes always suffice.
 * @retval TEM_E_KEY       @p root is not private, or @p next is the same key or
 *                         the demonstration key.
 * @retval TEM_E_ARGUMENT  @p province is not 1..99.
 * @retval TEM_E_CAPACITY  @p out is too small.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_succeed(const struct tem_key *root, uint32_t province,
                  const struct tem_key *next, struct tem_buffer *out,
                  struct tem_error *error);

/* ---- reading ------------------------------------------------------------ */

#define TEM_TRUST_KEY_MAX 65 /**< bytes of a public key */

/** What was seen of a province before, to be kept where nobody changes it. */
struct tem_trust_seen {
    uint32_t province; /**< 0: nothing was */
    uint32_t version;
    uint8_t root[TEM_SHA256_BYTES]; /**< fingerprint of the root that signed */
    /** That root itself: what it has handed over is checked from it on. Size 0:
     *  not known; then a bundle by a later root is taken only by who holds the
     *  noted root or one before it. */
    enum tem_algorithm algorithm;
    uint8_t key[TEM_TRUST_KEY_MAX];
    size_t key_size;
};

/**
 * Load a bundle.
 *
 * @param file        1..TEM_TRUST_FILE_MAX bytes; copied.
 * @param root        a root of the province: the one that signed it, or one
 *                    before that, from which the bundle's chain leads there.
 * @param seen        NULL: not known.
 * @param[out] trust  written only on TEM_OK; free with tem_trust_free().
 * @retval TEM_E_FORMAT       no bundle, or one that breaks a rule of FORMAT.md;
 *                            the message says in what.
 * @retval TEM_E_LIMIT        longer than that.
 * @retval TEM_E_UNSUPPORTED  of a later format.
 * @retval TEM_E_KEY          not signed by this root or its successors, by a
 *                            root that has a successor, of another province
 *                            than @p seen, older than it, or signed by a root
 *                            before its, or by one that it does not lead to.
 * @retval TEM_E_MEMORY
 * @retval TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_open(struct tem_bytes file, const struct tem_key *root,
               const struct tem_trust_seen *seen, struct tem_trust **trust,
               struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_trust_free(struct tem_trust *trust);

/** All of it, to be listed or compared. */
TEM_API const struct tem_trust_contents *
tem_trust_all(const struct tem_trust *trust);

/**
 * The root key that the contents name as the next to sign; its signature was
 * checked when the bundle was opened.
 *
 * @param[out] next  the public half, to be freed by tem_key_free(); NULL if
 *                   none is named.
 * @retval TEM_E_FORMAT, TEM_E_MEMORY, TEM_E_CRYPTO
 */
TEM_API TEM_MUST_USE enum tem_status
tem_trust_next_root(const struct tem_trust_contents *contents,
                    struct tem_key **next, struct tem_error *error);

/** What is to be remembered of it, for the next tem_trust_open(). */
TEM_API void tem_trust_remember(const struct tem_trust *trust,
                                struct tem_trust_seen *seen);

/* ---- look-ups: NULL where there is none --------------------------------- */

/** A key by its KID. */
TEM_API const struct tem_trust_key *
tem_trust_find_key(const struct tem_trust *trust, uint16_t kid);

/** A maker by its id. */
TEM_API const struct tem_trust_maker *
tem_trust_find_maker(const struct tem_trust *trust, uint32_t maker_id);

/** A product by its GTIN, or by its maker's code. */
TEM_API const struct tem_trust_product *
tem_trust_find_gtin(const struct tem_trust *trust, const char *gtin);
TEM_API const struct tem_trust_product *
tem_trust_find_code(const struct tem_trust *trust, uint32_t maker_id,
                    const char *code);

/** A certificate by its id. */
TEM_API const struct tem_trust_certificate *
tem_trust_find_certificate(const struct tem_trust *trust, uint32_t id);

/** The end of a key, retired or lost. */
TEM_API const struct tem_trust_key_end *
tem_trust_find_key_end(const struct tem_trust *trust, uint16_t kid);

/** The end of a certificate, if it was withdrawn. */
TEM_API const struct tem_trust_certificate_end *
tem_trust_find_certificate_end(const struct tem_trust *trust, uint32_t id);

/**
 * What withdrew a label, if it was.
 *
 * @param serial  "": of a label without one only a whole lot can be withdrawn.
 */
TEM_API const struct tem_trust_withdrawal *
tem_trust_find_withdrawal(const struct tem_trust *trust,
                          const struct tem_trust_product *product,
                          const char *lot, const char *serial);

/** Is a label among those that a lost key is known to have sealed before? */
TEM_API bool tem_trust_is_known(const struct tem_trust *trust,
                                const struct tem_trust_key_end *end,
                                const struct tem_trust_product *product,
                                const char *lot, const char *serial);

/** Is a product among those of a key or a certificate? An empty slice has
 *  none. */
TEM_API bool tem_trust_lists(const struct tem_trust *trust,
                             struct tem_trust_slice products,
                             const struct tem_trust_product *product);

/** Is it an official host? In any case of letters. */
TEM_API bool tem_trust_is_host(const struct tem_trust *trust, const char *host);

#ifdef __cplusplus
}
#endif
#endif
