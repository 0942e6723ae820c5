/* SPDX-License-Identifier: MIT */
/* See camera.h. Every pixel is the mean of what is seen through it: rays go
 * from the camera through points of the pixel to the label, so that there is
 * no stage at which the picture is stretched. Greys are real numbers until
 * the sensor. */
#include "camera.h"
#include "jpeg.h"
#include <math.h>
#include <stdlib.h>

#define MARGIN 4         /* modules of the table around the label */
#define DISTANCE 2.5     /* of the camera from the label, in labels */
#define GLARE_PEAK 800.0 /* greys added in the middle of a glare */
#define SHADOW_EDGE 1.5  /* modules from light to shadow */

enum { MARKS_MAX = 64, MARK_TRIES = 2000, RAYS_MIN = 4, RAYS_MAX = 24 };

/* An angle, as it is used for every pixel. */
struct angle {
    double cosine, sine;
};

/* A piece of dirt: an ellipse or a rectangle, in modules. */
struct mark {
    double u, v, along, across, grey;
    struct angle angle;
    bool strip;
};

/* What is in front of the camera: (0, 0) is the middle of the label. */
struct scene {
    const struct camera *camera;
    const struct tem_symbol *symbol;
    struct chance *chance;
    double half;               /* of the symbol, modules */
    double label;              /* half of the label */
    double distance;           /* of the camera, modules */
    double middle_x, middle_y; /* of the label in the picture, pixels */
    struct mark marks[MARKS_MAX];
    size_t marks_count;
    struct angle turn, tilt, axis, fade, shadow; /* the camera's */
};

/* A point of the label, and how much of the light its surface sends back. */
struct spot {
    double u, v, facing;
};

/* A picture in the making. */
struct plane {
    uint32_t width, height;
    double *at;
};

static void *need(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static struct plane plane_new(uint32_t width, uint32_t height)
{
    struct plane plane = {width, height, NULL};
    plane.at = need(calloc((size_t)width * height, sizeof *plane.at));
    return plane;
}

static struct angle angle_of(double radians)
{
    return (struct angle){cos(radians), sin(radians)};
}

/* How far a point lies in a direction, and how far to the right of it. */
static double along(struct angle angle, double x, double y)
{
    return x * angle.cosine + y * angle.sine;
}

static double across(struct angle angle, double x, double y)
{
    return y * angle.cosine - x * angle.sine;
}

static double held(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* ---- dirt ------------------------------------------------------------- */

static bool under(const struct mark *mark, double u, double v)
{
    double du = u - mark->u, dv = v - mark->v;
    double a = along(mark->angle, du, dv) / mark->along;
    double b = across(mark->angle, du, dv) / mark->across;
    return mark->strip ? fabs(a) < 1 && fabs(b) < 1 : a * a + b * b < 1;
}

/* Does it lie on a finder pattern, or on the white around one? */
static bool on_finder(const struct mark *mark, int side)
{
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            bool left = x < 8, top = y < 8;
            bool finder = left ? top || y >= side - 8 : top && x >= side - 8;
            if (finder &&
                under(mark, x + 0.5 - side / 2.0, y + 0.5 - side / 2.0))
                return true;
        }
    return false;
}

/* Share of the modules whose middle is under dirt. */
static double share_covered(const struct scene *scene)
{
    int side = scene->symbol->side, count = 0;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            bool covered = false;
            for (size_t i = 0; i < scene->marks_count; i++)
                covered |= under(&scene->marks[i], x + 0.5 - scene->half,
                                 y + 0.5 - scene->half);
            count += covered;
        }
    return (double)count / (side * side);
}

static struct mark some_mark(const struct scene *scene)
{
    const struct camera *camera = scene->camera;
    struct chance *chance = scene->chance;
    double side = 2 * scene->half;
    struct mark mark = {.angle = angle_of(chance_real(chance, 0, 3.2))};
    mark.u = chance_real(chance, -scene->half, scene->half);
    mark.v = chance_real(chance, -scene->half, scene->half);
    mark.strip = camera->strips;
    if (mark.strip) { /* a scratch, or a piece of tape */
        mark.along = side * chance_real(chance, 0.12, 0.25);
        mark.across = side * chance_real(chance, 0.012, 0.03);
    } else { /* a drop */
        mark.along = side * chance_real(chance, 0.04, 0.09);
        mark.across = mark.along * chance_real(chance, 0.6, 1);
    }
    mark.grey = chance_of(chance, 2) ? camera->black + 20 : camera->white - 10;
    return mark;
}

