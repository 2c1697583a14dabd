/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doses of every kind, reversals, what was not given, an earlier register, and the drug they come from. */
#include "db/dbk-dose-store.h"
#include "db/facts/dbk-drug-facts.h"
#include "db/record/dbk-quantity.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY

typedef struct
{
  DbkStamp           stamp;
  const DbkDose     *dose;
  const DbkNotGiven *not_given;
  const DbkDay      *days;
  const gint64      *doses_ug;
  gsize              n;
  const char        *patient;
  DbkLiquid          liquid;
  const DbkLot      *lot;
  gint64             volume_ul;
  char              *fact;
} Step;

static void
reopen_and_verify (DbkRecordFixture *fixture)
{
  dbk_record_fixture_close (fixture);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- doses ---- */

static gboolean
append_dose (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  Step *step = data;
  DbkClaimAnswer answer;

  return dbk_claim_take (db, step->dose->patient, step->dose->day, step->dose->part, step->dose->id, &answer, NULL, error) &&
         dbk_fact_dose (db, &step->stamp, step->dose, &step->fact, error);
}

static gboolean
append_reversed (DbkDb     *db,
                 gpointer   data,
                 GError   **error)
{
  Step *step = data;

  return dbk_fact_dose_reversed (db, &step->stamp, step->dose, "wrong-amount", "倒错了", step->liquid, DBK_FIXTURE_PHYSICIAN, &step->fact, error);
}

static void
assert_same_dose (const DbkDose *a,
                  const DbkDose *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->fact, ==, b->fact);
  g_assert_cmpstr (a->patient, ==, b->patient);
  g_assert_cmpint (a->day, ==, b->day);
  g_assert_cmpint (a->part, ==, b->part);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->dose_ug, ==, b->dose_ug);
  g_assert_cmpint (a->ordered_ug, ==, b->ordered_ug);
  g_assert_cmpint (a->volume_ul, ==, b->volume_ul);
  g_assert_cmpstr (a->lot, ==, b->lot);
  g_assert_cmpstr (a->lot_number, ==, b->lot_number);
  g_assert_cmpstr (a->order, ==, b->order);
  g_assert_cmpint (a->taken_permille, ==, b->taken_permille);
  g_assert_cmpint (a->given_ms, ==, b->given_ms);
  g_assert_cmpint (a->from_paper, ==, b->from_paper);
  g_assert_cmpstr (a->given_by, ==, b->given_by);
  g_assert_cmpstr (a->giver_name, ==, b->giver_name);
  g_assert_cmpstr (a->site, ==, b->site);
  g_assert_cmpstr (a->reversed_by, ==, b->reversed_by);
  g_assert_cmpint (a->reversed_ms, ==, b->reversed_ms);
  g_assert_cmpstr (a->reversal_reason, ==, b->reversal_reason);
  g_assert_cmpint (a->collides, ==, b->collides);
}

static DbkDose *
new_dose (const char *id,
          DbkDay      day,
          gint        part,
          DbkDoseKind kind,
          gint64      dose_ug)
{
  DbkDose *dose = dbk_dose_new ();

  dose->id = g_strdup (id);
  dose->patient = g_strdup (DBK_FIXTURE_PATIENT);
  dose->day = day;
  dose->part = part;
  dose->kind = kind;
  dose->dose_ug = dose_ug;
  dose->ordered_ug = DBK_FIXTURE_DOSE_UG;
  dose->given_ms = G_GINT64_CONSTANT (1772669600123) + day;
  if (kind != DBK_DOSE_GUEST)
    {
      dose->volume_ul = dose_ug;
      dose->lot = g_strdup (DBK_FIXTURE_LOT);
      dose->order = g_strdup (DBK_FIXTURE_ORDER);
    }
  return dose;
}

/* What the record adds on its own. */
static void
complete (DbkDose    *dose,
          const char *fact)
{
  dose->fact = g_strdup (fact);
  dose->lot_number = g_strdup (dose->lot != NULL ? "L2601" : NULL);
  dose->given_by = g_strdup (DBK_FIXTURE_NURSE);
  dose->giver_name = g_strdup ("陈护士");
  dose->site = g_strdup ("C1");
}

