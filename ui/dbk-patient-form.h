/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers a patient, or changes what is known of one. What cannot be stored is said at its field while it is typed. */
#pragma once

#include <adwaita.h>

#include "db/record/dbk-patient.h"
#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_PATIENT_FORM (dbk_patient_form_get_type ())
G_DECLARE_FINAL_TYPE (DbkPatientForm, dbk_patient_form, DBK, PATIENT_FORM, AdwWindow)

/* Called once with the patient's id when it is recorded; not called if the dialog is left. */
typedef void (*DbkPatientSaved) (const char *patient, gpointer data);

/* @patient: NULL for a new one; copied. @data must outlive @widget's window. */
void dbk_patient_form_show (GtkWidget *widget, DbkDesk *desk, const DbkPatient *patient, DbkPatientSaved saved, gpointer data);

G_END_DECLS
