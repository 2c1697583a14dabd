/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-file"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-sign-order.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-day-dialog.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-patient-file-private.h"
#include "ui/dbk-places.h"
#include "ui/dbk-span-dialog.h"

/* ---- ordering, ending ---- */

void
_dbk_patient_file_new_order (DbkPatientFile *self)
{
  if (self->view != NULL)
    dbk_place_open_order (GTK_WIDGET (self), self->desk, dbk_desk_get_session (self->desk), self->patient);
}

static gpointer
end_order (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const DbkFileChange *change = data;

  return GINT_TO_POINTER (dbk_end_order (clinic, session, change->about, change->day, NULL, error));
}

static void
on_last_day_chosen (DbkDay   day,
                    gpointer data)
{
  DbkFileChange *change = _dbk_patient_file_new_change (data, NULL);

  change->day = day;
  _dbk_patient_file_run_change (data, end_order, change);
}

static gboolean
is_dosed_today (const DbkPatientFileView *view)
{
  const GPtrArray *doses = view->history->doses;

  for (guint i = doses->len; i > 0; i--)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i - 1);

      if (dose->day == view->today && dose->reversed_by == NULL)
        return TRUE;
    }
  return FALSE;
}

static void
on_end_clicked_cb (GtkWidget *button)
{
  DbkPatientFile *self = _dbk_patient_file_take_about (button);
  DbkDay today = self->view->today;
  DbkDayQuestion question = { _("End the order"), _("The last day on which this dose is given. If it is yesterday, nothing is given today."),
                              _("Last day"), _("_End the order"), today, today - 1, is_dosed_today (self->view) ? today : today - 1 };

  dbk_day_dialog_show (GTK_WIDGET (self), &question, on_last_day_chosen, self);
}

/* ---- stopping, lifting ---- */

static gpointer
place_stop (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const DbkFileChange *change = data;
  DbkHold hold = { .patient = change->patient, .kind = DBK_HOLD_STOP, .reason = change->reason, .from = dbk_clinic_today (clinic),
                   .until = DBK_DAY_NONE, .lifted_on = DBK_DAY_NONE };

  return GINT_TO_POINTER (dbk_place_hold (clinic, session, &hold, NULL, error));
}

static void
on_stop_reason_chosen (const char *reason,
                       gpointer    data)
{
  _dbk_patient_file_run_change (data, place_stop, _dbk_patient_file_new_change (data, reason));
}

void
_dbk_patient_file_stop_flag (DbkPatientFile *self)
{
  _dbk_patient_file_ask_about (self, NULL);
  dbk_choice_dialog_show (GTK_WIDGET (self), _("Place a stop flag"), _("No dose is given until a physician lifts it."), dbk_hold_reasons (),
                          _("_Stop the dose"), on_stop_reason_chosen, self);
}

static gpointer
lift_hold (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const DbkFileChange *change = data;

  return GINT_TO_POINTER (dbk_lift_hold (clinic, session, change->patient, change->about, "other", error));
}

static void
on_lift_confirmed (DbkPatientFile *self)
{
  _dbk_patient_file_run_change (self, lift_hold, _dbk_patient_file_new_change (self, NULL));
}

static void
on_lift_clicked_cb (GtkWidget *button)
{
  DbkPatientFile *self = _dbk_patient_file_take_about (button);

  dbk_ask (GTK_WIDGET (self), _("Lift the hold?"), _("The dose of the order in force can be given again."), _("_Lift"),
           G_CALLBACK (on_lift_confirmed), self);
}

/* ---- planned absences ---- */

static gpointer
plan_absence (DbkClinic         *clinic,
              const DbkSession  *session,
              gpointer           data,
              GError           **error)
{
  const DbkFileChange *change = data;
  const DbkAbsence absence = { .patient = change->patient, .from = change->day, .to = change->to, .reason = change->reason,
                               .dosed_there = change->confirmed };

  return GINT_TO_POINTER (dbk_plan_absence (clinic, session, &absence, error));
}

