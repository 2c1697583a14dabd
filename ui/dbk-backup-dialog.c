/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-backup"

#include "config.h"

#include "ui/dbk-backup-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-back-up.h"
#include "db/dbk-backup.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-scanner.h"

struct _DbkBackupDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkStack     *stack;
  GtkWidget    *not_allowed;
  GtkWidget    *write;
  GtkWidget    *restore;
  GtkLabel     *result;
  GtkSpinner   *spinner;
  GtkLabel     *doing;
  GtkWidget    *cancel;

  /* Owned References */
  DbkDesk      *desk;
  GCancellable *cancellable; /* of what is under way */
  char         *record;      /* the file that is open */
  char         *from;        /* the copy to put back */

  gboolean      busy;
  gboolean      gone;        /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkBackupDialog, dbk_backup_dialog, ADW_TYPE_WINDOW)

static void
begin (DbkBackupDialog *self,
       const char      *doing,
       gboolean         can_cancel)
{
  self->busy = TRUE;
  gtk_label_set_label (self->doing, doing);
  gtk_spinner_start (self->spinner);
  gtk_widget_set_visible (self->cancel, can_cancel);
  gtk_widget_set_sensitive (self->cancel, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  if (can_cancel)
    gtk_widget_grab_focus (self->cancel);
}

static void
end (DbkBackupDialog *self,
     const char      *result,
     gboolean         failed)
{
  self->busy = FALSE;
  gtk_spinner_stop (self->spinner);
  gtk_label_set_label (self->result, result);
  gtk_widget_set_visible (GTK_WIDGET (self->result), TRUE);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->result), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->result), "error");
  gtk_stack_set_visible_child_name (self->stack, "choose");
  gtk_widget_grab_focus (self->write);
}

/* ---- writing a copy ---- */

typedef struct
{
  char         *path;
  GCancellable *cancellable;
} Copy;

static void
free_copy (Copy *copy)
{
  g_free (copy->path);
  g_object_unref (copy->cancellable);
  g_free (copy);
}

static gpointer
write_copy (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const Copy *copy = data;

  return dbk_back_up (clinic, session, copy->path, copy->cancellable, error) ? g_strdup (copy->path) : NULL;
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkBackupDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = dbk_desk_run_finish (result, &error);
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);
  g_autofree char *shown = NULL, *text = NULL;

  g_clear_object (&self->cancellable);
  if (self->gone)
    return;
  if (path != NULL)
    {
      shown = g_filename_display_name (path);
      text = g_strdup_printf (_("Written and checked: %s"), shown);
    }
  else
    {
      g_message ("%s", error->message);
      text = cancelled ? g_strdup (_("Cancelled; there is no copy.")) : dbk_error_text (error);
    }
  end (self, text, path == NULL);
}

static void
on_place_picked (const char *path,
                 gpointer    data)
{
  DbkBackupDialog *self = data;
  Copy *copy = g_new0 (Copy, 1);

  self->cancellable = g_cancellable_new ();
  copy->path = g_strdup (path);
  copy->cancellable = g_object_ref (self->cancellable);
  begin (self, _("Writing the copy, opening it and checking it…"), TRUE);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, write_copy, copy, (GDestroyNotify) free_copy, g_free, self->cancellable, on_written_cb,
                      g_object_ref (self));
}

static void
on_write_clicked_cb (DbkBackupDialog *self)
{
  const DbkOpenRecord *record = dbk_worker_get_record (dbk_desk_get_worker (self->desk));
  g_autofree char *day = dbk_day_to_iso (dbk_desk_today (self->desk));
  g_autofree char *name = g_strdup_printf ("%s-%s.dosebook", record->site_code, day);

  dbk_pick_file (GTK_WIDGET (self), _("Write a copy"), name, "*.dosebook", on_place_picked, self);
}

static void
on_cancel_clicked_cb (DbkBackupDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel, FALSE);
}

/* ---- putting one back ---- */

typedef struct
{
  char *from;
  char *record;
} Restoring;

static void
free_restoring (Restoring *restoring)
{
  g_free (restoring->from);
  g_free (restoring->record);
  g_free (restoring);
}

static gpointer
put_back (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Restoring *restoring = data;
  char *kept = NULL;

  if (!dbk_backup_restore (restoring->from, restoring->record, &kept, error))
    return NULL;
  return kept != NULL ? kept : g_strdup ("");
}

