/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scanner types, as a slip or voucher. */

#include "db/exchange/dbk-pass-code.h"
#include "tests/fuzz/dbk-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *code = g_strndup ((const char *) data, size);
  g_autoptr(DbkPass) pass = NULL;
  DbkKeys keys = { NULL };

  dbk_fuzz_fill_keys (&keys);
  pass = dbk_pass_code_read (code, keys.public_key, NULL);
  g_assert_true (pass == NULL || (pass->to >= pass->from && pass->dose_ug > 0));
  return 0;
}
