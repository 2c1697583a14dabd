/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper of dosing points, printed and read back with other programs: every slip's code at the dots of its printer, what must agree on the cover,
 * names on the list and nowhere else. */

#include <string.h>

#include "printing/dbk-point-slips.h"
#include "tests/lib/dbk-paper-reader.h"
#include "tests/printing/dbk-paper-samples.h"

#define N_SLIPS 6
#define CODE_LENGTH 194

static char *
new_code (guint i)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  GString *code = g_string_new ("P1");

  for (guint j = 2; j < CODE_LENGTH; j++)
    g_string_append_c (code, letters[(j * 7 + i * 13 + j * j % 11) % 32]);
  return g_string_free (code, FALSE);
}

typedef struct
{
  DbkPointSlip  slips[N_SLIPS];
  char         *codes[N_SLIPS];
  DbkPointBatch batch;
} Sample;

static void
fill (Sample      *sample,
      DbkLanguage  language)
{
  static const char *const numbers[] = { "0421", "0422" };
  static const char *const names[] = { "欧阳阿卜杜热西提", "Maximiliana Constantinopolitana" };
  DbkDay monday = 0;

  g_assert_true (dbk_day_from_iso ("2026-03-02", &monday, NULL));
  for (guint i = 0; i < N_SLIPS; i++)
    {
      sample->codes[i] = new_code (i);
      sample->slips[i] = (DbkPointSlip) { .number = numbers[i % 2], .name = names[i % 2], .day = monday + (DbkDay) (i / 2), .until = monday + (DbkDay) (i / 2),
                                          .dose_ug = 60000, .volume_ul = 12000, .code = sample->codes[i], .id = "7KX4M2Q9R8T6V0WB" };
    }
  sample->batch = (DbkPointBatch) { .language = language, .slips = sample->slips, .n_slips = N_SLIPS, .patients = 2, .site = "P4 Ward", .clinic = "Clinic 1",
                                    .from = monday, .until = monday + 2, .lot = "D-0417", .ug_per_ml = 5000, .lot_expires = monday + 300,
                                    .total_ul = 72000, .stop_after = 3, .user = "li.na", .printed_day = monday, .printed_minute = 400 };
}

static void
clear (Sample *sample)
{
  for (guint i = 0; i < N_SLIPS; i++)
    g_free (sample->codes[i]);
}

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* The slips on a page, and no other code. */
static void
assert_page (GBytes       *pdf,
             guint         page,
             int           dpi,
             const Sample *sample,
             guint         first,
             guint         n)
{
  g_auto(GStrv) codes = dbk_paper_reader_dup_codes (pdf, page, dpi);
  const char *wanted[N_SLIPS + 1] = { NULL };

  for (guint i = 0; i < n; i++)
    wanted[i] = sample->codes[first + i];
  qsort (wanted, n, sizeof *wanted, compare);
  g_assert_cmpstrv (codes, wanted);
}

static void
test_batch (void)
{
  static const struct { DbkMedia media; guint front, per_page; } papers[] = {
    { DBK_MEDIA_ROLL_58, 2, 1 }, { DBK_MEDIA_ROLL_80, 2, 1 }, { DBK_MEDIA_A5, 2, 1 }, { DBK_MEDIA_A4, 2, 4 } };

  if (!dbk_paper_reader_is_there ())
    return;
  for (guint p = 0; p < G_N_ELEMENTS (papers); p++)
    for (int language = 0; language < 2; language++)
      {
        Sample sample = { 0 };
        int dpi = dbk_media_get_usual_dpi (papers[p].media);
        g_autoptr(GBytes) pdf = NULL;
        g_autoptr(DbkPaperFacts) facts = NULL;
        g_autofree char *text = NULL;

        fill (&sample, (DbkLanguage) language);
        pdf = dbk_sample_write (dbk_point_slips_new_document (&sample.batch, papers[p].media, dpi, NULL));
        facts = dbk_paper_reader_read_facts (pdf);
        text = dbk_paper_reader_dup_text (pdf);
        g_assert_cmpuint (facts->n_pages, ==, papers[p].front + (N_SLIPS + papers[p].per_page - 1) / papers[p].per_page);
        for (guint first = 0, page = papers[p].front; first < N_SLIPS; first += papers[p].per_page, page++)
          assert_page (pdf, page, dpi, &sample, first, MIN (papers[p].per_page, N_SLIPS - first));
        g_assert_nonnull (strstr (text, "72 mL"));
        g_assert_nonnull (strstr (text, "D-0417"));
        g_assert_nonnull (strstr (text, "P4 Ward"));
        g_assert_nonnull (strstr (text, "0422"));
        g_assert_nonnull (strstr (text, language == DBK_LANGUAGE_CHINESE ? "连续缺服 3 天" : "Missed 3 days"));
        g_assert_null (strstr (text, "ethadon"));
        g_assert_null (strstr (facts->properties, "Maximiliana"));
        clear (&sample);
      }
}

