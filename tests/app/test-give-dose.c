/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-give-dose.h"

#include "app/dbk-reverse-dose.h"
#include "app/dbk-sign-order.h"
#include "db/dbk-desk-store.h"
#include "db/dbk-dose-store.h"
#include "tests/app/dbk-clinic-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY
#define DOSE (60 * MG)
#define EIGHT (8 * 60)

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

/* Somebody who has come for a week, and has an order of what they had. */
static void
enter_known (Room *room)
{
  g_autofree char *order = NULL;

  enter (room);
  dbk_clinic_fixture_import (room->f, "0421", DAY - 7, DAY - 1, DOSE / MG);
  order = dbk_clinic_fixture_sign (room->f, room->patient, DOSE);
}

static void
leave (Room *room)
{
  dbk_clinic_fixture_assert_holds (room->f);
  dbk_clinic_fixture_free (room->f);
  g_free (room->patient);
}

static DbkGiveRequest
request_for (const Room *room)
{
  return (DbkGiveRequest) { .at_counter = { .patient = room->patient, .card = "", .day = DBK_DAY_NONE } };
}

static DbkGiveResult *
give (Room                 *room,
      const DbkGiveRequest *request)
{
  g_autoptr(GError) error = NULL;
  DbkGiveResult *result = dbk_give_dose (room->f->clinic, room->f->nurse, request, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  return result;
}

static void
assert_stopped (Room                 *room,
                const DbkGiveRequest *request,
                DbkFindingCode        code)
{
  gint64 facts = dbk_clinic_fixture_count_facts (room->f);
  g_autoptr(DbkGiveResult) result = give (room, request);
  const DbkFinding *finding = dbk_verdict_find (result->view->verdict, code);

  g_assert_cmpint (result->outcome, ==, DBK_GIVE_STOPPED);
  g_assert_nonnull (finding);
  g_assert_cmpint (finding->level, ==, DBK_LEVEL_STOP);
  g_assert_null (result->dose);
  g_assert_null (result->fact);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room->f), ==, facts);
}

/* ---- given ---- */

static void
test_given (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(DbkGiveResult) result = NULL;
  g_autoptr(DbkDose) dose = NULL;

  enter_known (&room);
  request = request_for (&room);
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  g_assert_cmpint (result->dose_ug, ==, DOSE);
  g_assert_cmpint (result->volume_ul, ==, DOSE);
  g_assert_cmpint (result->given_ms, ==, dbk_clock_now_ms (dbk_clinic_get_clock (room.f->clinic)));

  dose = dbk_clinic_fixture_read_dose (room.f, result->dose);
  g_assert_cmpstr (dose->fact, ==, result->fact);
  g_assert_cmpstr (dose->patient, ==, room.patient);
  g_assert_cmpint (dose->day, ==, DAY);
  g_assert_cmpint (dose->kind, ==, DBK_DOSE_OBSERVED);
  g_assert_cmpint (dose->dose_ug, ==, DOSE);
  g_assert_cmpint (dose->ordered_ug, ==, DOSE);
  g_assert_cmpint (dose->volume_ul, ==, DOSE);
  g_assert_cmpstr (dose->lot_number, ==, DBK_CLINIC_FIXTURE_LOT);
  g_assert_cmpstr (dose->given_by, ==, room.f->nurse->staff);
  g_assert_cmpstr (dose->site, ==, "C1");
  g_assert_false (dose->from_paper);
  g_assert_null (dose->reversed_by);
  dbk_clinic_fixture_assert_lot (room.f, DBK_CLINIC_FIXTURE_BOTTLE_UL - DOSE, DOSE, 0);

  assert_stopped (&room, &request, DBK_FINDING_ALREADY_DOSED);
  dbk_clinic_fixture_assert_lot (room.f, DBK_CLINIC_FIXTURE_BOTTLE_UL - DOSE, DOSE, 0);
  leave (&room);
}

