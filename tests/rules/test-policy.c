/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the shipped profiles say, day by day; what they propose; and what is refused as a policy, with the place. */
#include "tests/rules/dbk-rules-samples.h"

#include <string.h>

#define N_DAYS 10

static void
assert_limit (const DbkLimit *limit,
              gint64          value)
{
  g_assert_cmpint (limit->value, ==, value);
  g_assert_cmpstr (limit->source, !=, "");
  g_assert_cmpstr (limit->article, !=, "");
  g_assert_false (limit->verified);
}

/* ---- the profiles ---- */

static void
test_shipped (void)
{
  static const struct
  {
    const char *name;
    gboolean    verified;
    gint        exit_review_days;
    gint64      step_ug;
    gint64      ceiling_warn_ug;
  } rows[] = {
    { "australia-2003", TRUE, 30, 10000, 120000 },
    { "china-draft", FALSE, 7, 10000, 100000 },
    { "metaphi-2021", FALSE, 30, 15000, 120000 },
    { "uk-notify", FALSE, 30, 10000, 120000 },
    { "vietnam", FALSE, 30, 10000, 120000 },
  };
  g_auto(GStrv) names = dbk_policy_list_shipped ();

  g_assert_cmpuint (g_strv_length (names), ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkPolicy) policy = dbk_sample_policy (rows[i].name);

      g_assert_cmpstr (names[i], ==, rows[i].name);
      g_assert_cmpstr (policy->name, ==, rows[i].name);
      g_assert_cmpstr (policy->version, ==, "1");
      g_assert_true (g_utf8_strlen (policy->title_en, -1) > 0 && g_utf8_strlen (policy->title_zh, -1) > 0);
      g_assert_nonnull (strchr (policy->text_en, '\n'));
      g_assert_nonnull (strstr (policy->text_zh, "漏服 1 天"));
      g_assert_cmpint (policy->verified, ==, rows[i].verified);
      g_assert_cmpint (policy->exit_review_days, ==, rows[i].exit_review_days);
      g_assert_true (policy->take_home_covers && policy->guest_covers && policy->closure_counts);
      g_assert_cmpint (policy->partial_covers_permille, ==, 500);
      g_assert_cmpint (policy->photo_months, ==, 12);
      g_assert_cmpint (policy->stale_site_days, ==, 7);
      g_assert_cmpint (policy->dose_step_ug, ==, 1000);
      assert_limit (&policy->first_dose_warn_ug, 30000);
      assert_limit (&policy->first_dose_block_ug, 40000);
      assert_limit (&policy->step_ug, rows[i].step_ug);
      assert_limit (&policy->weekly_ug, 30000);
      assert_limit (&policy->ceiling_warn_ug, rows[i].ceiling_warn_ug);
      assert_limit (&policy->ceiling_block_ug, 300000);
    }
}

static void
test_unknown (void)
{
  const char *const unknown[] = { "", "ontario", "Australia-2003", "australia-2003.json", "../policies/vietnam", "policies.gresource" };

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (dbk_policy_dup_shipped (unknown[i], &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "australia-2003, china-draft, metaphi-2021, uk-notify, vietnam"));
    }
}

#define KNOW DBK_LEVEL_KNOW
#define ASK DBK_LEVEL_ANSWER
#define STOP DBK_LEVEL_STOP

typedef struct
{
  const char *action;
  DbkLevel    level;
  gboolean    verified;
} Cell;

/* From 1 to 10 missed days, as the table in each profile's source has them. */
static const struct
{
  const char *name;
  Cell        days[N_DAYS];
} tables[] = {
  { "australia-2003",
    { { "as-ordered", KNOW, TRUE }, { "as-ordered", ASK, TRUE }, { "half", STOP, TRUE }, { "lower-of-half-and-40mg", STOP, TRUE },
      { "new-induction", STOP, TRUE }, { "new-induction", STOP, TRUE }, { "new-induction", STOP, TRUE }, { "new-induction", STOP, TRUE },
      { "new-induction", STOP, TRUE }, { "new-induction", STOP, TRUE } } },
  { "uk-notify",
    { { "as-ordered", KNOW }, { "as-ordered", ASK }, { "tell-prescriber", STOP, TRUE }, { "tell-prescriber", STOP, TRUE },
      { "prescriber-review", STOP }, { "prescriber-review", STOP }, { "prescriber-review", STOP }, { "prescriber-review", STOP },
      { "prescriber-review", STOP }, { "prescriber-review", STOP } } },
  { "metaphi-2021",
    { { "as-ordered", KNOW }, { "as-ordered", ASK }, { "tell-prescriber", STOP }, { "higher-of-half-and-30mg", STOP },
      { "restart", STOP }, { "restart", STOP }, { "restart", STOP }, { "restart", STOP }, { "restart", STOP }, { "restart", STOP } } },
  { "vietnam",
    { { "as-ordered", KNOW }, { "as-ordered", ASK }, { "as-ordered", ASK }, { "half", STOP }, { "half", STOP },
      { "restart", STOP }, { "restart", STOP }, { "restart", STOP }, { "restart", STOP }, { "restart", STOP } } },
  { "china-draft",
    { { "as-ordered", KNOW }, { "as-ordered", ASK }, { "prescriber-review", STOP }, { "prescriber-review", STOP },
      { "prescriber-review", STOP }, { "prescriber-review", STOP }, { "treatment-review", STOP }, { "treatment-review", STOP },
      { "treatment-review", STOP }, { "treatment-review", STOP } } },
};

