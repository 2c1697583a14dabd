/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-enrol-site.h"
#include "app/dbk-exchange-history.h"
#include "app/dbk-register-patient.h"
#include "app/dbk-site-files.h"

static struct
{
  char    *code;
  char    *name;
  char    *computer;
  char    *replaces;
  char    *reason;
  char   **keep;
  gboolean full;
  gboolean ask;
  gboolean dry_run;
} options;

static const GOptionEntry request_options[] = {
  { "code", 0, 0, G_OPTION_ARG_STRING, &options.code, "Short code of the place, such as B2", "CODE" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Name of the place", "NAME" },
  { "computer", 0, 0, G_OPTION_ARG_STRING, &options.computer, "Name of this computer", "NAME" },
  { NULL },
};

static const GOptionEntry enrol_options[] = {
  { "code", 0, 0, G_OPTION_ARG_STRING, &options.code, "Another code than the request has", "CODE" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Another name", "NAME" },
  { "replaces", 0, 0, G_OPTION_ARG_STRING, &options.replaces, "The place whose computer this one replaces", "SITE" },
  { NULL },
};

static const GOptionEntry paper_options[] = {
  { "code", 0, 0, G_OPTION_ARG_STRING, &options.code, "Short code of the place", "CODE" },
  { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Name of the place", "NAME" },
  { NULL },
};

static const GOptionEntry revoke_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "lost, stolen, replaced, cloned or other", "REASON" },
  { NULL },
};

static const GOptionEntry export_options[] = {
  { "full", 0, 0, G_OPTION_ARG_NONE, &options.full, "Everything, whatever they say they hold", NULL },
  { "ask", 0, 0, G_OPTION_ARG_NONE, &options.ask, "No facts: only what is held here, to ask for the rest", NULL },
  { NULL },
};

static const GOptionEntry import_options[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, "Look at it and record nothing", NULL },
  { "keep", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.keep, "Of two changes the one that would not hold", "PATIENT:WHAT" },
  { NULL },
};

/* ---- becoming known ---- */

static gboolean
write_text (const char  *path,
            const char  *text,
            GError     **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "There is a file at %s already", path);
  return FALSE;
}

