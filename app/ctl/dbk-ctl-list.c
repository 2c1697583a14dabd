/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-finding-text.h"
#include "app/dbk-history.h"
#include "app/dbk-missed-list.h"
#include "app/dbk-returns.h"
#include "app/dbk-today.h"
#include "db/record/dbk-quantity.h"

static struct
{
  gboolean  returned;
  char     *from;
  char     *to;
  char     *policy;
} options;

static const GOptionEntry missed_options[] = {
  { "with-returned", 0, 0, G_OPTION_ARG_NONE, &options.returned, "Also those who came back on the day itself", NULL },
  { NULL },
};

static const GOptionEntry history_options[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day", "DAY" },
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Last day", "DAY" },
  { NULL },
};

static const GOptionEntry returns_options[] = {
  { "policy", 0, 0, G_OPTION_ARG_STRING, &options.policy, "Judged by this profile; the one in force if not said", "NAME" },
  { NULL },
};

/* ---- today ---- */

static const char *const today_words[] = { "to-come", "dosed", "not-given" };

static JsonObject *
new_today_row (DbkCtl            *ctl,
               const DbkTodayRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "number", row->patient->number);
  json_object_set_string_member (object, "name", row->patient->name);
  json_object_set_string_member (object, "state", today_words[row->state]);
  json_object_set_int_member (object, "order_ug", row->order_ug);
  json_object_set_boolean_member (object, "held", row->held);
  json_object_set_int_member (object, "missed_days", row->away);
  dbk_ctl_set_day (object, "last_day", row->last_day);
  dbk_ctl_set_time (object, "at", ctl, row->at_ms);
  dbk_ctl_set_text (object, "reason", row->not_given_reason);
  return object;
}

static DbkExit
today (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(DbkToday) list = dbk_today_read (ctl->clinic, ctl->session, ctl->day, error);
  g_autofree char *day = NULL, *given = NULL, *volume = NULL;
  JsonArray *array;

  if (list == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < list->rows->len; i++)
    json_array_add_object_element (array, new_today_row (ctl, g_ptr_array_index (list->rows, i)));
  dbk_ctl_set_day (ctl->out, "day", list->day);
  json_object_set_int_member (ctl->out, "expected", list->expected);
  json_object_set_int_member (ctl->out, "dosed", list->dosed);
  json_object_set_int_member (ctl->out, "not_given", list->not_given);
  json_object_set_int_member (ctl->out, "to_come", list->to_come);
  json_object_set_int_member (ctl->out, "given_ug", list->given_ug);
  json_object_set_int_member (ctl->out, "given_ul", list->given_ul);
  json_object_set_array_member (ctl->out, "patients", array);
  day = dbk_day_format_weekday (list->day, dbk_text_language ());
  given = dbk_dose_format (list->given_ug);
  volume = dbk_volume_format (list->given_ul);
  dbk_ctl_say (ctl, "%s: %d expected, %d dosed (%s, %s), %d not given, %d still to come", day, list->expected, list->dosed, given, volume,
               list->not_given, list->to_come);
  return DBK_EXIT_DONE;
}

/* ---- who stayed away ---- */

static void
tell_missed (DbkCtl               *ctl,
             JsonArray            *array,
             const DbkMissedList  *list,
             const DbkMissedEntry *entry)
{
  char buffer[64];
  const char *action = entry->row != NULL ? dbk_action_to_word (entry->row->action, entry->row->bound_ug, buffer) : "none";
  g_autofree char *days = dbk_missed_text (entry->missed, dbk_clinic_get_site (ctl->clinic)->timezone);
  g_autofree char *rule = dbk_rule_text (list->policy, entry->row);
  g_autofree char *why = *rule != '\0' ? g_strjoin (". ", days, rule, NULL) : g_strdup (days);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "number", entry->patient->number);
  json_object_set_string_member (object, "name", entry->patient->name);
  json_object_set_int_member (object, "missed_days", entry->missed->count);
  dbk_ctl_set_day (object, "last_day", entry->missed->last_day);
  json_object_set_int_member (object, "last_dose_ug", entry->missed->last_dose_ug);
  json_object_set_string_member (object, "action", action);
  json_object_set_string_member (object, "level", entry->row != NULL ? dbk_level_to_word (entry->row->level) : "know");
  json_object_set_string_member (object, "why", why);
  if (entry->proposed_ug > 0)
    json_object_set_int_member (object, "proposed_ug", entry->proposed_ug);
  json_object_set_boolean_member (object, "review", entry->review);
  json_object_set_boolean_member (object, "returned", entry->dosed);
  dbk_ctl_set_text (object, "contact", entry->contact);
  json_array_add_object_element (array, object);
  dbk_ctl_say (ctl, "%-12s %s: %s", entry->patient->number, entry->patient->name, why);
}

static DbkExit
missed (DbkCtl   *ctl,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr(DbkMissedList) list = dbk_missed_list_read (ctl->clinic, ctl->session, ctl->day, options.returned, error);
  JsonArray *array;

  if (list == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < list->entries->len; i++)
    tell_missed (ctl, array, list, g_ptr_array_index (list->entries, i));
  dbk_ctl_set_day (ctl->out, "day", list->day);
  dbk_ctl_set_text (ctl->out, "policy", list->policy != NULL ? list->policy->name : NULL);
  json_object_set_array_member (ctl->out, "patients", array);
  dbk_ctl_say (ctl, "%u patients stayed away.", list->entries->len);
  return DBK_EXIT_DONE;
}

