/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/decode.h: what libqrencode makes comes back exactly, and
 * what is damaged comes back as long as it can. */
#include "../../lib/scan/redraw.h"
#include "qr_modules.h"
#include <math.h>

static struct tem_qr_decode decode;
static struct tem_modules modules, whole;
static struct tem_symbol symbol;
static uint8_t memory[TEM_SYMBOL_TEXT_MAX];

static bool says(struct tem_bytes text)
{
    return decode.text.size == text.size &&
           memcmp(decode.text.bytes, text.data, text.size) == 0;
}

/* Annex I: "01234567" in 1-M, from its modules by its codewords to its text. */
TEST(the_standards_example)
{
    static const uint8_t example[26] = {
        0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC,
        0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xA5, 0x24,
        0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55};
    REQUIRE(tem_symbol_encode(tem_bytes_of("01234567"), TEM_ECC_M, 1, &symbol,
                              NULL) == TEM_OK);
    modules_of(&symbol, &modules);
    /* figure I.2 has mask 010, with the format information worked out there */
    change_mask(&modules, TEM_ECC_M, tem_read_format(&modules).mask, 2);
    CHECK_INT(tem_qr_format_word(TEM_ECC_M, 2), 0x5E7C); /* 101111001111100 */
    CHECK(tem_qr_decode(&decode, &modules, false));
    for (int i = 0; i < 26; i++)
        CHECK_INT(decode.codewords[i].value, example[i]);
    CHECK(says(tem_bytes_of("01234567")));
    CHECK_INT(decode.format.mask, 2);
    CHECK_INT(decode.format.level, TEM_ECC_M);
}

/* Every version, level and mask, filled to the last character. */
/* Is what was decoded drawn again as it was before it was spoilt? */
static bool is_redrawn_as(const struct tem_modules *was)
{
    static struct tem_modules again;
    struct tem_symbol drawn;
    tem_qr_redraw(modules.version, decode.format, decode.codewords, &drawn);
    modules_of(&drawn, &again);
    return drawn.version == was->version &&
           drawn.side == tem_qr_side(was->version) &&
           drawn.ecc == decode.format.level &&
           memcmp(again.dark, was->dark, (size_t)drawn.side * drawn.side) ==
               0;
}

TEST(every_symbol_comes_back)
{
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version++)
        for (int level = TEM_ECC_L; level <= TEM_ECC_H; level++) {
            struct tem_bytes text =
                fill_symbol(version, (enum tem_ecc)level, memory, &symbol);
            modules_of(&symbol, &modules);
            unsigned mask = tem_read_format(&modules).mask;
            for (unsigned to = 0; to < TEM_QR_MASKS; to++) {
                change_mask(&modules, (enum tem_ecc)level, mask, to);
                mask = to;
                bool read = tem_qr_decode(&decode, &modules, false);
                CHECK(read && says(text));
                CHECK_INT(decode.format.level, level);
                CHECK_INT(decode.format.mask, to);
                CHECK_INT(decode.corrected, 0);
                CHECK_INT(decode.erased, 0);
                CHECK(decode.unused == 1);
                CHECK_INT(decode.text.parts, 0);
                CHECK(is_redrawn_as(&modules));
            }
        }
}

/* Put noise in the place of codewords of one block, so many; of unlike ones
 * the modules say how sure they are. */
static void spoil(unsigned codewords, int sureness)
{
    struct tem_qr_plan plan = tem_qr_plan(modules.version);
    unsigned side = plan.side, spoilt = 0, bit = 0;
    for (unsigned right = side - 1; right < side; right -= 2) {
        right -= right == 6;
        bool up =
            (right > 6 ? (side - 1 - right) / 2 : (side - right) / 2) % 2 == 0;
        for (unsigned i = 0; i < side; i++)
            for (unsigned x = right; x + 2 > right && x < side; x--) {
                unsigned y = up ? side - 1 - i : i;
                if (tem_qr_is_function(&plan, x, y))
                    continue;
                if (bit++ % 8 == 0 && spoilt++ == codewords)
                    return;
                int8_t *at = tem_module(&modules, x, y);
                /* the first bit surely wrong, the others by chance */
                *at =
                    (int8_t)(((bit - 1) % 8 == 0 || roll(2) ? *at < 0 : *at > 0)
                                 ? sureness
                                 : -sureness);
            }
    }
}

