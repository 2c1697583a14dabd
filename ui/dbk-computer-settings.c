/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-settings"

#include "config.h"

#include "ui/dbk-computer-settings.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-code.h"
#include "printing/dbk-test-page.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-printer-row.h"
#include "ui/dbk-trouble-text.h"

#define A_MINUTE 60

struct _DbkComputerSettings
{
  AdwPreferencesPage parent_instance;

  /* Template Widgets */
  AdwComboRow   *language;
  AdwComboRow   *colours;
  GtkSwitch     *large_text;
  AdwEntryRow   *counter_name;
  AdwComboRow   *privacy;
  AdwComboRow   *lock;
  GtkWidget     *refresh;
  DbkPrinterRow *slip_printer;
  AdwComboRow   *slip_media;
  GtkSwitch     *slip_auto;
  DbkPrinterRow *card_printer;
  DbkPrinterRow *sheet_printer;

  /* Owned References */
  DbkDesk       *desk;
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (DbkComputerSettings, dbk_computer_settings, ADW_TYPE_PREFERENCES_PAGE)

/* ---- choices: a row that stands for one of a few values of a setting ---- */

typedef struct
{
  GSettings  *settings; /* a reference */
  const char *key;
  GPtrArray  *values;   /* GVariant, in the order of the row */
} Choice;

static void
free_choice (Choice *choice)
{
  g_object_unref (choice->settings);
  g_ptr_array_unref (choice->values);
  g_free (choice);
}

static void
on_choice_cb (AdwComboRow *row,
              GParamSpec  *pspec,
              gpointer     data)
{
  const Choice *choice = data;
  guint n = adw_combo_row_get_selected (row);

  if (n < choice->values->len)
    g_settings_set_value (choice->settings, choice->key, g_ptr_array_index (choice->values, n));
}

static Choice *
new_choice (GSettings  *settings,
            const char *key)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->settings = g_object_ref (settings);
  choice->key = key;
  choice->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  return choice;
}

static void
add_value (Choice        *choice,
           GtkStringList *titles,
           GVariant      *value,
           const char    *title)
{
  g_ptr_array_add (choice->values, g_variant_ref_sink (value));
  gtk_string_list_append (titles, title);
}

/* Takes @choice. */
static void
bind_choice (AdwComboRow   *row,
             Choice        *choice,
             GtkStringList *titles)
{
  g_autoptr(GVariant) now = g_settings_get_value (choice->settings, choice->key);

  adw_combo_row_set_model (row, G_LIST_MODEL (titles));
  for (guint i = 0; i < choice->values->len; i++)
    if (g_variant_equal (g_ptr_array_index (choice->values, i), now))
      adw_combo_row_set_selected (row, i);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_choice_cb), choice);
  g_object_set_data_full (G_OBJECT (row), "choice", choice, (GDestroyNotify) free_choice);
}

typedef struct
{
  const char *value;
  const char *title; /* for translation */
} Word;

static void
bind_words (AdwComboRow *row,
            GSettings   *settings,
            const char  *key,
            const Word  *words,
            gsize        n_words)
{
  Choice *choice = new_choice (settings, key);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n_words; i++)
    add_value (choice, titles, g_variant_new_string (words[i].value), _(words[i].title));
  bind_choice (row, choice, titles);
}

static char *
say_seconds (guint seconds)
{
  if (seconds % A_MINUTE == 0)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", seconds / A_MINUTE), seconds / A_MINUTE);
  return g_strdup_printf (ngettext ("%u second", "%u seconds", seconds), seconds);
}

/* The usual times, and what somebody has set by other means. */
static void
bind_seconds (AdwComboRow *row,
              GSettings   *settings,
              const char  *key,
              const guint *usual,
              gsize        n_usual)
{
  Choice *choice = new_choice (settings, key);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  guint now = g_settings_get_uint (settings, key);
  gboolean listed = FALSE;

  for (gsize i = 0; i < n_usual; i++)
    {
      g_autofree char *title = say_seconds (usual[i]);

      listed |= usual[i] == now;
      add_value (choice, titles, g_variant_new_uint32 (usual[i]), title);
    }
  if (!listed)
    {
      g_autofree char *title = say_seconds (now);

      add_value (choice, titles, g_variant_new_uint32 (now), title);
    }
  bind_choice (row, choice, titles);
}

