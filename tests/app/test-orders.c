/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-sign-order.h"

#include "app/dbk-give-dose.h"
#include "app/dbk-register-patient.h"
#include "db/dbk-order-store.h"
#include "tests/app/dbk-clinic-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY

typedef struct
{
  DbkClinicFixture *f;
  char             *patient;
} Room;

static void
enter (Room *room)
{
  room->f = dbk_clinic_fixture_new ();
  room->patient = dbk_clinic_fixture_add_patient (room->f, "0421", "王小明");
}

static void
leave (Room *room)
{
  dbk_clinic_fixture_assert_holds (room->f);
  dbk_clinic_fixture_free (room->f);
  g_free (room->patient);
}

static DbkOrderRequest
request_for (const Room *room,
             gint64      dose_ug)
{
  return (DbkOrderRequest) { .patient = room->patient, .dose_ug = dose_ug, .from = room->f->day, .to = DBK_DAY_NONE };
}

static DbkOrderOutcome *
sign (Room                  *room,
      const DbkOrderRequest *request)
{
  g_autoptr(GError) error = NULL;
  DbkOrderOutcome *outcome = dbk_sign_order (room->f->clinic, room->f->doctor, request, &error);

  g_assert_no_error (error);
  return outcome;
}

static gboolean
has_issue (const DbkOrderOutcome *outcome,
           DbkOrderIssueCode      code)
{
  for (guint i = 0; i < outcome->issues->len; i++)
    if (((const DbkOrderIssue *) g_ptr_array_index (outcome->issues, i))->code == code)
      return TRUE;
  return FALSE;
}

static GPtrArray *
list_orders (Room *room)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *orders = dbk_order_list_of_patient (dbk_clinic_get_db (room->f->clinic), room->patient, &error);

  g_assert_no_error (error);
  return orders;
}

static guint
count_in_force (Room   *room,
                DbkDay  day,
                gint64 *dose_ug)
{
  g_autoptr(GPtrArray) orders = list_orders (room);
  guint n = 0;

  *dose_ug = 0;
  for (guint i = 0; i < orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (orders, i);

      if (!dbk_order_in_force (order, day))
        continue;
      n++;
      *dose_ug = order->dose_ug;
    }
  return n;
}

static void
assert_in_force (Room   *room,
                 DbkDay  day,
                 gint64  dose_ug)
{
  gint64 found_ug;

  g_assert_cmpuint (count_in_force (room, day, &found_ug), ==, dose_ug != 0);
  g_assert_cmpint (found_ug, ==, dose_ug);
}

/* ---- what stands in the way ---- */

/* Each as a patient's first order. */
static const struct
{
  const char       *name;
  gint64            dose_ug;
  gint              from;     /* days from today */
  gint              days;     /* 0: open */
  gboolean          blocked;
  gboolean          retype;
  gint              issue;    /* -1: none */
} firsts[] = {
  { "what is safe", 30 * MG, 0, 0, FALSE, FALSE, -1 },
  { "above what is safe", 30 * MG + 1, 0, 0, FALSE, TRUE, DBK_ORDER_ISSUE_FIRST_DOSE_WARN },
  { "the most", 40 * MG, 0, 0, FALSE, TRUE, DBK_ORDER_ISSUE_FIRST_DOSE_WARN },
  { "too much", 40 * MG + 1, 0, 0, TRUE, FALSE, DBK_ORDER_ISSUE_FIRST_DOSE_BLOCK },
  { "nothing", 0, 0, 0, TRUE, FALSE, DBK_ORDER_ISSUE_ZERO },
  { "from yesterday", 30 * MG, -1, 0, TRUE, FALSE, DBK_ORDER_ISSUE_BACKDATED },
  { "from tomorrow", 30 * MG, 1, 0, FALSE, FALSE, -1 },
  { "one day", 30 * MG, 0, 1, FALSE, FALSE, -1 },
  { "over before it begins", 30 * MG, 3, -1, TRUE, FALSE, DBK_ORDER_ISSUE_ENDS_BEFORE_START },
};

