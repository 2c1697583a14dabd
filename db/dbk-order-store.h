/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading orders, holds, absences, closures. Values returned are the caller's. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

/* Newest signature first, with each order's effective end. */
GPtrArray *dbk_order_list_of_patient (DbkDb *db, const char *patient, GError **error);
DbkOrder  *dbk_order_get             (DbkDb *db, const char *id, GError **error);
/* All orders in force on @day, by patient, lowest dose first. */
GPtrArray *dbk_order_list_in_force   (DbkDb *db, DbkDay day, GError **error);

GPtrArray *dbk_hold_list_of_patient (DbkDb *db, const char *patient, GError **error);
/* Every hold not lifted. */
GPtrArray *dbk_hold_list_standing   (DbkDb *db, GError **error);

/* NULL @patient: closures of the clinic. */
/* Those that were not withdrawn. @patient NULL: closures. */
GPtrArray *dbk_absence_list (DbkDb *db, const char *patient, GError **error);

G_END_DECLS
