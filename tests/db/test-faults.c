/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write, sync and truncation of a transaction, and of the closing behind it, fails in turn, or is the last one before the
 * power goes. Whatever happens: an error is said or the thing is recorded, all of it or nothing is there, what was called recorded is there,
 * the file is whole, and trying again leads to exactly one of it. */
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/dbk-dose-store.h"
#include "tests/lib/dbk-failing-disk.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY
#define DOSE "D0000000000000A1"
#define N_HISTORY 60
#define N_MANY 30000 /* fewer fit into what SQLite keeps in memory anyway */
#define VERIFY_EVERY 5

/* ---- the transactions ---- */

static gboolean
import_history (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const DbkDispense *dispense = data;
  DbkDay days[N_HISTORY];
  gint64 doses_ug[N_HISTORY];

  for (guint i = 0; i < N_HISTORY; i++)
    {
      days[i] = DAY - N_HISTORY + (DbkDay) i;
      doses_ug[i] = 50000;
    }
  return dbk_fact_history (db, &dispense->stamp, "I0000000000000A1", DBK_FIXTURE_PATIENT, days, doses_ug, N_HISTORY, error) &&
         dbk_fact_import (db, &dispense->stamp, "I0000000000000A1", "register", "00", N_HISTORY, 1, N_HISTORY, 0, error);
}

/* What is counted: doses in all, doses that stand, keys that are held, facts of the kind; and, which must be none, lots whose
 * accounts do not sum to nothing. */
#define LOOK(kinds)                                                                                        \
  "SELECT (SELECT count (*) FROM dose), (SELECT count (*) FROM dose WHERE reversed IS NULL), (SELECT count (*) FROM claim)," \
  " (SELECT count (*) FROM fact WHERE kind IN (" kinds ")),"                                               \
  " (SELECT count (*) FROM (SELECT 1 FROM balance GROUP BY lot HAVING sum (volume_ul) <> 0))"

typedef struct
{
  gint64 doses;
  gint64 standing;
  gint64 keys;
  gint64 facts;
} Counts;

typedef struct
{
  const char   *name;
  gboolean      dosed_before; /* the record holds the dose already */
  DbkDbTxnFunc  func;
  const char   *look;
  Counts        before;
  Counts        after;
} Transaction;

static const Transaction transactions[] = {
  { "dispense", FALSE, dbk_fixture_dispense, LOOK ("'dose.given'"), { 0, 0, 0, 0 }, { 1, 1, 1, 1 } },
  { "reverse", TRUE, dbk_fixture_reverse, LOOK ("'dose.reversed'"), { 1, 1, 1, 0 }, { 1, 0, 0, 1 } },
  { "import", FALSE, import_history, LOOK ("'history.imported', 'import.made'"),
    { 0, 0, 0, 0 }, { N_HISTORY, N_HISTORY, N_HISTORY, 2 } },
};

typedef struct
{
  DbkRecordFixture  *fixture;
  const Transaction *transaction;
  char              *start; /* the bytes of the record before */
  gsize              start_size;
} Sweep;

static Sweep
begin_sweep (const Transaction *transaction)
{
  Sweep sweep = { .fixture = dbk_record_fixture_new (), .transaction = transaction };
  DbkDispense dispense = dbk_record_fixture_dispense (sweep.fixture, DOSE, DAY);

  if (transaction->dosed_before)
    dbk_record_fixture_write (sweep.fixture, dbk_fixture_dispense, &dispense);
  dbk_record_fixture_close (sweep.fixture);
  g_assert_true (g_file_get_contents (sweep.fixture->path, &sweep.start, &sweep.start_size, NULL));
  return sweep;
}

static void
end_sweep (Sweep *sweep)
{
  dbk_record_fixture_free (sweep->fixture);
  g_free (sweep->start);
}

