/* SPDX-License-Identifier: MIT */
/* Mirrors lib/scan/finder.h. */
#include "../../lib/scan/finder.h"
#include "chance.h"
#include "scan_scene.h"

static struct tem_finders finders;

static size_t find(const struct tem_image *image, uint32_t step,
                   enum tem_care care)
{
    struct tem_binary binary;
    if (tem_binarise(image, 24, &binary, NULL) != TEM_OK)
        exit(99);
    tem_find_finders(&binary, step, care, &finders);
    tem_binary_free(&binary);
    return finders.count;
}

static size_t find_and_free(struct tem_image *image, uint32_t step,
                            enum tem_care care)
{
    size_t count = find(image, step, care);
    tem_image_free(image);
    return count;
}

/* A pattern in the middle of a picture; the place is not whole pixels. */
static struct scene scene_of(double module, double angle, bool light)
{
    static const struct tem_spot middle = {3.5, 3.5};
    struct tem_spot at = {5.5 * module + 10.3, 5.5 * module + 9.8};
    return (struct scene){.map = turned_map(module, angle, middle, at),
                          .dark = light ? 230 : 30,
                          .light = light ? 30 : 230};
}

static struct tem_image *picture_of(const struct scene *scene, double module)
{
    uint32_t side = (uint32_t)(11 * module) + 20;
    return scene_picture(scene, side, side);
}

/* Large and small, turned any way, dark and light. */
TEST(a_pattern_is_found_and_measured)
{
    static const double modules[] = {2, 2.5, 3, 4.2, 6, 9, 15};
    unsigned found = 0, all = 0;
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        for (int degrees = 0; degrees < 90; degrees += 5)
            for (int light = 0; light < 2; light++) {
                double module = modules[i];
                struct scene scene = scene_of(module, degrees * DEGREES, light);
                struct tem_image *image = picture_of(&scene, module);
                size_t count = find_and_free(image, 3, TEM_STRICT);
                all++;
                found += count == 1;
                if (module > 2.2) /* smaller ones may be missed, not doubled */
                    CHECK_INT(count, 1);
                REQUIRE(count <= 1);
                if (count == 0)
                    continue;
                const struct tem_finder *one = &finders.all[0];
                struct tem_spot at = scene_at(&scene, 3.5, 3.5);
                CHECK_SPOT(one->at, at.x, at.y, 0.8 + 0.2 * module);
                CHECK_INT(one->light, light);
                CHECK(one->rays >= 14 && one->rays <= TEM_FINDER_RAYS);
                CHECK(one->inner_rays >= one->rays);
                CHECK(one->uneven >= 0 && one->uneven < 0.07);
                /* along rows and columns, longer when it is askew */
                double askew = fmax(fabs(cos(degrees * DEGREES)),
                                    fabs(sin(degrees * DEGREES)));
                CHECK_REAL(one->module, module / askew, 0.1 * module + 0.2);
            }
    printf("# %u of %u found\n", found, all);
    CHECK(found * 100 >= all * 95);
}

/* Rows between are passed over: the middle square has to be that high. */
TEST(a_step_is_no_larger_than_the_middle)
{
    for (uint32_t module = 2; module <= 8; module++)
        for (uint32_t top = 0; top < 3 * module; top++) {
            struct scene scene = scene_of(module, 0, false);
            scene.map.m[2] = 20;
            scene.map.m[5] = 20 + top;
            struct tem_image *image = scene_picture(&scene, 120, 120);
            CHECK_INT(find(image, 1, TEM_STRICT), 1);
            CHECK_INT(find(image, 3 * module, TEM_STRICT), 1);
            tem_image_free(image);
        }
}

TEST(seen_at_a_slant_it_is_found)
{
    static const struct tem_spot middle = {3.5, 3.5};
    for (int degrees = 0; degrees < 90; degrees += 9) {
        struct scene scene = scene_of(6, degrees * DEGREES, false);
        for (int i = 0; i < 3; i++) { /* lower by a third */
            scene.map.m[3 + i] *= 0.7;
        }
        scene.map = slanted(scene.map, middle, 0.006, -0.006);
        struct tem_image *image = scene_picture(&scene, 100, 100);
        REQUIRE(find_and_free(image, 3, TEM_STRICT) == 1);
        struct tem_spot at = scene_at(&scene, 3.5, 3.5);
        CHECK_SPOT(finders.all[0].at, at.x, at.y, 1.5);
    }
}

