/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting missed days, written as timelines: one sign for each day, the last one is yesterday. */
#include "app/rules/dbk-missed.h"
#include "tests/rules/dbk-rules-samples.h"

#include <string.h>

#define TODAY 20400
#define DAYS_MAX 400

typedef enum
{
  AS_SHIPPED,
  CLOSURES_EXCUSED,
  TAKE_HOME_IN_DOUBT,
  GUEST_IN_DOUBT,
  PARTIAL_STRICT,
  NO_POLICY
} Rule;

/* In @given: o observed, i imported, t take-home, g guest, r observed and reversed, 4 and 5 observed, of which 499 and 500 per mille were
 * taken, c closed, a planned absence, d absence with the dose confirmed there, x closed within an absence, 2 observed and take-home, . nothing.
 * In @told: L the last covered day (T: by take-home), m missed, C missed and closed, A missed and absent, X all three, c closed and not counted,
 * x the same within an absence, t take-home since somebody saw a dose. */
static const struct
{
  const char *name;
  Rule        rule;
  const char *given;
  const char *told;
  gint        count;
} rows[] = {
  { "yesterday", AS_SHIPPED, "o", "L", 0 },
  { "one", AS_SHIPPED, "o.", "Lm", 1 },
  { "two", AS_SHIPPED, "oo..", ".Lmm", 2 },
  { "three", AS_SHIPPED, "ooo...", "..Lmmm", 3 },
  { "four", AS_SHIPPED, "o....", "Lmmmm", 4 },
  { "five", AS_SHIPPED, "o.....", "Lmmmmm", 5 },
  { "only-the-last-gap", AS_SHIPPED, "o...o..", "....Lmm", 2 },
  { "imported", AS_SHIPPED, "i..", "Lmm", 2 },
  { "never", AS_SHIPPED, "", "", 0 },
  { "never-and-closed", AS_SHIPPED, "..ca", "....", 0 },

  { "reversed", AS_SHIPPED, "o.r.", "Lmmm", 3 },
  { "only-reversed", AS_SHIPPED, "rrr", "...", 0 },

  { "take-home", AS_SHIPPED, "ott", ".tT", 0 },
  { "take-home-then-gap", AS_SHIPPED, "ott.", ".tTm", 1 },
  { "take-home-before-seen", AS_SHIPPED, "otto.", "...Lm", 1 },
  { "take-home-only", AS_SHIPPED, "tt.", "tTm", 1 },
  { "take-home-and-seen", AS_SHIPPED, "t2.", ".Lm", 1 },
  { "take-home-in-doubt", TAKE_HOME_IN_DOUBT, "ott.", "Lmmm", 3 },
  { "take-home-only-in-doubt", TAKE_HOME_IN_DOUBT, "tt.", "...", 0 },

  { "guest", AS_SHIPPED, "ogg.", "..Lm", 1 },
  { "guest-after-take-home", AS_SHIPPED, "otg.", "..Lm", 1 },
  { "guest-in-doubt", GUEST_IN_DOUBT, "ogg.", "Lmmm", 3 },

  { "partial-half", AS_SHIPPED, "o5.", ".Lm", 1 },
  { "partial-less", AS_SHIPPED, "o4.", "Lmm", 2 },
  { "partial-strict", PARTIAL_STRICT, "o5.", "Lmm", 2 },

  { "closed-counts", AS_SHIPPED, "o.c.", "LmCm", 3 },
  { "closed-excused", CLOSURES_EXCUSED, "o.c.", "Lmcm", 2 },
  { "closed-all-excused", CLOSURES_EXCUSED, "occc", "Lccc", 0 },
  { "closed-before", AS_SHIPPED, "co.", ".Lm", 1 },

  { "absent-counts", AS_SHIPPED, "oaa.", "LAAm", 3 },
  { "absent-dosed-there", AS_SHIPPED, "oddd", "...L", 0 },
  { "absent-dosed-there-then-gap", AS_SHIPPED, "odd..", "..Lmm", 2 },
  { "absent-dosed-there-first", AS_SHIPPED, "dd.", ".Lm", 1 },
  { "seen-after-dosed-there", AS_SHIPPED, "ddo.", "..Lm", 1 },
  { "absent-and-closed", AS_SHIPPED, "o.x.", "LmXm", 3 },
  { "absent-and-closed-excused", CLOSURES_EXCUSED, "o.x.", "Lmxm", 2 },

  /* "missed 3: 8, 9, 10; last 4; 5-6 take-home; 7 closed" */
  { "as-explained", CLOSURES_EXCUSED, "ottc...", ".tTcmmm", 3 },
  { "as-explained-counted", AS_SHIPPED, "ottc...", ".tTCmmm", 4 },

  { "no-policy", NO_POLICY, "o.c", "LmC", 2 },
  { "no-policy-doubts", NO_POLICY, "otg5", "Lmmm", 3 },
};

