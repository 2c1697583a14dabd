/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key press, one dose on the disk. */
#define G_LOG_DOMAIN "dbk-counter"

#include "config.h"

#include "ui/dbk-counter-page-private.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"
#include "ui/dbk-dialogs.h"
#include "ui/dbk-time-dialog.h"

/* What the hand was about to press for the last patient must not count for this one. */
#define RECORD_AFTER_MS 400
#define US_PER_MS 1000

typedef struct
{
  char    *patient;
  char    *card;
  char    *voucher;
  char    *mark;
  gboolean unwell;
  DbkDay   paper_day;    /* DBK_DAY_NONE: now */
  int      paper_minute; /* of that day */
} Give;

static void
free_give (Give *give)
{
  g_free (give->patient);
  g_free (give->card);
  g_free (give->voucher);
  g_free (give->mark);
  g_free (give);
}

static gpointer
give_dose (DbkClinic         *clinic,
           const DbkSession  *session,
           gpointer           data,
           GError           **error)
{
  const Give *give = data;
  DbkGiveRequest request = { { .patient = give->patient, .card = give->card, .voucher = give->voucher, .day = give->paper_day, .unwell = give->unwell }, .seen_mark = give->mark };

  if (give->paper_day != DBK_DAY_NONE)
    {
      request.at_counter.from_paper = TRUE;
      request.paper_ms = dbk_clock_ms_at (dbk_clinic_get_clock (clinic), give->paper_day, give->paper_minute);
    }
  return dbk_give_dose (clinic, session, &request, error);
}

static void
finish_given (DbkCounterPage      *self,
              const DbkGiveResult *result,
              gboolean             over)
{
  g_autofree char *dose = dbk_dose_format (result->dose_ug);
  g_autofree char *time = dbk_clock_format_time (dbk_desk_get_timezone (self->desk), result->given_ms);
  g_autofree char *last = g_strdup_printf (_("Last: %s  %s  %s ✔"), time, result->view->patient->number, dose);

  dbk_desk_toast (self->desk, _("Recorded %s · %s"), dose, dbk_patient_name_text (result->view->patient));
  gtk_label_set_label (self->last, last);
  g_free (self->last_dose_id);
  self->last_dose_id = g_strdup (result->dose);
  g_free (self->last_number);
  self->last_number = g_strdup (result->view->patient->number);
  if (!over)
    dbk_counter_page_leave (self);
  _dbk_counter_page_print_slip (self, result->dose, result->view->patient->number, FALSE);
}

static void
on_given_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(DbkCounterWait) wait = user_data;
  DbkCounterPage *self = wait->page;
  gboolean over;
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkGiveResult) given = dbk_desk_run_finish (result, &error);

  if (self->box == NULL)
    return;
  over = _dbk_counter_wait_is_over (wait);
  if (!over)
    self->busy = FALSE;
  if (given == NULL)
    {
      dbk_show_error (GTK_WIDGET (self), _("The dose was not recorded"), error);
      if (!over)
        _dbk_counter_page_look_again (self);
    }
  else if (given->outcome == DBK_GIVE_GIVEN)
    finish_given (self, given, over);
  else if (!over)
    {
      _dbk_counter_page_show_view (self, g_steal_pointer (&given->view), FALSE);
      _dbk_counter_page_refuse (self, _("Not recorded: something has changed."));
    }
  _dbk_counter_page_update_actions (self);
}

static void
start_giving (int      minute,
              gpointer data)
{
  DbkCounterPage *self = data;
  Give *give;

  if (self->view == NULL || self->busy || self->pending != NULL)
    return;
  give = g_new0 (Give, 1);
  give->paper_day = self->view->from_paper ? self->view->day : DBK_DAY_NONE;
  give->paper_minute = minute;
  give->patient = g_strdup (self->view->patient->id);
  give->card = g_strdup (self->view->card);
  give->voucher = g_strdup (self->view->voucher_code);
  give->mark = g_strdup (self->view->mark);
  give->unwell = self->unwell_pressed;
  self->busy = TRUE;
  _dbk_counter_page_update_actions (self);
  dbk_desk_run_async (self->desk, DBK_WORK_WRITES, give_dose, give, (GDestroyNotify) free_give, (GDestroyNotify) dbk_give_result_free, NULL,
                      on_given_cb, _dbk_counter_wait_new (self));
}

void
_dbk_counter_page_record (GtkWidget  *widget,
                          const char *action,
                          GVariant   *parameter)
{
  DbkCounterPage *self = DBK_COUNTER_PAGE (widget);

  if (self->view == NULL || self->busy || g_get_monotonic_time () - self->shown_us < RECORD_AFTER_MS * US_PER_MS)
    return;
  if (self->view->from_paper)
    dbk_time_dialog_show (widget, _("From the paper sheet"), _("When was it given? The time that is written on the sheet."), start_giving, self);
  else
    start_giving (0, self);
}
