/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: first run, sign-in and lock, and behind them the sidebar with the pages. It owns the desk, hears the scanner, and blanks and
 * locks after a while without a key. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_WINDOW (dbk_window_get_type ())
G_DECLARE_FINAL_TYPE (DbkWindow, dbk_window, DBK, WINDOW, AdwApplicationWindow)

/* @record: the file to open; NULL: the one in the settings, else the usual place, else the first run. @demo: the demonstration clinic. */
DbkWindow *dbk_window_new (AdwApplication *app, const char *record, gboolean demo);

DbkDesk *dbk_window_get_desk (DbkWindow *self);

G_END_DECLS
