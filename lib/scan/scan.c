/* SPDX-License-Identifier: MIT */
/* See <tem/scan.h>: what is tried, in which order, and when it is enough. */
#include "../error/fail.h"
#include "look.h"
#include "place.h"
#include "search.h"
#include "second.h"
#include "zbar.h"
#include <math.h>
#include <stdlib.h>

/* Grey samples that one picture may cost, by effort; about 10 ns each. */
static const int64_t works[] = {[TEM_EFFORT_NORMAL] = 12000000,
                                [TEM_EFFORT_FAST] = 5000000,
                                [TEM_EFFORT_HARD] = 200000000};

/* Where nothing is like a symbol, no more than this is looked over again. */
#define GLANCE_PIXELS 200000
/* Nor is what is faint looked for in a larger copy. */
#define STRETCH_PIXELS 2000000
/* Pictures that are looked at doubled; and where nothing is like a symbol. */
#define DOUBLE_PIXELS 1000000
#define DOUBLE_GLANCE 100000

void tem_scan_free(struct tem_scan *scan)
{
    if (scan == NULL)
        return;
    tem_scan_clear(scan);
    free(scan);
}

/* ---- results ---------------------------------------------------------- */

/* Eight times as much, in a picture decoded at an eighth, is a place too. */
static int32_t nearest(double at)
{
    return (int32_t)lround(at > 1e8 ? 1e8 : at < -1e8 ? -1e8 : at);
}

/* The text changes hands. */
static struct tem_scan_symbol symbol_of(const struct tem_sighting *sighting)
{
    struct tem_scan_symbol symbol = {
        .text = sighting->text,
        .charset = sighting->charset,
        .symbology = TEM_QR_CODE,
        .module = sighting->module,
        .version = sighting->version,
        .level = sighting->level,
        .codewords = sighting->codewords,
        .corrected = sighting->corrected,
        .erased = sighting->erased,
        .unused = sighting->unused,
        .drawn = sighting->drawn,
        .mirrored = sighting->mirrored,
        .inverted = sighting->light,
        .confirmed = sighting->confirmed,
        .part = sighting->parts > 0,
        .part_number = sighting->parts > 0 ? sighting->part + 1 : 0,
        .part_count = sighting->parts};
    for (int i = 0; i < 4; i++)
        symbol.corners[i] = (struct tem_point){nearest(sighting->corner[i].x),
                                               nearest(sighting->corner[i].y)};
    return symbol;
}

/* Give back what TEM_SCAN_SYMBOLS_MAX did not need. */
static void trim(struct tem_scan *scan)
{
    if (scan->count == 0) {
        free(scan->symbols);
        scan->symbols = NULL;
        return;
    }
    struct tem_scan_symbol *less =
        realloc(scan->symbols, scan->count * sizeof *less);
    if (less != NULL) /* else the larger one serves as well */
        scan->symbols = less;
}

/* ---- stages ----------------------------------------------------------- */

/* Is there no need for anything dearer? */
static bool is_enough(struct tem_search *search,
                      const struct tem_scan_options *options)
{
    const struct tem_sightings *found = tem_search_found(search);
    if (!options->confirm)
        return found->count > 0;
    for (size_t i = 0; i < found->count; i++)
        if (found->all[i].confirmed)
            return true;
    return false;
}

/* What is faint, and what is small. */
static enum tem_status search_closely(struct tem_search *search,
                                      const struct tem_image *image,
                                      const struct tem_scan_options *options,
                                      uint64_t pixels, struct tem_error *error)
{
    enum tem_status status = tem_search_stretched(
        search, pixels < STRETCH_PIXELS ? pixels : STRETCH_PIXELS, error);
    if (status == TEM_OK)
        status = tem_search_hard(search, error);
    if (status != TEM_OK || is_enough(search, options))
        return status;
    uint64_t most = pixels == GLANCE_PIXELS ? DOUBLE_GLANCE : DOUBLE_PIXELS;
    if ((uint64_t)image->width * image->height > most ||
        image->width > TEM_IMAGE_SIDE_MAX / 2 ||
        image->height > TEM_IMAGE_SIDE_MAX / 2)
        return TEM_OK;
    status = tem_search_doubled(search, error);
    return status == TEM_OK ? tem_search_hard(search, error) : status;
}

