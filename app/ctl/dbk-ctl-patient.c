/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dosebookctl"

#include "app/ctl/dbk-ctl.h"
#include "app/dbk-coded-text.h"
#include "app/dbk-issue-card.h"
#include "app/dbk-register-patient.h"

#define FOUND_MOST 50

static struct
{
  char *reason;
  char *revoke;
} options;

static const GOptionEntry issue_options[] = {
  { "revoke-others", 0, 0, G_OPTION_ARG_STRING, &options.revoke, "Revoke the cards issued before: lost, damaged, left or other", "REASON" },
  { NULL },
};

static const GOptionEntry revoke_options[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "lost, damaged, left or other", "REASON" },
  { NULL },
};

/* ---- a patient as JSON ---- */

static gboolean
take_text (JsonObject  *object,
           const char  *name,
           char       **text,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL)
    return TRUE;
  g_clear_pointer (text, g_free);
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "\"%s\" is not a text", name);
      return FALSE;
    }
  *text = json_node_dup_string (node);
  return TRUE;
}

static gboolean
take_words (JsonObject  *object,
            DbkPatient  *patient,
            GError     **error)
{
  g_autofree char *born = NULL, *sex = NULL, *state = NULL;

  if (!take_text (object, "born", &born, error) || !take_text (object, "sex", &sex, error) || !take_text (object, "state", &state, error))
    return FALSE;
  return (born == NULL || dbk_day_from_iso (born, &patient->born, error)) &&
         (sex == NULL || dbk_sex_from_word (sex, &patient->sex, error)) &&
         (state == NULL || dbk_patient_state_from_word (state, &patient->state, error));
}

static gboolean
check_members (JsonObject  *object,
               GError     **error)
{
  static const char *const known[] = { "number", "name", "pinyin", "born", "sex", "phone", "allergies", "state", NULL };
  g_autoptr(GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      {
        g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "A patient has no \"%s\"", (const char *) l->data);
        return FALSE;
      }
  return TRUE;
}

/* Reads the JSON in @path into @patient; what it does not name stays as it is. */
static gboolean
read_patient (const char  *path,
              DbkPatient  *patient,
              GError     **error)
{
  g_autoptr(GBytes) bytes = dbk_ctl_read_file (path, error);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonObject *object;
  gsize size = 0;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, text != NULL ? text : "", (gssize) size, error))
    return FALSE;
  if (json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "A patient is one JSON object");
      return FALSE;
    }
  object = json_node_get_object (json_parser_get_root (parser));
  return check_members (object, error) && take_text (object, "number", &patient->number, error) &&
         take_text (object, "name", &patient->name, error) && take_text (object, "pinyin", &patient->pinyin, error) &&
         take_text (object, "phone", &patient->phone, error) && take_text (object, "allergies", &patient->allergies, error) &&
         take_words (object, patient, error);
}

static void
say_patient (DbkCtl           *ctl,
             const DbkPatient *patient)
{
  g_autofree char *number = dbk_patient_number_format (patient->number);
  g_autofree char *born = dbk_day_format (patient->born, dbk_text_language ());

  dbk_ctl_say (ctl, "%-14s %s%s%s  %s  %s  %s", number, patient->name, patient->pinyin != NULL ? "  " : "",
               patient->pinyin != NULL ? patient->pinyin : "", born, dbk_sex_text (patient->sex), dbk_state_text (patient->state));
}

/* ---- verbs ---- */

static DbkExit
register_patient (DbkCtl   *ctl,
                  int       argc,
                  char    **argv,
                  GError  **error)
{
  g_autoptr(DbkPatient) draft = dbk_patient_new ();
  gint similar = 0;

  if (!read_patient (argv[0], draft, error) || !dbk_register_patient (ctl->clinic, ctl->session, draft, &similar, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "patient", draft->id);
  json_object_set_string_member (ctl->out, "number", draft->number);
  json_object_set_int_member (ctl->out, "similar_names", similar);
  dbk_ctl_say (ctl, "Patient %s is registered.", draft->number);
  if (similar > 0)
    dbk_ctl_say (ctl, "%d other patients have a name that sounds the same.", similar);
  return DBK_EXIT_DONE;
}

static DbkExit
change (DbkCtl   *ctl,
        int       argc,
        char    **argv,
        GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);

  if (found == NULL || !read_patient (argv[1], found->patient, error) ||
      !dbk_change_patient (ctl->clinic, ctl->session, found->patient, error))
    return DBK_EXIT_FAILED;
  dbk_ctl_tell_patient (ctl->out, found->patient);
  say_patient (ctl, found->patient);
  return DBK_EXIT_DONE;
}

static DbkExit
show (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autofree char *phone = NULL;

  if (found == NULL)
    return DBK_EXIT_FAILED;
  phone = dbk_phone_mask (found->patient->phone);
  dbk_ctl_tell_patient (ctl->out, found->patient);
  dbk_ctl_set_text (ctl->out, "phone", found->patient->phone);
  dbk_ctl_set_text (ctl->out, "allergies", found->patient->allergies);
  dbk_ctl_set_day (ctl->out, "enrolled", found->patient->enrolled);
  dbk_ctl_set_day (ctl->out, "photo_taken", found->patient->photo_taken);
  say_patient (ctl, found->patient);
  if (phone != NULL)
    dbk_ctl_say (ctl, "%-14s %s", "", phone);
  return DBK_EXIT_DONE;
}

