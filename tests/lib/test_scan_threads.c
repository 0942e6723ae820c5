/* SPDX-License-Identifier: MIT */
/* <tem/scan.h>: "calls on distinct objects may run concurrently". Many scans at
 * once, of pictures that all of them share, say what one alone says. Run under
 * the thread sanitizer by tests/run. */
#include "chance.h"
#include "scan_scene.h"
#include <pthread.h>
#include <tem/scan.h>

enum { THREADS = 8, PICTURES = 8 };

static struct tem_image *pictures[PICTURES];
static struct tem_scan *wanted[PICTURES];
static const struct tem_scan_options options[PICTURES] = {
    {.effort = TEM_EFFORT_NORMAL},
    {.effort = TEM_EFFORT_FAST},
    {.effort = TEM_EFFORT_NORMAL},
    {.effort = TEM_EFFORT_HARD},
    {.effort = TEM_EFFORT_NORMAL, .all = true},
};

/* Plain, faint, mirrored and small ones, and some that are not read, so that
 * every way to look is gone, zbar's as well. */
static void make_pictures(void)
{
    struct chance chance = {81};
    for (uint32_t i = 0; i < PICTURES; i++) {
        struct tem_symbol symbol = symbol_of_version(1 + i * 2, TEM_ECC_M);
        struct tem_spot middle = {symbol.side / 2.0, symbol.side / 2.0};
        double scale = i == 6 ? 1.3 : 3;
        uint32_t side = (uint32_t)(1.5 * scale * (symbol.side + 4));
        struct tem_spot at = {side / 2.0, side / 2.0};
        struct scene scene = {.map = turned_map(scale, i, middle, at),
                              .symbol = &symbol,
                              .mirrored = i % 2,
                              .dark = i == 5 ? 180 : 30,
                              .light = i == 5 ? 200 : 220};
        pictures[i] = scene_picture(&scene, side, side);
        for (uint32_t k = 0; i > 2 && k < side * side; k++)
            if (chance_of(&chance, i == 3 ? 7 : 40))
                pictures[i]->pixels[k] = (uint8_t)chance_next(&chance);
    }
}

static struct tem_scan *scanned(uint32_t i)
{
    struct tem_scan *scan = NULL;
    if (tem_scan_image(pictures[i], &options[i], &scan, NULL) != TEM_OK)
        exit(99);
    return scan;
}

static bool is_same(const struct tem_scan *a, const struct tem_scan *b)
{
    bool same = a->count == b->count && a->truncated == b->truncated;
    for (size_t i = 0; same && i < a->count; i++) {
        const struct tem_scan_symbol *one = &a->symbols[i];
        const struct tem_scan_symbol *two = &b->symbols[i];
        same = one->text.size == two->text.size &&
               memcmp(one->text.data, two->text.data, one->text.size) == 0 &&
               memcmp(one->corners, two->corners, sizeof one->corners) == 0 &&
               one->corrected == two->corrected && one->erased == two->erased &&
               one->version == two->version;
    }
    return same;
}

/* Each begins with another picture. @return NULL if all were as wanted. */
static void *scan_all(void *number)
{
    uint32_t first = *(uint32_t *)number;
    for (uint32_t i = 0; i < PICTURES; i++) {
        uint32_t one = (first + i) % PICTURES;
        struct tem_scan *scan = scanned(one);
        bool same = is_same(scan, wanted[one]);
        tem_scan_free(scan);
        if (!same)
            return number;
    }
    return NULL;
}

TEST(many_at_once_say_the_same)
{
    pthread_t threads[THREADS];
    uint32_t numbers[THREADS];
    size_t read = 0;
    for (uint32_t i = 0; i < PICTURES; i++) {
        wanted[i] = scanned(i);
        read += wanted[i]->count;
    }
    printf("# %zu texts of %d pictures\n", read, PICTURES);
    CHECK(read >= PICTURES / 2);
    for (uint32_t i = 0; i < THREADS; i++) {
        numbers[i] = i;
        if (pthread_create(&threads[i], NULL, scan_all, &numbers[i]) != 0)
            exit(99);
    }
    for (uint32_t i = 0; i < THREADS; i++) {
        void *failed;
        CHECK_INT(pthread_join(threads[i], &failed), 0);
        CHECK(failed == NULL);
    }
    for (uint32_t i = 0; i < PICTURES; i++)
        tem_scan_free(wanted[i]);
}

int main(void)
{
    make_pictures();
    RUN(many_at_once_say_the_same);
    for (uint32_t i = 0; i < PICTURES; i++)
        tem_image_free(pictures[i]);
    return test_done();
}
