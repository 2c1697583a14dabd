/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking in, in three files: the file as a whole (dbk-intake.c), its facts one by one (dbk-intake-facts.c), and how they are read ahead
 * (dbk-intake-reader.c). */
#pragma once

#include "db/exchange/dbk-intake.h"
#include "db/exchange/dbk-intake-reader.h"
#include "db/exchange/dbk-seals.h"

G_BEGIN_DECLS

typedef struct
{
  char        writer[DBK_WRITER_LENGTH + 1];
  char        site[DBK_WRITER_LENGTH + 1]; /* which all its new facts name */
  GHashTable *heads;                       /* hashes of new facts that no new fact follows */
} DbkNewChain;

typedef struct
{
  DbkDb               *db;
  DbkIntake     *report;
  const char          *by;        /* who takes it in */
  gint64               now_ms;
  GCancellable        *cancellable;
  DbkExchangeProgress  progress;
  gpointer             progress_data;

  const char          *home;      /* the clinic's own writer */
  GPtrArray           *chains;    /* DbkNewChain */
  DbkNewChain         *chain;     /* of the writer at hand; the array's */
  DbkTip               last;      /* the new fact before this one */
  gint64               last_epoch;
  gint64               believed;  /* the last fact of the writer that counts; G_MAXINT64 unless it was revoked */
  char                 first_day[11]; /* of the new facts, ISO; "" before there is one */
  char                 last_day[11];
  gint64               facts;     /* read */
  gint64               doses;
  gint64               dose_ug;
  gint64               volume_ul;
} DbkTakingIn;

/* Records one fact of the file, whose hashes hold, or finds that it is known. */
gboolean dbk_take_in_fact (DbkTakingIn *self, const DbkReadFact *read, GError **error);

/* The tips move to where the new facts end. */
gboolean dbk_take_in_tips (DbkTakingIn *self, GError **error);

void dbk_new_chain_free (DbkNewChain *self);

G_END_DECLS
