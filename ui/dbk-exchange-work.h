/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a site file, looking at one, taking one in: on the worker's thread, with progress in the main loop, and a way to stop. Counted: the job
 * and whoever waits for it hold it. */
#pragma once

#include <gio/gio.h>

#include "app/dbk-register-patient.h"
#include "app/dbk-site-files.h"
#include "ui/dbk-desk.h"

G_BEGIN_DECLS

typedef struct _DbkExchangeWork DbkExchangeWork;

/* @part: 0 to 1, or 0 where the whole is not known. In the main loop; not called any more after the owner has given the work back. */
typedef void (*DbkExchangeTold) (double part, gpointer data);

DbkExchangeWork *dbk_exchange_work_new   (DbkExchangeTold told, gpointer data);
/* Of the owner: the last word of it. */
void             dbk_exchange_work_unref (DbkExchangeWork *self);
GCancellable    *dbk_exchange_work_get_cancellable (DbkExchangeWork *self);

/* How far a computer is known here, and how far the file asks for it. */
typedef struct
{
  char  *code;    /* of its place; NULL: not known */
  gint64 wanted;  /* facts that come before the file */
  gint64 here;
} DbkMissingTip;

/* What a site file brings, with what is needed to show it: a snapshot. */
typedef struct
{
  DbkIntake *intake;
  char      *path;
  GPtrArray *numbers;   /* of the patients of intake->conflicts, then of intake->collisions: char *, or "?" */
  GPtrArray *missing;   /* DbkMissingTip, of intake->missing */
  GPtrArray *kept;      /* DbkKeptValue: what was kept against the later change; NULL: nothing was to be */
  GError    *not_kept;  /* taken in, but these were not written: why */
} DbkIntakeView;

void dbk_intake_view_free (DbkIntakeView *self);

/* dbk_desk_run_finish() gives the file's name (char *) … */
void dbk_exchange_work_write   (DbkExchangeWork *self, DbkDesk *desk, const char *to, const char *path, GAsyncReadyCallback callback, gpointer data);
/* … or a DbkIntakeView. */
void dbk_exchange_work_inspect (DbkExchangeWork *self, DbkDesk *desk, const char *path, GAsyncReadyCallback callback, gpointer data);
/* @kept: DbkKeptValue; taken. */
void dbk_exchange_work_take    (DbkExchangeWork *self, DbkDesk *desk, const char *path, GPtrArray *kept, GAsyncReadyCallback callback, gpointer data);
/* A file that asks for what is missing, for the clinic or the place @to. */
void dbk_exchange_work_ask     (DbkExchangeWork *self, DbkDesk *desk, const char *to, const char *path, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
