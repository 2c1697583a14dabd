/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-test-page"

#include "printing/dbk-test-page.h"

#include <math.h>

#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-text.h"
#include "printing/dbk-paper-words.h"

/* What a wrong font or a wrong language shows at once: shapes that differ between China and Japan, a character beyond
 * the basic plane, and the letters that are mistaken for digits. */
#define SAMPLE_CHINESE "骨 直 令 返 海 每 患者 剂量 60\302\240mg 每毫升\302\2401\302\240mg 𠮷 龘"
#define SAMPLE_LATIN   "0O 1Il 5S 8B 2Z 6G   Zoë Ünal   ½ × ±"

#define RULER_TICK 10
#define N_LINES    4

/* The frame is where the printer still reaches; units are millimetres on the 80 mm roll. */
static const struct
{
  double margin;
  double unit;
} frames[DBK_N_MEDIA] = {
  [DBK_MEDIA_CARD]    = { 2.5, 0.66 },
  [DBK_MEDIA_ROLL_58] = { 5, 0.74 },
  [DBK_MEDIA_ROLL_80] = { 4, 1 },
  [DBK_MEDIA_A5]      = { 10, 1.6 },
  [DBK_MEDIA_A4]      = { 10, 2.1 },
};

typedef struct
{
  DbkLanguage  language;
  int          dpi;
  double       margin;
  double       unit;
  double       width;  /* inside the frame */
  double       height; /* of the paper; 0 while a roll is being measured */
  char        *printer;
  char        *about;
  char        *code;
  DbkQr       *qr;
} TestContent;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

static void
free_content (gpointer data)
{
  TestContent *content = data;

  g_free (content->printer);
  g_free (content->about);
  g_free (content->code);
  dbk_qr_free (content->qr);
  g_free (content);
}

/* Each part draws from @y down and returns where the next one begins. */

