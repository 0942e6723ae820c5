/* SPDX-License-Identifier: MIT */
#ifndef TEM_RULES_H
#define TEM_RULES_H

/**
 * @file
 * The rules of the audit: what each looks for, and its limits, dated, with
 * their sources; and changes that an inspector's office makes to them.
 *
 * Standard  lib/rules/rules.csv, lib/rules/limits.csv.
 * Threads   Constant data; a struct tem_tuning belongs to one thread while it
 * is read, and is constant afterwards.
 */

#include <tem/base.h>
#include <tem/error.h>
#include <tem/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_RULE_SIZE 4        /**< "A24" and NUL */
#define TEM_LIMIT_WORD_SIZE 17 /**< of a limit's name, or of what it is */

/** A rule. Texts are by enum tem_lang. */
struct tem_rule {
    const char *rule;           /**< "A24" */
    enum tem_severity severity; /**< of the gravest finding */
    const char *decided; /**< from "label", "record", "registry", "print"; or
                              "people": not by a program */
    const char *title[2];
    const char *text[2];
    const char *basis[2]; /**< the law, or the reason */
};

/** A limit of a rule. */
struct tem_limit {
    const char *rule;
    const char *limit;     /**< "least" */
    const char *of;        /**< "plum-dried"; "" : of all that has no own */
    int64_t value;         /**< in thousandths */
    const char *unit;      /**< "t/ha"; "" : a plain number */
    int32_t valid_from;    /**< or TEM_DATE_NONE: ever */
    int32_t valid_to;      /**< last day, or TEM_DATE_NONE: still */
    const char *source[2]; /**< by enum tem_lang */
};

/** All rules, by number. @return how many there are. */
TEM_API size_t tem_rule_list(const struct tem_rule **rules);

/** All limits, by rule. @return how many there are. */
TEM_API size_t tem_limit_list(const struct tem_limit **limits);

/** NULL if there is none of this number. */
TEM_API const struct tem_rule *tem_rule_find(const char *rule);

/* ---- changes ------------------------------------------------------------ */

#define TEM_TUNING_MAX 200    /**< changes */
#define TEM_TUNING_REASON 200 /**< characters of a reason */

/** One change: a rule that is switched off, or another limit. */
struct tem_change {
    char rule[TEM_RULE_SIZE];
    bool off;                                      /**< else a limit: */
    char limit[TEM_LIMIT_WORD_SIZE];               /**< its name */
    char of[TEM_LIMIT_WORD_SIZE];                  /**< of what, or "" */
    int64_t value;                                 /**< in thousandths */
    char reason[TEM_TEXT_SIZE(TEM_TUNING_REASON)]; /**< never "" */
};

/** Changes that hold for one audit, which its report tells of. All zero is
 *  none. */
struct tem_tuning {
    size_t count;
    struct tem_change changes[TEM_TUNING_MAX];
};

/**
 * Read a local file of changes: JSON objects or a sheet in CSV, with the fields
 * rule, off, limit, of, value and reason; see lib/rules/FORMAT.md. A later one
 * goes before an earlier one.
 *
 * @param tell    called for every problem; the file is of no use if one is an
 *                error.
 * @param[out] tuning  written only on TEM_OK.
 * @retval TEM_E_FORMAT  there is such an error.
 * @retval TEM_E_LIMIT   more than TEM_TUNING_MAX changes.
 * @retval TEM_E_IO      @p read failed.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_tuning_read(tem_read_fn read, void *read_context, enum tem_format format,
                void (*tell)(void *context, const struct tem_problem *problem),
                void *tell_context, struct tem_tuning *tuning,
                struct tem_error *error);

/** Is a rule looked at? @p tuning may be NULL. */
TEM_API bool tem_rule_is_on(const struct tem_tuning *tuning, const char *rule);

/**
 * A limit on a day: of that, or of all.
 *
 * @param tuning      or NULL.
 * @param of          "" : of all.
 * @param[out] value  in thousandths; written only if there is one.
 * @return whether there is one.
 */
TEM_API bool tem_limit_on(const struct tem_tuning *tuning, const char *rule,
                          const char *limit, const char *of, int32_t day,
                          int64_t *value);

#ifdef __cplusplus
}
#endif
#endif
