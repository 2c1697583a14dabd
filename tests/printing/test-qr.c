/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A code's size, what it refuses, and that its modules come out of a renderer as whole dots. */
#include "printing/dbk-paper.h"
#include "printing/dbk-qr.h"
#include "tests/lib/dbk-paper-reader.h"
#include "tests/printing/dbk-paper-samples.h"

static void
test_sizes (void)
{
  static const struct
  {
    const char *text;
    DbkQrKind   kind;
    int         width;
  } rows[] = {
    { "A", DBK_QR_WORN, 25 },
    { "M1ABCDEFGHJKMNPQRSTV", DBK_QR_WORN, 25 },
    { "M1ABCDEFGHJKMNPQRSTVW", DBK_QR_WORN, 29 },
    { "00000000000000000000", DBK_QR_WORN, 25 },
    { "R1ABCDEFGHJKMNPQRSTV", DBK_QR_COMPACT, 21 },
    { "R1ABCDEFGHJKMNPQRSTVW", DBK_QR_COMPACT, 25 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkQr) qr = dbk_qr_new (rows[i].text, rows[i].kind, &error);

      g_assert_no_error (error);
      g_assert_cmpint (dbk_qr_get_width (qr), ==, rows[i].width);
      /* Three finder patterns: dark corners, and none in the fourth. */
      g_assert_true (dbk_qr_is_dark (qr, 0, 0));
      g_assert_true (dbk_qr_is_dark (qr, 0, rows[i].width - 1));
      g_assert_true (dbk_qr_is_dark (qr, rows[i].width - 1, 0));
      g_assert_false (dbk_qr_is_dark (qr, 1, 1));
    }
}

static void
test_refusals (void)
{
  g_autofree char *endless = g_strnfill (5000, 'A');
  const char *refused[] = { "", "lower", "M1ABC_", "患者", "A\nB", endless };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (dbk_qr_new (refused[i], DBK_QR_WORN, &error));
      g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
    }
}

static void
test_module_dots (void)
{
  static const struct
  {
    double least_mm;
    int    dpi;
    int    dots;
  } rows[] = {
    { 0.5, 150, 3 },  { 0.5, 152, 3 },   { 0.5, 153, 4 },   { 0.5, 180, 4 },   { 0.5, 203, 4 },  { 0.5, 204, 5 },
    { 0.5, 300, 6 },  { 0.5, 304, 6 },   { 0.5, 305, 7 },   { 0.5, 600, 12 },  { 0.5, 2400, 48 },
    { 1.0, 203, 8 },  { 1.0, 300, 12 },  { 25.4, 203, 203 }, { 0.508, 300, 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (dbk_qr_module_dots (rows[i].least_mm, rows[i].dpi), ==, rows[i].dots);
      g_assert_cmpfloat (dbk_qr_module_mm (rows[i].least_mm, rows[i].dpi), >=, rows[i].least_mm - 1e-6);
    }
}

typedef struct
{
  DbkQr *qr;
  int    dpi;
} Lone;

static void
draw_lone (cairo_t       *cr,
           guint          page,
           gconstpointer  content)
{
  const Lone *lone = content;

  dbk_qr_draw (lone->qr, cr, 3.33, 5.71, DBK_QR_MODULE_LEAST_MM, lone->dpi);
}

/* The first dark dot, in reading order: the corner of the first finder pattern. */
static void
find_corner (const DbkPaperDots *dots,
             int                *left,
             int                *top)
{
  for (int i = 0; i < dots->width * dots->height; i++)
    if (dots->dots[i] != 0)
      {
        *left = i % dots->width;
        *top = i / dots->width;
        return;
      }
  g_assert_not_reached ();
}

static void
check_dots (const DbkPaperDots *dots,
            const DbkQr        *qr,
            int                 left,
            int                 top,
            int                 module)
{
  int side = dbk_qr_get_width (qr) * module;
  int dark = 0;

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        guint8 dot = dots->dots[(top + y) * dots->width + left + x];

        g_assert_cmpint (dot, ==, dbk_qr_is_dark (qr, y / module, x / module));
        dark += dot;
      }
  for (int i = 0; i < dots->width * dots->height; i++)
    dark -= dots->dots[i];
  g_assert_cmpint (dark, ==, 0);
}

/* Every dot of every module, at the resolution of the printer. */
static void
test_whole_dots (gconstpointer data)
{
  Lone lone = { NULL, GPOINTER_TO_INT (data) };
  DbkDocumentPlan plan = { .title = "Code", .media = DBK_MEDIA_ROLL_58, .height_mm = 40, .n_pages = 1, .dpi = lone.dpi };
  int module = dbk_qr_module_dots (DBK_QR_MODULE_LEAST_MM, lone.dpi);
  int left = 0, top = 0;

  if (!dbk_paper_reader_is_there ())
    return;
  for (guint n = 0; n < 4; n++)
    {
      g_autofree char *code = dbk_sample_dup_code (DBK_CODE_CARD, n);
      g_autoptr(DbkQr) qr = dbk_qr_new (code, DBK_QR_WORN, NULL);
      g_autoptr(GBytes) pdf = NULL;
      g_autoptr(DbkPaperDots) dots = NULL;

      lone.qr = qr;
      pdf = dbk_sample_write (dbk_document_new (&plan, draw_lone, &lone, NULL));
      dots = dbk_paper_reader_read_dots (pdf, lone.dpi);
      find_corner (dots, &left, &top);
      g_assert_cmpint (left, ==, (int) (3.33 * lone.dpi / 25.4) + 1 + DBK_QR_QUIET_MODULES * module);
      g_assert_cmpint (top, ==, (int) (5.71 * lone.dpi / 25.4) + 1 + DBK_QR_QUIET_MODULES * module);
      check_dots (dots, qr, left, top, module);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr/sizes", test_sizes);
  g_test_add_func ("/qr/refusals", test_refusals);
  g_test_add_func ("/qr/module-dots", test_module_dots);
  g_test_add_data_func ("/qr/whole-dots/180", GINT_TO_POINTER (180), test_whole_dots);
  g_test_add_data_func ("/qr/whole-dots/203", GINT_TO_POINTER (203), test_whole_dots);
  g_test_add_data_func ("/qr/whole-dots/300", GINT_TO_POINTER (300), test_whole_dots);
  g_test_add_data_func ("/qr/whole-dots/600", GINT_TO_POINTER (600), test_whole_dots);
  return g_test_run ();
}
