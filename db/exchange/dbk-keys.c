/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-keys.h"

#include <sodium.h>
#include <string.h>

#include "db/dbk-fact-log-private.h"
#include "db/dbk-setting-store.h"
#include "db/record/dbk-code.h"

G_STATIC_ASSERT (DBK_PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (DBK_SECRET_KEY_SIZE == crypto_sign_SECRETKEYBYTES);
G_STATIC_ASSERT (DBK_SIGNATURE_SIZE == crypto_sign_BYTES);

void
dbk_keys_free (DbkKeys *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self->secret_key, sizeof self->secret_key);
  g_free (self->writer);
  g_free (self);
}

gboolean
dbk_keys_parse_hex (const char  *text,
                    guint8      *target,
                    gsize        size,
                    const char  *what,
                    GError     **error)
{
  gsize read = 0;

  if (text != NULL && strlen (text) == 2 * size && sodium_hex2bin (target, size, text, 2 * size, NULL, &read, NULL) == 0 && read == size)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The %s is malformed", what);
  return FALSE;
}

char *
dbk_keys_format_hex (const guint8 *data,
                     gsize         size)
{
  char *text = g_malloc (2 * size + 1);

  return sodium_bin2hex (text, 2 * size + 1, data, size);
}

DbkKeys *
dbk_keys_load (DbkDb   *db,
               GError **error)
{
  g_autoptr(DbkKeys) self = g_new0 (DbkKeys, 1);
  g_autofree char *secret = NULL;

  self->writer = dbk_fact_log_dup_writer (db, error);
  if (self->writer == NULL || !dbk_setting_get (db, DBK_SETTING_SECRET_KEY, &secret, error) ||
      !dbk_keys_parse_hex (secret, self->secret_key, sizeof self->secret_key, "key of this computer", error))
    return NULL;
  sodium_memzero (secret, strlen (secret));
  crypto_sign_ed25519_sk_to_pk (self->public_key, self->secret_key);
  return g_steal_pointer (&self);
}

static void
digest (const char   *domain,
        const guint8 *data,
        gsize         size,
        guint8        result[crypto_generichash_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, crypto_generichash_BYTES);
  crypto_generichash_update (&state, (const guint8 *) domain, strlen (domain) + 1);
  crypto_generichash_update (&state, data, size);
  crypto_generichash_final (&state, result, crypto_generichash_BYTES);
}

void
dbk_keys_sign (const DbkKeys *self,
               const char    *domain,
               const guint8  *data,
               gsize          size,
               guint8         signature[DBK_SIGNATURE_SIZE])
{
  guint8 hash[crypto_generichash_BYTES];

  digest (domain, data, size, hash);
  crypto_sign_detached (signature, NULL, hash, sizeof hash, self->secret_key);
}

gboolean
dbk_keys_verify (const guint8  public_key[DBK_PUBLIC_KEY_SIZE],
                 const char   *domain,
                 const guint8 *data,
                 gsize         size,
                 const guint8  signature[DBK_SIGNATURE_SIZE])
{
  guint8 hash[crypto_generichash_BYTES];

  digest (domain, data, size, hash);
  return crypto_sign_verify_detached (signature, hash, sizeof hash, public_key) == 0;
}

char *
dbk_keys_fingerprint (const guint8 public_key[DBK_PUBLIC_KEY_SIZE])
{
  guint8 hash[crypto_generichash_BYTES];
  g_autofree char *id = NULL;

  digest ("dosebook fingerprint 1", public_key, DBK_PUBLIC_KEY_SIZE, hash);
  id = dbk_id_encode (hash);
  return g_strdup_printf ("%.4s %.4s %.4s %.4s", id, id + 4, id + 8, id + 12);
}
