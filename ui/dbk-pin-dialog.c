/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-pin"

#include "config.h"

#include "ui/dbk-pin-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-sign-in.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-scanner.h"

struct _DbkPinDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwWindowTitle *title;
  GtkLabel       *text;
  GtkWidget      *login;
  GtkWidget      *pin;
  GtkLabel       *problem;
  GtkSpinner     *spinner;
  GtkWidget      *confirm;

  /* Owned References */
  DbkDesk        *desk;
  GCancellable   *cancellable;

  DbkPinPurpose   purpose;
  DbkPinGiven     given;
  gpointer        data;
};

G_DEFINE_FINAL_TYPE (DbkPinDialog, dbk_pin_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  DbkPinPurpose purpose;
  char         *login;
  char         *pin;
} Attempt;

static void
free_attempt (Attempt *attempt)
{
  g_free (attempt->login);
  g_free (attempt->pin);
  g_free (attempt);
}

static gpointer
try_sign_in (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  const Attempt *attempt = data;
  g_autoptr(DbkSession) person = NULL;

  if (attempt->purpose == DBK_PIN_WITNESS)
    return dbk_sign_in_witness (clinic, session, attempt->login, attempt->pin, error);
  person = dbk_sign_in (clinic, attempt->login, attempt->pin, error);
  if (person == NULL || !dbk_session_require (person, DBK_ACT_SIGN_ORDER, error))
    return NULL;
  return g_steal_pointer (&person);
}

static void
set_busy (DbkPinDialog *self,
          gboolean      busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->login, !busy);
  gtk_widget_set_sensitive (self->pin, !busy);
  gtk_widget_set_sensitive (self->confirm, !busy);
}

static void
on_tried_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkPinDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkSession) person = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (person != NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      self->given (person, self->data);
      return;
    }
  text = dbk_error_text (error);
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->pin), "");
  gtk_widget_grab_focus (self->pin);
}

static void
on_login_activated_cb (DbkPinDialog *self)
{
  gtk_widget_grab_focus (self->pin);
}

static void
on_confirm_cb (DbkPinDialog *self)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  attempt->purpose = self->purpose;
  attempt->login = g_strstrip (g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (self->login)), -1));
  attempt->pin = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->pin)));
  set_busy (self, TRUE);
  dbk_desk_run_async (self->desk, DBK_WORK_READS, try_sign_in, attempt, (GDestroyNotify) free_attempt, (GDestroyNotify) dbk_session_free,
                      NULL, on_tried_cb, g_object_ref (self));
}

static void
dbk_pin_dialog_dispose (GObject *object)
{
  DbkPinDialog *self = DBK_PIN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_pin_dialog_parent_class)->dispose (object);
}

static void
dbk_pin_dialog_finalize (GObject *object)
{
  g_clear_object (&DBK_PIN_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (dbk_pin_dialog_parent_class)->finalize (object);
}

static void
dbk_pin_dialog_class_init (DbkPinDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_pin_dialog_dispose;
  object_class->finalize = dbk_pin_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-pin-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, title);
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, text);
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, login);
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, pin);
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DbkPinDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_login_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
dbk_pin_dialog_init (DbkPinDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  /* A scan must not type into the PIN. */
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_pin_dialog_show (GtkWidget     *widget,
                     DbkDesk       *desk,
                     DbkPinPurpose  purpose,
                     const char    *text,
                     DbkPinGiven    given,
                     gpointer       data)
{
  DbkPinDialog *self = g_object_new (DBK_TYPE_PIN_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->desk = g_object_ref (desk);
  self->purpose = purpose;
  self->given = given;
  self->data = data;
  adw_window_title_set_title (self->title, purpose == DBK_PIN_PHYSICIAN ? _("Physician") : _("Second person"));
  gtk_label_set_label (self->text, text);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->login);
}
