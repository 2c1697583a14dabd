/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database inside a site file, opened as hostile. */

#include "db/exchange/dbk-parcel.h"
#include "tests/fuzz/dbk-fuzz.h"

static gboolean
take_fact (const DbkFact  *fact,
           gpointer        data,
           GError        **error)
{
  g_assert_nonnull (fact->kind);
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree guint8 *bytes = g_memdup2 (data, size);
  g_autoptr(DbkParcel) parcel = dbk_parcel_open (bytes, size, NULL);
  g_autoptr(GArray) seals = NULL;

  if (parcel == NULL)
    return 0;
  dbk_parcel_foreach_fact (parcel, take_fact, NULL, NULL);
  seals = dbk_parcel_list_seals (parcel, NULL);
  return 0;
}
