/* SPDX-License-Identifier: MIT */
/* Mirrors the video of <tem/scan.h>. What a frame holds is told here: the linker
 * sends the video's calls of tem_scan_image() to this program (see meson.build).
 * The last test has frames that are read indeed. */
#include "scan_pictures.h"
#include <stdint.h>

enum tem_status __real_tem_scan_image(const struct tem_image *image,
                                      const struct tem_scan_options *options,
                                      struct tem_scan **scan,
                                      struct tem_error *error);
enum tem_status __wrap_tem_scan_image(const struct tem_image *image,
                                      const struct tem_scan_options *options,
                                      struct tem_scan **scan,
                                      struct tem_error *error);

/* ---- what a frame holds ----------------------------------------------- */

struct label {
    const char *text;
    int x, y; /* of its middle */
    enum tem_symbology symbology;
    bool part;
    unsigned part_number;
};

static const struct label *labels;
static size_t label_count;
static enum tem_status answer; /* TEM_OK: as told above */
static bool reads;             /* the frame is read indeed */
static struct tem_scan_options asked;

enum { HALF = 10 }; /* pixels from the middle of a label to its edge */

static struct tem_scan_symbol symbol_at(const struct label *label)
{
    static const int signs[4][2] = {{-1, -1}, {-1, 1}, {1, 1}, {1, -1}};
    size_t size = strlen(label->text);
    uint8_t *text = malloc(size + 1);
    if (text == NULL)
        exit(99);
    memcpy(text, label->text, size + 1);
    struct tem_scan_symbol symbol = {
        .text = bytes(text, size),
        .charset = "UTF-8",
        .symbology = label->symbology ? label->symbology : TEM_QR_CODE,
        .part = label->part,
        .part_number = label->part_number};
    for (int i = 0; i < 4; i++)
        symbol.corners[i] = (struct tem_point){label->x + HALF * signs[i][0],
                                               label->y + HALF * signs[i][1]};
    return symbol;
}

enum tem_status __wrap_tem_scan_image(const struct tem_image *image,
                                      const struct tem_scan_options *options,
                                      struct tem_scan **scan,
                                      struct tem_error *error)
{
    asked = *options;
    if (reads)
        return __real_tem_scan_image(image, options, scan, error);
    if (answer != TEM_OK)
        return answer;
    struct tem_scan *made = calloc(1, sizeof *made);
    if (made == NULL)
        exit(99);
    made->symbols = calloc(label_count + 1, sizeof *made->symbols);
    if (made->symbols == NULL)
        exit(99);
    for (size_t i = 0; i < label_count; i++)
        made->symbols[made->count++] = symbol_at(&labels[i]);
    *scan = made;
    return TEM_OK;
}

/* ---- checks ----------------------------------------------------------- */

static struct tem_video *video;

static void begin(const struct tem_video_options *options)
{
    tem_video_free(video);
    video = NULL;
    if (tem_video_new(options, &video, NULL) != TEM_OK)
        exit(99);
}

static size_t fresh_count(void)
{
    size_t count, fresh = 0;
    const struct tem_video_symbol *symbols = tem_video_symbols(video, &count);
    for (size_t i = 0; i < count; i++) {
        CHECK(symbols[i].seen || !symbols[i].fresh);
        CHECK(symbols[i].first_ms <= symbols[i].last_ms);
        fresh += symbols[i].fresh;
    }
    return fresh;
}

/* A frame of so many labels; @return how many of them are fresh. */
static size_t frame(uint64_t time_ms, const struct label *all, size_t count)
{
    static uint8_t pixel;
    struct tem_image image = {1, 1, &pixel};
    labels = all;
    label_count = count;
    answer = TEM_OK;
    CHECK_INT(tem_video_frame(video, &image, time_ms, NULL), TEM_OK);
    return fresh_count();
}

static size_t frame_of(uint64_t time_ms, const char *text, int x, int y)
{
    struct label one = {.text = text, .x = x, .y = y};
    return frame(time_ms, &one, text != NULL);
}

