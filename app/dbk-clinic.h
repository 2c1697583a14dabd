/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic's record, open for work: the door, the clock in the clinic's time zone, and what use cases need to know about the
 * place. Belongs to the thread that opened it (in the window: the worker's). Use cases take it as their first argument and are one
 * transaction each. */
#pragma once

#include "app/dbk-clock.h"
#include "app/dbk-session.h"
#include "app/rules/dbk-policy.h"
#include "db/dbk-people-store.h"
#include "db/dbk-site-store.h"

G_BEGIN_DECLS

typedef struct _DbkClinic DbkClinic;

/* How long a command waits for another program that holds the record. */
#define DBK_CLINIC_WAIT_MS 5000

DbkClinic *dbk_clinic_open  (const char *path, DbkDbMode mode, GError **error);
void       dbk_clinic_close (DbkClinic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkClinic, dbk_clinic_close)

/* What a new record is told. All borrowed. */
typedef struct
{
  const char *site_name;
  const char *site_code;   /* 1-8 letters and digits */
  const char *timezone;
  const char *policy;      /* name of a shipped profile; there is no silent default */
  const char *admin_login;
  const char *admin_name;
  const char *admin_pin;
  gboolean    demo;
} DbkSetUp;

/* Makes the record at @path with its site, first administrator and policy; nothing is left behind if that fails. EXISTS if there is a
 * file. @now_ms: 0, or where the clock stands (see dbk_clock_set). */
DbkClinic *dbk_clinic_set_up (const char *path, const DbkSetUp *set_up, gint64 now_ms, GError **error);

/* Removes a record whose making failed: the file and what SQLite and the lock left beside it. Never one that was finished. */
void dbk_clinic_remove_unfinished (const char *path);

DbkDb         *dbk_clinic_get_db    (DbkClinic *self);
DbkClock      *dbk_clinic_get_clock (DbkClinic *self);
const DbkSite *dbk_clinic_get_site  (DbkClinic *self);
gboolean       dbk_clinic_is_demo   (DbkClinic *self);
DbkDay         dbk_clinic_today     (DbkClinic *self);

/* This computer as a writer, and whether it is the clinic's own or a dosing point's. */
const char    *dbk_clinic_get_writer (DbkClinic *self);
const DbkHome *dbk_clinic_get_home   (DbkClinic *self);

/* The policy in force: the caller's, as the record has it now; parsed only if its text is another than last time. NULL without an error
 * before one was adopted. */
DbkPolicy *dbk_clinic_new_policy (DbkClinic *self, GError **error);

/* Adopts a shipped profile: a fact with its whole text. */
gboolean dbk_clinic_adopt_policy (DbkClinic *self, const DbkSession *session, const char *name, GError **error);

/* Whether this record lacks facts that this computer recorded once: it is an older copy (db/exchange/dbk-witness.h). Nobody is dosed then. */
gboolean dbk_clinic_is_older (DbkClinic *self, gboolean *older, GError **error);

/* An administrator says that what it lacks is lost for good, and that whoever was dosed meanwhile has been entered again. */
gboolean dbk_clinic_trust_older (DbkClinic *self, const DbkSession *session, GError **error);

/* Notes the newest fact outside the record. Closing does, too; whoever keeps the record open for long does it after each write. */
void dbk_clinic_note_newest (DbkClinic *self);

/* A stamp of now by the person of @session. */
void dbk_clinic_stamp (DbkClinic *self, const DbkSession *session, DbkStamp *stamp);

/* Where the record lies if nobody says otherwise: $DOSEBOOK_RECORD, or clinic.dosebook in the folder for data of this account. */
char *dbk_clinic_dup_default_path (void);
char *dbk_clinic_dup_demo_path    (void);

G_END_DECLS
