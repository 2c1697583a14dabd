/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-span-dialog"

#include "config.h"

#include "ui/dbk-span-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "ui/dbk-scanner.h"

#define MOST_DAYS 366 /* as the use case has it */

struct _DbkSpanDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkLabel           *text;
  AdwEntryRow        *first;
  AdwEntryRow        *last;
  GtkLabel           *said;      /* the span, or what is wrong */
  AdwComboRow        *reason;
  AdwActionRow       *confirmed_row;
  GtkSwitch          *confirmed;
  GtkButton          *confirm;

  gboolean            follows;   /* the last day is the first until somebody types another */
  gboolean            setting;
  DbkDay              today;
  DbkDay              from;
  DbkDay              to;
  const char *const  *reasons;
  DbkSpanChosen       chosen;
  gpointer            data;
};

G_DEFINE_FINAL_TYPE (DbkSpanDialog, dbk_span_dialog, ADW_TYPE_WINDOW)

static DbkDay
read_day (DbkSpanDialog *self,
          AdwEntryRow   *row)
{
  DbkDay day = DBK_DAY_NONE;

  return dbk_day_parse (gtk_editable_get_text (GTK_EDITABLE (row)), self->today, &day, NULL) ? day : DBK_DAY_NONE;
}

static char *
say_span (DbkSpanDialog *self)
{
  DbkLanguage language = dbk_text_language ();
  int days = self->to - self->from + 1;
  g_autofree char *first = dbk_day_format_weekday (self->from, language), *last = dbk_day_format_weekday (self->to, language);

  if (days == 1)
    return g_steal_pointer (&first);
  /* Translators: first day, last day, how many days. */
  return g_strdup_printf (ngettext ("%s to %s, %d day", "%s to %s, %d days", (gulong) days), first, last, days);
}

static void
on_typed_cb (DbkSpanDialog *self)
{
  g_autofree char *said = NULL;
  gboolean good;

  self->from = read_day (self, self->first);
  self->to = read_day (self, self->last);
  good = self->from != DBK_DAY_NONE && self->to != DBK_DAY_NONE && self->from <= self->to && self->to - self->from < MOST_DAYS;
  if (good)
    said = say_span (self);
  else if (self->from == DBK_DAY_NONE || self->to == DBK_DAY_NONE)
    said = g_strdup (_("This is not a day. Write it like 2026-03-05, or +3."));
  else if (self->to < self->from)
    said = g_strdup (_("The last day lies before the first."));
  else
    said = g_strdup (_("That is longer than a year."));
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->said), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->said), "error");
  gtk_label_set_label (self->said, said);
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm), good && adw_combo_row_get_selected (self->reason) > 0);
}

static void
on_first_typed_cb (DbkSpanDialog *self)
{
  DbkDay first = read_day (self, self->first);
  g_autofree char *iso = first != DBK_DAY_NONE ? dbk_day_to_iso (first) : NULL;

  if (self->follows && iso != NULL)
    {
      self->setting = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->last), iso);
      self->setting = FALSE;
    }
  on_typed_cb (self);
}

static void
on_last_typed_cb (DbkSpanDialog *self)
{
  self->follows = self->follows && self->setting;
  on_typed_cb (self);
}

static void
on_confirm_clicked_cb (DbkSpanDialog *self)
{
  const DbkSpan span = { self->from, self->to, self->reasons[adw_combo_row_get_selected (self->reason) - 1], gtk_switch_get_active (self->confirmed) };
  DbkSpanChosen chosen = self->chosen;
  gpointer data = self->data;

  gtk_window_close (GTK_WINDOW (self));
  chosen (&span, data);
}

static void
dbk_span_dialog_class_init (DbkSpanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-span-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, text);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, first);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, last);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, said);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, confirmed_row);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, confirmed);
  gtk_widget_class_bind_template_child (widget_class, DbkSpanDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_first_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_last_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_span_dialog_init (DbkSpanDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_scanner_attach (GTK_WINDOW (self));
}

static void
fill_reasons (DbkSpanDialog     *self,
              const char *const *reasons)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  self->reasons = reasons;
  gtk_string_list_append (titles, _("Choose…"));
  for (guint i = 0; reasons[i] != NULL; i++)
    gtk_string_list_append (titles, dbk_reason_text (reasons[i]));
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (titles));
}

void
dbk_span_dialog_show (GtkWidget             *widget,
                      const DbkSpanQuestion *question,
                      DbkSpanChosen          chosen,
                      gpointer               data)
{
  DbkSpanDialog *self = g_object_new (DBK_TYPE_SPAN_DIALOG, "transient-for", gtk_widget_get_root (widget), "title", question->title, NULL);
  g_autofree char *iso = dbk_day_to_iso (question->today);

  self->today = question->today;
  self->chosen = chosen;
  self->data = data;
  gtk_label_set_label (self->text, question->text);
  gtk_button_set_label (self->confirm, question->confirm);
  gtk_widget_set_visible (GTK_WIDGET (self->confirmed_row), question->confirmable != NULL);
  if (question->confirmable != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->confirmed_row), question->confirmable);
  fill_reasons (self, question->reasons);
  self->follows = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->first), iso);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->first));
}
