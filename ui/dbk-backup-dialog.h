/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verified copy of the record, and putting one in its place. Who may do neither is told so. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_BACKUP_DIALOG (dbk_backup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkBackupDialog, dbk_backup_dialog, DBK, BACKUP_DIALOG, AdwWindow)

/* After a copy was put back the window's action "win.reopen" opens the record again. */
void dbk_backup_dialog_show (GtkWidget *widget, DbkDesk *desk);

G_END_DECLS
