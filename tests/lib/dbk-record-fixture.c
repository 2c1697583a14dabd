/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/lib/dbk-record-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "db/dbk-fact-log-private.h"
#include "db/dbk-verify.h"
#include "db/facts/dbk-desk-facts.h"
#include "db/facts/dbk-drug-facts.h"
#include "db/facts/dbk-lease-facts.h"
#include "db/facts/dbk-order-facts.h"
#include "db/facts/dbk-pass-facts.h"
#include "db/facts/dbk-site-facts.h"
#include "db/facts/dbk-people-facts.h"

#define FIRST_MS (G_GINT64_CONSTANT (1772668800000) + 8 * 60 * 1000) /* 2026-03-05 08:08 in Shanghai */
#define SHANGHAI_S (8 * 3600)

#ifdef __has_feature
#define SANITIZED __has_feature (address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

G_DEFINE_QUARK (dbk-fixture-error-quark, dbk_fixture_error)

/* ---- the first morning ---- */

static gboolean
add_staff (DbkDb           *db,
           const DbkStamp  *stamp,
           const char      *id,
           const char      *login,
           const char      *name,
           DbkRole          role,
           GError         **error)
{
  DbkStaff staff = { .id = (char *) id, .login = (char *) login, .name = (char *) name, .role = role };

  return dbk_fact_staff (db, stamp, &staff, "$argon2id$none", 1, error);
}

static gboolean
add_patient (DbkDb           *db,
             const DbkStamp  *stamp,
             GError         **error)
{
  DbkPatient patient = {
    .id = (char *) DBK_FIXTURE_PATIENT,
    .number = (char *) "3301060421",
    .name = (char *) "王小明",
    .pinyin = (char *) "Wang Xiaoming",
    .born = dbk_day_from_ymd (1980, 2, 29),
    .sex = DBK_SEX_MALE,
    .phone = (char *) "138 0013 4471",
    .state = DBK_PATIENT_ACTIVE,
    .enrolled = DBK_FIXTURE_DAY,
    .photo_taken = DBK_DAY_NONE,
  };

  return dbk_fact_patient_registered (db, stamp, &patient, error);
}

static gboolean
add_order (DbkDb           *db,
           const DbkStamp  *stamp,
           GError         **error)
{
  DbkOrder order = {
    .id = (char *) DBK_FIXTURE_ORDER,
    .patient = (char *) DBK_FIXTURE_PATIENT,
    .dose_ug = DBK_FIXTURE_DOSE_UG,
    .from = DBK_FIXTURE_DAY,
    .to = DBK_DAY_NONE,
    .until = DBK_DAY_NONE,
    .reason = (char *) "start",
    .signed_day = DBK_DAY_NONE,
  };

  return dbk_fact_order_signed (db, stamp, &order, NULL, error);
}

static gboolean
add_drug (DbkDb           *db,
          const DbkStamp  *stamp,
          GError         **error)
{
  DbkLot lot = {
    .id = (char *) DBK_FIXTURE_LOT,
    .number = (char *) "L2601",
    .product = (char *) "methadone oral solution",
    .ug_per_ml = DBK_FIXTURE_UG_PER_ML,
    .expires = DBK_FIXTURE_DAY + 365,
    .received_ul = DBK_FIXTURE_RECEIVED_UL,
    .opened = DBK_DAY_NONE,
  };

  return dbk_fact_lot_received (db, stamp, &lot, DBK_FIXTURE_PHYSICIAN, error) &&
         dbk_fact_bottle_opened (db, stamp, DBK_FIXTURE_BOTTLE, DBK_FIXTURE_LOT, DBK_FIXTURE_BOTTLE_UL, error);
}

