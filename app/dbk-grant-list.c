/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-grant"

#include "app/dbk-grant-list.h"

#include <string.h>

#include "app/dbk-enrol-site.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-order-store.h"

#define USUAL_DAYS 14

static void
free_row (DbkGrantRow *row)
{
  g_free (row->patient);
  g_free (row->number);
  g_free (row->name);
  g_free (row->elsewhere);
  g_free (row);
}

void
dbk_grant_list_free (DbkGrantList *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lots, g_ptr_array_unref);
  g_free (self);
}

typedef struct
{
  DbkClinic    *clinic;
  const char   *site;   /* id */
  DbkGrantList *list;
  GHashTable   *rows;   /* patient -> DbkGrantRow, borrowed */
} Gathering;

static gboolean
add_orders (DbkDb      *db,
            Gathering  *gathering,
            GError    **error)
{
  g_autoptr(GPtrArray) orders = dbk_order_list_in_force (db, gathering->list->day, error);

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);
      DbkGrantRow *row = g_hash_table_lookup (gathering->rows, order->patient);

      if (row == NULL)
        {
          row = g_new0 (DbkGrantRow, 1);
          row->patient = g_strdup (order->patient);
          row->order_ug = order->dose_ug;
          g_ptr_array_add (gathering->list->rows, row);
          g_hash_table_insert (gathering->rows, row->patient, row);
        }
      row->order_ug = MIN (row->order_ug, order->dose_ug);
    }
  return orders != NULL;
}

/* Who is not in treatment stays without a number, and is taken off the list. */
static gboolean
add_patients (DbkDb      *db,
              Gathering  *gathering,
              GError    **error)
{
  g_autoptr(GPtrArray) patients = dbk_patient_list (db, error);

  for (guint i = 0; patients != NULL && i < patients->len; i++)
    {
      const DbkPatient *patient = g_ptr_array_index (patients, i);
      DbkGrantRow *row = g_hash_table_lookup (gathering->rows, patient->id);

      if (row == NULL || patient->state != DBK_PATIENT_ACTIVE)
        continue;
      row->number = g_strdup (patient->number);
      row->name = g_strdup (patient->name);
    }
  return patients != NULL;
}

static gboolean
add_leases (DbkDb      *db,
            Gathering  *gathering,
            GError    **error)
{
  DbkDay day = gathering->list->day;
  g_autoptr(GPtrArray) leases = dbk_lease_list_from (db, day - USUAL_DAYS, error);

  for (guint i = 0; leases != NULL && i < leases->len; i++)
    {
      const DbkLease *lease = g_ptr_array_index (leases, i);
      DbkGrantRow *row = g_hash_table_lookup (gathering->rows, lease->patient);

      if (row == NULL)
        continue;
      row->usual |= strcmp (lease->site, gathering->site) == 0;
      if (dbk_lease_covers (lease, day))
        {
          g_free (row->elsewhere);
          row->elsewhere = g_strdup (lease->site_code != NULL ? lease->site_code : "?");
        }
    }
  return leases != NULL;
}

static gboolean
add_lots (DbkDb      *db,
          Gathering  *gathering,
          GError    **error)
{
  DbkGrantList *list = gathering->list;

  list->lots = dbk_lot_list (db, dbk_clinic_get_site (gathering->clinic)->id, error);
  for (guint i = list->lots != NULL ? list->lots->len : 0; i > 0; i--)
    {
      const DbkLot *lot = g_ptr_array_index (list->lots, i - 1);

      if (lot->safe_ul <= 0 || lot->expires < list->day)
        g_ptr_array_remove_index (list->lots, i - 1);
    }
  return list->lots != NULL;
}

static gint
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const DbkGrantRow *one = *(const DbkGrantRow *const *) a, *other = *(const DbkGrantRow *const *) b;

  return one->usual != other->usual ? (one->usual ? -1 : 1) : strcmp (one->number, other->number);
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  GPtrArray *rows = gathering->list->rows;

  if (!add_orders (db, gathering, error) || !add_patients (db, gathering, error) || !add_leases (db, gathering, error) ||
      !add_lots (db, gathering, error))
    return FALSE;
  g_hash_table_remove_all (gathering->rows);
  for (guint i = rows->len; i > 0; i--)
    if (((const DbkGrantRow *) g_ptr_array_index (rows, i - 1))->number == NULL)
      g_ptr_array_remove_index_fast (rows, i - 1);
  g_ptr_array_sort (rows, compare_rows);
  return TRUE;
}

DbkGrantList *
dbk_grant_list_read (DbkClinic         *clinic,
                     const DbkSession  *session,
                     const char        *site,
                     GError           **error)
{
  g_autoptr(DbkGrantList) list = g_new0 (DbkGrantList, 1);
  g_autoptr(GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(DbkSite) place = NULL;
  g_autoptr(DbkWriterRow) computer = NULL;
  g_autoptr(GError) local_error = NULL;
  Gathering gathering = { clinic, NULL, list, rows };

  if (!dbk_session_require (session, DBK_ACT_GRANT_LEASE, error) || (place = dbk_find_site (clinic, site, error)) == NULL)
    return NULL;
  computer = dbk_find_active_writer (clinic, place->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  gathering.site = place->id;
  list->on_paper = computer == NULL;
  list->day = dbk_clinic_today (clinic) + 1;
  list->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error) ? g_steal_pointer (&list) : NULL;
}
