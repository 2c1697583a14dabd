/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stayed away, for how long, and what that means. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"
#include "app/rules/dbk-missed.h"

G_BEGIN_DECLS

typedef struct
{
  DbkPatient         *patient;
  DbkMissed          *missed;
  const DbkMissedRow *row;         /* of the list's policy; NULL: none applies */
  gint64              order_ug;    /* in force or the last one; 0: none */
  gint64              proposed_ug; /* 0: none */
  gboolean            review;      /* the policy's limit for reviewing the treatment is reached */
  gboolean            dosed;       /* came back on the day itself */
  char               *contact;     /* coded outcome of the newest contact since they were last here; NULL: none */
  DbkDay              contact_day;
  char               *contact_by;
} DbkMissedEntry;

typedef struct
{
  DbkDay     day;
  DbkPolicy *policy;  /* NULL: none adopted */
  GPtrArray *entries; /* DbkMissedEntry, longest away first */
} DbkMissedList;

void dbk_missed_list_free (DbkMissedList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkMissedList, dbk_missed_list_free)

/* Patients in treatment whose last covered day is before the day before @day. Who came back on @day itself is left out unless
 * @with_returned. */
DbkMissedList *dbk_missed_list_read (DbkClinic *clinic, const DbkSession *session, DbkDay day, gboolean with_returned, GError **error);

G_END_DECLS
