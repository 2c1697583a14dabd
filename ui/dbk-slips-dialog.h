/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slips of a point on paper come back: each is scanned, and what became of its dose is said by one button. Those of which nothing has been
 * said stand below. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_SLIPS_DIALOG (dbk_slips_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkSlipsDialog, dbk_slips_dialog, DBK, SLIPS_DIALOG, AdwWindow)

/* @site: code of the point whose slips these are. */
void dbk_slips_dialog_show (GtkWidget *widget, DbkDesk *desk, const char *site);

G_END_DECLS
