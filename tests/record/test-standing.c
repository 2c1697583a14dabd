/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which days an order is in force and a hold stands: the day before, the first, the last, the day after. */
#include "db/record/dbk-order.h"

#define DAY 20517
#define NONE DBK_DAY_NONE

static void
test_orders (void)
{
  static const struct
  {
    DbkDay   from, until, day;
    gboolean in_force;
  } rows[] = {
    { DAY, NONE, DAY - 1, FALSE }, { DAY, NONE, DAY, TRUE }, { DAY, NONE, DAY + 36500, TRUE },
    { DAY, DAY + 9, DAY - 1, FALSE }, { DAY, DAY + 9, DAY, TRUE }, { DAY, DAY + 9, DAY + 9, TRUE }, { DAY, DAY + 9, DAY + 10, FALSE },
    { DAY, DAY, DAY - 1, FALSE }, { DAY, DAY, DAY, TRUE }, { DAY, DAY, DAY + 1, FALSE },
    /* Replaced before it began: never in force. */
    { DAY, DAY - 1, DAY - 1, FALSE }, { DAY, DAY - 1, DAY, FALSE }, { DAY, DAY - 1, DAY + 1, FALSE },
    /* Without a beginning it is no order. */
    { NONE, NONE, DAY, FALSE }, { NONE, DAY + 9, DAY, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkOrder) order = dbk_order_new ();
      g_autoptr(DbkOrder) copy = NULL;

      order->from = rows[i].from;
      order->until = rows[i].until;
      copy = dbk_order_copy (order);
      if (dbk_order_in_force (order, rows[i].day) != rows[i].in_force)
        g_test_fail_printf ("order row %u", i);
      g_assert_cmpint (dbk_order_in_force (copy, rows[i].day), ==, rows[i].in_force);
    }
}

static void
test_holds (void)
{
  static const struct
  {
    DbkDay   from, until, lifted_on, day;
    gboolean stands;
  } rows[] = {
    { DAY, NONE, NONE, DAY - 1, FALSE }, { DAY, NONE, NONE, DAY, TRUE }, { DAY, NONE, NONE, DAY + 36500, TRUE },
    { DAY, DAY + 2, NONE, DAY + 2, TRUE }, { DAY, DAY + 2, NONE, DAY + 3, FALSE }, { DAY, DAY, NONE, DAY, TRUE },
    { DAY, NONE, DAY + 1, DAY, TRUE }, { DAY, NONE, DAY + 1, DAY + 1, FALSE }, { DAY, NONE, DAY + 1, DAY + 2, FALSE },
    { DAY, NONE, DAY, DAY, FALSE }, { DAY, DAY + 9, DAY + 5, DAY + 4, TRUE }, { DAY, DAY + 9, DAY + 5, DAY + 5, FALSE },
    { DAY, DAY + 2, DAY + 5, DAY + 3, FALSE },
    /* Lifted before it began, and one that does not say from when: in doubt it stands. */
    { DAY, NONE, DAY - 1, DAY, FALSE }, { NONE, NONE, NONE, DAY, TRUE }, { NONE, DAY, NONE, DAY + 1, FALSE }, { NONE, NONE, DAY, DAY - 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkHold) hold = dbk_hold_new ();
      g_autoptr(DbkHold) copy = NULL;

      hold->from = rows[i].from;
      hold->until = rows[i].until;
      hold->lifted_on = rows[i].lifted_on;
      copy = dbk_hold_copy (hold);
      if (dbk_hold_stands (hold, rows[i].day) != rows[i].stands)
        g_test_fail_printf ("hold row %u", i);
      g_assert_cmpint (dbk_hold_stands (copy, rows[i].day), ==, rows[i].stands);
    }
}

static void
test_absences (void)
{
  g_autoptr(DbkAbsence) absence = dbk_absence_new ();
  g_autoptr(DbkAbsence) copy = NULL;

  g_assert_cmpint (absence->from, ==, NONE);
  g_assert_cmpint (absence->to, ==, NONE);
  g_assert_false (absence->dosed_there);
  absence->reason = g_strdup ("hospital");
  absence->dosed_there = TRUE;
  copy = dbk_absence_copy (absence);
  g_assert_cmpstr (copy->reason, ==, "hospital");
  g_assert_true (copy->dosed_there);
  g_assert_null (copy->patient);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/standing/orders", test_orders);
  g_test_add_func ("/record/standing/holds", test_holds);
  g_test_add_func ("/record/standing/absences", test_absences);
  return g_test_run ();
}
