/* SPDX-License-Identifier: MIT */
/* wear IN.png OUT.png spread DOTS|streak|pale|stain: a label as a worn printer
 * prints it. Exit status 1 if that cannot be done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tem/image.h>
#include <tem/label.h>
#include <tem/scan.h>

enum { FILE_MAX = 4 << 20, DARK = 128, PALE = 160 };

static struct tem_image *load(const char *name)
{
    static uint8_t data[FILE_MAX];
    struct tem_image *image;
    FILE *file = fopen(name, "rb");
    if (!file)
        return NULL;
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    return tem_image_read((struct tem_bytes){data, size}, 1 << 24, &image,
                          NULL) == TEM_OK
               ? image
               : NULL;
}

static bool save(const struct tem_image *image, const char *name)
{
    struct tem_image_file png = {0};
    struct tem_raster raster = {.depth = 8,
                                .width = image->width,
                                .height = image->height,
                                .stride = image->width,
                                .pixels = image->pixels,
                                .dpi = 600};
    FILE *file = fopen(name, "wb");
    bool done =
        file &&
        tem_image_write_raster(&raster, NULL, 0, &png, NULL) == TEM_OK &&
        fwrite(png.data, 1, png.size, file) == png.size;
    tem_image_file_free(&png);
    return file && fclose(file) == 0 && done;
}

/* Every dark pixel darkens those around it. */
static void spread(const struct tem_image *from, struct tem_image *to, int by)
{
    int width = (int)from->width, height = (int)from->height;
    for (int i = 0; i < width * height; i++)
        for (int k = 0; k < (2 * by + 1) * (2 * by + 1); k++) {
            int x = i % width + k % (2 * by + 1) - by;
            int y = i / width + k / (2 * by + 1) - by;
            if (x >= 0 && y >= 0 && x < width && y < height &&
                from->pixels[y * width + x] < DARK)
                to->pixels[i] = 0;
        }
}

static void fill(struct tem_image *image, int left, int top, int width,
                 int height, uint8_t grey)
{
    for (int y = top; y < top + height; y++)
        memset(image->pixels + (size_t)y * image->width + left, grey,
               (size_t)width);
}

static bool wear(const struct tem_image *from, struct tem_image *to,
                 const char *how, int dots)
{
    struct tem_scan *scan;
    if (tem_scan_image(from, NULL, &scan, NULL) != TEM_OK || scan->count != 1)
        return false;
    const struct tem_point *corners = scan->symbols[0].corners;
    int left = corners[0].x, top = corners[0].y;
    int side = corners[2].x - left, module = (int)scan->symbols[0].module;
    if (strcmp(how, "spread") == 0)
        spread(from, to, dots);
    else if (strcmp(how, "streak") == 0)
        fill(to, left + 20 * module + module / 3, top, module / 3, side, 255);
    else if (strcmp(how, "stain") == 0)
        fill(to, left + 10 * module, top + 10 * module, 14 * module,
             14 * module, 0);
    else
        for (uint32_t i = 0; i < to->width * to->height; i++)
            to->pixels[i] = to->pixels[i] < DARK ? PALE : 255;
    tem_scan_free(scan);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return EXIT_FAILURE;
    struct tem_image *from = load(argv[1]), *to = load(argv[1]);
    bool done = from && to &&
                wear(from, to, argv[3], argc > 4 ? atoi(argv[4]) : 0) &&
                save(to, argv[2]);
    tem_image_free(from);
    tem_image_free(to);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
