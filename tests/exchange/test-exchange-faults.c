/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write, sync and truncation of taking a site file in fails in turn, or is the last one before the power goes: then the record is as it was
 * or has all of it, and trying again leads to all of it. And a stick that is full at any byte leaves no file, and no half of one. */
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/exchange/dbk-stick.h"
#include "tests/exchange/dbk-test-site.h"
#include "tests/lib/dbk-failing-disk.h"

#define DAY DBK_FIXTURE_DAY
#define OPERATIONS_LEAST 10
#define VERIFY_EVERY 5

/* ---- taking in ---- */

typedef struct
{
  char       *folder;
  char       *path;
  GBytes     *start;   /* the clinic's record before */
  GBytes     *file;    /* from the point */
  gint64      wall_ms;
  gint64      before;  /* facts */
  gint64      after;
} Sweep;

static gint64
count_facts (DbkDb *db)
{
  gint64 n = -1;

  g_assert_true (dbk_fact_log_count (db, &n, NULL));
  return n;
}

static void
begin_sweep (Sweep *self)
{
  g_autoptr(DbkTestSite) clinic = dbk_test_site_new_clinic ();
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (clinic, "B2", NULL);
  G_GNUC_UNUSED g_autofree char *lease = dbk_test_site_grant (clinic, point, DBK_FIXTURE_PATIENT, DAY, DAY + 5);
  g_autoptr(GBytes) out = dbk_test_site_export (clinic, point, FALSE);
  G_GNUC_UNUSED g_autoptr(DbkIntake) taken = dbk_test_site_import (point, out), there = NULL;

  for (DbkDay day = DAY; day < DAY + 5; day++)
    g_free (dbk_test_site_dose (point, DBK_FIXTURE_PATIENT, day));
  self->folder = g_dir_make_tmp ("dosebook-test-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "c.dosebook", NULL);
  self->start = dbk_test_site_snapshot (clinic);
  self->file = dbk_test_site_export (point, clinic, FALSE);
  self->before = count_facts (clinic->db);
  there = dbk_test_site_import (clinic, self->file);
  self->after = count_facts (clinic->db);
  self->wall_ms = clinic->wall_ms;
  g_assert_cmpint (self->after, >, self->before + 4);
}

static void
end_sweep (Sweep *self)
{
  dbk_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_bytes_unref (self->start);
  g_bytes_unref (self->file);
}

static void
put_start (Sweep *self)
{
  static const char *const rests[] = { "-wal", "-shm", "-journal" };
  gsize size;
  const char *data = g_bytes_get_data (self->start, &size);

  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autofree char *rest = g_strconcat (self->path, rests[i], NULL);

      g_unlink (rest);
    }
  g_assert_true (g_file_set_contents (self->path, data, (gssize) size, NULL));
}

static DbkDb *
open_record (Sweep *self)
{
  g_autoptr(GError) error = NULL;
  DbkDb *db = dbk_db_open (self->path, DBK_DB_WRITE, 1000, &error);

  g_assert_no_error (error);
  return db;
}

static gboolean
take (Sweep   *self,
      DbkDb   *db,
      GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->file, &size);
  const DbkIntakeRequest request = { .mode = DBK_INTAKE_TAKE, .now_ms = self->wall_ms };
  g_autoptr(DbkIntake) taken = dbk_intake_run (db, data, size, &request, NULL, NULL, NULL, error);

  return taken != NULL && taken->missing->len == 0;
}

