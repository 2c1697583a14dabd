/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-order"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-finding-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-error-text.h"
#include "ui/dbk-order-dialog-private.h"
#include "ui/dbk-scanner.h"
#include "ui/dbk-whole-text.h"

G_DEFINE_FINAL_TYPE (DbkOrderDialog, dbk_order_dialog, ADW_TYPE_WINDOW)

void
_dbk_order_dialog_run (DbkOrderDialog      *self,
                       DbkWorkKind          kind,
                       DbkWorkFunc          func,
                       gpointer             data,
                       GDestroyNotify       free_data,
                       GDestroyNotify       free_result,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback)
{
  dbk_worker_run_async (dbk_desk_get_worker (self->desk), kind, self->session, func, data, free_data, free_result, cancellable, callback,
                        g_object_ref (self));
}

/* ---- what a request says ---- */

typedef struct
{
  char   *patient;
  gint64  dose_ug;
  DbkDay  from;
  DbkDay  to;
  char   *reason;
  gint64  retyped_ug;
} Draft;

static void
free_draft (Draft *draft)
{
  g_free (draft->patient);
  g_free (draft->reason);
  g_free (draft);
}

static Draft *
new_draft (DbkOrderDialog *self,
           gint64          retyped_ug)
{
  Draft *draft = g_new0 (Draft, 1);

  draft->patient = g_strdup (self->patient);
  draft->dose_ug = self->dose_ug;
  draft->from = self->day_from;
  draft->to = self->day_to;
  draft->reason = g_strdup (dbk_order_reasons ()[adw_combo_row_get_selected (self->reason)]);
  draft->retyped_ug = retyped_ug;
  return draft;
}

static DbkOrderRequest
get_request (const Draft *draft)
{
  return (DbkOrderRequest) { draft->patient, draft->dose_ug, draft->from, draft->to, draft->reason, NULL, draft->retyped_ug };
}

/* ---- whether it may be signed ---- */

static gboolean
is_retyped (DbkOrderDialog *self)
{
  gint64 dose_ug = 0;

  return dbk_dose_parse (gtk_editable_get_text (self->retype), &dose_ug, NULL) && dose_ug == self->dose_ug;
}

static void
update_sign (DbkOrderDialog *self)
{
  gboolean judged = self->valid && self->judged != NULL;
  gboolean blocked = judged && self->judged->blocked, retype = judged && !blocked && self->judged->retype;
  const char *state = "";

  gtk_widget_set_visible (self->retype_group, retype);
  gtk_widget_set_sensitive (self->sign, self->may_sign && judged && !blocked && !self->busy && (!retype || is_retyped (self)));
  if (blocked)
    state = _("This cannot be signed as it is.");
  else if (retype && !is_retyped (self))
    state = _("It can be signed when both doses are the same.");
  else if (judged && self->view->order != NULL)
    state = _("Orders in force end the day before this one begins.");
  gtk_label_set_label (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *state != '\0');
}

static GtkWidget *
new_issue (const DbkOrderIssue *issue,
           const DbkOrderDraft *draft)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (issue->blocks ? "action-unavailable-symbolic" : "dialog-warning-symbolic");
  g_autofree char *text = dbk_order_issue_text (issue, draft);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0, "hexpand", TRUE, NULL);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "finding");
  gtk_widget_add_css_class (box, issue->blocks ? "stop" : "answer");
  return box;
}

static void
draw_issues (DbkOrderDialog *self)
{
  const GPtrArray *issues = self->judged != NULL ? self->judged->issues : NULL;
  DbkOrderDraft draft = { .dose_ug = self->dose_ug, .from = self->day_from, .to = self->day_to };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->issues))) != NULL)
    gtk_box_remove (self->issues, child);
  draft.previous_ug = self->judged != NULL ? self->judged->previous_ug : 0;
  for (guint i = 0; issues != NULL && i < issues->len; i++)
    gtk_box_append (self->issues, new_issue (g_ptr_array_index (issues, i), &draft));
  gtk_widget_set_visible (GTK_WIDGET (self->issues), issues != NULL && issues->len > 0);
}

static void
take_outcome (DbkOrderDialog  *self,
              DbkOrderOutcome *outcome)
{
  g_clear_pointer (&self->judged, dbk_order_outcome_free);
  self->judged = outcome;
  draw_issues (self);
  update_sign (self);
}

