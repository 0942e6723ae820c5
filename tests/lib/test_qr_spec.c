/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/spec.h and modules.h: ISO/IEC 18004:2015 by its examples and
 * by what libqrencode draws. */
#include "qr_modules.h"

static struct tem_symbol symbol;
static struct tem_modules modules;
static uint8_t memory[TEM_SYMBOL_TEXT_MAX];

TEST(words_are_those_of_the_standard)
{
    CHECK_INT(tem_qr_format_word(TEM_ECC_M, 5), 0x40CE); /* annex C.2 */
    CHECK_INT(tem_qr_version_word(7), 0x07C94);          /* annex D.2 */
    for (int a = 0; a < 32; a++)
        for (int b = 0; b < a; b++) {
            unsigned unlike =
                tem_qr_format_word((enum tem_ecc)(a / 8), (unsigned)a % 8) ^
                tem_qr_format_word((enum tem_ecc)(b / 8), (unsigned)b % 8);
            CHECK(__builtin_popcount(unlike) >= 5);
        }
}

/* Table 1, and that the count of modules is the count of the plane. */
TEST(capacities)
{
    static const struct {
        unsigned version, modules, codewords;
    } rows[] = {{1, 208, 26},      {2, 359, 44},     {6, 1383, 172},
                {7, 1568, 196},    {14, 4651, 581},  {21, 9252, 1156},
                {32, 19723, 2465}, {40, 29648, 3706}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_INT(tem_qr_data_modules(rows[i].version), rows[i].modules);
        CHECK_INT(tem_qr_codewords(rows[i].version), rows[i].codewords);
    }
    for (unsigned v = 1; v <= TEM_SYMBOL_VERSION_MAX; v++) {
        struct tem_qr_plan plan = tem_qr_plan(v);
        unsigned side = plan.side, count = 0;
        for (unsigned i = 0; i < side * side; i++)
            count += !tem_qr_is_function(&plan, i % side, i / side);
        CHECK_INT(tem_qr_data_modules(v), count);
    }
}

TEST(blocks_hold_what_a_symbol_holds)
{
    for (unsigned v = 1; v <= TEM_SYMBOL_VERSION_MAX; v++)
        for (int level = TEM_ECC_L; level <= TEM_ECC_H; level++) {
            struct tem_qr_blocks b = tem_qr_blocks(v, (enum tem_ecc)level);
            CHECK_INT(b.count * (b.data + b.check) + b.count - b.short_blocks,
                      tem_qr_codewords(v));
            CHECK(b.data + b.check + (b.short_blocks < b.count) <=
                  TEM_QR_BLOCK_MAX);
            CHECK(b.check <= TEM_QR_CHECK_MAX && b.guard < b.check);
        }
    CHECK_INT(tem_qr_blocks(1, TEM_ECC_L).guard, 3);
    CHECK_INT(tem_qr_blocks(3, TEM_ECC_M).guard, 0);
    CHECK_INT(tem_qr_blocks(4, TEM_ECC_L).guard, 0);
}

/* As many bytes as the data codewords hold, and one more: table 7 for every
 * version and level by what libqrencode takes. */
TEST(libqrencode_fills_the_blocks)
{
    memset(memory, 0xFF, sizeof memory); /* nothing shorter than byte mode */
    for (unsigned v = 1; v <= TEM_SYMBOL_VERSION_MAX; v++)
        for (int level = TEM_ECC_L; level <= TEM_ECC_H; level++) {
            struct tem_qr_blocks b = tem_qr_blocks(v, (enum tem_ecc)level);
            size_t data = b.count * b.data + b.count - b.short_blocks;
            size_t size = (data * 8 - 4 - (v < 10 ? 8 : 16)) / 8;
            struct tem_bytes text = {memory, size}, more = {memory, size + 1};
            CHECK_INT(
                tem_symbol_encode(text, (enum tem_ecc)level, v, &symbol, NULL),
                TEM_OK);
            CHECK_INT(symbol.version, v);
            CHECK_INT(
                tem_symbol_encode(more, (enum tem_ecc)level, v, &symbol, NULL),
                TEM_E_CAPACITY);
        }
}

