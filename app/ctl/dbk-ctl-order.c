/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-finding-text.h"
#include "app/dbk-sign-order.h"
#include "db/dbk-order-store.h"
#include "db/record/dbk-quantity.h"

static struct
{
  char *dose_mg;
  char *retype_mg;
  char *from;
  char *to;
  char *until;
  char *reason;
  char *kind;
  char *last_day;
} options;

static const GOptionEntry sign_options[] = {
  { "dose-mg", 0, 0, G_OPTION_ARG_STRING, &options.dose_mg, "Daily dose in mg", "MG" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, "Last day; open if not said", "DAY" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "start, titration, reduction, after-absence, renewal, replacement or other", "REASON" },
  { "retype-mg", 0, 0, G_OPTION_ARG_STRING, &options.retype_mg, "The dose again in full, where it is asked for", "MG" },
  { NULL },
};

static const GOptionEntry end_options[] = {
  { "last-day", 0, 0, G_OPTION_ARG_STRING, &options.last_day, "Last day of it (yesterday)", "DAY" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "REASON" },
  { NULL },
};

static const GOptionEntry place_options[] = {
  { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "stop (any dispensing role) or medical (a physician)", "KIND" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "intoxicated, cardiac, interaction, lab, guest-elsewhere, see-physician or other", "REASON" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, "First day (today)", "DAY" },
  { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, "Last day; until lifted if not said", "DAY" },
  { NULL },
};

static const GOptionEntry lift_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why", "REASON" },
  { NULL },
};

/* ---- signing ---- */

static DbkExit
tell_issues (DbkCtl                *ctl,
             const DbkOrderOutcome *outcome,
             const DbkOrderRequest *request)
{
  const DbkOrderDraft draft = { .dose_ug = request->dose_ug, .previous_ug = outcome->previous_ug };
  JsonArray *findings = json_array_new ();

  for (guint i = 0; i < outcome->issues->len; i++)
    {
      const DbkOrderIssue *issue = g_ptr_array_index (outcome->issues, i);
      g_autofree char *text = dbk_order_issue_text (issue, &draft);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "code", dbk_order_issue_to_word (issue->code));
      json_object_set_string_member (object, "level", issue->blocks ? "stop" : "answer");
      json_object_set_string_member (object, "text", text);
      json_object_set_string_member (object, "lifted_by", issue->blocks ? "nobody" : "retype");
      json_array_add_object_element (findings, object);
      if (outcome->order == NULL)
        dbk_ctl_say (ctl, "  %s %s", issue->blocks ? "X" : "?", text);
    }
  json_object_set_array_member (ctl->out, "findings", findings);
  if (outcome->order != NULL)
    return DBK_EXIT_DONE;
  if (!outcome->blocked)
    dbk_ctl_say (ctl, "If you mean it, type the dose again: --retype-mg");
  return outcome->blocked ? DBK_EXIT_STOPPED : DBK_EXIT_ANSWER_NEEDED;
}

static gboolean
read_request (DbkCtl           *ctl,
              DbkOrderRequest  *request,
              GError          **error)
{
  request->from = dbk_clinic_today (ctl->clinic);
  request->to = DBK_DAY_NONE;
  request->reason = options.reason;
  return dbk_ctl_parse_dose (options.dose_mg, &request->dose_ug, error) &&
         (options.retype_mg == NULL || dbk_ctl_parse_dose (options.retype_mg, &request->retyped_ug, error)) &&
         dbk_ctl_parse_day (ctl, options.from, &request->from, error) &&
         dbk_ctl_parse_day (ctl, options.to, &request->to, error);
}

static DbkExit
sign (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autoptr(DbkOrderOutcome) outcome = NULL;
  g_autofree char *dose = NULL;
  DbkOrderRequest request = { NULL };

  if (found == NULL || !read_request (ctl, &request, error))
    return DBK_EXIT_FAILED;
  request.patient = found->patient->id;
  outcome = dbk_sign_order (ctl->clinic, ctl->session, &request, error);
  if (outcome == NULL)
    return DBK_EXIT_FAILED;
  dbk_ctl_set_text (ctl->out, "order", outcome->order);
  json_object_set_int_member (ctl->out, "dose_ug", request.dose_ug);
  dbk_ctl_set_day (ctl->out, "from", request.from);
  dbk_ctl_set_day (ctl->out, "to", request.to);
  dose = dbk_dose_format (request.dose_ug);
  if (outcome->order != NULL)
    dbk_ctl_say (ctl, "Signed: %s a day for %s.", dose, found->patient->number);
  return tell_issues (ctl, outcome, &request);
}

/* ---- listing and ending ---- */

static void
tell_order (DbkCtl         *ctl,
            JsonObject     *object,
            const DbkOrder *order)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *dose = dbk_dose_format (order->dose_ug), *from = dbk_day_format (order->from, language);
  g_autofree char *until = order->until != DBK_DAY_NONE ? dbk_day_format (order->until, language) : g_strdup ("…");

  json_object_set_string_member (object, "order", order->id);
  json_object_set_int_member (object, "dose_ug", order->dose_ug);
  dbk_ctl_set_day (object, "from", order->from);
  dbk_ctl_set_day (object, "to", order->to);
  dbk_ctl_set_day (object, "until", order->until);
  json_object_set_boolean_member (object, "in_force", dbk_order_in_force (order, dbk_ctl_day (ctl)));
  dbk_ctl_set_text (object, "reason", order->reason);
  dbk_ctl_set_text (object, "signed_by", order->signer_name);
  dbk_ctl_set_day (object, "signed_day", order->signed_day);
  dbk_ctl_say (ctl, "%s  %s  %s – %s  %s%s", order->id, dose, from, until, order->signer_name != NULL ? order->signer_name : "",
               dbk_order_in_force (order, dbk_ctl_day (ctl)) ? "  *" : "");
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autoptr(GPtrArray) orders = NULL;
  JsonArray *array;

  if (found == NULL)
    return DBK_EXIT_FAILED;
  orders = dbk_order_list_of_patient (dbk_clinic_get_db (ctl->clinic), found->patient->id, error);
  if (orders == NULL)
    return DBK_EXIT_FAILED;
  array = json_array_new ();
  for (guint i = 0; i < orders->len; i++)
    {
      JsonObject *object = json_object_new ();

      tell_order (ctl, object, g_ptr_array_index (orders, i));
      json_array_add_object_element (array, object);
    }
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  json_object_set_array_member (ctl->out, "orders", array);
  return DBK_EXIT_DONE;
}

