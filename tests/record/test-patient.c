/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be stored of a patient and of staff, how numbers are shown, and the stable words. */
#include "db/record/dbk-dose.h"
#include "db/record/dbk-lot.h"
#include "db/record/dbk-order.h"
#include "db/record/dbk-patient.h"
#include "db/record/dbk-staff.h"

#define TODAY 20517 /* 2026-03-05 */

static char *
repeat (const char *piece,
        guint       n)
{
  GString *text = g_string_new ("");

  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

typedef enum
{
  NUMBER,
  NAME,
  PINYIN,
  PHONE,
  ALLERGIES
} Field;

static const char *const field_names[] = { "number", "name", "pinyin", "phone", "allergies" };

static void
assert_field (Field       field,
              const char *text,
              gboolean    good)
{
  g_autoptr(DbkPatient) patient = dbk_patient_new ();
  char **const fields[] = { &patient->number, &patient->name, &patient->pinyin, &patient->phone, &patient->allergies };
  g_autoptr(GError) error = NULL;
  gboolean passed;

  patient->number = g_strdup ("1");
  patient->name = g_strdup ("王");
  g_free (*fields[field]);
  *fields[field] = g_strdup (text);
  passed = dbk_patient_check (patient, TODAY, &error);
  if (passed != good)
    g_test_fail_printf ("%s \"%.40s\": %s", field_names[field], text, passed ? "passes" : error->message);
  if (passed)
    return;
  g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, field_names[field]));
  g_assert_true (text == NULL || strlen (text) < 3 || strstr (error->message, text) == NULL);
}

