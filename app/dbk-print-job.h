/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of one print job: recorded as waiting, submitted, watched to its end. "sent" is not "printed". */
#pragma once

#include "app/dbk-make-paper.h"
#include "db/dbk-desk-store.h"
#include "printing/dbk-print-queue.h"
#include "printing/dbk-print-watch.h"

G_BEGIN_DECLS

/* How long a job may stand still, without a reason, before the printer is said not to answer. */
#define DBK_PRINT_PATIENCE_MS 20000

/* A job for @made on @printer, recorded as waiting. The caller's. */
DbkJobRow *dbk_print_job_note (DbkClinic *clinic, const DbkMadePaper *made, const char *printer, GError **error);

/* Records what became of it: number, state, trouble, message. */
gboolean dbk_print_job_update (DbkClinic *clinic, const DbkJobRow *job, GError **error);

/* The word of the record for what a watch says: "waiting" "sent" "printing" "printed" "failed" "cancelled". */
const char *dbk_print_job_state_word (const DbkPrintWatch *watch, gboolean sent);

/* For a command: notes, submits, and polls until the job has ended or the printer stands in the way; a job that did not end is cancelled,
 * because it would be printed later by surprise. Blocks. */
DbkJobRow *dbk_print_and_wait (DbkClinic *clinic, DbkPrintQueue *queue, DbkMadePaper *made, const char *printer, GError **error);

/* A ticket for @document; @pdf is borrowed by it. */
void dbk_print_ticket_fill (DbkPrintTicket *ticket, DbkDocument *document, GBytes *pdf, const char *printer);

G_END_DECLS
