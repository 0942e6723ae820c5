/* SPDX-License-Identifier: MIT */
/* See search.h. */
#include "search.h"
#include "../error/fail.h"
#include "contrast.h"
#include "pyramid.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEVELS_MAX = 9,   /* sizes of the picture, each half of the one before */
    LEVEL_SIDE = 300, /* no smaller one is made of what is smaller already */
    UNREAD_MAX = 64,
    ROWS = 3,     /* every third is looked at */
    BLURRED = 16, /* so many in a row that look like symbols and cannot be read
                     may be read in a larger copy */
    CLOSER_WORK = 1000000, /* samples to measure the damage of one symbol */
};

/* What to look for at one size. */
struct look {
    enum tem_care care;
    int contrast;   /* grey levels, see binary.h */
    double doubt;   /* of a triple, at most */
    size_t finders; /* the likeliest so many are taken */
    size_t misses;  /* so many triples in a row that are none end it, and one
                       more for each finder: symbols stand on a lattice */
};

/* Of the triples that led to a symbol with less care, all were among the first
 * ten. */
static const struct look plain = {TEM_STRICT, 24, 1.4, TEM_FINDERS_MAX, 200},
                         damaged = {TEM_LENIENT, 10, 0.8, 36, 64},
                         faint = {TEM_BLURRED, 10, 0.8, 36, 64};

/* A symbol that was seen but not read. */
struct unread {
    unsigned level;
    double promise;
    struct tem_lattice lattice;
    struct tem_spot middle; /* in the picture, as all that follows */
    double reach;           /* half its side, pixels */
    struct tem_spot pattern[3];
};

struct tem_search {
    /* The first is not ours; the one after the last of all is for the doubled
     * picture, or NULL. */
    const struct tem_image *level[LEVELS_MAX + 1];
    unsigned levels;
    unsigned suspects;
    struct tem_sightings found;
    bool inner, tired, ended;
    double module;
    struct unread unread[UNREAD_MAX];
    size_t unread_count, given_up; /* the first so many; read in vain */
    struct tem_finders finders;
    struct tem_quad quads[TEM_FINDERS_MAX];
    bool used[TEM_FINDERS_MAX];
    struct tem_triples triples;
    struct tem_attempt attempt;
};

/* ---- levels ----------------------------------------------------------- */

/* From pixels of a level to those of the picture. */
static double scale_of(unsigned level)
{
    return level == LEVELS_MAX ? 0.5 : 1U << level;
}

static struct tem_spot lift(unsigned level, struct tem_spot at)
{
    return tem_spot_scale(at, scale_of(level));
}

static enum tem_status make_levels(struct tem_search *search,
                                   struct tem_error *error)
{
    while (search->levels < LEVELS_MAX) {
        const struct tem_image *last = search->level[search->levels - 1];
        struct tem_image *next;
        if ((last->width <= LEVEL_SIDE && last->height <= LEVEL_SIDE) ||
            last->width < 2 || last->height < 2)
            break;
        enum tem_status status = tem_halve(last, &next, error);
        if (status != TEM_OK)
            return status;
        search->level[search->levels++] = next;
    }
    return TEM_OK;
}

enum tem_status tem_search_new(const struct tem_image *image,
                               const struct tem_search_settings *settings,
                               struct tem_search **search,
                               struct tem_error *error)
{
    struct tem_search *s = malloc(sizeof *s);
    if (!s)
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    enum tem_status status =
        tem_sightings_new(settings->most, &s->found, error);
    if (status != TEM_OK) {
        free(s);
        return status;
    }
    s->level[0] = image;
    s->level[LEVELS_MAX] = NULL;
    s->levels = 1;
    s->unread_count = s->given_up = 0;
    s->suspects = 0;
    s->inner = settings->inner;
    s->module = settings->module;
    s->tired = s->ended = false;
    s->attempt.confirm = settings->confirm;
    s->attempt.context = settings->context;
    s->attempt.work = settings->work;
    tem_qr_decode_init(&s->attempt.decode);
    status = make_levels(s, error);
    if (status != TEM_OK) {
        tem_search_free(s);
        return status;
    }
    *search = s;
    return TEM_OK;
}

