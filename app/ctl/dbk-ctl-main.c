/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-sign-in.h"

static const DbkCtlVerb *const tables[] = {
  dbk_ctl_record_verbs, dbk_ctl_staff_verbs, dbk_ctl_patient_verbs, dbk_ctl_order_verbs, dbk_ctl_absence_verbs, dbk_ctl_lot_verbs,
  dbk_ctl_dose_verbs, dbk_ctl_list_verbs, dbk_ctl_import_verbs, dbk_ctl_paper_verbs, dbk_ctl_site_verbs, dbk_ctl_lease_verbs, dbk_ctl_slips_verbs,
};

/* ---- options ---- */

static DbkCtl ctl;
static gboolean show_version, show_help;

/* Also where the options cannot be parsed: GOption takes back what it had read. */
static gboolean json_asked;

static const GOptionEntry global_options[] = {
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &ctl.record, "The clinic's record", "FILE" },
  { "as", 0, 0, G_OPTION_ARG_STRING, &ctl.login, "Who acts", "LOGIN" },
  { "pin-file", 0, 0, G_OPTION_ARG_FILENAME, &ctl.pin_file, "File with their PIN", "FILE" },
  { "day", 0, 0, G_OPTION_ARG_STRING, &ctl.day_text, "The day that is asked about", "YYYY-MM-DD" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &ctl.json, "One JSON document on standard output", NULL },
  { NULL },
};

static const GOptionEntry first_options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Version of the program", NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, &show_help, "What there is", NULL },
  { NULL },
};

static void
print_overview (void)
{
  printf ("usage: dosebookctl [--record FILE] [--as LOGIN --pin-file FILE] [--day YYYY-MM-DD] [--json] NOUN VERB …\n\n");
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const DbkCtlVerb *verb = tables[t]; verb->noun != NULL; verb++)
      {
        g_autofree char *name = g_strjoin (" ", verb->noun, verb->verb != NULL ? verb->verb : verb->arguments,
                                           verb->verb != NULL ? verb->arguments : NULL, NULL);

        printf ("  %-38s %s\n", name, verb->summary);
      }
  printf ("\ndosebookctl NOUN VERB --help says more. Exit status: 0 done, 1 failed, 2 usage, 3 stopped by a rule, 4 an answer is needed.\n");
}

static const DbkCtlVerb *
find_verb (const char *noun,
           const char *word,
           gboolean   *noun_known)
{
  *noun_known = FALSE;
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const DbkCtlVerb *verb = tables[t]; verb->noun != NULL; verb++)
      {
        if (strcmp (verb->noun, noun) != 0)
          continue;
        *noun_known = TRUE;
        if (verb->verb == NULL || g_strcmp0 (verb->verb, word) == 0)
          return verb;
      }
  return NULL;
}

/* ---- before and after a verb ---- */

static gboolean
sign_in (GError **error)
{
  g_autofree char *pin = NULL;

  if (ctl.login == NULL)
    {
      dbk_ctl_usage (error, "Who acts? Say --as LOGIN --pin-file FILE");
      return FALSE;
    }
  pin = dbk_ctl_read_pin (ctl.pin_file, error);
  if (pin == NULL)
    return FALSE;
  ctl.session = dbk_sign_in (ctl.clinic, ctl.login, pin, error);
  return ctl.session != NULL;
}

static gboolean
prepare (const DbkCtlVerb  *verb,
         GError           **error)
{
  if (ctl.record == NULL)
    ctl.record = dbk_clinic_dup_default_path ();
  if (verb->needs == DBK_NEEDS_NOTHING)
    return TRUE;
  ctl.clinic = dbk_clinic_open (ctl.record, verb->needs == DBK_NEEDS_RECORD ? DBK_DB_READ : DBK_DB_WRITE, error);
  if (ctl.clinic == NULL)
    return FALSE;
  if ((verb->needs == DBK_NEEDS_PERSON || (verb->needs == DBK_NEEDS_RECORD_TO_WRITE && ctl.login != NULL)) && !sign_in (error))
    return FALSE;
  if (dbk_ctl_parse_day (&ctl, ctl.day_text, &ctl.day, NULL))
    return TRUE;
  dbk_ctl_usage (error, "\"%s\" is not a day: YYYY-MM-DD, today or yesterday", ctl.day_text);
  return FALSE;
}

static void
print_json (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_set_object (node, object);
  text = json_to_string (node, TRUE);
  puts (text);
}