static DbkExit
request (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autofree char *text = NULL, *fingerprint = NULL;

  if (options.code == NULL || options.name == NULL)
    return dbk_ctl_usage (error, "A request needs --code and --name of the place");
  if (!dbk_point_request (ctl->record, options.computer != NULL ? options.computer : g_get_host_name (), options.code, options.name, &text, &fingerprint, error) ||
      !write_text (argv[0], text, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "fingerprint", fingerprint);
  dbk_ctl_say (ctl, "The request is in %s. Read this to the clinic when they ask for it: %s", argv[0], fingerprint);
  return DBK_EXIT_DONE;
}

static DbkExit
accept_answer (DbkCtl   *ctl,
               int       argc,
               char    **argv,
               GError  **error)
{
  g_autoptr(GBytes) file = dbk_ctl_read_file (argv[0], error);
  g_autofree char *name = NULL, *fingerprint = NULL;
  gsize size;
  const char *text = file != NULL ? g_bytes_get_data (file, &size) : NULL;

  if (file == NULL || !dbk_point_accept (ctl->record, text, size, &name, &fingerprint, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "clinic", name);
  json_object_set_string_member (ctl->out, "fingerprint", fingerprint);
  dbk_ctl_say (ctl, "This computer belongs to %s now. Their fingerprint must be %s; if they read another one, stop here.", name, fingerprint);
  return DBK_EXIT_DONE;
}

static DbkExit
enrol (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(GBytes) file = dbk_ctl_read_file (argv[0], error);
  g_autoptr(DbkEnrolled) enrolled = NULL;
  gsize size;
  const char *text = file != NULL ? g_bytes_get_data (file, &size) : NULL;

  if (file == NULL)
    return DBK_EXIT_FAILED;
  enrolled = dbk_enrol_site (ctl->clinic, ctl->session, text, size, options.code, options.name, options.replaces, error);
  if (enrolled == NULL || !write_text (argv[1], enrolled->answer, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "site", enrolled->site);
  json_object_set_string_member (ctl->out, "code", enrolled->site_code);
  json_object_set_string_member (ctl->out, "writer", enrolled->writer);
  json_object_set_string_member (ctl->out, "fingerprint", enrolled->fingerprint);
  json_object_set_string_member (ctl->out, "own_fingerprint", enrolled->own_fingerprint);
  dbk_ctl_say (ctl, "%s is enrolled; the answer is in %s.", enrolled->site_code, argv[1]);
  dbk_ctl_say (ctl, "They must read to you: %s. You read to them: %s. If either differs, revoke it at once.", enrolled->fingerprint,
               enrolled->own_fingerprint);
  return DBK_EXIT_DONE;
}

static DbkExit
add_paper (DbkCtl   *ctl,
           int       argc,
           char    **argv,
           GError  **error)
{
  g_autofree char *site = NULL;

  if (options.code == NULL || options.name == NULL)
    return dbk_ctl_usage (error, "A place needs --code and --name");
  if (!dbk_add_paper_site (ctl->clinic, ctl->session, options.code, options.name, &site, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "site", site);
  json_object_set_string_member (ctl->out, "code", options.code);
  dbk_ctl_say (ctl, "%s works on paper.", options.code);
  return DBK_EXIT_DONE;
}

/* ---- who is known ---- */

static void
tell_site (DbkCtl        *ctl,
           JsonArray     *array,
           const DbkSite *site,
           GPtrArray     *writers)
{
  JsonObject *object = json_object_new ();
  JsonArray *computers = json_array_new ();

  json_object_set_string_member (object, "site", site->id);
  json_object_set_string_member (object, "code", site->code);
  json_object_set_string_member (object, "name", site->name);
  json_object_set_boolean_member (object, "home", strcmp (site->id, dbk_clinic_get_home (ctl->clinic)->site) == 0);
  dbk_ctl_say (ctl, "%s  %s", site->code, site->name);
  for (guint i = 0; i < writers->len; i++)
    {
      const DbkWriterRow *row = g_ptr_array_index (writers, i);
      JsonObject *computer;

      if (strcmp (row->site, site->id) != 0)
        continue;
      computer = json_object_new ();
      json_object_set_string_member (computer, "writer", row->writer);
      json_object_set_string_member (computer, "name", row->name);
      dbk_ctl_set_day (computer, "enrolled", row->enrolled);
      json_object_set_boolean_member (computer, "revoked", row->revoked_seq >= 0);
      json_object_set_int_member (computer, "facts", row->seq);
      dbk_ctl_set_time (computer, "newest", ctl, row->newest_ms);
      json_array_add_object_element (computers, computer);
      dbk_ctl_say (ctl, "    %s  %s%s", row->writer, row->name, row->revoked_seq >= 0 ? "  revoked" : "");
    }
  json_object_set_array_member (object, "computers", computers);
  json_array_add_object_element (array, object);
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(GPtrArray) sites = dbk_site_list (dbk_clinic_get_db (ctl->clinic), error);
  g_autoptr(GPtrArray) writers = sites != NULL ? dbk_writer_list (dbk_clinic_get_db (ctl->clinic), error) : NULL;
  JsonArray *array;

  if (writers == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < sites->len; i++)
    tell_site (ctl, array, g_ptr_array_index (sites, i), writers);
  json_object_set_array_member (ctl->out, "sites", array);
  return DBK_EXIT_DONE;
}

static DbkExit
end_writer (DbkCtl   *ctl,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr(DbkSite) site = NULL;
  g_autoptr(DbkWriterRow) writer = NULL;

  if (options.reason == NULL)
    return dbk_ctl_usage (error, "Why? --reason lost, stolen, replaced, cloned or other");
  site = dbk_find_site (ctl->clinic, argv[0], error);
  if (site == NULL)
    return DBK_EXIT_FAILED;
  writer = dbk_find_active_writer (ctl->clinic, site->id, error);
  if (writer == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "This place has no computer that could be revoked");
      return DBK_EXIT_FAILED;
    }
  if (!dbk_revoke_writer (ctl->clinic, ctl->session, writer->writer, options.reason, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "writer", writer->writer);
  dbk_ctl_say (ctl, "Revoked. What it says from now on waits until somebody accepts it.");
  return DBK_EXIT_DONE;
}

/* Of every revoked computer of the place. */
static DbkExit
accept_facts (DbkCtl   *ctl,
              int       argc,
              char    **argv,
              GError  **error)
{
  gint64 accepted = 0;

  if (!dbk_accept_held_back_of_place (ctl->clinic, ctl->session, argv[0], &accepted, error))
    return DBK_EXIT_FAILED;
  json_object_set_int_member (ctl->out, "accepted", accepted);
  dbk_ctl_say (ctl, "%" G_GINT64_FORMAT " facts count from now on.", accepted);
  return DBK_EXIT_DONE;
}

/* ---- files ---- */

static DbkExit
write_file (DbkCtl   *ctl,
            int       argc,
            char    **argv,
            GError  **error)
{
  gboolean home = dbk_clinic_get_home (ctl->clinic)->here;
  DbkSiteFileRequest to = { .site = home ? argv[0] : NULL, .full = options.full, .nothing = options.ask };
  g_autoptr(DbkExportReport) report = NULL;
  g_autofree char *path = NULL;

  if (home && argc < 1)
    return dbk_ctl_usage (error, "For which place? site export CODE [FILE]");
  if (argc > (home ? 1 : 0))
    path = g_strdup (argv[argc - 1]);
  else
    path = dbk_site_file_name (ctl->clinic, home ? argv[0] : "home");
  to.path = path;
  report = dbk_write_site_file (ctl->clinic, ctl->session, &to, NULL, NULL, NULL, error);
  if (report == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "file", path);
  json_object_set_string_member (ctl->out, "id", report->manifest->file);
  json_object_set_int_member (ctl->out, "facts", report->manifest->facts);
  json_object_set_int_member (ctl->out, "doses", report->manifest->doses);
  json_object_set_int_member (ctl->out, "volume_ul", report->manifest->volume_ul);
  dbk_ctl_say (ctl, "%s: %" G_GINT64_FORMAT " facts, %" G_GINT64_FORMAT " doses. It was read back; the stick may be taken out safely.", path,
               report->manifest->facts, report->manifest->doses);
  return DBK_EXIT_DONE;
}

static void
tell_missing (DbkCtl                *ctl,
              const DbkIntake *report)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < report->missing->len; i++)
    {
      const DbkTip *tip = &g_array_index (report->missing, DbkTip, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "writer", tip->writer);
      json_object_set_int_member (object, "seq", tip->seq);
      json_array_add_object_element (array, object);
      dbk_ctl_say (ctl, "This file follows fact %" G_GINT64_FORMAT " of %s, which is not here: ask for a full file (site export --ask).", tip->seq, tip->writer);
    }
  json_object_set_array_member (ctl->out, "missing", array);
}

static char *
number_of (DbkCtl     *ctl,
           const char *patient)
{
  g_autoptr(DbkPatient) found = dbk_patient_get (dbk_clinic_get_db (ctl->clinic), patient, NULL);

  return g_strdup (found != NULL ? found->number : patient);
}

static void
tell_conflicts (DbkCtl          *ctl,
                const DbkIntake *report)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < report->conflicts->len; i++)
    {
      const DbkConflict *conflict = g_ptr_array_index (report->conflicts, i);
      JsonObject *object = json_object_new ();
      g_autofree char *number = number_of (ctl, conflict->patient);

      json_object_set_string_member (object, "patient", number);
      json_object_set_string_member (object, "what", conflict->attribute);
      json_object_set_string_member (object, "here", conflict->here);
      json_object_set_string_member (object, "there", conflict->there);
      json_object_set_string_member (object, "holds", conflict->here_wins ? "here" : "there");
      json_array_add_object_element (array, object);
      dbk_ctl_say (ctl, "%s, %s: \"%s\" here, \"%s\" there; the later one, %s, holds (--keep %s:%s keeps the other).", number, conflict->attribute,
                   conflict->here != NULL ? conflict->here : "", conflict->there != NULL ? conflict->there : "", conflict->here_wins ? "here" : "there",
                   number, conflict->attribute);
    }
  json_object_set_array_member (ctl->out, "changed_at_both", array);
}

