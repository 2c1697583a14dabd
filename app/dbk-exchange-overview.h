/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the data of the other places stand: from when they are, who is due, what lies there. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

typedef struct
{
  char    *site;        /* id */
  char    *code;
  char    *name;
  gboolean on_paper;    /* no computer: its doses come back with slips */
  gboolean revoked;     /* its computer is, and no other took its place */
  char    *writer;      /* its computer that is believed; NULL: none */
  gint64   held_back;   /* facts of its revoked computers that wait for a physician */
  gint64   data_ms;     /* its newest file that was taken in was made then, by its own clock; 0: none yet */
  gint64   written_ms;  /* when the newest file for it was written here; 0: none yet */
  gint     data_days;   /* whole days since data_ms; 0 without */
  gboolean due;         /* days are leased there and its data are older than the policy allows, or there are none */
  gint     patients;    /* whose today lies there */
  gint     open_slips;  /* of today and before */
} DbkExchangePlace;

typedef struct
{
  gboolean   at_home;
  gint       stale_days;  /* of the policy; 0: none adopted */
  gint       collisions;  /* that no physician has closed */
  GPtrArray *places;      /* DbkExchangePlace, by code: the others; at a dosing point the clinic alone */
} DbkExchangeOverview;

void dbk_exchange_overview_free (DbkExchangeOverview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkExchangeOverview, dbk_exchange_overview_free)

DbkExchangeOverview *dbk_exchange_overview_read (DbkClinic *clinic, const DbkSession *session, GError **error);

/* From when the data of the computer @writer are, as far as a file was taken in here; 0: none yet. Inside or outside a transaction. */
gboolean dbk_exchange_data_ms (DbkDb *db, const char *writer, gint64 *data_ms, GError **error);

G_END_DECLS
