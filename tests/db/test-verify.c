/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever somebody changes in the file with other tools, verifying finds it and names it. */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/dbk-verify.h"
#include "db/facts/dbk-desk-facts.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY
#define WITHOUT_TRIGGERS "DROP TRIGGER fact_is_never_changed; DROP TRIGGER fact_is_never_deleted; DROP TRIGGER fact_is_never_replaced; "

/* A copy of the record that somebody has worked on, verified. */
static DbkVerifyReport *
tampered (DbkRecordFixture *fixture,
          const char       *sql)
{
  g_autofree char *path = dbk_record_fixture_name (fixture, "tampered.dosebook");
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autofree char *data = NULL;
  g_autoptr(GError) error = NULL;
  DbkVerifyReport *report;
  DbkDb *db;
  gsize size = 0;

  g_assert_true (g_file_get_contents (fixture->path, &data, &size, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  dbk_fixture_tamper (path, sql);
  db = dbk_db_open (path, DBK_DB_WRITE, 0, &error);
  g_assert_no_error (error);
  report = dbk_verify (db, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  dbk_db_close (db);
  g_unlink (lock);
  g_unlink (path);
  return report;
}

static char *
hash_of (DbkRecordFixture *fixture,
         gint64            seq)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *st = NULL;
  char *hash;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "SELECT lower (hex (hash)) FROM fact WHERE seq = ?", -1, &st, NULL), ==, SQLITE_OK);
  sqlite3_bind_int64 (st, 1, seq);
  g_assert_cmpint (sqlite3_step (st), ==, SQLITE_ROW);
  hash = g_strdup ((const char *) sqlite3_column_text (st, 0));
  sqlite3_finalize (st);
  sqlite3_close (handle);
  return hash;
}

/* ---- facts ---- */

static void
test_body (void)
{
  static const char body[] = WITHOUT_TRIGGERS "UPDATE fact SET body = replace (body, '60000', '90000') WHERE kind = 'dose.given' AND body LIKE '%D0000000000000A2%'";
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();
  g_autoptr(DbkVerifyReport) whole = tampered (fixture, "SELECT 1");
  g_autoptr(DbkVerifyReport) report = tampered (fixture, body);
  g_autofree char *last = hash_of (fixture, whole->facts);

  g_assert_cmpstr (whole->problem, ==, NULL);
  g_assert_cmpint (whole->doses, ==, 3);
  g_assert_cmpint (whole->tables, ==, 38);
  g_assert_cmpstr (report->broken_fact, ==, last);
  g_assert_cmpstr (report->problem, ==, "the body of a fact is not what was signed for");
}

/* The first of several is named, and each field is covered. */
static void
test_header (void)
{
  static const char *const changes[] = {
    "site = 'S000000000000009'", "wall = '2026-03-05T09:00:00.000+08:00'", "day = '2026-03-06'", "author = 'X'", "kind = 'contact.made'", "version = 2",
    "critical = 1 - critical", "salt = zeroblob (16)", "body_hash = zeroblob (32)", "prev = zeroblob (32)", "hash = randomblob (32)", "epoch = 1", "seq = 99",
    "writer = 'W000000000000009'", "body = '{}'", "body = 'x'", "body = ''", "body = body || ' '",
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();
  g_autofree char *fifth = hash_of (fixture, 5);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i += dbk_fixture_stride (3))
    {
      g_autofree char *sql = g_strdup_printf (WITHOUT_TRIGGERS "UPDATE fact SET %s WHERE seq IN (5, 7)", changes[i]);
      g_autofree char *one = g_strdup_printf (WITHOUT_TRIGGERS "UPDATE fact SET %s WHERE seq = 5", changes[i]);
      gboolean unique = g_str_has_prefix (changes[i], "seq") || g_str_has_prefix (changes[i], "hash");
      g_autoptr(DbkVerifyReport) report = tampered (fixture, unique ? one : sql);

      if (report->problem == NULL || report->broken_fact == NULL)
        g_test_fail_printf ("unnoticed: %s", changes[i]);
      else if (!g_str_has_prefix (changes[i], "hash"))
        g_assert_cmpstr (report->broken_fact, ==, fifth);
    }
}

