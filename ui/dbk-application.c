/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebook"

#include "config.h"

#include "ui/dbk-application.h"

#include <glib/gi18n.h>

#include "ui/dbk-window.h"

struct _DbkApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  char      *record;
  gboolean   demo;
  gboolean   bench;
};

G_DEFINE_FINAL_TYPE (DbkApplication, dbk_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open the demonstration clinic"), NULL },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Open this record"), N_("FILE") },
  { "bench-first-paint", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Version of the program"), NULL },
  { NULL },
};

static void
on_colour_scheme_cb (DbkApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = g_settings_get_enum (self->settings, "colour-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[CLAMP (chosen, 0, 2)]);
}

static void
on_quit_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window != NULL)
    gtk_window_close (window);
}

/* Of the program and not of the window, so that it is heard while a dialog is in front. */
static void
on_lock_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  for (GList *l = gtk_application_get_windows (user_data); l != NULL; l = l->next)
    if (DBK_IS_WINDOW (l->data))
      {
        gtk_widget_activate_action (l->data, "win.lock", NULL);
        return;
      }
}

static void
set_keys (GtkApplication *app)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } rows[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "app.lock", { "<Control><Shift>l", NULL } },
    { "win.settings", { "<Control>comma", NULL } },
    { "win.show-help-overlay", { "<Control>question", "F1", NULL } },
    { "win.show-place('find')", { "F2", "<Control>f", NULL } },
    { "win.show-place('counter')", { "<Alt>1", NULL } },
    { "win.show-place('today')", { "<Alt>2", "F4", NULL } },
    { "win.show-place('missed')", { "<Alt>3", NULL } },
    { "win.show-place('patients')", { "<Alt>4", NULL } },
    { "win.show-place('orders')", { "<Alt>5", NULL } },
    { "win.show-place('exchange')", { "<Alt>6", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_application_set_accels_for_action (app, rows[i].action, rows[i].keys);
}

/* Names are Chinese in the English window too, and without a family that says so they come out in Japanese shapes. The desktop's own font
 * stays first. */
static void
prefer_chinese_shapes (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *name = NULL, *families = NULL, *wanted = NULL;
  PangoFontDescription *font;

  g_object_get (settings, "gtk-font-name", &name, NULL);
  font = pango_font_description_from_string (name);
  families = g_strconcat (pango_font_description_get_family (font), ",Noto Sans CJK SC", NULL);
  pango_font_description_set_family (font, families);
  wanted = pango_font_description_to_string (font);
  g_object_set (settings, "gtk-font-name", wanted, NULL);
  pango_font_description_free (font);
}

static void
dbk_application_startup (GApplication *app)
{
  static const GActionEntry actions[] = { { "quit", on_quit_cb, NULL, NULL, NULL, { 0 } }, { "lock", on_lock_cb, NULL, NULL, NULL, { 0 } } };
  DbkApplication *self = DBK_APPLICATION (app);

  G_APPLICATION_CLASS (dbk_application_parent_class)->startup (app);
  self->settings = g_settings_new (DBK_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), app);
  set_keys (GTK_APPLICATION (app));
  g_signal_connect_object (self->settings, "changed::colour-scheme", G_CALLBACK (on_colour_scheme_cb), self, G_CONNECT_SWAPPED);
  on_colour_scheme_cb (self);
  prefer_chinese_shapes ();
  gtk_window_set_default_icon_name (DBK_APP_ID);
}

/* For tools/bench: the second frame begins when the first is on the screen. */
static gboolean
on_tick_cb (GtkWidget     *window,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  static guint frames;

  if (++frames < 2)
    return G_SOURCE_CONTINUE;
  g_print ("first-paint %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  gtk_window_close (GTK_WINDOW (window));
  return G_SOURCE_REMOVE;
}

static void
dbk_application_activate (GApplication *app)
{
  DbkApplication *self = DBK_APPLICATION (app);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (app));

  if (window == NULL)
    window = GTK_WINDOW (dbk_window_new (ADW_APPLICATION (app), self->record, self->demo));
  if (self->bench)
    gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick_cb, NULL, NULL);
  gtk_window_present (window);
}

static gint
dbk_application_handle_local_options (GApplication *app,
                                      GVariantDict *dict)
{
  DbkApplication *self = DBK_APPLICATION (app);

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("dosebook %s\n", DBK_VERSION);
      return 0;
    }
  self->demo = g_variant_dict_contains (dict, "demo");
  self->bench = g_variant_dict_contains (dict, "bench-first-paint");
  g_variant_dict_lookup (dict, "record", "^ay", &self->record);
  /* Whoever names a record must not be shown the window of another one that is open already. Two of one record: the second is told that it is in use. */
  if (self->record != NULL || self->demo || g_getenv ("DOSEBOOK_RECORD") != NULL)
    g_application_set_flags (app, g_application_get_flags (app) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
dbk_application_finalize (GObject *object)
{
  DbkApplication *self = DBK_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->record);
  G_OBJECT_CLASS (dbk_application_parent_class)->finalize (object);
}

static void
dbk_application_class_init (DbkApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dbk_application_finalize;
  app_class->startup = dbk_application_startup;
  app_class->activate = dbk_application_activate;
  app_class->handle_local_options = dbk_application_handle_local_options;
}

static void
dbk_application_init (DbkApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

DbkApplication *
dbk_application_new (void)
{
  return g_object_new (DBK_TYPE_APPLICATION, "application-id", DBK_APP_ID, "resource-base-path", "/org/dosebook/Dosebook", NULL);
}
