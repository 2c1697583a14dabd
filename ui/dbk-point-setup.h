/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A computer becomes a dosing point, in three steps that may be days apart: it writes a request, takes the clinic's answer, and takes the clinic's
 * first file, which brings the staff. Each step can be taken again.
 *
 * Signal "ready" (path of the record): somebody can sign in. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_POINT_SETUP (dbk_point_setup_get_type ())
G_DECLARE_FINAL_TYPE (DbkPointSetup, dbk_point_setup, DBK, POINT_SETUP, GtkWidget)

void dbk_point_setup_set_desk (DbkPointSetup *self, DbkDesk *desk);

/* @record: where the record is, or will be. @answered: the clinic's answer was taken before. */
void dbk_point_setup_begin (DbkPointSetup *self, const char *record, gboolean answered);

G_END_DECLS