static void
tell_report (DbkCtl                *ctl,
             const DbkIntake *report)
{
  const DbkManifest *manifest = report->manifest;

  json_object_set_string_member (ctl->out, "id", manifest->file);
  json_object_set_string_member (ctl->out, "from", manifest->site_code);
  dbk_ctl_set_time (ctl->out, "made", ctl, manifest->made_ms);
  if (manifest->by != NULL)
    json_object_set_string_member (ctl->out, "by", manifest->by);
  dbk_ctl_set_day (ctl->out, "from_day", report->from);
  dbk_ctl_set_day (ctl->out, "to_day", report->to);
  json_object_set_boolean_member (ctl->out, "known_file", report->known_file);
  json_object_set_int_member (ctl->out, "facts", manifest->facts);
  json_object_set_int_member (ctl->out, "doses", manifest->doses);
  json_object_set_int_member (ctl->out, "new", report->n_new);
  json_object_set_int_member (ctl->out, "known", report->n_known);
  json_object_set_int_member (ctl->out, "revealed", report->n_revealed);
  json_object_set_int_member (ctl->out, "held_back", report->n_held_back);
  json_object_set_int_member (ctl->out, "conflicts", report->conflicts->len);
  json_object_set_int_member (ctl->out, "collisions", report->collisions->len);
  json_object_set_int_member (ctl->out, "forks", report->forks->len);
  json_object_set_boolean_member (ctl->out, "we_forgot", report->we_forgot);
  json_object_set_int_member (ctl->out, "clock_ahead_ms", report->clock_ahead_ms);
  tell_missing (ctl, report);
  tell_conflicts (ctl, report);
  if (report->missing->len == 0)
    dbk_ctl_say (ctl, "From %s: %" G_GINT64_FORMAT " new facts, %" G_GINT64_FORMAT " known, %u double doses, %u forks.", manifest->site_code, report->n_new,
                 report->n_known, report->collisions != NULL ? report->collisions->len : 0, report->forks->len);
}