static guint
count_text (const char *text,
            const char *part)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n++;
  return n;
}

/* Three days on the list: three times, or six with the slips. */
static void
test_names (void)
{
  Sample sample = { 0 };
  g_autoptr(GBytes) without = NULL;
  g_autoptr(GBytes) with = NULL;
  g_autofree char *text = NULL, *named = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  fill (&sample, DBK_LANGUAGE_ENGLISH);
  without = dbk_sample_write (dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_A4, 600, NULL));
  text = dbk_paper_reader_dup_text (without);
  g_assert_cmpuint (count_text (text, "Maximiliana"), ==, 3);
  sample.batch.with_name = TRUE;
  with = dbk_sample_write (dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_A4, 600, NULL));
  named = dbk_paper_reader_dup_text (with);
  g_assert_cmpuint (count_text (named, "Maximiliana"), ==, 6);
  clear (&sample);
}

static void
test_voucher (void)
{
  Sample sample = { 0 };
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  fill (&sample, DBK_LANGUAGE_ENGLISH);
  sample.batch.n_slips = 1;
  sample.batch.reprint = 1;
  sample.batch.demo = TRUE;
  sample.slips[0].until = sample.slips[0].day + 4;
  pdf = dbk_sample_write (dbk_voucher_new_document (&sample.batch, DBK_MEDIA_ROLL_80, 203, NULL));
  text = dbk_paper_reader_dup_text (pdf);
  assert_page (pdf, 0, 203, &sample, 0, 1);
  g_assert_nonnull (strstr (text, "Voucher"));
  g_assert_nonnull (strstr (text, "2026-03-06"));
  g_assert_nonnull (strstr (text, "REPRINT 1"));
  g_assert_nonnull (strstr (text, "DEMONSTRATION"));
  clear (&sample);
}

/* A week of seventy patients: many pages, one document. */
static void
test_long (void)
{
  const guint n = 490;
  g_autofree DbkPointSlip *slips = g_new0 (DbkPointSlip, n);
  Sample sample = { 0 };
  g_autoptr(DbkDocument) document = NULL;

  fill (&sample, DBK_LANGUAGE_CHINESE);
  for (guint i = 0; i < n; i++)
    {
      slips[i] = sample.slips[i % N_SLIPS];
      slips[i].day = slips[i].until = sample.slips[0].day + (DbkDay) (i / 70);
    }
  sample.batch.slips = slips;
  sample.batch.n_slips = n;
  document = dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_A4, 600, NULL);
  g_assert_nonnull (document);
  /* 23 lines of list on a page at 10.2 mm each in 241 mm, one of them the day's heading, and 123 sheets of four. */
  g_assert_cmpuint (dbk_document_get_n_pages (document), ==, 1 + 23 + 123);
  clear (&sample);
}

/* The second day would begin on the last line of the first page: it begins on the next one. The third page says its day again. */
static void
test_headings (void)
{
  enum { FIRST = 21, N = 50 };
  DbkPointSlip slips[N];
  Sample sample = { 0 };
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  if (!dbk_paper_reader_is_there ())
    return;
  fill (&sample, DBK_LANGUAGE_ENGLISH);
  for (guint i = 0; i < N; i++)
    {
      slips[i] = sample.slips[0];
      slips[i].day = slips[i].until = sample.slips[0].day + (i < FIRST ? 0 : 1);
    }
  sample.batch.slips = slips;
  sample.batch.n_slips = N;
  pdf = dbk_sample_write (dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_A4, 600, NULL));
  text = dbk_paper_reader_dup_text (pdf);
  g_assert_nonnull (strstr (text, "Page 1 of 3 Mon 2026-03-02 0421"));
  g_assert_nonnull (strstr (text, "12 mL List in walking order P4 Ward Page 2 of 3 Tue 2026-03-03 0421"));
  g_assert_nonnull (strstr (text, "12 mL List in walking order P4 Ward Page 3 of 3 Tue 2026-03-03 0421"));
  clear (&sample);
}

static void
test_refused (void)
{
  Sample sample = { 0 };
  g_autoptr(GError) error = NULL;

  fill (&sample, DBK_LANGUAGE_ENGLISH);
  g_assert_null (dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_CARD, 300, &error));
  g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA);
  g_clear_error (&error);
  sample.slips[3].code = "not in capitals";
  g_assert_null (dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_A4, 600, &error));
  g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
  g_clear_error (&error);
  sample.batch.n_slips = 0;
  g_assert_null (dbk_point_slips_new_document (&sample.batch, DBK_MEDIA_A4, 600, &error));
  g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
  clear (&sample);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/point-slips/batch", test_batch);
  g_test_add_func ("/point-slips/names", test_names);
  g_test_add_func ("/point-slips/voucher", test_voucher);
  g_test_add_func ("/point-slips/long", test_long);
  g_test_add_func ("/point-slips/headings", test_headings);
  g_test_add_func ("/point-slips/refused", test_refused);
  return g_test_run ();
}
