/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of how amounts are written and read. */
#include "db/record/dbk-quantity.h"

#define NBSP "\u00a0"
#define MOST DBK_QUANTITY_MAX

static void
test_format (void)
{
  static const struct
  {
    gint64      value;
    const char *number;
  } rows[] = {
    { 60000, "60" }, { 500, "0.5" }, { 1500000, "1,500" }, { 52500, "52.5" }, { 0, "0" }, { 1, "0.001" }, { 10, "0.01" }, { 100, "0.1" },
    { 1000, "1" }, { 1010, "1.01" }, { 1001, "1.001" }, { 999, "0.999" }, { 999999, "999.999" }, { 1000000, "1,000" }, { 1000001, "1,000.001" },
    { 100000000, "100,000" }, { 1234567890, "1,234,567.89" }, { MOST, "1,000,000,000" }, { -500, "\u22120.5" }, { -1500000, "\u22121,500" },
    { -1, "\u22120.001" }, { G_MAXINT64, "9,223,372,036,854,775.807" }, { G_MININT64, "\u22129,223,372,036,854,775.808" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *mg = g_strconcat (rows[i].number, NBSP "mg", NULL);
      g_autofree char *ml = g_strconcat (rows[i].number, NBSP "mL", NULL);
      g_autofree char *dose = dbk_dose_format (rows[i].value);
      g_autofree char *volume = dbk_volume_format (rows[i].value);

      g_assert_cmpstr (dose, ==, mg);
      g_assert_cmpstr (volume, ==, ml);
    }
}

static void
test_concentration (void)
{
  static const struct
  {
    gint64      ug_per_ml;
    const char *english;
    const char *chinese;
  } rows[] = {
    { 1000, "1" NBSP "mg" NBSP "per" NBSP "mL", "每毫升" NBSP "1" NBSP "mg" },
    { 10000, "10" NBSP "mg" NBSP "per" NBSP "mL", "每毫升" NBSP "10" NBSP "mg" },
    { 2500, "2.5" NBSP "mg" NBSP "per" NBSP "mL", "每毫升" NBSP "2.5" NBSP "mg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *english = dbk_concentration_format (rows[i].ug_per_ml, DBK_LANGUAGE_ENGLISH);
      g_autofree char *chinese = dbk_concentration_format (rows[i].ug_per_ml, DBK_LANGUAGE_CHINESE);

      g_assert_cmpstr (english, ==, rows[i].english);
      g_assert_cmpstr (chinese, ==, rows[i].chinese);
      g_assert_null (strchr (english, '/'));
    }
}

typedef struct
{
  const char *text;
  gint64      value; /* or, if it is refused: */
  int         code;
} ParseRow;

#define OK (-1)
#define INVALID DBK_RECORD_ERROR_INVALID
#define RANGE DBK_RECORD_ERROR_RANGE
#define UNIT DBK_RECORD_ERROR_UNIT

static const ParseRow either[] = {
  { "60", 60000, OK }, { " 60 ", 60000, OK }, { ".5", 500, OK }, { "0.5", 500, OK }, { "60.0", 60000, OK }, { "60.000", 60000, OK },
  { "1,500", 1500000, OK }, { "1500", 1500000, OK }, { "12,345,678.9", 12345678900, OK }, { "1,234", 1234000, OK }, { "999,999", 999999000, OK },
  { "６０", 60000, OK }, { "６０．５", 60500, OK }, { "60。5", 60500, OK }, { "　60　", 60000, OK }, { "１，５００", 1500000, OK }, { "0.001", 1, OK },
  { "007", 7000, OK }, { "1000000000", MOST, OK }, { "1,000,000,000", MOST, OK }, { "999999999.999", MOST - 1, OK }, { "\u00a0" "60", 60000, OK },
  { "\t60\n", 60000, OK },
  { "", 0, INVALID }, { " ", 0, INVALID }, { ".", 0, INVALID }, { "60.", 0, INVALID }, { "0,5", 0, INVALID }, { "1,50", 0, INVALID },
  { "1,5000", 0, INVALID }, { "1234,500", 0, INVALID }, { ",500", 0, INVALID }, { "1,,500", 0, INVALID }, { "0,500", 0, INVALID }, { "1,500,", 0, INVALID },
  { "1,500.0,0", 0, INVALID }, { "0.0001", 0, INVALID }, { "1.2345", 0, INVALID }, { "1.2.3", 0, INVALID }, { "-5", 0, INVALID }, { "+5", 0, INVALID },
  { "\u22125", 0, INVALID }, { "1e3", 0, INVALID }, { "0x10", 0, INVALID }, { "60 60", 0, INVALID }, { "6 0", 0, INVALID }, { "60²", 0, INVALID },
  { "½", 0, INVALID }, { "六十", 0, INVALID }, { "٦٠", 0, INVALID }, { "60 pills", 0, INVALID }, { "mg", 0, INVALID }, { "6O", 0, INVALID },
  { "1/2", 0, INVALID }, { "\xff", 0, INVALID }, { "60\xe6", 0, INVALID }, { "NaN", 0, INVALID }, { "inf", 0, INVALID }, { NULL, 0, INVALID },
  { "0", 0, RANGE }, { "0.0", 0, RANGE }, { "000", 0, RANGE }, { "1000000000.001", 0, RANGE }, { "1000000001", 0, RANGE }, { "9999999999", 0, RANGE },
  { "99999999999999999999999999", 0, RANGE }, { "9223372036854775808", 0, RANGE }, { "18446744073709551617", 0, RANGE },
  { "60 µg", 0, UNIT }, { "60 μg", 0, UNIT }, { "60ug", 0, UNIT }, { "60 mcg", 0, UNIT }, { "60g", 0, UNIT }, { "60 l", 0, UNIT }, { "60cc", 0, UNIT },
  { "60 克", 0, UNIT }, { "60升", 0, UNIT }, { "60%", 0, UNIT }, { "60 微克", 0, UNIT },
};

static const ParseRow of_mass[] = {
  { "60mg", 60000, OK }, { " 60 mg ", 60000, OK }, { "60 MG", 60000, OK }, { "60 Mg", 60000, OK }, { "60毫克", 60000, OK }, { "60 毫克", 60000, OK },
  { "６０ｍｇ", 60000, OK }, { "60㎎", 60000, OK }, { "60" NBSP "mg", 60000, OK }, { "1,500" NBSP "mg", 1500000, OK }, { ".5mg", 500, OK },
  { "60 ml", 0, UNIT }, { "60ml", 0, UNIT }, { "60 mL", 0, UNIT }, { "60毫升", 0, UNIT }, { "６０ｍｌ", 0, UNIT }, { "60㎖", 0, UNIT },
  { "60 mg/ml", 0, INVALID }, { "60 mgs", 0, INVALID }, { "60 m g", 0, INVALID }, { "mg 60", 0, INVALID }, { "60 mg.", 0, INVALID }, { "60 mg 60", 0, INVALID },
};

static const ParseRow of_volume[] = {
  { "60ml", 60000, OK }, { "60 mL", 60000, OK }, { "60 ML", 60000, OK }, { "60毫升", 60000, OK }, { "60㎖", 60000, OK }, { "６０ｍＬ", 60000, OK },
  { "60" NBSP "mL", 60000, OK },
  { "60mg", 0, UNIT }, { "60 毫克", 0, UNIT }, { "60 ㎎", 0, UNIT },
};

static void
assert_parses (gboolean        (*parse) (const char *, gint64 *, GError **),
               const ParseRow   *rows,
               gsize             n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 value = -77;
      gboolean parsed = parse (rows[i].text, &value, &error);

      if (parsed != (rows[i].code == OK) || (!parsed && !g_error_matches (error, DBK_RECORD_ERROR, rows[i].code)))
        g_test_fail_printf ("\"%s\": %s", rows[i].text, parsed ? "is read" : error->message);
      g_assert_cmpint (value, ==, parsed ? rows[i].value : -77);
      g_assert_true (parse (rows[i].text, &value, NULL) == parsed);
    }
}

static void
test_parse (void)
{
  assert_parses (dbk_dose_parse, either, G_N_ELEMENTS (either));
  assert_parses (dbk_volume_parse, either, G_N_ELEMENTS (either));
  assert_parses (dbk_dose_parse, of_mass, G_N_ELEMENTS (of_mass));
  assert_parses (dbk_volume_parse, of_volume, G_N_ELEMENTS (of_volume));
}

/* What is shown can be typed again. */
static void
test_there_and_back (void)
{
  for (gint64 value = 1; value <= MOST; value = value * 7 / 3 + 1)
    {
      g_autofree char *dose = dbk_dose_format (value);
      g_autofree char *volume = dbk_volume_format (value);
      gint64 read = 0;

      g_assert_true (dbk_dose_parse (dose, &read, NULL));
      g_assert_cmpint (read, ==, value);
      g_assert_true (dbk_volume_parse (volume, &read, NULL));
      g_assert_cmpint (read, ==, value);
      g_assert_false (dbk_dose_parse (volume, &read, NULL));
    }
}

static void
test_volume (void)
{
  static const struct
  {
    gint64   dose_ug;
    gint64   ug_per_ml;
    gboolean can;
    gint64   volume_ul;
  } rows[] = {
    { 60000, 1000, TRUE, 60000 }, { 60000, 10000, TRUE, 6000 }, { 60000, 2000, TRUE, 30000 }, { 52500, 1000, TRUE, 52500 }, { 500, 5000, TRUE, 100 },
    { 1, 2000, TRUE, 1 }, { 1, 2001, TRUE, 0 }, { 1, 3000, TRUE, 0 }, { 2, 3000, TRUE, 1 }, { 1, 1999, TRUE, 1 }, { 10000, 3000, TRUE, 3333 },
    { 20000, 3000, TRUE, 6667 }, { 0, 1000, TRUE, 0 }, { MOST, 1000, TRUE, MOST }, { MOST, MOST, TRUE, 1000 }, { MOST, 999, FALSE, 0 },
    { MOST + 1, 1000000, FALSE, 0 }, { 60000, 0, FALSE, 0 }, { 60000, -1000, FALSE, 0 }, { -1, 1000, FALSE, 0 }, { 1, MOST + 1, FALSE, 0 },
    { G_MAXINT64, 1, FALSE, 0 }, { G_MAXINT64, G_MAXINT64, FALSE, 0 }, { G_MININT64, G_MININT64, FALSE, 0 }, { 1, G_MAXINT64, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 volume = -77;
      gboolean can = dbk_volume_for_dose (rows[i].dose_ug, rows[i].ug_per_ml, &volume, &error);

      g_assert_cmpint (can, ==, rows[i].can);
      g_assert_cmpint (volume, ==, can ? rows[i].volume_ul : -77);
      if (!can)
        g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_RANGE);
    }
}

static void
test_sums (void)
{
  static const struct
  {
    gint64   a;
    gint64   b;
    gboolean can;
  } rows[] = {
    { 1, 2, TRUE }, { MOST, 0, TRUE }, { MOST - 1, 1, TRUE }, { -MOST, 0, TRUE }, { MOST, -MOST, TRUE }, { MOST, 1, FALSE }, { -MOST, -1, FALSE },
    { MOST + 1, -1, TRUE }, { G_MAXINT64, 1, FALSE }, { G_MININT64, -1, FALSE }, { G_MAXINT64, G_MAXINT64, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 sum = -77;
      gboolean can = dbk_quantity_add (rows[i].a, rows[i].b, &sum, &error);

      g_assert_cmpint (can, ==, rows[i].can);
      g_assert_cmpint (sum, ==, can ? rows[i].a + rows[i].b : -77);
      if (!can)
        g_assert_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_RANGE);
    }
}

static void
test_half (void)
{
  static const gint64 rows[][3] = {
    { 60000, 0, 30000 }, { 60000, 1000, 30000 }, { 65000, 1000, 32000 }, { 65000, 500, 32500 }, { 65000, 0, 32500 }, { 1, 0, 0 }, { 0, 1000, 0 },
    { 1999, 1000, 0 }, { 2000, 1000, 1000 }, { 65000, 5000, 30000 }, { 3, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 half = dbk_dose_half (rows[i][0], rows[i][1]);

      g_assert_cmpint (half, ==, rows[i][2]);
      g_assert_cmpint (2 * half, <=, rows[i][0]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/quantity/format", test_format);
  g_test_add_func ("/record/quantity/concentration", test_concentration);
  g_test_add_func ("/record/quantity/parse", test_parse);
  g_test_add_func ("/record/quantity/there-and-back", test_there_and_back);
  g_test_add_func ("/record/quantity/volume", test_volume);
  g_test_add_func ("/record/quantity/sums", test_sums);
  g_test_add_func ("/record/quantity/half", test_half);
  return g_test_run ();
}
