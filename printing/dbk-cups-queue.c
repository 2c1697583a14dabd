/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-cups-queue"

#include "printing/dbk-cups-queue.h"

#include <cups/cups.h>
#include <math.h>
#include <string.h>

#include "printing/dbk-print-watch.h"

/* The scheduler is on this computer: one that takes longer than this is not there. */
#define CONNECT_MS     3000
#define ANSWER_SECONDS 10.0

#define URI_SIZE 1024

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ipp_t, ippDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (http_t, httpClose)

struct _DbkCupsQueue
{
  GObject parent_instance;
};

static void dbk_cups_queue_print_queue_init (DbkPrintQueueInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DbkCupsQueue, dbk_cups_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DBK_TYPE_PRINT_QUEUE, dbk_cups_queue_print_queue_init))

/* ---- errors: CUPS keeps the last one for each thread, so it is read before anything else is asked ---- */

static DbkPrintError
map_status (ipp_status_t status,
            gboolean     answered,
            int          not_found)
{
  if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE)
    return (DbkPrintError) not_found;
  if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS)
    return DBK_PRINT_ERROR_NOT_ACCEPTING;
  if (status == IPP_STATUS_ERROR_NOT_AUTHENTICATED || status == IPP_STATUS_ERROR_NOT_AUTHORIZED ||
      status == IPP_STATUS_ERROR_FORBIDDEN || status == IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED)
    return DBK_PRINT_ERROR_REJECTED;
  if (!answered || status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE)
    return DBK_PRINT_ERROR_UNREACHABLE;
  if (status >= IPP_STATUS_ERROR_BAD_REQUEST && status < IPP_STATUS_ERROR_INTERNAL)
    return DBK_PRINT_ERROR_REJECTED;
  return DBK_PRINT_ERROR_FAILED;
}

/* @not_found is the code for something that is not there: the printer or the job. */
static void
set_last_error (gboolean   answered,
                int        not_found,
                GError   **error)
{
  ipp_status_t status = cupsLastError ();
  const char *said = cupsLastErrorString ();

  g_set_error (error, DBK_PRINT_ERROR, (gint) map_status (status, answered, not_found), "CUPS: %s (%s)",
               said != NULL ? said : "no reason given", ippErrorString (status));
}

static gboolean
is_refusal (ipp_t *response)
{
  return ippGetStatusCode (response) >= IPP_STATUS_ERROR_BAD_REQUEST;
}

/* ---- one connection for each call ---- */

static int
give_up (http_t *http,
         void   *data)
{
  return 0;
}

/* Without this, CUPS would ask for a password on the terminal. */
static const char *
refuse_password (const char *prompt,
                 http_t     *http,
                 const char *method,
                 const char *resource,
                 void       *data)
{
  return NULL;
}

static http_t *
open_connection (GError **error)
{
  http_t *http;

  cupsSetPasswordCB2 (refuse_password, NULL);
  http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, CONNECT_MS, NULL);
  if (http == NULL)
    {
      const char *said = cupsLastErrorString ();

      g_set_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNREACHABLE, "CUPS does not answer: %s",
                   said != NULL ? said : "no reason given");
      return NULL;
    }
  httpSetTimeout (http, ANSWER_SECONDS, give_up, NULL);
  return http;
}

/* In English whatever the locale: the one sign of a dead printer is a sentence. */
static ipp_t *
create_request (ipp_op_t operation)
{
  ipp_t *request = ippNewRequest (operation);
  ipp_attribute_t *language = ippFindAttribute (request, "attributes-natural-language", IPP_TAG_LANGUAGE);

  if (language != NULL)
    ippSetString (request, &language, 0, "en");
  return request;
}

static void
format_printer_uri (const char *printer,
                    char        uri[URI_SIZE])
{
  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, URI_SIZE, "ipp", NULL, "localhost", 0, "/printers/%s", printer);
}

static void
add_user (ipp_t *request)
{
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
}

static void
add_printer (ipp_t      *request,
             const char *printer)
{
  char uri[URI_SIZE];

  format_printer_uri (printer, uri);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  add_user (request);
}

static void
add_job (ipp_t *request,
         int    job)
{
  char uri[URI_SIZE];

  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, URI_SIZE, "ipp", NULL, "localhost", 0, "/jobs/%d", job);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "job-uri", NULL, uri);
  add_user (request);
}

static void
add_wanted (ipp_t             *request,
            const char *const *names,
            int                n_names)
{
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", n_names, NULL, names);
}

