/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-manifest.h"

#include <string.h>

#include "db/dbk-fact-log-private.h"

DbkManifest *
dbk_manifest_new (void)
{
  DbkManifest *self = g_new0 (DbkManifest, 1);

  self->needs = g_array_new (FALSE, FALSE, sizeof (DbkTip));
  self->tips = g_array_new (FALSE, FALSE, sizeof (DbkTip));
  return self;
}

void
dbk_manifest_free (DbkManifest *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->writer);
  g_free (self->site);
  g_free (self->site_code);
  g_free (self->site_name);
  g_free (self->for_site);
  g_free (self->program);
  g_free (self->by);
  g_clear_pointer (&self->needs, g_array_unref);
  g_clear_pointer (&self->tips, g_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_free (self);
}

/* ---- writing ---- */

static void
set_hex (JsonObject   *object,
         const char   *name,
         const guint8 *data,
         gsize         size)
{
  g_autofree char *text = dbk_keys_format_hex (data, size);

  json_object_set_string_member (object, name, text);
}

static void
set_tips (JsonObject *object,
          const char *name,
          GArray     *tips)
{
  JsonArray *array = json_array_sized_new (tips->len);

  for (guint i = 0; i < tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (tips, DbkTip, i);
      JsonObject *element = json_object_new ();

      json_object_set_string_member (element, "writer", tip->writer);
      json_object_set_int_member (element, "seq", tip->seq);
      set_hex (element, "hash", tip->hash, sizeof tip->hash);
      json_array_add_object_element (array, element);
    }
  json_object_set_array_member (object, name, array);
}

static void
set_ids (JsonObject *object,
         const char *name,
         GPtrArray  *ids)
{
  JsonArray *array;

  if (ids == NULL)
    return;
  array = json_array_sized_new (ids->len);
  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (ids, i));
  json_object_set_array_member (object, name, array);
}

static void
set_given (JsonObject *object,
           GPtrArray  *given)
{
  JsonArray *array;

  if (given == NULL)
    return;
  array = json_array_sized_new (given->len);
  for (guint i = 0; i < given->len; i++)
    {
      const DbkGiven *one = g_ptr_array_index (given, i);
      JsonObject *element = json_object_new ();

      json_object_set_string_member (element, "lot", one->lot);
      json_object_set_string_member (element, "site", one->site);
      json_object_set_int_member (element, "volume_ul", one->volume_ul);
      json_array_add_object_element (array, element);
    }
  json_object_set_array_member (object, "given", array);
}

char *
dbk_manifest_write (const DbkManifest *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  dbk_body_set_text (object, "file", self->file);
  dbk_body_set_text (object, "writer", self->writer);
  dbk_body_set_text (object, "site", self->site);
  dbk_body_set_text (object, "site_code", self->site_code);
  dbk_body_set_text (object, "site_name", self->site_name);
  dbk_body_set_text (object, "for_site", self->for_site);
  json_object_set_int_member (object, "made_ms", self->made_ms);
  json_object_set_int_member (object, "hlc", self->hlc);
  json_object_set_int_member (object, "schema", self->schema);
  dbk_body_set_text (object, "program", self->program);
  dbk_body_set_text (object, "by", self->by);
  set_tips (object, "needs", self->needs);
  set_tips (object, "tips", self->tips);
  json_object_set_int_member (object, "facts", self->facts);
  json_object_set_int_member (object, "doses", self->doses);
  json_object_set_int_member (object, "dose_ug", self->dose_ug);
  json_object_set_int_member (object, "volume_ul", self->volume_ul);
  set_ids (object, "shown", self->shown);
  set_ids (object, "holds", self->holds);
  set_given (object, self->given);
  json_object_set_int_member (object, "database_size", self->database_size);
  set_hex (object, "database_digest", self->database_digest, sizeof self->database_digest);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* ---- reading ---- */

static gboolean
take_text (JsonObject  *object,
           const char  *name,
           gsize        most,
           char       **text,
           GError     **error)
{
  const char *value;

  if (!dbk_body_get_text (object, name, &value, error))
    return FALSE;
  *text = g_strndup (value, most);
  return TRUE;
}

static gboolean
take_count (JsonObject  *object,
            const char  *name,
            gint64      *value,
            GError     **error)
{
  if (!dbk_body_get_int (object, name, value, error))
    return FALSE;
  if (*value >= 0)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A site file says less than nothing of \"%s\"", name);
  return FALSE;
}

