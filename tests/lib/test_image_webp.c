/* SPDX-License-Identifier: MIT */
/* The WebP reader of <tem/image.h>: lossy, lossless, transparent, written here
 * with libwebp, EXIF orientation, and files that are cut, spoiled, too large or
 * animated. */
#include "image_exif.h"
#include "image_scaled.h"
#include <webp/encode.h>

enum { WIDTH = 48, HEIGHT = 32, BLOCK = 16 };

struct file {
    uint8_t *data; /* free() it */
    size_t size;
};

/* How a WebP is to be written. */
struct kind {
    bool lossless, alpha;
    uint32_t width, height; /* 0: WIDTH x HEIGHT */
};

static const struct kind lossy = {0}, exact = {.lossless = true};
static const struct kind see_through[2] = {
    {.alpha = true},
    {.alpha = true, .lossless = true},
};

/* ---- writing ---------------------------------------------------------- */

/* Channel c of the 16 x 16 block that (x, y) is in: flat, so that lossy coding
 * keeps it but for rounding. */
static unsigned sample(uint32_t x, uint32_t y, int c)
{
    return (x / BLOCK * 70 + y / BLOCK * 45 + (unsigned)c * 60 + 20) % 256;
}

static uint32_t argb(const struct kind *kind, uint32_t x, uint32_t y)
{
    uint32_t alpha = kind->alpha ? sample(x, y, 3) : 255;
    return alpha << 24 | sample(x, y, 0) << 16 | sample(x, y, 1) << 8 |
           sample(x, y, 2);
}

static struct file written(const struct kind *kind)
{
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter writer;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
        exit(99);
    config.quality = 95;
    config.lossless = config.exact = kind->lossless;
    picture.use_argb = 1;
    picture.width = (int)(kind->width ? kind->width : WIDTH);
    picture.height = (int)(kind->height ? kind->height : HEIGHT);
    if (!WebPPictureAlloc(&picture))
        exit(99);
    for (int y = 0; y < picture.height; y++)
        for (int x = 0; x < picture.width; x++)
            picture.argb[y * picture.argb_stride + x] =
                argb(kind, (uint32_t)x, (uint32_t)y);
    WebPMemoryWriterInit(&writer);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    if (!WebPEncode(&config, &picture))
        exit(99);
    WebPPictureFree(&picture);
    struct file file = {malloc(writer.size), writer.size};
    if (!file.data)
        exit(99);
    memcpy(file.data, writer.mem, writer.size);
    WebPMemoryWriterClear(&writer);
    return file;
}

static struct tem_bytes bytes_of(const struct file *file)
{
    return (struct tem_bytes){file->data, file->size};
}

/* RFC 9649 section 2.7: a VP8X chunk is 8 bytes and flags, 3 bytes of nothing,
 * the sides less 1 in 3 bytes each. */
enum { AT_CHUNKS = 12, VP8X_SIZE = 18, AT_FLAGS = 20, AT_CANVAS = 24 };
enum { FLAG_ANIMATED = 0x02, FLAG_EXIF = 0x08, FLAG_ALPHA = 0x10 };

static void add_chunk(struct file *file, const char *name, const uint8_t *data,
                      size_t size)
{
    file->data = realloc(file->data, file->size + 8 + size + 1);
    if (!file->data)
        exit(99);
    uint8_t *at = file->data + file->size;
    memcpy(at, name, 4);
    put(at + 4, false, 4, (uint32_t)size);
    if (size)
        memcpy(at + 8, data, size);
    at[8 + size] = 0;
    file->size += 8 + size + size % 2;
    put(file->data + 4, false, 4, (uint32_t)file->size - 8);
}

