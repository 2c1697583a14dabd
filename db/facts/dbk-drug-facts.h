/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about drug. Every microlitre moves between two accounts; a balance is the sum of its movements. Each function appends one fact
 * and projects it, inside dbk_db_write(), on the door's thread. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/record/dbk-lot.h"

G_BEGIN_DECLS

/* supplier -> safe: lot->received_ul. @witness: staff id or NULL. */
gboolean dbk_fact_lot_received (DbkDb *db, const DbkStamp *stamp, const DbkLot *lot, const char *witness, GError **error);

/* safe -> bottle: @volume_ul. From now on doses are poured from this lot. */
gboolean dbk_fact_bottle_opened (DbkDb *db, const DbkStamp *stamp, const char *bottle, const char *lot, gint64 volume_ul, GError **error);

/* This place's safe -> @site (id), on the way. */
gboolean dbk_fact_lot_sent (DbkDb *db, const DbkStamp *stamp, const char *lot, const char *site, gint64 volume_ul, GError **error);

/* On the way -> this place's safe. */
gboolean dbk_fact_lot_arrived (DbkDb *db, const DbkStamp *stamp, const char *lot, gint64 volume_ul, GError **error);

G_END_DECLS
