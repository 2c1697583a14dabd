/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-backup"

#include "db/dbk-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "db/dbk-db-private.h"
#include "db/dbk-verify.h"

static gboolean
fail_errno (const char  *what,
            const char  *path,
            int          saved,
            GError     **error)
{
  DbkDbError code = saved == ENOSPC ? DBK_DB_ERROR_FULL
                    : saved == EROFS || saved == EACCES ? DBK_DB_ERROR_READ_ONLY
                                                        : DBK_DB_ERROR_IO;

  g_set_error (error, DBK_DB_ERROR, (gint) code, "%s %s: %s", what, path, g_strerror (saved));
  return FALSE;
}

static gboolean
sync_path (const char  *path,
           GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean done;

  if (fd < 0)
    return fail_errno ("Opening", path, errno, error);
  done = fsync (fd) == 0 || fail_errno ("Syncing", path, errno, error);
  close (fd);
  return done;
}

static gboolean
rename_durably (const char  *from,
                const char  *to,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (to);

  if (g_rename (from, to) != 0)
    return fail_errno ("Naming", to, errno, error);
  return sync_path (folder, error);
}

static gboolean
vacuum_into (DbkDb       *db,
             const char  *path,
             GError     **error)
{
  sqlite3_stmt *st = NULL;
  int rc;

  db->preparing = DBK_WRITES_SCHEMA;
  rc = sqlite3_prepare_v3 (db->handle, "VACUUM INTO :path", -1, 0, &st, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_bind_text (st, 1, path, -1, SQLITE_TRANSIENT);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (st);
  db->preparing = DBK_WRITES_NOTHING;
  if (rc != SQLITE_DONE)
    dbk_db_take_error (db, rc, "VACUUM INTO", error);
  sqlite3_finalize (st);
  return rc == SQLITE_DONE;
}

static char *
list_tips (DbkDb   *db,
           GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autoptr(GString) text = g_string_new ("");
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_TIPS, error))
    return NULL;
  while (TRUE)
    {
      gsize size;
      const guint8 *hash;

      if (!dbk_stmt_next (&st, &row, error))
        return NULL;
      if (!row)
        return g_string_free (g_steal_pointer (&text), FALSE);
      hash = dbk_stmt_blob (&st, 3, &size);
      g_string_append_printf (text, "%s %" G_GINT64_FORMAT " ", dbk_stmt_text (&st, 0), dbk_stmt_int (&st, 2));
      for (gsize i = 0; i < size; i++)
        g_string_append_printf (text, "%02x", hash[i]);
      g_string_append_c (text, '\n');
    }
}

static gboolean
verify_copy (DbkDb       *db,
             const char  *path,
             GError     **error)
{
  g_autoptr(DbkDb) copy = dbk_db_open (path, DBK_DB_READ, 0, error);
  g_autofree char *here = NULL, *there = NULL;

  if (copy == NULL || !dbk_db_check (copy, TRUE, error))
    return FALSE;
  here = list_tips (db, error);
  if (here == NULL || (there = list_tips (copy, error)) == NULL)
    return FALSE;
  if (strcmp (here, there) == 0)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The copy does not end where the record ends");
  return FALSE;
}

/* A migration copies a record whose tables may be older than the statements: then the copy is only checked as a file. */
static gboolean
check_copy (DbkDb       *db,
            const char  *path,
            GError     **error)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *st = NULL;
  gboolean good;

  if (dbk_db_get_version (db) == dbk_db_newest_version ())
    return verify_copy (db, path, error);
  good = sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2 (handle, "PRAGMA integrity_check (1)", -1, &st, NULL) == SQLITE_OK &&
         sqlite3_step (st) == SQLITE_ROW &&
         g_strcmp0 ((const char *) sqlite3_column_text (st, 0), "ok") == 0;
  sqlite3_finalize (st);
  sqlite3_close (handle);
  if (!good)
    g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The copy does not pass its check");
  return good;
}

static void
remove_part (const char *part)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (part, suffixes[i], NULL);

      g_unlink (name);
    }
}

