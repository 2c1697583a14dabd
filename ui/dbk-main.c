/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebook"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "ui/dbk-application.h"

/* Before setlocale(), or the toolkit would go on in the other language. */
static void
choose_language (void)
{
  g_autoptr(GSettings) settings = g_settings_new (DBK_APP_ID);
  g_autofree char *language = g_settings_get_string (settings, "language");

  if (*language != '\0')
    g_setenv ("LANGUAGE", language, TRUE);
}

int
main (int    argc, /* nocheck:prefix the C library calls it */
      char **argv)
{
  g_autoptr(DbkApplication) app = NULL;

  choose_language ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DBK_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Dosebook");
  app = dbk_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