static size_t remembered(void)
{
    size_t count;
    tem_video_symbols(video, &count);
    return count;
}

static const struct tem_video_symbol *at(size_t which)
{
    size_t count;
    const struct tem_video_symbol *all = tem_video_symbols(video, &count);
    if (which >= count)
        exit(99);
    return &all[which];
}

/* Where the middle of one that is remembered is. */
static int32_t x_of(size_t which)
{
    return at(which)->symbol.corners[0].x + HALF;
}

/* ---- one symbol ------------------------------------------------------- */

TEST(a_symbol_is_fresh_once)
{
    begin(NULL);
    CHECK_INT(remembered(), 0);
    CHECK_INT(frame_of(5, NULL, 0, 0), 0);
    CHECK_INT(frame_of(10, "A", 20, 20), 1);
    CHECK_INT(frame_of(20, "A", 21, 20), 0);  /* where it was, nearly */
    CHECK_INT(frame_of(30, "A", 900, 20), 0); /* far away */
    CHECK_INT(remembered(), 1);
    CHECK_STR((const char *)at(0)->symbol.text.data, "A");
    CHECK_INT(x_of(0), 900);
    CHECK_INT(at(0)->first_ms, 10);
    CHECK_INT(at(0)->last_ms, 30);
    CHECK(at(0)->seen);
    CHECK_INT(frame_of(40, NULL, 0, 0), 0);
    CHECK(!at(0)->seen);
    CHECK_INT(at(0)->last_ms, 30);
}

TEST(what_differs_is_another)
{
    static const struct label others[] = {
        {.text = "B", .x = 20, .y = 20},
        {.text = "AA", .x = 20, .y = 20},
        {.text = "", .x = 20, .y = 20},
        {.text = "A", .x = 20, .y = 20, .symbology = TEM_EAN_13},
        {.text = "A", .x = 20, .y = 20, .part = true},
        {.text = "A", .x = 20, .y = 20, .part = true, .part_number = 1},
        {.text = "A", .x = 20, .y = 20, .part = true, .part_number = 2}};
    enum { COUNT = sizeof others / sizeof *others };
    begin(NULL);
    CHECK_INT(frame_of(0, "A", 20, 20), 1);
    for (size_t i = 0; i < COUNT; i++)
        CHECK_INT(frame(i, &others[i], 1), 1);
    CHECK_INT(remembered(), COUNT + 1);
    for (size_t i = 0; i < COUNT; i++) /* in the order of reports */
        CHECK_STR((const char *)at(i + 1)->symbol.text.data, others[i].text);
    CHECK_INT(frame(COUNT, others, COUNT), 0);
    CHECK_INT(frame_of(COUNT, "A", 20, 20), 0);
}

/* ---- one text at two places ------------------------------------------- */

TEST(a_copy_is_a_symbol_of_its_own)
{
    static const struct label both[] = {{.text = "A", .x = 100, .y = 50},
                                        {.text = "A", .x = 300, .y = 50}};
    begin(NULL);
    CHECK_INT(frame(0, both, 2), 2);
    CHECK_INT(frame(1, both, 2), 0);
    CHECK_INT(frame(2, both + 1, 1), 0); /* one of them is covered */
    CHECK_INT(x_of(0), 100);
    CHECK_INT(x_of(1), 300);
    CHECK(!at(0)->seen && at(1)->seen);
    CHECK_INT(frame(3, both, 2), 0);
    CHECK_INT(remembered(), 2);
}

TEST(the_copy_is_the_one_that_was_not_there)
{
    static const struct label both[] = {{.text = "A", .x = 100, .y = 50},
                                        {.text = "A", .x = 105, .y = 90},
                                        {.text = "A", .x = 110, .y = 50}};
    begin(NULL);
    CHECK_INT(frame(0, both + 1, 1), 1);
    CHECK_INT(frame(1, both, 3), 2);
    CHECK_INT(x_of(0), 105);
    CHECK(!at(0)->fresh);
    CHECK(at(1)->fresh && at(2)->fresh);
}