/* The same picture in the extended form of file, and @p flags. */
static struct file extended(const struct kind *kind, uint8_t flags)
{
    struct file plain = written(kind), file = {NULL, AT_CHUNKS};
    uint8_t vp8x[10] = {flags};
    bool was = memcmp(plain.data + AT_CHUNKS, "VP8X", 4) == 0;
    size_t from = AT_CHUNKS + (was ? VP8X_SIZE : 0);
    put(vp8x + 4, false, 3, (kind->width ? kind->width : WIDTH) - 1);
    put(vp8x + 7, false, 3, (kind->height ? kind->height : HEIGHT) - 1);
    if (kind->alpha)
        vp8x[0] |= FLAG_ALPHA;
    add_chunk(&file, "VP8X", vp8x, sizeof vp8x);
    memcpy(file.data, "RIFF", 4);
    memcpy(file.data + 8, "WEBP", 4);
    file.data = realloc(file.data, file.size + plain.size - from);
    if (!file.data)
        exit(99);
    memcpy(file.data + file.size, plain.data + from, plain.size - from);
    file.size += plain.size - from;
    put(file.data + 4, false, 4, (uint32_t)file.size - 8);
    free(plain.data);
    return file;
}

/* ---- colours ---------------------------------------------------------- */

static double expected(const struct kind *kind, uint32_t x, uint32_t y)
{
    double grey = 0.299 * sample(x, y, 0) + 0.587 * sample(x, y, 1) +
                  0.114 * sample(x, y, 2);
    double alpha = kind->alpha ? sample(x, y, 3) / 255.0 : 1;
    return grey * alpha + 255 * (1 - alpha);
}

static void check_colours(const struct kind *kind, double off)
{
    struct file file = written(kind);
    struct tem_image *image = NULL;
    struct tem_error error;
    int wrong = 0;
    REQUIRE(tem_image_read(bytes_of(&file), PIXELS, &image, &error) == TEM_OK);
    REQUIRE(image->width == (kind->width ? kind->width : WIDTH) &&
            image->height == (kind->height ? kind->height : HEIGHT));
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = 0; x < image->width; x++) {
            double distance =
                image->pixels[y * image->width + x] - expected(kind, x, y);
            wrong += distance > off || distance < -off;
        }
    if (wrong)
        printf("# lossless %d, alpha %d, %u x %u\n", kind->lossless,
               kind->alpha, image->width, image->height);
    CHECK_INT(wrong, 0);
    tem_image_free(image);
    free(file.data);
}

TEST(every_kind_comes_out_grey_over_white)
{
    static const uint32_t sides[][2] = {{0, 0},  {1, 1},   {2, 1},    {1, 3},
                                        {17, 5}, {31, 33}, {16383, 1}};
    for (int lossless = 0; lossless < 2; lossless++)
        for (int alpha = 0; alpha < 2; alpha++)
            for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
                check_colours(
                    &(struct kind){lossless, alpha, sides[i][0], sides[i][1]},
                    lossless ? 1.5 : 5);
}

TEST(a_webp_read_smaller_is_the_mean_of_its_blocks)
{
    static const uint32_t sides[][2] = {{1, 1}, {8, 8}, {9, 7}, {100, 75}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        struct file file =
            written(&(struct kind){true, true, sides[i][0], sides[i][1]});
        check_scaled(bytes_of(&file), 0.5);
        free(file.data);
    }
}

/* ---- orientation ------------------------------------------------------ */

static void check_turned(const struct file *file, unsigned orientation)
{
    struct tem_image *image = NULL;
    uint32_t sides[2];
    bool lying = turns[orientation].lying;
    REQUIRE(tem_image_read(bytes_of(file), PIXELS, &image, NULL) == TEM_OK);
    CHECK_INT(image->width, lying ? HEIGHT : WIDTH);
    CHECK_INT(image->height, lying ? WIDTH : HEIGHT);
    CHECK_INT(size_exact(file->data, file->size, sides, NULL), TEM_OK);
    CHECK(sides[0] == image->width && sides[1] == image->height);
    CHECK(near(corner(image, turns[orientation].first),
               (unsigned)expected(&exact, 0, 0)));
    CHECK(near(corner(image, turns[orientation].right),
               (unsigned)expected(&exact, 47, 0)));
    CHECK(near(corner(image, turns[orientation].below),
               (unsigned)expected(&exact, 0, 31)));
    tem_image_free(image);
}

