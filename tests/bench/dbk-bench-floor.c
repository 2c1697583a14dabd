/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/dbk-bench-floor.h"

void
dbk_bench_floor_open (DbkBenchFloor *self,
                      const char    *path,
                      const char    *create,
                      const char    *sql)
{
  int flags = create != NULL ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;

  g_assert_cmpint (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL), ==, SQLITE_OK);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, create == NULL, NULL);
  g_assert_cmpint (sqlite3_exec (self->handle, "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA cache_size = -65536", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  if (create != NULL)
    g_assert_cmpint (sqlite3_exec (self->handle, create, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->st, NULL), ==, SQLITE_OK);
}

void
dbk_bench_floor_close (DbkBenchFloor *self)
{
  sqlite3_finalize (g_steal_pointer (&self->st));
  g_assert_cmpint (sqlite3_close (g_steal_pointer (&self->handle)), ==, SQLITE_OK);
}

static void
look_at (DbkBenchFloor *self,
         int            column)
{
  switch (sqlite3_column_type (self->st, column))
    {
    case SQLITE_INTEGER:
      self->seen += (guint64) sqlite3_column_int64 (self->st, column);
      break;
    case SQLITE_NULL:
      break;
    case SQLITE_BLOB:
      self->seen += *(const guint8 *) sqlite3_column_blob (self->st, column);
      break;
    default:
      self->seen += *sqlite3_column_text (self->st, column);
      break;
    }
}

guint
dbk_bench_floor_run (DbkBenchFloor *self)
{
  int columns = sqlite3_column_count (self->st);
  guint rows = 0;
  int rc;

  while ((rc = sqlite3_step (self->st)) == SQLITE_ROW)
    {
      rows++;
      for (int i = 0; i < columns; i++)
        look_at (self, i);
    }
  g_assert_cmpint (rc, ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_reset (self->st), ==, SQLITE_OK);
  return rows;
}
