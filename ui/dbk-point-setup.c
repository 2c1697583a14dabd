/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-point-setup"

#include "config.h"

#include "ui/dbk-point-setup.h"

#include <glib/gi18n.h>

#include "app/dbk-enrol-site.h"
#include "app/dbk-site-files.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-intake-text.h"

struct _DbkPointSetup
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget    *page;        /* NULL: disposed */
  GtkEditable  *code;
  GtkEditable  *name;
  AdwActionRow *request_row;
  GtkWidget    *request;
  AdwActionRow *answer_row;
  GtkWidget    *answer;
  AdwActionRow *file_row;
  GtkWidget    *file;
  GtkLabel     *problem;

  /* Owned References */
  DbkDesk      *desk;
  char         *record;

  gboolean      busy;
};

enum { SIGNAL_READY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DbkPointSetup, dbk_point_setup, GTK_TYPE_WIDGET)

static char *
typed (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

static void
update (DbkPointSetup *self)
{
  g_autofree char *code = typed (self->code), *name = typed (self->name);

  gtk_widget_set_sensitive (self->request, !self->busy && *code != '\0' && *name != '\0');
  gtk_widget_set_sensitive (self->answer, !self->busy);
  gtk_widget_set_sensitive (self->file, !self->busy);
}

static void
set_busy (DbkPointSetup *self,
          gboolean       busy)
{
  self->busy = busy;
  if (busy)
    gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  update (self);
}

static void
show_problem (DbkPointSetup *self,
              const char    *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

/* Of an answer; NULL: nothing that is particular to one. */
static const char *
answer_problem (const GError *error)
{
  if (g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS))
    return _("This computer belongs to a clinic already.");
  if (g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_OURS) || g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT) ||
      g_error_matches (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    return _("This is not the clinic’s answer to this computer. Choose the file that they wrote for its request.");
  return NULL;
}

/* ---- the three steps, on the worker's thread ---- */

typedef struct
{
  char *record;
  char *path;   /* of the request, the answer or the file */
  char *code;
  char *name;
} Step;

static void
free_step (Step *step)
{
  g_free (step->record);
  g_free (step->path);
  g_free (step->code);
  g_free (step->name);
  g_free (step);
}

/* What is shown of it: the fingerprint. */
static gpointer
write_request (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Step *step = data;
  g_autofree char *folder = g_path_get_dirname (step->record), *text = NULL, *fingerprint = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!dbk_point_request (step->record, g_get_host_name (), step->code, step->name, &text, &fingerprint, error) ||
      !g_file_set_contents_full (step->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return NULL;
  return g_steal_pointer (&fingerprint);
}

/* What is shown of it: the clinic's name and fingerprint, on two lines. */
static gpointer
take_answer (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Step *step = data;
  g_autofree char *text = NULL, *name = NULL, *fingerprint = NULL;
  gsize size = 0;

  if (!g_file_get_contents (step->path, &text, &size, error) || !dbk_point_accept (step->record, text, size, &name, &fingerprint, error))
    return NULL;
  return g_strdup_printf ("%s\n%s", name, fingerprint);
}

static gpointer
take_file (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Step *step = data;
  g_autoptr(DbkClinic) clinic = dbk_clinic_open (step->record, DBK_DB_WRITE, error);
  g_autoptr(DbkIntake) intake = clinic != NULL ? dbk_take_site_file (clinic, NULL, step->path, DBK_INTAKE_TAKE, cancellable, NULL, NULL, error) : NULL;

  if (intake == NULL)
    return NULL;
  if (intake->missing->len == 0)
    return g_strdup (step->record);
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID,
                       N_("This file goes on after others that never came here. Ask the clinic for a full file."));
  return NULL;
}

static void
run (DbkPointSetup       *self,
     DbkLoneFunc          func,
     const char          *path,
     GAsyncReadyCallback  callback)
{
  Step *step = g_new0 (Step, 1);

  step->record = g_strdup (self->record);
  step->path = g_strdup (path);
  step->code = typed (self->code);
  step->name = typed (self->name);
  set_busy (self, TRUE);
  dbk_worker_run_alone_async (dbk_desk_get_worker (self->desk), func, step, (GDestroyNotify) free_step, g_free, NULL, callback, g_object_ref (self));
}

/* The caller's; NULL was said already. */
static char *
finish (DbkPointSetup *self,
        GAsyncResult  *result,
        gboolean       answer)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *said = g_task_propagate_pointer (G_TASK (result), &error), *problem = NULL;

  if (self->page == NULL)
    return NULL;
  set_busy (self, FALSE);
  if (said != NULL)
    return g_steal_pointer (&said);
  g_message ("%s", error->message);
  problem = answer && answer_problem (error) != NULL ? g_strdup (answer_problem (error)) : dbk_site_file_error_text (error);
  show_problem (self, problem);
  return NULL;
}

