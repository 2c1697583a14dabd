/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-file"

#include "config.h"

#include "ui/dbk-patient-file-private.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-find-patient.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-patient-form.h"

#define N_PAGES 4

enum { SIGNAL_BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkPatientFile, dbk_patient_file, GTK_TYPE_WIDGET)

static void
free_view (DbkPatientFileView *view)
{
  g_clear_pointer (&view->history, dbk_history_free);
  g_clear_pointer (&view->names, g_hash_table_unref);
  g_clear_pointer (&view->photo, g_bytes_unref);
  g_free (view);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPatientFileView, free_view)

/* ---- for the pages ---- */

gboolean
_dbk_patient_file_may (DbkPatientFile *self,
                       DbkAct          act)
{
  const DbkSession *session = dbk_desk_get_session (self->desk);

  return session != NULL && dbk_role_may (session->role, act);
}

void
_dbk_patient_file_ask_about (DbkPatientFile *self,
                             const char     *about)
{
  g_free (self->about);
  self->about = g_strdup (about);
  g_free (self->asked);
  self->asked = g_strdup (self->patient);
}

void
_dbk_patient_file_clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

GtkWidget *
_dbk_patient_file_add_row (GtkListBox *list,
                           const char *title,
                           const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text != NULL ? text : "");
  gtk_widget_add_css_class (row, "file-row");
  gtk_list_box_append (list, row);
  return row;
}

void
_dbk_patient_file_add_button (DbkPatientFile *self,
                              GtkWidget      *row,
                              const char     *label,
                              const char     *about,
                              GCallback       on_clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "about", g_strdup (about), g_free);
  g_object_set_data (G_OBJECT (button), "file", self);
  g_signal_connect (button, "clicked", on_clicked, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Not the button: a reload takes it away while the question is open. */
DbkPatientFile *
_dbk_patient_file_take_about (GtkWidget *button)
{
  DbkPatientFile *self = g_object_get_data (G_OBJECT (button), "file");

  _dbk_patient_file_ask_about (self, g_object_get_data (G_OBJECT (button), "about"));
  return self;
}

static void
free_change (DbkFileChange *change)
{
  g_free (change->patient);
  g_free (change->about);
  g_free (change->reason);
  g_free (change);
}

DbkFileChange *
_dbk_patient_file_new_change (DbkPatientFile *self,
                              const char     *reason)
{
  DbkFileChange *change = g_new0 (DbkFileChange, 1);

  change->patient = g_strdup (self->asked);
  change->about = g_strdup (self->about);
  change->reason = g_strdup (reason);
  change->day = DBK_DAY_NONE;
  return change;
}

static void
on_changed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkPatientFile) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && self->box != NULL)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

void
_dbk_patient_file_run_change (DbkPatientFile *self,
                              DbkWorkFunc     func,
                              DbkFileChange  *change)
{
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, func, change, (GDestroyNotify) free_change, NULL, NULL, on_changed_cb, g_object_ref (self));
}

/* ---- reading ---- */

typedef struct
{
  char       *patient;
  const char *how;     /* constant; NULL: it is open already */
} Request;

static void
free_request (Request *request)
{
  g_free (request->patient);
  g_free (request);
}

static GHashTable *
read_names (DbkDb   *db,
            GError **error)
{
  g_autoptr(GPtrArray) staff = dbk_staff_list (db, error);
  GHashTable *names;

  if (staff == NULL)
    return NULL;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < staff->len; i++)
    {
      const DbkStaff *person = g_ptr_array_index (staff, i);

      g_hash_table_insert (names, g_strdup (person->id), g_strdup (person->name));
    }
  return names;
}

static gpointer
read_file (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const Request *request = data;
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(DbkPatientFileView) view = g_new0 (DbkPatientFileView, 1);

  /* Written down before anything is shown. */
  if (request->how != NULL && !dbk_note_reading (clinic, session, request->patient, request->how, error))
    return NULL;
  view->history = dbk_history_read (clinic, session, request->patient, DBK_DAY_NONE, DBK_DAY_NONE, error);
  view->names = view->history != NULL ? read_names (db, error) : NULL;
  if (view->names == NULL)
    return NULL;
  view->photo = dbk_patient_photo (db, request->patient, NULL);
  dbk_patient_count_similar (db, request->patient, &view->similar, NULL);
  view->today = dbk_clinic_today (clinic);
  return g_steal_pointer (&view);
}

