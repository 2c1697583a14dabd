/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Site files between a clinic and its dosing points: there and back, twice, out of order, altered, and by people who may not. */
#include "db/dbk-dose-store.h"
#include "db/dbk-fact-log-private.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-people-store.h"
#include "db/dbk-verify.h"
#include "db/facts/dbk-people-facts.h"
#include "tests/exchange/dbk-test-site.h"

#define DAY DBK_FIXTURE_DAY

static void
assert_holds (DbkTestSite *site)
{
  dbk_fixture_assert_holds (site->db);
}

static gboolean
knows_patient (DbkTestSite *site,
               const char  *patient)
{
  g_autoptr(DbkPatient) found = dbk_patient_get (site->db, patient, NULL);

  return found != NULL;
}

static void
assert_same_facts (DbkTestSite *a,
                   DbkTestSite *b)
{
  g_autofree char *one = dbk_test_site_list_facts (a), *other = dbk_test_site_list_facts (b);

  g_assert_cmpstr (one, ==, other);
}

/* Grant, dose out there, bring it home, and go on. */
static void
test_there_and_back (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY + 1, DAY + 7);
  g_autofree char *dose = NULL;
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), back = NULL, again = NULL;
  g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), brought = NULL, twice = NULL, third = NULL;
  g_autoptr(DbkDose) found = NULL;
  g_autoptr(GPtrArray) leases = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (taken->n_known, ==, 0);
  g_assert_cmpint (taken->n_new, >, 10);
  g_assert_true (knows_patient (point, DBK_FIXTURE_PATIENT));
  g_assert_false (knows_patient (point, DBK_TEST_OTHER));
  leases = dbk_lease_list_of_patient (point->db, DBK_FIXTURE_PATIENT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (leases->len, ==, 1);
  g_assert_cmpstr (((DbkLease *) g_ptr_array_index (leases, 0))->holder, ==, point->writer);
  assert_holds (point);
  assert_same_facts (clinic, point);

  dose = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY + 1);
  back = dbk_test_site_export (point, clinic, FALSE);
  brought = dbk_test_site_import (clinic, back);
  g_assert_cmpint (brought->n_new, ==, 2); /* the epoch and the dose */
  g_assert_cmpint (brought->manifest->doses, ==, 1);
  found = dbk_dose_get (clinic->db, dose, &error);
  g_assert_no_error (error);
  assert_holds (clinic);
  assert_same_facts (clinic, point);

  twice = dbk_test_site_import (clinic, back);
  g_assert_true (twice->known_file);
  g_assert_cmpint (twice->n_new, ==, 0);

  again = dbk_test_site_export (clinic, point, FALSE);
  third = dbk_test_site_import (point, again);
  g_assert_cmpint (third->manifest->facts, ==, 0);
}

/* What is looked at first is what happens then, and looking changes nothing. */
static void
test_inspect (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 1);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE);
  g_autofree char *before = dbk_test_site_list_facts (point), *after = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkIntake) looked = dbk_test_site_try_import (point, out, DBK_INTAKE_INSPECT, &error), taken = NULL;

  g_assert_no_error (error);
  after = dbk_test_site_list_facts (point);
  g_assert_cmpstr (after, ==, before);
  taken = dbk_test_site_import (point, out);
  g_assert_false (taken->known_file);
  g_assert_cmpint (taken->n_new, ==, looked->n_new);
}

