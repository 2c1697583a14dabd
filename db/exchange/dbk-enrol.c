/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-enrol.h"

#include <sodium.h>
#include <string.h>

#include "db/dbk-fact-log-private.h"
#include "db/dbk-setting-store.h"

#define ANSWER_DOMAIN "dosebook answer 1"

void
dbk_enrol_request_free (DbkEnrolRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->writer);
  g_free (self->name);
  g_free (self->place_code);
  g_free (self->place_name);
  g_free (self);
}

void
dbk_enrol_answer_free (DbkEnrolAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->writer);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->site_name);
  g_free (self->timezone);
  g_free (self->home_writer);
  g_free (self->home_site);
  g_free (self->home_name);
  g_free (self);
}

static char *
write_text (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static void
set_key (JsonObject   *object,
         const char   *name,
         const guint8 *key,
         gsize         size)
{
  g_autofree char *text = dbk_keys_format_hex (key, size);

  json_object_set_string_member (object, name, text);
}

static JsonObject *
read_text (const char  *text,
           gsize        size,
           const char  *what,
           GError     **error)
{
  JsonObject *object = size <= DBK_ENROL_TEXT_MAX ? dbk_body_parse (text, size, NULL) : NULL;

  if (object != NULL && dbk_body_int_or (object, what, 0) == 1)
    return object;
  g_clear_pointer (&object, json_object_unref);
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_OURS, "This is no %s of a dosing point", what);
  return NULL;
}

/* ---- the request ---- */

static gboolean
make_keys (DbkDb        *db,
           char        **writer,
           guint8        public_key[DBK_PUBLIC_KEY_SIZE],
           GError      **error)
{
  guint8 secret_key[DBK_SECRET_KEY_SIZE];
  g_autofree char *secret = NULL;
  gboolean done;

  if (!dbk_setting_get (db, DBK_SETTING_WRITER, writer, error) || !dbk_setting_get (db, DBK_SETTING_SECRET_KEY, &secret, error))
    return FALSE;
  if (*writer != NULL)
    {
      if (!dbk_keys_parse_hex (secret, secret_key, sizeof secret_key, "key of this computer", error))
        return FALSE;
      crypto_sign_ed25519_sk_to_pk (public_key, secret_key);
      sodium_memzero (secret_key, sizeof secret_key);
      return TRUE;
    }
  crypto_sign_keypair (public_key, secret_key);
  *writer = dbk_fact_log_new_id ();
  secret = dbk_keys_format_hex (secret_key, sizeof secret_key);
  done = dbk_setting_set (db, DBK_SETTING_WRITER, *writer, error) && dbk_setting_set (db, DBK_SETTING_SECRET_KEY, secret, error);
  sodium_memzero (secret_key, sizeof secret_key);
  sodium_memzero (secret, strlen (secret));
  return done;
}

char *
dbk_enrol_request_make (DbkDb       *db,
                        const char  *name,
                        const char  *place_code,
                        const char  *place_name,
                        GError     **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *writer = NULL, *site = NULL;
  guint8 public_key[DBK_PUBLIC_KEY_SIZE];

  if (!dbk_setting_get (db, DBK_SETTING_SITE, &site, error))
    return NULL;
  if (site != NULL)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "The record has been set up already");
      return NULL;
    }
  if (!make_keys (db, &writer, public_key, error))
    return NULL;
  json_object_set_int_member (object, "request", 1);
  dbk_body_set_text (object, "writer", writer);
  dbk_body_set_text (object, "name", name);
  dbk_body_set_text (object, "place_code", place_code);
  dbk_body_set_text (object, "place_name", place_name);
  set_key (object, "public_key", public_key, sizeof public_key);
  return write_text (object);
}

DbkEnrolRequest *
dbk_enrol_request_read (const char  *text,
                        gsize        size,
                        GError     **error)
{
  g_autoptr(JsonObject) object = read_text (text, size, "request", error);
  g_autoptr(DbkEnrolRequest) self = g_new0 (DbkEnrolRequest, 1);
  const char *writer, *name, *code, *place, *key;

  if (object == NULL || !dbk_body_get_text (object, "writer", &writer, error) || !dbk_body_get_text (object, "name", &name, error) ||
      !dbk_body_get_text (object, "place_code", &code, error) || !dbk_body_get_text (object, "place_name", &place, error) ||
      !dbk_body_get_text (object, "public_key", &key, error) ||
      !dbk_keys_parse_hex (key, self->public_key, sizeof self->public_key, "key in the request", error))
    return NULL;
  if (strlen (writer) != 16)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The request names no computer");
      return NULL;
    }
  self->writer = g_strdup (writer);
  self->name = g_strdup (name);
  self->place_code = g_strdup (code);
  self->place_name = g_strdup (place);
  return g_steal_pointer (&self);
}

/* ---- the answer ---- */

