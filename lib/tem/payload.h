/* SPDX-License-Identifier: MIT */
#ifndef TEM_PAYLOAD_H
#define TEM_PAYLOAD_H

/**
 * tem/payload.h - what a label says: CBOR payload, digits, URI.
 *
 * Takes a record (tem/record.h) and gives the payload that tem/sign.h seals;
 * turns sealed bytes to decimal digits and back; takes the label's URI apart.
 * lib/payload/FORMAT.md is the normative text, label.cddl its grammar.
 *
 * Standard  RFC 8949 section 4.2.1 (deterministic CBOR), RFC 8610 (CDDL),
 *           GS1 Digital Link URI syntax 1.4 for the retail form.
 * Threads   No shared state; every function may run concurrently.
 * Memory    The caller owns every object; nothing is allocated past return.
 */

#include <tem/record.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_DIGEST_BYTES 16     /**< record digest on the label */
#define TEM_PAYLOAD_MAX 960     /**< bytes: every field at its longest fits */
#define TEM_SIGNATURE_BYTES 64  /**< Ed25519, or ES256 as r || s */
#define TEM_SEALED_HEAD 3       /**< VP and KID */
#define TEM_SEALED_MAX (TEM_SEALED_HEAD + TEM_PAYLOAD_MAX + TEM_SIGNATURE_BYTES)
#define TEM_DIGITS_SIZE 2475    /**< digits of TEM_SEALED_MAX bytes, and NUL */
#define TEM_URI_PREFIX_SIZE 192 /**< bytes that hold any URI up to its digits, NUL */
#define TEM_URI_SIZE (TEM_URI_PREFIX_SIZE + TEM_DIGITS_SIZE)

/** The two shapes of a label's URI (lib/payload/FORMAT.md). */
enum tem_form {
    TEM_FORM_NONE = 0,
    TEM_FORM_RETAIL = 1, /**< GS1 Digital Link with a GTIN */
    TEM_FORM_PLAIN = 2,  /**< for makers without one */
};

/** The content of a label, decoded. */
struct tem_payload {
    bool example;    /**< invented data */
    bool has_digest; /**< digest holds the record's digest */
    bool plain;      /**< product_code, lot and serial are in here */
    bool named;      /**< product_name and maker_name are in here */
    uint32_t maker_id;    /**< 1..65535 */
    uint32_t farm_id;     /**< 0 = not said, else 1..65535 */
    int32_t harvest;      /**< last day of harvest, 0..TEM_DATE_MAX - 1 */
    int32_t packed;       /**< harvest .. harvest + 9998, before TEM_DATE_MAX */
    int32_t best_before;  /**< packed + 1 .. harvest + 9999, TEM_DATE_MAX at most */
    struct tem_drying drying; /**< method 0: all of it 0 */
    unsigned stars;       /**< 0, 3, 4 or 5 */
    uint32_t certificate_id; /**< 1..1000000 with stars, else 0 */
    bool volume;          /**< net is millilitres, not grams */
    uint32_t net;         /**< 1..50000 */
    uint32_t commune;     /**< 1..99999, code as of the packing date */
    char growing_area[16]; /**< "VN-SLOR-0128" or "" */
    uint8_t digest[TEM_DIGEST_BYTES];
    char product_code[13];
    char lot[TEM_LOT_SIZE];
    char serial[TEM_LOT_SIZE]; /**< "" when the label has none */
    char product_name[TEM_TEXT_SIZE(80)];
    char maker_name[TEM_TEXT_SIZE(120)];
};

/** What to put on a label beside the record's own fields. */
struct tem_payload_options {
    const uint8_t *digest; /**< TEM_DIGEST_BYTES, or NULL for none; borrowed */
    bool named;            /**< self-contained: add the names */
    /** NULL or "" for none; goes into the content in the plain form only. In
     *  the retail form the address carries it: give it in struct tem_uri, too,
     *  so that both forms are served. */
    const char *serial;
};

/**
 * Build a label's content from a record that has no errors.
 *
 * The form is retail when the record has a GTIN, else plain.
 *
 * @param[out] payload  written only on TEM_OK.
 * @retval TEM_E_ARGUMENT  a field that the label needs is absent.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_payload_from_record(const struct tem_record *record,
                        const struct tem_payload_options *options,
                        struct tem_payload *payload, struct tem_error *error);

/**
 * Encode as deterministic CBOR.
 *
 * @param[out] out  TEM_PAYLOAD_MAX bytes always suffice; must not overlap.
 * @retval TEM_E_ARGUMENT  a field is outside the range given above.
 * @retval TEM_E_CAPACITY  @p out is too small.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_payload_encode(const struct tem_payload *payload, struct tem_buffer *out,
                   struct tem_error *error);

/**
 * Decode strictly: one representation each, no trailing bytes, every range
 * kept, texts in NFC; what is accepted encodes to the same bytes.
 *
 * @param[out] payload  written only on TEM_OK.
 * @retval TEM_E_FORMAT  offset is where the wrong field begins, or the byte
 *                       that another encoding would have.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_payload_decode(struct tem_bytes bytes, struct tem_payload *payload,
                   struct tem_error *error);

/* ---- digits ----------------------------------------------------------- */

