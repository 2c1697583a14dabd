/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-demo.h"

#include "app/dbk-counter.h"
#include "app/dbk-sign-in.h"
#include "app/dbk-today.h"
#include "db/dbk-pin.h"
#include "tests/lib/dbk-record-fixture.h"

#define NOON_MS (G_GINT64_CONSTANT (1772668800000) + G_GINT64_CONSTANT (4) * 3600 * 1000) /* 2026-03-05 12:00 in Shanghai */
#define ONE_AM_MS (NOON_MS - G_GINT64_CONSTANT (11) * 3600 * 1000)

typedef struct
{
  char       *folder;
  char       *path;
  DbkClinic  *clinic;
  DbkSession *nurse;
} Room;

static void
enter (Room   *room,
       guint   n_patients,
       guint   n_days,
       gint64  now_ms)
{
  g_autoptr(GError) error = NULL;

  dbk_pin_make_cheap ();
  room->folder = g_dir_make_tmp ("dosebook-test-XXXXXX", NULL);
  room->path = g_build_filename (room->folder, "demo.dosebook", NULL);
  dbk_demo_make (room->path, n_patients, n_days, now_ms, &error);
  g_assert_no_error (error);
  room->clinic = dbk_clinic_open (room->path, DBK_DB_WRITE, &error);
  g_assert_no_error (error);
  dbk_clock_set (dbk_clinic_get_clock (room->clinic), now_ms);
  room->nurse = dbk_sign_in (room->clinic, DBK_DEMO_NURSE, DBK_DEMO_PIN, &error);
  g_assert_no_error (error);
}

static void
leave (Room *room)
{
  dbk_session_free (room->nurse);
  dbk_clinic_close (room->clinic);
  dbk_fixture_remove_folder (room->folder);
  g_free (room->folder);
  g_free (room->path);
}

static void
count_findings (Room             *room,
                const DbkPatient *patient,
                guint             counts[DBK_N_FINDING_CODES],
                guint             kinds[DBK_VERDICT_STOP + 1])
{
  const DbkCounterRequest request = { .patient = patient->id, .card = "", .day = DBK_DAY_NONE };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkCounterView) view = dbk_counter_look (room->clinic, room->nurse, &request, &error);

  g_assert_no_error (error);
  kinds[view->verdict->kind]++;
  for (guint i = 0; i < view->verdict->findings->len; i++)
    counts[((const DbkFinding *) g_ptr_array_index (view->verdict->findings, i))->code]++;
}

/* The morning is half over. */
static void
assert_half_over (Room *room)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkToday) today = dbk_today_read (room->clinic, room->nurse, DBK_DAY_NONE, &error);
  gint64 newest_ms = 0;
  DbkDay newest_day = DBK_DAY_NONE;

  g_assert_no_error (error);
  g_assert_cmpint (today->dosed, >, DBK_DEMO_PATIENTS / 5);
  g_assert_cmpint (today->to_come, >, DBK_DEMO_PATIENTS / 5);
  g_assert_cmpint (today->not_given, ==, 1);
  g_assert_true (dbk_fact_log_newest (dbk_clinic_get_db (room->clinic), &newest_ms, &newest_day, &error));
  g_assert_cmpint (newest_ms, <=, NOON_MS);
}

/* Nobody was ever given anything that was not ordered then, and nothing before the order. */
static void
assert_doses_follow_orders (Room *room)
{
  g_assert_cmpint (dbk_fixture_peek (room->path, "SELECT count (*) FROM dose WHERE kind <> 'imported'"), >, 1000);
  g_assert_cmpint (dbk_fixture_peek (room->path,
                                     "SELECT count (*) FROM dose d WHERE kind <> 'imported' AND NOT EXISTS (SELECT 1 FROM dose_order o"
                                     " WHERE o.id = d.order_id AND o.patient = d.patient AND o.dose_ug = d.dose_ug AND o.from_day <= d.day"
                                     " AND NOT EXISTS (SELECT 1 FROM order_end e WHERE e.order_id = o.id AND e.last_day < d.day))"),
                   ==, 0);
  g_assert_cmpint (dbk_fixture_peek (room->path, "SELECT count (*) FROM balance WHERE account <> 'supplier' AND volume_ul < 0"), ==, 0);
}

