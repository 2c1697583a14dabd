/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-enrol-site.h"
#include "app/dbk-lease-days.h"
#include "db/dbk-lease-store.h"

static struct
{
  char *to;
  char *from;
  char *until;
  char *reason;
  char *confirmed;
  char *finding;
} options;

static const GOptionEntry grant_options[] = {
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Code of the dosing point", "SITE" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, "Last day (the first)", "DAY" },
  { NULL },
};

static const GOptionEntry return_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day that goes back (today)", "DAY" },
  { NULL },
};

static const GOptionEntry break_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day that is taken back (today)", "DAY" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "point-unreachable, laptop-lost, patient-came or other", "REASON" },
  { "confirmed", 0, 0, G_OPTION_ARG_STRING, &options.confirmed, "Whom you reached at the point, and how", "TEXT" },
  { NULL },
};

static const GOptionEntry close_options[] = {
  { "finding", 0, 0, G_OPTION_ARG_STRING, &options.finding, "both-taken, one-not-taken, entered-twice or other", "FINDING" },
  { NULL },
};

/* ---- granting ---- */

static DbkExit
grant (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(GPtrArray) patients = NULL, leases = NULL;
  DbkDay from = dbk_clinic_today (ctl->clinic), until;
  JsonArray *array;

  if (options.to == NULL)
    return dbk_ctl_usage (error, "To which dosing point? --to CODE");
  if (!dbk_ctl_parse_day (ctl, options.from, &from, error))
    return DBK_EXIT_FAILED;
  until = from;
  if (!dbk_ctl_parse_day (ctl, options.until, &until, error))
    return DBK_EXIT_FAILED;
  patients = dbk_ctl_find_many (ctl, argc, argv, error);
  if (patients == NULL)
    return DBK_EXIT_FAILED;
  if (!dbk_grant_leases (ctl->clinic, ctl->session, (const char *const *) patients->pdata, options.to, from, until, &leases, error))
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < leases->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (leases, i));
  json_object_set_array_member (ctl->out, "leases", array);
  dbk_ctl_set_day (ctl->out, "from", from);
  dbk_ctl_set_day (ctl->out, "until", until);
  dbk_ctl_say (ctl, "Granted for %u patients. It counts here at once, and there when a file has brought it.", leases->len);
  return DBK_EXIT_DONE;
}

/* ---- listing ---- */

static void
tell_lease (DbkCtl         *ctl,
            JsonArray      *array,
            const DbkLease *lease)
{
  DbkLanguage language = dbk_text_language ();
  g_autoptr(DbkPatient) patient = dbk_patient_get (dbk_clinic_get_db (ctl->clinic), lease->patient, NULL);
  DbkDay last = dbk_lease_last_day (lease);
  g_autofree char *from = dbk_day_format (lease->from, language), *until = dbk_day_format (last, language);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "lease", lease->id);
  dbk_ctl_set_text (object, "number", patient != NULL ? patient->number : NULL);
  dbk_ctl_set_text (object, "site", lease->site_code);
  json_object_set_boolean_member (object, "on_paper", lease->holder == NULL);
  dbk_ctl_set_day (object, "from", lease->from);
  dbk_ctl_set_day (object, "to", lease->to);
  dbk_ctl_set_day (object, "last_day", last);
  dbk_ctl_set_text (object, "ended", lease->back_from != DBK_DAY_NONE ? dbk_lease_end_to_word (lease->end) : NULL);
  dbk_ctl_set_text (object, "reason", lease->end_reason);
  json_array_add_object_element (array, object);
  dbk_ctl_say (ctl, "%s  %s  %s  %s – %s%s%s", lease->id, patient != NULL ? patient->number : "?", lease->site_code != NULL ? lease->site_code : "?", from,
               last != DBK_DAY_NONE ? until : "×", lease->back_from != DBK_DAY_NONE ? "  " : "",
               lease->back_from != DBK_DAY_NONE ? dbk_lease_end_to_word (lease->end) : "");
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  DbkDb *db = dbk_clinic_get_db (ctl->clinic);
  g_autoptr(DbkSite) site = argc > 0 ? dbk_find_site (ctl->clinic, argv[0], error) : NULL;
  g_autoptr(GPtrArray) leases = NULL;
  JsonArray *array;

  if (argc > 0 && site == NULL)
    return DBK_EXIT_FAILED;
  leases = site != NULL ? dbk_lease_list_of_site (db, site->id, dbk_ctl_day (ctl), error) : dbk_lease_list_from (db, dbk_ctl_day (ctl), error);
  if (leases == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < leases->len; i++)
    tell_lease (ctl, array, g_ptr_array_index (leases, i));
  json_object_set_array_member (ctl->out, "leases", array);
  return DBK_EXIT_DONE;
}

/* ---- ending ---- */

/* A lease by its id; a patient's only one that is not over by the patient. */
static char *
choose_lease (DbkCtl      *ctl,
              const char  *handle,
              GError     **error)
{
  g_autoptr(DbkLease) lease = dbk_lease_get (dbk_clinic_get_db (ctl->clinic), handle, NULL);
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(GPtrArray) leases = NULL;
  const DbkLease *only = NULL;

  if (lease != NULL)
    return g_strdup (lease->id);
  found = dbk_ctl_find (ctl, handle, error);
  leases = found != NULL ? dbk_lease_list_of_patient (dbk_clinic_get_db (ctl->clinic), found->patient->id, error) : NULL;
  for (guint i = 0; leases != NULL && i < leases->len; i++)
    {
      const DbkLease *one = g_ptr_array_index (leases, i);
      DbkDay last = dbk_lease_last_day (one);

      if (last == DBK_DAY_NONE || last < dbk_clinic_today (ctl->clinic))
        continue;
      if (only != NULL)
        {
          g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "There are several leases: name one by its id");
          return NULL;
        }
      only = one;
    }
  if (only == NULL && leases != NULL)
    g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No lease stands for this patient");
  return only != NULL ? g_strdup (only->id) : NULL;
}

static DbkExit
give_back (DbkCtl   *ctl,
           int       argc,
           char    **argv,
           GError  **error)
{
  DbkDay from = dbk_clinic_today (ctl->clinic);
  g_autofree char *lease = choose_lease (ctl, argv[0], error);

  if (lease == NULL || !dbk_ctl_parse_day (ctl, options.from, &from, error) || !dbk_return_lease (ctl->clinic, ctl->session, lease, from, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "lease", lease);
  dbk_ctl_set_day (ctl->out, "from", from);
  dbk_ctl_say (ctl, "Given back. Nobody doses here on these days any more; the clinic does when a file has told it.");
  return DBK_EXIT_DONE;
}

static DbkExit
take_back (DbkCtl   *ctl,
           int       argc,
           char    **argv,
           GError  **error)
{
  DbkDay from = dbk_clinic_today (ctl->clinic);
  g_autofree char *lease = NULL;

  if (options.reason == NULL || options.confirmed == NULL)
    return dbk_ctl_usage (error, "Why, and whom did you reach? --reason REASON --confirmed TEXT");
  lease = choose_lease (ctl, argv[0], error);
  if (lease == NULL || !dbk_ctl_parse_day (ctl, options.from, &from, error) ||
      !dbk_break_lease (ctl->clinic, ctl->session, lease, from, options.reason, options.confirmed, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "lease", lease);
  dbk_ctl_set_day (ctl->out, "from", from);
  dbk_ctl_say (ctl, "Taken back. The point hears of it with the next file.");
  return DBK_EXIT_DONE;
}

/* ---- two doses ---- */

static void
tell_collision (DbkCtl             *ctl,
                JsonArray          *array,
                const DbkCollision *collision)
{
  g_autoptr(DbkPatient) patient = dbk_patient_get (dbk_clinic_get_db (ctl->clinic), collision->patient, NULL);
  g_autofree char *day = dbk_day_format (collision->day, dbk_text_language ());
  JsonObject *object = json_object_new ();

  dbk_ctl_set_text (object, "number", patient != NULL ? patient->number : NULL);
  dbk_ctl_set_day (object, "day", collision->day);
  json_object_set_string_member (object, "dose_a", collision->dose_a);
  json_object_set_string_member (object, "dose_b", collision->dose_b);
  dbk_ctl_set_text (object, "finding", collision->finding);
  json_array_add_object_element (array, object);
  dbk_ctl_say (ctl, "%s  %s  %s + %s", day, patient != NULL ? patient->number : "?", collision->dose_a, collision->dose_b);
}

static DbkExit
list_collisions (DbkCtl   *ctl,
                 int       argc,
                 char    **argv,
                 GError  **error)
{
  g_autoptr(GPtrArray) open = dbk_collision_list_open (dbk_clinic_get_db (ctl->clinic), error);
  JsonArray *array;

  if (open == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < open->len; i++)
    tell_collision (ctl, array, g_ptr_array_index (open, i));
  json_object_set_array_member (ctl->out, "collisions", array);
  return DBK_EXIT_DONE;
}

static DbkExit
close_collisions (DbkCtl   *ctl,
                  int       argc,
                  char    **argv,
                  GError  **error)
{
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(GPtrArray) all = NULL;
  JsonArray *array;

  if (options.finding == NULL)
    return dbk_ctl_usage (error, "What was it? --finding both-taken, one-not-taken, entered-twice or other");
  found = dbk_ctl_find (ctl, argv[0], error);
  all = found != NULL ? dbk_collision_list_of_patient (dbk_clinic_get_db (ctl->clinic), found->patient->id, error) : NULL;
  if (all == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  json_object_set_array_member (ctl->out, "closed", array);
  for (guint i = 0; i < all->len; i++)
    {
      const DbkCollision *collision = g_ptr_array_index (all, i);

      if (collision->finding != NULL || (ctl->day != DBK_DAY_NONE && ctl->day != collision->day))
        continue;
      if (!dbk_close_collision (ctl->clinic, ctl->session, collision, options.finding, NULL, error))
        return DBK_EXIT_FAILED;
      tell_collision (ctl, array, collision);
    }
  if (json_array_get_length (array) > 0)
    return DBK_EXIT_DONE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No two doses stand open for this patient");
  return DBK_EXIT_FAILED;
}

const DbkCtlVerb dbk_ctl_lease_verbs[] = {
  { "lease", "grant", DBK_NEEDS_PERSON, grant, "PATIENT-OR-CARD…", "Days of patients lie at a dosing point", grant_options, 1, 1000 },
  { "lease", "return", DBK_NEEDS_PERSON, give_back, "LEASE|PATIENT-OR-CARD", "The point gives days back", return_options, 1, 1 },
  { "lease", "break", DBK_NEEDS_PERSON, take_back, "LEASE|PATIENT-OR-CARD", "A physician takes days back without the point's file", break_options, 1, 1 },
  { "lease", "list", DBK_NEEDS_PERSON, list, "[SITE]", "Whose days lie where", NULL, 0, 1 },
  { "collision", "list", DBK_NEEDS_PERSON, list_collisions, "", "Two doses of one patient and day that nobody has closed", NULL, 0, 0 },
  { "collision", "close", DBK_NEEDS_PERSON, close_collisions, "PATIENT-OR-CARD", "A physician says what it was", close_options, 1, 1 },
  { NULL },
};