static void soil(struct scene *scene)
{
    for (int i = 0; i < MARK_TRIES && scene->marks_count < MARKS_MAX; i++) {
        if (share_covered(scene) >= scene->camera->covered)
            break;
        struct mark mark = some_mark(scene);
        if (!on_finder(&mark, scene->symbol->side))
            scene->marks[scene->marks_count++] = mark;
    }
}

/* ---- rays ------------------------------------------------------------- */

/* To where a plane, tilted about an axis through the middle, is met.
 * @return false over its horizon. */
static bool meet_plane(const struct scene *scene, double x, double y,
                       struct spot *spot)
{
    struct angle axis = scene->axis, tilt = scene->tilt;
    double a = along(axis, x, y), b = across(axis, x, y);
    double depth = scene->distance * tilt.cosine + b * tilt.sine;
    if (depth < 1e-3 * scene->distance)
        return false;
    a *= scene->distance * tilt.cosine / depth;
    b *= scene->distance / depth;
    *spot = (struct spot){a * axis.cosine - b * axis.sine,
                          a * axis.sine + b * axis.cosine, 1};
    return true;
}

/* To where an upright jar is met, whose front is in the middle. The ray is
 * camera + t (x, y, -distance), the jar x^2 + (z + radius)^2 = radius^2.
 * @return false beside it. */
static bool meet_jar(const struct scene *scene, double x, double y,
                     struct spot *spot)
{
    double radius = 2 * scene->half / scene->camera->wrap;
    double away = scene->distance + radius;
    double a = x * x + scene->distance * scene->distance;
    double b = away * scene->distance;
    double root = b * b - a * (away * away - radius * radius);
    if (root <= 0)
        return false;
    double t = (b - sqrt(root)) / a;
    double angle = atan2(t * x, away - t * scene->distance);
    *spot = (struct spot){radius * angle, t * y, 0.35 + 0.65 * cos(angle)};
    return true;
}

/* The spot seen at a place of the picture, in pixels. */
static bool look(const struct scene *scene, double x, double y,
                 struct spot *spot)
{
    const struct camera *camera = scene->camera;
    struct spot met;
    x = (x - scene->middle_x) / camera->scale;
    y = (y - scene->middle_y) / camera->scale;
    if (!(camera->wrap > 0 ? meet_jar : meet_plane)(scene, x, y, &met))
        return false;
    *spot = (struct spot){along(scene->turn, met.u, met.v),
                          across(scene->turn, met.u, met.v), met.facing};
    return true;
}

/* ---- what is there ---------------------------------------------------- */

static double grey_of(const struct scene *scene, double u, double v)
{
    const struct camera *camera = scene->camera;
    if (fabs(u) > scene->label || fabs(v) > scene->label)
        return camera->table;
    for (size_t i = 0; i < scene->marks_count; i++)
        if (under(&scene->marks[i], u, v))
            return scene->marks[i].grey;
    bool dark = tem_symbol_dark(scene->symbol, (int)floor(u + scene->half),
                                (int)floor(v + scene->half));
    return dark != camera->inverted ? camera->black : camera->white;
}

/* Rays a pixel, each way: six a module or more, so that its edges lie within
 * a sixth of their place where the label is seen small. */
static int rays_for(const struct scene *scene, double x, double y)
{
    struct spot here, right, below;
    if (!look(scene, x, y, &here) || !look(scene, x + 1, y, &right) ||
        !look(scene, x, y + 1, &below))
        return RAYS_MIN;
    if (hypot(here.u, here.v) > 3 * scene->label)
        return RAYS_MIN; /* the table, far away */
    double wide = hypot(right.u - here.u, right.v - here.v);
    double high = hypot(below.u - here.u, below.v - here.v);
    double rays = ceil(6 * (wide > high ? wide : high));
    return (int)held(rays, RAYS_MIN, RAYS_MAX);
}

static double grey_seen(const struct scene *scene, uint32_t x, uint32_t y)
{
    int rays = rays_for(scene, x, y);
    double sum = 0;
    for (int j = 0; j < rays; j++)
        for (int i = 0; i < rays; i++) {
            struct spot spot;
            bool met =
                look(scene, x + (i + 0.5) / rays, y + (j + 0.5) / rays, &spot);
            sum += met ? grey_of(scene, spot.u, spot.v) * spot.facing
                       : scene->camera->table;
        }
    return sum / (rays * rays);
}

