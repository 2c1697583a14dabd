/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-point-slips"

/* One slip of a point on paper, or a voucher. */

#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-words.h"
#include "printing/dbk-point-slips-private.h"

#define HAIRLINE 0.2

typedef struct
{
  cairo_t               *cr;
  const DbkPointContent *content;
  const DbkPointFrame   *frame;
  const DbkPointLine    *line;
  guint                  index;
} Drawing;

static const char *
word (const Drawing *d,
      DbkPaperWord   which)
{
  return dbk_paper_word (which, d->content->language);
}

/* Whose it is for: the day first, because a slip of another day is the mistake that is made. */
static double
draw_head (const Drawing *d,
           double         y)
{
  const DbkPointFrame *f = d->frame;
  double u = f->unit;
  const DbkTextStyle kind = { 3.4 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle count = { 3.4 * u, FALSE, DBK_ALIGN_RIGHT };
  const DbkTextStyle day = { 6.4 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle number = { 10 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle name = { 4.8 * u, TRUE, DBK_ALIGN_LEFT };
  g_autofree char *about = g_strdup_printf ("%s · %s", word (d, d->content->is_voucher ? DBK_WORD_VOUCHER : DBK_WORD_SLIP), d->content->site);
  g_autofree char *of = d->content->is_voucher ? NULL : g_strdup_printf ("%u / %u", d->index + 1, d->content->lines->len);

  dbk_text_draw_line (d->cr, &kind, about, f->left, y + 3.4 * u, f->width * 0.76);
  if (of != NULL)
    dbk_text_draw_line (d->cr, &count, of, f->left + f->width * 0.76, y + 3.4 * u, f->width * 0.24);
  dbk_text_draw_line (d->cr, &day, d->line->day, f->left, y + 10.6 * u, f->width);
  dbk_text_draw_line (d->cr, &number, d->line->number, f->left, y + 20.6 * u, f->width);
  y += 23 * u;
  if (d->content->with_name && d->line->name != NULL)
    y += dbk_text_draw (d->cr, &name, d->line->name, f->left, y, f->width) + 1.5 * u;
  dbk_mark_rule (d->cr, f->left, y, f->width, 0.4 * u);
  return y + 1.5 * u;
}

static double
draw_dose (const Drawing *d,
           double         y)
{
  const DbkPointFrame *f = d->frame;
  double u = f->unit, used;
  const DbkTextStyle dose = { 12 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle volume = { 7 * u, TRUE, DBK_ALIGN_RIGHT };
  const DbkTextStyle strength = { 3.2 * u, FALSE, DBK_ALIGN_RIGHT };

  used = dbk_text_draw_line (d->cr, &dose, d->line->dose, f->left, y + 10 * u, f->width * 0.6) + 2 * u;
  if (d->line->volume != NULL)
    dbk_text_draw_line (d->cr, &volume, d->line->volume, f->left + used, y + 7 * u, f->width - used);
  if (d->line->volume != NULL && d->content->strength != NULL)
    dbk_text_draw_line (d->cr, &strength, d->content->strength, f->left + used, y + 11.4 * u, f->width - used);
  y += 14 * u;
  dbk_mark_rule (d->cr, f->left, y, f->width, 0.4 * u);
  return y + 1.5 * u;
}

/* A label and an empty line to write on. */
static double
draw_blank (const Drawing *d,
            DbkPaperWord   label,
            double         x,
            double         y,
            double         width)
{
  double u = d->frame->unit;
  const DbkTextStyle style = { 3.2 * u, FALSE, DBK_ALIGN_LEFT };

  dbk_text_draw_line (d->cr, &style, word (d, label), x, y + 3 * u, width);
  dbk_mark_rule (d->cr, x, y + 10.5 * u, width, HAIRLINE);
  return y + 12 * u;
}

static double
draw_choice (const Drawing *d,
             DbkPaperWord   label,
             double         x,
             double         y,
             double         width)
{
  double u = d->frame->unit, side = 3.2 * u;
  const DbkTextStyle style = { 3.2 * u, FALSE, DBK_ALIGN_LEFT };

  cairo_save (d->cr);
  cairo_set_line_width (d->cr, 0.3);
  cairo_rectangle (d->cr, x + 0.15, y + 0.15, side, side);
  cairo_stroke (d->cr);
  cairo_restore (d->cr);
  dbk_text_draw_line (d->cr, &style, word (d, label), x + side + u, y + 2.9 * u, width - side - u);
  return y + 4.6 * u;
}

/* What is filled in by hand: when, by whom, or why not. */
static double
draw_form (const Drawing *d,
           double         y)
{
  static const DbkPaperWord reasons[] = { DBK_WORD_DID_NOT_COME, DBK_WORD_REFUSED, DBK_WORD_INTOXICATED, DBK_WORD_OTHER };
  const DbkPointFrame *f = d->frame;
  double u = f->unit, half = f->width / 2;
  const DbkTextStyle label = { 3.2 * u, TRUE, DBK_ALIGN_LEFT };

  draw_blank (d, DBK_WORD_TIME, f->left, y, f->width * 0.3);
  y = draw_blank (d, DBK_WORD_PATIENT_SIGNS, f->left + f->width * 0.35, y, f->width * 0.65);
  y = draw_blank (d, DBK_WORD_GIVER_SIGNS, f->left + f->width * 0.35, y, f->width * 0.65);
  dbk_text_draw_line (d->cr, &label, word (d, DBK_WORD_NOT_GIVEN), f->left, y + 3 * u, f->width);
  y += 4.6 * u;
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i += 2)
    {
      draw_choice (d, reasons[i], f->left, y, half - u);
      y = draw_choice (d, reasons[i + 1], f->left + half, y, half);
    }
  return y + 0.5 * u;
}

static double
draw_code (const Drawing *d,
           double         y)
{
  const DbkPointFrame *f = d->frame;
  double side = dbk_qr_get_size_mm (d->line->qr, f->module_mm, d->content->dpi);
  double quiet = DBK_QR_QUIET_MODULES * dbk_qr_module_mm (f->module_mm, d->content->dpi);
  double u = f->unit, beside = f->left + side - quiet, room = f->width - (side - quiet);
  const DbkTextStyle id = { 3.2 * u, FALSE, DBK_ALIGN_LEFT };
  g_autofree char *grouped = g_strdup_printf ("%.4s %.4s %.4s %.4s", d->line->id, d->line->id + 4, d->line->id + 8, d->line->id + 12);

  dbk_qr_draw (d->line->qr, d->cr, f->left - quiet, y - quiet + u, f->module_mm, d->content->dpi);
  dbk_text_draw (d->cr, &id, d->content->clinic, beside, y + u, room);
  dbk_text_draw (d->cr, &id, grouped, beside, y + side - 2 * quiet - 6 * u, room);
  return y + side - 2 * quiet + 2 * u;
}

double
_dbk_point_draw_slip (cairo_t               *cr,
                      const DbkPointContent *content,
                      const DbkPointFrame   *frame,
                      guint                  index)
{
  const Drawing d = { cr, content, frame, g_ptr_array_index (content->lines, index), index };
  double u = frame->unit, y = draw_dose (&d, draw_head (&d, _dbk_point_draw_bands (cr, content, frame)));
  const DbkTextStyle how = { 3.2 * u, FALSE, DBK_ALIGN_LEFT };

  if (!content->is_voucher)
    return draw_code (&d, draw_form (&d, y));
  y += dbk_text_draw (cr, &how, dbk_paper_word (DBK_WORD_VOUCHER_HOW, content->language), frame->left, y, frame->width) + 2 * u;
  return draw_code (&d, y);
}
