/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-paper-text"

#include "printing/dbk-paper-text.h"

#include <pango/pangocairo.h>

/* Where the baseline lies in the em square of the font. */
#define ASCENT 0.88

/* Each try of a box is so much smaller than the one before; with 60 tries the last is a twentieth. */
#define SHRINK     0.95
#define MOST_TRIES 60

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_font_options_t, cairo_font_options_destroy)

static void
set_context (PangoLayout *layout)
{
  PangoContext *context = pango_layout_get_context (layout);
  g_autoptr(cairo_font_options_t) options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_layout_context_changed (layout);
}

static void
set_size (PangoLayout        *layout,
          const DbkTextStyle *style,
          double              size)
{
  g_autoptr(PangoFontDescription) font = pango_font_description_new ();

  pango_font_description_set_family_static (font, "Noto Sans CJK SC");
  pango_font_description_set_weight (font, style->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
}

/* @width below 0: one line, however long. */
static PangoLayout *
create_layout (cairo_t            *cr,
               const DbkTextStyle *style,
               const char         *text,
               double              width)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  set_context (layout);
  set_size (layout, style, style->size_mm);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  /* A hyphen that is not in a number would be read as part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width < 0 ? -1 : (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_natural_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

/* Every line by itself: the font's own line height is half as high again as a line of Chinese needs. */
static void
show_lines (cairo_t            *cr,
            PangoLayout        *layout,
            const DbkTextStyle *style,
            double              size,
            double              x,
            double              first_baseline,
            double              width)
{
  int n = pango_layout_get_line_count (layout);

  for (int i = 0; i < n; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle logical;
      double room;

      pango_layout_line_get_extents (line, NULL, &logical);
      room = width - (double) logical.width / PANGO_SCALE;
      cairo_move_to (cr,
                     x + (style->align == DBK_ALIGN_LEFT ? 0 : style->align == DBK_ALIGN_CENTRE ? room / 2 : room),
                     first_baseline + i * size * DBK_TEXT_LEADING);
      pango_cairo_show_layout_line (cr, line);
    }
}

static double
get_block_height (PangoLayout *layout,
                  double       size)
{
  return size + (pango_layout_get_line_count (layout) - 1) * size * DBK_TEXT_LEADING;
}

double
dbk_text_measure_line (cairo_t            *cr,
                       const DbkTextStyle *style,
                       const char         *text)
{
  g_autoptr(PangoLayout) layout = create_layout (cr, style, text, -1);

  return get_natural_width (layout);
}

double
dbk_text_fit_line (cairo_t            *cr,
                   const DbkTextStyle *style,
                   const char         *text,
                   double              width)
{
  double natural = dbk_text_measure_line (cr, style, text);

  return natural > width ? style->size_mm * width / natural : style->size_mm;
}

double
dbk_text_draw_line (cairo_t            *cr,
                    const DbkTextStyle *style,
                    const char         *text,
                    double              x,
                    double              baseline,
                    double              width)
{
  g_autoptr(PangoLayout) layout = create_layout (cr, style, text, -1);
  double natural = get_natural_width (layout);
  double size = style->size_mm;

  if (natural > width)
    {
      size *= width / natural;
      set_size (layout, style, size);
    }
  show_lines (cr, layout, style, size, x, baseline, width);
  return MIN (natural, width);
}

double
dbk_text_draw (cairo_t            *cr,
               const DbkTextStyle *style,
               const char         *text,
               double              x,
               double              y,
               double              width)
{
  g_autoptr(PangoLayout) layout = create_layout (cr, style, text, width);

  show_lines (cr, layout, style, style->size_mm, x, y + ASCENT * style->size_mm, width);
  return get_block_height (layout, style->size_mm);
}

void
dbk_text_draw_in_box (cairo_t            *cr,
                      const DbkTextStyle *style,
                      const char         *text,
                      double              x,
                      double              y,
                      double              width,
                      double              height)
{
  g_autoptr(PangoLayout) layout = create_layout (cr, style, text, width);
  double size = style->size_mm;
  double used = get_block_height (layout, size);

  for (int tries = 0; tries < MOST_TRIES && (used > height || get_natural_width (layout) > width); tries++)
    {
      size *= SHRINK;
      set_size (layout, style, size);
      used = get_block_height (layout, size);
    }
  show_lines (cr, layout, style, size, x, y + (height - used) / 2 + ASCENT * size, width);
}
