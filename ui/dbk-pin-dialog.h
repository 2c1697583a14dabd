/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks a person for login and PIN beside whoever is signed in: a physician at the counter, a second person for a reversal. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

#define DBK_TYPE_PIN_DIALOG (dbk_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkPinDialog, dbk_pin_dialog, DBK, PIN_DIALOG, AdwWindow)

typedef enum
{
  DBK_PIN_PHYSICIAN, /* whoever may sign orders */
  DBK_PIN_WITNESS    /* somebody other than the person signed in */
} DbkPinPurpose;

/* Called once with who it is; not called if the dialog is left. */
typedef void (*DbkPinGiven) (const DbkSession *session, gpointer data);

void dbk_pin_dialog_show (GtkWidget *widget, DbkDesk *desk, DbkPinPurpose purpose, const char *text, DbkPinGiven given, gpointer data);

G_END_DECLS
