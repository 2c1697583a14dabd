/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole site file, as it lies on a stick. */

#include "db/exchange/dbk-envelope.h"
#include "tests/fuzz/dbk-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_auto(DbkEnvelopeHead) head = { NULL };
  g_autoptr(DbkEnvelopeReader) reader = NULL;
  DbkKeys keys = { NULL };
  guint8 content[64];

  dbk_fuzz_fill_keys (&keys);
  reader = dbk_envelope_reader_new (data, size, &keys, &head, NULL);
  while (reader != NULL && dbk_envelope_reader_read (reader, content, sizeof content, NULL))
    ;
  if (reader != NULL)
    dbk_envelope_reader_finish (reader, NULL);
  return 0;
}
