/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-quantity"

#include "db/record/dbk-quantity.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/record/dbk-typed-private.h"

#define NBSP "\u00a0"
#define MINUS "\u2212"
#define THOUSAND 1000
#define N_DECIMALS 3
#define N_DIGITS_MAX 15 /* more than any amount has, and few enough for 64 bits */

static gboolean
fail (DbkRecordError   code,
      const char      *message,
      GError         **error)
{
  g_set_error_literal (error, DBK_RECORD_ERROR, (gint) code, message);
  return FALSE;
}

gboolean
dbk_quantity_add (gint64    a,
                  gint64    b,
                  gint64   *sum,
                  GError  **error)
{
  gint64 result;

  if (__builtin_add_overflow (a, b, &result) || result > DBK_QUANTITY_MAX || result < -DBK_QUANTITY_MAX)
    return fail (DBK_RECORD_ERROR_RANGE, "The sum is larger than any amount of drug", error);
  *sum = result;
  return TRUE;
}

gboolean
dbk_volume_for_dose (gint64    dose_ug,
                     gint64    ug_per_ml,
                     gint64   *volume_ul,
                     GError  **error)
{
  gint64 scaled, volume;

  if (dose_ug < 0 || ug_per_ml <= 0)
    return fail (DBK_RECORD_ERROR_RANGE, "A dose is not negative and a concentration is more than nothing", error);
  if (__builtin_mul_overflow (dose_ug, THOUSAND, &scaled) || __builtin_add_overflow (scaled, ug_per_ml / 2, &scaled))
    return fail (DBK_RECORD_ERROR_RANGE, "The dose is larger than any amount of drug", error);
  volume = scaled / ug_per_ml;
  if (dose_ug > DBK_QUANTITY_MAX || ug_per_ml > DBK_QUANTITY_MAX || volume > DBK_QUANTITY_MAX)
    return fail (DBK_RECORD_ERROR_RANGE, "The dose is larger than any amount of drug", error);
  *volume_ul = volume;
  return TRUE;
}

gint64
dbk_dose_half (gint64 dose_ug,
               gint64 step_ug)
{
  gint64 half;

  g_return_val_if_fail (dose_ug >= 0 && step_ug >= 0, 0);
  half = dose_ug / 2;
  return step_ug > 0 ? half - half % step_ug : half;
}

/* ---- formatting ---- */

static void
append_grouped (GString *text,
                guint64  whole)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, whole);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
}

static char *
format_thousandths (gint64      value,
                    const char *unit)
{
  g_autoptr(GString) text = g_string_new (value < 0 ? MINUS : "");
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;
  guint part = (guint) (magnitude % THOUSAND);

  append_grouped (text, magnitude / THOUSAND);
  if (part > 0)
    {
      char decimals[N_DECIMALS + 1];
      gsize end = N_DECIMALS;

      g_snprintf (decimals, sizeof decimals, "%03u", part % THOUSAND);
      while (decimals[end - 1] == '0')
        end--;
      decimals[end] = '\0';
      g_string_append_printf (text, ".%s", decimals);
    }
  g_string_append_printf (text, NBSP "%s", unit);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
dbk_dose_format (gint64 dose_ug)
{
  return format_thousandths (dose_ug, "mg");
}

char *
dbk_volume_format (gint64 volume_ul)
{
  return format_thousandths (volume_ul, "mL");
}

char *
dbk_concentration_format (gint64      ug_per_ml,
                          DbkLanguage language)
{
  g_autofree char *mg = dbk_dose_format (ug_per_ml);

  if (language == DBK_LANGUAGE_CHINESE)
    return g_strconcat ("每毫升" NBSP, mg, NULL);
  return g_strconcat (mg, NBSP "per" NBSP "mL", NULL);
}

/* ---- parsing ---- */

static const char *const mass_words[] = { "mg", "毫克", "㎎", NULL };
static const char *const volume_words[] = { "ml", "毫升", "㎖", NULL };
static const char *const never_words[] = {
  "µg", "μg", "ug", "mcg", "㎍", "微克", "g", "克", "kg", "千克", "公斤", "µl", "μl", "ul", "㎕", "微升", "l", "升", "cc", "㏄", "%", NULL
};

static gboolean
check_unit (const char         *unit,
            const char *const  *own,
            const char *const  *foreign,
            GError            **error)
{
  if (*unit == '\0' || g_strv_contains (own, unit))
    return TRUE;
  if (g_strv_contains (foreign, unit) || g_strv_contains (never_words, unit))
    {
      g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_UNIT, "This field takes %s; %s is another unit and is not converted",
                   own[0], unit);
      return FALSE;
    }
  return fail (DBK_RECORD_ERROR_INVALID, N_("After the number there is something that is no unit"), error);
}

