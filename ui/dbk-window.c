/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-window"

#include "config.h"

#include "ui/dbk-window.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-today.h"
#include "ui/dbk-counter-page.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-first-run-page.h"
#include "ui/dbk-front-dialogs.h"
#include "ui/dbk-idle.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-patient-search.h"
#include "ui/dbk-pin-dialog.h"
#include "ui/dbk-places.h"
#include "ui/dbk-older-band.h"
#include "ui/dbk-point-band.h"
#include "ui/dbk-scanner.h"
#include "ui/dbk-sign-in-page.h"

#define TODAY_DELAY_MS 300
#define NARROW_WIDTH 900
#define LOW_HEIGHT 660
#define TOAST_SECONDS 3

struct _DbkWindow
{
  AdwApplicationWindow parent_instance;

  /* Template Widgets */
  AdwToastOverlay  *toasts;
  GtkWidget        *demo_band;
  GtkStack         *cover;
  DbkFirstRunPage  *first_run;
  DbkSignInPage    *sign_in;
  GtkWidget        *sidebar;
  GtkWidget        *sidebar_separator;
  GtkToggleButton  *sidebar_toggle;
  AdwWindowTitle   *site_title;
  GtkListBox       *places;
  GtkLabel         *person;
  GtkLabel         *person_role;
  AdwWindowTitle   *page_title;
  GtkLabel         *progress_label;
  GtkProgressBar   *progress;
  GtkStack         *pages;

  DbkCounterPage   *counter;    /* these two are the stack's; NULL until the sign-in is on the screen */
  DbkPatientSearch *find;
  /* Owned References */
  DbkDesk          *desk;
  DbkIdle          *idle;
  char             *record;     /* to open */
  char             *patient;    /* whom a physician was called for */

  GtkListBoxRow    *place_row;  /* whose page was shown last; the list's */
  guint             today_timer;
  gboolean          reading_today;
  DbkDay            shown_day;
  gboolean          was_mapped;
};

G_DEFINE_FINAL_TYPE (DbkWindow, dbk_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_open_for_work (DbkWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->cover), "shell") == 0;
}

/* ---- pages ---- */

static void
show_page (DbkWindow  *self,
           const char *name)
{
  const DbkPlace *place = dbk_place_find (name);
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, name);

  /* Made when first gone to: the first picture of the window does not wait for pages that nobody sees. */
  if (page == NULL && place != NULL && place->create != NULL)
    {
      page = place->create (self->desk);
      gtk_stack_add_named (self->pages, page, place->name);
    }
  if (page == NULL)
    return;
  gtk_stack_set_visible_child (self->pages, page);
  adw_window_title_set_title (self->page_title, place != NULL ? _(place->title) : strcmp (name, "find") == 0 ? _("Find a patient") : "");
  if (strcmp (name, "counter") == 0)
    dbk_counter_page_show (self->counter);
  else if (strcmp (name, "find") == 0)
    dbk_patient_search_begin (self->find);
  else if (place != NULL && place->show != NULL)
    place->show (page);
}

static void
select_place (DbkWindow  *self,
              const char *name)
{
  gint n = dbk_place_index (name);

  if (n >= 0)
    {
      self->place_row = gtk_list_box_get_row_at_index (self->places, n);
      gtk_list_box_select_row (self->places, self->place_row);
    }
  show_page (self, name);
}

/* The list says it again whenever the keyboard comes into it: that is no wish to go anywhere. */
static void
on_place_selected_cb (DbkWindow     *self,
                      GtkListBoxRow *row)
{
  if (row == NULL || row == self->place_row)
    return;
  self->place_row = row;
  show_page (self, g_object_get_data (G_OBJECT (row), "place"));
}

static void
on_place_activated_cb (DbkWindow     *self,
                       GtkListBoxRow *row)
{
  const char *name = g_object_get_data (G_OBJECT (row), "place");

  if (strcmp (gtk_stack_get_visible_child_name (self->pages), name) != 0)
    show_page (self, name);
}

static GtkWidget *
new_place_row (const DbkPlace *place)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_(place->title)), *key = gtk_label_new (place->key);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_widget_add_css_class (key, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (place->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), key);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "place", (gpointer) place->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(place->title), -1);
  return row;
}

