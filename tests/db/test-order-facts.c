/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders, holds, absences, closures: what was appended is what the stores read, also after the file was closed. */
#include "db/dbk-order-store.h"
#include "db/facts/dbk-order-facts.h"
#include "db/record/dbk-quantity.h"
#include "tests/lib/dbk-record-fixture.h"

typedef struct
{
  DbkStamp           stamp;
  const DbkOrder    *order;
  const char *const *replaces;
  const DbkHold     *hold;
  const DbkAbsence  *absence;
  const char        *id;
  DbkDay             day;
} Step;

static void
reopen_and_verify (DbkRecordFixture *fixture)
{
  dbk_record_fixture_close (fixture);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- orders ---- */

static gboolean
append_signed (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  const Step *step = data;

  return dbk_fact_order_signed (db, &step->stamp, step->order, step->replaces, error);
}

static gboolean
append_ended (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const Step *step = data;

  return dbk_fact_order_ended (db, &step->stamp, step->id, DBK_FIXTURE_PATIENT, step->day, "other", error);
}

static void
assert_same_order (const DbkOrder *a,
                   const DbkOrder *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->patient, ==, b->patient);
  g_assert_cmpint (a->dose_ug, ==, b->dose_ug);
  g_assert_cmpint (a->from, ==, b->from);
  g_assert_cmpint (a->to, ==, b->to);
  g_assert_cmpint (a->until, ==, b->until);
  g_assert_cmpstr (a->reason, ==, b->reason);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpstr (a->signed_by, ==, b->signed_by);
  g_assert_cmpstr (a->signer_name, ==, b->signer_name);
  g_assert_cmpint (a->signed_day, ==, b->signed_day);
  g_assert_cmpint (a->signed_ms, ==, b->signed_ms);
  g_assert_cmpstr (a->replaced_by, ==, b->replaced_by);
}

static void
test_orders (void)
{
  static const struct
  {
    const char *id;
    gint64      dose_ug;
    DbkDay      from;
    DbkDay      to;
    const char *reason;
    const char *note;
  } rows[] = {
    { "R0000000000000A1", 1, -62091, 2932896, "titration", "first line\nsecond \"line\"\t\\ \x01 \x7f 注意 𠮷" },
    { "R0000000000000A2", DBK_QUANTITY_MAX, DBK_FIXTURE_DAY, DBK_DAY_NONE, NULL, NULL },
    { "R0000000000000A3", 500, DBK_FIXTURE_DAY + 3, DBK_FIXTURE_DAY + 3, "other", "" },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkOrder) order = dbk_order_new ();
      g_autoptr(DbkOrder) read = NULL;
      g_autoptr(GError) error = NULL;
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .order = order };

      step.stamp.wall_ms += 123;
      order->id = g_strdup (rows[i].id);
      order->patient = g_strdup (DBK_FIXTURE_PATIENT);
      order->dose_ug = rows[i].dose_ug;
      order->from = rows[i].from;
      order->to = order->until = rows[i].to;
      order->reason = g_strdup (rows[i].reason);
      order->note = g_strdup (rows[i].note);
      dbk_record_fixture_write (fixture, append_signed, &step);

      order->signed_by = g_strdup (DBK_FIXTURE_PHYSICIAN);
      order->signer_name = g_strdup ("李医生");
      order->signed_day = DBK_FIXTURE_DAY;
      order->signed_ms = step.stamp.wall_ms;
      reopen_and_verify (fixture);
      read = dbk_order_get (fixture->db, rows[i].id, &error);
      g_assert_no_error (error);
      assert_same_order (read, order);
    }
}

static void
assert_until (DbkRecordFixture *fixture,
              const char       *id,
              DbkDay            until,
              const char       *replaced_by)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkOrder) order = dbk_order_get (fixture->db, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (order->until, ==, until);
  g_assert_cmpstr (order->replaced_by, ==, replaced_by);
}

static guint
count_in_force (DbkRecordFixture *fixture,
                DbkDay            day)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) orders = dbk_order_list_in_force (fixture->db, day, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < orders->len; i++)
    g_assert_true (dbk_order_in_force (g_ptr_array_index (orders, i), day));
  return orders->len;
}

