/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-treatment"

#include "config.h"

#include "ui/dbk-treatment-days.h"

#include <glib/gi18n.h>

#include "app/dbk-clock.h"
#include "app/dbk-coded-text.h"
#include "db/record/dbk-quantity.h"

void
dbk_treatment_days_free (DbkTreatmentDays *self)
{
  if (self == NULL)
    return;
  for (DbkDay day = self->from; day <= self->to; day++)
    g_free (self->days[day - self->from].text);
  g_free (self->days);
  g_free (self);
}

const DbkTreatmentDay *
dbk_treatment_days_get (const DbkTreatmentDays *self,
                        DbkDay                  day)
{
  g_return_val_if_fail (day >= self->from && day <= self->to, NULL);
  return &self->days[day - self->from];
}

void
dbk_treatment_days_count (const DbkTreatmentDays *self,
                          DbkDay                  from,
                          gint                   *counts)
{
  memset (counts, 0, sizeof (gint) * DBK_N_SIGNS);
  for (DbkDay day = MAX (from, self->from); day <= self->to; day++)
    counts[self->days[day - self->from].sign]++;
}

DbkDay
dbk_treatment_days_latest (const DbkTreatmentDays *self)
{
  for (DbkDay day = MIN (self->today, self->to); day >= self->from; day--)
    if (self->days[day - self->from].given_ug > 0)
      return day;
  return DBK_DAY_NONE;
}

/* ---- what stood on a day ---- */

static gint64
order_on (const DbkHistory *history,
          DbkDay            day)
{
  gint64 lowest_ug = 0;

  for (guint i = 0; i < history->orders->len; i++)
    {
      const DbkOrder *order = g_ptr_array_index (history->orders, i);

      if (dbk_order_in_force (order, day) && (lowest_ug == 0 || order->dose_ug < lowest_ug))
        lowest_ug = order->dose_ug;
    }
  return lowest_ug;
}

static const DbkHold *
hold_on (const DbkHistory *history,
         DbkDay            day)
{
  for (guint i = 0; i < history->holds->len; i++)
    if (dbk_hold_stands (g_ptr_array_index (history->holds, i), day))
      return g_ptr_array_index (history->holds, i);
  return NULL;
}

static const DbkAbsence *
absence_on (const GPtrArray *absences,
            DbkDay           day)
{
  for (guint i = 0; i < absences->len; i++)
    {
      const DbkAbsence *absence = g_ptr_array_index (absences, i);

      if (absence->from <= day && day <= absence->to)
        return absence;
    }
  return NULL;
}

static const DbkNotGiven *
not_given_on (const DbkHistory *history,
              DbkDay            day)
{
  for (guint i = 0; i < history->not_given->len; i++)
    {
      const DbkNotGiven *not_given = g_ptr_array_index (history->not_given, i);

      if (not_given->day == day)
        return not_given;
    }
  return NULL;
}

/* ---- one day ---- */

static char *
say_dose (const DbkDose *dose,
          gint64         given_ug,
          const char    *zone)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (parts, dbk_dose_format (given_ug));
  if (dose->ordered_ug > 0 && dose->ordered_ug != given_ug)
    {
      g_autofree char *ordered = dbk_dose_format (dose->ordered_ug);

      g_ptr_array_add (parts, g_strdup_printf (_("ordered %s"), ordered));
    }
  if (dose->kind != DBK_DOSE_OBSERVED)
    g_ptr_array_add (parts, g_strdup (dbk_dose_kind_text (dose->kind)));
  else
    g_ptr_array_add (parts, dbk_clock_format_time (zone, dose->given_ms));
  if (dose->site != NULL && dose->kind == DBK_DOSE_OBSERVED)
    g_ptr_array_add (parts, g_strdup (dose->site));
  if (dose->giver_name != NULL && dose->kind != DBK_DOSE_IMPORTED)
    g_ptr_array_add (parts, g_strdup (dose->giver_name));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/* A planned absence explains a missed day, it does not make it one that was not due. */
