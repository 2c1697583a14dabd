/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days of patients are granted to a dosing point: a span, and whom. For a point on paper the slips are made with it, and shown to be printed. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_GRANT_DIALOG (dbk_grant_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkGrantDialog, dbk_grant_dialog, DBK, GRANT_DIALOG, AdwWindow)

/* @site: code of the place. @patient: id of one who is chosen already; NULL: those who usually go there. */
void dbk_grant_dialog_show (GtkWidget *widget, DbkDesk *desk, const char *site, const char *patient);

G_END_DECLS
