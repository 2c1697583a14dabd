/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of facts. Everything that happens is appended here, chained to what the writer knew before, and projected into the
 * tables that are read, in the caller's transaction. A writer is an enrolled computer; an epoch is minted at every writable opening, with
 * the first fact it writes, so that a restored or cloned record forks visibly.
 *
 *   body_hash = BLAKE2b-256 (key = salt, body)      a body may be withheld without breaking the chain
 *   hash      = BLAKE2b-256 (header fields, each with its length, and body_hash)
 *
 * On the door's thread, inside dbk_db_write(). */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-day.h"

G_BEGIN_DECLS

#define DBK_FACT_HASH_SIZE 32
#define DBK_FACT_ID_LENGTH 64 /* hex digits of the hash */

/* Who acts, when, on which clinic day. Made by app/dbk-clock, the only reader of the wall clock. */
typedef struct
{
  const char *author;        /* staff id; "" only before there is any staff */
  gint64      wall_ms;       /* ms since 1970 UTC */
  gint32      utc_offset_s;  /* of the clinic's time zone then */
  DbkDay      day;
} DbkStamp;

typedef struct
{
  char   *writer;
  gint64  epoch;
  gint64  seq;
  guint8  hash[DBK_FACT_HASH_SIZE];
  guint8  prev[DBK_FACT_HASH_SIZE];
  char   *site;       /* site id */
  gint64  hlc;        /* 48 bits of ms, 16 bits of counter */
  char   *wall;       /* ISO 8601 with offset */
  char   *day;        /* ISO */
  char   *author;
  char   *kind;
  gint    version;
  gboolean critical;
  guint8  salt[16];
  guint8  body_hash[DBK_FACT_HASH_SIZE];
  char   *body;       /* JSON; NULL: withheld */
} DbkFact;

void dbk_fact_clear (DbkFact *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DbkFact, dbk_fact_clear)

char    *dbk_fact_id_new  (const guint8 hash[DBK_FACT_HASH_SIZE]);
void     dbk_fact_id_write (const guint8 hash[DBK_FACT_HASH_SIZE], char id[DBK_FACT_ID_LENGTH + 1]);
gboolean dbk_fact_id_read (const char *id, guint8 hash[DBK_FACT_HASH_SIZE]);

/* Recomputes both hashes of @self from its fields. A withheld body is taken at the word of its body_hash. */
void dbk_fact_hash (const DbkFact *self, guint8 body_hash[DBK_FACT_HASH_SIZE], guint8 hash[DBK_FACT_HASH_SIZE]);

/* Makes this computer a writer of @site_id with a key pair of its own; the secret key stays in this record's settings and is
 * never part of a fact. Once per record. */
gboolean dbk_fact_log_enrol (DbkDb *db, const DbkStamp *stamp, const char *site_id, const char *name, GError **error);

/* 16 random characters: an id for something new. */
char *dbk_fact_log_new_id (void);

/* The site id this computer writes for; NULL with NOT_FOUND before enrolment. */
char *dbk_fact_log_dup_site (DbkDb *db, GError **error);

/* The id of this computer as a writer; as above. */
char *dbk_fact_log_dup_writer (DbkDb *db, GError **error);

/* Wall clock (ms) and day of the newest fact of this writer; 0 and NONE if there is none. */
gboolean dbk_fact_log_newest (DbkDb *db, gint64 *wall_ms, DbkDay *day, GError **error);

gboolean dbk_fact_log_count (DbkDb *db, gint64 *count, GError **error);

/* The fact of an id (64 hex digits or a unique beginning of at least 8). */
gboolean dbk_fact_log_find (DbkDb *db, const char *id, DbkFact *fact, GError **error);

/* Every fact in time order (hlc, hash). FALSE from @func stops with its error. */
typedef gboolean (*DbkFactFunc) (const DbkFact *fact, gpointer data, GError **error);
gboolean dbk_fact_log_foreach (DbkDb *db, DbkFactFunc func, gpointer data, GError **error);

G_END_DECLS