/* ---- printers ---- */

static void
set_printers (DbkComputerSettings *self,
              GPtrArray           *printers,
              const char          *problem)
{
  dbk_printer_row_set_printers (self->slip_printer, printers, problem);
  dbk_printer_row_set_printers (self->card_printer, printers, problem);
  dbk_printer_row_set_printers (self->sheet_printer, printers, problem);
}

static void
list_printers (GTask        *task,
               gpointer      source,
               gpointer      queue,
               GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *printers = dbk_print_queue_list (queue, &error);

  if (printers != NULL)
    g_task_return_pointer (task, printers, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DbkComputerSettings *self = DBK_COMPUTER_SETTINGS (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) printers = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->desk == NULL)
    return;
  gtk_widget_set_sensitive (self->refresh, TRUE);
  if (printers == NULL)
    g_message ("%s", error->message);
  set_printers (self, printers, printers == NULL ? dbk_trouble_text (DBK_PAPER_TROUBLE_NO_SERVICE)
                                : printers->len == 0 ? _("no printer is set up on this computer") : NULL);
}

static void
ask_for_printers (DbkComputerSettings *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, on_listed_cb, NULL);

  g_task_set_source_tag (task, ask_for_printers);
  g_task_set_task_data (task, g_object_ref (dbk_print_desk_get_queue (dbk_desk_get_print (self->desk))), g_object_unref);
  gtk_widget_set_sensitive (self->refresh, FALSE);
  g_task_run_in_thread (task, list_printers);
}

static void
on_refresh_clicked_cb (DbkComputerSettings *self)
{
  ask_for_printers (self);
}

static DbkMedia
get_media (DbkComputerSettings *self,
           DbkPrinterRow       *row)
{
  g_autofree char *word = g_settings_get_string (dbk_desk_get_settings (self->desk), "slip-media");
  DbkMedia media = DBK_MEDIA_ROLL_80;

  if (row == self->card_printer)
    return DBK_MEDIA_CARD;
  if (row == self->sheet_printer)
    return DBK_MEDIA_A4;
  dbk_media_from_word (word, &media, NULL);
  return media;
}

static DbkDocument *
new_test_page (DbkComputerSettings  *self,
               DbkPrinterRow        *row,
               GError              **error)
{
  DbkMedia media = get_media (self, row);
  const char *zone = dbk_desk_get_timezone (self->desk);
  g_autoptr(DbkClock) clock = dbk_clock_new (zone != NULL ? zone : "UTC", error);
  g_autofree char *id = dbk_fact_log_new_id (), *code = dbk_code_from_id (DBK_CODE_TEST, id);
  gint64 now_ms = clock != NULL ? dbk_clock_now_ms (clock) : 0;
  DbkTestPage page = { dbk_text_language (), dbk_printer_row_get_printer (row), code, DBK_VERSION, DBK_DAY_NONE, 0, now_ms };

  if (clock == NULL)
    return NULL;
  page.printed_day = dbk_clock_day_of (clock, now_ms);
  page.printed_minute = dbk_clock_minute_of (clock, now_ms);
  return dbk_test_page_new_document (&page, media, dbk_media_get_usual_dpi (media), error);
}

static void
on_test_cb (DbkComputerSettings *self,
            DbkPrinterRow       *row)
{
  const char *printer = dbk_printer_row_get_printer (row);
  g_autoptr(GError) error = NULL;
  DbkDocument *document;

  if (printer == NULL)
    return;
  document = new_test_page (self, row, &error);
  if (document == NULL)
    {
      dbk_show_error (GTK_WIDGET (self), _("There is no test page for this paper"), error);
      return;
    }
  dbk_print_desk_send_test (dbk_desk_get_print (self->desk), document, printer);
}

static const char *
say_phase (const DbkOpenJob *job)
{
  if (job->trouble != DBK_PAPER_TROUBLE_NONE)
    return dbk_trouble_text (job->trouble);
  switch ((guint) job->phase)
    {
    case DBK_PRINT_PHASE_NOT_ANSWERING:
      return dbk_trouble_text (DBK_PAPER_TROUBLE_NOT_ANSWERING);
    case DBK_PRINT_PHASE_FAILED:
      return _("test page failed");
    case DBK_PRINT_PHASE_WAITING:
      return _("test page waits");
    default:
      return _("test page is being printed");
    }
}

