/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order form for one patient: what is in force, what was missed, what the policy proposes; and a new order, judged while it is typed
 * and signed by the person the dialog was opened for, who need not be the one at the desk. Who may not sign can read it. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_ORDER_DIALOG (dbk_order_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkOrderDialog, dbk_order_dialog, DBK, ORDER_DIALOG, AdwWindow)

/* @session: who signs; copied. */
void dbk_order_dialog_show (GtkWidget *widget, DbkDesk *desk, const DbkSession *session, const char *patient);

G_END_DECLS
