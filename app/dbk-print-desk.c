/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-print"

#include "app/dbk-print-desk.h"

#define POLL_MS 1500
#define US_PER_MS 1000

struct _DbkPrintDesk
{
  GObject parent_instance;

  /* Owned */
  DbkWorker     *worker;
  DbkPrintQueue *queue;
  GPtrArray     *open;    /* Errand, which begins as a DbkOpenJob */

  guint          timer;   /* while there is something to poll */
  gboolean       polling;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkPrintDesk, dbk_print_desk, G_TYPE_OBJECT)

/* One job, on the main thread. Threads get copies. */
typedef struct
{
  DbkOpenJob    shown;
  DbkDocument  *document;
  DbkMadePaper *made;  /* NULL: a test page */
  DbkJobRow    *row;   /* NULL until recorded, and for test pages */
  int           job;   /* the queue's number; 0: not sent */
  DbkPrintWatch watch;
  gboolean      cancelled;
} Errand;

static void
free_errand (Errand *errand)
{
  g_free (errand->shown.id);
  g_free (errand->shown.printer);
  g_free (errand->shown.kind);
  g_free (errand->shown.patient);
  g_free (errand->shown.number);
  g_clear_pointer (&errand->document, dbk_document_unref);
  g_clear_pointer (&errand->made, dbk_made_paper_free);
  g_clear_pointer (&errand->row, dbk_job_row_free);
  g_free (errand);
}

static Errand *
find_errand (DbkPrintDesk *self,
             const char   *id)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      Errand *errand = g_ptr_array_index (self->open, i);

      if (strcmp (errand->shown.id, id) == 0)
        return errand;
    }
  return NULL;
}

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / US_PER_MS;
}

/* ---- recording, through the worker ---- */

static gpointer
put_row (DbkClinic         *clinic,
         const DbkSession  *session,
         gpointer           data,
         GError           **error)
{
  return GINT_TO_POINTER (dbk_print_job_update (clinic, data, error));
}

static void
on_row_put_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  /* The paper is what counts; that its state could not be noted is for the log. */
  if (dbk_worker_run_finish (DBK_WORKER (source), result, &error) == NULL)
    g_message ("The state of a print job was not recorded: %s", error->message);
}

static void
record_state (DbkPrintDesk *self,
              Errand       *errand)
{
  DbkJobRow *row;

  if (errand->row == NULL)
    return;
  row = g_new0 (DbkJobRow, 1);
  row->id = g_strdup (errand->row->id);
  row->document = g_strdup (errand->row->document);
  row->printer = g_strdup (errand->row->printer);
  row->ms = errand->row->ms;
  row->job = errand->job;
  row->state = g_strdup (dbk_print_job_state_word (&errand->watch, errand->job != 0));
  row->trouble = g_strdup (dbk_paper_trouble_to_word (errand->watch.trouble));
  row->message = g_strdup ("");
  /* Nothing that is shown elsewhere depends on it: no need to have everybody read again. */
  dbk_worker_run_async (self->worker, DBK_WORK_READS, NULL, put_row, row, (GDestroyNotify) dbk_job_row_free, NULL, NULL, on_row_put_cb, NULL);
}

static void
note_change (DbkPrintDesk *self,
             Errand       *errand)
{
  DbkPrintPhase phase = errand->watch.phase;

  record_state (self, errand);
  errand->shown.phase = phase;
  errand->shown.trouble = errand->watch.trouble;
  if (phase == DBK_PRINT_PHASE_PRINTED || phase == DBK_PRINT_PHASE_CANCELLED)
    g_ptr_array_remove (self->open, errand);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- polling ---- */

typedef struct
{
  char        *id;
  char        *printer;
  int          job;
  gboolean     cancel;
  DbkPrintJob *polled;
  GError      *error;
} Question;

static void
free_question (Question *question)
{
  g_free (question->id);
  g_free (question->printer);
  g_clear_pointer (&question->polled, dbk_print_job_free);
  g_clear_error (&question->error);
  g_free (question);
}

static void
ask_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  DbkPrintDesk *self = DBK_PRINT_DESK (source);
  GPtrArray *questions = task_data;

  for (guint i = 0; i < questions->len; i++)
    {
      Question *question = g_ptr_array_index (questions, i);

      if (question->cancel)
        dbk_print_queue_cancel (self->queue, question->job, NULL);
      question->polled = dbk_print_queue_poll (self->queue, question->printer, question->job, &question->error);
    }
  g_task_return_boolean (task, TRUE);
}