/* As it ought to be, and with what begins it in a JPEG. */
TEST(all_eight_orientations_are_turned_upright)
{
    for (unsigned o = 1; o <= 8; o++)
        for (int big = 0; big < 2; big++)
            for (size_t skip = 0; skip <= AT_TIFF; skip += AT_TIFF) {
                uint8_t exif[EXIF_SIZE];
                struct file file = extended(&exact, FLAG_EXIF);
                make_exif(exif, big, o);
                add_chunk(&file, "XMP ", exif, 3); /* padded to be even */
                add_chunk(&file, "EXIF", exif + skip, sizeof exif - skip);
                check_turned(&file, o);
                free(file.data);
            }
}

TEST(an_exif_that_makes_no_sense_turns_nothing)
{
    uint8_t exif[EXIF_SIZE];
    make_exif(exif, true, 6);
    for (size_t size = 0; size < AT_ENTRY + 10 - AT_TIFF; size++) {
        struct file file = extended(&exact, FLAG_EXIF);
        add_chunk(&file, "EXIF", exif + AT_TIFF, size);
        check_turned(&file, 1);
        free(file.data);
    }
    struct file file = extended(&exact, FLAG_EXIF);
    size_t at = file.size;
    add_chunk(&file, "EXIF", exif + AT_TIFF, sizeof exif - AT_TIFF);
    check_turned(&file, 6);
    put(file.data + at + 4, false, 4, EXIF_SIZE - AT_TIFF + 1); /* too long */
    check_turned(&file, 1);
    put(file.data + at + 4, false, 4, 0xFFFFFFFF);
    check_turned(&file, 1);
    memcpy(file.data + at, "exif", 4);
    put(file.data + at + 4, false, 4, EXIF_SIZE - AT_TIFF);
    check_turned(&file, 1);
    free(file.data);
}

/* ---- files that are not whole ----------------------------------------- */

static void check_cut(struct file file)
{
    struct tem_error error;
    uint32_t sides[2];
    for (size_t size = 12; size < file.size; size++) {
        CHECK_INT(read_exact(file.data, size, PIXELS, &error), TEM_E_FORMAT);
        CHECK_INT(error.message.id, TEM_MSG_IMAGE_WEBP);
        CHECK_INT(size_exact(file.data, size, sides, NULL), TEM_E_FORMAT);
    }
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
    free(file.data);
}

TEST(a_file_cut_anywhere_is_refused)
{
    check_cut(written(&lossy));
    check_cut(written(&exact));
    check_cut(written(&see_through[0]));
    check_cut(extended(&exact, 0));
    struct file file = written(&lossy);
    for (size_t size = 1; size < 12; size++)
        CHECK_INT(read_exact(file.data, size, PIXELS, NULL), TEM_E_UNSUPPORTED);
    free(file.data);
}

/* By more than the byte that may pad its end. */
TEST(a_file_that_calls_itself_shorter_is_refused)
{
    struct file file = written(&exact);
    for (uint32_t size = 0; size + 9 < file.size; size++) {
        put(file.data + 4, false, 4, size);
        CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_E_FORMAT);
    }
    put(file.data + 4, false, 4, 0xFFFFFFFF);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_E_FORMAT);
    free(file.data);
}

TEST(bytes_after_the_end_do_no_harm)
{
    struct file file = written(&lossy);
    uint8_t *longer = calloc(1, file.size + 100);
    REQUIRE(longer != NULL);
    memcpy(longer, file.data, file.size);
    CHECK_INT(read_exact(longer, file.size + 100, PIXELS, NULL), TEM_OK);
    free(longer);
    free(file.data);
}

/* Any byte may be changed: never a crash. */
TEST(a_spoiled_file_is_survived)
{
    struct file files[] = {written(&lossy), written(&exact),
                           written(&see_through[0]), extended(&lossy, 0)};
    int refused = 0;
    for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
        struct file *file = &files[f];
        for (size_t i = 4; i < file->size; i++)
            for (int bit = 1; bit < 256; bit *= 4) {
                file->data[i] ^= (uint8_t)bit;
                refused +=
                    read_exact(file->data, file->size, 1 << 16, NULL) != TEM_OK;
                file->data[i] ^= (uint8_t)bit;
            }
        free(file->data);
    }
    printf("# %d refused\n", refused);
    CHECK(refused > 100);
}

