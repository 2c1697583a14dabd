/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paper read back as a finder or a scanner would: the code is the one it was made with, the text is there, and what a paper
 * must not tell is not in it, nor in the file's properties. */
#include <string.h>

#include "printing/dbk-card.h"
#include "printing/dbk-sheet.h"
#include "printing/dbk-test-page.h"
#include "tests/lib/dbk-paper-reader.h"
#include "tests/printing/dbk-paper-samples.h"

typedef struct
{
  char          *text;
  DbkPaperFacts *facts;
} Reading;

static Reading *
read_pdf (GBytes *pdf)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->text = dbk_paper_reader_dup_text (pdf);
  reading->facts = dbk_paper_reader_read_facts (pdf);
  return reading;
}

static void
free_reading (Reading *reading)
{
  g_free (reading->text);
  dbk_paper_facts_free (reading->facts);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, free_reading)

static void
assert_says (const Reading *reading,
             const char    *words)
{
  if (strstr (reading->text, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, reading->text);
}

static void
assert_keeps (const Reading *reading,
              const char    *words)
{
  g_assert_null (strstr (reading->text, words));
  g_assert_null (strstr (reading->facts->properties, words));
}

static void
assert_codes (GBytes            *pdf,
              guint              page,
              int                dpi,
              const char *const *wanted)
{
  g_auto(GStrv) codes = dbk_paper_reader_dup_codes (pdf, page, dpi);

  g_assert_cmpstrv (codes, wanted);
}

/* Number, dose and day; no name, no drug, nobody who made it. */
static void
test_slip (void)
{
  static const DbkMedia media[] = { DBK_MEDIA_ROLL_58, DBK_MEDIA_ROLL_80, DBK_MEDIA_A5, DBK_MEDIA_A4 };
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 1);
  const char *codes[] = { code, NULL };

  if (!dbk_paper_reader_is_there ())
    return;
  for (guint m = 0; m < G_N_ELEMENTS (media); m++)
    for (int language = 0; language < 2; language++)
      {
        DbkSlip slip = dbk_sample_slip (code, (DbkLanguage) language);
        int dpi = dbk_media_get_usual_dpi (media[m]);
        g_autoptr(GBytes) pdf = dbk_sample_write (dbk_slip_new_document (&slip, media[m], dpi, NULL));
        g_autoptr(Reading) reading = read_pdf (pdf);

        assert_codes (pdf, 0, dpi, codes);
        g_assert_cmpuint (reading->facts->n_pages, ==, 1);
        assert_says (reading, "0421");
        assert_says (reading, "60 mg");
        assert_says (reading, "12 mL");
        assert_says (reading, "08:12");
        assert_says (reading, "C1");
        assert_keeps (reading, "ethadon");
        assert_keeps (reading, "美沙酮");
        assert_keeps (reading, "DEMO");
        assert_keeps (reading, "演示");
        assert_keeps (reading, "REPRINT");
        assert_keeps (reading, "Author");
      }
}

/* What the clinic wants on it is on it, whole; a second print and a demonstration say so. */
static void
test_full_slip (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_DOSE, 2);
  const char *codes[] = { code, NULL };
  DbkSlip english = dbk_sample_full_slip (code, DBK_LANGUAGE_ENGLISH);
  DbkSlip chinese = dbk_sample_full_slip (code, DBK_LANGUAGE_CHINESE);
  g_autoptr(GBytes) in_english = NULL;
  g_autoptr(GBytes) in_chinese = NULL;
  g_autoptr(Reading) reading = NULL;
  g_autoptr(Reading) chinese_reading = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  in_english = dbk_sample_write (dbk_slip_new_document (&english, DBK_MEDIA_A5, 600, NULL));
  reading = read_pdf (in_english);
  assert_codes (in_english, 0, 600, codes);
  assert_says (reading, SAMPLE_LONG_NUMBER);
  assert_says (reading, "Maximiliana");
  assert_says (reading, "methadone oral solution");
  assert_says (reading, "Outreach point at the village health post B");
  assert_says (reading, "REPRINT 2");
  assert_says (reading, "NOT A REAL DOSE");
  in_chinese = dbk_sample_write (dbk_slip_new_document (&chinese, DBK_MEDIA_A5, 600, NULL));
  chinese_reading = read_pdf (in_chinese);
  assert_codes (in_chinese, 0, 600, codes);
  assert_says (chinese_reading, "美沙酮口服溶液");
  assert_says (chinese_reading, "欧阳阿卜杜热西提");
  assert_says (chinese_reading, "补打 第2次");
  assert_says (chinese_reading, "演示");
  /* Names stay on the paper. */
  g_assert_null (strstr (reading->facts->properties, "Maximiliana"));
  g_assert_null (strstr (chinese_reading->facts->properties, "欧阳"));
}

