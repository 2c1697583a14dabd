/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-demo"

#include "app/dbk-demo.h"

#include <glib/gstdio.h>

#include "app/dbk-demo-people.h"
#include "app/dbk-demo-portrait.h"
#include "app/dbk-manage-staff.h"
#include "app/dbk-photo.h"
#include "app/dbk-register-patient.h"
#include "db/dbk-claim.h"
#include "db/facts/dbk-desk-facts.h"
#include "db/facts/dbk-dose-facts.h"
#include "db/facts/dbk-drug-facts.h"
#include "db/facts/dbk-order-facts.h"
#include "db/facts/dbk-people-facts.h"
#include "db/record/dbk-code.h"
#include "db/record/dbk-quantity.h"

#define SEED 20031
#define OBSERVED_DAYS 60 /* dosed here, with bottle and nurse; before that the history came from an earlier register */
#define OPENING_MINUTE (7 * 60)
#define MG 1000
#define BOTTLE_UL (5 * 1000 * 1000)
#define LOT_UL (60 * BOTTLE_UL)
#define LOT_DAYS 20
#define MS_PER_MINUTE 60000

/* What is odd about somebody. People behind the last of them are ordinary. */
typedef enum
{
  ODD_NEW_TODAY,       /* registered, no order yet */
  ODD_FIRST_DOSE,
  ODD_MISSED_1,
  ODD_MISSED_2,
  ODD_MISSED_3,
  ODD_MISSED_4,
  ODD_MISSED_6,
  ODD_HOSPITAL,        /* missed 5, known why */
  ODD_HOLD,
  ODD_STOP_FLAG,
  ODD_EXPIRED,
  ODD_ENDS_SOON,
  ODD_CHANGED,
  ODD_TWO_ORDERS,
  ODD_DISCHARGED,
  ODD_TWIN,            /* the same name as the next one */
  ODD_OTHER_TWIN,
  ODD_SET_ASIDE,
  ODD_LOST_CARD,
  ODD_GUEST,
  ODD_OLD_PHOTO,
  ODD_TAKE_HOME,       /* has today's dose at home since yesterday */
  N_ODD
} Odd;

typedef struct
{
  DbkPatient *patient;
  guint       n;
  Odd         odd;        /* N_ODD: nothing */
  gint        since;      /* days ago of the first dose */
  gint64      dose_ug;
  gint64      order_ug;   /* in force while the days go by; 0: none yet */
  char       *order;      /* its id */
  char       *card;
} Person;

typedef struct
{
  DbkClinic *clinic;
  GPtrArray *people;  /* Person */
  GRand     *rand;
  char      *nurse;   /* staff ids */
  char      *doctor;
  char      *admin;
  char      *lot;
  gint64     bottle_ul;
  gint64     safe_ul;
  guint      n_lots;
  guint      n_days;
  DbkDay     today;
  gint64     now_ms;
  DbkDay     day;     /* the day being written */
  GError   **error;
} Demo;

static void
free_person (Person *person)
{
  dbk_patient_free (person->patient);
  g_free (person->order);
  g_free (person->card);
  g_free (person);
}

static DbkStamp
stamp_at (Demo       *demo,
          const char *author,
          gint        minute)
{
  gint64 ms = MIN (dbk_clock_ms_at (dbk_clinic_get_clock (demo->clinic), demo->day, minute), demo->now_ms);
  DbkStamp stamp;

  dbk_clock_set (dbk_clinic_get_clock (demo->clinic), ms);
  dbk_clock_stamp (dbk_clinic_get_clock (demo->clinic), author, &stamp);
  stamp.day = demo->day;
  return stamp;
}

/* ---- people ---- */

