/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-exchange-store.h"

#include <string.h>

#include "db/dbk-store-private.h"

void
dbk_exchange_free (DbkExchange *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->peer);
  g_free (self->summary);
  g_free (self);
}

gboolean
dbk_exchange_put (DbkDb              *db,
                  const DbkExchange  *exchange,
                  GError            **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXCHANGE_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":file", exchange->file);
  dbk_stmt_bind_text (&st, ":direction", exchange->incoming ? "in" : "out");
  dbk_stmt_bind_text (&st, ":peer", exchange->peer);
  dbk_stmt_bind_int (&st, ":ms", exchange->at_ms);
  dbk_stmt_bind_int (&st, ":made_ms", exchange->made_ms);
  dbk_stmt_bind_int (&st, ":hlc", exchange->hlc);
  dbk_stmt_bind_int (&st, ":facts", exchange->facts);
  dbk_stmt_bind_int (&st, ":news", exchange->news);
  dbk_stmt_bind_text (&st, ":summary", exchange->summary);
  return dbk_stmt_run (&st, error);
}

static gboolean
read_exchange (DbkStmt       *st,
               DbkExchange  **exchange,
               GError       **error)
{
  gboolean row = FALSE;

  *exchange = NULL;
  if (!dbk_stmt_next (st, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *exchange = g_new0 (DbkExchange, 1);
  (*exchange)->file = dbk_stmt_dup (st, 0);
  (*exchange)->incoming = strcmp (dbk_stmt_text (st, 1), "in") == 0;
  (*exchange)->peer = dbk_stmt_dup (st, 2);
  (*exchange)->at_ms = dbk_stmt_int (st, 3);
  (*exchange)->made_ms = dbk_stmt_int (st, 4);
  (*exchange)->hlc = dbk_stmt_int (st, 5);
  (*exchange)->facts = dbk_stmt_int (st, 6);
  (*exchange)->news = dbk_stmt_int (st, 7);
  (*exchange)->summary = dbk_stmt_dup (st, 8);
  return TRUE;
}

gboolean
dbk_exchange_find (DbkDb        *db,
                   const char   *file,
                   DbkExchange **exchange,
                   GError      **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXCHANGE_BY_FILE, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":file", file);
  return read_exchange (&st, exchange, error);
}

gboolean
dbk_exchange_newest (DbkDb        *db,
                     const char   *peer,
                     gboolean      incoming,
                     DbkExchange **exchange,
                     GError      **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXCHANGE_NEWEST, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":peer", peer);
  dbk_stmt_bind_text (&st, ":direction", incoming ? "in" : "out");
  return read_exchange (&st, exchange, error);
}

/* ---- tips ---- */

static gboolean
copy_hash (DbkStmt  *st,
           int       column,
           guint8    hash[DBK_FACT_HASH_SIZE],
           GError  **error)
{
  gsize size;
  const guint8 *data = dbk_stmt_blob (st, column, &size);

  if (size == DBK_FACT_HASH_SIZE)
    {
      memcpy (hash, data, size);
      return TRUE;
    }
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A hash is malformed");
  return FALSE;
}

GArray *
dbk_tip_list (DbkDb   *db,
              GError **error)
{
  g_autoptr(GArray) tips = g_array_new (FALSE, FALSE, sizeof (DbkTip));
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_TIPS, error))
    return NULL;
  while (dbk_stmt_next (&st, &row, error))
    {
      DbkTip tip;

      if (!row)
        return g_steal_pointer (&tips);
      g_strlcpy (tip.writer, dbk_stmt_text (&st, 0), sizeof tip.writer);
      tip.seq = dbk_stmt_int (&st, 2);
      if (!copy_hash (&st, 3, tip.hash, error))
        return NULL;
      g_array_append_val (tips, tip);
    }
  return NULL;
}

