/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-sign-in.h"

#include "app/dbk-manage-staff.h"
#include "tests/app/dbk-clinic-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY
#define PIN DBK_CLINIC_FIXTURE_PIN
#define EIGHT (8 * 60)
#define WAIT_MINUTES (DBK_SIGN_IN_WAIT_SECONDS / 60)

/* -1: signed in */
static gint
try_pin (DbkClinicFixture *f,
         const char       *login,
         const char       *pin)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkSession) session = dbk_sign_in (f->clinic, login, pin, &error);

  if (session != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (session->login, ==, login);
      return -1;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == DBK_APP_ERROR);
  return error->code;
}

static void
try_wrong (DbkClinicFixture *f,
           const char       *login,
           guint             n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (try_pin (f, login, "000000"), ==, DBK_APP_ERROR_WRONG_PIN);
}

static void
test_right_and_wrong (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkSession) session = dbk_sign_in (f->clinic, "nurse.a", PIN, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (session->staff, ==, f->nurse->staff);
  g_assert_cmpstr (session->name, ==, "陈护士");
  g_assert_cmpint (session->role, ==, DBK_ROLE_NURSE);
  g_assert_cmpint (try_pin (f, "nurse.a", "24681"), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "nurse.a", ""), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "nurse.z", PIN), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "NURSE.A", PIN), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "' OR 1=1", PIN), ==, DBK_APP_ERROR_WRONG_PIN);
}

/* Nobody learns who works here: the same words for both. */
static void
test_same_words (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) wrong = NULL, unknown = NULL;

  g_assert_null (dbk_sign_in (f->clinic, "nurse.a", "000000", &wrong));
  g_assert_null (dbk_sign_in (f->clinic, "nobody", "000000", &unknown));
  g_assert_cmpstr (wrong->message, ==, unknown->message);
  try_wrong (f, "nobody", DBK_SIGN_IN_TRIES_WAIT - 1);
  g_assert_cmpint (try_pin (f, "nobody", "000000"), ==, DBK_APP_ERROR_LOCKED_OUT);
}

static void
test_lock_out (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();

  try_wrong (f, "nurse.a", DBK_SIGN_IN_TRIES_WAIT - 1);
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, -1);
  try_wrong (f, "nurse.a", DBK_SIGN_IN_TRIES_WAIT);
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, DBK_APP_ERROR_LOCKED_OUT);
  /* Only this login, also after a restart, and until the time is over. */
  g_assert_cmpint (try_pin (f, "nurse.b", PIN), ==, -1);
  dbk_clinic_fixture_close (f);
  dbk_clinic_fixture_open (f);
  dbk_clinic_fixture_set_time (f, DAY, EIGHT + WAIT_MINUTES - 1);
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, DBK_APP_ERROR_LOCKED_OUT);
  dbk_clinic_fixture_set_time (f, DAY, EIGHT + WAIT_MINUTES);
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, -1);
  /* And the count begins anew. */
  try_wrong (f, "nurse.a", DBK_SIGN_IN_TRIES_WAIT - 1);
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, -1);
}

static void
test_locked_for_good (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;
  int minute = EIGHT;

  try_wrong (f, "nurse.a", DBK_SIGN_IN_TRIES_WAIT);
  for (guint i = DBK_SIGN_IN_TRIES_WAIT; i < DBK_SIGN_IN_TRIES_MOST; i++)
    {
      dbk_clinic_fixture_set_time (f, DAY, minute += WAIT_MINUTES);
      try_wrong (f, "nurse.a", 1);
      g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, DBK_APP_ERROR_LOCKED_OUT);
    }
  dbk_clinic_fixture_set_time (f, DAY + 300, EIGHT);
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, DBK_APP_ERROR_LOCKED_OUT);
  g_assert_false (dbk_staff_set_pin (f->clinic, f->doctor, "nurse.a", "112233", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_true (dbk_staff_set_pin (f->clinic, f->admin, "nurse.a", "112233", &error));
  g_assert_cmpint (try_pin (f, "nurse.a", PIN), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "nurse.a", "112233"), ==, -1);
  dbk_clinic_fixture_assert_holds (f);
}