/* Looking records nothing, and what was seen is what is given. */
static void
test_looking_records_nothing (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkCounterView) view = NULL;
  g_autoptr(DbkGiveResult) result = NULL;
  gint64 facts;

  enter_known (&room);
  request = request_for (&room);
  facts = dbk_clinic_fixture_count_facts (room.f);
  view = dbk_counter_look (room.f->clinic, room.f->nurse, &request.at_counter, &error);
  g_assert_no_error (error);
  g_assert_cmpint (view->verdict->kind, ==, DBK_VERDICT_GIVE);
  g_assert_cmpint (view->order->dose_ug, ==, DOSE);
  g_assert_cmpint (view->last->day, ==, DAY - 1);
  g_assert_cmpint (view->missed_30, ==, 0);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
  request.seen_mark = view->mark;
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  leave (&room);
}

/* ---- stopped ---- */

static void
test_stopped (void)
{
  Room room;
  DbkGiveRequest request;

  enter (&room);
  request = request_for (&room);
  assert_stopped (&room, &request, DBK_FINDING_NO_ORDER);
  leave (&room);

  enter_known (&room);
  request = request_for (&room);
  request.at_counter.card_revoked = TRUE;
  assert_stopped (&room, &request, DBK_FINDING_CARD_REVOKED);
  request.at_counter.card_revoked = FALSE;
  request.at_counter.day = DAY + 1;
  assert_stopped (&room, &request, DBK_FINDING_WRONG_DAY);
  request.at_counter.day = DAY - 1;
  assert_stopped (&room, &request, DBK_FINDING_WRONG_DAY);
  request.at_counter.day = DBK_DAY_NONE;
  dbk_clinic_fixture_set_time (room.f, DAY + 5, EIGHT);
  assert_stopped (&room, &request, DBK_FINDING_MISSED_STOP);
  dbk_clinic_fixture_set_time (room.f, DAY - 1, EIGHT);
  assert_stopped (&room, &request, DBK_FINDING_CLOCK_BACK);
  dbk_clinic_fixture_set_time (room.f, DAY + 380, EIGHT);
  assert_stopped (&room, &request, DBK_FINDING_LOT_EXPIRED);
  leave (&room);
}

static void
test_hold (void)
{
  Room room;
  DbkGiveRequest request;
  DbkHold hold = { .kind = DBK_HOLD_STOP, .reason = (char *) "intoxicated", .from = DAY, .until = DBK_DAY_NONE, .lifted_on = DBK_DAY_NONE };
  g_autofree char *id = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkGiveResult) result = NULL;

  enter_known (&room);
  request = request_for (&room);
  hold.patient = room.patient;
  g_assert_true (dbk_place_hold (room.f->clinic, room.f->nurse, &hold, &id, &error));
  assert_stopped (&room, &request, DBK_FINDING_STOP_FLAG);
  g_assert_false (dbk_lift_hold (room.f->clinic, room.f->nurse, room.patient, id, "other", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_true (dbk_lift_hold (room.f->clinic, room.f->doctor, room.patient, id, "other", &error));
  g_assert_false (dbk_lift_hold (room.f->clinic, room.f->doctor, room.patient, id, "other", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND);
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  leave (&room);
}

/* ---- answers ---- */

static guint
count_answers (Room *room)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) answers = dbk_answer_list (dbk_clinic_get_db (room->f->clinic), room->patient, room->f->day, &error);

  g_assert_no_error (error);
  return answers->len;
}

/* Two missed days: asked, answered, given; a wrong answer does not help, and nothing of a refused try is recorded. */
static void
test_answer_needed (void)
{
  Room room;
  DbkGiveRequest request;
  DbkAnswer answer = { DBK_FINDING_MISSED, "unwell" };
  g_autoptr(DbkGiveResult) open = NULL, refused = NULL, other = NULL, given = NULL;
  gint64 facts;

  enter_known (&room);
  dbk_clinic_fixture_set_time (room.f, DAY + 2, EIGHT);
  request = request_for (&room);
  facts = dbk_clinic_fixture_count_facts (room.f);
  open = give (&room, &request);
  g_assert_cmpint (open->outcome, ==, DBK_GIVE_ANSWER_NEEDED);
  g_assert_cmpint (dbk_verdict_find (open->view->verdict, DBK_FINDING_MISSED)->number, ==, 2);
  request.at_counter.answers = &answer;
  request.at_counter.n_answers = 1;
  refused = give (&room, &request);
  g_assert_cmpint (refused->outcome, ==, DBK_GIVE_STOPPED);
  answer = (DbkAnswer) { DBK_FINDING_FIRST_DOSE, "explained" };
  other = give (&room, &request);
  g_assert_cmpint (other->outcome, ==, DBK_GIVE_ANSWER_NEEDED);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
  g_assert_cmpuint (count_answers (&room), ==, 0);

  answer = (DbkAnswer) { DBK_FINDING_MISSED, "none-seen" };
  given = give (&room, &request);
  g_assert_cmpint (given->outcome, ==, DBK_GIVE_GIVEN);
  g_assert_cmpuint (count_answers (&room), ==, 1);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts + 2);
  leave (&room);
}