static void
test_tables (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr(DbkPolicy) policy = dbk_sample_policy (tables[n].name);

  for (gint missed = 1; missed <= N_DAYS; missed++)
    {
      const Cell *cell = &tables[n].days[missed - 1];
      const DbkMissedRow *row = dbk_policy_find_row (policy, missed);
      char buffer[64];

      g_assert_nonnull (row);
      g_assert_cmpstr (dbk_action_to_word (row->action, row->bound_ug, buffer), ==, cell->action);
      g_assert_cmpint (row->level, ==, cell->level);
      g_assert_cmpint (row->verified, ==, cell->verified);
      g_assert_cmpstr (row->source, !=, "");
      g_assert_cmpstr (row->article, !=, "");
    }
  g_assert_true (dbk_policy_find_row (policy, 100000) == dbk_policy_find_row (policy, N_DAYS));
  g_assert_null (dbk_policy_find_row (policy, 0));
  g_assert_null (dbk_policy_find_row (policy, -1));
}

static void
test_words (void)
{
  static const struct
  {
    DbkAction   action;
    gint64      bound_ug;
    const char *word;
  } rows[] = {
    { DBK_ACTION_AS_ORDERED, 0, "as-ordered" },
    { DBK_ACTION_AS_ORDERED_IF_WELL, 0, "as-ordered-if-well" },
    { DBK_ACTION_TELL_PRESCRIBER, 0, "tell-prescriber" },
    { DBK_ACTION_HALF, 0, "half" },
    { DBK_ACTION_LOWER_OF_HALF_AND_CAP, 40000, "lower-of-half-and-40mg" },
    { DBK_ACTION_LOWER_OF_HALF_AND_CAP, 40500, "lower-of-half-and-40.5mg" },
    { DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR, 30000, "higher-of-half-and-30mg" },
    { DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR, 25, "higher-of-half-and-0.025mg" },
    { DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR, 100000, "higher-of-half-and-100mg" },
    { DBK_ACTION_PRESCRIBER_REVIEW, 0, "prescriber-review" },
    { DBK_ACTION_RESTART, 30000, "restart" },
    { DBK_ACTION_NEW_INDUCTION, 0, "new-induction" },
    { DBK_ACTION_TREATMENT_REVIEW, 0, "treatment-review" },
  };
  gboolean seen[DBK_N_ACTIONS] = { FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char buffer[64];

      g_assert_cmpstr (dbk_action_to_word (rows[i].action, rows[i].bound_ug, buffer), ==, rows[i].word);
      seen[rows[i].action] = TRUE;
    }
  for (guint i = 0; i < DBK_N_ACTIONS; i++)
    g_assert_true (seen[i]);
  g_assert_cmpstr (dbk_level_to_word (DBK_LEVEL_KNOW), ==, "know");
  g_assert_cmpstr (dbk_level_to_word (DBK_LEVEL_ANSWER), ==, "answer");
  g_assert_cmpstr (dbk_level_to_word (DBK_LEVEL_STOP), ==, "stop");
}

/* ---- what is proposed ---- */

