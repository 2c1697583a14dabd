/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days on which the clinic is closed: nobody misses them. A group of the settings; an administrator adds to it. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_CLOSURE_SETTINGS (dbk_closure_settings_get_type ())
G_DECLARE_FINAL_TYPE (DbkClosureSettings, dbk_closure_settings, DBK, CLOSURE_SETTINGS, AdwPreferencesGroup)

void dbk_closure_settings_set_desk (DbkClosureSettings *self, DbkDesk *desk);

G_END_DECLS
