/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-print"

#include "app/dbk-print-job.h"

#define POLL_MS 250
#define US_PER_MS 1000

static gboolean
put (DbkDb     *db,
     gpointer   data,
     GError   **error)
{
  return dbk_job_row_put (db, data, error);
}

gboolean
dbk_print_job_update (DbkClinic        *clinic,
                      const DbkJobRow  *job,
                      GError          **error)
{
  return dbk_db_write (dbk_clinic_get_db (clinic), put, (gpointer) job, error);
}

DbkJobRow *
dbk_print_job_note (DbkClinic           *clinic,
                    const DbkMadePaper  *made,
                    const char          *printer,
                    GError             **error)
{
  g_autoptr(DbkJobRow) job = g_new0 (DbkJobRow, 1);

  job->id = dbk_fact_log_new_id ();
  job->document = g_strdup (made->id);
  job->printer = g_strdup (printer);
  job->state = g_strdup ("waiting");
  job->trouble = g_strdup ("none");
  job->message = g_strdup ("");
  job->ms = dbk_clock_now_ms (dbk_clinic_get_clock (clinic));
  return dbk_print_job_update (clinic, job, error) ? g_steal_pointer (&job) : NULL;
}

const char *
dbk_print_job_state_word (const DbkPrintWatch *watch,
                          gboolean             sent)
{
  switch (watch->phase)
    {
    case DBK_PRINT_PHASE_WAITING:
    case DBK_PRINT_PHASE_TROUBLE:
    case DBK_PRINT_PHASE_NOT_ANSWERING:
      return sent ? "sent" : "waiting";
    case DBK_PRINT_PHASE_PRINTING:
      return "printing";
    case DBK_PRINT_PHASE_PRINTED:
      return "printed";
    case DBK_PRINT_PHASE_CANCELLED:
      return "cancelled";
    case DBK_PRINT_PHASE_FAILED:
    case DBK_PRINT_PHASE_UNKNOWN:
    default:
      return "failed";
    }
}

void
dbk_print_ticket_fill (DbkPrintTicket *ticket,
                       DbkDocument    *document,
                       GBytes         *pdf,
                       const char     *printer)
{
  DbkMedia media = dbk_document_get_media (document);

  ticket->printer = printer;
  ticket->title = dbk_document_get_title (document);
  ticket->pdf = pdf;
  dbk_document_get_sheet_mm (document, &ticket->x_mm, &ticket->y_mm);
  ticket->full_bleed = dbk_media_is_roll (media) || media == DBK_MEDIA_CARD;
  ticket->copies = 1;
}

static void
set_text (char       **place,
          const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / US_PER_MS;
}

/* Until the job ends, or somebody has to see to the printer. */
static void
watch (DbkPrintQueue *queue,
       DbkPrintWatch *self,
       DbkJobRow     *job)
{
  dbk_print_watch_start (self, now_ms ());
  while (!dbk_print_phase_is_final (self->phase) && self->phase != DBK_PRINT_PHASE_NOT_ANSWERING && self->phase != DBK_PRINT_PHASE_TROUBLE)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkPrintJob) polled = dbk_print_queue_poll (queue, job->printer, job->job, &error);

      dbk_print_watch_step (self, polled, error, now_ms (), DBK_PRINT_PATIENCE_MS);
      if (polled != NULL)
        set_text (&job->message, polled->message);
      if (!dbk_print_phase_is_final (self->phase))
        g_usleep (POLL_MS * US_PER_MS);
    }
}

DbkJobRow *
dbk_print_and_wait (DbkClinic      *clinic,
                    DbkPrintQueue  *queue,
                    DbkMadePaper   *made,
                    const char     *printer,
                    GError        **error)
{
  g_autoptr(DbkJobRow) job = dbk_print_job_note (clinic, made, printer, error);
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GError) local_error = NULL;
  DbkPrintTicket ticket = { NULL };
  DbkPrintWatch state = { 0 };

  if (job == NULL || !dbk_document_write_pdf (made->document, &pdf, error))
    return NULL;
  dbk_print_ticket_fill (&ticket, made->document, pdf, printer);
  job->job = dbk_print_queue_submit (queue, &ticket, &local_error);
  if (job->job == 0)
    {
      set_text (&job->state, "failed");
      set_text (&job->message, local_error->message);
      dbk_print_job_update (clinic, job, NULL);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  set_text (&job->state, "sent");
  if (!dbk_print_job_update (clinic, job, error))
    return NULL;
  watch (queue, &state, job);
  set_text (&job->trouble, dbk_paper_trouble_to_word (state.trouble));
  set_text (&job->state, dbk_print_job_state_word (&state, TRUE));
  if (!dbk_print_phase_is_final (state.phase) && dbk_print_queue_cancel (queue, job->job, NULL))
    set_text (&job->state, "cancelled");
  return dbk_print_job_update (clinic, job, error) ? g_steal_pointer (&job) : NULL;
}
