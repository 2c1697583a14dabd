/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-dose-store.h"

#include "db/dbk-fact-log.h"
#include "db/dbk-store-private.h"

/* ---- doses ---- */

static char *
read_fact_id (DbkStmt  *st,
              int       column,
              GError  **error)
{
  gsize size;
  const guint8 *hash = dbk_stmt_blob (st, column, &size);

  if (size == DBK_FACT_HASH_SIZE)
    return dbk_fact_id_new (hash);
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A dose does not say which fact it comes from");
  return NULL;
}

static gpointer
read_dose (DbkStmt  *st,
           GError  **error)
{
  g_autoptr(DbkDose) dose = dbk_dose_new ();

  dose->id = dbk_stmt_dup (st, 0);
  dose->fact = read_fact_id (st, 1, error);
  dose->patient = dbk_stmt_dup (st, 2);
  dose->day = dbk_stmt_day (st, 3);
  dose->part = (gint32) dbk_stmt_int (st, 4);
  dose->dose_ug = dbk_stmt_int (st, 6);
  dose->ordered_ug = dbk_stmt_int (st, 7);
  dose->volume_ul = dbk_stmt_int (st, 8);
  dose->lot = dbk_stmt_dup (st, 9);
  dose->lot_number = dbk_stmt_dup (st, 10);
  dose->order = dbk_stmt_dup (st, 11);
  dose->taken_permille = (gint32) dbk_stmt_int (st, 12);
  dose->given_ms = dbk_stmt_int (st, 13);
  dose->from_paper = dbk_stmt_int (st, 14) != 0;
  dose->given_by = dbk_stmt_dup (st, 15);
  dose->giver_name = dbk_stmt_dup (st, 16);
  dose->site = dbk_stmt_dup (st, 17);
  dose->reversal_reason = dbk_stmt_dup (st, 18);
  dose->reversed_by = dbk_stmt_dup (st, 19);
  dose->reversed_ms = dbk_stmt_int (st, 20);
  if (dose->fact == NULL || !dbk_dose_kind_from_word (dbk_stmt_text (st, 5), &dose->kind, error))
    return NULL;
  return g_steal_pointer (&dose);
}

/* Two standing doses on one key: rows of one patient come in key order, so they are neighbours. */
static GPtrArray *
mark_neighbours (GPtrArray *doses)
{
  DbkDose *before = NULL;

  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      DbkDose *dose = g_ptr_array_index (doses, i);

      if (dose->reversed_by != NULL)
        continue;
      if (before != NULL && before->day == dose->day && before->part == dose->part)
        before->collides = dose->collides = TRUE;
      before = dose;
    }
  return doses;
}

/* Those of a day come by time. */
static GPtrArray *
mark_collisions (GPtrArray *doses)
{
  g_autoptr(GHashTable) holders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      DbkDose *dose = g_ptr_array_index (doses, i);
      DbkDose *holder;
      char *key;

      if (dose->reversed_by != NULL)
        continue;
      key = g_strdup_printf ("%s %d", dose->patient, dose->part);
      holder = g_hash_table_lookup (holders, key);
      if (holder != NULL)
        holder->collides = dose->collides = TRUE;
      g_hash_table_insert (holders, key, dose);
    }
  return doses;
}

static GPtrArray *
collect_doses (DbkStmt  *st,
               GError  **error)
{
  return dbk_store_collect (st, read_dose, (GDestroyNotify) dbk_dose_free, error);
}

static void
bind_range (DbkStmt    *st,
            const char *patient,
            DbkDay      from,
            DbkDay      to)
{
  dbk_stmt_bind_text (st, ":patient", patient);
  dbk_stmt_bind_int (st, ":from", from != DBK_DAY_NONE ? from : G_MININT32);
  dbk_stmt_bind_int (st, ":to", to != DBK_DAY_NONE ? to : G_MAXINT32);
}

GPtrArray *
dbk_dose_list_of_patient (DbkDb       *db,
                          const char  *patient,
                          DbkDay       from,
                          DbkDay       to,
                          GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSES_OF_PATIENT, error))
    return NULL;
  bind_range (&st, patient, from, to);
  return mark_neighbours (collect_doses (&st, error));
}

GPtrArray *
dbk_dose_list_of_day (DbkDb   *db,
                      DbkDay   day,
                      GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSES_OF_DAY, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return mark_collisions (collect_doses (&st, error));
}

DbkDose *
dbk_dose_last_before (DbkDb       *db,
                      const char  *patient,
                      DbkDay       day,
                      GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_LAST_BEFORE, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", day);
  if (!dbk_stmt_next (&st, &row, error) || !row)
    return NULL;
  return read_dose (&st, error);
}

DbkDose *
dbk_dose_get (DbkDb       *db,
              const char  *id,
              GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_DOSE_BY_ID_SCAN, ":id", id, read_dose, "dose", error);
}

gboolean
dbk_dose_first_day (DbkDb       *db,
                    const char  *patient,
                    DbkDay      *day,
                    GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_FIRST, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  *day = dbk_stmt_day (&st, 0);
  return TRUE;
}