static double
draw_head (cairo_t           *cr,
           const TestContent *content,
           double             x,
           double             y,
           double             width)
{
  double u = content->unit;
  const DbkTextStyle title = { 6 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle printer = { 4.2 * u, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle about = { 2.8 * u, FALSE, DBK_ALIGN_LEFT };

  y += dbk_text_draw (cr, &title, dbk_paper_word (DBK_WORD_TEST_TITLE, content->language), x, y, width) + 1.2 * u;
  if (content->printer != NULL)
    y += dbk_text_draw (cr, &printer, content->printer, x, y, width) + 1.2 * u;
  y += dbk_text_draw (cr, &about, content->about, x, y, width) + u;
  return y + dbk_text_draw (cr, &about, dbk_paper_word (DBK_WORD_TEST_FRAME, content->language), x, y, width) + 2 * u;
}

static double
draw_ruler (cairo_t           *cr,
            const TestContent *content,
            double             x,
            double             y,
            double             width)
{
  double u = content->unit;
  const DbkTextStyle text = { 2.6 * u, FALSE, DBK_ALIGN_LEFT };
  int length = (int) floor (width / RULER_TICK) * RULER_TICK;

  y += dbk_text_draw (cr, &text, dbk_paper_word (DBK_WORD_TEST_RULER, content->language), x, y, width) + 0.8 * u;
  for (int mm = 0; mm <= length; mm++)
    {
      double tick = mm % RULER_TICK == 0 ? 4 : mm % 5 == 0 ? 3 : 1.8;

      dbk_mark_upright (cr, x + mm - 0.1, y, tick, 0.2);
    }
  dbk_mark_rule (cr, x - 0.1, y, length + 0.2, 0.2);
  y += 4.4;
  for (int mm = RULER_TICK; mm <= length; mm += RULER_TICK)
    {
      const DbkTextStyle number = { 2.6, FALSE, DBK_ALIGN_RIGHT };
      g_autofree char *label = g_strdup_printf ("%d", mm);

      dbk_text_draw_line (cr, &number, label, x + mm - RULER_TICK, y + 2.2, RULER_TICK + 0.2);
    }
  return y + 3.2 + 1.2 * u;
}

static double
draw_lines (cairo_t           *cr,
            const TestContent *content,
            double             x,
            double             y,
            double             width)
{
  double u = content->unit;
  double dot = 25.4 / content->dpi;
  double part = width / N_LINES;
  const DbkTextStyle text = { 2.6 * u, FALSE, DBK_ALIGN_LEFT };

  y += dbk_text_draw (cr, &text, dbk_paper_word (DBK_WORD_TEST_LINES, content->language), x, y, width) + 1.2 * u;
  for (int i = 0; i < N_LINES; i++)
    for (int line = 0; line < 2; line++)
      dbk_mark_rule (cr, x + i * part, (round (y / dot) + line * 2 * (i + 1)) * dot, part * 0.9, (i + 1) * dot);
  return y + 2 * u + 2.0 * N_LINES * dot;
}

static double
draw_samples (cairo_t           *cr,
              const TestContent *content,
              double             x,
              double             y,
              double             width)
{
  double u = content->unit;
  double side = dbk_qr_get_size_mm (content->qr, DBK_QR_MODULE_LEAST_MM, content->dpi);
  double half_quiet = DBK_QR_QUIET_MODULES / 2 * dbk_qr_module_mm (DBK_QR_MODULE_LEAST_MM, content->dpi);
  double right = x + width - side;
  double room = width - side;
  const DbkTextStyle chinese = { 3.8 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle latin = { 3.2 * u, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle scan = { 2.6 * u, FALSE, DBK_ALIGN_CENTRE };
  double below = y + side - half_quiet;

  dbk_qr_draw (content->qr, cr, right, y - half_quiet, DBK_QR_MODULE_LEAST_MM, content->dpi);
  dbk_text_draw_line (cr, &scan, dbk_paper_word (DBK_WORD_TEST_SCAN, content->language), right, below + 2.2 * u, side);
  y += dbk_text_draw (cr, &chinese, SAMPLE_CHINESE, x, y, room) + u;
  y += dbk_text_draw (cr, &latin, SAMPLE_LATIN, x, y, room) + u;
  y += dbk_text_draw (cr, &latin, content->code, x, y, room);
  return MAX (y, below + 2.6 * u);
}

static double
draw_test (cairo_t           *cr,
           const TestContent *content)
{
  double u = content->unit;
  double x = content->margin + 2 * u;
  double width = content->width - 4 * u;
  double y = content->margin + 2 * u;

  y = draw_head (cr, content, x, y, width);
  y = draw_ruler (cr, content, x, y, width);
  y = draw_lines (cr, content, x, y, width);
  return draw_samples (cr, content, x, y, width) + 2 * u + content->margin;
}

static void
draw_page (cairo_t       *cr,
           guint          page,
           gconstpointer  data)
{
  const TestContent *content = data;

  cairo_set_line_width (cr, 0.3);
  cairo_rectangle (cr, content->margin + 0.15, content->margin + 0.15, content->width - 0.3, content->height - 2 * content->margin - 0.3);
  cairo_stroke (cr);
  draw_test (cr, content);
}

static double
measure_roll (const TestContent *content)
{
  g_autoptr(cairo_surface_t) nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  g_autoptr(cairo_t) cr = cairo_create (nowhere);

  return ceil (draw_test (cr, content) * content->dpi / 25.4) * 25.4 / content->dpi;
}

static char *
describe (const DbkTestPage *page,
          DbkMedia           media,
          int                dpi)
{
  g_autofree char *iso = dbk_day_to_iso (page->printed_day);
  g_autofree char *at = dbk_paper_time (page->printed_minute);

  return g_strdup_printf ("%s · %d dpi · %s %s · Dosebook %s", dbk_media_to_word (media), dpi, iso, at,
                          page->version != NULL ? page->version : "");
}

static TestContent *
create_content (const DbkTestPage *page,
                DbkMedia           media,
                int                dpi,
                GError           **error)
{
  g_autofree char *canonical = NULL;
  DbkQr *qr = dbk_mark_new_code (page->code, DBK_CODE_TEST, DBK_QR_WORN, &canonical, error);
  TestContent *content;
  double width = 0;

  if (qr == NULL)
    return NULL;
  content = g_new0 (TestContent, 1);
  dbk_media_get_size_mm (media, &width, &content->height);
  content->language = page->language;
  content->dpi = dpi;
  content->margin = frames[media].margin;
  content->unit = frames[media].unit;
  content->width = width - 2 * content->margin;
  content->printer = page->printer != NULL && *page->printer != '\0' ? g_strdup (page->printer) : NULL;
  content->about = describe (page, media, dpi);
  content->code = dbk_mark_group_code (canonical);
  content->qr = qr;
  return content;
}

DbkDocument *
dbk_test_page_new_document (const DbkTestPage  *page,
                            DbkMedia            media,
                            int                 dpi,
                            GError            **error)
{
  DbkDocumentPlan plan = { .title = "Printer test", .media = media, .n_pages = 1, .dpi = dpi, .created_ms = page->created_ms };
  TestContent *content;

  if (media >= DBK_N_MEDIA || frames[media].unit <= 0)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA, "A test page is not printed on %s", dbk_media_to_word (media));
      return NULL;
    }
  if (!dbk_mark_check_dpi (dpi, error) || !dbk_mark_check_text (page->printer, error) || !dbk_mark_check_text (page->version, error))
    return NULL;
  content = create_content (page, media, dpi, error);
  if (content == NULL)
    return NULL;
  if (dbk_media_is_roll (media))
    plan.height_mm = content->height = measure_roll (content);
  return dbk_document_new (&plan, draw_page, content, free_content);
}
