/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-search"

#include "config.h"

#include "ui/dbk-patient-search.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-find-patient.h"
#include "ui/dbk-only-visible.h"

#define FOUND_MOST 50

struct _DbkPatientSearch
{
  GtkWidget parent_instance;

  GtkWidget    *box;
  GtkWidget    *entry;
  GtkWidget    *list;
  GtkWidget    *stack; /* "hint", "found", "nobody" */

  DbkDesk      *desk;
  GCancellable *cancellable; /* of the newest search */
};

enum { SIGNAL_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkPatientSearch, dbk_patient_search, GTK_TYPE_WIDGET)

typedef struct
{
  GPtrArray *patients; /* DbkPatient */
  GArray    *similar;  /* gint, side by side */
  DbkDay     today;
} Found;

static void
free_found (Found *found)
{
  g_clear_pointer (&found->patients, g_ptr_array_unref);
  g_clear_pointer (&found->similar, g_array_unref);
  g_free (found);
}

static gpointer
search (DbkClinic         *clinic,
        const DbkSession  *session,
        gpointer           data,
        GError           **error)
{
  GPtrArray *patients = dbk_search_patients (clinic, session, data, FOUND_MOST, error);
  Found *found;

  if (patients == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->patients = patients;
  found->similar = g_array_new (FALSE, TRUE, sizeof (gint));
  found->today = dbk_clinic_today (clinic);
  for (guint i = 0; i < patients->len; i++)
    {
      const DbkPatient *patient = g_ptr_array_index (patients, i);
      gint n = 0;

      dbk_patient_count_similar (dbk_clinic_get_db (clinic), patient->id, &n, NULL);
      g_array_append_val (found->similar, n);
    }
  return found;
}

static char *
describe (const DbkPatient *patient,
          DbkDay            today)
{
  g_autofree char *number = dbk_patient_number_format (patient->number);
  g_autofree char *born = dbk_day_format (patient->born, dbk_text_language ());
  g_autofree char *age = patient->born != DBK_DAY_NONE ? g_strdup_printf (" (%d)", dbk_day_age (patient->born, today)) : g_strdup ("");
  g_autofree char *birth = g_strconcat (born, age, NULL);

  return g_strjoin ("  ·  ", number, birth, dbk_sex_text (patient->sex), NULL);
}

static GtkWidget *
new_row (const DbkPatient *patient,
         gint              similar,
         DbkDay            today)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = patient->pinyin != NULL ? g_strjoin ("   ", patient->name, patient->pinyin, NULL) : g_strdup (patient->name);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = describe (patient, today);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "patient", g_strdup (patient->id), g_free);
  if (patient->state != DBK_PATIENT_ACTIVE)
    {
      GtkWidget *state = gtk_label_new (dbk_state_text (patient->state));

      gtk_widget_add_css_class (state, "gone");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
    }
  if (similar > 0)
    {
      GtkWidget *mark = gtk_label_new (_("△ similar name"));

      gtk_widget_add_css_class (mark, "warning");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
    }
  return row;
}

static void
clear_list (DbkPatientSearch *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
}

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkPatientSearch) self = user_data;
  g_autoptr(GError) error = NULL;
  Found *found = dbk_desk_run_finish (result, &error);

  /* A newer search is under way, or the widget is gone. */
  if (found == NULL || self->box == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      g_clear_pointer (&found, free_found);
      return;
    }
  clear_list (self);
  for (guint i = 0; i < found->patients->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (g_ptr_array_index (found->patients, i), g_array_index (found->similar, gint, i),
                                                             found->today));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), found->patients->len > 0 ? "found" : "nobody");
  free_found (found);
}

static void
on_search_changed_cb (DbkPatientSearch *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (*typed == '\0')
    {
      clear_list (self);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "hint");
      return;
    }
  self->cancellable = g_cancellable_new ();
  dbk_desk_run_async (self->desk, DBK_WORK_READS, search, g_strdup (typed), g_free, (GDestroyNotify) free_found, self->cancellable, on_found_cb,
                      g_object_ref (self));
}

static void
choose (DbkPatientSearch *self,
        GtkListBoxRow    *row)
{
  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, g_object_get_data (G_OBJECT (row), "patient"));
}

static void
on_entry_activate_cb (DbkPatientSearch *self)
{
  choose (self, gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)));
}

static void
on_row_activated_cb (DbkPatientSearch *self,
                     GtkListBoxRow    *row)
{
  choose (self, row);
}

/* The arrow keys walk the list while the field keeps the focus. */
static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   DbkPatientSearch      *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  gint place = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  GtkListBoxRow *next = NULL;

  if (keyval == GDK_KEY_Down)
    next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), place + 1);
  else if (keyval == GDK_KEY_Up && place > 0)
    next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), place - 1);
  else
    return GDK_EVENT_PROPAGATE;
  if (next != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), next);
  return GDK_EVENT_STOP;
}

void
dbk_patient_search_begin (DbkPatientSearch *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  on_search_changed_cb (self);
  gtk_widget_grab_focus (self->entry);
}

void
dbk_patient_search_set_desk (DbkPatientSearch *self,
                             DbkDesk          *desk)
{
  g_set_object (&self->desk, desk);
}

static void
dbk_patient_search_dispose (GObject *object)
{
  DbkPatientSearch *self = DBK_PATIENT_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_patient_search_parent_class)->dispose (object);
}

static void
dbk_patient_search_class_init (DbkPatientSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dbk_patient_search_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_STRING);
}

static GtkWidget *
new_status (const char *icon,
            const char *title,
            const char *text)
{
  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "description", text, NULL);
}

static void
build_results (DbkPatientSearch *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_widget_set_margin_bottom (self->list, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), new_status ("system-search-symbolic", _("Find a patient"),
                                                            _("By name, pinyin or its initials, number, or the last digits of the telephone")),
                       "hint");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "found");
  gtk_stack_add_named (GTK_STACK (self->stack), new_status ("avatar-default-symbolic", _("Nobody found"), _("Try fewer characters")), "nobody");
}

static void
dbk_patient_search_init (DbkPatientSearch *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = clamp;
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 800);
  self->entry = g_object_new (GTK_TYPE_SEARCH_ENTRY, "placeholder-text", _("Name, number or telephone"), "search-delay", 120, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a patient"), -1);
  build_results (self);
  dbk_only_visible (GTK_STACK (self->stack));
  adw_clamp_set_child (ADW_CLAMP (clamp), gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_add_css_class (adw_clamp_get_child (ADW_CLAMP (clamp)), "page-body");
  gtk_box_append (GTK_BOX (adw_clamp_get_child (ADW_CLAMP (clamp))), self->entry);
  gtk_box_append (GTK_BOX (adw_clamp_get_child (ADW_CLAMP (clamp))), self->stack);
  gtk_widget_set_parent (clamp, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_search_changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_entry_activate_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self);
}
