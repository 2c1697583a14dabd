/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who this is: photo, name, pinyin, born, sex, number, allergies. The same at the counter and on top of the file. Wraps, never truncates. */
#pragma once

#include <gtk/gtk.h>

#include "db/record/dbk-patient.h"

G_BEGIN_DECLS

#define DBK_TYPE_PATIENT_BANNER (dbk_patient_banner_get_type ())
G_DECLARE_FINAL_TYPE (DbkPatientBanner, dbk_patient_banner, DBK, PATIENT_BANNER, GtkWidget)

GtkWidget *dbk_patient_banner_new (void);

/* NULL: nobody; everything is cleared. */
void dbk_patient_banner_set_patient (DbkPatientBanner *self, const DbkPatient *patient, DbkDay today);

/* JPEG; NULL: there is none. */
void dbk_patient_banner_set_photo (DbkPatientBanner *self, GBytes *jpeg);

/* The question at the counter: name? which dose? */
void dbk_patient_banner_set_asks (DbkPatientBanner *self, gboolean asks);

/* Beside a form, where the counter's size would take its place. */
void dbk_patient_banner_set_small (DbkPatientBanner *self);

G_END_DECLS
