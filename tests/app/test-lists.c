/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today, missed, history and returns, against records made by hand. */
#include "app/dbk-find-patient.h"
#include "app/dbk-give-dose.h"
#include "app/dbk-history.h"
#include "app/dbk-issue-card.h"
#include "app/dbk-missed-list.h"
#include "app/dbk-register-patient.h"
#include "app/dbk-returns.h"
#include "app/dbk-reverse-dose.h"
#include "app/dbk-sign-order.h"
#include "app/dbk-today.h"
#include "db/dbk-order-store.h"
#include "db/dbk-dose-store.h"
#include "tests/app/dbk-clinic-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY
#define DOSE (60 * MG)
#define EIGHT (8 * 60)

/* Somebody who came until @away days ago; the order is of today. */
static char *
add_regular (DbkClinicFixture *f,
             const char       *number,
             const char       *name,
             gint              away)
{
  char *patient = dbk_clinic_fixture_add_patient (f, number, name);

  dbk_clinic_fixture_import (f, number, DAY - 20, DAY - 1 - away, DOSE / MG);
  return patient;
}

static void
plan (DbkClinicFixture *f,
      const DbkSession *by,
      const char       *patient,
      DbkDay            from,
      DbkDay            to,
      const char       *reason,
      gboolean          dosed_there)
{
  DbkAbsence absence = { .patient = (char *) patient, .from = from, .to = to, .reason = (char *) reason, .dosed_there = dosed_there };
  g_autoptr(GError) error = NULL;

  dbk_plan_absence (f->clinic, by, &absence, &error);
  g_assert_no_error (error);
}

/* ---- today ---- */

static DbkToday *
read_today (DbkClinicFixture *f,
            DbkDay            day)
{
  g_autoptr(GError) error = NULL;
  DbkToday *today = dbk_today_read (f->clinic, f->nurse, day, &error);

  g_assert_no_error (error);
  return today;
}

static gboolean
has_row (const DbkToday *today,
         const char     *number)
{
  for (guint i = 0; i < today->rows->len; i++)
    if (strcmp (((const DbkTodayRow *) g_ptr_array_index (today->rows, i))->patient->number, number) == 0)
      return TRUE;
  return FALSE;
}

static const DbkTodayRow *
find_row (const DbkToday *today,
          const char     *number)
{
  for (guint i = 0; i < today->rows->len; i++)
    {
      const DbkTodayRow *row = g_ptr_array_index (today->rows, i);

      if (strcmp (row->patient->number, number) == 0)
        return row;
    }
  g_error ("%s is not on the list", number);
}

static void
assert_counts (const DbkToday *today,
               gint            expected,
               gint            dosed,
               gint            not_given,
               gint            to_come)
{
  g_assert_cmpint (today->expected, ==, expected);
  g_assert_cmpint (today->dosed, ==, dosed);
  g_assert_cmpint (today->not_given, ==, not_given);
  g_assert_cmpint (today->to_come, ==, to_come);
}

