/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write, sync and truncation of a use case fails in turn, or is the last one before the power goes. What the use case says is
 * what the disk has: done and recorded, or an error and nothing of it; and trying again leads to exactly one of it. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/dbk-give-dose.h"
#include "app/dbk-import.h"
#include "app/dbk-reverse-dose.h"
#include "tests/app/dbk-clinic-fixture.h"
#include "tests/lib/dbk-failing-disk.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY
#define DOSE_MG 60
#define EIGHT (8 * 60)
#define N_LEAST 10

/* With a sanitizer every third operation: all of them fail in the build without. */
#if defined(__SANITIZE_ADDRESS__)
#define STEP 3
#else
#define STEP 1
#endif
#define VERIFY_EVERY 7

typedef struct
{
  DbkClinicFixture *f;
  char             *patient;
  char             *dose;     /* of the reversal */
  GBytes           *table;    /* of the import */
  char             *note;     /* where this computer notes its newest fact outside the record */
  char             *start;    /* the bytes of the record before */
  gsize             start_size;
} Sweep;

typedef struct
{
  const char *name;
  gboolean    dosed_before;
  /* FALSE with an error, or refused because it was done already */
  gboolean  (*run) (Sweep *sweep, gboolean *already, GError **error);
  const char *look; /* SQL: 1 it is recorded, 0 nothing of it is, else -1 */
} UseCase;

/* ---- the use cases ---- */

static gboolean
give (Sweep     *sweep,
      gboolean  *already,
      GError   **error)
{
  const DbkAnswer answer = { DBK_FINDING_MISSED, "none-seen" };
  const DbkGiveRequest request = { .at_counter = { .patient = sweep->patient, .card = "", .day = DBK_DAY_NONE, .answers = &answer, .n_answers = 1 } };
  g_autoptr(DbkGiveResult) result = dbk_give_dose (sweep->f->clinic, sweep->f->nurse, &request, error);

  if (result == NULL)
    return FALSE;
  *already = result->outcome == DBK_GIVE_STOPPED && dbk_verdict_find (result->view->verdict, DBK_FINDING_ALREADY_DOSED) != NULL;
  g_assert_true (*already || result->outcome == DBK_GIVE_GIVEN);
  g_assert_cmpint (result->fact != NULL, ==, result->outcome == DBK_GIVE_GIVEN);
  return result->outcome == DBK_GIVE_GIVEN;
}

