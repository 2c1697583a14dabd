/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose is a patient's day? It lies at exactly one place: the clinic, unless a lease has granted it to one computer of a dosing point, until that
 * has passed, been given back or been broken. Pure: what is known here decides, and where two leases speak of one day nobody doses.
 *
 * That two places which never speak cannot both dose rests on this: a lease counts at the clinic from the moment it is granted, and at the
 * point only once its file has come; what a point gives back counts there from the moment it is given back, and at the clinic only once that
 * file has come. tests/rules/test-authority.c explores every order of that. */
#pragma once

#include "db/record/dbk-lease.h"

G_BEGIN_DECLS

/* Whether @writer, this computer, may dose the patient of @leases (DbkLease; NULL is empty) on @day. @at_home: it is the clinic's. @lease (may be
 * NULL) gets the one that lets it or stands in its way, borrowed; NULL where there is none: then the day is the clinic's. */
gboolean dbk_authority_is_here (const GPtrArray *leases, DbkDay day, const char *writer, gboolean at_home, const DbkLease **lease);

G_END_DECLS
