/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-lot"

#include "db/record/dbk-lot.h"

DbkLot *
dbk_lot_new (void)
{
  DbkLot *self = g_new0 (DbkLot, 1);

  self->expires = DBK_DAY_NONE;
  self->opened = DBK_DAY_NONE;
  return self;
}

DbkLot *
dbk_lot_copy (const DbkLot *self)
{
  DbkLot *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->number = g_strdup (self->number);
  copy->product = g_strdup (self->product);
  return copy;
}

void
dbk_lot_free (DbkLot *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->number);
  g_free (self->product);
  g_free (self);
}
