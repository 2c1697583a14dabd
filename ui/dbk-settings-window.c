/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-settings"

#include "config.h"

#include "ui/dbk-settings-window.h"

#include <glib/gi18n.h>

#include "app/dbk-back-up.h"
#include "app/dbk-coded-text.h"
#include "ui/dbk-computer-settings.h"
#include "ui/dbk-policy-settings.h"
#include "ui/dbk-scanner-test.h"
#include "ui/dbk-staff-settings.h"

struct _DbkSettingsWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template Widgets */
  DbkComputerSettings  *computer;
  DbkScannerTest       *scanner;
  DbkStaffSettings     *staff;
  DbkPolicySettings    *policy;
  AdwPreferencesGroup  *record;

  GPtrArray            *rows; /* borrowed from @record */

  /* Owned References */
  DbkDesk              *desk;
};

G_DEFINE_FINAL_TYPE (DbkSettingsWindow, dbk_settings_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
add_fact (DbkSettingsWindow *self,
          const char        *title,
          const char        *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_widget_add_css_class (row, "fact-row");
  adw_preferences_group_add (self->record, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_number (DbkSettingsWindow *self,
            const char        *title,
            gint64             number)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, number);

  add_fact (self, title, text);
}

static char *
say_backup (const DbkOpenRecord *record,
            gint64               ms)
{
  g_autoptr(DbkClock) clock = dbk_clock_new (record->timezone, NULL);
  g_autofree char *day = NULL, *time = NULL;

  if (ms == 0 || clock == NULL)
    return g_strdup (_("never"));
  day = dbk_day_format_weekday (dbk_clock_day_of (clock, ms), dbk_text_language ());
  time = dbk_clock_format_time (record->timezone, ms);
  return g_strdup_printf ("%s  %s", day, time);
}

static void
draw_record (DbkSettingsWindow   *self,
             const DbkOpenRecord *record,
             const DbkRecordInfo *info)
{
  g_autofree char *path = g_filename_display_name (record->path);
  g_autofree char *site = g_strdup_printf ("%s (%s), %s", record->site_name, record->site_code, record->timezone);
  g_autofree char *backup = say_backup (record, info->backed_up_ms);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->record, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  add_fact (self, _("Clinic"), site);
  add_fact (self, _("File"), path);
  add_number (self, _("Facts recorded"), info->facts);
  add_number (self, _("Patients"), info->patients);
  add_number (self, _("Doses"), info->doses);
  add_number (self, _("Format"), info->format);
  add_fact (self, _("Last copy written"), backup);
}

static gpointer
read_record (DbkClinic         *clinic,
             const DbkSession  *session,
             gpointer           data,
             GError           **error)
{
  return dbk_record_info_read (clinic, error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkSettingsWindow) self = user_data;
  g_autofree DbkRecordInfo *info = dbk_desk_run_finish (result, NULL);
  const DbkOpenRecord *record = self->desk != NULL ? dbk_worker_get_record (dbk_desk_get_worker (self->desk)) : NULL;

  if (info != NULL && record != NULL)
    draw_record (self, record, info);
}

static void
read_again (DbkSettingsWindow *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_record, NULL, NULL, g_free, NULL, on_read_cb, g_object_ref (self));
}

static void
dbk_settings_window_dispose (GObject *object)
{
  DbkSettingsWindow *self = DBK_SETTINGS_WINDOW (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_settings_window_parent_class)->dispose (object);
}

static void
dbk_settings_window_finalize (GObject *object)
{
  g_ptr_array_unref (DBK_SETTINGS_WINDOW (object)->rows);
  G_OBJECT_CLASS (dbk_settings_window_parent_class)->finalize (object);
}

static void
dbk_settings_window_class_init (DbkSettingsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_settings_window_dispose;
  object_class->finalize = dbk_settings_window_finalize;
  g_type_ensure (DBK_TYPE_COMPUTER_SETTINGS);
  g_type_ensure (DBK_TYPE_SCANNER_TEST);
  g_type_ensure (DBK_TYPE_STAFF_SETTINGS);
  g_type_ensure (DBK_TYPE_POLICY_SETTINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-settings-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkSettingsWindow, computer);
  gtk_widget_class_bind_template_child (widget_class, DbkSettingsWindow, scanner);
  gtk_widget_class_bind_template_child (widget_class, DbkSettingsWindow, staff);
  gtk_widget_class_bind_template_child (widget_class, DbkSettingsWindow, policy);
  gtk_widget_class_bind_template_child (widget_class, DbkSettingsWindow, record);
}

static void
dbk_settings_window_init (DbkSettingsWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_scanner_test_set_scanner (self->scanner, dbk_scanner_attach (GTK_WINDOW (self)));
}

void
dbk_settings_window_show (GtkWidget *widget,
                          DbkDesk   *desk)
{
  DbkSettingsWindow *self = g_object_new (DBK_TYPE_SETTINGS_WINDOW, "transient-for", gtk_widget_get_root (widget), NULL);

  self->desk = g_object_ref (desk);
  dbk_computer_settings_set_desk (self->computer, desk);
  dbk_staff_settings_set_desk (self->staff, desk);
  dbk_policy_settings_set_desk (self->policy, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
  gtk_window_present (GTK_WINDOW (self));
}
