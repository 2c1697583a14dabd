/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips come back from a dosing point on paper: each is scanned and says what became of its dose. At the clinic; one transaction each. What is
 * not scanned stays open (db/dbk-pass-store.h). */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

typedef struct
{
  const char    *code;     /* what was scanned; NULL: the slip was lost or cannot be read, and was chosen from the list */
  const char    *slip;     /* id; only without a code */
  const char    *site;     /* code or id of the point whose slips these are; NULL: any */
  DbkPassOutcome outcome;  /* GIVEN NOT_GIVEN LOST UNUSED */
  int            minute;   /* GIVEN: of the slip's day, as the paper says */
  const char    *reason;   /* NOT_GIVEN: as at the counter */
  const char    *note;     /* NOT_GIVEN; may be NULL */
  gboolean       give_back; /* UNUSED: in the same transaction the patient's days, from the first on from which all slips are unused */
} DbkSlipReturn;

/* Refused, each with its own sentence: misread, altered or signed by another clinic (INVALID), a voucher (INVALID), for another point (INVALID), never
 * issued here (NOT_FOUND), and where something was said of it already (TAKEN). Lost may still be followed by something else. */
DbkPass *dbk_look_at_slip (DbkClinic *clinic, const DbkSession *session, const DbkSlipReturn *slip, GError **error);

/* Records it, after the same checks. A dose that stands beside another of its day is recorded all the same, and the two are found (a collision):
 * paper tells what has happened. GIVEN and NOT_GIVEN are not for a day to come, UNUSED not for one whose paper is lost. As it is now; the caller's. */
DbkPass *dbk_take_slip (DbkClinic *clinic, const DbkSession *session, const DbkSlipReturn *slip, GError **error);

/* The days of a batch come back: for each patient from the first day on, today or later, from which all slips are unused. @leases gets how many. */
gboolean dbk_return_slips (DbkClinic *clinic, const DbkSession *session, const char *batch, guint *leases, GError **error);

G_END_DECLS
