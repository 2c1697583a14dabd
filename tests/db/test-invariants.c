/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must never happen, tried: through the door, past it, by two hands at once, and from a copy of the file. */
#include "db/dbk-dose-store.h"
#include "db/dbk-people-store.h"
#include "db/dbk-db-private.h"
#include "db/dbk-verify.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY

/* ---- nothing recorded is changed ---- */

static void
assert_refused_outside (const char *path,
                        const char *sql,
                        const char *words)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, &message), ==, SQLITE_CONSTRAINT);
  g_assert_cmpstr (message, ==, words);
  sqlite3_free (message);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static gboolean
add_reading (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  return dbk_reading_add (db, 5, DBK_FIXTURE_NURSE, DBK_FIXTURE_PATIENT, "card", error);
}

static void
test_triggers (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  gint64 facts = 0;

  dbk_record_fixture_write (fixture, add_reading, NULL);
  dbk_record_fixture_close (fixture);
  facts = dbk_fixture_peek (fixture->path, "SELECT count (*) FROM fact");
  assert_refused_outside (fixture->path, "UPDATE fact SET body = '{}'", "a fact is never changed");
  assert_refused_outside (fixture->path, "UPDATE fact SET site = 'x' WHERE seq = 2", "a fact is never changed");
  assert_refused_outside (fixture->path, "DELETE FROM fact WHERE seq = 2", "a fact is never deleted");
  assert_refused_outside (fixture->path, "DELETE FROM fact", "a fact is never deleted");
  assert_refused_outside (fixture->path, "INSERT OR REPLACE INTO fact SELECT * FROM fact WHERE seq = 2", "a fact is never replaced");
  assert_refused_outside (fixture->path, "INSERT OR REPLACE INTO file_reading SELECT * FROM file_reading", "the reading log is never replaced");
  assert_refused_outside (fixture->path, "UPDATE file_reading SET how = 'list'", "the reading log is never changed");
  assert_refused_outside (fixture->path, "DELETE FROM file_reading", "the reading log is never deleted");
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM fact"), ==, facts);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

/* The class of a statement says what it may write; its text does not matter. */
static void
test_guard (void)
{
  static const struct
  {
    DbkWrites   writes;
    const char *sql;
    gboolean    may;
  } rows[] = {
    { DBK_WRITES_NOTHING, "UPDATE fact SET body = '{}'", FALSE }, { DBK_WRITES_FACT, "UPDATE fact SET body = '{}'", FALSE },
    { DBK_WRITES_PROJECTION, "UPDATE fact SET body = '{}'", FALSE }, { DBK_WRITES_LOCAL, "UPDATE fact SET body = '{}'", FALSE },
    { DBK_WRITES_FACT, "DELETE FROM fact", FALSE }, { DBK_WRITES_PROJECTION, "DELETE FROM fact", FALSE },
    { DBK_WRITES_FACT, "INSERT OR REPLACE INTO claim VALUES ('p', 1, 1, 'h')", FALSE },
    { DBK_WRITES_PROJECTION, "INSERT INTO fact (writer) VALUES ('x')", FALSE },
    { DBK_WRITES_NOTHING, "DELETE FROM claim", FALSE }, { DBK_WRITES_LOCAL, "DELETE FROM claim", FALSE }, { DBK_WRITES_FACT, "DELETE FROM claim", FALSE },
    { DBK_WRITES_PROJECTION, "DELETE FROM claim WHERE patient = 'nobody'", TRUE }, { DBK_WRITES_PROJECTION, "DELETE FROM setting", FALSE },
    { DBK_WRITES_LOCAL, "DELETE FROM setting WHERE key = 'none'", TRUE }, { DBK_WRITES_NOTHING, "DELETE FROM setting", FALSE },
    { DBK_WRITES_LOCAL, "DELETE FROM file_reading", FALSE }, { DBK_WRITES_LOCAL, "UPDATE file_reading SET how = ''", FALSE },
    { DBK_WRITES_PROJECTION, "DROP TABLE dose", FALSE }, { DBK_WRITES_PROJECTION, "DROP TRIGGER fact_is_never_deleted", FALSE },
    { DBK_WRITES_LOCAL, "DROP TRIGGER fact_is_never_changed", FALSE }, { DBK_WRITES_PROJECTION, "CREATE TABLE x (y)", FALSE },
    { DBK_WRITES_PROJECTION, "CREATE TEMP TRIGGER t AFTER INSERT ON dose BEGIN DELETE FROM claim; END", FALSE },
    { DBK_WRITES_PROJECTION, "ALTER TABLE dose ADD COLUMN x", FALSE }, { DBK_WRITES_PROJECTION, "PRAGMA writable_schema = ON", FALSE },
    { DBK_WRITES_NOTHING, "PRAGMA synchronous = OFF", FALSE }, { DBK_WRITES_LOCAL, "PRAGMA foreign_keys = OFF", FALSE },
    { DBK_WRITES_PROJECTION, "UPDATE sqlite_master SET sql = ''", FALSE }, { DBK_WRITES_PROJECTION, "ATTACH ':memory:' AS x", FALSE },
    { DBK_WRITES_LOCAL, "VACUUM", FALSE }, { DBK_WRITES_NOTHING, "BEGIN", FALSE }, { DBK_WRITES_NOTHING, "SELECT count (*) FROM fact", TRUE },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean may = dbk_db_exec (fixture->db, rows[i].writes, rows[i].sql, &error);

      if (may != rows[i].may)
        g_test_fail_printf ("class %u may%s: %s", rows[i].writes, may ? "" : " not", rows[i].sql);
    }
  dbk_fixture_assert_holds (fixture->db);
}

/* Even a migration does not get past the triggers, and INSERT OR REPLACE is a deletion in disguise. */
static void
test_triggers_for_migrations (void)
{
  static const char *const rows[] = {
    "UPDATE fact SET body = '{}'", "DELETE FROM fact",
    "INSERT OR REPLACE INTO fact SELECT * FROM fact LIMIT 1",
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (dbk_db_exec (fixture->db, DBK_WRITES_SCHEMA, rows[i], &error));
      g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CONSTRAINT);
    }
  dbk_fixture_assert_holds (fixture->db);
}

