/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verdict carries besides its findings, what lifts them, and what it proposes. */
#include "tests/rules/dbk-case-sample.h"

#define TODAY DBK_SAMPLE_TODAY
#define NOW DBK_SAMPLE_NOW
#define MS_PER_DAY DBK_SAMPLE_MS_PER_DAY

static DbkVerdict *
reach (DbkCaseSample *s)
{
  return dbk_verdict_reach (&s->c);
}

/* ---- answers ---- */

static void two_missed (DbkCaseSample *s) { dbk_case_sample_miss (s, 2); }
static void unwell (DbkCaseSample *s) { s->c.looks_unwell = TRUE; }
static void dose_changed (DbkCaseSample *s) { s->order->dose_ug = 55000; }
static void first_dose (DbkCaseSample *s) { g_ptr_array_set_size (s->c.doses, 0); }
static void similar_name (DbkCaseSample *s) { s->c.similar_names = 2; }
static void photo_old (DbkCaseSample *s) { s->patient->photo_taken = TODAY - 1000; }
static void site_data_old (DbkCaseSample *s) { s->c.oldest_site = "V1"; s->c.oldest_site_days = 30; }
static void concurrent_orders (DbkCaseSample *s) { dbk_case_sample_add_order (s, "order2", TODAY - 3)->dose_ug = 70000; }

/* In key order; "+" before those with which the dose goes on. */
static const struct
{
  DbkFindingCode code;
  void         (*flip) (DbkCaseSample *s);
  const char    *choices[6];
} questions[] = {
  { DBK_FINDING_MISSED, two_missed, { "+none-seen", "+withdrawal-informed", "unwell" } },
  { DBK_FINDING_UNWELL, unwell, { "+reassessed-fit", "do-not-give", "ask-doctor" } },
  { DBK_FINDING_DOSE_CHANGED, dose_changed, { "+told", "disagrees", "ask-doctor" } },
  { DBK_FINDING_FIRST_DOSE, first_dose, { "+explained", "ask-doctor" } },
  { DBK_FINDING_SIMILAR_NAME, similar_name, { "+identity-checked", "not-this-person" } },
  { DBK_FINDING_PHOTO_OLD, photo_old, { "+recognised", "not-recognised" } },
  { DBK_FINDING_SITE_DATA_OLD, site_data_old, { "+asked-patient-none-elsewhere", "dosed-elsewhere" } },
  { DBK_FINDING_CONCURRENT_ORDERS, concurrent_orders, { "+give-lowest", "ask-doctor" } },
};

static void
try_answer (guint          n,
            DbkFindingCode code,
            const char    *choice,
            const char    *taken,
            DbkVerdictKind kind)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autofree char *copy = g_strdup (choice);
  DbkAnswer answer = { code, copy };
  g_autoptr(DbkVerdict) v = NULL;
  const DbkFinding *finding;

  dbk_case_sample_init (&s);
  questions[n].flip (&s);
  s.c.answers = &answer;
  s.c.n_answers = 1;
  v = reach (&s);
  g_assert_cmpuint (v->findings->len, ==, 1);
  finding = dbk_verdict_find (v, questions[n].code);
  g_assert_cmpint (finding->level, ==, DBK_LEVEL_ANSWER);
  g_assert_cmpint (finding->lifted_by, ==, DBK_LIFT_ANSWER);
  g_assert_cmpstr (finding->answer, ==, taken);
  g_assert_true (finding->answer != copy || copy == NULL);
  g_assert_cmpint (v->kind, ==, kind);
}

static void
test_answers (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  DbkFindingCode code = questions[n].code;
  const char *const *choices = dbk_finding_choices (code);
  guint n_choices = 0;

  for (; questions[n].choices[n_choices] != NULL; n_choices++)
    {
      const char *expected = questions[n].choices[n_choices];
      gboolean allows = *expected == '+';

      g_assert_cmpstr (choices[n_choices], ==, expected + (allows ? 1 : 0));
      g_assert_cmpint (dbk_choice_allows (code, choices[n_choices]), ==, allows);
      try_answer (n, code, choices[n_choices], choices[n_choices], allows ? DBK_VERDICT_GIVE : DBK_VERDICT_ANSWER);
    }
  g_assert_null (choices[n_choices]);
  g_assert_cmpuint (n_choices, <=, 5);
  g_assert_false (dbk_choice_allows (code, NULL));
  g_assert_false (dbk_choice_allows (code, "ok"));
  try_answer (n, code, "ok", NULL, DBK_VERDICT_ANSWER);
  try_answer (n, code, NULL, NULL, DBK_VERDICT_ANSWER);
  /* The right words to another question answer nothing. */
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (i != n)
        try_answer (n, questions[i].code, choices[0], NULL, DBK_VERDICT_ANSWER);
    }
}

