/* SPDX-License-Identifier: MIT */
/* See attempt.h. */
#include "attempt.h"
#include "relax.h"
#include <math.h>

static const double TIMING_LEAST = 1.6; /* see tem_timing_evidence() */
/* What the best of all format words scores by chance, mean and deviation. */
static const double FORMAT_CHANCE = 48, FORMAT_DEVIATION = 9;
static const double PROMISE_LEAST = 6; /* of 200 false ones 5 have more */

enum {
    QUICK_WORK = 1500, /* samples to lay and to weigh */
};

static bool spend(struct tem_attempt *attempt, int64_t samples)
{
    attempt->work -= samples;
    return attempt->work > 0;
}

/* ---- format ----------------------------------------------------------- */

/* Only the modules of the format information, one sample each. */
static void sample_format(const struct tem_image *image,
                          const struct tem_lattice *lattice,
                          struct tem_contrast contrast,
                          struct tem_modules *modules)
{
    double level = (contrast.dark + contrast.light) / 2;
    double range = (contrast.light - contrast.dark) / 2;
    modules->version = lattice->version;
    for (unsigned copy = 0; copy < 2; copy++)
        for (unsigned bit = 0; bit < TEM_QR_FORMAT_BITS; bit++) {
            unsigned x, y;
            tem_qr_format_module(lattice->version, copy, bit, &x, &y);
            for (int turn = 0; turn < 2; turn++) {
                struct tem_spot at = tem_lattice_at(lattice, x + 0.5, y + 0.5);
                double sure =
                    (level - tem_grey(image, at.x, at.y)) / range * 127;
                *tem_module(modules, x, y) = (int8_t)(sure > 127    ? 127
                                                      : sure < -127 ? -127
                                                                    : sure);
                unsigned swap = x; /* and where it stands in a mirror */
                x = y;
                y = swap;
            }
        }
}

/* The format as it is or as in a mirror, whichever shows better. */
static int weigh_format(struct tem_modules *modules, bool *mirrored)
{
    int straight = tem_read_format(modules).score;
    tem_modules_mirror(modules);
    int turned = tem_read_format(modules).score;
    *mirrored = turned > straight;
    if (!*mirrored)
        tem_modules_mirror(modules);
    return turned > straight ? turned : straight;
}

/* ---- decoding --------------------------------------------------------- */

static bool decode(struct tem_attempt *attempt)
{
    struct tem_qr_decode *d = &attempt->decode;
    weigh_format(&attempt->modules, &attempt->mirrored);
    attempt->confirmed = false;
    if (tem_qr_decode(d, &attempt->modules, false)) {
        struct tem_bytes text = {d->text.bytes, d->text.size};
        attempt->confirmed =
            attempt->confirm && attempt->confirm(attempt->context, text);
        return true;
    }
    if (!attempt->confirm || !tem_qr_decode(d, &attempt->modules, true))
        return false;
    struct tem_bytes text = {d->text.bytes, d->text.size};
    attempt->confirmed = attempt->confirm(attempt->context, text);
    return attempt->confirmed;
}

static bool decode_blurred(struct tem_attempt *attempt, double blur)
{
    int64_t modules = (int64_t)attempt->lattice.side * attempt->lattice.side;
    if (!spend(attempt, modules * (blur > 0 ? 9 : 3)))
        return false;
    tem_part(&attempt->greys, &attempt->lattice, blur, &attempt->modules);
    return decode(attempt);
}

static bool sample(struct tem_attempt *attempt, const struct tem_image *image)
{
    int64_t modules = (int64_t)attempt->lattice.side * attempt->lattice.side;
    if (!spend(attempt, modules * 5))
        return false;
    tem_sample(image, &attempt->lattice, &attempt->greys);
    return true;
}

bool tem_attempt_quick(struct tem_attempt *attempt,
                       const struct tem_image *image,
                       const struct tem_stand *stand, double side)
{
    struct tem_lattice *lattice = &attempt->lattice;
    bool mirrored;
    attempt->promise = 0;
    if (!spend(attempt, QUICK_WORK))
        return false;
    double timing = tem_locate(image, stand, side, lattice);
    if (timing < TIMING_LEAST)
        return false;
    sample_format(image, lattice, tem_lattice_contrast(image, lattice),
                  &attempt->modules);
    int format = weigh_format(&attempt->modules, &mirrored);
    double promise = timing + (format - FORMAT_CHANCE) / FORMAT_DEVIATION;
    if (promise < PROMISE_LEAST)
        return false;
    attempt->promise = promise;
    tem_locate_closely(image, stand, lattice);
    return sample(attempt, image) && decode_blurred(attempt, 0);
}

/* ---- the hard way ----------------------------------------------------- */

static bool decode_all(struct tem_attempt *attempt,
                       const struct tem_image *image)
{
    static const double blurs[] = {0, 0.4, 0.55, 0.7};
    if (!sample(attempt, image))
        return false;
    for (size_t i = 0; i < sizeof blurs / sizeof *blurs; i++)
        if (decode_blurred(attempt, blurs[i]))
            return true;
    return false;
}

bool tem_attempt_hard(struct tem_attempt *attempt,
                      const struct tem_image *image,
                      const struct tem_lattice *lattice)
{
    attempt->lattice = *lattice;
    if (decode_all(attempt, image))
        return true;
    if (attempt->work <= 0)
        return false;
    attempt->work -= tem_relax(image, &attempt->lattice);
    return decode_all(attempt, image);
}