/* The counter is in the template: it is what is seen first. */
static void
build_places (DbkWindow *self)
{
  for (guint i = 0; i < dbk_n_places; i++)
    gtk_list_box_append (self->places, new_place_row (&dbk_places[i]));
}

/* A dosing point has no use for the others. */
static void
show_places (DbkWindow *self,
             gboolean   point)
{
  for (guint i = 0; i < dbk_n_places; i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->places, (int) i)), !point || dbk_places[i].at_point);
}

/* ---- the day in the header ---- */

static gpointer
read_today (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return dbk_today_read (clinic, session, DBK_DAY_NONE, error);
}

static void
on_today_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkWindow) self = user_data;
  g_autoptr(DbkToday) today = dbk_desk_run_finish (result, NULL);
  g_autofree char *text = NULL;

  self->reading_today = FALSE;
  if (today == NULL || self->desk == NULL)
    return;
  text = g_strdup_printf ("%d / %d", today->dosed, MAX (today->expected, today->dosed));
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, today->expected > 0 ? MIN (1.0, (double) today->dosed / today->expected) : 0);
  dbk_counter_page_set_today (self->counter, today);
}

static gboolean
refresh_today_cb (gpointer user_data)
{
  DbkWindow *self = user_data;

  self->today_timer = 0;
  if (dbk_desk_get_session (self->desk) == NULL || self->reading_today)
    return G_SOURCE_REMOVE;
  self->reading_today = TRUE;
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_today, NULL, NULL, (GDestroyNotify) dbk_today_free, NULL, on_today_read_cb,
                      g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* After the next patient is on the screen, not before. */
static void
refresh_today_soon (DbkWindow *self)
{
  if (self->today_timer == 0)
    self->today_timer = g_timeout_add (TODAY_DELAY_MS, refresh_today_cb, self);
}

/* ---- opening, signing in, locking ---- */

static void
show_cover (DbkWindow  *self,
            const char *name)
{
  gtk_stack_set_visible_child_name (self->cover, name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.lock", is_open_for_work (self));
}

static void
on_opened_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean opened = dbk_worker_open_finish (DBK_WORKER (source), result, &error);
  const DbkOpenRecord *record = dbk_worker_get_record (DBK_WORKER (source));
  g_autofree char *text = NULL;

  if (self->desk == NULL)
    return;
  if (!opened)
    {
      text = dbk_error_text (error);
      g_message ("%s", error->message);
      dbk_first_run_page_show_problem (self->first_run, text);
      show_cover (self, "first-run");
      return;
    }
  gtk_widget_set_visible (self->demo_band, record->demo);
  show_places (self, record->point);
  adw_window_title_set_title (self->site_title, record->site_name);
  adw_window_title_set_subtitle (self->site_title, record->site_code);
  if (record->point && record->nobody)
    {
      show_cover (self, "first-run");
      dbk_first_run_page_wait_for_clinic (self->first_run, record->path);
      return;
    }
  show_cover (self, "sign-in");
  dbk_sign_in_page_begin (self->sign_in, FALSE, NULL);
}

static void
open_record (DbkWindow  *self,
             const char *path)
{
  g_free (self->record);
  self->record = g_strdup (path);
  show_cover (self, "opening");
  dbk_worker_open_async (dbk_desk_get_worker (self->desk), self->record, NULL, on_opened_cb, g_object_ref (self));
}

static void
on_record_ready_cb (DbkWindow  *self,
                    const char *path)
{
  open_record (self, path);
}

static void
show_person (DbkWindow *self)
{
  const DbkSession *session = dbk_desk_get_session (self->desk);

  if (session == NULL)
    return;
  gtk_label_set_label (self->person, session->name);
  gtk_label_set_label (self->person_role, dbk_role_text (session->role));
}

static void build_pages (DbkWindow *self);

static void
on_signed_in_cb (DbkWindow *self,
                 gboolean   same_person)
{
  const char *shown;

  build_pages (self);
  shown = gtk_stack_get_visible_child_name (self->pages);
  show_person (self);
  show_cover (self, "shell");
  dbk_idle_start (self->idle);
  if (same_person)
    {
      dbk_front_dialogs_set_visible (GTK_WINDOW (self), TRUE);
      if (strcmp (shown, "counter") == 0)
        dbk_counter_page_show (self->counter);
      return;
    }
  dbk_front_dialogs_close (GTK_WINDOW (self));
  dbk_counter_page_leave (self->counter);
  select_place (self, dbk_place_first (dbk_desk_get_session (self->desk)->role, dbk_worker_get_record (dbk_desk_get_worker (self->desk))->point));
  dbk_desk_note_change (self->desk);
  dbk_counter_page_look_for_slips (self->counter);
}

static void
lock (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  DbkWindow *self = DBK_WINDOW (widget);
  g_autofree char *counter = g_settings_get_string (dbk_desk_get_settings (self->desk), "counter-name");
  g_autofree char *status = NULL;

  if (!is_open_for_work (self))
    return;
  status = g_strdup_printf ("%s%s%s", counter, *counter != '\0' ? " · " : "", gtk_label_get_label (self->progress_label));
  dbk_idle_stop (self->idle);
  dbk_front_dialogs_set_visible (GTK_WINDOW (self), FALSE);
  show_cover (self, "sign-in");
  dbk_sign_in_page_begin (self->sign_in, TRUE, status);
}

/* The counter says that it hides somebody, and waits for a key; lists and dialogs are just not to be seen until somebody is there again. */
static void
on_privacy_cb (DbkWindow *self)
{
  dbk_front_dialogs_set_readable (GTK_WINDOW (self), FALSE);
  dbk_counter_page_blank (self->counter, TRUE);
  if (gtk_stack_get_visible_child (self->pages) != GTK_WIDGET (self->counter))
    gtk_widget_set_opacity (GTK_WIDGET (self->pages), 0);
}

static void
on_back_cb (DbkWindow *self)
{
  dbk_front_dialogs_set_readable (GTK_WINDOW (self), TRUE);
  gtk_widget_set_opacity (GTK_WIDGET (self->pages), 1);
}

static void
on_lock_due_cb (DbkWindow *self)
{
  lock (GTK_WIDGET (self), NULL, NULL);
}

static void
on_lock_soon_cb (DbkWindow *self)
{
  dbk_desk_toast (self->desk, "%s", _("Locking in 15 seconds; press any key to stay"));
}

/* ---- the scanner, and who was found ---- */

static void
on_scanned_cb (DbkWindow  *self,
               const char *code)
{
  if (!is_open_for_work (self))
    {
      if (g_strcmp0 (gtk_stack_get_visible_child_name (self->cover), "sign-in") == 0)
        dbk_sign_in_page_refuse_scan (self->sign_in);
      return;
    }
  select_place (self, "counter");
  dbk_counter_page_scan (self->counter, code);
}

static void
on_found_cb (DbkWindow  *self,
             const char *patient)
{
  select_place (self, "counter");
  dbk_counter_page_open (self->counter, patient);
}

static void
on_physician_given (const DbkSession *session,
                    gpointer          data)
{
  DbkWindow *self = data;

  dbk_place_open_order (GTK_WIDGET (self), self->desk, session, self->patient);
}

static void
on_physician_cb (DbkWindow  *self,
                 const char *patient)
{
  g_free (self->patient);
  self->patient = g_strdup (patient);
  if (dbk_role_may (dbk_desk_get_session (self->desk)->role, DBK_ACT_SIGN_ORDER))
    {
      on_physician_given (dbk_desk_get_session (self->desk), self);
      return;
    }
  dbk_pin_dialog_show (GTK_WIDGET (self), self->desk, DBK_PIN_PHYSICIAN, _("A physician looks at this patient, and signs a new order or lifts the hold."),
                       on_physician_given, self);
}

/* ---- actions ---- */

static void
show_place (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DbkWindow *self = DBK_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);
  gint n = dbk_place_index (name);
  gboolean here = n < 0 || gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->places, n)));

  if (here && is_open_for_work (self))
    select_place (self, name);
}