/* Two doses on one day: one alert, whichever record hears of it first and however often. */
static void
test_collision (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 1);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), back = NULL, full = NULL, there = NULL;
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), brought = NULL, again = NULL, told = NULL;
  G_GNUC_UNUSED g_autofree char *here_dose = dbk_test_site_dose (clinic, DBK_FIXTURE_PATIENT, DAY);
  G_GNUC_UNUSED g_autofree char *there_dose = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY);
  g_autoptr(GPtrArray) open = NULL;

  back = dbk_test_site_export (point, clinic, FALSE);
  brought = dbk_test_site_import (clinic, back);
  g_assert_cmpuint (brought->collisions->len, ==, 1);
  full = dbk_test_site_export (point, clinic, TRUE);
  again = dbk_test_site_import (clinic, full);
  g_assert_cmpuint (again->collisions->len, ==, 0);
  open = dbk_collision_list_open (clinic->db, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  there = dbk_test_site_export (clinic, point, FALSE);
  told = dbk_test_site_import (point, there);
  g_assert_cmpuint (told->collisions->len, ==, 1);
  assert_holds (clinic);
  assert_holds (point);
  assert_same_facts (clinic, point);
}

#define MANY_DAYS 700 /* more than are read ahead at once */

static gboolean
dose_and_take_back (DbkDb     *db,
                    gpointer   data,
                    GError   **error)
{
  DbkTestSite *point = data;

  for (guint i = 0; i < MANY_DAYS; i++)
    {
      g_autofree char *id = g_strdup_printf ("D00000000000%04u", i);
      DbkStamp stamp = dbk_test_site_stamp (point, DBK_FIXTURE_NURSE);
      DbkDose dose = { .id = id, .patient = (char *) DBK_FIXTURE_PATIENT, .day = DAY + (DbkDay) i, .part = 1, .kind = DBK_DOSE_OBSERVED, .dose_ug = 60000,
                       .ordered_ug = 60000, .volume_ul = 60000, .lot = (char *) DBK_FIXTURE_LOT, .order = (char *) DBK_FIXTURE_ORDER, .given_ms = stamp.wall_ms };

      if (!dbk_fact_dose (db, &stamp, &dose, NULL, error))
        return FALSE;
      stamp = dbk_test_site_stamp (point, DBK_FIXTURE_NURSE);
      if (i == MANY_DAYS - 1 && !dbk_fact_dose_reversed (db, &stamp, &dose, "not-given", NULL, DBK_LIQUID_NOT_POURED, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
patient_account (DbkTestSite *site)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) balances = dbk_balance_list (site->db, &error);
  gint64 sum_ul = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < balances->len; i++)
    {
      const DbkBalance *balance = g_ptr_array_index (balances, i);

      if (strcmp (balance->account, "patient") == 0)
        sum_ul += balance->volume_ul;
    }
  return sum_ul;
}

static gboolean
is_missing_on (DbkTestSite *site,
               DbkDay       day)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) missing = dbk_attendance_sweep (site->db, day, &error);

  g_assert_no_error (error);
  return g_ptr_array_find_with_equal_func (missing, DBK_FIXTURE_PATIENT, g_str_equal, NULL);
}

/* Sums are written once for a whole file: what was taken back within it is in none of them. */
static void
test_many (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + MANY_DAYS);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), back = NULL;
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), brought = NULL;
  gint64 before_ul = patient_account (clinic);

  dbk_test_site_write (point, dose_and_take_back, point);
  back = dbk_test_site_export (point, clinic, FALSE);
  brought = dbk_test_site_import (clinic, back);
  g_assert_cmpint (brought->n_new, ==, MANY_DAYS + 2); /* the epoch, the doses, the reversal */
  g_assert_cmpint (patient_account (clinic) - before_ul, ==, (MANY_DAYS - 1) * 60000);
  g_assert_false (is_missing_on (clinic, DAY + MANY_DAYS - 2));
  g_assert_true (is_missing_on (clinic, DAY + MANY_DAYS - 1));
  assert_holds (clinic);
  assert_same_facts (clinic, point);
}

