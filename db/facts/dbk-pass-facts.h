/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about slips and vouchers. Each function appends one fact and projects it, inside dbk_db_write(), on the door's thread. What was given or
 * not by one of them is a fact about a dose (dbk-dose-facts.h), which names it. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

/* Uses everything but number, name, codes and outcome. Counts only from the clinic's own writer. */
gboolean dbk_fact_pass_issued (DbkDb *db, const DbkStamp *stamp, const DbkPass *pass, GError **error);

/* LOST or UNUSED. */
gboolean dbk_fact_slip_closed (DbkDb *db, const DbkStamp *stamp, const DbkPass *pass, DbkPassOutcome outcome, GError **error);

G_END_DECLS
