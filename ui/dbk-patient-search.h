/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as one types: characters, pinyin, initials, number, last digits of the telephone. Arrow keys walk, Enter chooses.
 *
 * Signal "chosen" (char *patient_id). */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_PATIENT_SEARCH (dbk_patient_search_get_type ())
G_DECLARE_FINAL_TYPE (DbkPatientSearch, dbk_patient_search, DBK, PATIENT_SEARCH, GtkWidget)

void dbk_patient_search_set_desk (DbkPatientSearch *self, DbkDesk *desk);

/* Empties the field and takes the focus. */
void dbk_patient_search_begin (DbkPatientSearch *self);

G_END_DECLS