static void
test_doses (void)
{
  static const struct
  {
    const char  *id;
    DbkDay       day;
    gint         part;
    DbkDoseKind  kind;
    gint64       dose_ug;
    gboolean     from_paper;
  } rows[] = {
    { "D0000000000000A1", DAY, 1, DBK_DOSE_OBSERVED, 60000, FALSE }, { "D0000000000000A2", DAY, 2, DBK_DOSE_OBSERVED, 30500, TRUE },
    { "D0000000000000A3", DAY + 1, 1, DBK_DOSE_TAKE_HOME, 60000, FALSE }, { "D0000000000000A4", DAY - 1, 1, DBK_DOSE_GUEST, 60000, FALSE },
    { "D0000000000000A5", DAY, 9, DBK_DOSE_OBSERVED, 0, FALSE },
    { "D0000000000000A6", -62091, 1, DBK_DOSE_GUEST, DBK_QUANTITY_MAX, FALSE }, { "D0000000000000A7", 2932896, 1, DBK_DOSE_TAKE_HOME, 1, FALSE },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkDose) dose = new_dose (rows[i].id, rows[i].day, rows[i].part, rows[i].kind, rows[i].dose_ug);
      g_autoptr(DbkDose) read = NULL;
      g_autoptr(GPtrArray) listed = NULL;
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .dose = dose };

      dose->from_paper = rows[i].from_paper;
      dbk_record_fixture_write (fixture, append_dose, &step);
      complete (dose, step.fact);
      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
      read = dbk_dose_get (fixture->db, rows[i].id, NULL);
      g_assert_nonnull (read);
      assert_same_dose (read, dose);
      listed = dbk_dose_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, rows[i].day, rows[i].day, NULL);
      g_assert_cmpuint (listed->len, >=, 1);
      g_free (step.fact);
    }
  dbk_fixture_assert_holds (fixture->db);
}

static guint
count_doses (DbkRecordFixture *fixture,
             DbkDay            from,
             DbkDay            to)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, from, to, NULL);

  return doses->len;
}

static void
test_lists (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(DbkDose) last = NULL, none = NULL;
  g_autoptr(GPtrArray) today = NULL;
  g_autoptr(GArray) days = NULL, doses_ug = NULL;
  g_autoptr(GError) error = NULL;
  gint64 doses = 0, dose_ug = 0, patients = 0;
  DbkDay first = 0;

  g_assert_true (dbk_dose_first_day (fixture->db, DBK_FIXTURE_PATIENT, &first, NULL));
  g_assert_cmpint (first, ==, DBK_DAY_NONE);
  for (DbkDay day = DAY; day < DAY + 5; day++)
    {
      g_autofree char *id = g_strdup_printf ("D0000000000000B%d", day - DAY);
      DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, day);

      dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
      if (day == DAY + 3)
        dbk_record_fixture_write (fixture, dbk_fixture_reverse, &dispense);
    }
  g_assert_cmpuint (count_doses (fixture, DBK_DAY_NONE, DBK_DAY_NONE), ==, 5);
  g_assert_cmpuint (count_doses (fixture, DAY + 1, DAY + 3), ==, 3);
  g_assert_cmpuint (count_doses (fixture, DAY + 4, DBK_DAY_NONE), ==, 1);
  g_assert_cmpuint (count_doses (fixture, DBK_DAY_NONE, DAY - 1), ==, 0);
  g_assert_true (dbk_dose_first_day (fixture->db, DBK_FIXTURE_PATIENT, &first, NULL));
  g_assert_cmpint (first, ==, DAY);
  last = dbk_dose_last_before (fixture->db, DBK_FIXTURE_PATIENT, DAY + 4, &error);
  g_assert_no_error (error);
  g_assert_cmpint (last->day, ==, DAY + 2);
  none = dbk_dose_last_before (fixture->db, DBK_FIXTURE_PATIENT, DAY, &error);
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_true (dbk_dose_totals (fixture->db, &doses, &dose_ug, &patients, NULL));
  g_assert_cmpint (doses, ==, 4);
  g_assert_cmpint (dose_ug, ==, 4 * DBK_FIXTURE_DOSE_UG);
  g_assert_cmpint (patients, ==, 1);
  today = dbk_dose_list_of_day (fixture->db, DAY, NULL);
  g_assert_cmpuint (today->len, ==, 1);
  days = dbk_dose_days_of_patient (fixture->db, DBK_FIXTURE_PATIENT, &doses_ug, NULL);
  g_assert_cmpuint (days->len, ==, 4);
  g_assert_cmpuint (doses_ug->len, ==, 4);
  g_assert_cmpint (g_array_index (days, DbkDay, 3), ==, DAY + 4);
  g_assert_cmpint (g_array_index (doses_ug, gint64, 3), ==, DBK_FIXTURE_DOSE_UG);
}

/* ---- reversals and the drug ---- */

