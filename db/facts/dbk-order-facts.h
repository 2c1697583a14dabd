/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about what was ordered and planned. Each function appends one fact and projects it, inside dbk_db_write(), on the door's
 * thread. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

/* @replaces: ids of the orders that end on the day before order->from; NULL-terminated, may be NULL. */
gboolean dbk_fact_order_signed (DbkDb *db, const DbkStamp *stamp, const DbkOrder *order, const char *const *replaces, GError **error);
gboolean dbk_fact_order_ended  (DbkDb *db, const DbkStamp *stamp, const char *order, const char *patient, DbkDay last_day, const char *reason, GError **error);
gboolean dbk_fact_hold_placed  (DbkDb *db, const DbkStamp *stamp, const DbkHold *hold, GError **error);
gboolean dbk_fact_hold_lifted  (DbkDb *db, const DbkStamp *stamp, const char *hold, const char *patient, const char *reason, GError **error);
/* A planned absence of a patient, or with a NULL patient a closure of the clinic. */
gboolean dbk_fact_absence      (DbkDb *db, const DbkStamp *stamp, const DbkAbsence *absence, GError **error);
/* It was entered by mistake: id and patient of @absence say which. A reader that does not know of it must not believe the absence. */
gboolean dbk_fact_absence_withdrawn (DbkDb *db, const DbkStamp *stamp, const DbkAbsence *absence, GError **error);

G_END_DECLS
