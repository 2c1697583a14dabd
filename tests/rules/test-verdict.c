/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decision table of the counter. From a case in which nothing stands in the way, each condition is flipped alone and must add
 * its finding and no other; its neighbour on the other side of the limit must add nothing. Then two at a time, answers, and what lifts. */
#include "tests/rules/dbk-case-sample.h"

#define TODAY DBK_SAMPLE_TODAY
#define NOW DBK_SAMPLE_NOW
#define N_DOSES DBK_SAMPLE_N_DOSES
#define MS_PER_DAY DBK_SAMPLE_MS_PER_DAY


/* ---- conditions, one by one ---- */

static void already_dosed (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY); }
static void already_take_home (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY)->kind = DBK_DOSE_TAKE_HOME; }
static void already_guest (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY)->kind = DBK_DOSE_GUEST; }
static void already_imported (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY)->kind = DBK_DOSE_IMPORTED; }
static void already_partly (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY)->taken_permille = 1; }
static void dosed_and_reversed (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY)->reversed_by = g_strdup ("s1"); }
static void second_part_dosed (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY)->part = 2; }
static void take_home_tomorrow (DbkCaseSample *f) { dbk_case_sample_add_dose (f, TODAY + 1)->kind = DBK_DOSE_TAKE_HOME; }

static void
collision (DbkCaseSample *f)
{
  DbkDose *first = g_ptr_array_index (f->c.doses, N_DOSES - 2), *second = dbk_case_sample_add_dose (f, first->day);

  first->collides = TRUE;
  second->collides = TRUE;
  second->given_ms += 1;
}

static void
collision_long_ago (DbkCaseSample *f)
{
  dbk_case_sample_add_dose (f, TODAY - 80)->collides = TRUE;
}

static void
collision_reversed (DbkCaseSample *f)
{
  DbkDose *dose = dbk_case_sample_add_dose (f, TODAY - 2);

  dose->collides = TRUE;
  dose->reversed_by = g_strdup ("s1");
}

static void no_order (DbkCaseSample *f) { g_ptr_array_set_size (f->c.orders, 0); }
static void no_orders_array (DbkCaseSample *f) { g_clear_pointer (&f->c.orders, g_ptr_array_unref); }
static void order_of_nothing (DbkCaseSample *f) { f->order->dose_ug = 0; }
static void order_never_begun (DbkCaseSample *f) { f->order->from = TODAY + 3; f->order->until = TODAY + 2; }
static void order_without_start (DbkCaseSample *f) { f->order->from = DBK_DAY_NONE; }
static void order_expired (DbkCaseSample *f) { f->order->until = TODAY - 1; }
static void order_of_yesterday (DbkCaseSample *f) { f->order->from = TODAY - 1; f->order->until = TODAY - 1; }
static void order_not_started (DbkCaseSample *f) { f->order->from = TODAY + 1; }
static void order_starts_today (DbkCaseSample *f) { f->order->from = TODAY; }

static void
order_expired_and_next (DbkCaseSample *f)
{
  f->order->until = TODAY - 2;
  dbk_case_sample_add_order (f, "order2", TODAY + 5);
}

static void on_hold (DbkCaseSample *f) { dbk_case_sample_add_hold (f, DBK_HOLD_MEDICAL); }
static void hold_lifted (DbkCaseSample *f) { dbk_case_sample_add_hold (f, DBK_HOLD_MEDICAL)->lifted_on = TODAY; }
static void hold_over (DbkCaseSample *f) { DbkHold *hold = dbk_case_sample_add_hold (f, DBK_HOLD_MEDICAL); hold->from = TODAY - 3; hold->until = TODAY - 1; }
static void hold_last_day (DbkCaseSample *f) { DbkHold *hold = dbk_case_sample_add_hold (f, DBK_HOLD_MEDICAL); hold->from = TODAY - 3; hold->until = TODAY; }
static void hold_to_come (DbkCaseSample *f) { dbk_case_sample_add_hold (f, DBK_HOLD_MEDICAL)->from = TODAY + 1; }
static void stop_flag (DbkCaseSample *f) { dbk_case_sample_add_hold (f, DBK_HOLD_STOP); }
static void stop_flag_lifted (DbkCaseSample *f) { dbk_case_sample_add_hold (f, DBK_HOLD_STOP)->lifted_on = TODAY - 1; }

