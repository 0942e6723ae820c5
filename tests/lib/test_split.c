/* SPDX-License-Identifier: MIT */
/* tem_symbol_split() of <tem/symbol.h> against slower, plainer searches. */
#include "test.h"
#include "texts.h"
#include <tem/symbol.h>

static unsigned range_of(unsigned version)
{
    return version <= 9 ? 0 : version <= 26 ? 1 : 2;
}

/* Bits of a run, as ISO/IEC 18004:2015 7.4 says; 0 if the mode cannot. */
static size_t run_bits(struct tem_bytes text, size_t at, size_t length,
                       enum tem_segment_mode mode, unsigned range)
{
    static const size_t counts[3][3] = {
        {10, 9, 8}, {12, 11, 16}, {14, 13, 16}};
    size_t head = 4 + counts[range][mode];
    for (size_t i = at; i < at + length; i++) {
        const char *found =
            text.data[i] ? strchr(alphanumeric, text.data[i]) : NULL;
        if (mode != TEM_SEGMENT_BYTE && found == NULL)
            return 0;
        if (mode == TEM_SEGMENT_NUMERIC && found - alphanumeric > 9)
            return 0;
    }
    static const size_t digits[] = {0, 4, 7};
    if (mode == TEM_SEGMENT_NUMERIC)
        return head + length / 3 * 10 + digits[length % 3];
    if (mode == TEM_SEGMENT_ALPHANUMERIC)
        return head + length / 2 * 11 + length % 2 * 6;
    return head + length * 8;
}

/* Fewest bits of text[at..] over every way to cut it. */
static size_t brute_force(struct tem_bytes text, size_t at, unsigned range)
{
    if (at == text.size)
        return 0;
    size_t best = SIZE_MAX;
    for (size_t length = 1; at + length <= text.size; length++) {
        size_t rest = brute_force(text, at + length, range);
        for (int mode = 0; mode < 3; mode++) {
            size_t bits = run_bits(text, at, length,
                                   (enum tem_segment_mode)mode, range);
            if (bits > 0 && bits + rest < best)
                best = bits + rest;
        }
    }
    return best;
}

/* Fewest bits of a longer text: every run that may end at each place. */
static size_t quadratic(struct tem_bytes text, unsigned range)
{
    static size_t best[200];
    best[0] = 0;
    for (size_t end = 1; end <= text.size; end++) {
        best[end] = SIZE_MAX;
        for (size_t at = 0; at < end; at++)
            for (int mode = 0; mode < 3; mode++) {
                size_t bits = run_bits(text, at, end - at,
                                       (enum tem_segment_mode)mode, range);
                if (bits > 0 && best[at] + bits < best[end])
                    best[end] = best[at] + bits;
            }
    }
    return best[text.size];
}

/* Bits of a split; checks that the runs cover the text in modes that can. */
static size_t split_bits(struct tem_bytes text, unsigned version)
{
    static struct tem_segment segments[TEM_SYMBOL_TEXT_MAX];
    size_t count = 0, bits = 0, sum = 0, at = 0;
    struct tem_error error;
    CHECK_INT(tem_symbol_split(text, version, segments, TEM_SYMBOL_TEXT_MAX,
                               &count, &bits, &error),
              TEM_OK);
    for (size_t i = 0; i < count; i++) {
        size_t run = run_bits(text, at, segments[i].length, segments[i].mode,
                              range_of(version));
        CHECK(run > 0 && segments[i].length > 0);
        CHECK(i == 0 || segments[i].mode != segments[i - 1].mode);
        sum += run;
        at += segments[i].length;
    }
    CHECK_INT(at, text.size);
    CHECK_INT(sum, bits);
    return bits;
}

TEST(splits_are_the_best_of_all_ways)
{
    static const unsigned versions[] = {1, 9, 10, 26, 27, 40};
    for (int round = 0; round < 300; round++) {
        struct tem_bytes text = random_text(1 + next_random(9), 6);
        unsigned version = versions[round % 6];
        size_t want = brute_force(text, 0, range_of(version));
        CHECK_INT(quadratic(text, range_of(version)), want);
        CHECK_INT(split_bits(text, version), want);
    }
    for (int round = 0; round < 600; round++) {
        struct tem_bytes text =
            random_text(1 + next_random(150), 4 + next_random(20));
        unsigned version = versions[round % 6];
        size_t want = quadratic(text, range_of(version));
        size_t got = split_bits(text, version);
        if (got != want) {
            CHECK_INT(got, want);
            return;
        }
    }
}