/* Answered at once at the counter: not asked again today, recorded once, asked anew tomorrow. */
static void
test_answer_once_a_day (void)
{
  Room room;
  DbkGiveRequest request;
  const DbkAnswer answer = { DBK_FINDING_MISSED, "none-seen" };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkGiveResult) given = NULL, tomorrow = NULL;
  gint64 facts;

  enter_known (&room);
  dbk_clinic_fixture_set_time (room.f, DAY + 2, EIGHT);
  g_assert_false (dbk_answer_finding (room.f->clinic, room.f->nurse, room.patient, DBK_FINDING_MISSED, "told", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (dbk_answer_finding (room.f->clinic, room.f->doctor, room.patient, DBK_FINDING_MISSED, "none-seen", &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_true (dbk_answer_finding (room.f->clinic, room.f->nurse, room.patient, DBK_FINDING_MISSED, "unwell", &error));
  g_assert_true (dbk_answer_finding (room.f->clinic, room.f->nurse, room.patient, DBK_FINDING_MISSED, "none-seen", &error));

  /* Given with the same answer once more: the dose is the only new fact. */
  facts = dbk_clinic_fixture_count_facts (room.f);
  request = request_for (&room);
  request.at_counter.answers = &answer;
  request.at_counter.n_answers = 1;
  given = give (&room, &request);
  g_assert_cmpint (given->outcome, ==, DBK_GIVE_GIVEN);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts + 1);
  g_assert_cmpuint (count_answers (&room), ==, 1);

  dbk_clinic_fixture_set_time (room.f, DAY + 5, EIGHT);
  request = request_for (&room);
  tomorrow = give (&room, &request);
  g_assert_cmpint (tomorrow->outcome, ==, DBK_GIVE_ANSWER_NEEDED);
  leave (&room);
}

static void
test_unwell (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(DbkGiveResult) result = NULL;

  enter_known (&room);
  request = request_for (&room);
  request.at_counter.unwell = TRUE;
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_ANSWER_NEEDED);
  g_assert_nonnull (dbk_verdict_find (result->view->verdict, DBK_FINDING_UNWELL));
  leave (&room);
}

/* ---- the order changes while the patient stands there ---- */

static void
test_changed (void)
{
  Room room;
  DbkGiveRequest request;
  const DbkAnswer told = { DBK_FINDING_DOSE_CHANGED, "told" };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkCounterView) before = NULL;
  g_autoptr(DbkCounterView) after = NULL;
  g_autoptr(DbkGiveResult) frozen = NULL, given = NULL;
  g_autofree char *order = NULL;
  gint64 facts;

  enter_known (&room);
  request = request_for (&room);
  before = dbk_counter_look (room.f->clinic, room.f->nurse, &request.at_counter, &error);
  order = dbk_clinic_fixture_sign (room.f, room.patient, 55 * MG);
  facts = dbk_clinic_fixture_count_facts (room.f);
  request.seen_mark = before->mark;
  request.at_counter.answers = &told;
  request.at_counter.n_answers = 1;
  frozen = give (&room, &request);
  g_assert_cmpint (frozen->outcome, ==, DBK_GIVE_CHANGED);
  g_assert_null (frozen->dose);
  g_assert_cmpint (frozen->view->verdict->dose_ug, ==, 55 * MG);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);

  after = dbk_counter_look (room.f->clinic, room.f->nurse, &request.at_counter, &error);
  g_assert_cmpstr (after->mark, !=, before->mark);
  request.seen_mark = after->mark;
  given = give (&room, &request);
  g_assert_cmpint (given->outcome, ==, DBK_GIVE_GIVEN);
  g_assert_cmpint (given->dose_ug, ==, 55 * MG);
  leave (&room);
}

