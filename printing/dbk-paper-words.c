/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-paper-words"

#include "printing/dbk-paper-words.h"

#include "db/record/dbk-quantity.h"

static const struct
{
  const char *english;
  const char *chinese;
} words[] = {
  [DBK_WORD_DEMO_DOSE]   = { "DEMONSTRATION · NOT A REAL DOSE", "演示 · 非真实记录" },
  [DBK_WORD_DEMO]        = { "DEMONSTRATION", "演示" },
  [DBK_WORD_NUMBER]      = { "No.", "编号" },
  [DBK_WORD_DOSE]        = { "DOSE", "剂量" },
  [DBK_WORD_DAY]         = { "Day", "日期" },
  [DBK_WORD_TIME]        = { "Time", "时间" },
  [DBK_WORD_NEXT_DAY]    = { "Next day", "下次" },
  [DBK_WORD_SITE]        = { "Site", "地点" },
  [DBK_WORD_SHEET_TITLE] = { "Paper sheet", "纸质登记表" },
  [DBK_WORD_SHEET_HOW]   = { "Write the time and sign, or write why it was not given. Scan the row's code to enter it later.",
                             "填写时间并签名；未发放请写明原因。之后扫描行首的码补录。" },
  [DBK_WORD_SHEET_EMPTY] = { "Nobody is on this list.", "名单为空。" },
  [DBK_WORD_NAME]        = { "Name", "姓名" },
  [DBK_WORD_DOSE_COLUMN] = { "Dose", "剂量" },
  [DBK_WORD_VOLUME]      = { "Volume", "体积" },
  [DBK_WORD_NOTE]        = { "Note", "备注" },
  [DBK_WORD_NOT_GIVEN]   = { "Not given", "未发放" },
  [DBK_WORD_SIGNATURE]   = { "Signature", "签名" },
  [DBK_WORD_NO_DOSE]     = { "none", "无" },
  [DBK_WORD_SLIP] = { "Dosing slip", "服药单" },
  [DBK_WORD_VOUCHER] = { "Voucher for a guest dose", "外点服药凭证" },
  [DBK_WORD_VOUCHER_HOW] = { "Show this at the dosing point, each of these days. It is valid there and nowhere else.", "请在上述日期于该服药点出示，仅在该点有效。" },
  [DBK_WORD_PATIENT_SIGNS] = { "Patient signs", "服药人签名" },
  [DBK_WORD_GIVER_SIGNS] = { "Given by", "发药人签名" },
  [DBK_WORD_DID_NOT_COME] = { "did not come", "未到" },
  [DBK_WORD_REFUSED] = { "refused", "拒绝" },
  [DBK_WORD_INTOXICATED] = { "intoxicated", "疑似醉酒/过量" },
  [DBK_WORD_OTHER] = { "other: ______", "其他：______" },
  [DBK_WORD_SLIPS_TITLE] = { "Dosing slips for a service point", "服务点服药单" },
  [DBK_WORD_SLIPS_HOW] = { "One slip for each patient and day. Give only on its day and only with the slip. Write the time, sign both. Bring back every slip, used or not.", "每人每天一张。仅在当日凭单发放。填写时间，双方签名。无论是否使用，全部带回。" },
  [DBK_WORD_LIST_TITLE] = { "List in walking order", "按路线顺序名单" },
  [DBK_WORD_DAYS] = { "Days", "日期" },
  [DBK_WORD_SLIPS] = { "Slips", "张数" },
  [DBK_WORD_PATIENTS] = { "Patients", "人数" },
  [DBK_WORD_TOTAL_VOLUME] = { "Volume", "总体积" },
  [DBK_WORD_LOT] = { "Lot", "批号" },
  [DBK_WORD_STRENGTH] = { "Strength", "浓度" },
  [DBK_WORD_LOT_EXPIRES] = { "Use until", "有效期至" },
  [DBK_WORD_HANDED_OVER] = { "Handed over by", "交出人" },
  [DBK_WORD_RECEIVED] = { "Received by", "接收人" },
  [DBK_WORD_VOLUME_BACK] = { "Brought back, mL", "带回 mL" },
  [DBK_WORD_TEST_TITLE]  = { "Printer test", "打印测试" },
  [DBK_WORD_TEST_RULER]  = { "Lay a ruler here: millimetres", "用尺子核对：单位毫米" },
  [DBK_WORD_TEST_LINES]  = { "Lines of 1, 2, 3 and 4 dots", "线宽：1、2、3、4 点" },
  [DBK_WORD_TEST_SCAN]   = { "Scan this", "请扫描此码" },
  [DBK_WORD_TEST_FRAME]  = { "The frame is whole on all four sides.", "四边的边框应完整。" },
};

