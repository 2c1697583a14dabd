/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "config.h"

#include "ui/dbk-exchange-page.h"

#include <glib/gi18n.h>

#include "app/dbk-enrol-site.h"
#include "app/dbk-exchange-overview.h"
#include "app/dbk-site-files.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-enrol-dialog.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-exchange-work.h"
#include "ui/dbk-grant-dialog.h"
#include "ui/dbk-intake-dialog.h"
#include "ui/dbk-intake-text.h"
#include "ui/dbk-only-visible.h"
#include "ui/dbk-place-row.h"
#include "ui/dbk-site-files-dialog.h"
#include "ui/dbk-slips-dialog.h"

struct _DbkExchangePage
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkWidget      *box; /* NULL: disposed */
  GtkLabel       *summary;
  GtkWidget      *add;
  GtkButton      *take;
  GtkWidget      *work;
  GtkLabel       *doing;
  GtkProgressBar *progress;
  GtkWidget      *cancel;
  GtkStack       *stack;
  GtkListBox     *places;
  AdwStatusPage  *failed;

  /* Owned References */
  DbkDesk         *desk;
  DbkExchangeWork *under_way; /* NULL: nothing is */
  char            *to;        /* code of the place the file is written for */
  char            *about;     /* the computer or place that a question is open about */
  char           **codes;     /* of the places */

  gboolean         reading;
  gboolean         stale;
};

G_DEFINE_FINAL_TYPE (DbkExchangePage, dbk_exchange_page, GTK_TYPE_WIDGET)

/* ---- what stands where ---- */

static void
say_summary (DbkExchangePage           *self,
             const DbkExchangeOverview *overview)
{
  g_autofree char *text = NULL;
  gint due = 0;

  for (guint i = 0; i < overview->places->len; i++)
    due += ((const DbkExchangePlace *) g_ptr_array_index (overview->places, i))->due;
  if (overview->collisions > 0)
    text = g_strdup_printf (ngettext ("%d patient may have been dosed twice: a physician closes it", "%d patients may have been dosed twice: a physician closes it",
                                      (gulong) overview->collisions), overview->collisions);
  else if (due > 0)
    text = g_strdup_printf (ngettext ("%d place is due", "%d places are due", (gulong) due), due);
  else
    text = g_strdup (_("Nobody is due"));
  gtk_label_set_label (self->summary, text);
}

/* Whose computer another can replace. */
static void
set_adding (DbkExchangePage           *self,
            const DbkExchangeOverview *overview)
{
  const DbkSession *session = dbk_desk_get_session (self->desk);
  g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < overview->places->len; i++)
    g_ptr_array_add (codes, g_strdup (((const DbkExchangePlace *) g_ptr_array_index (overview->places, i))->code));
  g_ptr_array_add (codes, NULL);
  g_clear_pointer (&self->codes, g_strfreev);
  self->codes = (char **) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
  gtk_widget_set_visible (self->add, overview->at_home && session != NULL && dbk_role_may (session->role, DBK_ACT_ENROL_SITE));
}

static void
take_overview (DbkExchangePage           *self,
               const DbkExchangeOverview *overview)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->places))) != NULL)
    gtk_list_box_remove (self->places, child);
  for (guint i = 0; i < overview->places->len; i++)
    gtk_list_box_append (self->places, dbk_place_row_new (self->desk, g_ptr_array_index (overview->places, i), overview->at_home));
  set_adding (self, overview);
  say_summary (self, overview);
  gtk_stack_set_visible_child_name (self->stack, overview->places->len > 0 ? "places" : "empty");
}

static gpointer
read_overview (DbkClinic         *clinic,
               const DbkSession  *session,
               gpointer           data,
               GError           **error)
{
  return dbk_exchange_overview_read (clinic, session, error);
}

static void read_again (DbkExchangePage *self);

static void
on_overview_read_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(DbkExchangePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkExchangeOverview) overview = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->box == NULL)
    return;
  self->reading = FALSE;
  if (overview != NULL)
    take_overview (self, overview);
  else
    {
      g_message ("%s", error->message);
      text = dbk_error_text (error);
      adw_status_page_set_description (self->failed, text);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  if (self->stale)
    read_again (self);
}

static void
read_again (DbkExchangePage *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  dbk_desk_run_async (self->desk, DBK_WORK_READS, read_overview, NULL, NULL, (GDestroyNotify) dbk_exchange_overview_free, NULL, on_overview_read_cb,
                      g_object_ref (self));
}

/* ---- what is under way ---- */

static void
set_busy (DbkExchangePage *self,
          gboolean         busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.take", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.write", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.cancel", busy);
}