/* A prepared statement that is prepared again, because the schema changed under it, keeps its rights. */
static void
test_prepared_again (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("D0000000000000A%u", i);
      g_autofree char *sql = g_strdup_printf ("CREATE INDEX of_test_%u ON dose (lot)", i);
      DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, DAY + (DbkDay) i);

      dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
      g_assert_true (dbk_db_exec (fixture->db, DBK_WRITES_SCHEMA, sql, NULL));
    }
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- one dose on a key ---- */

static void
assert_doses (DbkRecordFixture *fixture,
              guint             all,
              gint64            standing)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, DBK_DAY_NONE, DBK_DAY_NONE, NULL);
  gint64 n = 0, ug = 0, patients = 0;

  g_assert_cmpuint (doses->len, ==, all);
  g_assert_true (dbk_dose_totals (fixture->db, &n, &ug, &patients, NULL));
  g_assert_cmpint (n, ==, standing);
}

static void
test_one_dose (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkDispense first = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  DbkDispense second = dbk_record_fixture_dispense (fixture, "D0000000000000A2", DAY);
  DbkDispense part_2 = dbk_record_fixture_dispense (fixture, "D0000000000000A3", DAY);
  DbkDispense tomorrow = dbk_record_fixture_dispense (fixture, "D0000000000000A4", DAY + 1);
  gint64 facts = 0, facts_after = 0;

  part_2.part = 2;
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &first);
  g_assert_true (dbk_fact_log_count (fixture->db, &facts, NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (dbk_db_write (fixture->db, dbk_fixture_dispense, i == 0 ? &first : &second, &error));
      g_assert_error (error, DBK_FIXTURE_ERROR, 0);
      g_assert_cmpstr (error->message, ==, "held by D0000000000000A1");
    }
  g_assert_true (dbk_fact_log_count (fixture->db, &facts_after, NULL));
  g_assert_cmpint (facts_after, ==, facts);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &part_2);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &tomorrow);
  assert_doses (fixture, 3, 3);
  dbk_fixture_assert_holds (fixture->db);
}