static void
test_today (void)
{
  static const char *const numbers[] = { "0001", "0002", "0003", "0004", "0005", "0006" };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GPtrArray) patients = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkToday) morning = NULL;
  g_autoptr(DbkToday) noon = NULL;
  g_autoptr(DbkToday) tomorrow = NULL;
  g_autofree char *dose = NULL;
  DbkHold hold = { .kind = DBK_HOLD_STOP, .reason = (char *) "lab", .from = DAY, .until = DBK_DAY_NONE, .lifted_on = DBK_DAY_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_ptr_array_add (patients, add_regular (f, numbers[i], "王小明", i == 1 ? 2 : 0));
      if (i != 4) /* 0005 has no order */
        g_free (dbk_clinic_fixture_sign (f, g_ptr_array_index (patients, i), DOSE));
    }
  hold.patient = g_ptr_array_index (patients, 3);
  g_assert_true (dbk_place_hold (f->clinic, f->nurse, &hold, NULL, &error));
  morning = read_today (f, DBK_DAY_NONE);
  g_assert_cmpint (morning->day, ==, DAY);
  assert_counts (morning, 4, 0, 0, 4);
  g_assert_cmpuint (morning->rows->len, ==, 5);
  g_assert_false (has_row (morning, "0005"));
  g_assert_true (find_row (morning, "0004")->held);
  g_assert_cmpint (find_row (morning, "0002")->away, ==, 2);
  g_assert_cmpint (find_row (morning, "0001")->away, ==, 0);
  g_assert_cmpint (find_row (morning, "0001")->last_day, ==, DAY - 1);
  g_assert_cmpint (find_row (morning, "0001")->order_ug, ==, DOSE);
  g_assert_cmpstr (morning->bottle->number, ==, DBK_CLINIC_FIXTURE_LOT);

  g_assert_true (dbk_answer_finding (f->clinic, f->nurse, g_ptr_array_index (patients, 0), DBK_FINDING_SIMILAR_NAME, "identity-checked", &error));
  g_assert_true (dbk_answer_finding (f->clinic, f->nurse, g_ptr_array_index (patients, 5), DBK_FINDING_SIMILAR_NAME, "identity-checked", &error));
  g_free (dbk_clinic_fixture_give (f, g_ptr_array_index (patients, 0)));
  dose = dbk_clinic_fixture_give (f, g_ptr_array_index (patients, 5));
  g_assert_true (dbk_reverse_dose (f->clinic, f->nurse, NULL, dose, "mistake", NULL, DBK_LIQUID_NOT_POURED, NULL, &error));
  g_assert_true (dbk_record_not_given (f->clinic, f->nurse, g_ptr_array_index (patients, 2), "refused", NULL, NULL, &error));
  g_assert_true (dbk_record_not_given (f->clinic, f->nurse, g_ptr_array_index (patients, 4), "left", NULL, NULL, &error));
  noon = read_today (f, DBK_DAY_NONE);
  assert_counts (noon, 4, 1, 2, 2);
  g_assert_cmpint (noon->given_ug, ==, DOSE);
  g_assert_cmpint (noon->given_ul, ==, DOSE);
  g_assert_cmpint (find_row (noon, "0001")->state, ==, DBK_TODAY_DOSED);
  g_assert_nonnull (find_row (noon, "0001")->dose);
  g_assert_cmpint (find_row (noon, "0003")->state, ==, DBK_TODAY_NOT_GIVEN);
  g_assert_cmpstr (find_row (noon, "0003")->not_given_reason, ==, "refused");
  g_assert_cmpint (find_row (noon, "0005")->state, ==, DBK_TODAY_NOT_GIVEN);
  g_assert_cmpint (find_row (noon, "0006")->state, ==, DBK_TODAY_TO_COME);
  g_assert_nonnull (find_row (noon, "0006")->reversed);
  for (guint i = 1; i < noon->rows->len; i++)
    g_assert_cmpstr (((const DbkTodayRow *) g_ptr_array_index (noon->rows, i - 1))->patient->number, <,
                     ((const DbkTodayRow *) g_ptr_array_index (noon->rows, i))->patient->number);

  tomorrow = read_today (f, DAY + 1);
  assert_counts (tomorrow, 4, 0, 0, 4);
  dbk_clinic_fixture_assert_holds (f);
}

/* A day of an earlier register: nobody has an order, all were dosed. */
static void
test_today_long_ago (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(DbkToday) today = NULL;

  g_free (add_regular (f, "0001", "王小明", 0));
  g_free (add_regular (f, "0002", "李四", 5));
  today = read_today (f, DAY - 3);
  assert_counts (today, 0, 1, 0, 0);
  g_assert_cmpint (today->given_ug, ==, DOSE);
  g_assert_cmpuint (today->rows->len, ==, 1);
  g_assert_cmpint (find_row (today, "0001")->last_day, ==, DAY - 4);
}

/* ---- missed ---- */

static DbkMissedList *
read_missed (DbkClinicFixture *f,
             DbkDay            day,
             gboolean          with_returned)
{
  g_autoptr(GError) error = NULL;
  DbkMissedList *list = dbk_missed_list_read (f->clinic, f->nurse, day, with_returned, &error);

  g_assert_no_error (error);
  return list;
}

static gboolean
has_entry (const DbkMissedList *list,
           const char          *number)
{
  for (guint i = 0; i < list->entries->len; i++)
    if (strcmp (((const DbkMissedEntry *) g_ptr_array_index (list->entries, i))->patient->number, number) == 0)
      return TRUE;
  return FALSE;
}