/* A file that rests on one that is not there any more says so, and nothing is done; a full one mends it. */
static void
test_missing (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 5);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), first = NULL, second = NULL, full = NULL, heard = NULL, yesterday = NULL;
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), a = NULL, b = NULL, refused = NULL, mended = NULL;
  G_GNUC_UNUSED g_autofree char *one = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY), *two = NULL, *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;

  yesterday = dbk_test_site_snapshot (clinic);
  first = dbk_test_site_export (point, clinic, FALSE);
  a = dbk_test_site_import (clinic, first);
  heard = dbk_test_site_export (clinic, point, FALSE);
  b = dbk_test_site_import (point, heard);
  dbk_test_site_restore (clinic, yesterday, TRUE);
  two = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY + 1);
  second = dbk_test_site_export (point, clinic, FALSE);
  before = dbk_test_site_list_facts (clinic);
  refused = dbk_test_site_try_import (clinic, second, DBK_INTAKE_TAKE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->missing->len, ==, 1);
  g_assert_cmpstr (g_array_index (refused->missing, DbkTip, 0).writer, ==, point->writer);
  g_assert_false (refused->we_forgot);
  after = dbk_test_site_list_facts (clinic);
  g_assert_cmpstr (after, ==, before);

  full = dbk_test_site_export (point, clinic, TRUE);
  mended = dbk_test_site_import (clinic, full);
  g_assert_cmpint (mended->n_new, ==, 3);
  assert_holds (clinic);
  assert_same_facts (clinic, point);
}

/* A point that was put back to an older copy forgets doses. It is told so, asks, and gets its own facts back; what it wrote meanwhile is a
 * second branch, noticed once at either place. */
static void
test_restored (gconstpointer data)
{
  gboolean restart = GPOINTER_TO_INT (data);
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 5);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), first = NULL, copy = NULL, news = NULL, asked = NULL, answer = NULL, last = NULL, more = NULL;
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), a = NULL, told = NULL, question = NULL, mended = NULL, home = NULL, again = NULL;
  G_GNUC_UNUSED g_autofree char *zero = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY), *one = NULL, *two = NULL;
  g_autoptr(GError) error = NULL;

  copy = dbk_test_site_snapshot (point);
  one = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY + 1);
  first = dbk_test_site_export (point, clinic, FALSE);
  a = dbk_test_site_import (clinic, first);
  dbk_test_site_restore (point, copy, restart);
  two = dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, DAY + 2);

  news = dbk_test_site_export (clinic, point, FALSE);
  told = dbk_test_site_try_import (point, news, DBK_INTAKE_TAKE, &error);
  g_assert_no_error (error);
  g_assert_true (told->we_forgot);
  g_assert_cmpuint (told->missing->len, ==, 1);

  asked = dbk_test_site_ask (point, clinic);
  question = dbk_test_site_import (clinic, asked);
  answer = dbk_test_site_export (clinic, point, FALSE);
  mended = dbk_test_site_import (point, answer);
  g_assert_true (mended->we_forgot);
  g_assert_cmpuint (mended->forks->len, ==, 1);
  last = dbk_test_site_export (point, clinic, FALSE);
  home = dbk_test_site_import (clinic, last);
  g_assert_cmpuint (home->forks->len, ==, 1);
  assert_holds (clinic);
  assert_holds (point);
  assert_same_facts (clinic, point);

  more = dbk_test_site_export (point, clinic, TRUE);
  again = dbk_test_site_import (clinic, more);
  g_assert_cmpuint (again->forks->len, ==, 0);
  g_assert_cmpint (again->n_new, ==, 0);
}

static gboolean
append_newer (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  static const DbkFactKind kind = { "dose.beamed", 1, TRUE };
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "patient", DBK_FIXTURE_PATIENT);
  return dbk_fact_append (db, data, &kind, body, NULL, error);
}

/* A fact of a newer program is kept and handed on; whom it speaks of waits. */
static void
test_newer (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 5);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), back = NULL;
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), brought = NULL;
  DbkStamp stamp = dbk_test_site_stamp (point, DBK_FIXTURE_NURSE);
  g_autofree char *kind = NULL, *other = NULL;

  dbk_test_site_write (point, append_newer, &stamp);
  back = dbk_test_site_export (point, clinic, FALSE);
  brought = dbk_test_site_import (clinic, back);
  g_assert_true (dbk_unread_fact (clinic->db, DBK_FIXTURE_PATIENT, &kind, NULL));
  g_assert_cmpstr (kind, ==, "dose.beamed");
  g_assert_true (dbk_unread_fact (clinic->db, DBK_TEST_OTHER, &other, NULL));
  g_assert_null (other);
  assert_holds (clinic);
  assert_same_facts (clinic, point);
}

