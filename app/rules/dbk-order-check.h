/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way of signing an order, before anybody signs it. Pure. */
#pragma once

#include "app/rules/dbk-missed.h"
#include "app/rules/dbk-policy.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_ORDER_ISSUE_ZERO,              /* "zero": block */
  DBK_ORDER_ISSUE_BACKDATED,         /* "backdated": starts before today: block */
  DBK_ORDER_ISSUE_ENDS_BEFORE_START, /* "ends-before-start": block */
  DBK_ORDER_ISSUE_FIRST_DOSE_BLOCK,  /* "first-dose-block" */
  DBK_ORDER_ISSUE_CEILING_BLOCK,     /* "ceiling-block" */
  DBK_ORDER_ISSUE_TWICE,             /* "twice": more than twice the previous dose: retype */
  DBK_ORDER_ISSUE_CEILING_WARN,      /* "ceiling-warn": retype */
  DBK_ORDER_ISSUE_FIRST_DOSE_WARN,   /* "first-dose-warn": retype */
  DBK_ORDER_ISSUE_STEP,              /* "step": increase above the policy's step: retype */
  DBK_ORDER_ISSUE_WEEKLY,            /* "weekly": retype */
  DBK_ORDER_ISSUE_ABOVE_PROPOSAL     /* "above-proposal": more than the policy proposes after missed days: retype */
} DbkOrderIssueCode;
#define DBK_N_ORDER_ISSUES (DBK_ORDER_ISSUE_ABOVE_PROPOSAL + 1)

typedef struct
{
  DbkOrderIssueCode code;
  gboolean          blocks;   /* FALSE: the prescriber must type the dose again in full (the ten-fold guard) */
  gint64            limit_ug; /* what was exceeded; 0 for none */
  const DbkLimit   *limit;    /* with its source; borrowed from the policy; NULL for none */
} DbkOrderIssue;

typedef struct
{
  DbkDay            today;
  gint64            dose_ug;
  DbkDay            from;
  DbkDay            to;              /* DBK_DAY_NONE: open */
  gint64            previous_ug;     /* order in force or the last one; 0: first order */
  gboolean          ever_dosed;
  DbkDay            first_dose_day;  /* DBK_DAY_NONE */
  gint64            lowest_ug_7_days; /* lowest ordered dose in the last 7 days; 0: none */
  const DbkMissed  *missed;          /* may be NULL */
  const DbkPolicy  *policy;          /* may be NULL: then only the first three are judged */
} DbkOrderDraft;

/* DbkOrderIssue, blocking ones first; empty: may be signed as it is. Each limit is exceeded only by more than it. Where a limit blocks, its
 * milder brother is left out. above-proposal is judged where the policy's row is a STOP; where the row means starting again (new induction,
 * restart or treatment review without a dose), the first-dose warning is what is proposed at most. */
GPtrArray  *dbk_order_check (const DbkOrderDraft *draft);
const char *dbk_order_issue_to_word (DbkOrderIssueCode code);

G_END_DECLS
