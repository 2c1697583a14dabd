/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does the record hold? The chain of facts is recomputed, every projection is rebuilt beside the old one and compared, and the
 * promises that the tables carry (one dose per key, whole amounts, drug conserved) are asked again. Reads only; on the door's thread. */
#pragma once

#include "db/dbk-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  facts;
  gint64  doses;
  gint64  tables;      /* projections compared */
  char   *broken_fact; /* id of the first fact that does not hold; NULL: none */
  char   *problem;     /* what does not hold, in English; NULL: the record holds */
} DbkVerifyReport;

void dbk_verify_report_free (DbkVerifyReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkVerifyReport, dbk_verify_report_free)

/* @progress (may be NULL) is told the facts done and in all, on this thread. NULL with an error only if the record could not be read;
 * a record that does not hold is a report. */
typedef void (*DbkVerifyProgress) (gint64 done, gint64 all, gpointer data);
DbkVerifyReport *dbk_verify (DbkDb *db, GCancellable *cancellable, DbkVerifyProgress progress, gpointer data, GError **error);

G_END_DECLS