/* The only administrator must not be shut out for good by somebody who plays with the keys. */
static void
test_administrator_waits (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  int minute = EIGHT;

  try_wrong (f, "admin", DBK_SIGN_IN_TRIES_WAIT);
  for (guint i = DBK_SIGN_IN_TRIES_WAIT; i < DBK_SIGN_IN_TRIES_MOST + 2; i++)
    {
      g_assert_cmpint (try_pin (f, "admin", PIN), ==, DBK_APP_ERROR_LOCKED_OUT);
      dbk_clinic_fixture_set_time (f, DAY, minute += WAIT_MINUTES);
      try_wrong (f, "admin", 1);
    }
  dbk_clinic_fixture_set_time (f, DAY, minute + WAIT_MINUTES);
  g_assert_cmpint (try_pin (f, "admin", PIN), ==, -1);
}

static void
test_ended (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (dbk_staff_end (f->clinic, f->nurse, "nurse.b", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_true (dbk_staff_end (f->clinic, f->admin, "nurse.b", &error));
  g_assert_cmpint (try_pin (f, "nurse.b", PIN), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_null (dbk_sign_in_witness (f->clinic, f->nurse, "nurse.b", PIN, &error));
  g_clear_error (&error);
  g_assert_false (dbk_staff_end (f->clinic, f->admin, "admin", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (dbk_staff_add (f->clinic, f->admin, "admin.2", "Second", DBK_ROLE_ADMINISTRATOR, PIN, NULL, &error));
  g_assert_true (dbk_staff_end (f->clinic, f->admin, "admin", &error));
  g_assert_cmpint (try_pin (f, "admin", PIN), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "admin.2", PIN), ==, -1);
  dbk_clinic_fixture_assert_holds (f);
}

static void
test_adding (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  static const struct
  {
    const char *login, *name, *pin;
  } bad[] = {
    { "nurse.a", "Same login", PIN }, { "N", "Too short", PIN }, { "with blank", "Blank", PIN },
    { "nurse.c", "", PIN }, { "nurse.c", "Short PIN", "123" }, { "nurse.c", "Blank in PIN", "12 456" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 facts = dbk_clinic_fixture_count_facts (f);

      g_assert_false (dbk_staff_add (f->clinic, f->admin, bad[i].login, bad[i].name, DBK_ROLE_NURSE, bad[i].pin, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpint (dbk_clinic_fixture_count_facts (f), ==, facts);
    }
}

/* Their own PIN changes everybody; a PIN that is none, nobody. */
static void
test_own_pin (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (dbk_staff_set_pin (f->clinic, f->nurse, "nurse.a", "112233", &error));
  g_assert_cmpint (try_pin (f, "nurse.a", "112233"), ==, -1);
  g_assert_false (dbk_staff_set_pin (f->clinic, f->nurse, "nurse.a", "1", &error));
  g_clear_error (&error);
  g_assert_false (dbk_staff_set_pin (f->clinic, f->nurse, "nurse.b", "112233", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_assert_cmpint (try_pin (f, "nurse.a", "112233"), ==, -1);
  g_assert_cmpint (try_pin (f, "nurse.b", PIN), ==, -1);
}

/* A copy is open for reading: wrong tries are not written there, and do not keep the right one out. */
static void
test_read_only (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;

  try_wrong (f, "admin", 2);
  dbk_clinic_fixture_close (f);
  f->clinic = dbk_clinic_open (f->path, DBK_DB_READ, &error);
  g_assert_no_error (error);
  dbk_clinic_fixture_set_time (f, DAY, EIGHT);
  g_assert_cmpint (try_pin (f, "admin", "000000"), ==, DBK_APP_ERROR_WRONG_PIN);
  g_assert_cmpint (try_pin (f, "admin", PIN), ==, -1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in/right-and-wrong", test_right_and_wrong);
  g_test_add_func ("/sign-in/same-words", test_same_words);
  g_test_add_func ("/sign-in/lock-out", test_lock_out);
  g_test_add_func ("/sign-in/locked-for-good", test_locked_for_good);
  g_test_add_func ("/sign-in/administrator-waits", test_administrator_waits);
  g_test_add_func ("/sign-in/ended", test_ended);
  g_test_add_func ("/sign-in/adding", test_adding);
  g_test_add_func ("/sign-in/own-pin", test_own_pin);
  g_test_add_func ("/sign-in/read-only", test_read_only);
  return g_test_run ();
}