static gboolean
read_tip (JsonNode  *node,
          DbkTip    *tip,
          GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *writer, *hash;

  if (object != NULL && dbk_body_get_text (object, "writer", &writer, NULL) && strlen (writer) == DBK_WRITER_LENGTH &&
      dbk_body_get_text (object, "hash", &hash, NULL) && dbk_keys_parse_hex (hash, tip->hash, sizeof tip->hash, "tip", NULL) &&
      dbk_body_get_int (object, "seq", &tip->seq, NULL) && tip->seq > 0)
    {
      g_strlcpy (tip->writer, writer, sizeof tip->writer);
      return TRUE;
    }
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A site file's tip is malformed");
  return FALSE;
}

static gboolean
take_tips (JsonObject  *object,
           const char  *name,
           GArray      *tips,
           GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A site file has no list \"%s\"", name);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      DbkTip tip;

      if (!read_tip (json_array_get_element (array, i), &tip, error))
        return FALSE;
      g_array_append_val (tips, tip);
    }
  return TRUE;
}

static gboolean
take_ids (JsonObject  *object,
          const char  *name,
          GPtrArray  **ids,
          GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node == NULL)
    return TRUE;
  *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *id = JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING ? json_node_get_string (element) : NULL;

      if (id == NULL)
        array = NULL;
      else
        g_ptr_array_add (*ids, g_strdup (id));
    }
  if (array != NULL)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A site file's list \"%s\" is malformed", name);
  return FALSE;
}

static DbkGiven *
read_given (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *lot, *site;
  gint64 volume_ul;
  DbkGiven *given;

  if (object == NULL || !dbk_body_get_text (object, "lot", &lot, NULL) || !dbk_body_get_text (object, "site", &site, NULL) ||
      !dbk_body_get_int (object, "volume_ul", &volume_ul, NULL))
    return NULL;
  given = g_new0 (DbkGiven, 1);
  given->lot = g_strndup (lot, DBK_WRITER_LENGTH);
  given->site = g_strndup (site, DBK_WRITER_LENGTH);
  given->volume_ul = volume_ul;
  return given;
}

static gboolean
take_given (JsonObject  *object,
            GPtrArray  **given,
            GError     **error)
{
  JsonNode *node = json_object_get_member (object, "given");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node == NULL)
    return TRUE;
  *given = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_given_free);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      DbkGiven *one = read_given (json_array_get_element (array, i));

      if (one == NULL)
        array = NULL;
      else
        g_ptr_array_add (*given, one);
    }
  if (array != NULL)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A site file's list \"given\" is malformed");
  return FALSE;
}

#define BY_MAX 200 /* bytes of a person's name */

/* Not said by an older program. */
static char *
take_name (JsonObject *object)
{
  const char *name = dbk_body_text_or_null (object, "by");

  return name != NULL && strlen (name) <= BY_MAX ? g_strdup (name) : NULL;
}

static gboolean
read_members (JsonObject   *object,
              DbkManifest  *self,
              GError      **error)
{
  const char *digest;
  gint64 schema;

  if (!take_text (object, "file", DBK_FILE_ID_LENGTH, &self->file, error) || !take_text (object, "writer", DBK_WRITER_LENGTH, &self->writer, error) ||
      !take_text (object, "site", 16, &self->site, error) || !take_text (object, "site_code", 64, &self->site_code, error) ||
      !take_text (object, "site_name", 400, &self->site_name, error) || !take_text (object, "for_site", 16, &self->for_site, error) ||
      !take_text (object, "program", 64, &self->program, error) || !take_count (object, "made_ms", &self->made_ms, error) ||
      !take_count (object, "hlc", &self->hlc, error) || !take_count (object, "schema", &schema, error) ||
      !take_tips (object, "needs", self->needs, error) || !take_tips (object, "tips", self->tips, error) ||
      !take_count (object, "facts", &self->facts, error) || !take_count (object, "doses", &self->doses, error) ||
      !take_count (object, "dose_ug", &self->dose_ug, error) || !take_count (object, "volume_ul", &self->volume_ul, error) ||
      !take_ids (object, "shown", &self->shown, error) || !take_ids (object, "holds", &self->holds, error) ||
      !take_given (object, &self->given, error) ||
      !take_count (object, "database_size", &self->database_size, error) || !dbk_body_get_text (object, "database_digest", &digest, error))
    return FALSE;
  self->schema = (gint) MIN (schema, G_MAXINT);
  self->by = take_name (object);
  return dbk_keys_parse_hex (digest, self->database_digest, sizeof self->database_digest, "digest", error);
}

DbkManifest *
dbk_manifest_read (const guint8  *text,
                   gsize          size,
                   GError       **error)
{
  g_autoptr(JsonObject) object = dbk_body_parse ((const char *) text, size, error);
  g_autoptr(DbkManifest) self = dbk_manifest_new ();

  return object != NULL && read_members (object, self, error) ? g_steal_pointer (&self) : NULL;
}