typedef struct
{
  GPtrArray *doses;
  GPtrArray *absences;
  GPtrArray *closures;
} Known;

static void
known_clear (Known *known)
{
  g_clear_pointer (&known->doses, g_ptr_array_unref);
  g_clear_pointer (&known->absences, g_ptr_array_unref);
  g_clear_pointer (&known->closures, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static void
known_init (Known *known)
{
  known->doses = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_dose_free);
  known->absences = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_absence_free);
  known->closures = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_absence_free);
}

static DbkDose *
add_dose (Known       *known,
          DbkDay       day,
          DbkDoseKind  kind)
{
  DbkDose *dose = dbk_sample_dose (day);

  dose->kind = kind;
  g_ptr_array_add (known->doses, dose);
  return dose;
}

static void
add_days (GPtrArray *absences,
          DbkDay     from,
          DbkDay     to,
          gboolean   dosed_there)
{
  DbkAbsence *absence = dbk_absence_new ();

  absence->from = from;
  absence->to = to;
  absence->dosed_there = dosed_there;
  g_ptr_array_add (absences, absence);
}

static void
add_sign (Known  *known,
          char    sign,
          DbkDay  day)
{
  if (strchr ("or452", sign) != NULL)
    {
      DbkDose *dose = add_dose (known, day, DBK_DOSE_OBSERVED);

      dose->reversed_by = sign == 'r' ? g_strdup ("s1") : NULL;
      dose->taken_permille = sign == '4' ? 499 : sign == '5' ? 500 : 1000;
    }
  if (sign == 't' || sign == '2')
    add_dose (known, day, DBK_DOSE_TAKE_HOME);
  if (sign == 'g')
    add_dose (known, day, DBK_DOSE_GUEST);
  if (sign == 'i')
    add_dose (known, day, DBK_DOSE_IMPORTED);
  if (sign == 'c' || sign == 'x')
    add_days (known->closures, day, day, FALSE);
  if (sign == 'a' || sign == 'x' || sign == 'd')
    add_days (known->absences, day, day, sign == 'd');
}

static DbkPolicy *
policy_for (Rule rule)
{
  switch (rule)
    {
    case CLOSURES_EXCUSED:
      return dbk_sample_policy_with ("australia-2003", "\"closure_counts\": true", "\"closure_counts\": false");
    case TAKE_HOME_IN_DOUBT:
      return dbk_sample_policy_with ("australia-2003", "\"take_home\": true", "\"take_home\": false");
    case GUEST_IN_DOUBT:
      return dbk_sample_policy_with ("australia-2003", "\"guest\": true", "\"guest\": false");
    case PARTIAL_STRICT:
      return dbk_sample_policy_with ("australia-2003", "\"partial_permille\": 500", "\"partial_permille\": 501");
    case NO_POLICY:
      return NULL;
    case AS_SHIPPED:
    default:
      return dbk_sample_policy ("australia-2003");
    }
}

static gboolean
holds (const GArray *days,
       DbkDay        day)
{
  for (guint i = 0; i < days->len; i++)
    {
      g_assert_true (i == 0 || g_array_index (days, DbkDay, i - 1) < g_array_index (days, DbkDay, i));
      if (g_array_index (days, DbkDay, i) == day)
        return TRUE;
    }
  return FALSE;
}

static char
tell_sign (const DbkMissed *missed,
           DbkDay           day)
{
  gboolean closed = holds (missed->closed_days, day), absent = holds (missed->absent_days, day);

  if (day == missed->last_day)
    return holds (missed->take_home_days, day) ? 'T' : 'L';
  if (holds (missed->days, day))
    return closed && absent ? 'X' : closed ? 'C' : absent ? 'A' : 'm';
  if (closed || absent)
    return closed && absent ? 'x' : closed ? 'c' : 'a';
  return holds (missed->take_home_days, day) ? 't' : '.';
}