static void missed_1 (DbkCaseSample *f) { dbk_case_sample_miss (f, 1); }
static void missed_2 (DbkCaseSample *f) { dbk_case_sample_miss (f, 2); }
static void missed_3 (DbkCaseSample *f) { dbk_case_sample_miss (f, 3); }
static void missed_4 (DbkCaseSample *f) { dbk_case_sample_miss (f, 4); }
static void missed_5 (DbkCaseSample *f) { dbk_case_sample_miss (f, 5); }
static void missed_28 (DbkCaseSample *f) { dbk_case_sample_miss (f, 28); }
static void missed_3_signed_today (DbkCaseSample *f) { dbk_case_sample_miss (f, 3); f->order->signed_day = TODAY; }

static void discharged (DbkCaseSample *f) { f->patient->state = DBK_PATIENT_DISCHARGED; }
static void transferred (DbkCaseSample *f) { f->patient->state = DBK_PATIENT_TRANSFERRED; }
static void deceased (DbkCaseSample *f) { f->patient->state = DBK_PATIENT_DECEASED; }

static void authority_elsewhere (DbkCaseSample *f) { f->c.authority_site = "V1"; f->c.authority_until = TODAY + 4; }
static void record_older (DbkCaseSample *f) { f->c.record_older = TRUE; }
static void unaccepted_dose (DbkCaseSample *f) { f->c.unaccepted_dose = TRUE; }
static void unread_fact (DbkCaseSample *f) { f->c.unread_fact = "dose.beamed"; }
static void guest_elsewhere (DbkCaseSample *f) { dbk_case_sample_add_absence (f, "guest-elsewhere", TODAY, TODAY); }
static void guest_until_yesterday (DbkCaseSample *f) { dbk_case_sample_add_absence (f, "guest-elsewhere", TODAY - 5, TODAY - 1); }
static void guest_from_tomorrow (DbkCaseSample *f) { dbk_case_sample_add_absence (f, "guest-elsewhere", TODAY + 1, TODAY + 5); }
static void back_from_travel_early (DbkCaseSample *f) { dbk_case_sample_add_absence (f, "travel", TODAY - 1, TODAY + 5); }

/* The ceiling goes below the dose: the dose stays what it was the last time. */
static void above_ceiling (DbkCaseSample *f) { f->policy.ceiling_block_ug.value = 59999; }
static void at_ceiling (DbkCaseSample *f) { f->policy.ceiling_block_ug.value = 60000; }
static void above_ceiling_warn (DbkCaseSample *f) { f->policy.ceiling_warn_ug.value = 1; }

static void no_bottle (DbkCaseSample *f) { f->c.bottle = NULL; }
static void bottle_without_strength (DbkCaseSample *f) { f->bottle->ug_per_ml = 0; }
static void bottle_too_strong (DbkCaseSample *f) { f->bottle->ug_per_ml = G_GINT64_CONSTANT (1000000000); }
static void lot_expired (DbkCaseSample *f) { f->bottle->expires = TODAY - 1; }
static void lot_expiry_unknown (DbkCaseSample *f) { f->bottle->expires = DBK_DAY_NONE; }
static void stock_short (DbkCaseSample *f) { f->bottle->bottle_ul = 59999; }
static void stock_below_nothing (DbkCaseSample *f) { f->bottle->bottle_ul = -1; }
static void stock_for_one (DbkCaseSample *f) { f->bottle->bottle_ul = 60000; }
static void stock_below_ten (DbkCaseSample *f) { f->bottle->bottle_ul = 599999; }
static void stock_plenty (DbkCaseSample *f) { f->bottle->bottle_ul = 5000000; }

static void clock_back (DbkCaseSample *f) { f->c.newest_ms = NOW + 120001; }
static void clock_back_a_little (DbkCaseSample *f) { f->c.newest_ms = NOW + 120000; }
static void clock_ahead (DbkCaseSample *f) { f->c.newest_ms = NOW - 30 * MS_PER_DAY - 1; }
static void clock_after_holiday (DbkCaseSample *f) { f->c.newest_ms = NOW - 30 * MS_PER_DAY; }
static void clock_of_empty_record (DbkCaseSample *f) { f->c.newest_ms = 0; }

static void day_closed (DbkCaseSample *f) { f->c.day_closed = TRUE; }
static void tomorrow (DbkCaseSample *f) { f->c.dose_day = TODAY + 1; }
static void last_month (DbkCaseSample *f) { f->c.dose_day = TODAY - 20; }
static void card_revoked (DbkCaseSample *f) { f->c.card_revoked = TRUE; }
static void no_policy (DbkCaseSample *f) { f->c.policy = NULL; }

static void unwell (DbkCaseSample *f) { f->c.looks_unwell = TRUE; }

static DbkDose *
last_dose (DbkCaseSample *f)
{
  return g_ptr_array_index (f->c.doses, f->c.doses->len - 1);
}

