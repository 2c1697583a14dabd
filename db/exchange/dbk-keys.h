/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This computer's pair of keys (Ed25519): it signs its tips and the files it writes, and files are sealed to it. The secret half lies in the
 * record's settings and nowhere else; it is wiped from memory with the struct. */
#pragma once

#include "db/dbk-site-store.h"

G_BEGIN_DECLS

#define DBK_SECRET_KEY_SIZE 64
#define DBK_SIGNATURE_SIZE 64
#define DBK_FINGERPRINT_LENGTH 19 /* four groups of four, with blanks */

typedef struct
{
  char   *writer;
  guint8  public_key[DBK_PUBLIC_KEY_SIZE];
  guint8  secret_key[DBK_SECRET_KEY_SIZE];
} DbkKeys;

void dbk_keys_free (DbkKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkKeys, dbk_keys_free)

/* NOT_FOUND while the record has not been set up. */
DbkKeys *dbk_keys_load (DbkDb *db, GError **error);

/* Over @domain, which says what is signed, and @data. */
void     dbk_keys_sign   (const DbkKeys *self, const char *domain, const guint8 *data, gsize size, guint8 signature[DBK_SIGNATURE_SIZE]);
gboolean dbk_keys_verify (const guint8 public_key[DBK_PUBLIC_KEY_SIZE], const char *domain, const guint8 *data, gsize size,
                          const guint8 signature[DBK_SIGNATURE_SIZE]);

/* What two people read to each other over the telephone: "7K2M Q0VX 93FD ERT4". 80 bits of a hash of the key. */
char *dbk_keys_fingerprint (const guint8 public_key[DBK_PUBLIC_KEY_SIZE]);

/* Hex of bytes from outside, of exactly @size bytes. CORRUPT names @what. */
gboolean dbk_keys_parse_hex (const char *text, guint8 *target, gsize size, const char *what, GError **error);
char    *dbk_keys_format_hex (const guint8 *data, gsize size);

G_END_DECLS