static const DbkConflict *
find_conflict (DbkCtl          *ctl,
               const DbkIntake *report,
               const char      *named)
{
  for (guint i = 0; i < report->conflicts->len; i++)
    {
      const DbkConflict *conflict = g_ptr_array_index (report->conflicts, i);
      g_autofree char *number = number_of (ctl, conflict->patient), *name = g_strconcat (number, ":", conflict->attribute, NULL);

      if (strcmp (name, named) == 0)
        return conflict;
    }
  return NULL;
}

/* DbkKeptValue; NULL if one of those named is no conflict. */
static GPtrArray *
list_kept (DbkCtl           *ctl,
           const DbkIntake  *report,
           GError          **error)
{
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_kept_value_free);

  for (guint i = 0; options.keep[i] != NULL; i++)
    {
      const DbkConflict *conflict = find_conflict (ctl, report, options.keep[i]);

      if (conflict == NULL)
        {
          g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "%s was not changed at both places: nothing was recorded", options.keep[i]);
          return NULL;
        }
      g_ptr_array_add (kept, dbk_kept_value_new (conflict->patient, conflict->attribute, conflict->here_wins ? conflict->there : conflict->here));
    }
  return g_steal_pointer (&kept);
}

/* Looked at first: what is to be kept must be one of its conflicts. */
static DbkExit
take_in_and_keep (DbkCtl      *ctl,
                  const char  *path,
                  GError     **error)
{
  g_autoptr(DbkIntake) looked = dbk_take_site_file (ctl->clinic, ctl->session, path, DBK_INTAKE_INSPECT, NULL, NULL, NULL, error), report = NULL;
  g_autoptr(GPtrArray) kept = NULL;

  if (looked == NULL)
    return DBK_EXIT_FAILED;
  if (looked->missing->len > 0)
    {
      tell_report (ctl, looked);
      return DBK_EXIT_STOPPED;
    }
  kept = list_kept (ctl, looked, error);
  if (kept == NULL || !dbk_session_require (ctl->session, DBK_ACT_REGISTER_PATIENT, error) ||
      (report = dbk_take_site_file (ctl->clinic, ctl->session, path, DBK_INTAKE_TAKE, NULL, NULL, NULL, error)) == NULL)
    return DBK_EXIT_FAILED;
  tell_report (ctl, report);
  if (!dbk_keep_values (ctl->clinic, ctl->session, kept, error))
    {
      g_prefix_error (error, "The file is in, but what was to be kept is not: ");
      return DBK_EXIT_FAILED;
    }
  json_object_set_int_member (ctl->out, "kept", kept->len);
  return DBK_EXIT_DONE;
}

