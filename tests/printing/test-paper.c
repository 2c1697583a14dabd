/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paper without a reader: sizes, pages, what is refused, that nothing leaves the page, and that the same paper is the
 * same bytes. */
#include "printing/dbk-card.h"
#include "printing/dbk-paper-words.h"
#include "printing/dbk-sheet.h"
#include "printing/dbk-slip.h"
#include "printing/dbk-test-page.h"
#include "tests/printing/dbk-paper-samples.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

static const DbkMedia slip_media[] = { DBK_MEDIA_ROLL_58, DBK_MEDIA_ROLL_80, DBK_MEDIA_A5, DBK_MEDIA_A4 };

static void
test_media (void)
{
  static const struct
  {
    DbkMedia    media;
    const char *word;
    double      width_mm;
    double      height_mm;
    gboolean    is_roll;
  } rows[] = {
    { DBK_MEDIA_CARD, "card", 85.6, 54, FALSE },
    { DBK_MEDIA_CARD_SHEET_A4, "card-sheet", 210, 297, FALSE },
    { DBK_MEDIA_ROLL_58, "58mm", 58, 0, TRUE },
    { DBK_MEDIA_ROLL_80, "80mm", 80, 0, TRUE },
    { DBK_MEDIA_A5, "a5", 148, 210, FALSE },
    { DBK_MEDIA_A4, "a4", 210, 297, FALSE },
  };
  g_autoptr(GError) error = NULL;
  DbkMedia media = DBK_MEDIA_CARD;

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, DBK_N_MEDIA);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double width = 0, height = -1;

      g_assert_cmpstr (dbk_media_to_word (rows[i].media), ==, rows[i].word);
      g_assert_true (dbk_media_from_word (rows[i].word, &media, NULL));
      g_assert_cmpint (media, ==, rows[i].media);
      dbk_media_get_size_mm (media, &width, &height);
      g_assert_cmpfloat (width, ==, rows[i].width_mm);
      g_assert_cmpfloat (height, ==, rows[i].height_mm);
      g_assert_cmpint (dbk_media_is_roll (media), ==, rows[i].is_roll);
      g_assert_cmpint (dbk_media_get_usual_dpi (media), >=, DBK_DPI_LEAST);
    }
  g_assert_false (dbk_media_from_word ("letter", &media, &error));
  g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA);
}

