/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-lease-store.h"

#include "db/dbk-store-private.h"

static gpointer
read_lease (DbkStmt  *st,
            GError  **error)
{
  g_autoptr(DbkLease) lease = dbk_lease_new ();
  const char *end = dbk_stmt_text (st, 11);

  lease->id = dbk_stmt_dup (st, 0);
  lease->patient = dbk_stmt_dup (st, 1);
  lease->site = dbk_stmt_dup (st, 2);
  lease->site_code = dbk_stmt_dup (st, 3);
  lease->holder = dbk_stmt_dup (st, 4);
  lease->from = dbk_stmt_day (st, 5);
  lease->to = dbk_stmt_day (st, 6);
  lease->granted_by = dbk_stmt_dup (st, 7);
  lease->granter_name = dbk_stmt_dup (st, 8);
  lease->granted_ms = dbk_stmt_int (st, 9);
  lease->back_from = dbk_stmt_day (st, 10);
  lease->end_reason = dbk_stmt_dup (st, 12);
  if (end != NULL && !dbk_lease_end_from_word (end, &lease->end, error))
    return NULL;
  return g_steal_pointer (&lease);
}

GPtrArray *
dbk_lease_list_of_patient (DbkDb       *db,
                           const char  *patient,
                           GError     **error)
{
  return dbk_store_list (db, DBK_STMT_LEASES_OF_PATIENT, ":patient", patient, read_lease, (GDestroyNotify) dbk_lease_free, error);
}

GPtrArray *
dbk_lease_list_of_site (DbkDb       *db,
                        const char  *site,
                        DbkDay       day,
                        GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_LEASES_OF_SITE, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":site", site);
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_lease, (GDestroyNotify) dbk_lease_free, error);
}

GPtrArray *
dbk_lease_list_from (DbkDb   *db,
                     DbkDay   day,
                     GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_LEASES_FROM, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_lease, (GDestroyNotify) dbk_lease_free, error);
}

DbkLease *
dbk_lease_get (DbkDb       *db,
               const char  *id,
               GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_LEASE_BY_ID, ":id", id, read_lease, "lease", error);
}

static gpointer
read_collision (DbkStmt  *st,
                GError  **error)
{
  DbkCollision *collision = g_new0 (DbkCollision, 1);

  collision->patient = dbk_stmt_dup (st, 0);
  collision->day = dbk_stmt_day (st, 1);
  collision->part = (gint) dbk_stmt_int (st, 2);
  collision->dose_a = dbk_stmt_dup (st, 3);
  collision->dose_b = dbk_stmt_dup (st, 4);
  collision->finding = dbk_stmt_dup (st, 5);
  return collision;
}

GPtrArray *
dbk_collision_list_open (DbkDb   *db,
                         GError **error)
{
  return dbk_store_list (db, DBK_STMT_COLLISIONS_OPEN, NULL, NULL, read_collision, (GDestroyNotify) dbk_collision_free, error);
}

GPtrArray *
dbk_collision_list_of_patient (DbkDb       *db,
                               const char  *patient,
                               GError     **error)
{
  return dbk_store_list (db, DBK_STMT_COLLISIONS_OF_PATIENT, ":patient", patient, read_collision, (GDestroyNotify) dbk_collision_free, error);
}

gboolean
dbk_unaccepted_dose (DbkDb       *db,
                     const char  *patient,
                     DbkDay       day,
                     gboolean    *found,
                     GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_HELD_BACK_DOSE, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_stmt_next (&st, found, error);
}

gboolean
dbk_unread_fact (DbkDb       *db,
                 const char  *patient,
                 char       **kind,
                 GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean found = FALSE;

  *kind = NULL;
  if (!dbk_stmt_take (&st, db, DBK_STMT_UNREAD_OF_PATIENT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  if (!dbk_stmt_next (&st, &found, error))
    return FALSE;
  if (found)
    *kind = dbk_stmt_dup (&st, 0);
  return TRUE;
}