/* The boxes reach over the middles of neither: the nearest counts. */
TEST(those_that_move_go_to_the_nearest)
{
    static const struct label before[] = {{.text = "A", .x = 100, .y = 50},
                                          {.text = "A", .x = 200, .y = 50}};
    static const struct label after[] = {{.text = "A", .x = 160, .y = 50},
                                         {.text = "A", .x = 90, .y = 99}};
    begin(NULL);
    frame(0, before, 2);
    CHECK_INT(frame(1, after, 2), 0);
    CHECK_INT(x_of(0), 90);
    CHECK_INT(x_of(1), 160);
}

/* ---- forgetting ------------------------------------------------------- */

TEST(what_is_not_seen_is_forgotten)
{
    static const uint32_t holds[] = {0, 1, 500, UINT32_MAX};
    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
        struct tem_video_options options = {.hold_ms = holds[i]};
        uint64_t hold = holds[i] ? holds[i] : TEM_VIDEO_HOLD_DEFAULT;
        uint64_t t = 1000;
        begin(&options);
        CHECK_INT(frame_of(t, "A", 0, 0), 1);
        frame_of(t + hold, NULL, 0, 0);
        CHECK_INT(remembered(), 1);
        CHECK_INT(frame_of(t + hold, "A", 0, 0), 0); /* it counts anew */
        t += hold;
        frame_of(t + hold, NULL, 0, 0);
        CHECK_INT(remembered(), 1);
        frame_of(t + hold + 1, NULL, 0, 0);
        CHECK_INT(remembered(), 0);
        CHECK_INT(frame_of(t + hold + 2, "A", 0, 0), 1);
        CHECK_INT(at(0)->first_ms, t + hold + 2);
    }
}

TEST(nothing_is_forgotten_between_two_frames)
{
    begin(NULL);
    CHECK_INT(frame_of(0, "A", 0, 0), 1);
    CHECK_INT(frame_of(UINT64_MAX, "A", 0, 0), 0);
    CHECK_INT(at(0)->last_ms == UINT64_MAX, 1);
}

TEST(only_the_old_ones_are_forgotten)
{
    static const struct label all[] = {{.text = "A"}, {.text = "B"},
                                       {.text = "C"}, {.text = "D"}};
    struct tem_video_options options = {.hold_ms = 10};
    begin(&options);
    CHECK_INT(frame(0, all, 4), 4);
    CHECK_INT(frame(5, all + 1, 1), 0);
    CHECK_INT(frame(11, all + 3, 1), 0); /* A and C are over, D was due */
    REQUIRE(remembered() == 2);
    CHECK_STR((const char *)at(0)->symbol.text.data, "B");
    CHECK_STR((const char *)at(1)->symbol.text.data, "D");
}

TEST(time_does_not_go_back)
{
    struct tem_video_options options = {.hold_ms = 10};
    begin(&options);
    CHECK_INT(frame_of(100, "A", 0, 0), 1);
    CHECK_INT(frame_of(0, "A", 0, 0), 0);
    CHECK_INT(at(0)->last_ms, 100);
    CHECK_INT(frame_of(50, "B", 0, 0), 1);
    CHECK_INT(at(1)->first_ms, 100);
    frame_of(110, NULL, 0, 0);
    frame_of(0, NULL, 0, 0);
    CHECK_INT(remembered(), 2);
    frame_of(111, NULL, 0, 0);
    CHECK_INT(remembered(), 0);
}

/* ---- too many --------------------------------------------------------- */

enum { MANY = TEM_SCAN_SYMBOLS_MAX };
static struct label many[2 * MANY];
static char names[2 * MANY][8];

static void name_many(void)
{
    for (int i = 0; i < 2 * MANY; i++) {
        snprintf(names[i], sizeof names[i], "%d", i);
        many[i] = (struct label){.text = names[i], .x = i % 40 * 30,
                                 .y = i / 40 * 30};
    }
}

static bool knows(size_t name)
{
    size_t count;
    const struct tem_video_symbol *all = tem_video_symbols(video, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp((const char *)all[i].symbol.text.data, names[name]) == 0)
            return true;
    return false;
}

