/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-order"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-finding-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-choice-dialog.h"
#include "ui/dbk-day-dialog.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-order-dialog-private.h"

/* ---- ending, holding, lifting ---- */

typedef struct
{
  char  *patient;
  char  *about;    /* the order or the hold */
  char  *reason;
  DbkDay day;
} Change;

static Change *
new_change (DbkOrderDialog *self,
            const char     *about)
{
  Change *change = g_new0 (Change, 1);

  change->patient = g_strdup (self->patient);
  change->about = g_strdup (about);
  return change;
}

static void
free_change (Change *change)
{
  g_free (change->patient);
  g_free (change->about);
  g_free (change->reason);
  g_free (change);
}

static void
on_changed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(DbkOrderDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (dbk_desk_run_finish (result, &error) == NULL && !self->gone)
    dbk_show_error (GTK_WIDGET (self), _("That was not recorded"), error);
}

static void
run_change (DbkOrderDialog *self,
            DbkWorkFunc     func,
            Change         *change)
{
  _dbk_order_dialog_run (self, DBK_WORK_WRITES, func, change, (GDestroyNotify) free_change, NULL, NULL, on_changed_cb);
}

static gpointer
end_order (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (dbk_end_order (clinic, session, change->about, change->day, NULL, error));
}

static void
on_last_day_chosen (DbkDay   day,
                    gpointer data)
{
  DbkOrderDialog *self = data;
  Change *change = new_change (self, self->about);

  change->day = day;
  run_change (self, end_order, change);
}

static gboolean
is_dosed_today (const DbkCounterView *view)
{
  for (guint i = 0; i < view->doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (view->doses, i);

      if (dose->day == view->day && dose->reversed_by == NULL)
        return TRUE;
    }
  return FALSE;
}

/* Not the button: a reload takes it away while the question is open. */
static DbkOrderDialog *
remember_about (GtkWidget *button)
{
  DbkOrderDialog *self = DBK_ORDER_DIALOG (gtk_widget_get_root (button));

  g_free (self->about);
  self->about = g_strdup (g_object_get_data (G_OBJECT (button), "about"));
  return self;
}

static void
on_end_clicked_cb (GtkWidget *button)
{
  DbkOrderDialog *self = remember_about (button);
  DbkDay today = self->view->day;
  DbkDayQuestion question = { _("End the order"), _("The last day on which this dose is given. If it is yesterday, nothing is given today."),
                              _("Last day"), _("_End the order"), today, today - 1, is_dosed_today (self->view) ? today : today - 1 };

  dbk_day_dialog_show (GTK_WIDGET (self), &question, on_last_day_chosen, self);
}

static gpointer
place_hold (DbkClinic         *clinic,
            const DbkSession  *session,
            gpointer           data,
            GError           **error)
{
  const Change *change = data;
  DbkHold hold = { .patient = change->patient, .kind = DBK_HOLD_MEDICAL, .reason = change->reason, .from = dbk_clinic_today (clinic),
                   .until = DBK_DAY_NONE, .lifted_on = DBK_DAY_NONE };

  return GINT_TO_POINTER (dbk_place_hold (clinic, session, &hold, NULL, error));
}

static void
on_hold_reason_chosen (const char *reason,
                       gpointer    data)
{
  Change *change = new_change (data, NULL);

  change->reason = g_strdup (reason);
  run_change (data, place_hold, change);
}

void
_dbk_order_dialog_ask_hold (DbkOrderDialog *self)
{
  dbk_choice_dialog_show (GTK_WIDGET (self), _("Hold the dose"), _("No dose is given until a physician lifts the hold."), dbk_hold_reasons (),
                          _("_Hold"), on_hold_reason_chosen, self);
}

static gpointer
lift_hold (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (dbk_lift_hold (clinic, session, change->patient, change->about, "other", error));
}

static void
on_lift_confirmed (DbkOrderDialog *self)
{
  run_change (self, lift_hold, new_change (self, self->about));
}

static void
on_lift_clicked_cb (GtkWidget *button)
{
  DbkOrderDialog *self = remember_about (button);

  dbk_ask (GTK_WIDGET (self), _("Lift the hold?"), _("The dose of the order in force can be given again."), _("_Lift"),
           G_CALLBACK (on_lift_confirmed), self);
}

/* ---- what is in force ---- */

static GtkWidget *
add_fact (DbkOrderDialog *self,
          const char     *title,
          const char     *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  gtk_widget_add_css_class (row, "fact-row");
  gtk_list_box_append (self->now, row);
  return row;
}

