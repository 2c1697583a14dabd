/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-reverse-dose.h"

#include "app/dbk-counter.h"
#include "app/dbk-give-dose.h"
#include "app/dbk-sign-in.h"
#include "tests/app/dbk-clinic-fixture.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY
#define DOSE (30 * MG)
#define FULL DBK_CLINIC_FIXTURE_BOTTLE_UL
#define EIGHT (8 * 60)

typedef struct
{
  DbkClinicFixture *f;
  char             *patient;
  char             *dose;
} Room;

static void
enter (Room *room)
{
  g_autofree char *order = NULL;

  room->f = dbk_clinic_fixture_new ();
  room->patient = dbk_clinic_fixture_add_patient (room->f, "0421", "王小明");
  order = dbk_clinic_fixture_sign (room->f, room->patient, DOSE);
  room->dose = dbk_clinic_fixture_give (room->f, room->patient);
}

static void
leave (Room *room)
{
  dbk_clinic_fixture_assert_holds (room->f);
  dbk_clinic_fixture_free (room->f);
  g_free (room->patient);
  g_free (room->dose);
}

static gboolean
reverse (Room              *room,
         const DbkSession  *by,
         const DbkSession  *witness,
         DbkLiquid          liquid,
         GError           **error)
{
  g_autofree char *fact = NULL;
  gboolean done = dbk_reverse_dose (room->f->clinic, by, witness, room->dose, "mistake", NULL, liquid, &fact, error);

  g_assert_cmpint (done, ==, fact != NULL);
  return done;
}

/* ---- who needs whom ---- */

static const struct
{
  const char *name;
  gboolean    other;      /* not the nurse who gave it */
  int         minute;
  DbkLiquid   liquid;
  gboolean    alone;      /* needs nobody else */
} rows[] = {
  { "at once, nothing poured", FALSE, EIGHT, DBK_LIQUID_NOT_POURED, TRUE },
  { "after ten minutes", FALSE, EIGHT + 10, DBK_LIQUID_NOT_POURED, TRUE },
  { "after eleven minutes", FALSE, EIGHT + 11, DBK_LIQUID_NOT_POURED, FALSE },
  { "by somebody else", TRUE, EIGHT, DBK_LIQUID_NOT_POURED, FALSE },
  { "wasted", FALSE, EIGHT, DBK_LIQUID_WASTED, FALSE },
  { "swallowed", FALSE, EIGHT, DBK_LIQUID_SWALLOWED, FALSE },
  { "the clock was set back", FALSE, EIGHT - 1, DBK_LIQUID_NOT_POURED, FALSE },
};

static void
test_witness_rules (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Room room;
      const DbkSession *by;
      gint64 facts;
      g_autoptr(GError) error = NULL, second = NULL;
      g_autoptr(DbkDose) dose = NULL;

      enter (&room);
      g_test_message ("%s", rows[i].name);
      by = rows[i].other ? room.f->other_nurse : room.f->nurse;
      dbk_clinic_fixture_set_time (room.f, DAY, rows[i].minute);
      facts = dbk_clinic_fixture_count_facts (room.f);
      g_assert_cmpint (reverse (&room, by, NULL, rows[i].liquid, &error), ==, rows[i].alone);
      if (!rows[i].alone)
        {
          g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_SECOND_PERSON);
          g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
          g_assert_true (reverse (&room, by, room.f->doctor, rows[i].liquid, &second));
          g_assert_no_error (second);
        }
      g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts + 1);
      dose = dbk_clinic_fixture_read_dose (room.f, room.dose);
      g_assert_cmpstr (dose->reversed_by, ==, by->staff);
      g_assert_cmpstr (dose->reversal_reason, ==, "mistake");
      leave (&room);
    }
}

/* Two persons are two persons, whoever asks. */
static void
test_own_witness (void)
{
  Room room;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkSession) self = NULL, other = NULL;

  enter (&room);
  g_assert_false (reverse (&room, room.f->nurse, room.f->nurse, DBK_LIQUID_WASTED, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_SECOND_PERSON);
  g_clear_error (&error);
  self = dbk_sign_in_witness (room.f->clinic, room.f->nurse, "nurse.a", DBK_CLINIC_FIXTURE_PIN, &error);
  g_assert_null (self);
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_SECOND_PERSON);
  g_clear_error (&error);
  other = dbk_sign_in_witness (room.f->clinic, room.f->nurse, "nurse.b", "999999", &error);
  g_assert_null (other);
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_WRONG_PIN);
  g_clear_error (&error);
  other = dbk_sign_in_witness (room.f->clinic, room.f->nurse, "nurse.b", DBK_CLINIC_FIXTURE_PIN, &error);
  g_assert_no_error (error);
  g_assert_true (reverse (&room, room.f->nurse, other, DBK_LIQUID_WASTED, &error));
  g_assert_no_error (error);
  leave (&room);
}

/* ---- drug ---- */