gboolean
dbk_record_fixture_fill (DbkDb           *db,
                         const DbkStamp  *stamp,
                         GError         **error)
{
  DbkStamp by_physician = *stamp;
  DbkStamp by_nurse = *stamp;

  by_physician.author = DBK_FIXTURE_PHYSICIAN;
  by_nurse.author = DBK_FIXTURE_NURSE;
  return dbk_fact_log_enrol (db, stamp, DBK_FIXTURE_SITE, "counter 1", error) &&
         dbk_fact_site (db, stamp, DBK_FIXTURE_SITE, "C1", "Clinic One", "Asia/Shanghai", 1, error) &&
         add_staff (db, stamp, DBK_FIXTURE_PHYSICIAN, "li", "李医生", DBK_ROLE_PHYSICIAN, error) &&
         add_staff (db, &by_physician, DBK_FIXTURE_NURSE, "chen", "陈护士", DBK_ROLE_NURSE, error) &&
         add_patient (db, &by_nurse, error) &&
         add_order (db, &by_physician, error) &&
         add_drug (db, &by_nurse, error);
}

static gboolean
fill (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  return dbk_record_fixture_fill (db, data, error);
}

/* ---- the folder ---- */

DbkRecordFixture *
dbk_record_fixture_new_empty (void)
{
  DbkRecordFixture *self = g_new0 (DbkRecordFixture, 1);
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("dosebook-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "clinic.dosebook", NULL);
  self->wall_ms = FIRST_MS;
  self->db = dbk_db_create (self->path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->db);
  return self;
}

DbkRecordFixture *
dbk_record_fixture_new (void)
{
  DbkRecordFixture *self = dbk_record_fixture_new_empty ();
  DbkStamp stamp = dbk_record_fixture_stamp (self, "");

  dbk_record_fixture_write (self, fill, &stamp);
  return self;
}

void
dbk_fixture_remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

void
dbk_record_fixture_free (DbkRecordFixture *self)
{
  if (self == NULL)
    return;
  dbk_db_close (self->db);
  dbk_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
dbk_record_fixture_close (DbkRecordFixture *self)
{
  g_clear_pointer (&self->db, dbk_db_close);
}

void
dbk_record_fixture_open (DbkRecordFixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (self->db);
  self->db = dbk_db_open (self->path, DBK_DB_WRITE, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->db);
}

char *
dbk_record_fixture_name (DbkRecordFixture *self,
                         const char       *name)
{
  return g_build_filename (self->folder, name, NULL);
}

DbkStamp
dbk_record_fixture_stamp (DbkRecordFixture *self,
                          const char       *author)
{
  self->wall_ms += 1000;
  return (DbkStamp) { .author = author, .wall_ms = self->wall_ms, .utc_offset_s = SHANGHAI_S, .day = DBK_FIXTURE_DAY };
}

void
dbk_record_fixture_write (DbkRecordFixture *self,
                          DbkDbTxnFunc      func,
                          gpointer          data)
{
  g_autoptr(GError) error = NULL;
  gboolean done = dbk_db_write (self->db, func, data, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

/* ---- dispensing ---- */

DbkDispense
dbk_record_fixture_dispense (DbkRecordFixture *self,
                             const char       *dose,
                             DbkDay            day)
{
  return (DbkDispense) {
    .stamp = dbk_record_fixture_stamp (self, DBK_FIXTURE_NURSE),
    .dose = dose,
    .patient = DBK_FIXTURE_PATIENT,
    .day = day,
    .part = 1,
    .dose_ug = DBK_FIXTURE_DOSE_UG,
  };
}

static void
fill_dose (DbkDose           *dose,
           const DbkDispense *dispense)
{
  *dose = (DbkDose) {
    .id = (char *) dispense->dose,
    .patient = (char *) dispense->patient,
    .day = dispense->day,
    .part = dispense->part,
    .kind = DBK_DOSE_OBSERVED,
    .dose_ug = dispense->dose_ug,
    .ordered_ug = DBK_FIXTURE_DOSE_UG,
    .volume_ul = dispense->dose_ug * 1000 / DBK_FIXTURE_UG_PER_ML,
    .lot = (char *) DBK_FIXTURE_LOT,
    .order = (char *) DBK_FIXTURE_ORDER,
    .given_ms = dispense->stamp.wall_ms,
  };
}

gboolean
dbk_fixture_dispense (DbkDb     *db,
                      gpointer   data,
                      GError   **error)
{
  const DbkDispense *dispense = data;
  g_autofree char *holder = NULL;
  DbkClaimAnswer answer;
  DbkDose dose;

  fill_dose (&dose, dispense);
  if (!dbk_claim_take (db, dispense->patient, dispense->day, dispense->part, dispense->dose, &answer, &holder, error))
    return FALSE;
  if (answer == DBK_CLAIM_HELD)
    {
      g_set_error (error, DBK_FIXTURE_ERROR, 0, "held by %s", holder);
      return FALSE;
    }
  return dbk_fact_dose (db, &dispense->stamp, &dose, NULL, error);
}

gboolean
dbk_fixture_reverse (DbkDb     *db,
                     gpointer   data,
                     GError   **error)
{
  const DbkDispense *dispense = data;
  DbkDose dose;

  fill_dose (&dose, dispense);
  return dbk_fact_dose_reversed (db, &dispense->stamp, &dose, "mistake", NULL, DBK_LIQUID_WASTED, DBK_FIXTURE_PHYSICIAN, NULL, error);
}

/* ---- a full record ---- */

/* What a newer program might write, and must not be passed over. */
static gboolean
append_from_the_future (DbkDb           *db,
                        const DbkStamp  *stamp,
                        GError         **error)
{
  static const DbkFactKind kind = { "dose.beamed", 1, TRUE };
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "patient", DBK_FIXTURE_PATIENT);
  return dbk_fact_append (db, stamp, &kind, body, NULL, error);
}

/* A row in every table that is projected. */
static gboolean
fill_every_table (DbkDb     *db,
                  gpointer   data,
                  GError   **error)
{
  const DbkStamp *stamp = data;
  static const DbkPaperRowDraft rows[] = { { "R1ABCDEFGHJKMNPQRSTV", DBK_FIXTURE_PATIENT } };
  static const DbkDay days[] = { DBK_FIXTURE_DAY - 3, DBK_FIXTURE_DAY - 2 };
  static const gint64 doses_ug[] = { 50000, 55000 };
  const DbkDocumentDraft sheet = { "W0000000000000A1", "sheet", NULL, NULL, DBK_FIXTURE_DAY, "a4", NULL, rows, G_N_ELEMENTS (rows) };
  const DbkHold hold = { .id = (char *) "H0000000000000A1", .patient = (char *) DBK_FIXTURE_PATIENT, .kind = DBK_HOLD_STOP, .reason = (char *) "lab", .from = DBK_FIXTURE_DAY, .until = DBK_DAY_NONE };
  const DbkAbsence absence = { (char *) "A0000000000000A1", (char *) DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, DBK_FIXTURE_DAY, (char *) "travel", FALSE };
  const DbkNotGiven not_given = { .id = (char *) "G0000000000000A1", .patient = (char *) DBK_FIXTURE_PATIENT, .day = DBK_FIXTURE_DAY, .reason = (char *) "left" };
  const DbkLease lease = { .id = (char *) "E0000000000000A1", .patient = (char *) DBK_FIXTURE_PATIENT, .site = (char *) "S0000000000000B2", .holder = (char *) "W0000000000000B2",
                           .from = DBK_FIXTURE_DAY + 10, .to = DBK_FIXTURE_DAY + 16 };
  const DbkPass slip = { .id = (char *) "P0000000000000A1", .batch = (char *) "B0000000000000A1", .patient = (char *) DBK_FIXTURE_PATIENT, .site = lease.site,
                         .from = DBK_FIXTURE_DAY, .to = DBK_FIXTURE_DAY, .dose_ug = 50000, .volume_ul = 10000, .lease = lease.id };
  const DbkCollision collision = { .patient = (char *) DBK_FIXTURE_PATIENT, .dose_a = (char *) "D0000000000000A1", .dose_b = (char *) "D0000000000000A2" };
  static const guint8 key[DBK_PUBLIC_KEY_SIZE] = { 7 };
  g_autoptr(GBytes) jpeg = g_bytes_new_static ("jpeg", 4);

  return append_from_the_future (db, stamp, error) &&
         dbk_fact_writer_enrolled (db, stamp, lease.holder, lease.site, "van", key, error) &&
         dbk_fact_lease_granted (db, stamp, &lease, error) &&
         dbk_fact_lease_broken (db, stamp, &lease, lease.to, "laptop-lost", "驾驶员", error) &&
         dbk_fact_writer_revoked (db, stamp, lease.holder, 0, "lost", error) &&
         dbk_fact_writer_accepted (db, stamp, lease.holder, 0, error) &&
         dbk_fact_pass_issued (db, stamp, &slip, error) &&
         dbk_fact_slip_closed (db, stamp, &slip, DBK_PASS_LOST, error) &&
         dbk_fact_collision_closed (db, stamp, &collision, "one-not-taken", NULL, error) &&
         dbk_fact_photo (db, stamp, DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, jpeg, error) &&
         dbk_fact_card_issued (db, stamp, "M1ABCDEFGHJKMNPQRSTV", DBK_FIXTURE_PATIENT, error) &&
         dbk_fact_order_ended (db, stamp, DBK_FIXTURE_ORDER, DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY + 30, "other", error) &&
         dbk_fact_hold_placed (db, stamp, &hold, error) &&
         dbk_fact_hold_lifted (db, stamp, hold.id, DBK_FIXTURE_PATIENT, "seen", error) &&
         dbk_fact_absence (db, stamp, &absence, error) &&
         dbk_fact_absence_withdrawn (db, stamp, &absence, error) &&
         dbk_fact_history (db, stamp, "I0000000000000A1", DBK_FIXTURE_PATIENT, days, doses_ug, G_N_ELEMENTS (days), error) &&
         dbk_fact_import (db, stamp, "I0000000000000A1", "register", "00", 2, 1, 2, 0, error) &&
         dbk_fact_not_given (db, stamp, &not_given, NULL, error) &&
         dbk_fact_alert_answered (db, stamp, DBK_FIXTURE_PATIENT, DBK_FIXTURE_DAY, "missed", "half", error) &&
         dbk_fact_contact (db, stamp, "K0000000000000A1", DBK_FIXTURE_PATIENT, "reached", NULL, error) &&
         dbk_fact_policy (db, stamp, "p", "1", "{}", error) &&
         dbk_fact_document (db, stamp, &sheet, error);
}

DbkRecordFixture *
dbk_record_fixture_new_full (void)
{
  DbkRecordFixture *fixture = dbk_record_fixture_new ();
  DbkStamp stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN);
  DbkDispense reversed = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DBK_FIXTURE_DAY);
  DbkDispense standing = dbk_record_fixture_dispense (fixture, "D0000000000000A2", DBK_FIXTURE_DAY);

  dbk_record_fixture_write (fixture, fill_every_table, &stamp);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &reversed);
  dbk_record_fixture_write (fixture, dbk_fixture_reverse, &reversed);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &standing);
  dbk_record_fixture_close (fixture);
  return fixture;
}

/* ---- looking at it from outside ---- */

void
dbk_fixture_assert_holds (DbkDb *db)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkVerifyReport) report = dbk_verify (db, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  g_assert_cmpstr (report->problem, ==, NULL);
  g_assert_cmpstr (report->broken_fact, ==, NULL);
}

gint64
dbk_fixture_peek (const char *path,
                  const char *sql)
{
  sqlite3 *handle = NULL;
  sqlite3_stmt *st = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &st, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (st), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (st, 0);
  sqlite3_finalize (st);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  return value;
}

void
dbk_fixture_tamper (const char *path,
                    const char *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

guint
dbk_fixture_stride (guint sanitized)
{
  return SANITIZED && g_getenv ("DOSEBOOK_TEST_LONG") == NULL ? sanitized : 1;
}