static void
on_put_back_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DbkBackupDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *kept = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *shown = NULL, *text = NULL;
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));

  self->busy = FALSE;
  if (self->gone || window == NULL)
    return;
  /* Whichever it is now: the record is opened again, and whoever works signs in. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.reopen", "s", self->record);
  if (kept == NULL)
    {
      dbk_show_error (GTK_WIDGET (window), _("The copy was not put back; the record is as it was"), error);
      return;
    }
  shown = g_filename_display_name (kept);
  text = *kept != '\0' ? g_strdup_printf (_("What was recorded before is kept in %s."), shown) : NULL;
  dbk_tell (GTK_WIDGET (window), _("The copy is in the place of the record"), text);
}

static void
on_restore_confirmed (DbkBackupDialog *self)
{
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->from = g_strdup (self->from);
  restoring->record = g_strdup (self->record);
  begin (self, _("Checking the copy and putting it in the place of the record…"), FALSE);
  dbk_worker_run_alone_async (dbk_desk_get_worker (self->desk), put_back, restoring, (GDestroyNotify) free_restoring, g_free, NULL,
                              on_put_back_cb, g_object_ref (self));
}

static void
on_copy_picked (const char *path,
                gpointer    data)
{
  DbkBackupDialog *self = data;
  g_autoptr(GFile) copy = g_file_new_for_path (path), record = g_file_new_for_path (self->record);
  g_autofree char *name = g_filename_display_name (path), *text = NULL;

  if (g_file_equal (copy, record))
    {
      end (self, _("This is the record itself. Choose a copy of it."), TRUE);
      return;
    }
  g_free (self->from);
  self->from = g_strdup (path);
  text = g_strdup_printf (_("%s takes the place of the record. Doses recorded after that copy was written are no longer in it: until they are "
                            "entered again, patients could be dosed twice. Everybody is signed out."), name);
  dbk_ask (GTK_WIDGET (self), _("Put this copy back?"), text, _("_Restore"), G_CALLBACK (on_restore_confirmed), self);
}

static void
on_restore_clicked_cb (DbkBackupDialog *self)
{
  dbk_pick_file (GTK_WIDGET (self), _("Choose a copy"), NULL, "*.dosebook", on_copy_picked, self);
}

/* ---- the dialog ---- */

static gboolean
dbk_backup_dialog_close_request (GtkWindow *window)
{
  if (DBK_BACKUP_DIALOG (window)->busy)
    return TRUE;
  return GTK_WINDOW_CLASS (dbk_backup_dialog_parent_class)->close_request (window);
}

static void
dbk_backup_dialog_dispose (GObject *object)
{
  DBK_BACKUP_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_backup_dialog_parent_class)->dispose (object);
}

static void
dbk_backup_dialog_finalize (GObject *object)
{
  DbkBackupDialog *self = DBK_BACKUP_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->cancellable);
  g_free (self->record);
  g_free (self->from);
  G_OBJECT_CLASS (dbk_backup_dialog_parent_class)->finalize (object);
}

static void
dbk_backup_dialog_class_init (DbkBackupDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_backup_dialog_dispose;
  object_class->finalize = dbk_backup_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dbk_backup_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-backup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, not_allowed);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, write);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, restore);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, result);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, doing);
  gtk_widget_class_bind_template_child (widget_class, DbkBackupDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_write_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_backup_dialog_init (DbkBackupDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_only_visible (self->stack);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_backup_dialog_show (GtkWidget *widget,
                        DbkDesk   *desk)
{
  DbkBackupDialog *self = g_object_new (DBK_TYPE_BACKUP_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  const DbkSession *session = dbk_desk_get_session (desk);
  const DbkOpenRecord *record = dbk_worker_get_record (dbk_desk_get_worker (desk));
  gboolean may_write = session != NULL && record != NULL && dbk_role_may (session->role, DBK_ACT_BACKUP);
  gboolean may_restore = session != NULL && record != NULL && dbk_role_may (session->role, DBK_ACT_RESTORE);

  self->desk = g_object_ref (desk);
  self->record = record != NULL ? g_strdup (record->path) : NULL;
  gtk_widget_set_visible (self->not_allowed, !may_write || !may_restore);
  gtk_widget_set_sensitive (self->write, may_write);
  gtk_widget_set_sensitive (self->restore, may_restore);
  gtk_window_present (GTK_WINDOW (self));
}
