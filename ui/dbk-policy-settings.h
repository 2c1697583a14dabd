/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What missed days mean here: the policy in force, in words, and for an administrator another one to adopt. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_POLICY_SETTINGS (dbk_policy_settings_get_type ())
G_DECLARE_FINAL_TYPE (DbkPolicySettings, dbk_policy_settings, DBK, POLICY_SETTINGS, AdwPreferencesPage)

void dbk_policy_settings_set_desk (DbkPolicySettings *self, DbkDesk *desk);

G_END_DECLS
