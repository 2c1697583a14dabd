/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-pass-store.h"

#include "db/dbk-store-private.h"

static gpointer
read_pass (DbkStmt  *st,
           GError  **error)
{
  g_autoptr(DbkPass) pass = dbk_pass_new ();
  const char *outcome = dbk_stmt_text (st, 18);

  pass->id = dbk_stmt_dup (st, 0);
  pass->batch = dbk_stmt_dup (st, 2);
  pass->patient = dbk_stmt_dup (st, 3);
  pass->number = dbk_stmt_dup (st, 4);
  pass->name = dbk_stmt_dup (st, 5);
  pass->site = dbk_stmt_dup (st, 6);
  pass->site_code = dbk_stmt_dup (st, 7);
  pass->from = dbk_stmt_day (st, 8);
  pass->to = dbk_stmt_day (st, 9);
  pass->dose_ug = dbk_stmt_int (st, 10);
  pass->volume_ul = dbk_stmt_int (st, 11);
  pass->lot = dbk_stmt_dup (st, 12);
  pass->lot_number = dbk_stmt_dup (st, 13);
  pass->ug_per_ml = dbk_stmt_int (st, 14);
  pass->order = dbk_stmt_dup (st, 15);
  pass->lease = dbk_stmt_dup (st, 16);
  pass->issued_ms = dbk_stmt_int (st, 17);
  pass->reason = dbk_stmt_dup (st, 19);
  pass->outcome_ms = dbk_stmt_int (st, 20);
  if (!dbk_pass_kind_from_word (dbk_stmt_text (st, 1), &pass->kind, error) ||
      (outcome != NULL && !dbk_pass_outcome_from_word (outcome, &pass->outcome, error)))
    return NULL;
  return g_steal_pointer (&pass);
}

DbkPass *
dbk_pass_get (DbkDb       *db,
              const char  *id,
              GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_PASS_BY_ID, ":id", id, read_pass, "slip", error);
}

GPtrArray *
dbk_pass_list_of_batch (DbkDb       *db,
                        const char  *batch,
                        GError     **error)
{
  return dbk_store_list (db, DBK_STMT_PASSES_OF_BATCH, ":batch", batch, read_pass, (GDestroyNotify) dbk_pass_free, error);
}

GPtrArray *
dbk_pass_list_of_patient (DbkDb       *db,
                          const char  *patient,
                          GError     **error)
{
  return dbk_store_list (db, DBK_STMT_PASSES_OF_PATIENT, ":patient", patient, read_pass, (GDestroyNotify) dbk_pass_free, error);
}

GPtrArray *
dbk_slip_list_open (DbkDb       *db,
                    const char  *site,
                    GError     **error)
{
  return dbk_store_list (db, DBK_STMT_SLIPS_OPEN, ":site", site, read_pass, (GDestroyNotify) dbk_pass_free, error);
}

static gpointer
read_batch (DbkStmt  *st,
            GError  **error)
{
  DbkSlipBatch *batch = g_new0 (DbkSlipBatch, 1);

  batch->id = dbk_stmt_dup (st, 0);
  batch->site = dbk_stmt_dup (st, 1);
  batch->site_code = dbk_stmt_dup (st, 2);
  batch->from = dbk_stmt_day (st, 3);
  batch->to = dbk_stmt_day (st, 4);
  batch->slips = (gint) dbk_stmt_int (st, 5);
  batch->open = (gint) dbk_stmt_int (st, 6);
  batch->volume_ul = dbk_stmt_int (st, 7);
  batch->lot_number = dbk_stmt_dup (st, 8);
  batch->issued_ms = dbk_stmt_int (st, 9);
  return batch;
}

GPtrArray *
dbk_slip_batch_list (DbkDb       *db,
                     const char  *site,
                     GError     **error)
{
  return dbk_store_list (db, DBK_STMT_SLIP_BATCHES, ":site", site, read_batch, (GDestroyNotify) dbk_slip_batch_free, error);
}
