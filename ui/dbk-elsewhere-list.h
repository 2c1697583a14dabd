/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one patient's days lie, and two doses that should have been one: in their file, and before the physician at the counter. Grants days to a
 * place, takes them back, gives them back, closes two doses. Reads by itself, and again when the record has changed; is not to be seen while there
 * is nothing to say. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_ELSEWHERE_LIST (dbk_elsewhere_list_get_type ())
G_DECLARE_FINAL_TYPE (DbkElsewhereList, dbk_elsewhere_list, DBK, ELSEWHERE_LIST, GtkWidget)

void dbk_elsewhere_list_set_desk (DbkElsewhereList *self, DbkDesk *desk);

/* @session: who asks and acts here (copied); NULL: whoever is signed in, who can also grant days. @patient: id; NULL: nobody. */
void dbk_elsewhere_list_show (DbkElsewhereList *self, const DbkSession *session, const char *patient);

G_END_DECLS
