/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of each day, written as timelines: one sign for each day, the last one is today. */
#include "ui/dbk-treatment-days.h"

#include <string.h>

#define TODAY 20400

/* In @given: o observed, i imported, t take-home, g guest, r observed and reversed, 2 two parts, c closed, h on hold, a planned absence, d absence
 * with the dose confirmed there, n not given, . nothing. In @told: the signs, G given, H taken home or elsewhere, x missed, - not due, C closed. */
static const struct
{
  const char     *name;
  DbkPatientState state;
  const char     *given;
  const char     *told;
} rows[] = {
  { "never", DBK_PATIENT_ACTIVE, "....", "----" },
  { "before-the-first", DBK_PATIENT_ACTIVE, "..oo", "--GG" },
  { "today-is-open", DBK_PATIENT_ACTIVE, "oo.", "GG-" },
  { "today-given", DBK_PATIENT_ACTIVE, "ooo", "GGG" },
  { "missed", DBK_PATIENT_ACTIVE, "o.o..", "GxGx-" },
  { "imported", DBK_PATIENT_ACTIVE, "i.io", "GxGG" },
  { "taken-home", DBK_PATIENT_ACTIVE, "ottg.", "GHHH-" },
  { "reversed-is-none", DBK_PATIENT_ACTIVE, "oro", "GxG" },
  { "reversed-today", DBK_PATIENT_ACTIVE, "oor", "GG-" },
  { "two-parts", DBK_PATIENT_ACTIVE, "o2o", "GGG" },
  { "closed", DBK_PATIENT_ACTIVE, "occ.o", "GCCxG" },
  { "closed-before-the-first", DBK_PATIENT_ACTIVE, "cco", "--G" },
  { "on-hold", DBK_PATIENT_ACTIVE, "ohh.o", "G--xG" },
  { "absence-explains", DBK_PATIENT_ACTIVE, "oaao", "GxxG" },
  { "dosed-there", DBK_PATIENT_ACTIVE, "oddo", "GHHG" },
  { "not-given", DBK_PATIENT_ACTIVE, "ono", "GxG" },
  { "discharged", DBK_PATIENT_DISCHARGED, "o.o...", "GxG---" },
  { "deceased", DBK_PATIENT_DECEASED, "oo....", "GG----" },
};

static void
add_dose (DbkHistory  *history,
          DbkDay       day,
          DbkDoseKind  kind,
          gboolean     reversed)
{
  DbkDose *dose = dbk_dose_new ();

  dose->day = day;
  dose->part = 1;
  dose->kind = kind;
  dose->dose_ug = 30000;
  dose->reversed_by = g_strdup (reversed ? "s1" : NULL);
  g_ptr_array_add (history->doses, dose);
  if (history->first_day == DBK_DAY_NONE && !reversed)
    history->first_day = day;
}

static void
add_absence (GPtrArray *absences,
             DbkDay     day,
             gboolean   dosed_there)
{
  DbkAbsence *absence = dbk_absence_new ();

  absence->from = absence->to = day;
  absence->reason = g_strdup ("hospital");
  absence->dosed_there = dosed_there;
  g_ptr_array_add (absences, absence);
}

static void
add_hold (DbkHistory *history,
          DbkDay      day)
{
  DbkHold *hold = dbk_hold_new ();

  hold->from = hold->until = day;
  hold->lifted_on = DBK_DAY_NONE;
  hold->reason = g_strdup ("cardiac");
  g_ptr_array_add (history->holds, hold);
}

static void
add_not_given (DbkHistory *history,
               DbkDay      day)
{
  DbkNotGiven *not_given = dbk_not_given_new ();

  not_given->day = day;
  not_given->reason = g_strdup ("refused");
  g_ptr_array_add (history->not_given, not_given);
}

static void
add_day (DbkHistory *history,
         DbkDay      day,
         char        sign)
{
  switch (sign)
    {
    case '2':
      add_dose (history, day, DBK_DOSE_OBSERVED, FALSE);
      G_GNUC_FALLTHROUGH;
    case 'o':
      add_dose (history, day, DBK_DOSE_OBSERVED, FALSE);
      break;
    case 'i':
      add_dose (history, day, DBK_DOSE_IMPORTED, FALSE);
      break;
    case 't':
      add_dose (history, day, DBK_DOSE_TAKE_HOME, FALSE);
      break;
    case 'g':
      add_dose (history, day, DBK_DOSE_GUEST, FALSE);
      break;
    case 'r':
      add_dose (history, day, DBK_DOSE_OBSERVED, TRUE);
      break;
    case 'c':
      add_absence (history->closures, day, FALSE);
      break;
    case 'a':
    case 'd':
      add_absence (history->absences, day, sign == 'd');
      break;
    case 'h':
      add_hold (history, day);
      break;
    case 'n':
      add_not_given (history, day);
      break;
    default:
      g_assert_cmpint (sign, ==, '.');
    }
}

