/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts of drug. Doses are integer micrograms (µg), volumes integer microlitres (µL), and a
 * concentration is micrograms per millilitre (µg per mL), a property of the lot. No float ever
 * touches a dose. Formatting and parsing follow one table, tested in tests/record/test-quantity.c:
 * number and unit are joined by U+00A0, a leading zero and no trailing one, a comma from 1,000, and U+2212
 * before what is less than nothing (a difference; never a dose).
 * Pure; any thread; strings returned are owned by the caller. */
#pragma once

#include "db/record/dbk-language.h"
#include "db/record/dbk-record-error.h"

G_BEGIN_DECLS

/* Nothing above this is a dose or a volume anybody can mean (1 kg, 1 m³); larger input is RANGE. */
#define DBK_QUANTITY_MAX G_GINT64_CONSTANT (1000000000000)

/* The volume that holds @dose_ug of a solution of @ug_per_ml, rounded to the nearest µL (half up).
 * FALSE with RANGE if an argument is negative, the concentration is 0, or the product overflows. */
gboolean dbk_volume_for_dose (gint64    dose_ug,
                              gint64    ug_per_ml,
                              gint64   *volume_ul,
                              GError  **error);

/* *sum = a + b, or FALSE with RANGE on overflow or a result beyond ±DBK_QUANTITY_MAX. */
gboolean dbk_quantity_add (gint64    a,
                           gint64    b,
                           gint64   *sum,
                           GError  **error);

/* Half of a dose, rounded down to a whole @step_ug (a measuring device's step; 0 = no rounding).
 * Down, because a rule must never propose more than it says. */
gint64 dbk_dose_half (gint64 dose_ug,
                      gint64 step_ug);

/* 60000 -> "60 mg", 500 -> "0.5 mg", 1500000 -> "1,500 mg", 52500 -> "52.5 mg"; the space is U+00A0. */
char *dbk_dose_format (gint64 dose_ug);

/* 60000 -> "60 mL", 500 -> "0.5 mL". */
char *dbk_volume_format (gint64 volume_ul);

/* 1000 -> "1 mg per mL" / "每毫升 1 mg", every space U+00A0. Never a slash: it reads as a 1. */
char *dbk_concentration_format (gint64      ug_per_ml,
                                DbkLanguage language);

/* What a person typed into a mg field -> µg. Accepts "60", "60mg", " 60 mg ", "60毫克", ".5", "60.0", "1,500",
 * full-width digits and full stop. @dose_ug is untouched if it is refused. Refuses with UNIT what names another unit ("60 ml", "60毫升"), with
 * INVALID a decimal comma, a sign, an empty text, a point without decimals, more than three decimals, and with
 * RANGE zero and what exceeds DBK_QUANTITY_MAX. */
gboolean dbk_dose_parse (const char  *text,
                         gint64      *dose_ug,
                         GError     **error);

/* The same for a mL field -> µL; a text that names mg is refused with UNIT. */
gboolean dbk_volume_parse (const char  *text,
                           gint64      *volume_ul,
                           GError     **error);

G_END_DECLS
