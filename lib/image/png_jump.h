/* SPDX-License-Identifier: MIT */
#ifndef TEM_IMAGE_PNG_JUMP_H
#define TEM_IMAGE_PNG_JUMP_H

/* What libpng calls when something is wrong, in place of its own functions,
 * which print. For png_read.c and png_write.c, which alone see libpng. */

#include <png.h>
#include <setjmp.h>

/* On an error: back to setjmp(). */
static inline void jump_out(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

/* On a warning: go on. */
static inline void go_on(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

#endif
