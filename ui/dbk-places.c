/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-places"

#include "config.h"

#include "ui/dbk-places.h"

#include <glib/gi18n.h>

#include "ui/dbk-backup-dialog.h"
#include "ui/dbk-exchange-page.h"
#include "ui/dbk-import-dialog.h"
#include "ui/dbk-missed-page.h"
#include "ui/dbk-order-dialog.h"
#include "ui/dbk-orders-page.h"
#include "ui/dbk-settings-window.h"
#include "ui/dbk-patients-page.h"
#include "ui/dbk-today-page.h"

const DbkPlace dbk_places[] = {
  { "counter", N_("Counter"), "dosebook-card-symbolic", "Alt+1", TRUE, NULL, NULL },
  { "today", N_("Today"), "x-office-calendar-symbolic", "Alt+2", TRUE, dbk_today_page_new, dbk_today_page_show },
  { "missed", N_("Missed"), "alarm-symbolic", "Alt+3", FALSE, dbk_missed_page_new, dbk_missed_page_show },
  { "patients", N_("Patients"), "avatar-default-symbolic", "Alt+4", FALSE, dbk_patients_page_new, dbk_patients_page_show },
  { "orders", N_("Orders"), "document-edit-symbolic", "Alt+5", FALSE, dbk_orders_page_new, dbk_orders_page_show },
  { "exchange", N_("Exchange"), "drive-removable-media-symbolic", "Alt+6", TRUE, dbk_exchange_page_new, dbk_exchange_page_show },
};
const guint dbk_n_places = G_N_ELEMENTS (dbk_places);

gint
dbk_place_index (const char *name)
{
  for (guint i = 0; i < dbk_n_places; i++)
    if (strcmp (dbk_places[i].name, name) == 0)
      return (gint) i;
  return -1;
}

const DbkPlace *
dbk_place_find (const char *name)
{
  gint n = dbk_place_index (name);

  return n >= 0 ? &dbk_places[n] : NULL;
}

const char *
dbk_place_first (DbkRole  role,
                 gboolean at_point)
{
  return role == DBK_ROLE_PHYSICIAN && !at_point ? "orders" : "counter";
}

void
dbk_place_open_patient (GtkWidget  *page,
                        const char *patient)
{
  dbk_patients_page_open (DBK_PATIENTS_PAGE (page), patient);
}

void
dbk_place_open_order (GtkWidget        *widget,
                      DbkDesk          *desk,
                      const DbkSession *session,
                      const char       *patient)
{
  dbk_order_dialog_show (widget, desk, session, patient);
}

void
dbk_place_open_settings (GtkWidget *widget,
                         DbkDesk   *desk)
{
  dbk_settings_window_show (widget, desk);
}

void
dbk_place_open_import (GtkWidget *widget,
                       DbkDesk   *desk)
{
  dbk_import_dialog_show (widget, desk);
}

void
dbk_place_open_backup (GtkWidget *widget,
                       DbkDesk   *desk)
{
  dbk_backup_dialog_show (widget, desk);
}
