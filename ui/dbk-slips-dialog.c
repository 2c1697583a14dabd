/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-slips"

#include "config.h"

#include "ui/dbk-slips-dialog.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-enrol-site.h"
#include "app/dbk-make-point-paper.h"
#include "app/dbk-reverse-dose.h"
#include "app/dbk-take-slip.h"
#include "db/dbk-pass-store.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-preview-window.h"
#include "ui/dbk-scanner.h"
#include "ui/dbk-time-dialog.h"

struct _DbkSlipsDialog
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkLabel   *slip;
  GtkLabel   *status;
  GtkWidget  *time;
  GtkWidget  *given;
  GtkWidget  *not_given;
  GtkWidget  *unused;
  GtkLabel   *open_count;
  GtkMenuButton *print;
  GtkListBox *open;

  /* Owned References */
  DbkDesk    *desk;
  char       *site;
  char       *code;   /* of the slip that was scanned; NULL: none, or one that was chosen from the list */
  DbkPass    *shown;  /* NULL: none */

  gboolean    busy;
  gboolean    gone;   /* disposed */
};

G_DEFINE_FINAL_TYPE (DbkSlipsDialog, dbk_slips_dialog, ADW_TYPE_WINDOW)

/* ---- what is shown ---- */

static char *
say_slip (const DbkPass *slip)
{
  g_autofree char *number = dbk_patient_number_format (slip->number != NULL ? slip->number : "?"), *dose = dbk_dose_format (slip->dose_ug);
  g_autofree char *day = dbk_day_format_weekday (slip->from, dbk_text_language ());

  return g_strdup_printf ("%s   %s   %s", number, dose, day);
}

static void
say (DbkSlipsDialog *self,
     const char     *text,
     gboolean        failed)
{
  gtk_label_set_label (self->status, text);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
}

static void
update (DbkSlipsDialog *self)
{
  gboolean ready = self->shown != NULL && !self->busy;

  gtk_widget_set_sensitive (self->given, ready && dbk_time_parse (gtk_editable_get_text (GTK_EDITABLE (self->time))) >= 0);
  gtk_widget_set_sensitive (self->not_given, ready);
  gtk_widget_set_sensitive (self->unused, ready && self->code != NULL);
}

static void
show_slip (DbkSlipsDialog *self,
           DbkPass        *slip)
{
  g_autofree char *text = slip != NULL ? say_slip (slip) : g_strdup (_("Scan a slip"));

  g_clear_pointer (&self->shown, dbk_pass_free);
  self->shown = slip;
  gtk_label_set_label (self->slip, text);
  update (self);
  gtk_widget_grab_focus (slip != NULL ? self->time : GTK_WIDGET (self->slip));
}

static void
say_error (DbkSlipsDialog *self,
           const GError   *error)
{
  g_autofree char *text = dbk_error_text (error);

  g_message ("%s", error->message);
  say (self, text, TRUE);
}

/* ---- the list ---- */

typedef struct
{
  GPtrArray *open;    /* DbkPass */
  GPtrArray *batches; /* DbkSlipBatch of which some are open */
} Lists;

static void
free_lists (Lists *lists)
{
  g_clear_pointer (&lists->open, g_ptr_array_unref);
  g_clear_pointer (&lists->batches, g_ptr_array_unref);
  g_free (lists);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lists, free_lists)

static gpointer
read_open (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  g_autoptr(DbkSite) site = dbk_find_site (clinic, data, error);
  g_autoptr(Lists) lists = g_new0 (Lists, 1);

  lists->open = site != NULL ? dbk_slip_list_open (dbk_clinic_get_db (clinic), site->id, error) : NULL;
  lists->batches = lists->open != NULL ? dbk_slip_batch_list (dbk_clinic_get_db (clinic), site->id, error) : NULL;
  return lists->batches != NULL ? g_steal_pointer (&lists) : NULL;
}

static void
set_batches (DbkSlipsDialog *self,
             GPtrArray      *batches)
{
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < batches->len; i++)
    {
      const DbkSlipBatch *batch = g_ptr_array_index (batches, i);
      g_autofree char *from = dbk_day_format (batch->from, dbk_text_language ()), *to = dbk_day_format (batch->to, dbk_text_language ());
      g_autofree char *label = NULL;
      g_autoptr(GMenuItem) item = NULL;

      if (batch->open == 0)
        continue;
      /* Translators: first day, last day, how many slips were printed together. */
      label = g_strdup_printf (ngettext ("%s to %s, %d slip", "%s to %s, %d slips", (gulong) batch->slips), from, to, batch->slips);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "slips.print-again", "s", batch->id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->print, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->print), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
}

