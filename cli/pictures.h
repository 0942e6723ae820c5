/* SPDX-License-Identifier: MIT */
#ifndef CLI_PICTURES_H
#define CLI_PICTURES_H

/* Going through pictures and the symbols in them. */

#include "json.h"

/* Largest picture file read, bytes: 100 Mpixel of 16-bit RGBA and some. */
#define PICTURE_FILE_MAX ((size_t)1 << 30)

/* How to look at pictures. */
struct looking {
    uint64_t max_pixels;
    struct tem_scan_options scan;
    bool closely; /* every pixel of a picture, and the picture is wanted too */
};

/* Called with all symbols of one picture (count >= 1). @p image is NULL unless
 * looked at closely. */
typedef void (*pictures_fn)(void *context, const char *file,
                            const struct tem_image *image,
                            const struct tem_scan *scan);

/* Whether there are operands (@p what: of which kinds) and at most one of them
 * is the standard input; false with a complaint. */
bool pictures_operands(struct cli *cli, const struct args *args,
                       const char *what);

/* Scan every picture that the operands stand for (gather.h), one at a time;
 * complains of each that cannot be read, holds no symbol or
 * more than are reported (failure.h), worsens the status, and goes on. @return
 * how many gave nothing. */
size_t pictures_walk(struct cli *cli, const struct args *args,
                     const struct looking *looking, pictures_fn each,
                     void *context);

/* --max-pixels and --effort, the rest zero; false with a complaint. */
bool pictures_options(struct cli *cli, const struct args *args, int max_pixels,
                      int effort, struct looking *looking);

/* "text" as Unicode, and the "charset" that it was in if that matters. */
void pictures_text(struct json *json, const struct tem_scan_symbol *symbol);

#define PICTURE_OPTIONS                                                        \
    {"max-pixels",                                                             \
     0,                                                                        \
     "N",                                                                      \
     {"most pixels in one picture (default 100000000)",                        \
      "số điểm ảnh tối đa của một ảnh (mặc định 100000000)"}},                 \
    {                                                                          \
        "effort", 0, "fast|normal|hard",                                       \
        {                                                                      \
            "how much is tried before a picture is given up",                  \
                "mức cố gắng trước khi bỏ qua một ảnh"          \
        }                                                                      \
    }

#endif
