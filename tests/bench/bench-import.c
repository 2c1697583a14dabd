/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-import NAME RECORD: an earlier register of 37,304 doses comes into an empty clinic (RECORD, which is copied), against inserting the same
 * rows into a table like that of the doses, in one transaction. Ours besides reads and checks the file, registers the patients, makes
 * the facts with their hashes, claims every key and keeps the attendance. */
#include <glib/gstdio.h>

#include "app/dbk-import.h"
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench-floor.h"
#include "tests/bench/dbk-bench.h"

#define ROWS 37304
#define PATIENTS 200
#define ID "ABCDEFGHJKMNPQRS"
#define FLOOR_SCHEMA                                                                                                                       \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"                                                                                  \
  "CREATE TABLE dose (patient TEXT NOT NULL, day INTEGER NOT NULL, part INTEGER NOT NULL, id TEXT NOT NULL, fact BLOB NOT NULL,"            \
  " kind TEXT NOT NULL, dose_ug INTEGER NOT NULL, ordered_ug INTEGER NOT NULL, volume_ul INTEGER NOT NULL, lot TEXT, order_id TEXT,"        \
  " taken_permille INTEGER NOT NULL, given_ms INTEGER NOT NULL, from_paper INTEGER NOT NULL, given_by TEXT NOT NULL, site TEXT NOT NULL,"   \
  " reversed TEXT, reversed_by TEXT, reversed_ms INTEGER, PRIMARY KEY (patient, day, part, id)) STRICT, WITHOUT ROWID;"                     \
  "CREATE INDEX dose_by_day ON dose (day, patient)"
#define FLOOR_INSERT                                                                                                                       \
  "INSERT INTO dose VALUES (?1, ?2, 1, ?3, zeroblob (32), 'imported', 60000, 0, 0, NULL, NULL, 1000, 0, 0, '" ID "', '" ID "', NULL, NULL, NULL)"

typedef struct
{
  const char *empty;
  char       *copy;
  GBytes     *table;
} Importing;

static GBytes *
write_table (void)
{
  GString *csv = g_string_new ("patient,date,given_mg\n");

  for (guint i = 0; i < ROWS; i++)
    {
      DbkDay day = DBK_BENCH_DAY - 1 - (DbkDay) (i / PATIENTS);
      g_autofree char *iso = dbk_day_to_iso (day);

      g_string_append_printf (csv, "%04u,%s,%u\n", 2000 + i % PATIENTS, iso, 30 + i % 16 * 5);
    }
  return g_string_free_to_bytes (csv);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);
  g_autoptr(GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gint64
import (gpointer data)
{
  Importing *self = data;
  DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkClinic) clinic = NULL;
  g_autoptr(DbkSession) admin = NULL;
  g_autoptr(DbkImportReport) report = NULL;
  gint64 start, end;

  copy_file (self->empty, self->copy);
  clinic = dbk_bench_clinic_open (self->copy, DBK_DB_WRITE);
  admin = dbk_bench_clinic_sign_in (clinic, DBK_ROLE_ADMINISTRATOR);
  start = dbk_bench_now_ns ();
  report = dbk_import_doses (clinic, admin, self->table, &options, &error);
  end = dbk_bench_now_ns ();
  g_assert_no_error (error);
  g_assert_cmpint (report->imported, ==, ROWS);
  g_clear_pointer (&clinic, dbk_clinic_close);
  dbk_clinic_remove_unfinished (self->copy);
  return end - start;
}

static void
insert_all (DbkBenchFloor *floor)
{
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *patient = g_strdup_printf ("ABCDEFGHJKMN%04u", i % PATIENTS);
      g_autofree char *id = g_strdup_printf ("ABCDEFGHJK%06u", i);

      sqlite3_bind_text (floor->st, 1, patient, -1, SQLITE_STATIC);
      sqlite3_bind_int (floor->st, 2, DBK_BENCH_DAY - 1 - (int) (i / PATIENTS));
      sqlite3_bind_text (floor->st, 3, id, -1, SQLITE_STATIC);
      g_assert_cmpuint (dbk_bench_floor_run (floor), ==, 0);
    }
}

static gint64
insert (gpointer data)
{
  Importing *self = data;
  DbkBenchFloor floor = { 0 };
  gint64 start, end;

  dbk_bench_floor_open (&floor, self->copy, FLOOR_SCHEMA, FLOOR_INSERT);
  start = dbk_bench_now_ns ();
  g_assert_cmpint (sqlite3_exec (floor.handle, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  insert_all (&floor);
  g_assert_cmpint (sqlite3_exec (floor.handle, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  end = dbk_bench_now_ns ();
  dbk_bench_floor_close (&floor);
  dbk_clinic_remove_unfinished (self->copy);
  return end - start;
}

int
main (int    argc,
      char **argv)
{
  Importing self = { .empty = argv[2], .copy = g_strconcat (argv[2], ".copy", NULL), .table = write_table () };
  DbkBench bench = { .name = argv[1], .ours = import, .floor = insert, .data = &self, .times = 1, .warm_up = 1, .target = "-" };

  dbk_clinic_remove_unfinished (self.copy);
  dbk_bench_run (&bench);
  g_bytes_unref (self.table);
  g_free (self.copy);
  return 0;
}
