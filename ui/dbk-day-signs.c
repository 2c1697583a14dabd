/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-signs"

#include "config.h"

#include "ui/dbk-day-signs.h"

#include <glib/gi18n.h>

#define DIM_ALPHA 0.55f
#define LINE_WIDTH 1.6
#define FULL_TURN (2 * G_PI)

void
dbk_sign_colours (GtkWidget      *widget,
                  DbkSignColours *colours)
{
  static const char *const names[DBK_N_SIGNS] = { NULL, "success_color", "success_color", "error_color", NULL };
  /* nocheck:deprecated gtk_widget_get_color() came after GTK 4.8, and nothing else there answers which colours the theme has */
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  gtk_style_context_get_color (style, &colours->text); /* nocheck:deprecated the same */
  colours->dim = colours->text;
  colours->dim.alpha *= DIM_ALPHA;
  colours->accent = colours->text;
  gtk_style_context_lookup_color (style, "accent_color", &colours->accent); /* nocheck:deprecated the same */
  for (guint i = 0; i < DBK_N_SIGNS; i++)
    {
      colours->signs[i] = colours->dim;
      if (names[i] != NULL)
        gtk_style_context_lookup_color (style, names[i], &colours->signs[i]); /* nocheck:deprecated the same */
    }
}

static void
draw_cross (cairo_t *cr,
            double   x,
            double   y,
            double   radius)
{
  cairo_move_to (cr, x - radius, y - radius);
  cairo_line_to (cr, x + radius, y + radius);
  cairo_move_to (cr, x + radius, y - radius);
  cairo_line_to (cr, x - radius, y + radius);
  cairo_stroke (cr);
}

static void
draw_hatch (cairo_t *cr,
            double   x,
            double   y,
            double   radius)
{
  cairo_save (cr);
  cairo_rectangle (cr, x - radius, y - radius, 2 * radius, 2 * radius);
  cairo_clip (cr);
  for (double shift = -2 * radius; shift <= 2 * radius; shift += radius)
    {
      cairo_move_to (cr, x + shift - radius, y + radius);
      cairo_line_to (cr, x + shift + radius, y - radius);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
dbk_sign_draw (cairo_t              *cr,
               DbkDaySign            sign,
               const DbkSignColours *colours,
               double                x,
               double                y,
               double                radius)
{
  gdk_cairo_set_source_rgba (cr, &colours->signs[sign]);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_new_path (cr);
  switch (sign)
    {
    case DBK_SIGN_GIVEN:
      cairo_arc (cr, x, y, radius, 0, FULL_TURN);
      cairo_fill (cr);
      break;
    case DBK_SIGN_TAKE_HOME:
      cairo_arc (cr, x, y, radius - LINE_WIDTH / 2, 0, FULL_TURN);
      cairo_stroke (cr);
      break;
    case DBK_SIGN_MISSED:
      draw_cross (cr, x, y, radius * 3 / 4);
      break;
    case DBK_SIGN_CLOSED:
      cairo_set_line_width (cr, 1);
      draw_hatch (cr, x, y, radius);
      break;
    case DBK_SIGN_NOT_DUE:
    default:
      cairo_arc (cr, x, y, radius / 4, 0, FULL_TURN);
      cairo_fill (cr);
      break;
    }
}

const char *
dbk_sign_text (DbkDaySign sign)
{
  switch (sign)
    {
    case DBK_SIGN_GIVEN:
      return _("given");
    case DBK_SIGN_TAKE_HOME:
      return _("taken home or elsewhere");
    case DBK_SIGN_MISSED:
      return _("missed");
    case DBK_SIGN_CLOSED:
      return _("closed");
    case DBK_SIGN_NOT_DUE:
    default:
      return _("not due");
    }
}

static PangoLayout *
new_layout (GtkWidget  *widget,
            const char *text,
            double      scale,
            gboolean    bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

double
dbk_sign_write (GtkWidget     *widget,
                cairo_t       *cr,
                const char    *text,
                const GdkRGBA *colour,
                double         x,
                double         y,
                double         align,
                double         scale,
                gboolean       bold)
{
  g_autoptr(PangoLayout) layout = new_layout (widget, text, scale, bold);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_move_to (cr, x - align * width, y);
  pango_cairo_show_layout (cr, layout);
  return width;
}

void
dbk_sign_measure (GtkWidget  *widget,
                  const char *text,
                  double      scale,
                  gboolean    bold,
                  int        *width,
                  int        *height)
{
  g_autoptr(PangoLayout) layout = new_layout (widget, text, scale, bold);

  pango_layout_get_pixel_size (layout, width, height);
}
