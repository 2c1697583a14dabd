/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "config.h"

#include "ui/dbk-intake-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/dbk-coded-text.h"
#include "db/dbk-db-error.h"
#include "db/record/dbk-patient.h"
#include "ui/dbk-error-text.h"

char *
dbk_moment_text (const char *zone_name,
                 gint64      ms)
{
  g_autoptr(GTimeZone) named = g_time_zone_new_identifier (zone_name);
  g_autoptr(GTimeZone) zone = named != NULL ? g_steal_pointer (&named) : g_time_zone_new_utc ();
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);
  DbkDay day = dbk_day_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local));
  g_autofree char *date = dbk_day_format (day, dbk_text_language ());

  return g_strdup_printf ("%s %02d:%02d", date, g_date_time_get_hour (local), g_date_time_get_minute (local));
}

char *
dbk_intake_about_text (const DbkIntakeView *view,
                       const char          *zone_name)
{
  const DbkIntake *intake = view->intake;
  DbkLanguage language = dbk_text_language ();
  const char *by = intake->manifest->by != NULL ? intake->manifest->by : "—";
  g_autofree char *moment = dbk_moment_text (zone_name, intake->manifest->made_ms);
  /* Translators: a moment, a person's name. */
  g_autofree char *made = g_strdup_printf (_("Made %s by %s. Signature, sums and chain hold."), moment, by);
  g_autofree char *from = dbk_day_format (intake->from, language), *to = dbk_day_format (intake->to, language), *period = NULL;

  if (intake->from == DBK_DAY_NONE)
    return g_steal_pointer (&made);
  period = intake->from == intake->to ? g_strdup_printf (_("What is new is of %s."), from)
                                      /* Translators: first day, last day. */
                                      : g_strdup_printf (_("What is new is of %s to %s."), from, to);
  return g_strdup_printf ("%s\n%s", made, period);
}

char *
dbk_intake_collision_text (const DbkCollision *collision,
                           const char         *number)
{
  g_autofree char *shown = dbk_patient_number_format (number), *day = dbk_day_format (collision->day, dbk_text_language ());

  /* Translators: a patient's number, a day. */
  return g_strdup_printf (_("%s may have been dosed twice for %s"), shown, day);
}

static const struct
{
  const char *word;
  const char *text;
} attributes[] = {
  { "number", N_("number") },       { "name", N_("name") },   { "pinyin", N_("pinyin") },       { "born", N_("date of birth") },
  { "sex", N_("sex") },             { "phone", N_("phone") }, { "allergies", N_("allergies") }, { "state", N_("treatment") },
  { "photo", N_("photo") },
};

static const char *
attribute_text (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    if (strcmp (attributes[i].word, word) == 0)
      return _(attributes[i].text);
  return word;
}

char *
dbk_intake_conflict_title (const DbkConflict *conflict,
                           const char        *number)
{
  g_autofree char *shown = dbk_patient_number_format (number);

  /* Translators: a patient's number, then what was changed: "phone". */
  return g_strdup_printf (_("%s: %s was changed at both places"), shown, attribute_text (conflict->attribute));
}

static char *
show_value (const DbkConflict *conflict,
            const char        *value)
{
  if (value == NULL || *value == '\0' || strcmp (conflict->attribute, "photo") == 0)
    return g_strdup ("—");
  return strcmp (conflict->attribute, "phone") == 0 ? dbk_phone_mask (value) : g_strdup (value);
}

char *
dbk_intake_conflict_text (const DbkConflict *conflict)
{
  g_autofree char *here = show_value (conflict, conflict->here), *there = show_value (conflict, conflict->there);

  return conflict->here_wins ? g_strdup_printf (_("here: %s · there: %s. The later one holds: the one here."), here, there)
                             : g_strdup_printf (_("here: %s · there: %s. The later one holds: the one there."), here, there);
}

char *
dbk_intake_choice_text (const DbkConflict *conflict)
{
  g_autofree char *here = show_value (conflict, conflict->here), *there = show_value (conflict, conflict->there);

  return g_strdup_printf (_("here: %s · there: %s"), here, there);
}

char *
dbk_intake_kept_text (const DbkConflict *conflict)
{
  g_autofree char *here = show_value (conflict, conflict->here), *there = show_value (conflict, conflict->there);

  return conflict->here_wins ? g_strdup_printf (_("here: %s · there: %s. Kept: the one there."), here, there)
                             : g_strdup_printf (_("here: %s · there: %s. Kept: the one here."), here, there);
}

char *
dbk_intake_missing_text (const DbkMissingTip *missing)
{
  const char *code = missing->code != NULL ? missing->code : "?";

  return g_strdup_printf (_("This file goes on after fact %d of %s; here are %d of them. Nothing was taken in: ask for what is missing."),
                          (gint) missing->wanted, code, (gint) missing->here);
}

char *
dbk_site_file_error_text (const GError *error)
{
  if (error->domain != DBK_DB_ERROR)
    return dbk_error_text (error);
  if (error->code == DBK_DB_ERROR_CORRUPT)
    return g_strdup (_("This file is damaged, or was changed on the way. Nothing was taken in; ask for it again."));
  if (error->code == DBK_DB_ERROR_NOT_FOUND)
    return g_strdup (_("This file is for another computer, or comes from one that is not enrolled. Nothing was taken in."));
  if (error->code == DBK_DB_ERROR_TOO_NEW)
    return g_strdup (_("A newer version of the program wrote this file. Nothing was taken in; update this computer first."));
  if (error->code == DBK_DB_ERROR_NOT_OURS)
    return g_strdup (_("This is not a site file of Dosebook."));
  return dbk_error_text (error);
}
