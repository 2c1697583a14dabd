/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies that count only after they were opened and looked at. A copy is written under another name in the same folder, synced,
 * reopened, integrity-checked, compared by its tips, and only then given its name. On the door's thread. */
#pragma once

#include "db/dbk-db.h"

G_BEGIN_DECLS

/* Writes a copy of the record to @path (EXISTS if there is a file). Cancelled between steps only. */
gboolean dbk_backup_write (DbkDb *db, const char *path, GCancellable *cancellable, GError **error);

/* Puts the copy at @from in the place of the record at @path, which must not be open anywhere (BUSY). What was there is kept
 * beside it as "@path.before-restore-N"; @kept (may be NULL) gets that name, NULL if there was nothing. The copy is checked first: a damaged
 * or newer one changes nothing. */
gboolean dbk_backup_restore (const char *from, const char *path, char **kept, GError **error);

G_END_DECLS
