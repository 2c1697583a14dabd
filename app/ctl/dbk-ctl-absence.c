/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-sign-order.h"
#include "db/dbk-order-store.h"

static struct
{
  char    *from;
  char    *to;
  char    *reason;
  gboolean dosed_there;
} options;

static const GOptionEntry plan_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Last day (the first)", "DAY" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "hospital, travel, custody or other", "REASON" },
  { "dosed-there", 0, 0, G_OPTION_ARG_NONE, &options.dosed_there, "It is confirmed that the dose is given there", NULL },
  { NULL },
};

static const GOptionEntry close_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Last day (the first)", "DAY" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "holiday, emergency, stock or other", "REASON" },
  { NULL },
};

static void
tell_absence (DbkCtl           *ctl,
              JsonObject       *object,
              const DbkAbsence *absence)
{
  g_autofree char *from = dbk_day_format (absence->from, dbk_text_language ()), *to = dbk_day_format (absence->to, dbk_text_language ());

  if (absence->id != NULL)
    json_object_set_string_member (object, "absence", absence->id);
  dbk_ctl_set_day (object, "from", absence->from);
  dbk_ctl_set_day (object, "to", absence->to);
  dbk_ctl_set_text (object, "reason", absence->reason);
  if (absence->patient != NULL)
    json_object_set_boolean_member (object, "dosed_there", absence->dosed_there);
  dbk_ctl_say (ctl, "%s – %s  %s", from, to, dbk_reason_text (absence->reason));
}

/* @patient: NULL for the clinic as a whole. */
static DbkExit
record_days (DbkCtl      *ctl,
             const char  *patient,
             GError     **error)
{
  g_autoptr(DbkAbsence) absence = dbk_absence_new ();

  absence->from = dbk_clinic_today (ctl->clinic);
  absence->patient = g_strdup (patient);
  absence->reason = g_strdup (options.reason);
  absence->dosed_there = options.dosed_there;
  if (!dbk_ctl_parse_day (ctl, options.from, &absence->from, error))
    return DBK_EXIT_FAILED;
  absence->to = absence->from;
  if (!dbk_ctl_parse_day (ctl, options.to, &absence->to, error) || !dbk_plan_absence (ctl->clinic, ctl->session, absence, error))
    return DBK_EXIT_FAILED;
  tell_absence (ctl, ctl->out, absence);
  return DBK_EXIT_DONE;
}

static DbkExit
list_days (DbkCtl      *ctl,
           const char  *patient,
           const char  *name,
           GError     **error)
{
  g_autoptr(GPtrArray) absences = dbk_absence_list (dbk_clinic_get_db (ctl->clinic), patient, error);
  JsonArray *array;

  if (absences == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < absences->len; i++)
    {
      JsonObject *object = json_object_new ();

      tell_absence (ctl, object, g_ptr_array_index (absences, i));
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (ctl->out, name, array);
  return DBK_EXIT_DONE;
}

static DbkExit
plan (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = NULL;

  if (options.reason == NULL)
    return dbk_ctl_usage (error, "Why? --reason hospital, travel, custody or other");
  found = dbk_ctl_find (ctl, argv[0], error);
  if (found == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  return record_days (ctl, found->patient->id, error);
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);

  if (found == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  return list_days (ctl, found->patient->id, "absences", error);
}

static DbkExit
close_clinic (DbkCtl   *ctl,
              int       argc,
              char    **argv,
              GError  **error)
{
  if (options.reason == NULL)
    return dbk_ctl_usage (error, "Why? --reason holiday, emergency, stock or other");
  return record_days (ctl, NULL, error);
}

static DbkExit
list_closures (DbkCtl   *ctl,
               int       argc,
               char    **argv,
               GError  **error)
{
  return list_days (ctl, NULL, "closures", error);
}

/* All that begin on that day: whoever has entered one by mistake knows the day, not an id. */
static DbkExit
withdraw_days (DbkCtl      *ctl,
               const char  *patient,
               const char  *first_day,
               GError     **error)
{
  g_autoptr(GPtrArray) absences = dbk_absence_list (dbk_clinic_get_db (ctl->clinic), patient, error);
  DbkDay from = DBK_DAY_NONE;
  gint withdrawn = 0;

  if (absences == NULL || !dbk_ctl_parse_day (ctl, first_day, &from, error))
    return DBK_EXIT_FAILED;
  for (guint i = 0; i < absences->len; i++)
    {
      const DbkAbsence *absence = g_ptr_array_index (absences, i);

      if (absence->from != from)
        continue;
      if (!dbk_withdraw_absence (ctl->clinic, ctl->session, patient, absence->id, error))
        return DBK_EXIT_FAILED;
      withdrawn++;
    }
  if (withdrawn == 0)
    {
      g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "None begins on %s", first_day);
      return DBK_EXIT_FAILED;
    }
  json_object_set_int_member (ctl->out, "withdrawn", withdrawn);
  dbk_ctl_say (ctl, "Withdrawn: it explains no missed day any more.");
  return DBK_EXIT_DONE;
}

static DbkExit
withdraw (DbkCtl   *ctl,
          int       argc,
          char    **argv,
          GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);

  if (found == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  return withdraw_days (ctl, found->patient->id, argv[1], error);
}

static DbkExit
withdraw_closure (DbkCtl   *ctl,
                  int       argc,
                  char    **argv,
                  GError  **error)
{
  return withdraw_days (ctl, NULL, argv[0], error);
}

const DbkCtlVerb dbk_ctl_absence_verbs[] = {
  { "absence", "plan", DBK_NEEDS_PERSON, plan, "PATIENT-OR-CARD", "Days on which the patient will not come", plan_options, 1, 1 },
  { "absence", "list", DBK_NEEDS_PERSON, list, "PATIENT-OR-CARD", "The planned absences of a patient", NULL, 1, 1 },
  { "absence", "withdraw", DBK_NEEDS_PERSON, withdraw, "PATIENT-OR-CARD FIRST-DAY", "It was a mistake: it explains no missed day any more", NULL, 2, 2 },
  { "closure", "add", DBK_NEEDS_PERSON, close_clinic, "", "Days on which the clinic is closed", close_options, 0, 0 },
  { "closure", "list", DBK_NEEDS_PERSON, list_closures, "", "When the clinic is closed", NULL, 0, 0 },
  { "closure", "withdraw", DBK_NEEDS_PERSON, withdraw_closure, "FIRST-DAY", "It was a mistake: the clinic is open on these days", NULL, 1, 1 },
  { NULL },
};
