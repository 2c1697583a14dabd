/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a site file: every fact that the receiver has not said it holds, sealed to the receiver alone. Its own facts go back to it, too:
 * a computer that was restored from a copy gets what it has forgotten. A dosing point is shown the patients who have or had a lease there; of the
 * others it gets the facts' heads, so that the chain holds. On the door's thread. */
#pragma once

#include "db/exchange/dbk-manifest.h"

G_BEGIN_DECLS

typedef struct
{
  const char *peer;     /* the computer it is for: an enrolled writer, or at a dosing point the clinic's */
  gboolean    full;     /* everything, whatever @peer says it holds */
  gboolean    nothing;  /* no facts: only what is held here, to ask for the rest */
  gint64      now_ms;
  const char *by_name;  /* whoever takes it in sees who wrote it; NULL: nobody is signed in */
} DbkExportRequest;

typedef struct
{
  DbkManifest *manifest;
  char        *peer;
  DbkFileMark  mark; /* of every byte of the file */
} DbkExportReport;

void dbk_export_report_free (DbkExportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkExportReport, dbk_export_report_free)

typedef void (*DbkExchangeProgress) (gint64 done, gint64 all, gpointer data); /* facts; @all may be 0: not known */

/* Writes to @output and does not close it. READ_ONLY if @peer was revoked: nothing is sealed to it any more. */
DbkExportReport *dbk_export_write (DbkDb *db, const DbkExportRequest *request, GOutputStream *output, GCancellable *cancellable,
                                   DbkExchangeProgress progress, gpointer data, GError **error);

/* After the file is safe on the stick: remembers that it was written, by whom (staff id), and its seal. Inside dbk_db_write(). */
gboolean dbk_export_note (DbkDb *db, const DbkExportReport *report, const char *by, GError **error);

G_END_DECLS
