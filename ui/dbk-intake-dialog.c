/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "config.h"

#include "ui/dbk-intake-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-intake-text.h"
#include "ui/dbk-scanner.h"

struct _DbkIntakeDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkLabel       *from;
  GtkLabel       *about;
  GtkListBox     *rows;
  GtkLabel       *status;
  GtkProgressBar *progress;
  GtkButton      *close;
  GtkWidget      *apply;

  /* Owned References */
  DbkDesk         *desk;
  DbkIntakeView   *view;
  DbkExchangeWork *under_way;

  GPtrArray       *choices; /* AdwComboRow, one for each conflict; empty: nothing can be chosen (any more) */
  gboolean         asks;    /* something is missing: the button writes a file that asks for it */
  gboolean         taken;   /* in; nothing can be chosen any more */
  gboolean         gone;    /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkIntakeDialog, dbk_intake_dialog, ADW_TYPE_WINDOW)

/* ---- what it brings ---- */

static void
add_row (DbkIntakeDialog *self,
         const char      *title,
         const char      *subtitle,
         const char      *icon)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  if (safe_subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->rows, row);
}

static void
add_number (DbkIntakeDialog *self,
            const char      *title,
            gint64           number,
            const char      *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *label;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->rows, row);
}

/* ---- changed at two places ---- */

static guint
later_of (const DbkConflict *conflict)
{
  return conflict->here_wins ? 0 : 1;
}

static void
add_choice (DbkIntakeDialog   *self,
            const DbkConflict *conflict,
            const char        *title)
{
  const char *const keep[] = { _("Keep the one here"), _("Keep the one there"), NULL };
  g_autoptr(GtkStringList) model = gtk_string_list_new (keep);
  g_autofree char *subtitle = dbk_intake_choice_text (conflict), *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), later_of (conflict));
  gtk_list_box_append (self->rows, row);
  g_ptr_array_add (self->choices, row);
}