static void
test_timeline (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  DbkDay first = TODAY - (DbkDay) strlen (rows[n].given);
  g_autoptr(DbkPolicy) policy = policy_for (rows[n].rule);
  g_autoptr(DbkMissed) missed = NULL;
  g_autoptr(GString) told = g_string_new ("");
  g_auto(Known) known = { NULL };

  known_init (&known);
  for (DbkDay day = first; day < TODAY; day++)
    add_sign (&known, rows[n].given[day - first], day);
  missed = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  for (DbkDay day = first; day < TODAY; day++)
    g_string_append_c (told, tell_sign (missed, day));
  g_assert_cmpstr (told->str, ==, rows[n].told);
  g_assert_cmpint (missed->count, ==, rows[n].count);
  g_assert_cmpuint (missed->days->len, ==, (guint) rows[n].count);
  g_assert_cmpint (missed->never_dosed, ==, strpbrk (rows[n].told, "LT") == NULL);
  g_assert_cmpint (missed->last_day == DBK_DAY_NONE, ==, missed->never_dosed);
}

/* ---- beyond the timelines ---- */

static void
test_nothing_known (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_autoptr(DbkMissed) missed = dbk_missed_count (TODAY, NULL, NULL, NULL, policy);

  g_assert_true (missed->never_dosed);
  g_assert_cmpint (missed->count, ==, 0);
  g_assert_cmpint (missed->last_day, ==, DBK_DAY_NONE);
  g_assert_cmpuint (missed->days->len + missed->closed_days->len + missed->absent_days->len + missed->take_home_days->len, ==, 0);
}

/* Today's dose, and one for a day to come, say nothing about the days before. */
static void
test_today_and_later (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_autoptr(DbkMissed) missed = NULL, only_today = NULL;
  g_auto(Known) known = { NULL };

  known_init (&known);
  add_dose (&known, TODAY, DBK_DOSE_OBSERVED);
  add_dose (&known, TODAY + 1, DBK_DOSE_TAKE_HOME);
  add_days (known.absences, TODAY, TODAY + 5, TRUE);
  only_today = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  g_assert_true (only_today->never_dosed);
  g_assert_cmpuint (only_today->take_home_days->len, ==, 0);

  add_dose (&known, TODAY, DBK_DOSE_TAKE_HOME);
  add_dose (&known, TODAY - 4, DBK_DOSE_OBSERVED);
  add_dose (&known, TODAY - 3, DBK_DOSE_TAKE_HOME);
  missed = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  g_assert_cmpint (missed->count, ==, 2);
  g_assert_cmpint (missed->last_day, ==, TODAY - 3);
  g_assert_cmpuint (missed->absent_days->len, ==, 0);
  g_assert_cmpuint (missed->take_home_days->len, ==, 1);
}

/* An absence that reaches into the gap from both sides; where it was dosed there, it covers as far as yesterday. */
static void
test_long_absence (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_autoptr(DbkMissed) missed = NULL, covered = NULL;
  g_auto(Known) known = { NULL };

  known_init (&known);
  add_dose (&known, TODAY - 4, DBK_DOSE_OBSERVED);
  add_days (known.absences, TODAY - 10, TODAY + 10, FALSE);
  missed = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  g_assert_cmpint (missed->count, ==, 3);
  g_assert_cmpuint (missed->absent_days->len, ==, 3);
  g_assert_cmpint (g_array_index (missed->absent_days, DbkDay, 0), ==, TODAY - 3);

  add_days (known.absences, TODAY - 2, TODAY + 10, TRUE);
  covered = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  g_assert_cmpint (covered->count, ==, 0);
  g_assert_cmpint (covered->last_day, ==, TODAY - 1);
  g_assert_cmpint (covered->last_kind, ==, DBK_DOSE_GUEST);
  g_assert_cmpint (covered->last_dose_ug, ==, 0);
  g_assert_cmpint (covered->last_given_ms, ==, 0);
  g_assert_null (covered->last_site);
}

