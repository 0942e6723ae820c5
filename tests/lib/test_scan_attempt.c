/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/attempt.h. */
#include "../../lib/scan/attempt.h"
#include "scan_scene.h"

enum { SCALE = 5, PLENTY = 10000000 };

static struct tem_attempt attempt;

static void begin(int64_t work, tem_confirm_fn confirm)
{
    tem_qr_decode_init(&attempt.decode);
    attempt.work = work;
    attempt.confirm = confirm;
    attempt.context = NULL;
    attempt.promise = -1;
}

static struct scene scene_of(const struct tem_symbol *symbol, double wave)
{
    return (struct scene){
        .map = {{SCALE, 0, 4 * SCALE, 0, SCALE, 4 * SCALE, 0, 0}},
        .wave = wave * SCALE,
        .length = symbol->side * SCALE / 6.0,
        .symbol = symbol,
        .dark = 40,
        .light = 210};
}

static struct tem_image *picture_of(const struct scene *scene)
{
    uint32_t side = SCALE * (scene->symbol->side + 8U);
    return scene_picture(scene, side, side);
}

/* A white square of modules. */
static void blot(struct tem_image *image, unsigned from, unsigned to)
{
    for (uint32_t y = (from + 4) * SCALE; y < (to + 4) * SCALE; y++)
        memset(image->pixels + (size_t)y * image->width + (from + 4) * SCALE,
               210, (to - from) * SCALE);
}

static bool yes(void *context, struct tem_bytes text)
{
    (void)context;
    return text.size > 0;
}

static bool no(void *context, struct tem_bytes text)
{
    (void)context;
    (void)text;
    return false;
}

TEST(three_patterns_give_a_text)
{
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX; version += 3)
        for (int mirrored = 0; mirrored < 2; mirrored++) {
            struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_M);
            struct scene scene = scene_of(&symbol, 0);
            scene.mirrored = mirrored;
            struct tem_image *image = picture_of(&scene);
            struct tem_stand stand = stand_of(&scene);
            begin(PLENTY, NULL);
            REQUIRE(tem_attempt_quick(&attempt, image, &stand, symbol.side));
            CHECK(attempt.promise >= 6);
            CHECK_INT(attempt.lattice.version, version);
            CHECK_INT(attempt.mirrored, mirrored);
            CHECK(!attempt.confirmed);
            CHECK_INT(attempt.decode.corrected + attempt.decode.erased, 0);
            CHECK(attempt.work < PLENTY);
            tem_image_free(image);
        }
}

/* Whoever asks is told of every text, and what he says is handed on. */
TEST(a_text_is_confirmed)
{
    struct tem_symbol symbol = symbol_of_version(3, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 0);
    struct tem_image *image = picture_of(&scene);
    struct tem_stand stand = stand_of(&scene);
    begin(PLENTY, yes);
    CHECK(tem_attempt_quick(&attempt, image, &stand, symbol.side));
    CHECK(attempt.confirmed);
    begin(PLENTY, no);
    CHECK(tem_attempt_quick(&attempt, image, &stand, symbol.side));
    CHECK(!attempt.confirmed);
    tem_image_free(image);
}

/* Glare that leaves too few check codewords for a proof by themselves: read
 * when the text is confirmed, and only then. */
TEST(much_is_erased_only_for_what_is_confirmed)
{
    struct tem_symbol symbol = symbol_of_version(8, TEM_ECC_Q);
    struct scene scene = scene_of(&symbol, 0);
    unsigned by[3] = {0}; /* sizes of glare borne */
    for (int who = 0; who < 3; who++)
        for (unsigned to = 20; to <= 49; to++) {
            struct tem_image *image = picture_of(&scene);
            struct tem_lattice lattice;
            blot(image, 12, to);
            tem_lattice_plain(&lattice, 8, &scene.map, false);
            begin(PLENTY, who == 0 ? NULL : who == 1 ? no : yes);
            bool read = tem_attempt_hard(&attempt, image, &lattice);
            tem_image_free(image);
            if (!read)
                break;
            by[who] = to;
        }
    printf("# glare to module %u, %u, %u\n", by[0], by[1], by[2]);
    CHECK_INT(by[0], by[1]);
    CHECK(by[2] > by[1]);
}

/* What a quick look does not read, for it is bent, a hard one does. */
TEST(a_bent_symbol_is_hard_work)
{
    struct tem_symbol symbol = symbol_of_version(10, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 0.9);
    struct tem_image *image = picture_of(&scene);
    struct tem_stand stand = stand_of(&scene);
    begin(PLENTY, NULL);
    CHECK(!tem_attempt_quick(&attempt, image, &stand, symbol.side));
    CHECK(attempt.promise >= 6);
    struct tem_lattice lattice = attempt.lattice;
    CHECK(tem_attempt_hard(&attempt, image, &lattice));
    CHECK_INT(attempt.decode.format.level, TEM_ECC_M);
    tem_image_free(image);
}

/* Work ends where it is to end, and the text with it. */
TEST(without_work_nothing_is_read)
{
    struct tem_symbol symbol = symbol_of_version(3, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 0);
    struct tem_image *image = picture_of(&scene);
    struct tem_stand stand = stand_of(&scene);
    struct tem_lattice lattice;
    tem_lattice_plain(&lattice, 3, &scene.map, false);
    begin(PLENTY, NULL);
    REQUIRE(tem_attempt_quick(&attempt, image, &stand, symbol.side));
    int64_t enough = PLENTY - attempt.work + 1;
    begin(enough, NULL);
    CHECK(tem_attempt_quick(&attempt, image, &stand, symbol.side));
    for (int64_t work = 0; work < enough; work += 100) {
        begin(work, NULL);
        CHECK(!tem_attempt_quick(&attempt, image, &stand, symbol.side));
    }
    begin(0, NULL);
    CHECK(!tem_attempt_hard(&attempt, image, &lattice));
    CHECK(attempt.work <= 0);
    tem_image_free(image);
}

/* Paper, and patterns without a symbol between them, promise nothing. */
TEST(nothing_promises_nothing)
{
    struct tem_symbol symbol = symbol_of_version(3, TEM_ECC_M);
    struct scene scene = scene_of(&symbol, 0);
    struct tem_stand stand = stand_of(&scene);
    struct tem_image *image = picture_of(&scene);
    memset(image->pixels, 210, (size_t)image->width * image->height);
    begin(PLENTY, NULL);
    CHECK(!tem_attempt_quick(&attempt, image, &stand, symbol.side));
    CHECK(attempt.promise == 0);
    tem_image_free(image);
}

int main(void)
{
    RUN(three_patterns_give_a_text);
    RUN(a_text_is_confirmed);
    RUN(much_is_erased_only_for_what_is_confirmed);
    RUN(a_bent_symbol_is_hard_work);
    RUN(without_work_nothing_is_read);
    RUN(nothing_promises_nothing);
    return test_done();
}
