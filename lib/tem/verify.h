/* SPDX-License-Identifier: MIT */
#ifndef TEM_VERIFY_H
#define TEM_VERIFY_H

/**
 * tem/verify.h - a symbol, or its text, to a verdict.
 *
 * Takes what tem/scan.h read and a trust bundle or a key, says what the label is
 * worth and why. Against one bare key `genuine` means only that this key sealed
 * the label: scope, stars and revocations need a bundle, and a finding says so.
 *
 * Standard  lib/payload/FORMAT.md, lib/trust/FORMAT.md.
 * Threads   No shared state; a key or bundle may be shared between calls.
 * Memory    The result is a plain value.
 */

#include <tem/scan.h>
#include <tem/trust.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- a label in parts --------------------------------------------------- */

/** A label's text taken apart, not yet believed. Points into itself and into
 *  the text: use it where it was written, do not copy it. */
struct tem_parts {
    struct tem_uri uri;
    struct tem_sealed sealed;
    struct tem_payload payload;
    uint8_t message[TEM_SEALED_MAX]; /**< what the digits say */
};

/**
 * Take a label's text apart, with every rule of the format but the signature.
 *
 * @param text        any bytes; borrowed by @p parts.
 * @param[out] parts  whole only on TEM_OK, else undefined.
 * @param[out] ours   as for tem_uri_parse(): false for a text that is no
 *                    label's; always written.
 * @retval TEM_E_FORMAT  no label's text, or a malformed one; the message says
 *                       in what, the offset is into the part that it names.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status tem_verify_parts(struct tem_bytes text,
                                                      struct tem_parts *parts,
                                                      bool *ours,
                                                      struct tem_error *error);

/* ---- verdicts ----------------------------------------------------------- */

/** What verification found. Not an error: the call itself returned TEM_OK.
 *  Values are permanent. UNKNOWN_KEY and REVOKED need a trust bundle. */
enum tem_verdict {
    TEM_VERDICT_NONE = 0,         /**< nothing was checked: zeroed memory */
    TEM_VERDICT_GENUINE = 1,      /**< the seal holds, the key may seal this */
    TEM_VERDICT_ALTERED = 2,      /**< well-formed; not sealed by this key, or
                                       changed */
    TEM_VERDICT_UNKNOWN_KEY = 3,  /**< the KID is not in the bundle */
    TEM_VERDICT_OUT_OF_SCOPE = 4, /**< sealed, but the key may not seal this */
    TEM_VERDICT_REVOKED = 5,      /**< withdrawn */
    TEM_VERDICT_MALFORMED = 6,    /**< has a label's form but breaks it; or an
                                       official host, and is no label */
    TEM_VERDICT_NOT_A_LABEL = 7,  /**< some other QR symbol */
    TEM_VERDICT_CANNOT_TELL = 8,  /**< no usable trust */
};

/** What the register says of a label's stars on some day. Beside the verdict,
 *  never in it: a genuine label may bear stars that have expired. Values are
 *  permanent. */
enum tem_ocop {
    TEM_OCOP_NONE = 0,          /**< no stars, or not judged: without a bundle,
                                     without a day, valid by a stale bundle */
    TEM_OCOP_VALID = 1,
    TEM_OCOP_EXPIRED = 2,       /**< after the certificate's last day */
    TEM_OCOP_EARLY = 3,         /**< before its first */
    TEM_OCOP_WITHDRAWN = 4,
    TEM_OCOP_OTHER_PRODUCT = 5, /**< it is not for this product */
    TEM_OCOP_OTHER_STARS = 6,   /**< nor for so many stars */
    TEM_OCOP_UNKNOWN = 7,       /**< there is no such certificate */
};

#define TEM_FINDINGS_MAX 16

/** One reason or remark beside a verdict. */
struct tem_finding {
    char rule[4]; /**< permanent, "A33", or "" without a rule */
    enum tem_severity severity;
    struct tem_message message;
};

/** Everything there is to say of one text. */
struct tem_result {
    enum tem_verdict verdict;
    size_t finding_count;
    struct tem_finding findings[TEM_FINDINGS_MAX];
    bool has_label; /**< only if the signature holds: the rest is valid */
    enum tem_form form;
    enum tem_algorithm algorithm;
    uint16_t kid;
    char host[TEM_HOST_MAX + 1]; /**< lower case */
    char gtin[TEM_GTIN_SIZE];    /**< retail form, else "" */
    char lot[TEM_LOT_SIZE];
    char serial[TEM_LOT_SIZE]; /**< "" when the label has none */
    struct tem_payload payload;
    /* What the bundle says, without one empty. */
    char maker_name[2][TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)]; /**< by language */
    char product_name[2][TEM_TEXT_SIZE(TEM_TRUST_NAME_MAX)];
    enum tem_ocop ocop_packed; /**< on the packing date */
    enum tem_ocop ocop_at;     /**< on the day asked about */
    int32_t ocop_expires; /**< the certificate's last day, or TEM_DATE_NONE */
    uint32_t trust_version; /**< the bundle's, 0 without one */
    int32_t trust_issued;
};

/* ---- checking ----------------------------------------------------------- */

/** How to check. */
struct tem_verify_options {
    const struct tem_key *key; /**< the one key trusted, without a bundle; NULL:
                                    none */
    /** The day asked about, or TEM_DATE_NONE: dates are not judged. A text
     *  that tem_date_parse() cannot read gives that same value: refuse it
     *  before it comes here, or an expired label passes without a word. */
    int32_t at;
    bool demo;   /**< accept example data and the demonstration key */
    const struct tem_trust *trust; /**< the bundle, or NULL */
    /** Today, by the clock: how old the bundle is. TEM_DATE_NONE: not known, and
     *  a finding says that it was not judged. */
    int32_t now;
    bool unseen; /**< the bundle was opened without what was seen before: a
                      finding says so */
};

/**
 * Check one text.
 *
 * Order: not-a-label, malformed, no usable trust (cannot-tell), unknown-key,
 * altered, revoked, out-of-scope, genuine; the first that decides is reported.
 * With a bundle that has expired, unknown-key, out-of-scope and genuine are
 * cannot-tell.
 *
 * @param text         any bytes, any length.
 * @param[out] result  always written on TEM_OK, zeroed else.
 * @retval TEM_E_CRYPTO  the cryptographic library failed.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_verify_text(struct tem_bytes text, const struct tem_verify_options *options,
                struct tem_result *result, struct tem_error *error);

/**
 * Check one symbol of a picture: its text as tem_verify_text() does. Parts of
 * a structured append are not-a-label whatever they say together: a label is
 * one symbol.
 *
 * @param[out] result  always written on TEM_OK, zeroed else.
 * @retval TEM_E_CRYPTO  the cryptographic library failed.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_verify_symbol(const struct tem_scan_symbol *symbol,
                  const struct tem_verify_options *options,
                  struct tem_result *result, struct tem_error *error);

/** The permanent name of what was found of the stars: "valid", "expired",
 *  "early", "withdrawn", "other-product", "other-stars", "unknown"; "none". */
TEM_API const char *tem_ocop_name(enum tem_ocop ocop);

/** The verdict's permanent name: "genuine", "not-a-label"; "none" for 0. */
TEM_API const char *tem_verdict_name(enum tem_verdict verdict);

/** What the verdict means, one sentence for people; do not print the name
 *  beside it. The English one begins with the name and a colon. */
TEM_API const char *tem_verdict_text(enum tem_verdict verdict,
                                     enum tem_lang lang);

#ifdef __cplusplus
}
#endif
#endif
