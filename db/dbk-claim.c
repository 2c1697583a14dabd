/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-claim.h"

#include "db/dbk-db-private.h"

static void
bind_key (DbkStmt    *st,
          const char *patient,
          DbkDay      day,
          gint        part)
{
  dbk_stmt_bind_text (st, ":patient", patient);
  dbk_stmt_bind_day (st, ":day", day);
  dbk_stmt_bind_int (st, ":part", part);
}

static gboolean
read_holder (DbkDb       *db,
             const char  *patient,
             DbkDay       day,
             gint         part,
             char       **holder,
             GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_CLAIM_HOLDER, error))
    return FALSE;
  bind_key (&st, patient, day, part);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  if (row && holder != NULL)
    *holder = dbk_stmt_dup (&st, 0);
  return TRUE;
}

gboolean
dbk_claim_take (DbkDb           *db,
                const char      *patient,
                DbkDay           day,
                gint             part,
                const char      *claimant,
                DbkClaimAnswer  *answer,
                char           **holder,
                GError         **error)
{
  g_auto(DbkStmt) st = { 0 };

  dbk_db_assert_owner (db);
  g_assert (db->in_write && day != DBK_DAY_NONE);

  if (!dbk_stmt_take (&st, db, DBK_STMT_CLAIM_TAKE, error))
    return FALSE;
  bind_key (&st, patient, day, part);
  dbk_stmt_bind_text (&st, ":holder", claimant);
  if (!dbk_stmt_run (&st, error))
    return FALSE;
  *answer = dbk_stmt_changes (&st) == 1 ? DBK_CLAIM_TAKEN : DBK_CLAIM_HELD;
  return *answer == DBK_CLAIM_TAKEN || read_holder (db, patient, day, part, holder, error);
}