/* Pixels from side to side that hold the label, however it is turned. */
static uint32_t frame_of(const struct scene *scene)
{
    const struct camera *camera = scene->camera;
    double half = scene->label + MARGIN;
    half *= fabs(scene->turn.cosine) + fabs(scene->turn.sine);
    half /= 1 - half * scene->tilt.sine / scene->distance; /* the near edge */
    return (uint32_t)ceil(2 * half * camera->scale) + 1;
}

static struct plane expose(struct scene *scene)
{
    uint32_t side = frame_of(scene);
    struct plane plane = plane_new(side, side);
    scene->middle_x = side / 2.0 + chance_real(scene->chance, -0.5, 0.5);
    scene->middle_y = side / 2.0 + chance_real(scene->chance, -0.5, 0.5);
    for (uint32_t y = 0; y < side; y++)
        for (uint32_t x = 0; x < side; x++)
            plane.at[(size_t)y * side + x] = grey_seen(scene, x, y);
    return plane;
}

/* ---- light ------------------------------------------------------------ */

/* Share of the light at a place, in modules from the middle. */
static double light_at(const struct scene *scene, double shadow_edge, double x,
                       double y)
{
    const struct camera *camera = scene->camera;
    double far = along(scene->fade, x, y) / (2 * scene->label);
    double behind = along(scene->shadow, x, y) - shadow_edge;
    return (1 - camera->fade * held(0.5 + far, 0, 1)) *
           (1 - camera->shadow * held(0.5 + behind / SHADOW_EDGE, 0, 1));
}

/* A lamp mirrored in the label, longer than wide; `glare` is the mean radius
 * in which ink is as white as anything can be. */
static void add_glare(const struct scene *scene, const struct plane *plane)
{
    const struct camera *camera = scene->camera;
    struct chance *chance = scene->chance;
    double side = 2 * scene->half * camera->scale;
    double burnt = sqrt(2 * log(GLARE_PEAK / (255 - camera->black)));
    double sigma = camera->glare * side / burnt;
    double longer = chance_real(chance, 1, 1.5);
    struct angle angle = angle_of(chance_real(chance, 0, 3.2));
    double at_x = scene->middle_x + side * chance_real(chance, -0.3, 0.3);
    double at_y = scene->middle_y + side * chance_real(chance, -0.3, 0.3);
    double *at = plane->at;
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++) {
            double dx = (x - at_x) / sigma, dy = (y - at_y) / sigma;
            double a = along(angle, dx, dy) / longer;
            double b = across(angle, dx, dy) * longer;
            *at++ += GLARE_PEAK * exp(-(a * a + b * b) / 2);
        }
}

static void light(const struct scene *scene, const struct plane *plane)
{
    double scale = scene->camera->scale;
    double edge = scene->half * chance_real(scene->chance, -0.5, 0.5);
    double *at = plane->at;
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++)
            *at++ *= light_at(scene, edge, (x - scene->middle_x) / scale,
                              (y - scene->middle_y) / scale);
    if (scene->camera->glare > 0)
        add_glare(scene, plane);
}

/* ---- lens and hand ---------------------------------------------------- */

/* A pixel; beyond an edge, the one on it. */
static double pixel(const struct plane *plane, long x, long y)
{
    long right = (long)plane->width - 1, bottom = (long)plane->height - 1;
    x = x < 0 ? 0 : x > right ? right : x;
    y = y < 0 ? 0 : y > bottom ? bottom : y;
    return plane->at[(size_t)y * plane->width + (size_t)x];
}

/* Rows are blurred and become columns: twice makes a whole blur. */
static struct plane blur_rows(struct plane plane, const double *kernel,
                              int radius)
{
    struct plane out = plane_new(plane.height, plane.width);
    for (uint32_t y = 0; y < plane.height; y++)
        for (uint32_t x = 0; x < plane.width; x++) {
            double sum = kernel[0] * pixel(&plane, x, y);
            for (int i = 1; i <= radius; i++)
                sum += kernel[i] * (pixel(&plane, (long)x - i, y) +
                                    pixel(&plane, (long)x + i, y));
            out.at[(size_t)x * out.width + y] = sum;
        }
    free(plane.at);
    return out;
}

