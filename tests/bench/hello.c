/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of a first paint: the least window of this toolkit. Prints when its second frame begins, which is when the first is on the
 * screen, in µs of the monotonic clock, and ends. The program does the same for --bench-first-paint. */
#include <adwaita.h>

static gboolean
on_tick_cb (GtkWidget     *window,
            GdkFrameClock *clock,
            gpointer       application)
{
  static guint frames;

  if (++frames < 2)
    return G_SOURCE_CONTINUE;
  g_print ("first-paint %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  g_application_quit (application);
  return G_SOURCE_REMOVE;
}

static void
on_activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), gtk_label_new ("Hello"));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 700);
  gtk_widget_add_tick_callback (window, on_tick_cb, application, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(AdwApplication) application = adw_application_new ("org.dosebook.BenchHello", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
