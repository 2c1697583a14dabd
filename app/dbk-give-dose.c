/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-give"

#include "app/dbk-give-dose.h"

#include <glib/gi18n.h>

#include "db/dbk-claim.h"
#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-guest-store.h"
#include "db/dbk-order-store.h"
#include "db/facts/dbk-desk-facts.h"
#include "db/facts/dbk-dose-facts.h"
#include "db/record/dbk-quantity.h"

void
dbk_give_result_free (DbkGiveResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->view, dbk_counter_view_free);
  g_free (self->dose);
  g_free (self->fact);
  g_free (self);
}

typedef struct
{
  DbkClinic            *clinic;
  const DbkSession     *session;
  const DbkGiveRequest *request;
  DbkGiveResult        *result;
} Giving;

static DbkGiveOutcome
judge_outcome (const DbkGiveRequest *request,
               const DbkCounterView *view)
{
  const DbkVerdict *verdict = view->verdict;

  /* Already dosed is said as such, not as a change: it is what a second press of the key meets. */
  if (verdict->kind == DBK_VERDICT_STOP)
    return DBK_GIVE_STOPPED;
  if (request->seen_mark != NULL && strcmp (request->seen_mark, view->mark) != 0)
    return DBK_GIVE_CHANGED;
  if (verdict->kind == DBK_VERDICT_GIVE)
    return DBK_GIVE_GIVEN;
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (verdict->findings, i);

      if (finding->answer != NULL && !dbk_choice_allows (finding->code, finding->answer))
        return DBK_GIVE_STOPPED;
    }
  return DBK_GIVE_ANSWER_NEEDED;
}

