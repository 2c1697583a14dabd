/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that go to and fro between the clinic and its dosing points: from when each one's data are, writing a file, taking one in. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_EXCHANGE_PAGE (dbk_exchange_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkExchangePage, dbk_exchange_page, DBK, EXCHANGE_PAGE, GtkWidget)

GtkWidget *dbk_exchange_page_new  (DbkDesk *desk);
void       dbk_exchange_page_show (GtkWidget *page); /* it comes to the front */

G_END_DECLS
