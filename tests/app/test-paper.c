/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the record to paper and back: what is printed is read with programs that did not write it, and its codes find what it is about. */
#include "app/dbk-make-paper.h"

#include "app/dbk-find-patient.h"
#include "app/dbk-give-dose.h"
#include "app/dbk-issue-card.h"
#include "app/dbk-reverse-dose.h"
#include "app/dbk-sign-order.h"
#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/record/dbk-code.h"
#include "tests/app/dbk-clinic-fixture.h"
#include "tests/lib/dbk-paper-reader.h"

#define DAY DBK_CLINIC_FIXTURE_DAY /* Thu 2026-03-05 */
#define DOSE (60 * MG)
#define NAME "王小明"
#define SCAN_DPI 300

typedef struct
{
  DbkClinicFixture *f;
  char             *patient;
  char             *dose;
} Room;

/* FALSE: nothing here can read paper; said. */
static gboolean
enter (Room *room)
{
  g_autofree char *order = NULL;

  if (!dbk_paper_reader_is_there ())
    return FALSE;
  room->f = dbk_clinic_fixture_new ();
  room->patient = dbk_clinic_fixture_add_patient (room->f, "3301060421", NAME);
  dbk_clinic_fixture_import (room->f, "3301060421", DAY - 5, DAY - 1, DOSE / MG);
  order = dbk_clinic_fixture_sign (room->f, room->patient, DOSE);
  dbk_clinic_fixture_set_time (room->f, DAY, 8 * 60 + 12);
  room->dose = dbk_clinic_fixture_give (room->f, room->patient);
  return TRUE;
}

static void
leave (Room *room)
{
  dbk_clinic_fixture_assert_holds (room->f);
  dbk_clinic_fixture_free (room->f);
  g_free (room->patient);
  g_free (room->dose);
}

static GBytes *
draw (const DbkMadePaper *made)
{
  g_autoptr(GError) error = NULL;
  GBytes *pdf = NULL;

  dbk_document_write_pdf (made->document, &pdf, &error);
  g_assert_no_error (error);
  return pdf;
}

static DbkMadePaper *
make_slip (Room                  *room,
           const DbkPaperOptions *options)
{
  g_autoptr(GError) error = NULL;
  DbkMadePaper *made = dbk_make_slip (room->f->clinic, room->f->nurse, room->dose, options, &error);

  g_assert_no_error (error);
  return made;
}

static char *
read_slip (Room                  *room,
           const DbkPaperOptions *options)
{
  g_autoptr(DbkMadePaper) made = make_slip (room, options);
  g_autoptr(GBytes) pdf = draw (made);

  return dbk_paper_reader_dup_text (pdf);
}

static void
assert_says (const char *text,
             const char *word,
             gboolean    says)
{
  if ((strstr (text, word) != NULL) != says)
    g_error ("%s \"%s\" in: %s", says ? "no" : "there is", word, text);
}

/* ---- the slip ---- */

static void
test_slip (void)
{
  static const DbkMedia all_media[] = { DBK_MEDIA_ROLL_58, DBK_MEDIA_ROLL_80, DBK_MEDIA_A5, DBK_MEDIA_A4 };
  Room room;

  if (!enter (&room))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (all_media); i++)
    {
      const DbkPaperOptions options = { .media = all_media[i] };
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkMadePaper) made = make_slip (&room, &options);
      g_autoptr(GBytes) pdf = draw (made);
      g_autofree char *text = dbk_paper_reader_dup_text (pdf), *id = NULL;
      g_auto(GStrv) codes = dbk_paper_reader_dup_codes (pdf, 0, SCAN_DPI);
      g_autoptr(DbkDose) found = NULL;

      assert_says (text, "60 mg", TRUE);
      assert_says (text, "60 mL", TRUE);
      assert_says (text, "3301060421", TRUE);
      assert_says (text, "2026-03-05", TRUE);
      assert_says (text, "08:12", TRUE);
      assert_says (text, "2026-03-06", TRUE);
      assert_says (text, NAME, FALSE);
      assert_says (text, "REPRINT", i > 0);
      g_assert_cmpuint (made->reprint, ==, i);
      g_assert_cmpuint (g_strv_length (codes), ==, 1);
      id = dbk_code_dup_id (codes[0]);
      found = dbk_clinic_fixture_read_dose (room.f, id);
      g_assert_cmpstr (found->id, ==, room.dose);
      g_assert_cmpstr (found->patient, ==, room.patient);
      /* It is no card. */
      g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, codes[0], &error));
      g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_SLIP_NOT_CARD);
    }
  leave (&room);
}