static DbkExit
take_in (DbkCtl         *ctl,
         const char     *path,
         DbkIntakeMode   mode,
         GError        **error)
{
  g_autoptr(DbkIntake) report = dbk_take_site_file (ctl->clinic, ctl->session, path, mode, NULL, NULL, NULL, error);

  if (report == NULL)
    return DBK_EXIT_FAILED;
  tell_report (ctl, report);
  return report->missing->len > 0 ? DBK_EXIT_STOPPED : DBK_EXIT_DONE;
}

static DbkExit
inspect (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  return take_in (ctl, argv[0], DBK_INTAKE_INSPECT, error);
}

static DbkExit
import (DbkCtl   *ctl,
        int       argc,
        char    **argv,
        GError  **error)
{
  if (options.keep != NULL && !options.dry_run)
    return take_in_and_keep (ctl, argv[0], error);
  return take_in (ctl, argv[0], options.dry_run ? DBK_INTAKE_INSPECT : DBK_INTAKE_TAKE, error);
}

static void
tell_file (DbkCtl                *ctl,
           JsonArray             *array,
           const DbkExchangeFile *file)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", file->file);
  json_object_set_string_member (object, "direction", file->incoming ? "in" : "out");
  if (file->site_code != NULL)
    json_object_set_string_member (object, "site", file->site_code);
  dbk_ctl_set_time (object, "at", ctl, file->at_ms);
  dbk_ctl_set_time (object, "made", ctl, file->made_ms);
  json_object_set_int_member (object, "facts", file->facts);
  json_object_set_int_member (object, "new", file->news);
  json_object_set_int_member (object, "conflicts", file->conflicts);
  json_object_set_int_member (object, "collisions", file->collisions);
  json_object_set_int_member (object, "forks", file->forks);
  if (file->by_name != NULL)
    json_object_set_string_member (object, "by", file->by_name);
  json_array_add_object_element (array, object);
  dbk_ctl_say (ctl, "%s %s  %s: %" G_GINT64_FORMAT " facts, %" G_GINT64_FORMAT " new%s%s", file->incoming ? "from" : "for",
               file->site_code != NULL ? file->site_code : "?", json_object_get_string_member (object, "at"), file->facts, file->news,
               file->by_name != NULL ? ", by " : "", file->by_name != NULL ? file->by_name : "");
}

static DbkExit
list_files (DbkCtl   *ctl,
            int       argc,
            char    **argv,
            GError  **error)
{
  g_autoptr(GPtrArray) files = dbk_exchange_history_read (ctl->clinic, ctl->session, error);
  JsonArray *array;

  if (files == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < files->len; i++)
    tell_file (ctl, array, g_ptr_array_index (files, i));
  json_object_set_array_member (ctl->out, "files", array);
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_site_verbs[] = {
  { "site", "request", DBK_NEEDS_NOTHING, request, "FILE", "At a dosing point: ask to be enrolled", request_options, 1, 1 },
  { "site", "accept", DBK_NEEDS_NOTHING, accept_answer, "FILE", "At a dosing point: take the clinic's answer", NULL, 1, 1 },
  { "site", "enrol", DBK_NEEDS_PERSON, enrol, "REQUEST ANSWER", "Enrol a dosing point's computer", enrol_options, 2, 2 },
  { "site", "paper", DBK_NEEDS_PERSON, add_paper, "", "A dosing point that works on paper", paper_options, 0, 0 },
  { "site", "list", DBK_NEEDS_PERSON, list, "", "The places and their computers", NULL, 0, 0 },
  { "site", "revoke", DBK_NEEDS_PERSON, end_writer, "SITE", "Its computer is not believed any more", revoke_options, 1, 1 },
  { "site", "accept-facts", DBK_NEEDS_PERSON, accept_facts, "SITE", "A physician believes what its revoked computer has said since", NULL, 1, 1 },
  { "site", "export", DBK_NEEDS_PERSON, write_file, "[SITE] [FILE]", "Write a site file", export_options, 0, 2 },
  { "site", "files", DBK_NEEDS_PERSON, list_files, "", "The files written and taken in here, the newest first", NULL, 0, 0 },
  { "site", "inspect", DBK_NEEDS_RECORD_TO_WRITE, inspect, "FILE", "What a site file would bring", NULL, 1, 1 },
  { "site", "import", DBK_NEEDS_RECORD_TO_WRITE, import, "FILE", "Take a site file in", import_options, 1, 1 },
  { NULL },
};
