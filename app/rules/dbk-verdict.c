/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-verdict"

#include "app/rules/dbk-verdict-private.h"

#include "app/rules/dbk-missed-private.h"
#include "db/record/dbk-quantity.h"

#define FIRST_PART 1
#define CLOCK_BACK_MS (2 * 60 * 1000)
#define CLOCK_AHEAD_MS (30 * G_GINT64_CONSTANT (86400000))
#define COMPARE_DAYS 90 /* an older dose says nothing about what a patient expects today */
#define ENDS_SOON_DAYS 7
#define LOW_STOCK_DOSES 10
#define MONTHS_PER_YEAR 12

void
dbk_verdict_free (DbkVerdict *self)
{
  if (self == NULL)
    return;
  g_free (self->order);
  g_free (self->lot);
  g_clear_pointer (&self->missed, dbk_missed_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

const DbkFinding *
dbk_verdict_find (const DbkVerdict *self,
                  DbkFindingCode    code)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; i < self->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (self->findings, i);

      if (finding->code == code)
        return finding;
    }
  return NULL;
}

static DbkFinding *
add_at (DbkVerdict     *v,
        DbkFindingCode  code,
        DbkLevel        level)
{
  DbkFinding *finding = _dbk_finding_new_at (code, level);

  g_ptr_array_add (v->findings, finding);
  return finding;
}

static DbkFinding *
add (DbkVerdict     *v,
     DbkFindingCode  code)
{
  DbkFinding *finding = _dbk_finding_new (code);

  g_ptr_array_add (v->findings, finding);
  return finding;
}

static guint
length (GPtrArray *array)
{
  return array != NULL ? array->len : 0;
}

/* ---- the patient ---- */

static gboolean
is_in_treatment (const DbkCase *c,
                 DbkVerdict    *v)
{
  DbkPatientState state = c->patient->state;

  if (state == DBK_PATIENT_ACTIVE)
    return TRUE;
  if (state == DBK_PATIENT_DECEASED)
    add (v, DBK_FINDING_DECEASED);
  else
    add (v, DBK_FINDING_NOT_IN_TREATMENT)->text = g_strdup (dbk_patient_state_to_word (state));
  return FALSE;
}

static gint
count_months (DbkDay    from,
              DbkDay    to,
              gboolean *on_the_day)
{
  int from_year, from_month, from_day, year, month, day;
  gint months;

  dbk_day_to_ymd (from, &from_year, &from_month, &from_day);
  dbk_day_to_ymd (to, &year, &month, &day);
  months = (year - from_year) * MONTHS_PER_YEAR + month - from_month;
  *on_the_day = day == from_day;
  return day < from_day ? months - 1 : months;
}

static void
judge_photo (const DbkCase *c,
             DbkVerdict    *v)
{
  DbkDay taken = c->patient->photo_taken;
  gboolean on_the_day;
  gint months;

  if (taken == DBK_DAY_NONE)
    {
      add (v, DBK_FINDING_NO_PHOTO);
      return;
    }
  if (c->policy == NULL || c->policy->photo_months == 0)
    return;
  months = count_months (taken, c->today, &on_the_day);
  if (months > c->policy->photo_months || (months == c->policy->photo_months && !on_the_day))
    {
      DbkFinding *finding = add (v, DBK_FINDING_PHOTO_OLD);

      finding->day = taken;
      finding->number = months;
    }
}

static void
judge_person (const DbkCase *c,
              DbkVerdict    *v)
{
  if (c->card_revoked)
    add (v, DBK_FINDING_CARD_REVOKED);
  if (!c->card_seen)
    add (v, DBK_FINDING_NO_CARD_SEEN);
  if (c->looks_unwell)
    add (v, DBK_FINDING_UNWELL);
  if (c->similar_names > 0)
    add (v, DBK_FINDING_SIMILAR_NAME)->number = c->similar_names;
  if (c->patient->allergies != NULL && *c->patient->allergies != '\0')
    add (v, DBK_FINDING_ALLERGIES)->text = g_strdup (c->patient->allergies);
  judge_photo (c, v);
}

/* ---- the day ---- */

static void
judge_clock (const DbkCase *c,
             DbkVerdict    *v)
{
  gint64 ahead_ms = c->now_ms - c->newest_ms;

  if (c->newest_ms != 0 && (ahead_ms < -CLOCK_BACK_MS || ahead_ms > CLOCK_AHEAD_MS))
    {
      DbkFinding *finding = add (v, DBK_FINDING_CLOCK_BACK);

      finding->when_ms = c->newest_ms;
      finding->number = ahead_ms < 0 ? -1 : 1;
    }
}

