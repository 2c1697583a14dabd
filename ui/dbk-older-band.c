/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-older-band"

#include "config.h"

#include "ui/dbk-older-band.h"

#include <glib/gi18n.h>

#include "ui/dbk-dialogs.h"

static DbkDesk *
desk_of (GtkWidget *band)
{
  return g_object_get_data (G_OBJECT (band), "desk");
}

static gpointer
trust (DbkClinic         *clinic,
       const DbkSession  *session,
       gpointer           data,
       GError           **error)
{
  return GINT_TO_POINTER (dbk_clinic_trust_older (clinic, session, error));
}

static void
on_trusted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GtkWidget) band = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && gtk_widget_get_root (band) != NULL)
    dbk_show_error (band, _("That was not recorded"), error);
}

static void
on_trust_confirmed (GtkWidget *band)
{
  dbk_desk_run_async (desk_of (band), DBK_WORK_WRITES, trust, NULL, NULL, NULL, NULL, on_trusted_cb, g_object_ref (band));
}

static void
on_trust_clicked_cb (GtkWidget *band)
{
  dbk_ask (band, _("Dose without what is lacking?"),
           _("Only if the newer record and its copies are lost for good, and everybody who was dosed since has been entered again from paper."),
           _("_They are entered: go on"), G_CALLBACK (on_trust_confirmed), band);
}

/* Whether it is older: 1, or 2 where it is not, for a pointer says nothing as NULL. */
static gpointer
look (DbkClinic         *clinic,
      const DbkSession  *session,
      gpointer           data,
      GError           **error)
{
  gboolean older = FALSE;

  return dbk_clinic_is_older (clinic, &older, error) ? GINT_TO_POINTER (older ? 1 : 2) : NULL;
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GtkWidget) band = user_data;
  DbkDesk *desk = desk_of (band);
  const DbkSession *session = dbk_desk_get_session (desk);
  gboolean older = dbk_desk_run_finish (result, NULL) == GINT_TO_POINTER (1);

  gtk_widget_set_visible (gtk_widget_get_last_child (band), session != NULL && dbk_role_may (session->role, DBK_ACT_RESTORE));
  gtk_widget_set_visible (band, older && session != NULL);
}

static void
on_changed_cb (GtkWidget *band,
               DbkDesk   *desk)
{
  if (dbk_desk_get_session (desk) == NULL)
    gtk_widget_set_visible (band, FALSE);
  else
    dbk_desk_run_async (desk, DBK_WORK_READS, look, NULL, NULL, NULL, NULL, on_looked_cb, g_object_ref (band));
}

GtkWidget *
dbk_older_band_new (DbkDesk *desk)
{
  GtkWidget *band = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_("This record is an older copy of itself: doses are missing from it, so nobody is dosed. Put the newest copy back, "
                                      "or take in the files of the other places; they send along what they have."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Go on without…"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (band, "older-band");
  gtk_box_append (GTK_BOX (band), label);
  gtk_box_append (GTK_BOX (band), button);
  gtk_widget_set_visible (band, FALSE);
  g_object_set_data_full (G_OBJECT (band), "desk", g_object_ref (desk), g_object_unref);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_trust_clicked_cb), band);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), band, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "session-changed", G_CALLBACK (on_changed_cb), band, G_CONNECT_SWAPPED);
  return band;
}
