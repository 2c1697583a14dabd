/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counter's verdict: one pure function from what is known to a dose, a volume and a list of findings. No clock, no
 * database, no locale. A rule may block and propose; only a physician changes a dose. */
#pragma once

#include "app/rules/dbk-missed.h"
#include "db/record/dbk-lot.h"
#include "db/record/dbk-patient.h"

G_BEGIN_DECLS

/* The closed list. The words are stable: they stand in facts, in --json and in --answer CODE=CHOICE. */
typedef enum
{
  /* STOP */
  DBK_FINDING_ALREADY_DOSED,      /* "already-dosed" */
  DBK_FINDING_COLLISION,          /* "collision": two doses on one day, not yet closed by a physician */
  DBK_FINDING_NO_ORDER,           /* "no-order" */
  DBK_FINDING_ORDER_EXPIRED,      /* "order-expired" */
  DBK_FINDING_ORDER_NOT_STARTED,  /* "order-not-started" */
  DBK_FINDING_ON_HOLD,            /* "on-hold" */
  DBK_FINDING_STOP_FLAG,          /* "stop-flag" */
  DBK_FINDING_MISSED_STOP,        /* "missed-stop": missed days at a level that only a physician's new order answers */
  DBK_FINDING_NOT_IN_TREATMENT,   /* "not-in-treatment": discharged, transferred */
  DBK_FINDING_DECEASED,           /* "deceased" */
  DBK_FINDING_GUEST_ELSEWHERE,    /* "guest-elsewhere": authority for the day lies at another site */
  DBK_FINDING_ABOVE_CEILING,      /* "above-ceiling": the order exceeds the policy's block */
  DBK_FINDING_NO_BOTTLE,          /* "no-bottle": no open bottle, or none whose concentration is known */
  DBK_FINDING_LOT_EXPIRED,        /* "lot-expired": also if nobody wrote down until when */
  DBK_FINDING_STOCK_SHORT,        /* "stock-short": the open bottle holds less than the dose */
  DBK_FINDING_CLOCK_BACK,         /* "clock-back": this computer's time is before the newest record, or far ahead of it */
  DBK_FINDING_DAY_CLOSED,         /* "day-closed" */
  DBK_FINDING_WRONG_DAY,          /* "wrong-day": asked for a day that is not today */
  DBK_FINDING_CARD_REVOKED,       /* "card-revoked" */
  DBK_FINDING_UNACCEPTED_DOSE,    /* "unaccepted-dose": a revoked computer says it has dosed this patient on this day */
  DBK_FINDING_UNREAD_FACT,        /* "unread-fact": a newer program recorded something about this patient that must not be passed over */
  DBK_FINDING_RECORD_OLDER,       /* "record-older": this record is an older copy of itself and has forgotten doses */
  DBK_FINDING_NO_POLICY,          /* "no-policy": no missed-dose policy adopted: nothing can be judged */
  /* ANSWER */
  DBK_FINDING_MISSED,             /* "missed": at the level of the policy's row, KNOW or ANSWER; KNOW where a new order has lifted the STOP */
  DBK_FINDING_UNWELL,             /* "unwell": the nurse pressed F7 */
  DBK_FINDING_DOSE_CHANGED,       /* "dose-changed": since the last dose given */
  DBK_FINDING_FIRST_DOSE,         /* "first-dose": nothing ever given here; asked above the policy's first_dose_warn_ug, else a KNOW */
  DBK_FINDING_SIMILAR_NAME,       /* "similar-name" */
  DBK_FINDING_PHOTO_OLD,          /* "photo-old" */
  DBK_FINDING_SITE_DATA_OLD,      /* "site-data-old" */
  DBK_FINDING_CONCURRENT_ORDERS,  /* "concurrent-orders": several stand side by side, the lowest counts */
  /* KNOW */
  DBK_FINDING_ORDER_ENDS_SOON,    /* "order-ends-soon" */
  DBK_FINDING_ALLERGIES,          /* "allergies" */
  DBK_FINDING_NO_PHOTO,           /* "no-photo" */
  DBK_FINDING_NO_CARD_SEEN,       /* "no-card-seen": found by search */
  DBK_FINDING_NOT_GIVEN_EARLIER,  /* "not-given-earlier": refused, left or set aside earlier today */
  DBK_FINDING_STOCK_LOW           /* "stock-low": the bottle holds less than ten such doses */
} DbkFindingCode;
#define DBK_N_FINDING_CODES (DBK_FINDING_STOCK_LOW + 1)

