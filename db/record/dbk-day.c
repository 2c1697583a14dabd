/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-day"

#include "db/record/dbk-day.h"

#include <string.h>

#include "db/record/dbk-typed-private.h"

#define YEAR_MIN 1800
#define YEAR_MAX 9999
#define FIRST_DAY (-62091) /* 1800-01-01 */
#define LAST_DAY 2932896   /* 9999-12-31 */
#define EPOCH_JULIAN 719163 /* 1970-01-01 in the count of GDate */
#define RUN_MIN 4 /* a run of this many days is written as a range */

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const weekday_names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const weekday_names_zh[] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" };

static gboolean
fail (const char  *message,
      GError     **error)
{
  g_set_error_literal (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_day (DbkDay day)
{
  return day >= FIRST_DAY && day <= LAST_DAY;
}

DbkDay
dbk_day_from_ymd (int year,
                  int month,
                  int day)
{
  GDate date;

  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return DBK_DAY_NONE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (DbkDay) g_date_get_julian (&date) - EPOCH_JULIAN;
}

void
dbk_day_to_ymd (DbkDay day,
                int   *year,
                int   *month,
                int   *day_of_month)
{
  GDate date;

  g_return_if_fail (is_day (day));
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (day + EPOCH_JULIAN));
  if (year != NULL)
    *year = g_date_get_year (&date);
  if (month != NULL)
    *month = (int) g_date_get_month (&date);
  if (day_of_month != NULL)
    *day_of_month = g_date_get_day (&date);
}

int
dbk_day_weekday (DbkDay day)
{
  int index;

  g_return_val_if_fail (is_day (day), 1);
  index = (day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (index < 0 ? index + 7 : index) + 1;
}

int
dbk_day_age (DbkDay born,
             DbkDay today)
{
  int year, month, day, this_year, this_month, this_day;

  g_return_val_if_fail (is_day (born) && is_day (today), 0);
  dbk_day_to_ymd (born, &year, &month, &day);
  dbk_day_to_ymd (today, &this_year, &this_month, &this_day);
  return this_year - year - (this_month < month || (this_month == month && this_day < day));
}

/* ---- reading ---- */

static gboolean
take_digits (const char **cursor,
             guint        at_least,
             guint        at_most,
             int         *value)
{
  guint n = 0;

  *value = 0;
  for (; n < at_most && g_ascii_isdigit (**cursor); n++, ++*cursor)
    *value = *value * 10 + (**cursor - '0');
  return n >= at_least;
}

static gboolean
take_text (const char **cursor,
           const char  *text)
{
  if (!g_str_has_prefix (*cursor, text))
    return FALSE;
  *cursor += strlen (text);
  return TRUE;
}

gboolean
dbk_day_from_iso (const char  *text,
                  DbkDay      *day,
                  GError     **error)
{
  const char *p = text;
  int year, month, day_of_month;
  DbkDay read;

  if (p == NULL || !take_digits (&p, 4, 4, &year) || !take_text (&p, "-") || !take_digits (&p, 2, 2, &month) ||
      !take_text (&p, "-") || !take_digits (&p, 2, 2, &day_of_month) || *p != '\0')
    return fail ("A day is written as 2026-03-05", error);
  read = dbk_day_from_ymd (year, month, day_of_month);
  if (read == DBK_DAY_NONE)
    return fail ("There is no such day", error);
  *day = read;
  return TRUE;
}

static gboolean
parse_relative (const char *typed,
                DbkDay      today,
                DbkDay     *day)
{
  const char *p = typed + 1;
  int offset;

  if (strcmp (typed, "t") == 0 || strcmp (typed, "今天") == 0)
    {
      *day = today;
      return TRUE;
    }
  if ((*typed != '+' && *typed != '-') || !take_digits (&p, 1, 4, &offset) || *p != '\0')
    return FALSE;
  *day = *typed == '+' ? today + offset : today - offset;
  return is_day (*day);
}

/* year SEP month SEP day, the year optional; the separators of one date are of one kind. */
static gboolean
parse_separated (const char *typed,
                 int         this_year,
                 const char *after_year,
                 const char *after_month,
                 const char *after_day,
                 DbkDay     *day)
{
  const char *p = typed;
  int year = this_year, month, day_of_month;

  if (!take_digits (&p, 4, 4, &year) || !take_text (&p, after_year))
    {
      p = typed;
      year = this_year;
    }
  if (!take_digits (&p, 1, 2, &month) || !take_text (&p, after_month) || !take_digits (&p, 1, 2, &day_of_month) ||
      !take_text (&p, after_day) || *p != '\0')
    return FALSE;
  *day = dbk_day_from_ymd (year, month, day_of_month);
  return *day != DBK_DAY_NONE;
}

static gboolean
parse_compact (const char *typed,
               int         this_year,
               DbkDay     *day)
{
  gsize length = strspn (typed, "0123456789");
  const char *p = typed;
  int year = this_year, month, day_of_month;

  if (typed[length] != '\0' || (length != 8 && length != 4))
    return FALSE;
  if (length == 8)
    take_digits (&p, 4, 4, &year);
  take_digits (&p, 2, 2, &month);
  take_digits (&p, 2, 2, &day_of_month);
  *day = dbk_day_from_ymd (year, month, day_of_month);
  return *day != DBK_DAY_NONE;
}

gboolean
dbk_day_parse (const char  *text,
               DbkDay       today,
               DbkDay      *day,
               GError     **error)
{
  g_autofree char *typed = text != NULL ? _dbk_typed_fold (text) : NULL;
  int this_year;
  DbkDay read;

  g_return_val_if_fail (is_day (today) && day != NULL, FALSE);
  dbk_day_to_ymd (today, &this_year, NULL, NULL);
  if (typed == NULL ||
      (!parse_relative (typed, today, &read) &&
       !parse_separated (typed, this_year, "-", "-", "", &read) &&
       !parse_separated (typed, this_year, "/", "/", "", &read) &&
       !parse_separated (typed, this_year, "年", "月", "日", &read) &&
       !parse_compact (typed, this_year, &read)))
    return fail ("Not a day; write 2026-03-05, 20260305, 3-5, 0305, 3月5日, +3 or t", error);
  *day = read;
  return TRUE;
}

/* ---- writing ---- */

char *
dbk_day_to_iso (DbkDay day)
{
  int year, month, day_of_month;

  g_return_val_if_fail (is_day (day), NULL);
  dbk_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day_of_month);
}

char *
dbk_day_format (DbkDay      day,
                DbkLanguage language)
{
  int year, month, day_of_month;

  g_return_val_if_fail (day == DBK_DAY_NONE || is_day (day), NULL);
  if (day == DBK_DAY_NONE)
    return g_strdup (language == DBK_LANGUAGE_CHINESE ? "未登记" : "Not recorded");
  dbk_day_to_ymd (day, &year, &month, &day_of_month);
  if (language == DBK_LANGUAGE_CHINESE)
    return g_strdup_printf ("%d年%d月%d日", year, month, day_of_month);
  return g_strdup_printf ("%02d-%s-%04d", day_of_month, month_names[month - 1], year);
}

char *
dbk_day_format_weekday (DbkDay      day,
                        DbkLanguage language)
{
  g_autofree char *date = dbk_day_format (day, language);
  int weekday;

  if (day == DBK_DAY_NONE || date == NULL)
    return g_steal_pointer (&date);
  weekday = dbk_day_weekday (day) - 1;
  if (language == DBK_LANGUAGE_CHINESE)
    return g_strdup_printf ("%s %s", date, weekday_names_zh[weekday]);
  return g_strdup_printf ("%s %s", weekday_names[weekday], date);
}

char *
dbk_day_format_short (DbkDay      day,
                      DbkLanguage language)
{
  int month, day_of_month;

  if (!is_day (day))
    return dbk_day_format (day, language);
  dbk_day_to_ymd (day, NULL, &month, &day_of_month);
  if (language == DBK_LANGUAGE_CHINESE)
    return g_strdup_printf ("%d月%d日", month, day_of_month);
  return g_strdup_printf ("%02d-%s", day_of_month, month_names[month - 1]);
}

static void
append_month (GString      *text,
              const DbkDay *days,
              gsize         n_days,
              DbkLanguage   language)
{
  int month, first, last;

  dbk_day_to_ymd (days[0], NULL, &month, NULL);
  if (language == DBK_LANGUAGE_CHINESE)
    g_string_append_printf (text, "%d月", month);
  for (gsize i = 0; i < n_days;)
    {
      gsize run = 1;

      while (i + run < n_days && days[i + run] == days[i] + (DbkDay) run)
        run++;
      if (run < RUN_MIN)
        run = 1;
      dbk_day_to_ymd (days[i], NULL, NULL, &first);
      dbk_day_to_ymd (days[i + run - 1], NULL, NULL, &last);
      if (i > 0)
        g_string_append (text, language == DBK_LANGUAGE_CHINESE ? "、" : ", ");
      if (run > 1)
        g_string_append_printf (text, "%d–%d", first, last);
      else
        g_string_append_printf (text, "%d", first);
      i += run;
    }
  if (language == DBK_LANGUAGE_CHINESE)
    g_string_append (text, "日");
  else
    g_string_append_printf (text, " %s", month_names[month - 1]);
}

static gsize
count_same_month (const DbkDay *days,
                  gsize         n_days)
{
  int year, month, other_year, other_month;
  gsize n = 1;

  dbk_day_to_ymd (days[0], &year, &month, NULL);
  for (; n < n_days; n++)
    {
      dbk_day_to_ymd (days[n], &other_year, &other_month, NULL);
      if (other_year != year || other_month != month)
        break;
    }
  return n;
}

char *
dbk_day_format_list (const DbkDay *days,
                     gsize         n_days,
                     DbkLanguage   language)
{
  g_autoptr(GString) text = g_string_new ("");

  for (gsize i = 0; i < n_days;)
    {
      gsize n = count_same_month (days + i, n_days - i);

      if (i > 0)
        g_string_append (text, language == DBK_LANGUAGE_CHINESE ? "，" : ", ");
      append_month (text, days + i, n, language);
      i += n;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
