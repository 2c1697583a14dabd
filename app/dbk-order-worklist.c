/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-order"

#include "app/dbk-order-worklist.h"

#include "app/dbk-counter.h"
#include "app/dbk-missed-list.h"
#include "db/dbk-order-store.h"

static void
free_work (DbkOrderWork *work)
{
  dbk_patient_free (work->patient);
  dbk_hold_free (work->hold);
  g_free (work);
}

void
dbk_order_worklist_free (DbkOrderWorklist *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  DbkOrderWorklist *list;
  GHashTable       *listed; /* ids of patients that are on the list already */
} Gathering;

/* NULL: it is on the list already, or the section is full. Takes @patient. */
static DbkOrderWork *
add_work (Gathering        *gathering,
          DbkOrderWorkKind  kind,
          DbkPatient       *patient)
{
  DbkOrderWorklist *list = gathering->list;
  DbkOrderWork *work;

  if (!g_hash_table_add (gathering->listed, g_strdup (patient->id)) || ++list->count[kind] > DBK_ORDER_WORK_MOST)
    {
      dbk_patient_free (patient);
      return NULL;
    }
  work = g_new0 (DbkOrderWork, 1);
  work->kind = kind;
  work->patient = patient;
  work->from = work->until = work->last_day = DBK_DAY_NONE;
  g_ptr_array_add (list->rows, work);
  return work;
}

/* The lowest in force, else the newest that came into force; and one that is to come. */
static gboolean
find_order (DbkDb         *db,
            DbkDay         today,
            DbkOrderWork  *work,
            GError       **error)
{
  g_autoptr(GPtrArray) orders = dbk_order_list_of_patient (db, work->patient->id, error);
  const DbkOrder *found = NULL;
  gboolean in_force = FALSE;

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (order->until != DBK_DAY_NONE && order->until < order->from)
        continue;
      if (order->from > today)
        work->from = work->from == DBK_DAY_NONE ? order->from : MIN (work->from, order->from);
      else if (found == NULL || (dbk_order_in_force (order, today) && (!in_force || order->dose_ug < found->dose_ug)))
        found = order;
      in_force = found != NULL && dbk_order_in_force (found, today);
    }
  work->order_ug = found != NULL ? found->dose_ug : 0;
  work->until = found != NULL ? found->until : DBK_DAY_NONE;
  return orders != NULL;
}

static gboolean
add_held (DbkDb      *db,
          Gathering  *gathering,
          GError    **error)
{
  DbkDay today = gathering->list->day;
  g_autoptr(GPtrArray) holds = dbk_hold_list_standing (db, error);

  for (guint i = 0; holds != NULL && i < holds->len; i++)
    {
      const DbkHold *hold = g_ptr_array_index (holds, i);
      DbkPatient *patient;
      DbkOrderWork *work;

      if (hold->lifted_on != DBK_DAY_NONE || (hold->until != DBK_DAY_NONE && hold->until < today))
        continue;
      patient = dbk_patient_get (db, hold->patient, error);
      if (patient == NULL)
        return FALSE;
      if (patient->state != DBK_PATIENT_ACTIVE)
        {
          dbk_patient_free (patient);
          continue;
        }
      work = add_work (gathering, DBK_ORDER_WORK_HELD, patient);
      if (work == NULL)
        continue;
      work->hold = dbk_hold_copy (hold);
      if (!find_order (db, today, work, error))
        return FALSE;
    }
  return holds != NULL;
}

/* As the counter would say it: an order signed since then has answered the missed days. */
static gboolean
is_stopped (Gathering             *gathering,
            const DbkMissedEntry  *entry,
            gboolean              *stopped,
            GError               **error)
{
  DbkCounterRequest request = { .patient = entry->patient->id, .day = DBK_DAY_NONE };
  g_autoptr(DbkCounterView) view = dbk_counter_gather (gathering->clinic, &request, error);

  if (view == NULL)
    return FALSE;
  *stopped = dbk_verdict_find (view->verdict, DBK_FINDING_MISSED_STOP) != NULL;
  return TRUE;
}

