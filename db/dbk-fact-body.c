/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/dbk-fact-log-private.h"

void
dbk_body_set_text (JsonObject *body,
                   const char *name,
                   const char *text)
{
  if (text != NULL)
    json_object_set_string_member (body, name, text);
}

void
dbk_body_set_day (JsonObject *body,
                  const char *name,
                  DbkDay      day)
{
  g_autofree char *iso = day != DBK_DAY_NONE ? dbk_day_to_iso (day) : NULL;

  dbk_body_set_text (body, name, iso);
}

static JsonNode *
find_value (JsonObject *body,
            const char *name,
            GType       type)
{
  JsonNode *node = json_object_get_member (body, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

static gboolean
fail (const char  *name,
      const char  *wanted,
      GError     **error)
{
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A fact has no %s \"%s\"", wanted, name);
  return FALSE;
}

gboolean
dbk_body_get_text (JsonObject  *body,
                   const char  *name,
                   const char **text,
                   GError     **error)
{
  JsonNode *node = find_value (body, name, G_TYPE_STRING);

  if (node == NULL)
    return fail (name, "text", error);
  *text = json_node_get_string (node);
  return TRUE;
}

gboolean
dbk_body_get_int (JsonObject  *body,
                  const char  *name,
                  gint64      *value,
                  GError     **error)
{
  JsonNode *node = find_value (body, name, G_TYPE_INT64);

  if (node == NULL)
    return fail (name, "whole number", error);
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
dbk_body_get_day (JsonObject  *body,
                  const char  *name,
                  DbkDay      *day,
                  GError     **error)
{
  const char *text;

  return dbk_body_get_text (body, name, &text, error) &&
         (dbk_day_from_iso (text, day, NULL) || fail (name, "day", error));
}

gboolean
dbk_body_get_day_or_none (JsonObject  *body,
                          const char  *name,
                          DbkDay      *day,
                          GError     **error)
{
  *day = DBK_DAY_NONE;
  return !json_object_has_member (body, name) || dbk_body_get_day (body, name, day, error);
}

const char *
dbk_body_text_or_null (JsonObject *body,
                       const char *name)
{
  JsonNode *node = find_value (body, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
dbk_body_int_or (JsonObject *body,
                 const char *name,
                 gint64      otherwise)
{
  JsonNode *node = find_value (body, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : otherwise;
}

gboolean
dbk_body_flag (JsonObject *body,
               const char *name)
{
  JsonNode *node = find_value (body, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/* ---- from text ---- */

#define DEPTH_MAX 8 /* no body of ours is deeper than 4 */

static gboolean
is_blank (const char *text,
          gsize       size)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/* The parser calls itself for every bracket: a text of nothing else would end the program. And it takes several values one behind the other for one,
 * forgetting the earlier ones: whoever reads the same text with another parser would read something else. */
static gboolean
is_one_shallow_object (const char *text,
                       gsize       size)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];

      if (depth == 0 && c != '{' && !g_ascii_isspace (c))
        return FALSE;
      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '['))
        depth++;
      else if (!in_string && (c == '}' || c == ']'))
        depth--;
      if (depth > DEPTH_MAX || depth < 0)
        return FALSE;
      if (depth == 0 && c == '}')
        return is_blank (text + i + 1, size - i - 1);
    }
  return FALSE;
}

JsonObject *
dbk_body_parse (const char  *text,
                gsize        size,
                GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = NULL;

  if (g_utf8_validate_len (text, size, NULL) && is_one_shallow_object (text, size) && json_parser_load_from_data (parser, text, (gssize) size, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A body is not JSON");
  return NULL;
}