/* What is no longer open has come out, or was taken back. */
static void
update_progress (DbkComputerSettings *self,
                 DbkPrinterRow       *row)
{
  GPtrArray *open = dbk_print_desk_get_open (dbk_desk_get_print (self->desk));
  const char *printer = dbk_printer_row_get_printer (row), *text = NULL;

  for (guint i = 0; i < open->len; i++)
    {
      const DbkOpenJob *job = g_ptr_array_index (open, i);

      if (g_strcmp0 (job->kind, "test") == 0 && g_strcmp0 (job->printer, printer) == 0)
        text = say_phase (job);
    }
  dbk_printer_row_set_progress (row, text);
}

static void
on_print_changed_cb (DbkComputerSettings *self)
{
  update_progress (self, self->slip_printer);
  update_progress (self, self->card_printer);
  update_progress (self, self->sheet_printer);
}

/* ---- the page ---- */

static void
bind_settings (DbkComputerSettings *self)
{
  static const Word languages[] = { { "", N_("As the desktop has it") }, { "en", "English" }, { "zh_CN", "简体中文" } };
  static const Word schemes[] = { { "system", N_("As the desktop has it") }, { "light", N_("Light") }, { "dark", N_("Dark") } };
  static const Word media[] = { { "58mm", N_("Roll, 58 mm") }, { "80mm", N_("Roll, 80 mm") }, { "a5", N_("A5") }, { "a4", N_("A4") } };
  static const guint privacy[] = { 30, 60, 90, 120, 300 }, lock[] = { 60, 120, 300, 600, 900, 1800 };
  GSettings *settings = dbk_desk_get_settings (self->desk);

  bind_words (self->language, settings, "language", languages, G_N_ELEMENTS (languages));
  bind_words (self->colours, settings, "colour-scheme", schemes, G_N_ELEMENTS (schemes));
  bind_words (self->slip_media, settings, "slip-media", media, G_N_ELEMENTS (media));
  bind_seconds (self->privacy, settings, "privacy-seconds", privacy, G_N_ELEMENTS (privacy));
  bind_seconds (self->lock, settings, "lock-seconds", lock, G_N_ELEMENTS (lock));
  g_settings_bind (settings, "large-text", self->large_text, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "counter-name", self->counter_name, "text", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "slip-auto", self->slip_auto, "active", G_SETTINGS_BIND_DEFAULT);
  dbk_printer_row_bind (self->slip_printer, settings, "slip-printer", _("Not printed"));
  dbk_printer_row_bind (self->card_printer, settings, "card-printer", _("Saved as PDF"));
  dbk_printer_row_bind (self->sheet_printer, settings, "sheet-printer", _("Saved as PDF"));
}

void
dbk_computer_settings_set_desk (DbkComputerSettings *self,
                                DbkDesk             *desk)
{
  self->desk = g_object_ref (desk);
  bind_settings (self);
  g_signal_connect_object (dbk_desk_get_print (desk), "changed", G_CALLBACK (on_print_changed_cb), self, G_CONNECT_SWAPPED);
  ask_for_printers (self);
}

static void
dbk_computer_settings_dispose (GObject *object)
{
  DbkComputerSettings *self = DBK_COMPUTER_SETTINGS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_computer_settings_parent_class)->dispose (object);
}

static void
dbk_computer_settings_class_init (DbkComputerSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_computer_settings_dispose;
  g_type_ensure (DBK_TYPE_PRINTER_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-computer-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, language);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, colours);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, large_text);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, counter_name);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, privacy);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, lock);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, refresh);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, slip_printer);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, slip_media);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, slip_auto);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, card_printer);
  gtk_widget_class_bind_template_child (widget_class, DbkComputerSettings, sheet_printer);
  gtk_widget_class_bind_template_callback (widget_class, on_refresh_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_cb);
}

static void
dbk_computer_settings_init (DbkComputerSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}
