/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-text"

#include "config.h"

#include "app/dbk-finding-text.h"

#include <glib/gi18n-lib.h>

#include "app/dbk-clock.h"
#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"

/* ---- titles ---- */

static const char *const titles[DBK_N_FINDING_CODES] = {
  [DBK_FINDING_ALREADY_DOSED] = N_("Already had a dose today"),
  [DBK_FINDING_COLLISION] = N_("Two doses on one day"),
  [DBK_FINDING_NO_ORDER] = N_("No order"),
  [DBK_FINDING_ORDER_EXPIRED] = N_("The order has ended"),
  [DBK_FINDING_ORDER_NOT_STARTED] = N_("The order has not begun"),
  [DBK_FINDING_ON_HOLD] = N_("The dose is on hold"),
  [DBK_FINDING_STOP_FLAG] = N_("Stop flag"),
  [DBK_FINDING_MISSED_STOP] = N_("Too many days missed"),
  [DBK_FINDING_NOT_IN_TREATMENT] = N_("Not in treatment here"),
  [DBK_FINDING_DECEASED] = N_("Recorded as deceased"),
  [DBK_FINDING_GUEST_ELSEWHERE] = N_("Dosed at another place"),
  [DBK_FINDING_ABOVE_CEILING] = N_("The order is above the limit"),
  [DBK_FINDING_NO_BOTTLE] = N_("No bottle is open"),
  [DBK_FINDING_LOT_EXPIRED] = N_("The open bottle has expired"),
  [DBK_FINDING_STOCK_SHORT] = N_("The open bottle does not hold this dose"),
  [DBK_FINDING_CLOCK_BACK] = N_("The clock of this computer is wrong"),
  [DBK_FINDING_DAY_CLOSED] = N_("The day is closed"),
  [DBK_FINDING_WRONG_DAY] = N_("Another day"),
  [DBK_FINDING_CARD_REVOKED] = N_("This card was revoked"),
  [DBK_FINDING_UNACCEPTED_DOSE] = N_("Perhaps dosed already"),
  [DBK_FINDING_UNREAD_FACT] = N_("Something newer than this program"),
  [DBK_FINDING_RECORD_OLDER] = N_("This record is an older copy"),
  [DBK_FINDING_NO_POLICY] = N_("No policy for missed days"),
  [DBK_FINDING_MISSED] = N_("Missed days"),
  [DBK_FINDING_UNWELL] = N_("Looks unwell"),
  [DBK_FINDING_DOSE_CHANGED] = N_("The dose has changed"),
  [DBK_FINDING_FIRST_DOSE] = N_("First dose here"),
  [DBK_FINDING_SIMILAR_NAME] = N_("Similar name"),
  [DBK_FINDING_PHOTO_OLD] = N_("Old photo"),
  [DBK_FINDING_SITE_DATA_OLD] = N_("Old data from another place"),
  [DBK_FINDING_CONCURRENT_ORDERS] = N_("Several orders"),
  [DBK_FINDING_ORDER_ENDS_SOON] = N_("The order ends soon"),
  [DBK_FINDING_ALLERGIES] = N_("Allergies"),
  [DBK_FINDING_NO_PHOTO] = N_("No photo"),
  [DBK_FINDING_NO_CARD_SEEN] = N_("No card seen"),
  [DBK_FINDING_NOT_GIVEN_EARLIER] = N_("Was here earlier today"),
  [DBK_FINDING_STOCK_LOW] = N_("The open bottle is nearly empty"),
};

const char *
dbk_finding_title (DbkFindingCode code)
{
  g_return_val_if_fail ((guint) code < DBK_N_FINDING_CODES && titles[code] != NULL, "");
  return _(titles[code]);
}

/* ---- pieces ---- */

/* The few values a sentence is made of, formatted once. */
typedef struct
{
  char *day;
  char *day2;
  char *dose;
  char *dose2;
  char *volume;
  char *time;
} Pieces;

static void
clear_pieces (Pieces *pieces)
{
  g_free (pieces->day);
  g_free (pieces->day2);
  g_free (pieces->dose);
  g_free (pieces->dose2);
  g_free (pieces->volume);
  g_free (pieces->time);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pieces, clear_pieces)

static void
fill_pieces (Pieces           *pieces,
             const DbkFinding *finding,
             const char       *zone)
{
  DbkLanguage language = dbk_text_language ();

  pieces->day = dbk_day_format_weekday (finding->day, language);
  pieces->day2 = dbk_day_format_weekday (finding->day2, language);
  pieces->dose = dbk_dose_format (finding->amount_ug);
  pieces->dose2 = dbk_dose_format (finding->amount2_ug);
  pieces->volume = dbk_volume_format (finding->volume_ul);
  pieces->time = dbk_clock_format_time (zone, finding->when_ms);
}