/* "1,500" but not "0,5", "15,00" or "1234,500": a comma that could stand for a point is never dropped. */
static gboolean
commas_are_well_placed (const char *text,
                        gsize       length)
{
  gboolean has_comma = FALSE;
  gsize group = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != ',')
        {
          group++;
          continue;
        }
      if (group == 0 || group > 3 || (has_comma && group != 3))
        return FALSE;
      has_comma = TRUE;
      group = 0;
    }
  return !has_comma || (group == 3 && *text != '0');
}

static gboolean
parse_whole (const char **cursor,
             gint64      *whole,
             guint       *n_digits,
             GError     **error)
{
  gsize length = strspn (*cursor, "0123456789,");

  *whole = 0;
  *n_digits = 0;
  if (!commas_are_well_placed (*cursor, length))
    return fail (DBK_RECORD_ERROR_INVALID, N_("Write decimals with a point; a comma stands only before groups of three"), error);
  for (const char *end = *cursor + length; *cursor < end; ++*cursor)
    {
      if (**cursor == ',')
        continue;
      *whole = *whole * 10 + (**cursor - '0');
      if (++*n_digits > N_DIGITS_MAX)
        return fail (DBK_RECORD_ERROR_RANGE, "The amount is larger than can be meant", error);
    }
  return TRUE;
}

static gboolean
parse_decimals (const char **cursor,
                gint64      *thousandths,
                guint       *n_digits,
                GError     **error)
{
  gsize length;
  gint64 weight = THOUSAND;

  *thousandths = 0;
  if (**cursor != '.')
    return TRUE;
  ++*cursor;
  length = strspn (*cursor, "0123456789");
  if (length == 0 || length > N_DECIMALS)
    return fail (DBK_RECORD_ERROR_INVALID, N_("After the point stand one to three digits"), error);
  for (const char *end = *cursor + length; *cursor < end; ++*cursor)
    {
      weight /= 10;
      *thousandths += (**cursor - '0') * weight;
      ++*n_digits;
    }
  return TRUE;
}

static gboolean
parse_thousandths (const char         *text,
                   const char *const  *own,
                   const char *const  *foreign,
                   gint64             *value,
                   GError            **error)
{
  g_autofree char *typed = text != NULL ? _dbk_typed_fold (text) : NULL;
  const char *p = typed;
  gint64 whole, part;
  guint n_digits;

  if (typed == NULL || *typed == '\0')
    return fail (DBK_RECORD_ERROR_INVALID, N_("An amount is needed"), error);
  if (!parse_whole (&p, &whole, &n_digits, error) || !parse_decimals (&p, &part, &n_digits, error))
    return FALSE;
  if (n_digits == 0)
    return fail (DBK_RECORD_ERROR_INVALID, N_("This is not an amount"), error);
  while (*p == ' ')
    p++;
  if (!check_unit (p, own, foreign, error))
    return FALSE;
  if (whole > DBK_QUANTITY_MAX / THOUSAND || whole * THOUSAND + part > DBK_QUANTITY_MAX)
    return fail (DBK_RECORD_ERROR_RANGE, "The amount is larger than can be meant", error);
  if (whole == 0 && part == 0)
    return fail (DBK_RECORD_ERROR_RANGE, "The amount must be more than nothing", error);
  *value = whole * THOUSAND + part;
  return TRUE;
}

gboolean
dbk_dose_parse (const char  *text,
                gint64      *dose_ug,
                GError     **error)
{
  return parse_thousandths (text, mass_words, volume_words, dose_ug, error);
}

gboolean
dbk_volume_parse (const char  *text,
                  gint64      *volume_ul,
                  GError     **error)
{
  return parse_thousandths (text, volume_words, mass_words, volume_ul, error);
}
