/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-guest-store.h"

#include "db/dbk-people-store.h"
#include "db/dbk-store-private.h"

gboolean
dbk_guest_note (DbkDb       *db,
                const char  *patient,
                const char  *number,
                GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_GUEST_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":number", number);
  return dbk_stmt_run (&st, error);
}

DbkPatient *
dbk_guest_new (const char *patient,
               const char *number)
{
  DbkPatient *guest = dbk_patient_new ();

  guest->id = g_strdup (patient);
  guest->number = g_strdup (number);
  guest->name = g_strdup ("");
  guest->state = DBK_PATIENT_ACTIVE;
  return guest;
}

static gpointer
read_guest (DbkStmt  *st,
            GError  **error)
{
  return dbk_guest_new (dbk_stmt_text (st, 0), dbk_stmt_text (st, 1));
}

DbkPatient *
dbk_patient_or_guest (DbkDb       *db,
                      const char  *id,
                      GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  DbkPatient *patient = dbk_patient_get (db, id, &local_error);

  if (patient != NULL)
    return patient;
  if (g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    return dbk_store_one_by_text (db, DBK_STMT_GUEST_BY_ID, ":patient", id, read_guest, "patient", error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

GPtrArray *
dbk_guest_list (DbkDb   *db,
                GError **error)
{
  return dbk_store_list (db, DBK_STMT_GUESTS, NULL, NULL, read_guest, (GDestroyNotify) dbk_patient_free, error);
}
