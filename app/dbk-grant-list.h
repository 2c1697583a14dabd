/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be dosed at a dosing point: the list from which next week's days are granted. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-lot.h"

G_BEGIN_DECLS

typedef struct
{
  char    *patient;
  char    *number;
  char    *name;
  gint64   order_ug;  /* the lowest in force on the list's day */
  gboolean usual;     /* had days there within the last fortnight */
  char    *elsewhere; /* code of the place where that day lies already; NULL: here */
} DbkGrantRow;

typedef struct
{
  DbkDay     day;     /* the first that is usually granted: tomorrow */
  gboolean   on_paper;
  GPtrArray *rows;    /* DbkGrantRow: in treatment and with an order on that day; the usual ones first, by number */
  GPtrArray *lots;    /* DbkLot of which the safe holds some, for slips */
} DbkGrantList;

void dbk_grant_list_free (DbkGrantList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkGrantList, dbk_grant_list_free)

/* @site: code or id. */
DbkGrantList *dbk_grant_list_read (DbkClinic *clinic, const DbkSession *session, const char *site, GError **error);

G_END_DECLS
