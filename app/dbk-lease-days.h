/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Granting a patient's days to a dosing point, giving them back, and taking them back without its file. One transaction each. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-lease.h"

G_BEGIN_DECLS

/* Whether a lease may have these days, from today on; INVALID. */
gboolean dbk_lease_check_days (DbkClinic *clinic, DbkDay from, DbkDay to, GError **error);

#define DBK_LEASE_MOST_DAYS 31 /* a stick that does not come for a month is a case for a physician */

/* The days from @from to @to of each of @patients (ids) lie at @site from now on. All or nothing. @from is today or later. TAKEN names the first
 * patient of whom one of the days lies elsewhere already. @leases (may be NULL) gets ids, in the order of @patients, the caller's. */
gboolean dbk_grant_leases (DbkClinic *clinic, const DbkSession *session, const char *const *patients, const char *site, DbkDay from, DbkDay to,
                           GPtrArray **leases, GError **error);

/* One of them inside a transaction that is already open, for use cases that grant with something else; the checks of site and days are theirs.
 * Uses patient, site, holder, from and to. @id is the caller's. */
gboolean dbk_grant_lease_within (DbkClinic *clinic, const DbkStamp *stamp, const DbkLease *lease, char **id, GError **error);

/* The days from @from on go back: by the point that holds them, and for a point on paper by the clinic. @from is today or later, and later than a
 * day that has been dosed here. */
gboolean dbk_return_lease (DbkClinic *clinic, const DbkSession *session, const char *lease, DbkDay from, GError **error);

/* A physician of the clinic takes the days from @from on back without the point's file. If the point doses all the same, both doses are
 * found when its file comes. @confirmed: whom they reached at the point, and how. */
gboolean dbk_break_lease (DbkClinic *clinic, const DbkSession *session, const char *lease, DbkDay from, const char *reason, const char *confirmed,
                          GError **error);

const char *const *dbk_lease_break_reasons (void);

/* A physician's finding on two doses of one patient and day. */
gboolean dbk_close_collision (DbkClinic *clinic, const DbkSession *session, const DbkCollision *collision, const char *finding, const char *note,
                              GError **error);

G_END_DECLS