void tem_search_free(struct tem_search *search)
{
    if (!search)
        return;
    for (unsigned i = 1; i < search->levels; i++)
        tem_image_free((struct tem_image *)(uintptr_t)search->level[i]);
    tem_image_free((struct tem_image *)(uintptr_t)search->level[LEVELS_MAX]);
    tem_sightings_free(&search->found);
    free(search);
}

/* ---- found ------------------------------------------------------------ */

/* What is hard to see in a small copy is no damage of the symbol: ask larger
 * ones, as long as there is some. */
static void look_closer(struct tem_search *search, unsigned level,
                        struct tem_sighting *sighting)
{
    struct tem_attempt *a = &search->attempt;
    struct tem_lattice lattice = a->lattice;
    const struct tem_qr_text *text = &a->decode.text;
    tem_confirm_fn confirm = a->confirm;
    int64_t work = a->work;
    a->confirm = NULL; /* he has been asked */
    a->work = CLOSER_WORK;
    while (level-- > 0 && sighting->corrected + sighting->erased > 0) {
        tem_lattice_scale(&lattice, 2);
        if (!tem_attempt_lattice(a, search->level[level], &lattice) ||
            a->decode.corrected + a->decode.erased >=
                sighting->corrected + sighting->erased ||
            text->size != sighting->text.size ||
            memcmp(text->bytes, sighting->text.data, text->size) != 0)
            break;
        sighting->corrected = a->decode.corrected;
        sighting->erased = a->decode.erased;
    }
    a->confirm = confirm;
    a->work = work;
}

static enum tem_status keep(struct tem_search *search, unsigned level,
                            struct tem_error *error)
{
    struct tem_sighting *one;
    enum tem_status status = tem_sightings_add(&search->found, &search->attempt,
                                               scale_of(level), &one, error);
    if (one && one->module < search->module)
        search->ended = true;
    else if (one && level < search->levels)
        look_closer(search, level, one);
    return status;
}

struct tem_sightings *tem_search_found(struct tem_search *search)
{
    return &search->found;
}

/* Does a finder pattern belong to what was read? */
static bool is_used(const struct tem_search *search, struct tem_spot at)
{
    return search->inner ? tem_sightings_mark(&search->found, at)
                         : tem_sightings_cover(&search->found, at);
}

/* Is what was seen part of what was read? Of labels side by side the finder
 * patterns of several look like one symbol's. */
static bool is_read(const struct tem_search *search, const struct unread *one)
{
    for (int i = 0; i < 3; i++)
        if (is_used(search, one->pattern[i]))
            return true;
    return search->inner
               ? tem_sightings_have(&search->found, one->middle, one->reach)
               : tem_sightings_cover(&search->found, one->middle);
}

size_t tem_search_unread(const struct tem_search *search)
{
    size_t count = search->given_up;
    for (size_t i = 0; i < search->unread_count; i++)
        count += !is_read(search, &search->unread[i]);
    return count;
}

bool tem_search_is_tired(const struct tem_search *search)
{
    return search->tired || search->ended;
}

unsigned tem_search_suspects(const struct tem_search *search)
{
    return search->suspects;
}

/* ---- seen, not read --------------------------------------------------- */

/* Much work for what is large by chance: of a large symbol more is to be seen.
 */
static bool is_promising(const struct tem_attempt *attempt)
{
    if (!(attempt->promise > 0))
        return false; /* nor is there a lattice */
    double version = attempt->lattice.version;
    return attempt->promise > (version > 12 ? 6 + (version - 12) / 4 : 0);
}