/* Takes @request. NULL with an error for no answer and for a refusal. */
static ipp_t *
ask (http_t      *http,
     ipp_t       *request,
     const char  *resource,
     int          not_found,
     GError     **error)
{
  g_autoptr(ipp_t) response = cupsDoRequest (http, request, resource);

  if (response == NULL || is_refusal (response))
    {
      set_last_error (response != NULL, not_found, error);
      return NULL;
    }
  return g_steal_pointer (&response);
}

/* ---- reading answers ---- */

static char *
dup_text (ipp_attribute_t *attribute)
{
  const char *text = attribute != NULL ? ippGetString (attribute, 0, NULL) : NULL;

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static char *
find_text (ipp_t      *response,
           const char *name)
{
  return dup_text (ippFindAttribute (response, name, IPP_TAG_ZERO));
}

static int
find_integer (ipp_t      *response,
              const char *name,
              int         otherwise)
{
  ipp_attribute_t *attribute = ippFindAttribute (response, name, IPP_TAG_ZERO);

  return attribute != NULL ? ippGetInteger (attribute, 0) : otherwise;
}

static char **
dup_texts (ipp_attribute_t *attribute)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    if (ippGetString (attribute, i, NULL) != NULL)
      g_strv_builder_add (builder, ippGetString (attribute, i, NULL));
  return g_strv_builder_end (builder);
}

/* "none" is how IPP writes an empty list. */
static char **
dup_reasons (ipp_attribute_t *attribute)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; attribute != NULL && i < ippGetCount (attribute); i++)
    {
      const char *reason = ippGetString (attribute, i, NULL);
      g_autofree char *word = reason != NULL ? dbk_print_reason_to_word (reason) : NULL;

      if (word != NULL && !g_str_equal (word, "none"))
        g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

static DbkPrinterState
map_printer_state (int         state,
                   const char *message)
{
  if (state == IPP_PSTATE_STOPPED)
    return DBK_PRINTER_STOPPED;
  if (state != IPP_PSTATE_PROCESSING)
    return DBK_PRINTER_IDLE;
  return dbk_print_message_means_dead (message) ? DBK_PRINTER_UNREACHABLE : DBK_PRINTER_PROCESSING;
}

/* What is unknown to IPP cannot be called printed. */
static DbkPrintJobState
map_job_state (int state)
{
  if (state < IPP_JSTATE_PENDING || state > IPP_JSTATE_COMPLETED)
    return DBK_PRINT_JOB_PENDING;
  return (DbkPrintJobState) (state - (int) IPP_JSTATE_PENDING);
}

/* ---- list ---- */

static const char *const printer_attributes[] = {
  "printer-name", "printer-info", "printer-type", "printer-state", "printer-state-reasons", "printer-state-message",
  "printer-is-accepting-jobs", "media-supported",
};

static void
take_printer_attribute (DbkPrinter      *printer,
                        ipp_attribute_t *attribute,
                        int             *state)
{
  const char *name = ippGetName (attribute);

  if (g_str_equal (name, "printer-name"))
    printer->name = dup_text (attribute);
  else if (g_str_equal (name, "printer-info"))
    printer->description = dup_text (attribute);
  else if (g_str_equal (name, "printer-type"))
    printer->is_default = (ippGetInteger (attribute, 0) & CUPS_PRINTER_DEFAULT) != 0;
  else if (g_str_equal (name, "printer-state"))
    *state = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "printer-state-reasons"))
    printer->reasons = dup_reasons (attribute);
  else if (g_str_equal (name, "printer-state-message"))
    printer->message = dup_text (attribute);
  else if (g_str_equal (name, "printer-is-accepting-jobs"))
    printer->is_accepting = ippGetBoolean (attribute, 0) != 0;
  else if (g_str_equal (name, "media-supported"))
    printer->media = dup_texts (attribute);
}

/* Reads one group of attributes, from @attribute to the separator behind it. NULL if it is no printer. */
static DbkPrinter *
read_printer (ipp_t           *response,
              ipp_attribute_t *attribute)
{
  g_autoptr(DbkPrinter) printer = g_new0 (DbkPrinter, 1);
  int state = IPP_PSTATE_IDLE;

  for (; attribute != NULL && ippGetGroupTag (attribute) == IPP_TAG_PRINTER; attribute = ippNextAttribute (response))
    if (ippGetName (attribute) != NULL)
      take_printer_attribute (printer, attribute, &state);
  if (printer->name == NULL)
    return NULL;
  if (printer->description == NULL || *printer->description == '\0')
    {
      g_free (printer->description);
      printer->description = g_strdup (printer->name);
    }
  if (printer->reasons == NULL)
    printer->reasons = g_new0 (char *, 1);
  if (printer->media == NULL)
    printer->media = g_new0 (char *, 1);
  if (printer->message == NULL)
    printer->message = g_strdup ("");
  printer->state = map_printer_state (state, printer->message);
  printer->trouble = dbk_print_trouble_of_printer (printer->state, printer->is_accepting,
                                                   (const char *const *) printer->reasons, printer->message);
  return g_steal_pointer (&printer);
}

