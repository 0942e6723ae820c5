/* SPDX-License-Identifier: MIT */
/* See attempt.h. */
#include "attempt.h"
#include "flat.h"
#include "relax.h"
#include <math.h>

static const double PROMISE_LEAST = 6; /* of 200 false ones 5 have more */

enum {
    QUICK_WORK = 1500, /* samples to lay and to weigh */
    CORRECT_WORK = 4,  /* the same, a module: 30 check codewords for each of its
                          codewords, of 8 modules */
};

static bool spend(struct tem_attempt *attempt, int64_t samples)
{
    attempt->work -= samples;
    return attempt->work > 0;
}

/* ---- decoding --------------------------------------------------------- */

/* As it is or as in a mirror, whichever the format says. */
static bool turn(struct tem_modules *modules)
{
    int straight = tem_read_format(modules).score;
    tem_modules_mirror(modules);
    if (tem_read_format(modules).score > straight)
        return true;
    tem_modules_mirror(modules);
    return false;
}

static bool decode(struct tem_attempt *attempt)
{
    struct tem_qr_decode *d = &attempt->decode;
    int64_t modules = (int64_t)attempt->lattice.side * attempt->lattice.side;
    if (!spend(attempt, modules * CORRECT_WORK))
        return false;
    attempt->mirrored = turn(&attempt->modules);
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
    attempt->promise = 0;
    if (!spend(attempt, QUICK_WORK))
        return false;
    double promise = tem_locate(image, stand, side, &attempt->lattice);
    if (promise < PROMISE_LEAST)
        return false;
    attempt->promise = promise;
    tem_locate_closely(image, stand, &attempt->lattice);
    return sample(attempt, image) && decode_blurred(attempt, 0);
}

bool tem_attempt_lattice(struct tem_attempt *attempt,
                         const struct tem_image *image,
                         const struct tem_lattice *lattice)
{
    attempt->lattice = *lattice;
    return sample(attempt, image) && decode_blurred(attempt, 0);
}

/* ---- the hard way ----------------------------------------------------- */

static bool decode_all(struct tem_attempt *attempt,
                       const struct tem_image *image)
{
    static const double blurs[] = {0, 0.4, 0.55, 0.7};
    if (!sample(attempt, image))
        return false;
    for (size_t i = 0; i < sizeof blurs / sizeof *blurs; i++) {
        if (decode_blurred(attempt, blurs[i]))
            return true;
        tem_doubt_flats(&attempt->modules);
        if (decode(attempt))
            return true;
    }
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
