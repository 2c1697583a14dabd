/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-missed"

#include "app/rules/dbk-missed-private.h"

#define DAYS_MAX 400
#define TAKEN_WHOLLY 1000

void
dbk_missed_free (DbkMissed *self)
{
  if (self == NULL)
    return;
  g_free (self->last_site);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->take_home_days, g_array_unref);
  g_clear_pointer (&self->closed_days, g_array_unref);
  g_clear_pointer (&self->absent_days, g_array_unref);
  g_free (self);
}

/* ---- what covers a day ---- */

static gboolean
kind_covers (DbkDoseKind      kind,
             const DbkPolicy *policy)
{
  switch (kind)
    {
    case DBK_DOSE_OBSERVED:
    case DBK_DOSE_IMPORTED:
      return TRUE;
    case DBK_DOSE_TAKE_HOME:
      return policy != NULL && policy->take_home_covers;
    case DBK_DOSE_GUEST:
      return policy != NULL && policy->guest_covers;
    default:
      return FALSE;
    }
}

static gboolean
covers (const DbkDose   *dose,
        const DbkPolicy *policy)
{
  gint least = policy != NULL ? policy->partial_covers_permille : TAKEN_WHOLLY;

  return dose->day != DBK_DAY_NONE && dose->reversed_by == NULL && dose->taken_permille >= least && kind_covers (dose->kind, policy);
}

static gboolean
any_contains (GPtrArray *absences,
              DbkDay     day)
{
  for (guint i = 0; absences != NULL && i < absences->len; i++)
    {
      const DbkAbsence *absence = g_ptr_array_index (absences, i);

      if (absence->from != DBK_DAY_NONE && absence->from <= day && day <= absence->to)
        return TRUE;
    }
  return FALSE;
}

gboolean
_dbk_dose_tells_more (const DbkDose *dose,
                      const DbkDose *than)
{
  if (than == NULL || dose->day != than->day)
    return than == NULL || dose->day > than->day;
  if (dose->part != than->part)
    return dose->part < than->part;
  if (dose->given_ms != than->given_ms)
    return dose->given_ms > than->given_ms;
  return g_strcmp0 (dose->id, than->id) > 0;
}

static const DbkDose *
find_last_dose (DbkDay           today,
                GPtrArray       *doses,
                const DbkPolicy *policy)
{
  const DbkDose *last = NULL;

  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (dose->day < today && covers (dose, policy) && _dbk_dose_tells_more (dose, last))
        last = dose;
    }
  return last;
}

static DbkDay
find_last_dosed_there (DbkDay     today,
                       GPtrArray *absences)
{
  DbkDay last = DBK_DAY_NONE;

  for (guint i = 0; absences != NULL && i < absences->len; i++)
    {
      const DbkAbsence *absence = g_ptr_array_index (absences, i);
      DbkDay end = MIN (absence->to, today - 1);

      if (absence->dosed_there && absence->from != DBK_DAY_NONE && absence->from <= end)
        last = MAX (last, end);
    }
  return last;
}

/* ---- the gap ---- */

static void
keep_newest (GArray *days)
{
  if (days->len > DAYS_MAX)
    g_array_remove_range (days, 0, days->len - DAYS_MAX);
}

static void
walk_gap (DbkMissed       *self,
          DbkDay           today,
          GPtrArray       *absences,
          GPtrArray       *closures,
          const DbkPolicy *policy)
{
  for (DbkDay day = self->last_day + 1; day < today; day++)
    {
      gboolean closed = any_contains (closures, day);

      if (closed)
        g_array_append_val (self->closed_days, day);
      if (any_contains (absences, day))
        g_array_append_val (self->absent_days, day);
      if (!closed || policy == NULL || policy->closure_counts)
        g_array_append_val (self->days, day);
    }
  self->count = (gint) self->days->len;
  keep_newest (self->days);
  keep_newest (self->closed_days);
  keep_newest (self->absent_days);
}

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  DbkDay first = *(const DbkDay *) a, second = *(const DbkDay *) b;

  return (first > second) - (first < second);
}

/* The days a patient was trusted with since somebody last saw a dose swallowed. */
static void
list_take_home (DbkMissed       *self,
                DbkDay           today,
                GPtrArray       *doses,
                DbkDay           last_seen,
                const DbkPolicy *policy)
{
  guint n = 0;

  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (dose->kind == DBK_DOSE_TAKE_HOME && dose->day > last_seen && dose->day < today && covers (dose, policy))
        g_array_append_val (self->take_home_days, dose->day);
    }
  g_array_sort (self->take_home_days, compare_days);
  for (guint i = 0; i < self->take_home_days->len; i++)
    {
      DbkDay day = g_array_index (self->take_home_days, DbkDay, i);

      if (n == 0 || g_array_index (self->take_home_days, DbkDay, n - 1) != day)
        g_array_index (self->take_home_days, DbkDay, n++) = day;
    }
  g_array_set_size (self->take_home_days, n);
  keep_newest (self->take_home_days);
}

static DbkDay
find_last_seen (DbkDay           today,
                GPtrArray       *doses,
                DbkDay           dosed_there,
                const DbkPolicy *policy)
{
  DbkDay last = dosed_there;

  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (dose->kind != DBK_DOSE_TAKE_HOME && dose->day < today && covers (dose, policy))
        last = MAX (last, dose->day);
    }
  return last;
}

DbkMissed *
dbk_missed_count (DbkDay           today,
                  GPtrArray       *doses,
                  GPtrArray       *absences,
                  GPtrArray       *closures,
                  const DbkPolicy *policy)
{
  DbkMissed *self;
  const DbkDose *dose;
  DbkDay dosed_there;

  g_return_val_if_fail (today != DBK_DAY_NONE, NULL);

  self = g_new0 (DbkMissed, 1);
  self->days = g_array_new (FALSE, FALSE, sizeof (DbkDay));
  self->take_home_days = g_array_new (FALSE, FALSE, sizeof (DbkDay));
  self->closed_days = g_array_new (FALSE, FALSE, sizeof (DbkDay));
  self->absent_days = g_array_new (FALSE, FALSE, sizeof (DbkDay));

  dose = find_last_dose (today, doses, policy);
  dosed_there = find_last_dosed_there (today, absences);
  self->last_day = dosed_there;
  self->last_kind = DBK_DOSE_GUEST;
  if (dose != NULL && dose->day >= dosed_there)
    {
      self->last_day = dose->day;
      self->last_dose_ug = dose->dose_ug;
      self->last_given_ms = dose->given_ms;
      self->last_site = g_strdup (dose->site);
      self->last_kind = dose->kind;
    }
  self->never_dosed = self->last_day == DBK_DAY_NONE;
  if (!self->never_dosed)
    walk_gap (self, today, absences, closures, policy);
  list_take_home (self, today, doses, find_last_seen (today, doses, dosed_there, policy), policy);
  return self;
}
