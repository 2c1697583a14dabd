/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words on paper, in both languages. They do not come from gettext: paper has the language it was asked for, which need
 * not be the one of the screen. No word here names a drug, an illness or a treatment. Strings returned are owned by
 * the caller, except those of dbk_paper_word (). */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_WORD_DEMO_DOSE,   /* what is on this paper did not happen */
  DBK_WORD_DEMO,
  DBK_WORD_NUMBER,
  DBK_WORD_DOSE,
  DBK_WORD_DAY,
  DBK_WORD_TIME,
  DBK_WORD_NEXT_DAY,
  DBK_WORD_SITE,
  DBK_WORD_SHEET_TITLE,
  DBK_WORD_SHEET_HOW,
  DBK_WORD_SHEET_EMPTY,
  DBK_WORD_NAME,
  DBK_WORD_DOSE_COLUMN,
  DBK_WORD_VOLUME,
  DBK_WORD_NOTE,
  DBK_WORD_NOT_GIVEN,
  DBK_WORD_SIGNATURE,
  DBK_WORD_NO_DOSE,
  /* what goes to a point on paper */
  DBK_WORD_SLIP,
  DBK_WORD_VOUCHER,
  DBK_WORD_VOUCHER_HOW,
  DBK_WORD_PATIENT_SIGNS,
  DBK_WORD_GIVER_SIGNS,
  DBK_WORD_DID_NOT_COME,
  DBK_WORD_REFUSED,
  DBK_WORD_INTOXICATED,
  DBK_WORD_OTHER,
  DBK_WORD_SLIPS_TITLE,
  DBK_WORD_SLIPS_HOW,
  DBK_WORD_LIST_TITLE,
  DBK_WORD_DAYS,
  DBK_WORD_SLIPS,
  DBK_WORD_PATIENTS,
  DBK_WORD_TOTAL_VOLUME,
  DBK_WORD_LOT,
  DBK_WORD_STRENGTH,
  DBK_WORD_LOT_EXPIRES,
  DBK_WORD_HANDED_OVER,
  DBK_WORD_RECEIVED,
  DBK_WORD_VOLUME_BACK,
  DBK_WORD_TEST_TITLE,
  DBK_WORD_TEST_RULER,
  DBK_WORD_TEST_LINES,
  DBK_WORD_TEST_SCAN,
  DBK_WORD_TEST_FRAME
} DbkPaperWord;

const char *dbk_paper_word (DbkPaperWord word,
                            DbkLanguage  language);

/* "Thu 2026-03-05" / "2026-03-05 周四": on paper a date is ISO in both languages. */
char *dbk_paper_day (DbkDay      day,
                     DbkLanguage language);

/* "08:12" */
char *dbk_paper_time (int minute_of_day);

/* "REPRINT 2" / "补打 第2次" */
char *dbk_paper_reprint (guint       reprint,
                         DbkLanguage language);

/* "of 1 mg per mL" / "每毫升 1 mg" */
char *dbk_paper_strength (gint64      ug_per_ml,
                          DbkLanguage language);

/* "500 patients · 1 mg per mL" / "500 人 · 每毫升 1 mg"; without the second part for 0. */
char *dbk_paper_totals (gsize       n_rows,
                        gint64      ug_per_ml,
                        DbkLanguage language);

/* "Thu 2026-03-05 – Wed 2026-03-11"; one day if they are the same. */
char *dbk_paper_days (DbkDay      from,
                      DbkDay      to,
                      DbkLanguage language);

/* "Missed 3 days or more in a row: give nothing, telephone the clinic." */
char *dbk_paper_stop_after (gint        missed_days,
                            DbkLanguage language);

/* "Page 1 of 28" / "第 1 页 / 共 28 页" */
char *dbk_paper_page_of (guint       page,
                         guint       n_pages,
                         DbkLanguage language);

/* "Printed 2026-03-05 06:40 by li.na" / "2026-03-05 06:40 由 li.na 打印"; @user may be NULL. */
char *dbk_paper_printed (DbkDay      day,
                         int         minute_of_day,
                         const char *user,
                         DbkLanguage language);

G_END_DECLS
