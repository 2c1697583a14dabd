/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clinic days. A day is a count of days since 1970-01-01 (proleptic Gregorian), without a time zone:
 * which day it is at the clinic is decided once, in app/dbk-clock. Pure; any thread. */
#pragma once

#include "db/record/dbk-language.h"
#include "db/record/dbk-record-error.h"

G_BEGIN_DECLS

typedef gint32 DbkDay;

#define DBK_DAY_NONE G_MININT32 /* "not recorded", "open end" */

/* DBK_DAY_NONE if there is no such date. Years 1800 to 9999. */
DbkDay dbk_day_from_ymd (int year, int month, int day);

/* Any of the out arguments may be NULL. @day must be a day. */
void dbk_day_to_ymd (DbkDay day, int *year, int *month, int *day_of_month);

/* 1 = Monday … 7 = Sunday. */
int dbk_day_weekday (DbkDay day);

/* Strictly "2026-03-05". */
gboolean dbk_day_from_iso (const char *text, DbkDay *day, GError **error);
char    *dbk_day_to_iso   (DbkDay day);

/* Whole years from @born to @today: the age in the banner. */
int dbk_day_age (DbkDay born, DbkDay today);

/* What a person typed: "2026-03-05", "2026/3/5", "20260305", "2026年3月5日" are full dates; "3-5", "0305",
 * "3月5日" lie in the year of @today; "t" or "今天" is today, "+3" and "-1" count from it. Full-width
 * digits are read. Anything else is refused with INVALID and stays refused: never silently today, and @day is
 * untouched. */
gboolean dbk_day_parse (const char *text, DbkDay today, DbkDay *day, GError **error);

/* "05-Mar-2026" / "2026年3月5日". DBK_DAY_NONE is "Not recorded" / "未登记". */
char *dbk_day_format (DbkDay day, DbkLanguage language);

/* "Thu 05-Mar-2026" / "2026年3月5日 周四". */
char *dbk_day_format_weekday (DbkDay day, DbkLanguage language);

/* "05-Mar" / "3月5日", for lists where the year is plain. */
char *dbk_day_format_short (DbkDay day, DbkLanguage language);

/* Ascending days in one breath: "8, 9, 10 Nov" / "11月8、9、10日"; a new month starts a new group, and a run
 * of four or more days is a range: "8–12 Nov" / "11月8–12日". "" for none. */
char *dbk_day_format_list (const DbkDay *days, gsize n_days, DbkLanguage language);

G_END_DECLS
