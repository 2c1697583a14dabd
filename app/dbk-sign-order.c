/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-order"

#include "app/dbk-sign-order.h"

#include <glib/gi18n.h>

#include "db/dbk-dose-store.h"
#include "db/dbk-order-store.h"
#include "db/facts/dbk-order-facts.h"

#define LOOK_BACK_DAYS 90
#define WEEK_DAYS 7
#define ABSENCE_MOST_DAYS 366 /* longer is a typing error, or no absence any more */

static const char *const order_reasons[] = { "start", "titration", "reduction", "after-absence", "renewal", "replacement", "other", NULL };
static const char *const hold_reasons[] = { "intoxicated", "cardiac", "interaction", "lab", "guest-elsewhere", "see-physician", "other", NULL };
/* A guest at another clinic is none of them: that is a hold, which stops the dose and which a physician lifts when plans change. */
static const char *const absence_reasons[] = { "hospital", "travel", "custody", "other", NULL };
static const char *const closure_reasons[] = { "holiday", "emergency", "stock", "other", NULL };

const char *const *
dbk_absence_reasons (void)
{
  return absence_reasons;
}

const char *const *
dbk_closure_reasons (void)
{
  return closure_reasons;
}

const char *const *
dbk_order_reasons (void)
{
  return order_reasons;
}

const char *const *
dbk_hold_reasons (void)
{
  return hold_reasons;
}

void
dbk_order_outcome_free (DbkOrderOutcome *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->policy, dbk_policy_free);
  g_free (self->order);
  g_free (self);
}

typedef struct
{
  DbkClinic             *clinic;
  const DbkSession      *session;
  const DbkOrderRequest *request;
  gboolean               sign;
  DbkOrderOutcome       *outcome;
} Signing;

/* ---- judging ---- */

/* The order in force today, else the newest one that came into force. */
static gint64
previous_dose (GPtrArray *orders,
               DbkDay     today)
{
  gint64 lowest = 0;

  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (dbk_order_in_force (order, today) && (lowest == 0 || order->dose_ug < lowest))
        lowest = order->dose_ug;
    }
  for (guint i = 0; lowest == 0 && i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (order->from <= today && (order->until == DBK_DAY_NONE || order->until >= order->from))
        lowest = order->dose_ug;
    }
  return lowest;
}

static gint64
lowest_of_week (GPtrArray *orders,
                DbkDay     today)
{
  gint64 lowest = 0;

  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);
      gboolean within = order->from <= today && (order->until == DBK_DAY_NONE || order->until >= today - WEEK_DAYS) &&
                        (order->until == DBK_DAY_NONE || order->until >= order->from);

      if (within && (lowest == 0 || order->dose_ug < lowest))
        lowest = order->dose_ug;
    }
  return lowest;
}

static DbkMissed *
count_missed (DbkClinic        *clinic,
              const char       *patient,
              const DbkPolicy  *policy,
              GError          **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  DbkDay today = dbk_clinic_today (clinic);
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (db, patient, today - LOOK_BACK_DAYS, today - 1, error);
  g_autoptr(GPtrArray) absences = doses != NULL ? dbk_absence_list (db, patient, error) : NULL;
  g_autoptr(GPtrArray) closures = absences != NULL ? dbk_absence_list (db, NULL, error) : NULL;
  g_autoptr(GError) local_error = NULL;
  DbkDose *last;

  if (closures == NULL)
    return NULL;
  last = dbk_dose_last_before (db, patient, today, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (last != NULL)
    g_ptr_array_add (doses, last);
  return dbk_missed_count (today, doses, absences, closures, policy);
}

static gboolean
judge (Signing    *signing,
       GPtrArray  *orders,
       GError    **error)
{
  DbkOrderOutcome *outcome = signing->outcome;
  const DbkOrderRequest *request = signing->request;
  DbkDb *db = dbk_clinic_get_db (signing->clinic);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkMissed) missed = NULL;
  DbkOrderDraft draft = { .today = dbk_clinic_today (signing->clinic), .dose_ug = request->dose_ug, .from = request->from,
                          .to = request->to };

  outcome->policy = dbk_clinic_new_policy (signing->clinic, &local_error);
  if (local_error == NULL && outcome->policy != NULL)
    missed = count_missed (signing->clinic, request->patient, outcome->policy, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!dbk_dose_first_day (db, request->patient, &draft.first_dose_day, error))
    return FALSE;
  draft.previous_ug = outcome->previous_ug = previous_dose (orders, draft.today);
  draft.ever_dosed = draft.first_dose_day != DBK_DAY_NONE;
  draft.lowest_ug_7_days = lowest_of_week (orders, draft.today);
  draft.missed = missed;
  draft.policy = outcome->policy;
  outcome->issues = dbk_order_check (&draft);
  for (guint i = 0; i < outcome->issues->len; i++)
    {
      const DbkOrderIssue *issue = g_ptr_array_index (outcome->issues, i);

      outcome->blocked |= issue->blocks;
      outcome->retype |= !issue->blocks;
    }
  outcome->retype = outcome->retype && request->retyped_ug != request->dose_ug;
  return TRUE;
}

