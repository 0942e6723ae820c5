/* SPDX-License-Identifier: MIT */
/* See reed_solomon.h: syndromes, the locator by Berlekamp and Massey begun with
 * the erasures, roots by trial, values by Forney. Polynomials are the lowest
 * power first. */
#include "reed_solomon.h"
#include <string.h>

enum { ORDER = 255, MOST = 256 };

void tem_field_init(struct tem_field *field)
{
    unsigned value = 1;
    field->log[0] = 0; /* never asked for */
    for (unsigned i = 0; i < ORDER; i++) {
        field->power[i] = field->power[i + ORDER] = (uint8_t)value;
        field->log[value] = (uint8_t)i;
        value <<= 1;
        if (value & 0x100)
            value ^= 0x11D;
    }
}

static uint8_t times(const struct tem_field *f, uint8_t a, uint8_t b)
{
    return a && b ? f->power[f->log[a] + f->log[b]] : 0;
}

static uint8_t over(const struct tem_field *f, uint8_t a, uint8_t b)
{
    return a ? f->power[f->log[a] + ORDER - f->log[b]] : 0;
}

static uint8_t value_at(const struct tem_field *f, const uint8_t *polynomial,
                        size_t count, uint8_t x)
{
    uint8_t sum = 0;
    for (size_t i = count; i-- > 0;)
        sum = times(f, sum, x) ^ polynomial[i];
    return sum;
}

/* The power of alpha that stands for a place in the block. */
static uint8_t locator_of(const struct tem_field *f, size_t size, size_t place)
{
    return f->power[size - 1 - place];
}

/* What is being worked out of one block. */
struct work {
    const struct tem_field *field;
    size_t size, check;
    uint8_t syndromes[MOST];
    uint8_t locator[MOST]; /* of degree `errors` */
    size_t errors;
    uint8_t evaluator[MOST];
};

/* @return whether any is not zero. */
static bool find_syndromes(struct work *w, const uint8_t *block)
{
    bool wrong = false;
    for (size_t i = 0; i < w->check; i++) {
        uint8_t sum = 0;
        for (size_t k = 0; k < w->size; k++)
            sum = times(w->field, sum, w->field->power[i]) ^ block[k];
        w->syndromes[i] = sum;
        wrong |= sum != 0;
    }
    return wrong;
}

static void begin_with_erasures(struct work *w, const uint8_t *erased,
                                size_t erasures)
{
    memset(w->locator, 0, sizeof w->locator);
    w->locator[0] = 1;
    for (size_t i = 0; i < erasures; i++) {
        uint8_t x = locator_of(w->field, w->size, erased[i]);
        for (size_t k = i + 1; k > 0; k--)
            w->locator[k] ^= times(w->field, w->locator[k - 1], x);
    }
    w->errors = erasures;
}

static uint8_t discrepancy(const struct work *w, size_t step)
{
    uint8_t sum = 0;
    for (size_t k = 0; k <= w->errors && k <= step; k++)
        sum ^= times(w->field, w->locator[k], w->syndromes[step - k]);
    return sum;
}

/* Berlekamp and Massey, from the erasures on. */
static void find_locator(struct work *w, size_t erasures)
{
    uint8_t before[MOST], kept[MOST];
    memcpy(before, w->locator, sizeof before);
    for (size_t step = erasures; step < w->check; step++) {
        uint8_t d = discrepancy(w, step);
        memmove(before + 1, before, sizeof before - 1); /* times x */
        before[0] = 0;
        if (d == 0)
            continue;
        memcpy(kept, w->locator, sizeof kept);
        for (size_t k = 0; k <= w->check; k++)
            w->locator[k] ^= times(w->field, d, before[k]);
        if (2 * w->errors <= step + erasures) {
            w->errors = step + 1 + erasures - w->errors;
            for (size_t k = 0; k <= w->check; k++)
                before[k] = over(w->field, kept[k], d);
        }
    }
}

static void find_evaluator(struct work *w)
{
    for (size_t i = 0; i < w->check; i++) {
        uint8_t sum = 0;
        for (size_t k = 0; k <= i && k <= w->errors; k++)
            sum ^= times(w->field, w->locator[k], w->syndromes[i - k]);
        w->evaluator[i] = sum;
    }
}

/* By how much the codeword at a root of the locator is wrong (Forney). The
 * derivative has the odd powers, each one lower. */
static uint8_t magnitude(const struct work *w, uint8_t x)
{
    uint8_t inverse = over(w->field, 1, x), square, slope = 0, power = 1;
    square = times(w->field, inverse, inverse);
    for (size_t k = 1; k <= w->errors; k += 2) {
        slope ^= times(w->field, w->locator[k], power);
        power = times(w->field, power, square);
    }
    uint8_t value = value_at(w->field, w->evaluator, w->check, inverse);
    return slope ? times(w->field, x, over(w->field, value, slope)) : 0;
}

/* @return how many were changed, -1 if the locator has not all its roots in
 * the block. */
static int correct(const struct work *w, uint8_t *block)
{
    size_t roots = 0;
    int changed = 0;
    for (size_t place = 0; place < w->size; place++) {
        uint8_t x = locator_of(w->field, w->size, place);
        if (value_at(w->field, w->locator, w->errors + 1,
                     over(w->field, 1, x)) != 0)
            continue;
        roots++;
        uint8_t by = magnitude(w, x);
        block[place] ^= by;
        changed += by != 0;
    }
    return roots == w->errors ? changed : -1;
}

int tem_reed_solomon(const struct tem_field *field, uint8_t *block, size_t size,
                     size_t check, const uint8_t *erased, size_t erasures)
{
    struct work w; /* filled in as far as it is used: it is large */
    w.field = field;
    w.size = size;
    w.check = check;
    uint8_t corrected[MOST];
    if (erasures > check)
        return -1;
    if (!find_syndromes(&w, block))
        return 0;
    begin_with_erasures(&w, erased, erasures);
    find_locator(&w, erasures);
    if (2 * w.errors > check + erasures)
        return -1;
    find_evaluator(&w);
    memcpy(corrected, block, size);
    int changed = correct(&w, corrected);
    if (changed < 0 || find_syndromes(&w, corrected))
        return -1;
    memcpy(block, corrected, size);
    return changed;
}