static const DbkMissedEntry *
find_entry (const DbkMissedList *list,
            const char          *number)
{
  for (guint i = 0; i < list->entries->len; i++)
    {
      const DbkMissedEntry *entry = g_ptr_array_index (list->entries, i);

      if (strcmp (entry->patient->number, number) == 0)
        return entry;
    }
  g_error ("%s is not on the list", number);
}

static const struct
{
  const char *number;
  gint        away;
  DbkAction   action;
  gint64      proposed_ug;
} missing[] = {
  { "0001", 0, DBK_ACTION_AS_ORDERED, 0 }, /* not on the list */
  { "0002", 1, DBK_ACTION_AS_ORDERED, 0 },
  { "0003", 2, DBK_ACTION_AS_ORDERED, 0 },
  { "0004", 3, DBK_ACTION_HALF, DOSE / 2 },
  { "0005", 4, DBK_ACTION_LOWER_OF_HALF_AND_CAP, DOSE / 2 },
  { "0006", 5, DBK_ACTION_NEW_INDUCTION, 0 },
};

static void
test_missed (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(DbkMissedList) list = NULL;
  g_autoptr(DbkMissedList) before = NULL;
  gint previous = G_MAXINT;

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    g_free (add_regular (f, missing[i].number, "王小明", missing[i].away));
  list = read_missed (f, DBK_DAY_NONE, FALSE);
  g_assert_cmpuint (list->entries->len, ==, G_N_ELEMENTS (missing) - 1);
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      const DbkMissedEntry *entry;

      g_assert_cmpint (has_entry (list, missing[i].number), ==, missing[i].away != 0);
      if (missing[i].away == 0)
        continue;
      entry = find_entry (list, missing[i].number);
      g_assert_cmpint (entry->missed->count, ==, missing[i].away);
      g_assert_cmpint (entry->missed->last_day, ==, DAY - 1 - missing[i].away);
      g_assert_cmpint (entry->row->action, ==, missing[i].action);
      if (missing[i].proposed_ug != 0)
        g_assert_cmpint (entry->proposed_ug, ==, missing[i].proposed_ug);
      g_assert_cmpint (entry->proposed_ug, <=, DOSE);
      g_assert_false (entry->dosed);
      g_assert_false (entry->review);
    }
  for (guint i = 0; i < list->entries->len; i++)
    {
      gint count = ((const DbkMissedEntry *) g_ptr_array_index (list->entries, i))->missed->count;

      g_assert_cmpint (count, <=, previous);
      previous = count;
    }

  /* As it was three days ago: the fifth had missed one, the sixth two; the others nothing yet. */
  before = read_missed (f, DAY - 3, FALSE);
  g_assert_cmpuint (before->entries->len, ==, 2);
  g_assert_cmpint (find_entry (before, "0005")->missed->count, ==, 1);
  g_assert_cmpint (find_entry (before, "0006")->missed->count, ==, 2);
}

/* A lower order than what was given last: half of that. */
static void
test_missed_proposes_of_the_lower (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *lower = add_regular (f, "0001", "王小明", 3), *higher = add_regular (f, "0002", "李四", 3);
  g_autoptr(DbkMissedList) list = NULL;

  g_free (dbk_clinic_fixture_sign (f, lower, 40 * MG));
  g_free (dbk_clinic_fixture_sign (f, higher, 70 * MG));
  list = read_missed (f, DBK_DAY_NONE, FALSE);
  g_assert_cmpint (find_entry (list, "0001")->proposed_ug, ==, 20 * MG);
  g_assert_cmpint (find_entry (list, "0002")->proposed_ug, ==, DOSE / 2);
}

/* Known to be away: named, and counted unless they had their dose there. A closed day counts with this policy. */
static void
test_missed_known (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *hospital = add_regular (f, "0001", "王小明", 4), *dosed = add_regular (f, "0002", "李四", 4);
  g_autoptr(DbkMissedList) list = NULL;
  const DbkMissedEntry *entry;

  plan (f, f->nurse, hospital, DAY - 4, DAY - 3, "hospital", FALSE);
  plan (f, f->nurse, dosed, DAY - 4, DAY - 3, "hospital", TRUE);
  plan (f, f->admin, NULL, DAY - 2, DAY - 2, "holiday", FALSE);
  list = read_missed (f, DBK_DAY_NONE, FALSE);
  entry = find_entry (list, "0001");
  g_assert_cmpint (entry->missed->count, ==, 4);
  g_assert_cmpuint (entry->missed->absent_days->len, ==, 2);
  g_assert_cmpuint (entry->missed->closed_days->len, ==, 1);
  entry = find_entry (list, "0002");
  g_assert_cmpint (entry->missed->count, ==, 2);
  g_assert_cmpint (entry->missed->last_day, ==, DAY - 3);
}