/* An answer is not a change: the mark of the view before it still counts. */
static void
test_answer_is_no_change (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkCounterView) view = NULL;
  g_autoptr(DbkGiveResult) given = NULL;

  enter_known (&room);
  dbk_clinic_fixture_set_time (room.f, DAY + 2, EIGHT);
  request = request_for (&room);
  view = dbk_counter_look (room.f->clinic, room.f->nurse, &request.at_counter, &error);
  g_assert_true (dbk_answer_finding (room.f->clinic, room.f->nurse, room.patient, DBK_FINDING_MISSED, "none-seen", &error));
  request.seen_mark = view->mark;
  given = give (&room, &request);
  g_assert_cmpint (given->outcome, ==, DBK_GIVE_GIVEN);
  leave (&room);
}

/* ---- from paper ---- */

static gint64
paper_ms (Room   *room,
          DbkDay  day,
          int     minute)
{
  return dbk_clock_ms_at (dbk_clinic_get_clock (room->f->clinic), day, minute);
}

static void
test_from_paper (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(DbkGiveResult) result = NULL;
  g_autoptr(DbkDose) dose = NULL;

  enter_known (&room);
  dbk_clinic_fixture_set_time (room.f, DAY + 1, EIGHT);
  request = request_for (&room);
  request.at_counter.day = DAY;
  request.at_counter.from_paper = TRUE;
  request.paper_ms = paper_ms (&room, DAY, 9 * 60 + 12);
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  dose = dbk_clinic_fixture_read_dose (room.f, result->dose);
  g_assert_true (dose->from_paper);
  g_assert_cmpint (dose->day, ==, DAY);
  g_assert_cmpint (dose->given_ms, ==, request.paper_ms);
  assert_stopped (&room, &request, DBK_FINDING_ALREADY_DOSED);

  /* Today's is still free. */
  request = request_for (&room);
  g_clear_pointer (&result, dbk_give_result_free);
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  leave (&room);
}

static void
test_paper_that_cannot_be (void)
{
  static const struct
  {
    DbkDay   day;        /* asked for */
    DbkDay   paper_day;
    int      paper_minute;
    gboolean from_paper;
  } rows[] = {
    { DAY + 1, DAY + 1, EIGHT, TRUE },     /* tomorrow */
    { DAY, DAY, EIGHT + 1, TRUE },         /* a minute ahead */
    { DAY, DAY - 1, EIGHT, TRUE },         /* another day than the one asked for */
    { DAY - 1, DAY - 1, EIGHT, FALSE },    /* a paper's time, but judged as today's */
  };
  Room room;
  DbkGiveRequest request;

  enter_known (&room);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 facts = dbk_clinic_fixture_count_facts (room.f);

      request = request_for (&room);
      request.at_counter.day = rows[i].day;
      request.at_counter.from_paper = rows[i].from_paper;
      request.paper_ms = paper_ms (&room, rows[i].paper_day, rows[i].paper_minute);
      g_assert_null (dbk_give_dose (room.f->clinic, room.f->nurse, &request, &error));
      g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
      g_assert_cmpint (dbk_clinic_fixture_count_facts (room.f), ==, facts);
    }
  leave (&room);
}

/* Yesterday's answer, entered today, is yesterday's; and today's does not answer for yesterday. */
static void
test_paper_answer (void)
{
  Room room;
  DbkGiveRequest request;
  const DbkAnswer answer = { DBK_FINDING_MISSED, "none-seen" };
  g_autoptr(DbkGiveResult) open = NULL, result = NULL;
  g_autoptr(GError) error = NULL;

  enter_known (&room);
  dbk_clinic_fixture_set_time (room.f, DAY + 3, EIGHT);
  g_assert_true (dbk_answer_finding (room.f->clinic, room.f->nurse, room.patient, DBK_FINDING_MISSED, "none-seen", &error));
  request = request_for (&room);
  request.at_counter.day = DAY + 2;
  request.at_counter.from_paper = TRUE;
  request.paper_ms = paper_ms (&room, DAY + 2, EIGHT);
  open = give (&room, &request);
  g_assert_cmpint (open->outcome, ==, DBK_GIVE_ANSWER_NEEDED);
  request.at_counter.answers = &answer;
  request.at_counter.n_answers = 1;
  result = give (&room, &request);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  g_assert_cmpuint (count_answers (&room), ==, 1);
  room.f->day = DAY + 2;
  g_assert_cmpuint (count_answers (&room), ==, 1);
  leave (&room);
}

