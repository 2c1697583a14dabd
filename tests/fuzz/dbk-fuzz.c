/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/dbk-fuzz.h"

#include <sodium.h>

void
dbk_fuzz_fill_keys (DbkKeys *keys)
{
  static const guint8 seed[crypto_sign_SEEDBYTES] = { 4, 2 };

  if (sodium_init () < 0 || crypto_sign_seed_keypair (keys->public_key, keys->secret_key, seed) != 0)
    g_error ("no keys");
}