/* Not by a rename: the record keeps its place. */
static void
start_again (Sweep *sweep)
{
  g_autofree char *wal = g_strconcat (sweep->fixture->path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (sweep->fixture->path, "-shm", NULL);

  unlink (wal);
  unlink (shm);
  g_assert_true (g_file_set_contents_full (sweep->fixture->path, sweep->start, (gssize) sweep->start_size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static gboolean
run (Sweep   *sweep,
     GError **error)
{
  DbkDispense dispense = dbk_record_fixture_dispense (sweep->fixture, DOSE, DAY);

  return dbk_db_write (sweep->fixture->db, sweep->transaction->func, &dispense, error);
}

/* ---- what is there ---- */

static gboolean
equal_counts (const Counts *a,
              const Counts *b)
{
  return a->doses == b->doses && a->standing == b->standing && a->keys == b->keys && a->facts == b->facts;
}

/* Whether the transaction is in the file; the file is closed. Half of it fails the test, and so does a file that is not whole. */
static gboolean
is_recorded (Sweep *sweep)
{
  const Transaction *transaction = sweep->transaction;
  sqlite3 *handle = NULL;
  sqlite3_stmt *st = NULL;
  Counts counts;
  gboolean recorded;

  g_assert_cmpint (sqlite3_open_v2 (sweep->fixture->path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, transaction->look, -1, &st, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (st), ==, SQLITE_ROW);
  counts = (Counts) { sqlite3_column_int64 (st, 0), sqlite3_column_int64 (st, 1), sqlite3_column_int64 (st, 2), sqlite3_column_int64 (st, 3) };
  g_assert_cmpint (sqlite3_column_int64 (st, 4), ==, 0);
  sqlite3_finalize (st);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA integrity_check (1)", -1, &st, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (st), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (st, 0), ==, "ok");
  sqlite3_finalize (st);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);

  recorded = equal_counts (&counts, &transaction->after);
  if (!recorded && !equal_counts (&counts, &transaction->before))
    g_test_fail_printf ("%s: half recorded", transaction->name);
  return recorded;
}

static void
try_again_if_needed (Sweep *sweep)
{
  g_autoptr(GError) error = NULL;

  if (is_recorded (sweep))
    return;
  dbk_record_fixture_open (sweep->fixture);
  g_assert_true (run (sweep, &error));
  g_assert_no_error (error);
  dbk_record_fixture_close (sweep->fixture);
  g_assert_true (is_recorded (sweep));
}

/* Now and then the chain and the projections too: that takes much longer than all the rest. */
static void
assert_whole (Sweep *sweep,
              guint  n)
{
  if (n / dbk_fixture_stride (19) % VERIFY_EVERY != 0)
    return;
  dbk_record_fixture_open (sweep->fixture);
  dbk_fixture_assert_holds (sweep->fixture->db);
  dbk_record_fixture_close (sweep->fixture);
}

static void
assert_disk_error (const GError *error)
{
  g_assert_nonnull (error);
  if (!g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_FULL) && !g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_IO))
    g_test_fail_printf ("not the disk's error: %s", error->message);
}

/* ---- a failing disk ---- */

/* FALSE: the transaction and the closing were through before anything failed. */
static gboolean
fail_once (Sweep          *sweep,
           DbkDiskFailure  failure,
           guint           after)
{
  g_autoptr(GError) error = NULL;
  gboolean said, failed;

  start_again (sweep);
  dbk_record_fixture_open (sweep->fixture);
  dbk_failing_disk_set (failure, after, FALSE);
  said = run (sweep, &error);
  if (!said)
    assert_disk_error (error);
  dbk_record_fixture_close (sweep->fixture);
  failed = dbk_failing_disk_repair ();
  g_assert_true (said || failed);
  g_assert_true (!said || is_recorded (sweep));
  try_again_if_needed (sweep);
  assert_whole (sweep, after);
  return failed;
}

/* From then on everything fails; when the disk is good again, the same door goes on. The dose may have been recorded after all:
 * then its key is held. */
static gboolean
fail_and_go_on (Sweep          *sweep,
                DbkDiskFailure  failure,
                guint           after)
{
  g_autoptr(GError) first = NULL, second = NULL;
  gboolean said, said_again, failed;

  start_again (sweep);
  dbk_record_fixture_open (sweep->fixture);
  dbk_failing_disk_set (failure, after, TRUE);
  said = run (sweep, &first);
  if (!said)
    {
      assert_disk_error (first);
      g_assert_true (dbk_failing_disk_repair ());
      said_again = sweep->transaction->func == dbk_fixture_dispense && run (sweep, &second);
      if (second != NULL)
        g_assert_error (second, DBK_FIXTURE_ERROR, 0);
      said |= said_again;
    }
  dbk_record_fixture_close (sweep->fixture);
  failed = dbk_failing_disk_repair ();
  g_assert_true (!said || is_recorded (sweep));
  try_again_if_needed (sweep);
  assert_whole (sweep, after);
  return failed;
}

static void
test_failing_disk (gconstpointer data)
{
  static const DbkDiskFailure failures[] = { DBK_DISK_FULL, DBK_DISK_ERROR, DBK_DISK_HALF };
  Sweep sweep = begin_sweep (data);
  guint for_good = dbk_fixture_stride (19) / 2;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      guint once = i % dbk_fixture_stride (19);

      while (fail_once (&sweep, failures[i], once))
        once += dbk_fixture_stride (19);
      /* Some pages into the log and a sync, the pages into the file and a sync: or nothing was tried here. */
      g_assert_cmpuint (once, >, 10);
      g_test_message ("%s: %u operations", sweep.transaction->name, once);
    }
  while (fail_and_go_on (&sweep, DBK_DISK_ERROR, for_good))
    for_good += dbk_fixture_stride (19);
  g_assert_cmpuint (for_good, >, 10);
  end_sweep (&sweep);
}

/* ---- the power goes ---- */

/* In the child: says 'r' when the door has said that it is recorded. */
static void
run_until_cut (Sweep          *sweep,
               DbkDiskFailure  failure,
               guint           after,
               int             to_parent)
{
  dbk_record_fixture_open (sweep->fixture);
  dbk_failing_disk_set (failure, after, FALSE);
  if (run (sweep, NULL) && write (to_parent, "r", 1) != 1)
    _exit (2);
  dbk_record_fixture_close (sweep->fixture);
  _exit (0);
}

/* FALSE: the child came to its end. */
static gboolean
cut_once (Sweep          *sweep,
          DbkDiskFailure  failure,
          guint           after)
{
  int ends[2], status = 0;
  char said = 0;
  gboolean acknowledged;
  pid_t child;

  start_again (sweep);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    run_until_cut (sweep, failure, after, ends[1]);
  close (ends[1]);
  acknowledged = read (ends[0], &said, 1) == 1;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status))
    {
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
      g_assert_true (acknowledged);
    }
  else
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);

  /* Through the door first: it finds the log that was left. */
  dbk_record_fixture_open (sweep->fixture);
  dbk_record_fixture_close (sweep->fixture);
  g_assert_true (!acknowledged || is_recorded (sweep));
  try_again_if_needed (sweep);
  assert_whole (sweep, after);
  return WIFSIGNALED (status);
}

