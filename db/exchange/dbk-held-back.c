/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-held-back.h"

#include <string.h>

#include "db/dbk-fact-log-private.h"
#include "db/dbk-store-private.h"

void
dbk_held_back_free (DbkHeldBack *self)
{
  if (self == NULL)
    return;
  g_free (self->writer);
  g_free (self);
}

static gpointer
read_held_back (DbkStmt  *st,
                GError  **error)
{
  DbkHeldBack *held = g_new0 (DbkHeldBack, 1);

  held->writer = dbk_stmt_dup (st, 0);
  held->last_seq = dbk_stmt_int (st, 1);
  held->facts = dbk_stmt_int (st, 2);
  held->doses = dbk_stmt_int (st, 3);
  return held;
}

GPtrArray *
dbk_held_back_list (DbkDb   *db,
                    GError **error)
{
  return dbk_store_list (db, DBK_STMT_HELD_BACK_WRITERS, NULL, NULL, read_held_back, (GDestroyNotify) dbk_held_back_free, error);
}

static gboolean
show_fact (DbkDb         *db,
           const char    *home,
           const guint8   hash[DBK_FACT_HASH_SIZE],
           GError       **error)
{
  g_autofree char *id = dbk_fact_id_new (hash);
  g_auto(DbkFact) fact = { 0 };
  g_autoptr(JsonObject) body = NULL;

  if (!dbk_fact_log_find (db, id, &fact, error) ||
      (fact.body != NULL && (body = dbk_body_parse (fact.body, strlen (fact.body), error)) == NULL))
    return FALSE;
  return (dbk_kind_is_of_home (fact.kind) && strcmp (fact.writer, home) != 0) || dbk_project (db, &fact, body, error);
}

static gboolean
forget (DbkDb         *db,
        const guint8   hash[DBK_FACT_HASH_SIZE],
        GError       **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_HELD_BACK_DELETE, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":fact", hash, DBK_FACT_HASH_SIZE);
  return dbk_stmt_run (&st, error);
}

/* Listed first: the list is shortened while it is worked off. */
static GArray *
list_believed (DbkDb               *db,
               const DbkWriterRow  *writer,
               GError             **error)
{
  g_autoptr(GArray) hashes = g_array_new (FALSE, FALSE, DBK_FACT_HASH_SIZE);
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_HELD_BACK_UP_TO, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":writer", writer->writer);
  dbk_stmt_bind_int (&st, ":seq", writer->revoked_seq >= 0 ? writer->revoked_seq : G_MAXINT64);
  while (dbk_stmt_next (&st, &row, error))
    {
      gsize size = 0;
      const guint8 *hash = row ? dbk_stmt_blob (&st, 0, &size) : NULL;

      if (!row)
        return g_steal_pointer (&hashes);
      if (size == DBK_FACT_HASH_SIZE)
        g_array_append_vals (hashes, hash, 1);
    }
  return NULL;
}

static gboolean
release_writer (DbkDb               *db,
                const DbkHome       *home,
                const DbkWriterRow  *writer,
                GError             **error)
{
  g_autoptr(GArray) hashes = list_believed (db, writer, error);

  for (guint i = 0; hashes != NULL && i < hashes->len; i++)
    {
      const guint8 *hash = (const guint8 *) hashes->data + i * DBK_FACT_HASH_SIZE;

      if (!show_fact (db, home->writer, hash, error) || !forget (db, hash, error))
        return FALSE;
    }
  return hashes != NULL;
}

gboolean
dbk_held_back_release (DbkDb   *db,
                       GError **error)
{
  g_autoptr(GPtrArray) held = dbk_held_back_list (db, error);
  g_autoptr(DbkHome) home = held != NULL && held->len > 0 ? dbk_home_get (db, error) : NULL;

  if (held == NULL || (held->len > 0 && home == NULL))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    {
      g_autoptr(DbkWriterRow) writer = dbk_writer_get (db, ((const DbkHeldBack *) g_ptr_array_index (held, i))->writer, error);

      if (writer == NULL || !release_writer (db, home, writer, error))
        return FALSE;
    }
  return TRUE;
}
