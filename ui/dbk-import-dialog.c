/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-import"

#include "config.h"

#include "ui/dbk-import-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "app/dbk-import.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-scanner.h"

typedef enum
{
  KIND_PATIENTS,
  KIND_DOSES
} Kind;

struct _DbkImportDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkStack       *stack;
  GtkWidget      *not_allowed;
  GtkWidget      *form;
  AdwComboRow    *kind;
  GtkWidget      *register_row;
  GtkSwitch      *register_unknown;
  AdwActionRow   *file_row;
  GtkWidget      *choose;
  GtkLabel       *columns;
  GtkWidget      *start;
  GtkLabel       *doing;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
  GtkLabel       *result_title;
  GtkLabel       *result;
  GtkWidget      *problems_scrolled;
  GtkListBox     *problems;
  GtkWidget      *close;

  /* Owned References */
  DbkDesk        *desk;
  GCancellable   *cancellable; /* of the import under way; NULL: none */
  char           *path;

  gboolean        gone;        /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkImportDialog, dbk_import_dialog, ADW_TYPE_WINDOW)

/* ---- on the worker's thread ---- */

typedef struct
{
  DbkImportDialog *dialog; /* a reference; only its progress is told, on the main thread */
  GCancellable    *cancellable;
  char            *path;
  Kind             kind;
  gboolean         register_unknown;
} Import;

static void
free_import (Import *import)
{
  g_object_unref (import->dialog);
  g_object_unref (import->cancellable);
  g_free (import->path);
  g_free (import);
}

typedef struct
{
  DbkImportDialog *dialog;
  gint64           done;
  gint64           all;
} Step;

static void
free_step (Step *step)
{
  g_object_unref (step->dialog);
  g_free (step);
}

static gboolean
show_step_cb (gpointer user_data)
{
  const Step *step = user_data;
  DbkImportDialog *self = step->dialog;
  g_autofree char *text = NULL;

  if (self->gone || self->cancellable == NULL)
    return G_SOURCE_REMOVE;
  text = g_strdup_printf (_("%'" PRId64 " of %'" PRId64 " lines"), step->done, step->all);
  gtk_progress_bar_set_fraction (self->progress, step->all > 0 ? CLAMP ((double) step->done / (double) step->all, 0, 1) : 0);
  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  return G_SOURCE_REMOVE;
}

static void
tell_progress (gint64   done,
               gint64   all,
               gpointer data)
{
  const Import *import = data;
  Step *step = g_new0 (Step, 1);

  step->dialog = g_object_ref (import->dialog);
  step->done = done;
  step->all = all;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, show_step_cb, step, (GDestroyNotify) free_step);
}

static gpointer
run_import (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  Import *import = data;
  DbkImportOptions options = { import->register_unknown, import->cancellable, tell_progress, import };
  g_autoptr(GBytes) table = NULL;
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents (import->path, &contents, &length, error))
    return NULL;
  table = g_bytes_new_take (contents, length);
  if (import->kind == KIND_DOSES)
    return dbk_import_doses (clinic, session, table, &options, error);
  return dbk_import_patients (clinic, session, table, &options, error);
}

/* ---- what came of it ---- */

static char *
say_result (const DbkImportReport *report,
            Kind                   kind)
{
  if (report->wrong > 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " line is wrong. Correct the table and import it again.",
                                         "%" PRId64 " lines are wrong. Correct the table and import it again.", (gulong) report->wrong),
                            report->wrong);
  if (kind == KIND_PATIENTS)
    return g_strdup_printf (_("Lines: %'" PRId64 "\nPatients registered: %'" PRId64 "\nAlready in the record: %'"
                              PRId64), report->rows, report->registered, report->already);
  return g_strdup_printf (_("Lines: %'" PRId64 ", of %'" PRId64 " patients\nDoses imported: %'" PRId64
                            "\nAlready in the record: %'" PRId64 "\nPatients registered: %'" PRId64),
                          report->rows, report->patients, report->imported, report->already, report->registered);
}

static void
add_problem (DbkImportDialog        *self,
             const DbkImportProblem *problem)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = g_strdup_printf (_("Line %u"), problem->line);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), problem->reason);
  gtk_widget_add_css_class (row, "fact-row");
  gtk_list_box_append (self->problems, row);
}

static void
show_result (DbkImportDialog *self,
             const char      *title,
             const char      *text)
{
  gtk_label_set_label (self->result_title, title);
  gtk_label_set_label (self->result, text);
  gtk_stack_set_visible_child_name (self->stack, "done");
  gtk_widget_grab_focus (self->close);
}

