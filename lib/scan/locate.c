/* SPDX-License-Identifier: MIT */
/* See locate.h. */
#include "locate.h"
#include "alignment.h"
#include "modules.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION_SCORE = 70 }; /* of 127: three modules of eighteen wrong */

static const double CONTRAST_LEAST = 8; /* grey levels */

/* A place as seen from another, in shares of the symbol's two sides. */
struct shares {
    double right, down;
};

static struct shares share(struct tem_spot of, struct tem_spot right,
                           struct tem_spot down)
{
    double area = tem_spot_cross(right, down);
    return (struct shares){tem_spot_cross(of, down) / area,
                           tem_spot_cross(right, of) / area};
}

/* The four corners of a finder pattern, round about from its top left one. */
static const struct tem_spot corners[4] = {{0, 0}, {7, 0}, {7, 7}, {0, 7}};

/* Which corner of a quad is which: the turn that takes each farthest out. */
static void match_quad(const struct tem_quad *quad, struct tem_spot middle,
                       struct tem_spot right, struct tem_spot down,
                       struct tem_spot from, struct tem_pair pairs[4])
{
    double best = -1e9;
    int best_turn = 0, best_way = 1;
    for (int way = -1; way <= 1; way += 2)
        for (int turn = 0; turn < 4; turn++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                struct tem_spot at = quad->corner[(turn + way * i + 8) % 4];
                struct shares s = share(tem_spot_sub(at, middle), right, down);
                sum += (corners[i].x - 3.5) * s.right +
                       (corners[i].y - 3.5) * s.down;
            }
            if (sum > best) {
                best = sum;
                best_turn = turn;
                best_way = way;
            }
        }
    for (int i = 0; i < 4; i++) {
        pairs[i].symbol = tem_spot_add(from, corners[i]);
        pairs[i].picture = quad->corner[(best_turn + best_way * i + 8) % 4];
        pairs[i].weight = 1;
    }
}

bool tem_lay(const struct tem_stand *stand, unsigned version,
             struct tem_pair pairs[12], struct tem_lattice *lattice)
{
    double far = tem_qr_side(version) - 7.0;
    const struct tem_finder *finders[] = {&stand->top_left, &stand->top_right,
                                          &stand->bottom_left};
    const struct tem_spot from[] = {{0, 0}, {far, 0}, {0, far}};
    struct tem_spot right =
        tem_spot_sub(stand->top_right.at, stand->top_left.at);
    struct tem_spot down =
        tem_spot_sub(stand->bottom_left.at, stand->top_left.at);
    struct tem_projective map;
    for (int i = 0; i < 3; i++)
        match_quad(&stand->quad[i], finders[i]->at, right, down, from[i],
                   pairs + 4 * (size_t)i);
    if (!tem_projective_fit(pairs, 12, &map))
        return false;
    tem_lattice_plain(lattice, version, &map, stand->top_left.light);
    return true;
}

/* ---- version ---------------------------------------------------------- */

/* How surely a place is darker than the middle between two greys, as in
 * struct tem_modules. */
static int8_t sure_dark(const struct tem_image *image, struct tem_spot at,
                        struct tem_contrast contrast)
{
    double half = (contrast.light - contrast.dark) / 2;
    double sure =
        ((contrast.light + contrast.dark) / 2 - tem_grey(image, at.x, at.y)) /
        half * 127;
    return (int8_t)(sure > 127 ? 127 : sure < -127 ? -127 : sure);
}

/* One copy of the version information, next to a finder pattern, and so placed
 * by that alone: however large or curved the symbol is. @p pairs: its corners.
 */
static void sample_version(const struct tem_image *image,
                           const struct tem_pair pairs[4], unsigned copy,
                           struct tem_contrast contrast,
                           struct tem_modules *modules)
{
    struct tem_projective map;
    if (!tem_projective_fit(pairs, 4, &map))
        return;
    for (unsigned bit = 0; bit < TEM_QR_VERSION_BITS; bit++) {
        unsigned x, y;
        tem_qr_version_module(modules->version, copy, bit, &x, &y);
        *tem_module(modules, x, y) =
            sure_dark(image, tem_project(&map, x + 0.5, y + 0.5), contrast);
    }
}

/* The version as the symbol says it, or 0. */
static unsigned read_version(const struct tem_image *image,
                             const struct tem_stand *stand, unsigned about)
{
    struct tem_pair pairs[12];
    struct tem_lattice lattice;
    struct tem_modules modules;
    int score;
    if (about < 6)
        return 0;
    about = about < 7 ? 7 : about;
    about = about < TEM_SYMBOL_VERSION_MAX ? about : TEM_SYMBOL_VERSION_MAX;
    if (!tem_lay(stand, about, pairs, &lattice))
        return 0;
    modules.version = lattice.version;
    memset(modules.dark, 0, (size_t)lattice.side * lattice.side);
    struct tem_contrast contrast = tem_lattice_contrast(image, &lattice);
    sample_version(image, pairs + 4, 0, contrast, &modules);
    sample_version(image, pairs + 8, 1, contrast, &modules);
    unsigned version = tem_read_version(&modules, &score);
    return score >= VERSION_SCORE ? version : 0;
}

/* The one of some versions whose timing patterns stand out most. */
static double choose_version(const struct tem_image *image,
                             const struct tem_stand *stand, int from, int to,
                             struct tem_lattice *lattice)
{
    double best = 0;
    for (int version = from; version <= to; version++) {
        struct tem_pair pairs[12];
        struct tem_lattice tried;
        if (version < 1 || version > TEM_SYMBOL_VERSION_MAX ||
            !tem_lay(stand, (unsigned)version, pairs, &tried))
            continue;
        struct tem_contrast contrast = tem_lattice_contrast(image, &tried);
        double timing = tem_timing_evidence(image, &tried);
        if (fabs(contrast.light - contrast.dark) < CONTRAST_LEAST ||
            timing <= best)
            continue;
        best = timing;
        *lattice = tried;
    }
    return best;
}

double tem_locate(const struct tem_image *image, const struct tem_stand *stand,
                  double side, struct tem_lattice *lattice)
{
    int middle = (int)lround((side - 17) / 4), reach = 1 + (int)(side / 80);
    int said =
        (int)read_version(image, stand, (unsigned)(middle > 1 ? middle : 1));
    if (said > 0 && abs(said - middle) <= 2 * reach)
        return choose_version(image, stand, said, said, lattice);
    return choose_version(image, stand, middle - reach, middle + reach,
                          lattice);
}

void tem_locate_closely(const struct tem_image *image,
                        const struct tem_stand *stand,
                        struct tem_lattice *lattice)
{
    struct tem_pair pairs[12 + TEM_QR_ALIGNMENTS_MAX * TEM_QR_ALIGNMENTS_MAX];
    if (tem_lay(stand, lattice->version, pairs, lattice))
        tem_grow_alignments(image, pairs, 12, lattice);
}
