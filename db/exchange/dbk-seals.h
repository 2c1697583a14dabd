/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A writer signs its newest fact before it lets it go, and by the chain all that lies below. Whoever hands facts on hands the seal on, so
 * nobody can put words into another's mouth. On the door's thread. */
#pragma once

#include "db/exchange/dbk-keys.h"
#include "db/exchange/dbk-parcel.h"

G_BEGIN_DECLS

void     dbk_seal_make  (DbkSeal *self, const DbkKeys *keys, gint64 seq, const guint8 hash[DBK_FACT_HASH_SIZE]);
gboolean dbk_seal_holds (const DbkSeal *self, const guint8 public_key[DBK_PUBLIC_KEY_SIZE]);

/* Those over tips of this record; DbkSeal. */
GArray  *dbk_seal_list (DbkDb *db, GError **error);
/* Inside dbk_db_write(). */
gboolean dbk_seal_put  (DbkDb *db, const DbkSeal *self, GError **error);

G_END_DECLS
