/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one thread that owns the open record, for a program with a main loop. Use cases run on it one after the other; results come back in the
 * main context of whoever asked, as GTask does it. The main thread never waits for the disk.
 *
 * Signal "changed" (main thread): a job that may write has ended well; whoever shows something reads it again. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

#define DBK_TYPE_WORKER (dbk_worker_get_type ())
G_DECLARE_FINAL_TYPE (DbkWorker, dbk_worker, DBK, WORKER, GObject)

DbkWorker *dbk_worker_new (void);

/* One use case, on the worker's thread. @session is a copy of the one passed to dbk_worker_run_async(), NULL if that was NULL. Returns the
 * result, or NULL with an error; a use case without a result returns GINT_TO_POINTER (TRUE). */
typedef gpointer (*DbkWorkFunc) (DbkClinic *clinic, const DbkSession *session, gpointer data, GError **error);

typedef enum
{
  DBK_WORK_READS,
  DBK_WORK_WRITES
} DbkWorkKind;

/* @data goes to @free_data (may be NULL), also if the job never ran; a result that nobody took goes to @free_result. @cancellable stops long
 * reads, and imports before they commit. */
void     dbk_worker_run_async  (DbkWorker *self, DbkWorkKind kind, const DbkSession *session, DbkWorkFunc func, gpointer data,
                                GDestroyNotify free_data, GDestroyNotify free_result, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gpointer dbk_worker_run_finish (DbkWorker *self, GAsyncResult *result, GError **error);

/* What the window needs to know of the open record without asking the thread. Strings are borrowed until the next open. */
typedef struct
{
  char    *path;
  char    *site_name;
  char    *site_code;
  char    *timezone;
  gboolean demo;
  gboolean point; /* of a dosing point, not the clinic itself */
  gboolean nobody; /* has no staff yet: a dosing point that waits for the clinic's first file */
} DbkOpenRecord;

/* Opens the record at @path for writing; what was open is closed first. */
void     dbk_worker_open_async  (DbkWorker *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean dbk_worker_open_finish (DbkWorker *self, GAsyncResult *result, GError **error);

/* Anything slow that needs the worker's thread but no open record (making a record, restoring a copy): what is open is closed before. */
typedef gpointer (*DbkLoneFunc) (gpointer data, GCancellable *cancellable, GError **error);
void     dbk_worker_run_alone_async (DbkWorker *self, DbkLoneFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* NULL while nothing is open. */
const DbkOpenRecord *dbk_worker_get_record (DbkWorker *self);

/* Waits until everything queued is done and the record is closed. At the end of the program. */
void dbk_worker_close (DbkWorker *self);

G_END_DECLS
