/* SPDX-License-Identifier: MIT */
/* See words.h. */
#include "words.h"

bool tem_corner_maps_fit(const struct tem_pair pairs[12],
                         struct tem_corner_maps *maps)
{
    return tem_projective_fit(pairs, 4, &maps->top_left) &&
           tem_projective_fit(pairs + 4, 4, &maps->top_right) &&
           tem_projective_fit(pairs + 8, 4, &maps->bottom_left);
}

/* A symbol that is being looked at. */
struct look {
    const struct tem_image *image;
    const struct tem_corner_maps *maps;
    double level, range; /* grey between dark and light; half their distance */
    struct tem_modules modules;
};

static void look_at(struct look *look, const struct tem_image *image,
                    const struct tem_corner_maps *maps, unsigned version,
                    struct tem_contrast contrast)
{
    look->image = image;
    look->maps = maps;
    look->level = (contrast.light + contrast.dark) / 2;
    look->range = (contrast.light - contrast.dark) / 2;
    look->modules.version = version;
}

/* A module beside a finder pattern, as surely dark as struct tem_modules says.
 */
static int8_t sure_dark(const struct look *look, unsigned x, unsigned y)
{
    unsigned half = tem_qr_side(look->modules.version) / 2;
    const struct tem_projective *map = x > half   ? &look->maps->top_right
                                       : y > half ? &look->maps->bottom_left
                                                  : &look->maps->top_left;
    struct tem_spot at = tem_project(map, x + 0.5, y + 0.5);
    double sure =
        (look->level - tem_grey(look->image, at.x, at.y)) / look->range * 127;
    return (int8_t)(sure > 127 ? 127 : sure < -127 ? -127 : sure);
}

unsigned tem_said_version(const struct tem_image *image,
                          const struct tem_corner_maps *maps, unsigned version,
                          struct tem_contrast contrast, int *score)
{
    struct look look;
    look_at(&look, image, maps, version, contrast);
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_VERSION_BITS; bit++) {
            unsigned x, y;
            tem_qr_version_module(version, copy, bit, &x, &y);
            *tem_module(&look.modules, x, y) = sure_dark(&look, x, y);
        }
    return tem_read_version(&look.modules, score);
}

static int format_score(struct look *look, bool mirrored)
{
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            unsigned x, y;
            tem_qr_format_module(look->modules.version, copy, bit, &x, &y);
            *tem_module(&look->modules, x, y) =
                mirrored ? sure_dark(look, y, x) : sure_dark(look, x, y);
        }
    return tem_read_format(&look->modules).score;
}

int tem_said_format(const struct tem_image *image,
                    const struct tem_corner_maps *maps, unsigned version,
                    struct tem_contrast contrast)
{
    struct look look;
    look_at(&look, image, maps, version, contrast);
    int straight = format_score(&look, false);
    int turned = format_score(&look, true);
    return turned > straight ? turned : straight;
}
