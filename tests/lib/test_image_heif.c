/* SPDX-License-Identifier: MIT */
/* The HEIC reader of <tem/image.h>: pictures of tests/fuzz/corpus/heif, turned
 * by their properties, and files that are cut, spoiled or too large. Coders of
 * HEVC are rare, so the pictures stand there as files: blocks as of sample(),
 * written by libheif with x265, quality 95. */
#include "image_exif.h"
#include "image_scaled.h"

enum { WIDTH = 96, HEIGHT = 64, BLOCK = 16 }; /* of all but odd.heic */

static uint8_t file[1 << 13];
static size_t file_size;

static void load(const char *name)
{
    char path[1024];
    const char *root = getenv("TEM_SOURCE");
    snprintf(path, sizeof path, "%s/tests/fuzz/corpus/heif/%s",
             root ? root : ".", name);
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        printf("# no %s\n", path);
        exit(99);
    }
    file_size = fread(file, 1, sizeof file, stream);
    fclose(stream);
}

#define NEED_HEIC()                                                            \
    do {                                                                       \
        if (!tem_image_reads_heic())                                           \
            SKIP("HEIC is not read here");                                     \
    } while (0)

/* ---- what is in the pictures ------------------------------------------ */

/* Channel c of the 16 x 16 block that (x, y) is in: flat, so that lossy coding
 * keeps it but for rounding. */
static unsigned sample(uint32_t x, uint32_t y, int c)
{
    return (x / BLOCK * 70 + y / BLOCK * 45 + (unsigned)c * 60 + 20) % 256;
}

static double expected(uint32_t x, uint32_t y, bool alpha)
{
    double grey = 0.299 * sample(x, y, 0) + 0.587 * sample(x, y, 1) +
                  0.114 * sample(x, y, 2);
    double opaque = alpha ? sample(x, y, 3) / 255.0 : 1;
    return grey * opaque + 255 * (1 - opaque);
}

static void check_colours(const char *name, uint32_t width, uint32_t height,
                          bool alpha)
{
    struct tem_image *image = NULL;
    int wrong = 0;
    load(name);
    REQUIRE(tem_image_read((struct tem_bytes){file, file_size}, PIXELS, &image,
                           NULL) == TEM_OK);
    REQUIRE(image->width == width && image->height == height);
    for (uint32_t y = 0; y < height; y++)
        for (uint32_t x = 0; x < width; x++) {
            double distance =
                image->pixels[y * width + x] - expected(x, y, alpha);
            wrong += distance > 12 || distance < -12;
        }
    if (wrong)
        printf("# %s\n", name);
    CHECK_INT(wrong, 0);
    tem_image_free(image);
}

TEST(a_picture_comes_out_grey_over_white)
{
    NEED_HEIC();
    check_colours("flat.heic", WIDTH, HEIGHT, false);
    check_colours("alpha.heic", WIDTH, HEIGHT, true);
    check_colours("odd.heic", 77, 65, false); /* cut out of a grid */
}

TEST(a_heic_read_smaller_is_the_mean_of_its_blocks)
{
    NEED_HEIC();
    load("odd.heic");
    check_scaled((struct tem_bytes){file, file_size}, 0.5);
}

/* ---- orientation ------------------------------------------------------ */

static void check_turned(unsigned orientation)
{
    struct tem_image *image = NULL;
    uint32_t sides[2];
    bool lying = turns[orientation].lying;
    REQUIRE(tem_image_read((struct tem_bytes){file, file_size}, PIXELS, &image,
                           NULL) == TEM_OK);
    CHECK_INT(image->width, lying ? HEIGHT : WIDTH);
    CHECK_INT(image->height, lying ? WIDTH : HEIGHT);
    CHECK_INT(size_exact(file, file_size, sides, NULL), TEM_OK);
    CHECK(sides[0] == image->width && sides[1] == image->height);
    CHECK(near(corner(image, turns[orientation].first),
               (unsigned)expected(0, 0, false)));
    CHECK(near(corner(image, turns[orientation].right),
               (unsigned)expected(WIDTH - 1, 0, false)));
    CHECK(near(corner(image, turns[orientation].below),
               (unsigned)expected(0, HEIGHT - 1, false)));
    tem_image_free(image);
}

/* Where a property's content begins, after its name. */
static uint8_t *property(const char *name)
{
    for (size_t i = 0; i + 4 < file_size; i++)
        if (memcmp(file + i, name, 4) == 0)
            return file + i + 4;
    exit(99);
}

/* ISO/IEC 23008-12 section 6.5.10: quarter turns against the clock. */
TEST(pictures_are_turned_upright)
{
    static const unsigned orientations[] = {1, 8, 3, 6};
    NEED_HEIC();
    load("turned.heic");
    for (uint8_t quarters = 0; quarters < 4; quarters++) {
        *property("irot") = quarters;
        check_turned(orientations[quarters]);
    }
    load("mirrored.heic");
    check_turned(2);
}

