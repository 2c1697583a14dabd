/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-slip"

#include "printing/dbk-slip.h"

#include <math.h>

#include "db/record/dbk-quantity.h"
#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-text.h"
#include "printing/dbk-paper-words.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

/* How high a capital is, in sizes. */
#define CAPITAL 0.74

/* How a slip that is too long for its sheet is made to fit. */
#define SHRINK     0.93
#define MOST_TRIES 40

/* Where a slip stands on its paper. Rolls have margins that the print head does not reach (384 and 576 dots of 203 dpi are
 * 48 and 72 mm); everything else is in units, which are millimetres on the 80 mm roll. */
typedef struct
{
  double left;
  double top;
  double width;
  double unit;
  double module_mm;
  gboolean is_wide; /* the code stands beside the table, not below it */
} SlipFrame;

static const SlipFrame frames[DBK_N_MEDIA] = {
  [DBK_MEDIA_ROLL_58] = { 5, 3, 48, 0.74, DBK_QR_MODULE_LEAST_MM, FALSE },
  [DBK_MEDIA_ROLL_80] = { 4, 3, 72, 1.0, DBK_QR_MODULE_LEAST_MM, FALSE },
  [DBK_MEDIA_A5]      = { 14, 14, 120, 1.5, 0.75, TRUE },
  [DBK_MEDIA_A4]      = { 20, 20, 170, 2.1, 1.0, TRUE },
};

typedef struct
{
  DbkLanguage  language;
  SlipFrame    frame;
  int          dpi;
  char        *demo;
  char        *reprint;
  char        *number;
  char        *name;
  char        *drug;
  char        *dose;
  char        *volume;
  char        *strength;
  char        *day;
  char        *time;
  char        *next_day;
  char        *site;
  char        *code;
  DbkQr       *qr;
} SlipContent;

static void
free_content (gpointer data)
{
  SlipContent *content = data;
  char *texts[] = { content->demo, content->reprint, content->number, content->name, content->drug, content->dose,
                    content->volume, content->strength, content->day, content->time, content->next_day, content->site,
                    content->code };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  dbk_qr_free (content->qr);
  g_free (content);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SlipContent, free_content)

/* Each part draws from @y down and returns where the next one begins. */

static double
draw_bands (cairo_t           *cr,
            const SlipContent *content,
            double             y)
{
  const SlipFrame *f = &content->frame;
  double u = f->unit;

  if (content->demo != NULL)
    {
      dbk_mark_striped_band (cr, f->left, y, f->width, 6.5 * u, content->demo);
      y += 8.5 * u;
    }
  if (content->reprint != NULL)
    {
      dbk_mark_banner (cr, f->left, y, f->width, 6.5 * u, content->reprint);
      y += 8.5 * u;
    }
  return y;
}

/* With the top of its capitals at @y; returns its baseline. */
static double
draw_big (cairo_t            *cr,
          const DbkTextStyle *style,
          const char         *text,
          double              x,
          double              y,
          double              width)
{
  double baseline = y + CAPITAL * dbk_text_fit_line (cr, style, text, width);

  dbk_text_draw_line (cr, style, text, x, baseline, width);
  return baseline;
}

