/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting missed days: the calendar days strictly between the last covered day and today. Pure. */
#pragma once

#include "app/rules/dbk-policy.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

typedef struct
{
  gint        count;        /* missed days that count; 0 if @last_day is NONE and nothing was ever due */
  DbkDay      last_day;     /* last covered day before today; DBK_DAY_NONE: never dosed */
  gint64      last_dose_ug; /* given for it; of several parts the first; 0: unknown (dosed elsewhere during an absence) */
  gint64      last_given_ms; /* when it was given or, a take-home dose, handed out; 0: unknown */
  char       *last_site;    /* NULL: unknown */
  DbkDoseKind last_kind;    /* GUEST for a day of an absence with @dosed_there */
  GArray     *days;         /* DbkDay: the missed days, ascending, at most the last 400 */
  GArray     *take_home_days; /* covered by take-home between last observed day and today */
  GArray     *closed_days;  /* days the clinic was closed within the gap, whether they count or not */
  GArray     *absent_days;  /* days of a planned absence within the gap; they count */
  gboolean    never_dosed;
} DbkMissed;

/* @doses: DbkDose of one patient, any order; reversed ones do not cover. @absences and @closures: DbkAbsence. NULL arrays are empty.
 * Take-home, guest and partial doses cover as @policy says; without one (NULL) only what was wholly swallowed here does. Days with
 * @dosed_there cover. Without a covered day the count is 0 and never_dosed is TRUE. */
DbkMissed *dbk_missed_count (DbkDay today, GPtrArray *doses, GPtrArray *absences, GPtrArray *closures, const DbkPolicy *policy);
void       dbk_missed_free  (DbkMissed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkMissed, dbk_missed_free)

G_END_DECLS
