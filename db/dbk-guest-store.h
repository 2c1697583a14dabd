/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guests of this dosing point: patients who came with the clinic's voucher and of whom this record knows no more than it said. A note of this
 * computer; the clinic knows them anyway. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-patient.h"

G_BEGIN_DECLS

/* Inside dbk_db_write(). A second time changes nothing. */
gboolean dbk_guest_note (DbkDb *db, const char *patient, const char *number, GError **error);

/* As a patient in treatment without a name. The caller's. */
DbkPatient *dbk_guest_new (const char *patient, const char *number);

/* The patient, or else the guest; NOT_FOUND. The caller's. */
DbkPatient *dbk_patient_or_guest (DbkDb *db, const char *id, GError **error);

/* DbkPatient of those who are only guests. The caller's. */
GPtrArray *dbk_guest_list (DbkDb *db, GError **error);

G_END_DECLS
