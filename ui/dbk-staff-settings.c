/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-settings"

#include "config.h"

#include "ui/dbk-staff-settings.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-manage-staff.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-staff-dialog.h"

struct _DbkStaffSettings
{
  AdwPreferencesPage parent_instance;

  GtkWidget *group;
  GtkWidget *add;
  GPtrArray *rows;   /* borrowed from the group */

  DbkDesk   *desk;
  char      *whom;   /* login of the person a question is open about */
};

G_DEFINE_FINAL_TYPE (DbkStaffSettings, dbk_staff_settings, ADW_TYPE_PREFERENCES_PAGE)

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkStaffSettings) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && self->desk != NULL)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

static gpointer
end_staff (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  return GINT_TO_POINTER (dbk_staff_end (clinic, session, data, error));
}

static void
on_end_confirmed (DbkStaffSettings *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, end_staff, g_strdup (self->whom), g_free, NULL, NULL, on_done_cb, g_object_ref (self));
}

static void
on_end_clicked_cb (GtkWidget *button)
{
  DbkStaffSettings *self = DBK_STAFF_SETTINGS (gtk_widget_get_ancestor (button, DBK_TYPE_STAFF_SETTINGS));
  /* Translators: a person's name. */
  g_autofree char *title = g_strdup_printf (_("%s no longer works here?"), (const char *) g_object_get_data (G_OBJECT (button), "name"));

  g_free (self->whom);
  self->whom = g_strdup (g_object_get_data (G_OBJECT (button), "login"));
  dbk_ask (GTK_WIDGET (self), title, _("They can no longer sign in, and cannot be taken back under this login. What they recorded stays theirs."),
           _("_End"), G_CALLBACK (on_end_confirmed), self);
}

static void
on_pin_clicked_cb (GtkWidget *button)
{
  DbkStaffSettings *self = DBK_STAFF_SETTINGS (gtk_widget_get_ancestor (button, DBK_TYPE_STAFF_SETTINGS));

  dbk_staff_dialog_show (GTK_WIDGET (self), self->desk, g_object_get_data (G_OBJECT (button), "login"), g_object_get_data (G_OBJECT (button), "name"));
}

static void
on_add_clicked_cb (DbkStaffSettings *self)
{
  dbk_staff_dialog_show (GTK_WIDGET (self), self->desk, NULL, NULL);
}

static void
add_button (GtkWidget      *row,
            const DbkStaff *staff,
            const char     *label,
            GCallback       on_clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  /* Translators: what the button does, to whom. */
  g_autofree char *said = g_strdup_printf (_("%s %s"), label, staff->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "login", g_strdup (staff->login), g_free);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (staff->name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  g_signal_connect (button, "clicked", on_clicked, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
new_row (const DbkStaff   *staff,
         const DbkSession *session)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean manages = dbk_role_may (session->role, DBK_ACT_MANAGE_STAFF), is_self = strcmp (staff->id, session->staff) == 0;
  g_autofree char *text = staff->ended ? g_strdup_printf ("%s · %s · %s", staff->login, dbk_role_text (staff->role), _("no longer works here"))
                                       : g_strdup_printf ("%s · %s", staff->login, dbk_role_text (staff->role));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), staff->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  if (staff->ended)
    gtk_widget_add_css_class (row, "dim-label");
  else if (manages || is_self)
    add_button (row, staff, _("New PIN…"), G_CALLBACK (on_pin_clicked_cb));
  if (manages && !staff->ended && !is_self)
    add_button (row, staff, _("End…"), G_CALLBACK (on_end_clicked_cb));
  return row;
}

static gpointer
read_staff (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return dbk_staff_list (dbk_clinic_get_db (clinic), error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkStaffSettings) self = user_data;
  g_autoptr(GPtrArray) staff = dbk_desk_run_finish (result, NULL);
  const DbkSession *session = self->desk != NULL ? dbk_desk_get_session (self->desk) : NULL;

  if (staff == NULL || session == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < staff->len; i++)
    {
      GtkWidget *row = new_row (g_ptr_array_index (staff, i), session);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
read_again (DbkStaffSettings *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_staff, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, on_read_cb,
                      g_object_ref (self));
}

void
dbk_staff_settings_set_desk (DbkStaffSettings *self,
                             DbkDesk          *desk)
{
  const DbkSession *session = dbk_desk_get_session (desk);
  gboolean manages = session != NULL && dbk_role_may (session->role, DBK_ACT_MANAGE_STAFF);

  self->desk = g_object_ref (desk);
  gtk_widget_set_sensitive (self->add, manages);
  if (!manages)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->group),
                                           _("Only an administrator adds people and ends their access. You can change your own PIN."));
  g_signal_connect_object (desk, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
}

static void
dbk_staff_settings_dispose (GObject *object)
{
  DbkStaffSettings *self = DBK_STAFF_SETTINGS (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_staff_settings_parent_class)->dispose (object);
}

static void
dbk_staff_settings_finalize (GObject *object)
{
  DbkStaffSettings *self = DBK_STAFF_SETTINGS (object);

  g_ptr_array_unref (self->rows);
  g_free (self->whom);
  G_OBJECT_CLASS (dbk_staff_settings_parent_class)->finalize (object);
}

static void
dbk_staff_settings_class_init (DbkStaffSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_staff_settings_dispose;
  object_class->finalize = dbk_staff_settings_finalize;
}

static void
dbk_staff_settings_init (DbkStaffSettings *self)
{
  self->rows = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  self->add = gtk_button_new_with_mnemonic (_("_Add…"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add_clicked_cb), self);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _("Staff"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "system-users-symbolic");
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "staff");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("Who works here"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->group), self->add);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (self->group));
}