static void dose_raised (DbkCaseSample *f) { last_dose (f)->ordered_ug = 50000; }
static void dose_reduced (DbkCaseSample *f) { last_dose (f)->ordered_ug = 60001; }
static void dose_changed_before (DbkCaseSample *f) { ((DbkDose *) g_ptr_array_index (f->c.doses, N_DOSES - 2))->ordered_ug = 50000; }
static void last_dose_short (DbkCaseSample *f) { last_dose (f)->dose_ug = 30000; }
static void imported_other (DbkCaseSample *f) { DbkDose *d = last_dose (f); d->kind = DBK_DOSE_IMPORTED; d->ordered_ug = 0; d->dose_ug = 50000; }
static void imported_same (DbkCaseSample *f) { DbkDose *d = last_dose (f); d->kind = DBK_DOSE_IMPORTED; d->ordered_ug = 0; }
static void imported_unknown (DbkCaseSample *f) { DbkDose *d = last_dose (f); d->kind = DBK_DOSE_IMPORTED; d->ordered_ug = 0; d->dose_ug = 0; }

/* Away in a hospital that gave the dose: nothing is missed, and only the age of the last dose here differs. */
static void
change_after (DbkCaseSample *f,
              gint     days)
{
  g_ptr_array_set_size (f->c.doses, 0);
  dbk_case_sample_add_dose (f, TODAY - days)->ordered_ug = 50000;
  dbk_case_sample_add_absence (f, "hospital", TODAY - days, TODAY - 1)->dosed_there = TRUE;
}

static void dose_changed_90_days (DbkCaseSample *f) { change_after (f, 90); }
static void dose_changed_91_days (DbkCaseSample *f) { change_after (f, 91); }

static void first_dose (DbkCaseSample *f) { g_ptr_array_set_size (f->c.doses, 0); f->policy.first_dose_warn_ug.value = 59999; }
static void first_dose_at_limit (DbkCaseSample *f) { g_ptr_array_set_size (f->c.doses, 0); f->policy.first_dose_warn_ug.value = 60000; }
static void first_dose_given (DbkCaseSample *f) { g_ptr_array_set_size (f->c.doses, 0); dbk_case_sample_add_dose (f, TODAY); }

static void similar_name (DbkCaseSample *f) { f->c.similar_names = 1; }

static void photo_of (DbkCaseSample *f, int year, int month, int day) { f->patient->photo_taken = dbk_day_from_ymd (year, month, day); }
static void photo_old (DbkCaseSample *f) { photo_of (f, 2024, 11, 7); }
static void photo_a_year_old (DbkCaseSample *f) { photo_of (f, 2024, 11, 8); }
static void photo_old_late_in_month (DbkCaseSample *f) { photo_of (f, 2024, 10, 31); }
static void photo_eleven_months (DbkCaseSample *f) { photo_of (f, 2024, 11, 30); }
static void photo_13_months (DbkCaseSample *f) { photo_of (f, 2024, 10, 8); }
static void photo_very_old (DbkCaseSample *f) { photo_of (f, 2010, 1, 1); }
static void photo_of_tomorrow (DbkCaseSample *f) { photo_of (f, 2025, 11, 9); }
static void photo_never_old (DbkCaseSample *f) { photo_of (f, 2010, 1, 1); f->policy.photo_months = 0; }
static void no_photo (DbkCaseSample *f) { f->patient->photo_taken = DBK_DAY_NONE; }

static void site_data_old (DbkCaseSample *f) { f->c.oldest_site = "V1"; f->c.oldest_site_days = 8; }
static void site_data_fresh (DbkCaseSample *f) { f->c.oldest_site = "V1"; f->c.oldest_site_days = 7; }
static void no_other_site (DbkCaseSample *f) { f->c.oldest_site_days = 100; }

static void concurrent_orders (DbkCaseSample *f) { dbk_case_sample_add_order (f, "order2", TODAY - 5)->dose_ug = 70000; }
static void concurrent_same (DbkCaseSample *f) { dbk_case_sample_add_order (f, "order2", TODAY - 5); }
static void order_to_come (DbkCaseSample *f) { dbk_case_sample_add_order (f, "order2", TODAY + 1)->dose_ug = 70000; }

static void order_ends_today (DbkCaseSample *f) { f->order->until = TODAY; }
static void order_ends_in_7 (DbkCaseSample *f) { f->order->until = TODAY + 7; }
static void order_ends_in_8 (DbkCaseSample *f) { f->order->until = TODAY + 8; }
static void order_goes_on (DbkCaseSample *f) { f->order->until = TODAY + 3; dbk_case_sample_add_order (f, "order2", TODAY + 4); }
static void order_goes_on_late (DbkCaseSample *f) { f->order->until = TODAY + 3; dbk_case_sample_add_order (f, "order2", TODAY + 5); }