static void
test_reprint (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_ROLL_80, .language = DBK_LANGUAGE_CHINESE, .with_name = TRUE };
  Room room;
  g_autoptr(DbkMadePaper) first = NULL;
  g_autoptr(DbkMadePaper) second = NULL;
  g_autoptr(GPtrArray) documents = NULL;
  g_autofree char *third = NULL;

  if (!enter (&room))
    return;
  first = make_slip (&room, &options);
  dbk_clinic_fixture_set_time (room.f, DAY, 8 * 60 + 13);
  second = make_slip (&room, &options);
  g_assert_cmpuint (first->reprint, ==, 0);
  g_assert_cmpuint (second->reprint, ==, 1);
  g_assert_cmpstr (second->about, ==, room.dose);
  third = read_slip (&room, &options);
  assert_says (third, "补打 第2次", TRUE);
  assert_says (third, NAME, TRUE);
  documents = dbk_document_list_about (dbk_clinic_get_db (room.f->clinic), room.dose, NULL);
  g_assert_cmpuint (documents->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (documents, 0), ==, first->id);
  leave (&room);
}

/* A slip that was never made is known. */
static void
test_without_slip (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_ROLL_80 };
  Room room;
  g_autoptr(GPtrArray) before = NULL, after = NULL;
  g_autofree char *text = NULL;

  if (!enter (&room))
    return;
  before = dbk_dose_list_without_slip (dbk_clinic_get_db (room.f->clinic), DAY, NULL);
  g_assert_cmpuint (before->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (before, 0), ==, room.dose);
  text = read_slip (&room, &options);
  after = dbk_dose_list_without_slip (dbk_clinic_get_db (room.f->clinic), DAY, NULL);
  g_assert_cmpuint (after->len, ==, 0);
  leave (&room);
}

static void
test_reversed (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_ROLL_80 };
  Room room;
  g_autoptr(GError) error = NULL;

  if (!enter (&room))
    return;
  g_assert_true (dbk_reverse_dose (room.f->clinic, room.f->nurse, NULL, room.dose, "mistake", NULL, DBK_LIQUID_NOT_POURED, NULL, &error));
  g_assert_null (dbk_find_dose_for_slip (room.f->clinic, room.f->nurse, room.patient, DAY, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dbk_make_slip (room.f->clinic, room.f->nurse, room.dose, &options, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (dbk_make_slip (room.f->clinic, room.f->nurse, "Z000000000000000", &options, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  leave (&room);
}

/* Closed tomorrow and the day after, taken home for the one behind them: come again on the fourth day; and then the order ends. */
static void
test_next_day (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_ROLL_80 };
  DbkAbsence closure = { .from = DAY + 1, .to = DAY + 2, .reason = (char *) "holiday" };
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *closed = NULL, *home = NULL, *over = NULL;
  g_autoptr(DbkCounterView) view = NULL;
  DbkCounterRequest request = { .day = DBK_DAY_NONE };

  if (!enter (&room))
    return;
  g_assert_true (dbk_plan_absence (room.f->clinic, room.f->admin, &closure, &error));
  closed = read_slip (&room, &options);
  assert_says (closed, "2026-03-06", FALSE);
  assert_says (closed, "2026-03-07", FALSE);
  assert_says (closed, "2026-03-08", TRUE);
  g_assert_true (dbk_give_ahead (room.f->clinic, room.f->nurse, room.patient, DAY + 3, DBK_DOSE_TAKE_HOME, NULL, &error));
  home = read_slip (&room, &options);
  assert_says (home, "2026-03-08", FALSE);
  assert_says (home, "2026-03-09", TRUE);
  request.patient = room.patient;
  view = dbk_counter_look (room.f->clinic, room.f->nurse, &request, &error);
  g_assert_true (dbk_end_order (room.f->clinic, room.f->doctor, view->verdict->order, DAY + 3, NULL, &error));
  over = read_slip (&room, &options);
  assert_says (over, "2026-03-09", FALSE);
  leave (&room);
}

/* An imported dose has neither bottle nor hour. */
static void
test_imported (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_A5 };
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (!enter (&room))
    return;
  g_free (room.dose);
  room.dose = dbk_find_dose_for_slip (room.f->clinic, room.f->nurse, room.patient, DAY - 2, &error);
  g_assert_no_error (error);
  text = read_slip (&room, &options);
  assert_says (text, "60 mg", TRUE);
  assert_says (text, "mL", FALSE);
  assert_says (text, "2026-03-03", TRUE);
  leave (&room);
}

/* ---- cards ---- */

static void
test_card (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_CARD };
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *code = NULL, *text = NULL;
  g_autoptr(DbkMadePaper) made = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_auto(GStrv) codes = NULL;
  g_autoptr(DbkFound) found = NULL;
  const char *cards[2] = { NULL };

  if (!enter (&room))
    return;
  g_assert_true (dbk_issue_card (room.f->clinic, room.f->nurse, room.patient, NULL, &code, &error));
  cards[0] = code;
  made = dbk_make_cards (room.f->clinic, room.f->nurse, cards, "ring the bell", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->patient, ==, room.patient);
  pdf = draw (made);
  text = dbk_paper_reader_dup_text (pdf);
  assert_says (text, NAME, FALSE);
  assert_says (text, "3301060421", FALSE);
  assert_says (text, "0421", FALSE);
  assert_says (text, "ring the bell", TRUE);
  codes = dbk_paper_reader_dup_codes (pdf, 0, SCAN_DPI);
  g_assert_cmpuint (g_strv_length (codes), ==, 1);
  g_assert_cmpstr (codes[0], ==, code);
  found = dbk_find_patient (room.f->clinic, room.f->nurse, codes[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->patient->id, ==, room.patient);
  g_assert_false (found->card_revoked);
  leave (&room);
}

static void
test_card_sheet (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_CARD_SHEET_A4 };
  Room room;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) cards = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DbkMadePaper) made = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_auto(GStrv) first = NULL, second = NULL;

  if (!enter (&room))
    return;
  for (guint i = 0; i < 12; i++)
    {
      char *code = NULL;

      g_assert_true (dbk_issue_card (room.f->clinic, room.f->nurse, room.patient, NULL, &code, &error));
      g_ptr_array_add (cards, code);
    }
  g_ptr_array_add (cards, NULL);
  made = dbk_make_cards (room.f->clinic, room.f->nurse, (const char *const *) cards->pdata, NULL, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dbk_document_get_n_pages (made->document), ==, 2);
  pdf = draw (made);
  first = dbk_paper_reader_dup_codes (pdf, 0, SCAN_DPI);
  second = dbk_paper_reader_dup_codes (pdf, 1, SCAN_DPI);
  g_assert_cmpuint (g_strv_length (first), ==, 10);
  g_assert_cmpuint (g_strv_length (second), ==, 2);
  for (guint i = 0; i + 1 < cards->len; i++)
    {
      const char *code = g_ptr_array_index (cards, i);
      g_autoptr(GPtrArray) documents = dbk_document_list_about (dbk_clinic_get_db (room.f->clinic), code, NULL);

      g_assert_true (g_strv_contains ((const char *const *) (i < 10 ? first : second), code));
      g_assert_cmpuint (documents->len, ==, 1);
    }
  leave (&room);
}

