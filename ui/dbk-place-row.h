/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One other place on the exchange page: how old its data are, what lies there, and what can be done. The buttons are the page's actions
 * ("exchange.write" and so on). */
#pragma once

#include <adwaita.h>

#include "app/dbk-exchange-overview.h"
#include "ui/dbk-desk.h"

G_BEGIN_DECLS

/* @at_home: the clinic looks at a dosing point, not the other way round. */
GtkWidget *dbk_place_row_new (DbkDesk *desk, const DbkExchangePlace *place, gboolean at_home);

G_END_DECLS
