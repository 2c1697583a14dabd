/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db/dbk-db.h"

G_BEGIN_DECLS

/* One movement between two named accounts of a lot at one place (id), in a projector. */
gboolean dbk_move_drug (DbkDb *db, const char *lot, const char *site, const char *from, const char *to, gint64 volume_ul, GError **error);

G_END_DECLS
