/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/dbk-fact-log-private.h"

G_BEGIN_DECLS

/* Notes what came of the slip or voucher @pass, in a projector. */
gboolean dbk_note_pass_outcome (DbkDb *db, const DbkFact *fact, const char *pass, const char *outcome, const char *reason, GError **error);

G_END_DECLS
