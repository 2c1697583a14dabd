/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-dose"

#include "db/record/dbk-dose.h"

#include "db/record/dbk-words-private.h"

#define TAKEN_WHOLLY 1000

static const char *const kind_words[] = { "observed", "take-home", "guest", "imported", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (kind_words) == DBK_DOSE_IMPORTED + 2);

DbkDose *
dbk_dose_new (void)
{
  DbkDose *self = g_new0 (DbkDose, 1);

  self->day = DBK_DAY_NONE;
  self->part = 1;
  self->taken_permille = TAKEN_WHOLLY;
  return self;
}

DbkDose *
dbk_dose_copy (const DbkDose *self)
{
  DbkDose *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->in_one_block = FALSE;
  copy->id = g_strdup (self->id);
  copy->fact = g_strdup (self->fact);
  copy->patient = g_strdup (self->patient);
  copy->lot = g_strdup (self->lot);
  copy->lot_number = g_strdup (self->lot_number);
  copy->order = g_strdup (self->order);
  copy->given_by = g_strdup (self->given_by);
  copy->giver_name = g_strdup (self->giver_name);
  copy->site = g_strdup (self->site);
  copy->place = g_strdup (self->place);
  copy->pass = g_strdup (self->pass);
  copy->reversed_by = g_strdup (self->reversed_by);
  copy->reversal_reason = g_strdup (self->reversal_reason);
  return copy;
}

static void
free_strings (DbkDose *self)
{
  g_free (self->id);
  g_free (self->fact);
  g_free (self->patient);
  g_free (self->lot);
  g_free (self->lot_number);
  g_free (self->order);
  g_free (self->given_by);
  g_free (self->giver_name);
  g_free (self->site);
  g_free (self->place);
  g_free (self->pass);
  g_free (self->reversed_by);
  g_free (self->reversal_reason);
}

void
dbk_dose_free (DbkDose *self)
{
  if (self == NULL)
    return;
  if (!self->in_one_block)
    free_strings (self);
  g_free (self);
}

const char *
dbk_dose_kind_to_word (DbkDoseKind kind)
{
  return _dbk_words_to (kind_words, kind);
}

gboolean
dbk_dose_kind_from_word (const char   *word,
                         DbkDoseKind  *kind,
                         GError      **error)
{
  guint value;

  if (!_dbk_words_from (kind_words, "kind of dose", word, &value, error))
    return FALSE;
  *kind = (DbkDoseKind) value;
  return TRUE;
}

DbkNotGiven *
dbk_not_given_new (void)
{
  DbkNotGiven *self = g_new0 (DbkNotGiven, 1);

  self->day = DBK_DAY_NONE;
  return self;
}

DbkNotGiven *
dbk_not_given_copy (const DbkNotGiven *self)
{
  DbkNotGiven *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->patient = g_strdup (self->patient);
  copy->reason = g_strdup (self->reason);
  copy->note = g_strdup (self->note);
  copy->pass = g_strdup (self->pass);
  copy->by = g_strdup (self->by);
  copy->by_name = g_strdup (self->by_name);
  return copy;
}

void
dbk_not_given_free (DbkNotGiven *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->patient);
  g_free (self->reason);
  g_free (self->note);
  g_free (self->pass);
  g_free (self->by);
  g_free (self->by_name);
  g_free (self);
}
