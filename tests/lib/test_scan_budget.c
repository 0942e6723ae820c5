/* SPDX-License-Identifier: MIT */
/* tem_scan_image() of <tem/scan.h> on pictures made to keep it busy: finder
 * patterns in the thousands. What its steps do is counted, not timed: the
 * linker sends their calls here (--wrap, see meson.build). zbar is not asked,
 * only how much it would be shown. */
#include "../../lib/scan/alignment.h"
#include "../../lib/scan/locate.h"
#include "../../lib/scan/quad.h"
#include "../../lib/scan/ray.h"
#include "../../lib/scan/reed_solomon.h"
#include "../../lib/scan/sample.h"
#include "../../lib/scan/zbar.h"
#include "chance.h"
#include "scan_scene.h"

/* ---- what is counted -------------------------------------------------- */

/* Grey samples, or what takes as long, about 10 ns. */
static struct work {
    double rays;    /* pixels that were walked */
    double pairs;   /* of finder patterns held against each other, times two */
    double places;  /* where three patterns were taken for a symbol */
    double samples; /* of modules: to read and to part them */
    double knots;   /* of alignment patterns looked for */
    double blocks;  /* codewords times check codewords of blocks corrected */
    double zbar;    /* pixels shown to it */
} work;

bool __real_tem_cast_ray(const struct tem_binary *binary, struct tem_spot from,
                         struct tem_spot step, double limit, double edge[3]);
bool __wrap_tem_cast_ray(const struct tem_binary *binary, struct tem_spot from,
                         struct tem_spot step, double limit, double edge[3]);
double __real_tem_quad_extent(const struct tem_quad *quad,
                              struct tem_spot middle, struct tem_spot way);
double __wrap_tem_quad_extent(const struct tem_quad *quad,
                              struct tem_spot middle, struct tem_spot way);
double __real_tem_locate(const struct tem_image *image,
                         const struct tem_stand *stand, double side,
                         struct tem_lattice *lattice);
double __wrap_tem_locate(const struct tem_image *image,
                         const struct tem_stand *stand, double side,
                         struct tem_lattice *lattice);
void __real_tem_sample(const struct tem_image *image,
                       const struct tem_lattice *lattice,
                       struct tem_greys *greys);
void __wrap_tem_sample(const struct tem_image *image,
                       const struct tem_lattice *lattice,
                       struct tem_greys *greys);
void __real_tem_part(struct tem_greys *greys, const struct tem_lattice *lattice,
                     double blur, struct tem_modules *modules);
void __wrap_tem_part(struct tem_greys *greys, const struct tem_lattice *lattice,
                     double blur, struct tem_modules *modules);
void __real_tem_grow_alignments(const struct tem_image *image,
                                struct tem_pair *pairs, size_t count, bool bent,
                                struct tem_lattice *lattice);
void __wrap_tem_grow_alignments(const struct tem_image *image,
                                struct tem_pair *pairs, size_t count, bool bent,
                                struct tem_lattice *lattice);
int __real_tem_reed_solomon(const struct tem_field *field, uint8_t *block,
                            size_t size, size_t check, const uint8_t *erased,
                            size_t erasures);
int __wrap_tem_reed_solomon(const struct tem_field *field, uint8_t *block,
                            size_t size, size_t check, const uint8_t *erased,
                            size_t erasures);
enum tem_status __wrap_tem_scan_pass(const struct tem_image *picture,
                                     enum tem_symbology symbology,
                                     struct tem_scan *found,
                                     struct tem_error *error);

bool __wrap_tem_cast_ray(const struct tem_binary *binary, struct tem_spot from,
                         struct tem_spot step, double limit, double edge[3])
{
    bool met = __real_tem_cast_ray(binary, from, step, limit, edge);
    work.rays += met ? edge[2] : limit; /* at most */
    return met;
}

double __wrap_tem_locate(const struct tem_image *image,
                         const struct tem_stand *stand, double side,
                         struct tem_lattice *lattice)
{
    work.places++;
    return __real_tem_locate(image, stand, side, lattice);
}

void __wrap_tem_sample(const struct tem_image *image,
                       const struct tem_lattice *lattice,
                       struct tem_greys *greys)
{
    __real_tem_sample(image, lattice, greys);
    work.samples += 5.0 * lattice->side * lattice->side;
}

