/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about who may dose whom on which day, and about two doses that should have been one. Each function appends one fact and projects
 * it, inside dbk_db_write(), on the door's thread. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/record/dbk-lease.h"

G_BEGIN_DECLS

/* The days @lease->from to @lease->to of a patient lie at @lease->site from now on. Counts only from the clinic's own writer. */
gboolean dbk_fact_lease_granted (DbkDb *db, const DbkStamp *stamp, const DbkLease *lease, GError **error);

/* The days from @from on go back. Counts from the holder, and for a point on paper from the clinic. */
gboolean dbk_fact_lease_returned (DbkDb *db, const DbkStamp *stamp, const DbkLease *lease, DbkDay from, GError **error);

/* The clinic takes the days from @from on back without having the point's file. @reason: "point-unreachable" "laptop-lost"
 * "patient-came" "other"; @confirmed: whom the physician reached, in words. Counts only from the clinic's own writer. */
gboolean dbk_fact_lease_broken (DbkDb *db, const DbkStamp *stamp, const DbkLease *lease, DbkDay from, const char *reason, const char *confirmed, GError **error);

/* A physician's finding on two doses of one day; one of dbk_collision_findings. */
gboolean dbk_fact_collision_closed (DbkDb *db, const DbkStamp *stamp, const DbkCollision *collision, const char *finding, const char *note, GError **error);

G_END_DECLS
