/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a first day, a last day and a coded reason: a planned absence, or days on which the clinic is closed. What is typed is shown as a
 * span with its weekdays while it is typed. */
#pragma once

#include <adwaita.h>

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

#define DBK_TYPE_SPAN_DIALOG (dbk_span_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkSpanDialog, dbk_span_dialog, DBK, SPAN_DIALOG, AdwWindow)

typedef struct
{
  DbkDay      from;
  DbkDay      to;
  const char *reason;
  gboolean    confirmed; /* what @question->confirmable says */
} DbkSpan;

/* Called once, @span lent; not called if the dialog is left. */
typedef void (*DbkSpanChosen) (const DbkSpan *span, gpointer data);

typedef struct
{
  const char        *title;
  const char        *text;
  const char *const *reasons;     /* coded, NULL-terminated; shown by dbk_reason_text() */
  const char        *confirmable; /* a line with a switch, NULL for none */
  const char        *confirm;     /* "_Plan" */
  DbkDay             today;
} DbkSpanQuestion;

/* @data must outlive @widget's window, or be it. */
void dbk_span_dialog_show (GtkWidget *widget, const DbkSpanQuestion *question, DbkSpanChosen chosen, gpointer data);

G_END_DECLS