static void
test_reversal_frees (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("D0000000000000A%u", i);
      DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, DAY);

      dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
      assert_doses (fixture, i + 1, 1);
      if (i < 3)
        dbk_record_fixture_write (fixture, dbk_fixture_reverse, &dispense);
    }
  dbk_fixture_assert_holds (fixture->db);
}

/* Two sites that did not know of each other: both doses stay, marked, until somebody closes it; reversing the holder hands the key on. */
static gboolean
dose_without_claim (DbkDb     *db,
                    gpointer   data,
                    GError   **error)
{
  const DbkDispense *dispense = data;
  const DbkDose dose = {
    .id = (char *) dispense->dose, .patient = (char *) dispense->patient, .day = dispense->day, .part = 1, .kind = DBK_DOSE_OBSERVED,
    .dose_ug = dispense->dose_ug, .volume_ul = dispense->dose_ug, .lot = (char *) DBK_FIXTURE_LOT,
  };

  return dbk_fact_dose (db, &dispense->stamp, &dose, NULL, error);
}

static void
test_collision (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkDispense first = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  DbkDispense second = dbk_record_fixture_dispense (fixture, "D0000000000000A2", DAY);
  DbkDispense third = dbk_record_fixture_dispense (fixture, "D0000000000000A3", DAY);
  g_autoptr(GPtrArray) of_patient = NULL, of_day = NULL;
  g_autoptr(DbkVerifyReport) report = NULL;
  g_autoptr(GError) error = NULL;

  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &first);
  dbk_record_fixture_write (fixture, dose_without_claim, &second);
  of_patient = dbk_dose_list_of_patient (fixture->db, DBK_FIXTURE_PATIENT, DAY, DAY, NULL);
  of_day = dbk_dose_list_of_day (fixture->db, DAY, NULL);
  g_assert_cmpuint (of_patient->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (((DbkDose *) g_ptr_array_index (of_patient, i))->collides);
      g_assert_true (((DbkDose *) g_ptr_array_index (of_day, i))->collides);
    }
  dbk_fixture_assert_holds (fixture->db);
  dbk_fixture_tamper (fixture->path, "DELETE FROM collision");
  report = dbk_verify (fixture->db, NULL, NULL, NULL, NULL);
  g_assert_nonnull (report->problem);
  dbk_fixture_tamper (fixture->path, "INSERT INTO collision SELECT a.patient, a.day, a.part, a.id, b.id FROM dose a JOIN dose b USING (patient, day, part) WHERE a.id < b.id");

  dbk_record_fixture_write (fixture, dbk_fixture_reverse, &first);
  dbk_fixture_assert_holds (fixture->db);
  g_assert_false (dbk_db_write (fixture->db, dbk_fixture_dispense, &third, &error));
  g_assert_cmpstr (error->message, ==, "held by D0000000000000A2");
}

/* ---- drug is conserved ---- */

static void
test_drug (void)
{
  static const char accounts[] = "SELECT count (*) FROM (SELECT 1 FROM balance GROUP BY lot HAVING sum (volume_ul) <> 0)";
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  GRand *rand = g_rand_new_with_seed (7);
  g_autoptr(DbkLot) lot = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("D00000000000%04u", i);
      DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, DAY + (DbkDay) i);

      dispense.dose_ug = 500 * g_rand_int_range (rand, 1, 240);
      dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
      if (i % 3 == 0)
        dbk_record_fixture_write (fixture, dbk_fixture_reverse, &dispense);
    }
  g_rand_free (rand);
  lot = dbk_lot_open (fixture->db, DBK_FIXTURE_SITE, NULL);
  g_assert_cmpint (lot->safe_ul + lot->bottle_ul + lot->given_ul + lot->waste_ul, ==, DBK_FIXTURE_RECEIVED_UL);
  dbk_fixture_assert_holds (fixture->db);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, accounts), ==, 0);
}

/* ---- a copied file ---- */

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) size, NULL));
}

