/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies and their way back; and files that are no record, or not ours to open: refused, named, and not a byte of them changed. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/dbk-backup.h"
#include "db/dbk-dose-store.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY

static void
give (DbkRecordFixture *fixture,
      const char       *id,
      DbkDay            day)
{
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, id, day);

  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
}

static char *
digest_of (const char *path)
{
  g_autofree char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (from, &data, &size, NULL));
  g_assert_true (g_file_set_contents (to, data, (gssize) size, NULL));
}

static guint
count_files (DbkRecordFixture *fixture,
             const char       *piece)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, piece) != NULL;
  return n;
}

/* ---- there and back ---- */

static void
test_write (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *path = dbk_record_fixture_name (fixture, "备份 1.dosebook");
  g_autofree char *stale = g_strconcat (path, ".part", NULL);
  g_autoptr(GError) error = NULL, exists = NULL, nowhere = NULL, stopped = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *other = dbk_record_fixture_name (fixture, "other.dosebook");
  g_autofree char *no_folder = dbk_record_fixture_name (fixture, "none/copy.dosebook");
  g_autoptr(DbkDb) copy = NULL;
  g_autofree char *digest = NULL, *after = NULL;

  give (fixture, "D0000000000000A1", DAY);
  g_assert_true (g_file_set_contents (stale, "what an interrupted copy left", -1, NULL));
  g_assert_true (dbk_backup_write (fixture->db, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (fixture, ".part"), ==, 0);
  copy = dbk_db_open (path, DBK_DB_READ, 0, &error);
  g_assert_no_error (error);
  dbk_fixture_assert_holds (copy);

  digest = digest_of (path);
  g_assert_false (dbk_backup_write (fixture->db, path, NULL, &exists));
  g_assert_error (exists, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS);
  after = digest_of (path);
  g_assert_cmpstr (after, ==, digest);
  g_assert_false (dbk_backup_write (fixture->db, no_folder, NULL, &nowhere));
  g_assert_error (nowhere, DBK_DB_ERROR, DBK_DB_ERROR_IO);
  g_cancellable_cancel (cancellable);
  g_assert_false (dbk_backup_write (fixture->db, other, cancellable, &stopped));
  g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture, "other"), ==, 0);
  give (fixture, "D0000000000000A2", DAY + 1);
  dbk_fixture_assert_holds (fixture->db);
}