static void
add_open (DbkSlipsDialog *self,
          const DbkPass  *slip)
{
  GtkWidget *row = adw_action_row_new (), *choose = gtk_button_new_with_label (_("By hand")), *lost = gtk_button_new_with_label (_("Lost"));
  g_autofree char *text = say_slip (slip);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (lost, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (choose, _("Its code cannot be read"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (choose), "slips.choose");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (choose), "s", slip->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (lost), "slips.lose");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (lost), "s", slip->id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), choose);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), lost);
  gtk_list_box_append (self->open, row);
}

static void
on_open_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkSlipsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Lists) lists = dbk_desk_run_finish (result, &error);
  const GPtrArray *slips;
  g_autofree char *count = NULL;
  GtkWidget *child;

  if (self->gone)
    return;
  if (lists == NULL)
    {
      say_error (self, error);
      return;
    }
  slips = lists->open;
  set_batches (self, lists->batches);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->open))) != NULL)
    gtk_list_box_remove (self->open, child);
  for (guint i = 0; i < slips->len; i++)
    add_open (self, g_ptr_array_index (slips, i));
  count = g_strdup_printf (ngettext ("%u slip not back yet", "%u slips not back yet", slips->len), slips->len);
  gtk_label_set_label (self->open_count, slips->len > 0 ? count : _("All slips are back"));
}

static void
read_list (DbkSlipsDialog *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_open, g_strdup (self->site), g_free, (GDestroyNotify) free_lists, NULL, on_open_read_cb,
                      g_object_ref (self));
}

/* ---- looking, and recording ---- */

typedef struct
{
  char          *site;
  char          *code;
  char          *slip;
  char          *reason;
  DbkPassOutcome outcome; /* OPEN: only looked at */
  int            minute;
} Job;

static void
free_job (Job *job)
{
  g_free (job->site);
  g_free (job->code);
  g_free (job->slip);
  g_free (job->reason);
  g_free (job);
}

static gpointer
run_job (DbkClinic         *clinic,
         const DbkSession  *session,
         gpointer           data,
         GError           **error)
{
  const Job *job = data;
  const DbkSlipReturn slip = { .code = job->code, .slip = job->slip, .site = job->site, .outcome = job->outcome, .minute = job->minute,
                               .reason = job->reason, .give_back = TRUE };

  return job->outcome == DBK_PASS_OPEN ? dbk_look_at_slip (clinic, session, &slip, error) : dbk_take_slip (clinic, session, &slip, error);
}

static Job *
new_job (DbkSlipsDialog *self,
         DbkPassOutcome  outcome)
{
  Job *job = g_new0 (Job, 1);

  job->site = g_strdup (self->site);
  job->code = g_strdup (self->code);
  job->slip = self->code == NULL && self->shown != NULL ? g_strdup (self->shown->id) : NULL;
  job->outcome = outcome;
  job->minute = dbk_time_parse (gtk_editable_get_text (GTK_EDITABLE (self->time)));
  return job;
}

static void
run (DbkSlipsDialog      *self,
     Job                 *job,
     GAsyncReadyCallback  callback)
{
  self->busy = TRUE;
  update (self);
  dbk_desk_run_async (self->desk, job->outcome == DBK_PASS_OPEN ? DBK_WORK_READS : DBK_WORK_WRITES, run_job, job, (GDestroyNotify) free_job,
                      (GDestroyNotify) dbk_pass_free, NULL, callback, g_object_ref (self));
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkSlipsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkPass *slip = dbk_desk_run_finish (result, &error);

  if (self->gone)
    {
      dbk_pass_free (slip);
      return;
    }
  self->busy = FALSE;
  show_slip (self, slip);
  if (slip != NULL)
    say (self, "", FALSE);
  else
    say_error (self, error);
}

static void
on_taken_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkSlipsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkPass) slip = dbk_desk_run_finish (result, &error);
  g_autofree char *what = NULL, *text = NULL;

  if (self->gone)
    return;
  self->busy = FALSE;
  if (slip == NULL)
    {
      update (self);
      say_error (self, error);
      return;
    }
  what = say_slip (slip);
  text = g_strdup_printf (_("Recorded: %s"), what);
  g_clear_pointer (&self->code, g_free);
  show_slip (self, NULL);
  say (self, text, FALSE);
  read_list (self);
}

static void
on_scanned_cb (DbkSlipsDialog *self,
               const char     *code)
{
  if (self->busy)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      say (self, _("The slip before is still being recorded. Scan this one again."), TRUE);
      return;
    }
  g_free (self->code);
  self->code = g_strdup (code);
  run (self, new_job (self, DBK_PASS_OPEN), on_looked_cb);
}

/* One of the list: its paper is not here, or cannot be read. */
static void
run_listed (DbkSlipsDialog      *self,
            GVariant            *slip,
            DbkPassOutcome       outcome,
            GAsyncReadyCallback  callback)
{
  Job *job;

  if (self->busy)
    return;
  g_clear_pointer (&self->code, g_free);
  job = new_job (self, outcome);
  g_free (job->slip);
  job->slip = g_variant_dup_string (slip, NULL);
  run (self, job, callback);
}

