/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as earlier programs have left them, kept as text in golden/: each opens, holds, says what it said then, and can be written on.
 *
 * A new one: "test-golden --make FILE", then "sqlite3 FILE .dump >golden/NNNN.dosebook.sql" with the two PRAGMAs of the file's
 * head, and a row below. One that is there is never made anew once its format was released. */
#include <sqlite3.h>

#include "db/dbk-dose-store.h"
#include "db/dbk-people-store.h"
#include "tests/lib/dbk-record-fixture.h"

typedef struct
{
  const char *file;
  gint64      facts;
  const char *tip; /* the id of its newest fact: hashes come out as they did then */
} Golden;

static const Golden goldens[] = {
  { "0001.dosebook.sql", 25, "aa9867be5ad65b01ce9d785176ddce2847ca3179e03fe7148d736cd1cac41c7d" },
  { "0002.dosebook.sql", 34, "3d93f32d5b6e865fef37a59219800a30ac9677bdc9e7aa9f8f697b4259250100" },
  { "0003.dosebook.sql", 35, "26c5b0da3170587f3474585438d05b7c4b1e29e0261ca9d050574cc1d43abb4f" },
};

static void
unpack (const Golden *golden,
        const char   *path)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "db", "golden", golden->file, NULL);
  g_autofree char *sql = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_true (g_file_get_contents (file, &sql, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static char *
schema_of (const char *path)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *st = NULL;
  GString *schema = g_string_new ("");

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name", -1, &st, NULL), ==, SQLITE_OK);
  while (sqlite3_step (st) == SQLITE_ROW)
    g_string_append_printf (schema, "%s;\n", (const char *) sqlite3_column_text (st, 0));
  sqlite3_finalize (st);
  sqlite3_close (handle);
  return g_string_free (schema, FALSE);
}

static void
assert_says_what_it_said (DbkDb        *db,
                          const Golden *golden)
{
  g_autoptr(DbkPatient) patient = dbk_patient_get (db, DBK_FIXTURE_PATIENT, NULL);
  g_autoptr(DbkDose) dose = dbk_dose_get (db, "D0000000000000A2", NULL);
  g_autoptr(DbkDose) reversed = dbk_dose_get (db, "D0000000000000A1", NULL);
  g_autoptr(DbkLot) lot = dbk_lot_open (db, DBK_FIXTURE_SITE, NULL);
  gint64 facts = 0;

  g_assert_true (dbk_fact_log_count (db, &facts, NULL));
  g_assert_cmpint (facts, ==, golden->facts);
  g_assert_cmpstr (patient->name, ==, "王小明");
  g_assert_cmpstr (patient->phone, ==, "138 0013 4471");
  g_assert_cmpstr (dose->fact, ==, golden->tip);
  g_assert_cmpint (dose->dose_ug, ==, DBK_FIXTURE_DOSE_UG);
  g_assert_cmpstr (dose->lot_number, ==, "L2601");
  g_assert_cmpstr (dose->reversed_by, ==, NULL);
  g_assert_cmpstr (reversed->reversed_by, ==, DBK_FIXTURE_NURSE);
  g_assert_cmpint (lot->bottle_ul, ==, DBK_FIXTURE_BOTTLE_UL - 120000);
  g_assert_cmpint (lot->waste_ul, ==, 60000);
}

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  g_autofree char *folder = g_dir_make_tmp ("dosebook-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "golden.dosebook", NULL);
  g_autoptr(DbkRecordFixture) fresh = dbk_record_fixture_new_empty ();
  DbkDispense dispense = dbk_record_fixture_dispense (fresh, "D0000000000000A9", DBK_FIXTURE_DAY + 1);
  g_autofree char *golden_schema = NULL, *fresh_schema = NULL;
  g_autoptr(GError) error = NULL;
  DbkDb *db;

  unpack (golden, path);
  db = dbk_db_open (path, DBK_DB_WRITE, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dbk_db_get_version (db), ==, dbk_db_newest_version ());
  g_assert_true (dbk_db_prepare_all (db, &error));
  dbk_fixture_assert_holds (db);
  assert_says_what_it_said (db, golden);
  g_assert_true (dbk_db_write (db, dbk_fixture_dispense, &dispense, &error));
  g_assert_no_error (error);
  dbk_fixture_assert_holds (db);
  dbk_db_close (db);

  /* Brought up to date, it is as if it had been made today; and who edits a released step is told here. */
  golden_schema = schema_of (path);
  fresh_schema = schema_of (fresh->path);
  g_assert_cmpstr (golden_schema, ==, fresh_schema);
  dbk_fixture_remove_folder (folder);
}

static int
make (const char *path)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();
  g_autofree char *data = NULL;
  gsize size = 0;

  return g_file_get_contents (fixture->path, &data, &size, NULL) && g_file_set_contents (path, data, (gssize) size, NULL) ? 0 : 1;
}

int
main (int    argc,
      char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--make") == 0)
    return make (argv[2]);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *name = g_strconcat ("/db/golden/", goldens[i].file, NULL);

      g_test_add_data_func (name, &goldens[i], test_golden);
    }
  return g_test_run ();
}
