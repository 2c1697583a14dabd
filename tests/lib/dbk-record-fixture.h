/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic's record in a temporary folder, as it is after a first morning: a site, this computer enrolled, a nurse and a
 * physician, one patient with an order, a lot and an open bottle. For tests: what fails here fails the test. The clock is
 * the fixture's own; every stamp is a second later than the one before. */
#pragma once

#include "db/dbk-claim.h"
#include "db/dbk-fact-log.h"
#include "db/facts/dbk-dose-facts.h"

G_BEGIN_DECLS

#define DBK_FIXTURE_SITE "S000000000000001"
#define DBK_FIXTURE_NURSE "N000000000000001"
#define DBK_FIXTURE_PHYSICIAN "P000000000000001"
#define DBK_FIXTURE_PATIENT "T000000000000001"
#define DBK_FIXTURE_ORDER "R000000000000001"
#define DBK_FIXTURE_LOT "Q000000000000001"
#define DBK_FIXTURE_BOTTLE "B000000000000001"
#define DBK_FIXTURE_DAY 20517 /* 2026-03-05 */
#define DBK_FIXTURE_DOSE_UG 60000
#define DBK_FIXTURE_UG_PER_ML 1000
#define DBK_FIXTURE_RECEIVED_UL 5000000
#define DBK_FIXTURE_BOTTLE_UL 1000000

typedef struct
{
  /* Owned */
  char   *folder;
  char   *path;
  DbkDb  *db;      /* open for writing; NULL while closed */
  gint64  wall_ms;
} DbkRecordFixture;

DbkRecordFixture *dbk_record_fixture_new  (void);
/* Removes the folder with all that is in it. */
void              dbk_record_fixture_free (DbkRecordFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkRecordFixture, dbk_record_fixture_free)

/* An empty record, neither enrolled nor anything else. */
DbkRecordFixture *dbk_record_fixture_new_empty (void);

/* A record with a row in every table that is projected; closed. Four doses: two imported, one reversed, one that stands. */
DbkRecordFixture *dbk_record_fixture_new_full (void);

void  dbk_record_fixture_close (DbkRecordFixture *self);
void  dbk_record_fixture_open  (DbkRecordFixture *self);
/* Another name in the same folder. */
char *dbk_record_fixture_name  (DbkRecordFixture *self, const char *name);

DbkStamp dbk_record_fixture_stamp (DbkRecordFixture *self, const char *author);

/* dbk_db_write() that must succeed. */
void dbk_record_fixture_write (DbkRecordFixture *self, DbkDbTxnFunc func, gpointer data);

/* All that the first morning consists of, inside dbk_db_write(). */
gboolean dbk_record_fixture_fill (DbkDb *db, const DbkStamp *stamp, GError **error);

/* The dispensing transaction as the counter does it: claim, then the fact. @stamp of the nurse. A key that is held is an error of
 * the domain DBK_FIXTURE_ERROR; nothing is recorded then. */
typedef struct
{
  DbkStamp    stamp;
  const char *dose;     /* id */
  const char *patient;
  DbkDay      day;
  gint        part;
  gint64      dose_ug;
} DbkDispense;

#define DBK_FIXTURE_ERROR (dbk_fixture_error_quark ())
GQuark dbk_fixture_error_quark (void);

gboolean dbk_fixture_dispense (DbkDb *db, gpointer dispense, GError **error); /* a DbkDbTxnFunc */
gboolean dbk_fixture_reverse  (DbkDb *db, gpointer dispense, GError **error); /* of that dose; it was wasted */

/* The usual dose of the fixture's patient on @day. */
DbkDispense dbk_record_fixture_dispense (DbkRecordFixture *self, const char *dose, DbkDay day);

/* dbk_verify() says that the record holds. */
void dbk_fixture_assert_holds (DbkDb *db);

/* One whole number of @sql through a connection of its own, past the door; @path is opened as it is. */
gint64 dbk_fixture_peek (const char *path, const char *sql);
/* Runs a script past the door: what a person with the sqlite3 command could do. */
void dbk_fixture_tamper (const char *path, const char *sql);

void dbk_fixture_remove_folder (const char *folder);

/* How far a sweep over many cases goes at once: 1, and @sanitized in a build in which each takes ten times as long, unless there
 * is time (DOSEBOOK_TEST_LONG). */
guint dbk_fixture_stride (guint sanitized);

G_END_DECLS