/* ---- who, and ahead ---- */

static void
test_roles (void)
{
  Room room;
  DbkGiveRequest request;
  DbkSession *sessions[3];

  enter_known (&room);
  request = request_for (&room);
  sessions[0] = room.f->doctor;
  sessions[1] = room.f->admin;
  sessions[2] = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (dbk_give_dose (room.f->clinic, sessions[i], &request, &error));
      g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
    }
  leave (&room);
}

static void
test_unknown_patient (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(GError) error = NULL;

  enter (&room);
  request = request_for (&room);
  request.at_counter.patient = "Z000000000000000";
  g_assert_null (dbk_give_dose (room.f->clinic, room.f->nurse, &request, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  leave (&room);
}

static void
test_ahead (void)
{
  Room room;
  DbkGiveRequest request;
  g_autoptr(GError) error = NULL;
  g_autofree char *home = NULL;
  g_autoptr(DbkGiveResult) today = NULL;

  enter_known (&room);
  g_assert_true (dbk_give_ahead (room.f->clinic, room.f->nurse, room.patient, DAY + 1, DBK_DOSE_TAKE_HOME, &home, &error));
  g_assert_false (dbk_give_ahead (room.f->clinic, room.f->nurse, room.patient, DAY + 1, DBK_DOSE_TAKE_HOME, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN);
  g_clear_error (&error);
  g_assert_false (dbk_give_ahead (room.f->clinic, room.f->nurse, room.patient, DAY, DBK_DOSE_TAKE_HOME, NULL, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID);
  g_clear_error (&error);
  dbk_clinic_fixture_assert_lot (room.f, DBK_CLINIC_FIXTURE_BOTTLE_UL - DOSE, DOSE, 0);
  request = request_for (&room);
  today = give (&room, &request);
  g_assert_cmpint (today->outcome, ==, DBK_GIVE_GIVEN);
  dbk_clinic_fixture_set_time (room.f, DAY + 1, EIGHT);
  assert_stopped (&room, &request, DBK_FINDING_ALREADY_DOSED);

  /* A guest dose takes the key but nothing of our bottle. */
  dbk_clinic_fixture_set_time (room.f, DAY + 2, EIGHT);
  g_assert_true (dbk_give_ahead (room.f->clinic, room.f->nurse, room.patient, DAY + 2, DBK_DOSE_GUEST, NULL, &error));
  assert_stopped (&room, &request, DBK_FINDING_ALREADY_DOSED);
  dbk_clinic_fixture_assert_lot (room.f, DBK_CLINIC_FIXTURE_BOTTLE_UL - 2 * DOSE, 2 * DOSE, 0);
  leave (&room);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/give/given", test_given);
  g_test_add_func ("/give/looking-records-nothing", test_looking_records_nothing);
  g_test_add_func ("/give/stopped", test_stopped);
  g_test_add_func ("/give/hold", test_hold);
  g_test_add_func ("/give/answer/needed", test_answer_needed);
  g_test_add_func ("/give/answer/once-a-day", test_answer_once_a_day);
  g_test_add_func ("/give/answer/unwell", test_unwell);
  g_test_add_func ("/give/changed", test_changed);
  g_test_add_func ("/give/answer/is-no-change", test_answer_is_no_change);
  g_test_add_func ("/give/paper/entered-later", test_from_paper);
  g_test_add_func ("/give/paper/cannot-be", test_paper_that_cannot_be);
  g_test_add_func ("/give/paper/answer", test_paper_answer);
  g_test_add_func ("/give/roles", test_roles);
  g_test_add_func ("/give/unknown-patient", test_unknown_patient);
  g_test_add_func ("/give/ahead", test_ahead);
  return g_test_run ();
}