static struct plane blur(struct plane plane, double sigma)
{
    int radius = (int)ceil(3.5 * sigma);
    double *kernel = need(calloc((size_t)radius + 1, sizeof *kernel));
    double sum = 0;
    for (int i = 0; i <= radius; i++) {
        kernel[i] = exp(-i * i / (2 * sigma * sigma));
        sum += kernel[i] * (i ? 2 : 1);
    }
    for (int i = 0; i <= radius; i++)
        kernel[i] /= sum;
    plane = blur_rows(plane, kernel, radius);
    plane = blur_rows(plane, kernel, radius);
    free(kernel);
    return plane;
}

/* Between four pixels. */
static double pixel_at(const struct plane *plane, double x, double y)
{
    long left = (long)floor(x), top = (long)floor(y);
    double a = x - (double)left, b = y - (double)top;
    double above =
        (1 - a) * pixel(plane, left, top) + a * pixel(plane, left + 1, top);
    double below = (1 - a) * pixel(plane, left, top + 1) +
                   a * pixel(plane, left + 1, top + 1);
    return (1 - b) * above + b * below;
}

/* The mean along a line of so many pixels, four points in each. */
static struct plane move(struct plane plane, double length, double radians)
{
    struct plane out = plane_new(plane.width, plane.height);
    struct angle angle = angle_of(radians);
    int points = (int)ceil(4 * length) + 1;
    for (uint32_t y = 0; y < plane.height; y++)
        for (uint32_t x = 0; x < plane.width; x++) {
            double sum = 0;
            for (int i = 0; i < points; i++) {
                double far = length * ((i + 0.5) / points - 0.5);
                sum += pixel_at(&plane, x + far * angle.cosine,
                                y + far * angle.sine);
            }
            out.at[(size_t)y * out.width + x] = sum / points;
        }
    free(plane.at);
    return out;
}

/* ---- sensor and file -------------------------------------------------- */

/* Box and Muller 1958, one of the two. */
static double normal(struct chance *chance)
{
    double u = 1 - chance_real(chance, 0, 1); /* not 0 */
    double v = chance_real(chance, 0, 360 * CAMERA_RADIANS);
    return sqrt(-2 * log(u)) * cos(v);
}

static struct tem_image *sense(const struct plane *plane, double noise,
                               struct chance *chance)
{
    struct tem_image *image;
    if (tem_image_new(plane->width, plane->height, &image, NULL) != TEM_OK)
        abort();
    for (size_t i = 0; i < (size_t)plane->width * plane->height; i++) {
        double grey = plane->at[i] + noise * normal(chance);
        image->pixels[i] = (uint8_t)held(grey + 0.5, 0, 255);
    }
    return image;
}

static struct tem_image *through_jpeg(struct tem_image *image, int quality)
{
    struct tem_bytes file = to_jpeg(image, quality);
    tem_image_free(image);
    if (tem_image_read(file, TEM_IMAGE_PIXELS_DEFAULT, &image, NULL) != TEM_OK)
        abort();
    free((uint8_t *)(uintptr_t)file.data);
    return image;
}

static struct scene set_up(const struct camera *camera,
                           const struct tem_symbol *symbol,
                           struct chance *chance)
{
    struct scene scene = {camera, symbol, chance, .half = symbol->side / 2.0};
    scene.label = scene.half + TEM_SYMBOL_QUIET_ZONE;
    scene.distance = DISTANCE * 2 * scene.label;
    scene.turn = angle_of(camera->turn);
    scene.tilt = angle_of(camera->tilt);
    scene.axis = angle_of(camera->axis);
    scene.fade = angle_of(camera->fade_angle);
    scene.shadow = angle_of(camera->shadow_angle);
    return scene;
}

struct tem_image *camera_shoot(const struct camera *camera,
                               const struct tem_symbol *symbol,
                               struct chance *chance)
{
    struct scene scene = set_up(camera, symbol, chance);
    soil(&scene);
    struct plane plane = expose(&scene);
    light(&scene, &plane);
    if (camera->blur > 0)
        plane = blur(plane, camera->blur * camera->scale);
    if (camera->motion > 0)
        plane =
            move(plane, camera->motion * camera->scale, camera->motion_angle);
    struct tem_image *image = sense(&plane, camera->noise, chance);
    free(plane.at);
    return camera->quality > 0 ? through_jpeg(image, camera->quality) : image;
}
