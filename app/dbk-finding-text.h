/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way, in words: what, which record and date, what to do, and who can lift it. Strings are the caller's unless said
 * otherwise. Any thread. */
#pragma once

#include "app/rules/dbk-order-check.h"
#include "app/rules/dbk-verdict.h"

G_BEGIN_DECLS

/* "Already had a dose today": constant. */
const char *dbk_finding_title (DbkFindingCode code);

/* One or two sentences. @verdict (may be NULL) is asked for the missed days and the policy's row, @policy for its name and version. @timezone:
 * of the clinic. */
char *dbk_finding_text (const DbkFinding *finding, const DbkVerdict *verdict, const DbkPolicy *policy, const char *timezone);

/* "A physician lifts this, by a new order or by lifting the hold."; "" for what needs no lifting. Constant. */
const char *dbk_lift_text (const DbkFinding *finding);

/* "None seen": the coded answer as its button says it. Constant. */
const char *dbk_choice_text (DbkFindingCode code, const char *choice);

/* "missed 3: 8, 9, 10 Nov; last 4 Nov 08:12 at B; 5–6 Nov take-home; 7 Nov closed". */
char *dbk_missed_text (const DbkMissed *missed, const char *timezone);

/* "australia-2003 1: half of the last dose, and the prescriber is told". Where it is written stands in the policy. @row may be NULL: "". */
char *dbk_rule_text (const DbkPolicy *policy, const DbkMissedRow *row);

/* Why an order is not simply signed, with the limit and where it comes from. */
char *dbk_order_issue_text (const DbkOrderIssue *issue, const DbkOrderDraft *draft);

G_END_DECLS
