/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-today"

#include "config.h"

#include "ui/dbk-today-item.h"

#include <glib/gi18n.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-order-worklist.h"
#include "db/record/dbk-quantity.h"

struct _DbkTodayItem
{
  GObject parent_instance;

  DbkTodayState list;
  char         *patient;
  char         *texts[DBK_N_TODAY_COLUMNS];
  char         *searched;   /* name, pinyin with and without blanks, number; folded */
  gboolean      struck;
  gboolean      held;

  /* To sort by */
  char         *sound;
  char         *number;
  gint64        dose_ug;
  DbkDay        until;
  DbkDay        last_day;
  gint64        at_ms;
};

G_DEFINE_FINAL_TYPE (DbkTodayItem, dbk_today_item, G_TYPE_OBJECT)

typedef struct
{
  const DbkToday *today;
  const char     *zone;
  const char     *site;
  GPtrArray      *items;
} Listing;

/* Full-width digits and letters count as what they stand for. */
char *
dbk_today_item_fold (const char *typed)
{
  g_autofree char *normal = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : NULL;

  return folded != NULL ? g_strstrip (g_steal_pointer (&folded)) : g_strdup ("");
}

static char *
without_blanks (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);

  return g_strjoinv ("", words);
}

/* ---- words ---- */

static char *
say_given (const DbkDose *dose,
           const Listing *listing)
{
  g_autofree char *time = dbk_clock_format_time (listing->zone, dose->given_ms);
  g_autofree char *what = NULL;

  if (dose->kind == DBK_DOSE_OBSERVED)
    what = g_strdup_printf ("✔ %s%s", time, dose->from_paper ? " ✎" : "");
  else
    what = g_strdup_printf ("✔ %s", dbk_dose_kind_text (dose->kind));
  if (g_strcmp0 (dose->site, listing->site) != 0)
    return g_strjoin ("  ", what, dose->site, NULL);
  return dose->giver_name != NULL ? g_strjoin ("  ", what, dose->giver_name, NULL) : g_steal_pointer (&what);
}

static char *
say_reversed (const DbkDose *dose,
              const Listing *listing)
{
  g_autofree char *given = dbk_clock_format_time (listing->zone, dose->given_ms);
  g_autofree char *reversed = dbk_clock_format_time (listing->zone, dose->reversed_ms);

  /* Translators: when it was given, when it was reversed, why. */
  return g_strdup_printf (_("%s, reversed %s: %s"), given, reversed, dbk_reason_text (dose->reversal_reason));
}

static char *
say_state (const DbkTodayItem *self,
           const DbkTodayRow  *row,
           const Listing      *listing)
{
  g_autofree char *time = NULL;

  if (self->struck)
    return say_reversed (row->reversed, listing);
  if (self->list == DBK_TODAY_DOSED)
    return say_given (row->dose, listing);
  if (self->list == DBK_TODAY_NOT_GIVEN)
    {
      time = dbk_clock_format_time (listing->zone, row->at_ms);
      return g_strjoin ("  ", time, dbk_reason_text (row->not_given_reason), NULL);
    }
  if (row->reversed == NULL)
    return g_strdup ("—");
  time = dbk_clock_format_time (listing->zone, row->reversed->reversed_ms);
  return g_strdup_printf (_("dose reversed %s"), time);
}

static char *
say_until (const DbkTodayRow *row,
           DbkDay             today)
{
  g_autofree char *day = NULL;

  if (row->orders == 0)
    return g_strdup ("—");
  if (row->order_until == DBK_DAY_NONE)
    return g_strdup (_("open"));
  day = dbk_day_format_short (row->order_until, dbk_text_language ());
  return row->order_until <= today + DBK_ORDER_WORK_DAYS ? g_strconcat (day, " △", NULL) : g_steal_pointer (&day);
}

