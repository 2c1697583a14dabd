/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper of the dosing points: a batch of slips with its cover and list, and a guest's voucher. Recorded like every other document. */
#pragma once

#include "app/dbk-make-paper.h"

G_BEGIN_DECLS

/* @batch: as dbk_issue_slips() gave it; NOT_FOUND. Media ROLL_58, ROLL_80, A5, or A4 with four to the sheet. One that was printed before is marked
 * as a reprint: its slips are still taken only once. */
DbkMadePaper *dbk_make_point_slips (DbkClinic *clinic, const DbkSession *session, const char *batch, const DbkPaperOptions *options, GError **error);

/* @voucher: id. */
DbkMadePaper *dbk_make_voucher (DbkClinic *clinic, const DbkSession *session, const char *voucher, const DbkPaperOptions *options, GError **error);

G_END_DECLS