/* What only looks like it along one line. */
TEST(other_things_are_not_found)
{
    static const int runs[] = {4, 4, 12, 4, 4, 9}; /* 1:1:3:1:1 and a space */
    struct tem_image *stripes = sheet(300, 300, 230);
    struct tem_image *checks = sheet(300, 300, 230);
    struct tem_image *frames = sheet(300, 300, 230);
    struct tem_image *blocks = sheet(300, 300, 230);
    for (int y = 0; y < 300; y++)
        for (int x = 0; x < 300; x++) {
            int i = 0, at = x % 37;
            while (at >= runs[i])
                at -= runs[i++];
            int a = abs(x % 50 - 25), b = abs(y % 50 - 25), far = a > b ? a : b;
            size_t pixel = (size_t)y * 300 + (size_t)x;
            if (i % 2 == 0 && i < 5)
                stripes->pixels[pixel] = 30;
            if ((x / 5 + y / 5) % 2 == 0)
                checks->pixels[pixel] = 30;
            if (far >= 15 && far < 21) /* nothing in it */
                frames->pixels[pixel] = 30;
            if (far < 21) /* all of it dark */
                blocks->pixels[pixel] = 30;
        }
    CHECK_INT(find(stripes, 1, TEM_LENIENT), 0);
    CHECK_INT(find(checks, 1, TEM_LENIENT), 0);
    CHECK_INT(find(frames, 1, TEM_STRICT), 0);
    CHECK_INT(find(blocks, 1, TEM_LENIENT), 0);
    tem_image_free(stripes);
    tem_image_free(checks);
    tem_image_free(frames);
    tem_image_free(blocks);
    CHECK_INT(find_and_free(sheet(1, 1, 0), 1, TEM_LENIENT), 0);
    CHECK_INT(find_and_free(sheet(3, 500, 0), 1, TEM_LENIENT), 0);
    CHECK_INT(find_and_free(sheet(500, 2, 9), 3, TEM_LENIENT), 0);
}

/* Upright patterns of 2 pixels a module, @p apart, as many as fit. */
static struct tem_image *grid(uint32_t side, uint32_t apart)
{
    struct tem_image *image = sheet(side, side, 230);
    for (uint32_t y = 0; y < side / apart * apart; y++)
        for (uint32_t x = 0; x < side / apart * apart; x++) {
            int a = abs((int)(x % apart / 2) - 4);
            int b = abs((int)(y % apart / 2) - 4), far = a > b ? a : b;
            if (far <= 3 && far != 2)
                image->pixels[(size_t)y * side + x] = 30;
        }
    return image;
}

TEST(each_of_many_is_found_once)
{
    CHECK_INT(find_and_free(grid(720, 18), 3, TEM_STRICT), 1600);
    for (size_t i = 0; i < 1600; i++) {
        struct tem_spot at = finders.all[i].at;
        CHECK_SPOT(at, floor(at.x / 18) * 18 + 9, floor(at.y / 18) * 18 + 9, 1);
        size_t same = 0;
        for (size_t k = 0; k < i; k++)
            same += hypot(at.x - finders.all[k].at.x,
                          at.y - finders.all[k].at.y) < 9;
        CHECK_INT(same, 0);
    }
}

TEST(there_is_room_for_so_many)
{
    CHECK_INT(find_and_free(grid(78 * 18, 18), 3, TEM_STRICT), 78 * 78);
    CHECK_INT(find_and_free(grid(79 * 18, 18), 3, TEM_STRICT), TEM_FINDERS_MAX);
    CHECK_INT(find_and_free(grid(63 * 18, 18), 3, TEM_STRICT), 63 * 63);
}

/* Ink runs into the outer square from one side. */
TEST(a_damaged_one_needs_lenience)
{
    struct scene scene = scene_of(6, 0, false);
    struct tem_image *image = picture_of(&scene, 6);
    uint32_t right = (uint32_t)scene_at(&scene, 6, 0).x;
    for (uint32_t y = 0; y < image->height; y++)
        for (uint32_t x = right; x < image->width; x++)
            image->pixels[y * image->width + x] = 30;
    CHECK_INT(find(image, 3, TEM_STRICT), 0);
    REQUIRE(find(image, 3, TEM_LENIENT) == 1);
    struct tem_spot at = scene_at(&scene, 3.5, 3.5);
    CHECK_SPOT(finders.all[0].at, at.x, at.y, 1);
    CHECK_REAL(finders.all[0].module, 6, 1);
    CHECK(finders.all[0].rays < finders.all[0].inner_rays);
    tem_image_free(image);
}

/* Squares that were spread or shrunk by ink: less even, and so blurred ones. */
TEST(more_care_finds_less)
{
    struct chance chance = {7};
    size_t count[3] = {0, 0, 0};
    for (int i = 0; i < 300; i++) {
        struct scene scene = scene_of(4, i * DEGREES, i % 2);
        struct tem_image *image = picture_of(&scene, 4);
        for (uint32_t k = 0; k < image->width * image->height; k++)
            if (chance_of(&chance, 12))
                image->pixels[k] = (uint8_t)chance_next(&chance);
        for (int care = TEM_STRICT; care <= TEM_LENIENT; care++)
            count[care] += find(image, 3, (enum tem_care)care) > 0;
        tem_image_free(image);
    }
    printf("# %zu strictly, %zu blurred, %zu leniently\n", count[0], count[1],
           count[2]);
    CHECK(count[TEM_STRICT] <= count[TEM_BLURRED]);
    CHECK(count[TEM_BLURRED] < count[TEM_LENIENT]);
}

int main(void)
{
    RUN(a_pattern_is_found_and_measured);
    RUN(a_step_is_no_larger_than_the_middle);
    RUN(seen_at_a_slant_it_is_found);
    RUN(other_things_are_not_found);
    RUN(each_of_many_is_found_once);
    RUN(there_is_room_for_so_many);
    RUN(a_damaged_one_needs_lenience);
    RUN(more_care_finds_less);
    return test_done();
}