/* Words of what is out of the ordinary, the gravest first. */
static char *
say_flags (const DbkTodayItem *self,
           const DbkTodayRow  *row)
{
  g_autoptr(GPtrArray) flags = g_ptr_array_new_with_free_func (g_free);
  gboolean dosed = self->list == DBK_TODAY_DOSED;

  if (dosed && !self->struck && row->dose->collides)
    g_ptr_array_add (flags, g_strdup (_("⊘ two doses")));
  if (row->held)
    g_ptr_array_add (flags, g_strdup (_("⊘ on hold")));
  if (row->orders > 1)
    g_ptr_array_add (flags, g_strdup_printf (ngettext ("△ %d order", "△ %d orders", (gulong) row->orders), row->orders));
  if (!dosed && row->last_day == DBK_DAY_NONE)
    g_ptr_array_add (flags, g_strdup (_("△ first dose")));
  else if (!dosed && row->away > 0)
    g_ptr_array_add (flags, g_strdup_printf (ngettext ("△ missed %d day", "△ missed %d days", (gulong) row->away), row->away));
  if (dosed && !self->struck && row->dose->taken_permille < 1000)
    g_ptr_array_add (flags, g_strdup (_("△ partly taken")));
  g_ptr_array_add (flags, NULL);
  return g_strjoinv (", ", (char **) flags->pdata);
}

static char *
say_dose (const DbkTodayItem *self)
{
  return self->dose_ug > 0 ? dbk_dose_format (self->dose_ug) : g_strdup ("—");
}

/* ---- making ---- */

static void
fill_texts (DbkTodayItem      *self,
            const DbkTodayRow *row,
            const Listing     *listing)
{
  const DbkPatient *patient = row->patient;

  self->texts[DBK_TODAY_COLUMN_NAME] = g_strdup (dbk_patient_name_text (patient));
  self->texts[DBK_TODAY_COLUMN_PINYIN] = g_strdup (patient->pinyin != NULL ? patient->pinyin : "");
  self->texts[DBK_TODAY_COLUMN_NUMBER] = dbk_patient_number_format (patient->number);
  self->texts[DBK_TODAY_COLUMN_DOSE] = say_dose (self);
  self->texts[DBK_TODAY_COLUMN_UNTIL] = say_until (row, listing->today->day);
  self->texts[DBK_TODAY_COLUMN_LAST] = row->last_day != DBK_DAY_NONE ? dbk_day_format_short (row->last_day, dbk_text_language ()) : g_strdup ("—");
  self->texts[DBK_TODAY_COLUMN_STATE] = say_state (self, row, listing);
  self->texts[DBK_TODAY_COLUMN_FLAGS] = say_flags (self, row);
}

static void
fill_searched (DbkTodayItem     *self,
               const DbkPatient *patient)
{
  const char *pinyin = self->texts[DBK_TODAY_COLUMN_PINYIN];
  g_autofree char *in_one = without_blanks (pinyin);
  g_autofree char *all = g_strjoin ("\n", patient->name, pinyin, in_one, patient->number, self->texts[DBK_TODAY_COLUMN_NUMBER], NULL);

  self->searched = dbk_today_item_fold (all);
  self->sound = dbk_today_item_fold (*pinyin != '\0' ? pinyin : patient->name);
  self->number = g_strdup (patient->number);
}

static void
add_item (Listing           *listing,
          const DbkTodayRow *row,
          DbkTodayState      list,
          const DbkDose     *dose)
{
  DbkTodayItem *self = g_object_new (DBK_TYPE_TODAY_ITEM, NULL);

  self->list = list;
  self->patient = g_strdup (row->patient->id);
  self->struck = dose != NULL && dose->reversed_by != NULL;
  self->held = row->held || (dose != NULL && dose->collides && !self->struck);
  /* Nobody is to pour what is on hold. */
  self->dose_ug = dose != NULL ? dose->dose_ug : row->held ? 0 : row->order_ug;
  self->until = row->order_until;
  self->last_day = row->last_day;
  self->at_ms = dose != NULL ? dose->given_ms : row->at_ms;
  fill_texts (self, row, listing);
  fill_searched (self, row->patient);
  g_ptr_array_add (listing->items, self);
}

static gint
compare_in_list (gconstpointer a,
                 gconstpointer b)
{
  const DbkTodayItem *one = *(const DbkTodayItem *const *) a, *other = *(const DbkTodayItem *const *) b;

  if (one->list != other->list)
    return one->list < other->list ? -1 : 1;
  if (one->list == DBK_TODAY_TO_COME && one->held != other->held)
    return one->held ? 1 : -1;
  if (one->list != DBK_TODAY_TO_COME && one->at_ms != other->at_ms)
    return one->at_ms > other->at_ms ? -1 : 1;
  return strcmp (one->number, other->number);
}

