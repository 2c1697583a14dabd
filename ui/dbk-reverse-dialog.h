/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrects a recorded dose: the original is shown and stays, a reversal with a reason is recorded beside it. Where it takes a second person,
 * their PIN is asked for. */
#pragma once

#include <adwaita.h>

#include "db/record/dbk-dose.h"
#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_REVERSE_DIALOG (dbk_reverse_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkReverseDialog, dbk_reverse_dialog, DBK, REVERSE_DIALOG, AdwWindow)

/* @name: whose dose it is. Both are copied. */
void dbk_reverse_dialog_show (GtkWidget *widget, DbkDesk *desk, const DbkDose *dose, const char *name);

G_END_DECLS
