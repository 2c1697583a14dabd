/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody begins to work here, or has a new PIN. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_STAFF_DIALOG (dbk_staff_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkStaffDialog, dbk_staff_dialog, DBK, STAFF_DIALOG, AdwWindow)

/* @login and @name: whose PIN is set; both NULL: somebody new. */
void dbk_staff_dialog_show (GtkWidget *widget, DbkDesk *desk, const char *login, const char *name);

G_END_DECLS
