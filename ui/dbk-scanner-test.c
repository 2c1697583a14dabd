/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-settings"

#include "config.h"

#include "ui/dbk-scanner-test.h"

#include <glib/gi18n.h>

#include "db/record/dbk-code.h"

/* A longer pause begins a new scan. */
#define PAUSE_MS 1000
#define KEYS_MOST 40

struct _DbkScannerTest
{
  AdwPreferencesPage parent_instance;

  GtkWidget *keys;
  GtkWidget *gaps;
  GtkWidget *decoded;
  GtkWidget *code;

  GString   *codes;      /* of the keys, as they came */
  GString   *text;       /* what they are on a US keyboard */
  guint      n_keys;
  guint      least_ms;
  guint      most_ms;
};

G_DEFINE_FINAL_TYPE (DbkScannerTest, dbk_scanner_test, ADW_TYPE_PREFERENCES_PAGE)

static void
say (GtkWidget  *row,
     const char *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

static void
start_again (DbkScannerTest *self)
{
  g_string_truncate (self->codes, 0);
  g_string_truncate (self->text, 0);
  self->n_keys = self->most_ms = 0;
  self->least_ms = G_MAXUINT;
  say (self->gaps, "");
  say (self->code, "");
}

static void
on_key_cb (DbkScannerTest *self,
           guint           keycode,
           guint           gap_ms,
           const char     *decoded)
{
  g_autofree char *gaps = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (gap_ms > PAUSE_MS || self->n_keys >= KEYS_MOST)
    start_again (self);
  else
    {
      self->least_ms = MIN (self->least_ms, gap_ms);
      self->most_ms = MAX (self->most_ms, gap_ms);
      gaps = g_strdup_printf (_("%u to %u ms"), self->least_ms, self->most_ms);
      say (self->gaps, gaps);
    }
  self->n_keys++;
  if (self->codes->len == 0)
    g_string_append_printf (self->codes, "%u", keycode);
  else
    /* Translators: a key code, and how many milliseconds after the one before it came. */
    g_string_append_printf (self->codes, _("   %u\302\240(%u\302\240ms)"), keycode, gap_ms);
  g_string_append (self->text, *decoded != '\0' ? decoded : "·");
  say (self->keys, self->codes->str);
  say (self->decoded, self->text->str);
}

static const char *
say_kind (DbkCodeKind kind)
{
  switch (kind)
    {
    case DBK_CODE_CARD:
      return _("a patient’s card");
    case DBK_CODE_DOSE:
      return _("a dosing slip");
    case DBK_CODE_ROW:
      return _("a row of the paper sheet");
    case DBK_CODE_BADGE:
      return _("a badge");
    case DBK_CODE_TEST:
      return _("the code of a test page");
    default:
      return "";
    }
}

static void
on_scanned_cb (DbkScannerTest *self,
               const char     *code)
{
  DbkCodeKind kind = DBK_CODE_TEST;
  guint8 payload[DBK_CODE_PAYLOAD_SIZE];
  g_autofree char *text = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (dbk_code_parse (code, &kind, payload, NULL, NULL))
    /* Translators: what was scanned. */
    text = g_strdup_printf (_("✔ %s; its check characters agree"), say_kind (kind));
  else
    text = g_strdup (_("✕ Its check characters do not agree: something was read wrongly"));
  say (self->code, text);
}

void
dbk_scanner_test_set_scanner (DbkScannerTest *self,
                              DbkScanner     *scanner)
{
  g_signal_connect_object (scanner, "key", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scanner, "scanned", G_CALLBACK (on_scanned_cb), self, G_CONNECT_SWAPPED);
}

static void
dbk_scanner_test_finalize (GObject *object)
{
  DbkScannerTest *self = DBK_SCANNER_TEST (object);

  g_string_free (self->codes, TRUE);
  g_string_free (self->text, TRUE);
  G_OBJECT_CLASS (dbk_scanner_test_parent_class)->finalize (object);
}

static void
dbk_scanner_test_class_init (DbkScannerTestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dbk_scanner_test_finalize;
}

static GtkWidget *
add_row (GtkWidget  *group,
         const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_add_css_class (row, "fact-row");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
dbk_scanner_test_init (DbkScannerTest *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->codes = g_string_new (NULL);
  self->text = g_string_new (NULL);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _("Scanner"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "dosebook-card-symbolic");
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (self), "scanner");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Scan a card, a slip or a test page now"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Set the scanner to a US keyboard, without a prefix, with Enter at the end. Nothing is opened here."));
  self->decoded = add_row (group, _("Text"));
  self->code = add_row (group, _("What it is"));
  self->gaps = add_row (group, _("Time between keys"));
  self->keys = add_row (group, _("Key codes"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  start_again (self);
}
