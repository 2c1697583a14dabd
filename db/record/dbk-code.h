/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes on paper: 20 characters of 0-9 A-Z, a kind, the version '1', 80 bits as 16 characters of
 * Crockford base 32 (0-9 A-Z without I L O U), and two check characters of the same alphabet: the first 18
 * characters read as a base-32 number, modulo the prime 1021, so that every single wrong character and
 * every swap of neighbours is found.
 * A code is a lookup key and tells a finder nothing. Pure; any thread. */
#pragma once

#include "db/record/dbk-record-error.h"

G_BEGIN_DECLS

#define DBK_CODE_LENGTH       20
#define DBK_CODE_PAYLOAD_SIZE 10
#define DBK_ID_LENGTH         16

typedef enum
{
  DBK_CODE_CARD  = 'M', /* a patient's card */
  DBK_CODE_DOSE  = 'D', /* on a slip: the first 80 bits of the hash of the dose fact */
  DBK_CODE_ROW   = 'R', /* a row of the morning paper sheet */
  DBK_CODE_BADGE = 'S', /* a staff badge; never enough to unlock on its own */
  DBK_CODE_TEST  = 'T'  /* the scanner test page */
} DbkCodeKind;

/* 16 characters of Crockford base 32 for 10 bytes: also the form of every id in the record. */
char *dbk_id_encode (const guint8 payload[DBK_CODE_PAYLOAD_SIZE]);
gboolean dbk_id_is_valid (const char *id);
/* The 10 bytes of a valid id. */
void     dbk_id_decode   (const char *id, guint8 payload[DBK_CODE_PAYLOAD_SIZE]);

/* The code of @kind that carries @payload. */
char *dbk_code_new (DbkCodeKind kind, const guint8 payload[DBK_CODE_PAYLOAD_SIZE]);

/* A code is an id in a frame: the code of @kind around @id, and the id within a canonical code. */
char *dbk_code_from_id (DbkCodeKind kind, const char *id);
char *dbk_code_dup_id  (const char *canonical);

/* Reads a scanned or typed code. Case, blanks and dashes do not matter; O is 0, I and L are 1.
 * @canonical (may be NULL) gets the 20 characters, owned by the caller; @payload may be NULL. INVALID for a wrong length, an
 * unknown kind or version, or check characters that do not agree ("mistyped"). */
gboolean dbk_code_parse (const char *text, DbkCodeKind *kind, guint8 payload[DBK_CODE_PAYLOAD_SIZE],
                         char **canonical, GError **error);

/* Whether @text has the frame of a code (length and kind letter), right or wrong check characters: tells
 * "a mistyped card" from "a patient number". */
gboolean dbk_code_looks_like_one (const char *text);

G_END_DECLS
