/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a physician, against a record made by hand. */
#include "app/dbk-order-worklist.h"

#include "app/dbk-sign-order.h"
#include "tests/app/dbk-clinic-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY
#define DOSE (60 * MG)

/* Somebody who came until yesterday. */
static char *
add_regular (DbkClinicFixture *f,
             const char       *number)
{
  char *patient = dbk_clinic_fixture_add_patient (f, number, number);

  dbk_clinic_fixture_import (f, number, DAY - 20, DAY - 1, DOSE / MG);
  return patient;
}

static void
sign (DbkClinicFixture *f,
      const char       *patient,
      gint64            dose_ug,
      DbkDay            from,
      DbkDay            to)
{
  DbkOrderRequest request = { .patient = patient, .dose_ug = dose_ug, .from = from, .to = to, .retyped_ug = dose_ug };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkOrderOutcome) outcome = dbk_sign_order (f->clinic, f->doctor, &request, &error);

  g_assert_no_error (error);
  g_assert_nonnull (outcome->order);
}

static char *
hold (DbkClinicFixture *f,
      const DbkSession *by,
      const char       *patient,
      DbkHoldKind       kind)
{
  DbkHold draft = { .patient = (char *) patient, .kind = kind, .reason = (char *) "lab", .from = DAY, .until = DBK_DAY_NONE,
                    .lifted_on = DBK_DAY_NONE };
  g_autoptr(GError) error = NULL;
  char *id = NULL;

  dbk_place_hold (f->clinic, by, &draft, &id, &error);
  g_assert_no_error (error);
  return id;
}

static DbkOrderWorklist *
read_list (DbkClinicFixture *f)
{
  g_autoptr(GError) error = NULL;
  DbkOrderWorklist *list = dbk_order_worklist_read (f->clinic, f->doctor, &error);

  g_assert_no_error (error);
  return list;
}

static const DbkOrderWork *
find (const DbkOrderWorklist *list,
      const char             *number)
{
  const DbkOrderWork *found = NULL;

  for (guint i = 0; i < list->rows->len; i++)
    {
      const DbkOrderWork *work = g_ptr_array_index (list->rows, i);

      if (strcmp (work->patient->number, number) != 0)
        continue;
      g_assert_null (found);
      found = work;
    }
  return found;
}

/* Who must be on it. */
static const DbkOrderWork *
get (const DbkOrderWorklist *list,
     const char             *number)
{
  const void *row = find (list, number);

  g_assert_nonnull (row);
  return row;
}

static void
test_ending (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *soon = add_regular (f, "1"), *edge = add_regular (f, "2"), *later = add_regular (f, "3"), *open = add_regular (f, "4");
  g_autofree char *followed = add_regular (f, "5");
  g_autoptr(DbkOrderWorklist) list = NULL;

  sign (f, soon, DOSE, DAY, DAY);
  sign (f, edge, DOSE, DAY, DAY + 7);
  sign (f, later, DOSE, DAY, DAY + 8);
  sign (f, open, DOSE, DAY, DBK_DAY_NONE);
  sign (f, followed, DOSE, DAY, DAY + 2);
  sign (f, followed, DOSE, DAY + 3, DBK_DAY_NONE);
  list = read_list (f);
  g_assert_cmpint (list->day, ==, DAY);
  g_assert_cmpint (list->count[DBK_ORDER_WORK_ENDING], ==, 2);
  g_assert_cmpuint (list->rows->len, ==, 2);
  g_assert_cmpint (get (list, "1")->kind, ==, DBK_ORDER_WORK_ENDING);
  g_assert_cmpint (get (list, "1")->until, ==, DAY);
  g_assert_cmpint (get (list, "1")->order_ug, ==, DOSE);
  g_assert_cmpint (get (list, "2")->until, ==, DAY + 7);
  g_assert_true (g_ptr_array_index (list->rows, 0) == find (list, "1"));
}

