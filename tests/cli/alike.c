/* SPDX-License-Identifier: MIT */
/* alike A.png B.png: do two pictures look the same, but for how letters are
 * smoothed? Mean greys of cells of a few pixels are compared, each with the
 * nearest in value of the cells about it. Exit status 1 if not. */
#include <stdio.h>
#include <stdlib.h>
#include <tem/image.h>

enum {
    CELL = 4,      /* pixels */
    FAR = 96,      /* greys that make two cells differ */
    PER_MILLE = 2, /* of all cells that may */
    FILE_MAX = 4 << 20
};

static struct tem_image *load(const char *name)
{
    static uint8_t data[FILE_MAX];
    struct tem_image *image = NULL;
    FILE *file = fopen(name, "rb");
    size_t size = file ? fread(data, 1, sizeof data, file) : 0;
    if (file)
        fclose(file);
    if (tem_image_read((struct tem_bytes){data, size}, 1 << 24, &image, NULL) !=
        TEM_OK)
        fprintf(stderr, "%s: not a picture\n", name);
    return image;
}

static int grey(const struct tem_image *image, int x, int y)
{
    int sum = 0;
    for (int j = 0; j < CELL; j++)
        for (int i = 0; i < CELL; i++)
            sum +=
                image->pixels[(size_t)(y + j) * image->width + (size_t)(x + i)];
    return sum / (CELL * CELL);
}

/* How far from the cell at the same place, or a pixel beside it. */
static int distance(const struct tem_image *a, const struct tem_image *b, int x,
                    int y)
{
    int least = 255, wanted = grey(a, x, y);
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            if (x + i < 0 || y + j < 0 || x + i + CELL > (int)b->width ||
                y + j + CELL > (int)b->height)
                continue;
            int far = abs(grey(b, x + i, y + j) - wanted);
            least = far < least ? far : least;
        }
    return least;
}

static long count_far(const struct tem_image *a, const struct tem_image *b,
                      long *cells)
{
    long far = 0;
    *cells = 0;
    for (int y = 0; y + CELL <= (int)a->height; y += CELL)
        for (int x = 0; x + CELL <= (int)a->width; x += CELL) {
            far += distance(a, b, x, y) > FAR || distance(b, a, x, y) > FAR;
            ++*cells;
        }
    return far;
}

int main(int argc, char **argv)
{
    struct tem_image *a = argc == 3 ? load(argv[1]) : NULL;
    struct tem_image *b = a ? load(argv[2]) : NULL;
    long far = 1, cells = 1;
    if (b && a->width == b->width && a->height == b->height)
        far = count_far(a, b, &cells);
    if (b)
        printf("# %s: %ux%u, %ux%u, %ld of %ld cells differ\n", argv[1],
               a->width, a->height, b->width, b->height, far, cells);
    tem_image_free(a);
    tem_image_free(b);
    return b && far * 1000 <= cells * PER_MILLE ? 0 : 1;
}