static void
test_revoked_card (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_CARD };
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *lost = NULL, *second = NULL, *current = NULL;
  g_autoptr(DbkFound) found = NULL;
  const char *cards[2] = { NULL };

  if (!enter (&room))
    return;
  g_assert_true (dbk_issue_card (room.f->clinic, room.f->nurse, room.patient, NULL, &lost, &error));
  g_assert_true (dbk_issue_card (room.f->clinic, room.f->nurse, room.patient, "lost", &second, &error));
  cards[0] = lost;
  g_assert_null (dbk_make_cards (room.f->clinic, room.f->nurse, cards, NULL, &options, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  current = dbk_current_card (room.f->clinic, room.patient, &error);
  g_assert_cmpstr (current, ==, second);
  found = dbk_find_patient (room.f->clinic, room.f->nurse, lost, &error);
  g_assert_no_error (error);
  g_assert_true (found->card_revoked);
  g_assert_cmpint (found->revoked_on, ==, DAY);
  g_assert_cmpstr (found->revoked_reason, ==, "lost");

  g_assert_true (dbk_revoke_card (room.f->clinic, room.f->nurse, second, "damaged", &error));
  g_assert_null (dbk_current_card (room.f->clinic, room.patient, &error));
  g_assert_no_error (error);
  g_assert_false (dbk_revoke_card (room.f->clinic, room.f->nurse, second, "eaten", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  leave (&room);
}

/* ---- what is scanned instead of a card ---- */

static void
test_other_codes (void)
{
  Room room;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkFound) by_number = NULL, by_wide = NULL, by_typed = NULL;
  g_autofree char *card = NULL, *id = dbk_fact_log_new_id ();
  g_autofree char *row = dbk_code_from_id (DBK_CODE_ROW, id), *badge = dbk_code_from_id (DBK_CODE_BADGE, id), *strange = dbk_code_from_id (DBK_CODE_CARD, id), *lower = NULL;

  if (!enter (&room))
    return;
  g_assert_true (dbk_issue_card (room.f->clinic, room.f->nurse, room.patient, NULL, &card, &error));
  lower = g_ascii_strdown (card, -1);
  by_typed = dbk_find_patient (room.f->clinic, room.f->nurse, lower, &error);
  g_assert_cmpstr (by_typed->card, ==, card);
  by_number = dbk_find_patient (room.f->clinic, room.f->nurse, "3301060421", &error);
  g_assert_null (by_number->card);
  by_wide = dbk_find_patient (room.f->clinic, room.f->nurse, "３３０１０６０４２１", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (by_wide->patient->id, ==, room.patient);
  g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, badge, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_OTHER_CODE);
  g_clear_error (&error);
  g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, row, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_CARD_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, strange, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_CARD_UNKNOWN);
  g_clear_error (&error);
  card[10] = card[10] == '7' ? '8' : '7';
  g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, card, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_MISTYPED_CODE);
  g_clear_error (&error);
  g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, "9999", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (dbk_find_patient (room.f->clinic, room.f->nurse, "", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND);
  leave (&room);
}

/* ---- the morning's sheet ---- */

static void
test_sheet (void)
{
  const DbkPaperOptions options = { .media = DBK_MEDIA_A4 };
  Room room;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DbkMadePaper) made = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) codes = NULL;
  DbkHold hold = { .kind = DBK_HOLD_STOP, .reason = (char *) "lab", .from = DAY, .until = DBK_DAY_NONE, .lifted_on = DBK_DAY_NONE };

  if (!enter (&room))
    return;
  for (guint i = 0; i < 4; i++)
    {
      static const char *const names[] = { "李四", "张三", "赵六", "孙七" };
      g_autofree char *number = g_strdup_printf ("05%02u", i);

      g_ptr_array_add (others, dbk_clinic_fixture_add_patient (room.f, number, names[i]));
      if (i != 3)
        g_free (dbk_clinic_fixture_sign (room.f, g_ptr_array_index (others, i), 25 * MG));
    }
  hold.patient = g_ptr_array_index (others, 2);
  g_assert_true (dbk_place_hold (room.f->clinic, room.f->nurse, &hold, NULL, &error));
  made = dbk_make_sheet (room.f->clinic, room.f->nurse, DBK_DAY_NONE, &options, &error);
  g_assert_no_error (error);
  pdf = draw (made);
  text = dbk_paper_reader_dup_text (pdf);
  /* Who was dosed is not on it, nor who has no order; who is held, without a dose. */
  assert_says (text, NAME, FALSE);
  assert_says (text, "李四", TRUE);
  assert_says (text, "25 mg", TRUE);
  assert_says (text, "赵六", TRUE);
  assert_says (text, "HOLD", TRUE);
  assert_says (text, "孙七", FALSE);
  codes = dbk_paper_reader_dup_codes (pdf, 0, SCAN_DPI);
  g_assert_cmpuint (g_strv_length (codes), ==, 3);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *document = NULL, *patient = NULL;
      DbkDay day = DBK_DAY_NONE;

      dbk_paper_row_find (dbk_clinic_get_db (room.f->clinic), codes[i], &document, &patient, &day, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (document, ==, made->id);
      g_assert_cmpint (day, ==, DAY);
      g_assert_true (g_str_equal (patient, g_ptr_array_index (others, 0)) || g_str_equal (patient, g_ptr_array_index (others, 1)) ||
                     g_str_equal (patient, g_ptr_array_index (others, 2)));
    }
  leave (&room);
}

