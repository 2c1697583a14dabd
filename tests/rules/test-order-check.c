/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the way of an order, on both sides of each limit. */
#include "app/rules/dbk-order-check.h"
#include "tests/rules/dbk-rules-samples.h"

#include <string.h>

#define TODAY 20400
#define OPEN DBK_DAY_NONE
#define NONE DBK_DAY_NONE

typedef struct
{
  const char *name;
  const char *policy; /* NULL: none */
  gint64      dose_ug;
  gint        from;   /* counted from today */
  gint        to;
  gint64      previous_ug;
  gboolean    ever_dosed;
  gint        first_dose; /* day, counted from today */
  gint64      lowest_ug;
  gint        missed;
  gint64      last_ug; /* given on the last day before the gap; 0: unknown */
  const char *issues;  /* "!" before those that block */
} Row;

#define AU "australia-2003"

static const Row rows[] = {
  { "raise", AU, 70000, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "" },
  { "reduce", AU, 5000, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "" },
  { "later", AU, 60000, 30, 60, 60000, TRUE, -100, 60000, 0, 60000, "" },
  { "one-day", AU, 60000, 0, 0, 60000, TRUE, -100, 60000, 0, 60000, "" },

  { "nothing", AU, 0, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "!zero" },
  { "less-than-nothing", AU, -1, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "!zero" },
  { "backdated", AU, 60000, -1, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "!backdated" },
  { "ends-before-start", AU, 60000, 5, 4, 60000, TRUE, -100, 60000, 0, 60000, "!ends-before-start" },
  { "all-of-these", AU, 0, -1, -2, 60000, TRUE, -100, 60000, 0, 60000, "!zero !backdated !ends-before-start" },

  { "first-30", AU, 30000, 0, OPEN, 0, FALSE, NONE, 0, 0, 0, "" },
  { "first-above-30", AU, 30001, 0, OPEN, 0, FALSE, NONE, 0, 0, 0, "first-dose-warn" },
  { "first-40", AU, 40000, 0, OPEN, 0, FALSE, NONE, 0, 0, 0, "first-dose-warn" },
  { "first-above-40", AU, 40001, 0, OPEN, 0, FALSE, NONE, 0, 0, 0, "!first-dose-block" },
  { "first-ten-fold", AU, 300000, 0, OPEN, 0, FALSE, NONE, 0, 0, 0, "!first-dose-block ceiling-warn" },
  { "imported-without-order", AU, 80000, 0, OPEN, 0, TRUE, -100, 0, 0, 80000, "" },

  { "ceiling-120", AU, 120000, 0, OPEN, 115000, TRUE, -100, 115000, 0, 115000, "" },
  { "ceiling-above-120", AU, 120001, 0, OPEN, 115000, TRUE, -100, 115000, 0, 115000, "ceiling-warn" },
  { "ceiling-300", AU, 300000, 0, OPEN, 295000, TRUE, -100, 295000, 0, 295000, "ceiling-warn" },
  { "ceiling-above-300", AU, 300001, 0, OPEN, 295000, TRUE, -100, 295000, 0, 295000, "!ceiling-block" },
  { "ceiling-china", "china-draft", 100001, 0, OPEN, 100000, TRUE, -100, 100000, 0, 100000, "ceiling-warn" },

  { "twice", AU, 10000, 0, OPEN, 5000, TRUE, -100, 5000, 0, 5000, "" },
  { "more-than-twice", AU, 10001, 0, OPEN, 5000, TRUE, -100, 5000, 0, 5000, "twice" },
  { "ten-fold", AU, 110000, 0, OPEN, 11000, TRUE, -100, 11000, 0, 11000, "twice step" },
  { "step-10", AU, 70000, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "" },
  { "step-above-10", AU, 70001, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "step" },
  { "step-metaphi-15", "metaphi-2021", 75000, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "" },
  { "step-metaphi-above-15", "metaphi-2021", 75001, 0, OPEN, 60000, TRUE, -100, 60000, 0, 60000, "step" },

  { "weekly-30", AU, 60000, 0, OPEN, 55000, TRUE, -10, 30000, 0, 55000, "" },
  { "weekly-above-30", AU, 60001, 0, OPEN, 55000, TRUE, -10, 30000, 0, 55000, "weekly" },
  { "weekly-day-14", AU, 65000, 0, OPEN, 55000, TRUE, -13, 30000, 0, 55000, "weekly" },
  { "weekly-day-15", AU, 65000, 0, OPEN, 55000, TRUE, -14, 30000, 0, 55000, "" },
  { "weekly-begins-on-day-15", AU, 65000, 1, OPEN, 55000, TRUE, -13, 30000, 0, 55000, "" },
  { "weekly-unknown", AU, 65000, 0, OPEN, 55000, TRUE, -10, 0, 0, 55000, "" },
  { "weekly-no-first-day", AU, 65000, 0, OPEN, 55000, TRUE, NONE, 30000, 0, 55000, "" },

  { "missed-2", AU, 60000, 0, OPEN, 60000, TRUE, -100, 60000, 2, 60000, "" },
  { "missed-2-raised", AU, 65000, 0, OPEN, 60000, TRUE, -100, 60000, 2, 60000, "" },
  { "missed-3-half", AU, 30000, 0, OPEN, 60000, TRUE, -100, 60000, 3, 60000, "" },
  { "missed-3-above-half", AU, 30001, 0, OPEN, 60000, TRUE, -100, 60000, 3, 60000, "above-proposal" },
  { "missed-3-lower-last", AU, 26000, 0, OPEN, 60000, TRUE, -100, 60000, 3, 50000, "above-proposal" },
  { "missed-3-lower-order", AU, 26000, 0, OPEN, 50000, TRUE, -100, 60000, 3, 60000, "above-proposal" },
  { "missed-3-no-order", AU, 30001, 0, OPEN, 0, TRUE, -100, 0, 3, 60000, "above-proposal" },
  { "missed-3-last-unknown", AU, 30001, 0, OPEN, 60000, TRUE, -100, 0, 3, 0, "above-proposal" },
  { "missed-3-nothing-known", AU, 30001, 0, OPEN, 0, TRUE, -100, 0, 3, 0, "" },
  { "missed-4-cap", AU, 40000, 0, OPEN, 100000, TRUE, -100, 100000, 4, 100000, "" },
  { "missed-4-above-cap", AU, 40001, 0, OPEN, 100000, TRUE, -100, 100000, 4, 100000, "above-proposal" },
  { "missed-5-induction", AU, 30000, 0, OPEN, 60000, TRUE, -100, 60000, 5, 60000, "" },
  { "missed-5-above-induction", AU, 30001, 0, OPEN, 60000, TRUE, -100, 60000, 5, 60000, "above-proposal" },
  { "missed-6-restart-unstated", "vietnam", 30001, 0, OPEN, 60000, TRUE, -100, 60000, 6, 60000, "above-proposal" },
  { "missed-7-review", "china-draft", 30001, 0, OPEN, 60000, TRUE, -100, 60000, 7, 60000, "above-proposal" },
  { "missed-3-review", "china-draft", 60000, 0, OPEN, 60000, TRUE, -100, 60000, 3, 60000, "" },
  { "missed-4-floor", "metaphi-2021", 30000, 0, OPEN, 50000, TRUE, -100, 50000, 4, 50000, "" },
  { "missed-4-above-floor", "metaphi-2021", 30001, 0, OPEN, 50000, TRUE, -100, 50000, 4, 50000, "above-proposal" },
  { "missed-3-tell", "uk-notify", 60000, 0, OPEN, 60000, TRUE, -100, 60000, 3, 60000, "" },
  { "missed-3-tell-raised", "uk-notify", 60001, 0, OPEN, 60000, TRUE, -100, 60000, 3, 60000, "above-proposal" },

  { "everything", AU, 350000, -1, -2, 60000, FALSE, -10, 30000, 3, 60000,
    "!backdated !ends-before-start !first-dose-block !ceiling-block twice step weekly above-proposal" },
  { "no-policy", NULL, 350000, 0, OPEN, 60000, FALSE, -10, 30000, 3, 60000, "" },
  { "no-policy-dates", NULL, 0, -1, -2, 60000, FALSE, -10, 30000, 3, 60000, "!zero !backdated !ends-before-start" },
};

