/* SPDX-License-Identifier: MIT */
/*
 * See <tem/scan.h>. zbar misses a symbol at one size that it reads at another,
 * most of all large ones with noise, which shrinking averages away: hence
 * several passes over copies of different sizes, and the union of them. Where
 * they find nothing, copies that were made easier are read as well.
 */
#include "../error/fail.h"
#include "contrast.h"
#include "zbar.h"
#include <stdlib.h>
#include <string.h>

/* Longest sides of the smaller copies that are read. */
static const uint32_t sides[] = {400, 800, 1600};

enum { SIDES = sizeof sides / sizeof *sides, PASSES_MAX = SIDES + 1 };

/* Pictures up to this are read at twice their size when nothing was found. */
#define DOUBLE_PIXELS_MAX 2000000

/* What is found, and in which picture; room for TEM_SCAN_SYMBOLS_MAX. */
struct search {
    const struct tem_image *image;
    struct tem_scan *scan;
    struct tem_error *error;
};

void tem_scan_free(struct tem_scan *scan)
{
    if (scan == NULL)
        return;
    tem_scan_clear(scan);
    free(scan);
}

/* ---- union ------------------------------------------------------------ */

struct box {
    int64_t left, top, right, bottom;
};

static struct box box_of(const struct tem_scan_symbol *symbol)
{
    const struct tem_point *at = symbol->corners;
    struct box box = {at->x, at->y, at->x, at->y};
    for (int i = 1; i < 4; i++) {
        box.left = at[i].x < box.left ? at[i].x : box.left;
        box.right = at[i].x > box.right ? at[i].x : box.right;
        box.top = at[i].y < box.top ? at[i].y : box.top;
        box.bottom = at[i].y > box.bottom ? at[i].y : box.bottom;
    }
    return box;
}

/* Is the middle of `a` inside `b`? Doubled, to stay whole. */
static bool centred_in(struct box a, struct box b)
{
    int64_t x = a.left + a.right, y = a.top + a.bottom;
    return x >= 2 * b.left && x <= 2 * b.right && y >= 2 * b.top &&
           y <= 2 * b.bottom;
}