static void
test_first_order (void)
{
  Room room;

  enter (&room);
  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++)
    {
      DbkOrderRequest request = request_for (&room, firsts[i].dose_ug);
      g_autoptr(DbkOrderOutcome) outcome = NULL;
      g_autoptr(GError) error = NULL;
      gint64 facts = dbk_clinic_fixture_count_facts (room.f);

      g_test_message ("%s", firsts[i].name);
      request.from += firsts[i].from;
      if (firsts[i].days != 0)
        request.to = request.from + firsts[i].days - 1;
      outcome = dbk_judge_order (room.f->clinic, room.f->doctor, &request, &error);
      g_assert_no_error (error);
      g_assert_cmpint (outcome->blocked, ==, firsts[i].blocked);
      g_assert_cmpint (outcome->retype, ==, firsts[i].retype);
      g_assert_cmpuint (outcome->issues->len, ==, firsts[i].issue >= 0 ? 1 : 0);
      g_assert_true (firsts[i].issue < 0 || has_issue (outcome, (DbkOrderIssueCode) firsts[i].issue));
      g_assert_null (outcome->order);
      g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
    }
  leave (&room);
}

/* What is blocked stays blocked however often it is typed; what must be retyped is signed when it is, and not by another number. */
static void
test_retype (void)
{
  Room room;
  DbkOrderRequest request;
  g_autoptr(DbkOrderOutcome) open = NULL, wrong = NULL, blocked = NULL, signed_one = NULL;

  enter (&room);
  request = request_for (&room, 35 * MG);
  open = sign (&room, &request);
  g_assert_true (open->retype);
  g_assert_null (open->order);
  request.retyped_ug = 350 * MG;
  wrong = sign (&room, &request);
  g_assert_true (wrong->retype);
  g_assert_null (wrong->order);
  request = request_for (&room, 350 * MG);
  request.retyped_ug = request.dose_ug;
  blocked = sign (&room, &request);
  g_assert_true (blocked->blocked);
  g_assert_null (blocked->order);
  assert_in_force (&room, DAY, 0);

  request = request_for (&room, 35 * MG);
  request.retyped_ug = 35 * MG;
  signed_one = sign (&room, &request);
  g_assert_nonnull (signed_one->order);
  g_assert_cmpuint (signed_one->issues->len, ==, 1);
  assert_in_force (&room, DAY, 35 * MG);
  leave (&room);
}

/* The ten-fold slip: 60 becomes 600. */
static void
test_ten_fold (void)
{
  Room room;
  DbkOrderRequest request;
  g_autoptr(DbkOrderOutcome) six_hundred = NULL, twice = NULL, over = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *order = NULL;

  enter (&room);
  dbk_clinic_fixture_import (room.f, "0421", DAY - 30, DAY - 1, 60);
  order = dbk_clinic_fixture_sign (room.f, room.patient, 60 * MG);
  request = request_for (&room, 600 * MG);
  request.retyped_ug = 600 * MG;
  six_hundred = sign (&room, &request);
  g_assert_true (six_hundred->blocked);
  g_assert_true (has_issue (six_hundred, DBK_ORDER_ISSUE_CEILING_BLOCK));
  g_assert_cmpint (six_hundred->previous_ug, ==, 60 * MG);
  request = request_for (&room, 121 * MG);
  twice = sign (&room, &request);
  g_assert_true (twice->retype);
  g_assert_true (has_issue (twice, DBK_ORDER_ISSUE_TWICE));
  g_assert_null (twice->order);
  assert_in_force (&room, DAY, 60 * MG);

  /* What is over is still what was ordered last. */
  dbk_clinic_fixture_set_time (room.f, DAY + 1, 8 * 60);
  g_assert_true (dbk_end_order (room.f->clinic, room.f->doctor, order, DAY, NULL, &error));
  request = request_for (&room, 121 * MG);
  over = sign (&room, &request);
  g_assert_cmpint (over->previous_ug, ==, 60 * MG);
  g_assert_true (has_issue (over, DBK_ORDER_ISSUE_TWICE));
  leave (&room);
}

