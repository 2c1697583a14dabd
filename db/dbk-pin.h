/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PINs as the record keeps them: an Argon2id string of libsodium. Slow on purpose (about 90 ms, 64 MiB); any thread but the one that
 * draws. */
#pragma once

#include "db/dbk-db-error.h"

G_BEGIN_DECLS

#define DBK_PIN_LENGTH_LEAST 4
#define DBK_PIN_LENGTH_MOST  64

/* 4 to 64 printable characters without blanks; six digits are what a counter uses. FAILED says what is wrong. */
gboolean dbk_pin_check (const char *pin, GError **error);

/* Owned by the caller. FAILED if there is not enough memory. */
char    *dbk_pin_hash (const char *pin, GError **error);
gboolean dbk_pin_matches (const char *hash, const char *pin);

/* Six random digits. */
char    *dbk_pin_mint (void);

/* Tests do not wait: hashes made from now on are as cheap as can be. Not undone. */
void dbk_pin_make_cheap (void);

G_END_DECLS