static void
open_patient (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  DbkWindow *self = DBK_WINDOW (widget);

  select_place (self, "patients");
  dbk_place_open_patient (gtk_stack_get_child_by_name (self->pages, "patients"), g_variant_get_string (parameter, NULL));
}

static void
show_settings (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  if (is_open_for_work (DBK_WINDOW (widget)))
    dbk_place_open_settings (widget, DBK_WINDOW (widget)->desk);
}

static void
show_import (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  if (is_open_for_work (DBK_WINDOW (widget)))
    dbk_place_open_import (widget, DBK_WINDOW (widget)->desk);
}

static void
show_backup (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  if (is_open_for_work (DBK_WINDOW (widget)))
    dbk_place_open_backup (widget, DBK_WINDOW (widget)->desk);
}

/* A copy was put in the place of the record: nobody is signed in to this one. */
static void
reopen (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  DbkWindow *self = DBK_WINDOW (widget);

  dbk_idle_stop (self->idle);
  if (self->counter != NULL)
    dbk_counter_page_leave (self->counter);
  dbk_front_dialogs_close (GTK_WINDOW (self));
  dbk_desk_set_session (self->desk, NULL);
  open_record (self, g_variant_get_string (parameter, NULL));
}

static void
show_about (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  dbk_show_about (GTK_WINDOW (widget));
}

