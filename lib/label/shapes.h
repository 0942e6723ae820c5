/* SPDX-License-Identifier: MIT */
#ifndef TEM_LABEL_SHAPES_H
#define TEM_LABEL_SHAPES_H

/* What is drawn on a label and is no text: stars, bars, pictures. In dots. */

#include "text.h"

/* As many five-pointed stars as a product has, as high as the box. */
void tem_draw_stars(cairo_t *cairo, const struct tem_box *box,
                    const struct tem_rect *room, unsigned stars);

/* "VÍ DỤ" or "THỬ", aslant and grey, all over. */
void tem_draw_watermark(cairo_t *cairo, const struct tem_pen *pen,
                        const struct tem_rect *room, const char *word,
                        double grey);

/*
 * An EAN-13 with its digits, of whole dots a module.
 *
 * @param gtin  14 digits.
 * @retval TEM_E_UNSUPPORTED  a case's GTIN.
 * @retval TEM_E_LIMIT        there is not the room.
 */
enum tem_status tem_draw_ean13(cairo_t *cairo, const struct tem_pen *pen,
                               const struct tem_rect *room, const char *gtin,
                               struct tem_error *error);

/* A logo or picture, as large as the room allows; nothing if there is none.
 * @retval TEM_E_FORMAT  it cannot be drawn.
 * @retval TEM_E_LIMIT   it is too large.
 */
enum tem_status tem_draw_picture(cairo_t *cairo, const struct tem_rect *room,
                                 struct tem_bytes file,
                                 struct tem_error *error);

/* The thirteen digits' bars: 95 modules, 1 = dark (GS1 General Specifications
 * 5.2.1). */
enum { TEM_EAN13_MODULES = 95, TEM_EAN13_LEFT = 11, TEM_EAN13_RIGHT = 7 };
void tem_ean13_bars(const char *digits, bool bars[TEM_EAN13_MODULES]);

#endif
