/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of fact, from the function that appends it to the store that reads it. */
#include "tests/lib/dbk-record-fixture.h"

static void
test_first_morning (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GError) error = NULL;
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, "D000000000000001", DBK_FIXTURE_DAY);

  g_assert_true (dbk_db_prepare_all (fixture->db, &error));
  g_assert_no_error (error);
  dbk_fixture_assert_holds (fixture->db);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
  dbk_fixture_assert_holds (fixture->db);
  dbk_record_fixture_close (fixture);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/db/facts/first-morning", test_first_morning);
  return g_test_run ();
}
