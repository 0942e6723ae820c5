/* SPDX-License-Identifier: MIT */
/* Mirrors <tem/symbol.h>; libqrencode's splitter and zbar are the judges. */
#include "test.h"
#include "texts.h"
#include <qrencode.h>
#include <tem/symbol.h>
#include <zbar.h>

/* `size` characters: digits, alphanumeric or bytes. */
static struct tem_bytes filled(enum tem_segment_mode mode, size_t size)
{
    static uint8_t memory[TEM_SYMBOL_TEXT_MAX + 1];
    static const char *const kinds[] = {"7", "X", "x"};
    memset(memory, kinds[mode][0], size);
    return view(memory, size);
}

/* Version of the smallest symbol, or 0 for TEM_E_CAPACITY. */
static unsigned version_of(struct tem_bytes text, enum tem_ecc ecc,
                           unsigned version_max)
{
    struct tem_symbol symbol, before;
    struct tem_error error;
    memset(&symbol, 0x5A, sizeof symbol);
    memcpy(&before, &symbol, sizeof symbol);
    enum tem_status status =
        tem_symbol_encode(text, ecc, version_max, &symbol, &error);
    if (status != TEM_OK) {
        CHECK_INT(status, TEM_E_CAPACITY);
        CHECK_INT(error.message.id, TEM_MSG_SYMBOL_CAPACITY);
        CHECK(memcmp(&symbol, &before, sizeof symbol) == 0);
        return 0;
    }
    CHECK_INT(symbol.side, 4 * symbol.version + 17);
    CHECK_INT(symbol.ecc, ecc);
    return symbol.version;
}

/* ---- capacities ------------------------------------------------------- */

