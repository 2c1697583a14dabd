/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patients or earlier doses from a table: the whole file or nothing. Who may not import is told so. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_IMPORT_DIALOG (dbk_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkImportDialog, dbk_import_dialog, DBK, IMPORT_DIALOG, AdwWindow)

void dbk_import_dialog_show (GtkWidget *widget, DbkDesk *desk);

G_END_DECLS