/* ---- files that are not whole ----------------------------------------- */

TEST(a_file_cut_anywhere_is_refused)
{
    NEED_HEIC();
    load("flat.heic");
    for (size_t size = 11; size < file_size; size++) {
        struct tem_error error;
        CHECK_INT(read_exact(file, size, PIXELS, &error), TEM_E_FORMAT);
        CHECK_INT(error.message.id, TEM_MSG_IMAGE_HEIC);
    }
    for (size_t size = 1; size < 11; size++)
        CHECK_INT(read_exact(file, size, PIXELS, NULL), TEM_E_UNSUPPORTED);
    CHECK_INT(read_exact(file, file_size, PIXELS, NULL), TEM_OK);
}

/* Any byte may be changed: never a crash. */
TEST(a_spoiled_file_is_survived)
{
    NEED_HEIC();
    int refused = 0;
    load("flat.heic");
    for (size_t i = 4; i < file_size; i++) {
        uint8_t bit = (uint8_t)(1 << i % 8);
        file[i] ^= bit;
        refused += read_exact(file, file_size, 1 << 16, NULL) != TEM_OK;
        file[i] ^= bit;
    }
    printf("# %d of %zu refused\n", refused, file_size);
    CHECK(refused > 100);
}

/* A kind of file that libheif does not know, though it calls itself HEIC. */
TEST(a_rare_kind_is_named)
{
    NEED_HEIC();
    struct tem_error error;
    load("flat.heic");
    memcpy(file + 8, "hevc\0\0\0\0zzzzzzzz", 16);
    CHECK_INT(read_exact(file, file_size, PIXELS, &error), TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_OTHER);
    CHECK_STR(error.message.args[0], "HEIC");
}

/* ---- limits ----------------------------------------------------------- */

TEST(the_limit_on_pixels_is_exact)
{
    NEED_HEIC();
    load("flat.heic");
    check_pixel_limit(file, file_size, WIDTH * HEIGHT);
}

/* The property of the size (ISO/IEC 23008-12 section 6.5.3): its name, 4 bytes
 * of version and flags, the sides. */
static void set_size(uint32_t width, uint32_t height)
{
    for (size_t i = 0; i + 16 <= file_size; i++)
        if (memcmp(file + i, "ispe", 4) == 0) {
            put(file + i + 8, true, 4, width);
            put(file + i + 12, true, 4, height);
        }
}

TEST(a_header_of_a_huge_picture_is_refused_before_memory_is_taken)
{
    static const struct {
        uint32_t width, height;
        enum tem_status status;
        enum tem_message_id id;
    } rows[] = {{10001, 10000, TEM_E_LIMIT, TEM_MSG_IMAGE_PIXELS},
                {60000, 60000, TEM_E_LIMIT, TEM_MSG_IMAGE_PIXELS},
                {65501, 8, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {8, 65501, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {0, 8, TEM_E_FORMAT, TEM_MSG_IMAGE_HEIC},
                {8, 0, TEM_E_FORMAT, TEM_MSG_IMAGE_HEIC},
                {0x80000000, 8, TEM_E_FORMAT, TEM_MSG_IMAGE_HEIC}};
    NEED_HEIC();
    load("flat.heic");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_error error;
        set_size(rows[i].width, rows[i].height);
        CHECK_INT(read_exact(file, file_size, PIXELS, &error), rows[i].status);
        CHECK_INT(error.message.id, rows[i].id);
    }
}

TEST(a_header_that_contradicts_the_pixels_is_refused)
{
    static const uint32_t sides[][2] = {{WIDTH + 1, HEIGHT},
                                        {WIDTH, HEIGHT - 8},
                                        {10000, 10000},
                                        {65500, 1},
                                        {1, 1}};
    NEED_HEIC();
    load("flat.heic");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        set_size(sides[i][0], sides[i][1]);
        CHECK_INT(read_exact(file, file_size, PIXELS, NULL), TEM_E_FORMAT);
    }
    set_size(WIDTH, HEIGHT);
    CHECK_INT(read_exact(file, file_size, PIXELS, NULL), TEM_OK);
}

int main(void)
{
    RUN(a_picture_comes_out_grey_over_white);
    RUN(a_heic_read_smaller_is_the_mean_of_its_blocks);
    RUN(pictures_are_turned_upright);
    RUN(a_file_cut_anywhere_is_refused);
    RUN(a_spoiled_file_is_survived);
    RUN(a_rare_kind_is_named);
    RUN(the_limit_on_pixels_is_exact);
    RUN(a_header_of_a_huge_picture_is_refused_before_memory_is_taken);
    RUN(a_header_that_contradicts_the_pixels_is_refused);
    return test_done();
}
