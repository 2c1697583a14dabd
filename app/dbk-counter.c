/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-counter"

#include "app/dbk-counter.h"

#include "app/dbk-exchange-overview.h"
#include "app/dbk-voucher.h"
#include "app/rules/dbk-authority.h"
#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-guest-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-order-store.h"

#define MONTH_DAYS 30

void
dbk_counter_view_free (DbkCounterView *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->patient, dbk_patient_free);
  g_clear_pointer (&self->verdict, dbk_verdict_free);
  g_clear_pointer (&self->policy, dbk_policy_free);
  g_clear_pointer (&self->doses, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_clear_pointer (&self->not_given, g_ptr_array_unref);
  g_clear_pointer (&self->leases, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  dbk_pass_free (self->voucher);
  g_free (self->voucher_code);
  g_free (self->oldest_site);
  g_free (self->authority);
  g_free (self->unread_fact);
  g_clear_pointer (&self->bottle, dbk_lot_free);
  g_free (self->card);
  g_free (self->mark);
  g_free (self);
}

/* ---- reading ---- */

/* The last 90 days, and if they are empty the newest dose before them: without it nobody could say how long the patient was away. */
static gboolean
read_doses (DbkDb           *db,
            DbkCounterView  *view,
            GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  DbkDose *older;

  view->doses = dbk_dose_list_of_patient (db, view->patient->id, view->day - DBK_COUNTER_LOOK_BACK_DAYS, view->day, error);
  if (view->doses == NULL)
    return FALSE;
  for (guint i = 0; i < view->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (view->doses, i);

      if (dose->reversed_by == NULL && dose->day < view->day)
        return TRUE;
    }
  older = dbk_dose_last_before (db, view->patient->id, view->day - DBK_COUNTER_LOOK_BACK_DAYS, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (older != NULL)
    g_ptr_array_insert (view->doses, 0, older);
  return TRUE;
}

static gboolean
read_bottle (DbkClinic       *clinic,
             DbkCounterView  *view,
             GError         **error)
{
  g_autoptr(GError) local_error = NULL;

  view->bottle = dbk_lot_open (dbk_clinic_get_db (clinic), dbk_clinic_get_site (clinic)->id, &local_error);
  if (local_error == NULL)
    view->policy = dbk_clinic_new_policy (clinic, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
dup_home_code (DbkClinic *clinic)
{
  g_autoptr(DbkSite) home = dbk_site_get (dbk_clinic_get_db (clinic), dbk_clinic_get_home (clinic)->site, NULL);

  return g_strdup (home != NULL ? home->code : "?");
}

/* Where the day lies. */
static gboolean
read_authority (DbkClinic       *clinic,
                DbkCounterView  *view,
                GError         **error)
{
  const DbkLease *lease = NULL;

  view->leases = dbk_lease_list_of_patient (dbk_clinic_get_db (clinic), view->patient->id, error);
  if (view->leases == NULL)
    return FALSE;
  view->authority_until = DBK_DAY_NONE;
  if (view->voucher != NULL)
    return TRUE;
  if (dbk_authority_is_here (view->leases, view->day, dbk_clinic_get_writer (clinic), dbk_clinic_get_home (clinic)->here, &lease))
    return TRUE;
  view->authority = lease != NULL ? g_strdup (lease->site_code != NULL ? lease->site_code : "?") : dup_home_code (clinic);
  view->authority_until = lease != NULL ? dbk_lease_last_day (lease) : DBK_DAY_NONE;
  return TRUE;
}

/* ---- what may not have come yet ---- */

/* Days that lay at another place and that no file from there has reached: whoever was dosed on them is not known here. */
static gboolean
look_for_silence (DbkClinic       *clinic,
                  DbkCounterView  *view,
                  const char      *writer,
                  const char      *code,
                  DbkDay           asked_until,
                  GError         **error)
{
  gint64 data_ms = 0;
  DbkDay known_until;
  gint days;

  if (!dbk_exchange_data_ms (dbk_clinic_get_db (clinic), writer, &data_ms, error))
    return FALSE;
  known_until = data_ms != 0 ? dbk_clock_day_of (dbk_clinic_get_clock (clinic), data_ms) : DBK_DAY_NONE;
  if (known_until != DBK_DAY_NONE && known_until >= asked_until)
    return TRUE;
  days = view->day - (known_until != DBK_DAY_NONE ? known_until : asked_until);
  if (view->oldest_site == NULL || days > view->oldest_site_days)
    {
      g_free (view->oldest_site);
      view->oldest_site = g_strdup (code);
      view->oldest_site_days = days;
    }
  return TRUE;
}

static gboolean
read_silences (DbkClinic       *clinic,
               DbkCounterView  *view,
               GError         **error)
{
  const DbkHome *home = dbk_clinic_get_home (clinic);

  if (!home->here)
    {
      g_autofree char *code = dup_home_code (clinic);

      return look_for_silence (clinic, view, home->writer, code, view->day, error);
    }
  for (guint i = 0; i < view->leases->len; i++)
    {
      const DbkLease *lease = g_ptr_array_index (view->leases, i);
      DbkDay last = MIN (dbk_lease_last_day (lease), view->day - 1);

      if (lease->holder == NULL || dbk_lease_last_day (lease) == DBK_DAY_NONE || lease->from > last || last < view->day - MONTH_DAYS)
        continue;
      if (!look_for_silence (clinic, view, lease->holder, lease->site_code != NULL ? lease->site_code : "?", last, error))
        return FALSE;
    }
  return TRUE;
}

/* The voucher says what was ordered, and this record may know no order at all. If it knows one, the lower counts. */
static void
add_order_of_voucher (DbkCounterView *view)
{
  const DbkPass *voucher = view->voucher;
  DbkOrder *order = dbk_order_new ();

  order->id = g_strdup (voucher->id);
  order->patient = g_strdup (voucher->patient);
  order->dose_ug = voucher->dose_ug;
  order->from = order->signed_day = voucher->from;
  order->to = order->until = voucher->to;
  g_ptr_array_add (view->orders, order);
}

static gboolean
read_all (DbkClinic       *clinic,
          DbkCounterView  *view,
          GError         **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  const char *patient = view->patient->id;

  if (!read_doses (db, view, error) || !read_bottle (clinic, view, error) ||
      (view->orders = dbk_order_list_of_patient (db, patient, error)) == NULL ||
      (view->holds = dbk_hold_list_of_patient (db, patient, error)) == NULL ||
      !read_authority (clinic, view, error) || !read_silences (clinic, view, error) || !dbk_unaccepted_dose (db, patient, view->day, &view->unaccepted_dose, error) ||
      !dbk_unread_fact (db, patient, &view->unread_fact, error) || !dbk_clinic_is_older (clinic, &view->record_older, error) ||
      (view->not_given = dbk_not_given_list_of_day (db, view->day, patient, error)) == NULL ||
      (view->answers = dbk_answer_list (db, patient, view->day, error)) == NULL)
    return FALSE;
  if (view->voucher != NULL)
    add_order_of_voucher (view);
  return dbk_patient_count_similar (db, patient, &view->similar_names, error);
}

/* ---- judging ---- */

/* A later answer replaces an earlier one: what was passed now comes after what stands in the record. */
static GArray *
collect_answers (const DbkCounterView    *view,
                 const DbkCounterRequest *request)
{
  GArray *answers = g_array_new (FALSE, FALSE, sizeof (DbkAnswer));

  for (gsize i = 0; i < request->n_answers; i++)
    g_array_append_val (answers, request->answers[i]);
  for (guint i = 0; i < view->answers->len; i++)
    {
      const DbkAnswerRow *row = g_ptr_array_index (view->answers, i);
      DbkAnswer answer = { .choice = row->choice };
      gboolean replaced = FALSE;

      if (!dbk_finding_code_from_word (row->code, &answer.code))
        continue;
      for (gsize j = 0; j < request->n_answers; j++)
        replaced |= request->answers[j].code == answer.code;
      if (!replaced)
        g_array_append_val (answers, answer);
    }
  return answers;
}

static gboolean
judge (DbkClinic                *clinic,
       DbkCounterView           *view,
       const DbkCounterRequest  *request,
       GError                  **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(GPtrArray) absences = dbk_absence_list (db, view->patient->id, error);
  g_autoptr(GPtrArray) closures = absences != NULL ? dbk_absence_list (db, NULL, error) : NULL;
  g_autoptr(GArray) answers = collect_answers (view, request);
  DbkDay newest_day = DBK_DAY_NONE;
  DbkCase c = { .today = request->from_paper ? view->day : dbk_clinic_today (clinic), .dose_day = view->day, .now_ms = dbk_clock_now_ms (dbk_clinic_get_clock (clinic)) };

  if (closures == NULL || !dbk_fact_log_newest (db, &c.newest_ms, &newest_day, error))
    return FALSE;
  c.patient = view->patient;
  c.orders = view->orders;
  c.holds = view->holds;
  c.doses = view->doses;
  c.not_given = view->not_given;
  c.absences = absences;
  c.closures = closures;
  c.bottle = view->bottle;
  c.policy = view->policy;
  c.authority_site = view->authority;
  c.authority_until = view->authority_until;
  c.oldest_site = view->oldest_site;
  c.oldest_site_days = view->oldest_site_days;
  c.unaccepted_dose = view->unaccepted_dose;
  c.unread_fact = view->unread_fact;
  c.record_older = view->record_older;
  c.card_revoked = request->card_revoked;
  c.card_seen = request->card != NULL || request->voucher != NULL;
  c.looks_unwell = view->unwell;
  c.similar_names = view->similar_names;
  c.answers = (const DbkAnswer *) answers->data;
  c.n_answers = answers->len;
  view->verdict = dbk_verdict_reach (&c);
  return TRUE;
}

/* ---- what the banner says besides ---- */

static void
point_out (DbkCounterView *view)
{
  for (guint i = 0; i < view->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (view->doses, i);

      if (dose->reversed_by == NULL && dose->day < view->day)
        view->last = dose;
    }
  for (guint i = 0; i < view->orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (view->orders, i);

      if (g_strcmp0 (order->id, view->verdict->order) == 0)
        view->order = order;
    }
}

static gint
count_missed_month (const DbkCounterView *view)
{
  gboolean dosed[MONTH_DAYS] = { FALSE };
  DbkDay first = view->day;
  gint missed = 0;

  for (guint i = 0; i < view->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (view->doses, i);
      gint back = view->day - 1 - dose->day;

      if (dose->reversed_by != NULL)
        continue;
      first = MIN (first, dose->day);
      if (back >= 0 && back < MONTH_DAYS)
        dosed[back] = TRUE;
    }
  for (gint back = 0; back < MONTH_DAYS; back++)
    missed += !dosed[back] && view->day - 1 - back >= first;
  return missed;
}

/* The dose and everything that speaks against it, without what the person at the counter has seen (F7) and answered meanwhile: that is not
 * news to them. */
static char *
make_mark (const DbkVerdict *verdict)
{
  GString *mark = g_string_new (NULL);

  g_string_append_printf (mark, "%" G_GINT64_FORMAT " %s %s", verdict->dose_ug, verdict->order != NULL ? verdict->order : "-",
                          verdict->lot != NULL ? verdict->lot : "-");
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (verdict->findings, i);

      if (finding->level != DBK_LEVEL_KNOW && finding->code != DBK_FINDING_UNWELL)
        g_string_append_printf (mark, " %s/%s/%" G_GINT64_FORMAT, dbk_finding_code_to_word (finding->code),
                                finding->about != NULL ? finding->about : "-", finding->amount_ug);
    }
  return g_string_free (mark, FALSE);
}

DbkCounterView *
dbk_counter_gather (DbkClinic                *clinic,
                    const DbkCounterRequest  *request,
                    GError                  **error)
{
  g_autoptr(DbkCounterView) view = g_new0 (DbkCounterView, 1);

  view->day = request->day != DBK_DAY_NONE ? request->day : dbk_clinic_today (clinic);
  view->card = g_strdup (request->card);
  view->voucher_code = g_strdup (request->voucher);
  view->unwell = request->unwell;
  view->from_paper = request->from_paper;
  if (request->voucher != NULL && (view->voucher = dbk_voucher_read (clinic, request->voucher, view->day, error)) == NULL)
    return NULL;
  view->patient = view->voucher != NULL ? dbk_voucher_find_patient (clinic, view->voucher, error)
                                        : dbk_patient_or_guest (dbk_clinic_get_db (clinic), request->patient, error);
  if (view->patient == NULL || !read_all (clinic, view, error) || !judge (clinic, view, request, error))
    return NULL;
  point_out (view);
  view->missed_30 = count_missed_month (view);
  view->mark = make_mark (view->verdict);
  return g_steal_pointer (&view);
}

typedef struct
{
  DbkClinic               *clinic;
  const DbkCounterRequest *request;
  DbkCounterView          *view;
} Look;

static gboolean
look (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  Look *self = data;

  self->view = dbk_counter_gather (self->clinic, self->request, error);
  return self->view != NULL;
}

DbkCounterView *
dbk_counter_look (DbkClinic                *clinic,
                  const DbkSession         *session,
                  const DbkCounterRequest  *request,
                  GError                  **error)
{
  Look self = { clinic, request, NULL };

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  if (!dbk_db_read (dbk_clinic_get_db (clinic), look, &self, error))
    g_clear_pointer (&self.view, dbk_counter_view_free);
  return self.view;
}

GBytes *
dbk_counter_photo (DbkClinic         *clinic,
                   const DbkSession  *session,
                   const char        *patient,
                   GError           **error)
{
  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  return dbk_patient_photo (dbk_clinic_get_db (clinic), patient, error);
}