/* After missed days more than the policy proposes is asked twice. */
static void
test_after_absence (void)
{
  Room room;
  DbkOrderRequest request;
  g_autoptr(DbkOrderOutcome) as_before = NULL, half = NULL;
  g_autofree char *order = NULL;

  enter (&room);
  dbk_clinic_fixture_import (room.f, "0421", DAY - 30, DAY - 1, 60);
  order = dbk_clinic_fixture_sign (room.f, room.patient, 60 * MG);
  dbk_clinic_fixture_set_time (room.f, DAY + 3, 8 * 60);
  request = request_for (&room, 60 * MG);
  request.reason = "after-absence";
  as_before = sign (&room, &request);
  g_assert_true (has_issue (as_before, DBK_ORDER_ISSUE_ABOVE_PROPOSAL));
  g_assert_null (as_before->order);
  request.dose_ug = 30 * MG;
  half = sign (&room, &request);
  g_assert_nonnull (half->order);
  assert_in_force (&room, DAY + 3, 30 * MG);
  leave (&room);
}

/* ---- replaced and ended ---- */

static void
test_replacement (void)
{
  Room room;
  DbkOrderRequest request;
  g_autofree char *first = NULL, *now = NULL;
  g_autoptr(DbkOrderOutcome) later = NULL;
  g_autoptr(DbkOrder) old = NULL, replaced_later = NULL;
  g_autoptr(GPtrArray) orders = NULL;

  enter (&room);
  first = dbk_clinic_fixture_sign (room.f, room.patient, 30 * MG);
  dbk_clinic_fixture_set_time (room.f, DAY + 4, 8 * 60);
  request = request_for (&room, 35 * MG);
  request.from = DAY + 6;
  request.retyped_ug = 35 * MG;
  later = sign (&room, &request);
  g_assert_nonnull (later->order);
  old = dbk_order_get (dbk_clinic_get_db (room.f->clinic), first, NULL);
  g_assert_cmpint (old->until, ==, DAY + 5);
  g_assert_cmpint (old->to, ==, DBK_DAY_NONE);
  g_assert_cmpstr (old->replaced_by, ==, later->order);
  assert_in_force (&room, DAY + 5, 30 * MG);
  assert_in_force (&room, DAY + 6, 35 * MG);

  /* From today: the one to come never comes into force. */
  now = dbk_clinic_fixture_sign (room.f, room.patient, 25 * MG);
  assert_in_force (&room, DAY + 3, 30 * MG);
  assert_in_force (&room, DAY + 4, 25 * MG);
  assert_in_force (&room, DAY + 100, 25 * MG);
  replaced_later = dbk_order_get (dbk_clinic_get_db (room.f->clinic), later->order, NULL);
  g_assert_cmpint (replaced_later->until, <, replaced_later->from);
  orders = list_orders (&room);
  g_assert_cmpuint (orders->len, ==, 3);
  leave (&room);
}

