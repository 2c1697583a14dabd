/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This computer's own notes in the record: which writer it is, which printer it uses. Not facts, not exchanged. What is the same on
 * every computer of the clinic is a fact instead. On the door's thread. */
#pragma once

#include "db/dbk-db.h"

G_BEGIN_DECLS

/* @value is NULL where the key was never set. */
gboolean dbk_setting_get (DbkDb *db, const char *key, char **value, GError **error);

/* Inside dbk_db_write(). */
gboolean dbk_setting_set (DbkDb *db, const char *key, const char *value, GError **error);

G_END_DECLS
