/* SPDX-License-Identifier: MIT */
#ifndef TEM_TEM_H
#define TEM_TEM_H

/**
 * tem/tem.h - signed origin labels for OCOP goods: the whole library.
 *
 * Data flows left to right; a stage includes only what stands to its left:
 *
 *     tem/error.h    status codes, messages in two languages
 *     tem/base.h     byte views, dates, text, code numbers
 *     tem/table.h    what readers of rows have in common
 *     tem/law.h      communes, OCOP rules by date
 *     tem/record.h   JSON or CSV rows to validated lot records
 *     tem/payload.h  record to deterministic CBOR; digits; URI
 *     tem/sign.h     payload to sealed text; keys; COSE
 *     tem/symbol.h   text to QR modules
 *     tem/label.h    module size: micrometres and dots
 *     tem/image.h    pixels to PNG, from PNG, JPEG, WebP, HEIC
 *     tem/scan.h     grey picture to texts
 *     tem/trust.h    the provincial trust bundle, and the lists it is built from
 *     tem/verify.h   text and key to a verdict
 *
 * Contract of every function
 * - Pointers are not NULL unless the text says so; a free function takes NULL.
 * - A `const` pointer is borrowed for the call; an out-pointer to a pointer
 *   gives the caller an object to free with that type's free function.
 * - A call that can fail returns enum tem_status; its outputs are untouched
 *   unless it returns TEM_OK. `error` may be NULL and comes last.
 * - Units: grams, micrometres, dots, modules, bytes, days since 1970-01-01.
 * - The library never prints, exits, reads the clock, the environment or a
 *   file, and has no global state. Today's date is a parameter.
 * - Every function may run in any thread on objects of its own.
 *
 * Limitations
 * - A signature proves who sealed the data, not that the data is true.
 * - It cannot stop a photocopy; serials let an audit find copies.
 * - Against one bare key nothing is known of withdrawn labels; a trust bundle
 *   knows as much as on the day that it was issued.
 */

#include <tem/base.h>
#include <tem/error.h>
#include <tem/image.h>
#include <tem/label.h>
#include <tem/law.h>
#include <tem/ledger.h>
#include <tem/payload.h>
#include <tem/record.h>
#include <tem/registry.h>
#include <tem/rules.h>
#include <tem/table.h>
#include <tem/scan.h>
#include <tem/scans.h>
#include <tem/sign.h>
#include <tem/symbol.h>
#include <tem/trust.h>
#include <tem/verify.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @return the version, as "0.1.0". */
TEM_API const char *tem_version(void);

#ifdef __cplusplus
}
#endif
#endif
