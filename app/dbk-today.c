/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-today"

#include "app/dbk-today.h"

#include "db/dbk-dose-store.h"
#include "db/dbk-guest-store.h"
#include "db/dbk-order-store.h"

static void
free_row (DbkTodayRow *row)
{
  dbk_patient_free (row->patient);
  dbk_dose_free (row->dose);
  dbk_dose_free (row->reversed);
  g_free (row->not_given_reason);
  g_free (row);
}

void
dbk_today_free (DbkToday *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->bottle, dbk_lot_free);
  g_free (self);
}

/* The list while it is put together. */
typedef struct
{
  DbkClinic  *clinic;
  DbkToday   *today;
  GHashTable *by_patient; /* id, borrowed from the row -> DbkTodayRow, borrowed */
} Gathering;

static gboolean
add_patients (Gathering  *gathering,
              GPtrArray  *patients)
{
  if (patients == NULL)
    return FALSE;
  g_ptr_array_set_free_func (patients, NULL);
  for (guint i = 0; i < patients->len; i++)
    {
      DbkTodayRow *row = g_new0 (DbkTodayRow, 1);

      row->patient = g_ptr_array_index (patients, i);
      row->order_until = DBK_DAY_NONE;
      row->last_day = DBK_DAY_NONE;
      g_ptr_array_add (gathering->today->rows, row);
      g_hash_table_insert (gathering->by_patient, row->patient->id, row);
    }
  g_ptr_array_unref (patients);
  return TRUE;
}

static gboolean
add_orders (DbkDb      *db,
            Gathering  *gathering,
            GError    **error)
{
  g_autoptr(GPtrArray) orders = dbk_order_list_in_force (db, gathering->today->day, error);

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);
      DbkTodayRow *row = g_hash_table_lookup (gathering->by_patient, order->patient);

      if (row == NULL)
        continue;
      row->orders++;
      if (row->order_ug == 0 || order->dose_ug < row->order_ug)
        {
          row->order_ug = order->dose_ug;
          row->order_until = order->until;
        }
    }
  return orders != NULL;
}

static gboolean
add_holds (DbkDb      *db,
           Gathering  *gathering,
           GError    **error)
{
  g_autoptr(GPtrArray) holds = dbk_hold_list_standing (db, error);

  for (guint i = 0; holds != NULL && i < holds->len; i++)
    {
      const DbkHold *hold = g_ptr_array_index (holds, i);
      DbkTodayRow *row = g_hash_table_lookup (gathering->by_patient, hold->patient);

      if (row != NULL && dbk_hold_stands (hold, gathering->today->day))
        row->held = TRUE;
    }
  return holds != NULL;
}

static gboolean
add_doses (DbkDb      *db,
           Gathering  *gathering,
           GError    **error)
{
  DbkToday *today = gathering->today;
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_day (db, today->day, error);

  if (doses == NULL)
    return FALSE;
  g_ptr_array_set_free_func (doses, NULL);
  for (guint i = 0; i < doses->len; i++)
    {
      DbkDose *dose = g_ptr_array_index (doses, i);
      DbkTodayRow *row = g_hash_table_lookup (gathering->by_patient, dose->patient);
      DbkDose **place;

      if (row == NULL)
        {
          dbk_dose_free (dose);
          continue;
        }
      if (dose->reversed_by == NULL)
        {
          today->given_ug += dose->dose_ug;
          today->given_ul += dose->volume_ul;
          row->state = DBK_TODAY_DOSED;
          row->at_ms = dose->given_ms;
        }
      place = dose->reversed_by == NULL ? &row->dose : &row->reversed;
      g_clear_pointer (place, dbk_dose_free);
      *place = dose;
    }
  return TRUE;
}

static gboolean
add_not_given (DbkDb      *db,
               Gathering  *gathering,
               GError    **error)
{
  g_autoptr(GPtrArray) all = dbk_not_given_list_of_day (db, gathering->today->day, NULL, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const DbkNotGiven *one = g_ptr_array_index (all, i);
      DbkTodayRow *row = g_hash_table_lookup (gathering->by_patient, one->patient);

      if (row == NULL || row->state == DBK_TODAY_DOSED)
        continue;
      row->state = DBK_TODAY_NOT_GIVEN;
      row->at_ms = one->at_ms;
      g_free (row->not_given_reason);
      row->not_given_reason = g_strdup (one->reason);
    }
  return all != NULL;
}

static gboolean
add_last_days (DbkDb      *db,
               Gathering  *gathering,
               GError    **error)
{
  DbkToday *today = gathering->today;

  for (guint i = 0; i < today->rows->len; i++)
    {
      DbkTodayRow *row = g_ptr_array_index (today->rows, i);
      g_autoptr(GError) local_error = NULL;
      g_autoptr(DbkDose) last = NULL;

      if (row->order_ug == 0 && row->state == DBK_TODAY_TO_COME)
        continue;
      last = dbk_dose_last_before (db, row->patient->id, today->day, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (last == NULL)
        continue;
      row->last_day = last->day;
      row->away = today->day - last->day - 1;
    }
  return TRUE;
}

static gint
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const DbkTodayRow *one = *(const DbkTodayRow *const *) a, *other = *(const DbkTodayRow *const *) b;

  return strcmp (one->patient->number, other->patient->number);
}

static void
keep_what_matters (DbkToday *today)
{
  for (guint i = today->rows->len; i > 0; i--)
    {
      const DbkTodayRow *row = g_ptr_array_index (today->rows, i - 1);
      gboolean due = row->order_ug > 0 && row->patient->state == DBK_PATIENT_ACTIVE;

      if (!due && row->state == DBK_TODAY_TO_COME && row->reversed == NULL)
        {
          g_ptr_array_remove_index_fast (today->rows, i - 1);
          continue;
        }
      today->expected += due && !row->held;
      today->dosed += row->state == DBK_TODAY_DOSED;
      today->not_given += row->state == DBK_TODAY_NOT_GIVEN;
      today->to_come += row->state == DBK_TODAY_TO_COME && due && !row->held;
    }
  g_ptr_array_sort (today->rows, compare_rows);
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  g_autoptr(GError) local_error = NULL;

  if (!add_patients (gathering, dbk_patient_list (db, error)) || !add_patients (gathering, dbk_guest_list (db, error)) || !add_orders (db, gathering, error) || !add_holds (db, gathering, error) ||
      !add_doses (db, gathering, error) || !add_not_given (db, gathering, error) || !add_last_days (db, gathering, error))
    return FALSE;
  keep_what_matters (gathering->today);
  gathering->today->bottle = dbk_lot_open (db, dbk_clinic_get_site (gathering->clinic)->id, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

DbkToday *
dbk_today_read (DbkClinic         *clinic,
                const DbkSession  *session,
                DbkDay             day,
                GError           **error)
{
  g_autoptr(DbkToday) today = g_new0 (DbkToday, 1);
  g_autoptr(GHashTable) by_patient = g_hash_table_new (g_str_hash, g_str_equal);
  Gathering gathering = { clinic, today, by_patient };

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  today->day = day != DBK_DAY_NONE ? day : dbk_clinic_today (clinic);
  today->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error) ? g_steal_pointer (&today) : NULL;
}