static void
on_absence_chosen (const DbkSpan *span,
                   gpointer       data)
{
  DbkFileChange *change = _dbk_patient_file_new_change (data, span->reason);

  change->day = span->from;
  change->to = span->to;
  change->confirmed = span->confirmed;
  _dbk_patient_file_run_change (data, plan_absence, change);
}

void
_dbk_patient_file_plan_absence (DbkPatientFile *self)
{
  const DbkSpanQuestion question = { _("Plan an absence"), _("It explains the missed days; whoever comes all the same is given the dose."),
                                     dbk_absence_reasons (), _("It is confirmed that the dose is given there"), _("_Plan"), self->view->today };

  _dbk_patient_file_ask_about (self, NULL);
  dbk_span_dialog_show (GTK_WIDGET (self), &question, on_absence_chosen, self);
}

static gpointer
withdraw_absence (DbkClinic         *clinic,
                  const DbkSession  *session,
                  gpointer           data,
                  GError           **error)
{
  const DbkFileChange *change = data;

  return GINT_TO_POINTER (dbk_withdraw_absence (clinic, session, change->patient, change->about, error));
}

static void
on_withdrawal_confirmed (DbkPatientFile *self)
{
  _dbk_patient_file_run_change (self, withdraw_absence, _dbk_patient_file_new_change (self, NULL));
}

static void
on_withdraw_clicked_cb (GtkWidget *button)
{
  DbkPatientFile *self = _dbk_patient_file_take_about (button);

  dbk_ask (GTK_WIDGET (self), _("Withdraw the absence?"), _("It was a mistake: it explains no missed day any more."), _("_Withdraw"),
           G_CALLBACK (on_withdrawal_confirmed), self);
}

/* ---- the lists ---- */

static char *
format_span (DbkDay from,
             DbkDay to)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *first = dbk_day_format (from, language), *last = dbk_day_format (to, language);

  if (to == DBK_DAY_NONE)
    /* Translators: first day. */
    return g_strdup_printf (_("from %s"), first);
  if (from == to)
    return g_steal_pointer (&first);
  /* Translators: first day, last day. */
  return g_strdup_printf (_("%s to %s"), first, last);
}

/* Whether it gives a dose today, will, or did. */
static const char *
order_state (const DbkOrder *order,
             DbkDay          today)
{
  if (dbk_order_in_force (order, today))
    return _("in force");
  if (order->until != DBK_DAY_NONE && order->until < order->from)
    return _("never came into force");
  return order->from > today ? _("to come") : _("ended");
}

static void
add_order (DbkPatientFile *self,
           const DbkOrder *order)
{
  DbkDay today = self->view->today;
  gboolean in_force = dbk_order_in_force (order, today);
  gboolean open = in_force || (order->from > today && (order->until == DBK_DAY_NONE || order->until >= order->from));
  gboolean came = order->until == DBK_DAY_NONE || order->until >= order->from;
  g_autofree char *dose = dbk_dose_format (order->dose_ug), *signed_on = dbk_day_format (order->signed_day, dbk_text_language ());
  g_autofree char *span = format_span (order->from, came ? order->until : order->to);
  /* Translators: dose, "in force" or "ended" or the like. */
  g_autofree char *title = g_strdup_printf (_("%s daily, %s"), dose, order_state (order, today));
  /* Translators: physician, day. */
  g_autofree char *signer = g_strdup_printf (_("signed by %s, %s"), order->signer_name != NULL ? order->signer_name : "—", signed_on);
  g_autoptr(GString) text = g_string_new (span);
  GtkWidget *row;

  if (order->reason != NULL)
    g_string_append_printf (text, "  ·  %s", dbk_reason_text (order->reason));
  g_string_append_printf (text, "  ·  %s", signer);
  if (order->note != NULL && *order->note != '\0')
    g_string_append_printf (text, "\n%s", order->note);
  row = _dbk_patient_file_add_row (self->orders, title, text->str);
  gtk_widget_add_css_class (row, open ? "open-row" : "past-row");
  if (open && _dbk_patient_file_may (self, DBK_ACT_SIGN_ORDER))
    _dbk_patient_file_add_button (self, row, _("_End…"), order->id, G_CALLBACK (on_end_clicked_cb));
}

