/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a poll means. A print system says a good deal and not always the thing that matters: a dead printer's job stays
 * "processing" for days, a jam arrives as "canceled", yesterday's "out of paper" stands beside an idle printer. Here
 * that becomes one trouble and one phase. Pure; any thread; time is given, of a clock that only runs forward. */
#pragma once

#include "printing/dbk-print-queue.h"

G_BEGIN_DECLS

/* An IPP reason without its severity: "media-empty-warning" -> "media-empty". */
char *dbk_print_reason_to_word (const char *reason);

/* Whether the print system's message says that the printer does not answer; it has no reason word for that. @message is the
 * English one and may be NULL. */
gboolean dbk_print_message_means_dead (const char *message);

/* From what a print system reports about a printer of its own. */
DbkPaperTrouble dbk_print_trouble_of_printer (DbkPrinterState    state,
                                              gboolean           is_accepting,
                                              const char *const *reasons,
                                              const char        *message);

/* From what it reports about a job; @job->trouble is not looked at. */
DbkPaperTrouble dbk_print_trouble_of_job (const DbkPrintJob *job);

/* The words are stable: "waiting" "printing" "trouble" "not-answering" "printed" "cancelled" "failed" "unknown". */
typedef enum
{
  DBK_PRINT_PHASE_WAITING,
  DBK_PRINT_PHASE_PRINTING,
  DBK_PRINT_PHASE_TROUBLE,       /* somebody must see to it; goes on by itself after that */
  DBK_PRINT_PHASE_NOT_ANSWERING, /* nothing has moved for too long; cancel it or wait: it would still be printed */
  DBK_PRINT_PHASE_PRINTED,
  DBK_PRINT_PHASE_CANCELLED,
  DBK_PRINT_PHASE_FAILED,
  DBK_PRINT_PHASE_UNKNOWN        /* the job is forgotten: only the paper itself tells whether it was printed */
} DbkPrintPhase;

const char *dbk_print_phase_to_word  (DbkPrintPhase phase);

/* Printed, cancelled, failed or unknown: there is nothing more to poll. */
gboolean    dbk_print_phase_is_final (DbkPrintPhase phase);

typedef struct
{
  DbkPrintPhase    phase;
  DbkPaperTrouble  trouble;

  /* When something last moved, and what it was then. */
  gint64           moved_ms;
  DbkPrintJobState state;
  int              sheets_done;
} DbkPrintWatch;

/* A job has just been submitted. */
void dbk_print_watch_start (DbkPrintWatch *self,
                            gint64         now_ms);

/* Takes one poll: @job, or the @error that came instead of it. After @patience_ms without a move, a reason or
 * another job in front, the phase is NOT_ANSWERING; it leaves that by itself when the printer comes back. A final phase stays.
 * Returns whether phase or trouble changed. */
gboolean dbk_print_watch_step (DbkPrintWatch     *self,
                               const DbkPrintJob *job,
                               const GError      *error,
                               gint64             now_ms,
                               gint64             patience_ms);

G_END_DECLS
