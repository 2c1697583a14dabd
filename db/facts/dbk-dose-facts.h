/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about doses: given, taken home, reversed, not given, and an earlier register brought in. Each function appends one fact and
 * projects it, inside dbk_db_write(), on the door's thread. The key is claimed before (db/dbk-claim.h). */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/record/dbk-dose.h"

G_BEGIN_DECLS

/* OBSERVED, GUEST or TAKE_HOME as dose->kind says. Uses id, patient, day, part, kind, dose_ug, ordered_ug, volume_ul, lot, order, given_ms
 * and from_paper; the author and the site are the stamp's and this computer's. Volume moves from the bottle to the patient, per lot. */
gboolean dbk_fact_dose (DbkDb *db, const DbkStamp *stamp, const DbkDose *dose, char **fact_id, GError **error);

typedef enum
{
  DBK_LIQUID_NOT_POURED, /* nothing left the bottle */
  DBK_LIQUID_WASTED,     /* poured, then wasted before a witness */
  DBK_LIQUID_SWALLOWED   /* somebody drank it: it stays given as far as the drug goes */
} DbkLiquid;

const char *dbk_liquid_to_word (DbkLiquid liquid); /* "bottle" "waste" "patient" */
gboolean    dbk_liquid_from_word (const char *word, DbkLiquid *liquid);

/* @reason: coded ("not-swallowed" "wrong-patient" "wrong-amount" "vomited" "mistake" "other"). @witness: staff id, NULL for none. Frees the key. */
gboolean dbk_fact_dose_reversed (DbkDb *db, const DbkStamp *stamp, const DbkDose *dose, const char *reason, const char *note,
                                 DbkLiquid liquid, const char *witness, char **fact_id, GError **error);

gboolean dbk_fact_not_given (DbkDb *db, const DbkStamp *stamp, const DbkNotGiven *not_given, char **fact_id, GError **error);

/* The id an imported dose gets: the same file again makes the same ids. Owned by the caller. */
char *dbk_imported_dose_id (const char *patient, DbkDay day);

/* Earlier doses of one patient: @days and @doses_ug side by side, ascending. Their keys are claimed by the projection itself, so the
 * caller makes sure that they are free. */
gboolean dbk_fact_history (DbkDb *db, const DbkStamp *stamp, const char *import_id, const char *patient,
                           const DbkDay *days, const gint64 *doses_ug, gsize n, GError **error);

/* The import as a whole. */
gboolean dbk_fact_import (DbkDb *db, const DbkStamp *stamp, const char *import_id, const char *what, const char *digest,
                          gint64 rows, gint64 patients, gint64 imported, gint64 already, GError **error);

G_END_DECLS