static gboolean
add_away (DbkDb      *db,
          Gathering  *gathering,
          GError    **error)
{
  g_autoptr(DbkMissedList) missed = dbk_missed_list_read (gathering->clinic, gathering->session, DBK_DAY_NONE, FALSE, error);

  for (guint i = 0; missed != NULL && i < missed->entries->len; i++)
    {
      const DbkMissedEntry *entry = g_ptr_array_index (missed->entries, i);
      DbkOrderWork *work;
      gboolean stopped = FALSE;

      if (entry->row == NULL || entry->row->level != DBK_LEVEL_STOP)
        continue;
      if (!is_stopped (gathering, entry, &stopped, error))
        return FALSE;
      work = stopped ? add_work (gathering, DBK_ORDER_WORK_AWAY, dbk_patient_copy (entry->patient)) : NULL;
      if (work == NULL)
        continue;
      work->order_ug = entry->order_ug;
      work->missed = entry->missed->count;
      work->last_day = entry->missed->last_day;
      work->proposed_ug = entry->proposed_ug;
    }
  return missed != NULL;
}

static gboolean
add_one_ending (DbkDb       *db,
                Gathering   *gathering,
                const char  *id,
                GError     **error)
{
  g_autoptr(DbkPatient) patient = dbk_patient_get (db, id, error);
  DbkOrderWork draft = { .patient = patient, .from = DBK_DAY_NONE, .until = DBK_DAY_NONE };
  DbkOrderWork *work;

  if (patient == NULL || !find_order (db, gathering->list->day, &draft, error))
    return FALSE;
  if (patient->state != DBK_PATIENT_ACTIVE || draft.from != DBK_DAY_NONE)
    return TRUE;
  work = add_work (gathering, DBK_ORDER_WORK_ENDING, g_steal_pointer (&patient));
  if (work == NULL)
    return TRUE;
  work->order_ug = draft.order_ug;
  work->until = draft.until;
  return TRUE;
}

static gboolean
add_ending (DbkDb            *db,
            Gathering        *gathering,
            const GPtrArray  *in_force,
            GError          **error)
{
  for (guint i = 0; i < in_force->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (in_force, i);
      gboolean ends = order->until != DBK_DAY_NONE && order->until <= gathering->list->day + DBK_ORDER_WORK_DAYS;

      if (ends && !g_hash_table_contains (gathering->listed, order->patient) && !add_one_ending (db, gathering, order->patient, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_without (DbkDb            *db,
             Gathering        *gathering,
             const GPtrArray  *in_force,
             GError          **error)
{
  g_autoptr(GPtrArray) patients = dbk_patient_list (db, error);
  g_autoptr(GHashTable) ordered = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < in_force->len; i++)
    g_hash_table_add (ordered, ((const DbkOrder *) g_ptr_array_index (in_force, i))->patient);
  for (guint i = 0; patients != NULL && i < patients->len; i++)
    {
      const DbkPatient *patient = g_ptr_array_index (patients, i);
      DbkOrderWork *work;

      if (patient->state != DBK_PATIENT_ACTIVE || g_hash_table_contains (ordered, patient->id) ||
          g_hash_table_contains (gathering->listed, patient->id))
        continue;
      work = add_work (gathering, DBK_ORDER_WORK_NO_ORDER, dbk_patient_copy (patient));
      if (work != NULL && !find_order (db, gathering->list->day, work, error))
        return FALSE;
    }
  return patients != NULL;
}

/* The most urgent first: who is away longest, whose order ends first. */
static gint
compare_work (gconstpointer a,
              gconstpointer b)
{
  const DbkOrderWork *one = *(const DbkOrderWork *const *) a, *other = *(const DbkOrderWork *const *) b;

  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  if (one->kind == DBK_ORDER_WORK_AWAY && one->missed != other->missed)
    return one->missed > other->missed ? -1 : 1;
  if (one->kind == DBK_ORDER_WORK_ENDING && one->until != other->until)
    return one->until < other->until ? -1 : 1;
  return strcmp (one->patient->number, other->patient->number);
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  g_autoptr(GPtrArray) in_force = dbk_order_list_in_force (db, gathering->list->day, error);

  if (in_force == NULL || !add_held (db, gathering, error) || !add_away (db, gathering, error) ||
      !add_without (db, gathering, in_force, error) || !add_ending (db, gathering, in_force, error))
    return FALSE;
  g_ptr_array_sort (gathering->list->rows, compare_work);
  return TRUE;
}

DbkOrderWorklist *
dbk_order_worklist_read (DbkClinic         *clinic,
                         const DbkSession  *session,
                         GError           **error)
{
  g_autoptr(DbkOrderWorklist) list = g_new0 (DbkOrderWorklist, 1);
  g_autoptr(GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Gathering gathering = { clinic, session, list, listed };

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  list->day = dbk_clinic_today (clinic);
  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_work);
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error) ? g_steal_pointer (&list) : NULL;
}
