/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-site-store.h"

#include <sodium.h>

#include "db/dbk-fact-log-private.h"
#include "db/dbk-setting-store.h"
#include "db/dbk-store-private.h"

void
dbk_home_free (DbkHome *self)
{
  if (self == NULL)
    return;
  g_free (self->writer);
  g_free (self->site);
  g_free (self);
}

DbkHome *
dbk_home_get (DbkDb   *db,
              GError **error)
{
  g_autoptr(DbkHome) home = g_new0 (DbkHome, 1);

  if (!dbk_setting_get (db, DBK_SETTING_HOME_WRITER, &home->writer, error) ||
      !dbk_setting_get (db, DBK_SETTING_HOME_SITE, &home->site, error))
    return NULL;
  if (home->writer != NULL && home->site != NULL)
    return g_steal_pointer (&home);
  home->here = TRUE;
  home->writer = dbk_fact_log_dup_writer (db, error);
  home->site = home->writer != NULL ? dbk_fact_log_dup_site (db, error) : NULL;
  return home->site != NULL ? g_steal_pointer (&home) : NULL;
}

void
dbk_writer_row_free (DbkWriterRow *self)
{
  if (self == NULL)
    return;
  g_free (self->writer);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->site_name);
  g_free (self->name);
  g_free (self->revoked_reason);
  g_free (self);
}

static gboolean
read_public_key (DbkStmt  *st,
                 int       column,
                 guint8    key[DBK_PUBLIC_KEY_SIZE],
                 GError  **error)
{
  gsize size = 0;
  const guint8 *data = dbk_stmt_blob (st, column, &size);

  if (size == DBK_PUBLIC_KEY_SIZE)
    {
      memcpy (key, data, size);
      return TRUE;
    }
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A writer's key is malformed");
  return FALSE;
}

static gpointer
read_writer (DbkStmt  *st,
             GError  **error)
{
  g_autoptr(DbkWriterRow) row = g_new0 (DbkWriterRow, 1);

  row->writer = dbk_stmt_dup (st, 0);
  row->site = dbk_stmt_dup (st, 1);
  row->site_code = dbk_stmt_dup (st, 2);
  row->site_name = dbk_stmt_dup (st, 3);
  row->name = dbk_stmt_dup (st, 4);
  row->enrolled = dbk_stmt_day (st, 6);
  row->revoked_seq = dbk_stmt_is_null (st, 7) ? -1 : dbk_stmt_int (st, 7);
  row->revoked_reason = dbk_stmt_dup (st, 8);
  row->seq = dbk_stmt_int (st, 9);
  row->newest_ms = dbk_stmt_int (st, 10) >> 16;
  return read_public_key (st, 5, row->public_key, error) ? g_steal_pointer (&row) : NULL;
}

GPtrArray *
dbk_writer_list (DbkDb   *db,
                 GError **error)
{
  return dbk_store_list (db, DBK_STMT_WRITERS, NULL, NULL, read_writer, (GDestroyNotify) dbk_writer_row_free, error);
}

DbkWriterRow *
dbk_writer_get (DbkDb       *db,
                const char  *writer,
                GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_WRITER_BY_ID, ":writer", writer, read_writer, "writer", error);
}

static gboolean
find_own_key (DbkDb   *db,
              guint8   key[DBK_PUBLIC_KEY_SIZE],
              GError **error)
{
  g_autofree char *text = NULL;
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  gsize size = 0;
  gboolean found;

  if (!dbk_setting_get (db, DBK_SETTING_SECRET_KEY, &text, error))
    return FALSE;
  found = text != NULL && sodium_hex2bin (secret, sizeof secret, text, strlen (text), NULL, &size, NULL) == 0 && size == sizeof secret;
  if (found)
    crypto_sign_ed25519_sk_to_pk (key, secret);
  else
    g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "This computer has lost its key");
  sodium_memzero (secret, sizeof secret);
  return found;
}

static gboolean
find_home_key (DbkDb   *db,
               guint8   key[DBK_PUBLIC_KEY_SIZE],
               GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0;

  if (!dbk_setting_get (db, DBK_SETTING_HOME_KEY, &text, error))
    return FALSE;
  if (text != NULL && sodium_hex2bin (key, DBK_PUBLIC_KEY_SIZE, text, strlen (text), NULL, &size, NULL) == 0 && size == DBK_PUBLIC_KEY_SIZE)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The clinic's key is not there");
  return FALSE;
}

gboolean
dbk_writer_find_key (DbkDb       *db,
                     const char  *writer,
                     guint8       key[DBK_PUBLIC_KEY_SIZE],
                     GError     **error)
{
  g_autoptr(DbkHome) home = dbk_home_get (db, error);
  g_autofree char *own = home != NULL ? dbk_fact_log_dup_writer (db, error) : NULL;
  g_autoptr(DbkWriterRow) row = NULL;

  if (own == NULL)
    return FALSE;
  if (strcmp (writer, own) == 0)
    return find_own_key (db, key, error);
  if (strcmp (writer, home->writer) == 0)
    return find_home_key (db, key, error);
  row = dbk_writer_get (db, writer, error);
  if (row == NULL)
    return FALSE;
  memcpy (key, row->public_key, DBK_PUBLIC_KEY_SIZE);
  return TRUE;
}
