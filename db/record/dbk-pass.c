/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-pass"

#include "db/record/dbk-pass.h"

#include "db/record/dbk-words-private.h"

static const char *const kind_words[] = { "slip", "voucher", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (kind_words) == DBK_PASS_VOUCHER + 2);

static const char *const outcome_words[] = { "open", "given", "not-given", "lost", "unused", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (outcome_words) == DBK_PASS_UNUSED + 2);

const char *
dbk_pass_kind_to_word (DbkPassKind kind)
{
  return _dbk_words_to (kind_words, kind);
}

gboolean
dbk_pass_kind_from_word (const char   *word,
                         DbkPassKind  *kind,
                         GError      **error)
{
  guint value;

  if (!_dbk_words_from (kind_words, "kind of slip", word, &value, error))
    return FALSE;
  *kind = (DbkPassKind) value;
  return TRUE;
}

const char *
dbk_pass_outcome_to_word (DbkPassOutcome outcome)
{
  return _dbk_words_to (outcome_words, outcome);
}

gboolean
dbk_pass_outcome_from_word (const char      *word,
                            DbkPassOutcome  *outcome,
                            GError         **error)
{
  guint value;

  if (!_dbk_words_from (outcome_words, "outcome of a slip", word, &value, error))
    return FALSE;
  *outcome = (DbkPassOutcome) value;
  return TRUE;
}

DbkPass *
dbk_pass_new (void)
{
  DbkPass *self = g_new0 (DbkPass, 1);

  self->from = DBK_DAY_NONE;
  self->to = DBK_DAY_NONE;
  return self;
}

DbkPass *
dbk_pass_copy (const DbkPass *self)
{
  DbkPass *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->batch = g_strdup (self->batch);
  copy->patient = g_strdup (self->patient);
  copy->number = g_strdup (self->number);
  copy->name = g_strdup (self->name);
  copy->site = g_strdup (self->site);
  copy->site_code = g_strdup (self->site_code);
  copy->lot = g_strdup (self->lot);
  copy->lot_number = g_strdup (self->lot_number);
  copy->order = g_strdup (self->order);
  copy->lease = g_strdup (self->lease);
  copy->reason = g_strdup (self->reason);
  return copy;
}

void
dbk_pass_free (DbkPass *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->batch);
  g_free (self->patient);
  g_free (self->number);
  g_free (self->name);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->lot);
  g_free (self->lot_number);
  g_free (self->order);
  g_free (self->lease);
  g_free (self->reason);
  g_free (self);
}

void
dbk_slip_batch_free (DbkSlipBatch *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->lot_number);
  g_free (self);
}