static void
show_problem (DbkOrderDialog *self,
              const char     *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static gpointer
judge (DbkClinic         *clinic,
       const DbkSession  *session,
       gpointer           data,
       GError           **error)
{
  const DbkOrderRequest request = get_request (data);

  return dbk_judge_order (clinic, session, &request, error);
}

static void
on_judged_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkOrderDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkOrderOutcome) outcome = dbk_desk_run_finish (result, &error);
  g_autofree char *text = NULL;

  /* What is typed is another by now. */
  if (self->gone || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  if (outcome == NULL)
    {
      text = dbk_error_text (error);
      g_message ("%s", error->message);
      show_problem (self, text);
      return;
    }
  take_outcome (self, g_steal_pointer (&outcome));
}

static void
judge_again (DbkOrderDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  take_outcome (self, NULL);
  if (!self->valid || !self->may_sign)
    return;
  self->cancellable = g_cancellable_new ();
  _dbk_order_dialog_run (self, DBK_WORK_READS, judge, new_draft (self, 0), (GDestroyNotify) free_draft, (GDestroyNotify) dbk_order_outcome_free,
                         self->cancellable, on_judged_cb);
}

/* ---- what is typed ---- */

static const char *
suggest_reason (DbkOrderDialog *self)
{
  const DbkOrder *order = self->view->order;
  const DbkDose *last = self->view->last;
  gint64 before_ug = order != NULL ? order->dose_ug : last != NULL ? last->dose_ug : 0;

  if (dbk_verdict_find (self->view->verdict, DBK_FINDING_MISSED_STOP) != NULL)
    return "after-absence";
  if (before_ug == 0)
    return "start";
  if (self->dose_ug == 0 || self->dose_ug == before_ug)
    return "renewal";
  return self->dose_ug > before_ug ? "titration" : "reduction";
}

static void
follow_with_reason (DbkOrderDialog *self)
{
  const char *const *reasons = dbk_order_reasons ();
  const char *suggested;

  if (self->reason_chosen || self->view == NULL)
    return;
  suggested = suggest_reason (self);
  for (guint i = 0; reasons[i] != NULL; i++)
    if (strcmp (reasons[i], suggested) == 0)
      {
        self->setting_reason = TRUE;
        adw_combo_row_set_selected (self->reason, i);
        self->setting_reason = FALSE;
      }
}

static void
set_mark (GtkWidget *widget,
          gboolean   wrong)
{
  if (wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
}

/* The day as it was understood; what is no day stays none. */
static gboolean
read_day (DbkOrderDialog *self,
          GtkEditable    *field,
          GtkLabel       *said,
          gboolean        may_be_empty,
          DbkDay         *day)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (field)));
  g_autofree char *text = NULL;
  gboolean is_day = FALSE, empty = may_be_empty && *typed == '\0';

  *day = DBK_DAY_NONE;
  if (!empty)
    {
      is_day = dbk_day_parse (typed, self->view->day, day, NULL);
      text = is_day ? dbk_day_format_weekday (*day, dbk_text_language ()) : g_strdup (_("not a day"));
    }
  gtk_label_set_label (said, text != NULL ? text : "");
  set_mark (GTK_WIDGET (said), !is_day && !empty);
  set_mark (GTK_WIDGET (field), !is_day && !empty);
  return is_day || empty;
}

static void
show_volume (DbkOrderDialog *self,
             gboolean        is_dose)
{
  const DbkLot *bottle = self->view->bottle;
  gint64 volume_ul = 0;
  g_autofree char *volume = NULL, *strength = NULL, *text = NULL;

  if (!is_dose)
    text = g_strdup ("");
  else if (bottle == NULL || !dbk_volume_for_dose (self->dose_ug, bottle->ug_per_ml, &volume_ul, NULL))
    text = g_strdup (_("no bottle is open"));
  else
    {
      volume = dbk_volume_format (volume_ul);
      strength = dbk_concentration_format (bottle->ug_per_ml, dbk_text_language ());
      text = g_strdup_printf (_("= %s of %s"), volume, strength);
    }
  gtk_label_set_label (self->volume, text);
}

static gboolean
read_dose (DbkOrderDialog *self)
{
  const char *typed = gtk_editable_get_text (self->dose);
  g_autoptr(GError) error = NULL;
  gboolean is_dose = dbk_dose_parse (typed, &self->dose_ug, &error);
  gboolean wrong = !is_dose && *typed != '\0';
  g_autofree char *text = NULL;

  if (wrong)
    text = g_error_matches (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID) ? g_strdup (_("Write the dose in mg, such as 60 or 52.5."))
                                                                                : dbk_error_text (error);
  set_mark (GTK_WIDGET (self->dose), wrong);
  show_problem (self, text);
  show_volume (self, is_dose);
  return is_dose;
}