/* The short edge first; a roll by its width, even where the slip is shorter than that. */
static void
test_sheet_orientation (void)
{
  static const struct
  {
    DbkMedia media;
    double   height_mm;
    double   x_mm;
    double   y_mm;
  } rows[] = {
    { DBK_MEDIA_CARD, 0, 54, 85.6 },   { DBK_MEDIA_A4, 0, 210, 297 },      { DBK_MEDIA_A5, 0, 148, 210 },
    { DBK_MEDIA_ROLL_80, 60, 80, 60 }, { DBK_MEDIA_ROLL_80, 120, 80, 120 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DbkDocumentPlan plan = { .title = "It", .media = rows[i].media, .height_mm = rows[i].height_mm, .n_pages = 1, .dpi = 203 };
      g_autoptr(DbkDocument) document = dbk_document_new (&plan, NULL, NULL, NULL);
      double x = 0, y = 0;

      dbk_document_get_sheet_mm (document, &x, &y);
      g_assert_cmpfloat (x, ==, rows[i].x_mm);
      g_assert_cmpfloat (y, ==, rows[i].y_mm);
    }
}

static void
test_words (void)
{
  g_autofree char *day = dbk_paper_day (dbk_day_from_ymd (2026, 3, 5), DBK_LANGUAGE_ENGLISH);
  g_autofree char *day_zh = dbk_paper_day (dbk_day_from_ymd (2026, 3, 8), DBK_LANGUAGE_CHINESE);
  g_autofree char *time = dbk_paper_time (5);
  g_autofree char *one = dbk_paper_totals (1, 0, DBK_LANGUAGE_ENGLISH);
  g_autofree char *many = dbk_paper_totals (500, 5000, DBK_LANGUAGE_CHINESE);
  g_autofree char *nobody = dbk_paper_printed (dbk_day_from_ymd (2026, 3, 5), 400, NULL, DBK_LANGUAGE_ENGLISH);
  g_autofree char *somebody = dbk_paper_printed (dbk_day_from_ymd (2026, 3, 5), 400, "li.na", DBK_LANGUAGE_CHINESE);
  g_autofree char *reprint = dbk_paper_reprint (3, DBK_LANGUAGE_ENGLISH);
  g_autofree char *page = dbk_paper_page_of (2, 9, DBK_LANGUAGE_CHINESE);

  g_assert_cmpstr (day, ==, "Thu 2026-03-05");
  g_assert_cmpstr (day_zh, ==, "2026-03-08 周日");
  g_assert_cmpstr (time, ==, "00:05");
  g_assert_cmpstr (one, ==, "1 patient");
  g_assert_cmpstr (many, ==, "500 人 · 每毫升\302\2405\302\240mg");
  g_assert_cmpstr (nobody, ==, "Printed 2026-03-05 06:40");
  g_assert_cmpstr (somebody, ==, "2026-03-05 06:40 由 li.na 打印");
  g_assert_cmpstr (reprint, ==, "REPRINT 3");
  g_assert_cmpstr (page, ==, "第 2 页 / 共 9 页");
  for (int word = 0; word <= DBK_WORD_TEST_FRAME; word++)
    {
      g_assert_cmpstr (dbk_paper_word ((DbkPaperWord) word, DBK_LANGUAGE_ENGLISH), !=, "");
      g_assert_cmpstr (dbk_paper_word ((DbkPaperWord) word, DBK_LANGUAGE_CHINESE), !=,
                       dbk_paper_word ((DbkPaperWord) word, DBK_LANGUAGE_ENGLISH));
    }
}

/* What is drawn on page @page lies on the paper, with the margin that a print head needs. */
static void
assert_inside (DbkDocument *document,
               guint        page,
               double       margin)
{
  g_autoptr(cairo_surface_t) surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  g_autoptr(cairo_t) cr = cairo_create (surface);
  double x, y, width, height;

  cairo_scale (cr, 10, 10);
  dbk_document_draw_page (document, cr, page);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
  g_assert_cmpfloat (width, >, 100);
  g_assert_cmpfloat (x, >=, margin * 10);
  g_assert_cmpfloat (y, >=, margin * 10);
  g_assert_cmpfloat (x + width, <=, (dbk_document_get_width_mm (document) - margin) * 10);
  g_assert_cmpfloat (y + height, <=, (dbk_document_get_height_mm (document) - margin) * 10);
}

static void
test_slip_fits (void)
{
#ifdef __SANITIZE_ADDRESS__
  /* Ten times as slow, and the same code at each of them. */
  static const int resolutions[] = { 203 };
#else
  static const int resolutions[] = { 150, 180, 203, 300, 600 };
#endif
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  g_autofree char *long_text = g_strnfill (600, 'W');

  for (guint m = 0; m < G_N_ELEMENTS (slip_media); m++)
    for (int language = 0; language < 2; language++)
      for (guint d = 0; d < G_N_ELEMENTS (resolutions); d++)
        {
          DbkSlip plain = dbk_sample_slip (code, (DbkLanguage) language);
          DbkSlip full = dbk_sample_full_slip (code, (DbkLanguage) language);
          g_autoptr(DbkDocument) a = dbk_slip_new_document (&plain, slip_media[m], resolutions[d], NULL);
          g_autoptr(DbkDocument) b = dbk_slip_new_document (&full, slip_media[m], resolutions[d], NULL);
          g_autoptr(DbkDocument) c = NULL;

          full.name = full.site = long_text;
          c = dbk_slip_new_document (&full, slip_media[m], resolutions[d], NULL);
          assert_inside (a, 0, 1.5);
          assert_inside (b, 0, 1.5);
          assert_inside (c, 0, 1.5);
        }
}

/* The height of a roll follows what is on it, in whole dots. */
static void
test_roll_height (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  DbkSlip plain = dbk_sample_slip (code, DBK_LANGUAGE_ENGLISH);
  DbkSlip full = dbk_sample_full_slip (code, DBK_LANGUAGE_ENGLISH);
  g_autoptr(DbkDocument) a = dbk_slip_new_document (&plain, DBK_MEDIA_ROLL_80, 203, NULL);
  g_autoptr(DbkDocument) b = dbk_slip_new_document (&full, DBK_MEDIA_ROLL_80, 203, NULL);
  double dots = dbk_document_get_height_mm (a) * 203 / 25.4;

  g_assert_cmpfloat (dbk_document_get_height_mm (a), >, 60);
  g_assert_cmpfloat (dbk_document_get_height_mm (b), >, dbk_document_get_height_mm (a) + 20);
  g_assert_cmpfloat_with_epsilon (dots, (double) (int) (dots + 0.5), 1e-6);
}

static void
test_slip_refusals (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  g_autofree char *card = dbk_sample_dup_code (DBK_CODE_CARD, 1);
  DbkSlip good = dbk_sample_slip (code, DBK_LANGUAGE_ENGLISH);
  DbkSlip slips[7] = { good, good, good, good, good, good, good };
  static const int codes[] = { DBK_PAPER_ERROR_CONTENT, DBK_PAPER_ERROR_CONTENT, DBK_PAPER_ERROR_CONTENT, DBK_PAPER_ERROR_CONTENT,
                               DBK_PAPER_ERROR_CONTENT, DBK_PAPER_ERROR_MEDIA, DBK_PAPER_ERROR_MEDIA };

  slips[0].number = "";
  slips[1].dose_ug = 0;
  slips[2].code = card;
  slips[3].code = "D1MISTYPEDMISTYPED00";
  slips[4].name = "\xff";
  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (dbk_slip_new_document (&slips[i], i == 5 ? DBK_MEDIA_CARD : DBK_MEDIA_ROLL_80, i == 6 ? 72 : 203, &error));
      g_assert_error (error, DBK_PAPER_ERROR, codes[i]);
    }
}