static void
test_last_answer_counts (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  DbkAnswer answers[] = { { DBK_FINDING_UNWELL, "reassessed-fit" }, { DBK_FINDING_UNWELL, "do-not-give" }, { DBK_FINDING_UNWELL, "fine" } };
  g_autoptr(DbkVerdict) refused = NULL, allowed = NULL;

  dbk_case_sample_init (&s);
  s.c.looks_unwell = TRUE;
  s.c.answers = answers;
  s.c.n_answers = G_N_ELEMENTS (answers);
  refused = reach (&s);
  g_assert_cmpint (refused->kind, ==, DBK_VERDICT_ANSWER);
  g_assert_cmpstr (dbk_verdict_find (refused, DBK_FINDING_UNWELL)->answer, ==, "do-not-give");
  s.c.answers = answers + 2;
  s.c.n_answers = 1;
  answers[2].choice = "reassessed-fit";
  allowed = reach (&s);
  g_assert_cmpint (allowed->kind, ==, DBK_VERDICT_GIVE);
}

/* All questions must be answered, and no answer opens a STOP. */
static void
test_several_questions (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  DbkAnswer answers[] = { { DBK_FINDING_UNWELL, "reassessed-fit" }, { DBK_FINDING_SIMILAR_NAME, "identity-checked" },
                          { DBK_FINDING_MISSED, "withdrawal-informed" }, { DBK_FINDING_DAY_CLOSED, "reassessed-fit" } };

  dbk_case_sample_init (&s);
  two_missed (&s);
  unwell (&s);
  similar_name (&s);
  s.c.answers = answers;
  for (s.c.n_answers = 0; s.c.n_answers < 4; s.c.n_answers++)
    {
      g_autoptr(DbkVerdict) v = reach (&s);

      g_assert_cmpuint (v->findings->len, ==, 3);
      g_assert_cmpint (v->kind, ==, s.c.n_answers < 3 ? DBK_VERDICT_ANSWER : DBK_VERDICT_GIVE);
    }
  s.c.day_closed = TRUE;
  s.c.n_answers = G_N_ELEMENTS (answers);
  {
    g_autoptr(DbkVerdict) v = reach (&s);

    g_assert_cmpint (v->kind, ==, DBK_VERDICT_STOP);
    g_assert_null (dbk_verdict_find (v, DBK_FINDING_DAY_CLOSED)->answer);
  }
}

/* A line that only informs takes no answer. */
static void
test_know_takes_no_answer (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  DbkAnswer answer = { DBK_FINDING_MISSED, "unwell" };
  g_autoptr(DbkVerdict) v = NULL;

  dbk_case_sample_init (&s);
  dbk_case_sample_miss (&s, 1);
  s.c.answers = &answer;
  s.c.n_answers = 1;
  v = reach (&s);
  g_assert_cmpint (v->kind, ==, DBK_VERDICT_GIVE);
  g_assert_null (dbk_verdict_find (v, DBK_FINDING_MISSED)->answer);
}

/* ---- after missed days ---- */

#define UNSIGNED G_MAXINT

/* @signed_on counts from the last dose: 1 is the first missed day. Of the third level the third missed day is day 3, and the day on which the
 * patient could first stand at the counter with three missed is day 4. */
static const struct
{
  gint     missed;
  gint     signed_on;
  gboolean lifted;
} signatures[] = {
  { 3, -20, FALSE }, { 3, 0, FALSE },  { 3, 1, FALSE },  { 3, 3, FALSE },  { 3, 4, TRUE },  { 3, UNSIGNED, FALSE },
  { 4, 4, FALSE },   { 4, 5, TRUE },
  { 5, 4, FALSE },   { 5, 5, FALSE },  { 5, 6, TRUE },
  { 20, 5, FALSE },  { 20, 6, TRUE },  { 20, 21, TRUE },
  { 400, 5, FALSE }, { 400, 6, TRUE }, { 400, 401, TRUE },
  /* Of a longer gap only the last 400 days are listed, and a signature from before them knows too little. */
  { 401, 2, FALSE }, { 401, 6, TRUE }, { 1000, 6, FALSE }, { 1000, 601, FALSE }, { 1000, 602, TRUE }, { 1000, 1001, TRUE },
};

