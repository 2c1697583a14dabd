/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A guest comes to a dosing point with the clinic's voucher. It holds against the clinic's key, without a network and before any file has told
 * this record of the lease that stands behind it. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

/* What @code says, if it may be believed here on @day. Refused, each with its own sentence (INVALID): misread, altered or signed by another clinic;
 * for another place; for other days; taken back by the clinic, as far as this record knows. A slip is SLIP_NOT_CARD. The caller's. Inside or outside
 * a transaction. */
DbkPass *dbk_voucher_read (DbkClinic *clinic, const char *code, DbkDay day, GError **error);

/* Whom it is about: the patient, or a guest whom this record does not know. The caller's. */
DbkPatient *dbk_voucher_find_patient (DbkClinic *clinic, const DbkPass *voucher, GError **error);

G_END_DECLS
