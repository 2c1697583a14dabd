/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/cups/dbk-cups-room.h"

#include <glib/gstdio.h>
#include <stdarg.h>

gboolean
dbk_cups_room_is_there (void)
{
  return g_getenv ("DBK_CUPSD_DIR") != NULL && g_getenv ("DBK_PRIVATE_CUPSD") != NULL;
}

static char *
dup_path (const char *printer,
          const char *file)
{
  return g_build_filename (g_getenv ("DBK_CUPSD_DIR"), "printers", printer, file, NULL);
}

static void
run (const char *const *argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
run_script (const char *verb,
            const char *printer,
            const char *uri,
            const char *description)
{
  const char *argv[] = { g_getenv ("DBK_PRIVATE_CUPSD"), g_getenv ("DBK_CUPSD_DIR"), verb, printer, uri, description, NULL };

  run (argv);
}

void
dbk_cups_room_add_printer (const char *printer,
                           gboolean    pages)
{
  g_autofree char *folder = g_path_get_dirname (g_getenv ("DBK_PRIVATE_CUPSD"));
  g_autofree char *description = g_build_filename (folder, "roll.ppd", NULL);

  run_script ("add", printer, "", pages ? description : "");
}

void
dbk_cups_room_add_dead_printer (const char *printer,
                                guint       port)
{
  g_autofree char *uri = g_strdup_printf ("ipp://localhost:%u/ipp/print", port);

  run_script ("add", printer, uri, "");
}

void
dbk_cups_room_set_trouble (const char *printer,
                           const char *what,
                           gboolean    is_so)
{
  g_autofree char *path = dup_path (printer, what);
  g_autoptr(GError) error = NULL;

  if (!is_so)
    g_assert_cmpint (g_unlink (path), ==, 0);
  else
    g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
}

void
dbk_cups_room_run (const char *program,
                   const char *first,
                   ...)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  va_list arguments;

  g_ptr_array_add (argv, (gpointer) program);
  va_start (arguments, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (gpointer) argument);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);
  run ((const char *const *) argv->pdata);
}

void
dbk_cups_room_stop (void)
{
  run_script ("stop", NULL, NULL, NULL);
}

void
dbk_cups_room_start (void)
{
  run_script ("start", NULL, NULL, NULL);
}

GBytes *
dbk_cups_room_dup_paper (const char *printer,
                         int         job)
{
  g_autofree char *name = g_strdup_printf ("job-%d.bin", job);
  g_autofree char *path = dup_path (printer, name);
  g_autoptr(GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, &error))
    {
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      return NULL;
    }
  return g_bytes_new_take (contents, length);
}

guint
dbk_cups_room_count_papers (const char *printer)
{
  g_autofree char *path = dup_path (printer, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = g_dir_open (path, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".bin"))
      n++;
  return n;
}
