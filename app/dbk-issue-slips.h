/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips for a dosing point that works on paper, one for each patient and day, and vouchers for guests at a point with a computer. Issuing grants
 * the days, and with slips the drug goes along. At the clinic; one transaction each. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

typedef struct
{
  const char        *site;      /* code or id of a point without a computer */
  const char *const *patients;  /* ids, NULL-terminated */
  DbkDay             from;      /* today or later; at most DBK_LEASE_MOST_DAYS */
  DbkDay             to;
  const char        *lot_number; /* what goes along: the sum of all slips leaves the safe */
} DbkSlipRequest;

/* All or nothing. INVALID names the first patient whom the counter would stop today for a reason that reaches beyond today, or who has no order on
 * one of the days; TAKEN one whose day lies elsewhere or is dosed already. The batch's id, the caller's. */
char *dbk_issue_slips (DbkClinic *clinic, const DbkSession *session, const DbkSlipRequest *request, GError **error);

/* The days of @patient lie at the point @site (code or id), which believes the voucher before it hears of the lease. The dose is the lowest order
 * in force on any of the days. The voucher's id, the caller's. */
char *dbk_issue_voucher (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *site, DbkDay from, DbkDay to, GError **error);

/* The code that stands on the paper of @pass. The caller's. */
char *dbk_pass_code_of (DbkClinic *clinic, const DbkPass *pass, GError **error);

G_END_DECLS