void __wrap_tem_part(struct tem_greys *greys, const struct tem_lattice *lattice,
                     double blur, struct tem_modules *modules)
{
    __real_tem_part(greys, lattice, blur, modules);
    work.samples += (blur > 0 ? 9.0 : 3.0) * lattice->side * lattice->side;
}

void __wrap_tem_grow_alignments(const struct tem_image *image,
                                struct tem_pair *pairs, size_t count, bool bent,
                                struct tem_lattice *lattice)
{
    uint8_t centres[TEM_QR_ALIGNMENTS_MAX];
    double knots = tem_qr_alignments(lattice->version, centres);
    __real_tem_grow_alignments(image, pairs, count, bent, lattice);
    work.knots += knots > 2 ? 13 * 13 * knots * knots : 29 * 29;
}

double __wrap_tem_quad_extent(const struct tem_quad *quad,
                              struct tem_spot middle, struct tem_spot way)
{
    work.pairs++;
    return __real_tem_quad_extent(quad, middle, way);
}

int __wrap_tem_reed_solomon(const struct tem_field *field, uint8_t *block,
                            size_t size, size_t check, const uint8_t *erased,
                            size_t erasures)
{
    work.blocks += (double)size * (double)check;
    return __real_tem_reed_solomon(field, block, size, check, erased, erasures);
}

enum tem_status __wrap_tem_scan_pass(const struct tem_image *picture,
                                     enum tem_symbology symbology,
                                     struct tem_scan *found,
                                     struct tem_error *error)
{
    (void)symbology, (void)error;
    work.zbar += (double)picture->width * picture->height;
    *found = (struct tem_scan){.count = 0};
    return TEM_OK;
}

/* ---- limits ----------------------------------------------------------- */

/* <tem/scan.h>: normal, 0.2 s in vain, which is some 20 million samples, of
 * which the modules may take their part; rays and copies for zbar go with the
 * pixels of the picture. */
static const struct {
    double places, samples, knots, blocks;
} most[] = {[TEM_EFFORT_NORMAL] = {10e3, 15e6, 15e6, 15e6},
            [TEM_EFFORT_FAST] = {5e3, 7e6, 7e6, 7e6},
            [TEM_EFFORT_HARD] = {150e3, 250e6, 250e6, 250e6}};

enum { RAYS_A_PIXEL = 60, ZBAR_A_PIXEL = 20, PAIRS = 8000000 };

static struct work worst;

static void keep_worst(double pixels)
{
    worst.rays = fmax(worst.rays, work.rays / pixels);
    worst.pairs = fmax(worst.pairs, work.pairs);
    worst.places = fmax(worst.places, work.places);
    worst.samples = fmax(worst.samples, work.samples);
    worst.knots = fmax(worst.knots, work.knots);
    worst.blocks = fmax(worst.blocks, work.blocks);
    worst.zbar = fmax(worst.zbar, work.zbar / pixels);
}

/* Scan, free, and hold the work against the limits. A small picture counts as
 * if it had 40,000 pixels. */
static void check_work(struct tem_image *image, enum tem_effort effort)
{
    struct tem_scan_options options = {.effort = effort};
    struct tem_scan *scan;
    double pixels = fmax((double)image->width * image->height, 40000);
    work = (struct work){0};
    REQUIRE(tem_scan_image(image, &options, &scan, NULL) == TEM_OK);
    CHECK_INT(scan->count, 0);
    CHECK(work.rays <= RAYS_A_PIXEL * pixels);
    CHECK(work.pairs <= PAIRS);
    CHECK(work.places <= most[effort].places);
    CHECK(work.samples <= most[effort].samples);
    CHECK(work.knots <= most[effort].knots);
    CHECK(work.blocks <= most[effort].blocks);
    CHECK(work.zbar <= ZBAR_A_PIXEL * pixels);
    keep_worst(pixels);
    tem_scan_free(scan);
}

static void check_normal(struct tem_image *image)
{
    check_work(image, TEM_EFFORT_NORMAL);
    tem_image_free(image);
}

