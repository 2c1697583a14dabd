/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-time"

#include "config.h"

#include "ui/dbk-time-dialog.h"

#include <glib/gi18n.h>

#include "ui/dbk-scanner.h"

struct _DbkTimeDialog
{
  AdwWindow parent_instance;

  GtkWidget   *entry;
  GtkWidget   *confirm;

  DbkTimeGiven given;
  gpointer     data;
};

G_DEFINE_FINAL_TYPE (DbkTimeDialog, dbk_time_dialog, ADW_TYPE_WINDOW)

/* "7:05", "07:05", "0705"; -1 for what is no time. */
int
dbk_time_parse (const char *typed)
{
  g_autofree char *text = g_strstrip (g_utf8_normalize (typed, -1, G_NORMALIZE_ALL));
  gsize length = strlen (text);
  const char *colon = strchr (text, ':');
  g_autofree char *hours = NULL, *minutes = NULL;
  gint64 hour = 0, minute = 0;

  if (colon == NULL && length != 3 && length != 4)
    return -1;
  hours = g_strndup (text, colon != NULL ? (gsize) (colon - text) : length - 2);
  minutes = g_strdup (colon != NULL ? colon + 1 : text + length - 2);
  if (strlen (minutes) != 2 || !g_ascii_string_to_signed (hours, 10, 0, 23, &hour, NULL) ||
      !g_ascii_string_to_signed (minutes, 10, 0, 59, &minute, NULL))
    return -1;
  return (int) (hour * 60 + minute);
}

static void
on_changed_cb (DbkTimeDialog *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  int minute = dbk_time_parse (typed);

  gtk_widget_set_sensitive (self->confirm, minute >= 0);
  if (minute < 0 && *typed != '\0')
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

static void
on_confirm_clicked_cb (DbkTimeDialog *self)
{
  int minute = dbk_time_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  DbkTimeGiven given = self->given;
  gpointer data = self->data;

  if (minute < 0)
    return;
  gtk_window_close (GTK_WINDOW (self));
  given (minute, data);
}

static void
dbk_time_dialog_class_init (DbkTimeDialogClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_buttons (DbkTimeDialog *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_widget_set_sensitive (self->confirm, FALSE);
  gtk_widget_add_css_class (self->confirm, "suggested-action");
  gtk_box_append (GTK_BOX (row), cancel);
  gtk_box_append (GTK_BOX (row), self->confirm);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->confirm, "clicked", G_CALLBACK (on_confirm_clicked_cb), self);
  return row;
}

static void
dbk_time_dialog_init (DbkTimeDialog *self)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), "07:05");
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Time"), -1);
  self->confirm = gtk_button_new_with_mnemonic (_("_Record"));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed_cb), self);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_time_dialog_show (GtkWidget    *widget,
                      const char   *title,
                      const char   *text,
                      DbkTimeGiven  given,
                      gpointer      data)
{
  DbkTimeDialog *self = g_object_new (DBK_TYPE_TIME_DIALOG, "transient-for", gtk_widget_get_root (widget), "modal", TRUE, "title", title,
                                      "default-width", 380, "resizable", FALSE, NULL);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *label = gtk_label_new (text);

  self->given = given;
  self->data = data;
  gtk_widget_add_css_class (column, "dialog-body");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (outer), column);
  gtk_box_append (GTK_BOX (column), label);
  gtk_box_append (GTK_BOX (column), self->entry);
  gtk_box_append (GTK_BOX (column), new_buttons (self));
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry);
}