static void
judge_day (const DbkCase *c,
           DbkVerdict    *v)
{
  judge_clock (c, v);
  if (c->dose_day != c->today)
    {
      DbkFinding *finding = add (v, DBK_FINDING_WRONG_DAY);

      finding->day = c->dose_day;
      finding->day2 = c->today;
    }
  if (c->day_closed)
    add (v, DBK_FINDING_DAY_CLOSED)->day = c->dose_day;
}

/* ---- doses on the key ---- */

static const DbkDose *
find_dose_of_day (const DbkCase *c)
{
  const DbkDose *found = NULL;

  for (guint i = 0; i < length (c->doses); i++)
    {
      const DbkDose *dose = g_ptr_array_index (c->doses, i);

      if (dose->reversed_by == NULL && dose->day == c->dose_day && dose->part == FIRST_PART && _dbk_dose_tells_more (dose, found))
        found = dose;
    }
  return found;
}

static DbkFinding *
add_dose (DbkVerdict     *v,
          DbkFindingCode  code,
          const DbkDose  *dose)
{
  DbkFinding *finding = add (v, code);

  finding->about = g_strdup (dose->id);
  finding->day = dose->day;
  finding->amount_ug = dose->dose_ug;
  finding->when_ms = dose->given_ms;
  finding->text = g_strdup (dose->site);
  return finding;
}

/* One finding for each key with a collision, on the dose that speaks for it. */
static void
judge_collision (const DbkCase *c,
                 DbkVerdict    *v,
                 const DbkDose *dose)
{
  gint n_on_key = 0;

  for (guint i = 0; i < c->doses->len; i++)
    {
      const DbkDose *other = g_ptr_array_index (c->doses, i);

      if (!other->collides || other->day != dose->day || other->part != dose->part)
        continue;
      n_on_key++;
      if (other != dose && _dbk_dose_tells_more (other, dose))
        return;
    }
  add_dose (v, DBK_FINDING_COLLISION, dose)->number = n_on_key;
}

static void
judge_doses (const DbkCase *c,
             DbkVerdict    *v)
{
  const DbkDose *taken = find_dose_of_day (c);

  if (taken != NULL)
    add_dose (v, DBK_FINDING_ALREADY_DOSED, taken);
  for (guint i = 0; i < length (c->doses); i++)
    {
      const DbkDose *dose = g_ptr_array_index (c->doses, i);

      if (dose->collides)
        judge_collision (c, v, dose);
    }
}

static void
judge_not_given (const DbkCase *c,
                 DbkVerdict    *v)
{
  const DbkNotGiven *newest = NULL;
  DbkFinding *finding;
  gint n = 0;

  for (guint i = 0; i < length (c->not_given); i++)
    {
      const DbkNotGiven *not_given = g_ptr_array_index (c->not_given, i);

      if (not_given->day != c->dose_day)
        continue;
      n++;
      if (newest == NULL || not_given->at_ms > newest->at_ms)
        newest = not_given;
    }
  if (newest == NULL)
    return;
  finding = add (v, DBK_FINDING_NOT_GIVEN_EARLIER);
  finding->about = g_strdup (newest->id);
  finding->day = newest->day;
  finding->when_ms = newest->at_ms;
  finding->number = n;
  finding->text = g_strdup (newest->reason);
}

/* ---- the order ---- */

static gboolean
is_more_restrictive (const DbkOrder *order,
                     const DbkOrder *than)
{
  if (than == NULL || order->dose_ug != than->dose_ug)
    return than == NULL || order->dose_ug < than->dose_ug;
  if (order->signed_day != than->signed_day)
    return order->signed_day < than->signed_day;
  return g_strcmp0 (order->id, than->id) < 0;
}

static const DbkOrder *
find_order (const DbkCase *c,
            DbkVerdict    *v)
{
  const DbkOrder *found = NULL;
  gint64 highest_ug = 0;
  gint n = 0;

  for (guint i = 0; i < length (c->orders); i++)
    {
      const DbkOrder *order = g_ptr_array_index (c->orders, i);

      if (!dbk_order_in_force (order, c->dose_day))
        continue;
      n++;
      highest_ug = MAX (highest_ug, order->dose_ug);
      if (is_more_restrictive (order, found))
        found = order;
    }
  if (n > 1)
    {
      DbkFinding *finding = add (v, DBK_FINDING_CONCURRENT_ORDERS);

      finding->about = g_strdup (found->id);
      finding->amount_ug = found->dose_ug;
      finding->amount2_ug = highest_ug;
      finding->number = n;
    }
  return found;
}

