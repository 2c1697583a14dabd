/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several processes and one record: one writes and the others are told who; a race for one dose has one winner; readers may read. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/dbk-dose-store.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY
#define LONG_MS 60000 /* nobody waits so long: something is wrong then */

typedef enum
{
  END_WELL,
  END_HELD, /* the key was somebody else's */
  END_BUSY,
  END_BADLY
} End;

typedef End (*ChildFunc) (const char *path, int from_parent, int to_parent, guint number);

static End open_at_once  (const char *path, int from_parent, int to_parent, guint number);
static End open_and_wait (const char *path, int from_parent, int to_parent, guint number);
static End hold          (const char *path, int from_parent, int to_parent, guint number);
static End race          (const char *path, int from_parent, int to_parent, guint number);
static End read_on       (const char *path, int from_parent, int to_parent, guint number);
static End come_by       (const char *path, int from_parent, int to_parent, guint number);

static const ChildFunc children[] = { open_at_once, open_and_wait, hold, race, read_on, come_by };

#define CHILD "--child"
#define FROM_PARENT 3
#define TO_PARENT 4

typedef struct
{
  pid_t pid;
  int   to;
  int   from;
} Child;

/* A program of its own: a mere fork would hold the parent's lock with it. */
static void
become_child (ChildFunc   func,
              const char *path,
              guint       number,
              int         from_parent,
              int         to_parent)
{
  char which[20], count[20];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if (children[i] == func)
      g_snprintf (which, sizeof which, "%u", i);
  g_snprintf (count, sizeof count, "%u", number);
  /* Out of the way first: each may lie where the other goes. */
  from_parent = fcntl (from_parent, F_DUPFD, 10);
  to_parent = fcntl (to_parent, F_DUPFD, 10);
  dup2 (from_parent, FROM_PARENT);
  dup2 (to_parent, TO_PARENT);
  close (from_parent);
  close (to_parent);
  execl ("/proc/self/exe", "test-lock", CHILD, which, path, count, NULL);
  _exit (END_BADLY);
}

static Child
start (ChildFunc   func,
       const char *path,
       guint       number)
{
  int down[2], up[2];
  Child child;

  g_assert_cmpint (pipe2 (down, O_CLOEXEC), ==, 0);
  g_assert_cmpint (pipe2 (up, O_CLOEXEC), ==, 0);
  child.pid = fork ();
  g_assert_cmpint (child.pid, >=, 0);
  if (child.pid == 0)
    become_child (func, path, number, down[0], up[1]);
  close (down[0]);
  close (up[1]);
  child.to = down[1];
  child.from = up[0];
  return child;
}

static int
finish (Child *child)
{
  int status = 0;

  close (child->to);
  close (child->from);
  g_assert_cmpint (waitpid (child->pid, &status, 0), ==, child->pid);
  return status;
}

static End
end_of (Child *child)
{
  int status = finish (child);

  g_assert_true (WIFEXITED (status));
  return (End) WEXITSTATUS (status);
}

static void
say (int fd)
{
  if (write (fd, "x", 1) != 1)
    _exit (END_BADLY);
}

static gboolean
hear (int fd)
{
  char c;

  return read (fd, &c, 1) == 1;
}

/* ---- one writer ---- */

static End
open_at_once (const char *path,
              int         from_parent,
              int         to_parent,
              guint       number)
{
  g_autoptr(GError) error = NULL;
  DbkDb *db = dbk_db_open (path, DBK_DB_WRITE, 0, &error);

  if (db != NULL)
    return END_WELL;
  if (!g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_BUSY) || write (to_parent, error->message, strlen (error->message)) < 0)
    return END_BADLY;
  return END_BUSY;
}