static char *
append_days (char         *text,
             const GArray *days,
             const char   *what)
{
  g_autofree char *owned = text;
  g_autofree char *list = NULL;

  if (days == NULL || days->len == 0)
    return g_steal_pointer (&owned);
  list = dbk_day_format_list ((const DbkDay *) days->data, days->len, dbk_text_language ());
  /* Translators: "…; 5–6 Nov take-home". What stands before, the days, what they are. */
  return g_strdup_printf (_("%s; %s %s"), owned, list, what);
}

/* Beyond that nobody reads which days they were; the first one says enough. */
#define DAYS_NAMED_MOST 21

static char *
last_text (const DbkMissed *missed,
           const char      *zone)
{
  gboolean lately = missed->days->len <= DAYS_NAMED_MOST;
  g_autofree char *day = lately ? dbk_day_format_short (missed->last_day, dbk_text_language ()) : dbk_day_format (missed->last_day, dbk_text_language ());
  g_autofree char *time = dbk_clock_format_time (zone, missed->last_given_ms);

  if (missed->last_given_ms == 0)
    return g_steal_pointer (&day);
  if (missed->last_site == NULL)
    return g_strdup_printf ("%s %s", day, time);
  /* Translators: day, time, code of the place. */
  return g_strdup_printf (_("%s %s at %s"), day, time, missed->last_site);
}

static char *
days_text (const DbkMissed *missed)
{
  DbkLanguage language = dbk_text_language ();
  const DbkDay *days = (const DbkDay *) missed->days->data;
  g_autofree char *since = NULL;

  if (missed->days->len <= DAYS_NAMED_MOST)
    return dbk_day_format_list (days, missed->days->len, language);
  since = dbk_day_format (missed->last_day + 1, language);
  /* Translators: the first day of a long absence. */
  return g_strdup_printf (_("since %s"), since);
}

char *
dbk_missed_text (const DbkMissed *missed,
                 const char      *timezone_id)
{
  g_autofree char *days = NULL, *last = NULL;
  char *text;

  if (missed->never_dosed)
    return g_strdup (_("never dosed here"));
  last = last_text (missed, timezone_id);
  if (missed->count == 0)
    return g_strdup_printf (_("none missed; last %s"), last);
  days = days_text (missed);
  /* Translators: number of missed days, which ones, the last dose. */
  text = g_strdup_printf (_("missed %d: %s; last %s"), missed->count, days, last);
  text = append_days (text, missed->take_home_days, _("take-home"));
  text = append_days (text, missed->closed_days, _("closed"));
  return append_days (text, missed->absent_days, _("known absence"));
}

char *
dbk_rule_text (const DbkPolicy    *policy,
               const DbkMissedRow *row)
{
  g_autofree char *action = NULL;

  if (policy == NULL || row == NULL)
    return g_strdup ("");
  action = dbk_action_text (row->action, row->bound_ug);
  if (row->verified)
    /* Translators: name and version of the policy, what it says. */
    return g_strdup_printf (_("%s %s: %s"), policy->name, policy->version, action);
  return g_strdup_printf (_("%s %s, not verified: %s"), policy->name, policy->version, action);
}

/* ---- sentences ---- */

static char *
missed_sentence (const DbkFinding *finding,
                 const DbkVerdict *verdict,
                 const DbkPolicy  *policy,
                 const Pieces     *pieces,
                 const char       *zone)
{
  g_autofree char *days = NULL, *rule = NULL;

  if (verdict == NULL || verdict->missed == NULL)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Missed %d day, last dose on %s.", "Missed %d days, last dose on %s.",
                                         (gulong) finding->number), finding->number, pieces->day);
  days = dbk_missed_text (verdict->missed, zone);
  rule = dbk_rule_text (policy, verdict->row);
  if (finding->code == DBK_FINDING_MISSED_STOP && finding->amount2_ug > 0)
    return g_strdup_printf (_("This patient %s. The policy proposes %s to the physician: %s."), days, pieces->dose2, rule);
  return g_strdup_printf (_("This patient %s. %s."), days, rule);
}

