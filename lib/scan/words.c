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
struct view {
    const struct tem_image *image;
    const struct tem_corner_maps *maps;
    double level, range; /* grey between dark and light; half their distance */
    struct tem_modules modules;
};

static void view_of(struct view *view, const struct tem_image *image,
                    const struct tem_corner_maps *maps, unsigned version,
                    struct tem_contrast contrast)
{
    view->image = image;
    view->maps = maps;
    view->level = (contrast.light + contrast.dark) / 2;
    view->range = (contrast.light - contrast.dark) / 2;
    view->modules.version = version;
}

/* A module beside a finder pattern, as surely dark as struct tem_modules says.
 */
static int8_t sure_dark(const struct view *view, unsigned x, unsigned y)
{
    unsigned half = tem_qr_side(view->modules.version) / 2;
    const struct tem_projective *map = x > half   ? &view->maps->top_right
                                       : y > half ? &view->maps->bottom_left
                                                  : &view->maps->top_left;
    struct tem_spot at = tem_project(map, x + 0.5, y + 0.5);
    double sure =
        (view->level - tem_grey(view->image, at.x, at.y)) / view->range * 127;
    return (int8_t)(sure > 127 ? 127 : sure < -127 ? -127 : sure);
}

unsigned tem_said_version(const struct tem_image *image,
                          const struct tem_corner_maps *maps, unsigned version,
                          struct tem_contrast contrast, int *score)
{
    struct view view;
    view_of(&view, image, maps, version, contrast);
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_VERSION_BITS; bit++) {
            unsigned x, y;
            tem_qr_version_module(version, copy, bit, &x, &y);
            *tem_module(&view.modules, x, y) = sure_dark(&view, x, y);
        }
    return tem_read_version(&view.modules, score);
}

static int format_score(struct view *view, bool mirrored)
{
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            unsigned x, y;
            tem_qr_format_module(view->modules.version, copy, bit, &x, &y);
            *tem_module(&view->modules, x, y) =
                mirrored ? sure_dark(view, y, x) : sure_dark(view, x, y);
        }
    return tem_read_format(&view->modules).score;
}

int tem_said_format(const struct tem_image *image,
                    const struct tem_corner_maps *maps, unsigned version,
                    struct tem_contrast contrast)
{
    struct view view;
    view_of(&view, image, maps, version, contrast);
    int straight = format_score(&view, false);
    int turned = format_score(&view, true);
    return turned > straight ? turned : straight;
}
