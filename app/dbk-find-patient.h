/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was scanned or typed to a patient, and who opened whose file. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

typedef struct
{
  DbkPatient *patient;
  char       *card;         /* the card that was scanned; NULL: found by number */
  gboolean    card_revoked;
  DbkDay      revoked_on;
  char       *revoked_reason;
  char       *voucher;      /* the code of the clinic's voucher by which a guest came; NULL: none */
  DbkDay      paper_day;    /* a row of a paper sheet was scanned: the sheet's day; else DBK_DAY_NONE */
} DbkFound;

void dbk_found_free (DbkFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkFound, dbk_found_free)

/* @handle: a card code, the code of a row of a paper sheet, the code of a voucher (refused as dbk-voucher.h says), or a patient number.
 * MISTYPED_CODE, SLIP_NOT_CARD, OTHER_CODE, CARD_UNKNOWN, NOT_FOUND: each is said differently
 * at the counter. A revoked card still finds its patient, marked. */
DbkFound *dbk_find_patient (DbkClinic *clinic, const DbkSession *session, const char *handle, GError **error);

/* Search as one types: DbkPatient, at most @limit. */
GPtrArray *dbk_search_patients (DbkClinic *clinic, const DbkSession *session, const char *typed, guint limit, GError **error);

/* Notes in the reading log that this person opened this patient's file; @how is "card", "search", "list" or "command". */
gboolean dbk_note_reading (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *how, GError **error);

G_END_DECLS