static void allergies (DbkCaseSample *f) { f->patient->allergies = g_strdup ("penicillin"); }
static void no_allergies (DbkCaseSample *f) { f->patient->allergies = g_strdup (""); }
static void no_card_seen (DbkCaseSample *f) { f->c.card_seen = FALSE; }
static void not_given_earlier (DbkCaseSample *f) { dbk_case_sample_add_not_given (f, "left", TODAY, NOW - 5000); }
static void not_given_yesterday (DbkCaseSample *f) { dbk_case_sample_add_not_given (f, "left", TODAY - 1, NOW - MS_PER_DAY); }
static void closed_yesterday (DbkCaseSample *f) { DbkAbsence *a = dbk_absence_new (); a->from = a->to = TODAY - 1; g_ptr_array_add (f->c.closures, a); }

/* ---- the table ---- */

/* What a condition changes: two that change the same thing are not tried together. */
enum
{
  ORDERS = 1 << 0,
  DOSES = 1 << 1,
  BOTTLE = 1 << 2,
  POLICY = 1 << 3,
  PERSON = 1 << 4,
  PHOTO = 1 << 5,
  CLOCK = 1 << 6,
  DAY = 1 << 7,
  CARD = 1 << 8,
  HOLDS = 1 << 9,
  ABSENCES = 1 << 10,
  SITES = 1 << 11,
  LOOKS = 1 << 12,
  NOT_GIVEN = 1 << 13,
  NAMES = 1 << 14,
  ALLERGIES = 1 << 15
};

typedef void (*Flip) (DbkCaseSample *f);

typedef struct
{
  const char    *name;
  Flip           flip;
  guint          changes;
  DbkFindingCode code;
  DbkLevel       level;
  DbkLift        lifted_by;
} Row;

#define STOP DBK_LEVEL_STOP
#define ASK DBK_LEVEL_ANSWER
#define KNOW DBK_LEVEL_KNOW

