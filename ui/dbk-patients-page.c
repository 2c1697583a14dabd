/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-patients"

#include "config.h"

#include "ui/dbk-patients-page.h"

#include <glib/gi18n.h>

#include "ui/dbk-only-visible.h"
#include "ui/dbk-patient-file.h"
#include "ui/dbk-patient-form.h"
#include "ui/dbk-patient-search.h"

struct _DbkPatientsPage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkStack         *stack;
  DbkPatientSearch *search;
  GtkWidget        *actions;
  GtkWidget        *register_button;
  DbkPatientFile   *file;

  /* Owned References */
  DbkDesk          *desk;
  char             *reader;  /* staff id of whoever opened the file */

  gboolean          arrived; /* it was not in front before */
};

G_DEFINE_FINAL_TYPE (DbkPatientsPage, dbk_patients_page, GTK_TYPE_WIDGET)

static void
show_search (DbkPatientsPage *self)
{
  dbk_patient_file_close (self->file);
  gtk_stack_set_visible_child_name (self->stack, "search");
}

static void
open_file (DbkPatientsPage *self,
           const char      *patient,
           const char      *how)
{
  const DbkSession *session = dbk_desk_get_session (self->desk);

  g_free (self->reader);
  self->reader = g_strdup (session != NULL ? session->staff : NULL);
  gtk_stack_set_visible_child_name (self->stack, "file");
  dbk_patient_file_open (self->file, patient, how);
}

static void
on_chosen_cb (DbkPatientsPage *self,
              const char      *patient)
{
  open_file (self, patient, "search");
}

static void
on_back_cb (DbkPatientsPage *self)
{
  show_search (self);
  dbk_patient_search_begin (self->search);
}

static void
on_registered (const char *patient,
               gpointer    data)
{
  open_file (data, patient, "list");
}

static void
on_register_clicked_cb (DbkPatientsPage *self)
{
  dbk_patient_form_show (GTK_WIDGET (self), self->desk, NULL, on_registered, self);
}

/* Another person opens files under their own name. */
static void
on_session_changed_cb (DbkPatientsPage *self)
{
  const DbkSession *session = dbk_desk_get_session (self->desk);

  gtk_widget_set_visible (self->register_button, session != NULL && dbk_role_may (session->role, DBK_ACT_REGISTER_PATIENT));
  gtk_widget_set_visible (self->actions, gtk_widget_get_visible (self->register_button));
  if (session != NULL && g_strcmp0 (session->staff, self->reader) != 0)
    show_search (self);
}

void
dbk_patients_page_open (DbkPatientsPage *self,
                        const char      *patient)
{
  open_file (self, patient, "list");
}

void
dbk_patients_page_show (GtkWidget *page)
{
  DbkPatientsPage *self = DBK_PATIENTS_PAGE (page);
  gboolean arrived = self->arrived;

  self->arrived = FALSE;
  if (arrived && dbk_patient_file_get_patient (self->file) != NULL)
    {
      dbk_patient_file_take_focus (self->file);
      return;
    }
  show_search (self);
  dbk_patient_search_begin (self->search);
}

/* ---- the widget ---- */

static void
dbk_patients_page_unmap (GtkWidget *widget)
{
  DBK_PATIENTS_PAGE (widget)->arrived = TRUE;
  GTK_WIDGET_CLASS (dbk_patients_page_parent_class)->unmap (widget);
}

static void
dbk_patients_page_dispose (GObject *object)
{
  DbkPatientsPage *self = DBK_PATIENTS_PAGE (object);
  GtkWidget *stack = GTK_WIDGET (self->stack);

  g_clear_pointer (&stack, gtk_widget_unparent);
  self->stack = NULL;
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_patients_page_parent_class)->dispose (object);
}

static void
dbk_patients_page_finalize (GObject *object)
{
  g_free (DBK_PATIENTS_PAGE (object)->reader);
  G_OBJECT_CLASS (dbk_patients_page_parent_class)->finalize (object);
}

static void
dbk_patients_page_class_init (DbkPatientsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_patients_page_dispose;
  object_class->finalize = dbk_patients_page_finalize;
  widget_class->unmap = dbk_patients_page_unmap;
  g_type_ensure (DBK_TYPE_PATIENT_SEARCH);
  g_type_ensure (DBK_TYPE_PATIENT_FILE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-patients-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkPatientsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientsPage, search);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientsPage, actions);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientsPage, register_button);
  gtk_widget_class_bind_template_child (widget_class, DbkPatientsPage, file);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_register_clicked_cb);
}

static void
dbk_patients_page_init (DbkPatientsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->arrived = TRUE;
  dbk_only_visible (self->stack);
}

GtkWidget *
dbk_patients_page_new (DbkDesk *desk)
{
  DbkPatientsPage *self = g_object_new (DBK_TYPE_PATIENTS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  dbk_patient_search_set_desk (self->search, desk);
  dbk_patient_file_set_desk (self->file, desk);
  dbk_patient_file_close (self->file);
  g_signal_connect_object (desk, "session-changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
