/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-order-store.h"

#include "db/dbk-store-private.h"

static DbkDay
earlier (DbkDay a,
         DbkDay b)
{
  if (a == DBK_DAY_NONE)
    return b;
  return b == DBK_DAY_NONE ? a : MIN (a, b);
}

static gpointer
read_order (DbkStmt  *st,
            GError  **error)
{
  DbkOrder *order = dbk_order_new ();

  order->id = dbk_stmt_dup (st, 0);
  order->patient = dbk_stmt_dup (st, 1);
  order->dose_ug = dbk_stmt_int (st, 2);
  order->from = dbk_stmt_day (st, 3);
  order->to = dbk_stmt_day (st, 4);
  order->reason = dbk_stmt_dup (st, 5);
  order->note = dbk_stmt_dup (st, 6);
  order->signed_by = dbk_stmt_dup (st, 7);
  order->signer_name = dbk_stmt_dup (st, 8);
  order->signed_day = dbk_stmt_day (st, 9);
  order->signed_ms = dbk_stmt_int (st, 10);
  order->until = earlier (order->to, dbk_stmt_day (st, 11));
  order->replaced_by = dbk_stmt_dup (st, 12);
  return order;
}

GPtrArray *
dbk_order_list_of_patient (DbkDb       *db,
                           const char  *patient,
                           GError     **error)
{
  return dbk_store_list (db, DBK_STMT_ORDERS_OF_PATIENT, ":patient", patient, read_order, (GDestroyNotify) dbk_order_free, error);
}

DbkOrder *
dbk_order_get (DbkDb       *db,
               const char  *id,
               GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_ORDER_BY_ID, ":id", id, read_order, "order", error);
}

GPtrArray *
dbk_order_list_in_force (DbkDb   *db,
                         DbkDay   day,
                         GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_ORDERS_IN_FORCE, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_order, (GDestroyNotify) dbk_order_free, error);
}

static gpointer
read_hold (DbkStmt  *st,
           GError  **error)
{
  g_autoptr(DbkHold) hold = dbk_hold_new ();

  hold->id = dbk_stmt_dup (st, 0);
  hold->patient = dbk_stmt_dup (st, 1);
  hold->reason = dbk_stmt_dup (st, 3);
  hold->note = dbk_stmt_dup (st, 4);
  hold->from = dbk_stmt_day (st, 5);
  hold->until = dbk_stmt_day (st, 6);
  hold->placed_by = dbk_stmt_dup (st, 7);
  hold->placer_name = dbk_stmt_dup (st, 8);
  hold->lifted_on = dbk_stmt_day (st, 9);
  hold->lifted_by = dbk_stmt_dup (st, 10);
  if (!dbk_hold_kind_from_word (dbk_stmt_text (st, 2), &hold->kind, error))
    return NULL;
  return g_steal_pointer (&hold);
}

GPtrArray *
dbk_hold_list_of_patient (DbkDb       *db,
                          const char  *patient,
                          GError     **error)
{
  return dbk_store_list (db, DBK_STMT_HOLDS_OF_PATIENT, ":patient", patient, read_hold, (GDestroyNotify) dbk_hold_free, error);
}

GPtrArray *
dbk_hold_list_standing (DbkDb   *db,
                        GError **error)
{
  return dbk_store_list (db, DBK_STMT_HOLDS_ALL, NULL, NULL, read_hold, (GDestroyNotify) dbk_hold_free, error);
}

static gpointer
read_absence (DbkStmt  *st,
              GError  **error)
{
  DbkAbsence *absence = dbk_absence_new ();
  const char *patient = dbk_stmt_text (st, 1);

  absence->id = dbk_stmt_dup (st, 0);
  absence->patient = *patient != '\0' ? g_strdup (patient) : NULL;
  absence->from = dbk_stmt_day (st, 2);
  absence->to = dbk_stmt_day (st, 3);
  absence->reason = dbk_stmt_dup (st, 4);
  absence->dosed_there = dbk_stmt_int (st, 5) != 0;
  return absence;
}

GPtrArray *
dbk_absence_list (DbkDb       *db,
                  const char  *patient,
                  GError     **error)
{
  return dbk_store_list (db, DBK_STMT_ABSENCES_OF_PATIENT, ":patient", patient != NULL ? patient : "", read_absence,
                         (GDestroyNotify) dbk_absence_free, error);
}
