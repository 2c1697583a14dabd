/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a time of day, as it is written on a paper sheet. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DBK_TYPE_TIME_DIALOG (dbk_time_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkTimeDialog, dbk_time_dialog, DBK, TIME_DIALOG, AdwWindow)

/* Called once with the minute of the day; not called if the dialog is left. */
typedef void (*DbkTimeGiven) (int minute, gpointer data);

void dbk_time_dialog_show (GtkWidget *widget, const char *title, const char *text, DbkTimeGiven given, gpointer data);

/* "8:12", "0812" or "812": the minute of the day; -1 for what is none. */
int dbk_time_parse (const char *text);

G_END_DECLS