static DbkDay
count_from_today (gint days)
{
  return days == NONE ? DBK_DAY_NONE : TODAY + days;
}

static DbkMissed *
miss (const Row       *row,
      const DbkPolicy *policy)
{
  g_autoptr(DbkDose) dose = dbk_sample_dose (TODAY - 1 - row->missed);
  g_autoptr(GPtrArray) doses = g_ptr_array_new ();

  dose->dose_ug = row->last_ug;
  g_ptr_array_add (doses, dose);
  return dbk_missed_count (TODAY, doses, NULL, NULL, policy);
}

static GPtrArray *
check (const Row       *row,
       const DbkPolicy *policy,
       const DbkMissed *missed)
{
  DbkOrderDraft draft = {
    .today = TODAY,
    .dose_ug = row->dose_ug,
    .from = count_from_today (row->from),
    .to = count_from_today (row->to),
    .previous_ug = row->previous_ug,
    .ever_dosed = row->ever_dosed,
    .first_dose_day = count_from_today (row->first_dose),
    .lowest_ug_7_days = row->lowest_ug,
    .missed = missed,
    .policy = policy,
  };

  return dbk_order_check (&draft);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(DbkPolicy) policy = row->policy != NULL ? dbk_sample_policy (row->policy) : NULL;
  g_autoptr(DbkMissed) missed = miss (row, policy);
  g_autoptr(GPtrArray) issues = check (row, policy, missed);
  g_autoptr(GString) told = g_string_new ("");

  for (guint i = 0; i < issues->len; i++)
    {
      const DbkOrderIssue *issue = g_ptr_array_index (issues, i);

      g_string_append_printf (told, "%s%s%s", i > 0 ? " " : "", issue->blocks ? "!" : "", dbk_order_issue_to_word (issue->code));
      if (issue->limit_ug > 0)
        g_assert_cmpint (row->dose_ug, >, issue->limit_ug);
    }
  g_assert_cmpstr (told->str, ==, row->issues);
}

