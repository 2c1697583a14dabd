/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that were written and taken in on this computer, the newest first. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_SITE_FILES_DIALOG (dbk_site_files_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkSiteFilesDialog, dbk_site_files_dialog, DBK, SITE_FILES_DIALOG, AdwWindow)

void dbk_site_files_dialog_show (GtkWidget *widget, DbkDesk *desk);

G_END_DECLS
