/* SPDX-License-Identifier: MIT */
#ifndef TEM_LAW_H
#define TEM_LAW_H

/**
 * tem/law.h - what the law says on a day: communes, and who gives OCOP stars.
 *
 * Tables built into the library from dated files with their sources, which are
 * installed with the documentation.
 *
 * Standard  lib/law/communes.csv, lib/law/ocop_rules.csv.
 * Threads   Constant data.
 */

#include <tem/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Who signed an OCOP decision. */
enum tem_authority {
    TEM_AUTHORITY_NONE = 0,
    TEM_AUTHORITY_DISTRICT = 1, /**< huyện, only 24/02/2023..30/06/2025 */
    TEM_AUTHORITY_PROVINCE = 2, /**< tỉnh */
    TEM_AUTHORITY_CENTRE = 3,   /**< bộ */
};

/** A commune or ward of Sơn La at one time. */
struct tem_commune {
    const char *code;      /**< five digits */
    const char *name;      /**< "Xã Mai Sơn" */
    int32_t valid_from;    /**< or TEM_DATE_NONE: since before the table */
    int32_t valid_to;      /**< last day, or TEM_DATE_NONE: still valid */
    const char *successor; /**< code that took over, or "" */
};

/**
 * Look a commune code up as it was on a day (codes were re-used on
 * 2025-07-01 with other meanings).
 *
 * @param[out] later  when the result is NULL: the unit that took a known old
 *                    code over and is valid on @p date, or NULL; may be NULL.
 * @return a row of the built-in table lib/law/communes.csv, or NULL.
 */
TEM_API const struct tem_commune *
tem_commune_on(const char *code, int32_t date,
               const struct tem_commune **later);

/** Who gave so many OCOP stars, for what and how long, while it was law. */
struct tem_ocop_rule {
    unsigned stars;     /**< 3..5 */
    int32_t valid_from; /**< day of the decision, first and last */
    int32_t valid_to;   /**< or TEM_DATE_NONE: still so */
    enum tem_authority authority;
    int points_from, points_to; /**< tenths of a point, both included */
    int months;                 /**< from the decision to the last day */
};

/**
 * The law for a decision that was signed on a day.
 *
 * @return a row of the built-in table lib/law/ocop_rules.csv, or NULL: no
 *         such stars were given then.
 */
TEM_API const struct tem_ocop_rule *tem_ocop_rule_on(unsigned stars,
                                                     int32_t decision_date);

#ifdef __cplusplus
}
#endif
#endif