/* Each issue names what was exceeded, and where the number is from. */
static void
test_limits (void)
{
  static const Row row = { "limits", AU, 350000, 0, OPEN, 60000, FALSE, -10, 30000, 3, 60000, NULL };
  g_autoptr(DbkPolicy) policy = dbk_sample_policy (row.policy);
  g_autoptr(DbkMissed) missed = miss (&row, policy);
  g_autoptr(GPtrArray) issues = check (&row, policy, missed);
  const struct
  {
    DbkOrderIssueCode code;
    gint64            limit_ug;
    const DbkLimit   *limit;
  } expected[] = {
    { DBK_ORDER_ISSUE_FIRST_DOSE_BLOCK, 40000, &policy->first_dose_block_ug },
    { DBK_ORDER_ISSUE_CEILING_BLOCK, 300000, &policy->ceiling_block_ug },
    { DBK_ORDER_ISSUE_TWICE, 120000, NULL },
    { DBK_ORDER_ISSUE_STEP, 70000, &policy->step_ug },
    { DBK_ORDER_ISSUE_WEEKLY, 60000, &policy->weekly_ug },
    { DBK_ORDER_ISSUE_ABOVE_PROPOSAL, 30000, NULL },
  };

  g_assert_cmpuint (issues->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < issues->len; i++)
    {
      const DbkOrderIssue *issue = g_ptr_array_index (issues, i);

      g_assert_cmpint (issue->code, ==, expected[i].code);
      g_assert_cmpint (issue->limit_ug, ==, expected[i].limit_ug);
      g_assert_true (issue->limit == expected[i].limit);
    }
}

/* Every issue stands in a row of the table, and without missed days being known there is none about them. */
static void
test_complete (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy (AU);
  g_autoptr(GPtrArray) issues = NULL;
  const Row row = { "unknown", AU, 60000, 0, OPEN, 60000, TRUE, -100, 60000, 0, 0, NULL };

  for (guint code = 0; code < DBK_N_ORDER_ISSUES; code++)
    {
      const char *word = dbk_order_issue_to_word ((DbkOrderIssueCode) code);
      gboolean seen = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        seen = seen || g_strcmp0 (rows[i].issues + strspn (rows[i].issues, "!"), word) == 0;
      g_assert_true (seen);
    }
  issues = check (&row, policy, NULL);
  g_assert_cmpuint (issues->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/order-check/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/order-check/limits", test_limits);
  g_test_add_func ("/order-check/complete", test_complete);
  return g_test_run ();
}