static void
test_propose (void)
{
  static const struct
  {
    const char *name;
    gint        missed;
    gint64      last_ug;
    gint64      proposed_ug;
  } rows[] = {
    { "australia-2003", 0, 60000, 0 },
    { "australia-2003", 1, 60000, 60000 },
    { "australia-2003", 2, 60000, 60000 },
    { "australia-2003", 3, 60000, 30000 },
    { "australia-2003", 3, 100000, 50000 },
    { "australia-2003", 3, 35000, 17000 },
    { "australia-2003", 3, 52500, 26000 },
    { "australia-2003", 3, 1001, 0 },
    { "australia-2003", 3, 2001, 1000 },
    { "australia-2003", 4, 100000, 40000 },
    { "australia-2003", 4, 80000, 40000 },
    { "australia-2003", 4, 81999, 40000 },
    { "australia-2003", 4, 79999, 39000 },
    { "australia-2003", 4, 50000, 25000 },
    { "australia-2003", 5, 60000, 0 },
    { "australia-2003", 3, 0, 0 },
    { "metaphi-2021", 3, 60000, 60000 },
    { "metaphi-2021", 4, 100000, 50000 },
    { "metaphi-2021", 4, 60000, 30000 },
    { "metaphi-2021", 4, 50000, 30000 },
    { "metaphi-2021", 4, 20000, 20000 },
    { "metaphi-2021", 4, 29999, 29999 },
    { "metaphi-2021", 5, 100000, 30000 },
    { "metaphi-2021", 9, 10000, 10000 },
    { "uk-notify", 3, 60000, 60000 },
    { "uk-notify", 5, 60000, 0 },
    { "vietnam", 3, 60000, 60000 },
    { "vietnam", 5, 60000, 30000 },
    { "vietnam", 6, 60000, 0 },
    { "china-draft", 3, 60000, 0 },
    { "china-draft", 7, 60000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkPolicy) policy = dbk_sample_policy (rows[i].name);

      g_assert_cmpint (dbk_policy_propose (policy, dbk_policy_find_row (policy, rows[i].missed), rows[i].last_ug), ==,
                       rows[i].proposed_ug);
    }
}

/* Invariant 7, tried on every profile, also on one whose floor is absurd. */
static void
test_never_more (void)
{
  g_auto(GStrv) names = dbk_policy_list_shipped ();
  g_autoptr(GPtrArray) policies = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_policy_free);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (policies, dbk_sample_policy (names[i]));
  g_ptr_array_add (policies, dbk_sample_policy_with ("metaphi-2021",
                                                     "\"higher-of-half-and-30mg\",\n      \"level\": \"stop\",\n      \"bound_ug\": 30000",
                                                     "\"higher-of-half-and-999mg\",\n      \"level\": \"stop\",\n      \"bound_ug\": 999000"));
  for (guint i = 0; i < policies->len; i++)
    for (gint missed = -1; missed < 40; missed++)
      for (gint64 last_ug = -1; last_ug < 400000; last_ug += 1 + last_ug / 7)
        {
          const DbkPolicy *policy = g_ptr_array_index (policies, i);
          gint64 proposed_ug = dbk_policy_propose (policy, dbk_policy_find_row (policy, missed), last_ug);

          g_assert_cmpint (proposed_ug, >=, 0);
          g_assert_cmpint (proposed_ug, <=, MAX (last_ug, 0));
        }
}

/* ---- what is refused ---- */

