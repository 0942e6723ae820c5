/* SPDX-License-Identifier: MIT */
/* tem_scan_image() of <tem/scan.h> with a reader that fails or finds odd
 * things: this program's functions stand in for those of zbar. */
#include "test.h"
#include <stdbool.h>
#include <tem/scan.h>
#include <zbar.h>

struct zbar_symbol_s {
    zbar_symbol_type_t type;
    const char *text;
    unsigned corners;
    int x, y;
    const struct zbar_symbol_s *next, *part;
};

static int steps_left;       /* calls that succeed before one fails */
static int scanners, images; /* given out and not yet destroyed */
static const struct zbar_symbol_s *found;
static int passes;
static char object;

static int step(void)
{
    return steps_left-- > 0;
}

zbar_image_scanner_t *zbar_image_scanner_create(void)
{
    if (!step())
        return NULL;
    scanners++;
    return (zbar_image_scanner_t *)(void *)&object;
}

int zbar_image_scanner_set_config(zbar_image_scanner_t *scanner,
                                  zbar_symbol_type_t type, zbar_config_t config,
                                  int value)
{
    (void)scanner, (void)type, (void)config, (void)value;
    return step() ? 0 : 1;
}

void zbar_image_scanner_destroy(zbar_image_scanner_t *scanner)
{
    (void)scanner;
    scanners--;
}

zbar_image_t *zbar_image_create(void)
{
    if (!step())
        return NULL;
    images++;
    return (zbar_image_t *)(void *)&object;
}

void zbar_image_destroy(zbar_image_t *image)
{
    (void)image;
    images--;
}

void zbar_image_set_format(zbar_image_t *image, unsigned long format)
{
    (void)image;
    CHECK_INT(format, 0x30303859); /* Y800 */
}

void zbar_image_set_size(zbar_image_t *image, unsigned width, unsigned height)
{
    (void)image, (void)width, (void)height;
}

void zbar_image_set_data(zbar_image_t *image, const void *data,
                         unsigned long size, zbar_image_cleanup_handler_t *done)
{
    (void)image, (void)data, (void)size;
    CHECK(done == NULL); /* the pixels stay ours */
}

int zbar_scan_image(zbar_image_scanner_t *scanner, zbar_image_t *image)
{
    (void)scanner, (void)image;
    passes++;
    return step() ? 0 : -1;
}

const zbar_symbol_t *zbar_image_first_symbol(const zbar_image_t *image)
{
    (void)image;
    return found;
}

const zbar_symbol_t *zbar_symbol_next(const zbar_symbol_t *symbol)
{
    return symbol->next;
}

const zbar_symbol_t *zbar_symbol_first_component(const zbar_symbol_t *symbol)
{
    return symbol->part;
}

zbar_symbol_type_t zbar_symbol_get_type(const zbar_symbol_t *symbol)
{
    return symbol->type;
}

const char *zbar_symbol_get_data(const zbar_symbol_t *symbol)
{
    return symbol->text;
}

unsigned zbar_symbol_get_data_length(const zbar_symbol_t *symbol)
{
    return (unsigned)strlen(symbol->text);
}

unsigned zbar_symbol_get_loc_size(const zbar_symbol_t *symbol)
{
    return symbol->corners;
}

/* Squares of ten pixels, as zbar goes round them. */
int zbar_symbol_get_loc_x(const zbar_symbol_t *symbol, unsigned i)
{
    return symbol->x + (i == 2 || i == 3 ? 10 : 0);
}

int zbar_symbol_get_loc_y(const zbar_symbol_t *symbol, unsigned i)
{
    return symbol->y + (i == 1 || i == 2 ? 10 : 0);
}

/* Scan a black picture of 200 x 100 in which zbar finds `symbols`. NULL when it
 * fails. */
static bool everything; /* symbologies are wanted */