/* ---- history ---- */

static JsonObject *
new_history_dose (DbkCtl        *ctl,
                  const DbkDose *dose)
{
  JsonObject *object = json_object_new ();

  dbk_ctl_set_day (object, "day", dose->day);
  json_object_set_int_member (object, "dose_ug", dose->dose_ug);
  json_object_set_string_member (object, "kind", dbk_dose_kind_to_word (dose->kind));
  if (dose->kind != DBK_DOSE_IMPORTED)
    dbk_ctl_set_time (object, "given", ctl, dose->given_ms);
  if (dose->reversed_by != NULL)
    json_object_set_string_member (object, "reversed", dose->reversal_reason != NULL ? dose->reversal_reason : "other");
  return object;
}

static void
say_history (DbkCtl           *ctl,
             const DbkHistory *history)
{
  DbkLanguage language = dbk_text_language ();

  dbk_ctl_say (ctl, "%s: %d days dosed, %d missed, longest gap %d", history->patient->number, history->days_dosed, history->days_missed,
               history->longest_gap);
  for (guint i = 0; i < history->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (history->doses, i);
      g_autofree char *day = dbk_day_format_weekday (dose->day, language), *amount = dbk_dose_format (dose->dose_ug);

      dbk_ctl_say (ctl, "  %s  %s  %s%s%s", day, amount, dbk_dose_kind_text (dose->kind), dose->reversed_by != NULL ? "  reversed: " : "",
                   dose->reversed_by != NULL ? dbk_reason_text (dose->reversal_reason) : "");
    }
}

static DbkExit
history (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  DbkDay from = DBK_DAY_NONE, to = DBK_DAY_NONE;
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(DbkHistory) read = NULL;
  JsonArray *array;

  if (!dbk_ctl_parse_day (ctl, options.from, &from, error) || !dbk_ctl_parse_day (ctl, options.to, &to, error))
    return DBK_EXIT_FAILED;
  found = dbk_ctl_find (ctl, argv[0], error);
  read = found != NULL ? dbk_history_read (ctl->clinic, ctl->session, found->patient->id, from, to, error) : NULL;
  if (read == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < read->doses->len; i++)
    json_array_add_object_element (array, new_history_dose (ctl, g_ptr_array_index (read->doses, i)));
  dbk_ctl_tell_patient (ctl->out, read->patient);
  dbk_ctl_set_day (ctl->out, "first_day", read->first_day);
  json_object_set_int_member (ctl->out, "days_dosed", read->days_dosed);
  json_object_set_int_member (ctl->out, "days_missed", read->days_missed);
  json_object_set_int_member (ctl->out, "longest_gap", read->longest_gap);
  json_object_set_int_member (ctl->out, "total_ug", read->total_ug);
  json_object_set_array_member (ctl->out, "doses", array);
  say_history (ctl, read);
  return DBK_EXIT_DONE;
}

/* ---- returns ---- */

static DbkExit
returns (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr(DbkReturns) read = dbk_returns_read (ctl->clinic, options.policy, error);
  JsonObject *by_missed, *by_action;
  GHashTableIter iter;
  gpointer word, count;

  if (read == NULL)
    return DBK_EXIT_FAILED;
  by_missed = json_object_new ();
  by_action = json_object_new ();
  for (guint missed_days = 1; missed_days < read->missed->len; missed_days++)
    {
      gint64 n = g_array_index (read->missed, gint64, missed_days);
      g_autofree char *key = g_strdup_printf ("%u", missed_days);

      if (n == 0)
        continue;
      json_object_set_int_member (by_missed, key, n);
      dbk_ctl_say (ctl, "  after %3u missed: %" G_GINT64_FORMAT, missed_days, n);
    }
  g_hash_table_iter_init (&iter, read->actions);
  while (g_hash_table_iter_next (&iter, &word, &count))
    {
      json_object_set_int_member (by_action, word, *(gint64 *) count);
      dbk_ctl_say (ctl, "  %s: %" G_GINT64_FORMAT, (const char *) word, *(gint64 *) count);
    }
  json_object_set_string_member (ctl->out, "policy", read->policy->name);
  json_object_set_int_member (ctl->out, "returns", read->returns);
  json_object_set_object_member (ctl->out, "by_missed", by_missed);
  json_object_set_object_member (ctl->out, "by_action", by_action);
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_list_verbs[] = {
  { "today", NULL, DBK_NEEDS_PERSON, today, "", "Who is to come, who came", NULL, 0, 0 },
  { "missed", NULL, DBK_NEEDS_PERSON, missed, "", "Who stayed away, and what that means", missed_options, 0, 0 },
  { "history", NULL, DBK_NEEDS_PERSON, history, "PATIENT-OR-CARD", "Everything a patient was given", history_options, 1, 1 },
  { "returns", NULL, DBK_NEEDS_RECORD, returns, "", "How often people came back after how many days, and what the policy says", returns_options, 0, 0 },
  { NULL },
};
