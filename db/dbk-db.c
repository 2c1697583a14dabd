/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-db-private.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PROGRESS_STEPS 20000

G_DEFINE_QUARK (dbk-db-error-quark, dbk_db_error)

static DbkDb *
new_door (const char *path,
          DbkDbMode   mode)
{
  DbkDb *self = g_new0 (DbkDb, 1);

  self->path = g_strdup (path);
  self->mode = mode;
  self->lock_fd = -1;
  self->held_fds[0] = self->held_fds[1] = -1;
  self->owner = g_thread_self ();
  return self;
}

void
dbk_db_finalize_all (DbkDb *self)
{
  for (guint i = 0; i < DBK_N_STATEMENTS; i++)
    {
      g_clear_pointer (&self->statements[i], sqlite3_finalize);
      g_clear_pointer (&self->parameters[i], g_strfreev);
      self->borrowed[i] = FALSE;
    }
}

static void
detach_handle (DbkDb *self)
{
  int rc;

  if (self->handle == NULL)
    return;
  dbk_db_finalize_all (self);
  dbk_lock_let_go (self);
  rc = sqlite3_close (self->handle);
  if (rc != SQLITE_OK)
    {
      g_critical ("a statement is still in use while the record closes");
      sqlite3_close_v2 (self->handle);
    }
  dbk_lock_forget (self);
  self->handle = NULL;
}

/* On failure there is no handle rather than one that was told half of what it must know. */
static gboolean
attach_handle (DbkDb       *self,
               int          extra_flags,
               GError     **error)
{
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | extra_flags;
  int rc;

  flags |= self->mode == DBK_DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  rc = sqlite3_open_v2 (self->path != NULL ? self->path : ":memory:", &self->handle, flags, NULL);
  if (rc != SQLITE_OK)
    {
      dbk_db_take_error (self, rc, "opening the record", error);
      sqlite3_close_v2 (g_steal_pointer (&self->handle));
      return FALSE;
    }
  if (dbk_db_settle (self, error))
    return TRUE;
  detach_handle (self);
  return FALSE;
}

/* A record that was in use already. */
static gboolean
attach_again (DbkDb   *self,
              GError **error)
{
  if (!attach_handle (self, 0, error))
    return FALSE;
  dbk_lock_hold (self);
  return TRUE;
}

static gboolean
ensure_handle (DbkDb   *self,
               GError **error)
{
  return self->handle != NULL || attach_again (self, error);
}

/* An unclean end left a log behind: after recovery the file is looked at before anybody relies on it. */
static gboolean
ended_uncleanly (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf st;

  return g_stat (wal, &st) == 0 && st.st_size > 0;
}

static gboolean
open_file (DbkDb    *self,
           guint     wait_ms,
           GError  **error)
{
  gboolean unclean;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "There is no record at %s", self->path);
      return FALSE;
    }
  if (self->mode == DBK_DB_WRITE)
    {
      self->lock_fd = dbk_lock_take (self->path, wait_ms, error);
      if (self->lock_fd < 0)
        return FALSE;
    }
  unclean = self->mode == DBK_DB_WRITE && ended_uncleanly (self->path);
  if (!attach_handle (self, 0, error) || !dbk_db_migrate (self, error))
    return FALSE;
  dbk_lock_hold (self);
  return !unclean || dbk_db_check (self, FALSE, error);
}

DbkDb *
dbk_db_open (const char  *path,
             DbkDbMode    mode,
             guint        wait_ms,
             GError     **error)
{
  g_autoptr(DbkDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = new_door (path, mode);
  return open_file (self, wait_ms, error) ? g_steal_pointer (&self) : NULL;
}

/* Half a record would be in the way of the next try. Nothing was in it yet. */
static void
remove_beginnings (DbkDb *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  detach_handle (self);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->path, suffixes[i], NULL);

      g_unlink (name);
    }
}

DbkDb *
dbk_db_create (const char  *path,
               GError     **error)
{
  g_autoptr(DbkDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = new_door (path, DBK_DB_WRITE);
  self->lock_fd = dbk_lock_take (path, 0, error);
  if (self->lock_fd < 0)
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "There is a file at %s already", path);
      return NULL;
    }
  self->creating = TRUE;
  if (!attach_handle (self, SQLITE_OPEN_CREATE, error) ||
      !dbk_db_migrate (self, error))
    {
      remove_beginnings (self);
      return NULL;
    }
  self->creating = FALSE;
  dbk_lock_hold (self);
  return g_steal_pointer (&self);
}