static const Row rows[] = {
  { "already-dosed", already_dosed, DOSES, DBK_FINDING_ALREADY_DOSED, STOP, DBK_LIFT_NOBODY },
  { "already-take-home", already_take_home, DOSES, DBK_FINDING_ALREADY_DOSED, STOP, DBK_LIFT_NOBODY },
  { "already-guest", already_guest, DOSES, DBK_FINDING_ALREADY_DOSED, STOP, DBK_LIFT_NOBODY },
  { "already-imported", already_imported, DOSES, DBK_FINDING_ALREADY_DOSED, STOP, DBK_LIFT_NOBODY },
  { "already-partly", already_partly, DOSES, DBK_FINDING_ALREADY_DOSED, STOP, DBK_LIFT_NOBODY },
  { "first-dose-given", first_dose_given, DOSES, DBK_FINDING_ALREADY_DOSED, STOP, DBK_LIFT_NOBODY },
  { "collision", collision, DOSES, DBK_FINDING_COLLISION, STOP, DBK_LIFT_PHYSICIAN },
  { "collision-reversed", collision_reversed, DOSES, DBK_FINDING_COLLISION, STOP, DBK_LIFT_PHYSICIAN },
  { "collision-long-ago", collision_long_ago, DOSES, DBK_FINDING_COLLISION, STOP, DBK_LIFT_PHYSICIAN },
  { "no-order", no_order, ORDERS, DBK_FINDING_NO_ORDER, STOP, DBK_LIFT_PHYSICIAN },
  { "no-orders-array", no_orders_array, ORDERS, DBK_FINDING_NO_ORDER, STOP, DBK_LIFT_PHYSICIAN },
  { "order-of-nothing", order_of_nothing, ORDERS, DBK_FINDING_NO_ORDER, STOP, DBK_LIFT_PHYSICIAN },
  { "order-never-begun", order_never_begun, ORDERS, DBK_FINDING_NO_ORDER, STOP, DBK_LIFT_PHYSICIAN },
  { "order-without-start", order_without_start, ORDERS, DBK_FINDING_NO_ORDER, STOP, DBK_LIFT_PHYSICIAN },
  { "order-expired", order_expired, ORDERS, DBK_FINDING_ORDER_EXPIRED, STOP, DBK_LIFT_PHYSICIAN },
  { "order-of-yesterday", order_of_yesterday, ORDERS, DBK_FINDING_ORDER_EXPIRED, STOP, DBK_LIFT_PHYSICIAN },
  { "order-not-started", order_not_started, ORDERS, DBK_FINDING_ORDER_NOT_STARTED, STOP, DBK_LIFT_PHYSICIAN },
  { "order-expired-and-next", order_expired_and_next, ORDERS, DBK_FINDING_ORDER_NOT_STARTED, STOP, DBK_LIFT_PHYSICIAN },
  { "on-hold", on_hold, HOLDS, DBK_FINDING_ON_HOLD, STOP, DBK_LIFT_PHYSICIAN },
  { "hold-last-day", hold_last_day, HOLDS, DBK_FINDING_ON_HOLD, STOP, DBK_LIFT_PHYSICIAN },
  { "stop-flag", stop_flag, HOLDS, DBK_FINDING_STOP_FLAG, STOP, DBK_LIFT_PHYSICIAN },
  { "missed-3", missed_3, DOSES, DBK_FINDING_MISSED_STOP, STOP, DBK_LIFT_PHYSICIAN },
  { "missed-4", missed_4, DOSES, DBK_FINDING_MISSED_STOP, STOP, DBK_LIFT_PHYSICIAN },
  { "missed-5", missed_5, DOSES, DBK_FINDING_MISSED_STOP, STOP, DBK_LIFT_PHYSICIAN },
  { "missed-28", missed_28, DOSES, DBK_FINDING_MISSED_STOP, STOP, DBK_LIFT_PHYSICIAN },
  { "discharged", discharged, PERSON, DBK_FINDING_NOT_IN_TREATMENT, STOP, DBK_LIFT_PHYSICIAN },
  { "transferred", transferred, PERSON, DBK_FINDING_NOT_IN_TREATMENT, STOP, DBK_LIFT_PHYSICIAN },
  { "deceased", deceased, PERSON, DBK_FINDING_DECEASED, STOP, DBK_LIFT_NOBODY },
  { "authority-elsewhere", authority_elsewhere, SITES, DBK_FINDING_GUEST_ELSEWHERE, STOP, DBK_LIFT_PHYSICIAN },
  { "guest-elsewhere", guest_elsewhere, ABSENCES, DBK_FINDING_GUEST_ELSEWHERE, STOP, DBK_LIFT_PHYSICIAN },
  { "above-ceiling", above_ceiling, POLICY, DBK_FINDING_ABOVE_CEILING, STOP, DBK_LIFT_PHYSICIAN },
  { "no-bottle", no_bottle, BOTTLE, DBK_FINDING_NO_BOTTLE, STOP, DBK_LIFT_PHARMACIST },
  { "bottle-without-strength", bottle_without_strength, BOTTLE, DBK_FINDING_NO_BOTTLE, STOP, DBK_LIFT_PHARMACIST },
  { "bottle-too-strong", bottle_too_strong, BOTTLE, DBK_FINDING_NO_BOTTLE, STOP, DBK_LIFT_PHARMACIST },
  { "lot-expired", lot_expired, BOTTLE, DBK_FINDING_LOT_EXPIRED, STOP, DBK_LIFT_PHARMACIST },
  { "lot-expiry-unknown", lot_expiry_unknown, BOTTLE, DBK_FINDING_LOT_EXPIRED, STOP, DBK_LIFT_PHARMACIST },
  { "stock-short", stock_short, BOTTLE, DBK_FINDING_STOCK_SHORT, STOP, DBK_LIFT_PHARMACIST },
  { "stock-below-nothing", stock_below_nothing, BOTTLE, DBK_FINDING_STOCK_SHORT, STOP, DBK_LIFT_PHARMACIST },
  { "clock-back", clock_back, CLOCK, DBK_FINDING_CLOCK_BACK, STOP, DBK_LIFT_ADMINISTRATOR },
  { "clock-ahead", clock_ahead, CLOCK, DBK_FINDING_CLOCK_BACK, STOP, DBK_LIFT_ADMINISTRATOR },
  { "day-closed", day_closed, DAY, DBK_FINDING_DAY_CLOSED, STOP, DBK_LIFT_ADMINISTRATOR },
  { "tomorrow", tomorrow, DAY | ORDERS | DOSES | HOLDS | ABSENCES | NOT_GIVEN, DBK_FINDING_WRONG_DAY, STOP, DBK_LIFT_NOBODY },
  { "last-month", last_month, DAY | ORDERS | DOSES | HOLDS | ABSENCES | NOT_GIVEN, DBK_FINDING_WRONG_DAY, STOP, DBK_LIFT_NOBODY },
  { "card-revoked", card_revoked, CARD, DBK_FINDING_CARD_REVOKED, STOP, DBK_LIFT_NOBODY },
  { "unaccepted-dose", unaccepted_dose, SITES, DBK_FINDING_UNACCEPTED_DOSE, STOP, DBK_LIFT_PHYSICIAN },
  { "unread-fact", unread_fact, SITES, DBK_FINDING_UNREAD_FACT, STOP, DBK_LIFT_ADMINISTRATOR },
  { "record-older", record_older, SITES, DBK_FINDING_RECORD_OLDER, STOP, DBK_LIFT_ADMINISTRATOR },
  { "no-policy", no_policy, POLICY, DBK_FINDING_NO_POLICY, STOP, DBK_LIFT_ADMINISTRATOR },

  { "missed-2", missed_2, DOSES, DBK_FINDING_MISSED, ASK, DBK_LIFT_ANSWER },
  { "unwell", unwell, LOOKS, DBK_FINDING_UNWELL, ASK, DBK_LIFT_ANSWER },
  { "dose-raised", dose_raised, DOSES, DBK_FINDING_DOSE_CHANGED, ASK, DBK_LIFT_ANSWER },
  { "dose-reduced", dose_reduced, DOSES, DBK_FINDING_DOSE_CHANGED, ASK, DBK_LIFT_ANSWER },
  { "dose-imported-other", imported_other, DOSES, DBK_FINDING_DOSE_CHANGED, ASK, DBK_LIFT_ANSWER },
  { "dose-changed-90-days", dose_changed_90_days, DOSES | ABSENCES, DBK_FINDING_DOSE_CHANGED, ASK, DBK_LIFT_ANSWER },
  { "first-dose", first_dose, DOSES | POLICY, DBK_FINDING_FIRST_DOSE, ASK, DBK_LIFT_ANSWER },
  { "similar-name", similar_name, NAMES, DBK_FINDING_SIMILAR_NAME, ASK, DBK_LIFT_ANSWER },
  { "photo-old", photo_old, PHOTO, DBK_FINDING_PHOTO_OLD, ASK, DBK_LIFT_ANSWER },
  { "photo-old-late-in-month", photo_old_late_in_month, PHOTO, DBK_FINDING_PHOTO_OLD, ASK, DBK_LIFT_ANSWER },
  { "photo-13-months", photo_13_months, PHOTO, DBK_FINDING_PHOTO_OLD, ASK, DBK_LIFT_ANSWER },
  { "photo-very-old", photo_very_old, PHOTO, DBK_FINDING_PHOTO_OLD, ASK, DBK_LIFT_ANSWER },
  { "site-data-old", site_data_old, SITES, DBK_FINDING_SITE_DATA_OLD, ASK, DBK_LIFT_ANSWER },
  { "concurrent-orders", concurrent_orders, ORDERS, DBK_FINDING_CONCURRENT_ORDERS, ASK, DBK_LIFT_ANSWER },
  { "concurrent-same", concurrent_same, ORDERS, DBK_FINDING_CONCURRENT_ORDERS, ASK, DBK_LIFT_ANSWER },

  { "missed-1", missed_1, DOSES, DBK_FINDING_MISSED, KNOW, DBK_LIFT_NOBODY },
  { "missed-3-signed-today", missed_3_signed_today, DOSES | ORDERS, DBK_FINDING_MISSED, KNOW, DBK_LIFT_NOBODY },
  { "first-dose-at-limit", first_dose_at_limit, DOSES | POLICY, DBK_FINDING_FIRST_DOSE, KNOW, DBK_LIFT_NOBODY },
  { "order-ends-today", order_ends_today, ORDERS, DBK_FINDING_ORDER_ENDS_SOON, KNOW, DBK_LIFT_NOBODY },
  { "order-ends-in-7", order_ends_in_7, ORDERS, DBK_FINDING_ORDER_ENDS_SOON, KNOW, DBK_LIFT_NOBODY },
  { "order-goes-on-late", order_goes_on_late, ORDERS, DBK_FINDING_ORDER_ENDS_SOON, KNOW, DBK_LIFT_NOBODY },
  { "allergies", allergies, ALLERGIES, DBK_FINDING_ALLERGIES, KNOW, DBK_LIFT_NOBODY },
  { "no-photo", no_photo, PHOTO, DBK_FINDING_NO_PHOTO, KNOW, DBK_LIFT_NOBODY },
  { "no-card-seen", no_card_seen, CARD, DBK_FINDING_NO_CARD_SEEN, KNOW, DBK_LIFT_NOBODY },
  { "not-given-earlier", not_given_earlier, NOT_GIVEN, DBK_FINDING_NOT_GIVEN_EARLIER, KNOW, DBK_LIFT_NOBODY },
  { "stock-below-ten", stock_below_ten, BOTTLE, DBK_FINDING_STOCK_LOW, KNOW, DBK_LIFT_NOBODY },
  { "stock-for-one", stock_for_one, BOTTLE, DBK_FINDING_STOCK_LOW, KNOW, DBK_LIFT_NOBODY },
};

