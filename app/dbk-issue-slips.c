/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-slips"

#include "config.h"

#include "app/dbk-issue-slips.h"

#include <glib/gi18n-lib.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-counter.h"
#include "app/dbk-enrol-site.h"
#include "app/dbk-finding-text.h"
#include "app/dbk-lease-days.h"
#include "app/dbk-receive-lot.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-order-store.h"
#include "db/dbk-pass-store.h"
#include "db/exchange/dbk-pass-code.h"
#include "db/facts/dbk-pass-facts.h"
#include "db/record/dbk-quantity.h"

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, message);
  return FALSE;
}

/* @format is translated already: the sentence names whom it is about, and is shown as it is. */
static gboolean G_GNUC_PRINTF (3, 4)
refuse_patient (const DbkPatient  *patient,
                GError           **error,
                const char        *format,
                ...)
{
  g_autofree char *number = dbk_patient_number_format (patient->number), *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "%s: %s", number, why);
  return FALSE;
}

typedef struct
{
  DbkClinic            *clinic;
  const DbkSession     *session;
  const DbkSlipRequest *request;
  DbkStamp              stamp;
  const char           *site;     /* id */
  const char           *holder;   /* of a voucher: the point's computer */
  const char           *patient;  /* of a voucher */
  const char           *batch;
  DbkLot               *lot;
  GPtrArray            *slips;    /* DbkPass, to be issued */
  gint64                total_ul;
} Issue;

/* ---- whom the counter would stop ---- */

/* What is only about this minute at this counter, or about a day or an order, which are looked at one by one. */
static const DbkFindingCode of_the_moment[] = { DBK_FINDING_ALREADY_DOSED, DBK_FINDING_NO_ORDER, DBK_FINDING_ORDER_EXPIRED, DBK_FINDING_ORDER_NOT_STARTED,
                                                DBK_FINDING_GUEST_ELSEWHERE, DBK_FINDING_NO_BOTTLE, DBK_FINDING_LOT_EXPIRED, DBK_FINDING_STOCK_SHORT,
                                                DBK_FINDING_DAY_CLOSED, DBK_FINDING_WRONG_DAY, DBK_FINDING_CARD_REVOKED };

static gboolean
reaches_beyond_today (DbkFindingCode code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (of_the_moment); i++)
    if (of_the_moment[i] == code)
      return FALSE;
  return TRUE;
}

static gboolean
check_verdict (Issue       *issue,
               const char  *patient,
               DbkPatient **who,
               GError     **error)
{
  DbkCounterRequest request = { .patient = patient, .card = "", .day = DBK_DAY_NONE };
  g_autoptr(DbkCounterView) view = dbk_counter_gather (issue->clinic, &request, error);

  if (view == NULL)
    return FALSE;
  for (guint i = 0; i < view->verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (view->verdict->findings, i);

      if (finding->level == DBK_LEVEL_STOP && reaches_beyond_today (finding->code))
        return refuse_patient (view->patient, error, _("the counter stops: %s"), dbk_finding_title (finding->code));
    }
  *who = g_steal_pointer (&view->patient);
  return TRUE;
}

/* The lowest order in force on @day that may be given; NULL: there is none. Borrowed. */
static const DbkOrder *
find_order (const GPtrArray *orders,
            DbkDay           day)
{
  const DbkOrder *lowest = NULL;

  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (dbk_order_in_force (order, day) && order->dose_ug > 0 && (lowest == NULL || order->dose_ug < lowest->dose_ug))
        lowest = order;
    }
  return lowest;
}

static gboolean
check_day (Issue             *issue,
           const DbkPatient  *patient,
           const GPtrArray   *holds,
           DbkDay             day,
           GError           **error)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (dbk_clinic_get_db (issue->clinic), patient->id, day, day, error);
  g_autofree char *number = dbk_patient_number_format (patient->number), *shown = dbk_day_format (day, dbk_text_language ());

  if (doses == NULL)
    return FALSE;
  for (guint i = 0; i < doses->len; i++)
    if (((const DbkDose *) g_ptr_array_index (doses, i))->reversed_by == NULL)
      {
        g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN, _("%s has a dose for %s already"), number, shown);
        return FALSE;
      }
  for (guint i = 0; i < holds->len; i++)
    if (dbk_hold_stands (g_ptr_array_index (holds, i), day))
      return refuse_patient (patient, error, _("a hold stands on %s"), shown);
  return TRUE;
}