gboolean
dbk_dose_totals (DbkDb   *db,
                 gint64  *doses,
                 gint64  *dose_ug,
                 gint64  *patients,
                 GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_TOTALS, error) || !dbk_stmt_next (&st, &row, error))
    return FALSE;
  *doses = dbk_stmt_int (&st, 0);
  *dose_ug = dbk_stmt_int (&st, 1);
  *patients = dbk_stmt_int (&st, 2);
  return TRUE;
}

GArray *
dbk_dose_days_of_patient (DbkDb       *db,
                          const char  *patient,
                          GArray     **doses_ug,
                          GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autoptr(GArray) days = g_array_new (FALSE, FALSE, sizeof (DbkDay));
  g_autoptr(GArray) amounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSE_DAYS_OF_PATIENT, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  while (dbk_stmt_next (&st, &row, error))
    {
      DbkDay day;
      gint64 amount;

      if (!row)
        {
          if (doses_ug != NULL)
            *doses_ug = g_steal_pointer (&amounts);
          return g_steal_pointer (&days);
        }
      day = dbk_stmt_day (&st, 0);
      amount = dbk_stmt_int (&st, 1);
      g_array_append_val (days, day);
      g_array_append_val (amounts, amount);
    }
  return NULL;
}

/* ---- not given ---- */

static gpointer
read_not_given (DbkStmt  *st,
                GError  **error)
{
  DbkNotGiven *not_given = dbk_not_given_new ();

  not_given->id = dbk_stmt_dup (st, 0);
  not_given->patient = dbk_stmt_dup (st, 1);
  not_given->day = dbk_stmt_day (st, 2);
  not_given->reason = dbk_stmt_dup (st, 3);
  not_given->note = dbk_stmt_dup (st, 4);
  not_given->by = dbk_stmt_dup (st, 5);
  not_given->by_name = dbk_stmt_dup (st, 6);
  not_given->at_ms = dbk_stmt_int (st, 7);
  return not_given;
}

GPtrArray *
dbk_not_given_list_of_day (DbkDb       *db,
                           DbkDay       day,
                           const char  *patient,
                           GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_NOT_GIVEN_OF_DAY, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  dbk_stmt_bind_text (&st, ":patient", patient);
  return dbk_store_collect (&st, read_not_given, (GDestroyNotify) dbk_not_given_free, error);
}

GPtrArray *
dbk_not_given_list_of_patient (DbkDb       *db,
                               const char  *patient,
                               DbkDay       from,
                               DbkDay       to,
                               GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_NOT_GIVEN_OF_PATIENT, error))
    return NULL;
  bind_range (&st, patient, from, to);
  return dbk_store_collect (&st, read_not_given, (GDestroyNotify) dbk_not_given_free, error);
}

/* ---- who is missing ---- */

static gpointer
read_text (DbkStmt  *st,
           GError  **error)
{
  return dbk_stmt_dup (st, 0);
}

GPtrArray *
dbk_attendance_sweep (DbkDb   *db,
                      DbkDay   day,
                      GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_MISSED_SWEEP, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_text, g_free, error);
}

GPtrArray *
dbk_attendance_active (DbkDb   *db,
                       GError **error)
{
  return dbk_store_list (db, DBK_STMT_ACTIVE_PATIENTS, NULL, NULL, read_text, g_free, error);
}

/* ---- drug ---- */

static gpointer
read_lot (DbkStmt  *st,
          GError  **error)
{
  DbkLot *lot = dbk_lot_new ();

  lot->id = dbk_stmt_dup (st, 0);
  lot->number = dbk_stmt_dup (st, 1);
  lot->product = dbk_stmt_dup (st, 2);
  lot->ug_per_ml = dbk_stmt_int (st, 3);
  lot->expires = dbk_stmt_day (st, 4);
  lot->received_ul = dbk_stmt_int (st, 5);
  lot->safe_ul = dbk_stmt_int (st, 6);
  lot->bottle_ul = dbk_stmt_int (st, 7);
  lot->given_ul = dbk_stmt_int (st, 8);
  lot->waste_ul = dbk_stmt_int (st, 9);
  lot->opened = dbk_stmt_day (st, 10);
  lot->is_open = dbk_stmt_int (st, 11) != 0;
  return lot;
}

GPtrArray *
dbk_lot_list (DbkDb       *db,
              const char  *site,
              GError     **error)
{
  return dbk_store_list (db, DBK_STMT_LOT_ALL, ":site", site, read_lot, (GDestroyNotify) dbk_lot_free, error);
}

DbkLot *
dbk_lot_by_number (DbkDb       *db,
                   const char  *site,
                   const char  *number,
                   GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_LOT_BY_NUMBER, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":site", site);
  dbk_stmt_bind_text (&st, ":number", number);
  if (!dbk_stmt_next (&st, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "There is no lot \"%s\"", number);
      return NULL;
    }
  return read_lot (&st, error);
}

DbkLot *
dbk_lot_open (DbkDb       *db,
              const char  *site,
              GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_LOT_OPEN, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":site", site);
  if (!dbk_stmt_next (&st, &row, error) || !row)
    return NULL;
  return read_lot (&st, error);
}
