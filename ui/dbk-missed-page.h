/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stayed away, for how long, what the policy says to it, and what came of calling them. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_MISSED_PAGE (dbk_missed_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkMissedPage, dbk_missed_page, DBK, MISSED_PAGE, GtkWidget)

GtkWidget *dbk_missed_page_new  (DbkDesk *desk);
void       dbk_missed_page_show (GtkWidget *page); /* it comes to the front */

G_END_DECLS
