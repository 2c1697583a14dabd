/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of a revoked computer from beyond what was accepted: kept and handed on, not shown, until a physician of the clinic accepts them. A
 * dose among them stops a second one meanwhile. On the door's thread. */
#pragma once

#include "db/dbk-site-store.h"

G_BEGIN_DECLS

typedef struct
{
  char  *writer;
  gint64 last_seq; /* its newest fact that waits */
  gint64 facts;
  gint64 doses;
} DbkHeldBack;

void dbk_held_back_free (DbkHeldBack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkHeldBack, dbk_held_back_free)

/* DbkHeldBack, by writer; the caller's. */
GPtrArray *dbk_held_back_list (DbkDb *db, GError **error);

/* What waited and is believed by now becomes part of what is shown. Inside dbk_db_write(). */
gboolean dbk_held_back_release (DbkDb *db, GError **error);

G_END_DECLS
