/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/reed_solomon.h: what can be corrected is, at the limit of
 * errors, of erasures and of both, and one past it nothing is touched. */
#include "../../lib/scan/reed_solomon.h"
#include "test.h"

static struct tem_field field;
static uint32_t dice = 2463534242u;

static uint32_t roll(uint32_t below)
{
    dice ^= dice << 13;
    dice ^= dice >> 17;
    dice ^= dice << 5;
    return dice % below;
}

static uint8_t times(uint8_t a, uint8_t b)
{
    return a && b ? field.power[field.log[a] + field.log[b]] : 0;
}

/* Check codewords behind the data, by long division (7.5.2). */
static void encode(uint8_t *block, size_t size, size_t check)
{
    uint8_t generator[256] = {1}, rest[256] = {0};
    for (size_t i = 0; i < check; i++)
        for (size_t k = i + 1; k > 0; k--)
            generator[k] ^= times(generator[k - 1], field.power[i]);
    for (size_t i = 0; i < size - check; i++) {
        uint8_t factor = block[i] ^ rest[0];
        memmove(rest, rest + 1, check);
        for (size_t k = 0; k < check; k++)
            rest[k] ^= times(generator[k + 1], factor);
    }
    memcpy(block + size - check, rest, check);
}

TEST(the_field_is_that_of_the_standard)
{
    CHECK_INT(field.power[0], 1);
    CHECK_INT(field.power[8], 0x1D);
    CHECK_INT(field.power[254], 142);
    CHECK_INT(field.power[255], 1);
    for (unsigned i = 1; i < 256; i++)
        CHECK_INT(field.power[field.log[i]], i);
}

/* Annex I: "01234567" in 1-M. */
TEST(the_standards_example)
{
    static const uint8_t example[26] = {
        0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC,
        0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xA5, 0x24,
        0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55};
    uint8_t block[26];
    memcpy(block, example, sizeof block);
    CHECK_INT(tem_reed_solomon(&field, block, 26, 10, NULL, 0), 0);
    encode(block, 26, 10);
    CHECK(memcmp(block, example, sizeof block) == 0);
    for (unsigned i = 0; i < 5; i++)
        block[5 * i] ^= 0x80;
    CHECK_INT(tem_reed_solomon(&field, block, 26, 10, NULL, 0), 5);
    CHECK(memcmp(block, example, sizeof block) == 0);
}

struct damage {
    uint8_t sound[255], block[255], places[255];
    size_t size, check, erasures, errors;
};

/* Erased places hold anything, errors something else. */
static void damage(struct damage *d)
{
    for (size_t i = 0; i < d->size - d->check; i++)
        d->sound[i] = (uint8_t)roll(256);
    encode(d->sound, d->size, d->check);
    memcpy(d->block, d->sound, d->size);
    for (size_t i = 0; i < d->size; i++)
        d->places[i] = (uint8_t)i;
    for (size_t i = 0; i < d->erasures + d->errors; i++) {
        size_t other = i + roll((uint32_t)(d->size - i));
        uint8_t kept = d->places[i];
        d->places[i] = d->places[other];
        d->places[other] = kept;
        d->block[d->places[i]] =
            (uint8_t)(i < d->erasures
                          ? roll(256)
                          : d->block[d->places[i]] ^ (1 + roll(255)));
    }
}

/* For each number of check codewords, and each of erasures among them: one
 * error fewer than can be corrected, and as many; erasures alone: the same and
 * all. What is past that is found out or is another code word, never this. */
