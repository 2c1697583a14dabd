/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts about places and people: each function appends one fact and projects it, inside dbk_db_write(), on the door's thread. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/record/dbk-patient.h"
#include "db/record/dbk-staff.h"

G_BEGIN_DECLS

/* @version: 1 + the highest seen; the highest (version, hlc, hash) wins. */
gboolean dbk_fact_site (DbkDb *db, const DbkStamp *stamp, const char *id, const char *code, const char *name, const char *timezone, gint64 version, GError **error);

/* A person as a whole: added, changed or ended. @pin is the Argon2id string. */
gboolean dbk_fact_staff (DbkDb *db, const DbkStamp *stamp, const DbkStaff *staff, const char *pin, gint64 version, GError **error);

/* Every attribute of a new patient. */
gboolean dbk_fact_patient_registered (DbkDb *db, const DbkStamp *stamp, const DbkPatient *patient, GError **error);

/* Only the attributes in which @after differs from the record, each with the next version. Nothing is appended if none does. */
gboolean dbk_fact_patient_changed (DbkDb *db, const DbkStamp *stamp, const DbkPatient *after, GError **error);

/* One attribute, said again with the next version: of two values from two places the one that somebody chose. @value may be NULL. */
gboolean dbk_fact_patient_attribute (DbkDb *db, const DbkStamp *stamp, const char *patient, const char *name, const char *value, GError **error);

/* @jpeg: at most DBK_PHOTO_MAX bytes, checked by the caller. */
#define DBK_PHOTO_MAX (120 * 1024)
gboolean dbk_fact_photo (DbkDb *db, const DbkStamp *stamp, const char *patient, DbkDay taken, GBytes *jpeg, GError **error);

gboolean dbk_fact_card_issued  (DbkDb *db, const DbkStamp *stamp, const char *code, const char *patient, GError **error);
gboolean dbk_fact_card_revoked (DbkDb *db, const DbkStamp *stamp, const char *code, const char *reason, GError **error);

G_END_DECLS