static void update_timer (DbkPrintDesk *self);

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DbkPrintDesk *self = DBK_PRINT_DESK (source);
  GPtrArray *questions = g_task_get_task_data (G_TASK (result));

  self->polling = FALSE;
  for (guint i = 0; i < questions->len; i++)
    {
      const Question *question = g_ptr_array_index (questions, i);
      Errand *errand = find_errand (self, question->id);

      if (errand != NULL && dbk_print_watch_step (&errand->watch, question->polled, question->error, now_ms (), DBK_PRINT_PATIENCE_MS))
        note_change (self, errand);
    }
  update_timer (self);
}

static gboolean
is_to_be_polled (const Errand *errand)
{
  return errand->job != 0 && !dbk_print_phase_is_final (errand->watch.phase);
}

static gboolean
poll_cb (gpointer user_data)
{
  DbkPrintDesk *self = user_data;
  g_autoptr(GTask) task = NULL;
  GPtrArray *questions;

  if (self->polling)
    return G_SOURCE_CONTINUE;
  questions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_question);
  for (guint i = 0; i < self->open->len; i++)
    {
      const Errand *errand = g_ptr_array_index (self->open, i);
      Question *question;

      if (!is_to_be_polled (errand))
        continue;
      question = g_new0 (Question, 1);
      question->id = g_strdup (errand->shown.id);
      question->printer = g_strdup (errand->shown.printer);
      question->job = errand->job;
      question->cancel = errand->cancelled;
      g_ptr_array_add (questions, question);
    }
  self->polling = TRUE;
  task = g_task_new (self, NULL, on_asked_cb, NULL);
  g_task_set_task_data (task, questions, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, ask_in_thread);
  return G_SOURCE_CONTINUE;
}

static void
update_timer (DbkPrintDesk *self)
{
  gboolean needed = FALSE;

  for (guint i = 0; i < self->open->len; i++)
    needed |= is_to_be_polled (g_ptr_array_index (self->open, i));
  if (needed && self->timer == 0)
    self->timer = g_timeout_add (POLL_MS, poll_cb, self);
  else if (!needed)
    g_clear_handle_id (&self->timer, g_source_remove);
}

/* ---- sending ---- */

typedef struct
{
  char        *id;
  char        *printer;
  DbkDocument *document;
} Parcel;

static void
free_parcel (Parcel *parcel)
{
  g_free (parcel->id);
  g_free (parcel->printer);
  dbk_document_unref (parcel->document);
  g_free (parcel);
}

static void
submit_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  DbkPrintDesk *self = DBK_PRINT_DESK (source);
  const Parcel *parcel = task_data;
  g_autoptr(GBytes) pdf = NULL;
  GError *error = NULL;
  DbkPrintTicket ticket = { NULL };
  int job = 0;

  if (dbk_document_write_pdf (parcel->document, &pdf, &error))
    {
      dbk_print_ticket_fill (&ticket, parcel->document, pdf, parcel->printer);
      job = dbk_print_queue_submit (self->queue, &ticket, &error);
    }
  if (job != 0)
    g_task_return_int (task, job);
  else
    g_task_return_error (task, error);
}

static DbkPaperTrouble
trouble_of (const GError *error)
{
  if (g_error_matches (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_UNREACHABLE))
    return DBK_PAPER_TROUBLE_NO_SERVICE;
  if (g_error_matches (error, DBK_PRINT_ERROR, DBK_PRINT_ERROR_NOT_ACCEPTING))
    return DBK_PAPER_TROUBLE_NOT_ACCEPTING;
  return DBK_PAPER_TROUBLE_REJECTED;
}

static void
on_submitted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DbkPrintDesk *self = DBK_PRINT_DESK (source);
  const Parcel *parcel = g_task_get_task_data (G_TASK (result));
  Errand *errand = find_errand (self, parcel->id);
  g_autoptr(GError) error = NULL;
  int job = (int) g_task_propagate_int (G_TASK (result), &error);

  if (errand == NULL)
    return;
  errand->job = error == NULL ? job : 0;
  if (error != NULL)
    {
      errand->watch.phase = DBK_PRINT_PHASE_FAILED;
      errand->watch.trouble = trouble_of (error);
    }
  else
    dbk_print_watch_start (&errand->watch, now_ms ());
  note_change (self, errand);
  update_timer (self);
}

static void
submit (DbkPrintDesk *self,
        const Errand *errand)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, on_submitted_cb, NULL);
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->id = g_strdup (errand->shown.id);
  parcel->printer = g_strdup (errand->shown.printer);
  parcel->document = dbk_document_ref (errand->document);
  g_task_set_task_data (task, parcel, (GDestroyNotify) free_parcel);
  g_task_run_in_thread (task, submit_in_thread);
}

