/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What belongs to this computer: language, look, its name, when it hides and locks, its printers. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_COMPUTER_SETTINGS (dbk_computer_settings_get_type ())
G_DECLARE_FINAL_TYPE (DbkComputerSettings, dbk_computer_settings, DBK, COMPUTER_SETTINGS, AdwPreferencesPage)

void dbk_computer_settings_set_desk (DbkComputerSettings *self, DbkDesk *desk);

G_END_DECLS