static void
test_busy (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *name = g_strdup_printf ("%s (process %d, ", g_get_prgname (), (int) getpid ());
  g_autoptr(GError) error = NULL;
  Child child = start (open_at_once, fixture->path, 0);
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  char message[500] = { 0 };
  Child later;

  g_assert_cmpint (read (child.from, message, sizeof message - 1), >, 0);
  g_assert_cmpint (end_of (&child), ==, END_BUSY);
  g_assert_nonnull (strstr (message, name));
  /* Nor twice in one process. */
  g_assert_null (dbk_db_open (fixture->path, DBK_DB_WRITE, 0, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_BUSY);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
  dbk_record_fixture_close (fixture);
  later = start (open_at_once, fixture->path, 0);
  g_assert_cmpint (end_of (&later), ==, END_WELL);
}

static End
open_and_wait (const char *path,
               int         from_parent,
               int         to_parent,
               guint       number)
{
  DbkDb *db;

  say (to_parent);
  db = dbk_db_open (path, DBK_DB_WRITE, LONG_MS, NULL);
  return db != NULL ? END_WELL : END_BADLY;
}

static void
test_wait (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Child child = start (open_and_wait, fixture->path, 0);

  g_assert_true (hear (child.from));
  dbk_record_fixture_close (fixture);
  g_assert_cmpint (end_of (&child), ==, END_WELL);
}

static End
hold (const char *path,
      int         from_parent,
      int         to_parent,
      guint       number)
{
  DbkDb *db = dbk_db_open (path, DBK_DB_WRITE, LONG_MS, NULL);

  if (db == NULL)
    return END_BADLY;
  say (to_parent);
  hear (from_parent);
  return END_WELL;
}

/* The lock goes with the process, however it ends. */
static void
test_holder_dies (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GError) error = NULL;
  Child child;
  int status;

  dbk_record_fixture_close (fixture);
  child = start (hold, fixture->path, 0);
  g_assert_true (hear (child.from));
  g_assert_null (dbk_db_open (fixture->path, DBK_DB_WRITE, 0, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_BUSY);
  g_assert_cmpint (kill (child.pid, SIGKILL), ==, 0);
  status = finish (&child);
  g_assert_true (WIFSIGNALED (status));
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- a race ---- */

static End
race (const char *path,
      int         from_parent,
      int         to_parent,
      guint       number)
{
  g_autofree char *dose = g_strdup_printf ("D0000000%08u", number);
  DbkDispense dispense = { { DBK_FIXTURE_NURSE, G_GINT64_CONSTANT (1772669000000), 28800, DAY }, dose, DBK_FIXTURE_PATIENT, DAY, 1, DBK_FIXTURE_DOSE_UG };
  g_autoptr(GError) error = NULL;
  DbkDb *db;
  gboolean given;

  dispense.day = DAY + (DbkDay) number / 2;
  if (!hear (from_parent) || (db = dbk_db_open (path, DBK_DB_WRITE, LONG_MS, NULL)) == NULL)
    return END_BADLY;
  given = dbk_db_write (db, dbk_fixture_dispense, &dispense, &error);
  dbk_db_close (db);
  return given ? END_WELL : g_error_matches (error, DBK_FIXTURE_ERROR, 0) ? END_HELD : END_BADLY;
}

static void
test_race (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  const guint n_rounds = 120 / dbk_fixture_stride (8);
  guint won[2] = { 0, 0 };
  gint64 doses = 0, ug = 0, patients = 0;

  dbk_record_fixture_close (fixture);
  for (guint round = 0; round < n_rounds; round++)
    {
      Child a = start (race, fixture->path, 2 * round);
      Child b = start (race, fixture->path, 2 * round + 1);
      End end_a, end_b;

      say (round % 2 == 0 ? a.to : b.to);
      say (round % 2 == 0 ? b.to : a.to);
      end_a = end_of (&a);
      end_b = end_of (&b);
      if (!((end_a == END_WELL && end_b == END_HELD) || (end_a == END_HELD && end_b == END_WELL)))
        g_test_fail_printf ("round %u: %u and %u", round, end_a, end_b);
      won[end_a == END_WELL ? 0 : 1]++;
    }
  dbk_record_fixture_open (fixture);
  g_assert_true (dbk_dose_totals (fixture->db, &doses, &ug, &patients, NULL));
  g_assert_cmpint (doses, ==, n_rounds);
  dbk_fixture_assert_holds (fixture->db);
  g_test_message ("%u : %u", won[0], won[1]);
}

/* ---- readers ---- */

/* Reads until told to stop: each moment it sees is whole. */
static gboolean
look (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  gint64 *seen = data;
  gint64 doses = 0, ug = 0, patients = 0;
  g_autoptr(DbkLot) lot = dbk_lot_open (db, DBK_FIXTURE_SITE, error);

  if (lot == NULL || !dbk_dose_totals (db, &doses, &ug, &patients, error))
    return FALSE;
  if (lot->given_ul != ug || lot->given_ul + lot->bottle_ul != DBK_FIXTURE_BOTTLE_UL || doses < *seen)
    return FALSE;
  *seen = doses;
  return TRUE;
}

static End
read_on (const char *path,
         int         from_parent,
         int         to_parent,
         guint       number)
{
  DbkDb *db = dbk_db_open (path, DBK_DB_READ, 0, NULL);
  gint64 seen = 0;

  if (db == NULL)
    return END_BADLY;
  say (to_parent);
  while (seen < number)
    if (!dbk_db_read (db, look, &seen, NULL))
      return END_BADLY;
  dbk_db_close (db);
  return END_WELL;
}

static void
test_readers (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  const guint n_doses = 12;
  Child readers[3];

  dbk_record_fixture_close (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    readers[i] = start (read_on, fixture->path, n_doses);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    g_assert_true (hear (readers[i].from));
  dbk_record_fixture_open (fixture);
  for (guint i = 0; i < n_doses; i++)
    {
      g_autofree char *id = g_strdup_printf ("D00000000000%04u", i);
      DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, DAY + (DbkDay) i);

      dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
    }
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    g_assert_cmpint (end_of (&readers[i]), ==, END_WELL);
  dbk_fixture_assert_holds (fixture->db);
}

/* Another tool that opens the record, reads, and closes: SQLite itself, not the door. */
static End
come_by (const char *path,
         int         from_parent,
         int         to_parent,
         guint       number)
{
  sqlite3 *handle = NULL;
  End end = END_BADLY;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
      sqlite3_exec (handle, "SELECT count(*) FROM dose", NULL, NULL, NULL) == SQLITE_OK)
    end = END_WELL;
  sqlite3_close (handle);
  return end;
}

/* What a file chooser does with every file of a folder, to tell what it is. In this process: the locks that SQLite has are gone with the close. */
static void
look_into (const char *path,
           const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  int fd = open (name, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
}

/* A dose must not go into a log that somebody else has taken away. */
static void
test_looked_into (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkDispense first = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  DbkDispense second = dbk_record_fixture_dispense (fixture, "D0000000000000A2", DAY + 1);
  Child child;

  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &first);
  look_into (fixture->path, "");
  look_into (fixture->path, "-wal");
  look_into (fixture->path, "-shm");
  child = start (come_by, fixture->path, 0);
  g_assert_cmpint (end_of (&child), ==, END_WELL);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &second);
  child = start (read_on, fixture->path, 2);
  g_assert_true (hear (child.from));
  g_assert_cmpint (end_of (&child), ==, END_WELL);
  dbk_fixture_assert_holds (fixture->db);
}

static int
run_child (char **argv)
{
  guint64 which = 0, number = 0;

  if (!g_ascii_string_to_unsigned (argv[0], 10, 0, G_N_ELEMENTS (children) - 1, &which, NULL) ||
      !g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXUINT, &number, NULL))
    return END_BADLY;
  return (int) children[which] (argv[1], FROM_PARENT, TO_PARENT, (guint) number);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && strcmp (argv[1], CHILD) == 0)
    _exit (run_child (argv + 2));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/lock/busy", test_busy);
  g_test_add_func ("/db/lock/wait", test_wait);
  g_test_add_func ("/db/lock/holder-dies", test_holder_dies);
  g_test_add_func ("/db/lock/race", test_race);
  g_test_add_func ("/db/lock/readers", test_readers);
  g_test_add_func ("/db/lock/looked-into", test_looked_into);
  return g_test_run ();
}
