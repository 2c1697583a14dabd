/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-history"

#include "app/dbk-history.h"

#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-guest-store.h"
#include "db/dbk-order-store.h"

#define CONTACTS_MOST 50
#define READINGS_MOST 50

void
dbk_history_free (DbkHistory *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->patient, dbk_patient_free);
  g_clear_pointer (&self->doses, g_ptr_array_unref);
  g_clear_pointer (&self->reversals, g_ptr_array_unref);
  g_clear_pointer (&self->not_given, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_clear_pointer (&self->absences, g_ptr_array_unref);
  g_clear_pointer (&self->closures, g_ptr_array_unref);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_pointer (&self->readings, g_ptr_array_unref);
  g_free (self);
}

/* Days with a standing dose, and the gaps between them. Doses ascend; several parts of a day count once. */
static void
count_days (DbkHistory *history,
            DbkDay      today)
{
  DbkDay previous = DBK_DAY_NONE;
  DbkDay last = MIN (history->to != DBK_DAY_NONE ? history->to : today, today - 1);
  DbkDay first = MAX (history->from != DBK_DAY_NONE ? history->from : history->first_day, history->first_day);
  gint dosed_before_today = 0;

  for (guint i = 0; i < history->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (history->doses, i);

      if (dose->reversed_by != NULL)
        continue;
      history->total_ug += dose->dose_ug;
      if (dose->day == previous)
        continue;
      history->days_dosed++;
      dosed_before_today += dose->day <= last;
      if (previous != DBK_DAY_NONE)
        history->longest_gap = MAX (history->longest_gap, dose->day - previous - 1);
      previous = dose->day;
    }
  if (history->first_day != DBK_DAY_NONE && last >= first)
    history->days_missed = MAX (last - first + 1 - dosed_before_today, 0);
  if (previous != DBK_DAY_NONE)
    history->longest_gap = MAX (history->longest_gap, last - previous);
}

typedef struct
{
  DbkClinic  *clinic;
  const char *patient;
  DbkHistory *history;
} Gathering;

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *self = data;
  DbkHistory *history = self->history;
  const char *patient = self->patient;

  if ((history->patient = dbk_patient_or_guest (db, patient, error)) == NULL ||
      (history->doses = dbk_dose_list_of_patient (db, patient, history->from, history->to, error)) == NULL ||
      (history->reversals = dbk_reversal_list (db, patient, error)) == NULL ||
      (history->not_given = dbk_not_given_list_of_patient (db, patient, history->from, history->to, error)) == NULL ||
      (history->orders = dbk_order_list_of_patient (db, patient, error)) == NULL ||
      (history->holds = dbk_hold_list_of_patient (db, patient, error)) == NULL ||
      (history->absences = dbk_absence_list (db, patient, error)) == NULL ||
      (history->closures = dbk_absence_list (db, NULL, error)) == NULL ||
      (history->contacts = dbk_contact_list (db, patient, CONTACTS_MOST, error)) == NULL ||
      (history->cards = dbk_card_list (db, patient, error)) == NULL ||
      (history->readings = dbk_reading_list (db, patient, READINGS_MOST, error)) == NULL ||
      !dbk_dose_first_day (db, patient, &history->first_day, error))
    return FALSE;
  count_days (history, dbk_clinic_today (self->clinic));
  return TRUE;
}

DbkHistory *
dbk_history_read (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const char        *patient,
                  DbkDay             from,
                  DbkDay             to,
                  GError           **error)
{
  g_autoptr(DbkHistory) history = g_new0 (DbkHistory, 1);
  Gathering gathering = { clinic, patient, history };

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  history->from = from;
  history->to = to;
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error) ? g_steal_pointer (&history) : NULL;
}
