/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doses over time: a point for each dose given, the order in force as a step behind them, a cross for each missed day. Nothing is joined across
 * days without a dose. Arrow keys move a line that reads its day; a screen reader gets the same sentence. */
#pragma once

#include <gtk/gtk.h>

#include "ui/dbk-treatment-days.h"

G_BEGIN_DECLS

#define DBK_TYPE_DOSE_CHART (dbk_dose_chart_get_type ())
G_DECLARE_FINAL_TYPE (DbkDoseChart, dbk_dose_chart, DBK, DOSE_CHART, GtkWidget)

/* Takes @days; NULL: nothing to show. */
void dbk_dose_chart_set_days (DbkDoseChart *self, DbkTreatmentDays *days);

G_END_DECLS