static Errand *
add_errand (DbkPrintDesk *self,
            DbkDocument  *document,
            const char   *printer,
            const char   *kind,
            const char   *number)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->shown.id = dbk_fact_log_new_id ();
  errand->shown.printer = g_strdup (printer);
  errand->shown.kind = g_strdup (kind);
  errand->shown.number = g_strdup (number);
  errand->document = document;
  g_ptr_array_add (self->open, errand);
  return errand;
}

/* ---- recorded before it is sent ---- */

typedef struct
{
  DbkPrintDesk *desk;
  char         *id;
} Noting;

typedef struct
{
  char *document;
  char *printer;
} NoteData;

static void
free_note (NoteData *note)
{
  g_free (note->document);
  g_free (note->printer);
  g_free (note);
}

static gpointer
note_job (DbkClinic         *clinic,
          const DbkSession  *session,
          gpointer           data,
          GError           **error)
{
  const NoteData *note = data;
  const DbkMadePaper made = { .id = note->document };

  return dbk_print_job_note (clinic, &made, note->printer, error);
}

static void
on_noted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Noting *noting = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkJobRow) row = dbk_worker_run_finish (DBK_WORKER (source), result, &error);
  Errand *errand = find_errand (noting->desk, noting->id);

  if (errand != NULL && row != NULL)
    {
      errand->row = g_steal_pointer (&row);
      submit (noting->desk, errand);
    }
  else if (errand != NULL)
    {
      /* Not recorded is not sent: paper that nobody knows of could come out twice. */
      errand->watch.phase = DBK_PRINT_PHASE_FAILED;
      note_change (noting->desk, errand);
    }
  g_object_unref (noting->desk);
  g_free (noting->id);
  g_free (noting);
}

void
dbk_print_desk_send (DbkPrintDesk *self,
                     DbkMadePaper *made,
                     const char   *printer,
                     const char   *number)
{
  Errand *errand = add_errand (self, dbk_document_ref (made->document), printer, made->kind, number);
  NoteData *note = g_new0 (NoteData, 1);
  Noting *noting = g_new0 (Noting, 1);

  errand->made = made;
  errand->shown.patient = g_strdup (made->patient);
  note->document = g_strdup (made->id);
  note->printer = g_strdup (printer);
  noting->desk = g_object_ref (self);
  noting->id = g_strdup (errand->shown.id);
  dbk_worker_run_async (self->worker, DBK_WORK_READS, NULL, note_job, note, (GDestroyNotify) free_note, (GDestroyNotify) dbk_job_row_free, NULL,
                        on_noted_cb, noting);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
dbk_print_desk_send_test (DbkPrintDesk *self,
                          DbkDocument  *document,
                          const char   *printer)
{
  submit (self, add_errand (self, document, printer, "test", NULL));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- asked by the window ---- */

GPtrArray *
dbk_print_desk_get_open (DbkPrintDesk *self)
{
  return self->open;
}

DbkPaperTrouble
dbk_print_desk_get_trouble (DbkPrintDesk *self)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      const DbkOpenJob *job = g_ptr_array_index (self->open, i);

      if (job->trouble != DBK_PAPER_TROUBLE_NONE)
        return job->trouble;
      if (job->phase == DBK_PRINT_PHASE_NOT_ANSWERING)
        return DBK_PAPER_TROUBLE_NOT_ANSWERING;
    }
  return DBK_PAPER_TROUBLE_NONE;
}

void
dbk_print_desk_cancel (DbkPrintDesk *self,
                       const char   *id)
{
  Errand *errand = find_errand (self, id);

  if (errand == NULL)
    return;
  if (is_to_be_polled (errand))
    {
      errand->cancelled = TRUE;
      poll_cb (self);
      return;
    }
  g_ptr_array_remove (self->open, errand);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

DbkPrintQueue *
dbk_print_desk_get_queue (DbkPrintDesk *self)
{
  return self->queue;
}

static void
dbk_print_desk_dispose (GObject *object)
{
  DbkPrintDesk *self = DBK_PRINT_DESK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_clear_object (&self->worker);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (dbk_print_desk_parent_class)->dispose (object);
}

static void
dbk_print_desk_class_init (DbkPrintDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_print_desk_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dbk_print_desk_init (DbkPrintDesk *self)
{
  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify) free_errand);
}

DbkPrintDesk *
dbk_print_desk_new (DbkWorker     *worker,
                    DbkPrintQueue *queue)
{
  DbkPrintDesk *self = g_object_new (DBK_TYPE_PRINT_DESK, NULL);

  self->worker = g_object_ref (worker);
  self->queue = g_object_ref (queue);
  return self;
}