static char *
hold_sentence (const DbkFinding *finding,
               const Pieces     *pieces)
{
  const char *reason = dbk_reason_text (finding->text);

  if (finding->day2 != DBK_DAY_NONE)
    return g_strdup_printf (_("From %s to %s: %s."), pieces->day, pieces->day2, reason);
  return g_strdup_printf (_("Since %s: %s."), pieces->day, reason);
}

static char *
clock_sentence (const DbkFinding *finding)
{
  if (finding->number < 0)
    return g_strdup (_("It shows a time before the newest entry of the record. Doses would be written on the wrong day."));
  return g_strdup (_("It is more than a month ahead of the newest entry of the record. Is the date right?"));
}

/* A day lies at one place: until the lease is over, or its file is back. */
static char *
lease_sentence (const DbkFinding *finding,
                const Pieces     *pieces)
{
  if (finding->day2 == DBK_DAY_NONE)
    /* Translators: code of a place. */
    return g_strdup_printf (_("This patient's dose lies at %s; it was not granted to this computer."), finding->text);
  /* Translators: code of a place, last day. */
  return g_strdup_printf (_("This patient's doses were granted to %s until %s; that ends when the file of that place brings them back."), finding->text,
                          pieces->day2);
}

static char *
stop_sentence (const DbkFinding *finding,
               const Pieces     *pieces)
{
  switch ((guint) finding->code)
    {
    case DBK_FINDING_ALREADY_DOSED:
      return g_strdup_printf (_("%s on %s at %s, place %s. Do not give another one."), pieces->dose, pieces->day, pieces->time,
                              finding->text != NULL ? finding->text : "—");
    case DBK_FINDING_COLLISION:
      return g_strdup_printf (_("%d doses are recorded for %s. A physician has to look at it before the next dose."), finding->number,
                              pieces->day);
    case DBK_FINDING_NO_ORDER:
      return g_strdup (_("No physician has signed an order for this patient."));
    case DBK_FINDING_ORDER_EXPIRED:
      return g_strdup_printf (_("The last order (%s) ended on %s."), pieces->dose, pieces->day);
    case DBK_FINDING_ORDER_NOT_STARTED:
      return g_strdup_printf (_("The order (%s) begins on %s."), pieces->dose, pieces->day);
    case DBK_FINDING_ON_HOLD:
    case DBK_FINDING_STOP_FLAG:
      return hold_sentence (finding, pieces);
    case DBK_FINDING_NOT_IN_TREATMENT:
      return g_strdup (_("This patient is recorded as discharged or transferred."));
    case DBK_FINDING_DECEASED:
      return g_strdup (_("No dose can be recorded."));
    case DBK_FINDING_GUEST_ELSEWHERE:
      if (finding->day == DBK_DAY_NONE)
        return lease_sentence (finding, pieces);
      return g_strdup_printf (_("From %s to %s this patient is dosed at %s."), pieces->day, pieces->day2,
                              finding->text != NULL ? finding->text : _("another clinic"));
    case DBK_FINDING_ABOVE_CEILING:
      return g_strdup_printf (_("The order is for %s; the policy's limit is %s."), pieces->dose, pieces->dose2);
    case DBK_FINDING_CLOCK_BACK:
      return clock_sentence (finding);
    case DBK_FINDING_DAY_CLOSED:
      return g_strdup_printf (_("%s was counted and closed."), pieces->day);
    case DBK_FINDING_WRONG_DAY:
      return g_strdup_printf (_("A dose for %s cannot be recorded today, %s."), pieces->day, pieces->day2);
    case DBK_FINDING_CARD_REVOKED:
      return g_strdup (_("It may have been lost or replaced. Ask for the new card, or look the patient up."));
    case DBK_FINDING_UNACCEPTED_DOSE:
      return g_strdup_printf (_("A computer that was revoked says that this patient was dosed on %s. A physician decides."), pieces->day);
    case DBK_FINDING_UNREAD_FACT:
      return g_strdup_printf (_("A newer version of the program has recorded something about this patient that this one cannot read (%s). Bring the program up to date."), finding->text);
    case DBK_FINDING_RECORD_OLDER:
      return g_strdup (_("It was put back to an earlier state and has forgotten doses. Take in a file from the clinic, which brings them back; or an administrator says that they are lost."));
    case DBK_FINDING_NO_POLICY:
      return g_strdup (_("Until the clinic has adopted one, nobody can say what an absence means."));
    default:
      return NULL;
    }
}