static enum tem_status search_all(struct tem_search *search,
                                  const struct tem_image *image,
                                  const struct tem_scan_options *options,
                                  bool glance, struct tem_error *error)
{
    enum tem_status status = tem_search_quick(search, error);
    if (status != TEM_OK || options->effort == TEM_EFFORT_FAST)
        return status;
    status = tem_search_hard(search, error);
    if (status != TEM_OK || glance ||
        (is_enough(search, options) && options->effort != TEM_EFFORT_HARD))
        return status;
    uint64_t pixels =
        options->effort == TEM_EFFORT_HARD || tem_search_suspects(search) > 0
            ? UINT64_MAX
            : GLANCE_PIXELS;
    status = tem_search_lenient(search, pixels, error);
    if (status == TEM_OK)
        status = tem_search_hard(search, error);
    if (status != TEM_OK || is_enough(search, options))
        return status;
    return search_closely(search, image, options, pixels, error);
}

/* zbar is slow: without a hard effort it is asked only where there is something
 * like a symbol. */
static bool is_doubtful(struct tem_search *search,
                        const struct tem_scan_options *options)
{
    if (options->effort == TEM_EFFORT_FAST || is_enough(search, options))
        return false;
    return options->effort == TEM_EFFORT_HARD ||
           tem_search_suspects(search) >= 2;
}

/* What zbar read is right only if the caller says so of it, too. */
static enum tem_status ask_zbar(const struct tem_image *image,
                                const struct tem_scan_options *options,
                                struct tem_scan *scan, struct tem_error *error)
{
    size_t before = scan->count;
    enum tem_status status = tem_second_opinion(image, scan, error);
    for (size_t i = before; i < scan->count && options->confirm; i++)
        scan->symbols[i].confirmed =
            !scan->symbols[i].part &&
            options->confirm(options->context, scan->symbols[i].text);
    /* what was read without zbar does not need it */
    return status == TEM_E_UNSUPPORTED && before > 0 ? TEM_OK : status;
}

static enum tem_status scan_into(const struct tem_image *image,
                                 const struct tem_scan_options *options,
                                 struct tem_scan *scan,
                                 struct tem_glance *glance,
                                 struct tem_error *error)
{
    struct tem_search *search;
    struct tem_search_settings settings = {.most = TEM_SCAN_SYMBOLS_MAX,
                                           .inner = options->all,
                                           .confirm = options->confirm,
                                           .context = options->context,
                                           .work = works[options->effort],
                                           .module =
                                               glance ? TEM_GLANCE_MODULE : 0};
    enum tem_status status = tem_search_new(image, &settings, &search, error);
    if (status != TEM_OK)
        return status;
    status = search_all(search, image, options, glance != NULL, error);
    bool doubtful = status == TEM_OK && !glance && is_doubtful(search, options);
    struct tem_sighting one;
    scan->unfinished = tem_search_is_tired(search);
    if (glance != NULL)
        *glance = (struct tem_glance){is_enough(search, options),
                                      tem_search_unread(search) > 0 ||
                                          scan->unfinished};
    struct tem_sightings *found = tem_search_found(search);
    if (!options->all)
        tem_sightings_drop_inner(found);
    scan->truncated = found->full;
    while (tem_sightings_take(found, &one))
        scan->symbols[scan->count++] = symbol_of(&one);
    tem_search_free(search);
    if (doubtful)
        status = ask_zbar(image, options, scan, error);
    if (status == TEM_OK && options->all)
        status = tem_read_ean(image, scan, error);
    return status;
}

enum tem_status tem_look(const struct tem_image *image,
                         const struct tem_scan_options *options,
                         struct tem_scan **scan, struct tem_glance *glance,
                         struct tem_error *error)
{
    if ((unsigned)options->effort > TEM_EFFORT_HARD)
        return TEM_FAIL(error, TEM_E_ARGUMENT, ARGUMENT, "s", "effort");
    struct tem_scan *all = calloc(1, sizeof *all);
    if (all != NULL)
        all->symbols = malloc(TEM_SCAN_SYMBOLS_MAX * sizeof *all->symbols);
    if (all == NULL || all->symbols == NULL) {
        free(all);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    enum tem_status status = scan_into(image, options, all, glance, error);
    if (status != TEM_OK) {
        tem_scan_free(all);
        return status;
    }
    tem_sort_symbols(all);
    trim(all);
    *scan = all;
    return TEM_OK;
}

enum tem_status tem_scan_image(const struct tem_image *image,
                               const struct tem_scan_options *options,
                               struct tem_scan **scan, struct tem_error *error)
{
    static const struct tem_scan_options standard = {0};
    return tem_look(image, options ? options : &standard, scan, NULL, error);
}
