/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-give-dose.h"
#include "app/dbk-reverse-dose.h"
#include "app/dbk-sign-in.h"
#include "db/dbk-dose-store.h"
#include "db/record/dbk-code.h"
#include "db/record/dbk-quantity.h"

static struct
{
  char **answers;
  gboolean unwell;
  char *paper_time;
  char *reason;
  char *liquid;
  char *witness;
  char *witness_pin_file;
} options;

static const GOptionEntry show_options[] = {
  { "unwell", 0, 0, G_OPTION_ARG_NONE, &options.unwell, "The patient looks unwell", NULL },
  { NULL },
};

static const GOptionEntry give_options[] = {
  { "answer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.answers, "The answer to a finding", "CODE=CHOICE" },
  { "unwell", 0, 0, G_OPTION_ARG_NONE, &options.unwell, "The patient looks unwell", NULL },
  { "paper-time", 0, 0, G_OPTION_ARG_STRING, &options.paper_time, "Entered from the paper sheet: when it says it was given", "HH:MM" },
  { NULL },
};

static const GOptionEntry not_given_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "intoxicated, refused, vomited, left, spilled, set-aside or other", "REASON" },
  { NULL },
};

static const GOptionEntry reverse_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "not-swallowed, wrong-patient, wrong-amount, vomited, mistake or other", "REASON" },
  { "liquid", 0, 0, G_OPTION_ARG_STRING, &options.liquid, "Where it is: bottle (never poured), waste or patient (swallowed)", "WHERE" },
  { "witness", 0, 0, G_OPTION_ARG_STRING, &options.witness, "The second person", "LOGIN" },
  { "witness-pin-file", 0, 0, G_OPTION_ARG_FILENAME, &options.witness_pin_file, "File with their PIN", "FILE" },
  { NULL },
};

/* ---- the counter ---- */

static void
fill_at_counter (DbkCtl            *ctl,
                 const DbkFound    *found,
                 DbkCounterRequest *request)
{
  request->patient = found->patient->id;
  request->voucher = found->voucher;
  /* Who types a number into a command has the patient before them as little as who types it from a card. */
  request->card = found->card != NULL ? found->card : "";
  request->card_revoked = found->card_revoked;
  request->day = found->paper_day != DBK_DAY_NONE ? found->paper_day : ctl->day;
  request->from_paper |= found->paper_day != DBK_DAY_NONE;
  request->unwell = options.unwell;
}

static void
say_banner (DbkCtl               *ctl,
            const DbkCounterView *view)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *number = dbk_patient_number_format (view->patient->number);
  g_autofree char *dose = dbk_dose_format (view->verdict->dose_ug);
  g_autofree char *volume = dbk_volume_format (view->verdict->volume_ul);
  g_autofree char *strength = dbk_concentration_format (view->verdict->ug_per_ml, language);

  dbk_ctl_say (ctl, "%s  %s  %s", number, view->patient->name, view->patient->pinyin != NULL ? view->patient->pinyin : "");
  if (view->verdict->dose_ug > 0 && view->verdict->volume_ul > 0)
    dbk_ctl_say (ctl, "  %s = %s (%s)", dose, volume, strength);
  else if (view->verdict->dose_ug > 0)
    dbk_ctl_say (ctl, "  %s", dose);
}

static DbkExit
show (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autoptr(DbkCounterView) view = NULL;
  DbkCounterRequest request = { NULL };

  if (found == NULL)
    return DBK_EXIT_FAILED;
  fill_at_counter (ctl, found, &request);
  view = dbk_counter_look (ctl->clinic, ctl->session, &request, error);
  if (view == NULL)
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "number", view->patient->number);
  dbk_ctl_set_day (ctl->out, "day", view->day);
  say_banner (ctl, view);
  dbk_ctl_tell_verdict (ctl, ctl->out, view->verdict, view->policy);
  json_object_set_int_member (ctl->out, "missed_days", view->verdict->missed != NULL ? view->verdict->missed->count : 0);
  return DBK_EXIT_DONE;
}

/* ---- giving ---- */

static gboolean
read_answers (GArray  *answers,
              GError **error)
{
  for (char **text = options.answers; text != NULL && *text != NULL; text++)
    {
      char *choice = strchr (*text, '=');
      DbkAnswer answer;

      if (choice == NULL)
        {
          dbk_ctl_usage (error, "An answer is CODE=CHOICE");
          return FALSE;
        }
      *choice++ = '\0';
      if (!dbk_finding_code_from_word (*text, &answer.code) || !g_strv_contains (dbk_finding_choices (answer.code), choice))
        {
          dbk_ctl_usage (error, "There is no answer \"%s\" to \"%s\"", choice, *text);
          return FALSE;
        }
      answer.choice = choice;
      g_array_append_val (answers, answer);
    }
  return TRUE;
}