static DbkFinding *
add_order (DbkVerdict     *v,
           DbkFindingCode  code,
           const DbkOrder *order,
           DbkDay          day)
{
  DbkFinding *finding = add (v, code);

  finding->about = g_strdup (order->id);
  finding->day = day;
  finding->amount_ug = order->dose_ug;
  return finding;
}

/* No order today: one to come says more than one that is over. */
static void
explain_no_order (const DbkCase *c,
                  DbkVerdict    *v)
{
  const DbkOrder *next = NULL, *last = NULL;

  for (guint i = 0; i < length (c->orders); i++)
    {
      const DbkOrder *order = g_ptr_array_index (c->orders, i);

      if (order->from == DBK_DAY_NONE || (order->until != DBK_DAY_NONE && order->until < order->from))
        continue;
      if (order->from > c->dose_day && (next == NULL || order->from < next->from))
        next = order;
      if (order->from <= c->dose_day && order->until < c->dose_day && (last == NULL || order->until > last->until))
        last = order;
    }
  if (next != NULL)
    add_order (v, DBK_FINDING_ORDER_NOT_STARTED, next, next->from);
  else if (last != NULL)
    add_order (v, DBK_FINDING_ORDER_EXPIRED, last, last->until);
  else
    add (v, DBK_FINDING_NO_ORDER);
}

static gboolean
another_follows (const DbkCase *c,
                 DbkDay         day)
{
  for (guint i = 0; i < length (c->orders); i++)
    {
      if (dbk_order_in_force (g_ptr_array_index (c->orders, i), day))
        return TRUE;
    }
  return FALSE;
}

static void
judge_order_itself (const DbkCase  *c,
                    DbkVerdict     *v,
                    const DbkOrder *order)
{
  if (c->policy != NULL && order->dose_ug > c->policy->ceiling_block_ug.value)
    add_order (v, DBK_FINDING_ABOVE_CEILING, order, DBK_DAY_NONE)->amount2_ug = c->policy->ceiling_block_ug.value;
  if (order->until != DBK_DAY_NONE && order->until - c->dose_day <= ENDS_SOON_DAYS && !another_follows (c, order->until + 1))
    add_order (v, DBK_FINDING_ORDER_ENDS_SOON, order, order->until)->number = order->until - c->dose_day;
}

static const DbkOrder *
judge_order (const DbkCase *c,
             DbkVerdict    *v)
{
  const DbkOrder *order = find_order (c, v);

  if (order == NULL)
    {
      explain_no_order (c, v);
      return NULL;
    }
  if (order->dose_ug <= 0)
    {
      add (v, DBK_FINDING_NO_ORDER);
      return NULL;
    }
  v->order = g_strdup (order->id);
  v->dose_ug = order->dose_ug;
  judge_order_itself (c, v, order);
  return order;
}

static void
judge_holds (const DbkCase *c,
             DbkVerdict    *v)
{
  for (guint i = 0; i < length (c->holds); i++)
    {
      const DbkHold *hold = g_ptr_array_index (c->holds, i);
      DbkFinding *finding;

      if (!dbk_hold_stands (hold, c->dose_day))
        continue;
      finding = add (v, hold->kind == DBK_HOLD_STOP ? DBK_FINDING_STOP_FLAG : DBK_FINDING_ON_HOLD);
      finding->about = g_strdup (hold->id);
      finding->day = hold->from;
      finding->day2 = hold->until;
      finding->text = g_strdup (hold->reason);
    }
}

/* ---- what was given before ---- */

/* The signature must be younger than the missed day that made the gap so long: whoever signed then knew. Of a gap longer than the list of
 * its days only those listed are asked, which is the stricter question. */
static gboolean
physician_knew (const DbkOrder     *order,
                const DbkMissed    *missed,
                const DbkMissedRow *row)
{
  gint unlisted = missed->count - (gint) missed->days->len;
  guint index = (guint) MAX (row->missed_from - 1 - unlisted, 0);

  return order != NULL && order->signed_day != DBK_DAY_NONE && order->signed_day > g_array_index (missed->days, DbkDay, index);
}

static gint64
lower_known (gint64 a,
             gint64 b)
{
  if (a <= 0 || b <= 0)
    return MAX (a, b);
  return MIN (a, b);
}