GPtrArray *
dbk_today_item_list (const DbkToday *today,
                     const char     *zone,
                     const char     *site)
{
  Listing listing = { today, zone, site, g_ptr_array_new_with_free_func (g_object_unref) };

  for (guint i = 0; i < today->rows->len; i++)
    {
      const DbkTodayRow *row = g_ptr_array_index (today->rows, i);

      /* Who has no order any more is here because of what was reversed. */
      if (row->state != DBK_TODAY_TO_COME || (row->order_ug > 0 && row->patient->state == DBK_PATIENT_ACTIVE))
        add_item (&listing, row, row->state, row->dose);
      if (row->reversed != NULL)
        add_item (&listing, row, DBK_TODAY_DOSED, row->reversed);
    }
  g_ptr_array_sort (listing.items, compare_in_list);
  return listing.items;
}

/* ---- reading ---- */

DbkTodayState
dbk_today_item_get_list (DbkTodayItem *self)
{
  return self->list;
}

const char *
dbk_today_item_get_patient (DbkTodayItem *self)
{
  return self->patient;
}

const char *
dbk_today_item_get_text (DbkTodayItem   *self,
                         DbkTodayColumn  column)
{
  return self->texts[column];
}

gboolean
dbk_today_item_is_struck (DbkTodayItem *self)
{
  return self->struck;
}

gboolean
dbk_today_item_is_held (DbkTodayItem *self)
{
  return self->held;
}

gboolean
dbk_today_item_matches (DbkTodayItem *self,
                        const char   *typed)
{
  return *typed == '\0' || strstr (self->searched, typed) != NULL;
}

static gint
compare_int64 (gint64 a,
               gint64 b)
{
  return a < b ? -1 : a > b;
}

gint
dbk_today_item_compare (DbkTodayItem   *self,
                        DbkTodayItem   *other,
                        DbkTodayColumn  column)
{
  switch (column)
    {
    case DBK_TODAY_COLUMN_NAME:
    case DBK_TODAY_COLUMN_PINYIN:
      return strcmp (self->sound, other->sound);
    case DBK_TODAY_COLUMN_NUMBER:
      return strcmp (self->number, other->number);
    case DBK_TODAY_COLUMN_DOSE:
      return compare_int64 (self->dose_ug, other->dose_ug);
    case DBK_TODAY_COLUMN_UNTIL:
      /* Open ones end last. */
      return compare_int64 (self->until != DBK_DAY_NONE ? self->until : G_MAXINT32, other->until != DBK_DAY_NONE ? other->until : G_MAXINT32);
    case DBK_TODAY_COLUMN_LAST:
      return compare_int64 (self->last_day, other->last_day);
    case DBK_TODAY_COLUMN_STATE:
      return compare_int64 (self->at_ms, other->at_ms);
    case DBK_TODAY_COLUMN_FLAGS:
    default:
      return strcmp (self->texts[DBK_TODAY_COLUMN_FLAGS], other->texts[DBK_TODAY_COLUMN_FLAGS]);
    }
}

gboolean
dbk_today_item_equal (gconstpointer a,
                      gconstpointer b)
{
  const DbkTodayItem *one = a, *other = b;

  if (one->list != other->list || one->struck != other->struck || strcmp (one->patient, other->patient) != 0)
    return FALSE;
  for (guint i = 0; i < DBK_N_TODAY_COLUMNS; i++)
    if (strcmp (one->texts[i], other->texts[i]) != 0)
      return FALSE;
  return TRUE;
}

/* ---- the object ---- */

static void
dbk_today_item_finalize (GObject *object)
{
  DbkTodayItem *self = DBK_TODAY_ITEM (object);

  g_free (self->patient);
  for (guint i = 0; i < DBK_N_TODAY_COLUMNS; i++)
    g_free (self->texts[i]);
  g_free (self->searched);
  g_free (self->sound);
  g_free (self->number);
  G_OBJECT_CLASS (dbk_today_item_parent_class)->finalize (object);
}

static void
dbk_today_item_class_init (DbkTodayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dbk_today_item_finalize;
}

static void
dbk_today_item_init (DbkTodayItem *self)
{
}