/* ---- limits, and what is not read ------------------------------------- */

TEST(the_limit_on_pixels_is_exact)
{
    static const struct kind *const kinds[] = {&lossy, &exact, &see_through[0],
                                               &see_through[1]};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct file file = written(kinds[i]);
        check_pixel_limit(file.data, file.size, WIDTH * HEIGHT);
        free(file.data);
    }
}

/* A header of the extended form names sides of its own, up to 2^24. */
TEST(a_header_of_a_huge_picture_is_refused_before_memory_is_taken)
{
    static const struct {
        uint32_t width, height;
        enum tem_status status;
        enum tem_message_id id;
    } rows[] = {{10001, 10000, TEM_E_LIMIT, TEM_MSG_IMAGE_PIXELS},
                {65500, 65500, TEM_E_LIMIT, TEM_MSG_IMAGE_PIXELS},
                {65501, 1, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {1, 65501, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {1 << 24, 255, TEM_E_LIMIT, TEM_MSG_IMAGE_SIDE},
                {1 << 24, 1 << 24, TEM_E_FORMAT, TEM_MSG_IMAGE_WEBP},
                {10000, 10000, TEM_E_FORMAT, TEM_MSG_IMAGE_WEBP},
                {65500, 1, TEM_E_FORMAT, TEM_MSG_IMAGE_WEBP}};
    struct file file = {NULL, AT_CHUNKS};
    uint8_t vp8x[10] = {0};
    add_chunk(&file, "VP8X", vp8x, sizeof vp8x); /* and no pixels at all */
    memcpy(file.data, "RIFF", 4);
    memcpy(file.data + 8, "WEBP", 4);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tem_error error;
        put(file.data + AT_CANVAS, false, 3, rows[i].width - 1);
        put(file.data + AT_CANVAS + 3, false, 3, rows[i].height - 1);
        CHECK_INT(read_exact(file.data, file.size, PIXELS, &error),
                  rows[i].status);
        CHECK_INT(error.message.id, rows[i].id);
    }
    free(file.data);
}

TEST(a_header_that_contradicts_the_pixels_is_refused)
{
    struct file file = extended(&exact, 0);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_OK);
    put(file.data + AT_CANVAS, false, 3, WIDTH);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_E_FORMAT);
    put(file.data + AT_CANVAS, false, 3, WIDTH - 1);
    put(file.data + AT_CANVAS + 3, false, 3, HEIGHT - 2);
    CHECK_INT(read_exact(file.data, file.size, PIXELS, NULL), TEM_E_FORMAT);
    free(file.data);
}

TEST(an_animation_is_refused_by_name)
{
    struct file file = extended(&exact, FLAG_ANIMATED);
    struct tem_error error;
    uint32_t sides[2];
    CHECK_INT(read_exact(file.data, file.size, PIXELS, &error),
              TEM_E_UNSUPPORTED);
    CHECK_INT(error.message.id, TEM_MSG_IMAGE_ANIMATED);
    CHECK_STR(error.message.args[0], "WebP");
    CHECK_INT(size_exact(file.data, file.size, sides, NULL), TEM_E_UNSUPPORTED);
    free(file.data);
}

int main(void)
{
    RUN(every_kind_comes_out_grey_over_white);
    RUN(a_webp_read_smaller_is_the_mean_of_its_blocks);
    RUN(all_eight_orientations_are_turned_upright);
    RUN(an_exif_that_makes_no_sense_turns_nothing);
    RUN(a_file_cut_anywhere_is_refused);
    RUN(a_file_that_calls_itself_shorter_is_refused);
    RUN(bytes_after_the_end_do_no_harm);
    RUN(a_spoiled_file_is_survived);
    RUN(the_limit_on_pixels_is_exact);
    RUN(a_header_of_a_huge_picture_is_refused_before_memory_is_taken);
    RUN(a_header_that_contradicts_the_pixels_is_refused);
    RUN(an_animation_is_refused_by_name);
    return test_done();
}