static void
on_progress (double   part,
             gpointer data)
{
  DbkExchangePage *self = data;

  if (self->box == NULL)
    return;
  if (part > 0)
    gtk_progress_bar_set_fraction (self->progress, part);
  else
    gtk_progress_bar_pulse (self->progress);
}

static DbkExchangeWork *
begin (DbkExchangePage *self,
       const char      *doing)
{
  gtk_label_set_label (self->doing, doing);
  gtk_widget_remove_css_class (GTK_WIDGET (self->doing), "error");
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (self->work, TRUE);
  set_busy (self, TRUE);
  gtk_widget_grab_focus (self->cancel);
  self->under_way = dbk_exchange_work_new (on_progress, self);
  return self->under_way;
}

static void
end (DbkExchangePage *self,
     const char      *said,
     gboolean         failed)
{
  g_clear_pointer (&self->under_way, dbk_exchange_work_unref);
  set_busy (self, FALSE);
  gtk_label_set_label (self->doing, said);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->doing), "error");
  gtk_widget_set_visible (self->work, *said != '\0');
  gtk_widget_grab_focus (GTK_WIDGET (self->take));
}

static void
stop (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (widget);

  if (self->under_way != NULL)
    g_cancellable_cancel (dbk_exchange_work_get_cancellable (self->under_way));
}

/* ---- writing ---- */

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkExchangePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->box == NULL)
    return;
  if (name == NULL)
    {
      g_message ("%s", error->message);
      text = dbk_site_file_error_text (error);
    }
  else
    text = g_strdup_printf (_("Written and checked: %s. The stick may be removed."), name);
  end (self, text, name == NULL);
  read_again (self);
}

static void
on_place_picked (const char *path,
                 gpointer    data)
{
  DbkExchangePage *self = data;
  DbkExchangeWork *work = begin (self, _("Writing the file, then reading it back…"));

  dbk_exchange_work_write (work, self->desk, self->to, path, on_written_cb, g_object_ref (self));
}

static void
write_file (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (widget);
  const DbkOpenRecord *record = dbk_worker_get_record (dbk_desk_get_worker (self->desk));
  g_autofree char *day = dbk_day_to_iso (dbk_desk_today (self->desk)), *time = NULL, *name = NULL;

  g_free (self->to);
  self->to = g_variant_dup_string (parameter, NULL);
  time = dbk_clock_format_time (dbk_desk_get_timezone (self->desk), dbk_clock_system_ms ());
  name = g_strdup_printf ("dosebook-%s-to-%s-%s-%.2s%.2s.dosebook-site", record->site_code, self->to, day, time, time + 3);
  dbk_pick_file (widget, _("Where to? Choose the stick"), name, "*.dosebook-site", on_place_picked, self);
}

/* ---- taking in ---- */

static void
on_inspected_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(DbkExchangePage) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkIntakeView *view = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  if (self->box == NULL)
    {
      dbk_intake_view_free (view);
      return;
    }
  if (view == NULL)
    {
      g_message ("%s", error->message);
      text = dbk_site_file_error_text (error);
    }
  end (self, text != NULL ? text : "", view == NULL);
  if (view != NULL)
    dbk_intake_dialog_show (GTK_WIDGET (self), self->desk, view);
}

static void
on_file_picked (const char *path,
                gpointer    data)
{
  DbkExchangePage *self = data;
  DbkExchangeWork *work = begin (self, _("Opening the file and looking through it. Nothing is recorded yet…"));

  dbk_exchange_work_inspect (work, self->desk, path, on_inspected_cb, g_object_ref (self));
}

static void
take_file (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  dbk_pick_file (widget, _("Choose the file"), NULL, "*.dosebook-site", on_file_picked, widget);
}

static void
list_files (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  dbk_site_files_dialog_show (widget, DBK_EXCHANGE_PAGE (widget)->desk);
}

static void
grant_days (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  dbk_grant_dialog_show (widget, DBK_EXCHANGE_PAGE (widget)->desk, g_variant_get_string (parameter, NULL), NULL);
}

static void
take_slips (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  dbk_slips_dialog_show (widget, DBK_EXCHANGE_PAGE (widget)->desk, g_variant_get_string (parameter, NULL));
}

/* ---- the places themselves ---- */

static void
on_request_picked (const char *path,
                   gpointer    data)
{
  DbkExchangePage *self = data;

  dbk_enrol_dialog_show (GTK_WIDGET (self), self->desk, path, (const char *const *) self->codes);
}

static void
enrol_place (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  dbk_pick_file (widget, _("Choose their request"), NULL, "*.request", on_request_picked, widget);
}