typedef enum
{
  DBK_LIFT_NOBODY,
  DBK_LIFT_PHYSICIAN,     /* by a new order, or by lifting the hold */
  DBK_LIFT_PHARMACIST,    /* by opening a bottle */
  DBK_LIFT_ADMINISTRATOR,
  DBK_LIFT_ANSWER         /* by the nurse's coded answer */
} DbkLift;

/* What each finding carries, besides code, level and who lifts it:
 *
 * | code              | about    | day          | day2      | amount_ug  | amount2_ug  | when_ms     | number            | text         |
 * |-------------------|----------|--------------|-----------|------------|-------------|-------------|-------------------|--------------|
 * | already-dosed     | dose     | its day      |           | given      |             | given       |                   | site code    |
 * | collision         | dose     | its day      |           | given      |             | given       | doses on the key  | site code    |
 * | order-expired     | order    | its last day |           | its dose   |             |             |                   |              |
 * | order-not-started | order    | its first day|           | its dose   |             |             |                   |              |
 * | on-hold, stop-flag| hold     | from         | until     |            |             |             |                   | reason       |
 * | missed-stop       | order    | last covered |           | last given | proposed    | last given  | missed days       | site code    |
 * | missed            | order    | last covered |           | last given |             | last given  | missed days       | site code    |
 * | not-in-treatment  |          |              |           |            |             |             |                   | state        |
 * | guest-elsewhere   | absence  | from         | until     |            |             |             |                   | site code    |
 * | above-ceiling     | order    |              |           | its dose   | the ceiling |             |                   |              |
 * | lot-expired       | lot      | its last day |           |            |             |             |                   | lot number   |
 * | stock-short       | lot      |              |           | the dose   |             |             |                   | lot number   |
 * | stock-low         | lot      |              |           | the dose   |             |             | whole doses left  | lot number   |
 * | clock-back        |          |              |           |            |             | newest fact | -1 back, 1 ahead  |              |
 * | unaccepted-dose   |          | dose_day     |           |            |             |             |                   |              |
 * | unread-fact       |          |              |           |            |             |             |                   | kind of fact |
 * | day-closed        |          | dose_day     |           |            |             |             |                   |              |
 * | wrong-day         |          | dose_day     | today     |            |             |             |                   |              |
 * | dose-changed      | order    | of last dose |           | new        | before      |             |                   |              |
 * | first-dose        | order    |              |           | its dose   | limit       |             |                   |              |
 * | similar-name      |          |              |           |            |             |             | other patients    |              |
 * | photo-old         |          | taken        |           |            |             |             | whole months      |              |
 * | site-data-old     |          |              |           |            |             |             | days              | site code    |
 * | concurrent-orders | order    |              |           | the lowest | the highest |             | orders            |              |
 * | order-ends-soon   | order    | its last day |           |            |             |             | days after today  |              |
 * | allergies         |          |              |           |            |             |             |                   | the allergies|
 * | not-given-earlier | not given| dose_day     |           |            |             | when        | times             | reason       |
 *
 * The two of stock also have volume_ul. The others have nothing. There may be several of on-hold, stop-flag and collision. */
typedef struct
{
  DbkFindingCode code;
  DbkLevel       level;
  DbkLift        lifted_by;
  char          *about;       /* id of the record it speaks of (a dose, an order, a hold, a lot); NULL for none */
  /* What the sentence needs; unused ones are 0, NONE or NULL. */
  DbkDay         day;
  DbkDay         day2;
  gint64         amount_ug;
  gint64         amount2_ug;
  gint64         when_ms;
  gint64         volume_ul;   /* what the open bottle holds */
  gint           number;
  char          *text;        /* a coded reason, a site code, an allergy */
  const char    *answer;      /* the coded answer already given, from dbk_finding_choices; NULL: open */
} DbkFinding;

void dbk_finding_free (DbkFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkFinding, dbk_finding_free)

const char *dbk_finding_code_to_word (DbkFindingCode code);
gboolean    dbk_finding_code_from_word (const char *word, DbkFindingCode *code);

