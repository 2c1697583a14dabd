/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week of one clinic, three points with laptops and one on paper, by the use cases and real files: sticks in the wrong order and lost, a laptop
 * put back to an older copy, one cloned, a lease broken. At its end all know the same, each double dose and each fork is flagged once, and the
 * volumes given are the same in every record. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/dbk-enrol-site.h"
#include "app/dbk-give-dose.h"
#include "app/dbk-issue-slips.h"
#include "app/dbk-lease-days.h"
#include "app/dbk-receive-lot.h"
#include "app/dbk-site-files.h"
#include "app/dbk-take-slip.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-pass-store.h"
#include "db/exchange/dbk-exchange-store.h"
#include "tests/app/dbk-clinic-fixture.h"
#include "tests/lib/dbk-record-fixture.h"

#define FIRST DBK_CLINIC_FIXTURE_DAY
#define LAST (FIRST + 6)
#define EIGHT (8 * 60)
#define NINE (9 * 60)
#define EVENING (18 * 60)
#define DOSE_UG (30 * MG)
#define LOT "W1"

typedef struct
{
  char       *code;
  char       *path;
  DbkClinic  *clinic;
} Point;

typedef struct
{
  DbkClinicFixture *f;
  Point             points[4]; /* B, E, G, and the clone of B */
  guint             n_points;
  guint             n_files;
  char             *patients[9]; /* by whose they are: two of each point, the last the clinic's */
  char             *batch;
} Week;

enum { B, E, G, CLONE };
enum { B0, B1, E0, E1, G0, G1, P0, P1, C0 };

static void
must (gboolean  done,
      GError   *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
}

/* ---- time, and computers ---- */

static void
set_time (Week   *week,
          DbkDay  day,
          int     minute)
{
  dbk_clinic_fixture_set_time (week->f, day, minute);
  for (guint i = 0; i < week->n_points; i++)
    if (week->points[i].clinic != NULL)
      {
        DbkClock *clock = dbk_clinic_get_clock (week->points[i].clinic);

        dbk_clock_set (clock, dbk_clock_ms_at (clock, day, minute));
      }
}

static void
open_point (Week  *week,
            Point *point)
{
  GError *error = NULL;

  point->clinic = dbk_clinic_open (point->path, DBK_DB_WRITE, &error);
  g_assert_no_error (error);
  set_time (week, week->f->day, week->f->minute);
}

static void
close_point (Point *point)
{
  g_clear_pointer (&point->clinic, dbk_clinic_close);
}

/* A disk put back as a whole, or a second computer: there is no note beside the record. */
static void
forget_note (const Point *point)
{
  g_autoptr(DbkClinic) clinic = dbk_clinic_open (point->path, DBK_DB_READ, NULL);
  g_autofree char *name = g_strconcat (dbk_clinic_get_writer (clinic), ".witness", NULL);
  g_autofree char *note = g_build_filename (g_get_user_state_dir (), "dosebook", "witness", name, NULL);

  g_clear_pointer (&clinic, dbk_clinic_close);
  g_assert_cmpint (g_unlink (note), ==, 0);
}

static void
copy (const char *from,
      const char *to)
{
  g_autofree char *content = NULL, *wal = g_strconcat (to, "-wal", NULL), *shm = g_strconcat (to, "-shm", NULL);
  gsize size;
  GError *error = NULL;

  g_unlink (wal);
  g_unlink (shm);
  must (g_file_get_contents (from, &content, &size, &error), error);
  must (g_file_set_contents (to, content, (gssize) size, &error), error);
}

/* ---- sticks ---- */

static char *
name_file (Week *week)
{
  g_autofree char *name = g_strdup_printf ("%03u.dosebook-site", ++week->n_files);

  return g_build_filename (week->f->folder, name, NULL);
}