static char *
stock_sentence (const DbkFinding *finding,
                const Pieces     *pieces)
{
  const char *lot = finding->text != NULL ? finding->text : "—";

  switch ((guint) finding->code)
    {
    case DBK_FINDING_NO_BOTTLE:
      return g_strdup (_("Open a bottle, so that it is known what is poured."));
    case DBK_FINDING_LOT_EXPIRED:
      return g_strdup_printf (_("Lot %s could be given until %s. Open another bottle."), lot, pieces->day);
    case DBK_FINDING_STOCK_SHORT:
      return g_strdup_printf (_("Lot %s has %s left. Open the next bottle."), lot, pieces->volume);
    case DBK_FINDING_STOCK_LOW:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Lot %s has %s left: %d such dose.", "Lot %s has %s left: %d such doses.",
                                           (gulong) finding->number), lot, pieces->volume, finding->number);
    default:
      return NULL;
    }
}

static char *
answer_sentence (const DbkFinding *finding,
                 const Pieces     *pieces)
{
  switch ((guint) finding->code)
    {
    case DBK_FINDING_UNWELL:
      return g_strdup (_("You have seen signs of intoxication or illness. What now?"));
    case DBK_FINDING_DOSE_CHANGED:
      return g_strdup_printf (_("%s → %s since the last dose on %s. Tell the patient."), pieces->dose2, pieces->dose, pieces->day);
    case DBK_FINDING_FIRST_DOSE:
      return g_strdup_printf (_("The first dose here is %s. Explain it, and that it adds up over the first days."), pieces->dose);
    case DBK_FINDING_SIMILAR_NAME:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d other patient has a name that sounds the same. Ask for name and birth date.",
                                           "%d other patients have a name that sounds the same. Ask for name and birth date.",
                                           (gulong) finding->number), finding->number);
    case DBK_FINDING_PHOTO_OLD:
      return g_strdup_printf (_("The photo is of %s. Is this the person?"), pieces->day);
    case DBK_FINDING_SITE_DATA_OLD:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The newest data from %s are %d day old. Ask whether the patient had a dose there.",
                                           "The newest data from %s are %d days old. Ask whether the patient had a dose there.",
                                           (gulong) finding->number), finding->text != NULL ? finding->text : "—", finding->number);
    case DBK_FINDING_CONCURRENT_ORDERS:
      return g_strdup_printf (_("%d orders are in force, from %s to %s. Until a physician decides, the lowest counts."), finding->number,
                              pieces->dose, pieces->dose2);
    default:
      return NULL;
    }
}

static char *
quiet_sentence (const DbkFinding *finding,
                const Pieces     *pieces)
{
  switch ((guint) finding->code)
    {
    case DBK_FINDING_ORDER_ENDS_SOON:
      return g_strdup_printf (_("The order ends on %s."), pieces->day);
    case DBK_FINDING_ALLERGIES:
      return g_strdup_printf (_("Allergies: %s"), finding->text);
    case DBK_FINDING_NO_PHOTO:
      return g_strdup (_("There is no photo of this patient yet."));
    case DBK_FINDING_NO_CARD_SEEN:
      return g_strdup (_("Found by search; the card was not seen."));
    case DBK_FINDING_NOT_GIVEN_EARLIER:
      return g_strdup_printf (_("At %s today: %s, no dose given."), pieces->time, dbk_reason_text (finding->text));
    default:
      return NULL;
    }
}

char *
dbk_finding_text (const DbkFinding *finding,
                  const DbkVerdict *verdict,
                  const DbkPolicy  *policy,
                  const char       *timezone_id)
{
  g_auto(Pieces) pieces = { 0 };
  char *text;

  fill_pieces (&pieces, finding, timezone_id);
  if (finding->code == DBK_FINDING_MISSED || finding->code == DBK_FINDING_MISSED_STOP)
    return missed_sentence (finding, verdict, policy, &pieces, timezone_id);
  text = stop_sentence (finding, &pieces);
  if (text == NULL)
    text = stock_sentence (finding, &pieces);
  if (text == NULL)
    text = answer_sentence (finding, &pieces);
  if (text == NULL)
    text = quiet_sentence (finding, &pieces);
  g_return_val_if_fail (text != NULL, g_strdup (dbk_finding_title (finding->code)));
  return text;
}

static const char *
physician_lift_text (const DbkFinding *finding)
{
  if (finding->code == DBK_FINDING_COLLISION)
    return _("A physician lifts this: by saying what it was.");
  if (finding->code == DBK_FINDING_UNACCEPTED_DOSE)
    return _("A physician lifts this: by believing that computer, on the exchange page.");
  if (finding->code == DBK_FINDING_GUEST_ELSEWHERE && finding->day == DBK_DAY_NONE)
    return _("A physician lifts this: by telephoning that place and taking the days back.");
  return _("A physician lifts this: by a new order, or by lifting the hold.");
}

