/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A short list of coded reasons, one of which is chosen by arrow keys and Enter or a click: why no dose was given, why a card is revoked, what
 * came of a call. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DBK_TYPE_CHOICE_DIALOG (dbk_choice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkChoiceDialog, dbk_choice_dialog, DBK, CHOICE_DIALOG, AdwWindow)

typedef struct
{
  const char        *title;
  const char        *text;    /* may be NULL */
  const char *const *words;   /* coded, NULL-terminated; shown by dbk_reason_text() */
  const char        *note;    /* "Whom you reached, and how": a line that must be filled in; NULL: none */
  const char        *confirm; /* "_Record" */
} DbkChoiceQuestion;

/* Called once, @note stripped; not called if the dialog is left. */
typedef void (*DbkChosenNoted) (const char *word, const char *note, gpointer data);

void dbk_choice_dialog_ask (GtkWidget *widget, const DbkChoiceQuestion *question, DbkChosenNoted chosen, gpointer data);

/* Called once with the word chosen; not called if the dialog is left. */
typedef void (*DbkChosen) (const char *word, gpointer data);

/* The same without a note. Nothing is chosen before somebody chooses. */
void dbk_choice_dialog_show (GtkWidget *widget, const char *title, const char *text, const char *const *words, const char *confirm,
                             DbkChosen chosen, gpointer data);

G_END_DECLS