static void
test_signatures (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      g_auto(DbkCaseSample) s = { 0 };
      g_autoptr(DbkVerdict) v = NULL;
      DbkDay last_day = TODAY - 1 - signatures[i].missed;

      dbk_case_sample_init (&s);
      dbk_case_sample_miss (&s, signatures[i].missed);
      s.order->signed_day = signatures[i].signed_on == UNSIGNED ? DBK_DAY_NONE : last_day + signatures[i].signed_on;
      v = reach (&s);
      g_assert_cmpint (v->missed->count, ==, signatures[i].missed);
      g_assert_nonnull (v->row);
      g_assert_cmpint (v->row->level, ==, DBK_LEVEL_STOP);
      g_assert_cmpint (v->kind, ==, signatures[i].lifted ? DBK_VERDICT_GIVE : DBK_VERDICT_STOP);
      g_assert_cmpint (dbk_verdict_find (v, DBK_FINDING_MISSED_STOP) == NULL, ==, signatures[i].lifted);
      g_assert_cmpint (dbk_verdict_find (v, DBK_FINDING_MISSED) != NULL, ==, signatures[i].lifted);
      if (signatures[i].lifted)
        g_assert_cmpint (dbk_verdict_find (v, DBK_FINDING_MISSED)->level, ==, DBK_LEVEL_KNOW);
      if (signatures[i].lifted)
        g_assert_cmpint (v->proposed_ug, ==, 0);
    }
}

/* Closed days that do not count move the day on which the gap became so long. */
static void
test_signature_and_closures (void)
{
  for (gint signed_on = 4; signed_on <= 6; signed_on++)
    {
      g_auto(DbkCaseSample) s = { 0 };
      g_autoptr(DbkVerdict) v = NULL;
      DbkAbsence *closure = dbk_absence_new ();

      dbk_case_sample_init (&s);
      dbk_case_sample_set_policy (&s, "australia-2003", "\"closure_counts\": true", "\"closure_counts\": false");
      dbk_case_sample_miss (&s, 5);
      closure->from = TODAY - 5;
      closure->to = TODAY - 4;
      g_ptr_array_add (s.c.closures, closure);
      s.order->signed_day = TODAY - 6 + signed_on;
      v = reach (&s);
      g_assert_cmpint (v->missed->count, ==, 3);
      g_assert_cmpint (v->kind, ==, signed_on > 5 ? DBK_VERDICT_GIVE : DBK_VERDICT_STOP);
    }
}

/* The physician's new order replaced the old one; the patient is told of the new dose. */
static void
test_new_order (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) v = NULL;
  DbkOrder *order;

  dbk_case_sample_init (&s);
  dbk_case_sample_miss (&s, 3);
  s.order->until = TODAY - 1;
  order = dbk_case_sample_add_order (&s, "order2", TODAY);
  order->dose_ug = 30000;
  v = reach (&s);
  g_assert_cmpint (v->kind, ==, DBK_VERDICT_ANSWER);
  g_assert_cmpuint (v->findings->len, ==, 2);
  g_assert_cmpint (v->dose_ug, ==, 30000);
  g_assert_nonnull (dbk_verdict_find (v, DBK_FINDING_DOSE_CHANGED));
  g_assert_cmpint (dbk_verdict_find (v, DBK_FINDING_MISSED)->level, ==, DBK_LEVEL_KNOW);
}