static void
add_paper_place (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (widget);

  dbk_enrol_dialog_show (widget, self->desk, NULL, (const char *const *) self->codes);
}

static void
on_place_changed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(DbkExchangePage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && self->box != NULL)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

static gpointer
put_revocation (DbkClinic         *clinic,
                const DbkSession  *session,
                gpointer           data,
                GError           **error)
{
  char *const *what = data;

  return GINT_TO_POINTER (dbk_revoke_writer (clinic, session, what[0], what[1], error));
}

static void
on_revocation_chosen (const char *reason,
                      gpointer    data)
{
  DbkExchangePage *self = data;
  char *what[] = { self->about, (char *) reason, NULL };

  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, put_revocation, g_strdupv (what), (GDestroyNotify) g_strfreev, NULL, NULL, on_place_changed_cb,
                      g_object_ref (self));
}

static void
revoke_computer (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (widget);

  g_free (self->about);
  self->about = g_variant_dup_string (parameter, NULL);
  dbk_choice_dialog_show (widget, _("Revoke their computer"),
                          _("What it says from now on is not believed; its doses still stop a second one. It cannot be undone: a computer that comes "
                            "back is enrolled anew."),
                          dbk_revocation_reasons (), _("_Revoke"), on_revocation_chosen, self);
}

static gpointer
believe (DbkClinic         *clinic,
         const DbkSession  *session,
         gpointer           data,
         GError           **error)
{
  gint64 facts = 0;

  return GINT_TO_POINTER (dbk_accept_held_back_of_place (clinic, session, data, &facts, error));
}

static void
on_belief_confirmed (DbkExchangePage *self)
{
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, believe, g_strdup (self->about), g_free, NULL, NULL, on_place_changed_cb, g_object_ref (self));
}

static void
believe_computer (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (widget);

  g_free (self->about);
  self->about = g_variant_dup_string (parameter, NULL);
  dbk_ask (widget, _("Believe what the revoked computer has said?"),
           _("Its doses count from now on, and whoever was dosed twice is found. Do this when you have spoken to whoever gave them."), _("_Believe it"),
           G_CALLBACK (on_belief_confirmed), self);
}

/* ---- the page ---- */

static void
on_desk_changed_cb (DbkExchangePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && dbk_desk_get_session (self->desk) != NULL)
    read_again (self);
}

static void
on_session_changed_cb (DbkExchangePage *self)
{
  gtk_widget_set_visible (self->work, self->under_way != NULL);
}

void
dbk_exchange_page_show (GtkWidget *page)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (page);

  if (dbk_desk_get_session (self->desk) == NULL)
    return;
  read_again (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->take));
}

static void
dbk_exchange_page_dispose (GObject *object)
{
  DbkExchangePage *self = DBK_EXCHANGE_PAGE (object);

  if (self->under_way != NULL)
    g_cancellable_cancel (dbk_exchange_work_get_cancellable (self->under_way));
  g_clear_pointer (&self->under_way, dbk_exchange_work_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->to, g_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->codes, g_strfreev);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (dbk_exchange_page_parent_class)->dispose (object);
}

static void
dbk_exchange_page_class_init (DbkExchangePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dbk_exchange_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-exchange-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, box);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, summary);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, add);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, take);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, work);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, doing);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, progress);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, cancel);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, stack);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, places);
  gtk_widget_class_bind_template_child (widget_class, DbkExchangePage, failed);
  gtk_widget_class_install_action (widget_class, "exchange.take", NULL, take_file);
  gtk_widget_class_install_action (widget_class, "exchange.files", NULL, list_files);
  gtk_widget_class_install_action (widget_class, "exchange.write", "s", write_file);
  gtk_widget_class_install_action (widget_class, "exchange.grant", "s", grant_days);
  gtk_widget_class_install_action (widget_class, "exchange.slips-back", "s", take_slips);
  gtk_widget_class_install_action (widget_class, "exchange.enrol", NULL, enrol_place);
  gtk_widget_class_install_action (widget_class, "exchange.add-paper", NULL, add_paper_place);
  gtk_widget_class_install_action (widget_class, "exchange.revoke", "s", revoke_computer);
  gtk_widget_class_install_action (widget_class, "exchange.believe", "s", believe_computer);
  gtk_widget_class_install_action (widget_class, "exchange.cancel", NULL, stop);
}

static void
dbk_exchange_page_init (DbkExchangePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.cancel", FALSE);
  dbk_only_visible (self->stack);
}

GtkWidget *
dbk_exchange_page_new (DbkDesk *desk)
{
  DbkExchangePage *self = g_object_new (DBK_TYPE_EXCHANGE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "session-changed", G_CALLBACK (on_session_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
