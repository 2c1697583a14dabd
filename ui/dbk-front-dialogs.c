/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-window"

#include "config.h"

#include "ui/dbk-front-dialogs.h"

/* Also what was opened from a dialog: a question about an order stands before the order's form. */
static GPtrArray *
list_dialogs (GtkWindow *window)
{
  GPtrArray *dialogs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GList) all = gtk_window_list_toplevels ();

  for (GList *l = all; l != NULL; l = l->next)
    {
      GtkWindow *parent = gtk_window_get_transient_for (l->data);

      while (parent != NULL && parent != window)
        parent = gtk_window_get_transient_for (parent);
      if (parent != NULL)
        g_ptr_array_add (dialogs, g_object_ref (l->data));
    }
  return dialogs;
}

void
dbk_front_dialogs_set_visible (GtkWindow *window,
                               gboolean   visible)
{
  g_autoptr(GPtrArray) dialogs = list_dialogs (window);

  for (guint i = 0; i < dialogs->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (dialogs, i), visible);
}

void
dbk_front_dialogs_close (GtkWindow *window)
{
  g_autoptr(GPtrArray) dialogs = list_dialogs (window);

  for (guint i = 0; i < dialogs->len; i++)
    gtk_window_destroy (g_ptr_array_index (dialogs, i));
}

void
dbk_front_dialogs_set_readable (GtkWindow *window,
                                gboolean   readable)
{
  g_autoptr(GPtrArray) dialogs = list_dialogs (window);

  for (guint i = 0; i < dialogs->len; i++)
    {
      GtkWidget *child = gtk_window_get_child (g_ptr_array_index (dialogs, i));

      if (child != NULL)
        gtk_widget_set_opacity (child, readable ? 1 : 0);
    }
}
