/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text on paper, in millimetres, the same on every surface: Noto Sans CJK SC by name and the language zh-cn, or Chinese
 * comes out in Japanese shapes; no hinting, or the preview would break lines elsewhere than the printer. A line is
 * as high as its size, the em square of a Chinese character; nothing is ever cut off, it is set smaller or wrapped.
 * Draws with the current source. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DBK_ALIGN_LEFT,
  DBK_ALIGN_CENTRE,
  DBK_ALIGN_RIGHT
} DbkAlign;

typedef struct
{
  double   size_mm;
  gboolean is_bold;
  DbkAlign align;
} DbkTextStyle;

/* From one line's top to the next one's, in sizes. */
#define DBK_TEXT_LEADING 1.3

/* On one line with its baseline at @baseline, set smaller if it is wider than @width. Returns its width. */
double dbk_text_draw_line (cairo_t            *cr,
                           const DbkTextStyle *style,
                           const char         *text,
                           double              x,
                           double              baseline,
                           double              width);

/* The size at which @text fits on one line of @width, @style's or smaller. */
double dbk_text_fit_line (cairo_t            *cr,
                          const DbkTextStyle *style,
                          const char         *text,
                          double              width);

/* How wide it is on one line of unlimited width. */
double dbk_text_measure_line (cairo_t            *cr,
                              const DbkTextStyle *style,
                              const char         *text);

/* Wrapped to @width, from @y down. Returns the height. */
double dbk_text_draw (cairo_t            *cr,
                      const DbkTextStyle *style,
                      const char         *text,
                      double              x,
                      double              y,
                      double              width);

/* In the middle of the height of a box, wrapped, and set smaller until it fits. */
void dbk_text_draw_in_box (cairo_t            *cr,
                           const DbkTextStyle *style,
                           const char         *text,
                           double              x,
                           double              y,
                           double              width,
                           double              height);

G_END_DECLS
