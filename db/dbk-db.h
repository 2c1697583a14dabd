/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door to the clinic's record: a SQLite file in WAL mode with synchronous=FULL, one writing connection per
 * file (held by a lock file beside it), which alone checkpoints; others read. A DbkDb belongs to the thread that opened
 * it and asserts so on every use.
 *
 * TRUE from dbk_db_write() means the data is on the disk. FALSE means nothing of it is, with one exception that no program can
 * rule out: a COMMIT that failed half-way may yet turn out to have happened. Then the door closes and reopens the file, so
 * that what is read next is the truth, and callers who must know read it back. */
#pragma once

#include <gio/gio.h>

#include "db/dbk-db-error.h"

G_BEGIN_DECLS

typedef struct _DbkDb DbkDb;

typedef enum
{
  DBK_DB_READ,  /* never writes, never checkpoints */
  DBK_DB_WRITE  /* takes the lock; waits up to @wait_ms and then says who holds it (BUSY) */
} DbkDbMode;

/* Opens an existing record, bringing an older one up to date after a backup beside it (WRITE only; a READ of an older record
 * is refused with FAILED). Never creates a file. TOO_NEW, NOT_OURS, CORRUPT, BUSY, READ_ONLY, IO as named. */
DbkDb *dbk_db_open (const char *path, DbkDbMode mode, guint wait_ms, GError **error);

/* A new, empty record at @path, open for writing. EXISTS if there is a file. */
DbkDb *dbk_db_create (const char *path, GError **error);

/* An empty record in memory, for rebuilding and for tests. */
DbkDb *dbk_db_new_in_memory (GError **error);

/* Closing a writer checkpoints and optimises. NULL is allowed. */
void dbk_db_close (DbkDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkDb, dbk_db_close)

const char *dbk_db_get_path    (DbkDb *self); /* NULL in memory */
gboolean    dbk_db_is_writable (DbkDb *self);
gint        dbk_db_get_version (DbkDb *self);
gboolean    dbk_db_in_write    (DbkDb *self);

typedef gboolean (*DbkDbTxnFunc) (DbkDb *self, gpointer data, GError **error);

/* Runs @func between BEGIN IMMEDIATE and COMMIT. Does not nest. */
gboolean dbk_db_write (DbkDb *self, DbkDbTxnFunc func, gpointer data, GError **error);

/* Runs @func in one read transaction: everything it reads is of one moment. */
gboolean dbk_db_read (DbkDb *self, DbkDbTxnFunc func, gpointer data, GError **error);

/* Long reads ask @cancellable now and then; NULL stops that. Never set around a write. */
void dbk_db_set_cancellable (DbkDb *self, GCancellable *cancellable);

/* PRAGMA quick_check or integrity_check; CORRUPT with SQLite's first line. */
gboolean dbk_db_check (DbkDb *self, gboolean thorough, GError **error);

/* The newest migration this program knows. */
gint dbk_db_newest_version (void);

/* Every statement of the program prepares against the current schema: for the test that says so. */
gboolean dbk_db_prepare_all (DbkDb *self, GError **error);

G_END_DECLS