static void
test_missing_facts (void)
{
  static const char *const changes[] = {
    "DELETE FROM fact WHERE seq = 5",
    "DELETE FROM fact WHERE seq = 1",
    "DELETE FROM fact WHERE seq = (SELECT max (seq) FROM fact)",
    "DELETE FROM fact",
    "DELETE FROM tip",
    "DELETE FROM fact WHERE seq = (SELECT max (seq) FROM fact); UPDATE tip SET seq = seq - 1, hash = (SELECT hash FROM fact ORDER BY seq DESC LIMIT 1)",
    "UPDATE tip SET seq = seq - 1, hash = (SELECT hash FROM fact ORDER BY seq DESC LIMIT 1 OFFSET 1)",
    "UPDATE tip SET hash = zeroblob (32)",
    "UPDATE tip SET seq = 1",
    "DELETE FROM epoch",
    "UPDATE epoch SET first_seq = first_seq + 1",
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strconcat (WITHOUT_TRIGGERS, changes[i], NULL);
      g_autoptr(DbkVerifyReport) report = tampered (fixture, sql);

      if (report->problem == NULL)
        g_test_fail_printf ("unnoticed: %s", changes[i]);
    }
}

/* A body may be withheld: the chain holds, only what it would have shown is missing. */
static void
test_withheld (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();
  g_autoptr(DbkVerifyReport) report = tampered (fixture, WITHOUT_TRIGGERS "UPDATE fact SET body = NULL WHERE kind = 'contact.made'; DELETE FROM contact");

  g_assert_cmpstr (report->problem, ==, NULL);
}

/* ---- projections ---- */

static void
test_projections (void)
{
  static const char *const tables[] = {
    "site", "writer", "staff", "patient", "patient_attribute", "patient_key", "photo", "card", "dose_order", "order_end", "hold", "hold_lift", "absence", "absence_withdrawal", "lot",
    "bottle", "balance", "claim", "dose", "dose_reversal", "attendance", "not_given", "alert_answer", "contact", "policy", "document", "paper_row", "history_import",
    "enrolment", "revocation", "lease", "lease_end", "collision", "collision_close", "unread",
    "acceptance", "pass", "pass_outcome",
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i += dbk_fixture_stride (4))
    {
      g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM %s", tables[i]);
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", tables[i]);
      g_autofree char *name = g_strdup_printf (" FROM %s ORDER BY", tables[i]);
      g_autoptr(DbkVerifyReport) report = NULL;

      if (dbk_fixture_peek (fixture->path, count) == 0)
        g_test_fail_printf ("there is nothing in %s", tables[i]);
      report = tampered (fixture, sql);
      g_assert_cmpstr (report->broken_fact, ==, NULL);
      if (report->problem == NULL || strstr (report->problem, name) == NULL)
        g_test_fail_printf ("%s emptied: %s", tables[i], report->problem);
    }
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM sqlite_schema WHERE type = 'table' AND name NOT IN"
                                                    " ('fact', 'tip', 'setting', 'print_job', 'sign_in_try', 'file_reading', 'sqlite_stat1', 'sqlite_stat4',"
                                                    " 'revealed', 'seal', 'fork', 'exchange', 'peer_tip', 'shown_patient', 'held_back', 'epoch', 'guest', 'given_told')"),
                   ==, G_N_ELEMENTS (tables));
}

