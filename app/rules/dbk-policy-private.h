/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the reader of a policy's JSON and the policy. */
#pragma once

#include "app/rules/dbk-policy.h"

G_BEGIN_DECLS

void     _dbk_missed_row_free    (DbkMissedRow *row);
gboolean _dbk_action_names_bound (DbkAction action);
gboolean _dbk_level_from_word    (const char *word,
                                  DbkLevel   *level);

G_END_DECLS
