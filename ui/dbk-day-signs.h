/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes and colours that stand for what became of a day: they differ by shape, colour comes second. */
#pragma once

#include <gtk/gtk.h>

#include "ui/dbk-treatment-days.h"

G_BEGIN_DECLS

typedef struct
{
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA accent;
  GdkRGBA signs[DBK_N_SIGNS];
} DbkSignColours;

/* As the theme has them now: ask before each drawing. */
void dbk_sign_colours (GtkWidget *widget, DbkSignColours *colours);

void        dbk_sign_draw (cairo_t *cr, DbkDaySign sign, const DbkSignColours *colours, double x, double y, double radius);
const char *dbk_sign_text (DbkDaySign sign);

/* Draws @text with its left, middle or right (0, 0.5, 1) upper corner at @x, @y; @scale and @bold as the label of a chart needs it. Returns
 * its width. */
double dbk_sign_write (GtkWidget *widget, cairo_t *cr, const char *text, const GdkRGBA *colour, double x, double y, double align,
                       double scale, gboolean bold);

/* Size of @text as dbk_sign_write() draws it; any out argument may be NULL. */
void dbk_sign_measure (GtkWidget *widget, const char *text, double scale, gboolean bold, int *width, int *height);

G_END_DECLS
