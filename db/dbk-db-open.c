/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every connection is told, each answer read back: SQLite answers a PRAGMA it cannot obey with another value, not with
 * an error. Debian's SQLite has DQS on, foreign keys off and trusted schemas on; all are set here. */
#define G_LOG_DOMAIN "dbk-db"

#include <sodium.h>

#include "db/dbk-db-private.h"

#define BUSY_MS 5000

typedef struct
{
  int         option;
  int         value;
  const char *name;
} DbConfig;

static const DbConfig configs[] = {
  { SQLITE_DBCONFIG_DQS_DML, 0, "double-quoted strings in queries" },
  { SQLITE_DBCONFIG_DQS_DDL, 0, "double-quoted strings in the schema" },
  { SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive mode" },
  { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, "trusted schema" },
  { SQLITE_DBCONFIG_ENABLE_FKEY, 1, "foreign keys" },
  { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "extensions" },
  { SQLITE_DBCONFIG_ENABLE_VIEW, 0, "views" },
};

static gboolean
configure (DbkDb   *self,
           GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      int answer = -1;

      sqlite3_db_config (self->handle, configs[i].option, configs[i].value, &answer);
      if (answer != configs[i].value)
        {
          g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, "SQLite does not take the setting: %s", configs[i].name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Closing carries the log over into the file: into one that is ours, and by its one writer. */
static void
allow_checkpoint (DbkDb    *self,
                  gboolean  allowed)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !allowed, NULL);
}

static gboolean
set_pragma (DbkDb       *self,
            const char  *set,
            const char  *get,
            gint64       expected,
            GError     **error)
{
  gint64 answer = -1;

  if (!dbk_db_exec (self, DBK_WRITES_SCHEMA, set, error) ||
      !dbk_db_query_int (self, get, &answer, error))
    return FALSE;
  if (answer == expected)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, "SQLite answered %" G_GINT64_FORMAT " to \"%s\"", answer, set);
  return FALSE;
}

/* Before anything is changed: is this ours, and not newer? */
static gboolean
recognise (DbkDb   *self,
           GError **error)
{
  gint64 id = 0, version = 0, pages = 0;

  if (!dbk_db_query_int (self, "PRAGMA application_id", &id, error) ||
      !dbk_db_query_int (self, "PRAGMA user_version", &version, error) ||
      !dbk_db_query_int (self, "PRAGMA page_count", &pages, error))
    return FALSE;
  if (pages == 0 && self->creating)
    return TRUE;
  if (id != DBK_DB_APPLICATION_ID)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_OURS, "%s is not a Dosebook record", self->path);
      return FALSE;
    }
  if (version > dbk_db_newest_version ())
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_TOO_NEW,
                   "The record was made by a newer Dosebook (format %d, this program knows %d). It was not touched.",
                   (int) version, dbk_db_newest_version ());
      return FALSE;
    }
  return TRUE;
}

static gboolean
set_journal (DbkDb   *self,
             GError **error)
{
  sqlite3_stmt *st = NULL;
  g_autofree char *mode = NULL;
  int rc;

  if (self->path == NULL || self->mode == DBK_DB_READ)
    return TRUE;
  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_READ_ONLY, "%s cannot be written", self->path);
      return FALSE;
    }
  self->preparing = DBK_WRITES_SCHEMA;
  rc = sqlite3_prepare_v3 (self->handle, "PRAGMA journal_mode = WAL", -1, 0, &st, NULL);
  self->preparing = DBK_WRITES_NOTHING;
  if (rc == SQLITE_OK && (rc = sqlite3_step (st)) == SQLITE_ROW)
    mode = g_strdup ((const char *) sqlite3_column_text (st, 0));
  sqlite3_finalize (st);
  if (mode == NULL)
    {
      dbk_db_take_error (self, rc, "PRAGMA journal_mode = WAL", error);
      return FALSE;
    }
  if (strcmp (mode, "wal") == 0)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, "The disk does not allow a write-ahead log (it offers \"%s\")", mode);
  return FALSE;
}

gboolean
dbk_db_settle (DbkDb   *self,
               GError **error)
{
  /* Without it libsodium takes its slowest ways, whatever the processor can do. */
  if (sodium_init () < 0)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, "This computer gives no random numbers");
      return FALSE;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  dbk_db_guard (self);
  if (self->cancellable != NULL)
    dbk_db_set_cancellable (self, self->cancellable);
  allow_checkpoint (self, FALSE);
  if (!configure (self, error) ||
      !set_pragma (self, "PRAGMA mmap_size = 0", "SELECT 0", 0, error) ||
      !set_pragma (self, "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", 1, error) ||
      !recognise (self, error))
    return FALSE;
  allow_checkpoint (self, self->mode == DBK_DB_WRITE);
  return set_journal (self, error) &&
         set_pragma (self, "PRAGMA synchronous = FULL", "PRAGMA synchronous", 2, error) &&
         set_pragma (self, "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", 1, error) &&
         set_pragma (self, "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", 0, error) &&
         /* What is put aside, to take a statement back or to sort, would otherwise be doses of patients in the clear in /var/tmp. */
         set_pragma (self, "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", 2, error) &&
         set_pragma (self, "PRAGMA cache_size = -65536", "PRAGMA cache_size", -65536, error);
}