static const char *const weekdays[][2] = {
  { "Mon", "周一" }, { "Tue", "周二" }, { "Wed", "周三" }, { "Thu", "周四" },
  { "Fri", "周五" }, { "Sat", "周六" }, { "Sun", "周日" },
};

const char *
dbk_paper_word (DbkPaperWord word,
                DbkLanguage  language)
{
  g_return_val_if_fail (word < G_N_ELEMENTS (words), "");

  return language == DBK_LANGUAGE_CHINESE ? words[word].chinese : words[word].english;
}

char *
dbk_paper_day (DbkDay      day,
               DbkLanguage language)
{
  g_autofree char *iso = dbk_day_to_iso (day);
  const char *weekday = weekdays[dbk_day_weekday (day) - 1][language == DBK_LANGUAGE_CHINESE];

  return language == DBK_LANGUAGE_CHINESE ? g_strdup_printf ("%s %s", iso, weekday) : g_strdup_printf ("%s %s", weekday, iso);
}

char *
dbk_paper_time (int minute_of_day)
{
  return g_strdup_printf ("%02d:%02d", minute_of_day / 60, minute_of_day % 60);
}

char *
dbk_paper_reprint (guint       reprint,
                   DbkLanguage language)
{
  return language == DBK_LANGUAGE_CHINESE ? g_strdup_printf ("补打 第%u次", reprint) : g_strdup_printf ("REPRINT %u", reprint);
}

char *
dbk_paper_strength (gint64      ug_per_ml,
                    DbkLanguage language)
{
  g_autofree char *strength = dbk_concentration_format (ug_per_ml, language);

  return language == DBK_LANGUAGE_CHINESE ? g_steal_pointer (&strength) : g_strdup_printf ("of %s", strength);
}

static char *
count_patients (gsize       n_rows,
                DbkLanguage language)
{
  if (language == DBK_LANGUAGE_CHINESE)
    return g_strdup_printf ("%" G_GSIZE_FORMAT " 人", n_rows);
  return g_strdup_printf (n_rows == 1 ? "%" G_GSIZE_FORMAT " patient" : "%" G_GSIZE_FORMAT " patients", n_rows);
}

char *
dbk_paper_totals (gsize       n_rows,
                  gint64      ug_per_ml,
                  DbkLanguage language)
{
  g_autofree char *count = count_patients (n_rows, language);
  g_autofree char *strength = NULL;

  if (ug_per_ml <= 0)
    return g_steal_pointer (&count);
  strength = dbk_concentration_format (ug_per_ml, language);
  return g_strdup_printf ("%s · %s", count, strength);
}

char *
dbk_paper_days (DbkDay      from,
                DbkDay      to,
                DbkLanguage language)
{
  g_autofree char *first = dbk_paper_day (from, language), *last = dbk_paper_day (to, language);

  return from == to ? g_steal_pointer (&first) : g_strdup_printf ("%s – %s", first, last);
}

char *
dbk_paper_stop_after (gint        missed_days,
                      DbkLanguage language)
{
  if (language == DBK_LANGUAGE_CHINESE)
    return g_strdup_printf ("连续缺服 %d 天及以上：不得发放，电话联系门诊。", missed_days);
  return g_strdup_printf (missed_days == 1 ? "Missed %d day or more in a row: give nothing, telephone the clinic."
                                           : "Missed %d days or more in a row: give nothing, telephone the clinic.", missed_days);
}

char *
dbk_paper_page_of (guint       page,
                   guint       n_pages,
                   DbkLanguage language)
{
  return language == DBK_LANGUAGE_CHINESE ? g_strdup_printf ("第 %u 页 / 共 %u 页", page, n_pages)
                                          : g_strdup_printf ("Page %u of %u", page, n_pages);
}

char *
dbk_paper_printed (DbkDay      day,
                   int         minute_of_day,
                   const char *user,
                   DbkLanguage language)
{
  g_autofree char *iso = dbk_day_to_iso (day);
  g_autofree char *at = dbk_paper_time (minute_of_day);
  gboolean has_user = user != NULL && *user != '\0';

  if (language == DBK_LANGUAGE_CHINESE)
    return has_user ? g_strdup_printf ("%s %s 由 %s 打印", iso, at, user) : g_strdup_printf ("%s %s 打印", iso, at);
  return has_user ? g_strdup_printf ("Printed %s %s by %s", iso, at, user) : g_strdup_printf ("Printed %s %s", iso, at);
}