/* Checks each day and calls @each with the order that holds on it. */
typedef gboolean (*EachDay) (Issue *issue, const DbkPatient *patient, const DbkOrder *order, DbkDay day, GError **error);

static gboolean
walk_days (Issue       *issue,
           const char  *patient,
           DbkDay       from,
           DbkDay       to,
           EachDay      each,
           GError     **error)
{
  DbkDb *db = dbk_clinic_get_db (issue->clinic);
  g_autoptr(DbkPatient) who = NULL;
  g_autoptr(GPtrArray) orders = NULL, holds = NULL;

  if (!check_verdict (issue, patient, &who, error) || (orders = dbk_order_list_of_patient (db, patient, error)) == NULL ||
      (holds = dbk_hold_list_of_patient (db, patient, error)) == NULL)
    return FALSE;
  for (DbkDay day = from; day <= to; day++)
    {
      const DbkOrder *order = find_order (orders, day);
      g_autofree char *shown = dbk_day_format (day, dbk_text_language ());

      if (order == NULL)
        return refuse_patient (who, error, _("no order for %s"), shown);
      if (!check_day (issue, who, holds, day, error) || !each (issue, who, order, day, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- slips ---- */

static gboolean
add_slip (Issue             *issue,
          const DbkPatient  *patient,
          const DbkOrder    *order,
          DbkDay             day,
          GError           **error)
{
  DbkPass *slip = dbk_pass_new ();

  g_ptr_array_add (issue->slips, slip);
  slip->id = dbk_fact_log_new_id ();
  slip->kind = DBK_PASS_SLIP;
  slip->batch = g_strdup (issue->batch);
  slip->patient = g_strdup (patient->id);
  slip->site = g_strdup (issue->site);
  slip->from = slip->to = day;
  slip->dose_ug = order->dose_ug;
  slip->lot = g_strdup (issue->lot->id);
  slip->order = g_strdup (order->id);
  if (!dbk_volume_for_dose (order->dose_ug, issue->lot->ug_per_ml, &slip->volume_ul, error))
    return FALSE;
  issue->total_ul += slip->volume_ul;
  return TRUE;
}

static gboolean
grant_slips (Issue   *issue,
             guint    first,
             GError **error)
{
  const DbkPass *slip = g_ptr_array_index (issue->slips, first);
  const DbkLease lease = { .patient = slip->patient, .site = slip->site, .from = issue->request->from, .to = issue->request->to };
  g_autofree char *id = NULL;

  if (!dbk_grant_lease_within (issue->clinic, &issue->stamp, &lease, &id, error))
    return FALSE;
  for (guint i = first; i < issue->slips->len; i++)
    {
      DbkPass *one = g_ptr_array_index (issue->slips, i);

      one->lease = g_strdup (id);
      if (!dbk_fact_pass_issued (dbk_clinic_get_db (issue->clinic), &issue->stamp, one, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
issue_slips (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  Issue *issue = data;
  const DbkSlipRequest *request = issue->request;

  dbk_clinic_stamp (issue->clinic, issue->session, &issue->stamp);
  issue->lot = dbk_lot_by_number (db, dbk_clinic_get_site (issue->clinic)->id, request->lot_number, error);
  if (issue->lot == NULL)
    return FALSE;
  if (issue->lot->expires < request->to)
    return refuse (N_("This lot expires before the last of these days"), error);
  for (guint i = 0; request->patients[i] != NULL; i++)
    {
      guint first = issue->slips->len;

      if (!walk_days (issue, request->patients[i], request->from, request->to, add_slip, error) || !grant_slips (issue, first, error))
        return FALSE;
    }
  return dbk_send_lot_within (issue->clinic, &issue->stamp, request->lot_number, issue->site, issue->total_ul, NULL, error);
}

/* ---- for which place ---- */

/* @holder: its computer; NULL: a point on paper. */
static DbkSite *
find_point (DbkClinic     *clinic,
            const char    *code,
            DbkWriterRow **holder,
            GError       **error)
{
  g_autoptr(DbkSite) site = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!dbk_clinic_get_home (clinic)->here)
    {
      refuse (N_("Only the clinic itself does this, not a dosing point"), error);
      return NULL;
    }
  site = dbk_find_site (clinic, code, error);
  if (site == NULL)
    return NULL;
  if (strcmp (site->id, dbk_clinic_get_site (clinic)->id) == 0)
    {
      refuse (N_("This is the clinic itself"), error);
      return NULL;
    }
  *holder = dbk_find_active_writer (clinic, site->id, &local_error);
  if (local_error == NULL)
    return g_steal_pointer (&site);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

char *
dbk_issue_slips (DbkClinic             *clinic,
                 const DbkSession      *session,
                 const DbkSlipRequest  *request,
                 GError               **error)
{
  g_autoptr(DbkSite) site = NULL;
  g_autoptr(DbkWriterRow) computer = NULL;
  g_autoptr(GPtrArray) slips = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_pass_free);
  g_autofree char *batch = dbk_fact_log_new_id ();
  Issue issue = { .clinic = clinic, .session = session, .request = request, .batch = batch, .slips = slips };
  gboolean done;

  if (!dbk_session_require (session, DBK_ACT_GRANT_LEASE, error) || !dbk_session_require (session, DBK_ACT_SEND_LOT, error) ||
      (site = find_point (clinic, request->site, &computer, error)) == NULL ||
      !dbk_lease_check_days (clinic, request->from, request->to, error))
    return NULL;
  if (computer != NULL || request->patients[0] == NULL)
    {
      refuse (computer != NULL ? N_("This place has a computer: grant it the days instead") : N_("Slips need patients"), error);
      return NULL;
    }
  issue.site = site->id;
  done = dbk_db_write (dbk_clinic_get_db (clinic), issue_slips, &issue, error);
  g_clear_pointer (&issue.lot, dbk_lot_free);
  return done ? g_steal_pointer (&batch) : NULL;
}

/* ---- vouchers ---- */

static gboolean
lower_voucher (Issue             *issue,
               const DbkPatient  *patient,
               const DbkOrder    *order,
               DbkDay             day,
               GError           **error)
{
  DbkPass *voucher = g_ptr_array_index (issue->slips, 0);

  if (voucher->dose_ug != 0 && voucher->dose_ug <= order->dose_ug)
    return TRUE;
  voucher->dose_ug = order->dose_ug;
  g_free (voucher->order);
  voucher->order = g_strdup (order->id);
  return TRUE;
}

static gboolean
issue_voucher (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  Issue *issue = data;
  DbkPass *voucher = g_ptr_array_index (issue->slips, 0);
  const DbkLease lease = { .patient = voucher->patient, .site = voucher->site, .holder = (char *) issue->holder, .from = voucher->from, .to = voucher->to };

  dbk_clinic_stamp (issue->clinic, issue->session, &issue->stamp);
  return walk_days (issue, voucher->patient, voucher->from, voucher->to, lower_voucher, error) &&
         dbk_grant_lease_within (issue->clinic, &issue->stamp, &lease, &voucher->lease, error) &&
         dbk_fact_pass_issued (db, &issue->stamp, voucher, error);
}

char *
dbk_issue_voucher (DbkClinic         *clinic,
                   const DbkSession  *session,
                   const char        *patient,
                   const char        *site,
                   DbkDay             from,
                   DbkDay             to,
                   GError           **error)
{
  g_autoptr(DbkSite) place = NULL;
  g_autoptr(DbkWriterRow) computer = NULL;
  g_autoptr(GPtrArray) vouchers = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_pass_free);
  DbkPass *voucher = dbk_pass_new ();
  Issue issue = { .clinic = clinic, .session = session, .slips = vouchers };

  g_ptr_array_add (vouchers, voucher);
  if (!dbk_session_require (session, DBK_ACT_GRANT_LEASE, error) || (place = find_point (clinic, site, &computer, error)) == NULL ||
      !dbk_lease_check_days (clinic, from, to, error))
    return NULL;
  if (computer == NULL)
    {
      refuse (N_("This place works on paper: print slips for it"), error);
      return NULL;
    }
  issue.holder = computer->writer;
  voucher->id = dbk_fact_log_new_id ();
  voucher->kind = DBK_PASS_VOUCHER;
  voucher->patient = g_strdup (patient);
  voucher->site = g_strdup (place->id);
  voucher->from = from;
  voucher->to = to;
  return dbk_db_write (dbk_clinic_get_db (clinic), issue_voucher, &issue, error) ? g_strdup (voucher->id) : NULL;
}

char *
dbk_pass_code_of (DbkClinic      *clinic,
                  const DbkPass  *pass,
                  GError        **error)
{
  g_autoptr(DbkKeys) keys = dbk_keys_load (dbk_clinic_get_db (clinic), error);

  return keys != NULL ? dbk_pass_code_write (pass, keys, error) : NULL;
}
