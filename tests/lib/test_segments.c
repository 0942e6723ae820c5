/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/segments.h: ISO/IEC 18004:2015, 7.4 and 8. */
#include "../../lib/scan/segments.h"
#include "test.h"

static struct tem_qr_text text;

/* Bits as "0001 10 ..." to codewords, with the terminator as far as there is
 * room and pad bits. */
static bool read_bits(const char *bits, unsigned version)
{
    uint8_t data[128] = {0};
    size_t count = 0;
    for (; *bits; bits++)
        if (*bits != ' ') {
            data[count / 8] |= (uint8_t)((*bits == '1') << (7 - count % 8));
            count++;
        }
    return tem_qr_segments((struct tem_bytes){data, (count + 7) / 8}, version,
                           &text);
}

static void check_text(const char *bits, unsigned version, const char *want)
{
    CHECK(read_bits(bits, version));
    CHECK_INT(text.size, strlen(want));
    CHECK(memcmp(text.bytes, want, strlen(want)) == 0);
}

/* The examples of 7.4.3 to 7.4.6. */
TEST(the_standards_examples)
{
    check_text("0001 0000001000 0000001100 0101011001 1000011", 1, "01234567");
    check_text("0001 000000010000 0000001100 0101011001 1010100110 1110000101 "
               "0011101010 0101",
               10, "0123456789012345");
    check_text("0010 000000101 00111001110 11100111001 000010", 1, "AC-42");
    check_text("1000 00000010 0110110011111 1101010101010", 1,
               "\x93\x5F\xE4\xAA");
}

TEST(bytes_are_given_back_as_they_are)
{
    CHECK(read_bits("0100 00000011 00000000 11111111 10000000", 1));
    CHECK_INT(text.size, 3);
    CHECK(memcmp(text.bytes, "\0\xFF\x80", 3) == 0);
    CHECK(!text.has_eci && !text.fnc1 && text.parts == 0);
}

TEST(segments_follow_each_other)
{
    check_text("0010 000000001 001010 0100 00000001 00111111 0001 0000000001 "
               "0111",
               1, "A?7");
}

TEST(counts_have_the_width_of_the_version)
{
    static const struct {
        const char *bits;
        unsigned low, high;
    } rows[] = {
        {"0001 0000000001 0111", 1, 9},
        {"0001 000000000001 0111", 10, 26},
        {"0001 00000000000001 0111", 27, 40},
        {"0010 000000001 000111", 1, 9},
        {"0010 00000000001 000111", 10, 26},
        {"0010 0000000000001 000111", 27, 40},
        {"0100 00000001 00110111", 1, 9},
        {"0100 0000000000000001 00110111", 10, 40},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_text(rows[i].bits, rows[i].low, "7");
        check_text(rows[i].bits, rows[i].high, "7");
    }
}

TEST(eci_is_told)
{
    check_text("0111 00011010 0100 00000001 01000001", 1, "A");
    CHECK(text.has_eci);
    CHECK_INT(text.eci, 26);
    check_text("0111 10000011 11100111 0100 00000001 01000001", 1, "A");
    CHECK_INT(text.eci, 999);
    check_text("0111 11001111 01000010 00111111 0100 00000001 01000001", 1,
               "A");
    CHECK_INT(text.eci, 999999);
    CHECK(!read_bits("0111 11001111 01000010 01000000 0100 00000001 01000001",
                     1));
    CHECK(!read_bits("0111 11100000 00000000 00000000 00000000", 1));
}

TEST(gs1_separators)
{
    /* "1%", "2%%3" in alphanumeric pairs: "1%" = 1*45+38, "2%" and "%3" */
    check_text("0101 0010 000000010 00001010011", 1, "1\x1D");
    CHECK(text.fnc1);
    check_text("0101 0010 000000100 00010000000 11010110001", 1, "2%3");
    check_text("1001 00100101 0010 000000010 00001010011", 1, "1\x1D");
    check_text("0010 000000010 00001010011", 1, "1%");
}

TEST(structured_append_is_told)
{
    check_text("0011 0001 0010 10100101 0001 0000000001 0111", 1, "7");
    CHECK_INT(text.part, 1);
    CHECK_INT(text.parts, 3);
    CHECK_INT(text.parity, 0xA5);
    CHECK(!read_bits("0011 0011 0010 10100101 0001 0000000001 0111", 1));
}

TEST(what_is_no_bit_stream_is_refused)
{
    CHECK(!read_bits("0110 0000", 1)); /* no such mode */
    CHECK(!read_bits("1111 0000", 1));
    CHECK(!read_bits("0001 0000000001 1010", 1));    /* ten is no digit */
    CHECK(!read_bits("0001 0000000010 1100100", 1)); /* a hundred */
    CHECK(!read_bits("0001 0000000011 1111101000", 1));
    CHECK(!read_bits("0010 000000010 11111101001", 1)); /* 45 * 45 */
    CHECK(!read_bits("0010 000000001 101101", 1));
    CHECK(!read_bits("0100 00000010 01000001", 1)); /* one of two bytes */
    CHECK(!read_bits("0100 1111", 1));              /* half a count */
    CHECK(read_bits("0000 1111", 1));               /* nothing is said */
    CHECK_INT(text.size, 0);
    CHECK(tem_qr_segments((struct tem_bytes){NULL, 0}, 1, &text));
    CHECK_INT(text.size, 0);
}

int main(void)
{
    RUN(the_standards_examples);
    RUN(bytes_are_given_back_as_they_are);
    RUN(segments_follow_each_other);
    RUN(counts_have_the_width_of_the_version);
    RUN(eci_is_told);
    RUN(gs1_separators);
    RUN(structured_append_is_told);
    RUN(what_is_no_bit_stream_is_refused);
    return test_done();
}
