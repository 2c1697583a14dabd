/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a parcel, read ahead on a thread of their own: their fields checked, their hashes recomputed and their bodies parsed while the door's
 * thread records those before. They come in the order of the parcel. From start to free the parcel is the reader's. */
#pragma once

#include <json-glib/json-glib.h>

#include "db/exchange/dbk-parcel.h"

G_BEGIN_DECLS

typedef struct
{
  DbkFact     fact;
  JsonObject *body; /* NULL: withheld */
} DbkReadFact;

typedef struct _DbkIntakeReader DbkIntakeReader;

DbkIntakeReader *dbk_intake_reader_start (DbkParcel *parcel);

/* The next one, lent until the next call; NULL in @fact after the last. CORRUPT if it is not what it says. */
gboolean dbk_intake_reader_next (DbkIntakeReader *self, const DbkReadFact **fact, GError **error);

/* Waits for the thread; whatever it had read ahead is dropped. */
void dbk_intake_reader_free (DbkIntakeReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkIntakeReader, dbk_intake_reader_free)

G_END_DECLS
