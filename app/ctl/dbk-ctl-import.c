/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include <stdio.h>

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-import.h"

static gboolean register_unknown;

static const GOptionEntry doses_options[] = {
  { "register", 0, 0, G_OPTION_ARG_NONE, &register_unknown, "Numbers that nobody has become patients", NULL },
  { NULL },
};

static DbkExit
tell (DbkCtl                *ctl,
      const DbkImportReport *report)
{
  JsonArray *problems = json_array_new ();

  json_object_set_int_member (ctl->out, "rows", report->rows);
  json_object_set_int_member (ctl->out, "patients", report->patients);
  json_object_set_int_member (ctl->out, "imported", report->imported);
  json_object_set_int_member (ctl->out, "already", report->already);
  json_object_set_int_member (ctl->out, "registered", report->registered);
  for (guint i = 0; i < report->problems->len; i++)
    {
      const DbkImportProblem *problem = g_ptr_array_index (report->problems, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "line", problem->line);
      json_object_set_string_member (object, "reason", problem->reason);
      json_array_add_object_element (problems, object);
      fprintf (stderr, "line %u: %s\n", problem->line, problem->reason);
    }
  if (report->problems->len == 0)
    {
      json_array_unref (problems);
      dbk_ctl_say (ctl, "%" G_GINT64_FORMAT " rows of %" G_GINT64_FORMAT " patients: %" G_GINT64_FORMAT " new, %" G_GINT64_FORMAT " there already",
                   report->rows, report->patients, report->imported, report->already);
      return DBK_EXIT_DONE;
    }
  json_object_set_int_member (ctl->out, "wrong", report->wrong);
  json_object_set_array_member (ctl->out, "problems", problems);
  if (report->wrong > report->problems->len)
    fprintf (stderr, "… and more\n");
  dbk_ctl_say (ctl, "Nothing was imported. Wrong: %" G_GINT64_FORMAT, report->wrong);
  return DBK_EXIT_FAILED;
}

static DbkExit
doses (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  const DbkImportOptions import_options = { .register_unknown = register_unknown };
  g_autoptr(GBytes) table = dbk_ctl_read_file (argv[0], error);
  g_autoptr(DbkImportReport) report = table != NULL ? dbk_import_doses (ctl->clinic, ctl->session, table, &import_options, error) : NULL;

  return report != NULL ? tell (ctl, report) : DBK_EXIT_FAILED;
}

static DbkExit
patients (DbkCtl   *ctl,
          int       argc,
          char    **argv,
          GError  **error)
{
  const DbkImportOptions import_options = { FALSE };
  g_autoptr(GBytes) table = dbk_ctl_read_file (argv[0], error);
  g_autoptr(DbkImportReport) report = table != NULL ? dbk_import_patients (ctl->clinic, ctl->session, table, &import_options, error) : NULL;

  return report != NULL ? tell (ctl, report) : DBK_EXIT_FAILED;
}

const DbkCtlVerb dbk_ctl_import_verbs[] = {
  { "import", "patients", DBK_NEEDS_PERSON, patients, "FILE.csv", "Patients from a table; the whole file or nothing", NULL, 1, 1 },
  { "import", "doses", DBK_NEEDS_PERSON, doses, "FILE.csv", "Earlier doses from a table; the whole file or nothing", doses_options, 1, 1 },
  { NULL },
};