/* "Dosed there" by mistake would let somebody have the whole dose after days without one. */
static void
test_missed_withdrawn (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *patient = add_regular (f, "0001", "王小明", 4);
  g_autoptr(DbkMissedList) before = NULL, after = NULL;
  g_autoptr(GPtrArray) absences = NULL;
  g_autoptr(GError) error = NULL, not_allowed = NULL, twice = NULL;
  const char *id;

  plan (f, f->nurse, patient, DAY - 4, DAY - 2, "hospital", TRUE);
  before = read_missed (f, DBK_DAY_NONE, FALSE);
  g_assert_cmpint (find_entry (before, "0001")->missed->count, ==, 1);
  absences = dbk_absence_list (dbk_clinic_get_db (f->clinic), patient, &error);
  g_assert_no_error (error);
  id = ((const DbkAbsence *) g_ptr_array_index (absences, 0))->id;
  g_assert_false (dbk_withdraw_absence (f->clinic, f->admin, patient, id, &not_allowed));
  g_assert_error (not_allowed, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_assert_true (dbk_withdraw_absence (f->clinic, f->nurse, patient, id, &error));
  g_assert_no_error (error);
  after = read_missed (f, DBK_DAY_NONE, FALSE);
  g_assert_cmpint (find_entry (after, "0001")->missed->count, ==, 4);
  g_assert_cmpint (find_entry (after, "0001")->missed->last_day, ==, DAY - 5);
  g_assert_false (dbk_withdraw_absence (f->clinic, f->nurse, patient, id, &twice));
  g_assert_error (twice, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND);
}

static void
test_missed_and_back (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *patient = add_regular (f, "0001", "王小明", 1), *gone = add_regular (f, "0002", "李四", 40 - 22);
  g_autoptr(DbkPatient) after = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkMissedList) called = NULL;
  g_autoptr(DbkMissedList) without = NULL;
  g_autoptr(DbkMissedList) with = NULL;

  g_free (dbk_clinic_fixture_sign (f, patient, DOSE));
  g_assert_true (dbk_record_contact (f->clinic, f->nurse, patient, "no-answer", NULL, &error));
  dbk_clinic_fixture_set_time (f, DAY, EIGHT + 1);
  g_assert_true (dbk_record_contact (f->clinic, f->nurse, patient, "coming-today", NULL, &error));
  called = read_missed (f, DBK_DAY_NONE, FALSE);
  g_assert_cmpstr (find_entry (called, "0001")->contact, ==, "coming-today");
  g_assert_cmpint (find_entry (called, "0001")->contact_day, ==, DAY);
  g_assert_cmpstr (find_entry (called, "0001")->contact_by, ==, f->nurse->name);
  g_assert_null (find_entry (called, "0002")->contact);

  g_free (dbk_clinic_fixture_give (f, patient));
  after = dbk_patient_get (dbk_clinic_get_db (f->clinic), gone, &error);
  after->state = DBK_PATIENT_TRANSFERRED;
  g_assert_true (dbk_change_patient (f->clinic, f->nurse, after, &error));
  without = read_missed (f, DBK_DAY_NONE, FALSE);
  g_assert_cmpuint (without->entries->len, ==, 0);
  with = read_missed (f, DBK_DAY_NONE, TRUE);
  g_assert_cmpuint (with->entries->len, ==, 1);
  g_assert_true (find_entry (with, "0001")->dosed);
  g_assert_cmpint (find_entry (with, "0001")->missed->count, ==, 1);
}