static JsonObject *
describe_answer (const DbkEnrolAnswer *answer)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "answer", 1);
  dbk_body_set_text (object, "writer", answer->writer);
  dbk_body_set_text (object, "site", answer->site);
  dbk_body_set_text (object, "site_code", answer->site_code);
  dbk_body_set_text (object, "site_name", answer->site_name);
  dbk_body_set_text (object, "timezone", answer->timezone);
  dbk_body_set_text (object, "home_writer", answer->home_writer);
  dbk_body_set_text (object, "home_site", answer->home_site);
  dbk_body_set_text (object, "home_name", answer->home_name);
  set_key (object, "home_key", answer->home_key, sizeof answer->home_key);
  return object;
}

char *
dbk_enrol_answer_write (DbkEnrolAnswer *answer,
                        const DbkKeys  *keys)
{
  g_autoptr(JsonObject) object = NULL;
  g_autofree char *unsigned_text = NULL;
  guint8 signature[DBK_SIGNATURE_SIZE];

  memcpy (answer->home_key, keys->public_key, sizeof answer->home_key);
  object = describe_answer (answer);
  unsigned_text = write_text (object);
  dbk_keys_sign (keys, ANSWER_DOMAIN, (const guint8 *) unsigned_text, strlen (unsigned_text), signature);
  set_key (object, "signature", signature, sizeof signature);
  return write_text (object);
}

static gboolean
read_answer (JsonObject      *object,
             DbkEnrolAnswer  *self,
             GError         **error)
{
  struct { const char *name; char **target; } members[] = {
    { "writer", &self->writer },     { "site", &self->site },               { "site_code", &self->site_code },
    { "site_name", &self->site_name }, { "timezone", &self->timezone },     { "home_writer", &self->home_writer },
    { "home_site", &self->home_site }, { "home_name", &self->home_name },
  };
  const char *text;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!dbk_body_get_text (object, members[i].name, &text, error))
        return FALSE;
      *members[i].target = g_strdup (text);
    }
  return dbk_body_get_text (object, "home_key", &text, error) &&
         dbk_keys_parse_hex (text, self->home_key, sizeof self->home_key, "key in the answer", error);
}

/* That whoever wrote it has the clinic's secret key. Whose key it is, the fingerprint says. */
DbkEnrolAnswer *
dbk_enrol_answer_read (const char  *text,
                       gsize        size,
                       GError     **error)
{
  g_autoptr(JsonObject) object = read_text (text, size, "answer", error), again = NULL;
  g_autoptr(DbkEnrolAnswer) self = g_new0 (DbkEnrolAnswer, 1);
  g_autofree char *unsigned_text = NULL;
  guint8 signature[DBK_SIGNATURE_SIZE];
  const char *hex;

  if (object == NULL || !read_answer (object, self, error) || !dbk_body_get_text (object, "signature", &hex, error) ||
      !dbk_keys_parse_hex (hex, signature, sizeof signature, "signature in the answer", error))
    return NULL;
  again = describe_answer (self);
  unsigned_text = write_text (again);
  if (strlen (self->writer) == 16 && strlen (self->site) == 16 && strlen (self->home_writer) == 16 && strlen (self->home_site) == 16 &&
      dbk_keys_verify (self->home_key, ANSWER_DOMAIN, (const guint8 *) unsigned_text, strlen (unsigned_text), signature))
    return g_steal_pointer (&self);
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The answer was changed on its way");
  return NULL;
}

static gboolean
check_accept (DbkDb                 *db,
              const DbkEnrolAnswer  *answer,
              GError               **error)
{
  g_autofree char *writer = NULL, *site = NULL;

  if (!dbk_setting_get (db, DBK_SETTING_WRITER, &writer, error) || !dbk_setting_get (db, DBK_SETTING_SITE, &site, error))
    return FALSE;
  if (site != NULL)
    {
      g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "The record has been set up already");
      return FALSE;
    }
  if (g_strcmp0 (writer, answer->writer) == 0)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "The answer is for another computer");
  return FALSE;
}

gboolean
dbk_enrol_accept (DbkDb                 *db,
                  const DbkEnrolAnswer  *answer,
                  GError               **error)
{
  g_autofree char *key = dbk_keys_format_hex (answer->home_key, sizeof answer->home_key);

  return check_accept (db, answer, error) && dbk_setting_set (db, DBK_SETTING_SITE, answer->site, error) &&
         dbk_setting_set (db, DBK_SETTING_HOME_WRITER, answer->home_writer, error) &&
         dbk_setting_set (db, DBK_SETTING_HOME_SITE, answer->home_site, error) && dbk_setting_set (db, DBK_SETTING_HOME_KEY, key, error) &&
         dbk_setting_set (db, DBK_SETTING_HOME_NAME, answer->home_name, error) &&
         dbk_setting_set (db, DBK_SETTING_SITE_CODE, answer->site_code, error) &&
         dbk_setting_set (db, DBK_SETTING_SITE_NAME, answer->site_name, error) &&
         dbk_setting_set (db, DBK_SETTING_SITE_TIMEZONE, answer->timezone, error);
}
