/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lot of drug and what of it stands in the open bottle. The concentration belongs to the lot. Plain value; the owner
 * of the struct owns its strings. */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef struct
{
  char     *id;
  char     *number;       /* the maker's lot number, as printed on the bottle */
  char     *product;      /* "methadone oral solution" */
  gint64    ug_per_ml;
  DbkDay    expires;      /* last day it may be given */
  gint64    received_ul;
  /* Of the place that was asked for; sums of movements, never set. */
  gint64    transit_ul;   /* sent here, and no bottle of it opened yet */
  gint64    safe_ul;
  gint64    bottle_ul;
  gint64    given_ul;
  gint64    waste_ul;
  gboolean  is_open;      /* the bottle doses are poured from */
  DbkDay    opened;       /* DBK_DAY_NONE: never */
} DbkLot;

DbkLot *dbk_lot_new  (void);
DbkLot *dbk_lot_copy (const DbkLot *self);
void    dbk_lot_free (DbkLot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkLot, dbk_lot_free)

G_END_DECLS