static void
judge_missed (const DbkCase  *c,
              DbkVerdict     *v,
              const DbkOrder *order)
{
  DbkFinding *finding;

  if (c->policy != NULL && v->missed->count > 0)
    v->row = dbk_policy_find_row (c->policy, v->missed->count);
  if (v->row == NULL)
    return;
  if (v->row->level != DBK_LEVEL_STOP)
    finding = add_at (v, DBK_FINDING_MISSED, v->row->level);
  else if (physician_knew (order, v->missed, v->row))
    finding = add_at (v, DBK_FINDING_MISSED, DBK_LEVEL_KNOW);
  else
    {
      v->proposed_ug = dbk_policy_propose (c->policy, v->row, lower_known (v->dose_ug, v->missed->last_dose_ug));
      finding = add (v, DBK_FINDING_MISSED_STOP);
      finding->amount2_ug = v->proposed_ug;
    }
  finding->about = g_strdup (v->order);
  finding->day = v->missed->last_day;
  finding->amount_ug = v->missed->last_dose_ug;
  finding->when_ms = v->missed->last_given_ms;
  finding->number = v->missed->count;
  finding->text = g_strdup (v->missed->last_site);
}

static const DbkDose *
find_dose_before (const DbkCase *c)
{
  const DbkDose *last = NULL;

  for (guint i = 0; i < length (c->doses); i++)
    {
      const DbkDose *dose = g_ptr_array_index (c->doses, i);

      if (dose->reversed_by == NULL && dose->day < c->dose_day && _dbk_dose_tells_more (dose, last))
        last = dose;
    }
  return last;
}

static void
judge_change (const DbkCase  *c,
              DbkVerdict     *v,
              const DbkOrder *order)
{
  const DbkDose *last = find_dose_before (c);
  gint64 before_ug = 0;
  DbkFinding *finding;

  if (last != NULL && c->dose_day - last->day <= COMPARE_DAYS)
    before_ug = last->ordered_ug > 0 ? last->ordered_ug : last->dose_ug;
  if (before_ug == 0 || before_ug == order->dose_ug)
    return;
  finding = add (v, DBK_FINDING_DOSE_CHANGED);
  finding->about = g_strdup (order->id);
  finding->day = last->day;
  finding->amount_ug = order->dose_ug;
  finding->amount2_ug = before_ug;
}

static void
judge_first_dose (const DbkCase  *c,
                  DbkVerdict     *v,
                  const DbkOrder *order)
{
  gint64 limit_ug = c->policy != NULL ? c->policy->first_dose_warn_ug.value : 0;
  DbkFinding *finding;

  if (!v->missed->never_dosed || find_dose_of_day (c) != NULL)
    return;
  finding = add_at (v, DBK_FINDING_FIRST_DOSE, order->dose_ug > limit_ug ? DBK_LEVEL_ANSWER : DBK_LEVEL_KNOW);
  finding->about = g_strdup (order->id);
  finding->amount_ug = order->dose_ug;
  finding->amount2_ug = limit_ug;
}

/* ---- other sites ---- */

static const DbkAbsence *
find_guest_elsewhere (const DbkCase *c)
{
  for (guint i = 0; i < length (c->absences); i++)
    {
      const DbkAbsence *absence = g_ptr_array_index (c->absences, i);

      if (absence->from <= c->dose_day && c->dose_day <= absence->to && g_strcmp0 (absence->reason, "guest-elsewhere") == 0)
        return absence;
    }
  return NULL;
}

static void
judge_sites (const DbkCase *c,
             DbkVerdict    *v)
{
  const DbkAbsence *absence = find_guest_elsewhere (c);
  DbkFinding *finding;

  if (c->authority_site != NULL)
    {
      finding = add (v, DBK_FINDING_GUEST_ELSEWHERE);
      finding->day = DBK_DAY_NONE;
      finding->day2 = c->authority_until;
      finding->text = g_strdup (c->authority_site);
    }
  else if (absence != NULL)
    {
      finding = add (v, DBK_FINDING_GUEST_ELSEWHERE);
      finding->about = g_strdup (absence->id);
      finding->day = absence->from;
      finding->day2 = absence->to;
    }
  if (c->policy != NULL && c->oldest_site != NULL && c->oldest_site_days > c->policy->stale_site_days)
    {
      finding = add (v, DBK_FINDING_SITE_DATA_OLD);
      finding->number = c->oldest_site_days;
      finding->text = g_strdup (c->oldest_site);
    }
}

/* ---- the bottle ---- */

static DbkFinding *
add_lot (DbkVerdict     *v,
         DbkFindingCode  code,
         const DbkLot   *lot)
{
  DbkFinding *finding = add (v, code);

  finding->about = g_strdup (lot->id);
  finding->text = g_strdup (lot->number);
  return finding;
}