static void print_worst(void)
{
    printf("# a pixel: %.1f of rays, %.1f for zbar; a picture: %.0f places, in "
           "millions %.1f pairs, %.1f samples, %.1f of knots, %.1f of blocks\n",
           worst.rays, worst.zbar, worst.places, worst.pairs / 1e6,
           worst.samples / 1e6, worst.knots / 1e6, worst.blocks / 1e6);
    worst = (struct work){0};
}

/* ---- pictures --------------------------------------------------------- */

static void fill(struct tem_image *image, int x, int y, int size, uint8_t grey)
{
    for (int v = y < 0 ? 0 : y; v < y + size && v < (int)image->height; v++)
        for (int u = x < 0 ? 0 : x; u < x + size && u < (int)image->width; u++)
            image->pixels[v * (int)image->width + u] = grey;
}

static void stamp(struct tem_image *image, int x, int y, int dots, bool light)
{
    fill(image, x, y, 7 * dots, light ? 255 : 0);
    fill(image, x + dots, y + dots, 5 * dots, light ? 0 : 255);
    fill(image, x + 2 * dots, y + 2 * dots, 3 * dots, light ? 255 : 0);
}

static struct tem_image *grid(int count, int dots, int gap)
{
    int apart = (7 + gap) * dots;
    uint32_t side = (uint32_t)((count + 1) * apart);
    struct tem_image *image = sheet(side, side, 255);
    for (int i = 0; i < count * count; i++)
        stamp(image, i % count * apart + apart / 2,
              i / count * apart + apart / 2, dots, false);
    return image;
}

TEST(grids)
{
    for (int dots = 2; dots <= 8; dots += 2)
        for (int gap = 1; gap <= 11; gap += 5) {
            check_normal(grid(4, dots, gap));
            check_normal(grid(9, dots, gap));
        }
    check_normal(grid(25, 3, 2));
    check_normal(grid(64, 2, 1)); /* as many as are kept */
    check_normal(grid(70, 2, 2));
    print_worst();
}

/* Timing patterns and modules by chance between them: each three could be a
 * symbol. */
TEST(grids_with_modules_between)
{
    struct chance chance = {61};
    for (int count = 3; count <= 18; count += 5)
        for (int kind = 0; kind < 3; kind++) {
            int gap = count % 2 ? 7 : 11, dots = 3, apart = 7 + gap;
            struct tem_image *image = grid(count, dots, gap);
            int side = (int)image->width / dots, from = apart / 2;
            for (int y = 0; y < side; y++)
                for (int x = 0; x < side; x++) {
                    int u = (x - from + apart) % apart;
                    int v = (y - from + apart) % apart;
                    bool finder = u < 8 && v < 8;
                    bool margin = u == apart - 1 || v == apart - 1;
                    bool dark =
                        kind == 1 ? u == 6 || v == 6 ? (x + y) % 2 == 0 : false
                        : u == 6 || v == 6 ? (u + v) % 2 == 0
                                           : chance_of(&chance, 2);
                    if (!finder && !margin && dark)
                        fill(image, x * dots, y * dots, dots, 0);
                    if (kind == 2 && chance_of(&chance, 40))
                        stamp(image, x * dots, y * dots, dots, true);
                }
            check_normal(image);
        }
    print_worst();
}

TEST(patterns_by_chance)
{
    struct chance chance = {62};
    for (int i = 0; i < 24; i++) {
        uint32_t side = 100 + chance_next(&chance) % 700;
        struct tem_image *image = sheet(side, side, 255);
        uint32_t count = i % 3 ? side * side / 800 : 5000;
        for (uint32_t k = 0; k < count; k++)
            stamp(image, (int)(chance_next(&chance) % side) - 10,
                  (int)(chance_next(&chance) % side) - 10,
                  2 + (int)(chance_next(&chance) % (i % 5 ? 2 : 7)),
                  chance_of(&chance, i % 4 ? 1000 : 2));
        check_normal(image);
    }
    print_worst();
}