static gboolean
read_paper_time (DbkCtl          *ctl,
                 DbkGiveRequest  *request,
                 GError         **error)
{
  int minute = 0;

  if (options.paper_time == NULL)
    return TRUE;
  if (!dbk_ctl_parse_time (options.paper_time, &minute, error))
    return FALSE;
  request->paper_ms = dbk_clock_ms_at (dbk_clinic_get_clock (ctl->clinic), dbk_ctl_day (ctl), minute);
  if (request->paper_ms > dbk_clock_now_ms (dbk_clinic_get_clock (ctl->clinic)))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "The paper's time has not come yet");
      return FALSE;
    }
  request->at_counter.from_paper = TRUE;
  return TRUE;
}

static DbkExit
tell_given (DbkCtl              *ctl,
            const DbkGiveResult *result)
{
  g_autofree char *slip = dbk_code_from_id (DBK_CODE_DOSE, result->dose);
  g_autofree char *dose = dbk_dose_format (result->dose_ug), *volume = dbk_volume_format (result->volume_ul);

  json_object_set_string_member (ctl->out, "dose", result->fact);
  json_object_set_string_member (ctl->out, "dose_id", result->dose);
  json_object_set_string_member (ctl->out, "slip", slip);
  json_object_set_string_member (ctl->out, "number", result->view->patient->number);
  dbk_ctl_set_day (ctl->out, "day", result->view->day);
  dbk_ctl_set_time (ctl->out, "given", ctl, result->given_ms);
  json_object_set_int_member (ctl->out, "dose_ug", result->dose_ug);
  json_object_set_int_member (ctl->out, "volume_ul", result->volume_ul);
  dbk_ctl_say (ctl, "Recorded: %s (%s) for %s.", dose, volume, result->view->patient->number);
  return DBK_EXIT_DONE;
}

static DbkExit
give (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autoptr(GArray) answers = g_array_new (FALSE, FALSE, sizeof (DbkAnswer));
  g_autoptr(DbkGiveResult) result = NULL;
  DbkGiveRequest request = { { NULL } };

  if (found == NULL)
    return DBK_EXIT_FAILED;
  if (found->paper_day != DBK_DAY_NONE && options.paper_time == NULL)
    return dbk_ctl_usage (error, "A row of a sheet needs the time that was written beside it: --paper-time HH:MM");
  if (found->paper_day != DBK_DAY_NONE)
    ctl->day = found->paper_day;
  if (!read_answers (answers, error) || !read_paper_time (ctl, &request, error))
    return DBK_EXIT_FAILED;
  fill_at_counter (ctl, found, &request.at_counter);
  request.at_counter.answers = (const DbkAnswer *) answers->data;
  request.at_counter.n_answers = answers->len;
  result = dbk_give_dose (ctl->clinic, ctl->session, &request, error);
  if (result == NULL)
    return DBK_EXIT_FAILED;
  if (result->outcome == DBK_GIVE_GIVEN)
    return tell_given (ctl, result);
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  say_banner (ctl, result->view);
  dbk_ctl_tell_verdict (ctl, ctl->out, result->view->verdict, result->view->policy);
  dbk_ctl_say (ctl, "Nothing was recorded.");
  return result->outcome == DBK_GIVE_ANSWER_NEEDED ? DBK_EXIT_ANSWER_NEEDED : DBK_EXIT_STOPPED;
}

static DbkExit
not_given (DbkCtl   *ctl,
           int       argc,
           char    **argv,
           GError  **error)
{
  g_autoptr(DbkFound) found = NULL;
  g_autofree char *fact = NULL;

  if (options.reason == NULL)
    return dbk_ctl_usage (error, "Why? --reason intoxicated, refused, vomited, left, spilled, set-aside or other");
  found = dbk_ctl_find (ctl, argv[0], error);
  if (found == NULL || !dbk_record_not_given (ctl->clinic, ctl->session, found->patient->id, options.reason, NULL, &fact, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "fact", fact);
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  dbk_ctl_say (ctl, "Recorded: no dose for %s (%s).", found->patient->number, dbk_reason_text (options.reason));
  return DBK_EXIT_DONE;
}

/* ---- reversing ---- */

static char *
dose_of_fact (DbkDb       *db,
              const char  *id,
              GError     **error)
{
  g_auto(DbkFact) fact = { 0 };
  g_autoptr(JsonNode) body = NULL;
  JsonObject *object;

  if (!dbk_fact_log_find (db, id, &fact, error))
    return NULL;
  body = fact.body != NULL ? json_from_string (fact.body, error) : NULL;
  object = body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;
  if (object != NULL && g_str_has_prefix (fact.kind, "dose.") && json_object_has_member (object, "dose"))
    return g_strdup (json_object_get_string_member (object, "dose"));
  g_clear_error (error);
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "This fact is not a dose");
  return NULL;
}

