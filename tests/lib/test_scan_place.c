/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/place.h. */
#include "../../lib/scan/place.h"
#include "chance.h"
#include "test.h"

/* A square of a side about a middle, its first corner any of the four. */
static struct tem_scan_symbol at(const char *text, int32_t x, int32_t y,
                                 int32_t side, unsigned first)
{
    struct tem_scan_symbol symbol = {.text = tem_bytes_of(text)};
    int32_t half = side / 2;
    const struct tem_point corners[4] = {{x - half, y - half},
                                         {x - half, y + half},
                                         {x + half, y + half},
                                         {x + half, y - half}};
    for (unsigned i = 0; i < 4; i++)
        symbol.corners[i] = corners[(i + first) % 4];
    return symbol;
}

static bool same(struct tem_scan_symbol a, struct tem_scan_symbol b)
{
    bool found = tem_same_symbol(&a, &b);
    CHECK_INT(tem_same_symbol(&b, &a), found);
    return found;
}

TEST(one_symbol_found_twice_is_one)
{
    struct tem_scan_symbol one = at("A", 100, 100, 80, 0);
    CHECK(same(one, one));
    CHECK(same(one, at("A", 105, 95, 76, 2)));
    CHECK(same(one, at("A", 130, 130, 20, 0))); /* a middle inside is enough */
    CHECK(same(one, at("A", 160, 160, 160, 0)));
    CHECK(!same(one, at("B", 100, 100, 80, 0)));
    CHECK(!same(one, at("AA", 100, 100, 80, 0)));
    CHECK(!same(one, at("A", 190, 100, 80, 0)));
    CHECK(!same(one, at("A", 100, 10, 80, 0)));
}

/* The middle on the edge still counts, one past it does not. */
TEST(the_edge_of_a_box_is_inside)
{
    struct tem_scan_symbol one = at("A", 100, 100, 80, 0);
    static const struct {
        int32_t x, y;
        bool same;
    } rows[] = {{140, 100, true}, {60, 100, true},   {100, 60, true},
                {100, 140, true}, {141, 100, false}, {59, 100, false},
                {100, 59, false}, {100, 141, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_INT(same(one, at("A", rows[i].x, rows[i].y, 20, 1)),
                  rows[i].same);
}

TEST(parts_and_wholes_are_two)
{
    struct tem_scan_symbol whole = at("A", 100, 100, 80, 0), part = whole;
    part.part = true;
    CHECK(!same(whole, part));
    CHECK(same(part, part));
}

TEST(texts_with_nuls_are_compared_whole)
{
    struct tem_scan_symbol a = at("", 100, 100, 80, 0), b = a;
    a.text = (struct tem_bytes){(const uint8_t *)"\0a", 2};
    b.text = (struct tem_bytes){(const uint8_t *)"\0b", 2};
    CHECK(!same(a, b));
    b.text = (struct tem_bytes){(const uint8_t *)"\0ab", 3};
    CHECK(!same(a, b));
    b.text.size = 2;
    CHECK(same(a, b));
}

static void check_order(struct tem_scan_symbol *symbols, size_t count,
                        const char *want)
{
    char got[32] = "";
    struct tem_scan scan = {.count = count, .symbols = symbols};
    tem_sort_symbols(&scan);
    for (size_t i = 0; i < count; i++)
        strncat(got, (const char *)symbols[i].text.data, 1);
    CHECK_STR(got, want);
}

TEST(rows_are_read_as_a_page_is)
{
    struct tem_scan_symbol sheet[] = {
        at("d", 100, 210, 80, 0), at("c", 300, 110, 80, 1),
        at("e", 200, 190, 80, 2), at("a", 100, 90, 80, 3),
        at("b", 200, 100, 80, 0), at("f", 300, 200, 80, 1)};
    check_order(sheet, 6, "abcdef");
    struct tem_scan_symbol askew[] = {/* falls less than half a symbol */
                                      at("b", 200, 130, 80, 0),
                                      at("a", 100, 100, 80, 0),
                                      at("c", 100, 141, 80, 0)};
    check_order(askew, 3, "abc");
    struct tem_scan_symbol edge[] = {at("a", 200, 100, 80, 0),
                                     at("b", 100, 140, 80, 0)};
    check_order(edge, 2, "ab"); /* its middle is where the row above ends */
    edge[1] = at("b", 100, 139, 80, 0);
    check_order(edge, 2, "ba");
    check_order(askew, 1, "a");
    check_order(askew, 0, "");
}

/* Nothing but the symbols themselves decides, whatever their order was. */
TEST(the_order_of_finding_does_not_matter)
{
    struct chance chance = {51};
    struct tem_scan_symbol first[12], mixed[12];
    static const char *const texts[] = {"x", "y", "z"};
    for (size_t i = 0; i < 12; i++)
        first[i] = at(texts[chance_next(&chance) % 3],
                      100 * (int32_t)(chance_next(&chance) % 3),
                      100 * (int32_t)(chance_next(&chance) % 3), 80, 0);
    struct tem_scan scan = {.count = 12, .symbols = first};
    tem_sort_symbols(&scan);
    for (int turn = 0; turn < 200; turn++) {
        memcpy(mixed, first, sizeof mixed);
        for (size_t i = 0; i < 12; i++) {
            size_t other = chance_next(&chance) % 12;
            struct tem_scan_symbol kept = mixed[i];
            mixed[i] = mixed[other];
            mixed[other] = kept;
        }
        scan.symbols = mixed;
        tem_sort_symbols(&scan);
        for (size_t i = 0; i < 12; i++) {
            CHECK_STR((const char *)mixed[i].text.data,
                      (const char *)first[i].text.data);
            CHECK(memcmp(mixed[i].corners, first[i].corners,
                         sizeof first[i].corners) == 0);
        }
    }
}

/* Corners may lie anywhere that fits their type. */
TEST(far_places_do_not_overflow)
{
    struct tem_scan_symbol far[] = {at("b", 0, 1000000000, 80, 0),
                                    at("a", 0, -1000000000, 80, 0)};
    far[0].corners[2].x = INT32_MAX;
    far[1].corners[2].x = INT32_MIN;
    CHECK(!same(far[0], far[1]));
    check_order(far, 2, "ab");
}

int main(void)
{
    RUN(one_symbol_found_twice_is_one);
    RUN(the_edge_of_a_box_is_inside);
    RUN(parts_and_wholes_are_two);
    RUN(texts_with_nuls_are_compared_whole);
    RUN(rows_are_read_as_a_page_is);
    RUN(the_order_of_finding_does_not_matter);
    RUN(far_places_do_not_overflow);
    return test_done();
}
