/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-print-queue"

#include "printing/dbk-print-queue.h"

#define MOST_COPIES 99

G_DEFINE_QUARK (dbk-print-error-quark, dbk_print_error)
G_DEFINE_INTERFACE (DbkPrintQueue, dbk_print_queue, G_TYPE_OBJECT)

static const char *const trouble_words[] = {
  [DBK_PAPER_TROUBLE_NONE]          = "none",
  [DBK_PAPER_TROUBLE_OUT_OF_PAPER]  = "out-of-paper",
  [DBK_PAPER_TROUBLE_JAM]           = "jam",
  [DBK_PAPER_TROUBLE_COVER_OPEN]    = "cover-open",
  [DBK_PAPER_TROUBLE_OUT_OF_INK]    = "out-of-ink",
  [DBK_PAPER_TROUBLE_OFFLINE]       = "offline",
  [DBK_PAPER_TROUBLE_NOT_ANSWERING] = "not-answering",
  [DBK_PAPER_TROUBLE_STOPPED]       = "stopped",
  [DBK_PAPER_TROUBLE_NOT_ACCEPTING] = "not-accepting",
  [DBK_PAPER_TROUBLE_REJECTED]      = "rejected",
  [DBK_PAPER_TROUBLE_NO_SERVICE]    = "no-service",
};

static const char *const printer_state_words[] = {
  [DBK_PRINTER_IDLE]        = "idle",
  [DBK_PRINTER_PROCESSING]  = "processing",
  [DBK_PRINTER_STOPPED]     = "stopped",
  [DBK_PRINTER_UNREACHABLE] = "unreachable",
};

static const char *const job_state_words[] = {
  [DBK_PRINT_JOB_PENDING]    = "pending",
  [DBK_PRINT_JOB_HELD]       = "held",
  [DBK_PRINT_JOB_PROCESSING] = "processing",
  [DBK_PRINT_JOB_STOPPED]    = "stopped",
  [DBK_PRINT_JOB_CANCELLED]  = "cancelled",
  [DBK_PRINT_JOB_ABORTED]    = "aborted",
  [DBK_PRINT_JOB_COMPLETED]  = "completed",
};

const char *
dbk_paper_trouble_to_word (DbkPaperTrouble trouble)
{
  g_return_val_if_fail (trouble < G_N_ELEMENTS (trouble_words), NULL);

  return trouble_words[trouble];
}

const char *
dbk_printer_state_to_word (DbkPrinterState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (printer_state_words), NULL);

  return printer_state_words[state];
}

const char *
dbk_print_job_state_to_word (DbkPrintJobState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (job_state_words), NULL);

  return job_state_words[state];
}

void
dbk_printer_free (DbkPrinter *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->description);
  g_strfreev (self->reasons);
  g_free (self->message);
  g_strfreev (self->media);
  g_free (self);
}

void
dbk_print_job_free (DbkPrintJob *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->reasons);
  g_free (self->message);
  g_strfreev (self->printer_reasons);
  g_free (self);
}

static void
dbk_print_queue_default_init (DbkPrintQueueInterface *iface)
{
}

GPtrArray *
dbk_print_queue_list (DbkPrintQueue  *self,
                      GError        **error)
{
  g_return_val_if_fail (DBK_IS_PRINT_QUEUE (self), NULL);

  return DBK_PRINT_QUEUE_GET_IFACE (self)->list (self, error);
}

int
dbk_print_queue_submit (DbkPrintQueue         *self,
                        const DbkPrintTicket  *ticket,
                        GError               **error)
{
  g_return_val_if_fail (DBK_IS_PRINT_QUEUE (self), 0);
  g_return_val_if_fail (ticket->printer != NULL && ticket->title != NULL && ticket->pdf != NULL, 0);
  g_return_val_if_fail (ticket->x_mm > 0 && ticket->y_mm > 0, 0);
  g_return_val_if_fail (ticket->copies >= 1 && ticket->copies <= MOST_COPIES, 0);

  return DBK_PRINT_QUEUE_GET_IFACE (self)->submit (self, ticket, error);
}

DbkPrintJob *
dbk_print_queue_poll (DbkPrintQueue  *self,
                      const char     *printer,
                      int             job,
                      GError        **error)
{
  g_return_val_if_fail (DBK_IS_PRINT_QUEUE (self), NULL);
  g_return_val_if_fail (printer != NULL && job > 0, NULL);

  return DBK_PRINT_QUEUE_GET_IFACE (self)->poll (self, printer, job, error);
}

gboolean
dbk_print_queue_cancel (DbkPrintQueue  *self,
                        int             job,
                        GError        **error)
{
  g_return_val_if_fail (DBK_IS_PRINT_QUEUE (self), FALSE);
  g_return_val_if_fail (job > 0, FALSE);

  return DBK_PRINT_QUEUE_GET_IFACE (self)->cancel (self, job, error);
}
