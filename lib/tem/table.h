/* SPDX-License-Identifier: MIT */
#ifndef TEM_TABLE_H
#define TEM_TABLE_H

/**
 * tem/table.h - what all readers of files that people keep have in common.
 *
 * Lots (tem/record.h) and the province's lists (tem/source.h) come as JSON or
 * as sheets in CSV, with names of fields in English or Vietnamese. Everything
 * that is wrong with a row is told, field by field.
 *
 * Standard  RFC 8259 JSON, RFC 4180 CSV (also `;` and tab).
 * Threads   Plain values.
 */

#include <tem/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_ROW_MAX 262144        /**< bytes of one row or object in a file */
#define TEM_PROBLEM_FIELD_SIZE 64 /**< bytes of a field's name, and NUL */
#define TEM_PROBLEMS_MAX 100      /**< problems kept for one row */
#define TEM_NUMBER_NONE INT64_MIN /**< a number that was not given */

/** Bytes for a text of so many characters in NFC, and its NUL. */
#define TEM_TEXT_SIZE(characters) ((characters)*4 + 1)

/** How much a problem weighs. */
enum tem_severity {
    TEM_SEVERITY_INFO = 1,    /**< T, thông tin */
    TEM_SEVERITY_WARNING = 2, /**< C, cảnh báo */
    TEM_SEVERITY_ERROR = 3,   /**< L, lỗi: the row cannot be used */
};

/** Something to mend in one field of one row. */
struct tem_problem {
    uint64_t row;    /**< CSV: row of the sheet, heading = 1; JSON: line where
                          the object begins, or of the syntax error */
    uint64_t lot;    /**< which row or object of the file, from 1; 0 for a
                          sheet's heading */
    bool row_shared; /**< JSON: the line has more on it before the object, so
                          that it may not tell which one is meant */
    char field[TEM_PROBLEM_FIELD_SIZE];  /**< `steps[2].mass_out_kg`, items from
                           1; "" = the row */
    char column[TEM_PROBLEM_FIELD_SIZE]; /**< in a sheet, the heading above the
                          field; "" if there is none */
    char rule[4];                        /**< audit rule "A34", or "" */
    enum tem_severity severity;
    struct tem_message message; /**< what is wrong and what to do */
};

enum tem_format {
    TEM_FORMAT_AUTO = 0, /**< JSON when the first character is `{` or `[` */
    TEM_FORMAT_JSON = 1,
    TEM_FORMAT_CSV = 2,
};

/** Where a reader's bytes come from. @return bytes read, 0 at the end, < 0 on
 *  an input error. */
typedef ptrdiff_t (*tem_read_fn)(void *context, void *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif
