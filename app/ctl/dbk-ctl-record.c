/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-demo.h"
#include "app/dbk-sign-in.h"
#include "db/dbk-backup.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-verify.h"

static struct
{
  char *site_name;
  char *site_code;
  char *timezone;
  char *policy;
  char *admin_name;
  char *pins;
  int   patients;
  int   days;
} options = { .patients = DBK_DEMO_PATIENTS, .days = DBK_DEMO_DAYS };

static const GOptionEntry init_options[] = {
  { "site-name", 0, 0, G_OPTION_ARG_STRING, &options.site_name, "Name of the clinic", "NAME" },
  { "site-code", 0, 0, G_OPTION_ARG_STRING, &options.site_code, "Its short code", "CODE" },
  { "timezone", 0, 0, G_OPTION_ARG_STRING, &options.timezone, "Where its day begins, such as Asia/Shanghai", "ZONE" },
  { "policy", 0, 0, G_OPTION_ARG_STRING, &options.policy, "What missed days mean here", "NAME" },
  { "admin-name", 0, 0, G_OPTION_ARG_STRING, &options.admin_name, "Name of the first administrator", "NAME" },
  { NULL },
};

static const GOptionEntry demo_options[] = {
  { "pins", 0, 0, G_OPTION_ARG_FILENAME, &options.pins, "Folder for the PIN files", "DIRECTORY" },
  { "patients", 0, 0, G_OPTION_ARG_INT, &options.patients, "How many invented people", "N" },
  { "days", 0, 0, G_OPTION_ARG_INT, &options.days, "How many days of history", "N" },
  { NULL },
};

static DbkExit
init (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *pin = NULL;
  DbkSetUp set_up = { .site_name = options.site_name, .site_code = options.site_code, .policy = options.policy,
                      .timezone = options.timezone, .admin_login = ctl->login, .admin_name = options.admin_name };

  if (ctl->login == NULL || ctl->pin_file == NULL || options.timezone == NULL || options.policy == NULL)
    return dbk_ctl_usage (error, "A new record needs --as LOGIN --pin-file FILE, --site-name, --site-code, --timezone, --policy and --admin-name");
  pin = dbk_ctl_read_or_make_pin (ctl->pin_file, error);
  if (pin == NULL)
    return DBK_EXIT_FAILED;
  set_up.admin_pin = pin;
  ctl->clinic = dbk_clinic_set_up (ctl->record, &set_up, 0, error);
  if (ctl->clinic == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "record", ctl->record);
  json_object_set_string_member (ctl->out, "site", dbk_clinic_get_site (ctl->clinic)->id);
  json_object_set_string_member (ctl->out, "site_code", options.site_code);
  json_object_set_string_member (ctl->out, "policy", options.policy);
  dbk_ctl_say (ctl, "A new record of %s (%s) is at %s.", options.site_name, options.site_code, ctl->record);
  return DBK_EXIT_DONE;
}

static gboolean
write_pins (const char  *folder,
            GError     **error)
{
  static const char *const names[] = { "pin.nurse", "pin.doctor", "pin.admin" };

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_FAILED, "The folder %s cannot be made", folder);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (!g_file_set_contents_full (path, DBK_DEMO_PIN "\n", -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return FALSE;
    }
  return TRUE;
}

static DbkExit
demo (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  if (options.patients < 1 || options.patients > 9000 || options.days < 1 || options.days > 4000)
    return dbk_ctl_usage (error, "A demonstration has 1 to 9000 patients and 1 to 4000 days");
  if (!dbk_demo_make (ctl->record, (guint) options.patients, (guint) options.days, 0, error) ||
      (options.pins != NULL && !write_pins (options.pins, error)))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "record", ctl->record);
  json_object_set_int_member (ctl->out, "patients", options.patients);
  dbk_ctl_say (ctl, "A demonstration clinic with %d invented people is at %s.", options.patients, ctl->record);
  dbk_ctl_say (ctl, "Logins: %s, %s, %s; PIN: %s", DBK_DEMO_NURSE, DBK_DEMO_DOCTOR, DBK_DEMO_ADMIN, DBK_DEMO_PIN);
  return DBK_EXIT_DONE;
}

static DbkExit
verify (DbkCtl   *ctl,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr(DbkVerifyReport) found = dbk_verify (dbk_clinic_get_db (ctl->clinic), NULL, NULL, NULL, error);

  if (found == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_boolean_member (ctl->out, "holds", found->problem == NULL);
  json_object_set_int_member (ctl->out, "facts", found->facts);
  json_object_set_int_member (ctl->out, "doses", found->doses);
  json_object_set_int_member (ctl->out, "tables", found->tables);
  dbk_ctl_set_text (ctl->out, "problem", found->problem);
  dbk_ctl_set_text (ctl->out, "broken_fact", found->broken_fact);
  if (found->problem == NULL)
    {
      dbk_ctl_say (ctl, "The record holds: %" G_GINT64_FORMAT " facts, %" G_GINT64_FORMAT " doses, %" G_GINT64_FORMAT " tables rebuilt and equal.",
                   found->facts, found->doses, found->tables);
      return DBK_EXIT_DONE;
    }
  dbk_ctl_say (ctl, "The record does NOT hold: %s%s%s", found->problem, found->broken_fact != NULL ? "; first fact: " : "",
               found->broken_fact != NULL ? found->broken_fact : "");
  return DBK_EXIT_FAILED;
}

static DbkExit
info (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  DbkDb *db = dbk_clinic_get_db (ctl->clinic);
  const DbkSite *site = dbk_clinic_get_site (ctl->clinic);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPolicy) policy = dbk_clinic_new_policy (ctl->clinic, &local_error);
  gint64 facts = 0, patients = 0, doses = 0, dose_ug = 0, dosed = 0;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return DBK_EXIT_FAILED;
    }
  if (!dbk_fact_log_count (db, &facts, error) || !dbk_patient_count (db, &patients, error) ||
      !dbk_dose_totals (db, &doses, &dose_ug, &dosed, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "record", ctl->record);
  json_object_set_string_member (ctl->out, "site_name", site->name);
  json_object_set_string_member (ctl->out, "site_code", site->code);
  json_object_set_string_member (ctl->out, "timezone", site->timezone);
  dbk_ctl_set_text (ctl->out, "policy", policy != NULL ? policy->name : NULL);
  json_object_set_boolean_member (ctl->out, "demonstration", dbk_clinic_is_demo (ctl->clinic));
  json_object_set_int_member (ctl->out, "format", dbk_db_get_version (db));
  json_object_set_int_member (ctl->out, "facts", facts);
  json_object_set_int_member (ctl->out, "patients", patients);
  json_object_set_int_member (ctl->out, "doses", doses);
  json_object_set_int_member (ctl->out, "dosed_patients", dosed);
  json_object_set_int_member (ctl->out, "given_ug", dose_ug);
  dbk_ctl_set_day (ctl->out, "today", dbk_clinic_today (ctl->clinic));
  dbk_ctl_say (ctl, "%s (%s), %s, policy %s", site->name, site->code, site->timezone, policy != NULL ? policy->name : "none");
  dbk_ctl_say (ctl, "%" G_GINT64_FORMAT " facts, %" G_GINT64_FORMAT " patients, %" G_GINT64_FORMAT " doses", facts, patients, doses);
  return DBK_EXIT_DONE;
}

static DbkExit
backup (DbkCtl   *ctl,
        int       argc,
        char    **argv,
        GError  **error)
{
  if (!dbk_session_require (ctl->session, DBK_ACT_BACKUP, error) ||
      !dbk_backup_write (dbk_clinic_get_db (ctl->clinic), argv[0], NULL, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "backup", argv[0]);
  dbk_ctl_say (ctl, "A verified copy is at %s.", argv[0]);
  return DBK_EXIT_DONE;
}

/* The person is asked in the copy: the record in place may be the damaged one. */
static gboolean
may_restore (DbkCtl      *ctl,
             const char  *copy,
             GError     **error)
{
  g_autoptr(DbkClinic) clinic = NULL;
  g_autoptr(DbkSession) session = NULL;
  g_autofree char *pin = NULL;

  if (ctl->login == NULL)
    {
      dbk_ctl_usage (error, "There is a record at %s: to replace it, say --as LOGIN --pin-file FILE of an administrator of the copy", ctl->record);
      return FALSE;
    }
  pin = dbk_ctl_read_pin (ctl->pin_file, error);
  clinic = pin != NULL ? dbk_clinic_open (copy, DBK_DB_READ, error) : NULL;
  session = clinic != NULL ? dbk_sign_in (clinic, ctl->login, pin, error) : NULL;
  return session != NULL && dbk_session_require (session, DBK_ACT_RESTORE, error);
}

static DbkExit
restore (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autofree char *kept = NULL;

  /* On a new computer there is nothing to lose yet. */
  if (g_file_test (ctl->record, G_FILE_TEST_EXISTS) && !may_restore (ctl, argv[0], error))
    return DBK_EXIT_FAILED;
  if (!dbk_backup_restore (argv[0], ctl->record, &kept, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "record", ctl->record);
  dbk_ctl_set_text (ctl->out, "kept", kept);
  dbk_ctl_say (ctl, "The copy is in place at %s.", ctl->record);
  if (kept != NULL)
    dbk_ctl_say (ctl, "What was there before is kept at %s.", kept);
  return DBK_EXIT_DONE;
}

static DbkExit
trust (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  gboolean older = FALSE;

  if (!dbk_clinic_is_older (ctl->clinic, &older, error) || !dbk_clinic_trust_older (ctl->clinic, ctl->session, error))
    return DBK_EXIT_FAILED;
  json_object_set_boolean_member (ctl->out, "was_older", older);
  dbk_ctl_say (ctl, "%s", older ? "What is lacking counts as lost. Whoever was dosed meanwhile has to be entered again." : "Nothing is lacking.");
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_record_verbs[] = {
  { "record", "init", DBK_NEEDS_NOTHING, init, "", "A new, empty record", init_options, 0, 0 },
  { "record", "demo", DBK_NEEDS_NOTHING, demo, "", "A demonstration clinic with invented people", demo_options, 0, 0 },
  { "record", "verify", DBK_NEEDS_RECORD, verify, "", "Recompute every hash, rebuild every table, compare", NULL, 0, 0 },
  { "record", "backup", DBK_NEEDS_PERSON, backup, "FILE", "A copy that is checked before it counts", NULL, 1, 1 },
  { "record", "restore", DBK_NEEDS_NOTHING, restore, "FILE", "Put a copy in the place of the record", NULL, 1, 1 },
  { "record", "trust", DBK_NEEDS_PERSON, trust, "", "An older copy of the record is worked on with; what it lacks is lost", NULL, 0, 0 },
  { "record", "info", DBK_NEEDS_RECORD, info, "", "What the record is and holds", NULL, 0, 0 },
  { NULL },
};