static void
on_typed_cb (DbkOrderDialog *self)
{
  gboolean is_dose, is_from, is_to;

  if (self->view == NULL)
    return;
  is_dose = read_dose (self);
  is_from = read_day (self, self->from, self->from_said, FALSE, &self->day_from);
  is_to = read_day (self, self->to, self->to_said, TRUE, &self->day_to);
  self->valid = is_dose && is_from && is_to;
  if (is_dose)
    follow_with_reason (self);
  judge_again (self);
}

static void
on_retyped_cb (DbkOrderDialog *self)
{
  update_sign (self);
}

static void
on_reason_chosen_cb (DbkOrderDialog *self)
{
  self->reason_chosen = self->reason_chosen || !self->setting_reason;
}

void
_dbk_order_dialog_propose (DbkOrderDialog *self,
                           gint64          dose_ug)
{
  g_autofree char *text = dbk_dose_format (dose_ug);

  gtk_editable_set_text (self->dose, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->dose));
}

/* ---- signing ---- */

static gpointer
sign (DbkClinic         *clinic,
      const DbkSession  *session,
      gpointer           data,
      GError           **error)
{
  const DbkOrderRequest request = get_request (data);

  return dbk_sign_order (clinic, session, &request, error);
}

static void
set_busy (DbkOrderDialog *self,
          gboolean        busy)
{
  self->busy = busy;
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->form, !busy);
  update_sign (self);
}

static void
on_signed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkOrderDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkOrderOutcome) outcome = dbk_desk_run_finish (result, &error);
  g_autofree char *dose = NULL, *day = NULL, *text = NULL;

  if (self->gone)
    return;
  set_busy (self, FALSE);
  if (outcome == NULL)
    {
      text = dbk_error_text (error);
      g_message ("%s", error->message);
      show_problem (self, text);
      return;
    }
  /* Something came in between: it is judged anew, and was not signed. */
  if (outcome->order == NULL)
    {
      take_outcome (self, g_steal_pointer (&outcome));
      return;
    }
  dose = dbk_dose_format (self->dose_ug);
  day = dbk_day_format_weekday (self->day_from, dbk_text_language ());
  /* Translators: dose, patient, first day. */
  dbk_desk_toast (self->desk, _("Signed: %s for %s from %s"), dose, self->view->patient->name, day);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_sign_clicked_cb (DbkOrderDialog *self)
{
  gint64 retyped_ug = 0;

  if (!self->valid || self->busy)
    return;
  dbk_dose_parse (gtk_editable_get_text (self->retype), &retyped_ug, NULL);
  set_busy (self, TRUE);
  _dbk_order_dialog_run (self, DBK_WORK_WRITES, sign, new_draft (self, retyped_ug), (GDestroyNotify) free_draft,
                         (GDestroyNotify) dbk_order_outcome_free, NULL, on_signed_cb);
}

static void
on_hold_clicked_cb (DbkOrderDialog *self)
{
  _dbk_order_dialog_ask_hold (self);
}

/* ---- reading ---- */

static gpointer
read_photo (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  return dbk_counter_photo (clinic, session, data, error);
}

static void
on_photo_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(DbkOrderDialog) self = user_data;
  g_autoptr(GBytes) photo = dbk_desk_run_finish (result, NULL);

  if (!self->gone && photo != NULL)
    dbk_patient_banner_set_photo (self->banner, photo);
}

static gpointer
look (DbkClinic         *clinic,
      const DbkSession  *session,
      gpointer           data,
      GError           **error)
{
  DbkCounterRequest request = { .patient = data, .day = DBK_DAY_NONE };

  return dbk_counter_look (clinic, session, &request, error);
}

static void
begin_form (DbkOrderDialog *self)
{
  g_autofree char *from = NULL;
  gboolean dosed = dbk_verdict_find (self->view->verdict, DBK_FINDING_ALREADY_DOSED) != NULL;

  dbk_patient_banner_set_patient (self->banner, self->view->patient, self->view->day);
  gtk_widget_set_visible (self->body, TRUE);
  from = dbk_day_to_iso (dosed ? self->view->day + 1 : self->view->day);
  gtk_editable_set_text (self->from, from);
  follow_with_reason (self);
  gtk_widget_grab_focus (self->may_sign ? GTK_WIDGET (self->dose) : self->cancel);
  _dbk_order_dialog_run (self, DBK_WORK_READS, read_photo, g_strdup (self->patient), g_free, (GDestroyNotify) g_bytes_unref, NULL,
                         on_photo_read_cb);
}