static void
draw_similar (DbkPatientFile *self)
{
  gint n = self->view->similar;
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (ngettext ("△ %d other patient has a name that sounds the same. Compare photo, day of birth and number.",
                                      "△ %d other patients have names that sound the same. Compare photo, day of birth and number.",
                                      (gulong) n), n);
  gtk_label_set_label (self->notice, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), text != NULL);
}

static void
draw (DbkPatientFile *self)
{
  dbk_patient_banner_set_patient (self->banner, self->view->history->patient, self->view->today);
  dbk_patient_banner_set_photo (self->banner, self->view->photo);
  gtk_widget_set_visible (self->change, _dbk_patient_file_may (self, DBK_ACT_REGISTER_PATIENT));
  draw_similar (self);
  _dbk_patient_file_draw_overview (self);
  _dbk_patient_file_draw_doses (self);
  _dbk_patient_file_draw_orders (self);
  _dbk_patient_file_draw_cards (self);
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DbkPatientFile) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkPatientFileView) view = dbk_desk_run_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean first;

  /* Another file was opened since, or this one is closed. */
  if (self->box == NULL || self->patient == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  first = self->view == NULL;
  if (view == NULL)
    {
      dbk_show_error (GTK_WIDGET (self), _("The file was not opened"), error);
      if (first)
        g_signal_emit (self, signals[SIGNAL_BACK], 0);
      return;
    }
  g_clear_pointer (&self->view, free_view);
  self->view = g_steal_pointer (&view);
  draw (self);
  gtk_widget_set_visible (self->content, TRUE);
  /* What had the focus may be gone, or not be possible any more. */
  if (first || (root != NULL && gtk_root_get_focus (root) == NULL))
    dbk_patient_file_take_focus (self);
}

static void
read_again (DbkPatientFile *self,
            const char     *how)
{
  Request *request = g_new0 (Request, 1);

  request->patient = g_strdup (self->patient);
  request->how = how;
  self->stale = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_file, request, (GDestroyNotify) free_request, (GDestroyNotify) free_view,
                      self->cancellable, on_read_cb, g_object_ref (self));
}

static void
on_desk_changed_cb (DbkPatientFile *self)
{
  if (self->patient == NULL)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_again (self, NULL);
  else
    self->stale = TRUE;
}

static void
dbk_patient_file_map (GtkWidget *widget)
{
  DbkPatientFile *self = DBK_PATIENT_FILE (widget);

  GTK_WIDGET_CLASS (dbk_patient_file_parent_class)->map (widget);
  if (self->stale && self->patient != NULL)
    read_again (self, NULL);
}

void
dbk_patient_file_close (DbkPatientFile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->patient, g_free);
  g_clear_pointer (&self->view, free_view);
  dbk_patient_banner_set_patient (self->banner, NULL, DBK_DAY_NONE);
  dbk_elsewhere_list_show (self->elsewhere, NULL, NULL);
  dbk_dose_chart_set_days (self->chart, NULL);
  dbk_day_map_set_days (self->map, NULL);
  _dbk_patient_file_clear_doses (self);
  _dbk_patient_file_clear_list (self->contacts);
  _dbk_patient_file_clear_list (self->readings);
  _dbk_patient_file_clear_list (self->orders);
  _dbk_patient_file_clear_list (self->holds);
  _dbk_patient_file_clear_list (self->absences);
  _dbk_patient_file_clear_list (self->cards);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
  gtk_widget_set_visible (self->change, FALSE);
  gtk_widget_set_visible (self->content, FALSE);
}

void
dbk_patient_file_open (DbkPatientFile *self,
                       const char     *patient,
                       const char     *how)
{
  g_autofree char *id = g_strdup (patient);

  dbk_patient_file_close (self);
  self->patient = g_steal_pointer (&id);
  adw_view_stack_set_visible_child_name (self->pages, "overview");
  gtk_expander_set_expanded (self->contacts_expander, FALSE);
  gtk_expander_set_expanded (self->readings_expander, FALSE);
  read_again (self, g_str_equal (how, "search") ? "search" : "list");
  dbk_elsewhere_list_show (self->elsewhere, NULL, self->patient);
}