/* It stands in the record for the day already: asked once a day, and recorded once. */
static gboolean
is_answered (const DbkCounterView *view,
             const DbkAnswer      *answer)
{
  for (guint i = 0; i < view->answers->len; i++)
    {
      const DbkAnswerRow *row = g_ptr_array_index (view->answers, i);

      if (strcmp (row->code, dbk_finding_code_to_word (answer->code)) == 0 && strcmp (row->choice, answer->choice) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
append_answers (DbkDb           *db,
                const DbkStamp  *stamp,
                const Giving    *giving,
                GError         **error)
{
  const DbkCounterRequest *request = &giving->request->at_counter;
  const DbkCounterView *view = giving->result->view;

  for (gsize i = 0; i < request->n_answers; i++)
    {
      const DbkAnswer *answer = &request->answers[i];

      if (dbk_verdict_find (view->verdict, answer->code) != NULL && !is_answered (view, answer) &&
          !dbk_fact_alert_answered (db, stamp, request->patient, view->day, dbk_finding_code_to_word (answer->code), answer->choice, error))
        return FALSE;
    }
  return TRUE;
}

/* The rules have looked already; that the key is held all the same means another program or site was quicker, between two reads of one
 * transaction never. It is refused here because this is the place that cannot be talked around. */
static gboolean
take_key (DbkDb       *db,
          const char  *patient,
          DbkDay       day,
          const char  *dose,
          GError     **error)
{
  DbkClaimAnswer answer = DBK_CLAIM_HELD;

  if (!dbk_claim_take (db, patient, day, 1, dose, &answer, NULL, error))
    return FALSE;
  if (answer == DBK_CLAIM_TAKEN)
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN, "There is a dose for this patient and day already");
  return FALSE;
}

static gboolean
append_dose (DbkDb           *db,
             const DbkStamp  *stamp,
             const Giving    *giving,
             GError         **error)
{
  const DbkCounterView *view = giving->result->view;
  DbkGiveResult *result = giving->result;
  DbkDose dose = { .id = result->dose, .patient = view->patient->id, .day = view->day, .part = 1, .kind = DBK_DOSE_OBSERVED,
                   .dose_ug = view->verdict->dose_ug, .ordered_ug = view->verdict->dose_ug, .volume_ul = view->verdict->volume_ul,
                   .lot = view->verdict->lot, .order = view->verdict->order };
  const DbkPass *voucher = view->voucher;

  dose.from_paper = giving->request->paper_ms != 0;
  dose.given_ms = dose.from_paper ? giving->request->paper_ms : stamp->wall_ms;
  result->given_ms = dose.given_ms;
  result->dose_ug = dose.dose_ug;
  result->volume_ul = dose.volume_ul;
  if (voucher != NULL)
    {
      dose.pass = voucher->id;
      /* The clinic's own record knows which order it was. */
      if (g_strcmp0 (dose.order, voucher->id) == 0)
        dose.order = NULL;
      if (!dbk_guest_note (db, dose.patient, voucher->number, error))
        return FALSE;
    }
  return take_key (db, dose.patient, dose.day, dose.id, error) && dbk_fact_dose (db, stamp, &dose, &result->fact, error);
}

static gboolean
give (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  Giving *giving = data;
  DbkGiveResult *result = giving->result;
  DbkStamp stamp;

  result->view = dbk_counter_gather (giving->clinic, &giving->request->at_counter, error);
  if (result->view == NULL)
    return FALSE;
  result->outcome = judge_outcome (giving->request, result->view);
  if (result->outcome != DBK_GIVE_GIVEN)
    return TRUE;
  dbk_clinic_stamp (giving->clinic, giving->session, &stamp);
  return append_answers (db, &stamp, giving, error) && append_dose (db, &stamp, giving, error);
}

/* After an error the disk is asked, never assumed: a COMMIT can fail and have happened. */
static gboolean
is_on_disk (DbkClinic     *clinic,
            DbkGiveResult *result)
{
  g_autoptr(DbkDose) dose = NULL;

  if (result->outcome != DBK_GIVE_GIVEN || result->view == NULL)
    return FALSE;
  dose = dbk_dose_get (dbk_clinic_get_db (clinic), result->dose, NULL);
  if (dose == NULL)
    return FALSE;
  g_free (result->fact);
  result->fact = g_strdup (dose->fact);
  return TRUE;
}

/* What stands on paper has happened: on the day it is entered for, and not in the future. */
static gboolean
check_paper (DbkClinic             *clinic,
             const DbkSession      *session,
             const DbkGiveRequest  *request,
             GError               **error)
{
  DbkClock *clock = dbk_clinic_get_clock (clinic);
  DbkDay day = request->at_counter.day != DBK_DAY_NONE ? request->at_counter.day : dbk_clinic_today (clinic);

  if (request->paper_ms == 0 && !request->at_counter.from_paper)
    return TRUE;
  if (!dbk_session_require (session, DBK_ACT_BACK_ENTRY, error))
    return FALSE;
  if (request->paper_ms != 0 && request->at_counter.from_paper && request->paper_ms <= dbk_clock_now_ms (clock) &&
      dbk_clock_day_of (clock, request->paper_ms) == day)
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("The paper's time lies on the day it is entered for, and not in the future"));
  return FALSE;
}

DbkGiveResult *
dbk_give_dose (DbkClinic             *clinic,
               const DbkSession      *session,
               const DbkGiveRequest  *request,
               GError               **error)
{
  g_autoptr(DbkGiveResult) result = g_new0 (DbkGiveResult, 1);
  g_autoptr(GError) local_error = NULL;
  Giving giving = { clinic, session, request, result };

  if (!dbk_session_require (session, DBK_ACT_GIVE_DOSE, error) || !check_paper (clinic, session, request, error))
    return NULL;
  result->outcome = DBK_GIVE_STOPPED;
  result->dose = dbk_fact_log_new_id ();
  if (!dbk_db_write (dbk_clinic_get_db (clinic), give, &giving, &local_error) && !is_on_disk (clinic, result))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (result->outcome != DBK_GIVE_GIVEN)
    g_clear_pointer (&result->dose, g_free);
  return g_steal_pointer (&result);
}

/* ---- ahead, and elsewhere ---- */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const char       *patient;
  DbkDay            day;
  DbkDoseKind       kind;
  char             *dose;
} Ahead;

