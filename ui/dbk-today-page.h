/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The day's list: who is still to come, who was dosed, who got nothing; the totals, and the paper sheet for when the power fails. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_TODAY_PAGE (dbk_today_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkTodayPage, dbk_today_page, DBK, TODAY_PAGE, GtkWidget)

GtkWidget *dbk_today_page_new  (DbkDesk *desk);
void       dbk_today_page_show (GtkWidget *page); /* it comes to the front */

G_END_DECLS