static void
test_power_cut (gconstpointer data)
{
  static const DbkDiskFailure failures[] = { DBK_DISK_POWER_CUT, DBK_DISK_POWER_CUT_HALF };
  Sweep sweep = begin_sweep (data);

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      guint n = 3 * i % dbk_fixture_stride (19);

      while (cut_once (&sweep, failures[i], n))
        n += dbk_fixture_stride (19);
      g_assert_cmpuint (n, >, 10);
    }
  end_sweep (&sweep);
}

/* ---- the beginning ---- */

static gboolean
create_with_failure (const char     *path,
                     DbkDiskFailure  failure,
                     guint           after)
{
  g_autoptr(GError) error = NULL, second = NULL;
  g_autoptr(DbkDb) db = NULL;
  g_autoptr(DbkDb) again = NULL;
  gboolean failed;

  dbk_failing_disk_set (failure, after, FALSE);
  db = dbk_db_create (path, &error);
  failed = dbk_failing_disk_repair ();
  if (db != NULL)
    return failed;
  assert_disk_error (error);
  /* Nothing is in the way of the next try. */
  again = dbk_db_create (path, &second);
  g_assert_no_error (second);
  dbk_fixture_assert_holds (again);
  return TRUE;
}

static void
test_create (void)
{
  static const DbkDiskFailure failures[] = { DBK_DISK_FULL, DBK_DISK_ERROR, DBK_DISK_HALF };
  g_autofree char *folder = g_dir_make_tmp ("dosebook-test-XXXXXX", NULL);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    for (guint after = i;; after += 2 + dbk_fixture_stride (20), n++)
      {
        g_autofree char *path = g_strdup_printf ("%s/%u-%u", folder, i, after);

        if (!create_with_failure (path, failures[i], after))
          break;
      }
  g_assert_cmpuint (n, >, 10);
  dbk_fixture_remove_folder (folder);
}

static gboolean
dose_many (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  const DbkDispense *dispense = data;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = dbk_fact_log_new_id ();
      DbkDose dose = { .id = id, .patient = (char *) DBK_FIXTURE_PATIENT, .day = DAY + (DbkDay) i, .part = 1, .kind = DBK_DOSE_OBSERVED, .dose_ug = 60000,
                       .ordered_ug = 60000, .volume_ul = 60000, .given_ms = dispense->stamp.wall_ms };

      if (!dbk_fact_dose (db, &dispense->stamp, &dose, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* What SQLite puts aside, to take a statement back or to sort, would lie outside the record's disk, in the clear. */
static void
test_nothing_aside (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, DOSE, DAY);
  guint before = dbk_failing_disk_temporaries ();

  dbk_record_fixture_write (fixture, dose_many, &dispense);
  dbk_fixture_assert_holds (fixture->db);
  g_assert_cmpuint (dbk_failing_disk_temporaries (), ==, before);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dbk_failing_disk_install ();
  for (guint i = 0; i < G_N_ELEMENTS (transactions); i++)
    {
      g_autofree char *failing = g_strconcat ("/db/faults/failing-disk/", transactions[i].name, NULL);
      g_autofree char *cut = g_strconcat ("/db/faults/power-cut/", transactions[i].name, NULL);

      g_test_add_data_func (failing, &transactions[i], test_failing_disk);
      g_test_add_data_func (cut, &transactions[i], test_power_cut);
    }
  g_test_add_func ("/db/faults/create", test_create);
  g_test_add_func ("/db/faults/nothing-aside", test_nothing_aside);
  return g_test_run ();
}
