/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a physician: orders that end, patients without one, holds, and those who stayed away so long that a rule stops. One read
 * transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

/* An order whose last day is today or at most so many days ahead is on the list. */
#define DBK_ORDER_WORK_DAYS 7

/* A section has at most so many rows; its count is of all. */
#define DBK_ORDER_WORK_MOST 500

/* Each patient is on the list once: under the first of these that is so. */
typedef enum
{
  DBK_ORDER_WORK_HELD,     /* a hold or stop flag stands, or is to come */
  DBK_ORDER_WORK_AWAY,     /* missed days that only a physician's new order answers */
  DBK_ORDER_WORK_NO_ORDER, /* in treatment, and no order in force today */
  DBK_ORDER_WORK_ENDING    /* the order ends soon, and none follows */
} DbkOrderWorkKind;
#define DBK_N_ORDER_WORK_KINDS (DBK_ORDER_WORK_ENDING + 1)

typedef struct
{
  DbkOrderWorkKind kind;
  DbkPatient      *patient;
  gint64           order_ug;    /* in force, or the last one; 0: there never was one */
  DbkDay           from;        /* no-order: first day of an order to come; DBK_DAY_NONE */
  DbkDay           until;       /* ending, no-order: last day of the order; DBK_DAY_NONE */
  DbkHold         *hold;        /* held */
  gint             missed;      /* away: days that count */
  DbkDay           last_day;    /* away: last covered day */
  gint64           proposed_ug; /* away: what the policy proposes; 0: none */
} DbkOrderWork;

typedef struct
{
  DbkDay     day;
  GPtrArray *rows;   /* DbkOrderWork, by kind; within a kind the most urgent first */
  gint       count[DBK_N_ORDER_WORK_KINDS];
} DbkOrderWorklist;

void dbk_order_worklist_free (DbkOrderWorklist *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkOrderWorklist, dbk_order_worklist_free)

DbkOrderWorklist *dbk_order_worklist_read (DbkClinic *clinic, const DbkSession *session, GError **error);

G_END_DECLS
