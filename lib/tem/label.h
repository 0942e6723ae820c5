/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_H
#define TEM_LABEL_H

/**
 * tem/label.h - how large a symbol is printed: micrometres and dots.
 *
 * Takes a printer's resolution and the module size that is wanted and gives
 * whole dots a module, or says which sizes the printer can make. tem/image.h
 * draws with the result.
 *
 * Standard  GS1 General Specifications 5.12 (X-dimension 0.396 mm at tills).
 * Threads   No shared state; every function may run concurrently.
 * Memory    Plain values.
 */

#include <tem/symbol.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TEM_LABEL_DPI_MIN 72
#define TEM_LABEL_DPI_MAX 4800
#define TEM_LABEL_MODULE_MIN_UM 250  /**< below: refused */
#define TEM_LABEL_MODULE_WARN_UM 330 /**< below: phones may fail */
#define TEM_LABEL_MODULE_TILL_UM 396 /**< below: not for shop tills */
#define TEM_LABEL_MODULE_DEFAULT_UM 375
#define TEM_LABEL_MODULE_MAX_UM 10000
#define TEM_LABEL_QUIET_MAX 64 /**< modules */

/** A size that the printer can make exactly. */
struct tem_layout {
    unsigned dpi;       /**< dots per inch, TEM_LABEL_DPI_MIN.._MAX */
    unsigned dots;      /**< dots per module, >= 1 */
    unsigned quiet;     /**< modules of quiet zone, >= TEM_SYMBOL_QUIET_ZONE */
    unsigned module_um; /**< true module size, micrometres, rounded */
    bool small;         /**< under TEM_LABEL_MODULE_WARN_UM */
    bool no_till;       /**< under TEM_LABEL_MODULE_TILL_UM */
};

/**
 * Choose the dots per module.
 *
 * @param dpi        TEM_LABEL_DPI_MIN..TEM_LABEL_DPI_MAX.
 * @param module_um  wanted module size; 0 takes the smallest whole number of
 *                   dots that is TEM_LABEL_MODULE_DEFAULT_UM or more (less one
 *                   per cent: 203 dpi is nominally 8 dots a millimetre).
 * @param quiet      TEM_SYMBOL_QUIET_ZONE..TEM_LABEL_QUIET_MAX modules.
 * @param[out] layout  written only on TEM_OK.
 *
 * @retval TEM_E_ARGUMENT  dpi or quiet is out of range.
 * @retval TEM_E_LIMIT     not within one per cent of whole dots, or these make
 *                         less than TEM_LABEL_MODULE_MIN_UM or more than
 *                         TEM_LABEL_MODULE_MAX_UM; the message names the
 *                         nearest sizes that work.
 */
TEM_API TEM_MUST_USE enum tem_status
tem_label_fit(unsigned dpi, unsigned module_um, unsigned quiet,
              struct tem_layout *layout, struct tem_error *error);

/** Dots on each side of a symbol with its quiet zones. */
TEM_API unsigned tem_label_side(const struct tem_layout *layout,
                                const struct tem_symbol *symbol);

#ifdef __cplusplus
}
#endif
#endif
