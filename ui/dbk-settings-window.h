/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: this computer, the scanner, the staff, the policy, and what the record is. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_SETTINGS_WINDOW (dbk_settings_window_get_type ())
G_DECLARE_FINAL_TYPE (DbkSettingsWindow, dbk_settings_window, DBK, SETTINGS_WINDOW, AdwPreferencesWindow)

void dbk_settings_window_show (GtkWidget *widget, DbkDesk *desk);

G_END_DECLS