const char *
dbk_lift_text (const DbkFinding *finding)
{
  if (finding->level != DBK_LEVEL_STOP)
    return "";
  switch (finding->lifted_by)
    {
    case DBK_LIFT_NOBODY:
      return _("Nobody can lift this today.");
    case DBK_LIFT_PHYSICIAN:
      return physician_lift_text (finding);
    case DBK_LIFT_PHARMACIST:
      return _("Opening a bottle lifts this.");
    case DBK_LIFT_ADMINISTRATOR:
      return _("An administrator lifts this.");
    case DBK_LIFT_ANSWER:
    default:
      return "";
    }
}

/* ---- answers ---- */

typedef struct
{
  const char *word;
  const char *text;
} Choice;

static const Choice choices[] = {
  { "none-seen", N_("No signs seen") },
  { "withdrawal-informed", N_("Withdrawal – physician informed") },
  { "unwell", N_("Unwell – do not give") },
  { "told", N_("Told and agreed") },
  { "disagrees", N_("Disagrees – set aside") },
  { "ask-doctor", N_("Ask the physician first") },
  { "reassessed-fit", N_("Looked at again: fit") },
  { "do-not-give", N_("Do not give") },
  { "explained", N_("Explained") },
  { "identity-checked", N_("Name and birth date checked") },
  { "not-this-person", N_("Not this person") },
  { "recognised", N_("It is this person") },
  { "not-recognised", N_("Not recognised") },
  { "asked-patient-none-elsewhere", N_("Asked: no dose elsewhere") },
  { "dosed-elsewhere", N_("Had a dose elsewhere") },
  { "give-lowest", N_("Give the lowest") },
};

const char *
dbk_choice_text (DbkFindingCode code,
                 const char    *choice)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_strcmp0 (choices[i].word, choice) == 0)
      return _(choices[i].text);
  return choice != NULL ? choice : "";
}

/* ---- orders ---- */

static char *
limit_sentence (const DbkOrderIssue *issue,
                const char          *dose,
                const char          *limit)
{
  switch (issue->code)
    {
    case DBK_ORDER_ISSUE_FIRST_DOSE_BLOCK:
    case DBK_ORDER_ISSUE_FIRST_DOSE_WARN:
      return g_strdup_printf (_("%s is above %s, the limit for a first dose."), dose, limit);
    case DBK_ORDER_ISSUE_CEILING_BLOCK:
    case DBK_ORDER_ISSUE_CEILING_WARN:
      return g_strdup_printf (_("%s is above %s, the highest dose of this policy."), dose, limit);
    case DBK_ORDER_ISSUE_STEP:
      return g_strdup_printf (_("%s is a step of more than %s."), dose, limit);
    case DBK_ORDER_ISSUE_WEEKLY:
      return g_strdup_printf (_("%s is more than %s above the lowest dose of the last 7 days, in the first weeks of treatment."), dose, limit);
    case DBK_ORDER_ISSUE_TWICE:
      return g_strdup_printf (_("%s is more than twice the last dose (%s)."), dose, limit);
    case DBK_ORDER_ISSUE_ABOVE_PROPOSAL:
      return g_strdup_printf (_("%s is more than the policy proposes after these missed days (%s)."), dose, limit);
    case DBK_ORDER_ISSUE_ZERO:
      return g_strdup (_("A dose is more than nothing; to give none, end the order or hold it."));
    case DBK_ORDER_ISSUE_BACKDATED:
      return g_strdup (_("An order cannot begin before today."));
    case DBK_ORDER_ISSUE_ENDS_BEFORE_START:
      return g_strdup (_("The order ends before it begins."));
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
dbk_order_issue_text (const DbkOrderIssue *issue,
                      const DbkOrderDraft *draft)
{
  g_autofree char *dose = dbk_dose_format (draft->dose_ug);
  g_autofree char *limit = dbk_dose_format (issue->code == DBK_ORDER_ISSUE_TWICE ? draft->previous_ug : issue->limit_ug);
  g_autofree char *sentence = limit_sentence (issue, dose, limit);

  if (issue->limit == NULL || issue->limit->source == NULL)
    return g_steal_pointer (&sentence);
  /* Translators: a sentence about a limit, and where the limit is written. */
  return g_strdup_printf (_("%s Source: %s"), sentence, issue->limit->source);
}