static void
choose_slip (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  run_listed (DBK_SLIPS_DIALOG (widget), parameter, DBK_PASS_OPEN, on_looked_cb);
}

static void
lose_slip (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  run_listed (DBK_SLIPS_DIALOG (widget), parameter, DBK_PASS_LOST, on_taken_cb);
}

/* ---- printing again ---- */

typedef struct
{
  char           *batch;
  DbkPaperOptions options;
} Printing;

static void
free_printing (Printing *printing)
{
  g_free (printing->batch);
  g_free (printing);
}

static gpointer
make_paper (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const Printing *printing = data;

  return dbk_make_point_slips (clinic, session, printing->batch, &printing->options, error);
}

static void
on_paper_made_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkSlipsDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkMadePaper *made = dbk_desk_run_finish (result, &error);

  if (self->gone)
    dbk_made_paper_free (made);
  else if (made != NULL)
    dbk_preview_window_show (GTK_WIDGET (self), self->desk, made, "sheet-printer", NULL);
  else
    say_error (self, error);
}

static void
print_again (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  DbkSlipsDialog *self = DBK_SLIPS_DIALOG (widget);
  Printing *printing = g_new0 (Printing, 1);

  printing->batch = g_variant_dup_string (parameter, NULL);
  printing->options.media = DBK_MEDIA_A4;
  printing->options.language = dbk_text_language ();
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, make_paper, printing, (GDestroyNotify) free_printing, (GDestroyNotify) dbk_made_paper_free, NULL,
                      on_paper_made_cb, g_object_ref (self));
}

static void
on_given_clicked_cb (DbkSlipsDialog *self)
{
  run (self, new_job (self, DBK_PASS_GIVEN), on_taken_cb);
}

static void
on_unused_clicked_cb (DbkSlipsDialog *self)
{
  run (self, new_job (self, DBK_PASS_UNUSED), on_taken_cb);
}

static void
on_reason_chosen (const char *word,
                  gpointer    data)
{
  DbkSlipsDialog *self = data;
  Job *job;

  if (self->gone || self->busy || self->shown == NULL)
    return;
  job = new_job (self, DBK_PASS_NOT_GIVEN);
  job->reason = g_strdup (word);
  run (self, job, on_taken_cb);
}

static void
on_not_given_clicked_cb (DbkSlipsDialog *self)
{
  g_autofree char *text = say_slip (self->shown);

  dbk_choice_dialog_show (GTK_WIDGET (self), _("No dose given"), text, dbk_slip_reasons (), _("_Record"), on_reason_chosen, self);
}

/* ---- the dialog ---- */

static void
dbk_slips_dialog_dispose (GObject *object)
{
  DBK_SLIPS_DIALOG (object)->gone = TRUE;
  G_OBJECT_CLASS (dbk_slips_dialog_parent_class)->dispose (object);
}

static void
dbk_slips_dialog_finalize (GObject *object)
{
  DbkSlipsDialog *self = DBK_SLIPS_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, dbk_pass_free);
  g_free (self->site);
  g_free (self->code);
  G_OBJECT_CLASS (dbk_slips_dialog_parent_class)->finalize (object);
}

static void
dbk_slips_dialog_class_init (DbkSlipsDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_slips_dialog_dispose;
  object_class->finalize = dbk_slips_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-slips-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, slip);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, status);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, time);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, given);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, not_given);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, unused);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, open_count);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, open);
  gtk_widget_class_bind_template_child (widget_class, DbkSlipsDialog, print);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_given_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_not_given_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unused_clicked_cb);
  gtk_widget_class_install_action (widget_class, "slips.choose", "s", choose_slip);
  gtk_widget_class_install_action (widget_class, "slips.lose", "s", lose_slip);
  gtk_widget_class_install_action (widget_class, "slips.print-again", "s", print_again);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dbk_slips_dialog_init (DbkSlipsDialog *self)
{
  DbkScanner *scanner;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->given);
  scanner = dbk_scanner_attach (GTK_WINDOW (self));
  g_signal_connect_object (scanner, "scanned", G_CALLBACK (on_scanned_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
dbk_slips_dialog_show (GtkWidget  *widget,
                       DbkDesk    *desk,
                       const char *site)
{
  DbkSlipsDialog *self = g_object_new (DBK_TYPE_SLIPS_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  g_autofree char *title = g_strdup_printf (_("Slips back from %s"), site);

  gtk_window_set_title (GTK_WINDOW (self), title);
  self->desk = g_object_ref (desk);
  self->site = g_strdup (site);
  read_list (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->slip));
}