void
dbk_patient_file_take_focus (DbkPatientFile *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->pages);

  if (self->view == NULL)
    return;
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "overview") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->chart));
  else if (!gtk_widget_grab_focus (page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

const char *
dbk_patient_file_get_patient (DbkPatientFile *self)
{
  return self->patient;
}

/* ---- what is pressed ---- */

static void
on_back_clicked_cb (DbkPatientFile *self)
{
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
on_saved (const char *patient,
          gpointer    data)
{
  /* The record has changed: it is read again anyway. */
}

static void
on_change_clicked_cb (DbkPatientFile *self)
{
  if (self->view != NULL)
    dbk_patient_form_show (GTK_WIDGET (self), self->desk, self->view->history->patient, on_saved, NULL);
}

static void
on_span_toggled_cb (DbkPatientFile *self)
{
  if (self->view != NULL)
    _dbk_patient_file_draw_chart (self);
}

static void
on_correct_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_correct (self);
}

static void
on_slip_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_slip_again (self);
}

static void
on_new_order_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_new_order (self);
}

static void
on_new_absence_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_plan_absence (self);
}

static void
on_stop_flag_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_stop_flag (self);
}

static void
on_new_card_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_new_card (self);
}

static void
on_new_photo_clicked_cb (DbkPatientFile *self)
{
  _dbk_patient_file_new_photo (self);
}

static void
show_page (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  static const char *const names[N_PAGES] = { "overview", "doses", "orders", "card" };
  DbkPatientFile *self = DBK_PATIENT_FILE (widget);
  guint n = g_variant_get_uint32 (parameter);

  if (self->view == NULL || n >= N_PAGES)
    return;
  adw_view_stack_set_visible_child_name (self->pages, names[n]);
  dbk_patient_file_take_focus (self);
}

static void
leave (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_BACK], 0);
}

/* As in dbk-only-visible.c, for a stack that is another class: a screen reader gets the page that is seen. */
static void
on_visible_page_cb (DbkPatientFile *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->pages);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != visible, -1);
}

/* ---- the widget ---- */

void
dbk_patient_file_set_desk (DbkPatientFile *self,
                           DbkDesk        *desk)
{
  g_set_object (&self->desk, desk);
  dbk_elsewhere_list_set_desk (self->elsewhere, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
dbk_patient_file_dispose (GObject *object)
{
  DbkPatientFile *self = DBK_PATIENT_FILE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->dose_selection);
  g_clear_object (&self->dose_items);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->view, free_view);
  G_OBJECT_CLASS (dbk_patient_file_parent_class)->dispose (object);
}

static void
dbk_patient_file_finalize (GObject *object)
{
  DbkPatientFile *self = DBK_PATIENT_FILE (object);

  g_free (self->patient);
  g_free (self->about);
  g_free (self->asked);
  G_OBJECT_CLASS (dbk_patient_file_parent_class)->finalize (object);
}

static void
bind_frame (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, box);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, back);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, banner);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, change);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, notice);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, pages);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, content);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, facts);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, quarter);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, year);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, chart);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, map);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, contacts);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, contacts_expander);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, readings);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, readings_expander);
}

static void
bind_pages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, doses);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, dose_hint);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, correct);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, slip);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, new_order);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, stop_flag);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, new_absence);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, orders);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, holds);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, holds_title);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, absences);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, absences_title);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, new_card);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, new_photo);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, photo_said);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientFile, cards);
}

static void
dbk_patient_file_class_init (DbkPatientFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_patient_file_dispose;
  object_class->finalize = dbk_patient_file_finalize;
  widget_class->map = dbk_patient_file_map;
  g_type_ensure (DBK_TYPE_PATIENT_BANNER);
  g_type_ensure (DBK_TYPE_DOSE_CHART);
  g_type_ensure (DBK_TYPE_DAY_MAP);
  g_type_ensure (DBK_TYPE_ELSEWHERE_LIST);
  signals[SIGNAL_BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-patient-file.ui");
  bind_frame (widget_class);
  bind_pages (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_correct_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_new_card_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_new_order_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_new_photo_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_slip_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_span_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_flag_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_new_absence_clicked_cb);
  gtk_widget_class_install_action (widget_class, "file.show-page", "u", show_page);
  gtk_widget_class_install_action (widget_class, "file.leave", NULL, leave);
  for (guint i = 0; i < N_PAGES; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK, "file.show-page", "u", i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "file.leave", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "file.leave", NULL);
}

static void
dbk_patient_file_init (DbkPatientFile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_patient_banner_set_small (self->banner);
  _dbk_patient_file_set_up_doses (self);
  g_signal_connect_swapped (self->pages, "notify::visible-child", G_CALLBACK (on_visible_page_cb), self);
  on_visible_page_cb (self);
}