/* ---- the window ---- */

static void
on_toast_cb (DbkWindow  *self,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_desk_changed_cb (DbkWindow *self)
{
  DbkDay today = dbk_desk_today (self->desk);

  self->shown_day = today;
  refresh_today_soon (self);
}

static void
on_minute_cb (DbkWindow *self)
{
  /* A program that stays open over night shows the new day. */
  if (dbk_desk_get_timezone (self->desk) != NULL && dbk_desk_today (self->desk) != self->shown_day)
    dbk_desk_note_change (self->desk);
}

static void
set_narrow (DbkWindow *self,
            gboolean   narrow)
{
  gboolean shown = !narrow || gtk_toggle_button_get_active (self->sidebar_toggle);

  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_toggle), narrow);
  gtk_widget_set_visible (self->sidebar, shown);
  gtk_widget_set_visible (self->sidebar_separator, shown);
}

static void
update_narrow (DbkWindow *self)
{
  set_narrow (self, gtk_widget_get_width (GTK_WIDGET (self)) < NARROW_WIDTH);
  if (self->counter == NULL)
    return;
  if (gtk_widget_get_height (GTK_WIDGET (self)) < LOW_HEIGHT)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "compact");
}

static gboolean
update_narrow_cb (gpointer user_data)
{
  update_narrow (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_layout_cb (DbkWindow *self)
{
  /* Not within the layout itself. */
  g_idle_add_full (G_PRIORITY_DEFAULT, update_narrow_cb, g_object_ref (self), g_object_unref);
}

static void
dbk_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dbk_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (on_layout_cb), widget, G_CONNECT_SWAPPED);
}

static gboolean
build_pages_cb (gpointer user_data)
{
  build_pages (user_data);
  return G_SOURCE_REMOVE;
}

/* Asked before it is mapped, some window managers forget it. */
static void
dbk_window_map (GtkWidget *widget)
{
  DbkWindow *self = DBK_WINDOW (widget);

  GTK_WIDGET_CLASS (dbk_window_parent_class)->map (widget);
  if (!self->was_mapped && g_settings_get_boolean (dbk_desk_get_settings (self->desk), "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  /* After the first picture: drawing goes before what is idle. */
  if (!self->was_mapped)
    g_idle_add_full (G_PRIORITY_LOW, build_pages_cb, g_object_ref (self), g_object_unref);
  self->was_mapped = TRUE;
}

static gboolean
dbk_window_close_request (GtkWindow *window)
{
  DbkWindow *self = DBK_WINDOW (window);
  GSettings *settings = dbk_desk_get_settings (self->desk);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, 640));
  g_settings_set_int (settings, "window-height", MAX (height, 480));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  return GTK_WINDOW_CLASS (dbk_window_parent_class)->close_request (window);
}

static void
dbk_window_dispose (GObject *object)
{
  DbkWindow *self = DBK_WINDOW (object);

  g_clear_handle_id (&self->today_timer, g_source_remove);
  g_clear_object (&self->idle);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_window_parent_class)->dispose (object);
}

static void
dbk_window_finalize (GObject *object)
{
  DbkWindow *self = DBK_WINDOW (object);

  g_free (self->record);
  g_free (self->patient);
  G_OBJECT_CLASS (dbk_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, demo_band);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, cover);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, first_run);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, sidebar_separator);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, sidebar_toggle);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, site_title);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, places);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, person);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, person_role);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, DbkWindow, pages);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-place", "s", show_place);
  gtk_widget_class_install_action (widget_class, "win.open-patient", "s", open_patient);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock);
  gtk_widget_class_install_action (widget_class, "win.settings", NULL, show_settings);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, show_import);
  gtk_widget_class_install_action (widget_class, "win.backup", NULL, show_backup);
  gtk_widget_class_install_action (widget_class, "win.reopen", "s", reopen);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, show_about);
}

