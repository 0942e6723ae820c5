/* SPDX-License-Identifier: MIT */
#ifndef TEM_SCANS_H
#define TEM_SCANS_H

/**
 * @file
 * Logs of scans that other programs and machines keep.
 *
 * Threads   A log belongs to one thread.
 */

#include <tem/registry.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- logs of scans ------------------------------------------------------ */

/**
 * A log of scans that another program or machine kept, as JSON objects or a
 * sheet in CSV: see FORMAT.md section 5.
 */
struct tem_scan_log;

/**
 * Begin to read.
 *
 * @param read, context  called until the end or the first error; borrowed.
 * @param[out] log       to be freed by tem_scan_log_free().
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_scan_log_open(tem_read_fn read, void *context, enum tem_format format,
                  struct tem_scan_log **log, struct tem_error *error);

/** Free; NULL is fine. */
TEM_API void tem_scan_log_free(struct tem_scan_log *log);

/**
 * Read the next scan. What the label says is not checked here: with a text and
 * without a lot the lot is taken from the text if the verdict is one that its
 * seal holds.
 *
 * @param[out] scan   to be noted only if tem_scan_log_problems() holds no
 * error; its text is borrowed until the next call.
 * @param[out] found  false at the end of the file.
 * @retval TEM_E_IO      the read function failed.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_scan_log_next(struct tem_scan_log *log, struct tem_registry_scan *scan,
                  bool *found, struct tem_error *error);

/** The problems of the scan last read; as tem_record_problems(). */
TEM_API const struct tem_problem *
tem_scan_log_problems(const struct tem_scan_log *log, size_t *count);

/** Row of the scan last read, as in struct tem_problem. */
TEM_API uint64_t tem_scan_log_row(const struct tem_scan_log *log);

/** Is it a verdict that a label's seal holds? What such a label says was
 *  sealed. */
TEM_API bool tem_verdict_is_sealed(enum tem_verdict verdict);

/**
 * Take the lot and the serial of a scan from its label's text.
 *
 * @retval TEM_E_FORMAT  it is no label's.
 * @retval TEM_E_MEMORY
 */
TEM_API TEM_MUST_USE enum tem_status
tem_registry_scan_name(struct tem_registry_scan *scan, struct tem_error *error);

#ifdef __cplusplus
}
#endif
#endif
