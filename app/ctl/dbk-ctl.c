/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/dbk-coded-text.h"
#include "app/dbk-finding-text.h"
#include "db/dbk-pin.h"
#include "db/record/dbk-quantity.h"

#define FILE_MOST (64 * 1024 * 1024)

G_DEFINE_QUARK (dbk-ctl-usage-quark, dbk_ctl_usage)

void
dbk_ctl_say (const DbkCtl *ctl,
             const char   *format,
             ...)
{
  va_list args;

  if (ctl->json)
    return;
  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  putchar ('\n');
}

DbkExit
dbk_ctl_usage (GError     **error,
               const char  *format,
               ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (dbk_ctl_usage_quark (), 0, format, args);
  va_end (args);
  return DBK_EXIT_USAGE;
}

DbkDay
dbk_ctl_day (const DbkCtl *ctl)
{
  return ctl->day != DBK_DAY_NONE ? ctl->day : dbk_clinic_today (ctl->clinic);
}

gboolean
dbk_ctl_parse_day (const DbkCtl  *ctl,
                   const char    *text,
                   DbkDay        *day,
                   GError       **error)
{
  if (text == NULL)
    return TRUE;
  if (strcmp (text, "none") == 0)
    *day = DBK_DAY_NONE;
  else if (strcmp (text, "today") == 0)
    *day = dbk_clinic_today (ctl->clinic);
  else if (strcmp (text, "yesterday") == 0)
    *day = dbk_clinic_today (ctl->clinic) - 1;
  else
    return dbk_day_from_iso (text, day, error);
  return TRUE;
}

gboolean
dbk_ctl_parse_time (const char  *text,
                    int         *minute_of_day,
                    GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  gint64 hour = 0, minute = 0;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_signed (parts[0], 10, 0, 23, &hour, NULL) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, 59, &minute, NULL))
    {
      dbk_ctl_usage (error, "A time is HH:MM");
      return FALSE;
    }
  *minute_of_day = (int) (hour * 60 + minute);
  return TRUE;
}

DbkFound *
dbk_ctl_find (DbkCtl      *ctl,
              const char  *handle,
              GError     **error)
{
  g_autoptr(DbkFound) found = dbk_find_patient (ctl->clinic, ctl->session, handle, error);

  if (found == NULL || !dbk_note_reading (ctl->clinic, ctl->session, found->patient->id, "command", error))
    return NULL;
  return g_steal_pointer (&found);
}

GPtrArray *
dbk_ctl_find_many (DbkCtl  *ctl,
                   int      n,
                   char   **handles,
                   GError **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < n; i++)
    {
      g_autoptr(DbkFound) found = dbk_ctl_find (ctl, handles[i], error);

      if (found == NULL)
        return NULL;
      g_ptr_array_add (ids, g_strdup (found->patient->id));
    }
  g_ptr_array_add (ids, NULL);
  return g_steal_pointer (&ids);
}

char *
dbk_ctl_read_pin (const char  *path,
                  GError     **error)
{
  g_autofree char *text = NULL;

  if (path == NULL)
    {
      dbk_ctl_usage (error, "A PIN comes from a file: --pin-file FILE");
      return NULL;
    }
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  return g_steal_pointer (&text);
}

char *
dbk_ctl_read_or_make_pin (const char  *path,
                          GError     **error)
{
  g_autofree char *pin = NULL, *line = NULL;

  if (path == NULL || g_file_test (path, G_FILE_TEST_EXISTS))
    return dbk_ctl_read_pin (path, error);
  pin = dbk_pin_mint ();
  line = g_strconcat (pin, "\n", NULL);
  if (!g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;
  return g_steal_pointer (&pin);
}

GBytes *
dbk_ctl_read_file (const char  *path,
                   GError     **error)
{
  g_autoptr(GInputStream) in = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GOutputStream) out = g_memory_output_stream_new_resizable ();
  char buffer[65536];
  gssize n;

  if (strcmp (path, "-") == 0)
    in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    {
      file = g_file_new_for_commandline_arg (path);
      in = G_INPUT_STREAM (g_file_read (file, NULL, error));
    }
  while (in != NULL && (n = g_input_stream_read (in, buffer, sizeof buffer, NULL, error)) >= 0)
    {
      if (n == 0)
        {
          g_output_stream_close (out, NULL, NULL);
          return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
        }
      if (g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)) > FILE_MOST)
        {
          g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "The file is larger than 64 MB");
          return NULL;
        }
      g_output_stream_write_all (out, buffer, (gsize) n, NULL, NULL, NULL);
    }
  return NULL;
}

static gboolean
missing (const char  *what,
         GError     **error)
{
  dbk_ctl_usage (error, "%s is missing", what);
  return FALSE;
}

