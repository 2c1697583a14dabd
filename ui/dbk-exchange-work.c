/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "config.h"

#include "ui/dbk-exchange-work.h"

#include <string.h>

#include "db/exchange/dbk-exchange-store.h"

#define TOLD_EVERY_US 50000

struct _DbkExchangeWork
{
  gatomicrefcount  holders;
  GCancellable    *cancellable;
  DbkExchangeTold  told;      /* main loop only; NULL: the owner is gone */
  gpointer         data;
  gint64           last_us;   /* worker's thread only */
};

DbkExchangeWork *
dbk_exchange_work_new (DbkExchangeTold told,
                       gpointer        data)
{
  DbkExchangeWork *self = g_new0 (DbkExchangeWork, 1);

  g_atomic_ref_count_init (&self->holders);
  self->cancellable = g_cancellable_new ();
  self->told = told;
  self->data = data;
  return self;
}

static void
drop (DbkExchangeWork *self)
{
  if (!g_atomic_ref_count_dec (&self->holders))
    return;
  g_object_unref (self->cancellable);
  g_free (self);
}

static DbkExchangeWork *
hold (DbkExchangeWork *self)
{
  g_atomic_ref_count_inc (&self->holders);
  return self;
}

void
dbk_exchange_work_unref (DbkExchangeWork *self)
{
  self->told = NULL;
  drop (self);
}

GCancellable *
dbk_exchange_work_get_cancellable (DbkExchangeWork *self)
{
  return self->cancellable;
}

void
dbk_intake_view_free (DbkIntakeView *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->intake, dbk_intake_free);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_error (&self->not_kept);
  g_free (self->path);
  g_free (self);
}

static void
free_missing (DbkMissingTip *missing)
{
  g_free (missing->code);
  g_free (missing);
}

/* ---- progress ---- */

typedef struct
{
  DbkExchangeWork *work;
  double           part;
} Told;

static gboolean
tell_cb (gpointer data)
{
  const Told *told = data;

  if (told->work->told != NULL)
    told->work->told (told->part, told->work->data);
  return G_SOURCE_REMOVE;
}

static void
free_told (gpointer data)
{
  drop (((Told *) data)->work);
  g_free (data);
}

/* On the worker's thread. */
static void
on_progress (gint64   done,
             gint64   all,
             gpointer data)
{
  DbkExchangeWork *self = data;
  gint64 now_us = g_get_monotonic_time ();
  Told *told;

  if (now_us - self->last_us < TOLD_EVERY_US)
    return;
  self->last_us = now_us;
  told = g_new0 (Told, 1);
  told->work = hold (self);
  told->part = all > 0 ? MIN (1.0, (double) done / (double) all) : 0;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_cb, told, free_told);
}

/* ---- jobs ---- */

typedef struct
{
  DbkExchangeWork *work;
  char            *to;
  char            *path;
  gboolean         nothing;
  DbkIntakeMode    mode;
  GPtrArray       *kept;
} Job;

static Job *
new_job (DbkExchangeWork *work,
         const char      *to,
         const char      *path)
{
  Job *job = g_new0 (Job, 1);

  job->work = hold (work);
  job->to = g_strdup (to);
  job->path = g_strdup (path);
  return job;
}

static void
free_job (Job *job)
{
  drop (job->work);
  g_free (job->to);
  g_free (job->path);
  g_clear_pointer (&job->kept, g_ptr_array_unref);
  g_free (job);
}

static gpointer
write_file (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const Job *job = data;
  const DbkSiteFileRequest request = { .site = job->to, .path = job->path, .nothing = job->nothing };
  g_autoptr(DbkExportReport) report = dbk_write_site_file (clinic, session, &request, job->work->cancellable, on_progress, job->work, error);

  return report != NULL ? g_filename_display_basename (job->path) : NULL;
}

static void
add_number (DbkClinic     *clinic,
            DbkIntakeView *view,
            const char    *patient)
{
  g_autoptr(DbkPatient) known = dbk_patient_get (dbk_clinic_get_db (clinic), patient, NULL);

  g_ptr_array_add (view->numbers, g_strdup (known != NULL ? known->number : "?"));
}

static gint64
count_here (DbkDb      *db,
            const char *writer)
{
  g_autoptr(GArray) tips = dbk_tip_list (db, NULL);
  gint64 newest = 0;

  for (guint i = 0; tips != NULL && i < tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (tips, DbkTip, i);

      if (strcmp (tip->writer, writer) == 0)
        newest = MAX (newest, tip->seq);
    }
  return newest;
}