/** Digits of @p size bytes: ceil(8 * size * log10 2); 0 over TEM_SEALED_MAX. */
TEM_API size_t tem_digits_count(size_t size);

/**
 * Bytes as one big-endian number in decimal, zero-padded to
 * tem_digits_count().
 *
 * @param bytes     1..TEM_SEALED_MAX bytes.
 * @param[out] out  NUL-terminated, TEM_DIGITS_SIZE bytes always suffice.
 * @retval TEM_E_ARGUMENT  as many bytes as that have no digits.
 * @retval TEM_E_CAPACITY  @p out is too small.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_digits_encode(struct tem_bytes bytes, char *out, size_t capacity,
                  struct tem_error *error);

/**
 * Inverse of tem_digits_encode().
 *
 * @param[out] out  TEM_SEALED_MAX bytes always suffice.
 * @retval TEM_E_FORMAT    not digits only; a count that no size gives; a value
 *                         that does not fit its size.
 * @retval TEM_E_CAPACITY  @p out is too small.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_digits_decode(struct tem_bytes digits, struct tem_buffer *out,
                  struct tem_error *error);

/* ---- URI -------------------------------------------------------------- */

/** A label's URI in parts; digits borrow from the text that was parsed. */
struct tem_uri {
    enum tem_form form;
    char host[TEM_HOST_MAX + 1]; /**< as written */
    char gtin[TEM_GTIN_SIZE];    /**< retail: 14 digits */
    char lot[TEM_LOT_SIZE];      /**< retail */
    char serial[TEM_LOT_SIZE];   /**< retail, "" when absent */
    struct tem_bytes prefix;     /**< the text up to the digits */
    struct tem_bytes digits;     /**< >= 1 digits */
};

/**
 * Write the URI up to its digits, in capitals.
 *
 * @param uri       form, host and for retail gtin, lot, serial; the rest is
 *                  not looked at.
 * @param[out] out  NUL-terminated; TEM_URI_PREFIX_SIZE bytes always suffice.
 * @retval TEM_E_ARGUMENT  a part breaks its rules.
 * @retval TEM_E_CAPACITY  @p out is too small.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_uri_prefix(const struct tem_uri *uri, char *out, size_t capacity,
               struct tem_error *error);

/**
 * Take a label's URI apart.
 *
 * @param text        any bytes; borrowed by @p uri.
 * @param[out] uri    written only on TEM_OK.
 * @param[out] ours   whether the text has one of the two forms at all (https,
 *                    then `/T/` and a digit, or `/01/` with an `S=` in the
 *                    query, or a label in capitals that ends before its
 *                    seal): when it has not, the text is some other QR
 *                    symbol's; always written.
 * @retval TEM_E_FORMAT  it is not a label's URI, exactly.
 */
TEM_API TEM_MUST_USE enum tem_status tem_uri_parse(struct tem_bytes text,
                                                   struct tem_uri *uri,
                                                   bool *ours,
                                                   struct tem_error *error);

/** What names the goods under a label; borrowed from where it was found. */
struct tem_unit {
    const char *product; /**< GTIN, or product code */
    const char *lot;
    const char *serial; /**< "" when the label has none */
};

/** Product, lot and serial from where the label's form has them: the address
 *  of a retail label, the content of a plain one. */
TEM_API struct tem_unit tem_payload_unit(const struct tem_uri *uri,
                                         const struct tem_payload *payload);

/**
 * The external_aad of a label: the URI up to its digits with scheme and host
 * in lower case, everything else as it stands (FORMAT.md section 3).
 *
 * @param prefix    as tem_uri_prefix() wrote or tem_uri_parse() found it.
 * @param[out] out  TEM_URI_PREFIX_SIZE bytes always suffice; no NUL added.
 * @retval TEM_E_CAPACITY  @p out is too small.
 */
TEM_API TEM_MUST_USE enum tem_status tem_uri_aad(struct tem_bytes prefix,
                                                 struct tem_buffer *out,
                                                 struct tem_error *error);

#ifdef __cplusplus
}
#endif
#endif
