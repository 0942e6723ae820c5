/* SPDX-License-Identifier: MIT */
/*
 * See <tem/label.h>. One dot is 25400 / dpi micrometres; sizes are compared
 * multiplied by dpi, so nothing is rounded but what is shown.
 */
#include "../error/fail.h"
#include <stdio.h>
#include <tem/label.h>

enum { INCH_UM = 25400, SIZE_TEXT = 24 };

static unsigned rounded_um(unsigned dots, unsigned dpi)
{
    return (dots * INCH_UM + dpi / 2) / dpi;
}

/* Dots of the smallest and the largest module allowed. */
static unsigned least_dots(unsigned dpi)
{
    return (TEM_LABEL_MODULE_MIN_UM * dpi + INCH_UM - 1) / INCH_UM;
}

static unsigned most_dots(unsigned dpi)
{
    return TEM_LABEL_MODULE_MAX_UM * dpi / INCH_UM;
}

/* "0.375" */
static void write_mm(unsigned um, char out[SIZE_TEXT])
{
    snprintf(out, SIZE_TEXT, "%u.%03u", um / 1000, um % 1000);
}

/* "0.375 (3)": millimetres and, in brackets, dots */
static void write_size(unsigned dots, unsigned dpi, char out[SIZE_TEXT])
{
    unsigned um = rounded_um(dots, dpi);
    snprintf(out, SIZE_TEXT, "%u.%03u (%u)", um / 1000, um % 1000, dots);
}

/* Less one per cent: 203 dpi stands for 8 dots a millimetre. */
static unsigned default_dots(unsigned dpi)
{
    unsigned least = TEM_LABEL_MODULE_DEFAULT_UM * 99 * dpi;
    return (least + INCH_UM * 100 - 1) / (INCH_UM * 100);
}

/* The nearest whole dots if within one per cent of what is wanted, else 0. */
static unsigned nearest_dots(unsigned dpi, unsigned module_um)
{
    uint64_t wanted = (uint64_t)module_um * dpi;
    uint64_t dots = (wanted + INCH_UM / 2) / INCH_UM;
    uint64_t made = dots * INCH_UM;
    uint64_t off = made > wanted ? made - wanted : wanted - made;
    return off * 100 <= wanted ? (unsigned)dots : 0;
}

static enum tem_status refuse(unsigned dpi, unsigned module_um,
                              struct tem_error *error)
{
    char wanted[SIZE_TEXT], smaller[SIZE_TEXT], larger[SIZE_TEXT];
    write_mm(module_um, wanted);
    if (module_um < TEM_LABEL_MODULE_MIN_UM) {
        write_size(least_dots(dpi), dpi, larger);
        return TEM_FAIL(error, TEM_E_LIMIT, LABEL_TOO_SMALL, "ndn", wanted,
                        (long long)dpi, larger);
    }
    if (module_um > TEM_LABEL_MODULE_MAX_UM) {
        write_size(most_dots(dpi), dpi, smaller);
        return TEM_FAIL(error, TEM_E_LIMIT, LABEL_TOO_LARGE, "ndn", wanted,
                        (long long)dpi, smaller);
    }
    unsigned below = module_um * dpi / INCH_UM;
    write_size(below, dpi, smaller);
    write_size(below + 1, dpi, larger);
    if (below < least_dots(dpi) || below + 1 > most_dots(dpi))
        return TEM_FAIL(error, TEM_E_LIMIT, LABEL_DOTS_ONE, "ndn", wanted,
                        (long long)dpi,
                        below < least_dots(dpi) ? larger : smaller);
    return TEM_FAIL(error, TEM_E_LIMIT, LABEL_DOTS, "ndnn", wanted,
                    (long long)dpi, smaller, larger);
}

enum tem_status tem_label_fit(unsigned dpi, unsigned module_um, unsigned quiet,
                              struct tem_layout *layout,
                              struct tem_error *error)
{
    if (dpi < TEM_LABEL_DPI_MIN || dpi > TEM_LABEL_DPI_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, LABEL_DPI, "ddd",
                        (long long)dpi, (long long)TEM_LABEL_DPI_MIN,
                        (long long)TEM_LABEL_DPI_MAX);
    if (quiet < TEM_SYMBOL_QUIET_ZONE || quiet > TEM_LABEL_QUIET_MAX)
        return TEM_FAIL(error, TEM_E_ARGUMENT, LABEL_QUIET, "ddd",
                        (long long)quiet, (long long)TEM_SYMBOL_QUIET_ZONE,
                        (long long)TEM_LABEL_QUIET_MAX);
    unsigned dots =
        module_um == 0 ? default_dots(dpi) : nearest_dots(dpi, module_um);
    if (dots < least_dots(dpi) || dots > most_dots(dpi))
        return refuse(dpi, module_um, error);
    layout->dpi = dpi;
    layout->dots = dots;
    layout->quiet = quiet;
    layout->module_um = rounded_um(dots, dpi);
    layout->small = dots * INCH_UM < TEM_LABEL_MODULE_WARN_UM * dpi;
    layout->no_till = dots * INCH_UM < TEM_LABEL_MODULE_TILL_UM * dpi;
    return TEM_OK;
}

unsigned tem_label_side(const struct tem_layout *layout,
                        const struct tem_symbol *symbol)
{
    return (symbol->side + 2 * layout->quiet) * layout->dots;
}