/* One of each thing that can stand in the way of a patient; what is of the clinic or the scanner cannot be in a record. */
static void
test_everything_is_there (void)
{
  static const DbkFindingCode wanted[] = {
    DBK_FINDING_ALREADY_DOSED, DBK_FINDING_NO_ORDER, DBK_FINDING_ORDER_EXPIRED, DBK_FINDING_ON_HOLD, DBK_FINDING_STOP_FLAG,
    DBK_FINDING_MISSED_STOP, DBK_FINDING_NOT_IN_TREATMENT, DBK_FINDING_GUEST_ELSEWHERE, DBK_FINDING_MISSED, DBK_FINDING_DOSE_CHANGED,
    DBK_FINDING_FIRST_DOSE, DBK_FINDING_SIMILAR_NAME, DBK_FINDING_PHOTO_OLD, DBK_FINDING_CONCURRENT_ORDERS, DBK_FINDING_ORDER_ENDS_SOON,
    DBK_FINDING_NO_PHOTO, DBK_FINDING_NOT_GIVEN_EARLIER, DBK_FINDING_ALLERGIES,
  };
  guint counts[DBK_N_FINDING_CODES] = { 0 }, kinds[DBK_VERDICT_STOP + 1] = { 0 };
  g_autoptr(GPtrArray) patients = NULL;
  Room room;

  enter (&room, DBK_DEMO_PATIENTS, DBK_DEMO_DAYS, NOON_MS);
  g_assert_true (dbk_clinic_is_demo (room.clinic));
  dbk_fixture_assert_holds (dbk_clinic_get_db (room.clinic));
  patients = dbk_patient_list (dbk_clinic_get_db (room.clinic), NULL);
  g_assert_cmpuint (patients->len, ==, DBK_DEMO_PATIENTS);
  for (guint i = 0; i < patients->len; i++)
    count_findings (&room, g_ptr_array_index (patients, i), counts, kinds);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s: %u", dbk_finding_code_to_word (wanted[i]), counts[wanted[i]]);
      g_assert_cmpuint (counts[wanted[i]], >, 0);
    }
  /* And what would spoil the morning for all of them is not. */
  g_assert_cmpuint (counts[DBK_FINDING_COLLISION], ==, 0);
  g_assert_cmpuint (counts[DBK_FINDING_NO_POLICY], ==, 0);
  g_assert_cmpuint (counts[DBK_FINDING_NO_BOTTLE], ==, 0);
  g_assert_cmpuint (counts[DBK_FINDING_STOCK_SHORT], ==, 0);
  g_assert_cmpuint (counts[DBK_FINDING_LOT_EXPIRED], ==, 0);
  g_assert_cmpuint (counts[DBK_FINDING_CLOCK_BACK], ==, 0);
  g_assert_cmpuint (counts[DBK_FINDING_WRONG_DAY], ==, 0);
  g_assert_cmpuint (kinds[DBK_VERDICT_GIVE], >, 20);
  g_assert_cmpuint (kinds[DBK_VERDICT_ANSWER], >, 3);
  g_assert_cmpuint (kinds[DBK_VERDICT_STOP], >, 20);
  g_assert_cmpint (dbk_fixture_peek (room.path, "SELECT count (*) FROM card WHERE revoked IS NOT NULL"), ==, 1);
  assert_half_over (&room);
  assert_doses_follow_orders (&room);
  leave (&room);
}

/* A short one, and one made in the night: nothing of it lies ahead. */
static void
test_small (void)
{
  static const struct
  {
    guint  n_patients, n_days;
    gint64 now_ms;
  } sizes[] = { { 1, 1, NOON_MS }, { 4, 2, NOON_MS }, { 40, 7, ONE_AM_MS }, { 15, 61, NOON_MS } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gint64 newest_ms = 0;
      DbkDay newest_day = DBK_DAY_NONE;
      Room room;

      enter (&room, sizes[i].n_patients, sizes[i].n_days, sizes[i].now_ms);
      dbk_fixture_assert_holds (dbk_clinic_get_db (room.clinic));
      g_assert_cmpint (dbk_fixture_peek (room.path, "SELECT count (*) FROM patient"), ==, sizes[i].n_patients);
      g_assert_true (dbk_fact_log_newest (dbk_clinic_get_db (room.clinic), &newest_ms, &newest_day, NULL));
      g_assert_cmpint (newest_ms, <=, sizes[i].now_ms);
      g_assert_cmpint (newest_day, ==, dbk_clinic_today (room.clinic));
      leave (&room);
    }
}

static void
test_nothing_is_overwritten (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dosebook-test-XXXXXX", NULL), *path = g_build_filename (folder, "demo.dosebook", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  guint n = 0;

  dbk_pin_make_cheap ();
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (dbk_demo_make (path, 3, 3, NOON_MS, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 1);
  dbk_fixture_remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/everything-is-there", test_everything_is_there);
  g_test_add_func ("/demo/small", test_small);
  g_test_add_func ("/demo/nothing-is-overwritten", test_nothing_is_overwritten);
  return g_test_run ();
}
