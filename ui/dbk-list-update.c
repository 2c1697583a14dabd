/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-list"

#include "config.h"

#include "ui/dbk-list-update.h"

static gboolean
is_same (GListStore *store,
         guint       position,
         gpointer    item,
         GEqualFunc  equal)
{
  g_autoptr(GObject) old = g_list_model_get_item (G_LIST_MODEL (store), position);

  return equal (old, item);
}

void
dbk_list_update (GListStore *store,
                 GPtrArray  *items,
                 GEqualFunc  equal)
{
  guint old = g_list_model_get_n_items (G_LIST_MODEL (store)), least = MIN (old, items->len);
  guint before = 0, after = 0;

  while (before < least && is_same (store, before, g_ptr_array_index (items, before), equal))
    before++;
  while (after < least - before && is_same (store, old - after - 1, g_ptr_array_index (items, items->len - after - 1), equal))
    after++;
  if (old - before - after > 0 || items->len - before - after > 0)
    g_list_store_splice (store, before, old - before - after, items->pdata + before, items->len - before - after);
}
