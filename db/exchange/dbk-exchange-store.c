/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-exchange-store.h"

#include <string.h>

#include "db/dbk-fact-log-private.h"
#include "db/dbk-store-private.h"

void
dbk_exchange_free (DbkExchange *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->peer);
  g_free (self->by);
  g_free (self);
}

static char *
write_summary (const DbkExchange *exchange)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  dbk_body_set_text (object, "by", exchange->by);
  if (exchange->incoming)
    {
      json_object_set_int_member (object, "conflicts", exchange->conflicts);
      json_object_set_int_member (object, "collisions", exchange->collisions);
      json_object_set_int_member (object, "forks", exchange->forks);
    }
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* Of an older program there is nothing in it. */
static void
read_summary (const char  *text,
              DbkExchange *exchange)
{
  g_autoptr(JsonObject) object = dbk_body_parse (text, strlen (text), NULL);

  if (object == NULL)
    return;
  exchange->by = g_strdup (dbk_body_text_or_null (object, "by"));
  exchange->conflicts = dbk_body_int_or (object, "conflicts", 0);
  exchange->collisions = dbk_body_int_or (object, "collisions", 0);
  exchange->forks = dbk_body_int_or (object, "forks", 0);
}

gboolean
dbk_exchange_put (DbkDb              *db,
                  const DbkExchange  *exchange,
                  GError            **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autofree char *summary = write_summary (exchange);

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
  dbk_stmt_bind_text (&st, ":summary", summary);
  return dbk_stmt_run (&st, error);
}

static gpointer
read_row (DbkStmt  *st,
          GError  **error)
{
  DbkExchange *exchange = g_new0 (DbkExchange, 1);

  exchange->file = dbk_stmt_dup (st, 0);
  exchange->incoming = strcmp (dbk_stmt_text (st, 1), "in") == 0;
  exchange->peer = dbk_stmt_dup (st, 2);
  exchange->at_ms = dbk_stmt_int (st, 3);
  exchange->made_ms = dbk_stmt_int (st, 4);
  exchange->hlc = dbk_stmt_int (st, 5);
  exchange->facts = dbk_stmt_int (st, 6);
  exchange->news = dbk_stmt_int (st, 7);
  read_summary (dbk_stmt_text (st, 8), exchange);
  return exchange;
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
  if (row)
    *exchange = read_row (st, error);
  return TRUE;
}

GPtrArray *
dbk_exchange_list (DbkDb   *db,
                   gint64   limit,
                   GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXCHANGE_LIST, error))
    return NULL;
  dbk_stmt_bind_int (&st, ":limit", limit);
  return dbk_store_collect (&st, read_row, (GDestroyNotify) dbk_exchange_free, error);
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