static void
dbk_window_class_init (DbkWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_window_dispose;
  object_class->finalize = dbk_window_finalize;
  widget_class->map = dbk_window_map;
  widget_class->realize = dbk_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = dbk_window_close_request;
  g_type_ensure (DBK_TYPE_FIRST_RUN_PAGE);
  g_type_ensure (DBK_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_record_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_place_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_place_activated_cb);
  install_actions (widget_class);
}

static void
connect_desk (DbkWindow *self)
{
  dbk_first_run_page_set_desk (self->first_run, self->desk);
  dbk_sign_in_page_set_desk (self->sign_in, self->desk);
  g_signal_connect_object (self->desk, "toast", G_CALLBACK (on_toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "privacy", G_CALLBACK (on_privacy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "back", G_CALLBACK (on_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "lock", G_CALLBACK (on_lock_due_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "lock-soon", G_CALLBACK (on_lock_soon_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "minute", G_CALLBACK (on_minute_cb), self, G_CONNECT_SWAPPED);
}

static void
on_large_text_cb (DbkWindow *self)
{
  if (self->counter == NULL)
    return;
  if (g_settings_get_boolean (dbk_desk_get_settings (self->desk), "large-text"))
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "large");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "large");
}

/* What is seen first after the sign-in. Made once the sign-in is on the screen, so that nobody waits for it. */
static void
build_pages (DbkWindow *self)
{
  if (self->counter != NULL || self->desk == NULL)
    return;
  self->counter = g_object_new (DBK_TYPE_COUNTER_PAGE, NULL);
  self->find = g_object_new (DBK_TYPE_PATIENT_SEARCH, NULL);
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->counter), "counter");
  gtk_stack_add_named (self->pages, GTK_WIDGET (self->find), "find");
  g_signal_connect_object (self->counter, "physician", G_CALLBACK (on_physician_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->find, "chosen", G_CALLBACK (on_found_cb), self, G_CONNECT_SWAPPED);
  dbk_counter_page_set_desk (self->counter, self->desk);
  dbk_patient_search_set_desk (self->find, self->desk);
  dbk_only_visible (self->pages);
  on_large_text_cb (self);
  update_narrow (self);
}

static void
dbk_window_init (DbkWindow *self)
{
  GSettings *settings;
  DbkScanner *scanner;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->desk = dbk_desk_new ();
  self->shown_day = DBK_DAY_NONE;
  settings = dbk_desk_get_settings (self->desk);
  self->idle = dbk_idle_new (settings);
  connect_desk (self);
  build_places (self);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->demo_band)), dbk_point_band_new (self->desk), self->demo_band);
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->demo_band)), dbk_older_band_new (self->desk), self->demo_band);
  dbk_only_visible (self->cover);
  scanner = dbk_scanner_attach (GTK_WINDOW (self));
  g_signal_connect_object (scanner, "scanned", G_CALLBACK (on_scanned_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar_toggle, "toggled", G_CALLBACK (update_narrow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::large-text", G_CALLBACK (on_large_text_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"), g_settings_get_int (settings, "window-height"));
}

static char *
choose_record (DbkWindow  *self,
               const char *record)
{
  g_autofree char *path = record != NULL ? g_strdup (record) : g_settings_get_string (dbk_desk_get_settings (self->desk), "record-path");
  g_autofree char *usual = dbk_clinic_dup_default_path ();

  if (*path != '\0')
    return g_steal_pointer (&path);
  return g_file_test (usual, G_FILE_TEST_EXISTS) ? g_steal_pointer (&usual) : NULL;
}

DbkWindow *
dbk_window_new (AdwApplication *app,
                const char     *record,
                gboolean        demo)
{
  DbkWindow *self = g_object_new (DBK_TYPE_WINDOW, "application", app, NULL);
  g_autofree char *path = demo ? NULL : choose_record (self, record);

  show_cover (self, "first-run");
  dbk_first_run_page_set_record (self->first_run, path);
  if (demo)
    dbk_first_run_page_start_demo (self->first_run);
  else if (path != NULL)
    open_record (self, path);
  return self;
}

DbkDesk *
dbk_window_get_desk (DbkWindow *self)
{
  return self->desk;
}
