/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-point-slips"

#include "printing/dbk-point-slips.h"

#include <math.h>

#include "db/record/dbk-quantity.h"
#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-words.h"
#include "printing/dbk-point-slips-private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

#define SLIPS_PER_A4 4

static void
free_line (DbkPointLine *line)
{
  g_free (line->number);
  g_free (line->name);
  g_free (line->day);
  g_free (line->dose);
  g_free (line->volume);
  g_free (line->id);
  dbk_qr_free (line->qr);
  g_free (line);
}

static void
free_content (gpointer data)
{
  DbkPointContent *content = data;
  char *texts[] = { content->site, content->clinic, content->days, content->strength, content->reprint, content->printed, content->rule };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&content->lines, g_ptr_array_unref);
  g_clear_pointer (&content->entries, g_ptr_array_unref);
  g_clear_pointer (&content->facts, g_ptr_array_unref);
  g_free (content);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPointContent, free_content)

/* ---- where things stand ---- */

guint
_dbk_point_slips_per_page (DbkMedia media)
{
  return media == DBK_MEDIA_A4 ? SLIPS_PER_A4 : 1;
}

DbkPointFrame
_dbk_point_page_frame (const DbkPointContent *content)
{
  switch (content->media)
    {
    case DBK_MEDIA_ROLL_58:
      return (DbkPointFrame) { 5, 3, 48, content->page_mm - 6, 0.72, DBK_QR_MODULE_LEAST_MM };
    case DBK_MEDIA_A5:
      return (DbkPointFrame) { 12, 12, 124, 186, 1.45, 0.6 };
    case DBK_MEDIA_A4:
      return (DbkPointFrame) { 15, 15, 180, 267, 1.6, 0.6 };
    case DBK_MEDIA_ROLL_80:
    case DBK_MEDIA_CARD:
    case DBK_MEDIA_CARD_SHEET_A4:
    default:
      return (DbkPointFrame) { 4, 3, 72, content->page_mm - 6, 1, DBK_QR_MODULE_LEAST_MM };
    }
}

/* A quarter of an A4 is an A6. */
DbkPointFrame
_dbk_point_slip_frame (const DbkPointContent *content,
                       guint                  i)
{
  const double quarter_width = 105, quarter_height = 148.5, margin = 9;

  if (content->media != DBK_MEDIA_A4 || content->is_voucher)
    return _dbk_point_page_frame (content);
  return (DbkPointFrame) { (i % 2) * quarter_width + margin, (i / 2) * quarter_height + margin, quarter_width - 2 * margin, quarter_height - 2 * margin,
                           1.12, DBK_QR_MODULE_LEAST_MM };
}

static guint
count_list_pages (const DbkPointContent *content)
{
  guint per_page = _dbk_point_entries_per_page (content);

  return (content->entries->len + per_page - 1) / per_page;
}

static guint
count_slip_pages (const DbkPointContent *content)
{
  guint per_page = _dbk_point_slips_per_page (content->media);

  return (content->lines->len + per_page - 1) / per_page;
}

/* ---- drawing ---- */

double
_dbk_point_draw_bands (cairo_t               *cr,
                       const DbkPointContent *content,
                       const DbkPointFrame   *frame)
{
  double y = frame->top, height = 5.5 * frame->unit;

  if (content->is_demo)
    {
      dbk_mark_striped_band (cr, frame->left, y, frame->width, height, dbk_paper_word (DBK_WORD_DEMO, content->language));
      y += height + 1.2 * frame->unit;
    }
  if (content->reprint != NULL)
    {
      dbk_mark_banner (cr, frame->left, y, frame->width, height, content->reprint);
      y += height + 1.2 * frame->unit;
    }
  return y;
}