static double
draw_person (cairo_t           *cr,
             const SlipContent *content,
             double             y)
{
  const SlipFrame *f = &content->frame;
  double u = f->unit;
  const DbkTextStyle label = { 3.6 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle number = { 10 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle name = { 4.8 * u, TRUE, DBK_ALIGN_LEFT };
  double indent = 9 * u;

  y = draw_big (cr, &number, content->number, f->left + indent, y + u, f->width - indent);
  dbk_text_draw_line (cr, &label, dbk_paper_word (DBK_WORD_NUMBER, content->language), f->left, y, indent - u);
  y += 3 * u;
  if (content->name != NULL)
    y += dbk_text_draw (cr, &name, content->name, f->left, y, f->width) + 2 * u;
  dbk_mark_rule (cr, f->left, y, f->width, 0.5 * u);
  return y + 2.5 * u;
}

/* The volume and its concentration on one line, unless that would make the concentration small. */
static double
draw_volume (cairo_t           *cr,
             const SlipContent *content,
             double             y)
{
  const SlipFrame *f = &content->frame;
  double u = f->unit;
  const DbkTextStyle volume = { 8 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle strength = { 4.2 * u, TRUE, DBK_ALIGN_LEFT };
  double baseline = y + CAPITAL * volume.size_mm;
  double used = dbk_text_draw_line (cr, &volume, content->volume, f->left, baseline, f->width) + 2 * u;

  if (content->strength != NULL && used < f->width &&
      dbk_text_fit_line (cr, &strength, content->strength, f->width - used) > 3.4 * u)
    dbk_text_draw_line (cr, &strength, content->strength, f->left + used, baseline, f->width - used);
  else if (content->strength != NULL)
    {
      baseline += 5.6 * u;
      dbk_text_draw_line (cr, &strength, content->strength, f->left, baseline, f->width);
    }
  return baseline + 3.2 * u;
}

static double
draw_dose (cairo_t           *cr,
           const SlipContent *content,
           double             y)
{
  const SlipFrame *f = &content->frame;
  double u = f->unit;
  const DbkTextStyle label = { 3.6 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle dose = { 15.5 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle drug = { 4.4 * u, TRUE, DBK_ALIGN_LEFT };

  dbk_text_draw_line (cr, &label, dbk_paper_word (DBK_WORD_DOSE, content->language), f->left, y + 3.2 * u, f->width);
  /* Below the baseline there is the tail of the g. */
  y = draw_big (cr, &dose, content->dose, f->left, y + 5.6 * u, f->width) + 6.2 * u;
  if (content->volume != NULL)
    y = draw_volume (cr, content, y);
  if (content->drug != NULL)
    y += dbk_text_draw (cr, &drug, content->drug, f->left, y - 0.6 * u, f->width) + 1.6 * u;
  dbk_mark_rule (cr, f->left, y, f->width, 0.5 * u);
  return y + 3 * u;
}

static double
draw_entry (cairo_t           *cr,
            const SlipContent *content,
            DbkPaperWord       word,
            const char        *value,
            double             y,
            double             width)
{
  const SlipFrame *f = &content->frame;
  double u = f->unit;
  const DbkTextStyle label = { 3.6 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle bold = { 4.4 * u, TRUE, DBK_ALIGN_LEFT };
  double column = 17 * u;

  if (value == NULL)
    return y;
  /* The label's baseline is the one of the value's first line. */
  dbk_text_draw_line (cr, &label, dbk_paper_word (word, content->language), f->left, y + 0.88 * bold.size_mm, column - u);
  return y + dbk_text_draw (cr, &bold, value, f->left + column, y, width - column) + 1.8 * u;
}

static double
draw_table (cairo_t           *cr,
            const SlipContent *content,
            double             y,
            double             width)
{
  y = draw_entry (cr, content, DBK_WORD_DAY, content->day, y, width);
  y = draw_entry (cr, content, DBK_WORD_TIME, content->time, y, width);
  y = draw_entry (cr, content, DBK_WORD_NEXT_DAY, content->next_day, y, width);
  return draw_entry (cr, content, DBK_WORD_SITE, content->site, y, width) + 0.5 * content->frame.unit;
}

static double
draw_table_and_code (cairo_t           *cr,
                     const SlipContent *content,
                     double             y)
{
  const SlipFrame *f = &content->frame;
  double u = f->unit;
  double side = dbk_qr_get_size_mm (content->qr, f->module_mm, content->dpi);
  double quiet = DBK_QR_QUIET_MODULES * dbk_qr_module_mm (f->module_mm, content->dpi);
  const DbkTextStyle code = { 3.8 * u, FALSE, DBK_ALIGN_LEFT };
  double bottom;

  if (f->is_wide)
    {
      const DbkTextStyle below = { 2.2 * u, FALSE, DBK_ALIGN_CENTRE };

      bottom = draw_table (cr, content, y, f->width - side - 2 * u);
      dbk_qr_draw (content->qr, cr, f->left + f->width - side + quiet, y - quiet + 0.5 * u, f->module_mm, content->dpi);
      y += side - quiet + 0.8 * u;
      y += dbk_text_draw (cr, &below, content->code, f->left + f->width - side + 2 * quiet, y, side - 2 * quiet);
      return MAX (bottom, y);
    }
  y = draw_table (cr, content, y, f->width);
  dbk_qr_draw (content->qr, cr, f->left - quiet, y - quiet + u, f->module_mm, content->dpi);
  dbk_text_draw_in_box (cr, &code, content->code, f->left + side - quiet, y + u, 12.5 * code.size_mm * 0.6,
                        side - 2 * quiet);
  return y + u + side - quiet + u;
}

static double
draw_slip (cairo_t           *cr,
           const SlipContent *content)
{
  double y = content->frame.top;

  y = draw_bands (cr, content, y);
  y = draw_person (cr, content, y);
  y = draw_dose (cr, content, y);
  return draw_table_and_code (cr, content, y);
}

static void
draw_page (cairo_t       *cr,
           guint          page,
           gconstpointer  data)
{
  draw_slip (cr, data);
}

static double
measure_slip (const SlipContent *content)
{
  g_autoptr(cairo_surface_t) nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  g_autoptr(cairo_t) cr = cairo_create (nowhere);

  return draw_slip (cr, content);
}

/* A roll is as long as what is on it, and a whole number of dots: a renderer that counts from the lower edge then
 * still finds the code's modules on whole dots. A sheet has its length, and what would go beyond it is set smaller. */
static double
settle_height (SlipContent *content,
               DbkMedia     media)
{
  double dot = 25.4 / content->dpi;
  double height = 0;

  if (dbk_media_is_roll (media))
    return ceil (measure_slip (content) / dot) * dot;
  dbk_media_get_size_mm (media, NULL, &height);
  for (int tries = 0; tries < MOST_TRIES && measure_slip (content) > height - content->frame.top / 2; tries++)
    content->frame.unit *= SHRINK;
  return height;
}

static char *
dup_said (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
set_amounts (SlipContent   *content,
             const DbkSlip *slip)
{
  content->dose = dbk_dose_format (slip->dose_ug);
  if (slip->volume_ul > 0)
    content->volume = dbk_volume_format (slip->volume_ul);
  if (slip->volume_ul > 0 && slip->ug_per_ml > 0)
    content->strength = dbk_paper_strength (slip->ug_per_ml, slip->language);
}

static SlipContent *
create_content (const DbkSlip  *slip,
                DbkMedia        media,
                int             dpi,
                GError        **error)
{
  g_autoptr(SlipContent) content = g_new0 (SlipContent, 1);
  g_autofree char *canonical = NULL;

  content->qr = dbk_mark_new_code (slip->code, DBK_CODE_DOSE, DBK_QR_WORN, &canonical, error);
  if (content->qr == NULL)
    return NULL;
  content->language = slip->language;
  content->frame = frames[media];
  content->dpi = dpi;
  content->code = dbk_mark_group_code (canonical);
  content->number = g_strdup (slip->number);
  content->name = dup_said (slip->name);
  content->drug = dup_said (slip->drug);
  content->site = dup_said (slip->site);
  set_amounts (content, slip);
  content->day = dbk_paper_day (slip->day, slip->language);
  if (slip->minute_of_day != DBK_MINUTE_NONE)
    content->time = dbk_paper_time (slip->minute_of_day);
  if (slip->next_day != DBK_DAY_NONE)
    content->next_day = dbk_paper_day (slip->next_day, slip->language);
  if (slip->reprint > 0)
    content->reprint = dbk_paper_reprint (slip->reprint, slip->language);
  if (slip->demo)
    content->demo = g_strdup (dbk_paper_word (DBK_WORD_DEMO_DOSE, slip->language));
  return g_steal_pointer (&content);
}

static gboolean
check_slip (const DbkSlip  *slip,
            DbkMedia        media,
            int             dpi,
            GError        **error)
{
  if (media >= DBK_N_MEDIA || frames[media].width <= 0)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA, "A slip is not printed on %s", dbk_media_to_word (media));
      return FALSE;
    }
  if (slip->number == NULL || *slip->number == '\0' || slip->dose_ug <= 0 || slip->day == DBK_DAY_NONE)
    {
      g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "A slip needs a number, a dose and a day");
      return FALSE;
    }
  return dbk_mark_check_dpi (dpi, error) && dbk_mark_check_text (slip->number, error) &&
         dbk_mark_check_text (slip->name, error) && dbk_mark_check_text (slip->drug, error) &&
         dbk_mark_check_text (slip->site, error);
}

DbkDocument *
dbk_slip_new_document (const DbkSlip  *slip,
                       DbkMedia        media,
                       int             dpi,
                       GError        **error)
{
  DbkDocumentPlan plan = { .title = "Slip", .media = media, .n_pages = 1, .dpi = dpi, .created_ms = slip->created_ms };
  SlipContent *content;

  if (!check_slip (slip, media, dpi, error))
    return NULL;
  content = create_content (slip, media, dpi, error);
  if (content == NULL)
    return NULL;
  plan.height_mm = settle_height (content, media);
  return dbk_document_new (&plan, draw_page, content, free_content);
}