static Person *
new_person (Demo  *demo,
            guint  n)
{
  Person *person = g_new0 (Person, 1);
  guint place = n % 5 == 3 ? n / 5 : N_ODD; /* every fifth is odd, as long as there are oddities */

  person->n = n;
  person->odd = place < N_ODD ? (Odd) place : N_ODD;
  person->patient = dbk_demo_patient (n, SEED, demo->today);
  person->patient->id = dbk_fact_log_new_id ();
  person->since = g_rand_int_range (demo->rand, MIN (5, (gint) demo->n_days), (gint) demo->n_days + 1);
  person->dose_ug = g_rand_int_range (demo->rand, 6, 23) * 5 * MG;
  if (person->odd != N_ODD)
    person->since = MAX (person->since, 90);
  if (person->odd == ODD_NEW_TODAY || person->odd == ODD_FIRST_DOSE)
    person->since = 0;
  person->since = MIN (person->since, (gint) demo->n_days);
  return person;
}

static void
name_twins (Demo *demo)
{
  const Person *first = NULL;

  for (guint i = 0; i < demo->people->len; i++)
    {
      Person *person = g_ptr_array_index (demo->people, i);

      if (person->odd == ODD_TWIN)
        first = person;
      if (person->odd == ODD_OTHER_TWIN && first != NULL)
        {
          g_free (person->patient->name);
          person->patient->name = g_strdup (first->patient->name);
        }
    }
}

static gboolean
add_photo (DbkDb           *db,
           Demo            *demo,
           const Person    *person,
           const DbkStamp  *stamp,
           GError         **error)
{
  g_autoptr(GBytes) drawn = NULL;
  g_autoptr(GBytes) jpeg = NULL;
  DbkDay taken = demo->today - (person->odd == ODD_OLD_PHOTO ? 500 : 40 + (gint) person->n);

  if (person->n % 7 == 6)
    return TRUE;
  drawn = dbk_demo_portrait (person->n, SEED, error);
  jpeg = drawn != NULL ? dbk_photo_prepare (drawn, error) : NULL;
  return jpeg != NULL && dbk_fact_photo (db, stamp, person->patient->id, taken, jpeg, error);
}

static gboolean
register_person (DbkDb   *db,
                 Demo    *demo,
                 Person  *person,
                 GError **error)
{
  DbkStamp stamp = stamp_at (demo, demo->nurse, OPENING_MINUTE);
  g_autofree char *id = dbk_fact_log_new_id ();

  person->patient->enrolled = demo->day;
  dbk_fill_pinyin (person->patient);
  person->card = dbk_code_from_id (DBK_CODE_CARD, id);
  return dbk_fact_patient_registered (db, &stamp, person->patient, error) &&
         dbk_fact_card_issued (db, &stamp, person->card, person->patient->id, error) &&
         add_photo (db, demo, person, &stamp, error);
}

/* What an earlier register knew: days of the time before the clinic had this program. */
static gboolean
add_history (DbkDb         *db,
             Demo          *demo,
             const Person  *person,
             GError       **error)
{
  DbkStamp stamp = stamp_at (demo, demo->admin, OPENING_MINUTE);
  guint most = (guint) MAX (person->since - OBSERVED_DAYS, 0);
  g_autofree DbkDay *days = g_new (DbkDay, most + 1);
  g_autofree gint64 *doses_ug = g_new (gint64, most + 1);
  guint n = 0;

  for (guint i = 0; i < most; i++)
    {
      gint64 step_ug = 30 * MG + (gint64) (i / 4) * 5 * MG;

      if (g_rand_int_range (demo->rand, 0, 100) >= 95)
        continue;
      days[n] = demo->today - person->since + (gint) i;
      doses_ug[n++] = MIN (step_ug, person->dose_ug);
    }
  return n == 0 || dbk_fact_history (db, &stamp, "DEMO000000000001", person->patient->id, days, doses_ug, n, error);
}

/* ---- orders ---- */

static gboolean
sign (DbkDb      *db,
      Demo       *demo,
      Person     *person,
      gint64      dose_ug,
      DbkDay      from,
      DbkDay      to,
      gboolean    replace,
      GError    **error)
{
  DbkStamp stamp = stamp_at (demo, demo->doctor, OPENING_MINUTE - 20);
  g_autoptr(DbkOrder) order = dbk_order_new ();
  const char *replaces[] = { person->order, NULL };

  order->id = dbk_fact_log_new_id ();
  order->patient = g_strdup (person->patient->id);
  order->dose_ug = dose_ug;
  order->from = from;
  order->to = to;
  order->reason = g_strdup (person->order == NULL ? "start" : "titration");
  if (!dbk_fact_order_signed (db, &stamp, order, replace && person->order != NULL ? replaces : NULL, error))
    return FALSE;
  g_free (person->order);
  person->order = g_strdup (order->id);
  person->order_ug = dose_ug;
  return TRUE;
}

