/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody who stayed away: an item of the list in words, immutable, and the row that shows it. What can be done about it are the actions
 * "missed.contact", "missed.open" and "missed.order" of the page around it, each with the patient's id. */
#pragma once

#include <gtk/gtk.h>

#include "app/dbk-missed-list.h"

G_BEGIN_DECLS

#define DBK_TYPE_AWAY_ITEM (dbk_away_item_get_type ())
G_DECLARE_FINAL_TYPE (DbkAwayItem, dbk_away_item, DBK, AWAY_ITEM, GObject)

DbkAwayItem *dbk_away_item_new         (const DbkMissedEntry *entry, const DbkPolicy *policy, const char *zone);
const char  *dbk_away_item_get_patient (DbkAwayItem *self);
const char  *dbk_away_item_get_called  (DbkAwayItem *self); /* name and number */
gint         dbk_away_item_get_missed  (DbkAwayItem *self);
gboolean     dbk_away_item_equal       (gconstpointer a, gconstpointer b); /* they show the same */

#define DBK_TYPE_AWAY_ROW (dbk_away_row_get_type ())
G_DECLARE_FINAL_TYPE (DbkAwayRow, dbk_away_row, DBK, AWAY_ROW, GtkWidget)

GtkWidget *dbk_away_row_new      (void);
void       dbk_away_row_set_item (DbkAwayRow *self, DbkAwayItem *item);

/* What the person at the desk may do. */
void       dbk_away_row_set_may  (DbkAwayRow *self, gboolean contact, gboolean order);

G_END_DECLS