static void note_unread(struct tem_search *search, unsigned level)
{
    const struct tem_attempt *a = &search->attempt;
    double half = a->lattice.side / 2.0;
    if (!is_promising(a))
        return;
    double far = a->lattice.side - 3.5;
    struct tem_spot corner = lift(level, tem_lattice_at(&a->lattice, 0, 0));
    struct unread one = {
        .level = level,
        .promise = a->promise,
        .lattice = a->lattice,
        .middle = lift(level, tem_lattice_at(&a->lattice, half, half)),
        .pattern = {lift(level, tem_lattice_at(&a->lattice, 3.5, 3.5)),
                    lift(level, tem_lattice_at(&a->lattice, far, 3.5)),
                    lift(level, tem_lattice_at(&a->lattice, 3.5, far))}};
    struct tem_spot d = tem_spot_sub(corner, one.middle);
    one.reach = sqrt(tem_spot_dot(d, d) / 2);
    struct unread *place = NULL;
    for (size_t i = 0; i < search->unread_count; i++) {
        struct unread *other = &search->unread[i];
        d = tem_spot_sub(other->middle, one.middle);
        if (tem_spot_dot(d, d) < one.reach * one.reach / 8 &&
            other->level == level &&
            other->lattice.version == one.lattice.version) {
            place = other;
            if (other->promise >= one.promise)
                return;
        }
    }
    if (!place && search->unread_count < UNREAD_MAX)
        place = &search->unread[search->unread_count++];
    for (size_t i = 0; !place && i < UNREAD_MAX; i++)
        if (search->unread[i].promise < one.promise)
            place = &search->unread[i];
    if (place)
        *place = one;
}

/* Of two that are alike, so that there is one order: the same picture, the same
 * result. */
static int compare_spots(struct tem_spot a, struct tem_spot b)
{
    if (a.y != b.y)
        return a.y > b.y ? 1 : -1;
    return (a.x > b.x) - (a.x < b.x);
}

static int compare_unread(const void *left, const void *right)
{
    const struct unread *a = left, *b = right;
    if (a->promise != b->promise)
        return a->promise > b->promise ? -1 : 1;
    if (a->level != b->level)
        return a->level > b->level ? 1 : -1;
    return compare_spots(a->middle, b->middle);
}

enum tem_status tem_search_hard(struct tem_search *search,
                                struct tem_error *error)
{
    enum tem_status status = TEM_OK;
    qsort(search->unread, search->unread_count, sizeof *search->unread,
          compare_unread);
    for (size_t i = 0; i < search->unread_count && status == TEM_OK; i++) {
        const struct unread *one = &search->unread[i];
        if (search->ended || is_read(search, one))
            continue;
        if (tem_attempt_hard(&search->attempt, search->level[one->level],
                             &one->lattice))
            status = keep(search, one->level, error);
        else
            search->given_up++;
    }
    search->unread_count = 0;
    return status;
}

/* ---- one level -------------------------------------------------------- */

static int compare_finders(const void *left, const void *right)
{
    const struct tem_finder *a = left, *b = right;
    if (a->rays + a->inner_rays != b->rays + b->inner_rays)
        return a->rays + a->inner_rays > b->rays + b->inner_rays ? -1 : 1;
    if (a->uneven != b->uneven)
        return a->uneven > b->uneven ? 1 : -1;
    return compare_spots(a->at, b->at);
}

static enum tem_status find_finders(struct tem_search *search,
                                    const struct tem_image *image,
                                    unsigned level, struct look look,
                                    struct tem_error *error)
{
    struct tem_binary binary;
    enum tem_status status = tem_binarise(image, look.contrast, &binary, error);
    if (status != TEM_OK)
        return status;
    struct tem_finders *finders = &search->finders;
    double rough = look.care == TEM_STRICT ? 0.12 : 0.3;
    tem_find_finders(&binary, ROWS, look.care, finders);
    if (finders->count > look.finders)
        qsort(finders->all, finders->count, sizeof *finders->all,
              compare_finders);
    size_t count = 0;
    for (size_t i = 0; i < finders->count && count < look.finders; i++) {
        struct tem_finder *finder = &finders->all[i];
        if (is_used(search, lift(level, finder->at)) ||
            !tem_finder_quad(image, &binary, finder, &search->quads[count]) ||
            search->quads[count].rough > rough + 0.15 / finder->module)
            continue;
        search->used[count] = false;
        finders->all[count++] = *finder;
    }
    finders->count = count;
    unsigned whole = 0;
    for (size_t i = 0; i < count; i++)
        whole += finders->all[i].rays == TEM_FINDER_RAYS;
    if (look.care == TEM_STRICT && whole > search->suspects)
        search->suspects = whole;
    tem_binary_free(&binary);
    return TEM_OK;
}

