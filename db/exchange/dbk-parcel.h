/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQLite database inside a site file: facts in the order in which they may be taken in, and the seals of their writers. It exists only in
 * memory. One that came from outside is opened as what it is: hostile until proven. Its tables must read exactly as ours, it is checked
 * page by page, nothing but fixed reading is allowed, and only so much work. */
#pragma once

#include <sqlite3.h>

#include "db/dbk-fact-log.h"

G_BEGIN_DECLS

/* A writer's signature over one of its facts. */
typedef struct
{
  char    writer[17];
  gint64  seq;
  guint8  hash[DBK_FACT_HASH_SIZE];
  guint8  signature[64];
} DbkSeal;

/* ---- packing ---- */

typedef struct _DbkParcelWriter DbkParcelWriter;

DbkParcelWriter *dbk_parcel_writer_new  (GError **error);
void             dbk_parcel_writer_free (DbkParcelWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkParcelWriter, dbk_parcel_writer_free)

/* Copies the current row of @source, whose first 16 columns are those of a fact; without its body unless @shown. */
gboolean dbk_parcel_writer_add_fact (DbkParcelWriter *self, sqlite3_stmt *source, gboolean shown, GError **error);
gboolean dbk_parcel_writer_add_seal (DbkParcelWriter *self, const DbkSeal *seal, GError **error);

/* The bytes, lent until the writer is freed. Nothing may be added any more. */
const guint8 *dbk_parcel_writer_finish (DbkParcelWriter *self, gsize *size, GError **error);

/* ---- unpacking ---- */

typedef struct _DbkParcel DbkParcel;

/* @data (of @size bytes) must outlive it. CORRUPT if anything is not as it should be. */
DbkParcel *dbk_parcel_open (guint8 *data, gsize size, GError **error);
void       dbk_parcel_free (DbkParcel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkParcel, dbk_parcel_free)

/* The next fact, by (writer, seq, hash), into @fact, whose texts are replaced; its fields are checked for type and length, its hashes are not
 * recomputed here. After the last one @found is FALSE, and the one after that is the first again. */
gboolean dbk_parcel_next_fact (DbkParcel *self, DbkFact *fact, gboolean *found, GError **error);

/* DbkSeal. */
GArray *dbk_parcel_list_seals (DbkParcel *self, GError **error);

G_END_DECLS