/* Brings the facts of @other into the record, as a file of the other computer would; the tips say where each branch ends. */
static void
bring_together (const char *path,
                const char *other)
{
  g_autofree char *sql = g_strdup_printf ("ATTACH '%s' AS other; BEGIN;"
                                          "INSERT INTO fact SELECT * FROM other.fact o WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.hash = o.hash);"
                                          "INSERT INTO tip SELECT * FROM other.tip o WHERE NOT EXISTS (SELECT 1 FROM tip t WHERE t.hash = o.hash); COMMIT",
                                          other);

  dbk_fixture_tamper (path, sql);
}

static gboolean
note_not_given (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const DbkDispense *dispense = data;
  const DbkNotGiven not_given = { .id = (char *) dispense->dose, .patient = (char *) DBK_FIXTURE_PATIENT, .day = DAY, .reason = (char *) "left" };

  return dbk_fact_not_given (db, &dispense->stamp, &not_given, NULL, error);
}

static void
write_note (DbkRecordFixture *fixture,
            const char       *path,
            const char       *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkDb) db = dbk_db_open (path, DBK_DB_WRITE, 0, &error);
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, DAY);

  g_assert_no_error (error);
  g_assert_true (dbk_db_write (db, note_not_given, &dispense, &error));
  g_assert_no_error (error);
}

static void
test_fork (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *copy = dbk_record_fixture_name (fixture, "copy.dosebook");
  g_autoptr(DbkVerifyReport) report = NULL;

  dbk_record_fixture_close (fixture);
  copy_file (fixture->path, copy);
  write_note (fixture, fixture->path, "G0000000000000A1");
  write_note (fixture, copy, "G0000000000000A2");
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT max (seq) FROM fact"), ==, dbk_fixture_peek (copy, "SELECT max (seq) FROM fact"));
  bring_together (fixture->path, copy);

  /* Nothing was overwritten: two facts of one writer and one seq, in two epochs, and two tips. */
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM tip"), ==, 2);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (DISTINCT writer) FROM tip"), ==, 1);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (DISTINCT epoch) FROM tip"), ==, 2);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM fact WHERE kind = 'dose.not-given'"), ==, 2);

  /* Both branches hold as chains; only the projection of the brought one is missing yet. */
  dbk_record_fixture_open (fixture);
  report = dbk_verify (fixture->db, NULL, NULL, NULL, NULL);
  g_assert_cmpstr (report->broken_fact, ==, NULL);
  g_assert_nonnull (strstr (report->problem, "FROM not_given"));
  dbk_record_fixture_close (fixture);

  /* Written on, one branch grows and the other stays visible. */
  write_note (fixture, fixture->path, "G0000000000000A3");
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM tip"), ==, 2);
}

/* An opening that writes nothing mints nothing. */
static void
test_epochs (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  gint64 facts = 0, after = 0;
  DbkDispense first = dbk_record_fixture_dispense (fixture, "G0000000000000A1", DAY);
  DbkDispense second = dbk_record_fixture_dispense (fixture, "G0000000000000A2", DAY);

  g_assert_true (dbk_fact_log_count (fixture->db, &facts, NULL));
  for (guint i = 0; i < 3; i++)
    {
      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
    }
  g_assert_true (dbk_fact_log_count (fixture->db, &after, NULL));
  g_assert_cmpint (after, ==, facts);
  dbk_record_fixture_write (fixture, note_not_given, &first);
  dbk_record_fixture_write (fixture, note_not_given, &second);
  g_assert_true (dbk_fact_log_count (fixture->db, &after, NULL));
  g_assert_cmpint (after, ==, facts + 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/invariants/triggers", test_triggers);
  g_test_add_func ("/db/invariants/guard", test_guard);
  g_test_add_func ("/db/invariants/triggers-for-migrations", test_triggers_for_migrations);
  g_test_add_func ("/db/invariants/prepared-again", test_prepared_again);
  g_test_add_func ("/db/invariants/one-dose", test_one_dose);
  g_test_add_func ("/db/invariants/reversal-frees", test_reversal_frees);
  g_test_add_func ("/db/invariants/collision", test_collision);
  g_test_add_func ("/db/invariants/drug", test_drug);
  g_test_add_func ("/db/invariants/fork", test_fork);
  g_test_add_func ("/db/invariants/epochs", test_epochs);
  return g_test_run ();
}