/* A dose by its slip's code, its fact, or its id. */
static char *
choose_dose (DbkCtl      *ctl,
             const char  *handle,
             GError     **error)
{
  g_autofree char *canonical = NULL;
  DbkCodeKind kind;

  if (dbk_code_parse (handle, &kind, NULL, &canonical, NULL) && kind == DBK_CODE_DOSE)
    return dbk_code_dup_id (canonical);
  if (dbk_id_is_valid (handle))
    return g_strdup (handle);
  return dose_of_fact (dbk_clinic_get_db (ctl->clinic), handle, error);
}

static DbkExit
reverse (DbkCtl   *ctl,
         int       argc,
         char    **argv,
         GError  **error)
{
  g_autoptr(DbkSession) witness = NULL;
  g_autofree char *dose = NULL, *pin = NULL, *fact = NULL;
  DbkLiquid liquid = DBK_LIQUID_NOT_POURED;

  if (options.reason == NULL || options.liquid == NULL || !dbk_liquid_from_word (options.liquid, &liquid))
    return dbk_ctl_usage (error, "A reversal needs --reason and --liquid bottle, waste or patient");
  dose = choose_dose (ctl, argv[0], error);
  if (dose == NULL)
    return DBK_EXIT_FAILED;
  if (options.witness != NULL)
    {
      pin = dbk_ctl_read_pin (options.witness_pin_file, error);
      witness = pin != NULL ? dbk_sign_in_witness (ctl->clinic, ctl->session, options.witness, pin, error) : NULL;
      if (witness == NULL)
        return DBK_EXIT_FAILED;
    }
  if (!dbk_reverse_dose (ctl->clinic, ctl->session, witness, dose, options.reason, NULL, liquid, &fact, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "fact", fact);
  json_object_set_string_member (ctl->out, "dose_id", dose);
  dbk_ctl_say (ctl, "The dose is reversed; it stays in the record, struck through.");
  return DBK_EXIT_DONE;
}

/* ---- listing ---- */

static JsonObject *
new_dose (DbkCtl        *ctl,
          const DbkDose *dose)
{
  g_autofree char *slip = dbk_code_from_id (DBK_CODE_DOSE, dose->id);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "dose", dose->fact);
  json_object_set_string_member (object, "dose_id", dose->id);
  json_object_set_string_member (object, "slip", slip);
  dbk_ctl_set_day (object, "day", dose->day);
  json_object_set_string_member (object, "kind", dbk_dose_kind_to_word (dose->kind));
  json_object_set_int_member (object, "dose_ug", dose->dose_ug);
  json_object_set_int_member (object, "volume_ul", dose->volume_ul);
  dbk_ctl_set_time (object, "given", ctl, dose->kind != DBK_DOSE_IMPORTED ? dose->given_ms : 0);
  dbk_ctl_set_text (object, "given_by", dose->giver_name);
  dbk_ctl_set_text (object, "site", dose->site);
  dbk_ctl_set_text (object, "lot", dose->lot_number);
  json_object_set_boolean_member (object, "reversed", dose->reversed_by != NULL);
  return object;
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  DbkDb *db = dbk_clinic_get_db (ctl->clinic);
  g_autoptr(DbkFound) found = argc > 0 ? dbk_ctl_find (ctl, argv[0], error) : NULL;
  g_autoptr(GPtrArray) doses = NULL;
  JsonArray *array;

  if ((argc > 0 && found == NULL) || !dbk_session_require (ctl->session, DBK_ACT_READ_PATIENT, error))
    return DBK_EXIT_FAILED;
  doses = found != NULL ? dbk_dose_list_of_patient (db, found->patient->id, ctl->day, ctl->day, error)
                        : dbk_dose_list_of_day (db, dbk_ctl_day (ctl), error);
  if (doses == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);
      g_autofree char *day = dbk_day_format (dose->day, dbk_text_language ()), *amount = dbk_dose_format (dose->dose_ug);

      json_array_add_object_element (array, new_dose (ctl, dose));
      dbk_ctl_say (ctl, "%s  %s  %s  %s%s", dose->id, day, amount, dbk_dose_kind_text (dose->kind), dose->reversed_by != NULL ? "  (reversed)" : "");
    }
  json_object_set_array_member (ctl->out, "doses", array);
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_dose_verbs[] = {
  { "counter", "show", DBK_NEEDS_PERSON, show, "PATIENT-OR-CARD", "The verdict; nothing is recorded", show_options, 1, 1 },
  { "dose", "give", DBK_NEEDS_PERSON, give, "PATIENT-OR-CARD", "Give today's dose", give_options, 1, 1 },
  { "dose", "not-given", DBK_NEEDS_PERSON, not_given, "PATIENT-OR-CARD", "Was here and got nothing", not_given_options, 1, 1 },
  { "dose", "reverse", DBK_NEEDS_PERSON, reverse, "SLIP|DOSE", "A recorded dose was none, or not this one", reverse_options, 1, 1 },
  { "dose", "list", DBK_NEEDS_PERSON, list, "[PATIENT-OR-CARD]", "Doses of a day, or of a patient", NULL, 0, 1 },
  { NULL },
};
