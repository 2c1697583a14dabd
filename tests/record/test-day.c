/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days: the calendar, what people type, and how days are shown in both languages. */
#include "db/record/dbk-day.h"

#define TODAY 20517 /* 2026-03-05, a Thursday */
#define FIRST (-62091)
#define LAST 2932896

static void
test_calendar (void)
{
  static const struct
  {
    int    year, month, day;
    DbkDay number;
  } rows[] = {
    { 1970, 1, 1, 0 }, { 1970, 1, 2, 1 }, { 1969, 12, 31, -1 }, { 2026, 3, 5, TODAY }, { 2000, 2, 29, 11016 }, { 2024, 2, 29, 19782 },
    { 1800, 1, 1, FIRST }, { 9999, 12, 31, LAST },
    { 1900, 2, 29, DBK_DAY_NONE }, { 2100, 2, 29, DBK_DAY_NONE }, { 2026, 2, 29, DBK_DAY_NONE }, { 2026, 4, 31, DBK_DAY_NONE },
    { 2026, 13, 1, DBK_DAY_NONE }, { 2026, 0, 1, DBK_DAY_NONE }, { 2026, 1, 0, DBK_DAY_NONE }, { 2026, 1, 32, DBK_DAY_NONE },
    { 1799, 12, 31, DBK_DAY_NONE }, { 10000, 1, 1, DBK_DAY_NONE }, { -1, 1, 1, DBK_DAY_NONE }, { 2026, 3, -5, DBK_DAY_NONE },
    { 2026 + 65536, 3, 5, DBK_DAY_NONE }, { 2026, 3 + 256, 5, DBK_DAY_NONE }, { 2026, 3, 5 + 256, DBK_DAY_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (dbk_day_from_ymd (rows[i].year, rows[i].month, rows[i].day), ==, rows[i].number);
}

/* Every day there is, against a calendar of our own. */
static void
test_every_day (void)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  DbkDay number = FIRST;
  int weekday = 3; /* 1800-01-01 was a Wednesday */

  for (int year = 1800; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      {
        gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        int length = lengths[month - 1] + (month == 2 && leap);

        for (int day = 1; day <= length; day++, number++, weekday = weekday % 7 + 1)
          {
            if (day != 1 && day != length && number % 17 != 0)
              continue;
            g_assert_cmpint (dbk_day_from_ymd (year, month, day), ==, number);
            g_assert_cmpint (dbk_day_weekday (number), ==, weekday);
          }
        g_assert_cmpint (dbk_day_from_ymd (year, month, length + 1), ==, DBK_DAY_NONE);
      }
  g_assert_cmpint (number, ==, LAST + 1);
}

static void
test_iso (void)
{
  static const char *const wrong[] = {
    "", "2026-3-5", "2026-03-5", "20260305", "2026-03-05 ", " 2026-03-05", "2026-02-29", "2026-13-01", "26-03-05", "02026-03-05", "2026-03-050",
    "2026/03/05", "２０２６-03-05", "2026-03-05T00:00", "-026-03-05", "2026--3-05", "1799-12-31", "t", "+1", NULL,
  };

  for (DbkDay day = FIRST; day <= LAST; day += 997)
    {
      g_autofree char *iso = dbk_day_to_iso (day);
      DbkDay read = DBK_DAY_NONE;

      g_assert_cmpuint (strlen (iso), ==, 10);
      g_assert_true (dbk_day_from_iso (iso, &read, NULL));
      g_assert_cmpint (read, ==, day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      DbkDay read = 77;

      g_assert_false (dbk_day_from_iso (wrong[i], &read, &error));
      g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
      g_assert_cmpint (read, ==, 77);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    DbkDay      day;
  } rows[] = {
    { "2026-03-05", TODAY }, { "2026/3/5", TODAY }, { "2026-3-5", TODAY }, { "20260305", TODAY }, { "2026年3月5日", TODAY }, { "2026年03月05日", TODAY },
    { "3-5", TODAY }, { "03-05", TODAY }, { "3/5", TODAY }, { "0305", TODAY }, { "3月5日", TODAY }, { "t", TODAY }, { "T", TODAY }, { "今天", TODAY },
    { " 今天 ", TODAY }, { "+0", TODAY }, { "-0", TODAY }, { "+3", TODAY + 3 }, { "-1", TODAY - 1 }, { "+9999", TODAY + 9999 }, { "２０２６０３０５", TODAY },
    { "３－５", TODAY }, { "＋３", TODAY + 3 }, { "３月５日", TODAY }, { "1231", 20818 }, { "12-31", 20818 }, { "0101", 20454 }, { "2024-02-29", 19782 },
    { "20240229", 19782 }, { "1980-2-29", 3711 }, { "18000101", FIRST }, { "99991231", LAST },
    { "", DBK_DAY_NONE }, { " ", DBK_DAY_NONE }, { "0229", DBK_DAY_NONE }, { "2-29", DBK_DAY_NONE }, { "20260229", DBK_DAY_NONE }, { "2-30", DBK_DAY_NONE },
    { "13-1", DBK_DAY_NONE }, { "1-32", DBK_DAY_NONE }, { "0-5", DBK_DAY_NONE }, { "3-0", DBK_DAY_NONE }, { "305", DBK_DAY_NONE }, { "030", DBK_DAY_NONE },
    { "5", DBK_DAY_NONE }, { "2026", DBK_DAY_NONE }, { "260305", DBK_DAY_NONE }, { "2026-03", DBK_DAY_NONE }, { "2026-3/5", DBK_DAY_NONE },
    { "2026年3月5", DBK_DAY_NONE }, { "3月5", DBK_DAY_NONE }, { "2026-03-05x", DBK_DAY_NONE }, { "x", DBK_DAY_NONE }, { "tt", DBK_DAY_NONE },
    { "+", DBK_DAY_NONE }, { "+x", DBK_DAY_NONE }, { "+10000", DBK_DAY_NONE }, { "--1", DBK_DAY_NONE }, { "+-1", DBK_DAY_NONE }, { "5.3.2026", DBK_DAY_NONE },
    { "3-5-2026", DBK_DAY_NONE }, { "05-Mar-2026", DBK_DAY_NONE }, { "tomorrow", DBK_DAY_NONE }, { "明天", DBK_DAY_NONE }, { "\xff", DBK_DAY_NONE },
    { "17991231", DBK_DAY_NONE }, { "00000000", DBK_DAY_NONE }, { "99999999", DBK_DAY_NONE }, { "123456789", DBK_DAY_NONE }, { "٣-٥", DBK_DAY_NONE },
    { NULL, DBK_DAY_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      DbkDay read = 77;
      gboolean parsed = dbk_day_parse (rows[i].text, TODAY, &read, &error);

      if (parsed != (rows[i].day != DBK_DAY_NONE))
        g_test_fail_printf ("\"%s\" is %s", rows[i].text, parsed ? "read" : "refused");
      g_assert_cmpint (read, ==, rows[i].day != DBK_DAY_NONE ? rows[i].day : 77);
      if (!parsed)
        g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID);
    }
}

/* Counting from the first or the last day there is does not leave the calendar. */
static void
test_parse_at_the_ends (void)
{
  DbkDay read = 77;

  g_assert_true (dbk_day_parse ("-1", FIRST + 1, &read, NULL));
  g_assert_cmpint (read, ==, FIRST);
  g_assert_false (dbk_day_parse ("-1", FIRST, &read, NULL));
  g_assert_false (dbk_day_parse ("+1", LAST, &read, NULL));
  g_assert_cmpint (read, ==, FIRST);
  g_assert_true (dbk_day_parse ("0229", 19782 + 30, &read, NULL));
  g_assert_cmpint (read, ==, 19782);
}

static void
test_format (void)
{
  static const struct
  {
    DbkDay      day;
    const char *english, *weekday, *short_form;
    const char *chinese, *chinese_weekday, *chinese_short;
  } rows[] = {
    { TODAY, "05-Mar-2026", "Thu 05-Mar-2026", "05-Mar", "2026年3月5日", "2026年3月5日 周四", "3月5日" },
    { 20818, "31-Dec-2026", "Thu 31-Dec-2026", "31-Dec", "2026年12月31日", "2026年12月31日 周四", "12月31日" },
    { FIRST, "01-Jan-1800", "Wed 01-Jan-1800", "01-Jan", "1800年1月1日", "1800年1月1日 周三", "1月1日" },
    { LAST, "31-Dec-9999", "Fri 31-Dec-9999", "31-Dec", "9999年12月31日", "9999年12月31日 周五", "12月31日" },
    { DBK_DAY_NONE, "Not recorded", "Not recorded", "Not recorded", "未登记", "未登记", "未登记" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *english = dbk_day_format (rows[i].day, DBK_LANGUAGE_ENGLISH);
      g_autofree char *weekday = dbk_day_format_weekday (rows[i].day, DBK_LANGUAGE_ENGLISH);
      g_autofree char *short_form = dbk_day_format_short (rows[i].day, DBK_LANGUAGE_ENGLISH);
      g_autofree char *chinese = dbk_day_format (rows[i].day, DBK_LANGUAGE_CHINESE);
      g_autofree char *chinese_weekday = dbk_day_format_weekday (rows[i].day, DBK_LANGUAGE_CHINESE);
      g_autofree char *chinese_short = dbk_day_format_short (rows[i].day, DBK_LANGUAGE_CHINESE);

      g_assert_cmpstr (english, ==, rows[i].english);
      g_assert_cmpstr (weekday, ==, rows[i].weekday);
      g_assert_cmpstr (short_form, ==, rows[i].short_form);
      g_assert_cmpstr (chinese, ==, rows[i].chinese);
      g_assert_cmpstr (chinese_weekday, ==, rows[i].chinese_weekday);
      g_assert_cmpstr (chinese_short, ==, rows[i].chinese_short);
    }
}

static void
test_lists (void)
{
  static const struct
  {
    DbkDay      days[8];
    gsize       n;
    const char *english;
    const char *chinese;
  } rows[] = {
    { { 0 }, 0, "", "" },
    { { TODAY }, 1, "5 Mar", "3月5日" },
    { { TODAY, TODAY + 1, TODAY + 2 }, 3, "5, 6, 7 Mar", "3月5、6、7日" },
    { { TODAY, TODAY + 1, TODAY + 2, TODAY + 3 }, 4, "5–8 Mar", "3月5–8日" },
    { { TODAY, TODAY + 2, TODAY + 3, TODAY + 4, TODAY + 5, TODAY + 9 }, 6, "5, 7–10, 14 Mar", "3月5、7–10、14日" },
    { { TODAY + 25, TODAY + 26, TODAY + 27, TODAY + 28 }, 4, "30, 31 Mar, 1, 2 Apr", "3月30、31日，4月1、2日" },
    { { TODAY, TODAY + 365 }, 2, "5 Mar, 5 Mar", "3月5日，3月5日" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *english = dbk_day_format_list (rows[i].days, rows[i].n, DBK_LANGUAGE_ENGLISH);
      g_autofree char *chinese = dbk_day_format_list (rows[i].days, rows[i].n, DBK_LANGUAGE_CHINESE);

      g_assert_cmpstr (english, ==, rows[i].english);
      g_assert_cmpstr (chinese, ==, rows[i].chinese);
    }
}

static void
test_age (void)
{
  static const struct
  {
    int born[3], today[3];
    int age;
  } rows[] = {
    { { 1980, 3, 5 }, { 2026, 3, 4 }, 45 }, { { 1980, 3, 5 }, { 2026, 3, 5 }, 46 }, { { 1980, 3, 6 }, { 2026, 3, 5 }, 45 },
    { { 1980, 2, 29 }, { 2026, 2, 28 }, 45 }, { { 1980, 2, 29 }, { 2026, 3, 1 }, 46 }, { { 1980, 2, 29 }, { 2024, 2, 28 }, 43 },
    { { 1980, 2, 29 }, { 2024, 2, 29 }, 44 }, { { 2026, 3, 5 }, { 2026, 3, 5 }, 0 }, { { 2025, 12, 31 }, { 2026, 1, 1 }, 0 },
    { { 1901, 1, 1 }, { 2026, 1, 1 }, 125 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (dbk_day_age (dbk_day_from_ymd (rows[i].born[0], rows[i].born[1], rows[i].born[2]),
                                  dbk_day_from_ymd (rows[i].today[0], rows[i].today[1], rows[i].today[2])), ==, rows[i].age);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/day/calendar", test_calendar);
  g_test_add_func ("/record/day/every-day", test_every_day);
  g_test_add_func ("/record/day/iso", test_iso);
  g_test_add_func ("/record/day/parse", test_parse);
  g_test_add_func ("/record/day/parse-at-the-ends", test_parse_at_the_ends);
  g_test_add_func ("/record/day/format", test_format);
  g_test_add_func ("/record/day/lists", test_lists);
  g_test_add_func ("/record/day/age", test_age);
  return g_test_run ();
}
