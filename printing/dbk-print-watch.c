/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-print-watch"

#include "printing/dbk-print-watch.h"

#include <string.h>

static const char *const phase_words[] = {
  [DBK_PRINT_PHASE_WAITING]       = "waiting",
  [DBK_PRINT_PHASE_PRINTING]      = "printing",
  [DBK_PRINT_PHASE_TROUBLE]       = "trouble",
  [DBK_PRINT_PHASE_NOT_ANSWERING] = "not-answering",
  [DBK_PRINT_PHASE_PRINTED]       = "printed",
  [DBK_PRINT_PHASE_CANCELLED]     = "cancelled",
  [DBK_PRINT_PHASE_FAILED]        = "failed",
  [DBK_PRINT_PHASE_UNKNOWN]       = "unknown",
};

static const char *const severities[] = { "-error", "-warning", "-report" };

/* What the device itself says, the most pressing first: an open cover makes it say the rest as well. */
static const struct
{
  const char      *reason;
  DbkPaperTrouble  trouble;
} device_reasons[] = {
  { "cover-open", DBK_PAPER_TROUBLE_COVER_OPEN },
  { "door-open", DBK_PAPER_TROUBLE_COVER_OPEN },
  { "interlock-open", DBK_PAPER_TROUBLE_COVER_OPEN },
  { "media-jam", DBK_PAPER_TROUBLE_JAM },
  { "media-empty", DBK_PAPER_TROUBLE_OUT_OF_PAPER },
  { "media-needed", DBK_PAPER_TROUBLE_OUT_OF_PAPER },
  { "input-tray-missing", DBK_PAPER_TROUBLE_OUT_OF_PAPER },
  { "marker-supply-empty", DBK_PAPER_TROUBLE_OUT_OF_INK },
  { "toner-empty", DBK_PAPER_TROUBLE_OUT_OF_INK },
  { "offline", DBK_PAPER_TROUBLE_OFFLINE },
  { "shutdown", DBK_PAPER_TROUBLE_OFFLINE },
  { "timed-out", DBK_PAPER_TROUBLE_NOT_ANSWERING },
};

/* The back ends of CUPS say it in these words only; the first is what ipp says for days. */
static const char *const dead_messages[] = {
  "may not exist or is unavailable",
  "is not responding",
  "is unreachable",
  "is not connected",
  "Unable to locate printer",
  "Waiting for printer to become available",
};

char *
dbk_print_reason_to_word (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_has_suffix (reason, severities[i]))
      return g_strndup (reason, strlen (reason) - strlen (severities[i]));
  return g_strdup (reason);
}