TEST(capacities_hold_at_both_sides)
{
    static const struct {
        enum tem_segment_mode mode;
        enum tem_ecc ecc;
        size_t size;
        unsigned version;
    } rows[] = {
        {TEM_SEGMENT_BYTE, TEM_ECC_L, 17, 1},
        {TEM_SEGMENT_BYTE, TEM_ECC_L, 18, 2},
        {TEM_SEGMENT_BYTE, TEM_ECC_H, 7, 1},
        {TEM_SEGMENT_BYTE, TEM_ECC_H, 8, 2},
        {TEM_SEGMENT_BYTE, TEM_ECC_L, 2953, 40},
        {TEM_SEGMENT_BYTE, TEM_ECC_L, 2954, 0},
        {TEM_SEGMENT_BYTE, TEM_ECC_H, 1273, 40},
        {TEM_SEGMENT_BYTE, TEM_ECC_H, 1274, 0},
        {TEM_SEGMENT_NUMERIC, TEM_ECC_L, 7089, 40},
        {TEM_SEGMENT_NUMERIC, TEM_ECC_M, 5596, 40},
        {TEM_SEGMENT_NUMERIC, TEM_ECC_M, 5597, 0},
        {TEM_SEGMENT_ALPHANUMERIC, TEM_ECC_L, 4296, 40},
        {TEM_SEGMENT_ALPHANUMERIC, TEM_ECC_L, 4297, 0},
        {TEM_SEGMENT_NUMERIC, TEM_ECC_L, 552, 9},
        {TEM_SEGMENT_NUMERIC, TEM_ECC_L, 553, 10},
        {TEM_SEGMENT_BYTE, TEM_ECC_L, 1367, 26},
        {TEM_SEGMENT_BYTE, TEM_ECC_L, 1368, 27},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(version_of(filled(rows[i].mode, rows[i].size), rows[i].ecc,
                             40),
                  rows[i].version);
}

/* Bytes that fill a version, from libqrencode: it grows when one is added. */
static unsigned engine_version(struct tem_bytes text, QRecLevel level)
{
    QRcode *code =
        QRcode_encodeData((int)text.size, text.data, 0, level);
    unsigned version = code ? (unsigned)code->version : 0;
    QRcode_free(code);
    return version;
}

TEST(every_version_is_reached_at_every_level)
{
    for (int level = 0; level < 4; level++) {
        enum tem_ecc ecc = (enum tem_ecc)level;
        size_t low = 1;
        for (unsigned version = 1; version <= 40; version++) {
            size_t high = 2953; /* largest size in low..high that fits */
            while (low < high) {
                size_t middle = (low + high + 1) / 2;
                if (version_of(filled(TEM_SEGMENT_BYTE, middle), ecc, version))
                    low = middle;
                else
                    high = middle - 1;
            }
            struct tem_bytes full = filled(TEM_SEGMENT_BYTE, low);
            CHECK_INT(version_of(full, ecc, 40), version);
            CHECK_INT(engine_version(full, (QRecLevel)level), version);
            CHECK_INT(version_of(filled(TEM_SEGMENT_BYTE, low + 1), ecc, 40),
                      version < 40 ? version + 1 : 0);
            CHECK_INT(engine_version(filled(TEM_SEGMENT_BYTE, low + 1),
                                     (QRecLevel)level),
                      version < 40 ? version + 1 : 0);
        }
    }
}

TEST(version_max_caps_the_size)
{
    struct tem_bytes text = filled(TEM_SEGMENT_BYTE, 18);
    struct tem_symbol symbol;
    struct tem_error error;
    char message[TEM_MESSAGE_TEXT_MAX];
    CHECK_INT(version_of(text, TEM_ECC_L, 1), 0);
    CHECK_INT(version_of(text, TEM_ECC_L, 2), 2);
    CHECK_INT(version_of(text, TEM_ECC_H, 2), 0);
    CHECK_INT(version_of(text, TEM_ECC_H, 3), 3);
    CHECK_INT(tem_symbol_encode(text, TEM_ECC_L, 1, &symbol, NULL),
              TEM_E_CAPACITY);
    CHECK_INT(tem_symbol_encode(text, TEM_ECC_Q, 1, &symbol, &error),
              TEM_E_CAPACITY);
    tem_message_text(&error.message, TEM_LANG_EN, message, sizeof message);
    CHECK_STR(message, "the text needs 156 bits and a symbol of version 1 at "
                       "level Q holds 104: allow a larger version, choose a "
                       "lower level or shorten the text");
}

TEST(encode_refuses_what_is_out_of_range)
{
    uint8_t memory[TEM_SYMBOL_TEXT_MAX + 1];
    memset(memory, '1', sizeof memory);
    static const struct {
        size_t size;
        int ecc;
        unsigned version_max;
        enum tem_message_id id;
    } rows[] = {
        {0, 0, 40, TEM_MSG_SYMBOL_TEXT},    {7090, 0, 40, TEM_MSG_SYMBOL_TEXT},
        {1, 0, 0, TEM_MSG_SYMBOL_VERSION},  {1, 0, 41, TEM_MSG_SYMBOL_VERSION},
        {1, 4, 40, TEM_MSG_SYMBOL_ECC},     {1, 99, 40, TEM_MSG_SYMBOL_ECC},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_symbol symbol = {.version = 77};
        struct tem_error error;
        CHECK_INT(tem_symbol_encode(view(memory, rows[i].size),
                                    (enum tem_ecc)rows[i].ecc,
                                    rows[i].version_max, &symbol, &error),
                  TEM_E_ARGUMENT);
        CHECK_INT(error.status, TEM_E_ARGUMENT);
        CHECK_INT(error.message.id, rows[i].id);
        CHECK_INT(symbol.version, 77);
    }
}

TEST(never_larger_than_by_the_splitter_of_libqrencode)
{
    int better = 0;
    for (int round = 0; round < 400; round++) {
        char uri[200];
        int used = snprintf(uri, sizeof uri,
                            "%s%08u/10/%c%u-%c/21/%06u%s",
                            round % 2 ? "HTTPS://OCOP.VN/01/"
                                      : "https://ocop.sonla.gov.vn/01/",
                            next_random(99999999),
                            (char)('A' + next_random(26)), next_random(99999),
                            (char)('A' + next_random(26)),
                            next_random(999999), round % 3 ? "?S=" : "");
        for (uint32_t n = next_random(90); n > 0; n--)
            uri[used++] = (char)('0' + next_random(10));
        uri[used] = '\0';
        int level = round % 4;
        QRcode *code = QRcode_encodeString8bit(uri, 0, (QRecLevel)level);
        QRcode *split =
            QRcode_encodeString(uri, 0, (QRecLevel)level, QR_MODE_8, 1);
        REQUIRE(code != NULL && split != NULL);
        unsigned ours =
            version_of(tem_bytes_of(uri), (enum tem_ecc)level, 40);
        CHECK(ours > 0 && ours <= (unsigned)split->version &&
              ours <= (unsigned)code->version);
        better += ours < (unsigned)code->version;
        QRcode_free(code);
        QRcode_free(split);
    }
    CHECK(better > 0);
}

/* ---- modules ---------------------------------------------------------- */

static void paint(const struct tem_symbol *symbol, uint8_t *pixels,
                  unsigned side, unsigned scale)
{
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++) {
            int mx = (int)(x / scale) - TEM_SYMBOL_QUIET_ZONE;
            int my = (int)(y / scale) - TEM_SYMBOL_QUIET_ZONE;
            pixels[y * side + x] = tem_symbol_dark(symbol, mx, my) ? 0 : 255;
        }
}

/* Read a symbol back with zbar; @return bytes, 0 if not exactly one. */
static size_t read_back(const struct tem_symbol *symbol, char *out,
                        size_t capacity)
{
    unsigned scale = 4;
    unsigned side = (symbol->side + 2u * TEM_SYMBOL_QUIET_ZONE) * scale;
    uint8_t *pixels = malloc((size_t)side * side);
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    size_t size = 0;
    if (pixels && scanner && image) {
        paint(symbol, pixels, side, scale);
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
        zbar_image_set_format(image, 0x30303859); /* Y800 */
        zbar_image_set_size(image, side, side);
        zbar_image_set_data(image, pixels, (unsigned long)side * side, NULL);
        if (zbar_scan_image(scanner, image) == 1) {
            const zbar_symbol_t *found = zbar_image_first_symbol(image);
            size = zbar_symbol_get_data_length(found);
            if (size <= capacity)
                memcpy(out, zbar_symbol_get_data(found), size);
        }
    }
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(pixels);
    return size;
}

