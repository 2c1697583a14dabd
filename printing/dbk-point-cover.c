/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-point-slips"

/* What lies on top of a batch of slips: the cover, and the list in walking order. */

#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-words.h"
#include "printing/dbk-point-slips-private.h"

#define HAIRLINE 0.2
#define STEP 6.4    /* of the list, in units */
#define HEAD 16.0

/* ---- the cover ---- */

static double
draw_facts (cairo_t               *cr,
            const DbkPointContent *content,
            const DbkPointFrame   *f,
            double                 y)
{
  double u = f->unit, column = f->width * 0.36;
  const DbkTextStyle label = { 3.6 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle value = { 4.8 * u, TRUE, DBK_ALIGN_LEFT };

  for (guint i = 0; i + 1 < content->facts->len; i += 2)
    {
      dbk_text_draw_line (cr, &label, g_ptr_array_index (content->facts, i), f->left, y + 4.2 * u, column - u);
      y += dbk_text_draw (cr, &value, g_ptr_array_index (content->facts, i + 1), f->left + column, y, f->width - column) + 1.6 * u;
    }
  return y + u;
}

static double
draw_signature (cairo_t               *cr,
                const DbkPointContent *content,
                const DbkPointFrame   *f,
                DbkPaperWord           word,
                double                 y)
{
  double u = f->unit;
  const DbkTextStyle label = { 3.4 * u, FALSE, DBK_ALIGN_LEFT };

  dbk_text_draw_line (cr, &label, dbk_paper_word (word, content->language), f->left, y + 9 * u, f->width * 0.45);
  dbk_mark_rule (cr, f->left + f->width * 0.45, y + 9.6 * u, f->width * 0.55, HAIRLINE);
  return y + 11 * u;
}

double
_dbk_point_draw_cover (cairo_t               *cr,
                       const DbkPointContent *content,
                       const DbkPointFrame   *frame)
{
  double u = frame->unit, y = _dbk_point_draw_bands (cr, content, frame);
  const DbkTextStyle title = { 7 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle how = { 3.6 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle rule = { 4 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle small = { 2.8 * u, FALSE, DBK_ALIGN_LEFT };

  y += dbk_text_draw (cr, &title, dbk_paper_word (DBK_WORD_SLIPS_TITLE, content->language), frame->left, y, frame->width) + u;
  y += dbk_text_draw (cr, &how, content->clinic, frame->left, y, frame->width) + 2 * u;
  dbk_mark_rule (cr, frame->left, y, frame->width, 0.4 * u);
  y = draw_facts (cr, content, frame, y + 2.5 * u);
  dbk_mark_rule (cr, frame->left, y, frame->width, 0.4 * u);
  y += 2.5 * u;
  y += dbk_text_draw (cr, &how, dbk_paper_word (DBK_WORD_SLIPS_HOW, content->language), frame->left, y, frame->width) + 1.5 * u;
  if (content->rule != NULL)
    y += dbk_text_draw (cr, &rule, content->rule, frame->left, y, frame->width) + u;
  y = draw_signature (cr, content, frame, DBK_WORD_HANDED_OVER, y);
  y = draw_signature (cr, content, frame, DBK_WORD_RECEIVED, y);
  y = draw_signature (cr, content, frame, DBK_WORD_VOLUME_BACK, y) + 2 * u;
  return y + dbk_text_draw (cr, &small, content->printed, frame->left, y, frame->width);
}

/* ---- the list ---- */

guint
_dbk_point_entries_per_page (const DbkPointContent *content)
{
  DbkPointFrame frame = _dbk_point_page_frame (content);
  double room = (frame.height / frame.unit - HEAD) / STEP;

  return room < 1 ? 1 : (guint) room;
}

typedef struct
{
  double number;
  double name;
  double dose;
  double volume;
  double mark;
} Columns;

/* Where each ends, in parts of the width. Without a name's column on the narrow roll. */
static Columns
get_columns (const DbkPointContent *content)
{
  if (content->media == DBK_MEDIA_ROLL_58)
    return (Columns) { 0.34, 0.34, 0.60, 0.86, 1 };
  return (Columns) { 0.20, 0.50, 0.68, 0.86, 1 };
}

static void
draw_list_head (cairo_t               *cr,
                const DbkPointContent *content,
                const DbkPointFrame   *f,
                guint                  page)
{
  double u = f->unit;
  guint per_page = _dbk_point_entries_per_page (content);
  const DbkTextStyle title = { 5 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle about = { 3 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle right = { 3 * u, FALSE, DBK_ALIGN_RIGHT };
  g_autofree char *of = dbk_paper_page_of (page + 1, (content->entries->len + per_page - 1) / per_page, content->language);

  dbk_text_draw_line (cr, &title, dbk_paper_word (DBK_WORD_LIST_TITLE, content->language), f->left, f->top + 5 * u, f->width);
  dbk_text_draw_line (cr, &about, content->site, f->left, f->top + 10 * u, f->width * 0.6);
  dbk_text_draw_line (cr, &right, of, f->left + f->width * 0.6, f->top + 10 * u, f->width * 0.4);
  dbk_mark_rule (cr, f->left, f->top + 12 * u, f->width, 0.4 * u);
}

static void
draw_entry (cairo_t               *cr,
            const DbkPointContent *content,
            const DbkPointFrame   *f,
            const DbkPointLine    *line,
            double                 y)
{
  double u = f->unit, w = f->width, baseline = y + 4.4 * u;
  Columns c = get_columns (content);
  const DbkTextStyle number = { 4 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle name = { 3.6 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle amount = { 3.8 * u, TRUE, DBK_ALIGN_RIGHT };
  double side = 3.6 * u;

  dbk_text_draw_line (cr, &number, line->number, f->left, baseline, w * c.number - u);
  if (line->name != NULL && c.name > c.number)
    dbk_text_draw_line (cr, &name, line->name, f->left + w * c.number, baseline, w * (c.name - c.number) - u);
  dbk_text_draw_line (cr, &amount, line->dose, f->left + w * c.name, baseline, w * (c.dose - c.name) - u);
  if (line->volume != NULL)
    dbk_text_draw_line (cr, &amount, line->volume, f->left + w * c.dose, baseline, w * (c.volume - c.dose) - u);
  cairo_save (cr);
  cairo_set_line_width (cr, 0.3);
  cairo_rectangle (cr, f->left + w - side, y + 1.2 * u, side - 0.15, side);
  cairo_stroke (cr);
  cairo_restore (cr);
  dbk_mark_rule (cr, f->left, y + STEP * u - HAIRLINE, w, HAIRLINE);
}

void
_dbk_point_draw_list (cairo_t               *cr,
                      const DbkPointContent *content,
                      const DbkPointFrame   *frame,
                      guint                  page)
{
  double u = frame->unit;
  guint per_page = _dbk_point_entries_per_page (content), first = page * per_page;
  const DbkTextStyle day = { 4 * u, TRUE, DBK_ALIGN_LEFT };

  draw_list_head (cr, content, frame, page);
  for (guint i = 0; i < per_page && first + i < content->entries->len; i++)
    {
      const DbkPointLine *line = g_ptr_array_index (content->entries, first + i);
      const DbkPointLine *next = line == NULL && first + i + 1 < content->entries->len ? g_ptr_array_index (content->entries, first + i + 1) : NULL;
      double y = frame->top + (HEAD - 2 + i * STEP) * u;

      if (line != NULL)
        draw_entry (cr, content, frame, line, y);
      else if (next != NULL)
        dbk_text_draw_line (cr, &day, next->day, frame->left, y + 4.8 * u, frame->width);
    }
}
