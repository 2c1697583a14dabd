/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works at this computer: login and PIN, at the start and after the lock. While somebody's work waits behind the lock, another person is
 * asked what to do with it.
 *
 * Signal "signed-in" (gboolean same_person): the session of the desk is set. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_SIGN_IN_PAGE (dbk_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (DbkSignInPage, dbk_sign_in_page, DBK, SIGN_IN_PAGE, GtkWidget)

void dbk_sign_in_page_set_desk (DbkSignInPage *self, DbkDesk *desk);

/* Asks again. @locked: whoever was signed in stays in mind, and what they were doing waits. */
void dbk_sign_in_page_begin (DbkSignInPage *self, gboolean locked, const char *status);

/* A scan on the locked screen: refused with a sentence, nothing of the patient is shown. */
void dbk_sign_in_page_refuse_scan (DbkSignInPage *self);

G_END_DECLS