/* Of orders side by side the lowest counts, and so does its signature: the higher one lifts nothing. */
static void
test_concurrent_signature (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) stopped = NULL, lifted = NULL;
  DbkOrder *order;

  dbk_case_sample_init (&s);
  dbk_case_sample_miss (&s, 3);
  order = dbk_case_sample_add_order (&s, "order2", TODAY);
  order->dose_ug = 70000;
  stopped = reach (&s);
  g_assert_cmpint (stopped->kind, ==, DBK_VERDICT_STOP);
  g_assert_cmpint (stopped->dose_ug, ==, 60000);
  g_assert_nonnull (dbk_verdict_find (stopped, DBK_FINDING_MISSED_STOP));
  order->dose_ug = 30000;
  lifted = reach (&s);
  g_assert_cmpint (lifted->kind, ==, DBK_VERDICT_ANSWER);
  g_assert_cmpint (lifted->dose_ug, ==, 30000);
  g_assert_cmpstr (lifted->order, ==, "order2");
  g_assert_null (dbk_verdict_find (lifted, DBK_FINDING_MISSED_STOP));
  /* The same dose twice: the older signature counts, whatever the ids are. */
  order->dose_ug = 60000;
  g_free (order->id);
  order->id = g_strdup ("a-new-order");
  g_clear_pointer (&lifted, dbk_verdict_free);
  lifted = reach (&s);
  g_assert_cmpstr (lifted->order, ==, "order1");
  g_assert_nonnull (dbk_verdict_find (lifted, DBK_FINDING_MISSED_STOP));
}

