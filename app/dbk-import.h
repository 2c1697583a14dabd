/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patients and earlier doses from tables (CSV). The whole file or nothing; each bad row with its line and reason; the same file again adds
 * nothing. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

typedef struct
{
  guint  line;
  char  *reason; /* English; no personal data but what stands in the file's own line */
} DbkImportProblem;

typedef struct
{
  gint64     rows;
  gint64     patients;   /* named in the file */
  gint64     registered; /* new ones among them */
  gint64     imported;
  gint64     already;    /* stood in the record, the same */
  gint64     wrong;      /* problems in all */
  GPtrArray *problems;   /* DbkImportProblem, by line: the first 200 found; if there is one, nothing was recorded */
} DbkImportReport;

void dbk_import_report_free (DbkImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkImportReport, dbk_import_report_free)

/* Told now and then on the calling thread. */
typedef void (*DbkImportProgress) (gint64 done, gint64 all, gpointer data);

typedef struct
{
  gboolean           register_unknown; /* doses: numbers that nobody has become patients, named by their number until somebody writes more */
  GCancellable      *cancellable;      /* may be NULL; CANCELLED leaves nothing behind */
  DbkImportProgress  progress;         /* may be NULL */
  gpointer           progress_data;
} DbkImportOptions;

/* Columns: patient, date (YYYY-MM-DD), given_mg; in any order, others are ignored. */
DbkImportReport *dbk_import_doses (DbkClinic *clinic, const DbkSession *session, GBytes *table, const DbkImportOptions *options, GError **error);

/* Columns: number, name, and any of pinyin, born, sex, phone, allergies. A number that the record has with the same name is "already"; with
 * another name it is a problem. */
DbkImportReport *dbk_import_patients (DbkClinic *clinic, const DbkSession *session, GBytes *table, const DbkImportOptions *options, GError **error);

G_END_DECLS
