/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialogs that newer toolkits build otherwise, each behind one function: message, about, file picker. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A failure that needs somebody: title, and what dbk_error_text() says. */
void dbk_show_error (GtkWidget *widget, const char *title, const GError *error);

/* Something to read and close; @text may be NULL. */
void dbk_tell (GtkWidget *widget, const char *title, const char *text);

/* A question with one way on; @on_yes is called with @data if it is taken. Enter does not take it. */
void dbk_ask (GtkWidget *widget, const char *title, const char *text, const char *yes, GCallback on_yes, gpointer data);

void dbk_show_about (GtkWindow *parent);

typedef void (*DbkFilePicked) (const char *path, gpointer data);

/* @save_name: NULL to open a file, else the name proposed for a new one. @pattern: "*.csv", NULL for all. Not called if nothing was picked.
 * @data must outlive @widget's window or be freed with it. */
void dbk_pick_file (GtkWidget *widget, const char *title, const char *save_name, const char *pattern, DbkFilePicked picked, gpointer data);

G_END_DECLS