static void
test_small_changes (void)
{
  static const char *const changes[] = {
    "UPDATE dose SET dose_ug = dose_ug + 1 WHERE id = 'D0000000000000A2'", "UPDATE dose SET reversed = NULL, reversed_by = NULL WHERE id = 'D0000000000000A1'",
    "UPDATE dose SET given_ms = given_ms + 1", "UPDATE dose SET lot = NULL", "UPDATE dose SET fact = zeroblob (32)", "UPDATE dose SET fact = zeroblob (3)",
    "UPDATE balance SET volume_ul = volume_ul + 1 WHERE account = 'bottle'",
    "UPDATE balance SET volume_ul = volume_ul + CASE account WHEN 'bottle' THEN -1000 ELSE 1000 END WHERE account IN ('bottle', 'waste')",
    "UPDATE patient SET name = name || ' '", "UPDATE patient SET phone = NULL", "UPDATE patient SET allergies = ''", "UPDATE staff SET role = 'physician'",
    "UPDATE staff SET pin = 'x'", "UPDATE dose_order SET dose_ug = 1 + dose_ug", "UPDATE order_end SET last_day = last_day - 1", "DELETE FROM claim WHERE day = 20517",
    "INSERT INTO claim VALUES ('" DBK_FIXTURE_PATIENT "', 20530, 1, 'x')", "UPDATE attendance SET last_day = last_day + 1", "UPDATE hold_lift SET day = day - 1",
    "UPDATE card SET revoked = NULL, patient = 'x'", "UPDATE policy SET json = '{ }'", "UPDATE photo SET jpeg = x'00'", "UPDATE lot SET ug_per_ml = 10000",
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i += dbk_fixture_stride (4))
    {
      g_autoptr(DbkVerifyReport) report = tampered (fixture, changes[i]);

      if (report->problem == NULL)
        g_test_fail_printf ("unnoticed: %s", changes[i]);
      g_assert_cmpstr (report->broken_fact, ==, NULL);
    }
}

/* ---- damage and patience ---- */

static void
test_damaged_pages (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new_full ();
  g_autofree char *path = dbk_record_fixture_name (fixture, "damaged.dosebook");
  g_autofree char *data = NULL;
  gsize size = 0;
  guint found = 0, harmless = 0;

  g_assert_true (g_file_get_contents (fixture->path, &data, &size, NULL));
  for (gsize page = 1; page < size / 4096; page += dbk_fixture_stride (7))
    {
      g_autofree char *damaged = g_memdup2 (data, size);
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkVerifyReport) report = NULL;
      DbkDb *db;

      memset (damaged + page * 4096, 0x5a, 512);
      g_assert_true (g_file_set_contents (path, damaged, (gssize) size, NULL));
      db = dbk_db_open (path, DBK_DB_READ, 0, &error);
      report = db != NULL ? dbk_verify (db, NULL, NULL, NULL, &error) : NULL;
      if (report == NULL || report->problem != NULL)
        found++;
      else
        harmless++;
      g_assert_true (report != NULL || error != NULL);
      dbk_db_close (db);
    }
  g_assert_cmpuint (found, >, 0);
  g_assert_cmpuint (harmless, ==, 0);
  g_unlink (path);
}

static void
count_calls (gint64   done,
             gint64   all,
             gpointer data)
{
  guint *calls = data;

  ++*calls;
  g_assert_cmpint (done, <=, all);
}

static gboolean
append_many (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  for (guint i = 0; i < 1050; i++)
    {
      g_autofree char *id = dbk_fact_log_new_id ();

      if (!dbk_fact_contact (db, data, id, DBK_FIXTURE_PATIENT, "reached", NULL, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_progress (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkStamp stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkVerifyReport) report = NULL;
  guint calls = 0;

  dbk_record_fixture_write (fixture, append_many, &stamp);
  report = dbk_verify (fixture->db, cancellable, count_calls, &calls, NULL);
  g_assert_cmpstr (report->problem, ==, NULL);
  g_assert_cmpuint (calls, ==, 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (dbk_verify (fixture->db, cancellable, count_calls, &calls, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dbk_fixture_assert_holds (fixture->db);
}

/* Somebody else may read and verify while the record is written. */
static void
test_reader (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(DbkDb) reader = dbk_db_open (fixture->path, DBK_DB_READ, 0, NULL);
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (reader);
  dbk_fixture_assert_holds (reader);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
  dbk_fixture_assert_holds (reader);
  g_assert_false (dbk_db_is_writable (reader));
  g_assert_false (dbk_db_write (reader, dbk_fixture_dispense, &dispense, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_READ_ONLY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/verify/body", test_body);
  g_test_add_func ("/db/verify/header", test_header);
  g_test_add_func ("/db/verify/missing-facts", test_missing_facts);
  g_test_add_func ("/db/verify/withheld", test_withheld);
  g_test_add_func ("/db/verify/projections", test_projections);
  g_test_add_func ("/db/verify/small-changes", test_small_changes);
  g_test_add_func ("/db/verify/damaged-pages", test_damaged_pages);
  g_test_add_func ("/db/verify/progress", test_progress);
  g_test_add_func ("/db/verify/reader", test_reader);
  return g_test_run ();
}