/* Version 5-Q has 2 blocks of 33 and 2 of 34 codewords, 18 of them check: the
 * first 4 n codewords are n of each. With 14 erased the other 4 still prove 32
 * bits; 15 leave 24, less than TEM_QR_PROOF. */
TEST(errors_up_to_the_limit_are_corrected)
{
    static const struct {
        unsigned spoilt;
        int sureness;
        bool confirmed, right;
    } rows[] = {
        {36, 127, false, true}, {37, 127, false, false}, {37, 127, true, false},
        {36, 1, false, true},   {40, 1, false, true},    {56, 1, false, true},
        {57, 1, false, false},  {72, 1, false, false},   {72, 1, true, true},
        {73, 1, true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_bytes text = fill_symbol(5, TEM_ECC_Q, memory, &symbol);
        modules_of(&symbol, &modules);
        whole = modules;
        spoil(rows[i].spoilt, rows[i].sureness);
        bool read = tem_qr_decode(&decode, &modules, rows[i].confirmed);
        bool right = read && says(text);
        if (right != rows[i].right)
            printf("# row %zu\n", i);
        CHECK_INT(right, rows[i].right);
        CHECK(!right || decode.corrected >= rows[i].spoilt);
        CHECK(!right || is_redrawn_as(&whole));
        /* 36 codewords are 9 of each block, of 18 that check it */
        CHECK(!right || decode.unused == 0);
        /* what will be confirmed may be anything, no other text may */
        CHECK(!read || right || rows[i].confirmed);
    }
}

TEST(what_is_left_of_error_correction_is_told)
{
    static const struct {
        unsigned spoilt;
        double unused;
    } rows[] = {{0, 1},
                {1, 1 - 2 / 18.0},
                {4, 1 - 2 / 18.0},
                {5, 1 - 4 / 18.0},
                {32, 1 - 16 / 18.0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fill_symbol(5, TEM_ECC_Q, memory, &symbol);
        modules_of(&symbol, &modules);
        spoil(rows[i].spoilt, 127);
        CHECK(tem_qr_decode(&decode, &modules, false));
        CHECK_INT(decode.corrected, rows[i].spoilt);
        CHECK(fabs(decode.unused - rows[i].unused) < 1e-9);
    }
}

/* 1-M has 10 check codewords and keeps 2 of them against misreading. */
TEST(small_versions_keep_their_guard)
{
    for (unsigned spoilt = 0; spoilt <= 6; spoilt++) {
        struct tem_bytes text = fill_symbol(1, TEM_ECC_M, memory, &symbol);
        modules_of(&symbol, &modules);
        spoil(spoilt, 127);
        bool read = tem_qr_decode(&decode, &modules, false);
        CHECK_INT(read, spoilt <= 4);
        CHECK(!read || says(text));
    }
}

TEST(a_mirror_image_is_no_symbol_until_it_is_turned)
{
    struct tem_bytes text = fill_symbol(7, TEM_ECC_M, memory, &symbol);
    modules_of(&symbol, &modules);
    tem_modules_mirror(&modules);
    CHECK(!tem_qr_decode(&decode, &modules, false));
    tem_modules_mirror(&modules);
    CHECK(tem_qr_decode(&decode, &modules, false) && says(text));
    tem_modules_invert(&modules);
    CHECK(!tem_qr_decode(&decode, &modules, false));
    tem_modules_invert(&modules);
    CHECK(tem_qr_decode(&decode, &modules, false) && says(text));
}

TEST(noise_says_nothing)
{
    unsigned read = 0;
    for (int i = 0; i < 5000; i++) {
        modules.version = 1 + roll(i % 100 ? 6 : 40);
        unsigned side = tem_qr_side(modules.version);
        for (unsigned k = 0; k < side * side; k++)
            modules.dark[k] = (int8_t)((int)roll(255) - 127);
        read += tem_qr_decode(&decode, &modules, false);
    }
    CHECK_INT(read, 0);
}

int main(void)
{
    tem_qr_decode_init(&decode);
    RUN(the_standards_example);
    RUN(every_symbol_comes_back);
    RUN(errors_up_to_the_limit_are_corrected);
    RUN(what_is_left_of_error_correction_is_told);
    RUN(small_versions_keep_their_guard);
    RUN(a_mirror_image_is_no_symbol_until_it_is_turned);
    RUN(noise_says_nothing);
    return test_done();
}
