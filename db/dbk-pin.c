/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-pin"

#include "db/dbk-pin.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#define MILLION 1000000

static gboolean cheap;

void
dbk_pin_make_cheap (void)
{
  cheap = TRUE;
}

gboolean
dbk_pin_check (const char  *pin,
               GError     **error)
{
  gsize length = strlen (pin);

  if (length < DBK_PIN_LENGTH_LEAST || length > DBK_PIN_LENGTH_MOST)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, "A PIN has %d to %d characters", DBK_PIN_LENGTH_LEAST,
                   DBK_PIN_LENGTH_MOST);
      return FALSE;
    }
  for (const char *p = pin; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      {
        g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, N_("A PIN has digits, letters and signs only"));
        return FALSE;
      }
  return TRUE;
}

char *
dbk_pin_hash (const char  *pin,
              GError     **error)
{
  char hash[crypto_pwhash_STRBYTES];
  unsigned long long ops = cheap ? crypto_pwhash_OPSLIMIT_MIN : crypto_pwhash_OPSLIMIT_INTERACTIVE;
  size_t memory = cheap ? crypto_pwhash_MEMLIMIT_MIN : crypto_pwhash_MEMLIMIT_INTERACTIVE;

  if (!dbk_pin_check (pin, error))
    return NULL;
  if (sodium_init () < 0 || crypto_pwhash_str (hash, pin, strlen (pin), ops, memory) != 0)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_FAILED, N_("There is not enough memory to keep a PIN safely"));
      return NULL;
    }
  return g_strdup (hash);
}

gboolean
dbk_pin_matches (const char *hash,
                 const char *pin)
{
  return sodium_init () >= 0 && crypto_pwhash_str_verify (hash, pin, strlen (pin)) == 0;
}

char *
dbk_pin_mint (void)
{
  g_return_val_if_fail (sodium_init () >= 0, NULL);
  return g_strdup_printf ("%06u", randombytes_uniform (MILLION));
}
