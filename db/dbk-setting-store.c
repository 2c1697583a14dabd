/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-setting-store.h"

#include "db/dbk-db-private.h"

gboolean
dbk_setting_get (DbkDb       *db,
                 const char  *key,
                 char       **value,
                 GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  *value = NULL;
  if (!dbk_stmt_take (&st, db, DBK_STMT_SETTING_GET, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":key", key);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  if (row)
    *value = dbk_stmt_dup (&st, 0);
  return TRUE;
}

gboolean
dbk_setting_set (DbkDb       *db,
                 const char  *key,
                 const char  *value,
                 GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_SETTING_SET, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":key", key);
  dbk_stmt_bind_text (&st, ":value", value);
  return dbk_stmt_run (&st, error);
}