static void
add_missing (DbkClinic     *clinic,
             DbkIntakeView *view,
             const DbkTip  *tip)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  const DbkHome *home = dbk_clinic_get_home (clinic);
  g_autoptr(DbkWriterRow) row = dbk_writer_get (db, tip->writer, NULL);
  g_autoptr(DbkSite) site = dbk_site_get (db, row != NULL ? row->site : strcmp (home->writer, tip->writer) == 0 ? home->site : "", NULL);
  DbkMissingTip *missing = g_new0 (DbkMissingTip, 1);

  missing->code = site != NULL ? g_strdup (site->code) : NULL;
  missing->wanted = tip->seq;
  missing->here = count_here (db, tip->writer);
  g_ptr_array_add (view->missing, missing);
}

static gpointer
take_file (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  Job *job = data;
  DbkIntake *intake = dbk_take_site_file (clinic, session, job->path, job->mode, job->work->cancellable, on_progress, job->work, error);
  DbkIntakeView *view;

  if (intake == NULL)
    return NULL;
  view = g_new0 (DbkIntakeView, 1);
  view->intake = intake;
  view->path = g_strdup (job->path);
  view->numbers = g_ptr_array_new_with_free_func (g_free);
  view->missing = g_ptr_array_new_with_free_func ((GDestroyNotify) free_missing);
  for (guint i = 0; i < intake->missing->len; i++)
    add_missing (clinic, view, &g_array_index (intake->missing, DbkTip, i));
  for (guint i = 0; i < intake->conflicts->len; i++)
    add_number (clinic, view, ((const DbkConflict *) g_ptr_array_index (intake->conflicts, i))->patient);
  for (guint i = 0; i < intake->collisions->len; i++)
    add_number (clinic, view, ((const DbkCollision *) g_ptr_array_index (intake->collisions, i))->patient);
  /* The file is in by now, whatever becomes of this: it is a change of its own. */
  if (job->kept != NULL && dbk_keep_values (clinic, session, job->kept, &view->not_kept))
    view->kept = g_steal_pointer (&job->kept);
  return view;
}

static void
run_write (DbkExchangeWork     *self,
           DbkDesk             *desk,
           Job                 *job,
           GAsyncReadyCallback  callback,
           gpointer             data)
{
  dbk_desk_run_async (desk, DBK_WORK_WRITES, write_file, job, (GDestroyNotify) free_job, g_free, self->cancellable, callback, data);
}

void
dbk_exchange_work_write (DbkExchangeWork     *self,
                         DbkDesk             *desk,
                         const char          *to,
                         const char          *path,
                         GAsyncReadyCallback  callback,
                         gpointer             data)
{
  run_write (self, desk, new_job (self, to, path), callback, data);
}

void
dbk_exchange_work_ask (DbkExchangeWork     *self,
                       DbkDesk             *desk,
                       const char          *to,
                       const char          *path,
                       GAsyncReadyCallback  callback,
                       gpointer             data)
{
  Job *job = new_job (self, to, path);

  job->nothing = TRUE;
  run_write (self, desk, job, callback, data);
}

static void
run_take (DbkExchangeWork     *self,
          DbkDesk             *desk,
          const char          *path,
          DbkIntakeMode        mode,
          GPtrArray           *kept,
          GAsyncReadyCallback  callback,
          gpointer             data)
{
  Job *job = new_job (self, NULL, path);

  job->mode = mode;
  job->kept = kept;
  dbk_desk_run_async (desk, mode == DBK_INTAKE_TAKE ? DBK_WORK_WRITES : DBK_WORK_READS, take_file, job, (GDestroyNotify) free_job,
                      (GDestroyNotify) dbk_intake_view_free, self->cancellable, callback, data);
}

void
dbk_exchange_work_inspect (DbkExchangeWork     *self,
                           DbkDesk             *desk,
                           const char          *path,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  run_take (self, desk, path, DBK_INTAKE_INSPECT, NULL, callback, data);
}

void
dbk_exchange_work_take (DbkExchangeWork     *self,
                        DbkDesk             *desk,
                        const char          *path,
                        GPtrArray           *kept,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  run_take (self, desk, path, DBK_INTAKE_TAKE, kept, callback, data);
}