static void
test_without (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *never = add_regular (f, "1"), *ended = add_regular (f, "2"), *to_come = add_regular (f, "3"), *has = add_regular (f, "4");
  g_autoptr(DbkOrderWorklist) list = NULL;

  sign (f, ended, DOSE, DAY, DAY);
  sign (f, to_come, DOSE, DAY + 2, DBK_DAY_NONE);
  dbk_clinic_fixture_set_time (f, DAY + 1, 8 * 60);
  dbk_clinic_fixture_import (f, "4", DAY, DAY, DOSE / MG);
  sign (f, has, DOSE, DAY + 1, DBK_DAY_NONE);
  list = read_list (f);
  g_assert_cmpint (list->count[DBK_ORDER_WORK_NO_ORDER], ==, 3);
  g_assert_cmpint (get (list, "1")->order_ug, ==, 0);
  g_assert_cmpint (get (list, "2")->order_ug, ==, DOSE);
  g_assert_cmpint (get (list, "2")->until, ==, DAY);
  g_assert_cmpint (get (list, "3")->from, ==, DAY + 2);
  g_assert_null (find (list, "4"));
  g_assert_nonnull (never);
}

static void
test_held (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *medical = add_regular (f, "1"), *flagged = add_regular (f, "2"), *lifted = add_regular (f, "3");
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *again = NULL;
  g_autoptr(DbkOrderWorklist) list = NULL;
  g_autoptr(GError) error = NULL;

  sign (f, medical, DOSE, DAY, DAY + 1);
  sign (f, flagged, DOSE, DAY, DBK_DAY_NONE);
  sign (f, lifted, DOSE, DAY, DBK_DAY_NONE);
  first = hold (f, f->doctor, medical, DBK_HOLD_MEDICAL);
  again = hold (f, f->nurse, medical, DBK_HOLD_STOP);
  second = hold (f, f->nurse, flagged, DBK_HOLD_STOP);
  third = hold (f, f->doctor, lifted, DBK_HOLD_MEDICAL);
  g_assert_true (dbk_lift_hold (f->clinic, f->doctor, lifted, third, "other", &error));
  list = read_list (f);
  /* Once, although two holds stand and the order ends. */
  g_assert_cmpint (get (list, "1")->kind, ==, DBK_ORDER_WORK_HELD);
  g_assert_cmpint (get (list, "2")->hold->kind, ==, DBK_HOLD_STOP);
  g_assert_cmpint (get (list, "2")->order_ug, ==, DOSE);
  g_assert_null (find (list, "3"));
  g_assert_cmpint (list->count[DBK_ORDER_WORK_HELD], ==, 2);
  g_assert_cmpint (list->count[DBK_ORDER_WORK_ENDING], ==, 0);
}

static void
test_away (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autofree char *away = add_regular (f, "1"), *answered = add_regular (f, "2");
  g_autoptr(DbkOrderWorklist) before = NULL, after = NULL;

  sign (f, away, DOSE, DAY, DBK_DAY_NONE);
  sign (f, answered, DOSE, DAY, DBK_DAY_NONE);
  dbk_clinic_fixture_set_time (f, DAY + 9, 8 * 60);
  before = read_list (f);
  g_assert_cmpint (before->count[DBK_ORDER_WORK_AWAY], ==, 2);
  g_assert_cmpint (get (before, "1")->missed, ==, 9);
  g_assert_cmpint (get (before, "1")->last_day, ==, DAY - 1);
  g_assert_cmpint (get (before, "1")->order_ug, ==, DOSE);
  sign (f, answered, 20 * MG, DAY + 9, DBK_DAY_NONE);
  after = read_list (f);
  g_assert_cmpint (after->count[DBK_ORDER_WORK_AWAY], ==, 1);
  g_assert_nonnull (find (after, "1"));
  g_assert_null (find (after, "2"));
}

static void
test_nobody (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(DbkOrderWorklist) list = read_list (f);

  g_assert_cmpuint (list->rows->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-worklist/nobody", test_nobody);
  g_test_add_func ("/order-worklist/ending", test_ending);
  g_test_add_func ("/order-worklist/without", test_without);
  g_test_add_func ("/order-worklist/held", test_held);
  g_test_add_func ("/order-worklist/away", test_away);
  return g_test_run ();
}