static void
draw_cuts (cairo_t *cr)
{
  const double dashes[] = { 2, 2 };

  cairo_save (cr);
  cairo_set_line_width (cr, 0.15);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, 105, 4);
  cairo_line_to (cr, 105, 293);
  cairo_move_to (cr, 4, 148.5);
  cairo_line_to (cr, 206, 148.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_slips (cairo_t               *cr,
            const DbkPointContent *content,
            guint                  page)
{
  guint per_page = _dbk_point_slips_per_page (content->media), first = page * per_page;

  if (per_page > 1)
    draw_cuts (cr);
  for (guint i = 0; i < per_page && first + i < content->lines->len; i++)
    {
      DbkPointFrame frame = _dbk_point_slip_frame (content, i);

      _dbk_point_draw_slip (cr, content, &frame, first + i);
    }
}

static void
draw_page (cairo_t       *cr,
           guint          page,
           gconstpointer  data)
{
  const DbkPointContent *content = data;
  DbkPointFrame frame = _dbk_point_page_frame (content);
  guint list_pages = count_list_pages (content);

  if (page == 0)
    _dbk_point_draw_cover (cr, content, &frame);
  else if (page <= list_pages)
    _dbk_point_draw_list (cr, content, &frame, page - 1);
  else
    draw_slips (cr, content, page - 1 - list_pages);
}

static void
draw_voucher (cairo_t       *cr,
              guint          page,
              gconstpointer  data)
{
  const DbkPointContent *content = data;
  DbkPointFrame frame = _dbk_point_page_frame (content);

  _dbk_point_draw_slip (cr, content, &frame, 0);
}

/* ---- what is said ---- */

static DbkPointLine *
add_line (DbkPointContent     *content,
          const DbkPointSlip  *slip,
          GError             **error)
{
  DbkPointLine *line = g_new0 (DbkPointLine, 1);

  g_ptr_array_add (content->lines, line);
  if (slip->number == NULL || *slip->number == '\0' || slip->dose_ug <= 0 || slip->day == DBK_DAY_NONE || slip->id == NULL)
    {
      g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "A slip needs a number, a dose and a day");
      return NULL;
    }
  if (!dbk_mark_check_text (slip->number, error) || !dbk_mark_check_text (slip->name, error) ||
      (line->qr = dbk_qr_new (slip->code, DBK_QR_COMPACT, error)) == NULL)
    return NULL;
  line->number = g_strdup (slip->number);
  line->name = slip->name != NULL && *slip->name != '\0' ? g_strdup (slip->name) : NULL;
  line->from = slip->day;
  line->day = slip->until > slip->day ? dbk_paper_days (slip->day, slip->until, content->language) : dbk_paper_day (slip->day, content->language);
  line->dose = dbk_dose_format (slip->dose_ug);
  line->volume = slip->volume_ul > 0 ? dbk_volume_format (slip->volume_ul) : NULL;
  line->id = g_strdup (slip->id);
  return line;
}

static gboolean
add_lines (DbkPointContent      *content,
           const DbkPointBatch  *batch,
           GError              **error)
{
  content->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) free_line);
  content->entries = g_ptr_array_new ();
  for (gsize i = 0; i < batch->n_slips; i++)
    if (add_line (content, &batch->slips[i], error) == NULL)
      return FALSE;
  return TRUE;
}

static void
add_fact (DbkPointContent *content,
          DbkPaperWord     word,
          char            *value)
{
  g_ptr_array_add (content->facts, g_strdup (dbk_paper_word (word, content->language)));
  g_ptr_array_add (content->facts, value);
}

/* What is counted again when it arrives. */
static void
add_facts (DbkPointContent     *content,
           const DbkPointBatch *batch)
{
  content->facts = g_ptr_array_new_with_free_func (g_free);
  add_fact (content, DBK_WORD_SITE, g_strdup (batch->site));
  add_fact (content, DBK_WORD_DAYS, g_strdup (content->days));
  add_fact (content, DBK_WORD_SLIPS, g_strdup_printf ("%" G_GSIZE_FORMAT, batch->n_slips));
  add_fact (content, DBK_WORD_PATIENTS, g_strdup_printf ("%u", batch->patients));
  add_fact (content, DBK_WORD_TOTAL_VOLUME, dbk_volume_format (batch->total_ul));
  add_fact (content, DBK_WORD_LOT, g_strdup (batch->lot));
  if (content->strength != NULL)
    add_fact (content, DBK_WORD_STRENGTH, dbk_concentration_format (batch->ug_per_ml, content->language));
  if (batch->lot_expires != DBK_DAY_NONE)
    add_fact (content, DBK_WORD_LOT_EXPIRES, dbk_paper_day (batch->lot_expires, content->language));
}

static DbkPointContent *
create_content (const DbkPointBatch  *batch,
                DbkMedia              media,
                int                   dpi,
                gboolean              is_voucher,
                GError              **error)
{
  g_autoptr(DbkPointContent) content = g_new0 (DbkPointContent, 1);

  content->language = batch->language;
  content->media = media;
  content->dpi = dpi;
  content->is_voucher = is_voucher;
  content->with_name = batch->with_name;
  content->is_demo = batch->demo;
  content->site = g_strdup (batch->site);
  content->clinic = g_strdup (batch->clinic);
  if (batch->reprint > 0)
    content->reprint = dbk_paper_reprint (batch->reprint, batch->language);
  if (!add_lines (content, batch, error))
    return NULL;
  if (is_voucher)
    return g_steal_pointer (&content);
  content->days = dbk_paper_days (batch->from, batch->until, batch->language);
  content->strength = batch->ug_per_ml > 0 ? dbk_paper_strength (batch->ug_per_ml, batch->language) : NULL;
  content->printed = dbk_paper_printed (batch->printed_day, batch->printed_minute, batch->user, batch->language);
  content->rule = batch->stop_after > 0 ? dbk_paper_stop_after (batch->stop_after, batch->language) : NULL;
  add_facts (content, batch);
  return g_steal_pointer (&content);
}

