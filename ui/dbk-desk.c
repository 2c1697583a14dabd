/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-desk"

#include "config.h"

#include "ui/dbk-desk.h"

#include "printing/dbk-cups-queue.h"

struct _DbkDesk
{
  GObject parent_instance;

  /* Owned */
  DbkWorker    *worker;
  DbkPrintDesk *print;
  GSettings    *settings;
  DbkSession   *session;
};

enum { SIGNAL_CHANGED, SIGNAL_SESSION_CHANGED, SIGNAL_TOAST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkDesk, dbk_desk, G_TYPE_OBJECT)

DbkWorker *
dbk_desk_get_worker (DbkDesk *self)
{
  return self->worker;
}

GSettings *
dbk_desk_get_settings (DbkDesk *self)
{
  return self->settings;
}

DbkPrintDesk *
dbk_desk_get_print (DbkDesk *self)
{
  return self->print;
}

const DbkSession *
dbk_desk_get_session (DbkDesk *self)
{
  return self->session;
}

void
dbk_desk_set_session (DbkDesk          *self,
                      const DbkSession *session)
{
  DbkSession *copy = session != NULL ? dbk_session_copy (session) : NULL;

  g_clear_pointer (&self->session, dbk_session_free);
  self->session = copy;
  g_signal_emit (self, signals[SIGNAL_SESSION_CHANGED], 0);
}

const char *
dbk_desk_get_timezone (DbkDesk *self)
{
  const DbkOpenRecord *record = dbk_worker_get_record (self->worker);

  return record != NULL ? record->timezone : NULL;
}

DbkDay
dbk_desk_today (DbkDesk *self)
{
  const char *zone = dbk_desk_get_timezone (self);
  g_autoptr(DbkClock) clock = dbk_clock_new (zone != NULL ? zone : "UTC", NULL);

  return clock != NULL ? dbk_clock_today (clock) : DBK_DAY_NONE;
}

void
dbk_desk_run_async (DbkDesk             *self,
                    DbkWorkKind          kind,
                    DbkWorkFunc          func,
                    gpointer             data,
                    GDestroyNotify       free_data,
                    GDestroyNotify       free_result,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  dbk_worker_run_async (self->worker, kind, self->session, func, data, free_data, free_result, cancellable, callback, user_data);
}

gpointer
dbk_desk_run_finish (GAsyncResult  *result,
                     GError       **error)
{
  g_autoptr(GObject) worker = g_async_result_get_source_object (result);

  return dbk_worker_run_finish (DBK_WORKER (worker), result, error);
}

void
dbk_desk_toast (DbkDesk    *self,
                const char *format,
                ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, text);
}

void
dbk_desk_note_change (DbkDesk *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
dbk_desk_dispose (GObject *object)
{
  DbkDesk *self = DBK_DESK (object);

  g_clear_object (&self->print);
  g_clear_object (&self->worker);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->session, dbk_session_free);
  G_OBJECT_CLASS (dbk_desk_parent_class)->dispose (object);
}

static void
dbk_desk_class_init (DbkDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_desk_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SESSION_CHANGED] = g_signal_new ("session-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING);
}

static void
dbk_desk_init (DbkDesk *self)
{
  g_autoptr(DbkPrintQueue) queue = dbk_cups_queue_new ();

  self->worker = dbk_worker_new ();
  self->print = dbk_print_desk_new (self->worker, queue);
  self->settings = g_settings_new (DBK_APP_ID);
  g_signal_connect_object (self->worker, "changed", G_CALLBACK (dbk_desk_note_change), self, G_CONNECT_SWAPPED);
}

DbkDesk *
dbk_desk_new (void)
{
  return g_object_new (DBK_TYPE_DESK, NULL);
}
