/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages behind the sidebar, as one table, and what the window opens from its menu. Whoever adds a page adds a row. */
#pragma once

#include <adwaita.h>

#include "ui/dbk-desk.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *title;    /* for translation */
  const char *icon;
  const char *key;      /* "Alt+2" */
  gboolean    at_point; /* a dosing point has it, too */
  GtkWidget *(*create) (DbkDesk *desk);  /* NULL: it is in the window's template */
  void       (*show)   (GtkWidget *page); /* it comes to the front; NULL: nothing to do */
} DbkPlace;

extern const DbkPlace dbk_places[];
extern const guint    dbk_n_places;

const DbkPlace *dbk_place_find  (const char *name); /* NULL: none */
gint            dbk_place_index (const char *name); /* -1: none */

/* What somebody of @role sees first. */
const char *dbk_place_first (DbkRole role, gboolean at_point);

/* @page: the patients page. */
void dbk_place_open_patient (GtkWidget *page, const char *patient);

/* The order form for @patient, signed by the person of @session. */
void dbk_place_open_order    (GtkWidget *widget, DbkDesk *desk, const DbkSession *session, const char *patient);
void dbk_place_open_settings (GtkWidget *widget, DbkDesk *desk);
void dbk_place_open_import   (GtkWidget *widget, DbkDesk *desk);
void dbk_place_open_backup   (GtkWidget *widget, DbkDesk *desk);

G_END_DECLS
