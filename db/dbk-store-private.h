/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every store does with its statements: seek one row, or collect all of them, through the function that maps a row. */
#pragma once

#include "db/dbk-db-private.h"

G_BEGIN_DECLS

/* Maps the current row to a new value; NULL with an error if the row does not hold. */
typedef gpointer (*DbkRowFunc) (DbkStmt *st, GError **error);

/* Takes @statement, binds one text, steps to its row; NOT_FOUND names @what. */
gboolean dbk_store_seek_text (DbkStmt *st, DbkDb *db, DbkStatement statement, const char *parameter, const char *value, const char *what, GError **error);

gpointer dbk_store_one_by_text (DbkDb *db, DbkStatement statement, const char *parameter, const char *value, DbkRowFunc func, const char *what, GError **error);

/* All remaining rows of a bound statement. */
GPtrArray *dbk_store_collect (DbkStmt *st, DbkRowFunc func, GDestroyNotify free_func, GError **error);

/* @parameter may be NULL: nothing to bind. */
GPtrArray *dbk_store_list (DbkDb *db, DbkStatement statement, const char *parameter, const char *value, DbkRowFunc func, GDestroyNotify free_func, GError **error);

G_END_DECLS
