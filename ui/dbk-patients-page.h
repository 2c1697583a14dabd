/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place "patients": the search, and behind it one patient's file. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_PATIENTS_PAGE (dbk_patients_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkPatientsPage, dbk_patients_page, DBK, PATIENTS_PAGE, GtkWidget)

GtkWidget *dbk_patients_page_new (DbkDesk *desk);

/* It comes to the front: the file that was open, or the search. If it is in front already, the search. */
void dbk_patients_page_show (GtkWidget *page);

/* The file of @patient, from another page's list. */
void dbk_patients_page_open (DbkPatientsPage *self, const char *patient);

G_END_DECLS