static const struct
{
  const char *from;
  const char *to;
  const char *message;
} refusals[] = {
  { "\"format\": 1", "\"format\": 2", "format: a whole number from 1 to 1 is needed" },
  { "\"format\": 1", "\"format\": 1, \"colour\": 1", "colour: there is no such member" },
  { "\"closure_counts\": true,", "", "closure_counts: true or false is needed" },
  { "\"closure_counts\": true", "\"closure_counts\": 1", "closure_counts: true or false is needed" },
  { "\"australia-2003\"", "\"Australia 2003\"", "name: at most 64 of a-z, 0-9 and -" },
  { "\"australia-2003\"", "\"\"", "name: a text is needed" },
  { "\"australia-2003\"", "\" \"", "name: a text is needed" },
  { "\"version\": \"1\"", "\"version\": 1", "version: a text is needed" },
  { "\"title\": {", "\"title\": {\"fr\": \"\",", "title.fr: there is no such member" },
  { "\"en\": \"Australia 2003\",", "", "title.en: a text is needed" },
  { "\"text\": {", "\"text\": 1, \"texts\": {", "texts: there is no such member" },
  { "\"missed\": [", "\"missed\": [1,", "missed[0].from: a row is an object" },
  { "\"from\": 1", "\"from\": 2", "missed[0].from: the first row begins at 1" },
  { "\"from\": 1", "\"from\": 0", "missed[0].from: a whole number from 1 to 365 is needed" },
  { "\"from\": 1", "\"from\": 1.0", "missed[0].from: a whole number from 1 to 365 is needed" },
  { "\"from\": 3", "\"from\": 2", "missed[2].from: more than in the row before is needed" },
  { "\"from\": 3", "\"from\": 1", "missed[2].from: more than in the row before is needed" },
  { "\"half\"", "\"halve\"", "missed[2].action: no such action, or its name and bound_ug differ" },
  { "\"half\"", "null", "missed[2].action: a text is needed" },
  { "and-40mg", "and-30mg", "missed[3].action: no such action, or its name and bound_ug differ" },
  { "\"bound_ug\": 40000,", "", "missed[3].action: no such action, or its name and bound_ug differ" },
  { "\"bound_ug\": 40000", "\"bound_ug\": -1", "missed[3].bound_ug: a whole number from 0 to 1000000000000 is needed" },
  { "\"lower-of-half-and-40mg\"", "\"half\"", "missed[3].bound_ug: this action has none" },
  { "\"half\",\n      \"level\": \"stop\"", "\"lower-of-half-and-0mg\",\n      \"level\": \"stop\"",
    "missed[2].bound_ug: this action needs one" },
  { "\"level\": \"know\"", "\"level\": 1", "missed[0].level: a text is needed" },
  { "\"level\": \"know\"", "\"level\": \"KNOW\"", "missed[0].level: it is one of know, answer, stop" },
  { "\"level\": \"know\"", "\"level\": \"stop\"", "missed[1].level: milder than the row before" },
  { "\"half\",\n      \"level\": \"stop\"", "\"half\",\n      \"level\": \"answer\"",
    "missed[2].level: only a physician changes a dose: this action is a stop" },
  { "\"article\": \"section", "\"clause\": \"section", "missed[0].clause: there is no such member" },
  { "\"source\": \"Clinical", "\"source\": 1, \"sauce\": \"Clinical", "missed[0].sauce: there is no such member" },
  { "\"verified\": true", "\"verified\": \"yes\"", "missed[0].verified: true or false is needed" },
  { "\"partial_permille\": 500", "\"partial_permille\": 1001", "covers.partial_permille: a whole number from 1 to 1000 is needed" },
  { "\"partial_permille\": 500", "\"partial_permille\": 0", "covers.partial_permille: a whole number from 1 to 1000 is needed" },
  { "\"take_home\": true,", "", "covers.take_home: true or false is needed" },
  { "\"exit_review_days\": 30", "\"exit_review_days\": -1", "exit_review_days: a whole number from 0 to 3650 is needed" },
  { "\"value\": 30000", "\"value\": 0", "limits.first_dose_warn_ug.value: a whole number from 1 to 1000000000000 is needed" },
  { "\"value\": 30000", "\"value\": \"30 mg\"", "limits.first_dose_warn_ug.value: a whole number from 1 to 1000000000000 is needed" },
  { "\"value\": 30000", "\"value\": 40001", "limits.first_dose_block_ug: refuses less than is asked about" },
  { "\"value\": 120000", "\"value\": 300001", "limits.ceiling_block_ug: refuses less than is asked about" },
  { "\"weekly_ug\"", "\"monthly_ug\"", "limits.monthly_ug: there is no such member" },
  { "\"step_ug\": {", "\"step_ug\": 10000, \"weekly_ug\": {", "limits.step_ug: an object is needed" },
  { "\"photo_months\": 12", "\"photo_months\": true", "photo_months: a whole number from 0 to 1200 is needed" },
  { "\"stale_site_days\": 7,", "", "stale_site_days: a whole number from 0 to 3650 is needed" },
  { "\"dose_step_ug\": 1000", "\"dose_step_ug\": 0", "dose_step_ug: a whole number from 1 to 1000000000000 is needed" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *json = dbk_sample_policy_text ("australia-2003", refusals[i].from, refusals[i].to);

      g_assert_null (dbk_policy_parse (json, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, refusals[i].message);
    }
}

static void
test_no_rows (void)
{
  static const char *const instead[] = { "[]", "{}", "null", "7" };
  g_autofree char *json = dbk_policy_dup_shipped ("australia-2003", NULL);
  const char *begin = strstr (json, "\"missed\": [") + strlen ("\"missed\": ");
  const char *end = strstr (json, "],\n  \"covers\"") + 1;

  for (guint i = 0; i < G_N_ELEMENTS (instead); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *head = g_strndup (json, (gsize) (begin - json));
      g_autofree char *text = g_strconcat (head, instead[i], end, NULL);

      g_assert_null (dbk_policy_parse (text, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, "missed: an array of rows is needed");
    }
}

static void
test_not_a_policy (void)
{
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *long_text = g_strnfill (70000, ' ');
  const struct
  {
    const char *text;
    const char *message;
  } rows[] = {
    { "", "A policy is a JSON object" },
    { "[]", "A policy is a JSON object" },
    { "7", "A policy is a JSON object" },
    { "null", "A policy is a JSON object" },
    { "{}", "format: a whole number from 1 to 1 is needed" },
    { "{ \"format\": 1,", "Not JSON: " },
    { "{ format: 1 }", "Not JSON: " },
    { "{ \"a\": \"\\", "Not JSON: " },
    { "{\"\xff\": 1}", "A policy is JSON in UTF-8" },
    { deep, "A policy is JSON in UTF-8" },
    { "{\"a\":[[[[[[[[1]]]]]]]]}", "A policy is JSON in UTF-8" },
    { "{\"a\":[[[[[[[1]]]]]]]}", "format: " },
    { "{\"a\":\"[[[[[[[[[[[[[\\\"[[[[[[[[[[[[[\"}", "format: " },
    { "{\"a\":[[[[[[1]]]]]],\"b\":[[[[[[1]]]]]]}", "format: " },
    { long_text, "A policy is JSON in UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (dbk_policy_parse (rows[i].text, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, rows[i].message));
    }
}

/* What just fits is taken, and a sign more is not. */
static void
test_edges (void)
{
  g_autofree char *name_64 = g_strdup_printf ("\"%064d\"", 7);
  g_autofree char *name_65 = g_strdup_printf ("\"%065d\"", 7);
  const struct
  {
    const char *from;
    const char *to;
    gboolean    fits;
  } rows[] = {
    { "\"australia-2003\"", name_64, TRUE },
    { "\"australia-2003\"", name_65, FALSE },
    { "\"value\": 30000", "\"value\": 40000", TRUE },
    { "\"value\": 120000", "\"value\": 300000", TRUE },
    { "\"from\": 5", "\"from\": 365", TRUE },
    { "\"from\": 5", "\"from\": 366", FALSE },
    { "\"new-induction\"", "\"new-induction\", \"bound_ug\": 20000", TRUE },
    { "\"as-ordered\",\n      \"level\": \"answer\"", "\"as-ordered-if-well\",\n      \"level\": \"answer\"", TRUE },
    { "\"half\"", "\"half\", \"bound_ug\": 0", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = dbk_sample_policy_text ("australia-2003", rows[i].from, rows[i].to);
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkPolicy) policy = dbk_policy_parse (json, &error);

      g_assert_cmpint (policy != NULL, ==, rows[i].fits);
      g_assert_cmpint (error == NULL, ==, rows[i].fits);
    }
}

static void
test_size (void)
{
  g_autofree char *json = dbk_policy_dup_shipped ("australia-2003", NULL);

  for (gsize size = 65535; size <= 65537; size++)
    {
      g_autofree char *blanks = g_strnfill (size - strlen (json), ' ');
      g_autofree char *padded = g_strconcat (json, blanks, NULL);
      g_autoptr(DbkPolicy) policy = dbk_policy_parse (padded, NULL);

      g_assert_cmpint (policy != NULL, ==, size <= 65536);
    }
}

/* Neither any beginning of a policy nor one with a byte gone does more than be refused or be read. */
static void
test_torn (void)
{
  g_autofree char *json = dbk_policy_dup_shipped ("metaphi-2021", NULL);
  gsize length = strlen (g_strchomp (json));

  for (gsize i = 0; i < length; i += 37)
    {
      g_autofree char *head = g_strndup (json, i);
      g_autofree char *hole = g_strconcat (head, json + i + 1, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) error_of_hole = NULL;
      g_autoptr(DbkPolicy) torn = dbk_policy_parse (head, &error);
      g_autoptr(DbkPolicy) holed = dbk_policy_parse (hole, &error_of_hole);

      g_assert_null (torn);
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_true ((holed == NULL) == (error_of_hole != NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/shipped", test_shipped);
  g_test_add_func ("/policy/unknown", test_unknown);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strconcat ("/policy/table/", tables[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tables);
    }
  g_test_add_func ("/policy/words", test_words);
  g_test_add_func ("/policy/propose", test_propose);
  g_test_add_func ("/policy/never-more", test_never_more);
  g_test_add_func ("/policy/refusals", test_refusals);
  g_test_add_func ("/policy/no-rows", test_no_rows);
  g_test_add_func ("/policy/not-a-policy", test_not_a_policy);
  g_test_add_func ("/policy/edges", test_edges);
  g_test_add_func ("/policy/size", test_size);
  g_test_add_func ("/policy/torn", test_torn);
  return g_test_run ();
}
