/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-day-dialog"

#include "config.h"

#include "ui/dbk-day-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "ui/dbk-scanner.h"

struct _DbkDayDialog
{
  AdwWindow parent_instance;

  GtkWidget   *text;
  GtkWidget   *field;
  GtkWidget   *said;     /* the weekday, or what is wrong */
  GtkWidget   *confirm;

  DbkDay       today;
  DbkDay       earliest;
  DbkDay       day;      /* DBK_DAY_NONE: what is typed is none */
  DbkDayChosen chosen;
  gpointer     data;
};

G_DEFINE_FINAL_TYPE (DbkDayDialog, dbk_day_dialog, ADW_TYPE_WINDOW)

static void
on_typed_cb (DbkDayDialog *self)
{
  g_autofree char *said = NULL;
  gboolean is_day = dbk_day_parse (gtk_editable_get_text (GTK_EDITABLE (self->field)), self->today, &self->day, NULL);

  if (!is_day)
    said = g_strdup (_("This is not a day. Write it like 2026-03-05, or +3."));
  else if (self->day < self->earliest)
    said = g_strdup (_("This day is too early."));
  else
    said = dbk_day_format_weekday (self->day, dbk_text_language ());
  if (!is_day || self->day < self->earliest)
    {
      self->day = DBK_DAY_NONE;
      gtk_widget_add_css_class (self->said, "error");
    }
  else
    gtk_widget_remove_css_class (self->said, "error");
  gtk_label_set_label (GTK_LABEL (self->said), said);
  gtk_widget_set_sensitive (self->confirm, self->day != DBK_DAY_NONE);
}

static void
on_confirm_clicked_cb (DbkDayDialog *self)
{
  DbkDayChosen chosen = self->chosen;
  gpointer data = self->data;
  DbkDay day = self->day;

  gtk_window_close (GTK_WINDOW (self));
  chosen (day, data);
}

static void
dbk_day_dialog_class_init (DbkDayDialogClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_buttons (DbkDayDialog *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->confirm = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->confirm), TRUE);
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->confirm, "suggested-action");
  gtk_box_append (GTK_BOX (row), cancel);
  gtk_box_append (GTK_BOX (row), self->confirm);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->confirm, "clicked", G_CALLBACK (on_confirm_clicked_cb), self);
  return row;
}

static void
dbk_day_dialog_init (DbkDayDialog *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();

  self->text = new_label (NULL);
  self->field = adw_entry_row_new ();
  self->said = new_label (NULL);
  gtk_widget_add_css_class (column, "dialog-body");
  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (outer), column);
  gtk_box_append (GTK_BOX (column), self->text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->field);
  gtk_box_append (GTK_BOX (column), group);
  gtk_box_append (GTK_BOX (column), self->said);
  gtk_box_append (GTK_BOX (column), new_buttons (self));
  adw_window_set_content (ADW_WINDOW (self), outer);
  g_signal_connect_swapped (self->field, "changed", G_CALLBACK (on_typed_cb), self);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_day_dialog_show (GtkWidget            *widget,
                     const DbkDayQuestion *question,
                     DbkDayChosen          chosen,
                     gpointer              data)
{
  DbkDayDialog *self = g_object_new (DBK_TYPE_DAY_DIALOG, "transient-for", gtk_widget_get_root (widget), "modal", TRUE,
                                     "destroy-with-parent", TRUE, "title", question->title, "default-width", 420, "resizable", FALSE, NULL);
  g_autofree char *iso = dbk_day_to_iso (question->proposed);

  self->today = question->today;
  self->earliest = question->earliest;
  self->chosen = chosen;
  self->data = data;
  gtk_label_set_label (GTK_LABEL (self->text), question->text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->field), question->field);
  gtk_button_set_label (GTK_BUTTON (self->confirm), question->confirm);
  gtk_editable_set_text (GTK_EDITABLE (self->field), iso);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->field);
}