static struct tem_scan *scanned(const struct zbar_symbol_s *symbols, int steps,
                                struct tem_error *error)
{
    struct tem_scan_options options = {.effort = TEM_EFFORT_HARD,
                                       .all = everything};
    static uint8_t pixels[200 * 100];
    struct tem_image image = {200, 100, pixels};
    struct tem_scan *scan = NULL;
    found = symbols;
    steps_left = steps;
    passes = 0;
    enum tem_status status = tem_scan_image(&image, &options, &scan, error);
    CHECK((status == TEM_OK) == (scan != NULL));
    CHECK_INT(scanners, 0);
    CHECK_INT(images, 0);
    return scan;
}

/* A pass is six steps; nothing found, there are four: as it is, doubled, and
 * both with contrast stretched. Memory can want where a scanner or a picture is
 * made, the first and fifth step. */
TEST(a_failing_reader_is_reported)
{
    for (int steps = 0; steps < 4 * 6; steps++) {
        struct tem_error error = {.status = TEM_OK};
        bool memory = steps % 6 == 0 || steps % 6 == 4;
        CHECK(scanned(NULL, steps, &error) == NULL);
        CHECK_INT(error.status, memory ? TEM_E_MEMORY : TEM_E_UNSUPPORTED);
        CHECK_INT(error.message.id,
                  memory ? TEM_MSG_MEMORY : TEM_MSG_SCAN_READER);
        CHECK(scanned(NULL, steps, NULL) == NULL);
    }
    struct tem_scan *scan = scanned(NULL, 4 * 6, NULL);
    REQUIRE(scan != NULL);
    CHECK_INT(scan->count, 0);
    CHECK_INT(passes, 4);
    tem_scan_free(scan);
}

TEST(what_was_found_stops_the_search)
{
    const struct zbar_symbol_s one = {ZBAR_QRCODE, "A", 4, 20, 30, NULL, NULL};
    struct tem_scan *scan = scanned(&one, 6, NULL);
    REQUIRE(scan != NULL && scan->count == 1);
    CHECK_INT(passes, 1);
    CHECK(!scan->symbols[0].part && !scan->truncated);
    static const struct tem_point want[4] = {
        {20, 30}, {20, 40}, {30, 40}, {30, 30}};
    CHECK(memcmp(scan->symbols[0].corners, want, sizeof want) == 0);
    tem_scan_free(scan);
}

TEST(only_the_symbologies_asked_for_count)
{
    const struct zbar_symbol_s other = {ZBAR_CODE128, "C",  4,   50,
                                        30,           NULL, NULL};
    const struct zbar_symbol_s bars = {ZBAR_EAN13, "B",    4,   90,
                                       30,         &other, NULL};
    const struct zbar_symbol_s one = {ZBAR_QRCODE, "A", 4, 20, 30, &bars, NULL};
    for (everything = false;; everything = true) {
        struct tem_scan *scan = scanned(&one, 1000, NULL);
        REQUIRE(scan != NULL && scan->count == 1 + (size_t)everything);
        CHECK_STR((const char *)scan->symbols[0].text.data, "A");
        CHECK_INT(scan->symbols[0].symbology, TEM_QR_CODE);
        if (everything) {
            CHECK_STR((const char *)scan->symbols[1].text.data, "B");
            CHECK_INT(scan->symbols[1].symbology, TEM_EAN_13);
        }
        tem_scan_free(scan);
        if (everything)
            break;
    }
    everything = false;
}

TEST(structured_append_is_told)
{
    const struct zbar_symbol_s part = {ZBAR_QRCODE, "C", 4, 90, 30, NULL, NULL};
    const struct zbar_symbol_s lone = {ZBAR_PARTIAL, "C", 4, 5, 5, NULL, NULL};
    const struct zbar_symbol_s all = {ZBAR_QRCODE, "A",   4,    20,
                                      30,          &lone, &part};
    const struct zbar_symbol_s one = {ZBAR_QRCODE, "A", 4, 20, 30, &all, NULL};
    struct tem_scan *scan = scanned(&one, 1000, NULL);
    REQUIRE(scan != NULL && scan->count == 3);
    CHECK_STR((const char *)scan->symbols[0].text.data, "C");
    CHECK(scan->symbols[0].part);
    CHECK(scan->symbols[1].part != scan->symbols[2].part);
    tem_scan_free(scan);
}