/* Whoever finds a card learns four characters. */
static void
test_card (void)
{
  g_autofree char *code = dbk_sample_dup_code (DBK_CODE_CARD, 3);
  const char *codes[] = { code, NULL };
  DbkCard card = { .code = code };
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(Reading) reading = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  pdf = dbk_sample_write (dbk_card_new_document (&card, 1, DBK_MEDIA_CARD, 300, 0, NULL));
  reading = read_pdf (pdf);
  assert_codes (pdf, 0, 300, codes);
  assert_says (reading, code + strlen (code) - 4);
  assert_keeps (reading, code);
  assert_keeps (reading, "ethadon");
  assert_keeps (reading, "osebook");
  assert_keeps (reading, "Author");
  g_assert_cmpint (g_utf8_strlen (reading->text, -1), <=, 12);
}

/* Ten to a sheet, each with its own. */
static void
test_card_sheet (void)
{
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GBytes) pdf = NULL;
  g_auto(GStrv) seen = NULL;
  DbkCard cards[10];

  if (!dbk_paper_reader_is_there ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_ptr_array_add (codes, dbk_sample_dup_code (DBK_CODE_CARD, 10 + i));
      cards[i] = (DbkCard) { .code = g_ptr_array_index (codes, i) };
    }
  pdf = dbk_sample_write (dbk_card_new_document (cards, G_N_ELEMENTS (cards), DBK_MEDIA_CARD_SHEET_A4, 300, 0, NULL));
  seen = dbk_paper_reader_dup_codes (pdf, 0, 300);
  g_assert_cmpuint (g_strv_length (seen), ==, codes->len);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (g_strv_contains ((const char *const *) seen, g_ptr_array_index (codes, i)));
}

/* A code and a dose for each row. */
static void
test_sheet (void)
{
  DbkSheetRow rows[3];
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  DbkSheet sheet = { .language = DBK_LANGUAGE_CHINESE, .rows = rows, .n_rows = G_N_ELEMENTS (rows), .day = dbk_day_from_ymd (2026, 3, 5),
                     .ug_per_ml = 5000, .user = "li.na", .printed_day = dbk_day_from_ymd (2026, 3, 5), .printed_minute = 400,
                     .version = "0.1.0" };
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(Reading) reading = NULL;
  g_auto(GStrv) seen = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_ptr_array_add (codes, dbk_sample_dup_code (DBK_CODE_ROW, 20 + i));
      rows[i] = (DbkSheetRow) { .number = i == 0 ? "0421" : "0422", .name = "患者丙", .dose_ug = 30000 + 5000 * (gint64) i,
                                .volume_ul = 6000 + 1000 * (gint64) i, .code = g_ptr_array_index (codes, i) };
    }
  pdf = dbk_sample_write (dbk_sheet_new_document (&sheet, 600, NULL));
  reading = read_pdf (pdf);
  seen = dbk_paper_reader_dup_codes (pdf, 0, 600);
  g_assert_cmpuint (g_strv_length (seen), ==, codes->len);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (g_strv_contains ((const char *const *) seen, g_ptr_array_index (codes, i)));
  assert_says (reading, "0421");
  assert_says (reading, "患者丙");
  assert_says (reading, "30 mg");
  assert_says (reading, "40 mg");
  g_assert_null (strstr (reading->facts->properties, "患者丙"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/read-back/slip", test_slip);
  g_test_add_func ("/read-back/full-slip", test_full_slip);
  g_test_add_func ("/read-back/card", test_card);
  g_test_add_func ("/read-back/card-sheet", test_card_sheet);
  g_test_add_func ("/read-back/sheet", test_sheet);
  return g_test_run ();
}
