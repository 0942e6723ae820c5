/* SPDX-License-Identifier: MIT */
/* See proof.h. */
#include "proof.h"
#include <string.h>

enum { LIGHT = 191, DARK = 64 }; /* grey of white and of black */

static bool is_square(const struct tem_image *image, long x, long y,
                      unsigned side, bool dark)
{
    if (x < 0 || y < 0 || x + side > image->width || y + side > image->height)
        return false;
    for (unsigned dy = 0; dy < side; dy++) {
        const uint8_t *row =
            image->pixels + ((size_t)y + dy) * image->width + x;
        for (unsigned dx = 0; dx < side; dx++)
            if (dark ? row[dx] > DARK : row[dx] < LIGHT)
                return false;
    }
    return true;
}

/* Do all modules stand there, each of one colour? */
static bool has_modules(const struct tem_image *image, long left, long top,
                        unsigned dots, const struct tem_symbol *symbol)
{
    for (int y = 0; y < symbol->side; y++)
        for (int x = 0; x < symbol->side; x++)
            if (!is_square(image, left + x * (long)dots, top + y * (long)dots,
                           dots, tem_symbol_dark(symbol, x, y)))
                return false;
    return true;
}

/* Is all white around it? */
static bool is_quiet(const struct tem_image *image, long left, long top,
                     const struct tem_layout *layout, unsigned side)
{
    int quiet = (int)layout->quiet, end = (int)side + quiet;
    for (int y = -quiet; y < end; y++)
        for (int x = -quiet; x < end; x++) {
            bool inside = x >= 0 && y >= 0 && x < (int)side && y < (int)side;
            if (!inside &&
                !is_square(image, left + x * (long)layout->dots,
                           top + y * (long)layout->dots, layout->dots, false))
                return false;
        }
    return true;
}

/* Where the symbol was seen, to the dot. */
static enum proof look_closely(const struct tem_image *image,
                               const struct tem_scan_symbol *seen,
                               const struct tem_layout *layout,
                               const struct tem_symbol *symbol)
{
    long x = seen->corners[0].x, y = seen->corners[0].y;
    long slack = 2 + layout->dots / 2; /* that a corner may be off */
    for (long dy = -slack; dy <= slack; dy++)
        for (long dx = -slack; dx <= slack; dx++)
            if (has_modules(image, x + dx, y + dy, layout->dots, symbol))
                return is_quiet(image, x + dx, y + dy, layout, symbol->side)
                           ? PROOF_GOOD
                           : PROOF_QUIET;
    return PROOF_DOTS;
}

static enum proof check_seal(const char *text, const struct tem_key *key,
                             struct tem_error *error)
{
    struct tem_verify_options options = {
        .key = key, .at = TEM_DATE_NONE, .demo = true, .now = TEM_DATE_NONE};
    struct tem_result result;
    if (tem_verify_text(tem_bytes_of(text), &options, &result, error) != TEM_OK)
        return PROOF_FAILED;
    return result.verdict == TEM_VERDICT_GENUINE ? PROOF_GOOD : PROOF_SEAL;
}

static enum proof check_scan(const struct tem_image *image,
                             const struct tem_scan *scan, const char *text,
                             const struct tem_layout *layout,
                             const struct tem_symbol *symbol,
                             const struct tem_key *key, struct tem_error *error)
{
    const struct tem_scan_symbol *seen = scan->symbols;
    if (scan->count != 1)
        return PROOF_UNREAD;
    if (seen->text.size != strlen(text) ||
        memcmp(seen->text.data, text, seen->text.size) != 0)
        return PROOF_TEXT;
    enum proof proof = check_seal(text, key, error);
    return proof == PROOF_GOOD ? look_closely(image, seen, layout, symbol)
                               : proof;
}

enum proof proof_read(const struct tem_raster *raster, const char *text,
                      const struct tem_layout *layout,
                      const struct tem_symbol *symbol,
                      const struct tem_key *key, struct tem_error *error)
{
    struct tem_image *image;
    struct tem_scan *scan;
    if (tem_image_from_raster(raster, &image, error) != TEM_OK)
        return PROOF_FAILED;
    enum proof proof = PROOF_FAILED;
    if (tem_scan_image(image, NULL, &scan, error) == TEM_OK) {
        proof = check_scan(image, scan, text, layout, symbol, key, error);
        tem_scan_free(scan);
    }
    tem_image_free(image);
    return proof;
}