static void
assert_balances (DbkRecordFixture *fixture,
                 gint64            bottle_ul,
                 gint64            given_ul,
                 gint64            waste_ul)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkLot) lot = dbk_lot_by_number (fixture->db, DBK_FIXTURE_SITE, "L2601", &error);

  g_assert_no_error (error);
  g_assert_cmpint (lot->bottle_ul, ==, bottle_ul);
  g_assert_cmpint (lot->given_ul, ==, given_ul);
  g_assert_cmpint (lot->waste_ul, ==, waste_ul);
  g_assert_cmpint (lot->safe_ul + lot->bottle_ul + lot->given_ul + lot->waste_ul, ==, lot->received_ul);
}

static void
test_reversals (void)
{
  static const struct
  {
    DbkLiquid liquid;
    gint64    back_ul;
    gint64    given_ul;
    gint64    waste_ul;
  } rows[] = {
    { DBK_LIQUID_NOT_POURED, 60000, 0, 0 },
    { DBK_LIQUID_WASTED, 0, 0, 60000 },
    { DBK_LIQUID_SWALLOWED, 0, 60000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
      g_autoptr(DbkDose) dose = new_dose ("D0000000000000A1", DAY, 1, DBK_DOSE_OBSERVED, 60000);
      g_autoptr(DbkDose) read = NULL;
      Step give = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .dose = dose };
      Step reverse = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .dose = dose, .liquid = rows[i].liquid };

      assert_balances (fixture, DBK_FIXTURE_BOTTLE_UL, 0, 0);
      dbk_record_fixture_write (fixture, append_dose, &give);
      assert_balances (fixture, DBK_FIXTURE_BOTTLE_UL - 60000, 60000, 0);
      dbk_record_fixture_write (fixture, append_reversed, &reverse);
      assert_balances (fixture, DBK_FIXTURE_BOTTLE_UL - 60000 + rows[i].back_ul, rows[i].given_ul, rows[i].waste_ul);

      complete (dose, give.fact);
      dose->reversed_by = g_strdup (DBK_FIXTURE_PHYSICIAN);
      dose->reversed_ms = reverse.stamp.wall_ms;
      dose->reversal_reason = g_strdup ("wrong-amount");
      reopen_and_verify (fixture);
      read = dbk_dose_get (fixture->db, dose->id, NULL);
      assert_same_dose (read, dose);
      g_free (give.fact);
      g_free (reverse.fact);
    }
}

/* The file of another point may bring the reversal before the dose; and two people may reverse the same dose: the drug moves once. */
static void
test_reversal_order (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(DbkDose) dose = new_dose ("D0000000000000A1", DAY, 1, DBK_DOSE_OBSERVED, 60000);
  g_autoptr(DbkDose) read = NULL;
  Step reverse = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .dose = dose, .liquid = DBK_LIQUID_WASTED };
  Step again = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .dose = dose, .liquid = DBK_LIQUID_NOT_POURED };
  Step give = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .dose = dose };

  dbk_record_fixture_write (fixture, append_reversed, &reverse);
  g_clear_pointer (&reverse.fact, g_free);
  dbk_record_fixture_write (fixture, append_dose, &give);
  read = dbk_dose_get (fixture->db, dose->id, NULL);
  g_assert_cmpstr (read->reversed_by, ==, DBK_FIXTURE_PHYSICIAN);
  assert_balances (fixture, DBK_FIXTURE_BOTTLE_UL - 60000, 0, 60000);
  dbk_record_fixture_write (fixture, append_reversed, &again);
  assert_balances (fixture, DBK_FIXTURE_BOTTLE_UL - 60000, 0, 60000);
  reopen_and_verify (fixture);
  g_free (give.fact);
  g_free (again.fact);
}

/* ---- lots ---- */

static gboolean
append_lot (DbkDb     *db,
            gpointer   data,
            GError   **error)
{
  Step *step = data;

  return dbk_fact_lot_received (db, &step->stamp, step->lot, NULL, error) &&
         (step->volume_ul == 0 || dbk_fact_bottle_opened (db, &step->stamp, "B0000000000000A1", step->lot->id, step->volume_ul, error));
}

