/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-point-band"

#include "config.h"

#include "ui/dbk-point-band.h"

#include <glib/gi18n.h>

#include "app/dbk-exchange-overview.h"
#include "ui/dbk-intake-text.h"

static char *
say_age (const DbkExchangePlace *clinic,
         const char             *zone_name)
{
  g_autofree char *moment = clinic->data_ms != 0 ? dbk_moment_text (zone_name, clinic->data_ms) : NULL;

  if (moment == NULL)
    return g_strdup (_("Dosing point: no file of the clinic was taken in yet"));
  if (clinic->due)
    return g_strdup_printf (ngettext ("Dosing point: the clinic’s data are from %s, %d day old. Orders and holds since then are not known here: ask by telephone.",
                                      "Dosing point: the clinic’s data are from %s, %d days old. Orders and holds since then are not known here: ask by telephone.",
                                      (gulong) clinic->data_days), moment, clinic->data_days);
  return g_strdup_printf (_("Dosing point: the clinic’s data are from %s. Orders and holds since then are not known here."), moment);
}

static gpointer
read_overview (DbkClinic         *clinic,
               const DbkSession  *session,
               gpointer           data,
               GError           **error)
{
  return dbk_exchange_overview_read (clinic, session, error);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GtkLabel) label = user_data;
  g_autoptr(DbkExchangeOverview) overview = dbk_desk_run_finish (result, NULL);
  DbkDesk *desk = g_object_get_data (G_OBJECT (label), "desk");
  g_autofree char *text = NULL;
  const DbkExchangePlace *clinic;

  if (overview == NULL || overview->places->len == 0 || overview->at_home)
    return;
  clinic = g_ptr_array_index (overview->places, 0);
  text = say_age (clinic, dbk_desk_get_timezone (desk));
  gtk_label_set_label (label, text);
  if (clinic->due)
    gtk_widget_add_css_class (GTK_WIDGET (label), "due");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "due");
}

static void
on_changed_cb (GtkLabel *label,
               DbkDesk  *desk)
{
  const DbkOpenRecord *record = dbk_worker_get_record (dbk_desk_get_worker (desk));
  gboolean shown = record != NULL && record->point && dbk_desk_get_session (desk) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (label), shown);
  if (shown)
    dbk_desk_run_async (desk, DBK_WORK_READS, read_overview, NULL, NULL, (GDestroyNotify) dbk_exchange_overview_free, NULL, on_read_cb,
                        g_object_ref (label));
}

GtkWidget *
dbk_point_band_new (DbkDesk *desk)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "wrap", TRUE, "xalign", 0.0, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);

  gtk_widget_add_css_class (label, "point-band");
  g_object_set_data_full (G_OBJECT (label), "desk", g_object_ref (desk), g_object_unref);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), label, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "session-changed", G_CALLBACK (on_changed_cb), label, G_CONNECT_SWAPPED);
  return label;
}