static bool is_dark(unsigned x, unsigned y)
{
    return tem_module_at(&modules, x, y) > 0;
}

/* Alignment patterns: dark in the middle, light about it, dark about that. */
TEST(alignment_patterns_are_where_libqrencode_draws_them)
{
    for (unsigned v = 1; v <= TEM_SYMBOL_VERSION_MAX; v++) {
        uint8_t centres[TEM_QR_ALIGNMENTS_MAX];
        unsigned count = tem_qr_alignments(v, centres);
        CHECK_INT(count, v == 1 ? 0 : v / 7 + 2);
        fill_symbol(v, TEM_ECC_L, memory, &symbol);
        modules_of(&symbol, &modules);
        for (unsigned i = 0; i < count * count; i++) {
            unsigned cx = centres[i % count], cy = centres[i / count];
            if ((i % count == 0 &&
                 (i / count == 0 || i / count == count - 1)) ||
                i == count - 1)
                continue; /* a finder pattern */
            for (unsigned k = 0; k < 25; k++) {
                unsigned x = k % 5, y = k / 5;
                bool ring = x == 0 || x == 4 || y == 0 || y == 4;
                CHECK_INT(is_dark(cx + x - 2, cy + y - 2), ring || k == 12);
            }
        }
    }
}

TEST(format_and_version_are_read)
{
    for (unsigned v = 1; v <= TEM_SYMBOL_VERSION_MAX; v++) {
        int score;
        fill_symbol(v, TEM_ECC_H, memory, &symbol);
        modules_of(&symbol, &modules);
        struct tem_qr_format format = tem_read_format(&modules);
        CHECK_INT(format.level, TEM_ECC_H);
        CHECK_INT(format.score, 127);
        CHECK(format.margin >= 40);
        CHECK_INT(tem_read_version(&modules, &score), v < 7 ? 0 : v);
        CHECK_INT(score, v < 7 ? -128 : 127);
    }
}

/* The word as it was drawn, bit for bit, in both copies. */
static unsigned drawn_format(unsigned copy)
{
    unsigned word = 0, x, y;
    for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
        tem_qr_format_module(modules.version, copy, bit, &x, &y);
        word |= (unsigned)is_dark(x, y) << bit;
    }
    return word;
}

/* libqrencode chooses the mask by the text: of some hundred texts all eight are
 * seen, and each says by its words which it is. */
TEST(words_and_masks_are_those_of_libqrencode)
{
    static struct tem_qr_decode decode;
    tem_qr_decode_init(&decode);
    for (int level = TEM_ECC_L; level <= TEM_ECC_H; level++) {
        unsigned seen = 0;
        for (int i = 0; i < 2000 && seen != 0xFF; i++) {
            struct tem_bytes text = random_text(memory, 7);
            REQUIRE(tem_symbol_encode(text, (enum tem_ecc)level, 40, &symbol,
                                      NULL) == TEM_OK);
            modules_of(&symbol, &modules);
            unsigned mask = tem_read_format(&modules).mask;
            unsigned word = tem_qr_format_word((enum tem_ecc)level, mask);
            CHECK_INT(drawn_format(0), word);
            CHECK_INT(drawn_format(1), word);
            /* only under this mask do the codewords hold together */
            CHECK(tem_qr_decode(&decode, &modules, false));
            CHECK_INT(decode.corrected, 0);
            seen |= 1u << mask;
        }
        CHECK_INT(seen, 0xFF);
    }
}