/* An order by its id; a patient's only one in force by the patient. */
static char *
choose_order (DbkCtl      *ctl,
              const char  *handle,
              GError     **error)
{
  g_autoptr(DbkOrder) order = dbk_order_get (dbk_clinic_get_db (ctl->clinic), handle, NULL);
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(GPtrArray) orders = NULL;
  const DbkOrder *only = NULL;

  if (order != NULL)
    return g_strdup (order->id);
  found = dbk_ctl_find (ctl, handle, error);
  orders = found != NULL ? dbk_order_list_of_patient (dbk_clinic_get_db (ctl->clinic), found->patient->id, error) : NULL;
  if (orders == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *one = g_ptr_array_index (orders, i);

      if (!dbk_order_in_force (one, dbk_clinic_today (ctl->clinic)))
        continue;
      if (only != NULL)
        {
          g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "Several orders are in force: name one by its id");
          return NULL;
        }
      only = one;
    }
  if (only == NULL)
    g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No order is in force for this patient");
  return only != NULL ? g_strdup (only->id) : NULL;
}

static DbkExit
end (DbkCtl   *ctl,
     int       argc,
     char    **argv,
     GError  **error)
{
  DbkDay last = dbk_clinic_today (ctl->clinic) - 1;
  g_autofree char *order = choose_order (ctl, argv[0], error);

  if (order == NULL || !dbk_ctl_parse_day (ctl, options.last_day, &last, error) ||
      !dbk_end_order (ctl->clinic, ctl->session, order, last, options.reason, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "order", order);
  dbk_ctl_set_day (ctl->out, "last_day", last);
  dbk_ctl_say (ctl, "The order is ended.");
  return DBK_EXIT_DONE;
}

/* ---- holds ---- */

static DbkExit
place (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(DbkFound) found = NULL;
  g_autoptr(DbkHold) hold = dbk_hold_new ();
  g_autofree char *id = NULL;

  if (options.reason == NULL)
    return dbk_ctl_usage (error, "Why? --reason intoxicated, cardiac, interaction, lab, guest-elsewhere, see-physician or other");
  hold->from = dbk_clinic_today (ctl->clinic);
  hold->until = DBK_DAY_NONE;
  hold->kind = DBK_HOLD_STOP;
  hold->reason = g_strdup (options.reason);
  found = dbk_ctl_find (ctl, argv[0], error);
  if (found == NULL || (options.kind != NULL && !dbk_hold_kind_from_word (options.kind, &hold->kind, error)) ||
      !dbk_ctl_parse_day (ctl, options.from, &hold->from, error) || !dbk_ctl_parse_day (ctl, options.until, &hold->until, error))
    return DBK_EXIT_FAILED;
  hold->patient = g_strdup (found->patient->id);
  if (!dbk_place_hold (ctl->clinic, ctl->session, hold, &id, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "hold", id);
  dbk_ctl_say (ctl, "No dose for %s until the hold is lifted or ends.", found->patient->number);
  return DBK_EXIT_DONE;
}

static DbkExit
lift (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autoptr(GPtrArray) holds = NULL;
  JsonArray *lifted;

  if (found == NULL)
    return DBK_EXIT_FAILED;
  holds = dbk_hold_list_of_patient (dbk_clinic_get_db (ctl->clinic), found->patient->id, error);
  if (holds == NULL)
    return DBK_EXIT_FAILED;
  lifted = json_array_new ();
  json_object_set_array_member (ctl->out, "lifted", lifted);
  for (guint i = 0; i < holds->len; i++)
    {
      const DbkHold *hold = g_ptr_array_index (holds, i);

      if (hold->lifted_on != DBK_DAY_NONE || (argc > 1 && strcmp (argv[1], hold->id) != 0))
        continue;
      if (!dbk_lift_hold (ctl->clinic, ctl->session, found->patient->id, hold->id, options.reason != NULL ? options.reason : "other", error))
        return DBK_EXIT_FAILED;
      json_array_add_string_element (lifted, hold->id);
    }
  if (json_array_get_length (lifted) == 0)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No such hold stands for this patient");
      return DBK_EXIT_FAILED;
    }
  dbk_ctl_say (ctl, "Lifted.");
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_order_verbs[] = {
  { "order", "sign", DBK_NEEDS_PERSON, sign, "PATIENT-OR-CARD", "A physician orders a daily dose", sign_options, 1, 1 },
  { "order", "list", DBK_NEEDS_PERSON, list, "PATIENT-OR-CARD", "The orders of a patient", NULL, 1, 1 },
  { "order", "end", DBK_NEEDS_PERSON, end, "ORDER|PATIENT-OR-CARD", "An order ends", end_options, 1, 1 },
  { "hold", "place", DBK_NEEDS_PERSON, place, "PATIENT-OR-CARD", "No dose for now", place_options, 1, 1 },
  { "hold", "lift", DBK_NEEDS_PERSON, lift, "PATIENT-OR-CARD [HOLD]", "A physician lifts it", lift_options, 1, 2 },
  { NULL },
};
