/* SPDX-License-Identifier: MIT */
/* See decode.h. */
#include "decode.h"
#include <math.h>
#include <string.h>

enum {
    FORMAT_SCORE_LEAST = 16, /* below this agreement it is noise */
    SURE = 96,               /* codewords as sure as this are not erased */
    PROOF_CONFIRMED = 12,    /* bits, like TEM_QR_PROOF */
};

void tem_qr_decode_init(struct tem_qr_decode *decode)
{
    tem_field_init(&decode->field);
}

/* One block, gathered from where its codewords were placed. */
struct block {
    uint8_t value[TEM_QR_BLOCK_MAX], sure[TEM_QR_BLOCK_MAX];
    uint8_t doubtful[TEM_QR_BLOCK_MAX]; /* places, the least sure first */
    size_t size, check, guard;
};

/* Codewords go to the blocks by turns (7.6): data first, the longer blocks have
 * one more at the end, then check codewords. @return where one of them is. */
static size_t place_of(const struct tem_qr_blocks *blocks, unsigned number,
                       size_t i)
{
    bool is_long = number >= blocks->short_blocks;
    size_t data = blocks->data + is_long, count = blocks->count;
    size_t checks_at = (blocks->data + 1) * count - blocks->short_blocks;
    if (i >= data)
        return checks_at + (i - data) * count + number;
    size_t at = i * count + number;
    return i == blocks->data ? at - blocks->short_blocks : at;
}

static void gather(const struct tem_codeword *codewords,
                   const struct tem_qr_blocks *blocks, unsigned number,
                   struct block *block)
{
    block->size =
        blocks->data + (number >= blocks->short_blocks) + blocks->check;
    block->check = blocks->check;
    block->guard = blocks->guard;
    for (size_t i = 0; i < block->size; i++) {
        size_t at = place_of(blocks, number, i);
        block->value[i] = codewords[at].value;
        block->sure[i] = codewords[at].sure;
        block->doubtful[i] = (uint8_t)i;
    }
}

/* A block that was put right goes back where it came from.
 * @return how many of its codewords were wrong. */
static unsigned put_back(struct tem_codeword *codewords,
                         const struct tem_qr_blocks *blocks, unsigned number,
                         const struct block *block)
{
    unsigned wrong = 0;
    for (size_t i = 0; i < block->size; i++) {
        uint8_t *value = &codewords[place_of(blocks, number, i)].value;
        wrong += *value != block->value[i];
        *value = block->value[i];
    }
    return wrong;
}

/* Of the codewords that may be wrong (p of table 9 not counted) so many are
 * not; erasures help beyond that. */
static double unused(const struct tem_qr_blocks *blocks, unsigned wrong)
{
    double part = 1 - 2.0 * wrong / (blocks->check - blocks->guard);
    return part > 0 ? part : 0;
}

/* Insertion sort: blocks are short. */
static void sort_doubtful(struct block *block)
{
    for (size_t i = 1; i < block->size; i++) {
        uint8_t place = block->doubtful[i];
        size_t k = i;
        for (;
             k > 0 && block->sure[block->doubtful[k - 1]] > block->sure[place];
             k--)
            block->doubtful[k] = block->doubtful[k - 1];
        block->doubtful[k] = place;
    }
}

/* How sure a corrected block is: bits that had to be right by chance, if it was
 * not the symbol's. Each check codeword proves 8; each erasure and each error
 * takes one of them, and errors may be anywhere. */
static double proof(const struct block *block, size_t erased, size_t errors)
{
    double bits = 8.0 * ((double)block->check - (double)(erased + errors));
    for (size_t i = 0; i < errors; i++)
        bits -= log2((double)(block->size - erased - i) / (double)(i + 1));
    return bits;
}

/* Whether a correction may be believed. Errors alone as the standard has it; a
 * text that will be confirmed with any erasures, but not where errors would be
 * found in any block: more erasures may be right yet. */
static bool is_proven(const struct block *block, size_t erased, size_t errors,
                      bool confirmed)
{
    if (erased == 0 || (confirmed && errors == 0))
        return true;
    return proof(block, erased, errors) >=
           (confirmed ? PROOF_CONFIRMED : TEM_QR_PROOF);
}

/* How many of the codewords that were wrong are not among the erased. */
static size_t count_errors(const struct block *block, const uint8_t *before,
                           size_t erased, int wrong)
{
    size_t errors = wrong > 0 ? (size_t)wrong : 0;
    for (size_t i = 0; i < erased && wrong > 0; i++) {
        uint8_t place = block->doubtful[i];
        errors -= before[place] != block->value[place];
    }
    return errors;
}

/* Correct by errors alone, else with more and more erasures. */
static bool correct(struct tem_qr_decode *d, struct block *block,
                    bool confirmed)
{
    size_t usable = block->check - block->guard;
    for (size_t erased = 0; erased <= usable; erased += 2) {
        if (!is_proven(block, erased, 0, confirmed))
            return false;
        uint8_t before[TEM_QR_BLOCK_MAX] = {0};
        memcpy(before, block->value, block->size);
        if (erased == 2)
            sort_doubtful(block);
        if (erased > 0 && block->sure[block->doubtful[erased - 1]] >= SURE)
            return false;
        int wrong = tem_reed_solomon(&d->field, block->value, block->size,
                                     block->check, block->doubtful, erased);
        size_t errors = count_errors(block, before, erased, wrong);
        if (wrong >= 0 && erased + 2 * errors <= usable &&
            is_proven(block, erased, errors, confirmed)) {
            d->corrected += (unsigned)wrong;
            d->erased += (unsigned)erased;
            return true;
        }
        memcpy(block->value, before, block->size);
    }
    return false;
}

static bool correct_all(struct tem_qr_decode *d, unsigned version,
                        bool confirmed, size_t *size)
{
    struct tem_qr_blocks blocks = tem_qr_blocks(version, d->format.level);
    *size = 0;
    for (unsigned i = 0; i < blocks.count; i++) {
        struct block block = {.size = 0};
        gather(d->codewords, &blocks, i, &block);
        if (!correct(d, &block, confirmed))
            return false;
        double left =
            unused(&blocks, put_back(d->codewords, &blocks, i, &block));
        d->unused = left < d->unused ? left : d->unused;
        memcpy(d->data + *size, block.value, block.size - block.check);
        *size += block.size - block.check;
    }
    return true;
}

bool tem_qr_decode(struct tem_qr_decode *decode,
                   const struct tem_modules *modules, bool confirmed)
{
    size_t size;
    decode->corrected = decode->erased = 0;
    decode->unused = 1;
    decode->format = tem_read_format(modules);
    if (decode->format.score < FORMAT_SCORE_LEAST)
        return false;
    tem_read_codewords(modules, decode->format.mask, decode->codewords);
    return correct_all(decode, modules->version, confirmed, &size) &&
           tem_qr_segments((struct tem_bytes){decode->data, size},
                           modules->version, &decode->text);
}

double tem_qr_unused(unsigned version, enum tem_ecc level,
                     const uint8_t *grades, unsigned least)
{
    struct tem_qr_blocks blocks = tem_qr_blocks(version, level);
    double worst = 1;
    for (unsigned number = 0; number < blocks.count; number++) {
        unsigned wrong = 0, size = blocks.data + blocks.check +
                                   (number >= blocks.short_blocks);
        for (size_t i = 0; i < size; i++)
            wrong += grades[place_of(&blocks, number, i)] < least;
        double left = unused(&blocks, wrong);
        worst = left < worst ? left : worst;
    }
    return worst;
}