/* Signed to D+29, replaced from D+10 on, ended after D+20, and the replacement ended before it began. */
static void
test_ends (void)
{
  const DbkDay day = DBK_FIXTURE_DAY;
  const char *const replaces[] = { DBK_FIXTURE_ORDER, "R0000000000000A1", NULL };
  const DbkOrder first = { .id = (char *) "R0000000000000A1", .patient = (char *) DBK_FIXTURE_PATIENT, .dose_ug = 50000, .from = day, .to = day + 29 };
  const DbkOrder second = { .id = (char *) "R0000000000000A2", .patient = (char *) DBK_FIXTURE_PATIENT, .dose_ug = 40000, .from = day + 10, .to = DBK_DAY_NONE };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step sign_first = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .order = &first };
  Step end_first = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .id = "R0000000000000A1", .day = day + 20 };
  Step sign_second = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .order = &second, .replaces = replaces };
  Step end_second = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .id = "R0000000000000A2", .day = day + 8 };
  g_autoptr(GPtrArray) all = NULL;

  dbk_record_fixture_write (fixture, append_signed, &sign_first);
  assert_until (fixture, first.id, day + 29, NULL);
  dbk_record_fixture_write (fixture, append_ended, &end_first);
  assert_until (fixture, first.id, day + 20, NULL);
  dbk_record_fixture_write (fixture, append_signed, &sign_second);
  assert_until (fixture, first.id, day + 9, "R0000000000000A2");
  assert_until (fixture, DBK_FIXTURE_ORDER, day + 9, "R0000000000000A2");
  g_assert_cmpuint (count_in_force (fixture, day - 1), ==, 0);
  g_assert_cmpuint (count_in_force (fixture, day), ==, 2);
  g_assert_cmpuint (count_in_force (fixture, day + 9), ==, 2);
  g_assert_cmpuint (count_in_force (fixture, day + 10), ==, 1);
  dbk_record_fixture_write (fixture, append_ended, &end_second);
  assert_until (fixture, second.id, day + 8, NULL);
  g_assert_cmpuint (count_in_force (fixture, day + 10), ==, 0);
  reopen_and_verify (fixture);
  all = dbk_order_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((DbkOrder *) g_ptr_array_index (all, 0))->id, ==, second.id);
}

/* ---- holds ---- */

static gboolean
append_hold (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Step *step = data;

  return dbk_fact_hold_placed (db, &step->stamp, step->hold, error);
}

static gboolean
append_lift (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Step *step = data;

  return dbk_fact_hold_lifted (db, &step->stamp, step->id, DBK_FIXTURE_PATIENT, "seen", error);
}

static guint
count_standing (DbkRecordFixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) holds = dbk_hold_list_standing (fixture->db, &error);

  g_assert_no_error (error);
  return holds->len;
}

static void
test_holds (void)
{
  const DbkDay day = DBK_FIXTURE_DAY;
  const DbkHold medical = {
    .id = (char *) "H0000000000000A1", .patient = (char *) DBK_FIXTURE_PATIENT, .kind = DBK_HOLD_MEDICAL, .reason = (char *) "cardiac",
    .note = (char *) "心电图 QTc 520", .from = day, .until = day + 3,
  };
  const DbkHold stop = {
    .id = (char *) "H0000000000000A2", .patient = (char *) DBK_FIXTURE_PATIENT, .kind = DBK_HOLD_STOP, .reason = (char *) "see-physician",
    .from = day - 1, .until = DBK_DAY_NONE,
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step place_medical = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .hold = &medical };
  Step place_stop = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .hold = &stop };
  Step lift = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .id = "H0000000000000A1" };
  g_autoptr(GPtrArray) holds = NULL;
  const DbkHold *read;

  dbk_record_fixture_write (fixture, append_hold, &place_medical);
  dbk_record_fixture_write (fixture, append_hold, &place_stop);
  g_assert_cmpuint (count_standing (fixture), ==, 2);
  lift.stamp.day = day + 2;
  dbk_record_fixture_write (fixture, append_lift, &lift);
  g_assert_cmpuint (count_standing (fixture), ==, 1);
  reopen_and_verify (fixture);

  holds = dbk_hold_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, NULL);
  g_assert_cmpuint (holds->len, ==, 2);
  read = g_ptr_array_index (holds, 0);
  g_assert_cmpstr (read->id, ==, medical.id);
  g_assert_cmpint (read->kind, ==, DBK_HOLD_MEDICAL);
  g_assert_cmpstr (read->reason, ==, "cardiac");
  g_assert_cmpstr (read->note, ==, medical.note);
  g_assert_cmpint (read->from, ==, day);
  g_assert_cmpint (read->until, ==, day + 3);
  g_assert_cmpstr (read->placed_by, ==, DBK_FIXTURE_PHYSICIAN);
  g_assert_cmpstr (read->placer_name, ==, "李医生");
  g_assert_cmpint (read->lifted_on, ==, day + 2);
  g_assert_cmpstr (read->lifted_by, ==, DBK_FIXTURE_PHYSICIAN);
  g_assert_true (dbk_hold_stands (read, day + 1));
  g_assert_false (dbk_hold_stands (read, day + 2));
  read = g_ptr_array_index (holds, 1);
  g_assert_cmpint (read->kind, ==, DBK_HOLD_STOP);
  g_assert_cmpstr (read->note, ==, NULL);
  g_assert_cmpint (read->until, ==, DBK_DAY_NONE);
  g_assert_cmpint (read->lifted_on, ==, DBK_DAY_NONE);
  g_assert_cmpstr (read->lifted_by, ==, NULL);
}