static void
add_hold (DbkPatientFile *self,
          const DbkHold  *hold)
{
  DbkLanguage language = dbk_text_language ();
  gboolean stands = hold->lifted_on == DBK_DAY_NONE && (hold->until == DBK_DAY_NONE || hold->until >= self->view->today);
  const char *lifter = hold->lifted_by != NULL ? g_hash_table_lookup (self->view->names, hold->lifted_by) : NULL;
  g_autofree char *span = format_span (hold->from, hold->until), *lifted_on = dbk_day_format (hold->lifted_on, language);
  g_autofree char *title = g_strdup_printf ("%s%s, %s", stands ? "⊘ " : "", hold->kind == DBK_HOLD_MEDICAL ? _("Hold") : _("Stop flag"),
                                            dbk_reason_text (hold->reason));
  g_autoptr(GString) text = g_string_new (span);
  GtkWidget *row;

  if (hold->placer_name != NULL)
    g_string_append_printf (text, "  ·  %s", hold->placer_name);
  if (hold->lifted_on != DBK_DAY_NONE)
    {
      g_string_append (text, "  ·  ");
      /* Translators: day, physician. */
      g_string_append_printf (text, _("lifted %s, %s"), lifted_on, lifter != NULL ? lifter : "—");
    }
  if (hold->note != NULL && *hold->note != '\0')
    g_string_append_printf (text, "\n%s", hold->note);
  row = _dbk_patient_file_add_row (self->holds, title, text->str);
  gtk_widget_add_css_class (row, stands ? "standing-hold" : "past-row");
  if (stands && _dbk_patient_file_may (self, DBK_ACT_LIFT_HOLD))
    _dbk_patient_file_add_button (self, row, _("_Lift…"), hold->id, G_CALLBACK (on_lift_clicked_cb));
}

static void
add_absence (DbkPatientFile   *self,
             const DbkAbsence *absence)
{
  g_autofree char *span = format_span (absence->from, absence->to);
  g_autofree char *text = absence->dosed_there ? g_strjoin ("  ·  ", span, _("dosed there"), NULL) : g_strdup (span);
  GtkWidget *row = _dbk_patient_file_add_row (self->absences, dbk_reason_text (absence->reason), text);

  if (absence->to < self->view->today)
    gtk_widget_add_css_class (row, "past-row");
  if (_dbk_patient_file_may (self, DBK_ACT_PLAN_ABSENCE))
    _dbk_patient_file_add_button (self, row, _("_Withdraw…"), absence->id, G_CALLBACK (on_withdraw_clicked_cb));
}

void
_dbk_patient_file_draw_orders (DbkPatientFile *self)
{
  const DbkHistory *history = self->view->history;
  gboolean treated = history->patient->state == DBK_PATIENT_ACTIVE;
  gboolean may_plan = treated && _dbk_patient_file_may (self, DBK_ACT_PLAN_ABSENCE);

  gtk_widget_set_visible (self->new_order, treated && _dbk_patient_file_may (self, DBK_ACT_SIGN_ORDER));
  gtk_widget_set_visible (self->new_absence, may_plan);
  gtk_widget_set_visible (self->stop_flag, treated && _dbk_patient_file_may (self, DBK_ACT_PLACE_HOLD));
  _dbk_patient_file_clear_list (self->orders);
  _dbk_patient_file_clear_list (self->holds);
  _dbk_patient_file_clear_list (self->absences);
  for (guint i = 0; i < history->orders->len; i++)
    add_order (self, g_ptr_array_index (history->orders, i));
  if (history->orders->len == 0)
    _dbk_patient_file_add_row (self->orders, _("No order yet"), _("A physician signs it; until then nothing is given."));
  for (guint i = 0; i < history->holds->len; i++)
    add_hold (self, g_ptr_array_index (history->holds, i));
  for (guint i = 0; i < history->absences->len; i++)
    add_absence (self, g_ptr_array_index (history->absences, i));
  gtk_widget_set_visible (self->holds_title, history->holds->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->holds), history->holds->len > 0);
  gtk_widget_set_visible (self->absences_title, may_plan || history->absences->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->absences), history->absences->len > 0);
}
