/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sites, staff, patients, photos, cards, the reading log: what was appended is what the stores read, also after the file was closed. */
#include "db/dbk-people-store.h"
#include "db/facts/dbk-people-facts.h"
#include "tests/lib/dbk-record-fixture.h"

typedef struct
{
  DbkStamp          stamp;
  const DbkPatient *patient;
  const DbkStaff   *staff;
  const char       *pin;
  const char       *text;
  gint64            version;
  GBytes           *bytes;
  DbkDay            day;
} Step;

static void
reopen_and_verify (DbkRecordFixture *fixture)
{
  dbk_record_fixture_close (fixture);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- patients ---- */

static gboolean
append_registered (DbkDb     *db,
                   gpointer   data,
                   GError   **error)
{
  const Step *step = data;

  return dbk_fact_patient_registered (db, &step->stamp, step->patient, error);
}

static gboolean
append_changed (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const Step *step = data;

  return dbk_fact_patient_changed (db, &step->stamp, step->patient, error);
}

static void
assert_same_patient (const DbkPatient *a,
                     const DbkPatient *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->number, ==, b->number);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->pinyin, ==, b->pinyin);
  g_assert_cmpint (a->born, ==, b->born);
  g_assert_cmpint (a->sex, ==, b->sex);
  g_assert_cmpstr (a->phone, ==, b->phone);
  g_assert_cmpstr (a->allergies, ==, b->allergies);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_cmpint (a->enrolled, ==, b->enrolled);
  g_assert_cmpint (a->photo_taken, ==, b->photo_taken);
}

static void
assert_stored (DbkRecordFixture *fixture,
               const DbkPatient *patient)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkPatient) read = dbk_patient_get (fixture->db, patient->id, &error);

  g_assert_no_error (error);
  assert_same_patient (read, patient);
}

/* The longest name there may be, of characters of four bytes each, which take two of ICU's. */
static char *
longest_name (void)
{
  GString *name = g_string_new ("");

  for (guint i = 0; i < 80; i++)
    g_string_append (name, "𠮷");
  return g_string_free (name, FALSE);
}

static void
test_patients (void)
{
  g_autofree char *longest = longest_name ();
  g_autofree char *allergies = g_strnfill (800, 'x');
  const DbkPatient rows[] = {
    { (char *) "T0000000000000A1", (char *) "1", (char *) "李", NULL, DBK_DAY_NONE, DBK_SEX_UNKNOWN, NULL, NULL, DBK_PATIENT_ACTIVE, DBK_FIXTURE_DAY, DBK_DAY_NONE },
    { (char *) "T0000000000000A2", (char *) "ABCdef12345678901234", longest, (char *) "", dbk_day_from_ymd (1901, 1, 1), DBK_SEX_OTHER, (char *) "",
      (char *) "", DBK_PATIENT_DECEASED, dbk_day_from_ymd (9999, 12, 31), DBK_DAY_NONE },
    { (char *) "T0000000000000A3", (char *) "0007", (char *) "买买提·艾力", (char *) "Maimaiti Aili", dbk_day_from_ymd (2000, 2, 29), DBK_SEX_FEMALE,
      (char *) "+86 138-0013-4471", allergies, DBK_PATIENT_TRANSFERRED, dbk_day_from_ymd (1800, 1, 1), DBK_DAY_NONE },
    { (char *) "T0000000000000A4", (char *) "7", (char *) "O'Neill \"Bo\" \\ <b>&amp;</b>; DROP TABLE fact", NULL, DBK_DAY_NONE, DBK_SEX_MALE, NULL,
      (char *) "青霉素", DBK_PATIENT_DISCHARGED, 0, DBK_DAY_NONE },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .patient = &rows[i] };

      dbk_record_fixture_write (fixture, append_registered, &step);
      assert_stored (fixture, &rows[i]);
    }
  reopen_and_verify (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(DbkPatient) read = dbk_patient_by_number (fixture->db, rows[i].number, NULL);

      assert_stored (fixture, &rows[i]);
      g_assert_nonnull (read);
      g_assert_cmpstr (read->id, ==, rows[i].id);
    }
}

