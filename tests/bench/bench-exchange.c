/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-exchange NAME RECORD FACTS: a dosing point's site file of so many doses. Taken in: opened, proven, every fact hashed, chained and projected, in
 * one transaction, against ATTACH and INSERT SELECT of the same rows into a table with the same index that holds the clinic's own facts already, as
 * every record does that takes a file in. Into an empty table SQLite copies whole cells from tree to tree without looking at them; that is measured,
 * too, and noted. The same file again. Written: gathered, sealed, on the disk and read back, against VACUUM INTO of the same record. RECORD is only
 * where the files may lie. */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/exchange/dbk-stick.h"
#include "tests/bench/dbk-bench.h"
#include "tests/exchange/dbk-test-site.h"

#define PATIENTS 70
#define FLOOR_SCHEMA                                                                                                                       \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"                                                                                  \
  "CREATE TABLE fact (writer TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, prev BLOB NOT NULL, site TEXT NOT NULL," \
  " hlc INTEGER NOT NULL, wall TEXT NOT NULL, day TEXT NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,"       \
  " critical INTEGER NOT NULL, salt BLOB NOT NULL, body_hash BLOB NOT NULL, body TEXT, PRIMARY KEY (writer, epoch, seq, hash)) STRICT, WITHOUT ROWID;" \
  "CREATE UNIQUE INDEX fact_by_hash ON fact (hash)"

typedef struct
{
  DbkTestSite *clinic;
  DbkTestSite *point;
  GBytes      *start;   /* the clinic's record before */
  GBytes      *file;
  char        *rows;    /* the point's record, as a plain file */
  char        *own;     /* the clinic's, before */
  char        *target;
  DbkDb       *taken;   /* one that has taken the file in */
} Exchange;

static void
forget (const char *path)
{
  static const char *const rests[] = { "", "-wal", "-shm", ".lock", ".part" };

  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *name = g_strconcat (path, rests[i], NULL);

      g_unlink (name);
    }
}

