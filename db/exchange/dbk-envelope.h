/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sealed box around a site file; docs/site-file.md has every byte. A random key encrypts the content in chunks that cannot be reordered,
 * dropped or cut off (XChaCha20-Poly1305 secretstream); the key lies in the head once for each recipient, sealed to its public key. Sealed
 * says nothing about who made it: the signature is inside, over the head too.
 *
 * Nothing here touches a record. Any thread, one at a time. Errors of DBK_DB_ERROR: NOT_OURS (not such a file), TOO_NEW, NOT_FOUND (not
 * sealed to this computer), CORRUPT (damaged or cut off), FULL, IO, CANCELLED. */
#pragma once

#include "db/exchange/dbk-keys.h"

G_BEGIN_DECLS

#define DBK_ENVELOPE_FORMAT 1
#define DBK_ENVELOPE_MAX ((gsize) 2 * 1024 * 1024 * 1024) /* bytes of a whole file */
#define DBK_FILE_ID_LENGTH 32                             /* hex digits */
#define DBK_HEAD_HASH_SIZE 32

/* What stands outside the seal, for whoever finds the stick: no name, no place. */
typedef struct
{
  char   *file;                          /* id: 128 random bits, hex */
  char   *writer;                        /* id of who wrote it */
  guint8  hash[DBK_HEAD_HASH_SIZE];      /* of all of it; the signature inside covers this */
} DbkEnvelopeHead;

void dbk_envelope_head_clear (DbkEnvelopeHead *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DbkEnvelopeHead, dbk_envelope_head_clear)

/* Whether a file still is what was written, byte for byte: a Poly1305 tag by a key that is used once and never leaves the memory. It says nothing
 * to anybody else, and costs a quarter of a hash. */
typedef struct
{
  guint8 key[32];
  guint8 tag[16];
} DbkFileMark;

/* ---- writing: the head first, then as much content as there is ---- */

typedef struct _DbkEnvelopeWriter DbkEnvelopeWriter;

/* @public_keys: @n_recipients keys, one after the other. @output is written to and not closed. @head is filled. */
DbkEnvelopeWriter *dbk_envelope_writer_new (GOutputStream *output, const char *writer, const guint8 *public_keys, gsize n_recipients,
                                            DbkEnvelopeHead *head, GCancellable *cancellable, GError **error);
gboolean dbk_envelope_writer_add    (DbkEnvelopeWriter *self, const guint8 *data, gsize size, GError **error);
/* The last chunk says that it is the last. */
gboolean dbk_envelope_writer_finish (DbkEnvelopeWriter *self, GError **error);
/* After that: of every byte that was written, to see whether the stick has kept them. */
void     dbk_envelope_writer_mark   (DbkEnvelopeWriter *self, DbkFileMark *mark);
void     dbk_envelope_writer_free   (DbkEnvelopeWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkEnvelopeWriter, dbk_envelope_writer_free)

/* ---- reading: nothing is handed out that did not pass its check ---- */

typedef struct _DbkEnvelopeReader DbkEnvelopeReader;

/* Opens with @keys; @head is filled, also where the error is NOT_FOUND. @data must outlive the reader. */
DbkEnvelopeReader *dbk_envelope_reader_new (const guint8 *data, gsize size, const DbkKeys *keys, DbkEnvelopeHead *head, GError **error);
/* Exactly @size bytes, or CORRUPT. */
gboolean dbk_envelope_reader_read (DbkEnvelopeReader *self, guint8 *target, gsize size, GError **error);
/* That the content ends here, and was meant to. */
gboolean dbk_envelope_reader_finish (DbkEnvelopeReader *self, GError **error);
void     dbk_envelope_reader_free (DbkEnvelopeReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkEnvelopeReader, dbk_envelope_reader_free)

G_END_DECLS