static void
test_roles (void)
{
  const DbkPaperOptions card = { .media = DBK_MEDIA_CARD }, sheet = { .media = DBK_MEDIA_A4 };
  const char *const none[] = { NULL };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (dbk_make_cards (f->clinic, f->doctor, none, NULL, &card, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_null (dbk_make_cards (f->clinic, f->nurse, none, NULL, &card, &error));
  g_assert_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT);
  g_clear_error (&error);
  g_assert_null (dbk_make_sheet (f->clinic, NULL, DBK_DAY_NONE, &sheet, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/slip", test_slip);
  g_test_add_func ("/paper/slip/reprint", test_reprint);
  g_test_add_func ("/paper/slip/without", test_without_slip);
  g_test_add_func ("/paper/slip/reversed", test_reversed);
  g_test_add_func ("/paper/slip/next-day", test_next_day);
  g_test_add_func ("/paper/slip/imported", test_imported);
  g_test_add_func ("/paper/card", test_card);
  g_test_add_func ("/paper/card/sheet", test_card_sheet);
  g_test_add_func ("/paper/card/revoked", test_revoked_card);
  g_test_add_func ("/paper/card/other-codes", test_other_codes);
  g_test_add_func ("/paper/sheet", test_sheet);
  g_test_add_func ("/paper/roles", test_roles);
  return g_test_run ();
}
