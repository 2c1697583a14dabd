/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-missed"

#include "app/dbk-missed-list.h"

#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-order-store.h"

/* Beyond that nobody asks which days they were. */
#define LOOK_BACK_DAYS 400

static void
free_entry (DbkMissedEntry *entry)
{
  dbk_patient_free (entry->patient);
  dbk_missed_free (entry->missed);
  g_free (entry->contact);
  g_free (entry->contact_by);
  g_free (entry);
}

void
dbk_missed_list_free (DbkMissedList *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->policy, dbk_policy_free);
  g_free (self);
}

typedef struct
{
  DbkClinic     *clinic;
  DbkMissedList *list;
  GPtrArray     *closures;
  gboolean       with_returned;
} Gathering;

static gboolean
count (DbkDb           *db,
       Gathering       *gathering,
       DbkMissedEntry  *entry,
       GError         **error)
{
  DbkDay day = gathering->list->day;
  const char *patient = entry->patient->id;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkDose) last = dbk_dose_last_before (db, patient, day, &local_error);
  g_autoptr(GPtrArray) doses = NULL;
  g_autoptr(GPtrArray) absences = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  doses = dbk_dose_list_of_patient (db, patient, last != NULL ? last->day : day - LOOK_BACK_DAYS, day, error);
  absences = doses != NULL ? dbk_absence_list (db, patient, error) : NULL;
  if (absences == NULL)
    return FALSE;
  for (guint i = 0; i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      entry->dosed |= dose->day == day && dose->reversed_by == NULL;
    }
  entry->missed = dbk_missed_count (day, doses, absences, gathering->closures, gathering->list->policy);
  return TRUE;
}

static gboolean
find_order (DbkDb           *db,
            DbkDay           day,
            DbkMissedEntry  *entry,
            GError         **error)
{
  g_autoptr(GPtrArray) orders = dbk_order_list_of_patient (db, entry->patient->id, error);
  gint64 newest = 0;

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (newest == 0 && order->from <= day)
        newest = order->dose_ug;
      if (dbk_order_in_force (order, day) && (entry->order_ug == 0 || order->dose_ug < entry->order_ug))
        entry->order_ug = order->dose_ug;
    }
  if (entry->order_ug == 0)
    entry->order_ug = newest;
  return orders != NULL;
}

static gboolean
find_contact (DbkDb           *db,
              DbkMissedEntry  *entry,
              GError         **error)
{
  g_autoptr(GPtrArray) contacts = dbk_contact_list (db, entry->patient->id, 1, error);
  const DbkContactRow *newest;

  if (contacts == NULL)
    return FALSE;
  newest = contacts->len > 0 ? g_ptr_array_index (contacts, 0) : NULL;
  entry->contact_day = DBK_DAY_NONE;
  if (newest == NULL || newest->day <= entry->missed->last_day)
    return TRUE;
  entry->contact = g_strdup (newest->outcome);
  entry->contact_day = newest->day;
  entry->contact_by = g_strdup (newest->by_name);
  return TRUE;
}

/* From the lower of what was ordered and what was given last, as at the counter. Imported patients have no order. */
static void
judge (const DbkPolicy *policy,
       DbkMissedEntry  *entry)
{
  gint64 last_ug = entry->order_ug;

  if (policy == NULL)
    return;
  if (last_ug == 0 || (entry->missed->last_dose_ug > 0 && entry->missed->last_dose_ug < last_ug))
    last_ug = entry->missed->last_dose_ug;
  entry->row = dbk_policy_find_row (policy, entry->missed->count);
  entry->proposed_ug = dbk_policy_propose (policy, entry->row, last_ug);
  entry->review = policy->exit_review_days > 0 && entry->missed->count >= policy->exit_review_days;
}

static gboolean
add_entry (DbkDb       *db,
           Gathering   *gathering,
           const char  *patient,
           GError     **error)
{
  DbkMissedEntry *entry = g_new0 (DbkMissedEntry, 1);
  gboolean done;

  entry->patient = dbk_patient_get (db, patient, error);
  done = entry->patient != NULL && count (db, gathering, entry, error) &&
         find_order (db, gathering->list->day, entry, error) && find_contact (db, entry, error);
  if (!done || entry->missed->count == 0 || (entry->dosed && !gathering->with_returned))
    {
      free_entry (entry);
      return done;
    }
  judge (gathering->list->policy, entry);
  g_ptr_array_add (gathering->list->entries, entry);
  return TRUE;
}

static gint
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const DbkMissedEntry *one = *(const DbkMissedEntry *const *) a, *other = *(const DbkMissedEntry *const *) b;

  if (one->missed->count != other->missed->count)
    return one->missed->count > other->missed->count ? -1 : 1;
  return strcmp (one->patient->number, other->patient->number);
}

/* The index of newest covered days answers for today and later; a day in the past needs everybody's history. */
static GPtrArray *
find_candidates (DbkDb      *db,
                 Gathering  *gathering,
                 GError    **error)
{
  DbkDay day = gathering->list->day;
  gboolean now = day >= dbk_clinic_today (gathering->clinic) && !gathering->with_returned;

  return now ? dbk_attendance_sweep (db, day - 1, error) : dbk_attendance_active (db, error);
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GPtrArray) candidates = NULL;
  g_autoptr(GPtrArray) closures = NULL;

  gathering->list->policy = dbk_clinic_new_policy (gathering->clinic, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  closures = dbk_absence_list (db, NULL, error);
  candidates = closures != NULL ? find_candidates (db, gathering, error) : NULL;
  if (candidates == NULL)
    return FALSE;
  gathering->closures = closures;
  for (guint i = 0; i < candidates->len; i++)
    if (!add_entry (db, gathering, g_ptr_array_index (candidates, i), error))
      return FALSE;
  g_ptr_array_sort (gathering->list->entries, compare_entries);
  return TRUE;
}

DbkMissedList *
dbk_missed_list_read (DbkClinic         *clinic,
                      const DbkSession  *session,
                      DbkDay             day,
                      gboolean           with_returned,
                      GError           **error)
{
  g_autoptr(DbkMissedList) list = g_new0 (DbkMissedList, 1);
  Gathering gathering = { clinic, list, NULL, with_returned };

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  list->day = day != DBK_DAY_NONE ? day : dbk_clinic_today (clinic);
  list->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) free_entry);
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error) ? g_steal_pointer (&list) : NULL;
}