static void
test_proposals (void)
{
  static const struct
  {
    const char *policy;
    gint        missed;
    gint64      order_ug; /* 0: none */
    gint64      last_ug;
    gint64      proposed_ug;
  } rows[] = {
    { "australia-2003", 1, 60000, 60000, 0 },
    { "australia-2003", 2, 60000, 60000, 0 },
    { "australia-2003", 3, 60000, 60000, 30000 },
    { "australia-2003", 3, 80000, 60000, 30000 },
    { "australia-2003", 3, 40000, 60000, 20000 },
    { "australia-2003", 3, 0, 60000, 30000 },
    { "australia-2003", 3, 60000, 0, 30000 },
    { "australia-2003", 4, 100000, 100000, 40000 },
    { "australia-2003", 5, 60000, 60000, 0 },
    { "metaphi-2021", 4, 20000, 20000, 20000 },
    { "uk-notify", 3, 60000, 60000, 60000 },
    { "china-draft", 3, 60000, 60000, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(DbkCaseSample) s = { 0 };
      g_autoptr(DbkVerdict) v = NULL;
      const DbkFinding *stop;
      DbkDose *dose;

      dbk_case_sample_init (&s);
      dbk_case_sample_set_policy (&s, rows[i].policy, "{", "{");
      dbk_case_sample_miss (&s, rows[i].missed);
      dose = g_ptr_array_index (s.c.doses, 0);
      dose->dose_ug = rows[i].last_ug;
      dose->ordered_ug = rows[i].last_ug;
      s.order->dose_ug = rows[i].order_ug;
      v = reach (&s);
      stop = dbk_verdict_find (v, DBK_FINDING_MISSED_STOP);
      g_assert_cmpint (v->proposed_ug, ==, rows[i].proposed_ug);
      g_assert_cmpint (stop != NULL, ==, v->row->level == DBK_LEVEL_STOP);
      g_assert_cmpint (v->dose_ug, ==, rows[i].order_ug);
      if (stop != NULL)
        g_assert_cmpint (stop->amount2_ug, ==, rows[i].proposed_ug);
    }
}

/* ---- what the findings carry ---- */

static void
test_volume (void)
{
  static const struct
  {
    gint64 dose_ug;
    gint64 ug_per_ml;
    gint64 volume_ul;
  } rows[] = { { 60000, 1000, 60000 }, { 60000, 10000, 6000 }, { 52500, 1000, 52500 }, { 60000, 500, 120000 }, { 100, 1000, 100 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(DbkCaseSample) s = { 0 };
      g_autoptr(DbkVerdict) v = NULL;

      dbk_case_sample_init (&s);
      s.order->dose_ug = rows[i].dose_ug;
      s.bottle->ug_per_ml = rows[i].ug_per_ml;
      s.c.day_closed = TRUE;
      v = reach (&s);
      g_assert_cmpint (v->kind, ==, DBK_VERDICT_STOP);
      g_assert_cmpint (v->dose_ug, ==, rows[i].dose_ug);
      g_assert_cmpint (v->volume_ul, ==, rows[i].volume_ul);
      g_assert_cmpint (v->ug_per_ml, ==, rows[i].ug_per_ml);
    }
}

static void
test_no_dose (void)
{
  static const DbkPatientState states[] = { DBK_PATIENT_DISCHARGED, DBK_PATIENT_TRANSFERRED, DBK_PATIENT_DECEASED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_auto(DbkCaseSample) s = { 0 };
      g_autoptr(DbkVerdict) v = NULL;
      const DbkFinding *finding;

      dbk_case_sample_init (&s);
      s.patient->state = states[i];
      s.c.day_closed = TRUE;
      s.c.looks_unwell = TRUE;
      s.c.policy = NULL;
      dbk_case_sample_add_dose (&s, TODAY);
      v = reach (&s);
      g_assert_cmpint (v->kind, ==, DBK_VERDICT_STOP);
      g_assert_cmpuint (v->findings->len, ==, 1);
      finding = g_ptr_array_index (v->findings, 0);
      g_assert_cmpint (finding->code, ==, states[i] == DBK_PATIENT_DECEASED ? DBK_FINDING_DECEASED : DBK_FINDING_NOT_IN_TREATMENT);
      g_assert_cmpstr (finding->text, ==, states[i] == DBK_PATIENT_DECEASED ? NULL : dbk_patient_state_to_word (states[i]));
      g_assert_cmpint (v->dose_ug, ==, 0);
      g_assert_cmpint (v->volume_ul, ==, 0);
      g_assert_null (v->order);
      g_assert_null (v->lot);
    }
}

static void
assert_carries (const DbkVerdict *v,
                DbkFinding        expected)
{
  const DbkFinding *finding = dbk_verdict_find (v, expected.code);

  g_assert_nonnull (finding);
  g_assert_cmpstr (finding->about, ==, expected.about);
  g_assert_cmpint (finding->day, ==, expected.day);
  g_assert_cmpint (finding->day2, ==, expected.day2);
  g_assert_cmpint (finding->amount_ug, ==, expected.amount_ug);
  g_assert_cmpint (finding->amount2_ug, ==, expected.amount2_ug);
  g_assert_cmpint (finding->when_ms, ==, expected.when_ms);
  g_assert_cmpint (finding->volume_ul, ==, expected.volume_ul);
  g_assert_cmpint (finding->number, ==, expected.number);
  g_assert_cmpstr (finding->text, ==, expected.text);
}

/* The members in the order of the table in dbk-verdict.h. */
static DbkFinding
carry (DbkFindingCode code,
       const char    *about,
       DbkDay         day,
       DbkDay         day2,
       gint64         amount_ug,
       gint64         amount2_ug,
       gint64         when_ms,
       gint           number,
       const char    *text)
{
  DbkFinding finding = { .code = code, .about = (char *) about, .day = day, .day2 = day2, .amount_ug = amount_ug,
                         .amount2_ug = amount2_ug, .when_ms = when_ms, .number = number, .text = (char *) text };

  return finding;
}

#define NONE DBK_DAY_NONE

static void
spoil (DbkCaseSample *s)
{
  DbkDose *dose;

  s->order->dose_ug = 310000;
  s->order->until = TODAY + 5;
  dbk_case_sample_add_order (s, "order2", TODAY - 2)->dose_ug = 320000;
  ((DbkOrder *) g_ptr_array_index (s->c.orders, 1))->until = TODAY + 5;
  for (guint i = 0; i < 2; i++)
    {
      dose = dbk_case_sample_add_dose (s, TODAY);
      dose->collides = TRUE;
      dose->given_ms = NOW - 9000 + i;
      g_free (dose->id);
      dose->id = g_strdup (i == 0 ? "first" : "second");
    }
  dbk_case_sample_add_dose (s, TODAY - 40)->collides = TRUE;
  dbk_case_sample_add_hold (s, DBK_HOLD_STOP)->until = TODAY + 1;
  dbk_case_sample_add_hold (s, DBK_HOLD_MEDICAL);
  s->c.authority_site = "V1";
  s->c.authority_until = TODAY + 4;
  s->bottle->expires = TODAY - 3;
  s->bottle->bottle_ul = 309999;
  s->c.newest_ms = NOW + MS_PER_DAY;
  s->c.day_closed = s->c.card_revoked = s->c.looks_unwell = TRUE;
  s->c.card_seen = FALSE;
  s->c.similar_names = 3;
  s->patient->photo_taken = dbk_day_from_ymd (2024, 2, 29);
  s->patient->allergies = g_strdup ("青霉素");
  s->c.oldest_site = "B";
  s->c.oldest_site_days = 9;
  dbk_case_sample_add_not_given (s, "left", TODAY, NOW - 50);
  dbk_case_sample_add_not_given (s, "intoxicated", TODAY, NOW - 20);
  dbk_case_sample_add_not_given (s, "refused", TODAY, NOW - 70);
}

/* A bad morning: everything at once, in order, each with what its sentence needs. */
static void
test_everything (void)
{
  static const DbkFindingCode codes[] = {
    DBK_FINDING_ALREADY_DOSED, DBK_FINDING_COLLISION, DBK_FINDING_COLLISION, DBK_FINDING_ON_HOLD, DBK_FINDING_STOP_FLAG,
    DBK_FINDING_GUEST_ELSEWHERE, DBK_FINDING_ABOVE_CEILING, DBK_FINDING_LOT_EXPIRED, DBK_FINDING_STOCK_SHORT, DBK_FINDING_CLOCK_BACK,
    DBK_FINDING_DAY_CLOSED, DBK_FINDING_CARD_REVOKED, DBK_FINDING_UNWELL, DBK_FINDING_DOSE_CHANGED, DBK_FINDING_SIMILAR_NAME,
    DBK_FINDING_PHOTO_OLD, DBK_FINDING_SITE_DATA_OLD, DBK_FINDING_CONCURRENT_ORDERS, DBK_FINDING_ORDER_ENDS_SOON, DBK_FINDING_ALLERGIES,
    DBK_FINDING_NO_CARD_SEEN, DBK_FINDING_NOT_GIVEN_EARLIER,
  };
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) v = NULL;

  dbk_case_sample_init (&s);
  spoil (&s);
  v = reach (&s);

  g_assert_cmpint (v->kind, ==, DBK_VERDICT_STOP);
  g_assert_cmpuint (v->findings->len, ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < v->findings->len; i++)
    g_assert_cmpint (((DbkFinding *) g_ptr_array_index (v->findings, i))->code, ==, codes[i]);
  assert_carries (v, carry (DBK_FINDING_ALREADY_DOSED, "second", TODAY, NONE, 60000, 0, NOW - 8999, 0, "C1"));
  assert_carries (v, carry (DBK_FINDING_COLLISION, "second", TODAY, NONE, 60000, 0, NOW - 8999, 2, "C1"));
  assert_carries (v, carry (DBK_FINDING_ON_HOLD, "hold1", TODAY, NONE, 0, 0, 0, 0, "cardiac"));
  assert_carries (v, carry (DBK_FINDING_STOP_FLAG, "hold1", TODAY, TODAY + 1, 0, 0, 0, 0, "cardiac"));
  assert_carries (v, carry (DBK_FINDING_GUEST_ELSEWHERE, NULL, NONE, TODAY + 4, 0, 0, 0, 0, "V1"));
  assert_carries (v, carry (DBK_FINDING_ABOVE_CEILING, "order1", NONE, NONE, 310000, 300000, 0, 0, NULL));
  assert_carries (v, carry (DBK_FINDING_LOT_EXPIRED, "lot1", TODAY - 3, NONE, 0, 0, 0, 0, "L1"));
  assert_carries (v, carry (DBK_FINDING_CLOCK_BACK, NULL, NONE, NONE, 0, 0, NOW + MS_PER_DAY, -1, NULL));
  assert_carries (v, carry (DBK_FINDING_DAY_CLOSED, NULL, TODAY, NONE, 0, 0, 0, 0, NULL));
  assert_carries (v, carry (DBK_FINDING_DOSE_CHANGED, "order1", TODAY - 1, NONE, 310000, 60000, 0, 0, NULL));
  assert_carries (v, carry (DBK_FINDING_SIMILAR_NAME, NULL, NONE, NONE, 0, 0, 0, 3, NULL));
  assert_carries (v, carry (DBK_FINDING_PHOTO_OLD, NULL, s.patient->photo_taken, NONE, 0, 0, 0, 20, NULL));
  assert_carries (v, carry (DBK_FINDING_SITE_DATA_OLD, NULL, NONE, NONE, 0, 0, 0, 9, "B"));
  assert_carries (v, carry (DBK_FINDING_CONCURRENT_ORDERS, "order1", NONE, NONE, 310000, 320000, 0, 2, NULL));
  assert_carries (v, carry (DBK_FINDING_ORDER_ENDS_SOON, "order1", TODAY + 5, NONE, 310000, 0, 0, 5, NULL));
  assert_carries (v, carry (DBK_FINDING_ALLERGIES, NULL, NONE, NONE, 0, 0, 0, 0, "青霉素"));
  assert_carries (v, carry (DBK_FINDING_NOT_GIVEN_EARLIER, "intoxicated", TODAY, NONE, 0, 0, NOW - 20, 3, "intoxicated"));
  g_assert_cmpint (dbk_verdict_find (v, DBK_FINDING_STOCK_SHORT)->volume_ul, ==, 309999);
}

/* Without an order today the nearest one tells: of those to come the next, of those that are over the last. */
static void
test_nearest_order (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) over = NULL, to_come = NULL;
  static const gint ends[] = { 9, 4, 7 }, begins[] = { 8, 3, 5 };

  dbk_case_sample_init (&s);
  g_ptr_array_set_size (s.c.orders, 0);
  for (guint i = 0; i < 3; i++)
    dbk_case_sample_add_order (&s, i == 1 ? "nearest" : "other", TODAY - 20)->until = TODAY - ends[i];
  over = reach (&s);
  assert_carries (over, carry (DBK_FINDING_ORDER_EXPIRED, "nearest", TODAY - 4, NONE, 60000, 0, 0, 0, NULL));
  for (guint i = 0; i < 3; i++)
    dbk_case_sample_add_order (&s, i == 1 ? "next" : "other", TODAY + begins[i]);
  to_come = reach (&s);
  assert_carries (to_come, carry (DBK_FINDING_ORDER_NOT_STARTED, "next", TODAY + 3, NONE, 60000, 0, 0, 0, NULL));
}