/* The other side of each limit: nothing to say. */
static const struct
{
  const char *name;
  Flip        flip;
} neighbours[] = {
  { "dosed-and-reversed", dosed_and_reversed },
  { "second-part-dosed", second_part_dosed },
  { "take-home-tomorrow", take_home_tomorrow },
  { "order-starts-today", order_starts_today },
  { "order-ends-in-8", order_ends_in_8 },
  { "order-goes-on", order_goes_on },
  { "order-to-come", order_to_come },
  { "hold-lifted", hold_lifted },
  { "hold-over", hold_over },
  { "hold-to-come", hold_to_come },
  { "stop-flag-lifted", stop_flag_lifted },
  { "guest-until-yesterday", guest_until_yesterday },
  { "guest-from-tomorrow", guest_from_tomorrow },
  { "back-from-travel-early", back_from_travel_early },
  { "at-ceiling", at_ceiling },
  { "above-ceiling-warn", above_ceiling_warn },
  { "stock-plenty", stock_plenty },
  { "clock-back-a-little", clock_back_a_little },
  { "clock-after-holiday", clock_after_holiday },
  { "clock-of-empty-record", clock_of_empty_record },
  { "dose-changed-before", dose_changed_before },
  { "dose-changed-91-days", dose_changed_91_days },
  { "last-dose-short", last_dose_short },
  { "imported-same", imported_same },
  { "imported-unknown", imported_unknown },
  { "photo-a-year-old", photo_a_year_old },
  { "photo-eleven-months", photo_eleven_months },
  { "photo-of-tomorrow", photo_of_tomorrow },
  { "photo-never-old", photo_never_old },
  { "site-data-fresh", site_data_fresh },
  { "no-other-site", no_other_site },
  { "no-allergies", no_allergies },
  { "not-given-yesterday", not_given_yesterday },
  { "closed-yesterday", closed_yesterday },
};