gboolean
dbk_newest_hlc (DbkDb   *db,
                gint64  *hlc,
                GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_TIP_NEWEST_HLC, error) || !dbk_stmt_next (&st, &row, error))
    return FALSE;
  *hlc = row ? dbk_stmt_int (&st, 0) : 0;
  return TRUE;
}

gboolean
dbk_peer_tips_set (DbkDb       *db,
                   const char  *peer,
                   GArray      *tips,
                   GError     **error)
{
  g_auto(DbkStmt) clear = { 0 }, put = { 0 };

  if (!dbk_stmt_take (&clear, db, DBK_STMT_PEER_TIP_CLEAR, error) || !dbk_stmt_take (&put, db, DBK_STMT_PEER_TIP_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&clear, ":peer", peer);
  if (!dbk_stmt_run (&clear, error))
    return FALSE;
  for (guint i = 0; i < tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (tips, DbkTip, i);

      dbk_stmt_bind_text (&put, ":peer", peer);
      dbk_stmt_bind_text (&put, ":writer", tip->writer);
      dbk_stmt_bind_blob (&put, ":hash", tip->hash, sizeof tip->hash);
      dbk_stmt_bind_int (&put, ":seq", tip->seq);
      if (!dbk_stmt_run (&put, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- who is shown to whom ---- */

static gpointer
read_id (DbkStmt  *st,
         GError  **error)
{
  return dbk_stmt_dup (st, 0);
}

GPtrArray *
dbk_shown_list (DbkDb       *db,
                const char  *peer,
                GError     **error)
{
  return dbk_store_list (db, DBK_STMT_SHOWN_OF, ":peer", peer, read_id, g_free, error);
}

GPtrArray *
dbk_shown_to_site (DbkDb       *db,
                   const char  *site,
                   GError     **error)
{
  return dbk_store_list (db, DBK_STMT_SHOWN_BY_LEASE, ":site", site, read_id, g_free, error);
}

gboolean
dbk_shown_set (DbkDb       *db,
               const char  *peer,
               GPtrArray   *patients,
               GError     **error)
{
  g_auto(DbkStmt) clear = { 0 }, put = { 0 };

  if (!dbk_stmt_take (&clear, db, DBK_STMT_SHOWN_CLEAR, error) || !dbk_stmt_take (&put, db, DBK_STMT_SHOWN_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&clear, ":peer", peer);
  if (!dbk_stmt_run (&clear, error))
    return FALSE;
  for (guint i = 0; patients != NULL && i < patients->len; i++)
    {
      dbk_stmt_bind_text (&put, ":peer", peer);
      dbk_stmt_bind_text (&put, ":patient", g_ptr_array_index (patients, i));
      if (!dbk_stmt_run (&put, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- forks ---- */

GArray *
dbk_fork_list (DbkDb   *db,
               GError **error)
{
  g_autoptr(GArray) forks = g_array_new (FALSE, FALSE, sizeof (DbkFork));
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_FORKS, error))
    return NULL;
  while (dbk_stmt_next (&st, &row, error))
    {
      DbkFork fork;

      if (!row)
        return g_steal_pointer (&forks);
      g_strlcpy (fork.writer, dbk_stmt_text (&st, 0), sizeof fork.writer);
      fork.seq = dbk_stmt_int (&st, 2);
      fork.noticed_ms = dbk_stmt_int (&st, 3);
      if (!copy_hash (&st, 1, fork.parent, error))
        return NULL;
      g_array_append_val (forks, fork);
    }
  return NULL;
}

gboolean
dbk_fork_put (DbkDb          *db,
              const DbkFork  *fork,
              gboolean       *is_new,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_FORK_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", fork->writer);
  dbk_stmt_bind_blob (&st, ":parent", fork->parent, sizeof fork->parent);
  dbk_stmt_bind_int (&st, ":seq", fork->seq);
  dbk_stmt_bind_int (&st, ":ms", fork->noticed_ms);
  if (!dbk_stmt_run (&st, error))
    return FALSE;
  *is_new = dbk_stmt_changes (&st) == 1;
  return TRUE;
}