/* ---- how long a page is ---- */

/* On a roll every page is as long as the longest of cover and slips, in whole dots; the list is cut to that. */
static double
measure_page (DbkPointContent *content)
{
  g_autoptr(cairo_surface_t) nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  g_autoptr(cairo_t) cr = cairo_create (nowhere);
  double dot = 25.4 / content->dpi, height = 0, end = 0;
  DbkPointFrame frame;

  dbk_media_get_size_mm (content->media, NULL, &height);
  if (!dbk_media_is_roll (content->media))
    return height;
  frame = _dbk_point_page_frame (content);
  for (guint i = 0; i < content->lines->len; i++)
    end = MAX (end, _dbk_point_draw_slip (cr, content, &frame, i));
  if (!content->is_voucher)
    end = MAX (end, _dbk_point_draw_cover (cr, content, &frame));
  return ceil ((end + frame.top) / dot) * dot;
}

/* Each day has its heading, on each page anew; none stands alone at the end of one. */
static void
add_heading (DbkPointContent *content,
             gboolean         new_day)
{
  guint per_page = _dbk_point_entries_per_page (content), at = content->entries->len % per_page;

  if (new_day && per_page > 1 && at == per_page - 1)
    g_ptr_array_add (content->entries, NULL);
  if (new_day || (per_page > 1 && at == 0))
    g_ptr_array_add (content->entries, NULL);
}

/* When it is known how long a page is. */
static void
list_entries (DbkPointContent *content)
{
  DbkDay day = DBK_DAY_NONE;

  for (guint i = 0; i < content->lines->len; i++)
    {
      DbkPointLine *line = g_ptr_array_index (content->lines, i);

      add_heading (content, line->from != day);
      day = line->from;
      g_ptr_array_add (content->entries, line);
    }
}

static gboolean
check_batch (const DbkPointBatch  *batch,
             DbkMedia              media,
             int                   dpi,
             gboolean              is_voucher,
             GError              **error)
{
  if (media == DBK_MEDIA_CARD || media == DBK_MEDIA_CARD_SHEET_A4)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA, "Slips are not printed on %s", dbk_media_to_word (media));
      return FALSE;
    }
  if (batch->n_slips == 0 || batch->site == NULL || batch->clinic == NULL || (!is_voucher && (batch->lot == NULL || batch->total_ul <= 0)))
    {
      g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "A batch needs slips, a site and a lot");
      return FALSE;
    }
  return dbk_mark_check_dpi (dpi, error) && dbk_mark_check_text (batch->site, error) && dbk_mark_check_text (batch->clinic, error) &&
         dbk_mark_check_text (batch->lot, error) && dbk_mark_check_text (batch->user, error);
}

DbkDocument *
dbk_point_slips_new_document (const DbkPointBatch  *batch,
                              DbkMedia              media,
                              int                   dpi,
                              GError              **error)
{
  DbkDocumentPlan plan = { .title = "Slips", .media = media, .dpi = dpi, .created_ms = batch->created_ms };
  DbkPointContent *content = check_batch (batch, media, dpi, FALSE, error) ? create_content (batch, media, dpi, FALSE, error) : NULL;

  if (content == NULL)
    return NULL;
  content->page_mm = plan.height_mm = measure_page (content);
  list_entries (content);
  plan.n_pages = 1 + count_list_pages (content) + count_slip_pages (content);
  return dbk_document_new (&plan, draw_page, content, free_content);
}

DbkDocument *
dbk_voucher_new_document (const DbkPointBatch  *batch,
                          DbkMedia              media,
                          int                   dpi,
                          GError              **error)
{
  DbkDocumentPlan plan = { .title = "Voucher", .media = media, .n_pages = 1, .dpi = dpi, .created_ms = batch->created_ms };
  DbkPointContent *content = check_batch (batch, media, dpi, TRUE, error) ? create_content (batch, media, dpi, TRUE, error) : NULL;

  if (content == NULL)
    return NULL;
  content->page_mm = plan.height_mm = measure_page (content);
  return dbk_document_new (&plan, draw_voucher, content, free_content);
}