static char *
judge_empty (const DbkHistory *history,
             DbkTreatmentDay  *mark,
             DbkDay            day,
             DbkDay            last,
             DbkDay            today)
{
  const DbkAbsence *closure = absence_on (history->closures, day), *absence = absence_on (history->absences, day);
  const DbkNotGiven *not_given = not_given_on (history, day);
  const DbkHold *hold = hold_on (history, day);
  const char *why = not_given != NULL ? not_given->reason : absence != NULL ? absence->reason : NULL;

  mark->sign = DBK_SIGN_NOT_DUE;
  if (history->first_day == DBK_DAY_NONE || day < history->first_day)
    return g_strdup (_("not in treatment yet"));
  if (closure != NULL)
    {
      mark->sign = DBK_SIGN_CLOSED;
      return g_strdup_printf (_("closed, %s"), dbk_reason_text (closure->reason));
    }
  if (hold != NULL)
    return g_strdup_printf (_("on hold, %s"), dbk_reason_text (hold->reason));
  if (day > today)
    return g_strdup (_("to come"));
  if (day == today)
    return g_strdup (not_given != NULL ? dbk_reason_text (why) : _("no dose yet"));
  if (day > last && history->patient->state != DBK_PATIENT_ACTIVE)
    return g_strdup (dbk_state_text (history->patient->state));
  if (absence != NULL && absence->dosed_there)
    {
      mark->sign = DBK_SIGN_TAKE_HOME;
      return g_strdup (dbk_dose_kind_text (DBK_DOSE_GUEST));
    }
  mark->sign = DBK_SIGN_MISSED;
  return why != NULL ? g_strdup_printf (_("missed, %s"), dbk_reason_text (why)) : g_strdup (_("missed"));
}

/* The parts of a day are one dose here; what was reversed is none. */
static const DbkDose *
take_doses (const DbkHistory *history,
            DbkDay            day,
            guint            *next,
            gint64           *given_ug)
{
  const DbkDose *standing = NULL;

  *given_ug = 0;
  for (; *next < history->doses->len; (*next)++)
    {
      const DbkDose *dose = g_ptr_array_index (history->doses, *next);

      if (dose->day > day)
        break;
      if (dose->day < day || dose->reversed_by != NULL)
        continue;
      *given_ug += dose->dose_ug;
      if (standing == NULL)
        standing = dose;
    }
  return standing;
}

static DbkDay
last_dosed (const DbkHistory *history)
{
  for (guint i = history->doses->len; i > 0; i--)
    {
      const DbkDose *dose = g_ptr_array_index (history->doses, i - 1);

      if (dose->reversed_by == NULL)
        return dose->day;
    }
  return DBK_DAY_NONE;
}

DbkTreatmentDays *
dbk_treatment_days_new (const DbkHistory *history,
                        DbkDay            from,
                        DbkDay            to,
                        DbkDay            today,
                        const char       *zone)
{
  DbkTreatmentDays *self;
  DbkDay last = last_dosed (history);
  guint next = 0;

  g_return_val_if_fail (from <= to, NULL);
  self = g_new0 (DbkTreatmentDays, 1);
  self->from = from;
  self->to = to;
  self->today = today;
  self->days = g_new0 (DbkTreatmentDay, (gsize) (to - from + 1));
  for (DbkDay day = from; day <= to; day++)
    {
      DbkTreatmentDay *mark = &self->days[day - from];
      const DbkDose *dose = take_doses (history, day, &next, &mark->given_ug);
      g_autofree char *name = dbk_day_format_weekday (day, dbk_text_language ());
      g_autofree char *what = NULL;

      mark->ordered_ug = order_on (history, day);
      if (dose == NULL)
        what = judge_empty (history, mark, day, last, today);
      else
        {
          mark->sign = dose->kind == DBK_DOSE_TAKE_HOME || dose->kind == DBK_DOSE_GUEST ? DBK_SIGN_TAKE_HOME : DBK_SIGN_GIVEN;
          what = say_dose (dose, mark->given_ug, zone);
        }
      mark->text = g_strjoin (":  ", name, what, NULL);
    }
  return self;
}
