/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-printer-row"

#include "config.h"

#include "ui/dbk-printer-row.h"

#include <glib/gi18n.h>

#include "ui/dbk-trouble-text.h"
#include "ui/dbk-whole-text.h"

struct _DbkPrinterRow
{
  AdwComboRow parent_instance;

  GtkWidget *test;

  /* Owned References */
  GSettings *settings;
  char      *key;
  char      *none;
  GPtrArray *names;    /* queues in the order of the model; "" first: none */
  GPtrArray *states;   /* their state in words, side by side */
  char      *progress;

  gboolean   filling;
};

enum { SIGNAL_TEST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkPrinterRow, dbk_printer_row, ADW_TYPE_COMBO_ROW)

const char *
dbk_printer_row_get_printer (DbkPrinterRow *self)
{
  guint n = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return n > 0 && n < self->names->len ? g_ptr_array_index (self->names, n) : NULL;
}

static void
update (DbkPrinterRow *self)
{
  guint n = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  const char *state = n < self->states->len ? g_ptr_array_index (self->states, n) : "";

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), self->progress != NULL ? self->progress : state);
  gtk_widget_set_sensitive (self->test, n > 0 && n < self->names->len);
}

static void
on_selected_cb (DbkPrinterRow *self)
{
  const char *printer = dbk_printer_row_get_printer (self);

  if (self->filling || self->settings == NULL)
    return;
  g_clear_pointer (&self->progress, g_free);
  g_settings_set_string (self->settings, self->key, printer != NULL ? printer : "");
  update (self);
}

static void
add (DbkPrinterRow *self,
     GtkStringList *titles,
     const char    *name,
     const char    *title,
     const char    *state)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->states, g_strdup (state));
  gtk_string_list_append (titles, title);
}

static char *
say_state (const DbkPrinter *printer)
{
  if (printer->trouble == DBK_PAPER_TROUBLE_NONE && printer->state == DBK_PRINTER_PROCESSING)
    return g_strdup (_("printing"));
  return g_strdup (dbk_trouble_text (printer->trouble));
}

void
dbk_printer_row_set_printers (DbkPrinterRow *self,
                              GPtrArray     *printers,
                              const char    *problem)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, self->key);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->names, 0);
  g_ptr_array_set_size (self->states, 0);
  add (self, titles, "", self->none, problem != NULL ? problem : "");
  for (guint i = 0; printers != NULL && i < printers->len; i++)
    {
      const DbkPrinter *printer = g_ptr_array_index (printers, i);
      g_autofree char *state = say_state (printer);

      if (strcmp (printer->name, chosen) == 0)
        selected = self->names->len;
      add (self, titles, printer->name, *printer->description != '\0' ? printer->description : printer->name, state);
    }
  /* What was chosen stays chosen, also while nobody can be asked. */
  if (selected == 0 && *chosen != '\0')
    {
      selected = self->names->len;
      add (self, titles, chosen, chosen, problem != NULL ? problem : _("is not set up on this computer"));
    }
  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->filling = FALSE;
  update (self);
}

void
dbk_printer_row_set_progress (DbkPrinterRow *self,
                              const char    *text)
{
  g_free (self->progress);
  self->progress = g_strdup (text);
  update (self);
}

static void
on_test_clicked_cb (DbkPrinterRow *self)
{
  g_signal_emit (self, signals[SIGNAL_TEST], 0);
}

void
dbk_printer_row_bind (DbkPrinterRow *self,
                      GSettings     *settings,
                      const char    *key,
                      const char    *none)
{
  g_set_object (&self->settings, settings);
  g_free (self->key);
  self->key = g_strdup (key);
  g_free (self->none);
  self->none = g_strdup (none);
  dbk_printer_row_set_printers (self, NULL, _("asking for the printers…"));
}

static void
dbk_printer_row_finalize (GObject *object)
{
  DbkPrinterRow *self = DBK_PRINTER_ROW (object);

  g_clear_object (&self->settings);
  g_free (self->key);
  g_free (self->none);
  g_free (self->progress);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->states);
  G_OBJECT_CLASS (dbk_printer_row_parent_class)->finalize (object);
}

static void
dbk_printer_row_class_init (DbkPrinterRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dbk_printer_row_finalize;
  signals[SIGNAL_TEST] = g_signal_new ("test", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dbk_printer_row_init (DbkPrinterRow *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->states = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  dbk_show_whole_text (ADW_COMBO_ROW (self));
  self->test = gtk_button_new_with_label (_("Test page"));
  gtk_widget_set_valign (self->test, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->test, "clicked", G_CALLBACK (on_test_clicked_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->test);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected_cb), NULL);
  self->filling = FALSE;
}