static void
judge_stock (DbkVerdict   *v,
             const DbkLot *bottle)
{
  gint64 n_doses = bottle->bottle_ul / v->volume_ul;
  DbkFinding *finding;

  if (n_doses >= LOW_STOCK_DOSES)
    return;
  finding = add_lot (v, n_doses < 1 ? DBK_FINDING_STOCK_SHORT : DBK_FINDING_STOCK_LOW, bottle);
  finding->amount_ug = v->dose_ug;
  finding->volume_ul = bottle->bottle_ul;
  finding->number = (gint) MAX (n_doses, 0);
}

static void
judge_bottle (const DbkCase *c,
              DbkVerdict    *v)
{
  const DbkLot *bottle = c->bottle;

  /* A dose that cannot be measured out of it is as good as no bottle. */
  if (bottle == NULL || !dbk_volume_for_dose (v->dose_ug, bottle->ug_per_ml, &v->volume_ul, NULL) ||
      (v->dose_ug > 0 && v->volume_ul == 0))
    {
      add (v, DBK_FINDING_NO_BOTTLE);
      return;
    }
  v->lot = g_strdup (bottle->id);
  v->ug_per_ml = bottle->ug_per_ml;
  if (bottle->expires < c->today)
    add_lot (v, DBK_FINDING_LOT_EXPIRED, bottle)->day = bottle->expires;
  if (v->volume_ul > 0)
    judge_stock (v, bottle);
}

/* ---- the verdict ---- */

static const char *
find_answer (const DbkCase  *c,
             DbkFindingCode  code)
{
  const char *const *choices = dbk_finding_choices (code);
  const char *found = NULL;

  for (gsize i = 0; i < c->n_answers; i++)
    {
      for (guint j = 0; c->answers[i].code == code && choices[j] != NULL; j++)
        {
          if (g_strcmp0 (c->answers[i].choice, choices[j]) == 0)
            found = choices[j];
        }
    }
  return found;
}

static void
conclude (const DbkCase *c,
          DbkVerdict    *v)
{
  for (guint i = 0; i < v->findings->len; i++)
    {
      DbkFinding *finding = g_ptr_array_index (v->findings, i);

      if (finding->level == DBK_LEVEL_STOP)
        v->kind = DBK_VERDICT_STOP;
      if (finding->level != DBK_LEVEL_ANSWER)
        continue;
      finding->answer = find_answer (c, finding->code);
      if (!dbk_choice_allows (finding->code, finding->answer))
        v->kind = MAX (v->kind, DBK_VERDICT_ANSWER);
    }
}

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const DbkFinding *first = *(DbkFinding *const *) a, *second = *(DbkFinding *const *) b;

  if (first->level != second->level)
    return first->level > second->level ? -1 : 1;
  return (first->code > second->code) - (first->code < second->code);
}

static void
judge_all (const DbkCase *c,
           DbkVerdict    *v)
{
  const DbkOrder *order;

  if (c->policy == NULL)
    add (v, DBK_FINDING_NO_POLICY);
  if (c->unaccepted_dose)
    add (v, DBK_FINDING_UNACCEPTED_DOSE)->day = c->dose_day;
  if (c->record_older)
    add (v, DBK_FINDING_RECORD_OLDER);
  if (c->unread_fact != NULL)
    add (v, DBK_FINDING_UNREAD_FACT)->text = g_strdup (c->unread_fact);
  judge_day (c, v);
  judge_person (c, v);
  judge_doses (c, v);
  judge_not_given (c, v);
  judge_holds (c, v);
  judge_sites (c, v);
  order = judge_order (c, v);
  judge_missed (c, v, order);
  if (order != NULL)
    {
      judge_change (c, v, order);
      judge_first_dose (c, v, order);
    }
  judge_bottle (c, v);
}

DbkVerdict *
dbk_verdict_reach (const DbkCase *c)
{
  DbkVerdict *v;

  g_return_val_if_fail (c != NULL && c->patient != NULL, NULL);
  g_return_val_if_fail (c->today != DBK_DAY_NONE && c->dose_day != DBK_DAY_NONE, NULL);

  v = g_new0 (DbkVerdict, 1);
  v->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_finding_free);
  v->missed = dbk_missed_count (c->today, c->doses, c->absences, c->closures, c->policy);
  if (is_in_treatment (c, v))
    judge_all (c, v);
  conclude (c, v);
  g_ptr_array_sort (v->findings, compare_findings);
  return v;
}
