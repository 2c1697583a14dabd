/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading sites, staff, patients, cards. Values returned are the caller's. On the door's thread. NOT_FOUND where there is none. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-patient.h"
#include "db/record/dbk-staff.h"

G_BEGIN_DECLS

typedef struct
{
  char   *id;
  char   *code;
  char   *name;
  char   *timezone;
  gint64  version;
} DbkSite;

void dbk_site_free (DbkSite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkSite, dbk_site_free)

DbkSite   *dbk_site_get  (DbkDb *db, const char *id, GError **error);
GPtrArray *dbk_site_list (DbkDb *db, GError **error); /* every place that is known, this one too; by code */

/* @pin (may be NULL): the Argon2id string. @version (may be NULL). */
DbkStaff  *dbk_staff_get      (DbkDb *db, const char *id, char **pin, gint64 *version, GError **error);
DbkStaff  *dbk_staff_by_login (DbkDb *db, const char *login, char **pin, gint64 *version, GError **error);
GPtrArray *dbk_staff_list     (DbkDb *db, GError **error);

/* Wrong PINs in a row, and until when (ms) nobody may try. 0, 0 if there were none. */
gboolean dbk_sign_in_tries     (DbkDb *db, const char *login, gint *tries, gint64 *until_ms, GError **error);
gboolean dbk_sign_in_set_tries (DbkDb *db, const char *login, gint tries, gint64 until_ms, GError **error); /* inside dbk_db_write() */

DbkPatient *dbk_patient_get       (DbkDb *db, const char *id, GError **error);
DbkPatient *dbk_patient_by_number (DbkDb *db, const char *number, GError **error);
GPtrArray  *dbk_patient_list      (DbkDb *db, GError **error);

/* At most @limit patients whose name (characters anywhere in it), full pinyin, initials, number or last digits of the telephone begin
 * with @typed. An empty text finds nobody. */
GPtrArray *dbk_patient_search (DbkDb *db, const char *typed, guint limit, GError **error);

/* Other patients in treatment whose name sounds the same. */
gboolean dbk_patient_count_similar (DbkDb *db, const char *id, gint *n, GError **error);
gboolean dbk_patient_count (DbkDb *db, gint64 *n, GError **error);

/* NULL without an error: no photo. */
GBytes *dbk_patient_photo (DbkDb *db, const char *id, GError **error);

typedef struct
{
  char   *code;
  char   *patient;  /* NULL: only its revocation is known here */
  DbkDay  issued;
  DbkDay  revoked;  /* DBK_DAY_NONE: valid */
  char   *reason;   /* of the revocation */
} DbkCardRow;

void dbk_card_row_free (DbkCardRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkCardRow, dbk_card_row_free)

DbkCardRow *dbk_card_get (DbkDb *db, const char *code, GError **error);
GPtrArray  *dbk_card_list (DbkDb *db, const char *patient, GError **error); /* newest first */

/* The reading log: who opened whose file. @how: "card" "search" "list" "command". Inside dbk_db_write(). */
gboolean dbk_reading_add (DbkDb *db, gint64 ms, const char *author, const char *patient, const char *how, GError **error);

typedef struct
{
  gint64  ms;
  char   *login;
  char   *name;
  char   *how;
} DbkReading;

void dbk_reading_free (DbkReading *self);
GPtrArray *dbk_reading_list (DbkDb *db, const char *patient, guint limit, GError **error); /* newest first */

G_END_DECLS