static int
compare_printers (gconstpointer a,
                  gconstpointer b)
{
  const DbkPrinter *const *one = a;
  const DbkPrinter *const *other = b;

  return strcmp ((*one)->name, (*other)->name);
}

static GPtrArray *
list_printers (DbkPrintQueue  *queue,
               GError        **error)
{
  g_autoptr(GPtrArray) printers = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_printer_free);
  g_autoptr(http_t) http = open_connection (error);
  g_autoptr(ipp_t) response = NULL;
  ipp_t *request;

  if (http == NULL)
    return NULL;
  request = create_request (IPP_OP_CUPS_GET_PRINTERS);
  add_user (request);
  add_wanted (request, printer_attributes, G_N_ELEMENTS (printer_attributes));
  response = cupsDoRequest (http, request, "/");
  /* Not found is how CUPS says that there is no printer at all. */
  if (response == NULL || (is_refusal (response) && ippGetStatusCode (response) != IPP_STATUS_ERROR_NOT_FOUND))
    {
      set_last_error (response != NULL, DBK_PRINT_ERROR_FAILED, error);
      return NULL;
    }
  for (ipp_attribute_t *at = ippFirstAttribute (response); at != NULL; at = ippNextAttribute (response))
    if (ippGetGroupTag (at) == IPP_TAG_PRINTER)
      {
        DbkPrinter *printer = read_printer (response, at);

        if (printer != NULL)
          g_ptr_array_add (printers, printer);
      }
  g_ptr_array_sort (printers, compare_printers);
  return g_steal_pointer (&printers);
}

/* ---- cancel ---- */

