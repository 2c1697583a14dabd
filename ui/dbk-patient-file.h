/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One patient's file: who it is on top, then what was given, what was ordered, and the cards. Opening it is written into the reading log.
 *
 * Signal "back": whoever reads is done with it. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_PATIENT_FILE (dbk_patient_file_get_type ())
G_DECLARE_FINAL_TYPE (DbkPatientFile, dbk_patient_file, DBK, PATIENT_FILE, GtkWidget)

void dbk_patient_file_set_desk (DbkPatientFile *self, DbkDesk *desk);

/* @how: "search" or "list", for the reading log. */
void dbk_patient_file_open (DbkPatientFile *self, const char *patient, const char *how);

/* Forgets everything. */
void dbk_patient_file_close (DbkPatientFile *self);

/* Where the eye is: the chart, a list. */
void dbk_patient_file_take_focus (DbkPatientFile *self);

/* The patient's id; NULL: no file is open. */
const char *dbk_patient_file_get_patient (DbkPatientFile *self);

G_END_DECLS