static void
test_changes (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(DbkPatient) patient = dbk_patient_get (fixture->db, DBK_FIXTURE_PATIENT, NULL);
  Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .patient = patient };
  gint64 before = 0, after = 0;

  g_assert_true (dbk_fact_log_count (fixture->db, &before, NULL));
  dbk_record_fixture_write (fixture, append_changed, &step);
  g_assert_true (dbk_fact_log_count (fixture->db, &after, NULL));
  g_assert_cmpint (after, ==, before);

  /* A value, and no value any more; what is empty is not what is missing. */
  g_free (patient->name);
  patient->name = g_strdup ("单晓明");
  g_clear_pointer (&patient->phone, g_free);
  patient->allergies = g_strdup ("");
  patient->state = DBK_PATIENT_DISCHARGED;
  patient->born = DBK_DAY_NONE;
  dbk_record_fixture_write (fixture, append_changed, &step);
  g_assert_true (dbk_fact_log_count (fixture->db, &after, NULL));
  g_assert_cmpint (after, ==, before + 1);
  assert_stored (fixture, patient);

  g_clear_pointer (&patient->allergies, g_free);
  patient->state = DBK_PATIENT_ACTIVE;
  dbk_record_fixture_write (fixture, append_changed, &step);
  assert_stored (fixture, patient);
  reopen_and_verify (fixture);
  assert_stored (fixture, patient);
}

static void
test_search (void)
{
  static const struct
  {
    const char *typed;
    gboolean    found;
  } rows[] = {
    { "王", TRUE },       { "小明", TRUE },    { "明", TRUE },   { "王明", FALSE }, { "wang", TRUE },      { "WANGX", TRUE },
    { "wxm", TRUE },      { "ｗｘｍ", TRUE },  { "xm", FALSE },  { "3301", TRUE },  { "330 106 04", TRUE }, { "4471", TRUE },
    { "13800134471", TRUE }, { "471", FALSE }, { "", FALSE },    { " ", FALSE },    { "zhang", FALSE },     { "wang xiao", TRUE },
    { "%", FALSE },       { "_", FALSE },      { "\xff", FALSE }, { "·", FALSE },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) found = dbk_patient_search (fixture->db, rows[i].typed, 50, &error);

      g_assert_no_error (error);
      if ((found->len == 1) != rows[i].found)
        g_test_fail_printf ("\"%s\" finds %u", rows[i].typed, found->len);
    }
}

static void
test_similar (void)
{
  static const char *const names[] = { "王晓明", "汪小鸣", "明小王", "王小红" };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  gint n = -1;
  gint64 all = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("T0000000000000B%u", i);
      g_autofree char *number = g_strdup_printf ("%u", i);
      const DbkPatient patient = { .id = id, .number = number, .name = (char *) names[i], .born = DBK_DAY_NONE, .enrolled = 0 };
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .patient = &patient };

      dbk_record_fixture_write (fixture, append_registered, &step);
    }
  g_assert_true (dbk_patient_count_similar (fixture->db, DBK_FIXTURE_PATIENT, &n, NULL));
  g_assert_cmpint (n, ==, 3);
  g_assert_true (dbk_patient_count (fixture->db, &all, NULL));
  g_assert_cmpint (all, ==, 5);
}

