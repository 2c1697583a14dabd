/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this computer remembers of its exchanges: files written and taken in, what each peer says it holds, forks that were noticed. Local
 * notes, not facts. Values returned are the caller's. On the door's thread; the writing ones inside dbk_db_write(). */
#pragma once

#include "db/exchange/dbk-manifest.h"

G_BEGIN_DECLS

typedef struct
{
  char    *file;
  gboolean incoming;
  char    *peer;     /* the other writer */
  gint64   at_ms;    /* when it was written or taken in here */
  gint64   made_ms;  /* by the clock of who wrote it */
  gint64   hlc;      /* the newest of who wrote it: a file with less is an older one */
  gint64   facts;
  gint64   news;     /* of those, how many were new */
  char    *by;       /* staff id; NULL: nobody was signed in */
  gint64   conflicts;  /* of a file that was taken in: what was found then */
  gint64   collisions;
  gint64   forks;
} DbkExchange;

void dbk_exchange_free (DbkExchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkExchange, dbk_exchange_free)

gboolean dbk_exchange_put (DbkDb *db, const DbkExchange *exchange, GError **error);
/* @exchange is NULL where there is none. */
gboolean dbk_exchange_find   (DbkDb *db, const char *file, DbkExchange **exchange, GError **error);
/* The newest @limit of them, both ways; DbkExchange. */
GPtrArray *dbk_exchange_list (DbkDb *db, gint64 limit, GError **error);
gboolean dbk_exchange_newest (DbkDb *db, const char *peer, gboolean incoming, DbkExchange **exchange, GError **error);

/* Every tip of this record; DbkTip. */
GArray  *dbk_tip_list   (DbkDb *db, GError **error);
gboolean dbk_newest_hlc (DbkDb *db, gint64 *hlc, GError **error);

gboolean dbk_peer_tips_set (DbkDb *db, const char *peer, GArray *tips, GError **error);

/* Ids of patients whose bodies @peer ("" is this computer) holds in full. */
GPtrArray *dbk_shown_list (DbkDb *db, const char *peer, GError **error);
/* Ids of the patients whom the place of @site may see: those with a lease there, now or earlier. */
GPtrArray *dbk_shown_to_site (DbkDb *db, const char *site, GError **error);
gboolean   dbk_shown_set  (DbkDb *db, const char *peer, GPtrArray *patients, GError **error);

typedef struct
{
  char    writer[DBK_WRITER_LENGTH + 1];
  gint64  seq;                        /* of the fact at which the branches part; 0: from the beginning */
  guint8  parent[DBK_FACT_HASH_SIZE];
  gint64  noticed_ms;
} DbkFork;

GArray  *dbk_fork_list (DbkDb *db, GError **error);
/* @is_new: it had not been noticed before. */
gboolean dbk_fork_put  (DbkDb *db, const DbkFork *fork, gboolean *is_new, GError **error);

G_END_DECLS
