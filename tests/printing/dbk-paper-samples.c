/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/printing/dbk-paper-samples.h"

char *
dbk_sample_dup_code (DbkCodeKind kind,
                     guint       n)
{
  guint8 payload[DBK_CODE_PAYLOAD_SIZE];
  GRand *rand = g_rand_new_with_seed (n + 1);

  for (guint i = 0; i < DBK_CODE_PAYLOAD_SIZE; i++)
    payload[i] = (guint8) g_rand_int_range (rand, 0, 256);
  g_rand_free (rand);
  return dbk_code_new (kind, payload);
}

DbkSlip
dbk_sample_slip (const char  *code,
                 DbkLanguage  language)
{
  return (DbkSlip) {
    .language = language,
    .number = "0421",
    .dose_ug = 60000,
    .volume_ul = 12000,
    .ug_per_ml = 5000,
    .day = dbk_day_from_ymd (2026, 3, 5),
    .minute_of_day = 8 * 60 + 12,
    .next_day = dbk_day_from_ymd (2026, 3, 6),
    .site = "C1",
    .code = code,
    .created_ms = G_GINT64_CONSTANT (1772669520000),
  };
}

DbkSlip
dbk_sample_full_slip (const char  *code,
                      DbkLanguage  language)
{
  gboolean chinese = language == DBK_LANGUAGE_CHINESE;
  DbkSlip slip = dbk_sample_slip (code, language);

  slip.number = SAMPLE_LONG_NUMBER;
  slip.name = chinese ? SAMPLE_LONG_CHINESE_NAME : SAMPLE_LONG_NAME;
  slip.drug = chinese ? "美沙酮口服溶液" : "methadone oral solution";
  slip.dose_ug = 1052500;
  slip.volume_ul = 1052500;
  slip.ug_per_ml = 1000;
  slip.site = chinese ? "第一人民医院美丽乡村卫生服务站（河畔分站）" : "Outreach point at the village health post B";
  slip.reprint = 2;
  slip.demo = TRUE;
  return slip;
}

GBytes *
dbk_sample_write (DbkDocument *document)
{
  g_autoptr(GError) error = NULL;
  GBytes *pdf = NULL;

  g_assert_nonnull (document);
  dbk_document_write_pdf (document, &pdf, &error);
  g_assert_no_error (error);
  dbk_document_unref (document);
  return pdf;
}