static void
on_looked_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(DbkOrderDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  DbkCounterView *view = dbk_desk_run_finish (result, &error);
  gboolean first = self->view == NULL;

  if (self->gone)
    {
      g_clear_pointer (&view, dbk_counter_view_free);
      return;
    }
  if (view == NULL)
    {
      dbk_desk_toast (self->desk, "%s", error->message);
      return;
    }
  g_clear_pointer (&self->view, dbk_counter_view_free);
  self->view = view;
  _dbk_order_dialog_draw_now (self);
  if (first)
    begin_form (self);
  else if (!self->busy)
    on_typed_cb (self);
}

static void
read_again (DbkOrderDialog *self)
{
  _dbk_order_dialog_run (self, DBK_WORK_READS, look, g_strdup (self->patient), g_free, (GDestroyNotify) dbk_counter_view_free, NULL,
                         on_looked_cb);
}

/* ---- the dialog ---- */

static void
dbk_order_dialog_dispose (GObject *object)
{
  DbkOrderDialog *self = DBK_ORDER_DIALOG (object);

  self->gone = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (dbk_order_dialog_parent_class)->dispose (object);
}

static void
dbk_order_dialog_finalize (GObject *object)
{
  DbkOrderDialog *self = DBK_ORDER_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->session, dbk_session_free);
  g_clear_pointer (&self->view, dbk_counter_view_free);
  g_clear_pointer (&self->judged, dbk_order_outcome_free);
  g_free (self->patient);
  g_free (self->about);
  G_OBJECT_CLASS (dbk_order_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, signer);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, sign);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, body);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, now);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, hold);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, form);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, read_only);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, dose);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, volume);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, from);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, from_said);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, to);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, to_said);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, issues);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, retype_group);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, retype);
  gtk_widget_class_bind_template_child (widget_class, DbkOrderDialog, state);
}

static void
dbk_order_dialog_class_init (DbkOrderDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dbk_order_dialog_dispose;
  object_class->finalize = dbk_order_dialog_finalize;
  g_type_ensure (DBK_TYPE_ELSEWHERE_LIST);
  g_type_ensure (DBK_TYPE_PATIENT_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dosebook/Dosebook/dbk-order-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_hold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_retyped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fill_reasons (DbkOrderDialog *self)
{
  g_autoptr(GtkStringList) texts = gtk_string_list_new (NULL);
  const char *const *reasons = dbk_order_reasons ();

  for (guint i = 0; reasons[i] != NULL; i++)
    gtk_string_list_append (texts, dbk_reason_text (reasons[i]));
  dbk_show_whole_text (self->reason);
  self->setting_reason = TRUE;
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (texts));
  self->setting_reason = FALSE;
}

static void
dbk_order_dialog_init (DbkOrderDialog *self)
{
  self->setting_reason = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting_reason = FALSE;
  self->day_from = self->day_to = DBK_DAY_NONE;
  fill_reasons (self);
  dbk_patient_banner_set_small (self->banner);
  dbk_scanner_attach (GTK_WINDOW (self));
}

void
dbk_order_dialog_show (GtkWidget        *widget,
                       DbkDesk          *desk,
                       const DbkSession *session,
                       const char       *patient)
{
  DbkOrderDialog *self = g_object_new (DBK_TYPE_ORDER_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  g_autofree char *signer = NULL;

  self->desk = g_object_ref (desk);
  self->session = dbk_session_copy (session);
  self->patient = g_strdup (patient);
  self->may_sign = dbk_role_may (session->role, DBK_ACT_SIGN_ORDER);
  /* Translators: who signs. */
  signer = self->may_sign ? g_strdup_printf (_("Signed by %s"), session->name) : g_strdup ("");
  gtk_label_set_label (self->signer, signer);
  gtk_widget_set_visible (GTK_WIDGET (self->signer), self->may_sign);
  gtk_window_set_title (GTK_WINDOW (self), _("Order"));
  if (!self->may_sign)
    gtk_button_set_label (GTK_BUTTON (self->cancel), _("_Close"));
  gtk_widget_set_visible (self->sign, self->may_sign);
  gtk_widget_set_visible (self->form, self->may_sign);
  gtk_widget_set_visible (self->hold, self->may_sign);
  gtk_widget_set_visible (self->read_only, !self->may_sign);
  g_signal_connect_object (desk, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  dbk_elsewhere_list_set_desk (self->elsewhere, desk);
  dbk_elsewhere_list_show (self->elsewhere, session, patient);
  read_again (self);
  gtk_window_present (GTK_WINDOW (self));
}