/* The coded answers of a finding that may be at level ANSWER, NULL-terminated, in key order 1-5; an empty list for the other codes.
 * Each either lets the dose go on or not: dbk_choice_allows() ("set aside", "ask the doctor first" do not). */
const char *const *dbk_finding_choices (DbkFindingCode code);
gboolean           dbk_choice_allows (DbkFindingCode code, const char *choice);
const char        *dbk_lift_to_word (DbkLift lift); /* "nobody" "physician" "pharmacist" "administrator" "answer" */

/* An answer the person at the counter has given today. One that is no choice of its code is as if not given; of several the last counts. */
typedef struct
{
  DbkFindingCode code;
  const char    *choice;
} DbkAnswer;

/* All that is known. Borrowed for the call; NULL arrays are empty. */
typedef struct
{
  DbkDay             today;
  DbkDay             dose_day;         /* the day asked for; normally today */
  gint64             now_ms;
  gint64             newest_ms;        /* wall clock of the newest own fact; 0: none */
  const DbkPatient  *patient;          /* never NULL */
  GPtrArray         *orders;           /* DbkOrder: all of the patient's that may matter */
  GPtrArray         *holds;            /* DbkHold */
  GPtrArray         *doses;            /* DbkDose: at least those of the last 90 days and the newest one */
  GPtrArray         *not_given;        /* DbkNotGiven of dose_day */
  GPtrArray         *absences;         /* DbkAbsence of the patient */
  GPtrArray         *closures;         /* DbkAbsence of the clinic */
  const DbkLot      *bottle;           /* the open one; NULL: none */
  const DbkPolicy   *policy;
  const char        *authority_site;   /* site code that holds the day by lease; NULL: here */
  DbkDay             authority_until;
  gboolean           card_revoked;     /* the scanned card is */
  gboolean           card_seen;        /* a card was scanned; FALSE: found by search */
  gboolean           day_closed;
  gboolean           unaccepted_dose;  /* of a revoked computer, on dose_day */
  const char        *unread_fact;      /* its kind; NULL: there is none */
  gboolean           record_older;     /* this computer has forgotten facts of its own */
  gboolean           looks_unwell;     /* F7 */
  gint               similar_names;    /* other patients in treatment with a similar name */
  const char        *oldest_site;      /* code of the other site with the oldest data; NULL: no other site */
  gint               oldest_site_days;
  const DbkAnswer   *answers;
  gsize              n_answers;
} DbkCase;

typedef enum
{
  DBK_VERDICT_GIVE,
  DBK_VERDICT_ANSWER,
  DBK_VERDICT_STOP
} DbkVerdictKind;

typedef struct
{
  DbkVerdictKind kind;
  gint64         dose_ug;    /* the order in force, also under a STOP if there is one; 0: none */
  gint64         volume_ul;  /* at the open bottle's concentration; 0 without a bottle */
  gint64         ug_per_ml;
  gint64         proposed_ug; /* what the policy proposes to the physician while missed-stop stands; 0: none. Never more than the last
                               * order, nor than the last dose given */
  char          *order;      /* its id */
  char          *lot;
  DbkMissed     *missed;     /* never NULL */
  const DbkMissedRow *row;   /* the policy's row that applies, borrowed from the policy; NULL: none */
  GPtrArray     *findings;   /* DbkFinding: STOP first, then ANSWER, then KNOW */
} DbkVerdict;

/* GIVE: no STOP, and every ANSWER finding has an answer that allows. An answered finding stays in the list. A patient who is not in
 * treatment or has died gets that finding alone, without a dose. missed-stop is lifted by an order in force that was signed after the
 * missed day that made the gap so long: the physician knew. Several orders in force: the lowest counts, here too. */
DbkVerdict *dbk_verdict_reach (const DbkCase *c);
void        dbk_verdict_free  (DbkVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkVerdict, dbk_verdict_free)

const char *dbk_verdict_kind_to_word (DbkVerdictKind kind); /* "give" "answer" "stop" */

/* The finding of @code, NULL if there is none. Borrowed. */
const DbkFinding *dbk_verdict_find (const DbkVerdict *self, DbkFindingCode code);

G_END_DECLS
