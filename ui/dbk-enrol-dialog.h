/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dosing point becomes known to the clinic: its request is looked at, named, enrolled, and answered by a file. Without a request it is a place that
 * works on paper. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_ENROL_DIALOG (dbk_enrol_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkEnrolDialog, dbk_enrol_dialog, DBK, ENROL_DIALOG, AdwWindow)

/* @request_path: NULL for a place on paper. @codes: of the places whose computer may be replaced, NULL-terminated (copied). A file that is no request
 * is said in a message instead. */
void dbk_enrol_dialog_show (GtkWidget *widget, DbkDesk *desk, const char *request_path, const char *const *codes);

G_END_DECLS
