/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before there is a record: set up this clinic or a dosing point, or try the demonstration.
 *
 * Signal "record-ready" (char *path): a record is there to be opened. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_FIRST_RUN_PAGE (dbk_first_run_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkFirstRunPage, dbk_first_run_page, DBK, FIRST_RUN_PAGE, GtkWidget)

void dbk_first_run_page_set_desk (DbkFirstRunPage *self, DbkDesk *desk);

/* Where a clinic's or a dosing point's record is made; NULL, and before this is called: at its usual place. One that is there is never touched. */
void dbk_first_run_page_set_record (DbkFirstRunPage *self, const char *record);

/* Goes to the demonstration without being asked, making it if it is not there. */
void dbk_first_run_page_start_demo (DbkFirstRunPage *self);

/* The record at @record is a dosing point's without staff: the step at which the clinic's first file is taken. */
void dbk_first_run_page_wait_for_clinic (DbkFirstRunPage *self, const char *record);

/* A sentence above the choices: why the record that was named could not be opened. NULL: none. */
void dbk_first_run_page_show_problem (DbkFirstRunPage *self, const char *text);

G_END_DECLS
