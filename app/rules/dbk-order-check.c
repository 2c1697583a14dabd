/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-order-check"

#include "app/rules/dbk-order-check.h"

#include "db/record/dbk-words-private.h"

#define EARLY_DAYS 14 /* of treatment, in which the weekly limit holds */

/* Up to here the codes block. */
#define LAST_BLOCKING DBK_ORDER_ISSUE_CEILING_BLOCK

static const char *const issue_words[] = {
  "zero", "backdated", "ends-before-start", "first-dose-block", "ceiling-block", "twice", "ceiling-warn", "first-dose-warn", "step",
  "weekly", "above-proposal", NULL
};
G_STATIC_ASSERT (G_N_ELEMENTS (issue_words) == DBK_N_ORDER_ISSUES + 1);

const char *
dbk_order_issue_to_word (DbkOrderIssueCode code)
{
  return _dbk_words_to (issue_words, code);
}

static void
add (GPtrArray         *issues,
     DbkOrderIssueCode  code,
     gint64             limit_ug,
     const DbkLimit    *limit)
{
  DbkOrderIssue *issue = g_new0 (DbkOrderIssue, 1);

  issue->code = code;
  issue->blocks = code <= LAST_BLOCKING;
  issue->limit_ug = limit_ug;
  issue->limit = limit;
  g_ptr_array_add (issues, issue);
}

static void
check_itself (const DbkOrderDraft *draft,
              GPtrArray           *issues)
{
  if (draft->dose_ug <= 0)
    add (issues, DBK_ORDER_ISSUE_ZERO, 0, NULL);
  if (draft->from < draft->today)
    add (issues, DBK_ORDER_ISSUE_BACKDATED, 0, NULL);
  if (draft->to != DBK_DAY_NONE && draft->to < draft->from)
    add (issues, DBK_ORDER_ISSUE_ENDS_BEFORE_START, 0, NULL);
}

static void
check_pair (const DbkOrderDraft *draft,
            GPtrArray           *issues,
            DbkOrderIssueCode    block_code,
            const DbkLimit      *block,
            DbkOrderIssueCode    warn_code,
            const DbkLimit      *warn)
{
  if (draft->dose_ug > block->value)
    add (issues, block_code, block->value, block);
  else if (draft->dose_ug > warn->value)
    add (issues, warn_code, warn->value, warn);
}

static void
check_step (const DbkOrderDraft *draft,
            GPtrArray           *issues)
{
  const DbkLimit *step = &draft->policy->step_ug, *weekly = &draft->policy->weekly_ug;
  gboolean is_early = draft->first_dose_day != DBK_DAY_NONE && draft->from - draft->first_dose_day < EARLY_DAYS;

  if (draft->previous_ug > 0 && draft->dose_ug - draft->previous_ug > draft->previous_ug)
    add (issues, DBK_ORDER_ISSUE_TWICE, 2 * draft->previous_ug, NULL);
  if (draft->previous_ug > 0 && draft->dose_ug - draft->previous_ug > step->value)
    add (issues, DBK_ORDER_ISSUE_STEP, draft->previous_ug + step->value, step);
  if (is_early && draft->lowest_ug_7_days > 0 && draft->dose_ug - draft->lowest_ug_7_days > weekly->value)
    add (issues, DBK_ORDER_ISSUE_WEEKLY, draft->lowest_ug_7_days + weekly->value, weekly);
}

static gboolean
starts_again (DbkAction action)
{
  return action == DBK_ACTION_NEW_INDUCTION || action == DBK_ACTION_RESTART || action == DBK_ACTION_TREATMENT_REVIEW;
}

static void
check_proposal (const DbkOrderDraft *draft,
                GPtrArray           *issues)
{
  const DbkMissedRow *row = NULL;
  const DbkLimit *limit = NULL;
  gint64 last_ug = draft->previous_ug;
  gint64 proposed_ug;

  if (draft->missed != NULL && draft->missed->count > 0)
    row = dbk_policy_find_row (draft->policy, draft->missed->count);
  if (row == NULL || row->level != DBK_LEVEL_STOP)
    return;
  if (last_ug <= 0 || (draft->missed->last_dose_ug > 0 && draft->missed->last_dose_ug < last_ug))
    last_ug = draft->missed->last_dose_ug;
  proposed_ug = dbk_policy_propose (draft->policy, row, last_ug);
  if (proposed_ug == 0 && starts_again (row->action))
    {
      limit = &draft->policy->first_dose_warn_ug;
      proposed_ug = limit->value;
    }
  if (proposed_ug > 0 && draft->dose_ug > proposed_ug)
    add (issues, DBK_ORDER_ISSUE_ABOVE_PROPOSAL, proposed_ug, limit);
}

static int
compare_issues (gconstpointer a,
                gconstpointer b)
{
  const DbkOrderIssue *first = *(DbkOrderIssue *const *) a, *second = *(DbkOrderIssue *const *) b;

  return (first->code > second->code) - (first->code < second->code);
}

GPtrArray *
dbk_order_check (const DbkOrderDraft *draft)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_free);
  const DbkPolicy *policy;

  g_return_val_if_fail (draft != NULL, issues);

  policy = draft->policy;
  check_itself (draft, issues);
  if (policy == NULL || draft->dose_ug <= 0)
    return issues;
  if (!draft->ever_dosed)
    check_pair (draft, issues, DBK_ORDER_ISSUE_FIRST_DOSE_BLOCK, &policy->first_dose_block_ug, DBK_ORDER_ISSUE_FIRST_DOSE_WARN,
                &policy->first_dose_warn_ug);
  check_pair (draft, issues, DBK_ORDER_ISSUE_CEILING_BLOCK, &policy->ceiling_block_ug, DBK_ORDER_ISSUE_CEILING_WARN,
              &policy->ceiling_warn_ug);
  check_step (draft, issues);
  check_proposal (draft, issues);
  g_ptr_array_sort (issues, compare_issues);
  return issues;
}