static gboolean
cancel_on (http_t  *http,
           int      job,
           GError **error)
{
  g_autoptr(ipp_t) response = NULL;
  ipp_t *request = create_request (IPP_OP_CANCEL_JOB);

  add_job (request, job);
  response = cupsDoRequest (http, request, "/jobs/");
  if (response == NULL || is_refusal (response))
    {
      if (response != NULL && ippGetStatusCode (response) == IPP_STATUS_ERROR_NOT_POSSIBLE)
        g_set_error (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_FINISHED, "CUPS: job %d is over", job);
      else
        set_last_error (response != NULL, DBK_PRINT_ERROR_UNKNOWN_JOB, error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
cancel_job (DbkPrintQueue  *queue,
            int             job,
            GError        **error)
{
  g_autoptr(http_t) http = open_connection (error);

  return http != NULL && cancel_on (http, job, error);
}

/* ---- submit ---- */

static int
to_hundredths (double mm)
{
  return (int) lround (mm * 100);
}

/* With margins of 0, a size that CUPS calls borderless is preferred, and without any, the plain one. */
static void
add_media (ipp_t                *request,
           const DbkPrintTicket *ticket)
{
  static const char *const margins[] = { "media-top-margin", "media-bottom-margin", "media-left-margin", "media-right-margin" };
  g_autoptr(ipp_t) size = ippNew ();
  g_autoptr(ipp_t) media = ippNew ();

  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", to_hundredths (ticket->x_mm));
  ippAddInteger (size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", to_hundredths (ticket->y_mm));
  ippAddCollection (media, IPP_TAG_ZERO, "media-size", size);
  for (guint i = 0; ticket->full_bleed && i < G_N_ELEMENTS (margins); i++)
    ippAddInteger (media, IPP_TAG_ZERO, IPP_TAG_INTEGER, margins[i], 0);
  ippAddCollection (request, IPP_TAG_JOB, "media-col", media);
}

static int
create_job (http_t                *http,
            const DbkPrintTicket  *ticket,
            GError               **error)
{
  g_autoptr(ipp_t) response = NULL;
  ipp_t *request = create_request (IPP_OP_CREATE_JOB);
  int job;

  add_printer (request, ticket->printer);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, ticket->title);
  ippAddInteger (request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", ticket->copies);
  /* A code's modules are whole dots: nothing may be fitted to the page. */
  ippAddString (request, IPP_TAG_JOB, IPP_TAG_KEYWORD, "print-scaling", NULL, "none");
  add_media (request, ticket);
  response = ask (http, request, "/printers/", DBK_PRINT_ERROR_UNKNOWN_PRINTER, error);
  if (response == NULL)
    return 0;
  job = find_integer (response, "job-id", 0);
  if (job <= 0)
    {
      g_set_error_literal (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_FAILED, "CUPS: a job without a number");
      return 0;
    }
  return job;
}

static gboolean
send_document (http_t                *http,
               const DbkPrintTicket  *ticket,
               int                    job,
               GError               **error)
{
  g_autoptr(ipp_t) request = create_request (IPP_OP_SEND_DOCUMENT);
  g_autoptr(ipp_t) response = NULL;
  gsize size = 0;
  const char *data = g_bytes_get_data (ticket->pdf, &size);
  http_status_t status;

  add_printer (request, ticket->printer);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
  ippAddBoolean (request, IPP_TAG_OPERATION, "last-document", 1);
  status = cupsSendRequest (http, request, "/printers/", ippLength (request) + size);
  if (status == HTTP_STATUS_CONTINUE && size > 0)
    status = cupsWriteRequestData (http, data, size);
  /* Asked for even after a failure: the answer says why, and clears the connection. */
  response = cupsGetResponse (http, "/printers/");
  if (status == HTTP_STATUS_CONTINUE && response != NULL && !is_refusal (response))
    return TRUE;
  set_last_error (response != NULL, DBK_PRINT_ERROR_UNKNOWN_JOB, error);
  return FALSE;
}

static int
submit_ticket (DbkPrintQueue         *queue,
               const DbkPrintTicket  *ticket,
               GError               **error)
{
  g_autoptr(http_t) http = open_connection (error);
  int job;

  if (http == NULL)
    return 0;
  job = create_job (http, ticket, error);
  if (job == 0)
    return 0;
  if (!send_document (http, ticket, job, error))
    {
      g_autoptr(http_t) again = open_connection (NULL);

      /* What came over in part must not lie there and be printed some day. */
      if (again == NULL || !cancel_on (again, job, NULL))
        g_message ("Job %d could not be taken back", job);
      return 0;
    }
  return job;
}

/* ---- poll ---- */

static const char *const job_attributes[] = {
  "job-state", "job-state-reasons", "job-printer-state-message", "job-printer-state-reasons", "job-media-sheets-completed",
  "job-impressions-completed", "time-at-processing",
};

static const char *const state_attributes[] = {
  "printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs",
};

/* What CUPS says of a job that it has taken back at somebody's wish. */
#define BY_USER "job-canceled-by-user"

static gboolean
has_started (ipp_t *of_job)
{
  ipp_attribute_t *time = ippFindAttribute (of_job, "time-at-processing", IPP_TAG_ZERO);

  return time != NULL && ippGetValueTag (time) == IPP_TAG_INTEGER;
}

/* Of a job that was taken back before it came to the printer, CUPS never finds out why it ended. */
static char **
dup_job_reasons (ipp_t            *of_job,
                 DbkPrintJobState  state)
{
  static const char *const by_user[] = { BY_USER, NULL };

  if (state == DBK_PRINT_JOB_CANCELLED && !has_started (of_job))
    return g_strdupv ((char **) by_user);
  return dup_reasons (ippFindAttribute (of_job, "job-state-reasons", IPP_TAG_ZERO));
}

static DbkPrintJob *
read_job (ipp_t *of_job,
          int    id)
{
  DbkPrintJob *job = g_new0 (DbkPrintJob, 1);

  job->id = id;
  job->state = map_job_state (find_integer (of_job, "job-state", 0));
  job->reasons = dup_job_reasons (of_job, job->state);
  job->message = find_text (of_job, "job-printer-state-message");
  job->sheets_done = MAX (find_integer (of_job, "job-media-sheets-completed", 0),
                          find_integer (of_job, "job-impressions-completed", 0));
  return job;
}

/* A finished job keeps what the printer said then; of a printer that still works on it, the present counts. */
static void
add_printer_state (DbkPrintJob *job,
                   ipp_t       *of_job,
                   ipp_t       *of_printer)
{
  gboolean is_over = job->state >= DBK_PRINT_JOB_CANCELLED;
  g_autofree char *message = find_text (of_printer, "printer-state-message");
  ipp_attribute_t *accepting = ippFindAttribute (of_printer, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  int state = find_integer (of_printer, "printer-state", IPP_PSTATE_IDLE);

  if (*job->message == '\0' && !is_over)
    {
      g_free (job->message);
      job->message = g_strdup (message);
    }
  job->printer_state = map_printer_state (state, job->message);
  job->printer_accepting = accepting != NULL && ippGetBoolean (accepting, 0) != 0;
  job->printer_reasons = is_over ? dup_reasons (ippFindAttribute (of_job, "job-printer-state-reasons", IPP_TAG_ZERO))
                                 : dup_reasons (ippFindAttribute (of_printer, "printer-state-reasons", IPP_TAG_ZERO));
}

static ipp_t *
ask_job (http_t  *http,
         int      id,
         GError **error)
{
  ipp_t *request = create_request (IPP_OP_GET_JOB_ATTRIBUTES);

  add_job (request, id);
  add_wanted (request, job_attributes, G_N_ELEMENTS (job_attributes));
  return ask (http, request, "/", DBK_PRINT_ERROR_UNKNOWN_JOB, error);
}

static ipp_t *
ask_printer (http_t      *http,
             const char  *printer,
             GError     **error)
{
  ipp_t *request = create_request (IPP_OP_GET_PRINTER_ATTRIBUTES);

  add_printer (request, printer);
  add_wanted (request, state_attributes, G_N_ELEMENTS (state_attributes));
  return ask (http, request, "/", DBK_PRINT_ERROR_UNKNOWN_PRINTER, error);
}

/* The job that is in the printer; without one, a busy printer still works on one that has been taken back. */
static ipp_t *
ask_job_in_printer (http_t      *http,
                    const char  *printer,
                    GError     **error)
{
  static const char *const wanted[] = { "job-id" };
  ipp_t *request = create_request (IPP_OP_GET_JOBS);

  add_printer (request, printer);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", NULL, "processing");
  add_wanted (request, wanted, G_N_ELEMENTS (wanted));
  return ask (http, request, "/", DBK_PRINT_ERROR_UNKNOWN_PRINTER, error);
}

/* CUPS calls a job cancelled at once, and finds its reason when the printer has let go of it; until then it looks like one
 * that the printer itself threw away. */
static gboolean
is_open (const DbkPrintJob *job)
{
  return job->state == DBK_PRINT_JOB_CANCELLED && !g_strv_contains ((const char *const *) job->reasons, BY_USER);
}

/* The job is asked about last: if the printer had let go of it before, what CUPS now says is the end. */
static DbkPrintJob *
look_again (http_t      *http,
            const char  *printer,
            int          id,
            GError     **error)
{
  g_autoptr(ipp_t) of_printer = ask_printer (http, printer, error);
  g_autoptr(ipp_t) in_printer = of_printer != NULL ? ask_job_in_printer (http, printer, error) : NULL;
  g_autoptr(ipp_t) of_job = in_printer != NULL ? ask_job (http, id, error) : NULL;
  DbkPrintJob *job;

  if (of_job == NULL)
    return NULL;
  job = read_job (of_job, id);
  if (is_open (job) && find_integer (of_printer, "printer-state", IPP_PSTATE_IDLE) == IPP_PSTATE_PROCESSING &&
      find_integer (in_printer, "job-id", 0) == 0)
    job->state = DBK_PRINT_JOB_PROCESSING;
  add_printer_state (job, of_job, of_printer);
  job->trouble = dbk_print_trouble_of_job (job);
  return job;
}

static DbkPrintJob *
poll_job (DbkPrintQueue  *queue,
          const char     *printer,
          int             id,
          GError        **error)
{
  g_autoptr(http_t) http = open_connection (error);
  g_autoptr(ipp_t) of_job = http != NULL ? ask_job (http, id, error) : NULL;
  g_autoptr(ipp_t) of_printer = of_job != NULL ? ask_printer (http, printer, error) : NULL;
  g_autoptr(DbkPrintJob) job = NULL;

  if (of_printer == NULL)
    return NULL;
  job = read_job (of_job, id);
  if (is_open (job))
    return look_again (http, printer, id, error);
  add_printer_state (job, of_job, of_printer);
  job->trouble = dbk_print_trouble_of_job (job);
  return g_steal_pointer (&job);
}

static void
dbk_cups_queue_print_queue_init (DbkPrintQueueInterface *iface)
{
  iface->list = list_printers;
  iface->submit = submit_ticket;
  iface->poll = poll_job;
  iface->cancel = cancel_job;
}

static void
dbk_cups_queue_class_init (DbkCupsQueueClass *klass)
{
}

static void
dbk_cups_queue_init (DbkCupsQueue *self)
{
}

DbkPrintQueue *
dbk_cups_queue_new (void)
{
  return g_object_new (DBK_TYPE_CUPS_QUEUE, NULL);
}