static void
test_cards (void)
{
  static const struct
  {
    gsize    n;
    DbkMedia media;
    guint    pages;
  } rows[] = { { 1, DBK_MEDIA_CARD, 1 },           { 3, DBK_MEDIA_CARD, 3 },           { 1, DBK_MEDIA_CARD_SHEET_A4, 1 },
               { 10, DBK_MEDIA_CARD_SHEET_A4, 1 }, { 11, DBK_MEDIA_CARD_SHEET_A4, 2 } };
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_CARD, 1);
  g_autofree char *dose = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  g_autofree char *line = g_strnfill (200, 'W');
  DbkCard cards[11];

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    cards[i] = (DbkCard) { .code = code, .clinic_line = i % 2 == 0 ? line : "", .demo = i % 3 == 0 };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkDocument) document = dbk_card_new_document (cards, rows[i].n, rows[i].media, 300, 0, NULL);

      g_assert_cmpuint (dbk_document_get_n_pages (document), ==, rows[i].pages);
      for (guint page = 0; page < rows[i].pages; page++)
        assert_inside (document, page, 2.5);
    }
  {
    g_autoptr(GError) error = NULL;

    g_assert_null (dbk_card_new_document (cards, 0, DBK_MEDIA_CARD, 300, 0, &error));
    g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
  }
  {
    g_autoptr(GError) error = NULL;

    g_assert_null (dbk_card_new_document (cards, 1, DBK_MEDIA_A5, 300, 0, &error));
    g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA);
  }
  {
    g_autoptr(GError) error = NULL;

    cards[1].code = dose;
    g_assert_null (dbk_card_new_document (cards, 2, DBK_MEDIA_CARD, 300, 0, &error));
    g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
  }
}

static DbkSheet
make_sheet (const DbkSheetRow *rows,
            gsize              n_rows)
{
  return (DbkSheet) { .rows = rows, .n_rows = n_rows, .day = dbk_day_from_ymd (2026, 3, 5), .ug_per_ml = 1000, .user = "li.na",
                      .printed_day = dbk_day_from_ymd (2026, 3, 5), .printed_minute = 400, .version = "0.1.0" };
}

static void
test_sheet_pages (void)
{
  static const struct
  {
    gsize rows;
    int   dpi;
    guint pages;
  } rows[] = { { 0, 600, 1 }, { 1, 600, 1 }, { 19, 600, 1 }, { 20, 600, 2 }, { 500, 600, 27 }, { 500, 203, 27 }, { 17, 180, 1 },
               { 18, 180, 2 } };
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_ROW, 1);
  g_autofree DbkSheetRow *patients = g_new0 (DbkSheetRow, 500);

  for (guint i = 0; i < 500; i++)
    patients[i] = (DbkSheetRow) { .number = SAMPLE_LONG_NUMBER, .name = SAMPLE_LONG_CHINESE_NAME, .note = SAMPLE_LONG_NAME,
                                  .dose_ug = 1052500, .volume_ul = 1052500, .code = code };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DbkSheet sheet = make_sheet (patients, rows[i].rows);
      g_autoptr(DbkDocument) document = dbk_sheet_new_document (&sheet, rows[i].dpi, NULL);

      g_assert_cmpuint (dbk_document_get_n_pages (document), ==, rows[i].pages);
      g_assert_cmpuint (dbk_sheet_rows_per_page (rows[i].dpi), ==, rows[i].dpi == 180 ? 17 : 19);
      assert_inside (document, 0, 5);
      assert_inside (document, rows[i].pages - 1, 5);
    }
}

