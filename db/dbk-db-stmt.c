/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-db-private.h"

typedef struct
{
  DbkWrites   writes;
  const char *name;
  const char *sql;
} StatementRow;

static const StatementRow rows[] = {
#define STATEMENT_ROW(writes, name, sql) { DBK_WRITES_##writes, #name, sql },
  DBK_STATEMENTS (STATEMENT_ROW)
#undef STATEMENT_ROW
};

static DbkDbError
error_for (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DBK_DB_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return DBK_DB_ERROR_CONSTRAINT;
    case SQLITE_FULL:
      return DBK_DB_ERROR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      return DBK_DB_ERROR_IO;
    case SQLITE_CORRUPT:
      return DBK_DB_ERROR_CORRUPT;
    case SQLITE_NOTADB:
      return DBK_DB_ERROR_NOT_OURS;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return DBK_DB_ERROR_READ_ONLY;
    case SQLITE_INTERRUPT:
      return DBK_DB_ERROR_CANCELLED;
    default:
      return DBK_DB_ERROR_FAILED;
    }
}

void
dbk_db_take_error (DbkDb       *self,
                   int          rc,
                   const char  *what,
                   GError     **error)
{
  int extended = self->handle != NULL ? sqlite3_extended_errcode (self->handle) : rc;
  const char *text = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (rc);

  g_set_error (error, DBK_DB_ERROR, (gint) error_for (rc), "%s (%d) in: %s", text, extended, what);
}

static gboolean
fail_closed (GError **error)
{
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_IO, "The record is closed after a disk error");
  return FALSE;
}

static sqlite3_stmt *
prepare (DbkDb       *self,
         DbkWrites    writes,
         const char  *sql,
         guint        flags,
         GError     **error)
{
  sqlite3_stmt *st = NULL;
  const char *tail = NULL;
  int rc;

  if (self->handle == NULL)
    {
      fail_closed (error);
      return NULL;
    }
  self->preparing = writes;
  rc = sqlite3_prepare_v3 (self->handle, sql, -1, flags, &st, &tail);
  self->preparing = DBK_WRITES_NOTHING;
  if (rc != SQLITE_OK)
    {
      dbk_db_take_error (self, rc, sql, error);
      return NULL;
    }
  g_assert (tail == NULL || *tail == '\0');
  return st;
}

static sqlite3_stmt *
prepare_to_keep (DbkDb         *db,
                 DbkStatement   id,
                 GError       **error)
{
  sqlite3_stmt *st = prepare (db, rows[id].writes, rows[id].sql, SQLITE_PREPARE_PERSISTENT, error);
  int n = st != NULL ? sqlite3_bind_parameter_count (st) : 0;

  if (st == NULL)
    return NULL;
  db->parameters[id] = g_new0 (char *, (gsize) n + 1);
  for (int i = 0; i < n; i++)
    db->parameters[id][i] = g_strdup (sqlite3_bind_parameter_name (st, i + 1));
  return st;
}

gboolean
dbk_stmt_take (DbkStmt      *self,
               DbkDb        *db,
               DbkStatement  id,
               GError      **error)
{
  dbk_db_assert_owner (db);
  g_assert (self->st == NULL && id < DBK_N_STATEMENTS);

  self->private_copy = db->borrowed[id];
  if (self->private_copy)
    {
      /* The same statement is running further up: it gets a copy of its own rather than a shared cursor. */
      self->st = prepare (db, rows[id].writes, rows[id].sql, 0, error);
    }
  else
    {
      if (db->statements[id] == NULL)
        db->statements[id] = prepare_to_keep (db, id, error);
      self->st = db->statements[id];
      db->borrowed[id] = self->st != NULL;
    }
  self->db = db;
  self->id = id;
  self->bind_rc = SQLITE_OK;
  self->bound = 0;
  return self->st != NULL;
}

void
dbk_stmt_clear (DbkStmt *self)
{
  if (self->st == NULL)
    return;
  if (self->private_copy)
    sqlite3_finalize (self->st);
  else if (self->db->statements[self->id] == self->st)
    {
      sqlite3_reset (self->st);
      sqlite3_clear_bindings (self->st);
      self->db->borrowed[self->id] = FALSE;
    }
  self->st = NULL;
}

static int
find_parameter (DbkStmt    *self,
                const char *name)
{
  /* Callers mostly bind in the order of the text: then the next one is it, and no other name is looked at. */
  const char *next = self->private_copy ? NULL : self->db->parameters[self->id][self->bound];
  int index = next != NULL && strcmp (next, name) == 0 ? self->bound + 1 : sqlite3_bind_parameter_index (self->st, name);

  if (index == 0)
    g_critical ("statement %s has no parameter %s", rows[self->id].name, name);
  g_assert (index != 0);
  self->bound = index;
  return index;
}

static void
keep_first_failure (DbkStmt *self,
                    int      rc)
{
  if (self->bind_rc == SQLITE_OK)
    self->bind_rc = rc;
}

void
dbk_stmt_bind_text (DbkStmt    *self,
                    const char *name,
                    const char *text)
{
  keep_first_failure (self, sqlite3_bind_text (self->st, find_parameter (self, name), text, -1, SQLITE_TRANSIENT));
}

void
dbk_stmt_lend_text (DbkStmt    *self,
                    const char *name,
                    const char *text)
{
  keep_first_failure (self, sqlite3_bind_text (self->st, find_parameter (self, name), text, -1, SQLITE_STATIC));
}