/* What was said before they were last here is not about this absence; who came back that day was missing until then. */
static void
test_missed_then (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *patient = dbk_clinic_fixture_add_patient (f, "0001", "王小明");
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkMissedList) day_before = NULL, then = NULL, then_with = NULL, later = NULL;

  dbk_clinic_fixture_import (f, "0001", DAY - 20, DAY - 10, 60);
  dbk_clinic_fixture_import (f, "0001", DAY - 5, DAY - 1, 60);
  g_free (dbk_clinic_fixture_sign (f, patient, DOSE));
  day_before = read_missed (f, DAY - 6, FALSE);
  g_assert_cmpint (find_entry (day_before, "0001")->missed->count, ==, 3);
  then = read_missed (f, DAY - 5, FALSE);
  g_assert_false (has_entry (then, "0001"));
  then_with = read_missed (f, DAY - 5, TRUE);
  g_assert_true (find_entry (then_with, "0001")->dosed);
  g_assert_cmpint (find_entry (then_with, "0001")->missed->count, ==, 4);

  g_assert_true (dbk_record_contact (f->clinic, f->nurse, patient, "reached", NULL, &error));
  g_free (dbk_clinic_fixture_give (f, patient));
  later = read_missed (f, DAY + 3, FALSE);
  g_assert_cmpint (find_entry (later, "0001")->missed->last_day, ==, DAY);
  g_assert_null (find_entry (later, "0001")->contact);
}

static void
test_missed_review (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(DbkMissedList) day_29 = NULL;
  g_autoptr(DbkMissedList) day_30 = NULL;

  g_free (add_regular (f, "0001", "王小明", 0));
  day_29 = read_missed (f, DAY + 29, FALSE);
  day_30 = read_missed (f, DAY + 30, FALSE);
  g_assert_cmpint (find_entry (day_29, "0001")->missed->count, ==, 29);
  g_assert_false (find_entry (day_29, "0001")->review);
  g_assert_true (find_entry (day_30, "0001")->review);
}

/* ---- history ---- */

