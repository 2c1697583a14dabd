/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-policy"

#include "app/rules/dbk-policy.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "app/rules/dbk-policy-private.h"
#include "db/record/dbk-quantity.h"

#define FORMAT 1
#define TEXT_MAX 65536
#define NESTING_MAX 8
#define NAME_LENGTH_MAX 64
#define MISSED_FROM_MAX 365
#define DAYS_MAX 3650
#define MONTHS_MAX 1200
#define PERMILLE 1000

/* An object of the text, and the words that lead to it: "", "missed[2].", "limits.step_ug.". */
typedef struct
{
  JsonObject *object;
  const char *path;
} Place;

static gboolean
refuse (const Place  *place,
        const char   *member,
        const char   *wrong,
        GError      **error)
{
  g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "%s%s: %s", place->path, member, wrong);
  return FALSE;
}

/* ---- members ---- */

/* A misspelt member would otherwise be as good as absent. */
static gboolean
knows_all (const Place        *place,
           const char *const  *known,
           GError            **error)
{
  g_autoptr(GList) members = json_object_get_members (place->object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      if (!g_strv_contains (known, l->data))
        return refuse (place, l->data, "there is no such member", error);
    }
  return TRUE;
}

static JsonNode *
find_value (const Place *place,
            const char  *member,
            GType        type)
{
  JsonNode *node = json_object_get_member (place->object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

static gboolean
read_text (const Place  *place,
           const char   *member,
           char        **text,
           GError      **error)
{
  JsonNode *node = find_value (place, member, G_TYPE_STRING);
  const char *read = node != NULL ? json_node_get_string (node) : NULL;

  if (read == NULL || is_blank (read))
    return refuse (place, member, "a text is needed", error);
  *text = g_strdup (read);
  return TRUE;
}

static gboolean
read_flag (const Place  *place,
           const char   *member,
           gboolean     *flag,
           GError      **error)
{
  JsonNode *node = find_value (place, member, G_TYPE_BOOLEAN);

  if (node == NULL)
    return refuse (place, member, "true or false is needed", error);
  *flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_whole (const Place  *place,
            const char   *member,
            gint64        least,
            gint64        most,
            gint64       *value,
            GError      **error)
{
  JsonNode *node = find_value (place, member, G_TYPE_INT64);
  gint64 read = node != NULL ? json_node_get_int (node) : 0;

  if (node == NULL || read < least || read > most)
    {
      g_autofree char *wrong = g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " is needed", least, most);

      return refuse (place, member, wrong, error);
    }
  *value = read;
  return TRUE;
}

static gboolean
read_count (const Place  *place,
            const char   *member,
            gint64        least,
            gint64        most,
            gint         *value,
            GError      **error)
{
  gint64 read;

  if (!read_whole (place, member, least, most, &read, error))
    return FALSE;
  *value = (gint) read;
  return TRUE;
}

static gboolean
enter (const Place  *place,
       const char   *member,
       const char   *path,
       Place        *inner,
       GError      **error)
{
  JsonNode *node = json_object_get_member (place->object, member);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (place, member, "an object is needed", error);
  inner->object = json_node_get_object (node);
  inner->path = path;
  return TRUE;
}

/* ---- rows ---- */

static gboolean
read_action (const Place   *place,
             DbkMissedRow  *row,
             GError       **error)
{
  g_autofree char *word = NULL;

  if (!read_text (place, "action", &word, error))
    return FALSE;
  for (guint i = 0; i < DBK_N_ACTIONS; i++)
    {
      char buffer[64];

      /* The word that names its bound is a word only with that bound: the two cannot contradict each other. */
      if (strcmp (word, dbk_action_to_word ((DbkAction) i, row->bound_ug, buffer)) == 0)
        {
          row->action = (DbkAction) i;
          return TRUE;
        }
    }
  return refuse (place, "action", "no such action, or its name and bound_ug differ", error);
}

static gboolean
changes_dose (DbkAction action)
{
  return action != DBK_ACTION_AS_ORDERED && action != DBK_ACTION_AS_ORDERED_IF_WELL && action != DBK_ACTION_TELL_PRESCRIBER;
}

static gboolean
check_bound (const Place         *place,
             const DbkMissedRow  *row,
             GError             **error)
{
  gboolean may_start = row->action == DBK_ACTION_RESTART || row->action == DBK_ACTION_NEW_INDUCTION;

  if (_dbk_action_names_bound (row->action) && row->bound_ug == 0)
    return refuse (place, "bound_ug", "this action needs one", error);
  if (!_dbk_action_names_bound (row->action) && !may_start && row->bound_ug != 0)
    return refuse (place, "bound_ug", "this action has none", error);
  return TRUE;
}

static gboolean
check_row (const Place         *place,
           const DbkMissedRow  *row,
           const DbkMissedRow  *before,
           GError             **error)
{
  if (before == NULL && row->missed_from != 1)
    return refuse (place, "from", "the first row begins at 1", error);
  if (before != NULL && row->missed_from <= before->missed_from)
    return refuse (place, "from", "more than in the row before is needed", error);
  if (before != NULL && row->level < before->level)
    return refuse (place, "level", "milder than the row before", error);
  if (changes_dose (row->action) && row->level != DBK_LEVEL_STOP)
    return refuse (place, "level", "only a physician changes a dose: this action is a stop", error);
  return check_bound (place, row, error);
}

static gboolean
read_level (const Place   *place,
            DbkMissedRow  *row,
            GError       **error)
{
  g_autofree char *word = NULL;

  if (!read_text (place, "level", &word, error))
    return FALSE;
  if (!_dbk_level_from_word (word, &row->level))
    return refuse (place, "level", "it is one of know, answer, stop", error);
  return TRUE;
}

static gboolean
read_row (const Place         *place,
          const DbkMissedRow  *before,
          DbkMissedRow        *row,
          GError             **error)
{
  static const char *const known[] = { "from", "action", "level", "bound_ug", "source", "article", "verified", NULL };

  if (!knows_all (place, known, error) ||
      !read_count (place, "from", 1, MISSED_FROM_MAX, &row->missed_from, error) ||
      (json_object_has_member (place->object, "bound_ug") &&
       !read_whole (place, "bound_ug", 0, DBK_QUANTITY_MAX, &row->bound_ug, error)))
    return FALSE;
  return read_action (place, row, error) &&
         read_level (place, row, error) &&
         read_text (place, "source", &row->source, error) &&
         read_text (place, "article", &row->article, error) &&
         read_flag (place, "verified", &row->verified, error) &&
         check_row (place, row, before, error);
}

static gboolean
read_missed (const Place  *place,
             DbkPolicy    *self,
             GError      **error)
{
  JsonNode *node = json_object_get_member (place->object, "missed");
  JsonArray *rows = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const DbkMissedRow *before = NULL;

  if (rows == NULL || json_array_get_length (rows) == 0)
    return refuse (place, "missed", "an array of rows is needed", error);
  self->verified = TRUE;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("missed[%u].", i);
      JsonNode *element = json_array_get_element (rows, i);
      DbkMissedRow *row = g_new0 (DbkMissedRow, 1);
      Place inner = { NULL, path };

      g_ptr_array_add (self->missed, row);
      if (!JSON_NODE_HOLDS_OBJECT (element))
        return refuse (&inner, "from", "a row is an object", error);
      inner.object = json_node_get_object (element);
      if (!read_row (&inner, before, row, error))
        return FALSE;
      self->verified = self->verified && row->verified;
      before = row;
    }
  return TRUE;
}

/* ---- limits ---- */

static gboolean
read_limit (const Place  *limits,
            const char   *member,
            DbkLimit     *limit,
            GError      **error)
{
  static const char *const known[] = { "value", "source", "article", "verified", NULL };
  g_autofree char *path = g_strconcat (limits->path, member, ".", NULL);
  Place place;

  return enter (limits, member, path, &place, error) &&
         knows_all (&place, known, error) &&
         read_whole (&place, "value", 1, DBK_QUANTITY_MAX, &limit->value, error) &&
         read_text (&place, "source", &limit->source, error) &&
         read_text (&place, "article", &limit->article, error) &&
         read_flag (&place, "verified", &limit->verified, error);
}

static gboolean
check_pair (const Place     *limits,
            const char      *member,
            const DbkLimit  *warn,
            const DbkLimit  *block,
            GError         **error)
{
  if (warn->value > block->value)
    return refuse (limits, member, "refuses less than is asked about", error);
  return TRUE;
}

static gboolean
read_limits (const Place  *top,
             DbkPolicy    *self,
             GError      **error)
{
  static const char *const known[] = {
    "first_dose_warn_ug", "first_dose_block_ug", "step_ug", "weekly_ug", "ceiling_warn_ug", "ceiling_block_ug", NULL
  };
  Place limits;

  return enter (top, "limits", "limits.", &limits, error) &&
         knows_all (&limits, known, error) &&
         read_limit (&limits, "first_dose_warn_ug", &self->first_dose_warn_ug, error) &&
         read_limit (&limits, "first_dose_block_ug", &self->first_dose_block_ug, error) &&
         read_limit (&limits, "step_ug", &self->step_ug, error) &&
         read_limit (&limits, "weekly_ug", &self->weekly_ug, error) &&
         read_limit (&limits, "ceiling_warn_ug", &self->ceiling_warn_ug, error) &&
         read_limit (&limits, "ceiling_block_ug", &self->ceiling_block_ug, error) &&
         check_pair (&limits, "first_dose_block_ug", &self->first_dose_warn_ug, &self->first_dose_block_ug, error) &&
         check_pair (&limits, "ceiling_block_ug", &self->ceiling_warn_ug, &self->ceiling_block_ug, error);
}

/* ---- the whole ---- */

static gboolean
read_both (const Place  *top,
           const char   *member,
           const char   *path,
           char        **en,
           char        **zh,
           GError      **error)
{
  static const char *const known[] = { "en", "zh", NULL };
  Place place;

  return enter (top, member, path, &place, error) &&
         knows_all (&place, known, error) &&
         read_text (&place, "en", en, error) &&
         read_text (&place, "zh", zh, error);
}

static gboolean
read_covers (const Place  *top,
             DbkPolicy    *self,
             GError      **error)
{
  static const char *const known[] = { "take_home", "guest", "partial_permille", NULL };
  Place place;

  return enter (top, "covers", "covers.", &place, error) &&
         knows_all (&place, known, error) &&
         read_flag (&place, "take_home", &self->take_home_covers, error) &&
         read_flag (&place, "guest", &self->guest_covers, error) &&
         read_count (&place, "partial_permille", 1, PERMILLE, &self->partial_covers_permille, error);
}

static gboolean
check_name (const Place  *top,
            const char   *name,
            GError      **error)
{
  gsize length = strlen (name);

  if (length > NAME_LENGTH_MAX || strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
    return refuse (top, "name", "at most 64 of a-z, 0-9 and -", error);
  return TRUE;
}

static gboolean
read_policy (const Place  *top,
             DbkPolicy    *self,
             GError      **error)
{
  static const char *const known[] = {
    "format", "name", "version", "title", "text", "missed", "covers", "closure_counts", "exit_review_days", "limits", "photo_months",
    "stale_site_days", "dose_step_ug", NULL
  };
  gint format;

  return read_count (top, "format", FORMAT, FORMAT, &format, error) &&
         knows_all (top, known, error) &&
         read_text (top, "name", &self->name, error) &&
         check_name (top, self->name, error) &&
         read_text (top, "version", &self->version, error) &&
         read_both (top, "title", "title.", &self->title_en, &self->title_zh, error) &&
         read_both (top, "text", "text.", &self->text_en, &self->text_zh, error) &&
         read_missed (top, self, error) &&
         read_covers (top, self, error) &&
         read_flag (top, "closure_counts", &self->closure_counts, error) &&
         read_count (top, "exit_review_days", 0, DAYS_MAX, &self->exit_review_days, error) &&
         read_limits (top, self, error) &&
         read_count (top, "photo_months", 0, MONTHS_MAX, &self->photo_months, error) &&
         read_count (top, "stale_site_days", 0, DAYS_MAX, &self->stale_site_days, error) &&
         read_whole (top, "dose_step_ug", 1, DBK_QUANTITY_MAX, &self->dose_step_ug, error);
}

/* The parser below calls itself for every bracket it meets, as deep as a text from outside says. */
static gboolean
is_nested_too_deep (const char *json)
{
  gboolean in_text = FALSE;
  guint depth = 0;

  for (const char *p = json; *p != '\0'; p++)
    {
      if (in_text && *p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '"')
        in_text = !in_text;
      else if (!in_text && (*p == '{' || *p == '['))
        depth++;
      else if (!in_text && (*p == '}' || *p == ']') && depth > 0)
        depth--;
      if (depth > NESTING_MAX)
        return TRUE;
    }
  return FALSE;
}

DbkPolicy *
dbk_policy_parse (const char  *json,
                  GError     **error)
{
  g_autoptr(DbkPolicy) self = g_new0 (DbkPolicy, 1);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) why = NULL;
  JsonNode *root;
  Place top = { NULL, "" };

  g_atomic_ref_count_init (&self->holders);
  g_return_val_if_fail (json != NULL, NULL);

  self->missed = g_ptr_array_new_with_free_func ((GDestroyNotify) _dbk_missed_row_free);
  if (strlen (json) > TEXT_MAX || !g_utf8_validate (json, -1, NULL) || is_nested_too_deep (json))
    {
      g_set_error_literal (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "A policy is JSON in UTF-8, at most 64 KiB, at most 8 deep");
      return NULL;
    }
  if (!json_parser_load_from_data (parser, json, -1, &why))
    {
      g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "Not JSON: %s", why->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "A policy is a JSON object");
      return NULL;
    }
  top.object = json_node_get_object (root);
  return read_policy (&top, self, error) ? g_steal_pointer (&self) : NULL;
}