static void
show_report (DbkImportDialog       *self,
             const DbkImportReport *report)
{
  Kind kind = (Kind) adw_combo_row_get_selected (self->kind);
  g_autofree char *text = say_result (report, kind);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->problems, 0)) != NULL)
    gtk_list_box_remove (self->problems, GTK_WIDGET (row));
  for (guint i = 0; i < report->problems->len; i++)
    add_problem (self, g_ptr_array_index (report->problems, i));
  gtk_widget_set_visible (GTK_WIDGET (self->problems), report->problems->len > 0);
  show_result (self, report->wrong > 0 ? _("Nothing was recorded") : _("Imported"), text);
}

static void
on_imported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DbkImportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkImportReport) report = dbk_desk_run_finish (result, &error);
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);
  g_autofree char *text = NULL;

  g_clear_object (&self->cancellable);
  if (self->gone)
    return;
  if (report != NULL)
    {
      show_report (self, report);
      return;
    }
  g_message ("%s", error->message);
  text = cancelled ? g_strdup (_("Cancelled.")) : dbk_error_text (error);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), FALSE);
  show_result (self, _("Nothing was recorded"), text);
}

/* ---- choosing ---- */

static void
on_kind_chosen_cb (DbkImportDialog *self)
{
  gboolean doses = adw_combo_row_get_selected (self->kind) == KIND_DOSES;

  gtk_widget_set_visible (self->register_row, doses);
  gtk_label_set_label (self->columns, doses ? _("A CSV file whose first line names the columns: patient (the number), date (YYYY-MM-DD), given_mg. "
                                                "Other columns are ignored.")
                                            : _("A CSV file whose first line names the columns: number, name, and any of pinyin, born "
                                                "(YYYY-MM-DD), sex, phone, allergies. Other columns are ignored."));
}

static void
on_picked (const char *path,
           gpointer    data)
{
  DbkImportDialog *self = data;
  g_autofree char *name = g_filename_display_basename (path);

  g_free (self->path);
  self->path = g_strdup (path);
  adw_action_row_set_subtitle (self->file_row, name);
  gtk_widget_set_sensitive (self->start, TRUE);
  gtk_widget_grab_focus (self->start);
}

static void
on_choose_clicked_cb (DbkImportDialog *self)
{
  dbk_pick_file (GTK_WIDGET (self), _("Choose a table"), NULL, "*.csv", on_picked, self);
}

static void
on_start_clicked_cb (DbkImportDialog *self)
{
  Import *import = g_new0 (Import, 1);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *text = g_strdup_printf (_("Importing %s…"), name);

  self->cancellable = g_cancellable_new ();
  import->dialog = g_object_ref (self);
  import->cancellable = g_object_ref (self->cancellable);
  import->path = g_strdup (self->path);
  import->kind = (Kind) adw_combo_row_get_selected (self->kind);
  import->register_unknown = gtk_switch_get_active (self->register_unknown);
  gtk_label_set_label (self->doing, text);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_show_text (self->progress, FALSE);
  gtk_widget_set_sensitive (self->cancel, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_widget_grab_focus (self->cancel);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, run_import, import, (GDestroyNotify) free_import, (GDestroyNotify) dbk_import_report_free,
                      self->cancellable, on_imported_cb, g_object_ref (self));
}

static void
on_cancel_clicked_cb (DbkImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel, FALSE);
}

static void
on_again_clicked_cb (DbkImportDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "choose");
  gtk_widget_grab_focus (self->choose);
}

/* ---- the dialog ---- */

/* What is under way is cancelled by its own button, not by Escape. */
static gboolean
dbk_import_dialog_close_request (GtkWindow *window)
{
  if (DBK_IMPORT_DIALOG (window)->cancellable != NULL)
    return TRUE;
  return GTK_WINDOW_CLASS (dbk_import_dialog_parent_class)->close_request (window);
}

static void
dbk_import_dialog_dispose (GObject *object)
{
  DBK_IMPORT_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_import_dialog_parent_class)->dispose (object);
}

static void
dbk_import_dialog_finalize (GObject *object)
{
  DbkImportDialog *self = DBK_IMPORT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (dbk_import_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, not_allowed);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, register_row);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, register_unknown);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, choose);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, start);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, doing);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, result_title);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, result);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, problems_scrolled);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, problems);
  gtk_widget_class_bind_template_child (widget_class, DbkImportDialog, close);
}

static void
dbk_import_dialog_class_init (DbkImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_import_dialog_dispose;
  object_class->finalize = dbk_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dbk_import_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_start_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_import_dialog_init (DbkImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_kind_chosen_cb (self);
  dbk_only_visible (self->stack);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_import_dialog_show (GtkWidget *widget,
                        DbkDesk   *desk)
{
  DbkImportDialog *self = g_object_new (DBK_TYPE_IMPORT_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  const DbkSession *session = dbk_desk_get_session (desk);
  gboolean may = session != NULL && dbk_role_may (session->role, DBK_ACT_IMPORT);

  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->not_allowed, !may);
  gtk_widget_set_sensitive (self->form, may);
  gtk_window_present (GTK_WINDOW (self));
}