static void
add_button (DbkOrderDialog *self,
            GtkWidget      *row,
            const char     *label,
            const char     *about,
            GCallback       on_clicked)
{
  GtkWidget *button;

  if (!self->may_sign)
    return;
  button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "about", g_strdup (about), g_free);
  g_signal_connect (button, "clicked", on_clicked, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_order (DbkOrderDialog *self,
           const DbkOrder *order)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *dose = dbk_dose_format (order->dose_ug), *from = dbk_day_format (order->from, language);
  g_autofree char *until = dbk_day_format (order->until, language);
  const char *signer = order->signer_name != NULL ? order->signer_name : "—";
  g_autofree char *text = order->until == DBK_DAY_NONE
                            /* Translators: dose, first day, physician. */
                            ? g_strdup_printf (_("%s daily since %s, %s"), dose, from, signer)
                            /* Translators: dose, first day, last day, physician. */
                            : g_strdup_printf (_("%s daily, %s to %s, %s"), dose, from, until, signer);
  GtkWidget *row = add_fact (self, order->from > self->view->day ? _("Order to come") : _("Order in force"), text);

  add_button (self, row, _("_End…"), order->id, G_CALLBACK (on_end_clicked_cb));
}

static void
add_orders (DbkOrderDialog *self)
{
  const DbkCounterView *view = self->view;
  guint n = 0;

  for (guint i = 0; i < view->orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (view->orders, i);
      gboolean open = order->until == DBK_DAY_NONE || (order->until >= view->day && order->until >= order->from);

      if (!open)
        continue;
      add_order (self, order);
      n++;
    }
  if (n == 0)
    add_fact (self, _("Order in force"), _("none"));
}

static void
add_last_dose (DbkOrderDialog *self)
{
  const DbkDose *last = self->view->last;
  g_autofree char *day = NULL, *time = NULL, *dose = NULL, *text = NULL;

  if (last == NULL)
    {
      add_fact (self, _("Last dose"), _("Never dosed here"));
      return;
    }
  day = dbk_day_format_weekday (last->day, dbk_text_language ());
  time = dbk_clock_format_time (dbk_desk_get_timezone (self->desk), last->kind == DBK_DOSE_IMPORTED ? 0 : last->given_ms);
  dose = dbk_dose_format (last->dose_ug);
  text = g_strdup_printf ("%s  %s  %s", dose, day, time);
  add_fact (self, _("Last dose before today"), text);
}

static void
on_open_with_clicked_cb (GtkWidget *button)
{
  DbkOrderDialog *self = DBK_ORDER_DIALOG (gtk_widget_get_root (button));

  _dbk_order_dialog_propose (self, self->view->verdict->proposed_ug);
}

static void
add_missed (DbkOrderDialog *self)
{
  const DbkVerdict *verdict = self->view->verdict;
  g_autofree char *missed = dbk_missed_text (verdict->missed, dbk_desk_get_timezone (self->desk));
  g_autofree char *rule = dbk_rule_text (self->view->policy, verdict->row);
  g_autofree char *dose = dbk_dose_format (verdict->proposed_ug), *text = NULL;
  GtkWidget *row;

  if (!verdict->missed->never_dosed)
    add_fact (self, _("Missed days"), missed);
  if (verdict->row == NULL)
    return;
  text = verdict->proposed_ug > 0 ? g_strdup_printf ("%s – %s", dose, rule) : g_strdup (rule);
  row = add_fact (self, _("The policy proposes"), text);
  if (verdict->proposed_ug > 0)
    add_button (self, row, _("_Open with this"), NULL, G_CALLBACK (on_open_with_clicked_cb));
}

static void
add_hold (DbkOrderDialog *self,
          const DbkHold  *hold)
{
  DbkLanguage language = dbk_text_language ();
  g_autofree char *from = dbk_day_format (hold->from, language), *until = dbk_day_format (hold->until, language);
  const char *placer = hold->placer_name != NULL ? hold->placer_name : "—";
  g_autofree char *text = hold->until == DBK_DAY_NONE
                            /* Translators: reason, who placed it, first day. */
                            ? g_strdup_printf (_("%s, %s, since %s"), dbk_reason_text (hold->reason), placer, from)
                            /* Translators: reason, who placed it, first day, last day. */
                            : g_strdup_printf (_("%s, %s, %s to %s"), dbk_reason_text (hold->reason), placer, from, until);
  GtkWidget *row = add_fact (self, hold->kind == DBK_HOLD_MEDICAL ? _("⊘ On hold") : _("⊘ Stop flag"), text);

  gtk_widget_add_css_class (row, "held");
  add_button (self, row, _("_Lift…"), hold->id, G_CALLBACK (on_lift_clicked_cb));
}

static void
add_holds (DbkOrderDialog *self)
{
  for (guint i = 0; i < self->view->holds->len; i++)
    {
      const DbkHold *hold = g_ptr_array_index (self->view->holds, i);

      if (hold->lifted_on == DBK_DAY_NONE && (hold->until == DBK_DAY_NONE || hold->until >= self->view->day))
        add_hold (self, hold);
    }
}

void
_dbk_order_dialog_draw_now (DbkOrderDialog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->now, 0)) != NULL)
    gtk_list_box_remove (self->now, GTK_WIDGET (row));
  add_holds (self);
  add_orders (self);
  add_last_dose (self);
  add_missed (self);
}