static bool attempt_triple(struct tem_search *search,
                           const struct tem_image *image,
                           const struct tem_triple *t)
{
    const struct tem_finder *all = search->finders.all;
    const struct tem_quad *quads = search->quads;
    struct tem_stand stand = {
        all[t->top_left],
        all[t->top_right],
        all[t->bottom_left],
        {quads[t->top_left], quads[t->top_right], quads[t->bottom_left]}};
    return tem_attempt_quick(&search->attempt, image, &stand, t->side);
}

/* @param image  of the level, or made from it. */
static enum tem_status search_level(struct tem_search *search,
                                    const struct tem_image *image,
                                    unsigned level, struct look look,
                                    struct tem_error *error)
{
    bool *used = search->used;
    enum tem_status status = find_finders(search, image, level, look, error);
    if (status != TEM_OK)
        return status;
    tem_find_triples(&search->finders, search->quads, look.doubt,
                     &search->triples);
    size_t misses = 0, most = look.misses + search->finders.count;
    unsigned blurred = 0;
    for (size_t i = 0; i < search->triples.count; i++) {
        const struct tem_triple *t = &search->triples.all[i];
        int64_t before = search->attempt.work;
        search->tired |= search->attempt.work <= 0;
        if (search->ended || search->attempt.work <= 0 || misses == most)
            break;
        if (used[t->top_left] || used[t->top_right] || used[t->bottom_left])
            continue;
        if (!attempt_triple(search, image, t)) {
            note_unread(search, level);
            misses++;
            blurred += search->attempt.promise > 0;
            if (blurred == BLURRED && level > 0)
                break;
            continue;
        }
        misses = blurred = 0;
        used[t->top_left] = used[t->top_right] = used[t->bottom_left] = true;
        status = keep(search, level, error);
        if (status != TEM_OK)
            return status;
        search->attempt.work = before; /* not in vain */
    }
    return TEM_OK;
}

static enum tem_status search_levels(struct tem_search *search,
                                     struct look look, uint64_t pixels,
                                     struct tem_error *error)
{
    for (unsigned level = search->levels; level-- > 0 && !search->ended;) {
        const struct tem_image *image = search->level[level];
        if ((uint64_t)image->width * image->height > pixels)
            break;
        enum tem_status status =
            search_level(search, image, level, look, error);
        if (status != TEM_OK)
            return status;
    }
    return TEM_OK;
}

enum tem_status tem_search_quick(struct tem_search *search,
                                 struct tem_error *error)
{
    return search_levels(search, plain, UINT64_MAX, error);
}

/* A quarter of the work left at most: there are many false ones. */
enum tem_status tem_search_lenient(struct tem_search *search, uint64_t pixels,
                                   struct tem_error *error)
{
    int64_t saved = search->attempt.work / 4 * 3;
    search->attempt.work -= saved;
    enum tem_status status = search_levels(search, damaged, pixels, error);
    search->attempt.work += saved;
    return status;
}

static enum tem_status search_stretched(struct tem_search *search,
                                        unsigned level, struct tem_error *error)
{
    struct tem_image *copy;
    enum tem_status status =
        tem_scan_stretch(search->level[level], &copy, error);
    if (status != TEM_OK)
        return status;
    status = search_level(search, copy, level, faint, error);
    tem_image_free(copy);
    return status;
}

enum tem_status tem_search_stretched(struct tem_search *search, uint64_t pixels,
                                     struct tem_error *error)
{
    for (unsigned level = search->levels; level-- > 0 && !search->ended;) {
        const struct tem_image *image = search->level[level];
        if ((uint64_t)image->width * image->height > pixels)
            break;
        enum tem_status status = search_stretched(search, level, error);
        if (status != TEM_OK)
            return status;
    }
    return TEM_OK;
}

enum tem_status tem_search_doubled(struct tem_search *search,
                                   struct tem_error *error)
{
    struct tem_image *copy;
    enum tem_status status = tem_double(search->level[0], &copy, error);
    if (status != TEM_OK)
        return status;
    tem_image_free((struct tem_image *)(uintptr_t)search->level[LEVELS_MAX]);
    search->level[LEVELS_MAX] = copy;
    return search_level(search, copy, LEVELS_MAX, faint, error);
}