static DbkHistory *
new_history (DbkPatientState  state,
             const char      *given)
{
  DbkHistory *history = g_new0 (DbkHistory, 1);

  history->patient = dbk_patient_new ();
  history->patient->state = state;
  history->doses = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_dose_free);
  history->not_given = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_not_given_free);
  history->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_order_free);
  history->holds = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_hold_free);
  history->absences = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_absence_free);
  history->closures = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_absence_free);
  history->first_day = DBK_DAY_NONE;
  for (gsize i = 0; given[i] != '\0'; i++)
    add_day (history, TODAY + 1 - (DbkDay) strlen (given) + (DbkDay) i, given[i]);
  return history;
}

static void
test_row (gconstpointer data)
{
  static const char letters[DBK_N_SIGNS + 1] = "-GHxC";
  gsize n = (gsize) GPOINTER_TO_UINT (data);
  DbkDay from = TODAY + 1 - (DbkDay) strlen (rows[n].given);
  g_autoptr(DbkHistory) history = new_history (rows[n].state, rows[n].given);
  g_autoptr(DbkTreatmentDays) days = dbk_treatment_days_new (history, from, TODAY, TODAY, "UTC");
  g_autoptr(GString) told = g_string_new (NULL);
  gint counts[DBK_N_SIGNS], sum = 0;

  for (DbkDay day = from; day <= TODAY; day++)
    {
      const DbkTreatmentDay *mark = dbk_treatment_days_get (days, day);

      g_string_append_c (told, letters[mark->sign]);
      g_assert_nonnull (mark->text);
      if (mark->sign == DBK_SIGN_MISSED || mark->sign == DBK_SIGN_NOT_DUE || mark->sign == DBK_SIGN_CLOSED)
        g_assert_cmpint (mark->given_ug, ==, 0);
    }
  g_assert_cmpstr (told->str, ==, rows[n].told);
  dbk_treatment_days_count (days, from, counts);
  for (guint i = 0; i < DBK_N_SIGNS; i++)
    sum += counts[i];
  g_assert_cmpint (sum, ==, TODAY - from + 1);
}

/* Parts are added up, the lowest of several orders counts, and a period may begin in the middle of the doses. */
static void
test_amounts (void)
{
  g_autoptr(DbkHistory) history = new_history (DBK_PATIENT_ACTIVE, "oo2.");
  g_autoptr(DbkTreatmentDays) days = NULL;
  const gint64 doses_ug[] = { 60000, 45000 };

  for (guint i = 0; i < G_N_ELEMENTS (doses_ug); i++)
    {
      DbkOrder *order = dbk_order_new ();

      order->dose_ug = doses_ug[i];
      order->from = TODAY - 1;
      order->to = order->until = i == 0 ? DBK_DAY_NONE : TODAY - 1;
      g_ptr_array_add (history->orders, order);
    }
  days = dbk_treatment_days_new (history, TODAY - 2, TODAY + 1, TODAY, "UTC");
  g_assert_cmpint (dbk_treatment_days_get (days, TODAY - 2)->given_ug, ==, 30000);
  g_assert_cmpint (dbk_treatment_days_get (days, TODAY - 2)->ordered_ug, ==, 0);
  g_assert_cmpint (dbk_treatment_days_get (days, TODAY - 1)->given_ug, ==, 60000);
  g_assert_cmpint (dbk_treatment_days_get (days, TODAY - 1)->ordered_ug, ==, 45000);
  g_assert_cmpint (dbk_treatment_days_get (days, TODAY)->ordered_ug, ==, 60000);
  g_assert_cmpint (dbk_treatment_days_get (days, TODAY + 1)->sign, ==, DBK_SIGN_NOT_DUE);
  g_assert_cmpint (dbk_treatment_days_latest (days), ==, TODAY - 1);
}

/* What the focus line reads. */
static void
test_said (void)
{
  g_autoptr(DbkHistory) history = new_history (DBK_PATIENT_ACTIVE, "on.");
  g_autoptr(DbkTreatmentDays) days = NULL;
  DbkDose *dose = g_ptr_array_index (history->doses, 0);

  dose->given_ms = (gint64) dose->day * 86400000 + (7 * 60 + 52) * 60000;
  dose->ordered_ug = 35000;
  dose->site = g_strdup ("C1");
  dose->giver_name = g_strdup ("Li Na");
  days = dbk_treatment_days_new (history, TODAY - 2, TODAY, TODAY, "UTC");
  g_assert_cmpstr (dbk_treatment_days_get (days, TODAY - 2)->text, ==, "Thu 06-Nov-2025:  30\302\240mg, ordered 35\302\240mg, 07:52, C1, Li Na");
  g_assert_cmpstr (dbk_treatment_days_get (days, TODAY - 1)->text, ==, "Fri 07-Nov-2025:  missed, refused the dose");
  g_assert_cmpstr (dbk_treatment_days_get (days, TODAY)->text, ==, "Sat 08-Nov-2025:  no dose yet");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/treatment-days/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/treatment-days/amounts", test_amounts);
  g_test_add_func ("/treatment-days/said", test_said);
  return g_test_run ();
}