static gboolean
find_ordered (DbkDb       *db,
              const char  *patient,
              DbkDay       day,
              DbkDose     *dose,
              GError     **error)
{
  g_autoptr(GPtrArray) orders = dbk_order_list_of_patient (db, patient, error);

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (dbk_order_in_force (order, day) && (dose->dose_ug == 0 || order->dose_ug < dose->dose_ug))
        {
          dose->dose_ug = dose->ordered_ug = order->dose_ug;
          g_free (dose->order);
          dose->order = g_strdup (order->id);
        }
    }
  if (dose->dose_ug != 0)
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("No order is in force on that day"));
  return FALSE;
}

static gboolean
pour (DbkClinic  *clinic,
      DbkDose    *dose,
      GError    **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkLot) bottle = dbk_lot_open (dbk_clinic_get_db (clinic), dbk_clinic_get_site (clinic)->id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (bottle == NULL || !dbk_volume_for_dose (dose->dose_ug, bottle->ug_per_ml, &dose->volume_ul, NULL) ||
      bottle->bottle_ul < dose->volume_ul || bottle->expires < dose->day)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("The open bottle does not hold this dose, or expires before that day"));
      return FALSE;
    }
  dose->lot = g_strdup (bottle->id);
  return TRUE;
}

static gboolean
give_ahead (DbkDb     *db,
            gpointer   data,
            GError   **error)
{
  Ahead *ahead = data;
  g_autoptr(DbkDose) dose = dbk_dose_new ();
  DbkStamp stamp;

  dbk_clinic_stamp (ahead->clinic, ahead->session, &stamp);
  dose->id = g_strdup (ahead->dose);
  dose->patient = g_strdup (ahead->patient);
  dose->day = ahead->day;
  dose->part = 1;
  dose->kind = ahead->kind;
  dose->given_ms = stamp.wall_ms;
  if (ahead->kind == DBK_DOSE_TAKE_HOME ? ahead->day <= stamp.day : ahead->day > stamp.day)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("A take-home dose is for a later day, a guest dose for today or before"));
      return FALSE;
    }
  return find_ordered (db, ahead->patient, ahead->day, dose, error) &&
         (ahead->kind != DBK_DOSE_TAKE_HOME || pour (ahead->clinic, dose, error)) &&
         take_key (db, dose->patient, dose->day, dose->id, error) && dbk_fact_dose (db, &stamp, dose, NULL, error);
}

gboolean
dbk_give_ahead (DbkClinic         *clinic,
                const DbkSession  *session,
                const char        *patient,
                DbkDay             day,
                DbkDoseKind        kind,
                char             **dose,
                GError           **error)
{
  g_autofree char *id = dbk_fact_log_new_id ();
  Ahead ahead = { clinic, session, patient, day, kind, id };

  g_return_val_if_fail (kind == DBK_DOSE_TAKE_HOME || kind == DBK_DOSE_GUEST, FALSE);

  if (!dbk_session_require (session, DBK_ACT_GIVE_DOSE, error) ||
      !dbk_db_write (dbk_clinic_get_db (clinic), give_ahead, &ahead, error))
    return FALSE;
  if (dose != NULL)
    *dose = g_steal_pointer (&id);
  return TRUE;
}

/* ---- answers ---- */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const char       *patient;
  DbkFindingCode    code;
  const char       *choice;
} Answering;

static gboolean
answer (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  const Answering *answering = data;
  DbkStamp stamp;

  dbk_clinic_stamp (answering->clinic, answering->session, &stamp);
  return dbk_fact_alert_answered (db, &stamp, answering->patient, stamp.day, dbk_finding_code_to_word (answering->code), answering->choice,
                                  error);
}

gboolean
dbk_answer_finding (DbkClinic         *clinic,
                    const DbkSession  *session,
                    const char        *patient,
                    DbkFindingCode     code,
                    const char        *choice,
                    GError           **error)
{
  Answering answering = { clinic, session, patient, code, choice };

  if (!dbk_session_require (session, DBK_ACT_GIVE_DOSE, error))
    return FALSE;
  if (!g_strv_contains (dbk_finding_choices (code), choice))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("This finding has no such answer"));
      return FALSE;
    }
  return dbk_db_write (dbk_clinic_get_db (clinic), answer, &answering, error);
}
