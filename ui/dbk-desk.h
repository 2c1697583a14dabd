/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages of one window share: the worker with the open record, who is signed in, this computer's settings, the print jobs. Main
 * thread.
 *
 * Signals: "changed" (the record may be another: read again), "session-changed", "toast" (a sentence to show for a moment). */
#pragma once

#include <gio/gio.h>

#include "app/dbk-print-desk.h"
#include "app/dbk-worker.h"

G_BEGIN_DECLS

#define DBK_TYPE_DESK (dbk_desk_get_type ())
G_DECLARE_FINAL_TYPE (DbkDesk, dbk_desk, DBK, DESK, GObject)

DbkDesk *dbk_desk_new (void);

DbkWorker    *dbk_desk_get_worker   (DbkDesk *self);
GSettings    *dbk_desk_get_settings (DbkDesk *self);
DbkPrintDesk *dbk_desk_get_print    (DbkDesk *self);

/* NULL while nobody is signed in. Borrowed until the next change. */
const DbkSession *dbk_desk_get_session (DbkDesk *self);
void              dbk_desk_set_session (DbkDesk *self, const DbkSession *session); /* copied; NULL signs out */

/* NULL while nothing is open; else the clinic's time zone. */
const char *dbk_desk_get_timezone (DbkDesk *self);

/* Today at the clinic. */
DbkDay dbk_desk_today (DbkDesk *self);

/* dbk_worker_run_async() as whoever is signed in. */
void dbk_desk_run_async (DbkDesk *self, DbkWorkKind kind, DbkWorkFunc func, gpointer data, GDestroyNotify free_data,
                         GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer dbk_desk_run_finish (GAsyncResult *result, GError **error);

void dbk_desk_toast (DbkDesk *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The record may be another although no job of this desk has written: an import elsewhere, a new day. */
void dbk_desk_note_change (DbkDesk *self);

G_END_DECLS
