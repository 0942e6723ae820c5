/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/flat.h. */
#include "../../lib/scan/flat.h"
#include "qr_modules.h"
#include <stdlib.h>

static struct tem_modules modules;

static void fill(unsigned version, int8_t sure)
{
    modules.version = version;
    for (unsigned i = 0; i < tem_qr_side(version) * tem_qr_side(version); i++)
        modules.dark[i] = sure;
}

/* Of 25 modules so many are as the one in the middle: up to 17 it is as sure as
 * before, from 21 on it says nothing. */
TEST(the_more_are_alike_the_less_sure_they_are)
{
    static const struct {
        unsigned alike;
        int sure;
    } rows[] = {{1, 100}, {16, 100}, {17, 100}, {18, 75},
                {19, 50}, {20, 25},  {21, 0},   {25, 0}};
    for (int dark = -1; dark <= 1; dark += 2)
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            fill(1, (int8_t)(-100 * dark));
            *tem_module(&modules, 10, 10) = (int8_t)(100 * dark);
            for (unsigned k = 0, left = rows[i].alike - 1; left > 0; k++)
                if (k != 12) {
                    *tem_module(&modules, 8 + k % 5, 8 + k / 5) =
                        (int8_t)(100 * dark);
                    left--;
                }
            tem_doubt_flats(&modules);
            CHECK_INT(tem_module_at(&modules, 10, 10), dark * rows[i].sure);
        }
}

/* What is beyond the edge is not alike: at a corner nine of 25 are seen. */
TEST(beyond_the_edge_is_nothing)
{
    for (unsigned version = 1; version <= 40; version += 13) {
        unsigned last = tem_qr_side(version) - 1;
        fill(version, 100);
        tem_doubt_flats(&modules);
        CHECK_INT(tem_module_at(&modules, 0, 0), 100);
        CHECK_INT(tem_module_at(&modules, last, 0), 100);
        CHECK_INT(tem_module_at(&modules, 0, last), 100);
        CHECK_INT(tem_module_at(&modules, last, last), 100);
        CHECK_INT(tem_module_at(&modules, last / 2, last / 2), 0);
    }
}

/* No colour turns, nothing becomes surer; a sound symbol is still read. */
TEST(a_symbol_stays_what_it_is)
{
    static struct tem_qr_decode decode;
    static uint8_t memory[TEM_SYMBOL_TEXT_MAX];
    static struct tem_modules before;
    tem_qr_decode_init(&decode);
    for (unsigned version = 1; version <= 40; version++) {
        struct tem_symbol symbol;
        struct tem_bytes text =
            fill_symbol(version, TEM_ECC_L, memory, &symbol);
        modules_of(&symbol, &modules);
        before = modules;
        tem_doubt_flats(&modules);
        for (unsigned i = 0; i < (unsigned)symbol.side * symbol.side; i++) {
            CHECK(abs(modules.dark[i]) <= abs(before.dark[i]));
            CHECK(modules.dark[i] * before.dark[i] >= 0);
        }
        REQUIRE(tem_qr_decode(&decode, &modules, false));
        CHECK_INT(decode.text.size, text.size);
        CHECK(memcmp(decode.text.bytes, text.data, text.size) == 0);
    }
}

/* A sticker over a fifth of a symbol: not read as it was sampled, but read
 * once the sticker is doubted. */
TEST(a_sticker_is_seen_through)
{
    static struct tem_qr_decode decode;
    static uint8_t memory[TEM_SYMBOL_TEXT_MAX];
    struct tem_symbol symbol;
    tem_qr_decode_init(&decode);
    struct tem_bytes text = fill_symbol(8, TEM_ECC_Q, memory, &symbol);
    modules_of(&symbol, &modules);
    for (unsigned y = 16; y < 38; y++)
        for (unsigned x = 16; x < 40; x++)
            *tem_module(&modules, x, y) = -127;
    CHECK(!tem_qr_decode(&decode, &modules, true));
    tem_doubt_flats(&modules);
    REQUIRE(tem_qr_decode(&decode, &modules, true));
    CHECK_INT(decode.text.size, text.size);
    CHECK(memcmp(decode.text.bytes, text.data, text.size) == 0);
}

int main(void)
{
    RUN(the_more_are_alike_the_less_sure_they_are);
    RUN(beyond_the_edge_is_nothing);
    RUN(a_symbol_stays_what_it_is);
    RUN(a_sticker_is_seen_through);
    return test_done();
}