TEST(version_words_are_those_of_libqrencode)
{
    for (unsigned v = 7; v <= TEM_SYMBOL_VERSION_MAX; v++) {
        fill_symbol(v, TEM_ECC_M, memory, &symbol);
        modules_of(&symbol, &modules);
        for (unsigned copy = 0; copy < 2; copy++) {
            uint32_t word = 0;
            for (unsigned bit = 0; bit < TEM_QR_VERSION_BITS; bit++) {
                unsigned x, y;
                tem_qr_version_module(v, copy, bit, &x, &y);
                word |= (uint32_t)is_dark(x, y) << bit;
            }
            CHECK_INT(word, tem_qr_version_word(v));
        }
    }
}

/* Every function module: none holds data, none is left out. The dark module,
 * finder and timing patterns and separators are as the standard draws them. */
TEST(function_patterns_are_where_libqrencode_draws_them)
{
    for (unsigned v = 1; v <= TEM_SYMBOL_VERSION_MAX; v++) {
        fill_symbol(v, TEM_ECC_L, memory, &symbol);
        modules_of(&symbol, &modules);
        unsigned side = tem_qr_side(v);
        CHECK_INT(side, symbol.side);
        CHECK(is_dark(8, side - 8));
        for (unsigned i = 8; i + 8 < side; i++) {
            CHECK_INT(is_dark(i, 6), i % 2 == 0);
            CHECK_INT(is_dark(6, i), i % 2 == 0);
        }
        for (unsigned i = 0; i < 64; i++) {
            unsigned x = i % 8, y = i / 8;
            unsigned a = x > 3 ? x - 3 : 3 - x, b = y > 3 ? y - 3 : 3 - y;
            unsigned ring = a > b ? a : b;
            bool dark = ring <= 3 && ring != 2;
            CHECK_INT(is_dark(x, y), dark);
            CHECK_INT(is_dark(side - 1 - x, y), dark);
            CHECK_INT(is_dark(x, side - 1 - y), dark);
        }
    }
}

/* One copy gone, and some of the other. */
TEST(format_is_read_from_what_is_left)
{
    fill_symbol(10, TEM_ECC_Q, memory, &symbol);
    modules_of(&symbol, &modules);
    struct tem_qr_format before = tem_read_format(&modules);
    for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
        unsigned x, y;
        tem_qr_format_module(10, 0, bit, &x, &y);
        *tem_module(&modules, x, y) = 0;
        tem_qr_format_module(10, 1, bit, &x, &y);
        if (bit < 2)
            *tem_module(&modules, x, y) =
                (int8_t)-tem_module_at(&modules, x, y);
    }
    struct tem_qr_format format = tem_read_format(&modules);
    CHECK_INT(format.level, before.level);
    CHECK_INT(format.mask, before.mask);
    CHECK(format.score > 0 && format.margin > 0);
}

TEST(codewords_tell_how_sure_they_are)
{
    static struct tem_codeword codewords[TEM_QR_CODEWORDS_MAX];
    fill_symbol(2, TEM_ECC_L, memory, &symbol);
    modules_of(&symbol, &modules);
    *tem_module(&modules, 24, 24) = 5;  /* the first bit of the first */
    *tem_module(&modules, 23, 24) = -7; /* the second */
    CHECK_INT(tem_read_codewords(&modules, 0, codewords), 44);
    CHECK_INT(codewords[0].sure, 5);
    CHECK_INT(codewords[1].sure, 127);
}

int main(void)
{
    RUN(words_are_those_of_the_standard);
    RUN(capacities);
    RUN(blocks_hold_what_a_symbol_holds);
    RUN(libqrencode_fills_the_blocks);
    RUN(alignment_patterns_are_where_libqrencode_draws_them);
    RUN(format_and_version_are_read);
    RUN(words_and_masks_are_those_of_libqrencode);
    RUN(version_words_are_those_of_libqrencode);
    RUN(function_patterns_are_where_libqrencode_draws_them);
    RUN(format_is_read_from_what_is_left);
    RUN(codewords_tell_how_sure_they_are);
    return test_done();
}
