/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print jobs of this computer while the program runs: recorded, sent and watched in the background, so that a dead printer never holds
 * up a patient. The queue is asked on threads of its own; what became of a job is recorded through the worker.
 *
 * Main thread. Signal "changed": the list of open jobs, or the state of one, is another. */
#pragma once

#include "app/dbk-print-job.h"
#include "app/dbk-worker.h"

G_BEGIN_DECLS

#define DBK_TYPE_PRINT_DESK (dbk_print_desk_get_type ())
G_DECLARE_FINAL_TYPE (DbkPrintDesk, dbk_print_desk, DBK, PRINT_DESK, GObject)

DbkPrintDesk *dbk_print_desk_new (DbkWorker *worker, DbkPrintQueue *queue);

typedef struct
{
  char          *id;        /* of the job */
  char          *printer;
  char          *kind;      /* "slip" "card" "sheet" "test" */
  char          *patient;   /* id; NULL */
  char          *number;    /* how the patient is called; NULL */
  DbkPrintPhase   phase;
  DbkPaperTrouble trouble;
} DbkOpenJob;

/* Takes @made. @number: the patient's, for the list; may be NULL. */
void dbk_print_desk_send (DbkPrintDesk *self, DbkMadePaper *made, const char *printer, const char *number);

/* A test page has no record. Takes @document. */
void dbk_print_desk_send_test (DbkPrintDesk *self, DbkDocument *document, const char *printer);

/* DbkOpenJob, oldest first: what has not come out of a printer yet. Borrowed. */
GPtrArray *dbk_print_desk_get_open (DbkPrintDesk *self);

/* The worst trouble among the open jobs. */
DbkPaperTrouble dbk_print_desk_get_trouble (DbkPrintDesk *self);

/* Takes the job back if it is still to be had; a job that has failed is taken off the list. */
void dbk_print_desk_cancel (DbkPrintDesk *self, const char *id);

DbkPrintQueue *dbk_print_desk_get_queue (DbkPrintDesk *self);

G_END_DECLS
