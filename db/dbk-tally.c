/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-tally.h"

#include "db/dbk-db-private.h"

typedef struct
{
  char   *lot;
  char   *site;
  char   *account;
  gint64  volume_ul;
} Account;

struct _DbkTally
{
  GHashTable *accounts; /* Account, by its three names */
  GHashTable *days;     /* patient -> newest day */
};

static guint
hash_account (gconstpointer key)
{
  const Account *account = key;

  return g_str_hash (account->lot) * 31 + g_str_hash (account->site) * 7 + g_str_hash (account->account);
}

static gboolean
equal_accounts (gconstpointer a,
                gconstpointer b)
{
  const Account *one = a, *other = b;

  return strcmp (one->lot, other->lot) == 0 && strcmp (one->site, other->site) == 0 && strcmp (one->account, other->account) == 0;
}

static void
free_account (gpointer data)
{
  Account *account = data;

  g_free (account->lot);
  g_free (account->site);
  g_free (account->account);
  g_free (account);
}

void
dbk_tally_begin (DbkDb *db)
{
  g_assert (db->in_write && db->tally == NULL);
  db->tally = g_new0 (DbkTally, 1);
  db->tally->accounts = g_hash_table_new_full (hash_account, equal_accounts, NULL, free_account);
  db->tally->days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
dbk_tally_drop (DbkDb *db)
{
  DbkTally *tally = g_steal_pointer (&db->tally);

  if (tally == NULL)
    return;
  g_hash_table_unref (tally->accounts);
  g_hash_table_unref (tally->days);
  g_free (tally);
}

/* ---- written ---- */

static gboolean
write_volume (DbkDb       *db,
              const char  *lot,
              const char  *site,
              const char  *account,
              gint64       volume_ul,
              GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_BALANCE_ADD, error))
    return FALSE;
  dbk_stmt_lend_text (&st, ":lot", lot);
  dbk_stmt_lend_text (&st, ":site", site);
  dbk_stmt_lend_text (&st, ":account", account);
  dbk_stmt_bind_int (&st, ":volume_ul", volume_ul);
  return dbk_stmt_run (&st, error);
}

static gboolean
write_day (DbkDb       *db,
           const char  *patient,
           DbkDay       day,
           GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_ATTENDANCE_ADVANCE, error))
    return FALSE;
  dbk_stmt_bind_day (&st, ":day", day);
  dbk_stmt_lend_text (&st, ":patient", patient);
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_tally_write (DbkDb   *db,
                 GError **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_assert (db->tally != NULL);
  g_hash_table_iter_init (&iter, db->tally->accounts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Account *account = key;

      if (!write_volume (db, account->lot, account->site, account->account, account->volume_ul, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, db->tally->days);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (!write_day (db, key, GPOINTER_TO_INT (value), error))
      return FALSE;
  dbk_tally_drop (db);
  return TRUE;
}

/* ---- gathered ---- */

static void
gather_volume (DbkTally   *self,
               const char *lot,
               const char *site,
               const char *name,
               gint64      volume_ul)
{
  const Account wanted = { .lot = (char *) lot, .site = (char *) site, .account = (char *) name };
  Account *account = g_hash_table_lookup (self->accounts, &wanted);

  if (account == NULL)
    {
      account = g_new0 (Account, 1);
      account->lot = g_strdup (lot);
      account->site = g_strdup (site);
      account->account = g_strdup (name);
      g_hash_table_insert (self->accounts, account, account);
    }
  account->volume_ul += volume_ul;
}

gboolean
dbk_tally_add_volume (DbkDb       *db,
                      const char  *lot,
                      const char  *site,
                      const char  *account,
                      gint64       volume_ul,
                      GError     **error)
{
  if (db->tally == NULL)
    return write_volume (db, lot, site, account, volume_ul, error);
  gather_volume (db->tally, lot, site, account, volume_ul);
  return TRUE;
}

gboolean
dbk_tally_advance_day (DbkDb       *db,
                       const char  *patient,
                       DbkDay       day,
                       GError     **error)
{
  gpointer known;

  if (db->tally == NULL)
    return write_day (db, patient, day, error);
  if (!g_hash_table_lookup_extended (db->tally->days, patient, NULL, &known) || GPOINTER_TO_INT (known) < day)
    g_hash_table_insert (db->tally->days, g_strdup (patient), GINT_TO_POINTER (day));
  return TRUE;
}

void
dbk_tally_forget_day (DbkDb      *db,
                      const char *patient)
{
  if (db->tally != NULL)
    g_hash_table_remove (db->tally->days, patient);
}
