/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of a query: the same table through bare SQLite, the statement prepared once, every column of every row looked at and
 * nothing kept. The connection is told what the door tells its own about caching. What fails ends the program. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct
{
  sqlite3      *handle;
  sqlite3_stmt *st;
  guint64       seen;  /* so that nothing is optimised away */
} DbkBenchFloor;

/* READ ONLY, or with @create a new database whose schema is @create. */
void dbk_bench_floor_open  (DbkBenchFloor *self, const char *path, const char *create, const char *sql);
void dbk_bench_floor_close (DbkBenchFloor *self);

/* Steps to the end and starts anew; the bindings stay. The number of rows. */
guint dbk_bench_floor_run (DbkBenchFloor *self);

G_END_DECLS