static void
test_nobody (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GError) no_patient = NULL, no_number = NULL, no_card = NULL, no_staff = NULL, no_site = NULL, no_photo = NULL;

  g_assert_null (dbk_patient_get (fixture->db, "T0000000000000ZZ", &no_patient));
  g_assert_error (no_patient, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_null (dbk_patient_by_number (fixture->db, "3301060422", &no_number));
  g_assert_error (no_number, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_null (dbk_card_get (fixture->db, "M1", &no_card));
  g_assert_error (no_card, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_null (dbk_staff_by_login (fixture->db, "nobody", NULL, NULL, &no_staff));
  g_assert_error (no_staff, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_null (dbk_site_get (fixture->db, "S0000000000000ZZ", &no_site));
  g_assert_error (no_site, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_null (dbk_patient_photo (fixture->db, DBK_FIXTURE_PATIENT, &no_photo));
  g_assert_no_error (no_photo);
}

/* ---- sites and staff ---- */

static gboolean
append_site (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Step *step = data;

  return dbk_fact_site (db, &step->stamp, DBK_FIXTURE_SITE, "C2", step->text, "Asia/Urumqi", step->version, error);
}

static void
test_sites (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step newer = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .text = "第一诊所", .version = 3 };
  Step older = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .text = "late and old", .version = 2 };
  g_autoptr(DbkSite) site = NULL;

  dbk_record_fixture_write (fixture, append_site, &newer);
  dbk_record_fixture_write (fixture, append_site, &older);
  reopen_and_verify (fixture);
  site = dbk_site_get (fixture->db, DBK_FIXTURE_SITE, NULL);
  g_assert_cmpstr (site->code, ==, "C2");
  g_assert_cmpstr (site->name, ==, "第一诊所");
  g_assert_cmpstr (site->timezone, ==, "Asia/Urumqi");
  g_assert_cmpint (site->version, ==, 3);
}

static gboolean
append_staff (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const Step *step = data;

  return dbk_fact_staff (db, &step->stamp, step->staff, step->pin, step->version, error);
}

static void
test_staff (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) all = NULL;

  for (guint role = 0; role < DBK_N_ROLES; role++)
    {
      g_autofree char *id = g_strdup_printf ("N0000000000000C%u", role);
      g_autofree char *login = g_strdup_printf ("role-%u", role);
      g_autofree char *pin = g_strdup_printf ("$argon2id$v=19$m=65536,t=3,p=1$%u", role);
      const DbkStaff staff = { .id = id, .login = login, .name = (char *) "阿依古丽·买买提", .role = (DbkRole) role, .ended = role == 3 };
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .staff = &staff, .pin = pin, .version = 1 };
      g_autofree char *read_pin = NULL;
      g_autoptr(DbkStaff) read = NULL;
      gint64 version = 0;

      dbk_record_fixture_write (fixture, append_staff, &step);
      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
      read = dbk_staff_by_login (fixture->db, login, &read_pin, &version, NULL);
      g_assert_cmpstr (read->id, ==, id);
      g_assert_cmpstr (read->name, ==, staff.name);
      g_assert_cmpint (read->role, ==, staff.role);
      g_assert_cmpint (read->ended, ==, staff.ended);
      g_assert_cmpstr (read_pin, ==, pin);
      g_assert_cmpint (version, ==, 1);
    }
  all = dbk_staff_list (fixture->db, NULL);
  g_assert_cmpuint (all->len, ==, DBK_N_ROLES + 2);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- photos ---- */

static gboolean
append_photo (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const Step *step = data;

  return dbk_fact_photo (db, &step->stamp, DBK_FIXTURE_PATIENT, step->day, step->bytes, error);
}

static GBytes *
new_noise (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (data, size);
}

static void
test_photos (void)
{
  static const gsize sizes[] = { 1, 4096, DBK_PHOTO_MAX };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GBytes) last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) bytes = new_noise (sizes[i]);
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .bytes = bytes, .day = DBK_FIXTURE_DAY + (DbkDay) i };
      g_autoptr(DbkPatient) patient = NULL;
      g_autoptr(GBytes) read = NULL;

      dbk_record_fixture_write (fixture, append_photo, &step);
      read = dbk_patient_photo (fixture->db, DBK_FIXTURE_PATIENT, NULL);
      patient = dbk_patient_get (fixture->db, DBK_FIXTURE_PATIENT, NULL);
      g_assert_true (g_bytes_equal (read, bytes));
      g_assert_cmpint (patient->photo_taken, ==, step.day);
    }
  reopen_and_verify (fixture);
  last = dbk_patient_photo (fixture->db, DBK_FIXTURE_PATIENT, NULL);
  g_assert_cmpuint (g_bytes_get_size (last), ==, DBK_PHOTO_MAX);
}

/* ---- cards ---- */

static gboolean
append_card (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Step *step = data;

  return dbk_fact_card_issued (db, &step->stamp, step->text, DBK_FIXTURE_PATIENT, error);
}

static gboolean
append_revoked (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const Step *step = data;

  return dbk_fact_card_revoked (db, &step->stamp, step->text, "lost", error);
}