/* The copy takes the record's place; what was there is kept; and written on, the two are two branches, not one. */
static void
test_restore (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *backup = dbk_record_fixture_name (fixture, "backup.dosebook");
  g_autofree char *kept = NULL, *kept_again = NULL;
  g_autoptr(GError) error = NULL;

  give (fixture, "D0000000000000A1", DAY);
  g_assert_true (dbk_backup_write (fixture->db, backup, NULL, &error));
  give (fixture, "D0000000000000A2", DAY + 1);
  dbk_record_fixture_close (fixture);
  g_assert_true (dbk_backup_restore (backup, fixture->path, &kept, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (kept, ".before-restore-1"));
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM dose"), ==, 1);
  g_assert_cmpint (dbk_fixture_peek (kept, "SELECT count (*) FROM dose"), ==, 2);

  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
  give (fixture, "D0000000000000A3", DAY + 1);
  dbk_fixture_assert_holds (fixture->db);
  dbk_record_fixture_close (fixture);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT max (seq) FROM fact"), >, dbk_fixture_peek (backup, "SELECT max (seq) FROM fact"));
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT epoch FROM tip"), !=, dbk_fixture_peek (kept, "SELECT epoch FROM tip"));

  g_assert_true (dbk_backup_restore (backup, fixture->path, &kept_again, &error));
  g_assert_true (g_str_has_suffix (kept_again, ".before-restore-2"));
  g_assert_cmpint (dbk_fixture_peek (kept, "SELECT count (*) FROM dose"), ==, 2);
}

/* After a crash and a lost file a log may lie there without its record: it is not replayed into the copy. */
static void
test_restore_after_crash (void)
{
  static const gboolean record_is_lost[] = { FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (record_is_lost); i++)
    {
      g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
      g_autofree char *backup = dbk_record_fixture_name (fixture, "backup.dosebook");
      g_autofree char *crashed = dbk_record_fixture_name (fixture, "crashed.dosebook");
      g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
      g_autofree char *crashed_wal = g_strconcat (crashed, "-wal", NULL);
      g_autofree char *kept = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (dbk_backup_write (fixture->db, backup, NULL, NULL));
      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
      give (fixture, "D0000000000000A1", DAY);
      give (fixture, "D0000000000000A2", DAY + 1);
      if (!record_is_lost[i])
        copy_file (fixture->path, crashed);
      copy_file (wal, crashed_wal);

      g_assert_true (dbk_backup_restore (backup, crashed, &kept, &error));
      g_assert_no_error (error);
      g_assert_cmpint (kept == NULL, ==, record_is_lost[i]);
      g_assert_cmpint (dbk_fixture_peek (crashed, "SELECT count (*) FROM dose"), ==, 0);
      /* What was in the log is still there, beside the record that it belongs to. */
      if (kept != NULL)
        g_assert_cmpint (dbk_fixture_peek (kept, "SELECT count (*) FROM dose"), ==, 2);
      else
        g_assert_cmpuint (count_files (fixture, "before-restore-1-wal"), ==, 1);
    }
}

static void
test_restore_elsewhere (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *backup = dbk_record_fixture_name (fixture, "backup.dosebook");
  g_autofree char *fresh = dbk_record_fixture_name (fixture, "fresh.dosebook");
  g_autofree char *kept = NULL;
  g_autoptr(GError) busy = NULL;

  g_assert_true (dbk_backup_write (fixture->db, backup, NULL, NULL));
  g_assert_true (dbk_backup_restore (backup, fresh, &kept, NULL));
  g_assert_null (kept);
  g_assert_cmpint (dbk_fixture_peek (fresh, "SELECT count (*) FROM patient"), ==, 1);
  g_assert_false (dbk_backup_restore (backup, fixture->path, &kept, &busy));
  g_assert_error (busy, DBK_DB_ERROR, DBK_DB_ERROR_BUSY);
  give (fixture, "D0000000000000A1", DAY);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- copies that are not good ---- */

typedef enum
{
  DAMAGE_CUT,
  DAMAGE_PAGE,
  DAMAGE_BYTE,
  DAMAGE_HEADER,
  DAMAGE_EMPTY,
  DAMAGE_NEWER,
  DAMAGE_FOREIGN,
  DAMAGE_GONE,
  N_DAMAGES
} Damage;

static void
change_bytes (const char *path,
              gsize       keep,
              gsize       offset,
              const char *bytes)
{
  g_autofree char *data = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  size = MIN (keep, size);
  memcpy (data + offset, bytes, strlen (bytes));
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

/* One byte of a text within a fact. */
static void
change_a_byte (const char *path)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  char *place;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  place = memmem (data, size, "\"dose_ug\":60000", 15);
  g_assert_nonnull (place);
  place[10] = '9';
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static DbkDbError
damage (const char *path,
        Damage      how)
{
  switch (how)
    {
    case DAMAGE_CUT:
      change_bytes (path, 20 * 4096, 0, "");
      return DBK_DB_ERROR_CORRUPT;
    case DAMAGE_PAGE:
      change_bytes (path, G_MAXSIZE, 5 * 4096, "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ");
      return DBK_DB_ERROR_CORRUPT;
    case DAMAGE_BYTE:
      change_a_byte (path);
      return DBK_DB_ERROR_CORRUPT;
    case DAMAGE_HEADER:
      change_bytes (path, G_MAXSIZE, 0, "SQLite formaT 3");
      return DBK_DB_ERROR_NOT_OURS;
    case DAMAGE_EMPTY:
      g_assert_cmpint (truncate (path, 0), ==, 0);
      return DBK_DB_ERROR_NOT_OURS;
    case DAMAGE_NEWER:
      dbk_fixture_tamper (path, "PRAGMA user_version = 999");
      return DBK_DB_ERROR_TOO_NEW;
    case DAMAGE_FOREIGN:
      dbk_fixture_tamper (path, "PRAGMA application_id = 7");
      return DBK_DB_ERROR_NOT_OURS;
    case DAMAGE_GONE:
      g_assert_cmpint (g_unlink (path), ==, 0);
      return DBK_DB_ERROR_NOT_FOUND;
    case N_DAMAGES:
    default:
      g_assert_not_reached ();
    }
}

static void
test_damaged (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *good = dbk_record_fixture_name (fixture, "good.dosebook");
  g_autofree char *bad = dbk_record_fixture_name (fixture, "bad.dosebook");
  g_autofree char *before = NULL;

  g_assert_true (dbk_backup_write (fixture->db, good, NULL, NULL));
  give (fixture, "D0000000000000A1", DAY);
  dbk_record_fixture_close (fixture);
  before = digest_of (fixture->path);
  for (guint how = 0; how < N_DAMAGES; how++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *kept = NULL, *after = NULL, *bad_before = NULL;
      DbkDbError expected;

      copy_file (good, bad);
      expected = damage (bad, (Damage) how);
      bad_before = how != DAMAGE_GONE ? digest_of (bad) : NULL;
      g_assert_false (dbk_backup_restore (bad, fixture->path, &kept, &error));
      if (!g_error_matches (error, DBK_DB_ERROR, (gint) expected))
        g_test_fail_printf ("damage %u: %s", how, error->message);
      g_assert_null (kept);
      after = digest_of (fixture->path);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpuint (count_files (fixture, "before-restore") + count_files (fixture, ".part"), ==, 0);
      if (bad_before != NULL)
        {
          g_autofree char *bad_after = digest_of (bad);

          g_assert_cmpstr (bad_after, ==, bad_before);
        }
    }
}

/* ---- files that are not ours to open ---- */

static void
assert_refused (const char *path,
                DbkDbError  expected)
{
  static const DbkDbMode modes[] = { DBK_DB_READ, DBK_DB_WRITE };
  g_autofree char *before = digest_of (path);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_null (dbk_db_open (path, modes[i], 0, &error));
      if (!g_error_matches (error, DBK_DB_ERROR, (gint) expected))
        g_test_fail_printf ("%s: %s", path, error->message);
      after = digest_of (path);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_not_ours (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *text = dbk_record_fixture_name (fixture, "letter.txt");
  g_autofree char *foreign = dbk_record_fixture_name (fixture, "foreign.db");
  g_autofree char *empty = dbk_record_fixture_name (fixture, "empty.dosebook");
  g_autofree char *folder = dbk_record_fixture_name (fixture, "folder");
  g_autofree char *nothing = dbk_record_fixture_name (fixture, "nothing.dosebook");
  g_autofree char *long_text = g_strnfill (9000, 'x');
  g_autoptr(GError) is_folder = NULL, missing = NULL, there = NULL;

  g_assert_true (g_file_set_contents (text, long_text, -1, NULL));
  assert_refused (text, DBK_DB_ERROR_NOT_OURS);
  g_assert_true (g_file_set_contents (foreign, "", 0, NULL));
  dbk_fixture_tamper (foreign, "PRAGMA journal_mode = WAL; CREATE TABLE fact (x); INSERT INTO fact VALUES (1)");
  assert_refused (foreign, DBK_DB_ERROR_NOT_OURS);
  g_assert_cmpint (dbk_fixture_peek (foreign, "SELECT count (*) FROM sqlite_schema"), ==, 1);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_refused (empty, DBK_DB_ERROR_NOT_OURS);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_null (dbk_db_open (folder, DBK_DB_READ, 0, &is_folder));
  g_assert_error (is_folder, DBK_DB_ERROR, DBK_DB_ERROR_IO);
  g_assert_null (dbk_db_open (nothing, DBK_DB_WRITE, 0, &missing));
  g_assert_error (missing, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (nothing, G_FILE_TEST_EXISTS));
  g_assert_null (dbk_db_create (empty, &there));
  g_assert_error (there, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS);
}

/* A newer record at @path whose last writes are in its log only. */
static void
make_unclean (DbkRecordFixture *fixture,
              const char       *path)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *path_wal = g_strconcat (path, "-wal", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "INSERT INTO from_the_future VALUES (1)", NULL, NULL, NULL), ==, SQLITE_OK);
  copy_file (fixture->path, path);
  copy_file (wal, path_wal);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
test_too_new (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *newer = dbk_record_fixture_name (fixture, "newer.dosebook");
  g_autofree char *newer_wal = g_strconcat (newer, "-wal", NULL);
  g_autofree char *wal_before = NULL, *wal_after = NULL;
  g_autoptr(GError) error = NULL;

  dbk_record_fixture_close (fixture);
  dbk_fixture_tamper (fixture->path, "PRAGMA user_version = 999; CREATE TABLE from_the_future (x)");
  assert_refused (fixture->path, DBK_DB_ERROR_TOO_NEW);

  /* One that was not closed cleanly: its log is not carried over either. */
  make_unclean (fixture, newer);
  wal_before = digest_of (newer_wal);
  g_assert_null (dbk_db_open (newer, DBK_DB_WRITE, 0, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_TOO_NEW);
  wal_after = digest_of (newer_wal);
  g_assert_cmpstr (wal_after, ==, wal_before);
}

/* A step that fails leaves version and data as they were. */
static void
test_failing_step (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *as_it_was = g_strdup_printf ("PRAGMA user_version = %d", dbk_db_newest_version ());
  g_autoptr(GError) error = NULL;

  dbk_record_fixture_close (fixture);
  dbk_fixture_tamper (fixture->path, "PRAGMA user_version = 0");
  g_assert_null (dbk_db_open (fixture->path, DBK_DB_WRITE, 0, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "PRAGMA user_version"), ==, 0);
  g_assert_cmpint (dbk_fixture_peek (fixture->path, "SELECT count (*) FROM patient"), ==, 1);
  dbk_fixture_tamper (fixture->path, as_it_was);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- without the right to write ---- */

/* As somebody who is not root, for whom rights count; the child's exit status is the error's code, 99 for none. */
static int
open_as_nobody (const char *path,
                DbkDbMode   mode,
                gboolean    create)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr(GError) error = NULL;
      DbkDb *db;

      if (geteuid () == 0 && setuid (65534) != 0)
        _exit (98);
      db = create ? dbk_db_create (path, &error) : dbk_db_open (path, mode, 0, &error);
      _exit (db != NULL ? 99 : error->domain == DBK_DB_ERROR ? error->code : 97);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_read_only (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autofree char *fresh = dbk_record_fixture_name (fixture, "fresh.dosebook");
  g_autofree char *copy = dbk_record_fixture_name (fixture, "copy.dosebook");
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autofree char *copy_lock = g_strconcat (copy, ".lock", NULL);

  g_assert_true (dbk_backup_write (fixture->db, copy, NULL, NULL));
  dbk_record_fixture_close (fixture);
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (copy, 0444), ==, 0);
  g_assert_cmpint (g_chmod (lock, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  g_assert_cmpint (open_as_nobody (fixture->path, DBK_DB_WRITE, FALSE), ==, DBK_DB_ERROR_READ_ONLY);
  g_assert_cmpint (open_as_nobody (copy, DBK_DB_WRITE, FALSE), ==, DBK_DB_ERROR_READ_ONLY);
  g_assert_cmpint (open_as_nobody (fresh, DBK_DB_WRITE, TRUE), ==, DBK_DB_ERROR_READ_ONLY);
  g_assert_cmpint (open_as_nobody (copy, DBK_DB_READ, FALSE), ==, 99);

  /* The folder may be written, the file not: not half open. */
  g_assert_cmpint (g_chmod (fixture->folder, 0777), ==, 0);
  g_assert_cmpint (open_as_nobody (copy, DBK_DB_WRITE, FALSE), ==, DBK_DB_ERROR_READ_ONLY);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  g_unlink (copy_lock);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/backup/write", test_write);
  g_test_add_func ("/db/backup/restore", test_restore);
  g_test_add_func ("/db/backup/restore-after-crash", test_restore_after_crash);
  g_test_add_func ("/db/backup/restore-elsewhere", test_restore_elsewhere);
  g_test_add_func ("/db/backup/damaged", test_damaged);
  g_test_add_func ("/db/backup/not-ours", test_not_ours);
  g_test_add_func ("/db/backup/too-new", test_too_new);
  g_test_add_func ("/db/backup/failing-step", test_failing_step);
  g_test_add_func ("/db/backup/read-only", test_read_only);
  return g_test_run ();
}