TEST(the_oldest_make_room)
{
    name_many();
    begin(NULL);
    CHECK_INT(frame(0, many, 10), 10);
    CHECK_INT(frame(1, many + 10, MANY - 10), MANY - 10);
    CHECK_INT(remembered(), MANY);
    CHECK_INT(frame(2, many + 3, 1), 0);
    CHECK_INT(frame(3, many + MANY, 1), 1); /* one more */
    CHECK_INT(remembered(), MANY);
    CHECK(!knows(0) && knows(1) && knows(3) && knows(MANY));
    CHECK_INT(frame(4, many + MANY + 1, 9), 9); /* 3 was seen since */
    CHECK_INT(remembered(), MANY);
    CHECK(!knows(9) && knows(3) && !knows(10) && knows(11));
}

TEST(a_full_frame_has_room)
{
    name_many();
    begin(NULL);
    CHECK_INT(frame(0, many, MANY), MANY);
    CHECK_INT(frame(0, many, MANY), 0);
    CHECK_INT(frame(0, many + MANY, MANY), MANY);
    CHECK_INT(frame(0, many + MANY, MANY), 0);
    CHECK_INT(frame(0, many + MANY - 1, MANY), 1); /* of the same time */
    CHECK_INT(remembered(), MANY);
    CHECK(!knows(2 * MANY - 1) && knows(MANY - 1));
}

/* ---- how a frame is looked at ----------------------------------------- */

static bool is_mine(void *context, struct tem_bytes text)
{
    (void)context, (void)text;
    return true;
}

TEST(frames_are_scanned_as_asked)
{
    int context;
    struct tem_video_options options = {
        .scan = {TEM_EFFORT_HARD, true, is_mine, &context}, .closer = 2};
    begin(&options);
    for (int i = 0; i < 4; i++) {
        frame_of(0, NULL, 0, 0);
        CHECK(asked.all && asked.confirm == is_mine &&
              asked.context == &context);
        CHECK_INT(asked.effort, i % 2 ? TEM_EFFORT_HARD : TEM_EFFORT_FAST);
    }
}

/* Look at frames that hold what stands here, a label a character and nothing
 * for a blank; a capital letter is one that must be looked at closer. */
static void check_looks(uint32_t closer, const char *frames)
{
    struct tem_video_options options = {.closer = closer, .hold_ms = 1};
    begin(&options);
    for (size_t i = 0; frames[i]; i++) {
        char text[2] = {frames[i], 0};
        bool close = frames[i] >= 'A' && frames[i] <= 'Z';
        frame_of(0, frames[i] == ' ' || frames[i] == 'X' ? NULL : text, 0, 0);
        if (asked.effort != (close ? TEM_EFFORT_NORMAL : TEM_EFFORT_FAST)) {
            printf("# frame %zu of %s\n", i, frames);
            CHECK(false);
        }
    }
}

TEST(after_frames_without_news_comes_a_closer_look)
{
    check_looks(0, "         X         X ");
    check_looks(1, "XXAAXX");
    check_looks(3, "  X  X");
    check_looks(3, "a  X  X");
    check_looks(3, " a  X");
    check_looks(3, "  A  X");
    check_looks(2, "a XaAaX"); /* A is another than a */
    check_looks(3, "aa X");     /* what is known is no news */
    check_looks(3, "aab  X");
}

TEST(before_it_is_forgotten_comes_a_closer_look)
{
    struct tem_video_options options = {.hold_ms = 10};
    begin(&options);
    frame_of(0, "A", 0, 0);
    frame_of(10, NULL, 0, 0);
    CHECK_INT(asked.effort, TEM_EFFORT_FAST);
    CHECK_INT(frame_of(11, "A", 0, 0), 0); /* there it is */
    CHECK_INT(asked.effort, TEM_EFFORT_NORMAL);
    frame_of(21, NULL, 0, 0);
    CHECK_INT(asked.effort, TEM_EFFORT_FAST);
    frame_of(22, NULL, 0, 0);
    CHECK_INT(asked.effort, TEM_EFFORT_NORMAL);
    frame_of(23, NULL, 0, 0);
    CHECK_INT(asked.effort, TEM_EFFORT_FAST);
}