static void
test_lots (void)
{
  const DbkLot big = {
    .id = (char *) "Q0000000000000A1", .number = (char *) "批号-7/Ⅱ", .product = (char *) "盐酸美沙酮口服溶液", .ug_per_ml = 10000,
    .expires = 2932896, .received_ul = DBK_QUANTITY_MAX,
  };
  const DbkLot kept = {
    .id = (char *) "Q0000000000000A2", .number = (char *) "L2602", .product = (char *) "methadone", .ug_per_ml = 1, .expires = DAY, .received_ul = 1,
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step open_big = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .lot = &big, .volume_ul = DBK_QUANTITY_MAX };
  Step keep = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .lot = &kept };
  g_autoptr(GPtrArray) lots = NULL;
  g_autoptr(DbkLot) open = dbk_lot_open (fixture->db, DBK_FIXTURE_SITE, NULL);
  g_autoptr(DbkLot) none = NULL, unknown = NULL, read = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (open->id, ==, DBK_FIXTURE_LOT);
  none = dbk_lot_open (fixture->db, "S0000000000000ZZ", &error);
  g_assert_null (none);
  g_assert_no_error (error);
  unknown = dbk_lot_by_number (fixture->db, DBK_FIXTURE_SITE, "L9", &error);
  g_assert_null (unknown);
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);

  dbk_record_fixture_write (fixture, append_lot, &open_big);
  dbk_record_fixture_write (fixture, append_lot, &keep);
  reopen_and_verify (fixture);
  read = dbk_lot_open (fixture->db, DBK_FIXTURE_SITE, NULL);
  g_assert_cmpstr (read->id, ==, big.id);
  g_assert_cmpstr (read->number, ==, big.number);
  g_assert_cmpstr (read->product, ==, big.product);
  g_assert_cmpint (read->ug_per_ml, ==, 10000);
  g_assert_cmpint (read->expires, ==, 2932896);
  g_assert_cmpint (read->received_ul, ==, DBK_QUANTITY_MAX);
  g_assert_cmpint (read->safe_ul, ==, 0);
  g_assert_cmpint (read->bottle_ul, ==, DBK_QUANTITY_MAX);
  g_assert_cmpint (read->opened, ==, DAY);
  g_assert_true (read->is_open);
  lots = dbk_lot_list (fixture->db, DBK_FIXTURE_SITE, NULL);
  g_assert_cmpuint (lots->len, ==, 3);
  for (guint i = 0; i < lots->len; i++)
    {
      const DbkLot *lot = g_ptr_array_index (lots, i);

      g_assert_cmpint (lot->is_open, ==, strcmp (lot->id, big.id) == 0);
      g_assert_cmpint (lot->opened, ==, strcmp (lot->id, kept.id) == 0 ? DBK_DAY_NONE : DAY);
    }
}

/* ---- not given ---- */

static gboolean
append_not_given (DbkDb     *db,
                  gpointer   data,
                  GError   **error)
{
  Step *step = data;

  return dbk_fact_not_given (db, &step->stamp, step->not_given, &step->fact, error);
}

static void
test_not_given (void)
{
  const DbkNotGiven rows[] = {
    { (char *) "G0000000000000A1", (char *) DBK_FIXTURE_PATIENT, DAY, (char *) "intoxicated", (char *) "酒气\n2 h later again" },
    { (char *) "G0000000000000A2", (char *) DBK_FIXTURE_PATIENT, DAY, (char *) "left", NULL },
    { (char *) "G0000000000000A3", (char *) DBK_FIXTURE_PATIENT, DAY + 1, (char *) "other", (char *) "" },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) of_day = NULL, of_patient = NULL, of_other = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .not_given = &rows[i] };

      dbk_record_fixture_write (fixture, append_not_given, &step);
      g_assert_cmpuint (strlen (step.fact), ==, DBK_FACT_ID_LENGTH);
      g_free (step.fact);
    }
  reopen_and_verify (fixture);
  of_day = dbk_not_given_list_of_day (fixture->db, DAY, NULL, NULL);
  of_other = dbk_not_given_list_of_day (fixture->db, DAY, "T0000000000000ZZ", NULL);
  of_patient = dbk_not_given_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, DBK_DAY_NONE, DBK_DAY_NONE, NULL);
  g_assert_cmpuint (of_day->len, ==, 2);
  g_assert_cmpuint (of_other->len, ==, 0);
  g_assert_cmpuint (of_patient->len, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const DbkNotGiven *read = g_ptr_array_index (of_patient, i);

      g_assert_cmpstr (read->id, ==, rows[i].id);
      g_assert_cmpstr (read->patient, ==, DBK_FIXTURE_PATIENT);
      g_assert_cmpint (read->day, ==, rows[i].day);
      g_assert_cmpstr (read->reason, ==, rows[i].reason);
      g_assert_cmpstr (read->note, ==, rows[i].note);
      g_assert_cmpstr (read->by, ==, DBK_FIXTURE_NURSE);
      g_assert_cmpstr (read->by_name, ==, "陈护士");
      g_assert_cmpint (read->at_ms, ==, fixture->wall_ms - 1000 * (2 - (gint64) i));
    }
}

