/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic and its dosing points, each a record in memory with a clock of its own, and sticks between them. For tests: what fails where it
 * must not fails the test. */
#pragma once

#include "db/exchange/dbk-enrol.h"
#include "db/exchange/dbk-export.h"
#include "db/exchange/dbk-intake.h"
#include "tests/lib/dbk-record-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  DbkDb  *db;
  char   *writer;
  char   *site;
  gint64  wall_ms;
  DbkDay  day;
} DbkTestSite;

/* As after a first morning (dbk_record_fixture_fill()), with a second patient, DBK_TEST_OTHER. */
DbkTestSite *dbk_test_site_new_clinic (void);
#define DBK_TEST_OTHER "T000000000000002"

/* A computer that asks, is enrolled by @clinic, and has accepted; it holds nothing yet. @site: another place's id, for a laptop that
 * replaces one; NULL: a place of its own. */
DbkTestSite *dbk_test_site_new_point (DbkTestSite *clinic, const char *code, const char *site);
void         dbk_test_site_free (DbkTestSite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkTestSite, dbk_test_site_free)

DbkStamp dbk_test_site_stamp (DbkTestSite *self, const char *author);
void     dbk_test_site_write (DbkTestSite *self, DbkDbTxnFunc func, gpointer data);

/* @clinic grants @patient to @point, from @from to @to; returns the lease's id. */
char *dbk_test_site_grant (DbkTestSite *clinic, DbkTestSite *point, const char *patient, DbkDay from, DbkDay to);

/* A dose without asking any rule. Returns its id. */
char *dbk_test_site_dose (DbkTestSite *self, const char *patient, DbkDay day);

/* All of the record as it is now, and back to it: a backup that is put back, with a restart of the program; without @restart the program
 * never notices, as when a virtual machine is reverted. */
GBytes *dbk_test_site_snapshot (DbkTestSite *self);
void    dbk_test_site_restore  (DbkTestSite *self, GBytes *snapshot, gboolean restart);

/* A file for @peer, written and noted. The clinic shows a point the patients that were ever granted to it. */
GBytes *dbk_test_site_export (DbkTestSite *self, DbkTestSite *peer, gboolean full);
/* A file that only says what is held here. */
GBytes *dbk_test_site_ask    (DbkTestSite *self, DbkTestSite *peer);

DbkIntake *dbk_test_site_try_import (DbkTestSite *self, GBytes *file, DbkIntakeMode mode, GError **error);
DbkIntake *dbk_test_site_import     (DbkTestSite *self, GBytes *file); /* must succeed */

/* The hashes of all facts, in order: equal texts are equal records. */
char *dbk_test_site_list_facts (DbkTestSite *self);

G_END_DECLS
