/* SPDX-License-Identifier: MIT */
#ifndef TEM_BASE_H
#define TEM_BASE_H

/**
 * tem/base.h - byte views and buffers, calendar dates, text, code numbers.
 *
 * What every stage shares. Dates are civil days in Asia/Ho_Chi_Minh counted
 * from 1970-01-01; there is no clock and no time zone in the library.
 *
 * Threads   No shared state; every function may run concurrently.
 * Memory    The caller owns everything; nothing is allocated past return.
 */

#include <stdbool.h>
#include <tem/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Borrowed bytes: never freed, never written through. */
struct tem_bytes {
    const uint8_t *data; /**< may be NULL when size is 0 */
    size_t size;
};

/** The caller's memory to write into. */
struct tem_buffer {
    uint8_t *data;
    size_t capacity; /**< bytes at data */
    size_t size;     /**< bytes written, <= capacity; 0 before a call */
};

/** Bytes of a NUL-terminated string, without the NUL. */
TEM_API struct tem_bytes tem_bytes_of(const char *text);

/* ---- dates ------------------------------------------------------------ */

#define TEM_DATE_NONE INT32_MIN /**< no date */
#define TEM_DATE_MIN (-25567)   /**< 1900-01-01 */
#define TEM_DATE_MAX 84005      /**< 2199-12-31 */
#define TEM_DATE_TEXT_SIZE 11   /**< "YYYY-MM-DD" or "DD/MM/YYYY" and NUL */

/**
 * Day number of a civil date of the Gregorian calendar.
 *
 * @return TEM_DATE_MIN..TEM_DATE_MAX, or TEM_DATE_NONE when there is no such
 *         day (2026-02-30) or the year is outside 1900..2199.
 */
TEM_API int32_t tem_date_from_civil(int year, int month, int day);

/** Inverse of tem_date_from_civil() for TEM_DATE_MIN..TEM_DATE_MAX. */
TEM_API void tem_date_to_civil(int32_t date, int *year, int *month, int *day);

/**
 * Read `YYYY-MM-DD`, `DD/MM/YYYY`, `DD-MM-YYYY` or `DD.MM.YYYY`; day and month
 * may have one digit in the last three. Nothing may precede or follow.
 *
 * @return the day number, or TEM_DATE_NONE.
 */
TEM_API int32_t tem_date_parse(struct tem_bytes text);

/** Write `YYYY-MM-DD`. @return @p out; "" when @p date is out of range. */
TEM_API const char *tem_date_iso(int32_t date, char out[TEM_DATE_TEXT_SIZE]);

/** Write `DD/MM/YYYY`. @return @p out; "" when @p date is out of range. */
TEM_API const char *tem_date_vn(int32_t date, char out[TEM_DATE_TEXT_SIZE]);

/* ---- times of day ------------------------------------------------------- */

#define TEM_TIME_NONE INT64_MIN /**< no time */
#define TEM_TIME_MAX INT64_C(99999999999) /**< in the year 5138 */
#define TEM_TIME_TEXT_SIZE 26 /**< "YYYY-MM-DDTHH:MM:SS+07:00" and NUL */

/**
 * Read `YYYY-MM-DDTHH:MM[:SS][Z|+HH:MM|-HH:MM]` (RFC 3339, or with a space for
 * the T), or `DD/MM/YYYY HH:MM[:SS]`. Without a zone it is that of Vietnam,
 * +07:00.
 *
 * @return seconds since 1970-01-01 00:00 UTC, 0..TEM_TIME_MAX, or TEM_TIME_NONE.
 */
TEM_API int64_t tem_time_parse(struct tem_bytes text);

/** Write `YYYY-MM-DDTHH:MM:SS+07:00`. @return @p out; "" when @p time is out of
 *  the years 1970 to 2199. */
TEM_API const char *tem_time_iso(int64_t time, char out[TEM_TIME_TEXT_SIZE]);

/** The day in Vietnam. @return TEM_DATE_NONE when @p time is out of the years
 *  1970 to 2199. */
TEM_API int32_t tem_time_day(int64_t time);

/**
 * The same day so many months on (or back), or that month's last day when it
 * is shorter: 2024-01-31 + 1 is 2024-02-29. TEM_DATE_NONE out of range.
 */
TEM_API int32_t tem_date_add_months(int32_t date, int months);

/* ---- text ------------------------------------------------------------- */

/**
 * Bring UTF-8 to Normalization Form C.
 *
 * @param text             any bytes.
 * @param[out] out         the normalised bytes, no NUL added; written only on
 *                         TEM_OK; must not overlap @p text.
 * @param[out] characters  code points in the result; may be NULL.
 *
 * @retval TEM_E_FORMAT    not UTF-8 (surrogates and overlong forms included),
 *                         or it holds a character of the Unicode categories
 *                         Cc, Cf, Cn, Co, Zl or Zp: nobody sees them.
 * @retval TEM_E_CAPACITY  @p out is too small.
 * @retval TEM_E_MEMORY    utf8proc ran out of memory.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_text_nfc(struct tem_bytes text, struct tem_buffer *out, size_t *characters,
             struct tem_error *error);

/**
 * Fold a heading or a name for comparing: marks dropped (đ is d), lower case,
 * letters of other scripts `?`, every run of anything else than a-z 0-9 one
 * `_`, none at either end. "Mã số thuế " and "ma_so_thue" fold alike.
 *
 * @param[out] out  NUL-terminated, cut to @p capacity bytes. "" if not UTF-8.
 */
TEM_API const char *tem_text_fold(struct tem_bytes text, char *out,
                                  size_t capacity);

/* ---- code numbers ----------------------------------------------------- */

#define TEM_GTIN_SIZE 15   /**< 14 digits and NUL */
#define TEM_GLN_SIZE 14    /**< 13 digits and NUL */
#define TEM_LOT_SIZE 21    /**< lot or serial: 20 characters and NUL */
#define TEM_HOST_MAX 100   /**< characters of a host name */

/** Is it 8, 12, 13 or 14 digits with a right GS1 check digit? */
TEM_API bool tem_gtin_valid(struct tem_bytes text);

/** The check digit ('0'..'9') of GS1 for the digits before it; 0 if no digits. */
TEM_API char tem_gs1_check_digit(struct tem_bytes digits);

/**
 * Is it a lot or serial: 1..20 of `0-9 A-Z - .`, first and last of `0-9 A-Z`?
 */
TEM_API bool tem_lot_valid(struct tem_bytes text);

/**
 * Is it a host name: 1..TEM_HOST_MAX of letters, digits, `-` and `.`, with no
 * empty label, no label beginning or ending in `-`, no dot at either end?
 */
TEM_API bool tem_host_valid(struct tem_bytes text);

#ifdef __cplusplus
}
#endif
#endif
