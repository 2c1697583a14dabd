/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-authority"

#include "app/rules/dbk-authority.h"

#include <string.h>

gboolean
dbk_authority_is_here (const GPtrArray *leases,
                       DbkDay           day,
                       const char      *writer,
                       gboolean         at_home,
                       const DbkLease **lease)
{
  const DbkLease *own = NULL, *other = NULL;

  for (guint i = 0; leases != NULL && i < leases->len; i++)
    {
      const DbkLease *one = g_ptr_array_index (leases, i);

      if (!dbk_lease_covers (one, day))
        continue;
      if (!at_home && g_strcmp0 (one->holder, writer) == 0)
        own = one;
      else
        other = one;
    }
  if (lease != NULL)
    *lease = other != NULL ? other : own;
  return other == NULL && (at_home || own != NULL);
}
