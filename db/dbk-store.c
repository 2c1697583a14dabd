/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-store-private.h"

gboolean
dbk_store_seek_text (DbkStmt       *st,
                     DbkDb         *db,
                     DbkStatement   statement,
                     const char    *parameter,
                     const char    *value,
                     const char    *what,
                     GError       **error)
{
  gboolean row = FALSE;

  if (!dbk_stmt_take (st, db, statement, error))
    return FALSE;
  dbk_stmt_bind_text (st, parameter, value);
  if (!dbk_stmt_next (st, &row, error))
    return FALSE;
  if (!row)
    g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "There is no such %s", what);
  return row;
}

gpointer
dbk_store_one_by_text (DbkDb         *db,
                       DbkStatement   statement,
                       const char    *parameter,
                       const char    *value,
                       DbkRowFunc     func,
                       const char    *what,
                       GError       **error)
{
  g_auto(DbkStmt) st = { 0 };

  return dbk_store_seek_text (&st, db, statement, parameter, value, what, error) ? func (&st, error) : NULL;
}

GPtrArray *
dbk_store_collect (DbkStmt         *st,
                   DbkRowFunc       func,
                   GDestroyNotify   free_func,
                   GError         **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (free_func);
  gboolean row = FALSE;

  while (TRUE)
    {
      gpointer value;

      if (!dbk_stmt_next (st, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&values);
      value = func (st, error);
      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
}

GPtrArray *
dbk_store_list (DbkDb           *db,
                DbkStatement     statement,
                const char      *parameter,
                const char      *value,
                DbkRowFunc       func,
                GDestroyNotify   free_func,
                GError         **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, statement, error))
    return NULL;
  if (parameter != NULL)
    dbk_stmt_bind_text (&st, parameter, value);
  return dbk_store_collect (&st, func, free_func, error);
}
