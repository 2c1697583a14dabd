/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-sweep NAME RECORD: who is missing, against the bare range of the index. */
#include "db/dbk-dose-store.h"
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench-floor.h"
#include "tests/bench/dbk-bench.h"

typedef struct
{
  DbkDb         *db;
  DbkBenchFloor  floor;
  guint          found;
} Sweep;

static gint64
sweep (gpointer data)
{
  Sweep *self = data;
  g_autoptr(GError) error = NULL;
  gint64 start = dbk_bench_now_ns ();
  g_autoptr(GPtrArray) missing = dbk_attendance_sweep (self->db, DBK_BENCH_DAY - 1, &error);
  gint64 end = dbk_bench_now_ns ();

  g_assert_no_error (error);
  self->found = missing->len;
  return end - start;
}

static gint64
range (gpointer data)
{
  Sweep *self = data;
  gint64 start = dbk_bench_now_ns ();
  guint rows = dbk_bench_floor_run (&self->floor);
  gint64 end = dbk_bench_now_ns ();

  g_assert_cmpuint (rows, ==, self->found);
  return end - start;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(DbkClinic) clinic = dbk_bench_clinic_open (argv[2], DBK_DB_READ);
  Sweep self = { .db = dbk_clinic_get_db (clinic) };
  DbkBench bench = { .name = argv[1], .ours = sweep, .floor = range, .data = &self, .times = 101, .warm_up = 3, .target = "ratio 1.5" };

  dbk_bench_floor_open (&self.floor, argv[2], NULL,
                        "SELECT patient, last_day FROM attendance WHERE active = 1 AND last_day < ?1 ORDER BY last_day, patient");
  g_assert_cmpint (sqlite3_bind_int (self.floor.st, 1, DBK_BENCH_DAY - 1), ==, SQLITE_OK);
  dbk_bench_run (&bench);
  dbk_bench_floor_close (&self.floor);
  return 0;
}