/* ---- signing ---- */

static gboolean
append_order (Signing    *signing,
              DbkDb      *db,
              GPtrArray  *orders,
              GError    **error)
{
  const DbkOrderRequest *request = signing->request;
  g_autoptr(GPtrArray) replaces = g_ptr_array_new ();
  g_autoptr(DbkOrder) order = dbk_order_new ();
  DbkStamp stamp;

  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *old = g_ptr_array_index (orders, i);

      if ((old->until == DBK_DAY_NONE || old->until >= request->from) && (old->until == DBK_DAY_NONE || old->until >= old->from))
        g_ptr_array_add (replaces, old->id);
    }
  g_ptr_array_add (replaces, NULL);
  dbk_clinic_stamp (signing->clinic, signing->session, &stamp);
  order->id = dbk_fact_log_new_id ();
  order->patient = g_strdup (request->patient);
  order->dose_ug = request->dose_ug;
  order->from = request->from;
  order->to = request->to;
  order->reason = g_strdup (request->reason);
  order->note = g_strdup (request->note);
  if (!dbk_fact_order_signed (db, &stamp, order, (const char *const *) replaces->pdata, error))
    return FALSE;
  signing->outcome->order = g_strdup (order->id);
  return TRUE;
}

static gboolean
judge_and_sign (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  Signing *signing = data;
  g_autoptr(DbkPatient) patient = dbk_patient_get (db, signing->request->patient, error);
  g_autoptr(GPtrArray) orders = NULL;

  if (patient == NULL)
    return FALSE;
  if (patient->state != DBK_PATIENT_ACTIVE)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("This patient is not in treatment here"));
      return FALSE;
    }
  orders = dbk_order_list_of_patient (db, signing->request->patient, error);
  if (orders == NULL || !judge (signing, orders, error))
    return FALSE;
  if (!signing->sign || signing->outcome->blocked || signing->outcome->retype)
    return TRUE;
  return append_order (signing, db, orders, error);
}

static gboolean
check_request (const DbkOrderRequest  *request,
               GError                **error)
{
  if (request->reason != NULL && !g_strv_contains (order_reasons, request->reason))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("There is no such reason for an order"));
      return FALSE;
    }
  return TRUE;
}

static DbkOrderOutcome *
work (DbkClinic              *clinic,
      const DbkSession       *session,
      const DbkOrderRequest  *request,
      gboolean                sign,
      GError                **error)
{
  g_autoptr(DbkOrderOutcome) outcome = g_new0 (DbkOrderOutcome, 1);
  Signing signing = { clinic, session, request, sign, outcome };
  DbkDb *db = dbk_clinic_get_db (clinic);

  if (!dbk_session_require (session, DBK_ACT_SIGN_ORDER, error) || !check_request (request, error))
    return NULL;
  if (!(sign ? dbk_db_write (db, judge_and_sign, &signing, error) : dbk_db_read (db, judge_and_sign, &signing, error)))
    return NULL;
  return g_steal_pointer (&outcome);
}

DbkOrderOutcome *
dbk_sign_order (DbkClinic              *clinic,
                const DbkSession       *session,
                const DbkOrderRequest  *request,
                GError                **error)
{
  return work (clinic, session, request, TRUE, error);
}

DbkOrderOutcome *
dbk_judge_order (DbkClinic              *clinic,
                 const DbkSession       *session,
                 const DbkOrderRequest  *request,
                 GError                **error)
{
  return work (clinic, session, request, FALSE, error);
}

/* ---- ending, holding, lifting ---- */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const char       *patient;
  const char       *id;
  DbkDay            last_day;
  const char       *reason;
  const DbkHold    *hold;
  const DbkAbsence *absence;
} Change;

static gboolean
end_order (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  const Change *change = data;
  g_autoptr(DbkOrder) order = dbk_order_get (db, change->id, error);
  DbkStamp stamp;

  if (order == NULL)
    return FALSE;
  if (order->until != DBK_DAY_NONE && order->until <= change->last_day)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("This order ends by that day already"));
      return FALSE;
    }
  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_order_ended (db, &stamp, order->id, order->patient, change->last_day, change->reason, error);
}

gboolean
dbk_end_order (DbkClinic         *clinic,
               const DbkSession  *session,
               const char        *order,
               DbkDay             last_day,
               const char        *reason,
               GError           **error)
{
  Change change = { clinic, session, NULL, order, last_day, reason };

  if (!dbk_session_require (session, DBK_ACT_SIGN_ORDER, error))
    return FALSE;
  if (last_day < dbk_clinic_today (clinic) - 1)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("An order cannot be ended in the past; yesterday is the earliest"));
      return FALSE;
    }
  return dbk_db_write (dbk_clinic_get_db (clinic), end_order, &change, error);
}

static gboolean
put_hold (DbkDb     *db,
          gpointer   data,
          GError   **error)
{
  const Change *change = data;
  DbkStamp stamp;

  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_hold_placed (db, &stamp, change->hold, error);
}

