/* SPDX-License-Identifier: MIT */
#ifndef TEM_TRUST_SOURCE_H
#define TEM_TRUST_SOURCE_H

/* The lists that an office keeps, on their way to a bundle's contents: rows as
 * they are read (rows.c, source.c), kept with where they stood (keep.c), put in
 * order and held against each other (build.c), the law (law.c) and the bundle
 * before (before.c). */

#include "../table/reader.h"
#include "contents.h"

enum {
    TEM_SOURCE_PRODUCTS_MAX = 200, /* named by one key or certificate */
    TEM_SOURCE_REF_SIZE = 15,      /* a GTIN, or a shorter code, and NUL */
    TEM_SOURCE_FILES_MAX = 64,
};

/* ---- rows --------------------------------------------------------------- */

struct tem_row_head {
    int64_t schema_version, province, version;
    int32_t issued, next_update, expires;
    char hosts[TEM_TRUST_HOSTS_MAX][TEM_TEXT_SIZE(100)];
    size_t host_count;
    char note[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
};

struct tem_row_maker {
    int64_t maker_id;
    char name[TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)];
    char name_en[TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)];
    char commune[6];
    char address[TEM_TEXT_SIZE(TEM_TRUST_ADDRESS_MAX)];
    char note[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
};

struct tem_row_product {
    int64_t maker_id;
    char gtin[TEM_GTIN_SIZE], code[13];
    char name[TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)];
    char name_en[TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)];
    int64_t grams[TEM_TRUST_NETS_MAX], millilitres[TEM_TRUST_NETS_MAX];
    size_t gram_count, millilitre_count;
    char image[65];
    char note[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
};

/* Products by GTIN or code. */
struct tem_row_refs {
    char refs[TEM_SOURCE_PRODUCTS_MAX][TEM_SOURCE_REF_SIZE];
    size_t count;
};

struct tem_row_key {
    int64_t kid, maker_id, quota;
    char holder[TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)];
    char public_key[TEM_TEXT_SIZE(400)]; /* PEM, or what is between its lines */
    struct tem_row_refs products;
    int32_t packed_from, packed_to;
    char note[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
};