static DbkVerdictKind
kind_of (DbkLevel level)
{
  return level == STOP ? DBK_VERDICT_STOP : level == ASK ? DBK_VERDICT_ANSWER : DBK_VERDICT_GIVE;
}

static void
assert_gives (const DbkVerdict *v)
{
  if (v->findings->len > 0)
    g_test_message ("There is a finding: %s", dbk_finding_code_to_word (((DbkFinding *) g_ptr_array_index (v->findings, 0))->code));
  g_assert_cmpuint (v->findings->len, ==, 0);
  g_assert_cmpint (v->kind, ==, DBK_VERDICT_GIVE);
  g_assert_cmpint (v->dose_ug, ==, 60000);
  g_assert_cmpint (v->volume_ul, ==, 60000);
  g_assert_cmpint (v->ug_per_ml, ==, 1000);
  g_assert_cmpint (v->proposed_ug, ==, 0);
  g_assert_cmpstr (v->order, ==, "order1");
  g_assert_cmpstr (v->lot, ==, "lot1");
  g_assert_null (v->row);
}

static void
test_baseline (void)
{
  g_auto(DbkCaseSample) f = { 0 };
  g_autoptr(DbkVerdict) v = NULL;

  dbk_case_sample_init (&f);
  v = dbk_verdict_reach (&f.c);
  assert_gives (v);
  g_assert_cmpint (v->missed->last_day, ==, TODAY - 1);
}

static void
test_flip (gconstpointer data)
{
  const Row *row = data;
  g_auto(DbkCaseSample) f = { 0 };
  g_autoptr(DbkVerdict) v = NULL;
  const DbkFinding *finding;

  dbk_case_sample_init (&f);
  row->flip (&f);
  v = dbk_verdict_reach (&f.c);
  g_assert_cmpuint (v->findings->len, ==, 1);
  finding = g_ptr_array_index (v->findings, 0);
  g_assert_cmpstr (dbk_finding_code_to_word (finding->code), ==, dbk_finding_code_to_word (row->code));
  g_assert_cmpint (finding->level, ==, row->level);
  g_assert_cmpint (finding->lifted_by, ==, row->lifted_by);
  g_assert_null (finding->answer);
  g_assert_cmpint (v->kind, ==, kind_of (row->level));
  g_assert_true (dbk_verdict_find (v, row->code) == finding);
  g_assert_nonnull (v->missed);
}

static void
test_neighbour (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_auto(DbkCaseSample) f = { 0 };
  g_autoptr(DbkVerdict) v = NULL;

  dbk_case_sample_init (&f);
  neighbours[n].flip (&f);
  v = dbk_verdict_reach (&f.c);
  assert_gives (v);
}

