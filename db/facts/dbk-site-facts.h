/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about who may write: a dosing point's computer enrolled, or no longer believed. Only what the clinic's own writer says counts;
 * what others say of it is kept and passed over. Each function appends one fact and projects it, inside dbk_db_write(), on the door's
 * thread. */
#pragma once

#include "db/dbk-fact-log.h"

G_BEGIN_DECLS

#define DBK_PUBLIC_KEY_SIZE 32 /* Ed25519 */

/* @writer, a computer that keeps its secret key to itself, writes for @site from now on. */
gboolean dbk_fact_writer_enrolled (DbkDb *db, const DbkStamp *stamp, const char *writer, const char *site, const char *name,
                                   const guint8 public_key[DBK_PUBLIC_KEY_SIZE], GError **error);

/* What @writer says behind its fact number @last_seq waits until somebody accepts it. @reason: "lost" "stolen" "replaced" "cloned" "other". */
gboolean dbk_fact_writer_revoked (DbkDb *db, const DbkStamp *stamp, const char *writer, gint64 last_seq, const char *reason, GError **error);

/* What @writer says up to its fact number @last_seq is believed after all. Counts only from the clinic's own writer. */
gboolean dbk_fact_writer_accepted (DbkDb *db, const DbkStamp *stamp, const char *writer, gint64 last_seq, GError **error);

G_END_DECLS
