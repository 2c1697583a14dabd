/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-history NAME RECORD warm|cold PATIENTS FIRST: the whole history of patients, against the bare clustered rows. PATIENTS in turn, from the
 * FIRST made. Cold: the file is forgotten and opened anew each time, before the clock starts. */
#include "db/dbk-dose-store.h"
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench-floor.h"
#include "tests/bench/dbk-bench.h"

typedef struct
{
  const char    *path;
  gboolean       cold;
  GPtrArray     *patients;  /* ids */
  DbkClinic     *clinic;    /* NULL while nothing of the file is open */
  DbkSession    *session;
  DbkBenchFloor  floor;
  guint          ours_next;
  guint          floor_next;
  guint          found;
} History;

static void
open_floor (History *self)
{
  dbk_bench_floor_open (&self->floor, self->path, NULL, "SELECT * FROM dose WHERE patient = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, part, id");
}

static gint64
list (gpointer data)
{
  History *self = data;
  const char *patient = g_ptr_array_index (self->patients, self->ours_next++ % self->patients->len);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) doses = NULL;
  gint64 start, end;

  if (self->cold)
    {
      dbk_bench_forget_file (self->path);
      self->clinic = dbk_bench_clinic_open (self->path, DBK_DB_READ);
      /* Nobody reads a history who has not signed in; so the staff's page has been read. */
      g_clear_pointer (&self->session, dbk_session_free);
      self->session = dbk_bench_clinic_sign_in (self->clinic, DBK_ROLE_NURSE);
      /* The floor's statement is prepared before, too. */
      dbk_db_prepare_all (dbk_clinic_get_db (self->clinic), &error);
      g_assert_no_error (error);
    }
  start = dbk_bench_now_ns ();
  doses = dbk_dose_list_of_patient (dbk_clinic_get_db (self->clinic), patient, DBK_DAY_NONE, DBK_DAY_NONE, &error);
  end = dbk_bench_now_ns ();
  g_assert_no_error (error);
  self->found = doses->len;
  if (self->cold)
    g_clear_pointer (&self->clinic, dbk_clinic_close);
  return end - start;
}

static gint64
rows (gpointer data)
{
  History *self = data;
  const char *patient = g_ptr_array_index (self->patients, self->floor_next++ % self->patients->len);
  gint64 start, end;
  guint n;

  if (self->cold)
    {
      dbk_bench_forget_file (self->path);
      open_floor (self);
    }
  sqlite3_bind_text (self->floor.st, 1, patient, -1, SQLITE_STATIC);
  sqlite3_bind_int (self->floor.st, 2, G_MININT32);
  sqlite3_bind_int (self->floor.st, 3, G_MAXINT32);
  start = dbk_bench_now_ns ();
  n = dbk_bench_floor_run (&self->floor);
  end = dbk_bench_now_ns ();
  g_assert_cmpuint (n, >, 3000);
  if (self->cold)
    dbk_bench_floor_close (&self->floor);
  return end - start;
}

static void
find_patients (History *self,
               guint    n,
               guint    first)
{
  g_autoptr(DbkClinic) clinic = dbk_bench_clinic_open (self->path, DBK_DB_READ);

  for (guint i = first; i < first + n; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *number = dbk_bench_clinic_dup_number (i);
      g_autoptr(DbkPatient) patient = dbk_patient_by_number (dbk_clinic_get_db (clinic), number, &error);

      g_assert_no_error (error);
      g_ptr_array_add (self->patients, g_strdup (patient->id));
    }
}

int
main (int    argc,
      char **argv)
{
  History self = { .path = argv[2], .cold = strcmp (argv[3], "cold") == 0, .patients = g_ptr_array_new_with_free_func (g_free) };
  DbkBench bench = { .name = argv[1], .ours = list, .floor = rows, .data = &self, .times = 41, .warm_up = 41, .target = "ratio 1.3" };

  find_patients (&self, dbk_bench_number (argc, argv, 4), dbk_bench_number (argc, argv, 5));
  if (self.cold)
    bench.times = bench.warm_up = 7;
  else
    {
      self.clinic = dbk_bench_clinic_open (self.path, DBK_DB_READ);
      open_floor (&self);
    }
  dbk_bench_run (&bench);
  if (!self.cold)
    dbk_bench_floor_close (&self.floor);
  g_clear_pointer (&self.clinic, dbk_clinic_close);
  g_clear_pointer (&self.session, dbk_session_free);
  g_ptr_array_unref (self.patients);
  return 0;
}