/* A reversed dose is on the key until a physician has closed it; one of another part, and one that does not collide, are not. */
static void
test_collision_count (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) v = NULL;
  DbkDose *dose;
  guint n = 0;

  dbk_case_sample_init (&s);
  for (guint i = 0; i < 4; i++)
    {
      dose = dbk_case_sample_add_dose (&s, TODAY - 40);
      dose->collides = i != 3;
      dose->reversed_by = i == 2 ? g_strdup ("s1") : NULL;
      dose->given_ms += i;
    }
  dose = dbk_case_sample_add_dose (&s, TODAY - 40);
  dose->part = 2;
  dose->collides = TRUE;
  v = reach (&s);
  for (guint i = 0; i < v->findings->len; i++)
    n += ((DbkFinding *) g_ptr_array_index (v->findings, i))->code == DBK_FINDING_COLLISION ? 1 : 0;
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (dbk_verdict_find (v, DBK_FINDING_COLLISION)->number, ==, 3);
}

/* Those that exclude each other, one verdict each. */
static void
test_carried_alone (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) missed = NULL, expired = NULL, to_come = NULL, tomorrow = NULL, guest = NULL, low = NULL, first = NULL;
  DbkFinding stock = carry (DBK_FINDING_STOCK_LOW, "lot1", NONE, NONE, 60000, 0, 0, 9, "L1");

  dbk_case_sample_init (&s);
  s.bottle->bottle_ul = stock.volume_ul = 599999;
  low = reach (&s);
  assert_carries (low, stock);
  s.c.dose_day = TODAY + 1;
  tomorrow = reach (&s);
  assert_carries (tomorrow, carry (DBK_FINDING_WRONG_DAY, NULL, TODAY + 1, TODAY, 0, 0, 0, 0, NULL));
  s.c.dose_day = TODAY;
  dbk_case_sample_add_absence (&s, "guest-elsewhere", TODAY - 1, TODAY + 1);
  guest = reach (&s);
  assert_carries (guest, carry (DBK_FINDING_GUEST_ELSEWHERE, "absence1", TODAY - 1, TODAY + 1, 0, 0, 0, 0, NULL));
  g_ptr_array_set_size (s.c.absences, 0);
  dbk_case_sample_miss (&s, 4);
  missed = reach (&s);
  assert_carries (missed, carry (DBK_FINDING_MISSED_STOP, "order1", TODAY - 5, NONE, 60000, 30000, (TODAY - 5) * MS_PER_DAY, 4, "C1"));
  s.order->until = TODAY - 2;
  expired = reach (&s);
  assert_carries (expired, carry (DBK_FINDING_ORDER_EXPIRED, "order1", TODAY - 2, NONE, 60000, 0, 0, 0, NULL));
  g_assert_nonnull (dbk_verdict_find (expired, DBK_FINDING_MISSED_STOP));
  s.order->until = NONE;
  s.order->from = TODAY + 2;
  to_come = reach (&s);
  assert_carries (to_come, carry (DBK_FINDING_ORDER_NOT_STARTED, "order1", TODAY + 2, NONE, 60000, 0, 0, 0, NULL));
  s.order->from = TODAY;
  g_ptr_array_set_size (s.c.doses, 0);
  first = reach (&s);
  assert_carries (first, carry (DBK_FINDING_FIRST_DOSE, "order1", NONE, NONE, 60000, 30000, 0, 0, NULL));
}

