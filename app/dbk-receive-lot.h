/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drug comes in, and a bottle of it is opened. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-lot.h"

G_BEGIN_DECLS

/* Uses number, product, ug_per_ml, expires and received_ul of @lot. TAKEN if this clinic has a lot of that number. @id may be NULL. */
gboolean dbk_receive_lot (DbkClinic *clinic, const DbkSession *session, const DbkLot *lot, char **id, GError **error);

/* From now on doses are poured from it. @volume_ul: what goes from the safe into the open bottle; 0: all of this lot that the safe holds. An
 * expired lot is refused (INVALID). */
gboolean dbk_open_bottle (DbkClinic *clinic, const DbkSession *session, const char *lot_number, gint64 volume_ul, GError **error);

/* @volume_ul of a lot goes from the safe to the dosing point @site (code or id). At the clinic. It is on the way until the point opens a
 * bottle of it, or, where the point works on paper, until its slips come back. */
gboolean dbk_send_lot (DbkClinic *clinic, const DbkSession *session, const char *lot_number, const char *site, gint64 volume_ul, GError **error);

/* The same inside a transaction that is already open; @site is an id. @lot (may be NULL) is the caller's: as it was before. */
gboolean dbk_send_lot_within (DbkClinic *clinic, const DbkStamp *stamp, const char *lot_number, const char *site, gint64 volume_ul, DbkLot **lot,
                              GError **error);

G_END_DECLS