static void
test_history (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *patient = dbk_clinic_fixture_add_patient (f, "0001", "王小明");
  g_autofree char *order = NULL, *dose = NULL, *card = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkHistory) all = NULL;
  g_autoptr(DbkHistory) part = NULL;
  const DbkReversalRow *reversal;

  /* 20 to 11 and 7 to 1 days ago: 3 days missed. */
  dbk_clinic_fixture_import (f, "0001", DAY - 20, DAY - 11, 50);
  dbk_clinic_fixture_import (f, "0001", DAY - 7, DAY - 1, 60);
  order = dbk_clinic_fixture_sign (f, patient, DOSE);
  dose = dbk_clinic_fixture_give (f, patient);
  g_assert_true (dbk_reverse_dose (f->clinic, f->nurse, f->doctor, dose, "mistake", "wrong window", DBK_LIQUID_WASTED, NULL, &error));
  g_assert_true (dbk_issue_card (f->clinic, f->nurse, patient, NULL, &card, &error));
  g_assert_true (dbk_note_reading (f->clinic, f->doctor, patient, "search", &error));
  all = dbk_history_read (f->clinic, f->doctor, patient, DBK_DAY_NONE, DBK_DAY_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->doses->len, ==, 18);
  g_assert_cmpint (all->first_day, ==, DAY - 20);
  g_assert_cmpint (all->days_dosed, ==, 17);
  g_assert_cmpint (all->days_missed, ==, 3);
  g_assert_cmpint (all->longest_gap, ==, 3);
  g_assert_cmpint (all->total_ug, ==, 10 * 50 * MG + 7 * 60 * MG);
  g_assert_cmpuint (all->reversals->len, ==, 1);
  reversal = g_ptr_array_index (all->reversals, 0);
  g_assert_cmpstr (reversal->dose, ==, dose);
  g_assert_cmpstr (reversal->note, ==, "wrong window");
  g_assert_cmpstr (reversal->witness_name, ==, f->doctor->name);
  g_assert_cmpuint (all->orders->len, ==, 1);
  g_assert_cmpuint (all->cards->len, ==, 1);
  g_assert_cmpuint (all->readings->len, ==, 1);
  g_assert_cmpstr (((const DbkReading *) g_ptr_array_index (all->readings, 0))->login, ==, "doctor");

  part = dbk_history_read (f->clinic, f->doctor, patient, DAY - 12, DAY - 6, &error);
  g_assert_no_error (error);
  g_assert_cmpint (part->days_dosed, ==, 4);
  g_assert_cmpint (part->days_missed, ==, 3);
  g_assert_cmpint (part->longest_gap, ==, 3);
  g_assert_cmpint (part->total_ug, ==, 2 * 50 * MG + 2 * 60 * MG);

  g_assert_null (dbk_history_read (f->clinic, f->doctor, "Z000000000000000", DBK_DAY_NONE, DBK_DAY_NONE, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
}

static void
test_history_of_nobody (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *patient = dbk_clinic_fixture_add_patient (f, "0001", "王小明");
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkHistory) history = dbk_history_read (f->clinic, f->doctor, patient, DBK_DAY_NONE, DBK_DAY_NONE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (history->first_day, ==, DBK_DAY_NONE);
  g_assert_cmpint (history->days_dosed, ==, 0);
  g_assert_cmpint (history->days_missed, ==, 0);
  g_assert_cmpint (history->longest_gap, ==, 0);
  g_assert_cmpint (history->total_ug, ==, 0);
}

/* ---- returns ---- */

static gint64
count_missed (const DbkReturns *returns,
              guint             missed)
{
  return missed < returns->missed->len ? g_array_index (returns->missed, gint64, missed) : 0;
}

static gint64
count_action (const DbkReturns *returns,
              const char       *word)
{
  const gint64 *count = g_hash_table_lookup (returns->actions, word);

  return count != NULL ? *count : 0;
}

static void
test_returns (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkReturns) returns = NULL;
  g_autoptr(DbkReturns) vietnam = NULL;

  g_free (dbk_clinic_fixture_add_patient (f, "0001", "王小明"));
  g_free (dbk_clinic_fixture_add_patient (f, "0002", "李四"));
  /* One: back after 1, 1, 2, 3, 4. The other: after 5 and 30. Being away now is no return. */
  dbk_clinic_fixture_import (f, "0001", DAY - 100, DAY - 90, 60);
  dbk_clinic_fixture_import (f, "0001", DAY - 88, DAY - 80, 60);
  dbk_clinic_fixture_import (f, "0001", DAY - 78, DAY - 70, 60);
  dbk_clinic_fixture_import (f, "0001", DAY - 67, DAY - 60, 60);
  dbk_clinic_fixture_import (f, "0001", DAY - 56, DAY - 50, 60);
  dbk_clinic_fixture_import (f, "0001", DAY - 45, DAY - 40, 60);
  dbk_clinic_fixture_import (f, "0002", DAY - 100, DAY - 90, 60);
  dbk_clinic_fixture_import (f, "0002", DAY - 84, DAY - 80, 60);
  dbk_clinic_fixture_import (f, "0002", DAY - 49, DAY - 49, 60);
  returns = dbk_returns_read (f->clinic, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (returns->policy->name, ==, "australia-2003");
  g_assert_cmpint (returns->returns, ==, 7);
  g_assert_cmpint (count_missed (returns, 1), ==, 2);
  g_assert_cmpint (count_missed (returns, 2), ==, 1);
  g_assert_cmpint (count_missed (returns, 3), ==, 1);
  g_assert_cmpint (count_missed (returns, 4), ==, 1);
  g_assert_cmpint (count_missed (returns, 5), ==, 1);
  g_assert_cmpint (count_missed (returns, 30), ==, 1);
  g_assert_cmpint (count_action (returns, "as-ordered"), ==, 3);
  g_assert_cmpint (count_action (returns, "half"), ==, 1);
  g_assert_cmpint (count_action (returns, "lower-of-half-and-40mg"), ==, 1);
  g_assert_cmpint (count_action (returns, "new-induction"), ==, 2);

  vietnam = dbk_returns_read (f->clinic, "vietnam", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (vietnam->policy->name, ==, "vietnam");
  g_assert_cmpint (vietnam->returns, ==, 7);
  g_assert_null (dbk_returns_read (f->clinic, "nowhere", &error));
  g_assert_nonnull (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lists/today", test_today);
  g_test_add_func ("/lists/today/long-ago", test_today_long_ago);
  g_test_add_func ("/lists/missed", test_missed);
  g_test_add_func ("/lists/missed/proposes-of-the-lower", test_missed_proposes_of_the_lower);
  g_test_add_func ("/lists/missed/known", test_missed_known);
  g_test_add_func ("/lists/missed/withdrawn", test_missed_withdrawn);
  g_test_add_func ("/lists/missed/and-back", test_missed_and_back);
  g_test_add_func ("/lists/missed/then", test_missed_then);
  g_test_add_func ("/lists/missed/review", test_missed_review);
  g_test_add_func ("/lists/history", test_history);
  g_test_add_func ("/lists/history/of-nobody", test_history_of_nobody);
  g_test_add_func ("/lists/returns", test_returns);
  return g_test_run ();
}
