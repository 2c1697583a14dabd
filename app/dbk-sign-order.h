/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a physician says: orders signed, replaced and ended; holds placed and lifted; planned absences; and the days the clinic is closed. */
#pragma once

#include "app/dbk-clinic.h"
#include "app/rules/dbk-order-check.h"

G_BEGIN_DECLS

typedef struct
{
  const char *patient;
  gint64      dose_ug;
  DbkDay      from;
  DbkDay      to;        /* DBK_DAY_NONE: until ended */
  const char *reason;    /* may be NULL */
  const char *note;      /* may be NULL */
  gint64      retyped_ug; /* the dose typed again in full; 0: not asked for yet */
} DbkOrderRequest;

typedef struct
{
  GPtrArray *issues;     /* DbkOrderIssue; what was judged, also when it was signed */
  DbkPolicy *policy;     /* the issues borrow from it; NULL: none adopted */
  gboolean   blocked;    /* cannot be signed as it is */
  gboolean   retype;     /* the prescriber must type the dose again in full */
  gint64     previous_ug; /* the order in force or the last one; 0: none */
  char      *order;      /* id; NULL: nothing was signed */
} DbkOrderOutcome;

void dbk_order_outcome_free (DbkOrderOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkOrderOutcome, dbk_order_outcome_free)

/* Judges @request, and signs it unless it is blocked or must be retyped. Orders in force or still to come end on the day before @from, in
 * the same transaction. */
DbkOrderOutcome *dbk_sign_order (DbkClinic *clinic, const DbkSession *session, const DbkOrderRequest *request, GError **error);

/* The same without signing: for the form. */
DbkOrderOutcome *dbk_judge_order (DbkClinic *clinic, const DbkSession *session, const DbkOrderRequest *request, GError **error);

/* @last_day may be yesterday: then the order gives nothing today. */
gboolean dbk_end_order (DbkClinic *clinic, const DbkSession *session, const char *order, DbkDay last_day, const char *reason, GError **error);

/* Uses kind, patient, reason, note, from, until of @hold. A nurse places STOP flags, a physician both. @id (may be NULL) is the caller's. */
gboolean dbk_place_hold (DbkClinic *clinic, const DbkSession *session, const DbkHold *hold, char **id, GError **error);
gboolean dbk_lift_hold  (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *hold, const char *reason, GError **error);

/* patient NULL: the clinic is closed on those days. At most a year; INVALID else. */
gboolean dbk_plan_absence (DbkClinic *clinic, const DbkSession *session, const DbkAbsence *absence, GError **error);

/* It was a mistake: from now on it explains no missed day. @patient NULL: a closure. NOT_FOUND also if it was withdrawn already. */
gboolean dbk_withdraw_absence (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *absence, GError **error);

/* The coded reasons there are, NULL-terminated. */
const char *const *dbk_order_reasons (void);
const char *const *dbk_hold_reasons  (void);
const char *const *dbk_absence_reasons (void); /* of a patient's planned absence */
const char *const *dbk_closure_reasons (void); /* of the clinic's */

G_END_DECLS