/* ---- absences and closures ---- */

static gboolean
append_absence (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const Step *step = data;

  return dbk_fact_absence (db, &step->stamp, step->absence, error);
}

static void
test_absences (void)
{
  const DbkAbsence rows[] = {
    { (char *) "A0000000000000A1", (char *) DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, DBK_FIXTURE_DAY + 6, (char *) "hospital", TRUE },
    { (char *) "A0000000000000A2", (char *) DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY + 8, DBK_FIXTURE_DAY + 8, (char *) "custody", FALSE },
    { (char *) "A0000000000000A3", NULL, DBK_FIXTURE_DAY + 1, DBK_FIXTURE_DAY + 7, (char *) "holiday", FALSE },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) absences = NULL, closures = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .absence = &rows[i] };

      dbk_record_fixture_write (fixture, append_absence, &step);
    }
  reopen_and_verify (fixture);
  absences = dbk_absence_list (fixture->db, DBK_FIXTURE_PATIENT, NULL);
  closures = dbk_absence_list (fixture->db, NULL, NULL);
  g_assert_cmpuint (absences->len, ==, 2);
  g_assert_cmpuint (closures->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const DbkAbsence *read = i < 2 ? g_ptr_array_index (absences, i) : g_ptr_array_index (closures, 0);

      g_assert_cmpstr (read->id, ==, rows[i].id);
      g_assert_cmpstr (read->patient, ==, rows[i].patient);
      g_assert_cmpint (read->from, ==, rows[i].from);
      g_assert_cmpint (read->to, ==, rows[i].to);
      g_assert_cmpstr (read->reason, ==, rows[i].reason);
      g_assert_cmpint (read->dosed_there, ==, rows[i].dosed_there);
    }
}

static gboolean
append_withdrawal (DbkDb     *db,
                   gpointer   data,
                   GError   **error)
{
  const Step *step = data;

  return dbk_fact_absence_withdrawn (db, &step->stamp, step->absence, error);
}

static guint
count_absences (DbkRecordFixture *fixture,
                const char       *patient)
{
  g_autoptr(GPtrArray) absences = dbk_absence_list (fixture->db, patient, NULL);

  return absences->len;
}

/* Also where it arrives before what it withdraws; one of two stays. */
static void
test_withdrawn (void)
{
  const DbkAbsence rows[] = {
    { (char *) "A0000000000000A1", (char *) DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, DBK_FIXTURE_DAY + 6, (char *) "hospital", TRUE },
    { (char *) "A0000000000000A2", (char *) DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, DBK_FIXTURE_DAY + 6, (char *) "hospital", TRUE },
    { (char *) "A0000000000000A3", NULL, DBK_FIXTURE_DAY + 1, DBK_FIXTURE_DAY + 7, (char *) "holiday", FALSE },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step steps[G_N_ELEMENTS (rows)];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    steps[i] = (Step) { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .absence = &rows[i] };
  dbk_record_fixture_write (fixture, append_withdrawal, &steps[0]);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    dbk_record_fixture_write (fixture, append_absence, &steps[i]);
  g_assert_cmpuint (count_absences (fixture, DBK_FIXTURE_PATIENT), ==, 1);
  g_assert_cmpuint (count_absences (fixture, NULL), ==, 1);
  dbk_record_fixture_write (fixture, append_withdrawal, &steps[2]);
  dbk_record_fixture_write (fixture, append_withdrawal, &steps[2]);
  g_assert_cmpuint (count_absences (fixture, NULL), ==, 0);
  reopen_and_verify (fixture);
  g_assert_cmpuint (count_absences (fixture, DBK_FIXTURE_PATIENT), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/orders/orders", test_orders);
  g_test_add_func ("/db/orders/ends", test_ends);
  g_test_add_func ("/db/orders/holds", test_holds);
  g_test_add_func ("/db/orders/absences", test_absences);
  g_test_add_func ("/db/orders/withdrawn", test_withdrawn);
  return g_test_run ();
}
