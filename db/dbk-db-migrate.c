/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbered steps, each one transaction with its version; never edited once released. Before the first step on a record that holds
 * something, a verified copy is laid beside it. Nothing here ever deletes a record. */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-db-private.h"

#include "db/dbk-backup.h"

static const char *const steps[] = {
  "0001-record.sql",
  "0002-outreach.sql",
  "0003-withdrawal.sql",
};

gint
dbk_db_newest_version (void)
{
  return (gint) G_N_ELEMENTS (steps);
}

static gboolean
run_step (DbkDb   *self,
          gsize    index,
          GError **error)
{
  g_autofree char *resource = g_strconcat ("/org/dosebook/schema/", steps[index], NULL);
  g_autofree char *stamp = NULL;
  g_autoptr(GBytes) sql = g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (sql == NULL)
    return FALSE;
  /* nocheck:sql-printf a PRAGMA takes no parameters */
  stamp = g_strdup_printf ("PRAGMA user_version = %" G_GSIZE_FORMAT "; PRAGMA application_id = %d; COMMIT", index + 1, DBK_DB_APPLICATION_ID);
  if (dbk_db_exec (self, DBK_WRITES_SCHEMA, "BEGIN EXCLUSIVE", error) &&
      dbk_db_exec (self, DBK_WRITES_SCHEMA, g_bytes_get_data (sql, NULL), error) &&
      dbk_db_exec (self, DBK_WRITES_SCHEMA, stamp, error))
    return TRUE;
  g_prefix_error (error, "Step %s: ", steps[index]);
  if (self->handle != NULL && !sqlite3_get_autocommit (self->handle))
    dbk_db_exec (self, DBK_WRITES_SCHEMA, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
keep_copy (DbkDb   *self,
           gint64   version,
           GError **error)
{
  g_autofree char *copy = NULL;

  if (self->path == NULL || version == 0)
    return TRUE;
  copy = g_strdup_printf ("%s.before-format-%d", self->path, dbk_db_newest_version ());
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE; /* an earlier try was interrupted after its copy was made and verified */
  return dbk_backup_write (self, copy, NULL, error);
}

gboolean
dbk_db_migrate (DbkDb   *self,
                GError **error)
{
  gint64 version = 0;

  if (!dbk_db_query_int (self, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version == dbk_db_newest_version ())
    return TRUE;
  if (self->mode == DBK_DB_READ)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED,
                   "The record is of an older format; open it once with the program to bring it up to date");
      return FALSE;
    }
  if (!keep_copy (self, version, error))
    return FALSE;
  for (gsize i = (gsize) version; i < G_N_ELEMENTS (steps); i++)
    if (!run_step (self, i, error))
      return FALSE;
  return version == 0 || dbk_db_check (self, TRUE, error);
}
