/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A made paper as it will come out: its pages, drawn by the same function as for the printer, and from here to a printer or into a PDF. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_PREVIEW_WINDOW (dbk_preview_window_get_type ())
G_DECLARE_FINAL_TYPE (DbkPreviewWindow, dbk_preview_window, DBK, PREVIEW_WINDOW, AdwWindow)

/* Takes @made. @printer_setting_key: the setting that names the printer proposed ("sheet-printer"); another can be chosen for this once.
 * @number: the patient's, for the list of print jobs; may be NULL. */
void dbk_preview_window_show (GtkWidget *widget, DbkDesk *desk, DbkMadePaper *made, const char *printer_setting_key, const char *number);

G_END_DECLS