static gboolean
review_order (DbkDb    *db,
              Demo     *demo,
              Person   *person,
              GError  **error)
{
  gint ago = demo->today - demo->day;
  gint in_treatment = person->since - ago;
  DbkDay to = person->odd == ODD_EXPIRED ? demo->today - 1 : person->odd == ODD_ENDS_SOON ? demo->today + 3 : DBK_DAY_NONE;
  gint64 wanted_ug = MIN (30 * MG + (gint64) MAX (in_treatment, 0) / 4 * 5 * MG, person->dose_ug);

  if (in_treatment < 0 || person->odd == ODD_NEW_TODAY)
    return TRUE;
  if (person->odd == ODD_FIRST_DOSE)
    return person->order != NULL || sign (db, demo, person, 35 * MG, demo->day, to, FALSE, error);
  if (person->odd == ODD_CHANGED && ago == 0)
    return sign (db, demo, person, person->order_ug + 5 * MG, demo->day, to, TRUE, error);
  if (person->order_ug == wanted_ug)
    return TRUE;
  return sign (db, demo, person, wanted_ug, demo->day, to, TRUE, error);
}

/* ---- drug ---- */

static gboolean
receive (DbkDb    *db,
         Demo     *demo,
         GError  **error)
{
  DbkStamp stamp = stamp_at (demo, demo->admin, OPENING_MINUTE - 30);
  g_autoptr(DbkLot) lot = dbk_lot_new ();

  lot->id = dbk_fact_log_new_id ();
  lot->number = g_strdup_printf ("D-%02u", ++demo->n_lots);
  lot->product = g_strdup ("methadone oral solution");
  lot->ug_per_ml = 1000;
  lot->expires = demo->today + 300;
  lot->received_ul = LOT_UL;
  g_free (demo->lot);
  demo->lot = g_strdup (lot->id);
  demo->bottle_ul = 0;
  demo->safe_ul = LOT_UL;
  return dbk_fact_lot_received (db, &stamp, lot, demo->nurse, error);
}

static gboolean
fill_bottle (DbkDb    *db,
             Demo     *demo,
             GError  **error)
{
  DbkStamp stamp = stamp_at (demo, demo->nurse, OPENING_MINUTE - 10);
  g_autofree char *bottle = dbk_fact_log_new_id ();
  gint64 needed_ul = 0, opened_ul = 0;

  for (guint i = 0; i < demo->people->len; i++)
    needed_ul += ((const Person *) g_ptr_array_index (demo->people, i))->order_ug;
  while (demo->bottle_ul + opened_ul < needed_ul && opened_ul < demo->safe_ul)
    opened_ul += BOTTLE_UL;
  if (opened_ul == 0)
    return TRUE;
  demo->bottle_ul += opened_ul;
  demo->safe_ul -= opened_ul;
  return dbk_fact_bottle_opened (db, &stamp, bottle, demo->lot, opened_ul, error);
}

/* ---- a day ---- */

static gint
days_away (Odd odd)
{
  switch ((guint) odd)
    {
    case ODD_MISSED_1:
      return 1;
    case ODD_MISSED_2:
      return 2;
    case ODD_MISSED_3:
      return 3;
    case ODD_MISSED_4:
      return 4;
    case ODD_HOSPITAL:
      return 5;
    case ODD_MISSED_6:
      return 6;
    case ODD_DISCHARGED:
      return 12;
    default:
      return 0;
    }
}

static gboolean
comes (Demo         *demo,
       const Person *person)
{
  gint ago = demo->today - demo->day;
  gboolean often = g_rand_int_range (demo->rand, 0, 100) < 96;

  if (person->order_ug == 0 || demo->day < demo->today - person->since || ago <= days_away (person->odd))
    return ago == 0 && person->order_ug != 0 && person->odd == N_ODD && person->n % 5 < 2;
  if (person->odd != N_ODD && ago <= 10)
    return ago > 0;
  return ago == 0 ? person->n % 5 < 2 : often;
}

