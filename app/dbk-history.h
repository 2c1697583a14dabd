/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One patient: everything that was given and ordered, between two days. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

typedef struct
{
  DbkPatient *patient;
  DbkDay      from;
  DbkDay      to;
  GPtrArray  *doses;      /* DbkDose, ascending, reversed ones marked */
  GPtrArray  *reversals;  /* DbkReversalRow, of all days */
  GPtrArray  *not_given;  /* DbkNotGiven */
  GPtrArray  *orders;     /* DbkOrder, newest first */
  GPtrArray  *holds;
  GPtrArray  *absences;
  GPtrArray  *closures;
  GPtrArray  *contacts;   /* DbkContactRow, newest first */
  GPtrArray  *cards;      /* DbkCardRow, newest first */
  GPtrArray  *readings;   /* DbkReading, newest first: who opened this file */
  DbkDay      first_day;  /* first dose ever; DBK_DAY_NONE */
  gint        days_dosed; /* in the period */
  gint        days_missed; /* in the period, from the first dose on and before today */
  gint        longest_gap;
  gint64      total_ug;   /* in the period */
} DbkHistory;

void dbk_history_free (DbkHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkHistory, dbk_history_free)

/* @from and @to may be DBK_DAY_NONE: everything. */
DbkHistory *dbk_history_read (DbkClinic *clinic, const DbkSession *session, const char *patient, DbkDay from, DbkDay to, GError **error);

G_END_DECLS
