/* SPDX-License-Identifier: MIT */
/* See sighting.h. */
#include "sighting.h"
#include "../error/fail.h"
#include "charset.h"
#include "redraw.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void free_text(struct tem_sighting *sighting)
{
    free((uint8_t *)(uintptr_t)sighting->text.data);
}

enum tem_status tem_sightings_new(size_t most, struct tem_sightings *list,
                                  struct tem_error *error)
{
    *list = (struct tem_sightings){malloc(most * sizeof *list->all), 0, most,
                                   false};
    return list->all ? TEM_OK : TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
}

void tem_sightings_free(struct tem_sightings *list)
{
    for (size_t i = 0; i < list->count; i++)
        free_text(&list->all[i]);
    free(list->all);
}

bool tem_sightings_take(struct tem_sightings *list, struct tem_sighting *one)
{
    if (list->count == 0)
        return false;
    *one = list->all[--list->count];
    return true;
}

/* ---- one in another --------------------------------------------------- */

static bool is_inside(struct tem_spot at, const struct tem_sighting *sighting)
{
    int left = 0;
    for (int k = 0; k < 4; k++) {
        struct tem_spot from = sighting->corner[k];
        struct tem_spot side =
            tem_spot_sub(sighting->corner[(k + 1) % 4], from);
        left += tem_spot_cross(side, tem_spot_sub(at, from)) > 0;
    }
    return left == 0 || left == 4;
}

bool tem_sightings_cover(const struct tem_sightings *list, struct tem_spot at)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_inside(at, &list->all[i]))
            return true;
    return false;
}

static bool is_near(struct tem_spot a, struct tem_spot b, double distance)
{
    struct tem_spot d = tem_spot_sub(a, b);
    return tem_spot_dot(d, d) < distance * distance;
}

/* The middle of a finder pattern is 3 1/2 modules along the way to the opposite
 * corner from both sides; at a slant about there. */
static bool marks(const struct tem_sighting *one, struct tem_spot at)
{
    double part = 3.5 / tem_qr_side(one->version);
    bool found = false;
    for (int k = 0; k < 4 && !found; k++) {
        struct tem_spot across =
            tem_spot_sub(one->corner[(k + 2) % 4], one->corner[k]);
        struct tem_spot middle =
            tem_spot_add(one->corner[k], tem_spot_scale(across, part));
        found = is_near(at, middle, 4 * one->module);
    }
    return found;
}

bool tem_sightings_mark(const struct tem_sightings *list, struct tem_spot at)
{
    for (size_t i = 0; i < list->count; i++)
        if (marks(&list->all[i], at))
            return true;
    return false;
}

bool tem_sightings_have(const struct tem_sightings *list,
                        struct tem_spot middle, double reach)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct tem_sighting *one = &list->all[i];
        double half = one->module * tem_qr_side(one->version) / 2;
        if (is_near(middle, one->middle, reach / 4) && half < 1.25 * reach &&
            reach < 1.25 * half)
            return true;
    }
    return false;
}

static bool is_inner(const struct tem_sightings *list, size_t number)
{
    const struct tem_sighting *one = &list->all[number];
    for (size_t i = 0; i < list->count; i++) {
        int inside = 0;
        for (int k = 0; k < 4 && i != number; k++)
            inside += is_inside(one->corner[k], &list->all[i]);
        if (inside == 4)
            return true;
    }
    return false;
}

void tem_sightings_drop_inner(struct tem_sightings *list)
{
    for (size_t i = list->count; i-- > 0;) {
        if (!is_inner(list, i))
            continue;
        free_text(&list->all[i]);
        list->all[i] = list->all[--list->count];
    }
}

/* ---- a new one -------------------------------------------------------- */

static double mean_module(const struct tem_sighting *sighting, unsigned side)
{
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        struct tem_spot d =
            tem_spot_sub(sighting->corner[(i + 1) % 4], sighting->corner[i]);
        sum += sqrt(tem_spot_dot(d, d));
    }
    return sum / 4 / side;
}

/* Where it is; of one seen from behind, as it was drawn. */
static void place(struct tem_sighting *one, const struct tem_attempt *attempt,
                  double scale)
{
    const struct tem_lattice *lattice = &attempt->lattice;
    double far = lattice->side;
    struct tem_spot corner[] = {{0, 0}, {0, far}, {far, far}, {far, 0}};
    for (int i = 0; i < 4; i++) {
        struct tem_spot at = corner[attempt->mirrored ? (4 - i) % 4 : i];
        one->corner[i] =
            tem_spot_scale(tem_lattice_at(lattice, at.x, at.y), scale);
    }
    one->middle =
        tem_spot_scale(tem_lattice_at(lattice, far / 2, far / 2), scale);
    one->module = mean_module(one, lattice->side);
}

/* The text, and behind it what the symbol was before it was printed: one piece
 * of memory, which goes with the text. */
static bool keep_text(struct tem_sighting *new,
                      const struct tem_attempt *attempt)
{
    const struct tem_qr_decode *d = &attempt->decode;
    uint8_t *bytes = malloc(d->text.size + 1 + sizeof(struct tem_symbol));
    if (!bytes)
        return false;
    memcpy(bytes, d->text.bytes, d->text.size);
    bytes[d->text.size] = 0;
    struct tem_symbol symbol; /* of bytes only: it may stand anywhere */
    tem_qr_redraw(attempt->lattice.version, d->format, d->codewords, &symbol);
    new->drawn = memcpy(bytes + d->text.size + 1, &symbol, sizeof symbol);
    new->text = (struct tem_bytes){bytes, d->text.size};
    return true;
}

enum tem_status tem_sightings_add(struct tem_sightings *list,
                                  const struct tem_attempt *attempt,
                                  double scale, struct tem_sighting **one,
                                  struct tem_error *error)
{
    const struct tem_qr_text *text = &attempt->decode.text;
    struct tem_sighting new = {.version = 0};
    *one = NULL;
    place(&new, attempt, scale);
    if (tem_sightings_have(list, new.middle,
                           new.module * attempt->lattice.side / 2))
        return TEM_OK;
    list->full |= list->count == list->most;
    if (list->count == list->most)
        return TEM_OK;
    if (!keep_text(&new, attempt))
        return TEM_FAIL(error, TEM_E_MEMORY, MEMORY, "");
    new.unused = attempt->decode.unused;
    new.charset = tem_charset_of(text);
    new.version = attempt->lattice.version;
    new.codewords = tem_qr_codewords(attempt->lattice.version);
    new.corrected = attempt->decode.corrected;
    new.erased = attempt->decode.erased;
    new.level = attempt->decode.format.level;
    new.parts = text->parts;
    new.part = text->part;
    new.mirrored = attempt->mirrored;
    new.light = attempt->lattice.light;
    new.confirmed = attempt->confirmed;
    *one = &list->all[list->count++];
    **one = new;
    return TEM_OK;
}
