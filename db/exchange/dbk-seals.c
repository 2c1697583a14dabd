/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-seals.h"

#include <string.h>

#include "db/dbk-db-private.h"

#define SEAL_DOMAIN "dosebook seal 1"
#define SIGNED_SIZE (16 + 8 + DBK_FACT_HASH_SIZE)

static void
fill_signed (const DbkSeal *self,
             guint8         data[SIGNED_SIZE])
{
  gint64 seq = GINT64_TO_LE (self->seq);

  memcpy (data, self->writer, 16);
  memcpy (data + 16, &seq, sizeof seq);
  memcpy (data + 24, self->hash, DBK_FACT_HASH_SIZE);
}

void
dbk_seal_make (DbkSeal       *self,
               const DbkKeys *keys,
               gint64         seq,
               const guint8   hash[DBK_FACT_HASH_SIZE])
{
  guint8 data[SIGNED_SIZE];

  memset (self, 0, sizeof *self);
  g_strlcpy (self->writer, keys->writer, sizeof self->writer);
  self->seq = seq;
  memcpy (self->hash, hash, sizeof self->hash);
  fill_signed (self, data);
  dbk_keys_sign (keys, SEAL_DOMAIN, data, sizeof data, self->signature);
}

gboolean
dbk_seal_holds (const DbkSeal *self,
                const guint8   public_key[DBK_PUBLIC_KEY_SIZE])
{
  guint8 data[SIGNED_SIZE];

  fill_signed (self, data);
  return dbk_keys_verify (public_key, SEAL_DOMAIN, data, sizeof data, self->signature);
}

static gboolean
read_seal (DbkStmt  *st,
           DbkSeal  *seal,
           GError  **error)
{
  gsize hash_size, signature_size;
  const guint8 *hash = dbk_stmt_blob (st, 2, &hash_size), *signature;

  memset (seal, 0, sizeof *seal);
  g_strlcpy (seal->writer, dbk_stmt_text (st, 0), sizeof seal->writer);
  seal->seq = dbk_stmt_int (st, 1);
  if (hash_size == sizeof seal->hash)
    memcpy (seal->hash, hash, hash_size);
  signature = dbk_stmt_blob (st, 3, &signature_size);
  if (signature_size == sizeof seal->signature)
    memcpy (seal->signature, signature, signature_size);
  if (hash_size == sizeof seal->hash && signature_size == sizeof seal->signature)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A seal is malformed");
  return FALSE;
}

GArray *
dbk_seal_list (DbkDb   *db,
               GError **error)
{
  g_autoptr(GArray) seals = g_array_new (FALSE, FALSE, sizeof (DbkSeal));
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_SEALS_OF_TIPS, error))
    return NULL;
  while (dbk_stmt_next (&st, &row, error))
    {
      DbkSeal seal;

      if (!row)
        return g_steal_pointer (&seals);
      if (!read_seal (&st, &seal, error))
        return NULL;
      g_array_append_val (seals, seal);
    }
  return NULL;
}

gboolean
dbk_seal_put (DbkDb          *db,
              const DbkSeal  *self,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_SEAL_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", self->writer);
  dbk_stmt_bind_blob (&st, ":hash", self->hash, sizeof self->hash);
  dbk_stmt_bind_int (&st, ":seq", self->seq);
  dbk_stmt_bind_blob (&st, ":signature", self->signature, sizeof self->signature);
  return dbk_stmt_run (&st, error);
}
