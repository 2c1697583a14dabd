/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/app/dbk-clinic-fixture.h"

#include "app/dbk-give-dose.h"
#include "app/dbk-import.h"
#include "app/dbk-manage-staff.h"
#include "app/dbk-receive-lot.h"
#include "app/dbk-register-patient.h"
#include "app/dbk-sign-order.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-pin.h"
#include "tests/lib/dbk-record-fixture.h"

#define OPENING_MINUTE (8 * 60)
#define SHANGHAI_MS (G_GINT64_CONSTANT (8) * 3600 * 1000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)

static gint64
ms_at (DbkDay day,
       int    minute)
{
  return day * DAY_MS + minute * MINUTE_MS - SHANGHAI_MS;
}

static DbkSession *
find_session (DbkClinic  *clinic,
              const char *login)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkStaff) staff = dbk_staff_by_login (dbk_clinic_get_db (clinic), login, NULL, NULL, &error);

  g_assert_no_error (error);
  return dbk_session_new (staff);
}

static DbkSession *
hire (DbkClinicFixture *self,
      const char       *login,
      const char       *name,
      DbkRole           role)
{
  g_autoptr(GError) error = NULL;

  dbk_staff_add (self->clinic, self->admin, login, name, role, DBK_CLINIC_FIXTURE_PIN, NULL, &error);
  g_assert_no_error (error);
  return find_session (self->clinic, login);
}

static void
stock (DbkClinicFixture *self)
{
  g_autoptr(GError) error = NULL;
  DbkLot lot = { .number = (char *) DBK_CLINIC_FIXTURE_LOT, .product = (char *) "methadone oral solution", .ug_per_ml = 1000,
                 .expires = DBK_CLINIC_FIXTURE_DAY + 365, .received_ul = DBK_CLINIC_FIXTURE_BOTTLE_UL, .opened = DBK_DAY_NONE };

  dbk_receive_lot (self->clinic, self->pharmacist, &lot, NULL, &error);
  g_assert_no_error (error);
  dbk_open_bottle (self->clinic, self->pharmacist, DBK_CLINIC_FIXTURE_LOT, 0, &error);
  g_assert_no_error (error);
}

DbkClinicFixture *
dbk_clinic_fixture_new (void)
{
  static const DbkSetUp set_up = { .site_name = "Clinic One", .site_code = "C1", .timezone = "Asia/Shanghai", .policy = "australia-2003",
                                   .admin_login = "admin", .admin_name = "Admin", .admin_pin = DBK_CLINIC_FIXTURE_PIN };
  DbkClinicFixture *self = g_new0 (DbkClinicFixture, 1);
  g_autoptr(GError) error = NULL;

  dbk_pin_make_cheap ();
  self->folder = g_dir_make_tmp ("dosebook-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "clinic.dosebook", NULL);
  self->day = DBK_CLINIC_FIXTURE_DAY;
  self->minute = OPENING_MINUTE;
  self->clinic = dbk_clinic_set_up (self->path, &set_up, ms_at (self->day, self->minute), &error);
  g_assert_no_error (error);
  self->admin = find_session (self->clinic, "admin");
  self->nurse = hire (self, "nurse.a", "陈护士", DBK_ROLE_NURSE);
  self->other_nurse = hire (self, "nurse.b", "刘护士", DBK_ROLE_NURSE);
  self->doctor = hire (self, "doctor", "李医生", DBK_ROLE_PHYSICIAN);
  self->pharmacist = hire (self, "pharmacist", "赵药师", DBK_ROLE_PHARMACIST);
  self->outreach = hire (self, "outreach", "孙外展", DBK_ROLE_OUTREACH);
  stock (self);
  return self;
}

void
dbk_clinic_fixture_free (DbkClinicFixture *self)
{
  if (self == NULL)
    return;
  dbk_clinic_fixture_close (self);
  dbk_session_free (self->admin);
  dbk_session_free (self->nurse);
  dbk_session_free (self->other_nurse);
  dbk_session_free (self->doctor);
  dbk_session_free (self->pharmacist);
  dbk_session_free (self->outreach);
  dbk_fixture_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
dbk_clinic_fixture_set_time (DbkClinicFixture *self,
                             DbkDay            day,
                             int               minute)
{
  self->day = day;
  self->minute = minute;
  dbk_clock_set (dbk_clinic_get_clock (self->clinic), ms_at (day, minute));
}

void
dbk_clinic_fixture_close (DbkClinicFixture *self)
{
  g_clear_pointer (&self->clinic, dbk_clinic_close);
}

void
dbk_clinic_fixture_open (DbkClinicFixture *self)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (self->clinic);
  self->clinic = dbk_clinic_open (self->path, DBK_DB_WRITE, &error);
  g_assert_no_error (error);
  dbk_clinic_fixture_set_time (self, self->day, self->minute);
}

char *
dbk_clinic_fixture_add_patient (DbkClinicFixture *self,
                                const char       *number,
                                const char       *name)
{
  g_autoptr(DbkPatient) draft = dbk_patient_new ();
  g_autoptr(GError) error = NULL;

  draft->number = g_strdup (number);
  draft->name = g_strdup (name);
  dbk_register_patient (self->clinic, self->nurse, draft, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (draft->id);
}

char *
dbk_clinic_fixture_sign (DbkClinicFixture *self,
                         const char       *patient,
                         gint64            dose_ug)
{
  const DbkOrderRequest request = { .patient = patient, .dose_ug = dose_ug, .from = self->day, .to = DBK_DAY_NONE, .retyped_ug = dose_ug };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkOrderOutcome) outcome = dbk_sign_order (self->clinic, self->doctor, &request, &error);

  g_assert_no_error (error);
  g_assert_false (outcome->blocked);
  g_assert_nonnull (outcome->order);
  return g_strdup (outcome->order);
}

char *
dbk_clinic_fixture_give (DbkClinicFixture *self,
                         const char       *patient)
{
  const DbkGiveRequest request = { .at_counter = { .patient = patient, .card = "", .day = DBK_DAY_NONE } };
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkGiveResult) result = dbk_give_dose (self->clinic, self->nurse, &request, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result->outcome, ==, DBK_GIVE_GIVEN);
  return g_strdup (result->dose);
}