gboolean
dbk_backup_write (DbkDb         *db,
                  const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  gboolean done;

  dbk_db_assert_owner (db);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "There is a file at %s already", path);
      return FALSE;
    }
  remove_part (part); /* what an interrupted copy left */
  done = vacuum_into (db, part, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         check_copy (db, part, error) &&
         sync_path (part, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         rename_durably (part, path, error);
  if (!done)
    {
      remove_part (part);
      g_prefix_error (error, "The copy was not made: ");
    }
  return done;
}

static char *
free_name (const char *path)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s.before-restore-%u", path, n);
      g_autofree char *wal = g_strconcat (name, "-wal", NULL);

      if (!g_file_test (name, G_FILE_TEST_EXISTS) && !g_file_test (wal, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
}

static gboolean
copy_file (const char  *from,
           const char  *to,
           GError     **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (from);
  g_autoptr(GFile) target = g_file_new_for_path (to);
  g_autoptr(GError) local = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local))
    return sync_path (to, error);
  g_set_error (error, DBK_DB_ERROR,
               g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? DBK_DB_ERROR_FULL
               : g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? DBK_DB_ERROR_READ_ONLY
                                                                                   : DBK_DB_ERROR_IO,
               "%s", local->message);
  return FALSE;
}

static gboolean
move_if_there (const char  *from,
               const char  *to,
               const char  *suffix,
               GError     **error)
{
  g_autofree char *old = g_strconcat (from, suffix, NULL);
  g_autofree char *new = g_strconcat (to, suffix, NULL);

  return !g_file_test (old, G_FILE_TEST_EXISTS) || g_rename (old, new) == 0 || fail_errno ("Setting aside", old, errno, error);
}

/* The log of the record that goes must go with it, and it goes even if its record is gone already: left behind it would be replayed into the
 * copy. The record moves first: after a power cut between the two it is missing, which is seen, rather than older than it was. */
static gboolean
set_aside (const char  *path,
           char       **kept,
           GError     **error)
{
  g_autofree char *name = free_name (path);
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);

  if (!move_if_there (path, name, "", error))
    return FALSE;
  if (!move_if_there (path, name, "-wal", error) || !move_if_there (path, name, "-shm", error))
    {
      move_if_there (name, path, "", NULL);
      move_if_there (name, path, "-wal", NULL);
      return FALSE;
    }
  if (there && kept != NULL)
    *kept = g_steal_pointer (&name);
  return TRUE;
}

/* The pages, and the chain of facts: a byte wrong within a text is no damage to SQLite. */
static char *
check_before_restore (const char  *from,
                      GError     **error)
{
  g_autoptr(DbkDb) copy = dbk_db_open (from, DBK_DB_READ, 0, error);
  g_autoptr(DbkVerifyReport) report = NULL;

  if (copy == NULL || !dbk_db_check (copy, TRUE, error) || (report = dbk_verify (copy, NULL, NULL, NULL, error)) == NULL)
    return NULL;
  if (report->broken_fact == NULL)
    return list_tips (copy, error);
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The copy is damaged: %s (%s)", report->problem, report->broken_fact);
  return NULL;
}

/* A file with a log beside it ends later than the file alone. */
static gboolean
copy_checked (const char  *from,
              const char  *to,
              GError     **error)
{
  g_autofree char *there = check_before_restore (from, error);
  g_autofree char *here = NULL;

  if (there == NULL || !copy_file (from, to, error) || (here = check_before_restore (to, error)) == NULL)
    return FALSE;
  if (strcmp (here, there) == 0)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The copy is not complete without the log that lies beside it");
  return FALSE;
}

gboolean
dbk_backup_restore (const char  *from,
                    const char  *path,
                    char       **kept,
                    GError     **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int lock = dbk_lock_take (path, 0, error);
  gboolean done;

  if (lock < 0)
    return FALSE;
  done = copy_checked (from, part, error) &&
         set_aside (path, kept, error) &&
         rename_durably (part, path, error);
  remove_part (part);
  dbk_lock_drop (lock);
  return done;
}