/* Each in the middle square of the one around it, and grids of such. */
TEST(patterns_in_patterns)
{
    for (int count = 1; count <= 6; count++) {
        int apart = 9 * 36;
        uint32_t side = (uint32_t)(count * apart);
        struct tem_image *image = sheet(side, side, 255);
        for (int i = 0; i < count * count; i++) {
            int x = i % count * apart + 36, y = i / count * apart + 36;
            bool light = false;
            for (int dots = 36; dots >= 2; dots = dots * 3 / 7) {
                stamp(image, x, y, dots, light);
                x += 2 * dots;
                y += 2 * dots;
                light = !light;
                x += (3 * dots - dots * 3 / 7 * 7) / 2;
                y += (3 * dots - dots * 3 / 7 * 7) / 2;
            }
        }
        check_normal(image);
    }
    print_worst();
}

/* What begins as a finder pattern along every row and column. */
TEST(stripes_and_weaves)
{
    static const int runs[] = {1, 1, 3, 1, 1, 1};
    for (int dots = 1; dots <= 9; dots += 2)
        for (int kind = 0; kind < 4; kind++) {
            struct tem_image *image = sheet(600, 500, 255);
            for (int y = 0; y < 500; y++)
                for (int x = 0; x < 600; x++) {
                    int a = x / dots % 8, b = y / dots % 8, i = 0, k = 0;
                    while (a >= runs[i])
                        a -= runs[i++];
                    while (b >= runs[k])
                        b -= runs[k++];
                    bool across = i % 2 == 0, down = k % 2 == 0;
                    bool dark = kind == 0   ? across
                                : kind == 1 ? down
                                : kind == 2 ? across && down
                                            : across != down;
                    if (dark)
                        image->pixels[y * 600 + x] = 0;
                }
            check_normal(image);
        }
    print_worst();
}

/* Three finder patterns where those of a symbol are, timing patterns, a version
 * and a format that agree, and data of nobody: as far as anything can go. */
TEST(symbols_of_nothing)
{
    struct chance chance = {63};
    for (unsigned version = 1; version <= TEM_SYMBOL_VERSION_MAX;
         version += 6) {
        struct tem_symbol symbol = symbol_of_version(version, TEM_ECC_L);
        struct tem_qr_plan plan = tem_qr_plan(version);
        for (unsigned i = 0; i < (unsigned)symbol.side * symbol.side; i++)
            if (!tem_qr_is_function(&plan, i % plan.side, i / plan.side) &&
                chance_of(&chance, 2))
                symbol.bits[i / 8] ^= (uint8_t)(0x80 >> i % 8);
        for (int count = 1; count <= (version < 11 ? 3 : 1); count++) {
            int dots = version < 20 ? 4 : 3;
            int apart = (symbol.side + 8) * dots;
            uint32_t side = (uint32_t)(count * apart);
            struct tem_image *image = sheet(side, side, 255);
            for (int y = 0; y < (int)side; y++)
                for (int x = 0; x < (int)side; x++)
                    if (tem_symbol_dark(&symbol, x % apart / dots - 4,
                                        y % apart / dots - 4))
                        image->pixels[y * (int)side + x] = 0;
            check_normal(image);
        }
    }
    print_worst();
}

/* The dearest of these with more and with less effort; and the same each time.
 */
TEST(effort_is_the_budget)
{
    struct chance chance = {64};
    struct tem_image *image = grid(12, 3, 7);
    for (uint32_t i = 0; i < image->width * image->height; i += 5)
        image->pixels[i] ^= (uint8_t)(chance_next(&chance) % 32);
    check_work(image, TEM_EFFORT_FAST);
    struct work fast = work;
    check_work(image, TEM_EFFORT_NORMAL);
    struct work normal = work;
    check_work(image, TEM_EFFORT_NORMAL);
    CHECK(memcmp(&normal, &work, sizeof work) == 0);
    check_work(image, TEM_EFFORT_HARD);
    CHECK(fast.samples <= normal.samples && normal.samples <= work.samples);
    CHECK(fast.rays <= normal.rays && normal.rays <= work.rays);
    CHECK_REAL(fast.zbar, 0, 0);
    tem_image_free(image);
    print_worst();
}

int main(void)
{
    RUN(grids);
    RUN(grids_with_modules_between);
    RUN(patterns_by_chance);
    RUN(patterns_in_patterns);
    RUN(stripes_and_weaves);
    RUN(symbols_of_nothing);
    RUN(effort_is_the_budget);
    return test_done();
}
