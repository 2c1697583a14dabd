/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-choice"

#include "config.h"

#include "ui/dbk-choice-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "ui/dbk-scanner.h"

struct _DbkChoiceDialog
{
  AdwWindow parent_instance;

  GtkWidget     *list;
  GtkWidget     *note;    /* NULL: none is asked for */
  GtkWidget     *confirm;

  DbkChosen      chosen;  /* the one or the other */
  DbkChosenNoted chosen_noted;
  gpointer       data;
};

G_DEFINE_FINAL_TYPE (DbkChoiceDialog, dbk_choice_dialog, ADW_TYPE_WINDOW)

/* The caller's; NULL without a field. */
static char *
dup_note (DbkChoiceDialog *self)
{
  return self->note != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)))) : NULL;
}

static void
on_confirm_clicked_cb (DbkChoiceDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  g_autofree char *word = row != NULL ? g_strdup (g_object_get_data (G_OBJECT (row), "word")) : NULL, *note = dup_note (self);
  DbkChosen chosen = self->chosen;
  DbkChosenNoted chosen_noted = self->chosen_noted;
  gpointer data = self->data;

  if (word == NULL)
    return;
  gtk_window_close (GTK_WINDOW (self));
  if (chosen_noted != NULL)
    chosen_noted (word, note, data);
  else
    chosen (word, data);
}

static void
update (DbkChoiceDialog *self)
{
  g_autofree char *note = dup_note (self);

  gtk_widget_set_sensitive (self->confirm, gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)) != NULL && (note == NULL || *note != '\0'));
}

static void
add_words (DbkChoiceDialog   *self,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), dbk_reason_text (words[i]));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "word", g_strdup (words[i]), g_free);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
}

static void
dbk_choice_dialog_class_init (DbkChoiceDialogClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
new_buttons (DbkChoiceDialog *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->confirm = gtk_button_new ();
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
dbk_choice_dialog_init (DbkChoiceDialog *self)
{
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (update), self);
  dbk_scanner_attach (GTK_WINDOW (self));
}

static GtkWidget *
new_note (DbkChoiceDialog *self,
          const char      *title)
{
  GtkWidget *list = gtk_list_box_new ();

  self->note = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->note);
  g_signal_connect_swapped (self->note, "changed", G_CALLBACK (update), self);
  return list;
}

static DbkChoiceDialog *
show (GtkWidget               *widget,
      const DbkChoiceQuestion *question,
      gpointer                 data)
{
  DbkChoiceDialog *self = g_object_new (DBK_TYPE_CHOICE_DIALOG, "transient-for", gtk_widget_get_root (widget), "modal", TRUE, "destroy-with-parent",
                                        TRUE, "title", question->title, "default-width", 420, "resizable", FALSE, NULL);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *label = gtk_label_new (question->text);

  self->data = data;
  gtk_widget_add_css_class (column, "dialog-body");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_visible (label, question->text != NULL);
  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (outer), column);
  gtk_box_append (GTK_BOX (column), label);
  gtk_box_append (GTK_BOX (column), self->list);
  if (question->note != NULL)
    gtk_box_append (GTK_BOX (column), new_note (self, question->note));
  gtk_box_append (GTK_BOX (column), new_buttons (self));
  gtk_button_set_label (GTK_BUTTON (self->confirm), question->confirm);
  gtk_button_set_use_underline (GTK_BUTTON (self->confirm), TRUE);
  add_words (self, question->words);
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->list);
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  return self;
}

void
dbk_choice_dialog_ask (GtkWidget               *widget,
                       const DbkChoiceQuestion *question,
                       DbkChosenNoted           chosen,
                       gpointer                 data)
{
  show (widget, question, data)->chosen_noted = chosen;
}

void
dbk_choice_dialog_show (GtkWidget         *widget,
                        const char        *title,
                        const char        *text,
                        const char *const *words,
                        const char        *confirm,
                        DbkChosen          chosen,
                        gpointer           data)
{
  const DbkChoiceQuestion question = { title, text, words, NULL, confirm };

  show (widget, &question, data)->chosen = chosen;
}