static DbkExit
tell_all (DbkCtl     *ctl,
          GPtrArray  *patients)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < patients->len; i++)
    {
      JsonObject *object = json_object_new ();

      dbk_ctl_tell_patient (object, g_ptr_array_index (patients, i));
      json_array_add_object_element (array, object);
      say_patient (ctl, g_ptr_array_index (patients, i));
    }
  json_object_set_array_member (ctl->out, "patients", array);
  return DBK_EXIT_DONE;
}

static char *
read_query (const char  *argument,
            GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  char *text;

  for (const char *p = argument; strcmp (argument, "-") != 0 && *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      {
        dbk_ctl_usage (error, "Names are personal: they come on standard input, with - as the argument");
        return NULL;
      }
  if (strcmp (argument, "-") != 0)
    return g_strdup (argument);
  bytes = dbk_ctl_read_file ("-", error);
  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "", g_bytes_get_size (bytes));
  text[strcspn (text, "\r\n")] = '\0';
  return text;
}

static DbkExit
find (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autofree char *query = read_query (argv[0], error);
  g_autoptr(GPtrArray) patients = query != NULL ? dbk_search_patients (ctl->clinic, ctl->session, query, FOUND_MOST, error) : NULL;

  return patients != NULL ? tell_all (ctl, patients) : DBK_EXIT_FAILED;
}

static DbkExit
list (DbkCtl   *ctl,
      int       argc,
      char    **argv,
      GError  **error)
{
  g_autoptr(GPtrArray) patients = NULL;

  if (!dbk_session_require (ctl->session, DBK_ACT_READ_PATIENT, error))
    return DBK_EXIT_FAILED;
  patients = dbk_patient_list (dbk_clinic_get_db (ctl->clinic), error);
  return patients != NULL ? tell_all (ctl, patients) : DBK_EXIT_FAILED;
}

static DbkExit
photo (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autoptr(GBytes) picture = found != NULL ? dbk_ctl_read_file (argv[1], error) : NULL;

  if (picture == NULL || !dbk_take_photo (ctl->clinic, ctl->session, found->patient->id, picture, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  dbk_ctl_say (ctl, "Patient %s has a new photo.", found->patient->number);
  return DBK_EXIT_DONE;
}

static DbkExit
issue (DbkCtl   *ctl,
       int       argc,
       char    **argv,
       GError  **error)
{
  g_autoptr(DbkFound) found = dbk_ctl_find (ctl, argv[0], error);
  g_autofree char *code = NULL;

  if (found == NULL || !dbk_issue_card (ctl->clinic, ctl->session, found->patient->id, options.revoke, &code, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "code", code);
  json_object_set_string_member (ctl->out, "number", found->patient->number);
  dbk_ctl_say (ctl, "%s", code);
  return DBK_EXIT_DONE;
}

static DbkExit
revoke_card (DbkCtl   *ctl,
             int       argc,
             char    **argv,
             GError  **error)
{
  if (options.reason == NULL)
    return dbk_ctl_usage (error, "Why? --reason lost, damaged, left or other");
  if (!dbk_revoke_card (ctl->clinic, ctl->session, argv[0], options.reason, error))
    return DBK_EXIT_FAILED;
  json_object_set_string_member (ctl->out, "revoked", argv[0]);
  dbk_ctl_say (ctl, "The card is revoked.");
  return DBK_EXIT_DONE;
}

const DbkCtlVerb dbk_ctl_patient_verbs[] = {
  { "patient", "register", DBK_NEEDS_PERSON, register_patient, "FILE|-", "A new patient, from a JSON object", NULL, 1, 1 },
  { "patient", "show", DBK_NEEDS_PERSON, show, "PATIENT-OR-CARD", "What is known of a patient", NULL, 1, 1 },
  { "patient", "find", DBK_NEEDS_PERSON, find, "NUMBER|-", "Search; names come on standard input", NULL, 1, 1 },
  { "patient", "list", DBK_NEEDS_PERSON, list, "", "Everybody", NULL, 0, 0 },
  { "patient", "change", DBK_NEEDS_PERSON, change, "PATIENT-OR-CARD FILE|-", "Change what a JSON object names", NULL, 2, 2 },
  { "patient", "photo", DBK_NEEDS_PERSON, photo, "PATIENT-OR-CARD FILE", "A new photo from a picture file", NULL, 2, 2 },
  { "card", "issue", DBK_NEEDS_PERSON, issue, "PATIENT-OR-CARD", "A new card", issue_options, 1, 1 },
  { "card", "revoke", DBK_NEEDS_PERSON, revoke_card, "CODE", "A card is lost", revoke_options, 1, 1 },
  { NULL },
};