static gboolean
was_kept (DbkIntakeDialog   *self,
          const DbkConflict *conflict)
{
  for (guint i = 0; self->view->kept != NULL && i < self->view->kept->len; i++)
    {
      const DbkKeptValue *kept = g_ptr_array_index (self->view->kept, i);

      if (strcmp (kept->patient, conflict->patient) == 0 && strcmp (kept->attribute, conflict->attribute) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_conflict (DbkIntakeDialog   *self,
              const DbkConflict *conflict,
              const char        *number)
{
  const DbkSession *session = dbk_desk_get_session (self->desk);
  g_autofree char *title = dbk_intake_conflict_title (conflict, number), *subtitle = NULL;

  if (!self->taken && session != NULL && dbk_role_may (session->role, DBK_ACT_REGISTER_PATIENT))
    {
      add_choice (self, conflict, title);
      return;
    }
  subtitle = was_kept (self, conflict) ? dbk_intake_kept_text (conflict) : dbk_intake_conflict_text (conflict);
  add_row (self, title, subtitle, "dialog-warning-symbolic");
}

/* What was chosen against the later change. */
static GPtrArray *
list_kept (DbkIntakeDialog *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_kept_value_free);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const DbkConflict *conflict = g_ptr_array_index (self->view->intake->conflicts, i);
      guint selected = adw_combo_row_get_selected (g_ptr_array_index (self->choices, i));

      if (selected != later_of (conflict))
        g_ptr_array_add (kept, dbk_kept_value_new (conflict->patient, conflict->attribute, selected == 0 ? conflict->here : conflict->there));
    }
  return kept;
}

static void
add_findings (DbkIntakeDialog *self)
{
  const DbkIntake *intake = self->view->intake;
  GPtrArray *numbers = self->view->numbers;

  for (guint i = 0; i < intake->collisions->len; i++)
    {
      g_autofree char *title = dbk_intake_collision_text (g_ptr_array_index (intake->collisions, i), g_ptr_array_index (numbers, intake->conflicts->len + i));

      add_row (self, title, _("Both doses stay. The patient is stopped until a physician has closed it."), "dialog-error-symbolic");
    }
  for (guint i = 0; i < intake->forks->len; i++)
    add_row (self, _("Two copies of one computer have gone on"), _("It was put back to an older copy, or there are two of it. Tell an administrator."),
             "dialog-error-symbolic");
  if (intake->we_forgot)
    add_row (self, _("This record is an older copy of itself"), _("They hold facts of this computer that are not here. Nobody is dosed until they are."),
             "dialog-error-symbolic");
  for (guint i = 0; i < intake->conflicts->len; i++)
    add_conflict (self, g_ptr_array_index (intake->conflicts, i), g_ptr_array_index (numbers, i));
}

static void
add_sums (DbkIntakeDialog *self)
{
  const DbkIntake *intake = self->view->intake;
  g_autofree char *dose = dbk_dose_format (intake->manifest->dose_ug), *volume = dbk_volume_format (intake->manifest->volume_ul);
  g_autofree char *doses = g_strdup_printf (ngettext ("%d dose in the file: %s, %s", "%d doses in the file: %s, %s", (gulong) intake->manifest->doses),
                                            (gint) intake->manifest->doses, dose, volume);

  add_number (self, _("New"), intake->n_new, doses);
  add_number (self, _("Known already"), intake->n_known, NULL);
  if (intake->n_revealed > 0)
    add_number (self, _("Shown for the first time"), intake->n_revealed, NULL);
  if (intake->n_held_back > 0)
    add_number (self, _("Of a revoked computer"), intake->n_held_back, _("Kept, and not believed until a physician accepts it"));
  if (intake->n_unread > 0)
    add_number (self, _("Of a newer program"), intake->n_unread, _("These patients wait for a newer program or a physician"));
  if (intake->clock_ahead_ms > 0)
    add_row (self, _("Their clock is ahead of this one"), _("Compare both with a telephone before the next dose."), "dialog-warning-symbolic");
}

static void
say_missing (DbkIntakeDialog *self)
{
  for (guint i = 0; i < self->view->missing->len; i++)
    {
      g_autofree char *text = dbk_intake_missing_text (g_ptr_array_index (self->view->missing, i));

      add_row (self, text, NULL, "dialog-warning-symbolic");
    }
}

static void
clear_rows (DbkIntakeDialog *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->choices, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
}

static void
show_view (DbkIntakeDialog *self)
{
  const DbkIntake *intake = self->view->intake;
  const DbkManifest *manifest = intake->manifest;
  g_autofree char *from = g_strdup_printf (_("From %s %s"), manifest->site_code, manifest->site_name);
  g_autofree char *about = dbk_intake_about_text (self->view, dbk_desk_get_timezone (self->desk));

  clear_rows (self);
  gtk_label_set_label (self->from, from);
  gtk_label_set_label (self->about, about);
  if (intake->missing->len > 0)
    say_missing (self);
  if (intake->missing->len == 0 || intake->we_forgot)
    add_findings (self);
  if (intake->missing->len == 0 && !intake->known_file)
    add_sums (self);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), gtk_widget_get_first_child (GTK_WIDGET (self->rows)) != NULL);
}