void
dbk_clinic_fixture_import (DbkClinicFixture *self,
                           const char       *number,
                           DbkDay            first,
                           DbkDay            last,
                           int               dose_mg)
{
  const DbkImportOptions options = { FALSE };
  g_autoptr(DbkImportReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) table = NULL;
  GString *text = g_string_new ("patient,date,given_mg\n");

  for (DbkDay day = first; day <= last; day++)
    {
      g_autofree char *iso = dbk_day_to_iso (day);

      g_string_append_printf (text, "%s,%s,%d\n", number, iso, dose_mg);
    }
  table = g_string_free_to_bytes (text);
  report = dbk_import_doses (self->clinic, self->admin, table, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->problems->len, ==, 0);
  g_assert_cmpint (report->imported, ==, last - first + 1);
}

DbkDose *
dbk_clinic_fixture_read_dose (DbkClinicFixture *self,
                              const char       *dose)
{
  g_autoptr(GError) error = NULL;
  DbkDose *read = dbk_dose_get (dbk_clinic_get_db (self->clinic), dose, &error);

  g_assert_no_error (error);
  return read;
}

void
dbk_clinic_fixture_assert_lot (DbkClinicFixture *self,
                               gint64            bottle_ul,
                               gint64            given_ul,
                               gint64            waste_ul)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkLot) lot = dbk_lot_by_number (dbk_clinic_get_db (self->clinic), dbk_clinic_get_site (self->clinic)->id,
                                             DBK_CLINIC_FIXTURE_LOT, &error);

  g_assert_no_error (error);
  g_assert_cmpint (lot->bottle_ul, ==, bottle_ul);
  g_assert_cmpint (lot->given_ul, ==, given_ul);
  g_assert_cmpint (lot->waste_ul, ==, waste_ul);
}

gint64
dbk_clinic_fixture_count_facts (DbkClinicFixture *self)
{
  return dbk_fixture_peek (self->path, "SELECT count (*) FROM fact WHERE kind <> 'epoch.opened'");
}

void
dbk_clinic_fixture_assert_holds (DbkClinicFixture *self)
{
  dbk_fixture_assert_holds (dbk_clinic_get_db (self->clinic));
}
