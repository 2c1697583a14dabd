/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page and dialog comes up from its template, is drawn, and is gone when it is let go. */
#include <adwaita.h>

#include "app/rules/dbk-verdict.h"
#include "ui/dbk-backup-dialog.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-counter-page.h"
#include "ui/dbk-day-dialog.h"
#include "ui/dbk-day-map.h"
#include "ui/dbk-dose-chart.h"
#include "ui/dbk-finding-row.h"
#include "ui/dbk-first-run-page.h"
#include "ui/dbk-fortnight.h"
#include "ui/dbk-import-dialog.h"
#include "ui/dbk-order-dialog.h"
#include "ui/dbk-patient-banner.h"
#include "ui/dbk-patient-file.h"
#include "ui/dbk-patient-form.h"
#include "ui/dbk-patient-search.h"
#include "ui/dbk-photo-view.h"
#include "ui/dbk-pin-dialog.h"
#include "ui/dbk-places.h"
#include "ui/dbk-preview-window.h"
#include "ui/dbk-reverse-dialog.h"
#include "ui/dbk-site-files-dialog.h"
#include "ui/dbk-sign-in-page.h"

static gboolean
count_frame_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  ++*(guint *) user_data;
  return G_SOURCE_CONTINUE;
}

/* Until it was drawn; a window that is never drawn hangs, and the harness ends it. */
static void
draw (GtkWindow *window)
{
  guint frames = 0;
  guint tick = gtk_widget_add_tick_callback (GTK_WIDGET (window), count_frame_cb, &frames, NULL);

  gtk_window_present (window);
  while (frames < 2)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (GTK_WIDGET (window), tick);
}

static void
let_go (gpointer *object)
{
  while (*object != NULL && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (*object);
}

static void
try_widget (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();
  gpointer watched = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &watched);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  draw (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
  let_go (&watched);
}

static void
test_widgets (void)
{
  GType types[] = { DBK_TYPE_SIGN_IN_PAGE, DBK_TYPE_FIRST_RUN_PAGE, DBK_TYPE_COUNTER_PAGE, DBK_TYPE_PATIENT_BANNER, DBK_TYPE_PATIENT_SEARCH,
                    DBK_TYPE_FORTNIGHT, DBK_TYPE_PHOTO_VIEW, DBK_TYPE_DAY_MAP, DBK_TYPE_DOSE_CHART, DBK_TYPE_PATIENT_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_test_message ("%s", g_type_name (types[i]));
      try_widget (g_object_new (types[i], NULL));
    }
}

static void
test_dialogs (void)
{
  GType types[] = { DBK_TYPE_PIN_DIALOG, DBK_TYPE_CHOICE_DIALOG, DBK_TYPE_PATIENT_FORM, DBK_TYPE_REVERSE_DIALOG, DBK_TYPE_ORDER_DIALOG,
                    DBK_TYPE_PREVIEW_WINDOW, DBK_TYPE_DAY_DIALOG, DBK_TYPE_IMPORT_DIALOG, DBK_TYPE_BACKUP_DIALOG, DBK_TYPE_SITE_FILES_DIALOG };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gpointer watched = g_object_new (types[i], NULL);

      g_test_message ("%s", g_type_name (types[i]));
      g_object_add_weak_pointer (watched, &watched);
      draw (watched);
      gtk_window_destroy (watched);
      let_go (&watched);
    }
}

static void
test_places (void)
{
  g_autoptr(DbkDesk) desk = dbk_desk_new ();

  for (guint i = 0; i < dbk_n_places; i++)
    {
      g_test_message ("%s", dbk_places[i].name);
      g_assert_cmpint (dbk_place_index (dbk_places[i].name), ==, i);
      if (dbk_places[i].create != NULL)
        try_widget (dbk_places[i].create (desk));
    }
  g_assert_null (dbk_place_find ("nowhere"));
}

static void
on_answered_cb (DbkFindingRow *row,
                const char    *choice,
                char         **answer)
{
  g_free (*answer);
  *answer = g_strdup (choice);
}

static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A finding of every code and level is drawn; only an ANSWER has buttons, and they answer with the coded word. */
static void
test_findings (void)
{
  for (int code = 0; code < DBK_N_FINDING_CODES; code++)
    for (int level = DBK_LEVEL_KNOW; level <= DBK_LEVEL_STOP; level++)
      {
        DbkFinding finding = { .code = (DbkFindingCode) code, .level = (DbkLevel) level, .day = 20000, .day2 = 20001, .amount_ug = 60000,
                               .amount2_ug = 50000, .number = 2, .text = (char *) "C1" };
        GtkWidget *row = dbk_finding_row_new (&finding, NULL, NULL, "Asia/Shanghai", TRUE);
        const char *const *choices = dbk_finding_choices (finding.code);
        g_autofree char *answer = NULL;
        GtkWidget *button = find_button (row);

        g_assert_cmpint (button != NULL, ==, level == DBK_LEVEL_ANSWER && choices[0] != NULL);
        g_signal_connect (row, "answered", G_CALLBACK (on_answered_cb), &answer);
        if (button != NULL)
          {
            g_signal_emit_by_name (button, "clicked");
            g_assert_cmpstr (answer, ==, choices[0]);
          }
        try_widget (row);
      }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/templates/widgets", test_widgets);
  g_test_add_func ("/templates/dialogs", test_dialogs);
  g_test_add_func ("/templates/places", test_places);
  g_test_add_func ("/templates/findings", test_findings);
  return g_test_run ();
}
