/* SPDX-License-Identifier: MIT */
#ifndef TEST_IMAGE_EXIF_H
#define TEST_IMAGE_EXIF_H

/* Making the EXIF orientation of a picture, and telling whether it was turned
 * upright, for the tests of the image readers. */

#include "test.h"
#include <tem/image.h>

static inline void put(uint8_t *at, bool big, size_t size, uint32_t value)
{
    for (size_t i = 0; i < size; i++)
        at[big ? size - 1 - i : i] = (uint8_t)(value >> 8 * i);
}

/* An APP1 segment whose first directory says two things, the second of them
 * the orientation: 6 + 8 + 2 + 2 * 12 bytes. */
enum { EXIF_SIZE = 40, AT_TIFF = 6, AT_ENTRY = 6 + 8 + 2 + 12 };

static inline void make_exif(uint8_t exif[EXIF_SIZE], bool big,
                             unsigned orientation)
{
    uint8_t *tiff = exif + AT_TIFF;
    memset(exif, 0, EXIF_SIZE);
    memcpy(exif, "Exif", 4);
    memcpy(tiff, big ? "MM" : "II", 2);
    put(tiff + 2, big, 2, 42);
    put(tiff + 4, big, 4, 8);      /* where the directory is */
    put(tiff + 8, big, 2, 2);      /* entries */
    put(tiff + 10, big, 2, 0x100); /* width: no concern of ours */
    put(tiff + 12, big, 2, 3);
    put(tiff + 14, big, 4, 1);
    put(tiff + 18, big, 2, 48);
    put(exif + AT_ENTRY, big, 2, 0x112);
    put(exif + AT_ENTRY + 2, big, 2, 3);
    put(exif + AT_ENTRY + 4, big, 4, 1);
    put(exif + AT_ENTRY + 8, big, 2, orientation);
}

/* EXIF 2.3 table 6: where the stored row 0 and column 0 are, seen upright;
 * told by the grey of three of the stored picture's corners. */
static const struct {
    bool lying;
    int first[2], right[2], below[2]; /* corners: 0 near, 1 far; {x, y} */
} turns[9] = {
    [1] = {false, {0, 0}, {1, 0}, {0, 1}}, /* top, left */
    [2] = {false, {1, 0}, {0, 0}, {1, 1}}, /* top, right */
    [3] = {false, {1, 1}, {0, 1}, {1, 0}}, /* bottom, right */
    [4] = {false, {0, 1}, {1, 1}, {0, 0}}, /* bottom, left */
    [5] = {true, {0, 0}, {0, 1}, {1, 0}},  /* left, top */
    [6] = {true, {1, 0}, {1, 1}, {0, 0}},  /* right, top */
    [7] = {true, {1, 1}, {1, 0}, {0, 1}},  /* right, bottom */
    [8] = {true, {0, 1}, {0, 0}, {1, 1}},  /* left, bottom */
};

static inline int corner(const struct tem_image *image, const int at[2])
{
    uint32_t x = at[0] ? image->width - 1 : 0;
    uint32_t y = at[1] ? image->height - 1 : 0;
    return image->pixels[(size_t)y * image->width + x];
}

static inline bool near(int got, unsigned want)
{
    return got >= (int)want - 4 && got <= (int)want + 4;
}

#endif