/* What the disk has now is all or nothing; again is all. */
static void
look_and_try_again (Sweep    *self,
                    gboolean  done,
                    gboolean  thorough)
{
  g_autoptr(DbkDb) db = open_record (self);
  gint64 n = count_facts (db);
  g_autoptr(GError) error = NULL;

  if (done)
    g_assert_cmpint (n, ==, self->after);
  else
    g_assert_true (n == self->before || n == self->after);
  g_assert_true (take (self, db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_facts (db), ==, self->after);
  if (thorough)
    dbk_fixture_assert_holds (db);
}

static void
test_failing_disk (gconstpointer data)
{
  DbkDiskFailure failure = (DbkDiskFailure) GPOINTER_TO_INT (data);
  Sweep self = { NULL };
  gboolean failed = TRUE;
  guint n = 0;

  begin_sweep (&self);
  for (; failed; n += dbk_fixture_stride (3))
    {
      g_autoptr(GError) error = NULL;
      DbkDb *db;
      gboolean done;

      put_start (&self);
      db = open_record (&self);
      dbk_failing_disk_set (failure, n, TRUE);
      done = take (&self, db, &error);
      failed = dbk_failing_disk_repair ();
      g_assert_true (done || error != NULL);
      dbk_db_close (db);
      look_and_try_again (&self, done, n % VERIFY_EVERY == 0);
    }
  g_assert_cmpuint (n, >, OPERATIONS_LEAST);
  end_sweep (&self);
}

/* TRUE: the power went. */
static gboolean
take_in_the_dark (Sweep          *self,
                  DbkDiskFailure  failure,
                  guint           n)
{
  pid_t child = fork ();
  int status = 0;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      DbkDb *db = open_record (self);

      dbk_failing_disk_set (failure, n, TRUE);
      take (self, db, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL;
}

static void
test_power_cut (gconstpointer data)
{
  DbkDiskFailure failure = (DbkDiskFailure) GPOINTER_TO_INT (data);
  Sweep self = { NULL };
  gboolean dark = TRUE;
  guint n = 0;

  begin_sweep (&self);
  for (; dark; n += dbk_fixture_stride (3))
    {
      put_start (&self);
      dark = take_in_the_dark (&self, failure, n);
      look_and_try_again (&self, FALSE, n % VERIFY_EVERY == 0);
    }
  g_assert_cmpuint (n, >, OPERATIONS_LEAST);
  end_sweep (&self);
}

/* ---- the stick ---- */

static gboolean
write_stick (const char  *path,
             GBytes      *content,
             GError     **error)
{
  g_autoptr(DbkStick) stick = dbk_stick_new (path, error);
  const DbkFileMark mark = { { 1 }, { 0 } };
  gsize size;
  gconstpointer data = g_bytes_get_data (content, &size);

  if (stick == NULL || !g_output_stream_write_all (dbk_stick_get_output (stick), data, size, NULL, NULL, error))
    return FALSE;
  /* Another mark than that of the content: the stick has not kept it. */
  return dbk_stick_finish (stick, &mark, error);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_stick (void)
{
  g_autofree char *folder = g_dir_make_tmp ("dosebook-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.dosebook-site", NULL), *part = g_strconcat (path, ".part", NULL);
  g_autoptr(GBytes) content = g_bytes_new_static ("what is on it", 13);
  struct rlimit limit = { 5, 5 }, before;
  g_autoptr(GError) error = NULL;

  g_assert_false (write_stick (path, content, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (part, "of a try that was cut off", -1, NULL));
  g_assert_false (write_stick (path, content, &error));
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_clear_error (&error);

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  limit.rlim_max = before.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (write_stick (path, content, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_nonnull (error);
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "there already", -1, NULL));
  g_assert_false (write_stick (path, content, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS);
  dbk_fixture_remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *name; DbkDiskFailure failure; } failures[] = {
    { "full", DBK_DISK_FULL }, { "error", DBK_DISK_ERROR }, { "half", DBK_DISK_HALF },
  };
  static const struct { const char *name; DbkDiskFailure failure; } cuts[] = {
    { "power-cut", DBK_DISK_POWER_CUT }, { "power-cut-half", DBK_DISK_POWER_CUT_HALF },
  };

  dbk_failing_disk_install ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *name = g_strconcat ("/exchange/faults/", failures[i].name, NULL);

      g_test_add_data_func (name, GINT_TO_POINTER (failures[i].failure), test_failing_disk);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *name = g_strconcat ("/exchange/faults/", cuts[i].name, NULL);

      g_test_add_data_func (name, GINT_TO_POINTER (cuts[i].failure), test_power_cut);
    }
  g_test_add_func ("/exchange/faults/stick", test_stick);
  return g_test_run ();
}
