/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-lease"

#include "db/record/dbk-lease.h"

#include "db/record/dbk-words-private.h"

static const char *const end_words[] = { "returned", "broken", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (end_words) == DBK_LEASE_BROKEN + 2);

const char *const dbk_collision_findings[] = { "both-taken", "one-not-taken", "entered-twice", "other", NULL };

DbkLease *
dbk_lease_new (void)
{
  DbkLease *self = g_new0 (DbkLease, 1);

  self->from = DBK_DAY_NONE;
  self->to = DBK_DAY_NONE;
  self->back_from = DBK_DAY_NONE;
  return self;
}

DbkLease *
dbk_lease_copy (const DbkLease *self)
{
  DbkLease *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->patient = g_strdup (self->patient);
  copy->site = g_strdup (self->site);
  copy->site_code = g_strdup (self->site_code);
  copy->holder = g_strdup (self->holder);
  copy->granted_by = g_strdup (self->granted_by);
  copy->granter_name = g_strdup (self->granter_name);
  copy->end_reason = g_strdup (self->end_reason);
  return copy;
}

void
dbk_lease_free (DbkLease *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->patient);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->holder);
  g_free (self->granted_by);
  g_free (self->granter_name);
  g_free (self->end_reason);
  g_free (self);
}

DbkDay
dbk_lease_last_day (const DbkLease *self)
{
  DbkDay last;

  g_return_val_if_fail (self != NULL, DBK_DAY_NONE);
  if (self->from == DBK_DAY_NONE || self->to == DBK_DAY_NONE)
    return DBK_DAY_NONE;
  last = self->back_from != DBK_DAY_NONE ? MIN (self->to, self->back_from - 1) : self->to;
  return last >= self->from ? last : DBK_DAY_NONE;
}

gboolean
dbk_lease_covers (const DbkLease *self,
                  DbkDay          day)
{
  DbkDay last = dbk_lease_last_day (self);

  g_return_val_if_fail (day != DBK_DAY_NONE, FALSE);
  return last != DBK_DAY_NONE && self->from <= day && day <= last;
}

const char *
dbk_lease_end_to_word (DbkLeaseEnd end)
{
  return _dbk_words_to (end_words, end);
}

gboolean
dbk_lease_end_from_word (const char   *word,
                         DbkLeaseEnd  *end,
                         GError      **error)
{
  guint value;

  if (!_dbk_words_from (end_words, "end of a lease", word, &value, error))
    return FALSE;
  *end = (DbkLeaseEnd) value;
  return TRUE;
}

void
dbk_collision_free (DbkCollision *self)
{
  if (self == NULL)
    return;
  g_free (self->patient);
  g_free (self->dose_a);
  g_free (self->dose_b);
  g_free (self->finding);
  g_free (self);
}