static gboolean
give (DbkDb        *db,
      Demo         *demo,
      const Person *person,
      DbkDoseKind   kind,
      DbkDay        for_day,
      gint          minute,
      GError      **error)
{
  DbkStamp stamp = stamp_at (demo, demo->nurse, minute);
  g_autoptr(DbkDose) dose = dbk_dose_new ();
  DbkClaimAnswer answer = DBK_CLAIM_HELD;

  dose->id = dbk_fact_log_new_id ();
  dose->patient = g_strdup (person->patient->id);
  dose->day = for_day;
  dose->part = 1;
  dose->kind = kind;
  dose->dose_ug = dose->ordered_ug = dose->volume_ul = person->order_ug; /* 1 mg per mL: as many µL as µg */
  dose->lot = g_strdup (demo->lot);
  dose->order = g_strdup (person->order);
  dose->given_ms = stamp.wall_ms;
  demo->bottle_ul -= dose->volume_ul;
  return dbk_claim_take (db, dose->patient, dose->day, 1, dose->id, &answer, NULL, error) && dbk_fact_dose (db, &stamp, dose, NULL, error);
}

static gboolean
write_day (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  Demo *demo = data;
  gint ago = demo->today - demo->day;
  gint minute = OPENING_MINUTE;
  gint now = dbk_clock_minute_of (dbk_clinic_get_clock (demo->clinic), demo->now_ms);

  if (ago % LOT_DAYS == 0 && ago > 0 && !receive (db, demo, error))
    return FALSE;
  for (guint i = 0; i < demo->people->len; i++)
    if (!review_order (db, demo, g_ptr_array_index (demo->people, i), error))
      return FALSE;
  if (!fill_bottle (db, demo, error))
    return FALSE;
  /* Today the first ones have been here, whatever the time is. */
  if (ago == 0)
    minute = MAX (1, MIN (minute, now - (gint) demo->people->len));
  for (guint i = 0; i < demo->people->len; i++)
    {
      const Person *person = g_ptr_array_index (demo->people, i);

      if (comes (demo, person) && !give (db, demo, person, DBK_DOSE_OBSERVED, demo->day, minute++, error))
        return FALSE;
      if (person->odd == ODD_TAKE_HOME && ago == 1 && !give (db, demo, person, DBK_DOSE_TAKE_HOME, demo->today, minute, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- what is odd today ---- */

static gboolean
place_hold (DbkDb         *db,
            const DbkStamp *stamp,
            const Person  *person,
            DbkHoldKind    kind,
            const char    *reason,
            GError       **error)
{
  g_autoptr(DbkHold) hold = dbk_hold_new ();

  hold->id = dbk_fact_log_new_id ();
  hold->patient = g_strdup (person->patient->id);
  hold->kind = kind;
  hold->reason = g_strdup (reason);
  hold->from = stamp->day;
  return dbk_fact_hold_placed (db, stamp, hold, error);
}

static gboolean
plan_absence (DbkDb          *db,
              const DbkStamp *stamp,
              const Person   *person,
              DbkDay          from,
              DbkDay          to,
              const char     *reason,
              GError        **error)
{
  g_autoptr(DbkAbsence) absence = dbk_absence_new ();

  absence->id = dbk_fact_log_new_id ();
  absence->patient = g_strdup (person->patient->id);
  absence->from = from;
  absence->to = to;
  absence->reason = g_strdup (reason);
  return dbk_fact_absence (db, stamp, absence, error);
}

static gboolean
replace_card (DbkDb          *db,
              const DbkStamp *stamp,
              Person         *person,
              GError        **error)
{
  g_autofree char *id = dbk_fact_log_new_id ();
  g_autofree char *card = dbk_code_from_id (DBK_CODE_CARD, id);

  return dbk_fact_card_revoked (db, stamp, person->card, "lost", error) &&
         dbk_fact_card_issued (db, stamp, card, person->patient->id, error);
}

static gboolean
discharge (DbkDb          *db,
           const DbkStamp *stamp,
           Person         *person,
           GError        **error)
{
  person->patient->state = DBK_PATIENT_DISCHARGED;
  person->patient->photo_taken = DBK_DAY_NONE;
  return dbk_fact_patient_changed (db, stamp, person->patient, error);
}

static gboolean
call (DbkDb          *db,
      const DbkStamp *stamp,
      const Person   *person,
      GError        **error)
{
  g_autofree char *id = dbk_fact_log_new_id ();

  return dbk_fact_contact (db, stamp, id, person->patient->id, "no-answer", NULL, error);
}

static gboolean
set_aside (DbkDb          *db,
           const DbkStamp *stamp,
           const Person   *person,
           GError        **error)
{
  g_autofree char *id = dbk_fact_log_new_id ();
  DbkNotGiven not_given = { .id = id, .patient = person->patient->id, .day = stamp->day, .reason = (char *) "set-aside", .at_ms = stamp->wall_ms };

  return dbk_fact_not_given (db, stamp, &not_given, NULL, error);
}

static gboolean
make_odd (DbkDb    *db,
          Demo     *demo,
          Person   *person,
          GError  **error)
{
  DbkStamp nurse = stamp_at (demo, demo->nurse, 24 * 60 - 1), doctor = nurse;

  doctor.author = demo->doctor;
  switch (person->odd)
    {
    case ODD_HOLD:
      return place_hold (db, &doctor, person, DBK_HOLD_MEDICAL, "cardiac", error);
    case ODD_STOP_FLAG:
      return place_hold (db, &nurse, person, DBK_HOLD_STOP, "see-physician", error);
    case ODD_TWO_ORDERS:
      return sign (db, demo, person, person->order_ug + 10 * MG, demo->day, DBK_DAY_NONE, FALSE, error);
    case ODD_HOSPITAL:
      return plan_absence (db, &nurse, person, demo->today - 5, demo->today - 1, "hospital", error);
    case ODD_GUEST:
      return plan_absence (db, &nurse, person, demo->today, demo->today + 4, "guest-elsewhere", error);
    case ODD_LOST_CARD:
      return replace_card (db, &nurse, person, error);
    case ODD_DISCHARGED:
      return discharge (db, &nurse, person, error);
    case ODD_SET_ASIDE:
      return set_aside (db, &nurse, person, error);
    case ODD_MISSED_3:
      return call (db, &nurse, person, error);
    case ODD_NEW_TODAY:
    case ODD_FIRST_DOSE:
    case ODD_MISSED_1:
    case ODD_MISSED_2:
    case ODD_MISSED_4:
    case ODD_MISSED_6:
    case ODD_EXPIRED:
    case ODD_ENDS_SOON:
    case ODD_CHANGED:
    case ODD_TWIN:
    case ODD_OTHER_TWIN:
    case ODD_OLD_PHOTO:
    case ODD_TAKE_HOME:
    case N_ODD:
    default:
      return TRUE;
    }
}

static gboolean
write_beginning (DbkDb     *db,
                 gpointer   data,
                 GError   **error)
{
  Demo *demo = data;

  for (guint i = 0; i < demo->people->len; i++)
    {
      Person *person = g_ptr_array_index (demo->people, i);

      if (person->odd == ODD_NEW_TODAY)
        continue;
      if (!register_person (db, demo, person, error) || !add_history (db, demo, person, error))
        return FALSE;
    }
  return receive (db, demo, error);
}

static gboolean
write_oddities (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  Demo *demo = data;

  for (guint i = 0; i < demo->people->len; i++)
    {
      Person *person = g_ptr_array_index (demo->people, i);

      if (person->odd == ODD_NEW_TODAY && !register_person (db, demo, person, error))
        return FALSE;
      if (!make_odd (db, demo, person, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the clinic ---- */

static gboolean
hire (Demo     *demo,
      GError  **error)
{
  g_autoptr(DbkStaff) admin = dbk_staff_by_login (dbk_clinic_get_db (demo->clinic), DBK_DEMO_ADMIN, NULL, NULL, error);
  g_autoptr(DbkSession) session = NULL;

  if (admin == NULL)
    return FALSE;
  demo->admin = g_strdup (admin->id);
  session = dbk_session_new (admin);
  return dbk_staff_add (demo->clinic, session, DBK_DEMO_NURSE, "李娜 Li Na", DBK_ROLE_NURSE, DBK_DEMO_PIN, &demo->nurse, error) &&
         dbk_staff_add (demo->clinic, session, DBK_DEMO_DOCTOR, "陈东 Chen Dong", DBK_ROLE_PHYSICIAN, DBK_DEMO_PIN, &demo->doctor, error);
}

static gboolean
write_all (Demo    *demo,
           guint    n_patients,
           GError **error)
{
  DbkDb *db = dbk_clinic_get_db (demo->clinic);
  gint first = MIN (OBSERVED_DAYS, (gint) demo->n_days);

  for (guint n = 0; n < n_patients; n++)
    g_ptr_array_add (demo->people, new_person (demo, n));
  name_twins (demo);
  demo->day = demo->today - first;
  if (!dbk_db_write (db, write_beginning, demo, error))
    return FALSE;
  for (gint ago = first; ago >= 0; ago--)
    {
      demo->day = demo->today - ago;
      if (!dbk_db_write (db, write_day, demo, error))
        return FALSE;
    }
  return dbk_db_write (db, write_oddities, demo, error);
}

static void
clear_demo (Demo *demo)
{
  g_clear_pointer (&demo->clinic, dbk_clinic_close);
  g_clear_pointer (&demo->people, g_ptr_array_unref);
  g_clear_pointer (&demo->rand, g_rand_free);
  g_free (demo->nurse);
  g_free (demo->doctor);
  g_free (demo->admin);
  g_free (demo->lot);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, clear_demo)

static gboolean
make_at (const char  *path,
         guint        n_patients,
         guint        n_days,
         gint64       now_ms,
         GError     **error)
{
  g_autofree char *zone = dbk_clock_dup_system_zone ();
  g_autoptr(DbkClock) clock = dbk_clock_new (zone, NULL);
  DbkSetUp set_up = { .site_name = "Demonstration clinic 演示诊所", .site_code = "DEMO", .timezone = clock != NULL ? zone : "UTC",
                      .policy = "australia-2003", .admin_login = DBK_DEMO_ADMIN, .admin_name = "孙玉 Sun Yu",
                      .admin_pin = DBK_DEMO_PIN, .demo = TRUE };
  g_auto(Demo) demo = { .now_ms = now_ms, .n_days = n_days };
  gint64 first_ms = now_ms - (gint64) (MIN (OBSERVED_DAYS, n_days) + 1) * 24 * 60 * MS_PER_MINUTE;

  demo.clinic = dbk_clinic_set_up (path, &set_up, first_ms, error);
  if (demo.clinic == NULL)
    return FALSE;
  demo.people = g_ptr_array_new_with_free_func ((GDestroyNotify) free_person);
  demo.rand = g_rand_new_with_seed (SEED);
  demo.today = dbk_clock_day_of (dbk_clinic_get_clock (demo.clinic), now_ms);
  return hire (&demo, error) && write_all (&demo, n_patients, error);
}

gboolean
dbk_demo_make (const char  *path,
               guint        n_patients,
               guint        n_days,
               gint64       now_ms,
               GError     **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "There is a file at %s already", path);
      return FALSE;
    }
  g_mkdir_with_parents (folder, 0700);
  dbk_clinic_remove_unfinished (part);
  if (!make_at (part, n_patients, n_days, now_ms != 0 ? now_ms : dbk_clock_system_ms (), error))
    {
      dbk_clinic_remove_unfinished (part);
      return FALSE;
    }
  /* Closed and checkpointed: the file is whole. */
  if (g_rename (part, path) != 0)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_IO, "The demonstration record could not be put at %s", path);
      return FALSE;
    }
  dbk_clinic_remove_unfinished (part);
  return TRUE;
}
