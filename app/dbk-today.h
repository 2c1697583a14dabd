/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is to come today, who came, and what was given. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-lot.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_TODAY_TO_COME,
  DBK_TODAY_DOSED,
  DBK_TODAY_NOT_GIVEN /* was there and got nothing; may still come back */
} DbkTodayState;

typedef struct
{
  DbkPatient   *patient;
  DbkTodayState state;
  gint64        order_ug;     /* lowest order in force; 0: none */
  DbkDay        order_until;  /* DBK_DAY_NONE: open */
  gint          orders;       /* in force */
  gboolean      held;         /* a hold or stop flag stands */
  DbkDay        last_day;     /* newest covered day before today; DBK_DAY_NONE: never */
  gint          away;         /* calendar days between last_day and today */
  DbkDose      *dose;         /* standing dose of the day; NULL */
  DbkDose      *reversed;     /* the newest reversed one of the day; NULL */
  char         *not_given_reason;
  gint64        at_ms;        /* of the dose or of "not given"; 0 */
} DbkTodayRow;

typedef struct
{
  DbkDay     day;
  GPtrArray *rows;        /* DbkTodayRow: patients in treatment with an order for the day or something recorded, by number */
  gint       expected;    /* with an order in force and no hold */
  gint       dosed;
  gint       not_given;
  gint       to_come;
  gint64     given_ug;
  gint64     given_ul;
  DbkLot    *bottle;      /* NULL: none open */
} DbkToday;

void dbk_today_free (DbkToday *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkToday, dbk_today_free)

/* @day: DBK_DAY_NONE for today. */
DbkToday *dbk_today_read (DbkClinic *clinic, const DbkSession *session, DbkDay day, GError **error);

G_END_DECLS