/* A patient who is granted later comes with everything that was withheld before. */
static void
test_revealed (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 1), *second = NULL;
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE), back = NULL, more = NULL, again = NULL, once_more = NULL;
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), heard = NULL, shown = NULL, told = NULL, nothing = NULL;

  g_assert_false (knows_patient (point, DBK_TEST_OTHER));
  back = dbk_test_site_export (point, clinic, FALSE);
  heard = dbk_test_site_import (clinic, back);
  second = dbk_test_site_grant (clinic, point, DBK_TEST_OTHER, DAY, DAY + 1);
  more = dbk_test_site_export (clinic, point, FALSE);
  shown = dbk_test_site_import (point, more);
  g_assert_cmpint (shown->n_revealed, ==, 1);
  g_assert_true (knows_patient (point, DBK_TEST_OTHER));
  assert_holds (point);

  again = dbk_test_site_export (point, clinic, FALSE);
  told = dbk_test_site_import (clinic, again);
  once_more = dbk_test_site_export (clinic, point, FALSE);
  nothing = dbk_test_site_import (point, once_more);
  g_assert_cmpint (nothing->manifest->facts, ==, 0);
}

static GBytes *
damage (GBytes *file,
        gsize   at,
        guint8  bits)
{
  gsize size;
  guint8 *data = g_memdup2 (g_bytes_get_data (file, &size), g_bytes_get_size (file));

  g_bytes_get_data (file, &size);
  data[at % size] ^= bits;
  return g_bytes_new_take (data, size);
}

static void
assert_refused (DbkTestSite *point,
                GBytes      *file,
                gsize        at)
{
  g_autoptr(GError) error = NULL;

  if (dbk_test_site_try_import (point, file, DBK_INTAKE_TAKE, &error) != NULL)
    g_test_fail_printf ("byte %" G_GSIZE_FORMAT " may be changed", at);
  else
    g_assert_nonnull (error);
}

#define BEFORE_HEAD 32 /* bytes: what nothing but itself proves lies there; each bit of it is tried */

/* Every byte counts: wherever one is changed, or the file ends too early, it is refused and nothing happens. */
static void
test_damaged (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE);
  g_autofree char *before = dbk_test_site_list_facts (point), *after = NULL;
  gsize size = g_bytes_get_size (out);

  for (gsize at = 0; at < size; at += at < 1200 ? 1 : 997 * dbk_fixture_stride (3))
    {
      g_autoptr(GBytes) bad = damage (out, at, 0x20), cut = g_bytes_new_from_bytes (out, 0, at);

      assert_refused (point, bad, at);
      assert_refused (point, cut, at);
      for (guint bit = 0; at < BEFORE_HEAD && bit < 8; bit++)
        {
          g_autoptr(GBytes) other = damage (out, at, (guint8) (1 << bit));

          assert_refused (point, other, at);
        }
    }
  after = dbk_test_site_list_facts (point);
  g_assert_cmpstr (after, ==, before);
}

typedef struct
{
  DbkTestSite *site;
  const char  *phone;
} NewPhone;

static gboolean
write_phone (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const NewPhone *new_phone = data;
  DbkStamp stamp = dbk_test_site_stamp (new_phone->site, DBK_FIXTURE_NURSE);

  return dbk_fact_patient_attribute (db, &stamp, DBK_FIXTURE_PATIENT, "phone", new_phone->phone, error);
}

static void
change_phone (DbkTestSite *site,
              const char  *phone)
{
  NewPhone new_phone = { site, phone };

  dbk_test_site_write (site, write_phone, &new_phone);
}

