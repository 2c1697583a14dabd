/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic in a temporary folder with its staff, a lot and an open bottle; the clock stands where the test puts it. For tests: what
 * fails here fails the test. PINs are cheap. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-dose.h"

G_BEGIN_DECLS

#define DBK_CLINIC_FIXTURE_DAY 20517 /* 2026-03-05 */
#define DBK_CLINIC_FIXTURE_PIN "246810"
#define DBK_CLINIC_FIXTURE_BOTTLE_UL 5000000
#define DBK_CLINIC_FIXTURE_LOT "L1" /* 1 mg per mL */
#define MG G_GINT64_CONSTANT (1000)

typedef struct
{
  /* Owned */
  char       *folder;
  char       *path;
  DbkClinic  *clinic;
  DbkSession *admin;      /* logins: "admin" "nurse.a" "nurse.b" "doctor" "pharmacist" "outreach" */
  DbkSession *nurse;
  DbkSession *other_nurse;
  DbkSession *doctor;
  DbkSession *pharmacist;
  DbkSession *outreach;
  DbkDay      day;        /* where the clock stands */
  int         minute;
} DbkClinicFixture;

DbkClinicFixture *dbk_clinic_fixture_new  (void);
void              dbk_clinic_fixture_free (DbkClinicFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkClinicFixture, dbk_clinic_fixture_free)

/* The clinic stands at 08:00 of DBK_CLINIC_FIXTURE_DAY. */
void dbk_clinic_fixture_set_time (DbkClinicFixture *self, DbkDay day, int minute);

void dbk_clinic_fixture_close (DbkClinicFixture *self);
void dbk_clinic_fixture_open  (DbkClinicFixture *self); /* the clock stands where it stood */

/* Ids; the caller's. */
char *dbk_clinic_fixture_add_patient (DbkClinicFixture *self, const char *number, const char *name);
char *dbk_clinic_fixture_sign        (DbkClinicFixture *self, const char *patient, gint64 dose_ug);
char *dbk_clinic_fixture_give        (DbkClinicFixture *self, const char *patient);

/* Earlier doses: the days from @first to @last, each @dose_mg. */
void dbk_clinic_fixture_import (DbkClinicFixture *self, const char *number, DbkDay first, DbkDay last, int dose_mg);

DbkDose *dbk_clinic_fixture_read_dose (DbkClinicFixture *self, const char *dose);

/* Microlitres of the fixture's lot: bottle, given, waste. */
void dbk_clinic_fixture_assert_lot (DbkClinicFixture *self, gint64 bottle_ul, gint64 given_ul, gint64 waste_ul);

/* Without those that open an epoch: a refused write has the next one begin anew. */
gint64 dbk_clinic_fixture_count_facts (DbkClinicFixture *self);

/* dbk_verify() says that the record holds. */
void dbk_clinic_fixture_assert_holds (DbkClinicFixture *self);

G_END_DECLS