/* ---- an earlier register ---- */

static gboolean
append_history (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  Step *step = data;

  return dbk_fact_history (db, &step->stamp, "I0000000000000A1", step->patient, step->days, step->doses_ug, step->n, error) &&
         dbk_fact_import (db, &step->stamp, "I0000000000000A1", "纸质登记 2025.csv", "0123", 500, 1, (gint64) step->n, 0, error);
}

static void
test_history (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkDay days[400];
  gint64 doses_ug[G_N_ELEMENTS (days)];
  g_autoptr(GArray) read_days = NULL, read_ug = NULL;
  g_autoptr(DbkDose) dose = NULL;
  g_autofree char *id = NULL;
  Step step = { .days = days, .doses_ug = doses_ug, .n = G_N_ELEMENTS (days), .patient = DBK_FIXTURE_PATIENT };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      days[i] = DAY - 1 - 2 * (DbkDay) (G_N_ELEMENTS (days) - 1 - i);
      doses_ug[i] = 500 * (gint64) (i + 1);
    }
  step.stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE);
  dbk_record_fixture_write (fixture, append_history, &step);
  reopen_and_verify (fixture);
  read_days = dbk_dose_days_of_patient (fixture->db, DBK_FIXTURE_PATIENT, &read_ug, NULL);
  g_assert_cmpuint (read_days->len, ==, G_N_ELEMENTS (days));
  g_assert_cmpuint (read_ug->len, ==, G_N_ELEMENTS (days));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_assert_cmpint (g_array_index (read_days, DbkDay, i), ==, days[i]);
      g_assert_cmpint (g_array_index (read_ug, gint64, i), ==, doses_ug[i]);
    }

  id = dbk_imported_dose_id (DBK_FIXTURE_PATIENT, DAY - 1);
  dose = dbk_dose_get (fixture->db, id, NULL);
  g_assert_cmpint (dose->kind, ==, DBK_DOSE_IMPORTED);
  g_assert_cmpint (dose->volume_ul, ==, 0);
  g_assert_cmpint (dose->ordered_ug, ==, 0);
  g_assert_cmpstr (dose->lot, ==, NULL);
  g_assert_cmpstr (dose->order, ==, NULL);
  assert_balances (fixture, DBK_FIXTURE_BOTTLE_UL, 0, 0);
}

/* ---- who is missing ---- */

static guint
sweep (DbkRecordFixture *fixture,
       DbkDay            day)
{
  g_autoptr(GPtrArray) missing = dbk_attendance_sweep (fixture->db, day, NULL);

  return missing->len;
}

static void
test_attendance (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) active = dbk_attendance_active (fixture->db, NULL);
  DbkDispense first = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  DbkDispense later = dbk_record_fixture_dispense (fixture, "D0000000000000A2", DAY + 2);
  DbkDispense earlier = dbk_record_fixture_dispense (fixture, "D0000000000000A3", DAY + 1);

  g_assert_cmpuint (active->len, ==, 1);
  g_assert_cmpuint (sweep (fixture, DAY + 1), ==, 0); /* never dosed is not missing */
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &first);
  g_assert_cmpuint (sweep (fixture, DAY), ==, 0);
  g_assert_cmpuint (sweep (fixture, DAY + 1), ==, 1);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &later);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &earlier);
  g_assert_cmpuint (sweep (fixture, DAY + 2), ==, 0);
  g_assert_cmpuint (sweep (fixture, DAY + 3), ==, 1);
  dbk_record_fixture_write (fixture, dbk_fixture_reverse, &later);
  g_assert_cmpuint (sweep (fixture, DAY + 1), ==, 0);
  g_assert_cmpuint (sweep (fixture, DAY + 2), ==, 1);
  dbk_fixture_assert_holds (fixture->db);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/doses/doses", test_doses);
  g_test_add_func ("/db/doses/lists", test_lists);
  g_test_add_func ("/db/doses/reversals", test_reversals);
  g_test_add_func ("/db/doses/reversal-order", test_reversal_order);
  g_test_add_func ("/db/doses/lots", test_lots);
  g_test_add_func ("/db/doses/not-given", test_not_given);
  g_test_add_func ("/db/doses/history", test_history);
  g_test_add_func ("/db/doses/attendance", test_attendance);
  return g_test_run ();
}
