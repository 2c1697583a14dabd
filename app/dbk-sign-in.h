/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person and their PIN. Slow on purpose (Argon2id): on the clinic's thread, never on the one that draws. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

/* After so many wrong PINs in a row a login waits; after the second number only an administrator's new PIN helps. An administrator waits
 * after every further try instead: there may be no other one. */
#define DBK_SIGN_IN_TRIES_WAIT   5
#define DBK_SIGN_IN_TRIES_MOST   10
#define DBK_SIGN_IN_WAIT_SECONDS 300

/* WRONG_PIN, LOCKED_OUT; who has left may not sign in. On a record that is open for reading only (a copy that is to be restored) tries are
 * neither counted nor forgotten. */
DbkSession *dbk_sign_in (DbkClinic *clinic, const char *login, const char *pin, GError **error);

/* The second person of an act that needs two: somebody else, who may witness. SECOND_PERSON if they may not. */
DbkSession *dbk_sign_in_witness (DbkClinic *clinic, const DbkSession *first, const char *login, const char *pin, GError **error);

G_END_DECLS