TEST(every_byte_is_put_in_its_narrowest_mode)
{
    for (unsigned c = 0; c < 256; c++) {
        uint8_t byte = (uint8_t)c;
        struct tem_segment segment = {TEM_SEGMENT_BYTE, 0};
        size_t count, bits;
        REQUIRE(tem_symbol_split(view(&byte, 1), 1, &segment, 1, &count, &bits,
                                 NULL) == TEM_OK);
        const char *found = c ? strchr(alphanumeric, (int)c) : NULL;
        CHECK_INT(segment.mode, found == NULL ? 2 : found - alphanumeric > 9);
        CHECK(count == 1 && segment.length == 1);
    }
}

TEST(a_label_is_split_as_it_should_be)
{
    static const struct tem_segment want[] = {
        {TEM_SEGMENT_ALPHANUMERIC, 29},
        {TEM_SEGMENT_NUMERIC, 14},
        {TEM_SEGMENT_ALPHANUMERIC, 22},
        {TEM_SEGMENT_BYTE, 3},
        {TEM_SEGMENT_NUMERIC, 240},
    };
    struct tem_segment got[TEM_SEGMENTS_MAX];
    size_t count = 0, bits = 0;
    struct tem_bytes uri = label_uri();
    REQUIRE(tem_symbol_split(uri, 9, got, TEM_SEGMENTS_MAX, &count, &bits,
                             NULL) == TEM_OK);
    REQUIRE(count == 5);
    for (size_t i = 0; i < count; i++) {
        CHECK_INT(got[i].mode, want[i].mode);
        CHECK_INT(got[i].length, want[i].length);
    }
    CHECK_INT(bits, 173 + 61 + 134 + 36 + 814);
}

TEST(split_refuses_what_is_out_of_range)
{
    uint8_t memory[TEM_SYMBOL_TEXT_MAX + 1];
    memset(memory, '1', sizeof memory);
    struct tem_segment segment = {TEM_SEGMENT_BYTE, 99};
    size_t count = 77, bits = 88;
    struct tem_error error;
    char text[TEM_MESSAGE_TEXT_MAX];
    const struct {
        size_t size;
        unsigned version;
        size_t capacity;
        enum tem_status want;
        const char *en;
    } rows[] = {
        {0, 1, 1, TEM_E_ARGUMENT,
         "the text of a symbol has 1 to 7089 characters, not 0"},
        {7090, 1, 1, TEM_E_ARGUMENT,
         "the text of a symbol has 1 to 7089 characters, not 7090"},
        {1, 0, 1, TEM_E_ARGUMENT, "a symbol's version is 1 to 40, not 0"},
        {1, 41, 1, TEM_E_ARGUMENT, "a symbol's version is 1 to 40, not 41"},
        {1, 1, 0, TEM_E_CAPACITY, "the text splits into 1 segments and there "
                                  "is room for 0: give more room"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_INT(tem_symbol_split(view(memory, rows[i].size), rows[i].version,
                                   &segment, rows[i].capacity, &count, &bits,
                                   &error),
                  rows[i].want);
        CHECK_INT(error.status, rows[i].want);
        tem_message_text(&error.message, TEM_LANG_EN, text, sizeof text);
        CHECK_STR(text, rows[i].en);
        CHECK(count == 77 && bits == 88 && segment.length == 99);
    }
    CHECK_INT(tem_symbol_split(view(memory, 7089), 40, &segment, 1, &count,
                               &bits, NULL),
              TEM_OK);
    CHECK(count == 1 && bits == 18 + 23630);
}

/* The text that splits into the most segments: bytes, digits, a letter. */
TEST(no_symbol_has_more_segments_than_the_header_says)
{
    static const char *const patterns[] = {
        "a123456789", "a123456789:123456789", "A12345678912345678",
        "a123456", "aAAAAAAAA"};
    size_t most = 0;
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        static uint8_t memory[TEM_SYMBOL_TEXT_MAX];
        static struct tem_segment segments[TEM_SYMBOL_TEXT_MAX];
        size_t length = strlen(patterns[p]);
        for (size_t i = 0; i < sizeof memory; i++)
            memory[i] = (uint8_t)patterns[p][i % length];
        size_t count = 0, bits = SIZE_MAX;
        for (size_t size = sizeof memory; bits > 2956 * 8; size -= 8)
            REQUIRE(tem_symbol_split(view(memory, size), 40, segments,
                                     TEM_SYMBOL_TEXT_MAX, &count, &bits,
                                     NULL) == TEM_OK);
        if (count > most)
            most = count;
    }
    printf("# %zu segments\n", most);
    CHECK(most > 600 && most <= TEM_SEGMENTS_MAX);
}

int main(void)
{
    RUN(splits_are_the_best_of_all_ways);
    RUN(every_byte_is_put_in_its_narrowest_mode);
    RUN(a_label_is_split_as_it_should_be);
    RUN(split_refuses_what_is_out_of_range);
    RUN(no_symbol_has_more_segments_than_the_header_says);
    return test_done();
}
