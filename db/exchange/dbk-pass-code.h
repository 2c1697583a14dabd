/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slip or voucher as the code on paper: signed by the clinic, so that a dosing point without a network believes it, and nobody can write
 * another dose, day or place. It says the patient's number and no name. Pure.
 *
 * "P1" and 192 characters of Crockford base 32: 120 bytes, of which the last 64 are the signature (Ed25519) over the hash of
 * "dosebook pass 1", a zero byte and the 56 before: id (10), patient (10), site (10), first day since 1970 (2), days (1), kind (1), dose in
 * microgram (4), patient's number (18, zero bytes behind it). Numbers are little-endian. */
#pragma once

#include "db/exchange/dbk-keys.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

#define DBK_PASS_CODE_LENGTH 194

/* Uses id, patient, number, site, from, to, kind and dose_ug. INVALID (of the record) for what no code can say: more than 31 days, a number of
 * more than 18 bytes. The caller's. */
char *dbk_pass_code_write (const DbkPass *pass, const DbkKeys *keys, GError **error);

/* @key: the clinic's. CORRUPT for what was not signed by it, or was altered. The caller's. */
DbkPass *dbk_pass_code_read (const char *code, const guint8 key[DBK_PUBLIC_KEY_SIZE], GError **error);

/* Whether @text has the frame of one: tells a slip from a card. */
gboolean dbk_pass_code_looks_like_one (const char *text);

G_END_DECLS