static gboolean
reverse (Sweep     *sweep,
         gboolean  *already,
         GError   **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *fact = NULL;

  if (dbk_reverse_dose (sweep->f->clinic, sweep->f->nurse, sweep->f->doctor, sweep->dose, "mistake", NULL, DBK_LIQUID_WASTED, &fact, &local_error))
    {
      g_assert_nonnull (fact);
      return TRUE;
    }
  *already = g_error_matches (local_error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  if (!*already)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
import (Sweep     *sweep,
        gboolean  *already,
        GError   **error)
{
  const DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(DbkImportReport) report = dbk_import_doses (sweep->f->clinic, sweep->f->admin, sweep->table, &options, error);

  if (report == NULL)
    return FALSE;
  g_assert_cmpuint (report->problems->len, ==, 0);
  *already = report->already == report->rows;
  g_assert_true (*already || report->imported == report->rows);
  return !*already;
}

#define COUNT(what) "(SELECT count (*) FROM " what ")"
#define UNBALANCED "EXISTS (SELECT 1 FROM balance GROUP BY lot HAVING sum (volume_ul) <> 0)"
#define LOOK(counts, recorded, absent) "SELECT CASE WHEN " UNBALANCED " THEN -1 WHEN (" counts ") = (" recorded ") THEN 1 WHEN (" counts ") = (" absent ") THEN 0 ELSE -1 END"

/* The import of the fixture has left doses of a week. */
static const UseCase use_cases[] = {
  { "give", FALSE, give,
    LOOK (COUNT ("dose WHERE kind = 'observed'") ", " COUNT ("claim") ", " COUNT ("alert_answer") ", "
          COUNT ("fact WHERE kind IN ('dose.given', 'alert.answered')"), "1, 8, 1, 2", "0, 7, 0, 0") },
  { "reverse", TRUE, reverse,
    LOOK (COUNT ("dose WHERE reversed IS NOT NULL") ", " COUNT ("claim") ", " COUNT ("fact WHERE kind = 'dose.reversed'") ", "
          "coalesce ((SELECT volume_ul FROM balance WHERE account = 'waste'), 0)", "1, 7, 1, 60000", "0, 8, 0, 0") },
  { "import", FALSE, import,
    LOOK (COUNT ("dose") ", " COUNT ("patient") ", " COUNT ("claim") ", " COUNT ("fact WHERE kind = 'import.made'"), "67, 3, 67, 2",
          "7, 1, 7, 1") },
};

/* ---- one start after the other ---- */

static GBytes *
new_table (void)
{
  GString *text = g_string_new ("patient,date,given_mg\n");

  for (DbkDay day = DAY - 30; day < DAY; day++)
    {
      g_autofree char *iso = dbk_day_to_iso (day);

      g_string_append_printf (text, "0500,%s,40\n0501,%s,50\n", iso, iso);
    }
  return g_string_free_to_bytes (text);
}

static Sweep
begin_sweep (const UseCase *use_case)
{
  g_autofree char *name = NULL;
  Sweep sweep = { .f = dbk_clinic_fixture_new (), .table = new_table () };
  g_autofree char *order = NULL;

  sweep.patient = dbk_clinic_fixture_add_patient (sweep.f, "0421", "王小明");
  dbk_clinic_fixture_import (sweep.f, "0421", DAY - 7, DAY - 1, DOSE_MG);
  order = dbk_clinic_fixture_sign (sweep.f, sweep.patient, DOSE_MG * MG);
  if (use_case->dosed_before)
    sweep.dose = dbk_clinic_fixture_give (sweep.f, sweep.patient);
  else
    dbk_clinic_fixture_set_time (sweep.f, DAY + 2, EIGHT);
  name = g_strconcat (dbk_clinic_get_writer (sweep.f->clinic), ".witness", NULL);
  sweep.note = g_build_filename (g_get_user_state_dir (), "dosebook", "witness", name, NULL);
  dbk_clinic_fixture_close (sweep.f);
  g_assert_true (g_file_get_contents (sweep.f->path, &sweep.start, &sweep.start_size, NULL));
  return sweep;
}

static void
end_sweep (Sweep *sweep)
{
  dbk_clinic_fixture_free (sweep->f);
  g_free (sweep->patient);
  g_free (sweep->dose);
  g_bytes_unref (sweep->table);
  g_free (sweep->start);
  g_free (sweep->note);
}

/* Not by a rename: the record keeps its place. */
static void
start_again (Sweep *sweep)
{
  g_autofree char *wal = g_strconcat (sweep->f->path, "-wal", NULL), *shm = g_strconcat (sweep->f->path, "-shm", NULL);

  unlink (wal);
  unlink (shm);
  /* It would know that the record is an older copy of itself, and give nothing. */
  unlink (sweep->note);
  g_assert_true (g_file_set_contents_full (sweep->f->path, sweep->start, (gssize) sweep->start_size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  dbk_clinic_fixture_open (sweep->f);
}

/* All of it or nothing; the clinic is closed. */
static gboolean
is_recorded (Sweep         *sweep,
             const UseCase *use_case)
{
  gint64 seen = dbk_fixture_peek (sweep->f->path, use_case->look);

  g_assert_cmpint (seen, >=, 0);
  return seen == 1;
}

/* Once more: it is done now, or it was. */
static void
try_again (Sweep         *sweep,
           const UseCase *use_case,
           gboolean       recorded,
           guint          n)
{
  g_autoptr(GError) error = NULL;
  gboolean already = FALSE, done;

  dbk_clinic_fixture_open (sweep->f);
  done = use_case->run (sweep, &already, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done, ==, !recorded);
  g_assert_cmpint (already, ==, recorded);
  if (n % VERIFY_EVERY == 0)
    dbk_clinic_fixture_assert_holds (sweep->f);
  dbk_clinic_fixture_close (sweep->f);
  g_assert_true (is_recorded (sweep, use_case));
}

/* ---- a failing disk ---- */

static void
assert_disk_error (const GError *error)
{
  g_assert_nonnull (error);
  if (!g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_FULL) && !g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_IO))
    g_error ("not the disk's error: %s", error->message);
}

/* FALSE: use case and closing were through before anything failed. */
static gboolean
fail (Sweep          *sweep,
      const UseCase  *use_case,
      DbkDiskFailure  failure,
      guint           after,
      gboolean        stays)
{
  g_autoptr(GError) error = NULL;
  gboolean already = FALSE, done, failed, recorded;

  start_again (sweep);
  dbk_failing_disk_set (failure, after, stays);
  done = use_case->run (sweep, &already, &error);
  g_assert_false (already);
  /* "Recorded" is never said of a write that failed on the way. */
  g_assert_true (!done || dbk_failing_disk_count () <= after);
  if (!done)
    assert_disk_error (error);
  dbk_clinic_fixture_close (sweep->f);
  failed = dbk_failing_disk_repair ();
  g_assert_true (done || failed);
  recorded = is_recorded (sweep, use_case);
  /* While nothing can be written, nothing can be asked either: then an error may be said for what is found recorded later. */
  if (stays)
    g_assert_true (!done || recorded);
  else
    g_assert_cmpint (done, ==, recorded);
  try_again (sweep, use_case, recorded, after);
  return failed;
}

static void
test_failing_disk (gconstpointer data)
{
  static const struct
  {
    DbkDiskFailure failure;
    gboolean       stays;
  } disks[] = { { DBK_DISK_FULL, FALSE }, { DBK_DISK_HALF, FALSE }, { DBK_DISK_ERROR, TRUE } };
  const UseCase *use_case = data;
  Sweep sweep = begin_sweep (use_case);

  for (guint i = 0; i < G_N_ELEMENTS (disks); i++)
    {
      guint n;

      for (n = i % STEP; fail (&sweep, use_case, disks[i].failure, n, disks[i].stays);)
        n += STEP;
      g_assert_cmpuint (n, >, N_LEAST);
      g_test_message ("%s: %u operations", use_case->name, n);
    }
  end_sweep (&sweep);
}

/* ---- the power goes ---- */

/* In the child: says 'r' when the use case has said that it is done. */
static void
run_until_cut (Sweep         *sweep,
               const UseCase *use_case,
               guint          after,
               int            to_parent)
{
  gboolean already = FALSE;

  dbk_clinic_fixture_open (sweep->f);
  dbk_failing_disk_set (DBK_DISK_POWER_CUT_HALF, after, FALSE);
  if (use_case->run (sweep, &already, NULL) && write (to_parent, "r", 1) != 1)
    _exit (2);
  dbk_clinic_fixture_close (sweep->f);
  _exit (0);
}

/* FALSE: the child came to its end. */
static gboolean
cut_once (Sweep         *sweep,
          const UseCase *use_case,
          guint          after)
{
  int ends[2], status = 0;
  gboolean acknowledged, recorded;
  char said = 0;
  pid_t child;

  start_again (sweep);
  dbk_clinic_fixture_close (sweep->f);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    run_until_cut (sweep, use_case, after, ends[1]);
  close (ends[1]);
  acknowledged = read (ends[0], &said, 1) == 1;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status))
    g_assert_true (WEXITSTATUS (status) == 0 && acknowledged);
  else
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);

  /* Through the door first: it finds the log that was left. */
  dbk_clinic_fixture_open (sweep->f);
  dbk_clinic_fixture_close (sweep->f);
  recorded = is_recorded (sweep, use_case);
  g_assert_true (!acknowledged || recorded);
  try_again (sweep, use_case, recorded, after);
  return WIFSIGNALED (status);
}

static void
test_power_cut (gconstpointer data)
{
  const UseCase *use_case = data;
  Sweep sweep = begin_sweep (use_case);
  guint n = 0;

  while (cut_once (&sweep, use_case, n))
    n += STEP;
  g_assert_cmpuint (n, >, N_LEAST);
  end_sweep (&sweep);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dbk_failing_disk_install ();
  for (guint i = 0; i < G_N_ELEMENTS (use_cases); i++)
    {
      g_autofree char *failing = g_strconcat ("/fault/failing-disk/", use_cases[i].name, NULL);
      g_autofree char *cut = g_strconcat ("/fault/power-cut/", use_cases[i].name, NULL);

      g_test_add_data_func (failing, &use_cases[i], test_failing_disk);
      g_test_add_data_func (cut, &use_cases[i], test_power_cut);
    }
  return g_test_run ();
}
