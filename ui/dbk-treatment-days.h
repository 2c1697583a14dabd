/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of each day of a treatment, as the chart and the map of days show it. Pure but for the language; any thread. */
#pragma once

#include "app/dbk-history.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_SIGN_NOT_DUE,   /* before the first dose, on hold, no longer in treatment, today and after it */
  DBK_SIGN_GIVEN,
  DBK_SIGN_TAKE_HOME, /* taken home, or given elsewhere */
  DBK_SIGN_MISSED,
  DBK_SIGN_CLOSED
} DbkDaySign;
#define DBK_N_SIGNS (DBK_SIGN_CLOSED + 1)

typedef struct
{
  DbkDaySign sign;
  gint64     given_ug;   /* 0: none */
  gint64     ordered_ug; /* of the order in force, the lowest of several; 0: none */
  char      *text;       /* the day in one line */
} DbkTreatmentDay;

typedef struct
{
  DbkDay           from;
  DbkDay           to;
  DbkDay           today;
  DbkTreatmentDay *days; /* of from to to, both included */
} DbkTreatmentDays;

DbkTreatmentDays *dbk_treatment_days_new  (const DbkHistory *history, DbkDay from, DbkDay to, DbkDay today, const char *zone);
void              dbk_treatment_days_free (DbkTreatmentDays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkTreatmentDays, dbk_treatment_days_free)

/* @day must be one of them. */
const DbkTreatmentDay *dbk_treatment_days_get (const DbkTreatmentDays *self, DbkDay day);

/* How many of the days from @from on have each sign; @counts has DBK_N_SIGNS places. */
void dbk_treatment_days_count (const DbkTreatmentDays *self, DbkDay from, gint *counts);

/* The newest day with a dose, today or before; DBK_DAY_NONE. */
DbkDay dbk_treatment_days_latest (const DbkTreatmentDays *self);

G_END_DECLS