gboolean
dbk_ctl_parse_dose (const char  *text,
                    gint64      *dose_ug,
                    GError     **error)
{
  return text != NULL ? dbk_dose_parse (text, dose_ug, error) : missing ("The dose", error);
}

gboolean
dbk_ctl_parse_volume (const char  *text,
                      gint64      *volume_ul,
                      GError     **error)
{
  return text != NULL ? dbk_volume_parse (text, volume_ul, error) : missing ("The volume", error);
}

/* ---- JSON ---- */

void
dbk_ctl_set_text (JsonObject *object,
                  const char *name,
                  const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

void
dbk_ctl_set_day (JsonObject *object,
                 const char *name,
                 DbkDay      day)
{
  g_autofree char *iso = day != DBK_DAY_NONE ? dbk_day_to_iso (day) : NULL;

  dbk_ctl_set_text (object, name, iso);
}

void
dbk_ctl_set_time (JsonObject *object,
                  const char *name,
                  DbkCtl     *ctl,
                  gint64      ms)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (dbk_clinic_get_site (ctl->clinic)->timezone);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *text = ms != 0 ? g_date_time_format_iso8601 (there != NULL ? there : utc) : NULL;

  dbk_ctl_set_text (object, name, text);
}

static JsonObject *
new_finding (const DbkFinding *finding,
             const char       *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", dbk_finding_code_to_word (finding->code));
  json_object_set_string_member (object, "level", dbk_level_to_word (finding->level));
  json_object_set_string_member (object, "title", dbk_finding_title (finding->code));
  json_object_set_string_member (object, "text", text);
  json_object_set_string_member (object, "lifted_by", dbk_lift_to_word (finding->lifted_by));
  if (finding->answer != NULL)
    json_object_set_string_member (object, "answer", finding->answer);
  if (finding->level == DBK_LEVEL_ANSWER)
    {
      JsonArray *choices = json_array_new ();

      for (const char *const *choice = dbk_finding_choices (finding->code); *choice != NULL; choice++)
        json_array_add_string_element (choices, *choice);
      json_object_set_array_member (object, "choices", choices);
    }
  return object;
}

static void
say_finding (const DbkCtl     *ctl,
             const DbkFinding *finding,
             const char       *text)
{
  static const char *const marks[] = { "  i ", "  ? ", "  X " };
  const char *lift = dbk_lift_text (finding);

  dbk_ctl_say (ctl, "%s%s. %s%s%s", marks[finding->level], dbk_finding_title (finding->code), text, *lift != '\0' ? " " : "", lift);
  if (finding->level != DBK_LEVEL_ANSWER)
    return;
  for (const char *const *choice = dbk_finding_choices (finding->code); *choice != NULL; choice++)
    dbk_ctl_say (ctl, "      --answer %s=%s%s  %s", dbk_finding_code_to_word (finding->code), *choice,
                 g_strcmp0 (*choice, finding->answer) == 0 ? " (answered)" : "", dbk_choice_text (finding->code, *choice));
}

void
dbk_ctl_tell_verdict (DbkCtl           *ctl,
                      JsonObject       *object,
                      const DbkVerdict *verdict,
                      const DbkPolicy  *policy)
{
  JsonArray *findings = json_array_new (), *notes = json_array_new ();

  json_object_set_string_member (object, "verdict", dbk_verdict_kind_to_word (verdict->kind));
  json_object_set_int_member (object, "dose_ug", verdict->dose_ug);
  json_object_set_int_member (object, "volume_ul", verdict->volume_ul);
  if (verdict->proposed_ug > 0)
    json_object_set_int_member (object, "proposed_ug", verdict->proposed_ug);
  for (guint i = 0; i < verdict->findings->len; i++)
    {
      const DbkFinding *finding = g_ptr_array_index (verdict->findings, i);
      g_autofree char *text = dbk_finding_text (finding, verdict, policy, dbk_clinic_get_site (ctl->clinic)->timezone);

      json_array_add_object_element (finding->level == DBK_LEVEL_KNOW ? notes : findings, new_finding (finding, text));
      say_finding (ctl, finding, text);
    }
  json_object_set_array_member (object, "findings", findings);
  json_object_set_array_member (object, "notes", notes);
}

void
dbk_ctl_tell_patient (JsonObject       *object,
                      const DbkPatient *patient)
{
  json_object_set_string_member (object, "number", patient->number);
  json_object_set_string_member (object, "name", patient->name);
  dbk_ctl_set_text (object, "pinyin", patient->pinyin);
  dbk_ctl_set_day (object, "born", patient->born);
  json_object_set_string_member (object, "sex", dbk_sex_to_word (patient->sex));
  json_object_set_string_member (object, "state", dbk_patient_state_to_word (patient->state));
}
