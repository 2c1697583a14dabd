/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database inside a site file, opened as hostile. */

#include "db/exchange/dbk-parcel.h"
#include "tests/fuzz/dbk-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree guint8 *bytes = g_memdup2 (data, size);
  g_autoptr(DbkParcel) parcel = dbk_parcel_open (bytes, size, NULL);
  g_autoptr(GArray) seals = NULL;
  g_auto(DbkFact) fact = { 0 };
  gboolean found = FALSE;

  if (parcel == NULL)
    return 0;
  while (dbk_parcel_next_fact (parcel, &fact, &found, NULL) && found)
    g_assert_nonnull (fact.kind);
  seals = dbk_parcel_list_seals (parcel, NULL);
  return 0;
}
