/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short list of coded reasons, one of which is chosen by arrow keys and Enter or a click: why no dose was given, why a card is revoked, what
 * came of a call. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DBK_TYPE_CHOICE_DIALOG (dbk_choice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkChoiceDialog, dbk_choice_dialog, DBK, CHOICE_DIALOG, AdwWindow)

/* Called once with the word chosen; not called if the dialog is left. */
typedef void (*DbkChosen) (const char *word, gpointer data);

/* @words: coded, NULL-terminated; shown by dbk_reason_text(). Nothing is chosen before somebody chooses. */
void dbk_choice_dialog_show (GtkWidget *widget, const char *title, const char *text, const char *const *words, const char *confirm,
                             DbkChosen chosen, gpointer data);

G_END_DECLS
