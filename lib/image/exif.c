/* SPDX-License-Identifier: MIT */
/* See read.h: the one EXIF tag that matters, from a TIFF structure that
 * nobody vouches for (EXIF 2.3 sections 4.5 and 4.6). */
#include "read.h"
#include <string.h>

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY_BYTES = 12 };

struct tiff {
    struct tem_bytes bytes;
    bool big_endian;
};

/* An unsigned number of @p size bytes; false outside the bytes. */
static bool get(const struct tiff *tiff, size_t at, size_t size,
                uint32_t *value)
{
    if (at > tiff->bytes.size || size > tiff->bytes.size - at)
        return false;
    *value = 0;
    for (size_t i = 0; i < size; i++) {
        size_t place = tiff->big_endian ? i : size - 1 - i;
        *value = *value << 8 | tiff->bytes.data[at + place];
    }
    return true;
}

static int orientation_in(const struct tiff *tiff, uint32_t directory)
{
    uint32_t count, tag, type, value;
    if (!get(tiff, directory, 2, &count))
        return 1;
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = (size_t)directory + 2 + (size_t)i * ENTRY_BYTES;
        if (!get(tiff, entry, 2, &tag) || !get(tiff, entry + 2, 2, &type) ||
            !get(tiff, entry + 8, 2, &value))
            return 1;
        if (tag == TAG_ORIENTATION)
            return type == TYPE_SHORT && value >= 1 && value <= 8 ? (int)value
                                                                  : 1;
    }
    return 1;
}

int tem_image_tiff_orientation(struct tem_bytes bytes)
{
    uint32_t order, magic, directory;
    struct tiff tiff = {bytes, false};
    if (!get(&tiff, 0, 2, &order) || (order != 0x4D4D && order != 0x4949))
        return 1; /* neither "MM" nor "II" */
    tiff.big_endian = order == 0x4D4D;
    if (!get(&tiff, 2, 2, &magic) || magic != 42 ||
        !get(&tiff, 4, 4, &directory))
        return 1;
    return orientation_in(&tiff, directory);
}

int tem_image_exif_orientation(struct tem_bytes app1)
{
    static const uint8_t exif[6] = "Exif\0";
    if (app1.size < sizeof exif || memcmp(app1.data, exif, sizeof exif) != 0)
        return 1;
    return tem_image_tiff_orientation((struct tem_bytes){
        app1.data + sizeof exif, app1.size - sizeof exif});
}
