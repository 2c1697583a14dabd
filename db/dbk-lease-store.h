/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading leases and collisions. Leases and ends count only from who may say so: the clinic's own writer, and for a return the holder.
 * Values returned are the caller's. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-lease.h"

G_BEGIN_DECLS

/* By first day. */
GPtrArray *dbk_lease_list_of_patient (DbkDb *db, const char *patient, GError **error);
/* Those that were granted for @day or later, also if they have ended; by patient. */
GPtrArray *dbk_lease_list_of_site    (DbkDb *db, const char *site, DbkDay day, GError **error);
/* Of every site. */
GPtrArray *dbk_lease_list_from       (DbkDb *db, DbkDay day, GError **error);
DbkLease  *dbk_lease_get             (DbkDb *db, const char *id, GError **error);

/* Those that no physician has closed, newest day first. */
GPtrArray *dbk_collision_list_open       (DbkDb *db, GError **error);
/* Also the closed ones. */
GPtrArray *dbk_collision_list_of_patient (DbkDb *db, const char *patient, GError **error);

/* Whether a revoked computer says it has dosed @patient on @day, in a fact that waits for somebody to accept it. */
gboolean dbk_unaccepted_dose (DbkDb *db, const char *patient, DbkDay day, gboolean *found, GError **error);

/* The kind of a fact about @patient that this program does not know and must not pass over; NULL: there is none. The caller's. */
gboolean dbk_unread_fact (DbkDb *db, const char *patient, char **kind, GError **error);

G_END_DECLS
