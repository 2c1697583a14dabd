/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/rules/dbk-case-sample.h"

#define TODAY DBK_SAMPLE_TODAY
#define NOW DBK_SAMPLE_NOW

void
dbk_case_sample_clear (DbkCaseSample *self)
{
  g_clear_pointer (&self->c.orders, g_ptr_array_unref);
  g_clear_pointer (&self->c.holds, g_ptr_array_unref);
  g_clear_pointer (&self->c.doses, g_ptr_array_unref);
  g_clear_pointer (&self->c.not_given, g_ptr_array_unref);
  g_clear_pointer (&self->c.absences, g_ptr_array_unref);
  g_clear_pointer (&self->c.closures, g_ptr_array_unref);
  dbk_policy_free (self->source);
  dbk_lot_free (self->bottle);
  dbk_patient_free (self->patient);
}

DbkDose *
dbk_case_sample_add_dose (DbkCaseSample *self,
                          DbkDay         day)
{
  DbkDose *dose = dbk_sample_dose (day);

  g_ptr_array_add (self->c.doses, dose);
  return dose;
}

DbkOrder *
dbk_case_sample_add_order (DbkCaseSample *self,
                           const char    *id,
                           DbkDay         from)
{
  DbkOrder *order = dbk_sample_order (id, from);

  g_ptr_array_add (self->c.orders, order);
  return order;
}

/* Read once: there are thousands of cases. */
static const DbkPolicy *
australia (void)
{
  static DbkPolicy *policy = NULL;

  if (policy == NULL)
    policy = dbk_sample_policy ("australia-2003");
  return policy;
}

static void
make_bottle (DbkCaseSample *self)
{
  self->bottle = dbk_lot_new ();
  self->bottle->id = g_strdup ("lot1");
  self->bottle->number = g_strdup ("L1");
  self->bottle->ug_per_ml = 1000;
  self->bottle->expires = TODAY;
  self->bottle->bottle_ul = 600000;
  self->bottle->is_open = TRUE;
  self->c.bottle = self->bottle;
}

void
dbk_case_sample_init (DbkCaseSample *self)
{
  self->c.today = TODAY;
  self->c.dose_day = TODAY;
  self->c.now_ms = NOW;
  self->c.newest_ms = NOW - 1000;
  self->c.orders = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_order_free);
  self->c.holds = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_hold_free);
  self->c.doses = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_dose_free);
  self->c.not_given = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_not_given_free);
  self->c.absences = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_absence_free);
  self->c.closures = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_absence_free);
  self->c.card_seen = TRUE;
  self->policy = *australia ();
  self->c.policy = &self->policy;
  self->patient = dbk_patient_new ();
  self->patient->id = g_strdup ("p1");
  self->patient->photo_taken = TODAY - 30;
  self->c.patient = self->patient;
  self->order = dbk_case_sample_add_order (self, "order1", TODAY - 30);
  for (gint i = DBK_SAMPLE_N_DOSES; i > 0; i--)
    dbk_case_sample_add_dose (self, TODAY - i);
  make_bottle (self);
}

void
dbk_case_sample_set_policy (DbkCaseSample *self,
                            const char    *name,
                            const char    *from,
                            const char    *to)
{
  dbk_policy_free (self->source);
  self->source = dbk_sample_policy_with (name, from, to);
  self->policy = *self->source;
}

void
dbk_case_sample_miss (DbkCaseSample *self,
                      gint           missed)
{
  g_ptr_array_set_size (self->c.doses, 0);
  dbk_case_sample_add_dose (self, TODAY - 1 - missed);
}

DbkHold *
dbk_case_sample_add_hold (DbkCaseSample *self,
                          DbkHoldKind    kind)
{
  DbkHold *hold = dbk_hold_new ();

  hold->id = g_strdup ("hold1");
  hold->kind = kind;
  hold->reason = g_strdup ("cardiac");
  hold->from = TODAY;
  g_ptr_array_add (self->c.holds, hold);
  return hold;
}

DbkAbsence *
dbk_case_sample_add_absence (DbkCaseSample *self,
                             const char    *reason,
                             DbkDay         from,
                             DbkDay         to)
{
  DbkAbsence *absence = dbk_absence_new ();

  absence->id = g_strdup ("absence1");
  absence->reason = g_strdup (reason);
  absence->from = from;
  absence->to = to;
  g_ptr_array_add (self->c.absences, absence);
  return absence;
}

void
dbk_case_sample_add_not_given (DbkCaseSample *self,
                               const char    *reason,
                               DbkDay         day,
                               gint64         at_ms)
{
  DbkNotGiven *not_given = dbk_not_given_new ();

  not_given->id = g_strdup (reason);
  not_given->reason = g_strdup (reason);
  not_given->day = day;
  not_given->at_ms = at_ms;
  g_ptr_array_add (self->c.not_given, not_given);
}