static void
test_sheet_refusals (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_ROW, 1);
  g_autofree char *dose = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  const DbkSheetRow bad[] = { { .number = "", .dose_ug = 1, .code = code }, { .number = "1", .dose_ug = -1, .code = code },
                              { .number = "1", .dose_ug = 1, .code = dose }, { .number = "1", .dose_ug = 1 },
                              { .number = "1", .note = "\xff", .dose_ug = 1, .code = code } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      DbkSheet sheet = make_sheet (&bad[i], 1);
      g_autoptr(GError) error = NULL;

      g_assert_null (dbk_sheet_new_document (&sheet, 600, &error));
      g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
    }
}

static void
test_test_pages (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_TEST, 1);
  DbkTestPage page = { .printer = "slips_at_the_second_window", .code = code, .version = "0.1.0",
                       .printed_day = dbk_day_from_ymd (2026, 3, 5), .printed_minute = 400 };

  for (int media = 0; media < DBK_N_MEDIA; media++)
    for (int language = 0; language < 2; language++)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(DbkDocument) document = NULL;

        page.language = (DbkLanguage) language;
        document = dbk_test_page_new_document (&page, (DbkMedia) media, dbk_media_get_usual_dpi ((DbkMedia) media), &error);
        if (media == DBK_MEDIA_CARD_SHEET_A4)
          g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA);
        else
          assert_inside (document, 0, 2.4);
      }
}

static void
test_same_bytes (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  DbkSlip slip = dbk_sample_full_slip (code, DBK_LANGUAGE_CHINESE);
  g_autoptr(DbkDocument) document = dbk_slip_new_document (&slip, DBK_MEDIA_ROLL_80, 203, NULL);
  g_autoptr(GBytes) once = dbk_sample_write (dbk_document_ref (document));
  g_autoptr(GBytes) twice = dbk_sample_write (dbk_document_ref (document));
  g_autoptr(GBytes) anew = dbk_sample_write (dbk_slip_new_document (&slip, DBK_MEDIA_ROLL_80, 203, NULL));
  g_autoptr(GBytes) later = NULL;

  g_assert_true (g_bytes_equal (once, twice));
  g_assert_true (g_bytes_equal (once, anew));
  slip.created_ms += 1000;
  later = dbk_sample_write (dbk_slip_new_document (&slip, DBK_MEDIA_ROLL_80, 203, NULL));
  g_assert_false (g_bytes_equal (once, later));
}

/* The document has copies: what it was made from may be gone. */
static void
test_copies (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  g_autofree char *number = g_strdup ("0421");
  g_autofree char *name = g_strdup (SAMPLE_LONG_NAME);
  DbkSlip slip = dbk_sample_slip (code, DBK_LANGUAGE_ENGLISH);
  g_autoptr(DbkDocument) document = NULL;
  g_autoptr(GBytes) before = NULL;
  g_autoptr(GBytes) after = NULL;

  slip.number = number;
  slip.name = name;
  document = dbk_slip_new_document (&slip, DBK_MEDIA_ROLL_80, 203, NULL);
  before = dbk_sample_write (dbk_document_ref (document));
  number[0] = name[0] = code[0] = '#';
  after = dbk_sample_write (dbk_document_ref (document));
  g_assert_true (g_bytes_equal (before, after));
}

static gpointer
write_in_thread (gpointer data)
{
  return dbk_sample_write (dbk_document_ref (data));
}

static void
test_threads (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  DbkSlip slip = dbk_sample_full_slip (code, DBK_LANGUAGE_CHINESE);
  g_autoptr(DbkDocument) document = dbk_slip_new_document (&slip, DBK_MEDIA_A5, 600, NULL);
  g_autoptr(GBytes) here = dbk_sample_write (dbk_document_ref (document));
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("paper", write_in_thread, document);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr(GBytes) there = g_thread_join (threads[i]);

      g_assert_true (g_bytes_equal (here, there));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paper/media", test_media);
  g_test_add_func ("/paper/sheet-orientation", test_sheet_orientation);
  g_test_add_func ("/paper/words", test_words);
  g_test_add_func ("/paper/slip/fits", test_slip_fits);
  g_test_add_func ("/paper/slip/roll-height", test_roll_height);
  g_test_add_func ("/paper/slip/refusals", test_slip_refusals);
  g_test_add_func ("/paper/cards", test_cards);
  g_test_add_func ("/paper/sheet/pages", test_sheet_pages);
  g_test_add_func ("/paper/sheet/refusals", test_sheet_refusals);
  g_test_add_func ("/paper/test-pages", test_test_pages);
  g_test_add_func ("/paper/same-bytes", test_same_bytes);
  g_test_add_func ("/paper/copies", test_copies);
  g_test_add_func ("/paper/threads", test_threads);
  return g_test_run ();
}