DbkDb *
dbk_db_new_in_memory (GError **error)
{
  g_autoptr(DbkDb) self = new_door (NULL, DBK_DB_WRITE);

  self->creating = TRUE;
  if (!attach_handle (self, SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, error) ||
      !dbk_db_migrate (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
dbk_db_close (DbkDb *self)
{
  if (self == NULL)
    return;
  dbk_db_assert_owner (self);
  g_assert (!self->in_write);

  if (self->handle != NULL && self->mode == DBK_DB_WRITE && self->path != NULL)
    dbk_db_exec (self, DBK_WRITES_SCHEMA, "PRAGMA optimize", NULL);
  detach_handle (self);
  dbk_lock_drop (self->lock_fd);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

const char *
dbk_db_get_path (DbkDb *self)
{
  dbk_db_assert_owner (self);
  return self->path;
}

gboolean
dbk_db_is_writable (DbkDb *self)
{
  dbk_db_assert_owner (self);
  return self->mode == DBK_DB_WRITE;
}

gboolean
dbk_db_in_write (DbkDb *self)
{
  dbk_db_assert_owner (self);
  return self->in_write;
}

gint
dbk_db_get_version (DbkDb *self)
{
  gint64 version = 0;

  dbk_db_query_int (self, "PRAGMA user_version", &version, NULL);
  return (gint) version;
}

/* ---- transactions ---- */

static gboolean
roll_back (DbkDb *self)
{
  /* After FULL or IOERR SQLite may have rolled back by itself. */
  if (self->handle == NULL || sqlite3_get_autocommit (self->handle))
    return TRUE;
  return dbk_db_exec (self, DBK_WRITES_SCHEMA, "ROLLBACK", NULL);
}

/* A COMMIT that failed may have left its frames in the log. Closing and opening again lets recovery decide once and for all, so that
 * whoever reads next reads the truth. */
static void
reopen (DbkDb *self)
{
  g_autoptr(GError) error = NULL;

  self->tip.loaded = FALSE;
  self->tip.epoch_open = FALSE;
  if (self->path == NULL)
    return;
  detach_handle (self);
  if (!attach_again (self, &error))
    g_message ("The record could not be opened again: %s", error->message);
}

static gboolean
commit (DbkDb   *self,
        GError **error)
{
  if (dbk_db_exec (self, DBK_WRITES_SCHEMA, "COMMIT", error))
    return TRUE;
  g_prefix_error (error, "Writing to the disk: ");
  roll_back (self);
  reopen (self);
  return FALSE;
}

gboolean
dbk_db_write (DbkDb        *self,
              DbkDbTxnFunc  func,
              gpointer      data,
              GError      **error)
{
  gboolean done;

  dbk_db_assert_owner (self);
  g_assert (!self->in_write && !self->in_read);

  if (self->mode != DBK_DB_WRITE)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_READ_ONLY, "The record is open for reading only");
      return FALSE;
    }
  if (!ensure_handle (self, error) || !dbk_db_exec (self, DBK_WRITES_SCHEMA, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->in_write = TRUE;
  done = func (self, data, error);
  self->in_write = FALSE;
  g_assert (!done || self->tally == NULL);
  if (done)
    return commit (self, error);

  g_assert (error == NULL || *error != NULL);
  dbk_tally_drop (self);
  roll_back (self);
  /* Whatever was appended in memory is not in the file. */
  self->tip.loaded = FALSE;
  self->tip.epoch_open = FALSE;
  return FALSE;
}

gboolean
dbk_db_read (DbkDb        *self,
             DbkDbTxnFunc  func,
             gpointer      data,
             GError      **error)
{
  gboolean done;

  dbk_db_assert_owner (self);
  g_assert (!self->in_write);

  if (self->in_read)
    return func (self, data, error);
  if (!ensure_handle (self, error) || !dbk_db_exec (self, DBK_WRITES_SCHEMA, "BEGIN", error))
    return FALSE;
  self->in_read = TRUE;
  done = func (self, data, error);
  self->in_read = FALSE;
  if (!done)
    {
      roll_back (self);
      return FALSE;
    }
  return dbk_db_exec (self, DBK_WRITES_SCHEMA, "COMMIT", error);
}

static int
on_progress (gpointer data)
{
  DbkDb *self = data;

  return self->cancellable != NULL && !self->in_write && g_cancellable_is_cancelled (self->cancellable);
}

void
dbk_db_set_cancellable (DbkDb        *self,
                        GCancellable *cancellable)
{
  dbk_db_assert_owner (self);
  g_set_object (&self->cancellable, cancellable);
  if (self->handle != NULL)
    sqlite3_progress_handler (self->handle, cancellable != NULL ? PROGRESS_STEPS : 0, on_progress, self);
}

gboolean
dbk_db_check (DbkDb     *self,
              gboolean   thorough,
              GError   **error)
{
  sqlite3_stmt *st = NULL;
  const char *sql = thorough ? "PRAGMA integrity_check (1)" : "PRAGMA quick_check (1)";
  g_autofree char *answer = NULL;
  int rc;

  dbk_db_assert_owner (self);
  if (!ensure_handle (self, error))
    return FALSE;
  self->preparing = DBK_WRITES_SCHEMA;
  rc = sqlite3_prepare_v3 (self->handle, sql, -1, 0, &st, NULL);
  self->preparing = DBK_WRITES_NOTHING;
  if (rc == SQLITE_OK && (rc = sqlite3_step (st)) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (st, 0));
  sqlite3_finalize (st);
  if (answer == NULL)
    {
      dbk_db_take_error (self, rc, sql, error);
      return FALSE;
    }
  if (strcmp (answer, "ok") != 0)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The record is damaged: %s", answer);
      return FALSE;
    }
  return TRUE;
}