static void
assert_ordered (const GPtrArray *findings)
{
  for (guint i = 1; i < findings->len; i++)
    {
      const DbkFinding *before = g_ptr_array_index (findings, i - 1), *finding = g_ptr_array_index (findings, i);

      g_assert_cmpint (before->level, >=, finding->level);
      if (before->level == finding->level)
        g_assert_cmpint (before->code, <=, finding->code);
    }
}

/* Whether each of two conditions can still be seen beside the other: one who is not in treatment is alone, and without a policy or an order
 * some questions cannot be asked. */
static gboolean
both_show (const Row *a,
           const Row *b)
{
  return ((a->changes | b->changes) & (PERSON | POLICY | ORDERS)) == 0 && a->code != b->code;
}

static void
try_pair (const Row *a,
          const Row *b)
{
  g_auto(DbkCaseSample) f = { 0 };
  g_autoptr(DbkVerdict) v = NULL;
  gboolean complete;

  dbk_case_sample_init (&f);
  a->flip (&f);
  b->flip (&f);
  v = dbk_verdict_reach (&f.c);
  complete = v->findings->len == 2 && dbk_verdict_find (v, a->code) != NULL && dbk_verdict_find (v, b->code) != NULL;
  if (v->kind != MAX (kind_of (a->level), kind_of (b->level)) || (both_show (a, b) && !complete))
    {
      g_test_message ("%s and %s: %s, %u findings", a->name, b->name, dbk_verdict_kind_to_word (v->kind), v->findings->len);
      g_test_fail ();
    }
  g_assert_cmpuint (v->findings->len, >=, 1);
  g_assert_cmpuint (v->findings->len, <=, 2);
  assert_ordered (v->findings);
}

/* Two conditions that do not touch the same thing: the graver one decides, and neither hides the other. */
static void
test_pairs (void)
{
  guint n = 0, n_show = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint j = i + 1; j < G_N_ELEMENTS (rows); j++)
      {
        if ((rows[i].changes & rows[j].changes) != 0)
          continue;
        try_pair (&rows[i], &rows[j]);
        n++;
        n_show += both_show (&rows[i], &rows[j]) ? 1 : 0;
      }
  g_assert_cmpuint (n, >, 1500);
  g_assert_cmpuint (n_show, >, 800);
}

/* Every code has a word of its own that is read back, and stands in the table at the level it is listed under. */
static void
test_complete (void)
{
  for (guint code = 0; code < DBK_N_FINDING_CODES; code++)
    {
      const char *word = dbk_finding_code_to_word ((DbkFindingCode) code);
      DbkLevel listed = code <= DBK_FINDING_NO_POLICY ? STOP : code <= DBK_FINDING_CONCURRENT_ORDERS ? ASK : KNOW;
      DbkFindingCode read;
      gboolean seen = FALSE;

      g_assert_true (dbk_finding_code_from_word (word, &read));
      g_assert_cmpuint (read, ==, code);
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        seen = seen || (rows[i].code == (DbkFindingCode) code && rows[i].level == listed);
      if (!seen)
        g_test_message ("Not in the table: %s", word);
      g_assert_true (seen);
      g_assert_cmpint (dbk_finding_choices ((DbkFindingCode) code)[0] != NULL, ==, listed == ASK);
    }
}

static void
test_words (void)
{
  static const char *const wrong[] = { "", "Missed", "missed ", "missed-", "already_dosed", NULL };
  static const char *const lifts[] = { "nobody", "physician", "pharmacist", "administrator", "answer" };
  DbkFindingCode code = DBK_FINDING_UNWELL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (dbk_finding_code_from_word (wrong[i], &code));
  g_assert_cmpint (code, ==, DBK_FINDING_UNWELL);
  for (guint i = 0; i < G_N_ELEMENTS (lifts); i++)
    g_assert_cmpstr (dbk_lift_to_word ((DbkLift) i), ==, lifts[i]);
  g_assert_cmpstr (dbk_verdict_kind_to_word (DBK_VERDICT_GIVE), ==, "give");
  g_assert_cmpstr (dbk_verdict_kind_to_word (DBK_VERDICT_ANSWER), ==, "answer");
  g_assert_cmpstr (dbk_verdict_kind_to_word (DBK_VERDICT_STOP), ==, "stop");
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/verdict/flip/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_flip);
    }
  for (guint i = 0; i < G_N_ELEMENTS (neighbours); i++)
    {
      g_autofree char *path = g_strconcat ("/verdict/neighbour/", neighbours[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_neighbour);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/verdict/baseline", test_baseline);
  add_tables ();
  g_test_add_func ("/verdict/pairs", test_pairs);
  g_test_add_func ("/verdict/complete", test_complete);
  g_test_add_func ("/verdict/words", test_words);
  return g_test_run ();
}