void
dbk_stmt_bind_int (DbkStmt    *self,
                   const char *name,
                   gint64      value)
{
  keep_first_failure (self, sqlite3_bind_int64 (self->st, find_parameter (self, name), value));
}

void
dbk_stmt_bind_day (DbkStmt    *self,
                   const char *name,
                   DbkDay      day)
{
  if (day == DBK_DAY_NONE)
    keep_first_failure (self, sqlite3_bind_null (self->st, find_parameter (self, name)));
  else
    dbk_stmt_bind_int (self, name, day);
}

void
dbk_stmt_bind_blob (DbkStmt       *self,
                    const char    *name,
                    gconstpointer  data,
                    gsize          size)
{
  keep_first_failure (self, sqlite3_bind_blob64 (self->st, find_parameter (self, name), data, size, SQLITE_TRANSIENT));
}

void
dbk_stmt_lend_blob (DbkStmt       *self,
                    const char    *name,
                    gconstpointer  data,
                    gsize          size)
{
  keep_first_failure (self, sqlite3_bind_blob64 (self->st, find_parameter (self, name), data, size, SQLITE_STATIC));
}

gboolean
dbk_stmt_next (DbkStmt   *self,
               gboolean  *row,
               GError   **error)
{
  int rc = self->bind_rc;

  dbk_db_assert_owner (self->db);
  /* A step may prepare its statement again, after a change of the schema: then the guard asks again. */
  self->db->preparing = rows[self->id].writes;
  if (rc == SQLITE_OK)
    rc = sqlite3_step (self->st);
  self->db->preparing = DBK_WRITES_NOTHING;
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      dbk_db_take_error (self->db, rc, rows[self->id].sql, error);
      return FALSE;
    }
  g_assert (row != NULL || rc == SQLITE_DONE);
  if (row != NULL)
    *row = rc == SQLITE_ROW;
  return TRUE;
}

gboolean
dbk_stmt_run (DbkStmt  *self,
              GError  **error)
{
  gboolean done = dbk_stmt_next (self, NULL, error);

  sqlite3_reset (self->st);
  return done;
}

int
dbk_stmt_changes (DbkStmt *self)
{
  return sqlite3_changes (self->db->handle);
}

const char *
dbk_stmt_text (DbkStmt *self,
               int      column)
{
  g_assert (column < sqlite3_column_count (self->st));
  return (const char *) sqlite3_column_text (self->st, column);
}

const char *
dbk_stmt_text_sized (DbkStmt *self,
                     int      column,
                     gsize   *size)
{
  const char *text = dbk_stmt_text (self, column);

  *size = text != NULL ? (gsize) sqlite3_column_bytes (self->st, column) + 1 : 0;
  return text;
}

char *
dbk_stmt_dup (DbkStmt *self,
              int      column)
{
  return g_strdup (dbk_stmt_text (self, column));
}

gint64
dbk_stmt_int (DbkStmt *self,
              int      column)
{
  g_assert (column < sqlite3_column_count (self->st));
  return sqlite3_column_int64 (self->st, column);
}

gboolean
dbk_stmt_is_null (DbkStmt *self,
                  int      column)
{
  g_assert (column < sqlite3_column_count (self->st));
  return sqlite3_column_type (self->st, column) == SQLITE_NULL;
}

DbkDay
dbk_stmt_day (DbkStmt *self,
              int      column)
{
  gint64 day = dbk_stmt_int (self, column);

  /* NULL reads as 0, and 0 is a day too. */
  return day == 0 && dbk_stmt_is_null (self, column) ? DBK_DAY_NONE : (DbkDay) day;
}

const guint8 *
dbk_stmt_blob (DbkStmt *self,
               int      column,
               gsize   *size)
{
  const guint8 *data = sqlite3_column_blob (self->st, column);

  *size = (gsize) sqlite3_column_bytes (self->st, column);
  return data;
}

/* ---- scripts ---- */

gboolean
dbk_db_exec (DbkDb       *self,
             DbkWrites    writes,
             const char  *sql,
             GError     **error)
{
  int rc;

  dbk_db_assert_owner (self);
  if (self->handle == NULL)
    return fail_closed (error);
  self->preparing = writes;
  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  self->preparing = DBK_WRITES_NOTHING;
  if (rc == SQLITE_OK)
    return TRUE;
  dbk_db_take_error (self, rc, strlen (sql) < 200 ? sql : "a script", error);
  return FALSE;
}

gboolean
dbk_db_query_int (DbkDb       *self,
                  const char  *sql,
                  gint64      *value,
                  GError     **error)
{
  sqlite3_stmt *st;
  int rc;

  dbk_db_assert_owner (self);
  st = prepare (self, DBK_WRITES_SCHEMA, sql, 0, error);
  if (st == NULL)
    return FALSE;
  rc = sqlite3_step (st);
  if (rc == SQLITE_ROW)
    *value = sqlite3_column_int64 (st, 0);
  else
    dbk_db_take_error (self, rc, sql, error);
  sqlite3_finalize (st);
  return rc == SQLITE_ROW;
}

gboolean
dbk_db_prepare_all (DbkDb   *self,
                    GError **error)
{
  for (guint i = 0; i < DBK_N_STATEMENTS; i++)
    {
      g_auto(DbkStmt) st = { 0 };

      if (!dbk_stmt_take (&st, self, (DbkStatement) i, error))
        {
          g_prefix_error (error, "Statement %s: ", rows[i].name);
          return FALSE;
        }
    }
  return TRUE;
}