static const char *
word_for (const GError *error)
{
  if (g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND) || g_error_matches (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND))
    return "not-found";
  if (error->domain == DBK_APP_ERROR)
    {
      static const char *const words[] = { "invalid", "not-found", "not-allowed", "taken", "wrong-pin", "locked-out", "second-person",
                                           "mistyped-code", "slip-not-card", "other-code", "card-unknown", "failed" };

      return (guint) error->code < G_N_ELEMENTS (words) ? words[error->code] : "failed";
    }
  if (error->domain == DBK_DB_ERROR)
    {
      static const char *const words[] = { "failed", "busy", "constraint", "not-found", "disk-full", "io", "corrupt", "too-new",
                                           "not-ours", "read-only", "exists", "cancelled" };

      return (guint) error->code < G_N_ELEMENTS (words) ? words[error->code] : "failed";
    }
  if (error->domain == DBK_RECORD_ERROR)
    return error->code == DBK_RECORD_ERROR_UNIT ? "unit" : "invalid";
  return error->domain == dbk_ctl_usage_quark () || error->domain == G_OPTION_ERROR ? "usage" : "failed";
}

static DbkExit
report (const GError *error,
        DbkExit       code)
{
  gboolean usage = error->domain == dbk_ctl_usage_quark () || error->domain == G_OPTION_ERROR;

  fprintf (stderr, "dosebookctl: %s\n", error->message);
  if (ctl.json || json_asked)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "code", word_for (error));
      json_object_set_string_member (object, "message", error->message);
      json_object_set_object_member (ctl.out, "error", object);
      print_json (ctl.out);
    }
  if (usage)
    return DBK_EXIT_USAGE;
  return code == DBK_EXIT_DONE ? DBK_EXIT_FAILED : code;
}

static gboolean
parse_verb_options (const DbkCtlVerb  *verb,
                    int               *argc,
                    char            ***argv,
                    GError           **error)
{
  g_autofree char *usage = g_strjoin (" ", verb->noun, verb->verb != NULL ? verb->verb : verb->arguments,
                                      verb->verb != NULL ? verb->arguments : NULL, NULL);
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *summary = g_strdup_printf ("dosebookctl %s\n  %s", usage, verb->summary);

  g_option_context_set_summary (context, summary);
  if (verb->options != NULL)
    g_option_context_add_main_entries (context, verb->options, NULL);
  g_option_context_add_main_entries (context, global_options, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc - 1 < verb->n_least || *argc - 1 > verb->n_most)
    {
      dbk_ctl_usage (error, "%s", *verb->arguments != '\0' ? usage : "This takes no argument");
      return FALSE;
    }
  return TRUE;
}

static DbkExit
run (const DbkCtlVerb *verb,
     int               argc,
     char            **argv)
{
  g_autoptr(GError) error = NULL;
  DbkExit code = DBK_EXIT_FAILED;

  if (!parse_verb_options (verb, &argc, &argv, &error) || !prepare (verb, &error))
    return report (error, DBK_EXIT_FAILED);
  code = verb->func (&ctl, argc - 1, argv + 1, &error);
  if (error != NULL)
    return report (error, code);
  if (ctl.json)
    print_json (ctl.out);
  return code;
}

static DbkExit
choose (int    argc,
        char **argv)
{
  const char *noun = argc > 1 ? argv[1] : NULL;
  g_autoptr(GError) error = NULL;
  const DbkCtlVerb *verb;
  gboolean noun_known = FALSE;
  int skip;

  if (noun == NULL)
    {
      print_overview ();
      return DBK_EXIT_USAGE;
    }
  verb = find_verb (noun, argc > 2 ? argv[2] : NULL, &noun_known);
  if (verb == NULL)
    {
      dbk_ctl_usage (&error, noun_known ? "\"%s\" does not know that verb; --help lists them" : "There is no \"%s\"; --help lists what there is", noun);
      return report (error, DBK_EXIT_USAGE);
    }
  skip = verb->verb != NULL ? 2 : 1;
  return run (verb, argc - skip, argv + skip);
}

static void
clear (void)
{
  g_clear_pointer (&ctl.session, dbk_session_free);
  g_clear_pointer (&ctl.clinic, dbk_clinic_close);
  g_clear_pointer (&ctl.out, json_object_unref);
  g_free (ctl.record);
  g_free (ctl.login);
  g_free (ctl.pin_file);
  g_free (ctl.day_text);
}

int
main (int    argc, /* nocheck:prefix where the command begins */
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  DbkExit code;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DBK_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  ctl.out = json_object_new ();
  ctl.day = DBK_DAY_NONE;
  json_asked = g_strv_contains ((const char *const *) argv, "--json");

  /* Only what stands before the noun; the rest belongs to the verb. */
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, first_options, NULL);
  g_option_context_add_main_entries (context, global_options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    code = report (error, DBK_EXIT_USAGE);
  else if (show_version)
    code = puts ("dosebookctl " DBK_VERSION) < 0 ? DBK_EXIT_FAILED : DBK_EXIT_DONE;
  else if (show_help)
    {
      print_overview ();
      code = DBK_EXIT_DONE;
    }
  else
    code = choose (argc, argv);
  clear ();
  return (int) code;
}