TEST(a_symbol_without_place_gets_a_box)
{
    const struct zbar_symbol_s low = {ZBAR_QRCODE, "", 4, 60, 7, NULL, NULL};
    const struct zbar_symbol_s high = {ZBAR_QRCODE, "", 4, -3, 50, &low, NULL};
    const struct zbar_symbol_s all = {ZBAR_QRCODE, "A", 0, 0, 0, NULL, &high};
    struct tem_scan *scan = scanned(&all, 1000, NULL);
    REQUIRE(scan != NULL && scan->count == 1);
    static const struct tem_point around[4] = {
        {-3, 7}, {-3, 60}, {70, 60}, {70, 7}};
    CHECK(memcmp(scan->symbols[0].corners, around, sizeof around) == 0);
    tem_scan_free(scan);

    const struct zbar_symbol_s bare = {ZBAR_QRCODE, "A", 0, 0, 0, NULL, NULL};
    scan = scanned(&bare, 1000, NULL);
    REQUIRE(scan != NULL && scan->count == 1);
    static const struct tem_point whole[4] = {
        {0, 0}, {0, 100}, {200, 100}, {200, 0}};
    CHECK(memcmp(scan->symbols[0].corners, whole, sizeof whole) == 0);
    tem_scan_free(scan);
}

TEST(one_symbol_is_one_text_at_one_place)
{
    static const struct {
        const char *text;
        int x, y;
        size_t count;
    } rows[] = {{"A", 0, 0, 1},  {"A", 5, 0, 1},  {"A", 6, 0, 2},
                {"A", 0, -5, 1}, {"A", 0, -6, 2}, {"A", 60, 50, 2},
                {"B", 0, 0, 2},  {"AA", 0, 0, 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct zbar_symbol_s first = {ZBAR_QRCODE, "A",  4,   20,
                                            30,          NULL, NULL};
        const struct zbar_symbol_s other = {
            ZBAR_QRCODE,    rows[i].text, 4,   20 + rows[i].x,
            30 + rows[i].y, &first,       NULL};
        struct tem_scan *scan = scanned(&other, 1000, NULL);
        REQUIRE(scan != NULL);
        CHECK_INT(scan->count, rows[i].count);
        tem_scan_free(scan);
    }
}

TEST(symbols_are_bounded_in_number)
{
    enum { MANY = TEM_SCAN_SYMBOLS_MAX + 1 };
    static struct zbar_symbol_s all[MANY];
    for (int i = 0; i < MANY; i++)
        all[i] = (struct zbar_symbol_s){
            ZBAR_QRCODE, "A",         4,
            i % 30 * 20, i / 30 * 20, i + 1 < MANY ? &all[i + 1] : NULL,
            NULL};
    for (int first = 0; first < 2; first++) {
        struct tem_scan *scan = scanned(&all[first], 1000, NULL);
        REQUIRE(scan != NULL);
        CHECK_INT(scan->count, TEM_SCAN_SYMBOLS_MAX);
        CHECK(scan->truncated == (first == 0));
        for (size_t i = 1; i < scan->count; i++) {
            const struct tem_point *a = scan->symbols[i - 1].corners;
            const struct tem_point *b = scan->symbols[i].corners;
            CHECK(a->y < b->y || (a->y == b->y && a->x < b->x));
        }
        tem_scan_free(scan);
    }
}

int main(void)
{
    RUN(a_failing_reader_is_reported);
    RUN(what_was_found_stops_the_search);
    RUN(only_the_symbologies_asked_for_count);
    RUN(structured_append_is_told);
    RUN(a_symbol_without_place_gets_a_box);
    RUN(one_symbol_is_one_text_at_one_place);
    RUN(symbols_are_bounded_in_number);
    return test_done();
}
