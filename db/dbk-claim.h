/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claim before record: whoever would give a dose first takes the key (patient, dose-for-day, part) here, and only then appends the fact.
 * One narrow interface, because one day another engine may answer it for several counters; nothing else needs to know who does. Inside the
 * same dbk_db_write() as the fact, on the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_CLAIM_TAKEN, /* the key is ours */
  DBK_CLAIM_HELD   /* somebody holds it; their dose id is in @holder */
} DbkClaimAnswer;

/* @claimant: the id of the dose about to be recorded. @holder (may be NULL) is set only on HELD, owned by the caller. */
gboolean dbk_claim_take (DbkDb *db, const char *patient, DbkDay day, gint part, const char *claimant,
                         DbkClaimAnswer *answer, char **holder, GError **error);

G_END_DECLS