static void
test_cards (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step first = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .text = "M1ABCDEFGHJKMNPQRSTV" };
  Step second = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .text = "M1ABCDEFGHJKMNPQRSTW" };
  DbkCardRow *card;
  g_autoptr(GPtrArray) cards = NULL;

  second.stamp.day = DBK_FIXTURE_DAY + 1;
  dbk_record_fixture_write (fixture, append_card, &first);
  card = dbk_card_get (fixture->db, first.text, NULL);
  g_assert_cmpstr (card->patient, ==, DBK_FIXTURE_PATIENT);
  g_assert_cmpint (card->issued, ==, DBK_FIXTURE_DAY);
  g_assert_cmpint (card->revoked, ==, DBK_DAY_NONE);
  g_assert_cmpstr (card->reason, ==, NULL);
  dbk_card_row_free (card);

  first.stamp.day = DBK_FIXTURE_DAY + 2;
  dbk_record_fixture_write (fixture, append_revoked, &first);
  dbk_record_fixture_write (fixture, append_card, &second);
  reopen_and_verify (fixture);
  card = dbk_card_get (fixture->db, first.text, NULL);
  g_assert_cmpint (card->issued, ==, DBK_FIXTURE_DAY);
  g_assert_cmpint (card->revoked, ==, DBK_FIXTURE_DAY + 2);
  g_assert_cmpstr (card->reason, ==, "lost");
  dbk_card_row_free (card);
  cards = dbk_card_list (fixture->db, DBK_FIXTURE_PATIENT, NULL);
  g_assert_cmpuint (cards->len, ==, 2);
  g_assert_cmpstr (((DbkCardRow *) g_ptr_array_index (cards, 0))->code, ==, second.text);
}

/* A stolen card may be known as revoked before it is known at all. */
static void
test_revoked_first (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .text = "M1ABCDEFGHJKMNPQRSTV" };
  DbkCardRow *card;

  dbk_record_fixture_write (fixture, append_revoked, &step);
  card = dbk_card_get (fixture->db, step.text, NULL);
  g_assert_cmpstr (card->patient, ==, NULL);
  g_assert_cmpint (card->issued, ==, DBK_DAY_NONE);
  g_assert_cmpint (card->revoked, ==, DBK_FIXTURE_DAY);
  dbk_card_row_free (card);

  dbk_record_fixture_write (fixture, append_card, &step);
  card = dbk_card_get (fixture->db, step.text, NULL);
  g_assert_cmpstr (card->patient, ==, DBK_FIXTURE_PATIENT);
  g_assert_cmpint (card->revoked, ==, DBK_FIXTURE_DAY);
  dbk_card_row_free (card);
  reopen_and_verify (fixture);
}

/* ---- this computer's notes ---- */

static gboolean
note_reading (DbkDb     *db,
              gpointer   data,
              GError   **error)
{
  const Step *step = data;

  return dbk_reading_add (db, step->stamp.wall_ms, step->stamp.author, DBK_FIXTURE_PATIENT, step->text, error) &&
         dbk_sign_in_set_tries (db, "chen", (gint) step->version, step->stamp.wall_ms, error);
}

static void
test_notes (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) readings = NULL;
  gint tries = -1;
  gint64 until_ms = -1;

  g_assert_true (dbk_sign_in_tries (fixture->db, "chen", &tries, &until_ms, NULL));
  g_assert_cmpint (tries, ==, 0);
  g_assert_cmpint (until_ms, ==, 0);
  for (guint i = 1; i <= 3; i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .text = i == 3 ? "search" : "card", .version = i };

      dbk_record_fixture_write (fixture, note_reading, &step);
    }
  reopen_and_verify (fixture);
  g_assert_true (dbk_sign_in_tries (fixture->db, "chen", &tries, &until_ms, NULL));
  g_assert_cmpint (tries, ==, 3);
  g_assert_cmpint (until_ms, ==, fixture->wall_ms);
  readings = dbk_reading_list (fixture->db, DBK_FIXTURE_PATIENT, 2, NULL);
  g_assert_cmpuint (readings->len, ==, 2);
  g_assert_cmpstr (((DbkReading *) g_ptr_array_index (readings, 0))->how, ==, "search");
  g_assert_cmpstr (((DbkReading *) g_ptr_array_index (readings, 0))->login, ==, "chen");
  g_assert_cmpint (((DbkReading *) g_ptr_array_index (readings, 0))->ms, ==, fixture->wall_ms);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/people/patients", test_patients);
  g_test_add_func ("/db/people/changes", test_changes);
  g_test_add_func ("/db/people/search", test_search);
  g_test_add_func ("/db/people/similar", test_similar);
  g_test_add_func ("/db/people/nobody", test_nobody);
  g_test_add_func ("/db/people/sites", test_sites);
  g_test_add_func ("/db/people/staff", test_staff);
  g_test_add_func ("/db/people/photos", test_photos);
  g_test_add_func ("/db/people/cards", test_cards);
  g_test_add_func ("/db/people/revoked-first", test_revoked_first);
  g_test_add_func ("/db/people/notes", test_notes);
  return g_test_run ();
}
