/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a site file says of itself. What is read can be written, and read again. */

#include "db/exchange/dbk-manifest.h"
#include "tests/fuzz/dbk-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(DbkManifest) manifest = dbk_manifest_read (data, size, NULL), again = NULL;
  g_autofree char *text = manifest != NULL ? dbk_manifest_write (manifest) : NULL;

  if (text == NULL)
    return 0;
  again = dbk_manifest_read ((const guint8 *) text, strlen (text), NULL);
  g_assert_nonnull (again);
  return 0;
}
