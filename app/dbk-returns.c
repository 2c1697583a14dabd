/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-returns"

#include "app/dbk-returns.h"

#include "db/dbk-dose-store.h"

void
dbk_returns_free (DbkReturns *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->policy, dbk_policy_free);
  g_clear_pointer (&self->missed, g_array_unref);
  g_clear_pointer (&self->actions, g_hash_table_unref);
  g_free (self);
}

static void
count_action (DbkReturns *returns,
              gint        missed)
{
  const DbkMissedRow *row = dbk_policy_find_row (returns->policy, missed);
  char buffer[64];
  const char *word = row != NULL ? dbk_action_to_word (row->action, row->bound_ug, buffer) : "none";
  gint64 *count = g_hash_table_lookup (returns->actions, word);

  if (count == NULL)
    {
      count = g_new0 (gint64, 1);
      g_hash_table_insert (returns->actions, g_strdup (word), count);
    }
  (*count)++;
}

static void
count_return (DbkReturns *returns,
              gint        missed)
{
  if ((guint) missed >= returns->missed->len)
    g_array_set_size (returns->missed, (guint) missed + 1);
  g_array_index (returns->missed, gint64, missed)++;
  returns->returns++;
  count_action (returns, missed);
}

static gboolean
count_patient (DbkDb       *db,
               DbkReturns  *returns,
               const char  *patient,
               GError     **error)
{
  g_autoptr(GArray) days = dbk_dose_days_of_patient (db, patient, NULL, error);

  for (guint i = 1; days != NULL && i < days->len; i++)
    {
      gint missed = g_array_index (days, DbkDay, i) - g_array_index (days, DbkDay, i - 1) - 1;

      if (missed > 0)
        count_return (returns, missed);
    }
  return days != NULL;
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  DbkReturns *returns = data;
  g_autoptr(GPtrArray) patients = dbk_patient_list (db, error);

  for (guint i = 0; patients != NULL && i < patients->len; i++)
    {
      const DbkPatient *patient = g_ptr_array_index (patients, i);

      if (!count_patient (db, returns, patient->id, error))
        return FALSE;
    }
  return patients != NULL;
}

static DbkPolicy *
choose_policy (DbkClinic   *clinic,
               const char  *name,
               GError     **error)
{
  g_autofree char *json = NULL;
  g_autoptr(GError) local_error = NULL;
  DbkPolicy *policy;

  if (name != NULL)
    {
      json = dbk_policy_dup_shipped (name, error);
      return json != NULL ? dbk_policy_parse (json, error) : NULL;
    }
  policy = dbk_clinic_new_policy (clinic, &local_error);
  if (policy == NULL && local_error == NULL)
    g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "No policy is in force; name one");
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return policy;
}

DbkReturns *
dbk_returns_read (DbkClinic   *clinic,
                  const char  *policy,
                  GError     **error)
{
  g_autoptr(DbkReturns) returns = g_new0 (DbkReturns, 1);

  returns->policy = choose_policy (clinic, policy, error);
  if (returns->policy == NULL)
    return NULL;
  returns->missed = g_array_new (FALSE, TRUE, sizeof (gint64));
  returns->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, returns, error) ? g_steal_pointer (&returns) : NULL;
}
