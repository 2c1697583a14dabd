/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/dbk-verdict.h"

G_BEGIN_DECLS

/* A finding with nothing but its code, the level and the lift that go with the code. */
DbkFinding *_dbk_finding_new (DbkFindingCode code);

/* A finding whose level the case decides. */
DbkFinding *_dbk_finding_new_at (DbkFindingCode code,
                                 DbkLevel       level);

G_END_DECLS
