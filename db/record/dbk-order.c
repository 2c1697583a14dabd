/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-order"

#include "db/record/dbk-order.h"

#include "db/record/dbk-words-private.h"

static const char *const hold_kind_words[] = { "medical", "stop", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (hold_kind_words) == DBK_HOLD_STOP + 2);

/* ---- orders ---- */

DbkOrder *
dbk_order_new (void)
{
  DbkOrder *self = g_new0 (DbkOrder, 1);

  self->from = DBK_DAY_NONE;
  self->to = DBK_DAY_NONE;
  self->until = DBK_DAY_NONE;
  self->signed_day = DBK_DAY_NONE;
  return self;
}

DbkOrder *
dbk_order_copy (const DbkOrder *self)
{
  DbkOrder *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->patient = g_strdup (self->patient);
  copy->reason = g_strdup (self->reason);
  copy->note = g_strdup (self->note);
  copy->signed_by = g_strdup (self->signed_by);
  copy->signer_name = g_strdup (self->signer_name);
  copy->replaced_by = g_strdup (self->replaced_by);
  return copy;
}

void
dbk_order_free (DbkOrder *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->patient);
  g_free (self->reason);
  g_free (self->note);
  g_free (self->signed_by);
  g_free (self->signer_name);
  g_free (self->replaced_by);
  g_free (self);
}

gboolean
dbk_order_in_force (const DbkOrder *self,
                    DbkDay          day)
{
  g_return_val_if_fail (self != NULL && day != DBK_DAY_NONE, FALSE);
  /* An order that does not say from when is no order: without it nobody is dosed. */
  return self->from != DBK_DAY_NONE && self->from <= day && (self->until == DBK_DAY_NONE || day <= self->until);
}

/* ---- holds ---- */

DbkHold *
dbk_hold_new (void)
{
  DbkHold *self = g_new0 (DbkHold, 1);

  self->from = DBK_DAY_NONE;
  self->until = DBK_DAY_NONE;
  self->lifted_on = DBK_DAY_NONE;
  return self;
}

DbkHold *
dbk_hold_copy (const DbkHold *self)
{
  DbkHold *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->patient = g_strdup (self->patient);
  copy->reason = g_strdup (self->reason);
  copy->note = g_strdup (self->note);
  copy->placed_by = g_strdup (self->placed_by);
  copy->placer_name = g_strdup (self->placer_name);
  copy->lifted_by = g_strdup (self->lifted_by);
  return copy;
}

void
dbk_hold_free (DbkHold *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->patient);
  g_free (self->reason);
  g_free (self->note);
  g_free (self->placed_by);
  g_free (self->placer_name);
  g_free (self->lifted_by);
  g_free (self);
}

gboolean
dbk_hold_stands (const DbkHold *self,
                 DbkDay         day)
{
  g_return_val_if_fail (self != NULL && day != DBK_DAY_NONE, TRUE);
  /* A hold that does not say from when has DBK_DAY_NONE there, which lies before every day: it stands. */
  return self->from <= day &&
         (self->until == DBK_DAY_NONE || day <= self->until) &&
         (self->lifted_on == DBK_DAY_NONE || day < self->lifted_on);
}

const char *
dbk_hold_kind_to_word (DbkHoldKind kind)
{
  return _dbk_words_to (hold_kind_words, kind);
}

gboolean
dbk_hold_kind_from_word (const char   *word,
                         DbkHoldKind  *kind,
                         GError      **error)
{
  guint value;

  if (!_dbk_words_from (hold_kind_words, "kind of hold", word, &value, error))
    return FALSE;
  *kind = (DbkHoldKind) value;
  return TRUE;
}

/* ---- absences ---- */

DbkAbsence *
dbk_absence_new (void)
{
  DbkAbsence *self = g_new0 (DbkAbsence, 1);

  self->from = DBK_DAY_NONE;
  self->to = DBK_DAY_NONE;
  return self;
}

DbkAbsence *
dbk_absence_copy (const DbkAbsence *self)
{
  DbkAbsence *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->patient = g_strdup (self->patient);
  copy->reason = g_strdup (self->reason);
  return copy;
}

void
dbk_absence_free (DbkAbsence *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->patient);
  g_free (self->reason);
  g_free (self);
}
