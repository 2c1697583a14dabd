/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two sums that nearly every dose adds to: the drug of an account, and the newest day of a patient. At the counter each is written where it arises;
 * while a file of many doses is taken in they are gathered and written once, at the end. Neither depends on the order.
 *
 * In a projector, or around many of them within one dbk_db_write(), whose rollback drops what was gathered. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef struct _DbkTally DbkTally;

/* From here on sums are gathered. dbk_tally_write() writes them and ends that; a transaction that ends without it is a bug and asserts. */
void     dbk_tally_begin (DbkDb *db);
gboolean dbk_tally_write (DbkDb *db, GError **error);
void     dbk_tally_drop  (DbkDb *db);

/* @volume_ul, positive or negative, to an account of a lot at a place (ids). */
gboolean dbk_tally_add_volume (DbkDb *db, const char *lot, const char *site, const char *account, gint64 volume_ul, GError **error);

/* The newest covered day of @patient is @day, unless it is later already. */
gboolean dbk_tally_advance_day (DbkDb *db, const char *patient, DbkDay day, GError **error);

/* It was counted anew from all doses that are there: what was gathered of @patient is in it, or was taken back. */
void     dbk_tally_forget_day (DbkDb *db, const char *patient);

G_END_DECLS