static void
test_ended (void)
{
  Room room;
  g_autofree char *order = NULL;
  g_autoptr(GError) error = NULL;

  enter (&room);
  order = dbk_clinic_fixture_sign (room.f, room.patient, 30 * MG);
  g_assert_false (dbk_end_order (room.f->clinic, room.f->nurse, order, DAY, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (dbk_end_order (room.f->clinic, room.f->doctor, order, DAY - 2, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dbk_end_order (room.f->clinic, room.f->doctor, "Z000000000000000", DAY, NULL, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (dbk_end_order (room.f->clinic, room.f->doctor, order, DAY + 2, NULL, &error));
  assert_in_force (&room, DAY + 2, 30 * MG);
  assert_in_force (&room, DAY + 3, 0);
  /* Earlier, yes; later is an order of its own. */
  g_assert_true (dbk_end_order (room.f->clinic, room.f->doctor, order, DAY - 1, NULL, &error));
  assert_in_force (&room, DAY, 0);
  g_assert_false (dbk_end_order (room.f->clinic, room.f->doctor, order, DAY + 9, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  leave (&room);
}

/* ---- who, and for whom ---- */

static void
test_roles (void)
{
  Room room;
  DbkOrderRequest request;
  const DbkSession *sessions[5];

  enter (&room);
  request = request_for (&room, 30 * MG);
  sessions[0] = room.f->nurse;
  sessions[1] = room.f->pharmacist;
  sessions[2] = room.f->outreach;
  sessions[3] = room.f->admin;
  sessions[4] = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autoptr(GError) error = NULL, second = NULL;

      g_assert_null (dbk_sign_order (room.f->clinic, sessions[i], &request, &error));
      g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
      g_assert_null (dbk_judge_order (room.f->clinic, sessions[i], &request, &second));
      g_assert_error (second, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
    }
  leave (&room);
}

static void
test_bad_requests (void)
{
  Room room;
  DbkOrderRequest request;
  g_autoptr(DbkPatient) patient = NULL;
  g_autoptr(GError) error = NULL;

  enter (&room);
  request = request_for (&room, 30 * MG);
  request.reason = "because";
  g_assert_null (dbk_sign_order (room.f->clinic, room.f->doctor, &request, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  request = request_for (&room, 30 * MG);
  request.patient = "Z000000000000000";
  g_assert_null (dbk_sign_order (room.f->clinic, room.f->doctor, &request, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  patient = dbk_patient_get (dbk_clinic_get_db (room.f->clinic), room.patient, NULL);
  patient->state = DBK_PATIENT_DISCHARGED;
  g_assert_true (dbk_change_patient (room.f->clinic, room.f->nurse, patient, &error));
  request = request_for (&room, 30 * MG);
  g_assert_null (dbk_sign_order (room.f->clinic, room.f->doctor, &request, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  leave (&room);
}

static void
test_holds (void)
{
  Room room;
  DbkHold hold = { .kind = DBK_HOLD_MEDICAL, .reason = (char *) "cardiac", .from = DAY, .until = DBK_DAY_NONE, .lifted_on = DBK_DAY_NONE };
  g_autoptr(GError) error = NULL;

  enter (&room);
  hold.patient = room.patient;
  g_assert_false (dbk_place_hold (room.f->clinic, room.f->nurse, &hold, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dbk_place_hold (room.f->clinic, room.f->admin, &hold, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  hold.from = DAY - 1;
  g_assert_false (dbk_place_hold (room.f->clinic, room.f->doctor, &hold, NULL, &error));
  g_clear_error (&error);
  hold.from = DAY;
  hold.until = DAY - 1;
  g_assert_false (dbk_place_hold (room.f->clinic, room.f->doctor, &hold, NULL, &error));
  g_clear_error (&error);
  hold.until = DAY + 1;
  hold.reason = (char *) "because";
  g_assert_false (dbk_place_hold (room.f->clinic, room.f->doctor, &hold, NULL, &error));
  g_clear_error (&error);
  hold.reason = (char *) "cardiac";
  g_assert_true (dbk_place_hold (room.f->clinic, room.f->doctor, &hold, NULL, &error));
  leave (&room);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/orders/first", test_first_order);
  g_test_add_func ("/orders/retype", test_retype);
  g_test_add_func ("/orders/ten-fold", test_ten_fold);
  g_test_add_func ("/orders/after-absence", test_after_absence);
  g_test_add_func ("/orders/replacement", test_replacement);
  g_test_add_func ("/orders/ended", test_ended);
  g_test_add_func ("/orders/roles", test_roles);
  g_test_add_func ("/orders/bad-requests", test_bad_requests);
  g_test_add_func ("/orders/holds", test_holds);
  return g_test_run ();
}