/* A new patient with a first order within the limit: one key, as the first morning of a clinic must go. */
static void
test_first_morning (void)
{
  g_auto(DbkCaseSample) s = { 0 };
  g_autoptr(DbkVerdict) v = NULL, above = NULL;

  dbk_case_sample_init (&s);
  g_ptr_array_set_size (s.c.doses, 0);
  s.order->dose_ug = 30000;
  s.order->from = s.order->signed_day = TODAY;
  v = reach (&s);
  g_assert_cmpint (v->kind, ==, DBK_VERDICT_GIVE);
  g_assert_cmpint (v->dose_ug, ==, 30000);
  g_assert_cmpint (v->volume_ul, ==, 30000);
  s.order->dose_ug = 30001;
  above = reach (&s);
  g_assert_cmpint (above->kind, ==, DBK_VERDICT_ANSWER);
}

/* Nothing is known but the patient: all of it stops. */
static void
test_nothing_known (void)
{
  g_autoptr(DbkPatient) patient = dbk_patient_new ();
  DbkCase c = { .today = TODAY, .dose_day = TODAY, .now_ms = NOW, .patient = patient };
  g_autoptr(DbkVerdict) v = dbk_verdict_reach (&c);

  g_assert_cmpint (v->kind, ==, DBK_VERDICT_STOP);
  g_assert_nonnull (dbk_verdict_find (v, DBK_FINDING_NO_ORDER));
  g_assert_nonnull (dbk_verdict_find (v, DBK_FINDING_NO_BOTTLE));
  g_assert_nonnull (dbk_verdict_find (v, DBK_FINDING_NO_POLICY));
  g_assert_true (v->missed->never_dosed);
  g_assert_cmpint (v->dose_ug, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *path = g_strconcat ("/verdict/answers/", dbk_finding_code_to_word (questions[i].code), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_answers);
    }
  g_test_add_func ("/verdict/answers/last-counts", test_last_answer_counts);
  g_test_add_func ("/verdict/answers/several", test_several_questions);
  g_test_add_func ("/verdict/answers/know-takes-none", test_know_takes_no_answer);
  g_test_add_func ("/verdict/lift/signatures", test_signatures);
  g_test_add_func ("/verdict/lift/closures", test_signature_and_closures);
  g_test_add_func ("/verdict/lift/new-order", test_new_order);
  g_test_add_func ("/verdict/lift/concurrent", test_concurrent_signature);
  g_test_add_func ("/verdict/proposals", test_proposals);
  g_test_add_func ("/verdict/volume", test_volume);
  g_test_add_func ("/verdict/no-dose", test_no_dose);
  g_test_add_func ("/verdict/carries/everything", test_everything);
  g_test_add_func ("/verdict/carries/alone", test_carried_alone);
  g_test_add_func ("/verdict/carries/nearest-order", test_nearest_order);
  g_test_add_func ("/verdict/carries/collision-count", test_collision_count);
  g_test_add_func ("/verdict/first-morning", test_first_morning);
  g_test_add_func ("/verdict/nothing-known", test_nothing_known);
  return g_test_run ();
}
