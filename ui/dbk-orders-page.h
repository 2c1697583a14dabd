/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a physician, in four lists; each row opens the order form. Who may not sign can read it. */
#pragma once

#include <gtk/gtk.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_ORDERS_PAGE (dbk_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkOrdersPage, dbk_orders_page, DBK, ORDERS_PAGE, GtkWidget)

GtkWidget *dbk_orders_page_new (DbkDesk *desk);

/* It comes to the front: it is read again, and has the focus. */
void dbk_orders_page_show (GtkWidget *page);

G_END_DECLS