static void
on_requested_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkPointSetup) self = user_data;
  g_autofree char *fingerprint = finish (self, result, FALSE), *text = NULL;

  if (fingerprint == NULL)
    return;
  text = g_strdup_printf (_("Written. When the clinic calls, read this to them: %s"), fingerprint);
  adw_action_row_set_subtitle (self->request_row, text);
  gtk_widget_grab_focus (self->answer);
}

static void
on_answered_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DbkPointSetup) self = user_data;
  g_autofree char *said = finish (self, result, TRUE), *text = NULL;
  g_auto(GStrv) lines = said != NULL ? g_strsplit (said, "\n", 2) : NULL;

  if (said == NULL)
    return;
  /* Translators: the clinic's name, the fingerprint of its key. */
  text = g_strdup_printf (_("This computer belongs to %s now. Their fingerprint must be %s. If they read another one to you, stop here."), lines[0], lines[1]);
  adw_action_row_set_subtitle (self->answer_row, text);
  gtk_widget_grab_focus (self->file);
}

static void
on_file_taken_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkPointSetup) self = user_data;
  g_autofree char *record = finish (self, result, FALSE);

  if (record != NULL)
    g_signal_emit (self, signals[SIGNAL_READY], 0, record);
}

/* ---- what is pressed ---- */

static void
on_request_place_picked (const char *path,
                         gpointer    data)
{
  run (data, write_request, path, on_requested_cb);
}

static void
on_request_clicked_cb (DbkPointSetup *self)
{
  g_autofree char *code = typed (self->code), *name = g_strdup_printf ("dosebook-%s.request", code);

  dbk_pick_file (GTK_WIDGET (self), _("Where to? Choose the stick"), name, "*.request", on_request_place_picked, self);
}

static void
on_answer_picked (const char *path,
                  gpointer    data)
{
  run (data, take_answer, path, on_answered_cb);
}

static void
on_answer_clicked_cb (DbkPointSetup *self)
{
  dbk_pick_file (GTK_WIDGET (self), _("Choose the clinic’s answer"), NULL, "*.answer", on_answer_picked, self);
}

static void
on_file_picked (const char *path,
                gpointer    data)
{
  run (data, take_file, path, on_file_taken_cb);
}

static void
on_file_clicked_cb (DbkPointSetup *self)
{
  dbk_pick_file (GTK_WIDGET (self), _("Choose the file"), NULL, "*.dosebook-site", on_file_picked, self);
}

void
dbk_point_setup_begin (DbkPointSetup *self,
                       const char    *record,
                       gboolean       answered)
{
  g_free (self->record);
  self->record = g_strdup (record);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  update (self);
  gtk_widget_grab_focus (answered ? self->file : GTK_WIDGET (self->code));
}

/* ---- the widget ---- */

void
dbk_point_setup_set_desk (DbkPointSetup *self,
                          DbkDesk       *desk)
{
  g_set_object (&self->desk, desk);
}

static void
dbk_point_setup_dispose (GObject *object)
{
  DbkPointSetup *self = DBK_POINT_SETUP (object);

  g_clear_pointer (&self->page, gtk_widget_unparent);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_point_setup_parent_class)->dispose (object);
}

static void
dbk_point_setup_finalize (GObject *object)
{
  g_free (DBK_POINT_SETUP (object)->record);
  G_OBJECT_CLASS (dbk_point_setup_parent_class)->finalize (object);
}

static void
dbk_point_setup_class_init (DbkPointSetupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_point_setup_dispose;
  object_class->finalize = dbk_point_setup_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-point-setup.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, page);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, code);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, name);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, request_row);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, request);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, answer_row);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, answer);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, file_row);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, file);
  gtk_widget_class_bind_template_child (widget_class, DbkPointSetup, problem);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_request_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_file_clicked_cb);
  signals[SIGNAL_READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dbk_point_setup_init (DbkPointSetup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
