/* SPDX-License-Identifier: MIT */
#ifndef TEST_FORGE_H
#define TEST_FORGE_H

/*
 * The forger: makes labels that lie in exactly one way, or in none. Whoever
 * adds a rule to the format adds the lie that breaks it here; test_verify.c
 * holds the verdict that each lie must get.
 */

#include <tem/sign.h>

enum lie {
    LIE_NONE,
    /* by somebody without the key: a sealed label changed afterwards */
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
    LIE_SIGNATURE_BIT,
    LIE_ZERO_SIGNATURE,
    LIE_WRONG_KEY,        /* sealed by somebody else's key */
    LIE_OTHER_ALGORITHM,  /* the nibble says the other algorithm */
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
    /* by somebody with the key: a seal over what may not be sealed */
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

/* A label of the sample lot that tells one lie. @p text has TEM_URI_SIZE. */
void forge(enum lie lie, const struct tem_key *key,
           const struct tem_key *wrong_key, char *text);

const char *forge_name(enum lie lie);

#endif
