/* SPDX-License-Identifier: MIT */
/* <tem/label.h>: a label that is made is only read by tem_label_draw(). Many
 * threads draw from one, others lay out their own, and get what one alone gets.
 * Run under the thread sanitizer by tests/run. */
#include "label_sample.h"
#include <pthread.h>

enum { THREADS = 6, ROUNDS = 4, SERIALS = 12 };

static struct tem_template *box;
static struct tem_label *shared;
static struct tem_raster alone[SERIALS];
static struct tem_record *record;
static const struct tem_symbol *symbol; /* the sample's, made once */
static struct tem_label_settings settings;

static struct tem_label_content content(void)
{
    return (struct tem_label_content){
        .record = record, .stars = 4, .decision = "0000/QĐ-UBND"};
}

static bool draw(const struct tem_label *label, unsigned number,
                 struct tem_raster *raster)
{
    char serial[8], counter[16];
    snprintf(serial, sizeof serial, "%06u", number);
    snprintf(counter, sizeof counter, "%u/2000", number + 1);
    struct tem_label_unit unit = {symbol, serial, counter};
    return tem_label_draw(label, &unit, raster, NULL) == TEM_OK;
}

static bool is_same(const struct tem_raster *a, const struct tem_raster *b)
{
    return a->width == b->width && a->height == b->height &&
           memcmp(a->pixels, b->pixels, a->stride * a->height) == 0;
}

static void *draw_shared(void *context)
{
    struct tem_raster raster = {0};
    size_t *wrong = context;
    for (unsigned i = 0; i < ROUNDS * SERIALS; i++)
        *wrong += !draw(shared, i % SERIALS, &raster) ||
                  !is_same(&raster, &alone[i % SERIALS]);
    tem_raster_free(&raster);
    return NULL;
}

static void *lay_out_own(void *context)
{
    struct tem_label_content says = content();
    size_t *wrong = context;
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct tem_raster raster = {0};
        struct tem_label *own = NULL;
        if (tem_label_new(box, &settings, &says, &own, NULL) != TEM_OK ||
            !draw(own, i, &raster) || !is_same(&raster, &alone[i]))
            ++*wrong;
        tem_label_free(own);
        tem_raster_free(&raster);
    }
    return NULL;
}

TEST(threads_get_what_one_alone_gets)
{
    pthread_t threads[THREADS];
    size_t wrong[THREADS] = {0};
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(pthread_create(&threads[i], NULL,
                                 i % 3 == 2 ? lay_out_own : draw_shared,
                                 &wrong[i]),
                  0);
    for (int i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
        CHECK_INT(wrong[i], 0);
    }
}

int main(void)
{
    box = shipped("box-70x50");
    record = specimen();
    symbol = label_symbol();
    settings = label_settings(203);
    struct tem_label_content says = content();
    if (tem_label_new(box, &settings, &says, &shared, NULL) != TEM_OK)
        return 99;
    for (unsigned i = 0; i < SERIALS; i++)
        CHECK(draw(shared, i, &alone[i]));
    RUN(threads_get_what_one_alone_gets);
    for (unsigned i = 0; i < SERIALS; i++)
        tem_raster_free(&alone[i]);
    tem_label_free(shared);
    tem_template_free(box);
    return test_done();
}
