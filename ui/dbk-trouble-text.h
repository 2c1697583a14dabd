/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "printing/dbk-print-queue.h"

G_BEGIN_DECLS

/* What a person has to see to at a printer. Constant. */
const char *dbk_trouble_text (DbkPaperTrouble trouble);

G_END_DECLS
