/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "config.h"

#include "ui/dbk-site-files-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-exchange-history.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-intake-text.h"
#include "ui/dbk-only-visible.h"

#define ID_SHOWN 8 /* digits: enough to compare over the telephone */

struct _DbkSiteFilesDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkStack      *stack;
  GtkListBox    *files;
  AdwStatusPage *failed;

  /* Owned References */
  DbkDesk       *desk;

  gboolean       gone; /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkSiteFilesDialog, dbk_site_files_dialog, ADW_TYPE_WINDOW)

/* ---- a file in words ---- */

static char *
say_title (const DbkExchangeFile *file)
{
  if (file->site_code == NULL)
    return g_strdup (file->incoming ? _("Taken in, from a computer that is not known here") : _("Written, for a computer that is not known here"));
  /* Translators: code and name of a place, "B2", "Van". */
  return file->incoming ? g_strdup_printf (_("Taken in from %s, %s"), file->site_code, file->site_name)
                        : g_strdup_printf (_("Written for %s, %s"), file->site_code, file->site_name);
}

static void
append (GString    *text,
        const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
say_file (const DbkExchangeFile *file,
          const char            *zone_name)
{
  GString *text = g_string_new (NULL);
  g_autofree char *at = dbk_moment_text (zone_name, file->at_ms), *made = dbk_moment_text (zone_name, file->made_ms), *what = NULL, *id = NULL;

  append (text, at);
  if (file->by_name != NULL)
    append (text, file->by_name);
  if (file->incoming)
    {
      /* Translators: how many facts were in the file, and how many of them were not known yet. */
      what = g_strdup_printf (ngettext ("%d fact, %d new", "%d facts, %d new", (gulong) file->facts), (int) file->facts, (int) file->news);
      append (text, what);
      g_clear_pointer (&what, g_free);
      what = g_strdup_printf (_("made %s"), made);
    }
  else
    what = g_strdup_printf (ngettext ("%d fact", "%d facts", (gulong) file->facts), (int) file->facts);
  append (text, what);
  id = g_strdup_printf (_("file %.*s"), ID_SHOWN, file->file);
  append (text, id);
  return g_string_free (text, FALSE);
}

/* What somebody had to look at then. */
static char *
say_findings (const DbkExchangeFile *file)
{
  GString *text = g_string_new (NULL);
  g_autofree char *collisions = g_strdup_printf (ngettext ("%d patient perhaps dosed twice", "%d patients perhaps dosed twice", (gulong) file->collisions),
                                                 (int) file->collisions);
  g_autofree char *conflicts = g_strdup_printf (ngettext ("%d thing changed at both places", "%d things changed at both places", (gulong) file->conflicts),
                                                (int) file->conflicts);

  if (file->collisions > 0)
    append (text, collisions);
  if (file->conflicts > 0)
    append (text, conflicts);
  if (file->forks > 0)
    append (text, _("two copies of one computer"));
  return g_string_free (text, FALSE);
}

static void
add_file (DbkSiteFilesDialog    *self,
          const DbkExchangeFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = say_title (file), *said = say_file (file, dbk_desk_get_timezone (self->desk)), *findings = say_findings (file);
  g_autofree char *subtitle = *findings != '\0' ? g_strdup_printf ("%s\n%s", said, findings) : g_strdup (said);
  g_autofree char *safe_title = g_markup_escape_text (title, -1), *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (*findings != '\0' ? "dialog-warning-symbolic"
                                                                                  : file->incoming  ? "go-down-symbolic"
                                                                                                    : "go-up-symbolic"));
  gtk_list_box_append (self->files, row);
}

/* ---- reading ---- */

static gpointer
read_files (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return dbk_exchange_history_read (clinic, session, error);
}

static void
on_files_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkSiteFilesDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = dbk_desk_run_finish (result, &error);
  g_autofree char *text = files == NULL ? dbk_error_text (error) : NULL;

  if (self->gone)
    return;
  for (guint i = 0; files != NULL && i < files->len; i++)
    add_file (self, g_ptr_array_index (files, i));
  if (files == NULL)
    {
      g_message ("%s", error->message);
      adw_status_page_set_description (self->failed, text);
    }
  gtk_stack_set_visible_child_name (self->stack, files == NULL ? "failed" : files->len > 0 ? "files" : "none");
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* ---- GObject ---- */

static void
dbk_site_files_dialog_dispose (GObject *object)
{
  DbkSiteFilesDialog *self = DBK_SITE_FILES_DIALOG (object);

  self->gone = TRUE;
  G_OBJECT_CLASS (dbk_site_files_dialog_parent_class)->dispose (object);
}

static void
dbk_site_files_dialog_finalize (GObject *object)
{
  DbkSiteFilesDialog *self = DBK_SITE_FILES_DIALOG (object);

  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_site_files_dialog_parent_class)->finalize (object);
}

static void
dbk_site_files_dialog_class_init (DbkSiteFilesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_site_files_dialog_dispose;
  object_class->finalize = dbk_site_files_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-site-files-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkSiteFilesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkSiteFilesDialog, files);
  gtk_widget_class_bind_template_child (widget_class, DbkSiteFilesDialog, failed);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_site_files_dialog_init (DbkSiteFilesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dbk_only_visible (self->stack);
}

void
dbk_site_files_dialog_show (GtkWidget *widget,
                            DbkDesk   *desk)
{
  DbkSiteFilesDialog *self = g_object_new (DBK_TYPE_SITE_FILES_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->desk = g_object_ref (desk);
  dbk_desk_run_async (desk, DBK_WORK_READS, read_files, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, on_files_read_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
}
