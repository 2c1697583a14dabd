/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At a dosing point, above every page: from when the clinic's data are, and what that means for the verdict. */
#pragma once

#include <gtk/gtk.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

/* Invisible at the clinic itself. */
GtkWidget *dbk_point_band_new (DbkDesk *desk);

G_END_DECLS