static void
test_last_dose (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_autoptr(DbkMissed) missed = NULL;
  g_auto(Known) known = { NULL };
  DbkDose *dose;

  known_init (&known);
  add_dose (&known, TODAY - 9, DBK_DOSE_OBSERVED)->dose_ug = 10000;
  dose = add_dose (&known, TODAY - 2, DBK_DOSE_TAKE_HOME);
  dose->dose_ug = 55000;
  dose->given_ms = 1234567;
  g_free (dose->site);
  dose->site = g_strdup ("B");
  missed = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  g_assert_cmpint (missed->last_day, ==, TODAY - 2);
  g_assert_cmpint (missed->last_dose_ug, ==, 55000);
  g_assert_cmpint (missed->last_given_ms, ==, 1234567);
  g_assert_cmpstr (missed->last_site, ==, "B");
  g_assert_cmpint (missed->last_kind, ==, DBK_DOSE_TAKE_HOME);
}

/* Of several on the last day the first part tells, of two on one key the later; in whatever order they come. */
static void
test_same_day (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_auto(Known) known = { NULL };
  DbkDose *dose;

  known_init (&known);
  dose = add_dose (&known, TODAY - 2, DBK_DOSE_OBSERVED);
  dose->part = 2;
  dose->dose_ug = 1;
  dose->given_ms += 500;
  dose = add_dose (&known, TODAY - 2, DBK_DOSE_OBSERVED);
  dose->dose_ug = 2;
  dose = add_dose (&known, TODAY - 2, DBK_DOSE_OBSERVED);
  dose->dose_ug = 3;
  dose->given_ms += 100;
  add_dose (&known, TODAY - 5, DBK_DOSE_OBSERVED);
  for (guint i = 0; i < known.doses->len; i++)
    {
      g_autoptr(DbkMissed) missed = dbk_missed_count (TODAY, known.doses, NULL, NULL, policy);

      g_assert_cmpint (missed->last_dose_ug, ==, 3);
      g_assert_cmpint (missed->count, ==, 1);
      g_ptr_array_insert (known.doses, -1, g_ptr_array_steal_index (known.doses, 0));
    }
}

/* A dose here on the last day of an absence with the dose confirmed there: what is known of it is told. */
static void
test_here_and_there (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_autoptr(DbkMissed) missed = NULL;
  g_auto(Known) known = { NULL };

  known_init (&known);
  add_dose (&known, TODAY - 3, DBK_DOSE_OBSERVED);
  add_days (known.absences, TODAY - 9, TODAY - 3, TRUE);
  missed = dbk_missed_count (TODAY, known.doses, known.absences, NULL, policy);
  g_assert_cmpint (missed->count, ==, 2);
  g_assert_cmpint (missed->last_kind, ==, DBK_DOSE_OBSERVED);
  g_assert_cmpint (missed->last_dose_ug, ==, 60000);
}

static void
test_long_gap (void)
{
  g_autoptr(DbkPolicy) policy = dbk_sample_policy ("australia-2003");
  g_autoptr(DbkMissed) missed = NULL;
  g_auto(Known) known = { NULL };

  known_init (&known);
  add_dose (&known, TODAY - 1001, DBK_DOSE_OBSERVED);
  add_days (known.closures, TODAY - 1000, TODAY - 1, FALSE);
  missed = dbk_missed_count (TODAY, known.doses, known.absences, known.closures, policy);
  g_assert_cmpint (missed->count, ==, 1000);
  g_assert_cmpuint (missed->days->len, ==, DAYS_MAX);
  g_assert_cmpint (g_array_index (missed->days, DbkDay, 0), ==, TODAY - DAYS_MAX);
  g_assert_cmpint (g_array_index (missed->days, DbkDay, DAYS_MAX - 1), ==, TODAY - 1);
  g_assert_cmpuint (missed->closed_days->len, ==, DAYS_MAX);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/missed/timeline/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_timeline);
    }
  g_test_add_func ("/missed/nothing-known", test_nothing_known);
  g_test_add_func ("/missed/today-and-later", test_today_and_later);
  g_test_add_func ("/missed/long-absence", test_long_absence);
  g_test_add_func ("/missed/last-dose", test_last_dose);
  g_test_add_func ("/missed/same-day", test_same_day);
  g_test_add_func ("/missed/here-and-there", test_here_and_there);
  g_test_add_func ("/missed/long-gap", test_long_gap);
  return g_test_run ();
}
