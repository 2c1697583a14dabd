/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-counter"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-counter-page-private.h"
#include "ui/dbk-finding-row.h"

const DbkFinding *
_dbk_counter_page_first_open (const DbkCounterView *view)
{
  for (guint i = 0; i < view->verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (view->verdict->findings, i);

      if (finding->level == DBK_LEVEL_ANSWER && finding->answer == NULL)
        return finding;
    }
  return NULL;
}

static void
on_answered_cb (DbkFindingRow  *row,
                const char     *choice,
                DbkCounterPage *self)
{
  _dbk_counter_page_answer (self, dbk_finding_row_get_code (row), choice);
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
draw_findings (DbkCounterPage *self)
{
  const DbkVerdict *verdict = self->view->verdict;
  const DbkFinding *first = verdict->kind == DBK_VERDICT_STOP ? NULL : _dbk_counter_page_first_open (self->view);

  clear_box (self->findings);
  clear_box (self->notes);
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (verdict->findings, i);
      GtkWidget *row;

      /* Under a stop nothing else is asked: it would be answered for nothing. */
      if (finding->level == DBK_LEVEL_ANSWER && verdict->kind == DBK_VERDICT_STOP)
        continue;
      row = dbk_finding_row_new (finding, verdict, self->view->policy, dbk_desk_get_timezone (self->desk), finding == first);
      g_signal_connect (row, "answered", G_CALLBACK (on_answered_cb), self);
      gtk_box_append (finding->level == DBK_LEVEL_KNOW ? self->notes : self->findings, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->findings), gtk_widget_get_first_child (GTK_WIDGET (self->findings)) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), gtk_widget_get_first_child (GTK_WIDGET (self->notes)) != NULL);
}

static gboolean
physician_can_lift (const DbkVerdict *verdict)
{
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (verdict->findings, i);

      if (finding->level == DBK_LEVEL_STOP && finding->lifted_by == DBK_LIFT_PHYSICIAN)
        return TRUE;
    }
  return FALSE;
}

static void
draw_dose (DbkCounterPage *self)
{
  const DbkVerdict *verdict = self->view->verdict;
  DbkLanguage language = dbk_text_language ();
  g_autofree char *dose = dbk_dose_format (verdict->dose_ug), *volume = dbk_volume_format (verdict->volume_ul);
  g_autofree char *strength = dbk_concentration_format (verdict->ug_per_ml, language);
  /* Translators: "= 60 mL of 1 mg per mL": the volume to pour, and of which solution. */
  g_autofree char *line = g_strdup_printf (_("= %s of %s"), volume, strength);
  g_autofree char *button = g_strdup_printf (self->view->from_paper ? _("F12  FROM PAPER %s…") : _("F12  RECORD %s"), dose);
  gboolean stop = verdict->kind == DBK_VERDICT_STOP;

  gtk_widget_set_visible (self->dose_box, verdict->dose_ug > 0);
  gtk_label_set_label (self->dose, dose);
  gtk_label_set_label (self->volume, line);
  gtk_widget_set_visible (GTK_WIDGET (self->volume), verdict->volume_ul > 0);
  if (stop)
    gtk_widget_add_css_class (self->dose_box, "dim-label");
  else
    gtk_widget_remove_css_class (self->dose_box, "dim-label");
  gtk_button_set_label (GTK_BUTTON (self->record), button);
  gtk_widget_set_visible (self->record, !stop);
  gtk_widget_set_visible (self->physician, stop && physician_can_lift (verdict));
}

static void
draw_last_dose (DbkCounterPage *self)
{
  const DbkDose *last = self->view->last;
  g_autofree char *day = NULL, *time = NULL, *dose = NULL, *text = NULL;

  if (last == NULL)
    {
      gtk_label_set_label (self->last_dose, _("Never dosed here"));
      return;
    }
  day = dbk_day_format_weekday (last->day, dbk_text_language ());
  time = dbk_clock_format_time (dbk_desk_get_timezone (self->desk), last->kind == DBK_DOSE_IMPORTED ? 0 : last->given_ms);
  dose = dbk_dose_format (last->dose_ug);
  /* Translators: day, time, amount of the last dose. */
  text = g_strdup_printf (_("Last dose  %s  %s  %s"), day, time, dose);
  gtk_label_set_label (self->last_dose, text);
}

static void
draw_order (DbkCounterPage *self)
{
  const DbkOrder *order = self->view->order;
  DbkLanguage language = dbk_text_language ();
  g_autofree char *dose = NULL, *from = NULL, *until = NULL, *text = NULL;

  if (order == NULL)
    {
      gtk_label_set_label (self->order, _("No order in force"));
      return;
    }
  dose = dbk_dose_format (order->dose_ug);
  from = dbk_day_format (order->from, language);
  if (order->until == DBK_DAY_NONE)
    /* Translators: dose, physician, first day. */
    text = g_strdup_printf (_("Order  %s daily, %s, since %s"), dose, order->signer_name != NULL ? order->signer_name : "—", from);
  else
    {
      until = dbk_day_format (order->until, language);
      /* Translators: dose, physician, first day, last day. */
      text = g_strdup_printf (_("Order  %s daily, %s, %s to %s"), dose, order->signer_name != NULL ? order->signer_name : "—", from, until);
    }
  gtk_label_set_label (self->order, text);
}

void
_dbk_counter_page_draw (DbkCounterPage *self,
                        gboolean        new_patient)
{
  const DbkCounterView *view = self->view;
  g_autofree char *missed = g_strdup_printf (_("Missed in 30 days  %d"), view->missed_30);

  if (new_patient)
    {
      dbk_patient_banner_set_patient (self->banner, view->patient, view->day);
      dbk_patient_banner_set_asks (self->banner, TRUE);
    }
  gtk_widget_set_visible (self->frozen, FALSE);
  draw_findings (self);
  draw_dose (self);
  draw_last_dose (self);
  draw_order (self);
  gtk_label_set_label (self->missed_month, missed);
  dbk_fortnight_set_view (self->fortnight, view);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->unwell), self->unwell_pressed);
}

void
dbk_counter_page_set_today (DbkCounterPage *self,
                            const DbkToday *today)
{
  const DbkLot *bottle = today->bottle;
  DbkLanguage language = dbk_text_language ();
  g_autofree char *strength = NULL, *left = NULL, *expires = NULL, *text = NULL;

  if (bottle == NULL)
    {
      gtk_label_set_label (self->bottle, _("No bottle is open"));
      return;
    }
  strength = dbk_concentration_format (bottle->ug_per_ml, language);
  left = dbk_volume_format (bottle->bottle_ul);
  expires = dbk_day_format (bottle->expires, language);
  /* Translators: lot number, product, concentration, what is left, last day. */
  text = g_strdup_printf (_("Open bottle  Lot %s · %s, %s · %s left · until %s"), bottle->number, bottle->product, strength, left, expires);
  gtk_label_set_label (self->bottle, text);
}
