/* SPDX-License-Identifier: MIT */
#ifndef TEST_FORGE_H
#define TEST_FORGE_H

/*
 * The forger: makes labels that lie in exactly one way, or in none. Whoever
 * adds a rule to the format adds the lie that breaks it here; test_verify.c
 * holds the verdict that each lie must get.
 */

#include <tem/sign.h>

/* The labels of the sample lot, and so what a lie may be told about. */
enum forge_form {
    FORGE_RETAIL,
    FORGE_DIGEST, /* retail with the digest of the record */
    FORGE_PLAIN,
    FORGE_NAMED,       /* self-contained, retail */
    FORGE_NAMED_PLAIN, /* self-contained, plain, with the digest */
    FORGE_FORMS
};

enum lie {
    LIE_NONE,
    /* Well-formed, so it is the signature that tells. By somebody without the
     * key: a sealed label changed afterwards */
    LIE_OTHER_GTIN,
    LIE_OTHER_LOT,
    LIE_OTHER_SERIAL,
    LIE_NO_SERIAL,
    LIE_OTHER_HOST,
    LIE_OTHER_KID,
    LIE_OTHER_MAKER,      /* a valid payload with another maker */
    LIE_OTHER_BEST_BEFORE,
    LIE_MORE_STARS,
    LIE_CLEARED_EXAMPLE,  /* the example flag taken off */
    LIE_OTHER_DIGEST,     /* of another record */
    LIE_NO_DIGEST,
    LIE_ADDED_DIGEST,
    LIE_PLAIN_OTHER_HOST,
    LIE_PLAIN_OTHER_MAKER,
    LIE_PLAIN_OTHER_PRODUCT,
    LIE_PLAIN_OTHER_LOT,
    LIE_PLAIN_OTHER_SERIAL,
    LIE_PLAIN_NO_SERIAL,
    LIE_PLAIN_ADDED_NAMES,
    LIE_NAMED_OTHER_LOT,
    LIE_NAMED_OTHER_PRODUCT, /* another name, that is */
    LIE_NAMED_OTHER_MAKER,
    LIE_NO_NAMES,
    LIE_NAMED_PLAIN_OTHER_LOT,
    LIE_NAMED_PLAIN_OTHER_PRODUCT,
    LIE_NAMED_PLAIN_OTHER_MAKER,
    LIE_NAMED_PLAIN_OTHER_DIGEST,
    LIE_SIGNATURE_BIT,
    LIE_ZERO_SIGNATURE,   /* malformed as ES256, where 0 is out of range */
    LIE_S_PLUS_L,         /* Ed25519 only: the same s modulo the order */
    LIE_OTHER_ALGORITHM,  /* the nibble says the other algorithm */
    LIE_WRONG_KEY,        /* sealed by somebody else's key */
    /* Malformed, from here on */
    LIE_OTHER_ALGORITHM_HIGH_S, /* Ed25519 only: its s is none for ES256 */
    LIE_UNKNOWN_ALGORITHM,
    LIE_NEWER_VERSION,
    LIE_HTTP,
    LIE_EXTRA_PARAMETER,
    LIE_TRAILING_SPACE,
    LIE_LOWER_CASE_LOT,
    LIE_DIGIT_TOO_MANY,
    LIE_DIGIT_TOO_FEW,
    LIE_LEADING_ZERO,
    LIE_VALUE_TOO_LARGE,
    LIE_LETTER_IN_DIGITS,
    LIE_NO_DIGITS,
    LIE_SHORT_MESSAGE,    /* nothing but head and signature */
    LIE_DIGEST_DENIED,    /* the form says there is none, but it is there */
    LIE_DIGEST_CLAIMED,   /* the form says there is one, but there is not */
    /* by somebody with the key: a seal over what may not be sealed */
    LIE_SHORT_DIGEST,
    LIE_TRAILING_BYTE,
    LIE_LONG_INTEGER,     /* a number not in its shortest form */
    LIE_INDEFINITE_ARRAY,
    LIE_MAP_WITH_DUPLICATES,
    LIE_TEXT_FOR_NUMBER,
    LIE_EMPTY_ARRAY,
    LIE_NFD_NAME,
    LIE_LATE_DATE,        /* days after the last that can be written */
    LIE_PLAIN_IN_RETAIL,  /* the plain form's content at a retail address */
    LIE_RETAIL_IN_PLAIN,
    LIE_HIGH_S,           /* ES256 only: the other s */
    LIE_ZERO_R,           /* ES256 only */
    LIE_S_IS_N,           /* ES256 only */
    LIES
};

/* Does the lie exist for this algorithm? */
bool forge_applies(enum lie lie, enum tem_algorithm algorithm);

/* A true label. @p text has room for TEM_URI_SIZE + 16, here and below. */
void forge_true(enum forge_form form, const struct tem_key *key, char *text);

/* A label that tells one lie. */
void forge(enum lie lie, const struct tem_key *key,
           const struct tem_key *wrong_key, char *text);

const char *forge_name(enum lie lie);

#endif
