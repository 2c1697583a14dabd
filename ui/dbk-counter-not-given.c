/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-counter"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-reverse-dose.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-counter-page-private.h"
#include "ui/dbk-dialogs.h"

typedef struct
{
  char *patient;
  char *reason;
} NotGiven;

static void
free_not_given (NotGiven *not_given)
{
  g_free (not_given->patient);
  g_free (not_given->reason);
  g_free (not_given);
}

static gpointer
put_not_given (DbkClinic         *clinic,
               const DbkSession  *session,
               gpointer           data,
               GError           **error)
{
  const NotGiven *not_given = data;

  return GINT_TO_POINTER (dbk_record_not_given (clinic, session, not_given->patient, not_given->reason, NULL, NULL, error));
}

static void
on_not_given_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkCounterWait) wait = user_data;
  DbkCounterPage *self = wait->page;
  g_autoptr(GError) error = NULL;
  gboolean done = dbk_desk_run_finish (result, &error) != NULL;

  if (self->box == NULL)
    return;
  if (done)
    dbk_desk_toast (self->desk, "%s", _("Recorded: no dose given"));
  else
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
  if (_dbk_counter_wait_is_over (wait))
    return;
  self->busy = FALSE;
  if (done)
    dbk_counter_page_leave (self);
  else
    _dbk_counter_page_look_again (self);
  _dbk_counter_page_update_actions (self);
}

static void
record_not_given (const char *reason,
                  gpointer    data)
{
  DbkCounterPage *self = data;
  NotGiven *not_given;

  if (self->view == NULL || self->busy)
    return;
  not_given = g_new0 (NotGiven, 1);
  not_given->patient = g_strdup (self->view->patient->id);
  not_given->reason = g_strdup (reason);
  self->busy = TRUE;
  _dbk_counter_page_update_actions (self);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, put_not_given, not_given, (GDestroyNotify) free_not_given, NULL, NULL, on_not_given_cb,
                      _dbk_counter_wait_new (self));
}

void
_dbk_counter_page_ask_not_given (GtkWidget  *widget,
                                 const char *action,
                                 GVariant   *parameter)
{
  dbk_choice_dialog_show (widget, _("No dose given"), _("Why?"), dbk_not_given_reasons (), _("_Record"), record_not_given, widget);
}

void
_dbk_counter_page_set_aside (GtkWidget  *widget,
                             const char *action,
                             GVariant   *parameter)
{
  record_not_given ("set-aside", widget);
}
