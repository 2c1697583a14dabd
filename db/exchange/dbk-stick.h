/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file on a stick that is there as a whole or not at all: written under another name, synced, read back past the system's memory and
 * compared, and only then given its name. A stick that is full, pulled out or worn leaves at most a ".part" that nobody takes for a file.
 * Any thread. Errors of DBK_DB_ERROR: EXISTS, FULL, READ_ONLY, IO, CORRUPT (the stick did not keep what it was given). */
#pragma once

#include <gio/gio.h>

#include "db/exchange/dbk-envelope.h"

G_BEGIN_DECLS

typedef struct _DbkStick DbkStick;

DbkStick *dbk_stick_new  (const char *path, GError **error);
/* Removes what was begun and not finished. */
void      dbk_stick_free (DbkStick *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkStick, dbk_stick_free)

GOutputStream *dbk_stick_get_output (DbkStick *self); /* borrowed */

/* @mark: of all that was written. */
gboolean dbk_stick_finish (DbkStick *self, const DbkFileMark *mark, GError **error);

/* A file from a stick, whole; more than DBK_ENVELOPE_MAX is CORRUPT. */
GBytes *dbk_stick_read (const char *path, GError **error);

G_END_DECLS