static char *
write_file (Week       *week,
            DbkClinic  *from,
            const char *to)
{
  char *path = name_file (week);
  const DbkSiteFileRequest request = { .site = to, .path = path };
  GError *error = NULL;
  g_autoptr(DbkExportReport) report = dbk_write_site_file (from, from == week->f->clinic ? week->f->nurse : week->f->outreach, &request, NULL, NULL, NULL,
                                                           &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  return path;
}

static DbkIntake *
take_file (Week             *week,
           DbkClinic        *to,
           const DbkSession *session,
           const char       *path)
{
  GError *error = NULL;
  DbkIntake *intake = dbk_take_site_file (to, session, path, DBK_INTAKE_TAKE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return intake;
}

/* To the clinic. Returns how many facts were new there. */
static gint64
bring_home (Week  *week,
            Point *point)
{
  g_autofree char *path = write_file (week, point->clinic, NULL);
  g_autoptr(DbkIntake) intake = take_file (week, week->f->clinic, week->f->nurse, path);

  return intake->n_new;
}

static gint64
bring_out (Week  *week,
           Point *point)
{
  g_autofree char *path = write_file (week, week->f->clinic, point->code);
  g_autoptr(DbkIntake) intake = take_file (week, point->clinic, week->f->outreach, path);

  return intake->n_new;
}

/* ---- people and doses ---- */

static DbkGiveOutcome
try_dose (DbkClinic        *clinic,
          const DbkSession *session,
          const char       *patient)
{
  static const DbkAnswer answers[] = { { DBK_FINDING_FIRST_DOSE, "explained" }, { DBK_FINDING_MISSED, "none-seen" }, { DBK_FINDING_SITE_DATA_OLD, "asked-patient-none-elsewhere" } };
  const DbkGiveRequest request = { .at_counter = { .patient = patient, .card = "", .day = DBK_DAY_NONE, .answers = answers, .n_answers = G_N_ELEMENTS (answers) } };
  GError *error = NULL;
  g_autoptr(DbkGiveResult) result = dbk_give_dose (clinic, session, &request, &error);

  g_assert_no_error (error);
  for (guint i = 0; result->outcome != DBK_GIVE_GIVEN && i < result->view->verdict->findings->len; i++)
    g_test_message ("%s", dbk_finding_code_to_word (((const DbkFinding *) g_ptr_array_index (result->view->verdict->findings, i))->code));
  return result->outcome;
}

static DbkGiveOutcome
dose_at (Week  *week,
         guint  point,
         guint  patient)
{
  return try_dose (week->points[point].clinic, week->f->outreach, week->patients[patient]);
}

static DbkGiveOutcome
dose_here (Week  *week,
           guint  patient)
{
  return try_dose (week->f->clinic, week->f->nurse, week->patients[patient]);
}

static void
add_patients (Week *week)
{
  static const char *const names[] = { "王建国", "李秀英", "张伟", "刘洋", "陈静", "杨磊", "赵敏", "黄强", "周杰" };

  for (guint i = 0; i < G_N_ELEMENTS (week->patients); i++)
    {
      g_autofree char *number = g_strdup_printf ("%04u", i + 1), *order = NULL;

      week->patients[i] = dbk_clinic_fixture_add_patient (week->f, number, names[i]);
      order = dbk_clinic_fixture_sign (week->f, week->patients[i], DOSE_UG);
      g_assert_nonnull (order);
    }
}

static void
grant (Week       *week,
       const char *site,
       guint       first)
{
  const char *const patients[] = { week->patients[first], week->patients[first + 1], NULL };
  GError *error = NULL;

  must (dbk_grant_leases (week->f->clinic, week->f->nurse, patients, site, FIRST, LAST, NULL, &error), error);
}

/* ---- the beginning ---- */

static void
enrol_point (Week       *week,
             const char *code)
{
  Point *point = &week->points[week->n_points];
  g_autofree char *name = g_strdup_printf ("%s.dosebook", code), *request = NULL, *fingerprint = NULL, *clinic_name = NULL, *theirs = NULL;
  g_autoptr(DbkEnrolled) enrolled = NULL;
  GError *error = NULL;

  point->code = g_strdup (code);
  point->path = g_build_filename (week->f->folder, name, NULL);
  must (dbk_point_request (point->path, "laptop", code, code, &request, &fingerprint, &error), error);
  enrolled = dbk_enrol_site (week->f->clinic, week->f->admin, request, strlen (request), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (enrolled->fingerprint, ==, fingerprint);
  must (dbk_point_accept (point->path, enrolled->answer, strlen (enrolled->answer), &clinic_name, &theirs, &error), error);
  g_assert_cmpstr (enrolled->own_fingerprint, ==, theirs);
  week->n_points++;
}

static void
start_point (Week  *week,
             Point *point)
{
  g_autofree char *path = NULL;
  g_autoptr(DbkIntake) intake = NULL;
  GError *error = NULL;

  must (dbk_send_lot (week->f->clinic, week->f->nurse, LOT, point->code, 1000000, &error), error);
  path = write_file (week, week->f->clinic, point->code);
  open_point (week, point);
  intake = take_file (week, point->clinic, NULL, path);
  g_assert_cmpint (intake->n_new, >, 10);
  must (dbk_open_bottle (point->clinic, week->f->outreach, LOT, 0, &error), error);
}

static Week *
begin (void)
{
  static const char *const codes[] = { "B2", "E3", "G4" };
  Week *week = g_new0 (Week, 1);
  const DbkLot lot = { .number = (char *) LOT, .product = (char *) "methadone", .ug_per_ml = 1000, .expires = LAST + 300, .received_ul = 20000000 };
  GError *error = NULL;

  week->f = dbk_clinic_fixture_new ();
  must (dbk_receive_lot (week->f->clinic, week->f->pharmacist, &lot, NULL, &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    enrol_point (week, codes[i]);
  must (dbk_add_paper_site (week->f->clinic, week->f->admin, "P5", "Ward", NULL, &error), error);
  return week;
}

static void
end (Week *week)
{
  for (guint i = 0; i < week->n_points; i++)
    {
      close_point (&week->points[i]);
      g_free (week->points[i].code);
      g_free (week->points[i].path);
    }
  for (guint i = 0; i < G_N_ELEMENTS (week->patients); i++)
    g_free (week->patients[i]);
  g_free (week->batch);
  dbk_clinic_fixture_free (week->f);
  g_free (week);
}

/* ---- the paper ---- */

static void
issue_slips (Week *week)
{
  const char *const patients[] = { week->patients[P0], week->patients[P1], NULL };
  const DbkSlipRequest request = { .site = "P5", .patients = patients, .from = FIRST, .to = LAST, .lot_number = LOT };
  GError *error = NULL;

  week->batch = dbk_issue_slips (week->f->clinic, week->f->nurse, &request, &error);
  g_assert_no_error (error);
}

/* One was not given, one is lost; the others were. */
static void
bring_slips (Week *week)
{
  g_autoptr(GPtrArray) slips = dbk_pass_list_of_batch (dbk_clinic_get_db (week->f->clinic), week->batch, NULL);

  g_assert_cmpuint (slips->len, ==, 14);
  for (guint i = 0; i < slips->len; i++)
    {
      const DbkPass *slip = g_ptr_array_index (slips, i);
      GError *error = NULL;
      g_autofree char *code = dbk_pass_code_of (week->f->clinic, slip, NULL);
      const DbkSlipReturn lost = { .slip = slip->id, .site = "P5", .outcome = DBK_PASS_LOST };
      const DbkSlipReturn refused = { .code = code, .site = "P5", .outcome = DBK_PASS_NOT_GIVEN, .reason = "refused" };
      const DbkSlipReturn given = { .code = code, .site = "P5", .outcome = DBK_PASS_GIVEN, .minute = NINE };
      g_autoptr(DbkPass) taken = dbk_take_slip (week->f->clinic, week->f->nurse, i == 0 ? &lost : i == 1 ? &refused : &given, &error);

      g_assert_no_error (error);
      g_assert_nonnull (taken);
    }
}

/* ---- the end ---- */

/* The hashes of all facts, in order. */
static char *
digest_facts (DbkClinic *clinic)
{
  g_autoptr(GArray) tips = dbk_tip_list (dbk_clinic_get_db (clinic), NULL);
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < tips->len; i++)
    g_checksum_update (sum, g_array_index (tips, DbkTip, i).hash, sizeof (g_array_index (tips, DbkTip, i).hash));
  return g_strdup_printf ("%u tips %s", tips->len, g_checksum_get_string (sum));
}

static char *
list_given (DbkClinic *clinic,
            gboolean   told)
{
  g_autoptr(GPtrArray) given = dbk_given_list (dbk_clinic_get_db (clinic), told, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < given->len; i++)
    {
      const DbkGiven *one = g_ptr_array_index (given, i);

      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT "\n", one->lot_number, one->site_code, one->volume_ul);
    }
  return g_string_free (text, FALSE);
}

/* Until nobody has anything new for anybody. */
static void
exchange_all (Week *week)
{
  gint64 news = 1;

  for (guint round = 0; news > 0; round++)
    {
      g_assert_cmpuint (round, <, 6);
      news = 0;
      /* Two clones hold different things under one name: each is answered before the other is heard. */
      for (guint i = 0; i < week->n_points; i++)
        news += bring_home (week, &week->points[i]) + bring_out (week, &week->points[i]);
    }
}

static guint
count_forks (DbkClinic *clinic)
{
  g_autoptr(GArray) forks = dbk_fork_list (dbk_clinic_get_db (clinic), NULL);

  return forks->len;
}

static void
assert_collision (GPtrArray  *collisions,
                  const char *patient,
                  DbkDay      day)
{
  guint n = 0;

  for (guint i = 0; i < collisions->len; i++)
    {
      const DbkCollision *one = g_ptr_array_index (collisions, i);

      n += strcmp (one->patient, patient) == 0 && one->day == day ? 1 : 0;
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
assert_all_agree (Week *week)
{
  g_autofree char *facts = digest_facts (week->f->clinic), *given = list_given (week->f->clinic, FALSE);

  for (guint i = 0; i < week->n_points; i++)
    {
      g_autofree char *there = digest_facts (week->points[i].clinic), *told = list_given (week->points[i].clinic, TRUE);

      g_assert_cmpstr (there, ==, facts);
      g_assert_cmpstr (told, ==, given);
      dbk_fixture_assert_holds (dbk_clinic_get_db (week->points[i].clinic));
      g_assert_cmpuint (count_forks (week->points[i].clinic), ==, count_forks (week->f->clinic));
    }
  g_test_message ("%s", given);
  dbk_clinic_fixture_assert_holds (week->f);
}

/* ---- the week ---- */

/* Whom and where; nobody else doses them. */
static void
begin_week (Week *week)
{
  add_patients (week);
  grant (week, "B2", B0);
  grant (week, "E3", E0);
  grant (week, "G4", G0);
  issue_slips (week);
  for (guint i = 0; i < week->n_points; i++)
    start_point (week, &week->points[i]);
  g_assert_cmpint (dose_here (week, B0), ==, DBK_GIVE_STOPPED);
  g_assert_cmpint (dose_here (week, P0), ==, DBK_GIVE_STOPPED);
}

/* Sticks in the wrong order, and one that never comes. */
static void
three_days (Week *week)
{
  static const struct { guint point, patient; } doses[] = { { B, B0 }, { B, B1 }, { E, E0 }, { E, E1 }, { G, G0 } };
  char *files[3] = { NULL };
  g_autoptr(DbkIntake) later = NULL;
  g_autoptr(DbkIntake) earlier = NULL;

  for (DbkDay day = FIRST; day < FIRST + 3; day++)
    {
      set_time (week, day, NINE);
      for (guint i = 0; i < G_N_ELEMENTS (doses); i++)
        g_assert_cmpint (dose_at (week, doses[i].point, doses[i].patient), ==, DBK_GIVE_GIVEN);
      g_assert_cmpint (dose_here (week, C0), ==, DBK_GIVE_GIVEN);
      set_time (week, day, EVENING);
      files[day - FIRST] = write_file (week, week->points[day == FIRST + 2 ? E : B].clinic, NULL);
    }
  later = take_file (week, week->f->clinic, week->f->nurse, files[1]);
  g_assert_cmpint (later->manifest->doses, ==, 4);
  earlier = take_file (week, week->f->clinic, week->f->nurse, files[0]);
  g_assert_cmpint (earlier->n_new, ==, 0);
  g_assert_cmpint (g_unlink (files[2]), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (files[i]);
}

static void
put_back (Week       *week,
          Point      *point,
          const char *old,
          gboolean    whole_disk)
{
  close_point (point);
  copy (old, point->path);
  if (whole_disk)
    forget_note (point);
  open_point (week, point);
}

/* G doses, its file comes home, and it is put back to the morning. The note beside the record stops it; a whole disk has none, and doses again. */
static void
a_disk_put_back (Week *week)
{
  Point *g = &week->points[G];
  g_autofree char *old = g_strconcat (g->path, ".old", NULL), *answer = NULL;
  g_autoptr(DbkIntake) told = NULL;

  set_time (week, FIRST + 3, EIGHT);
  close_point (g);
  copy (g->path, old);
  open_point (week, g);
  set_time (week, FIRST + 3, NINE);
  g_assert_cmpint (dose_at (week, G, G0), ==, DBK_GIVE_GIVEN);
  g_assert_cmpint (bring_home (week, g), >, 0);
  put_back (week, g, old, FALSE);
  g_assert_cmpint (dose_at (week, G, G0), ==, DBK_GIVE_STOPPED);
  put_back (week, g, old, TRUE);
  g_assert_cmpint (dose_at (week, G, G0), ==, DBK_GIVE_GIVEN);

  /* The clinic tells it what it has forgotten; then it does not dose until it knows again. */
  answer = write_file (week, week->f->clinic, "G4");
  told = take_file (week, g->clinic, week->f->outreach, answer);
  g_assert_true (told->we_forgot);
  g_assert_cmpint (dose_at (week, G, G1), ==, DBK_GIVE_STOPPED);
  bring_home (week, g);
  g_assert_cmpint (bring_out (week, g), >, 0);
  g_assert_cmpint (dose_at (week, G, G1), ==, DBK_GIVE_GIVEN);
}

/* Both go on, with a patient each. */
static void
a_clone (Week *week)
{
  Point *b = &week->points[B], *clone = &week->points[CLONE];

  set_time (week, FIRST + 4, EIGHT);
  close_point (b);
  clone->code = g_strdup ("B2");
  clone->path = g_strconcat (b->path, ".clone", NULL);
  week->n_points = CLONE + 1;
  copy (b->path, clone->path);
  open_point (week, b);
  set_time (week, FIRST + 4, NINE);
  g_assert_cmpint (dose_at (week, B, B0), ==, DBK_GIVE_GIVEN);
  close_point (b);
  forget_note (clone);
  open_point (week, clone);
  g_assert_cmpint (dose_at (week, CLONE, B1), ==, DBK_GIVE_GIVEN);
  close_point (clone);
  forget_note (b);
  open_point (week, b);
  open_point (week, clone);
}

/* The clinic doses, and so does E, which has not heard. */
static void
a_lease_broken (Week *week)
{
  g_autoptr(GPtrArray) leases = dbk_lease_list_of_patient (dbk_clinic_get_db (week->f->clinic), week->patients[E1], NULL);
  const DbkLease *lease = g_ptr_array_index (leases, 0);
  GError *error = NULL;

  set_time (week, FIRST + 5, EIGHT);
  must (dbk_break_lease (week->f->clinic, week->f->doctor, lease->id, FIRST + 5, "patient-came", "丙，电话 8:10", &error), error);
  set_time (week, FIRST + 5, NINE);
  g_assert_cmpint (dose_here (week, E1), ==, DBK_GIVE_GIVEN);
  g_assert_cmpint (dose_at (week, E, E1), ==, DBK_GIVE_GIVEN);
}

static void
test_week (void)
{
  Week *week = begin ();
  g_autoptr(GPtrArray) collisions = NULL;

  begin_week (week);
  three_days (week);
  a_disk_put_back (week);
  a_clone (week);
  a_lease_broken (week);
  set_time (week, LAST, EVENING);
  bring_slips (week);
  exchange_all (week);
  assert_all_agree (week);
  collisions = dbk_collision_list_open (dbk_clinic_get_db (week->f->clinic), NULL);
  g_assert_cmpuint (collisions->len, ==, 2);
  assert_collision (collisions, week->patients[G0], FIRST + 3);
  assert_collision (collisions, week->patients[E1], FIRST + 5);
  g_assert_cmpuint (count_forks (week->f->clinic), ==, 2);
  set_time (week, LAST, EVENING + 30);
  g_assert_cmpint (dose_here (week, E1), ==, DBK_GIVE_STOPPED);
  end (week);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outreach/week", test_week);
  return g_test_run ();
}