static gboolean
dose_many (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  DbkTestSite *point = ((gpointer *) data)[0];
  guint n = GPOINTER_TO_UINT (((gpointer *) data)[1]);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = dbk_fact_log_new_id (), *patient = g_strdup_printf ("T0000000000%05u", i % PATIENTS);
      DbkStamp stamp = dbk_test_site_stamp (point, DBK_FIXTURE_NURSE);
      DbkDose dose = { .id = id, .patient = patient, .day = DBK_FIXTURE_DAY + (DbkDay) (i / PATIENTS), .part = 1, .kind = DBK_DOSE_OBSERVED, .dose_ug = 60000,
                       .ordered_ug = 60000, .volume_ul = 60000, .lot = (char *) DBK_FIXTURE_LOT, .order = (char *) DBK_FIXTURE_ORDER, .given_ms = stamp.wall_ms };

      if (!dbk_fact_dose (db, &stamp, &dose, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
take_in (DbkDb  *db,
         GBytes *file)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkIntake) taken = NULL;
  const DbkIntakeRequest request = { .mode = DBK_INTAKE_TAKE };
  gint64 start = dbk_bench_now_ns (), end;

  taken = dbk_intake_run (db, data, size, &request, NULL, NULL, NULL, &error);
  end = dbk_bench_now_ns ();
  g_assert_no_error (error);
  return end - start;
}

static DbkDb *
open_clinic (Exchange *self)
{
  gsize size;
  const char *data = g_bytes_get_data (self->start, &size);
  g_autoptr(GError) error = NULL;
  DbkDb *db;

  forget (self->target);
  g_assert_true (g_file_set_contents (self->target, data, (gssize) size, NULL));
  db = dbk_db_open (self->target, DBK_DB_WRITE, 0, &error);
  g_assert_no_error (error);
  return db;
}

static gint64
take (gpointer data)
{
  Exchange *self = data;
  DbkDb *db = open_clinic (self);
  gint64 ns = take_in (db, self->file);

  dbk_db_close (db);
  forget (self->target);
  return ns;
}

static gint64
copy_rows (Exchange *self,
           gboolean  in_use)
{
  g_autofree char *own = g_strdup_printf ("ATTACH '%s' AS own; INSERT INTO main.fact SELECT * FROM own.fact; DETACH own", self->own);
  g_autofree char *sql = g_strdup_printf ("ATTACH '%s' AS other", self->rows);
  sqlite3 *handle = NULL;
  gint64 start, end;

  forget (self->target);
  g_assert_cmpint (sqlite3_open (self->target, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, FLOOR_SCHEMA, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (!in_use || sqlite3_exec (handle, own, NULL, NULL, NULL) == SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  start = dbk_bench_now_ns ();
  g_assert_cmpint (sqlite3_exec (handle, "BEGIN; INSERT INTO main.fact SELECT * FROM other.fact; COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  end = dbk_bench_now_ns ();
  sqlite3_close (handle);
  forget (self->target);
  return end - start;
}

static gint64
attach (gpointer data)
{
  return copy_rows (data, TRUE);
}

static void
note_empty_table (Exchange *self)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < 3; i++)
    least = MIN (least, copy_rows (self, FALSE));
  g_print ("note\tinto an empty table, by whole cells, the floor of taking in would be %.0f ms\n", (double) least / 1e6);
}

static gint64
take_again (gpointer data)
{
  Exchange *self = data;

  return take_in (self->taken, self->file);
}

static gint64
write_file (gpointer data)
{
  Exchange *self = data;
  DbkExportRequest request = { .peer = self->clinic->writer, .full = TRUE, .now_ms = 1 };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkStick) stick = NULL;
  g_autoptr(DbkExportReport) report = NULL;
  gint64 start, end;

  forget (self->target);
  start = dbk_bench_now_ns ();
  stick = dbk_stick_new (self->target, &error);
  report = dbk_export_write (self->point->db, &request, dbk_stick_get_output (stick), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dbk_stick_finish (stick, &report->mark, &error));
  end = dbk_bench_now_ns ();
  forget (self->target);
  return end - start;
}

static gint64
vacuum (gpointer data)
{
  Exchange *self = data;
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", self->target);
  sqlite3 *handle = NULL;
  gint64 start, end;

  forget (self->target);
  g_assert_cmpint (sqlite3_open (self->rows, &handle), ==, SQLITE_OK);
  start = dbk_bench_now_ns ();
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  end = dbk_bench_now_ns ();
  sqlite3_close (handle);
  forget (self->target);
  return end - start;
}

/* The facts of @site alone, without what is projected from them. */
static void
keep_rows (DbkTestSite *site,
           const char  *target)
{
  g_autoptr(GBytes) bytes = dbk_test_site_snapshot (site);
  g_autofree char *record = g_strconcat (target, ".whole", NULL);
  g_autofree char *sql = g_strdup_printf ("ATTACH '%s' AS other; INSERT INTO main.fact SELECT * FROM other.fact", record);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  sqlite3 *handle = NULL;

  forget (target);
  g_assert_true (g_file_set_contents (record, data, (gssize) size, NULL));
  g_assert_cmpint (sqlite3_open (target, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, FLOOR_SCHEMA, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  forget (record);
}

int
main (int    argc,
      char **argv)
{
  guint n = dbk_bench_number (argc, argv, 3);
  Exchange self = { .clinic = dbk_test_site_new_clinic (), .rows = g_strconcat (argv[2], ".rows", NULL), .own = g_strconcat (argv[2], ".own", NULL),
                    .target = g_strconcat (argv[2], ".target", NULL) };
  g_autofree char *taken = g_strconcat (argv[1], ", taken in", NULL), *again = g_strconcat (argv[1], ", again", NULL);
  g_autofree char *written = g_strconcat (argv[1], ", written", NULL);
  DbkBench benches[] = {
    { .name = taken, .ours = take, .floor = attach, .times = 1, .warm_up = 1, .target = n >= 1000000 ? "ratio 4" : n >= 100000 ? "ratio 5.5" : "p99-ms 1000" },
    { .name = again, .ours = take_again, .times = 5, .warm_up = 1, .target = "p99-ms 5" },
    { .name = written, .ours = write_file, .floor = vacuum, .times = 1, .warm_up = 1, .target = "ratio 1.5" },
  };
  gpointer many[2] = { NULL, GUINT_TO_POINTER (n) };

  self.point = many[0] = dbk_test_site_new_point (self.clinic, "B2", NULL);
  self.start = dbk_test_site_snapshot (self.clinic);
  keep_rows (self.clinic, self.own);
  dbk_test_site_write (self.point, dose_many, many);
  self.file = dbk_test_site_export (self.point, self.clinic, TRUE);
  keep_rows (self.point, self.rows);
  benches[0].data = benches[1].data = benches[2].data = &self;
  dbk_bench_run (&benches[0]);
  note_empty_table (&self);
  self.taken = self.clinic->db;
  take_in (self.taken, self.file);
  dbk_bench_run (&benches[1]);
  dbk_bench_run (&benches[2]);
  forget (self.rows);
  forget (self.own);
  dbk_test_site_free (self.point);
  dbk_test_site_free (self.clinic);
  g_bytes_unref (self.start);
  g_bytes_unref (self.file);
  g_free (self.rows);
  g_free (self.own);
  g_free (self.target);
  return 0;
}