TEST(at_the_limit_below_and_above)
{
    unsigned found_out = 0, taken = 0;
    for (size_t check = 1; check <= 30; check++)
        for (size_t erasures = 0; erasures <= check; erasures++) {
            size_t limit = (check - erasures) / 2;
            for (size_t errors = limit ? limit - 1 : 0; errors <= limit + 1;
                 errors++) {
                struct damage d = {.size = check + 40,
                                   .check = check,
                                   .erasures = erasures,
                                   .errors = errors};
                damage(&d);
                uint8_t before[255];
                memcpy(before, d.block, d.size);
                int changed = tem_reed_solomon(&field, d.block, d.size, check,
                                               d.places, erasures);
                if (errors <= limit) {
                    CHECK(changed >= (int)errors &&
                          changed <= (int)(errors + erasures));
                    CHECK(memcmp(d.block, d.sound, d.size) == 0);
                    continue;
                }
                found_out += changed < 0;
                taken += changed >= 0;
                if (changed < 0)
                    CHECK(memcmp(d.block, before, d.size) == 0);
                else
                    CHECK(memcmp(d.block, d.sound, d.size) != 0);
            }
        }
    printf("# past the limit %u were found out, %u were not\n", found_out,
           taken);
    CHECK(found_out > taken);
}

TEST(everything_within_the_limit_is_corrected)
{
    for (int i = 0; i < 20000; i++) {
        struct damage d = {.check = 2 + roll(29)};
        d.size = d.check + 1 + roll(123);
        d.erasures = roll((uint32_t)d.check + 1);
        d.errors = (d.check - d.erasures) / 2;
        if (d.erasures + d.errors > d.size)
            continue;
        damage(&d);
        size_t wrong = 0;
        for (size_t k = 0; k < d.size; k++)
            wrong += d.block[k] != d.sound[k];
        CHECK_INT(tem_reed_solomon(&field, d.block, d.size, d.check, d.places,
                                   d.erasures),
                  wrong);
        CHECK(memcmp(d.block, d.sound, d.size) == 0);
    }
}

/* One error more than can be is nearly always found out; what is given back
 * then is untouched, else it is another code word. */
TEST(past_the_limit_nothing_is_changed)
{
    size_t found_out = 0, all = 0;
    for (int i = 0; i < 5000; i++) {
        struct damage d = {.check = 10 + roll(21)};
        d.size = d.check + 20 + roll(100);
        d.erasures = roll((uint32_t)d.check / 2);
        d.errors = (d.check - d.erasures) / 2 + 1;
        damage(&d);
        uint8_t before[255];
        memcpy(before, d.block, d.size);
        int wrong = tem_reed_solomon(&field, d.block, d.size, d.check, d.places,
                                     d.erasures);
        all++;
        found_out += wrong < 0;
        CHECK(wrong >= 0 || memcmp(d.block, before, d.size) == 0);
        CHECK(wrong < 0 || memcmp(d.block, d.sound, d.size) != 0);
    }
    printf("# %zu of %zu found out\n", found_out, all);
    CHECK(found_out > all * 9 / 10);
}

TEST(more_erasures_than_check_codewords_are_refused)
{
    struct damage d = {.size = 40, .check = 10, .erasures = 10};
    damage(&d);
    CHECK_INT(tem_reed_solomon(&field, d.block, 40, 10, d.places, 11), -1);
    CHECK(tem_reed_solomon(&field, d.block, 40, 10, d.places, 10) >= 0);
    CHECK(memcmp(d.block, d.sound, 40) == 0);
}

TEST(the_longest_block)
{
    struct damage d = {.size = 255, .check = 254, .errors = 127};
    damage(&d);
    CHECK_INT(tem_reed_solomon(&field, d.block, 255, 254, NULL, 0), 127);
    CHECK(memcmp(d.block, d.sound, 255) == 0);
}

int main(void)
{
    tem_field_init(&field);
    RUN(the_field_is_that_of_the_standard);
    RUN(the_standards_example);
    RUN(at_the_limit_below_and_above);
    RUN(everything_within_the_limit_is_corrected);
    RUN(past_the_limit_nothing_is_changed);
    RUN(more_erasures_than_check_codewords_are_refused);
    RUN(the_longest_block);
    return test_done();
}
