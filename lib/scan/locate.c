/* SPDX-License-Identifier: MIT */
/* See locate.h. */
#include "locate.h"
#include "alignment.h"
#include "words.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION_SCORE = 70 }; /* of 127: three modules of eighteen wrong */

static const double CONTRAST_LEAST = 8; /* grey levels */
static const double TIMING_LEAST = 1.6; /* see tem_timing_evidence() */
/* What the best of all format words scores by chance, mean and deviation. */
static const double WORD_CHANCE = 48, WORD_DEVIATION = 9;
static const double NONE = -1e9;
/* Timing patterns that show so well are where they are thought to be. */
static const double FLAT_EVIDENCE = 12;
static const double SAID_EVIDENCE = 2; /* of a version word, at least */

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
                       struct tem_pair pairs[4])
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
        pairs[i].picture = quad->corner[(best_turn + best_way * i + 8) % 4];
        pairs[i].weight = 1;
    }
}

/* Where the corners are in the picture. */
static void match(const struct tem_stand *stand, struct tem_pair pairs[12])
{
    const struct tem_finder *finders[] = {&stand->top_left, &stand->top_right,
                                          &stand->bottom_left};
    struct tem_spot right =
        tem_spot_sub(stand->top_right.at, stand->top_left.at);
    struct tem_spot down =
        tem_spot_sub(stand->bottom_left.at, stand->top_left.at);
    for (size_t i = 0; i < 3; i++)
        match_quad(&stand->quad[i], finders[i]->at, right, down, pairs + 4 * i);
}

/* Where they are in a symbol of some version, and the map that makes. */
static bool lay(struct tem_pair pairs[12], unsigned version, bool light,
                struct tem_lattice *lattice)
{
    double far = tem_qr_side(version) - 7.0;
    const struct tem_spot from[] = {{0, 0}, {far, 0}, {0, far}};
    struct tem_projective map;
    for (int i = 0; i < 12; i++)
        pairs[i].symbol = tem_spot_add(from[i / 4], corners[i % 4]);
    if (!tem_projective_fit(pairs, 12, &map))
        return false;
    tem_lattice_plain(lattice, version, &map, light);
    return true;
}

bool tem_lay(const struct tem_stand *stand, unsigned version,
             struct tem_pair pairs[12], struct tem_lattice *lattice)
{
    match(stand, pairs);
    return lay(pairs, version, stand->top_left.light, lattice);
}

/* ---- version ---------------------------------------------------------- */

/* Three finder patterns, taken for a symbol of some version. */
struct guess {
    struct tem_lattice lattice;
    struct tem_pair pairs[12]; /* that it was laid over */
    struct tem_contrast contrast;
};

/* Three finder patterns in a picture, and where their corners are. */
struct seen {
    const struct tem_image *image;
    struct tem_pair pairs[12]; /* by match() */
    bool light;
};

static bool guess_version(const struct seen *seen, unsigned version,
                          struct guess *guess)
{
    memcpy(guess->pairs, seen->pairs, sizeof guess->pairs);
    if (!lay(guess->pairs, version, seen->light, &guess->lattice))
        return false;
    guess->contrast = tem_lattice_contrast(seen->image, &guess->lattice);
    return fabs(guess->contrast.light - guess->contrast.dark) >= CONTRAST_LEAST;
}

/* The version as the symbol says it, or 0. */
static unsigned read_version(const struct seen *seen, int about)
{
    struct guess guess;
    struct tem_corner_maps maps;
    int score;
    if (about < 6)
        return 0;
    about = about < 7                        ? 7
            : about > TEM_SYMBOL_VERSION_MAX ? TEM_SYMBOL_VERSION_MAX
                                             : about;
    if (!guess_version(seen, (unsigned)about, &guess) ||
        !tem_corner_maps_fit(guess.pairs, &maps))
        return 0;
    unsigned said = tem_said_version(seen->image, &maps, (unsigned)about,
                                     guess.contrast, &score);
    return score >= VERSION_SCORE ? said : 0;
}

/* The one of some versions whose timing patterns stand out most. */
static double choose_version(const struct seen *seen, int from, int to,
                             struct guess *guess)
{
    double best = NONE;
    for (int version = from; version <= to; version++) {
        struct guess tried;
        if (version < 1 || version > TEM_SYMBOL_VERSION_MAX ||
            !guess_version(seen, (unsigned)version, &tried))
            continue;
        double timing = tem_timing_evidence(seen->image, &tried.lattice);
        if (timing <= best)
            continue;
        best = timing;
        *guess = tried;
    }
    return best;
}

/* By the maps of the patterns, which no bend further off matters to, or by that
 * of all, which small or damaged ones matter less to. */
static int say_format(const struct tem_image *image, const struct guess *guess)
{
    unsigned version = guess->lattice.version;
    const struct tem_projective *map = &guess->lattice.cell[0][0];
    struct tem_corner_maps maps = {*map, *map, *map};
    int by_all = tem_said_format(image, &maps, version, guess->contrast);
    if (!tem_corner_maps_fit(guess->pairs, &maps))
        return by_all;
    int score = tem_said_format(image, &maps, version, guess->contrast);
    return score > by_all ? score : by_all;
}

double tem_locate(const struct tem_image *image, const struct tem_stand *stand,
                  double side, struct tem_lattice *lattice)
{
    struct guess guess;
    int middle = (int)lround((side - 17) / 4), reach = 1 + (int)(side / 80);
    struct seen seen = {.image = image, .light = stand->top_left.light};
    match(stand, seen.pairs);
    int said = (int)read_version(&seen, middle);
    bool is_said = said > 0 && abs(said - middle) <= 1 + middle / 4;
    double timing = choose_version(&seen, is_said ? said : middle - reach,
                                   is_said ? said : middle + reach, &guess);
    if (timing <= (is_said ? NONE : TIMING_LEAST))
        return 0;
    int format = say_format(image, &guess);
    *lattice = guess.lattice;
    return (timing > 0 ? timing : 0) + (format - WORD_CHANCE) / WORD_DEVIATION +
           (is_said ? SAID_EVIDENCE : 0);
}

static double refine(const struct tem_image *image,
                     const struct tem_stand *stand, unsigned version, bool bent,
                     struct tem_lattice *lattice)
{
    struct tem_pair pairs[12 + TEM_QR_ALIGNMENTS_MAX * TEM_QR_ALIGNMENTS_MAX];
    if (!tem_lay(stand, version, pairs, lattice))
        return NONE;
    tem_grow_alignments(image, pairs, 12, bent, lattice);
    return tem_timing_evidence(image, lattice);
}

void tem_locate_closely(const struct tem_image *image,
                        const struct tem_stand *stand,
                        struct tem_lattice *lattice)
{
    unsigned version = lattice->version;
    struct tem_lattice flat, bent;
    double timing = refine(image, stand, version, false, &flat);
    if (timing == NONE)
        return;
    bool better = timing < FLAT_EVIDENCE &&
                  refine(image, stand, version, true, &bent) > timing;
    *lattice = better ? bent : flat;
}
