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
  gint64      last_dose_ug; /* given on it */
  gint64      last_given_ms; /* 0: unknown */
  char       *last_site;    /* NULL: unknown */
  DbkDoseKind last_kind;
  GArray     *days;         /* DbkDay: the missed days, ascending, at most the last 400 */
  GArray     *take_home_days; /* covered by take-home between last observed day and today */
  GArray     *closed_days;  /* days the clinic was closed within the gap */
  GArray     *absent_days;  /* days of a planned absence within the gap */
  gboolean    never_dosed;
} DbkMissed;

/* @doses: DbkDose of one patient, any order; reversed ones do not cover. @absences and @closures: DbkAbsence. Take-home, guest and
 * partial doses cover as @policy says; days with @dosed_there cover. @enrolled bounds nothing: without a covered day the count is 0 and
 * never_dosed is TRUE. */
DbkMissed *dbk_missed_count (DbkDay today, GPtrArray *doses, GPtrArray *absences, GPtrArray *closures, const DbkPolicy *policy);
void       dbk_missed_free  (DbkMissed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkMissed, dbk_missed_free)

G_END_DECLS