TEST(after_a_failure_it_goes_on)
{
    struct tem_image image = {1, 1, NULL};
    struct tem_video_options options = {.closer = 3};
    begin(&options);
    frame_of(10, "A", 40, 0);
    frame_of(11, NULL, 0, 0);
    answer = TEM_E_MEMORY;
    for (int i = 0; i < 5; i++)
        CHECK_INT(tem_video_frame(video, &image, 99999, NULL), TEM_E_MEMORY);
    answer = TEM_E_UNSUPPORTED;
    CHECK_INT(tem_video_frame(video, &image, 99999, NULL), TEM_E_UNSUPPORTED);
    CHECK_INT(remembered(), 1);
    CHECK_INT(x_of(0), 40);
    CHECK_INT(frame_of(12, "A", 50, 0), 0);
    CHECK_INT(asked.effort, TEM_EFFORT_FAST); /* the second without news */
    CHECK_INT(at(0)->last_ms, 12);
    frame_of(13, NULL, 0, 0);
    CHECK_INT(asked.effort, TEM_EFFORT_NORMAL);
}

/* ---- frames that are read --------------------------------------------- */

/* Look at a picture and free it; @return how many symbols are fresh. */
static size_t picture(uint64_t time_ms, struct tem_image *image)
{
    CHECK_INT(tem_video_frame(video, image, time_ms, NULL), TEM_OK);
    tem_image_free(image);
    return fresh_count();
}

TEST(a_label_carried_past_is_read_once)
{
    struct tem_image *label = drawn("HTTPS://OCOP.SONLA.GOV.VN/T/0123456789", 4);
    static const uint32_t sides[] = {300, 240, 420, 300};
    size_t fresh = 0;
    reads = true;
    begin(NULL);
    for (size_t i = 0; i < 12; i++) {
        struct turn turn = i % 4 < 3 ? slants[i % 4] : quarters[i / 4];
        struct tem_image *seen = turned(label, turn, sides[i % 4]);
        fresh += picture(i * 40, blurred(seen, 10));
        tem_image_free(seen);
        CHECK(at(0)->seen);
    }
    CHECK_INT(fresh, 1);
    CHECK_INT(remembered(), 1);
    tem_image_free(label);

    struct tem_image *two = sheet(400, 200, 255);
    paste(two, drawn("ONE", 4), 10, 10);
    paste(two, drawn("TWO", 4), 200, 50);
    CHECK_INT(picture(480, two), 2);
    CHECK_INT(picture(520, sheet(1, 1, 0)), 0);
    CHECK_INT(remembered(), 3);
    CHECK_INT(picture(4000, sheet(600, 900, 128)), 0);
    CHECK_INT(remembered(), 0);
    reads = false;
}

TEST(nothing_is_freed_of_null)
{
    tem_video_free(NULL);
}

int main(void)
{
    RUN(a_symbol_is_fresh_once);
    RUN(what_differs_is_another);
    RUN(a_copy_is_a_symbol_of_its_own);
    RUN(the_copy_is_the_one_that_was_not_there);
    RUN(those_that_move_go_to_the_nearest);
    RUN(what_is_not_seen_is_forgotten);
    RUN(nothing_is_forgotten_between_two_frames);
    RUN(only_the_old_ones_are_forgotten);
    RUN(time_does_not_go_back);
    RUN(the_oldest_make_room);
    RUN(a_full_frame_has_room);
    RUN(frames_are_scanned_as_asked);
    RUN(after_frames_without_news_comes_a_closer_look);
    RUN(before_it_is_forgotten_comes_a_closer_look);
    RUN(after_a_failure_it_goes_on);
    RUN(a_label_carried_past_is_read_once);
    RUN(nothing_is_freed_of_null);
    tem_video_free(video);
    return test_done();
}
