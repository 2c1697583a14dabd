/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-worker"

#include "app/dbk-worker.h"

#include <glib/gi18n.h>

struct _DbkWorker
{
  GObject parent_instance;

  /* Owned */
  GThreadPool   *pool;    /* one thread */
  DbkOpenRecord *record;  /* main thread; NULL: nothing is open */

  DbkClinic     *clinic;  /* the pool's thread only */
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkWorker, dbk_worker, G_TYPE_OBJECT)

typedef struct
{
  DbkWorkKind    kind;
  DbkSession    *session;
  DbkWorkFunc    func;
  DbkLoneFunc    lone;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  char          *path;      /* to open */
} Job;

static void
free_job (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_clear_pointer (&job->session, dbk_session_free);
  g_free (job->path);
  g_free (job);
}

static void
free_record (DbkOpenRecord *record)
{
  g_free (record->path);
  g_free (record->site_name);
  g_free (record->site_code);
  g_free (record->timezone);
  g_free (record);
}

/* ---- on the worker's thread ---- */

static gpointer
open_record (DbkWorker   *self,
             const char  *path,
             GError     **error)
{
  const DbkSite *site;
  DbkOpenRecord *record;
  g_autoptr(GPtrArray) staff = NULL;

  g_clear_pointer (&self->clinic, dbk_clinic_close);
  self->clinic = dbk_clinic_open (path, DBK_DB_WRITE, error);
  staff = self->clinic != NULL ? dbk_staff_list (dbk_clinic_get_db (self->clinic), error) : NULL;
  if (staff == NULL)
    return NULL;
  site = dbk_clinic_get_site (self->clinic);
  record = g_new0 (DbkOpenRecord, 1);
  record->path = g_strdup (path);
  record->site_name = g_strdup (site->name);
  record->site_code = g_strdup (site->code);
  record->timezone = g_strdup (site->timezone);
  record->demo = dbk_clinic_is_demo (self->clinic);
  record->point = !dbk_clinic_get_home (self->clinic)->here;
  record->nobody = staff->len == 0;
  return record;
}

static gpointer
run_job (DbkWorker     *self,
         const Job     *job,
         GCancellable  *cancellable,
         GError       **error)
{
  gpointer result;

  if (job->path != NULL)
    return open_record (self, job->path, error);
  if (job->lone != NULL)
    {
      g_clear_pointer (&self->clinic, dbk_clinic_close);
      return job->lone (job->data, cancellable, error);
    }
  if (self->clinic == NULL)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_FAILED, N_("No record is open"));
      return NULL;
    }
  if (job->kind == DBK_WORK_READS)
    dbk_db_set_cancellable (dbk_clinic_get_db (self->clinic), cancellable);
  result = job->func (self->clinic, job->session, job->data, error);
  if (result != NULL && job->kind == DBK_WORK_WRITES)
    dbk_clinic_note_newest (self->clinic);
  dbk_db_set_cancellable (dbk_clinic_get_db (self->clinic), NULL);
  return result;
}

static void
do_task (gpointer data,
         gpointer user_data)
{
  g_autoptr(GTask) task = data;
  DbkWorker *self = user_data;
  const Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gpointer result = NULL;

  /* The last message: nothing may touch the record after it. */
  if (job == NULL)
    {
      g_clear_pointer (&self->clinic, dbk_clinic_close);
      return;
    }
  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    result = run_job (self, job, g_task_get_cancellable (task), &error);
  if (result != NULL)
    g_task_return_pointer (task, result, job->free_result);
  else
    g_task_return_error (task, error != NULL ? g_steal_pointer (&error)
                                             : g_error_new_literal (DBK_APP_ERROR, DBK_APP_ERROR_FAILED, "A job ended without a result"));
}

/* ---- on the main thread ---- */

static void
push (DbkWorker           *self,
      Job                 *job,
      GCancellable        *cancellable,
      gpointer             source_tag,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* What is on the disk is told, also if somebody has cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);
  g_thread_pool_push (self->pool, task, NULL);
}

void
dbk_worker_run_async (DbkWorker           *self,
                      DbkWorkKind          kind,
                      const DbkSession    *session,
                      DbkWorkFunc          func,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GDestroyNotify       free_result,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->session = session != NULL ? dbk_session_copy (session) : NULL;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  push (self, job, cancellable, dbk_worker_run_async, callback, user_data);
}

gpointer
dbk_worker_run_finish (DbkWorker     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  GTask *task = G_TASK (result);
  const Job *job = g_task_get_task_data (task);
  gboolean writes = job->kind == DBK_WORK_WRITES;
  gpointer value = g_task_propagate_pointer (task, error);

  if (value != NULL && writes)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return value;
}

void
dbk_worker_run_alone_async (DbkWorker           *self,
                            DbkLoneFunc          func,
                            gpointer             data,
                            GDestroyNotify       free_data,
                            GDestroyNotify       free_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->lone = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_clear_pointer (&self->record, free_record);
  push (self, job, cancellable, dbk_worker_run_alone_async, callback, user_data);
}

void
dbk_worker_open_async (DbkWorker           *self,
                       const char          *path,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->free_result = (GDestroyNotify) free_record;
  g_clear_pointer (&self->record, free_record);
  push (self, job, cancellable, dbk_worker_open_async, callback, user_data);
}

gboolean
dbk_worker_open_finish (DbkWorker     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_clear_pointer (&self->record, free_record);
  self->record = g_task_propagate_pointer (G_TASK (result), error);
  return self->record != NULL;
}

const DbkOpenRecord *
dbk_worker_get_record (DbkWorker *self)
{
  return self->record;
}

void
dbk_worker_close (DbkWorker *self)
{
  GTask *last;

  if (self->pool == NULL)
    return;
  last = g_task_new (NULL, NULL, NULL, NULL);
  g_thread_pool_push (self->pool, last, NULL);
  g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
  g_clear_pointer (&self->record, free_record);
}

static void
dbk_worker_dispose (GObject *object)
{
  dbk_worker_close (DBK_WORKER (object));
  G_OBJECT_CLASS (dbk_worker_parent_class)->dispose (object);
}

static void
dbk_worker_class_init (DbkWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_worker_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dbk_worker_init (DbkWorker *self)
{
  self->pool = g_thread_pool_new (do_task, self, 1, TRUE, NULL);
  /* An exclusive pool of one cannot fail to have its thread; without it nothing works. */
  g_assert (self->pool != NULL);
}

DbkWorker *
dbk_worker_new (void)
{
  return g_object_new (DBK_TYPE_WORKER, NULL);
}
