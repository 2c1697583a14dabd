/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people who work here: added, given a new PIN, ended. Nobody is deleted; what they did stays theirs. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

/* TAKEN if somebody has that login. @id (may be NULL) is the caller's. */
gboolean dbk_staff_add (DbkClinic *clinic, const DbkSession *session, const char *login, const char *name, DbkRole role, const char *pin,
                        char **id, GError **error);

/* Their last day: they may no longer sign in. The last administrator cannot be ended (INVALID). */
gboolean dbk_staff_end (DbkClinic *clinic, const DbkSession *session, const char *login, GError **error);

/* An administrator for anybody, everybody for themselves. Also opens a login that was locked out. */
gboolean dbk_staff_set_pin (DbkClinic *clinic, const DbkSession *session, const char *login, const char *pin, GError **error);

G_END_DECLS
