/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seam between the clinic's work and a print system: which printers there are, give one a PDF, ask what became of
 * it, take it back. "Submitted" is not "printed": only a job polled as COMPLETED is, and a job that is still PROCESSING when
 * somebody gives up will be printed later unless it is cancelled.
 * Every function blocks (some seconds if the print system hangs) and is meant for a worker thread; one object may be used
 * from several threads at once. Values belong to the caller. error->message is English, for the log. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DBK_PRINT_ERROR_UNREACHABLE,     /* the print system does not answer; it is not known whether it took a request that was sent */
  DBK_PRINT_ERROR_UNKNOWN_PRINTER,
  DBK_PRINT_ERROR_UNKNOWN_JOB,     /* it has forgotten the job, or never had it */
  DBK_PRINT_ERROR_REJECTED,        /* it does not take this job: paper size, format, permission */
  DBK_PRINT_ERROR_NOT_ACCEPTING,   /* the printer takes no jobs at present */
  DBK_PRINT_ERROR_FINISHED,        /* cancel: too late, the job is over */
  DBK_PRINT_ERROR_FAILED
} DbkPrintError;

#define DBK_PRINT_ERROR (dbk_print_error_quark ())
GQuark dbk_print_error_quark (void);

/* What a person has to see to. The words are stable: "none" "out-of-paper" "jam" "cover-open" "out-of-ink" "offline"
 * "not-answering" "stopped" "not-accepting" "rejected" "no-service". */
typedef enum
{
  DBK_PAPER_TROUBLE_NONE,
  DBK_PAPER_TROUBLE_OUT_OF_PAPER,
  DBK_PAPER_TROUBLE_JAM,
  DBK_PAPER_TROUBLE_COVER_OPEN,
  DBK_PAPER_TROUBLE_OUT_OF_INK,    /* or ribbon */
  DBK_PAPER_TROUBLE_OFFLINE,       /* the printer says it is off line */
  DBK_PAPER_TROUBLE_NOT_ANSWERING, /* the printer says nothing at all: off, unplugged, gone */
  DBK_PAPER_TROUBLE_STOPPED,       /* the queue is stopped and must be resumed */
  DBK_PAPER_TROUBLE_NOT_ACCEPTING,
  DBK_PAPER_TROUBLE_REJECTED,      /* the job was thrown away, by the printer or on the way to it */
  DBK_PAPER_TROUBLE_NO_SERVICE     /* there is no print system to ask */
} DbkPaperTrouble;

const char *dbk_paper_trouble_to_word (DbkPaperTrouble trouble);

typedef enum
{
  DBK_PRINTER_IDLE,
  DBK_PRINTER_PROCESSING,
  DBK_PRINTER_STOPPED,
  DBK_PRINTER_UNREACHABLE /* its queue is there, the printer does not answer it */
} DbkPrinterState;

const char *dbk_printer_state_to_word (DbkPrinterState state); /* "idle" "processing" "stopped" "unreachable" */

typedef struct
{
  char             *name;
  char             *description;  /* what people call it; the name if nobody said */
  gboolean          is_default;
  DbkPrinterState   state;
  gboolean          is_accepting;
  char            **reasons;      /* IPP keywords without their severity: "media-empty", "paused"; never NULL */
  char             *message;      /* the print system's own words; may be "" */
  char            **media;        /* PWG names it offers; never NULL, empty if it does not say */
  DbkPaperTrouble   trouble;
} DbkPrinter;

void dbk_printer_free (DbkPrinter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPrinter, dbk_printer_free)

/* A PDF on its way to a printer. The paper is always named: a queue's default may be US Letter. */
typedef struct
{
  const char *printer;
  const char *title;     /* shown in queues: nothing personal */
  GBytes     *pdf;
  double      x_mm;      /* the sheet, as dbk_document_get_sheet_mm () says */
  double      y_mm;
  gboolean    full_bleed; /* rolls and cards: printed to the edge */
  int         copies;     /* 1 to 99 */
} DbkPrintTicket;

typedef enum
{
  DBK_PRINT_JOB_PENDING,
  DBK_PRINT_JOB_HELD,
  DBK_PRINT_JOB_PROCESSING,
  DBK_PRINT_JOB_STOPPED,
  DBK_PRINT_JOB_CANCELLED,
  DBK_PRINT_JOB_ABORTED,
  DBK_PRINT_JOB_COMPLETED
} DbkPrintJobState;

/* "pending" "held" "processing" "stopped" "cancelled" "aborted" "completed" */
const char *dbk_print_job_state_to_word (DbkPrintJobState state);

typedef struct
{
  int                id;
  DbkPrintJobState   state;           /* the only thing that says whether it was printed */
  char             **reasons;         /* why, as IPP keywords without severity; never NULL */
  char              *message;         /* the print system's own words; may be "" */
  int                sheets_done;     /* grows while a long document is being printed; no proof of anything */
  DbkPrinterState    printer_state;
  gboolean           printer_accepting;
  char             **printer_reasons; /* never NULL */
  DbkPaperTrouble    trouble;
} DbkPrintJob;

void dbk_print_job_free (DbkPrintJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPrintJob, dbk_print_job_free)

#define DBK_TYPE_PRINT_QUEUE (dbk_print_queue_get_type ())
G_DECLARE_INTERFACE (DbkPrintQueue, dbk_print_queue, DBK, PRINT_QUEUE, GObject)

struct _DbkPrintQueueInterface
{
  GTypeInterface parent_iface;

  GPtrArray   *(*list)   (DbkPrintQueue         *self,
                          GError               **error);
  int          (*submit) (DbkPrintQueue         *self,
                          const DbkPrintTicket  *ticket,
                          GError               **error);
  DbkPrintJob *(*poll)   (DbkPrintQueue         *self,
                          const char            *printer,
                          int                    job,
                          GError               **error);
  gboolean     (*cancel) (DbkPrintQueue         *self,
                          int                    job,
                          GError               **error);
};

/* The printers set up on this computer, by name: an array of DbkPrinter, empty if there are none. NULL with UNREACHABLE or
 * FAILED. */
GPtrArray *dbk_print_queue_list (DbkPrintQueue  *self,
                                 GError        **error);

/* The job's id, above 0: the print system has all of it. 0 with an error: it has nothing that it will print, unless the
 * error is UNREACHABLE. */
int dbk_print_queue_submit (DbkPrintQueue         *self,
                            const DbkPrintTicket  *ticket,
                            GError               **error);

/* Looks once. NULL with UNREACHABLE, UNKNOWN_JOB, UNKNOWN_PRINTER or FAILED. */
DbkPrintJob *dbk_print_queue_poll (DbkPrintQueue  *self,
                                   const char     *printer,
                                   int             job,
                                   GError        **error);

/* TRUE: the print system has taken it back; what is already on paper is on paper. FALSE with FINISHED, UNREACHABLE,
 * UNKNOWN_JOB or FAILED. */
gboolean dbk_print_queue_cancel (DbkPrintQueue  *self,
                                 int             job,
                                 GError        **error);

G_END_DECLS
