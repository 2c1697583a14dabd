/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site files that this computer has written and taken in: when, for or from whom, what they brought, by whom. Notes of this computer, not facts. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

typedef struct
{
  char    *file;       /* id, hex */
  gboolean incoming;
  char    *site_code;  /* the other place; NULL: not known here */
  char    *site_name;
  gint64   at_ms;      /* written or taken in here */
  gint64   made_ms;    /* by the clock of who wrote it */
  gint64   facts;
  gint64   news;       /* of those, new here, or written */
  gint64   conflicts;  /* of one that was taken in: as it was then */
  gint64   collisions;
  gint64   forks;
  char    *by_name;    /* NULL: nobody was signed in */
} DbkExchangeFile;

void dbk_exchange_file_free (DbkExchangeFile *self);

/* The newest 200, DbkExchangeFile, newest first. */
GPtrArray *dbk_exchange_history_read (DbkClinic *clinic, const DbkSession *session, GError **error);

G_END_DECLS
