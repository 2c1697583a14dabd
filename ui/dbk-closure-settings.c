/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-settings"

#include "config.h"

#include "ui/dbk-closure-settings.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-sign-order.h"
#include "db/dbk-order-store.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-span-dialog.h"

#define SHOWN_BACK_DAYS 92 /* older ones are in the record, and of no use here */

struct _DbkClosureSettings
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *add;
  GPtrArray *rows;  /* borrowed from the group */
  DbkDesk   *desk;
  char      *about; /* id of the closure that a question is open about */
};

G_DEFINE_FINAL_TYPE (DbkClosureSettings, dbk_closure_settings, ADW_TYPE_PREFERENCES_GROUP)

/* ---- closing ---- */

static gpointer
close_clinic (DbkClinic         *clinic,
              const DbkSession  *session,
              gpointer           data,
              GError           **error)
{
  return GINT_TO_POINTER (dbk_plan_absence (clinic, session, data, error));
}

static void
on_closed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkClosureSettings) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && self->desk != NULL)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

static void
on_span_chosen (const DbkSpan *span,
                gpointer       data)
{
  DbkClosureSettings *self = data;
  DbkAbsence *closure = dbk_absence_new ();

  closure->from = span->from;
  closure->to = span->to;
  closure->reason = g_strdup (span->reason);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, close_clinic, closure, (GDestroyNotify) dbk_absence_free, NULL, NULL, on_closed_cb,
                      g_object_ref (self));
}

static void
on_add_clicked_cb (DbkClosureSettings *self)
{
  const DbkSpanQuestion question = { _("The clinic is closed"), _("Nobody is given a dose on these days, and nobody misses one."),
                                     dbk_closure_reasons (), NULL, _("_Close on these days"), dbk_desk_today (self->desk) };

  dbk_span_dialog_show (GTK_WIDGET (self), &question, on_span_chosen, self);
}

/* ---- withdrawing ---- */

static gpointer
open_again (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return GINT_TO_POINTER (dbk_withdraw_absence (clinic, session, NULL, data, error));
}

static void
on_withdrawal_confirmed (DbkClosureSettings *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, open_again, g_strdup (self->about), g_free, NULL, NULL, on_closed_cb, g_object_ref (self));
}

static void
on_withdraw_clicked_cb (GtkWidget *button)
{
  DbkClosureSettings *self = DBK_CLOSURE_SETTINGS (gtk_widget_get_ancestor (button, DBK_TYPE_CLOSURE_SETTINGS));

  g_free (self->about);
  self->about = g_strdup (g_object_get_data (G_OBJECT (button), "closure"));
  dbk_ask (GTK_WIDGET (self), _("Open on these days after all?"), _("It was a mistake: whoever did not come has missed a dose."), _("_Withdraw"),
           G_CALLBACK (on_withdrawal_confirmed), self);
}

/* ---- the list ---- */

static GtkWidget *
add_row (DbkClosureSettings *self,
         const char         *title,
         const char         *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (text != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_closure (DbkClosureSettings *self,
             const DbkAbsence   *closure)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *first = dbk_day_format_weekday (closure->from, language), *last = dbk_day_format_weekday (closure->to, language);
  /* Translators: first day, last day. */
  g_autofree char *span = closure->from == closure->to ? g_strdup (first) : g_strdup_printf (_("%s to %s"), first, last);

  GtkWidget *row = add_row (self, span, dbk_reason_text (closure->reason)), *button;

  if (!gtk_widget_get_visible (self->add))
    return;
  button = gtk_button_new_with_mnemonic (_("_Withdraw…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "closure", g_strdup (closure->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_withdraw_clicked_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static gpointer
read_closures (DbkClinic         *clinic,
               const DbkSession  *session,
               gpointer           data,
               GError           **error)
{
  return dbk_absence_list (dbk_clinic_get_db (clinic), NULL, error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkClosureSettings) self = user_data;
  g_autoptr(GPtrArray) closures = dbk_desk_run_finish (result, NULL);

  if (closures == NULL || self->desk == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < closures->len; i++)
    {
      const DbkAbsence *closure = g_ptr_array_index (closures, i);

      if (closure->to >= dbk_desk_today (self->desk) - SHOWN_BACK_DAYS)
        add_closure (self, closure);
    }
  if (self->rows->len == 0)
    add_row (self, _("Open every day"), NULL);
}

static void
read_again (DbkClosureSettings *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_closures, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, on_read_cb,
                      g_object_ref (self));
}

void
dbk_closure_settings_set_desk (DbkClosureSettings *self,
                               DbkDesk            *desk)
{
  const DbkSession *session = dbk_desk_get_session (desk);

  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->add, session != NULL && dbk_role_may (session->role, DBK_ACT_CLOSE_CLINIC));
  g_signal_connect_object (desk, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
}

static void
dbk_closure_settings_dispose (GObject *object)
{
  DbkClosureSettings *self = DBK_CLOSURE_SETTINGS (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->about, g_free);
  G_OBJECT_CLASS (dbk_closure_settings_parent_class)->dispose (object);
}

static void
dbk_closure_settings_class_init (DbkClosureSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dbk_closure_settings_dispose;
}

static void
dbk_closure_settings_init (DbkClosureSettings *self)
{
  self->rows = g_ptr_array_new ();
  self->add = gtk_button_new_with_mnemonic (_("_Close…"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->add, FALSE);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Closed days"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add_clicked_cb), self);
}
