/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of days, seven rows by 53 weeks, each with the sign of what became of it. Arrow keys move a frame whose day is read. */
#pragma once

#include <gtk/gtk.h>

#include "ui/dbk-treatment-days.h"

G_BEGIN_DECLS

#define DBK_TYPE_DAY_MAP (dbk_day_map_get_type ())
G_DECLARE_FINAL_TYPE (DbkDayMap, dbk_day_map, DBK, DAY_MAP, GtkWidget)

#define DBK_DAY_MAP_WEEKS 53

/* The first and the last day of a map that ends in the week of @today. */
DbkDay dbk_day_map_first_day (DbkDay today);
DbkDay dbk_day_map_last_day  (DbkDay today);

/* Takes @days, which begin and end so; NULL: nothing to show. */
void dbk_day_map_set_days (DbkDayMap *self, DbkTreatmentDays *days);

G_END_DECLS
