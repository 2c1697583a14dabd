/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the day's list, in words. Immutable. */
#pragma once

#include "app/dbk-today.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_TODAY_COLUMN_NAME,
  DBK_TODAY_COLUMN_PINYIN,
  DBK_TODAY_COLUMN_NUMBER,
  DBK_TODAY_COLUMN_DOSE,
  DBK_TODAY_COLUMN_UNTIL,
  DBK_TODAY_COLUMN_LAST,
  DBK_TODAY_COLUMN_STATE,
  DBK_TODAY_COLUMN_FLAGS
} DbkTodayColumn;
#define DBK_N_TODAY_COLUMNS (DBK_TODAY_COLUMN_FLAGS + 1)

#define DBK_TYPE_TODAY_ITEM (dbk_today_item_get_type ())
G_DECLARE_FINAL_TYPE (DbkTodayItem, dbk_today_item, DBK, TODAY_ITEM, GObject)

/* The items of @today, each on one of its lists, in the order in which they are read there. A dose that was reversed stands, struck through,
 * on the list of doses; whoever it was meant for is on another one again. @site: code of this place. */
GPtrArray *dbk_today_item_list (const DbkToday *today, const char *zone, const char *site);

DbkTodayState dbk_today_item_get_list    (DbkTodayItem *self);
const char   *dbk_today_item_get_patient (DbkTodayItem *self);
const char   *dbk_today_item_get_text    (DbkTodayItem *self, DbkTodayColumn column);
gboolean      dbk_today_item_is_struck   (DbkTodayItem *self);
gboolean      dbk_today_item_is_held     (DbkTodayItem *self); /* a hold, a stop flag, or doses that collide */

/* @typed: as dbk_today_item_fold() made it of what somebody typed; "" matches all. */
gboolean dbk_today_item_matches (DbkTodayItem *self, const char *typed);
char    *dbk_today_item_fold    (const char *typed);

gint     dbk_today_item_compare (DbkTodayItem *self, DbkTodayItem *other, DbkTodayColumn column);
gboolean dbk_today_item_equal   (gconstpointer a, gconstpointer b); /* they show the same */

G_END_DECLS
