/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-paper-marks"

#include "printing/dbk-paper-marks.h"

#include <string.h>

#include "printing/dbk-paper-text.h"

#define CODE_GROUP 5

/* How large the text of a band is, in heights of the band, and how high its capitals are, in sizes. */
#define BAND_TEXT 0.66
#define CAPITAL   0.74

void
dbk_mark_rule (cairo_t *cr,
               double   x,
               double   y,
               double   width,
               double   thickness)
{
  cairo_rectangle (cr, x, y, width, thickness);
  cairo_fill (cr);
}

void
dbk_mark_upright (cairo_t *cr,
                  double   x,
                  double   y,
                  double   height,
                  double   thickness)
{
  cairo_rectangle (cr, x, y, thickness, height);
  cairo_fill (cr);
}

/* In the middle of a band. */
static void
draw_band_text (cairo_t    *cr,
                double      x,
                double      y,
                double      width,
                double      height,
                const char *text)
{
  const DbkTextStyle style = { height * BAND_TEXT, TRUE, DBK_ALIGN_CENTRE };
  double size = dbk_text_fit_line (cr, &style, text, width);

  dbk_text_draw_line (cr, &style, text, x, y + height / 2 + CAPITAL / 2 * size, width);
}

void
dbk_mark_banner (cairo_t    *cr,
                 double      x,
                 double      y,
                 double      width,
                 double      height,
                 const char *text)
{
  cairo_save (cr);
  dbk_mark_rule (cr, x, y, width, height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  draw_band_text (cr, x + height / 3, y, width - 2 * height / 3, height, text);
  cairo_restore (cr);
}

static void
draw_stripes (cairo_t *cr,
              double   x,
              double   y,
              double   width,
              double   height)
{
  double stripe = height / 2;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  for (double left = x - height; left < x + width; left += 2 * stripe)
    {
      cairo_move_to (cr, left, y + height);
      cairo_line_to (cr, left + height, y);
      cairo_line_to (cr, left + height + stripe, y);
      cairo_line_to (cr, left + stripe, y + height);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

void
dbk_mark_striped_band (cairo_t    *cr,
                       double      x,
                       double      y,
                       double      width,
                       double      height,
                       const char *text)
{
  const DbkTextStyle style = { height * BAND_TEXT, TRUE, DBK_ALIGN_CENTRE };
  double most = width - 4 * height;
  double words = MIN (dbk_text_measure_line (cr, &style, text), most);
  double stripes = (width - words - height) / 2;

  draw_stripes (cr, x, y, stripes, height);
  draw_stripes (cr, x + width - stripes, y, stripes, height);
  dbk_mark_rule (cr, x, y, width, height / 16);
  dbk_mark_rule (cr, x, y + height - height / 16, width, height / 16);
  draw_band_text (cr, x + (width - most) / 2, y, most, height, text);
}

gboolean
dbk_mark_check_dpi (int      dpi,
                    GError **error)
{
  if (dpi >= DBK_DPI_LEAST && dpi <= DBK_DPI_MOST)
    return TRUE;
  g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA, "%d dpi: between %d and %d", dpi, DBK_DPI_LEAST, DBK_DPI_MOST);
  return FALSE;
}

gboolean
dbk_mark_check_text (const char *text,
                     GError    **error)
{
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return TRUE;
  g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "A text for paper is not UTF-8");
  return FALSE;
}

DbkQr *
dbk_mark_new_code (const char   *code,
                   DbkCodeKind   kind,
                   DbkQrKind     qr_kind,
                   char        **canonical,
                   GError      **error)
{
  g_autofree char *text = NULL;
  DbkCodeKind found = kind;
  DbkQr *qr;

  if (code == NULL || !dbk_code_parse (code, &found, NULL, &text, NULL) || found != kind)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "Not a code of the kind %c", (char) kind);
      return NULL;
    }
  qr = dbk_qr_new (text, qr_kind, error);
  if (qr != NULL && canonical != NULL)
    *canonical = g_steal_pointer (&text);
  return qr;
}

char *
dbk_mark_group_code (const char *canonical)
{
  GString *grouped = g_string_new (NULL);

  for (gsize i = 0; canonical[i] != '\0'; i++)
    {
      if (i > 0 && i % CODE_GROUP == 0)
        g_string_append_c (grouped, ' ');
      g_string_append_c (grouped, canonical[i]);
    }
  return g_string_free (grouped, FALSE);
}
