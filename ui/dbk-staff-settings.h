/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works here. An administrator adds people, gives them a new PIN and ends their access; everybody else changes their own PIN. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_STAFF_SETTINGS (dbk_staff_settings_get_type ())
G_DECLARE_FINAL_TYPE (DbkStaffSettings, dbk_staff_settings, DBK, STAFF_SETTINGS, AdwPreferencesPage)

void dbk_staff_settings_set_desk (DbkStaffSettings *self, DbkDesk *desk);

G_END_DECLS