static void
say (DbkIntakeDialog *self,
     const char      *text,
     gboolean         failed)
{
  gtk_label_set_label (self->status, text);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

/* ---- taking it in ---- */

static void
on_progress (double   part,
             gpointer data)
{
  DbkIntakeDialog *self = data;

  if (part > 0)
    gtk_progress_bar_set_fraction (self->progress, part);
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
set_busy (DbkIntakeDialog *self,
          gboolean         busy)
{
  gtk_widget_set_sensitive (self->apply, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  if (busy)
    self->under_way = dbk_exchange_work_new (on_progress, self);
  else
    g_clear_pointer (&self->under_way, dbk_exchange_work_unref);
}

/* The last thing this window says. */
static void
finish (DbkIntakeDialog *self,
        const char      *text)
{
  say (self, text, FALSE);
  gtk_widget_set_visible (self->apply, FALSE);
  gtk_button_set_label (self->close, _("_Close"));
  gtk_widget_grab_focus (GTK_WIDGET (self->close));
}

static void
on_taken_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkIntakeDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkIntakeView *view = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    {
      dbk_intake_view_free (view);
      return;
    }
  set_busy (self, FALSE);
  if (view == NULL)
    {
      g_message ("%s", error->message);
      text = dbk_site_file_error_text (error);
      say (self, text, TRUE);
      return;
    }
  dbk_intake_view_free (self->view);
  self->view = view;
  self->taken = TRUE;
  show_view (self);
  if (view->not_kept != NULL)
    {
      g_message ("%s", view->not_kept->message);
      finish (self, _("Taken in, but what you chose to keep could not be written. Change it in the patient's file."));
      gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
      return;
    }
  text = g_strdup_printf (ngettext ("Taken in: %d new fact. A copy of the record from before is kept beside it.",
                                    "Taken in: %d new facts. A copy of the record from before is kept beside it.", (gulong) view->intake->n_new),
                          (gint) view->intake->n_new);
  finish (self, text);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkIntakeDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->gone)
    return;
  set_busy (self, FALSE);
  if (name == NULL)
    {
      text = dbk_site_file_error_text (error);
      say (self, text, TRUE);
      return;
    }
  text = g_strdup_printf (_("Written and checked: %s. Carry it to them; their next file has what is missing."), name);
  finish (self, text);
}

static void
on_place_picked (const char *path,
                 gpointer    data)
{
  DbkIntakeDialog *self = data;

  set_busy (self, TRUE);
  say (self, _("Writing the file, then reading it back…"), FALSE);
  dbk_exchange_work_ask (self->under_way, self->desk, self->view->intake->manifest->site_code, path, on_asked_cb, g_object_ref (self));
}

static void
on_apply_clicked_cb (DbkIntakeDialog *self)
{
  if (self->asks)
    {
      dbk_pick_file (GTK_WIDGET (self), _("Where to? Choose the stick"), "ask.dosebook-site", "*.dosebook-site", on_place_picked, self);
      return;
    }
  set_busy (self, TRUE);
  say (self, _("Keeping a copy of the record, then taking the file in…"), FALSE);
  dbk_exchange_work_take (self->under_way, self->desk, self->view->path, list_kept (self), on_taken_cb, g_object_ref (self));
}

static void
on_close_clicked_cb (DbkIntakeDialog *self)
{
  if (self->under_way != NULL)
    g_cancellable_cancel (dbk_exchange_work_get_cancellable (self->under_way));
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* ---- the dialog ---- */

static gboolean
dbk_intake_dialog_close_request (GtkWindow *window)
{
  if (DBK_INTAKE_DIALOG (window)->under_way != NULL)
    return TRUE;
  return GTK_WINDOW_CLASS (dbk_intake_dialog_parent_class)->close_request (window);
}

static void
dbk_intake_dialog_dispose (GObject *object)
{
  DbkIntakeDialog *self = DBK_INTAKE_DIALOG (object);

  self->gone = TRUE;
  g_clear_pointer (&self->under_way, dbk_exchange_work_unref);
  G_OBJECT_CLASS (dbk_intake_dialog_parent_class)->dispose (object);
}

static void
dbk_intake_dialog_finalize (GObject *object)
{
  DbkIntakeDialog *self = DBK_INTAKE_DIALOG (object);

  g_clear_object (&self->desk);
  dbk_intake_view_free (self->view);
  g_ptr_array_unref (self->choices);
  G_OBJECT_CLASS (dbk_intake_dialog_parent_class)->finalize (object);
}

static void
dbk_intake_dialog_class_init (DbkIntakeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_intake_dialog_dispose;
  object_class->finalize = dbk_intake_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = dbk_intake_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-intake-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, from);
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, about);
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, status);
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, close);
  gtk_widget_class_bind_template_child (widget_class, DbkIntakeDialog, apply);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_intake_dialog_init (DbkIntakeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choices = g_ptr_array_new ();
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_intake_dialog_show (GtkWidget     *widget,
                        DbkDesk       *desk,
                        DbkIntakeView *view)
{
  DbkIntakeDialog *self = g_object_new (DBK_TYPE_INTAKE_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);

  self->desk = g_object_ref (desk);
  self->view = view;
  show_view (self);
  self->asks = view->intake->missing->len > 0;
  if (self->asks)
    gtk_button_set_label (GTK_BUTTON (self->apply), _("_Ask for it…"));
  if (view->intake->known_file)
    finish (self, _("This file was taken in before. There is nothing to do."));
  else
    gtk_widget_grab_focus (self->apply);
  gtk_window_present (GTK_WINDOW (self));
}