static void
test_check (void)
{
  static const struct
  {
    Field       field;
    const char *piece;
    guint       n;
    gboolean    good;
  } rows[] = {
    { NUMBER, "1", 1, TRUE }, { NUMBER, "Z", 20, TRUE }, { NUMBER, "", 1, FALSE }, { NUMBER, NULL, 1, FALSE }, { NUMBER, "1", 21, FALSE },
    { NUMBER, "1 2", 1, FALSE }, { NUMBER, "1-2", 1, FALSE }, { NUMBER, "１", 1, FALSE }, { NUMBER, "王", 1, FALSE }, { NUMBER, "a1B2", 1, TRUE },
    { NUMBER, "1\n", 1, FALSE },
    { NAME, "王", 80, TRUE }, { NAME, "𠮷", 80, TRUE }, { NAME, "王", 81, FALSE }, { NAME, "", 1, FALSE }, { NAME, NULL, 1, FALSE }, { NAME, " ", 3, FALSE },
    { NAME, "　", 2, FALSE }, { NAME, "买买提·艾力", 1, TRUE }, { NAME, "O'Neill-Smith Jr.", 1, TRUE }, { NAME, "王\n小明", 1, FALSE },
    { NAME, "王\t小明", 1, FALSE }, { NAME, "王\x7f", 1, FALSE }, { NAME, "王\xc2\x85", 1, FALSE }, { NAME, "\xff", 1, FALSE }, { NAME, "王\xe5\xb0", 1, FALSE },
    { PINYIN, NULL, 1, TRUE }, { PINYIN, "", 1, TRUE }, { PINYIN, "Lü Xiaoming", 1, TRUE }, { PINYIN, "x", 320, TRUE }, { PINYIN, "x", 321, FALSE },
    { PINYIN, "a\nb", 1, FALSE },
    { PHONE, NULL, 1, TRUE }, { PHONE, "", 1, TRUE }, { PHONE, "+86 138-0013-4471", 1, TRUE }, { PHONE, "1", 20, TRUE }, { PHONE, "1", 21, FALSE },
    { PHONE, "138a", 1, FALSE }, { PHONE, "１３８", 1, FALSE }, { PHONE, "(0571)", 1, FALSE },
    { ALLERGIES, NULL, 1, TRUE }, { ALLERGIES, "", 1, TRUE }, { ALLERGIES, "青", 800, TRUE }, { ALLERGIES, "青", 801, FALSE },
    { ALLERGIES, "a\nb", 1, FALSE }, { ALLERGIES, "\xc3", 1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = rows[i].piece != NULL ? repeat (rows[i].piece, rows[i].n) : NULL;

      assert_field (rows[i].field, text, rows[i].good);
    }
}

static void
test_born (void)
{
  static const struct
  {
    int      year, month, day;
    gboolean good;
  } rows[] = { { 1900, 12, 31, FALSE }, { 1901, 1, 1, TRUE }, { 2026, 3, 4, TRUE }, { 2026, 3, 5, FALSE }, { 2026, 3, 6, FALSE }, { 1800, 1, 1, FALSE } };
  g_autoptr(DbkPatient) patient = dbk_patient_new ();

  patient->number = g_strdup ("1");
  patient->name = g_strdup ("王");
  g_assert_true (dbk_patient_check (patient, TODAY, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      patient->born = dbk_day_from_ymd (rows[i].year, rows[i].month, rows[i].day);
      g_assert_cmpint (dbk_patient_check (patient, TODAY, NULL), ==, rows[i].good);
    }
}

static void
test_shown (void)
{
  static const char *const numbers[][2] = {
    { "3301060421", "330 106 0421" }, { "1234567", "123 4567" }, { "123456", "123456" }, { "12345678", "1 234 5678" }, { "330106198001014471", "33 010 619 800 101 4471" },
    { "A301060421", "A301060421" }, { "", "" }, { "1", "1" }, { "12345678901234567890", "1 234 567 890 123 456 7890" },
  };
  static const char *const phones[][2] = {
    { "13800134471", "••••4471" }, { "138 0013 44-71", "••••4471" }, { "4471", "••••" }, { "471", "••••" }, { "", "••••" }, { "14471", "••••4471" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *shown = dbk_patient_number_format (numbers[i][0]);

      g_assert_cmpstr (shown, ==, numbers[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *masked = dbk_phone_mask (phones[i][0]);

      g_assert_cmpstr (masked, ==, phones[i][1]);
    }
  g_assert_null (dbk_phone_mask (NULL));
}

static void
test_login (void)
{
  g_autofree char *longest = repeat ("a", 32);
  g_autofree char *too_long = repeat ("a", 33);
  const char *const good[] = { "li", "li.wei", "n-1", "a_b", "007", longest };
  const char *const wrong[] = { "", "l", "Li", "li wei", "李", "li@x", "ｌｉ", "li\n", too_long, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dbk_login_check (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (dbk_login_check (wrong[i], &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
    }
}

/* The words stand in facts: whoever changes one changes what was recorded. */
static void
test_words (void)
{
  static const char *const sexes[] = { "unknown", "f", "m", "other" };
  static const char *const states[] = { "active", "discharged", "transferred", "deceased" };
  static const char *const roles[] = { "nurse", "physician", "pharmacist", "outreach", "administrator" };
  static const char *const kinds[] = { "observed", "take-home", "guest", "imported" };
  static const char *const holds[] = { "medical", "stop" };
  static const char *const wrong[] = { "", "F", "nurse ", "Active", "观察", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (sexes); i++)
    {
      DbkSex sex = DBK_SEX_UNKNOWN;

      g_assert_cmpstr (dbk_sex_to_word ((DbkSex) i), ==, sexes[i]);
      g_assert_true (dbk_sex_from_word (sexes[i], &sex, NULL) && sex == i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      DbkPatientState state = DBK_PATIENT_ACTIVE;

      g_assert_cmpstr (dbk_patient_state_to_word ((DbkPatientState) i), ==, states[i]);
      g_assert_true (dbk_patient_state_from_word (states[i], &state, NULL) && state == i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      DbkRole role = DBK_ROLE_NURSE;

      g_assert_cmpstr (dbk_role_to_word ((DbkRole) i), ==, roles[i]);
      g_assert_true (dbk_role_from_word (roles[i], &role, NULL) && role == i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      DbkDoseKind kind = DBK_DOSE_OBSERVED;

      g_assert_cmpstr (dbk_dose_kind_to_word ((DbkDoseKind) i), ==, kinds[i]);
      g_assert_true (dbk_dose_kind_from_word (kinds[i], &kind, NULL) && kind == i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (holds); i++)
    {
      DbkHoldKind kind = DBK_HOLD_MEDICAL;

      g_assert_cmpstr (dbk_hold_kind_to_word ((DbkHoldKind) i), ==, holds[i]);
      g_assert_true (dbk_hold_kind_from_word (holds[i], &kind, NULL) && kind == i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      DbkSex sex = DBK_SEX_MALE;
      DbkRole role = DBK_ROLE_OUTREACH;

      g_assert_false (dbk_sex_from_word (wrong[i], &sex, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_cmpint (sex, ==, DBK_SEX_MALE);
      g_assert_false (dbk_role_from_word (wrong[i], &role, NULL));
      g_assert_cmpint (role, ==, DBK_ROLE_OUTREACH);
    }
}

/* A copy has everything, and nothing of it in common. (The sanitizers say the second.) */
static void
test_copies (void)
{
  g_autoptr(DbkPatient) patient = dbk_patient_new ();
  g_autoptr(DbkStaff) staff = dbk_staff_new ();
  g_autoptr(DbkDose) dose = dbk_dose_new ();
  g_autoptr(DbkNotGiven) not_given = dbk_not_given_new ();
  g_autoptr(DbkLot) lot = dbk_lot_new ();
  g_autoptr(DbkPatient) patient_2 = NULL;
  g_autoptr(DbkStaff) staff_2 = NULL;
  g_autoptr(DbkDose) dose_2 = NULL;
  g_autoptr(DbkNotGiven) not_given_2 = NULL;
  g_autoptr(DbkLot) lot_2 = NULL;

  patient->name = g_strdup ("王");
  patient->allergies = g_strdup ("");
  patient->born = 5;
  patient_2 = dbk_patient_copy (patient);
  g_assert_cmpstr (patient_2->name, ==, "王");
  g_assert_true (patient_2->name != patient->name);
  g_assert_cmpstr (patient_2->allergies, ==, "");
  g_assert_cmpint (patient_2->born, ==, 5);
  g_assert_null (patient_2->phone);

  staff->login = g_strdup ("li");
  staff->role = DBK_ROLE_OUTREACH;
  staff_2 = dbk_staff_copy (staff);
  g_assert_cmpstr (staff_2->login, ==, "li");
  g_assert_true (staff_2->login != staff->login);
  g_assert_cmpint (staff_2->role, ==, DBK_ROLE_OUTREACH);

  dose->id = g_strdup ("D");
  dose->reversal_reason = g_strdup ("mistake");
  dose->dose_ug = 60000;
  dose_2 = dbk_dose_copy (dose);
  g_assert_cmpstr (dose_2->reversal_reason, ==, "mistake");
  g_assert_cmpint (dose_2->dose_ug, ==, 60000);
  g_assert_cmpint (dose_2->part, ==, 1);
  g_assert_cmpint (dose_2->taken_permille, ==, 1000);

  not_given->note = g_strdup ("left");
  not_given_2 = dbk_not_given_copy (not_given);
  g_assert_cmpstr (not_given_2->note, ==, "left");
  g_assert_cmpint (not_given_2->day, ==, DBK_DAY_NONE);

  lot->number = g_strdup ("L1");
  lot_2 = dbk_lot_copy (lot);
  g_assert_cmpstr (lot_2->number, ==, "L1");
  g_assert_cmpint (lot_2->expires, ==, DBK_DAY_NONE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/patient/check", test_check);
  g_test_add_func ("/record/patient/born", test_born);
  g_test_add_func ("/record/patient/shown", test_shown);
  g_test_add_func ("/record/staff/login", test_login);
  g_test_add_func ("/record/words", test_words);
  g_test_add_func ("/record/copies", test_copies);
  return g_test_run ();
}
