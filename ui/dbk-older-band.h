/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A band over every page while the record is an older copy of itself: nobody is dosed then, and this says why and what to do. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

/* Follows @desk; hidden while the record is whole, or nobody is signed in. */
GtkWidget *dbk_older_band_new (DbkDesk *desk);

G_END_DECLS
