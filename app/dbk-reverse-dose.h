/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recorded dose turns out not to have been one, or not this one. Nothing is deleted: a reversal stands beside it. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-dose.h"
#include "db/facts/dbk-dose-facts.h"

G_BEGIN_DECLS

/* Within this time the nurse who recorded it needs nobody else, if nothing left the bottle. After counter-ux.md R59. */
#define DBK_REVERSAL_ALONE_MINUTES 10

/* Whether reversing @dose needs a second person. */
gboolean dbk_reversal_needs_witness (DbkClinic *clinic, const DbkSession *session, const DbkDose *dose, DbkLiquid liquid);

/* @witness (may be NULL): a signed-in second person. SECOND_PERSON if one is needed; INVALID if it was reversed already. Imported doses are
 * corrected in the register they came from: INVALID. */
gboolean dbk_reverse_dose (DbkClinic *clinic, const DbkSession *session, const DbkSession *witness, const char *dose, const char *reason,
                           const char *note, DbkLiquid liquid, char **fact, GError **error);

/* Recorded instead of a dose. @reason: see DbkNotGiven. */
gboolean dbk_record_not_given (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *reason, const char *note,
                               char **fact, GError **error);

/* Somebody tried to reach a patient who stayed away. @outcome: see db/facts/dbk-desk-facts.h. */
gboolean dbk_record_contact (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *outcome, const char *note, GError **error);

/* NULL-terminated lists of the coded words. */
const char *const *dbk_reversal_reasons  (void);
const char *const *dbk_not_given_reasons (void);
const char *const *dbk_slip_reasons      (void); /* on the slips of a point on paper */
const char *const *dbk_contact_outcomes  (void);

G_END_DECLS
