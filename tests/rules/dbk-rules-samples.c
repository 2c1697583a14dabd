/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/rules/dbk-rules-samples.h"

#include <string.h>

#define DOSE_UG 60000
#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

DbkPolicy *
dbk_sample_policy (const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = dbk_policy_dup_shipped (name, &error);
  DbkPolicy *policy;

  g_assert_no_error (error);
  policy = dbk_policy_parse (json, &error);
  g_assert_no_error (error);
  return policy;
}

char *
dbk_sample_policy_text (const char *name,
                        const char *from,
                        const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = dbk_policy_dup_shipped (name, &error);
  char *at;

  g_assert_no_error (error);
  at = strstr (json, from);
  g_assert_nonnull (at);
  *at = '\0';
  return g_strconcat (json, to, at + strlen (from), NULL);
}

DbkPolicy *
dbk_sample_policy_with (const char *name,
                        const char *from,
                        const char *to)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = dbk_sample_policy_text (name, from, to);
  DbkPolicy *policy = dbk_policy_parse (json, &error);

  g_assert_no_error (error);
  return policy;
}

DbkDose *
dbk_sample_dose (DbkDay day)
{
  DbkDose *dose = dbk_dose_new ();

  dose->id = g_strdup_printf ("dose%d", day);
  dose->day = day;
  dose->kind = DBK_DOSE_OBSERVED;
  dose->dose_ug = DOSE_UG;
  dose->ordered_ug = DOSE_UG;
  dose->given_ms = day * MS_PER_DAY;
  dose->site = g_strdup ("C1");
  return dose;
}

DbkOrder *
dbk_sample_order (const char *id,
                  DbkDay      from)
{
  DbkOrder *order = dbk_order_new ();

  order->id = g_strdup (id);
  order->dose_ug = DOSE_UG;
  order->from = from;
  order->signed_day = from;
  return order;
}