static gboolean
check_hold (DbkClinic         *clinic,
            const DbkSession  *session,
            const DbkHold     *hold,
            GError           **error)
{
  const char *problem = NULL;

  if (!g_strv_contains (hold_reasons, hold->reason))
    problem = "There is no such reason for a hold";
  else if (hold->from < dbk_clinic_today (clinic))
    problem = "A hold cannot begin in the past";
  else if (hold->until != DBK_DAY_NONE && hold->until < hold->from)
    problem = "The hold ends before it begins";
  else if (hold->kind == DBK_HOLD_MEDICAL && session->role != DBK_ROLE_PHYSICIAN)
    problem = "Only a physician holds a dose for a medical reason; place a stop flag";
  if (problem == NULL)
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, problem);
  return FALSE;
}

gboolean
dbk_place_hold (DbkClinic         *clinic,
                const DbkSession  *session,
                const DbkHold     *hold,
                char             **id,
                GError           **error)
{
  g_autoptr(DbkHold) own = dbk_hold_copy (hold);
  Change change = { clinic, session, .hold = own };

  if (!dbk_session_require (session, DBK_ACT_PLACE_HOLD, error) || !check_hold (clinic, session, hold, error))
    return FALSE;
  g_free (own->id);
  own->id = dbk_fact_log_new_id ();
  if (!dbk_db_write (dbk_clinic_get_db (clinic), put_hold, &change, error))
    return FALSE;
  if (id != NULL)
    *id = g_strdup (own->id);
  return TRUE;
}

static const DbkHold *
find_hold (GPtrArray  *holds,
           const char *id)
{
  for (guint i = 0; i < holds->len; i++)
    {
      const DbkHold *hold = g_ptr_array_index (holds, i);

      if (strcmp (hold->id, id) == 0)
        return hold;
    }
  return NULL;
}

static gboolean
lift (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  const Change *change = data;
  g_autoptr(GPtrArray) holds = dbk_hold_list_of_patient (db, change->patient, error);
  const DbkHold *hold;
  DbkStamp stamp;

  if (holds == NULL)
    return FALSE;
  hold = find_hold (holds, change->id);
  if (hold == NULL || hold->lifted_on != DBK_DAY_NONE)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "There is no such hold, or it was lifted already");
      return FALSE;
    }
  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_hold_lifted (db, &stamp, hold->id, hold->patient, change->reason, error);
}

gboolean
dbk_lift_hold (DbkClinic         *clinic,
               const DbkSession  *session,
               const char        *patient,
               const char        *hold,
               const char        *reason,
               GError           **error)
{
  Change change = { clinic, session, patient, hold, DBK_DAY_NONE, reason };

  return dbk_session_require (session, DBK_ACT_LIFT_HOLD, error) &&
         dbk_db_write (dbk_clinic_get_db (clinic), lift, &change, error);
}

static gboolean
put_absence (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Change *change = data;
  DbkStamp stamp;

  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_absence (db, &stamp, change->absence, error);
}

gboolean
dbk_plan_absence (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const DbkAbsence  *absence,
                  GError           **error)
{
  g_autoptr(DbkAbsence) own = dbk_absence_copy (absence);
  Change change = { clinic, session, .absence = own };

  if (!dbk_session_require (session, absence->patient != NULL ? DBK_ACT_PLAN_ABSENCE : DBK_ACT_CLOSE_CLINIC, error))
    return FALSE;
  if (absence->from == DBK_DAY_NONE || absence->to < absence->from || absence->to - absence->from >= ABSENCE_MOST_DAYS ||
      !g_strv_contains (absence->patient != NULL ? absence_reasons : closure_reasons, absence->reason))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("An absence has a first and a last day within a year, and one of the coded reasons"));
      return FALSE;
    }
  g_free (own->id);
  own->id = dbk_fact_log_new_id ();
  return dbk_db_write (dbk_clinic_get_db (clinic), put_absence, &change, error);
}

static gboolean
withdraw_absence (DbkDb     *db,
                  gpointer   data,
                  GError   **error)
{
  const Change *change = data;
  g_autoptr(GPtrArray) absences = dbk_absence_list (db, change->patient, error);
  DbkStamp stamp;

  for (guint i = 0; absences != NULL && i < absences->len; i++)
    {
      const DbkAbsence *absence = g_ptr_array_index (absences, i);

      if (strcmp (absence->id, change->id) != 0)
        continue;
      dbk_clinic_stamp (change->clinic, change->session, &stamp);
      return dbk_fact_absence_withdrawn (db, &stamp, absence, error);
    }
  if (absences != NULL)
    g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "There is no such absence, or it was withdrawn already");
  return FALSE;
}

gboolean
dbk_withdraw_absence (DbkClinic         *clinic,
                      const DbkSession  *session,
                      const char        *patient,
                      const char        *absence,
                      GError           **error)
{
  Change change = { clinic, session, patient, absence, DBK_DAY_NONE, NULL };

  return dbk_session_require (session, patient != NULL ? DBK_ACT_PLAN_ABSENCE : DBK_ACT_CLOSE_CLINIC, error) &&
         dbk_db_write (dbk_clinic_get_db (clinic), withdraw_absence, &change, error);
}
