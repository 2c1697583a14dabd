/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for one day, which is shown with its weekday while it is typed. What is no day stays none: it is never silently another one. */
#pragma once

#include <adwaita.h>

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

#define DBK_TYPE_DAY_DIALOG (dbk_day_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DbkDayDialog, dbk_day_dialog, DBK, DAY_DIALOG, AdwWindow)

/* Called once with the day; not called if the dialog is left. */
typedef void (*DbkDayChosen) (DbkDay day, gpointer data);

typedef struct
{
  const char *title;
  const char *text;
  const char *field;    /* "Last day" */
  const char *confirm;  /* "_End the order" */
  DbkDay      today;
  DbkDay      earliest;
  DbkDay      proposed;
} DbkDayQuestion;

/* @question is copied. @data must outlive @widget's window, or be it. */
void dbk_day_dialog_show (GtkWidget *widget, const DbkDayQuestion *question, DbkDayChosen chosen, gpointer data);

G_END_DECLS