static bool same_text(struct tem_bytes a, struct tem_bytes b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* Are they one symbol? Boxes of neighbours may overlap when the sheet lies
 * askew, but the middle of one is never inside another. Of a structured append
 * one pass may see more than another. */
static bool same_symbol(const struct tem_scan_symbol *a,
                        const struct tem_scan_symbol *b)
{
    if (a->part != b->part || (!a->part && !same_text(a->text, b->text)))
        return false;
    struct box box_a = box_of(a), box_b = box_of(b);
    return centred_in(box_a, box_b) || centred_in(box_b, box_a);
}

/* The symbol as it was found before, or NULL. */
static struct tem_scan_symbol *known(const struct tem_scan *scan,
                                     const struct tem_scan_symbol *symbol)
{
    for (size_t i = 0; i < scan->count; i++)
        if (same_symbol(&scan->symbols[i], symbol))
            return &scan->symbols[i];
    return NULL;
}

/* Take over a symbol, if it is new or the fuller; the other stays behind. */
static void take(struct tem_scan *scan, struct tem_scan_symbol *symbol)
{
    struct tem_scan_symbol *before = known(scan, symbol);
    if (before != NULL && symbol->text.size > before->text.size) {
        struct tem_scan_symbol less = *before;
        *before = *symbol;
        *symbol = less;
    } else if (before == NULL && scan->count < TEM_SCAN_SYMBOLS_MAX) {
        scan->symbols[scan->count++] = *symbol;
        symbol->text = (struct tem_bytes){NULL, 0};
    } else if (before == NULL) {
        scan->truncated = true;
    }
}

/* From pixels of a copy to those of the picture, to the nearest. */
static int32_t scaled(int32_t at, uint32_t from, uint32_t to)
{
    int64_t twice = 2 * (int64_t)at * to;
    return (int32_t)((twice + (twice < 0 ? -(int64_t)from : from)) /
                     (2 * (int64_t)from));
}

/* Take over what is new of a pass; the rest is freed. */
static void merge(struct tem_scan *found, const struct tem_image *copy,
                  struct search *search)
{
    search->scan->truncated |= found->truncated;
    for (size_t i = 0; i < found->count; i++) {
        struct tem_scan_symbol *symbol = &found->symbols[i];
        for (int c = 0; c < 4; c++) {
            struct tem_point *at = &symbol->corners[c];
            at->x = scaled(at->x, copy->width, search->image->width);
            at->y = scaled(at->y, copy->height, search->image->height);
        }
        take(search->scan, symbol);
    }
    tem_scan_clear(found);
}

/* ---- order ------------------------------------------------------------ */

static int64_t middle_y(const struct tem_scan_symbol *symbol)
{
    struct box box = box_of(symbol);
    return box.top + box.bottom;
}

static int sign(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_texts(const struct tem_scan_symbol *a,
                         const struct tem_scan_symbol *b)
{
    if (a->text.size != b->text.size)
        return a->text.size < b->text.size ? -1 : 1;
    return memcmp(a->text.data, b->text.data, a->text.size);
}

static int compare_down(const void *left, const void *right)
{
    const struct tem_scan_symbol *a = left, *b = right;
    int order = sign(middle_y(a), middle_y(b));
    if (order == 0)
        order = sign(box_of(a).left, box_of(b).left);
    return order != 0 ? order : compare_texts(a, b);
}

static int compare_across(const void *left, const void *right)
{
    const struct tem_scan_symbol *a = left, *b = right;
    int order = sign(box_of(a).left, box_of(b).left);
    return order != 0 ? order : compare_down(left, right);
}

/* Rows from the top, each from the left. A row is the topmost symbol left and
 * all whose middle is above its lower edge: print and lens are never level. */
static void sort_by_place(struct tem_scan *scan)
{
    struct tem_scan_symbol *all = scan->symbols;
    qsort(all, scan->count, sizeof *all, compare_down);
    for (size_t start = 0, end; start < scan->count; start = end) {
        int64_t edge = 2 * box_of(&all[start]).bottom;
        end = start + 1;
        while (end < scan->count && middle_y(&all[end]) < edge)
            end++;
        qsort(all + start, end - start, sizeof *all, compare_across);
    }
}

/* ---- passes ----------------------------------------------------------- */

static enum tem_status read_copy(const struct tem_image *copy,
                                 struct search *search)
{
    struct tem_scan found;
    enum tem_status status = tem_scan_pass(copy, &found, search->error);
    if (status == TEM_OK)
        merge(&found, copy, search);
    return status;
}

static enum tem_status read_inverted(const struct tem_image *copy,
                                     struct search *search)
{
    struct tem_image *negative;
    enum tem_status status =
        tem_image_new(copy->width, copy->height, &negative, search->error);
    if (status != TEM_OK)
        return status;
    size_t size = (size_t)copy->width * copy->height;
    for (size_t i = 0; i < size; i++)
        negative->pixels[i] = (uint8_t)(255 - copy->pixels[i]);
    status = read_copy(negative, search);
    tem_image_free(negative);
    return status;
}

static enum tem_status read_stretched(const struct tem_image *copy,
                                      struct search *search)
{
    struct tem_image *stretched;
    enum tem_status status = tem_scan_stretch(copy, &stretched, search->error);
    if (status != TEM_OK)
        return status;
    status = read_copy(stretched, search);
    tem_image_free(stretched);
    return status;
}

/* One kind of pass. The first kind that finds anything ends the search. */
struct kind {
    enum tem_status (*read)(const struct tem_image *copy,
                            struct search *search);
    bool doubled; /* over a copy of twice the size, not at every scale */
    bool every;   /* at every scale, not only until one finds something */
};

static const struct kind inverted = {read_inverted, false, false};

/* One pass over a copy of so many thousandths of each side. */
static enum tem_status read_scaled(const struct kind *kind, unsigned per_mille,
                                   struct search *search)
{
    if (per_mille == 1000)
        return kind->read(search->image, search);
    struct tem_image *copy;
    enum tem_status status =
        tem_image_shrink(search->image, per_mille, &copy, search->error);
    if (status != TEM_OK)
        return status;
    status = kind->read(copy, search);
    tem_image_free(copy);
    return status;
}

/* Twice the size, each new pixel between its neighbours in halves: a module of
 * less than two pixels then has a width that zbar's edges can be told by. */
static void draw_doubled(const struct tem_image *image, struct tem_image *copy)
{
    uint8_t *out = copy->pixels;
    for (uint32_t y = 0; y < copy->height; y++) {
        uint32_t down = y / 2 + (y % 2 && y / 2 + 1 < image->height);
        const uint8_t *above = image->pixels + (size_t)(y / 2) * image->width;
        const uint8_t *below = image->pixels + (size_t)down * image->width;
        for (uint32_t x = 0; x < copy->width; x++) {
            uint32_t left = x / 2;
            uint32_t right = left + (x % 2 && left + 1 < image->width);
            unsigned sum = (unsigned)above[left] + above[right] + below[left] +
                           below[right];
            *out++ = (uint8_t)((sum + 2) / 4);
        }
    }
}

static enum tem_status read_doubled(const struct kind *kind,
                                    struct search *search)
{
    const struct tem_image *image = search->image;
    if ((uint64_t)image->width * image->height > DOUBLE_PIXELS_MAX ||
        image->width > TEM_IMAGE_SIDE_MAX / 2 ||
        image->height > TEM_IMAGE_SIDE_MAX / 2)
        return TEM_OK;
    struct tem_image *copy;
    enum tem_status status = tem_image_new(image->width * 2, image->height * 2,
                                           &copy, search->error);
    if (status != TEM_OK)
        return status;
    draw_doubled(image, copy);
    status = kind->read(copy, search);
    tem_image_free(copy);
    return status;
}

static enum tem_status read_scales(const struct kind *kind,
                                   const unsigned *scales, unsigned count,
                                   struct search *search)
{
    for (unsigned i = 0; i < count; i++) {
        enum tem_status status = read_scaled(kind, scales[i], search);
        if (status != TEM_OK)
            return status;
        if (!kind->every && search->scan->count > 0)
            break;
    }
    return TEM_OK;
}

/* The most thousandths of a picture that one pass may have. */
static unsigned largest_scale(const struct tem_image *image)
{
    uint64_t pixels = (uint64_t)image->width * image->height;
    unsigned per_mille = 1000;
    while (pixels * per_mille * per_mille / 1000000 > TEM_SCAN_PASS_PIXELS)
        per_mille--;
    return per_mille;
}

/* Thousandths of each side for every pass, rising; the last is the largest
 * allowed. One within a fifth of it is skipped. @return how many. */
static unsigned plan_scales(const struct tem_image *image,
                            unsigned per_mille[PASSES_MAX])
{
    uint32_t longest =
        image->width > image->height ? image->width : image->height;
    unsigned largest = largest_scale(image), count = 0;
    for (unsigned i = 0; i < SIDES; i++) {
        unsigned scale = (unsigned)((sides[i] * 1000 + longest - 1) / longest);
        if (scale * 5 < largest * 4)
            per_mille[count++] = scale;
    }
    per_mille[count++] = largest;
    return count;
}

/* Beside what was found, one look for light symbols on dark: a label that
 * nobody sees cannot be told to be a forgery. */
static enum tem_status read_light(struct search *search)
{
    const struct tem_image *image = search->image;
    uint32_t longest =
        image->width > image->height ? image->width : image->height;
    unsigned most = largest_scale(image), per_mille = most / 2;
    if ((uint64_t)longest * per_mille < UINT64_C(1000) * TEM_SCAN_INVERTED_SIDE)
        per_mille = (TEM_SCAN_INVERTED_SIDE * 1000 + longest - 1) / longest;
    if (per_mille > most)
        per_mille = most;
    return read_scaled(&inverted, per_mille, search);
}

static enum tem_status read_all(struct search *search)
{
    static const struct kind kinds[] = {{read_copy, false, true},
                                        {read_copy, true, true},
                                        {read_stretched, false, false},
                                        {read_stretched, true, false}};
    unsigned scales[PASSES_MAX];
    unsigned count = plan_scales(search->image, scales);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        enum tem_status status =
            kinds[k].doubled ? read_doubled(&kinds[k], search)
                             : read_scales(&kinds[k], scales, count, search);
        if (status != TEM_OK)
            return status;
        if (search->scan->count > 0)
            return read_light(search);
    }
    return read_scales(&inverted, scales, count, search);
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

enum tem_status tem_scan_image(const struct tem_image *image,
                               struct tem_scan **scan, struct tem_error *error)
{
    struct tem_scan *all = calloc(1, sizeof *all);
    if (all != NULL)
        all->symbols = malloc(TEM_SCAN_SYMBOLS_MAX * sizeof *all->symbols);
    if (all == NULL || all->symbols == NULL) {
        free(all);
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    }
    struct search search = {image, all, error};
    enum tem_status status = read_all(&search);
    if (status != TEM_OK) {
        tem_scan_free(all);
        return status;
    }
    sort_by_place(all);
    trim(all);
    *scan = all;
    return TEM_OK;
}