struct tem_row_certificate {
    int64_t id, maker_id, stars, points10, authority;
    char decision[TEM_TEXT_SIZE(TEM_TRUST_NUMBER_MAX)];
    int32_t decided, valid_from, valid_to;
    struct tem_row_refs products;
    char note[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
};

enum tem_revoked {
    TEM_REVOKED_KEY_LOST = 1,
    TEM_REVOKED_KEY_RETIRED = 2,
    TEM_REVOKED_NOT = 3, /* a lot that a lost key sealed before */
    TEM_REVOKED_LOT = 4, /* or serials of it */
    TEM_REVOKED_CERTIFICATE = 5,
};

struct tem_row_revocation {
    int64_t kind, kid, certificate_id, maker_id;
    char product[TEM_SOURCE_REF_SIZE];
    char lot[TEM_LOT_SIZE], from[TEM_LOT_SIZE], to[TEM_LOT_SIZE];
    int32_t since;
    char reason[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
    char note[TEM_TEXT_SIZE(TEM_TRUST_REASON_MAX)];
};

/* Room for any of them. */
union tem_row {
    struct tem_row_head head;
    struct tem_row_maker maker;
    struct tem_row_product product;
    struct tem_row_key key;
    struct tem_row_certificate certificate;
    struct tem_row_revocation revocation;
};

enum {
    TEM_ROWS_MAKERS,
    TEM_ROWS_PRODUCTS,
    TEM_ROWS_KEYS,
    TEM_ROWS_CERTIFICATES,
    TEM_ROWS_REVOCATIONS,
    TEM_ROWS_HEAD, /* a sheet may be of it, too */
    TEM_ROWS_COUNT
};

extern const struct tem_table tem_trust_head;
extern const struct tem_table tem_trust_tables[TEM_ROWS_COUNT];

/* ---- what is kept of them ----------------------------------------------- */

/* Where an entry stood. */
struct tem_origin {
    unsigned file;
    uint64_t row, lot;
};

struct tem_source_maker {
    struct tem_trust_maker maker;
    struct tem_origin origin;
};

struct tem_source_product {
    struct tem_trust_product product;
    struct tem_origin origin;
};

/* Some of the texts in `refs`. */
struct tem_refs {
    size_t first, count;
};

struct tem_source_key {
    struct tem_trust_key key;
    struct tem_refs products;
    struct tem_origin origin;
};

struct tem_source_certificate {
    struct tem_trust_certificate certificate;
    uint32_t maker_id;
    struct tem_refs products;
    struct tem_origin origin;
};

struct tem_source_revocation {
    enum tem_revoked kind;
    uint16_t kid;
    uint32_t certificate_id, maker_id;
    struct tem_bytes product;
    struct tem_trust_lot lot;
    int32_t since;
    struct tem_bytes reason;
    struct tem_origin origin;
};

/* So many things of one size, in memory that grows. */
struct tem_list {
    void *data;
    size_t count, capacity;
};

struct tem_trust_source {
    char *names[TEM_SOURCE_FILES_MAX]; /* of the files */
    unsigned file_count;
    bool has_head;
    struct tem_origin head_origin;
    struct tem_row_head head;
    struct tem_list makers, products, keys, certificates, revocations; /* of
                                                        the structs above */
    struct tem_list refs;  /* of struct tem_bytes */
    struct tem_list texts; /* of uint8_t *: to be freed */
    uint8_t *text;         /* the last of them */
    size_t text_used;
    size_t errors;
    bool no_memory; /* something was not kept: all fails */
    tem_trust_problem_fn tell;
    void *context;
    struct tem_problems problems; /* of one entry, until they are told */
    /* what tem_trust_source_finish() makes */
    struct tem_trust built;
    struct tem_list listed, known;
    struct tem_list key_ends, withdrawals, certificate_ends;
};

/* One more, all zero; NULL without memory, which is noted. */
void *tem_list_add(struct tem_trust_source *source, struct tem_list *list,
                   size_t size);

/* A copy that lives as long as the source; empty without memory. */
struct tem_bytes tem_source_keep(struct tem_trust_source *source,
                                 const void *data, size_t size);

/* Add a problem of an entry; see tem_problems_add(). */
#define TEM_SOURCE_FAULT(source, field, rule, name, ...)                       \
    tem_problems_add(&(source)->problems, field, rule, TEM_SEVERITY_ERROR,     \
                     TEM_MSG_##name, __VA_ARGS__)
#define TEM_SOURCE_DOUBT(source, field, rule, name, ...)                       \
    tem_problems_add(&(source)->problems, field, rule, TEM_SEVERITY_WARNING,   \
                     TEM_MSG_##name, __VA_ARGS__)

/* Tell the problems that were added, as of an entry, and forget them. */
void tem_source_tell(struct tem_trust_source *source,
                     const struct tem_origin *origin);

/* "row 12 of keys.csv", for a message. */
const char *tem_source_place(const struct tem_trust_source *source,
                             const struct tem_origin *origin,
                             char out[TEM_MESSAGE_ARG_SIZE]);

/* Keep a row without errors; what it gets wrong is added to the problems. */
void tem_source_keep_row(struct tem_trust_source *source,
                         const struct tem_table *table, union tem_row *row,
                         const struct tem_origin *origin);

/* Of two with the same name the one that stands later. */
int tem_source_compare_origins(const struct tem_origin *a,
                               const struct tem_origin *b);

/* Hold a certificate against the law of its day and fill in its dates; problems
 * are added (law.c). */
void tem_source_check_certificate(struct tem_trust_source *source,
                                  struct tem_row_certificate *row);

/* A product by its GTIN, or by the code that its maker (0: not known) gave it;
 * a problem is added and TEM_TRUST_NO_PRODUCT returned if there is none. */
uint32_t tem_source_find_product(struct tem_trust_source *source,
                                 struct tem_bytes ref, uint32_t maker_id,
                                 const char *field);

/* Keys, products and certificates are built (revoke.c). */
void tem_source_build_revocations(struct tem_trust_source *source);

/* Hold what was built against the bundle before it (before.c). */
void tem_source_check_before(struct tem_trust_source *source,
                             const struct tem_trust_contents *before);

#endif