static void check_reads_back(struct tem_bytes text, enum tem_ecc ecc)
{
    static char read[TEM_SYMBOL_TEXT_MAX];
    struct tem_symbol symbol;
    REQUIRE(tem_symbol_encode(text, ecc, 40, &symbol, NULL) == TEM_OK);
    size_t size = read_back(&symbol, read, sizeof read);
    CHECK_INT(size, text.size);
    CHECK(size == text.size && memcmp(read, text.data, size) == 0);
}

TEST(symbols_read_back)
{
    uint8_t all[256];
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (uint8_t)i;
    static const char *const texts[] = {
        "1", "12", "123", "1234", "A", "AB", "ABC", "abc", "Mận hậu Sơn La",
        "HTTPS://OCOP.VN/T/0123456789012345678901234567890123456789",
        "A1234567890123456789B?x=0000000000000000 $%*+-./:"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int level = 0; level < 4; level++)
            check_reads_back(tem_bytes_of(texts[i]), (enum tem_ecc)level);
    CHECK_INT(version_of(label_uri(), TEM_ECC_M, 40), 8);
    check_reads_back(label_uri(), TEM_ECC_M);
    check_reads_back(view(all, sizeof all), TEM_ECC_L);
    check_reads_back(view((const uint8_t *)"\0", 1), TEM_ECC_H);
    check_reads_back(view((const uint8_t *)"a\0b\0\0", 5), TEM_ECC_Q);
    for (size_t size = 1; size < 900; size += 61)
        check_reads_back(filled(TEM_SEGMENT_ALPHANUMERIC, size), TEM_ECC_M);
}

TEST(random_texts_read_back)
{
    for (int round = 0; round < 60; round++)
        check_reads_back(random_text(1 + next_random(150), 12),
                         (enum tem_ecc)(round % 4));
}

/* Pins libqrencode: another mask or another split shows here. */
TEST(a_small_symbol_is_the_same_for_ever)
{
    static const char *const want[21] = {
        "#######...###.#######",
        "#.....#..##.#.#.....#",
        "#.###.#.#...#.#.###.#",
        "#.###.#.###...#.###.#",
        "#.###.#.##.##.#.###.#",
        "#.....#.#...#.#.....#",
        "#######.#.#.#.#######",
        "........#####........",
        "#.#####.....#.#####..",
        ".##.#....#..#..#...##",
        "##.#..##.###.#..#.##.",
        "####.#..###....##.#.#",
        "..#...#....#.#..#.#..",
        "........#..#####.###.",
        "#######...#.#.##..##.",
        "#.....#.########..#..",
        "#.###.#.#...#..#.###.",
        "#.###.#.###.#..#.##..",
        "#.###.#.####.#.#.....",
        "#.....#..#......#...#",
        "#######.#.##.#.#..#..",
    };
    struct tem_symbol symbol;
    REQUIRE(tem_symbol_encode(tem_bytes_of("TEM 2026"), TEM_ECC_M, 40, &symbol,
                              NULL) == TEM_OK);
    CHECK_INT(symbol.version, 1);
    for (int y = 0; y < 21; y++) {
        char row[22] = "";
        for (int x = 0; x < 21; x++)
            row[x] = tem_symbol_dark(&symbol, x, y) ? '#' : '.';
        CHECK_STR(row, want[y]);
    }
}

TEST(outside_the_symbol_is_light)
{
    struct tem_symbol symbol;
    REQUIRE(tem_symbol_encode(tem_bytes_of("1"), TEM_ECC_L, 1, &symbol, NULL) ==
            TEM_OK);
    CHECK(tem_symbol_dark(&symbol, 0, 0) && tem_symbol_dark(&symbol, 20, 0) &&
          tem_symbol_dark(&symbol, 0, 20));
    CHECK(!tem_symbol_dark(&symbol, -1, 0));
    CHECK(!tem_symbol_dark(&symbol, 0, -1));
    CHECK(!tem_symbol_dark(&symbol, 21, 0));
    CHECK(!tem_symbol_dark(&symbol, 0, 21));
    for (size_t i = 21 * 21; i < sizeof symbol.bits * 8; i++)
        CHECK((symbol.bits[i / 8] >> (7 - i % 8) & 1) == 0);
}

int main(void)
{
    RUN(capacities_hold_at_both_sides);
    RUN(every_version_is_reached_at_every_level);
    RUN(version_max_caps_the_size);
    RUN(encode_refuses_what_is_out_of_range);
    RUN(never_larger_than_by_the_splitter_of_libqrencode);
    RUN(symbols_read_back);
    RUN(random_texts_read_back);
    RUN(a_small_symbol_is_the_same_for_ever);
    RUN(outside_the_symbol_is_light);
    return test_done();
}
