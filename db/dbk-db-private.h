/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handle and its statements, for the files in db/ that talk SQL. Every SQL text is a constant in dbk-statements.h, prepared once
 * per connection under an authorizer that knows the statement's class, and borrowed for a scope:
 *
 *   g_auto(DbkStmt) st = { 0 };
 *   if (!dbk_stmt_take (&st, db, DBK_STMT_PATIENT_BY_ID, error)) return NULL;
 *   dbk_stmt_bind_text (&st, ":id", id);
 *   if (!dbk_stmt_next (&st, &row, error)) …
 *
 * A misspelt parameter is a bug and asserts; a failed bind (memory, size) surfaces at the next step. */
#pragma once

#include <sqlite3.h>

#include "db/dbk-db.h"
#include "db/dbk-statements.h"
#include "db/dbk-tally.h"
#include "db/record/dbk-day.h"

G_BEGIN_DECLS

#define DBK_DB_APPLICATION_ID 0x44424b31 /* "DBK1" */

/* What a statement may write; see dbk-db-guard.c. */
typedef enum
{
  DBK_WRITES_NOTHING,
  DBK_WRITES_FACT,       /* INSERT into fact, or a body that came later into revealed; nothing else */
  DBK_WRITES_PROJECTION, /* tables that can be rebuilt from facts */
  DBK_WRITES_LOCAL,      /* this computer's own notes */
  DBK_WRITES_SCHEMA      /* migrations, backup: anything */
} DbkWrites;

typedef enum
{
#define DBK_STATEMENT_ENUM(writes, name, sql) DBK_STMT_##name,
  DBK_STATEMENTS (DBK_STATEMENT_ENUM)
#undef DBK_STATEMENT_ENUM
  DBK_N_STATEMENTS
} DbkStatement;

/* The tip this connection appends to; minted lazily, see dbk-fact-log.c. */
typedef struct
{
  char    writer[17];
  char    site[17];
  gint64  epoch;
  gint64  seq;
  guint8  hash[32];
  gint64  hlc;
  gint64  seen_hlc;    /* the newest of all writers */
  gboolean loaded;
  gboolean epoch_open; /* this opening has written its first fact */
} DbkLogTip;

struct _DbkDb
{
  /* Owned */
  sqlite3      *handle;   /* NULL after a reopen that failed */
  char         *path;
  int           lock_fd;
  int           held_fds[2]; /* of the record and of its log's index: dbk_lock_hold(); -1: none */
  GCancellable *cancellable;
  sqlite3_stmt *statements[DBK_N_STATEMENTS];
  char        **parameters[DBK_N_STATEMENTS]; /* their names: SQLite looks through all of them for each, and forgets them when it prepares anew */
  guint8        borrowed[DBK_N_STATEMENTS];

  GThread      *owner;
  DbkDbMode     mode;
  DbkWrites     preparing;
  guint         in_write : 1;
  guint         in_read : 1;
  guint         creating : 1; /* an empty file is what it should be */

  DbkLogTip     tip;
  DbkTally     *tally; /* lent by whoever records many facts at once; NULL: every sum is written where it arises */
};

typedef struct
{
  DbkDb        *db;
  sqlite3_stmt *st;
  DbkStatement  id;
  int           bind_rc;
  int           bound;        /* the parameter that was bound last */
  gboolean      private_copy;
} DbkStmt;

gboolean dbk_stmt_take  (DbkStmt *self, DbkDb *db, DbkStatement id, GError **error);
void     dbk_stmt_clear (DbkStmt *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DbkStmt, dbk_stmt_clear)

void dbk_stmt_bind_text (DbkStmt *self, const char *name, const char *text); /* NULL binds NULL; copied */
void dbk_stmt_bind_int  (DbkStmt *self, const char *name, gint64 value);
void dbk_stmt_bind_day  (DbkStmt *self, const char *name, DbkDay day);       /* NONE binds NULL */
void dbk_stmt_bind_blob (DbkStmt *self, const char *name, gconstpointer data, gsize size); /* copied; NULL binds NULL */

/* Not copied: @text and @data must stay as they are until the statement is cleared. */
void dbk_stmt_lend_text (DbkStmt *self, const char *name, const char *text);
void dbk_stmt_lend_blob (DbkStmt *self, const char *name, gconstpointer data, gsize size);

/* One step. @row (may be NULL when no row can come): whether there is one. */
gboolean dbk_stmt_next (DbkStmt *self, gboolean *row, GError **error);
/* Steps to the end, without rows; then the statement may be bound and run again. */
gboolean dbk_stmt_run  (DbkStmt *self, GError **error);
/* Rows changed by the last run. */
int      dbk_stmt_changes (DbkStmt *self);

const char *dbk_stmt_text (DbkStmt *self, int column); /* borrowed until the next step; NULL for NULL */
const char *dbk_stmt_text_sized (DbkStmt *self, int column, gsize *size); /* @size with the NUL; 0 for NULL */
char       *dbk_stmt_dup  (DbkStmt *self, int column);
gint64      dbk_stmt_int  (DbkStmt *self, int column); /* 0 for NULL */
DbkDay      dbk_stmt_day  (DbkStmt *self, int column); /* NONE for NULL */
gboolean    dbk_stmt_is_null (DbkStmt *self, int column);
const guint8 *dbk_stmt_blob (DbkStmt *self, int column, gsize *size);

/* The error of the handle as a GError; @sql without bound values, they may be personal data. */
void dbk_db_take_error (DbkDb *self, int rc, const char *what, GError **error);

/* Runs a constant script (PRAGMA, migration, VACUUM INTO with a bound path is dbk-backup's own). */
gboolean dbk_db_exec (DbkDb *self, DbkWrites writes, const char *sql, GError **error);
gboolean dbk_db_query_int (DbkDb *self, const char *sql, gint64 *value, GError **error);
void     dbk_db_finalize_all (DbkDb *self);

gboolean dbk_db_settle    (DbkDb *self, GError **error); /* every PRAGMA, each answer read back */
gboolean dbk_db_migrate   (DbkDb *self, GError **error);
void     dbk_db_guard     (DbkDb *self);                 /* installs the authorizer */

/* The lock file FILE.lock; BUSY names the holder. */
int  dbk_lock_take (const char *path, guint wait_ms, GError **error);
void dbk_lock_drop (int fd);

/* Says on the record itself, in a way that the process cannot lose, that somebody is here. After SQLite has opened it and it was brought up to date,
 * for that may need the file alone; let go before SQLite closes it, for that wants it alone, too; forgotten (the files closed) only after that. */
void dbk_lock_hold   (DbkDb *self);
void dbk_lock_let_go (DbkDb *self);
void dbk_lock_forget (DbkDb *self);

#define dbk_db_assert_owner(self) g_assert ((self) != NULL && (self)->owner == g_thread_self ())

G_END_DECLS
