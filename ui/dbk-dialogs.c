/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nocheck-file:deprecated this is the one function that picks files; GtkFileDialog came after GTK 4.8 */
#define G_LOG_DOMAIN "dbk-dialogs"

#include "config.h"

#include "ui/dbk-dialogs.h"

#include <glib/gi18n.h>

#include "ui/dbk-error-text.h"

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
dbk_tell (GtkWidget  *widget,
          const char *title,
          const char *text)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), title, text);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dbk_show_error (GtkWidget    *widget,
                const char   *title,
                const GError *error)
{
  g_autofree char *text = dbk_error_text (error);

  g_message ("%s", error->message);
  dbk_tell (widget, title, text);
}

typedef struct
{
  GCallback on_yes;
  gpointer  data;
} Question;

static void
on_response_cb (AdwMessageDialog *dialog,
                const char       *response,
                Question         *question)
{
  if (strcmp (response, "yes") == 0)
    ((void (*) (gpointer)) question->on_yes) (question->data);
}

static void
free_question (gpointer  data,
               GClosure *closure)
{
  g_free (data);
}

void
dbk_ask (GtkWidget  *widget,
         const char *title,
         const char *text,
         const char *yes,
         GCallback   on_yes,
         gpointer    data)
{
  GtkWidget *dialog = adw_message_dialog_new (window_of (widget), title, text);
  Question *question = g_new0 (Question, 1);

  question->on_yes = on_yes;
  question->data = data;
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question, free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
dbk_show_about (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", "Dosebook", "application-icon", DBK_APP_ID, "version", DBK_VERSION, "developer-name",
                         _("The Dosebook project"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _("The dispensing desk of a methadone maintenance clinic"), NULL);
}

typedef struct
{
  GtkFileChooserNative *chooser;
  GtkWidget            *widget;  /* NULL: gone meanwhile, and @data with it */
  DbkFilePicked         picked;
  gpointer              data;
} Pick;

static void
on_picked_cb (GtkNativeDialog *dialog,
              int              response,
              Pick            *pick)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && pick->widget != NULL)
    pick->picked (path, pick->data);
  g_clear_weak_pointer (&pick->widget);
  g_object_unref (pick->chooser);
  g_free (pick);
}

void
dbk_pick_file (GtkWidget     *widget,
               const char    *title,
               const char    *save_name,
               const char    *pattern,
               DbkFilePicked  picked,
               gpointer       data)
{
  Pick *pick = g_new0 (Pick, 1);
  GtkFileChooserAction action = save_name != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;

  pick->chooser = gtk_file_chooser_native_new (title, window_of (widget), action, save_name != NULL ? _("_Save") : _("_Open"), _("_Cancel"));
  g_set_weak_pointer (&pick->widget, widget);
  pick->picked = picked;
  pick->data = data;
  if (save_name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (pick->chooser), save_name);
  if (pattern != NULL)
    {
      g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_add_pattern (filter, pattern);
      gtk_file_filter_set_name (filter, pattern);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (pick->chooser), filter);
    }
  g_signal_connect (pick->chooser, "response", G_CALLBACK (on_picked_cb), pick);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (pick->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (pick->chooser));
}