static void
test_balances (void)
{
  static const struct
  {
    DbkLiquid liquid;
    gint64    bottle_ul, given_ul, waste_ul;
  } balances[] = {
    { DBK_LIQUID_NOT_POURED, FULL, 0, 0 },
    { DBK_LIQUID_WASTED, FULL - DOSE, 0, DOSE },
    { DBK_LIQUID_SWALLOWED, FULL - DOSE, DOSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (balances); i++)
    {
      Room room;
      g_autoptr(GError) error = NULL;

      enter (&room);
      dbk_clinic_fixture_assert_lot (room.f, FULL - DOSE, DOSE, 0);
      g_assert_true (reverse (&room, room.f->nurse, room.f->other_nurse, balances[i].liquid, &error));
      dbk_clinic_fixture_assert_lot (room.f, balances[i].bottle_ul, balances[i].given_ul, balances[i].waste_ul);
      g_assert_cmpint (dbk_fixture_peek (room.f->path, "SELECT sum (volume_ul) FROM balance"), ==, 0);
      leave (&room);
    }
}

/* ---- once, and the key is free again ---- */

static void
test_again (void)
{
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *second = NULL;
  g_autoptr(DbkDose) first = NULL;

  enter (&room);
  g_assert_true (reverse (&room, room.f->nurse, NULL, DBK_LIQUID_NOT_POURED, &error));
  g_assert_false (reverse (&room, room.f->nurse, NULL, DBK_LIQUID_NOT_POURED, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  dbk_clinic_fixture_assert_lot (room.f, FULL, 0, 0);
  g_assert_cmpint (dbk_fixture_peek (room.f->path, "SELECT count (*) FROM claim"), ==, 0);

  second = dbk_clinic_fixture_give (room.f, room.patient);
  g_assert_cmpstr (second, !=, room.dose);
  dbk_clinic_fixture_assert_lot (room.f, FULL - DOSE, DOSE, 0);
  first = dbk_clinic_fixture_read_dose (room.f, room.dose);
  g_assert_nonnull (first->reversed_by);
  leave (&room);
}

static void
test_refused (void)
{
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *note = g_strnfill (501, 'x');
  gint64 facts;

  enter (&room);
  facts = dbk_clinic_fixture_count_facts (room.f);
  g_assert_false (reverse (&room, room.f->doctor, room.f->nurse, DBK_LIQUID_NOT_POURED, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (dbk_reverse_dose (room.f->clinic, room.f->nurse, NULL, room.dose, "because", NULL, DBK_LIQUID_NOT_POURED, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dbk_reverse_dose (room.f->clinic, room.f->nurse, NULL, room.dose, "mistake", note, DBK_LIQUID_NOT_POURED, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dbk_reverse_dose (room.f->clinic, room.f->nurse, NULL, "Z000000000000000", "mistake", NULL, DBK_LIQUID_NOT_POURED, NULL, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
  leave (&room);
}

static void
test_imported (void)
{
  Room room;
  g_autofree char *other = NULL;
  g_autofree char *imported = NULL;
  g_autoptr(GError) error = NULL;

  enter (&room);
  other = dbk_clinic_fixture_add_patient (room.f, "0500", "李四");
  dbk_clinic_fixture_import (room.f, "0500", DAY - 3, DAY - 1, 50);
  imported = dbk_imported_dose_id (other, DAY - 1);
  g_assert_false (dbk_reverse_dose (room.f->clinic, room.f->nurse, room.f->doctor, imported, "mistake", NULL, DBK_LIQUID_SWALLOWED, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  leave (&room);
}

/* ---- beside a dose ---- */

static void
test_not_given_and_contact (void)
{
  Room room;
  g_autoptr(GError) error = NULL;
  g_autofree char *fact = NULL;
  gint64 facts;

  enter (&room);
  facts = dbk_clinic_fixture_count_facts (room.f);
  for (const char *const *reason = dbk_not_given_reasons (); *reason != NULL; reason++)
    {
      g_assert_true (dbk_record_not_given (room.f->clinic, room.f->nurse, room.patient, *reason, NULL, NULL, &error));
      facts++;
    }
  for (const char *const *outcome = dbk_contact_outcomes (); *outcome != NULL; outcome++)
    {
      g_assert_true (dbk_record_contact (room.f->clinic, room.f->doctor, room.patient, *outcome, "called", &error));
      facts++;
    }
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
  g_assert_false (dbk_record_not_given (room.f->clinic, room.f->nurse, room.patient, "lazy", NULL, &fact, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dbk_record_not_given (room.f->clinic, room.f->doctor, room.patient, "refused", NULL, &fact, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (dbk_record_contact (room.f->clinic, room.f->nurse, room.patient, "angry", NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_assert_null (fact);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
  leave (&room);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reversal/witness-rules", test_witness_rules);
  g_test_add_func ("/reversal/own-witness", test_own_witness);
  g_test_add_func ("/reversal/balances", test_balances);
  g_test_add_func ("/reversal/again", test_again);
  g_test_add_func ("/reversal/refused", test_refused);
  g_test_add_func ("/reversal/imported", test_imported);
  g_test_add_func ("/reversal/not-given-and-contact", test_not_given_and_contact);
  return g_test_run ();
}
