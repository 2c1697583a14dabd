/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-staff"

#include "config.h"

#include "ui/dbk-staff-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-manage-staff.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-scanner.h"

#define PIN_LEAST 4

struct _DbkStaffDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkWidget   *save;
  GtkSpinner  *spinner;
  GtkWidget   *form;
  GtkWidget   *person;
  GtkEditable *name;
  GtkEditable *login;
  AdwComboRow *role;
  GtkEditable *pin;
  GtkEditable *pin_again;
  GtkLabel    *problem;

  /* Owned References */
  DbkDesk     *desk;
  char        *whose;  /* login; NULL: somebody new */

  gboolean     gone;   /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkStaffDialog, dbk_staff_dialog, ADW_TYPE_WINDOW)

typedef struct
{
  gboolean is_new;
  char    *name;
  char    *login;
  DbkRole  role;
  char    *pin;
} Change;

static void
free_change (Change *change)
{
  g_free (change->name);
  g_free (change->login);
  g_free (change->pin);
  g_free (change);
}

static gpointer
save (DbkClinic         *clinic,
      const DbkSession  *session,
      gpointer           data,
      GError           **error)
{
  const Change *change = data;

  if (change->is_new)
    return GINT_TO_POINTER (dbk_staff_add (clinic, session, change->login, change->name, change->role, change->pin, NULL, error));
  return GINT_TO_POINTER (dbk_staff_set_pin (clinic, session, change->login, change->pin, error));
}

static void
show_problem (DbkStaffDialog *self,
              const char     *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
set_busy (DbkStaffDialog *self,
          gboolean        busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_sensitive (self->save, !busy);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkStaffDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean saved = dbk_desk_run_finish (result, &error) != NULL;
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  set_busy (self, FALSE);
  if (saved)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  text = dbk_error_text (error);
  g_message ("%s", error->message);
  show_problem (self, text);
}

static const char *
find_problem (DbkStaffDialog *self,
              const Change   *change)
{
  if (change->is_new && *change->name == '\0')
    return _("The person needs a name.");
  if (!dbk_login_check (change->login, NULL))
    return _("A login has 2 to 32 small letters, digits, dots or dashes.");
  if (g_utf8_strlen (change->pin, -1) < PIN_LEAST)
    return _("The PIN has at least four characters; six digits are usual.");
  if (strcmp (change->pin, gtk_editable_get_text (self->pin_again)) != 0)
    return _("The two PINs are not the same.");
  return NULL;
}

static void
on_save_clicked_cb (DbkStaffDialog *self)
{
  Change *change = g_new0 (Change, 1);
  const char *problem;

  change->is_new = self->whose == NULL;
  change->name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  change->login = change->is_new ? g_strstrip (g_strdup (gtk_editable_get_text (self->login))) : g_strdup (self->whose);
  change->role = (DbkRole) adw_combo_row_get_selected (self->role);
  change->pin = g_strdup (gtk_editable_get_text (self->pin));
  problem = find_problem (self, change);
  show_problem (self, problem);
  if (problem != NULL)
    {
      free_change (change);
      return;
    }
  set_busy (self, TRUE);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, save, change, (GDestroyNotify) free_change, NULL, NULL, on_saved_cb, g_object_ref (self));
}

static void
dbk_staff_dialog_dispose (GObject *object)
{
  DBK_STAFF_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_staff_dialog_parent_class)->dispose (object);
}

static void
dbk_staff_dialog_finalize (GObject *object)
{
  DbkStaffDialog *self = DBK_STAFF_DIALOG (object);

  g_clear_object (&self->desk);
  g_free (self->whose);
  G_OBJECT_CLASS (dbk_staff_dialog_parent_class)->finalize (object);
}

static void
dbk_staff_dialog_class_init (DbkStaffDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_staff_dialog_dispose;
  object_class->finalize = dbk_staff_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-staff-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, save);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, person);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, name);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, login);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, role);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, pin);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, pin_again);
  gtk_widget_class_bind_template_child (widget_class, DbkStaffDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_staff_dialog_init (DbkStaffDialog *self)
{
  g_autoptr(GtkStringList) roles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint role = 0; role < DBK_N_ROLES; role++)
    gtk_string_list_append (roles, dbk_role_text ((DbkRole) role));
  adw_combo_row_set_model (self->role, G_LIST_MODEL (roles));
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_staff_dialog_show (GtkWidget  *widget,
                       DbkDesk    *desk,
                       const char *login,
                       const char *name)
{
  DbkStaffDialog *self = g_object_new (DBK_TYPE_STAFF_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  /* Translators: whose. */
  g_autofree char *title = login != NULL ? g_strdup_printf (_("New PIN for %s"), name) : g_strdup (_("Somebody new"));

  self->desk = g_object_ref (desk);
  self->whose = g_strdup (login);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_button_set_label (GTK_BUTTON (self->save), login != NULL ? _("_Set") : _("_Add"));
  gtk_widget_set_visible (self->person, login == NULL);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (login != NULL ? GTK_WIDGET (self->pin) : GTK_WIDGET (self->name));
}
