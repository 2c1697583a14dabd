/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a site file brings, before it is taken in and after: who wrote it, what is new, what was changed at both places, who may have been dosed
 * twice, what is missing first. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-exchange-work.h"

G_BEGIN_DECLS

#define DBK_TYPE_INTAKE_DIALOG (dbk_intake_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkIntakeDialog, dbk_intake_dialog, DBK, INTAKE_DIALOG, AdwWindow)

/* Takes @view, which was inspected. */
void dbk_intake_dialog_show (GtkWidget *widget, DbkDesk *desk, DbkIntakeView *view);

G_END_DECLS