gboolean
dbk_print_message_means_dead (const char *message)
{
  for (guint i = 0; message != NULL && i < G_N_ELEMENTS (dead_messages); i++)
    if (strstr (message, dead_messages[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_reason (const char *const *reasons,
            const char        *word)
{
  return reasons != NULL && g_strv_contains (reasons, word);
}

static DbkPaperTrouble
find_device_trouble (const char *const *reasons)
{
  for (guint i = 0; i < G_N_ELEMENTS (device_reasons); i++)
    if (has_reason (reasons, device_reasons[i].reason))
      return device_reasons[i].trouble;
  return DBK_PAPER_TROUBLE_NONE;
}

static gboolean
is_paused (DbkPrinterState    state,
           const char *const *reasons)
{
  return state == DBK_PRINTER_STOPPED || has_reason (reasons, "paused") || has_reason (reasons, "moving-to-paused");
}

/* Of a printer that has something to do. */
static DbkPaperTrouble
find_busy_trouble (DbkPrinterState    state,
                   const char *const *reasons,
                   const char        *message)
{
  if (state == DBK_PRINTER_UNREACHABLE || dbk_print_message_means_dead (message))
    return DBK_PAPER_TROUBLE_NOT_ANSWERING;
  return find_device_trouble (reasons);
}

DbkPaperTrouble
dbk_print_trouble_of_printer (DbkPrinterState    state,
                              gboolean           is_accepting,
                              const char *const *reasons,
                              const char        *message)
{
  if (is_paused (state, reasons))
    return DBK_PAPER_TROUBLE_STOPPED;
  if (!is_accepting)
    return DBK_PAPER_TROUBLE_NOT_ACCEPTING;
  /* An idle printer is not asked; what stands there is what the last job found. */
  if (state == DBK_PRINTER_IDLE)
    return DBK_PAPER_TROUBLE_NONE;
  return find_busy_trouble (state, reasons, message);
}

/* A job that will not be printed: taken back by a person is no trouble; otherwise the device says why, or nobody does. */
static DbkPaperTrouble
find_end_trouble (const DbkPrintJob *job)
{
  const char *const *reasons = (const char *const *) job->reasons;
  DbkPaperTrouble trouble;

  if (job->state == DBK_PRINT_JOB_CANCELLED &&
      (has_reason (reasons, "job-canceled-by-user") || has_reason (reasons, "job-canceled-by-operator")))
    return DBK_PAPER_TROUBLE_NONE;
  trouble = find_device_trouble ((const char *const *) job->printer_reasons);
  return trouble != DBK_PAPER_TROUBLE_NONE ? trouble : DBK_PAPER_TROUBLE_REJECTED;
}

DbkPaperTrouble
dbk_print_trouble_of_job (const DbkPrintJob *job)
{
  const char *const *reasons = (const char *const *) job->printer_reasons;

  switch (job->state)
    {
    case DBK_PRINT_JOB_COMPLETED:
      return DBK_PAPER_TROUBLE_NONE;
    case DBK_PRINT_JOB_CANCELLED:
    case DBK_PRINT_JOB_ABORTED:
    case DBK_PRINT_JOB_STOPPED:
      return find_end_trouble (job);
    case DBK_PRINT_JOB_HELD:
      return DBK_PAPER_TROUBLE_STOPPED;
    case DBK_PRINT_JOB_PENDING:
    case DBK_PRINT_JOB_PROCESSING:
    default:
      if (is_paused (job->printer_state, reasons))
        return DBK_PAPER_TROUBLE_STOPPED;
      if (job->printer_state == DBK_PRINTER_IDLE && job->state == DBK_PRINT_JOB_PENDING)
        return DBK_PAPER_TROUBLE_NONE;
      return find_busy_trouble (job->printer_state, reasons, job->message);
    }
}

const char *
dbk_print_phase_to_word (DbkPrintPhase phase)
{
  g_return_val_if_fail (phase < G_N_ELEMENTS (phase_words), NULL);

  return phase_words[phase];
}

gboolean
dbk_print_phase_is_final (DbkPrintPhase phase)
{
  return phase >= DBK_PRINT_PHASE_PRINTED;
}

void
dbk_print_watch_start (DbkPrintWatch *self,
                       gint64         now_ms)
{
  *self = (DbkPrintWatch) { .phase = DBK_PRINT_PHASE_WAITING, .trouble = DBK_PAPER_TROUBLE_NONE, .moved_ms = now_ms,
                            .state = DBK_PRINT_JOB_PENDING };
}

static DbkPrintPhase
find_phase (const DbkPrintJob *job,
            DbkPaperTrouble    trouble)
{
  switch (job->state)
    {
    case DBK_PRINT_JOB_COMPLETED:
      return DBK_PRINT_PHASE_PRINTED;
    case DBK_PRINT_JOB_CANCELLED:
      return trouble == DBK_PAPER_TROUBLE_NONE ? DBK_PRINT_PHASE_CANCELLED : DBK_PRINT_PHASE_FAILED;
    case DBK_PRINT_JOB_ABORTED:
    case DBK_PRINT_JOB_STOPPED:
      return DBK_PRINT_PHASE_FAILED;
    case DBK_PRINT_JOB_HELD:
    case DBK_PRINT_JOB_PENDING:
    case DBK_PRINT_JOB_PROCESSING:
    default:
      break;
    }
  if (trouble == DBK_PAPER_TROUBLE_NOT_ANSWERING)
    return DBK_PRINT_PHASE_NOT_ANSWERING;
  if (trouble != DBK_PAPER_TROUBLE_NONE)
    return DBK_PRINT_PHASE_TROUBLE;
  return job->state == DBK_PRINT_JOB_PROCESSING ? DBK_PRINT_PHASE_PRINTING : DBK_PRINT_PHASE_WAITING;
}

/* Patience runs while nothing moves and nobody says why. Behind another job one waits as long as that one takes: it has a
 * watch of its own. */
static gboolean
is_moving (const DbkPrintWatch *self,
           const DbkPrintJob   *job,
           DbkPaperTrouble      trouble)
{
  return job->state != self->state || job->sheets_done != self->sheets_done || trouble != DBK_PAPER_TROUBLE_NONE ||
         (job->state == DBK_PRINT_JOB_PENDING && job->printer_state == DBK_PRINTER_PROCESSING);
}

static void
take_job (DbkPrintWatch     *self,
          const DbkPrintJob *job,
          gint64             now_ms,
          gint64             patience_ms)
{
  DbkPaperTrouble trouble = dbk_print_trouble_of_job (job);
  DbkPrintPhase phase = find_phase (job, trouble);

  if (is_moving (self, job, trouble))
    self->moved_ms = now_ms;
  self->state = job->state;
  self->sheets_done = job->sheets_done;
  if ((phase == DBK_PRINT_PHASE_PRINTING || phase == DBK_PRINT_PHASE_WAITING) && now_ms - self->moved_ms > patience_ms)
    {
      phase = DBK_PRINT_PHASE_NOT_ANSWERING;
      trouble = DBK_PAPER_TROUBLE_NOT_ANSWERING;
    }
  self->phase = phase;
  self->trouble = trouble;
}

gboolean
dbk_print_watch_step (DbkPrintWatch     *self,
                      const DbkPrintJob *job,
                      const GError      *error,
                      gint64             now_ms,
                      gint64             patience_ms)
{
  DbkPrintPhase phase = self->phase;
  DbkPaperTrouble trouble = self->trouble;

  g_return_val_if_fail ((job != NULL) != (error != NULL), FALSE);

  if (dbk_print_phase_is_final (phase))
    return FALSE;
  if (job != NULL)
    take_job (self, job, now_ms, patience_ms);
  else if (g_error_matches (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNKNOWN_JOB))
    {
      self->phase = DBK_PRINT_PHASE_UNKNOWN;
      self->trouble = DBK_PAPER_TROUBLE_NONE;
    }
  else
    {
      self->phase = DBK_PRINT_PHASE_TROUBLE;
      self->trouble = DBK_PAPER_TROUBLE_NO_SERVICE;
      self->moved_ms = now_ms;
    }
  return self->phase != phase || self->trouble != trouble;
}