static void
assert_phone (DbkTestSite *site,
              const char  *phone)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkPatient) patient = dbk_patient_get (site->db, DBK_FIXTURE_PATIENT, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (patient->phone, ==, phone);
}

static void
carry (DbkTestSite *from,
       DbkTestSite *to,
       guint        conflicts)
{
  g_autoptr(GBytes) file = dbk_test_site_export (from, to, FALSE);
  g_autoptr(DbkIntake) intake = dbk_test_site_import (to, file);

  g_assert_cmpuint (intake->conflicts->len, ==, conflicts);
}

static void
assert_conflict (DbkTestSite *from,
                 DbkTestSite *to,
                 const char  *here,
                 const char  *there,
                 gboolean     here_wins)
{
  g_autoptr(GBytes) file = dbk_test_site_export (from, to, FALSE);
  g_autoptr(DbkIntake) intake = dbk_test_site_try_import (to, file, DBK_INTAKE_INSPECT, NULL);
  const DbkConflict *conflict;

  g_assert_nonnull (intake);
  g_assert_cmpuint (intake->conflicts->len, ==, 1);
  conflict = g_ptr_array_index (intake->conflicts, 0);
  g_assert_cmpstr (conflict->patient, ==, DBK_FIXTURE_PATIENT);
  g_assert_cmpstr (conflict->attribute, ==, "phone");
  g_assert_cmpstr (conflict->here, ==, here);
  g_assert_cmpstr (conflict->there, ==, there);
  g_assert_true (conflict->here_wins == here_wins);
}

/* Two change the same: both see it, the later one holds, and whoever keeps the other one has the last word at both places. */
static void
test_edited_at_both (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic (), point = dbk_test_site_new_point (clinic, "B2", NULL);

  g_free (dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, DBK_FIXTURE_DAY + 6));
  carry (clinic, point, 0);
  change_phone (clinic, "111");
  point->wall_ms = clinic->wall_ms + 60000;
  change_phone (point, "222");
  assert_conflict (point, clinic, "111", "222", FALSE);
  assert_phone (clinic, "111");
  carry (point, clinic, 1);
  assert_phone (clinic, "222");
  change_phone (clinic, "111");
  assert_conflict (clinic, point, "222", "111", FALSE);
  carry (clinic, point, 1);
  assert_phone (point, "111");
  carry (point, clinic, 0);
  assert_phone (clinic, "111");
}

/* Each changes it twice, the clinic later: one conflict with what stands there in the end, and ours holds; or none once that is the same. */
static void
test_edited_twice (void)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic (), point = dbk_test_site_new_point (clinic, "B2", NULL);

  g_free (dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, DBK_FIXTURE_DAY + 6));
  carry (clinic, point, 0);
  change_phone (point, "333");
  change_phone (point, "555");
  clinic->wall_ms = point->wall_ms + 60000;
  change_phone (clinic, "444");
  change_phone (clinic, "666");
  assert_conflict (point, clinic, "666", "555", TRUE);
  change_phone (point, "666");
  carry (point, clinic, 0);
  assert_phone (clinic, "666");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/there-and-back", test_there_and_back);
  g_test_add_func ("/exchange/inspect", test_inspect);
  g_test_add_func ("/exchange/collision", test_collision);
  g_test_add_func ("/exchange/edited-at-both", test_edited_at_both);
  g_test_add_func ("/exchange/edited-twice", test_edited_twice);
  g_test_add_func ("/exchange/many", test_many);
  g_test_add_func ("/exchange/missing", test_missing);
  g_test_add_data_func ("/exchange/restored", GINT_TO_POINTER (TRUE), test_restored);
  g_test_add_data_func ("/exchange/reverted", GINT_TO_POINTER (FALSE), test_restored);
  g_test_add_func ("/exchange/newer", test_newer);
  g_test_add_func ("/exchange/revealed", test_revealed);
  g_test_add_func ("/exchange/damaged", test_damaged);
  return g_test_run ();
}
