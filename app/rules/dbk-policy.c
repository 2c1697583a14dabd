/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-policy"

#include "app/rules/dbk-policy.h"

#include <gio/gio.h>
#include <string.h>

#include "app/rules/dbk-policy-private.h"
#include "db/record/dbk-quantity.h"
#include "db/record/dbk-words-private.h"

#define SHIPPED "/org/dosebook/policies"
#define SUFFIX ".json"
#define WORD_MAX 64
#define UG_PER_MG 1000

/* Where a word names its bound, the bound stands between these two. */
static const struct
{
  const char *before;
  const char *after;
} action_words[] = {
  [DBK_ACTION_AS_ORDERED] = { "as-ordered", NULL },
  [DBK_ACTION_AS_ORDERED_IF_WELL] = { "as-ordered-if-well", NULL },
  [DBK_ACTION_TELL_PRESCRIBER] = { "tell-prescriber", NULL },
  [DBK_ACTION_HALF] = { "half", NULL },
  [DBK_ACTION_LOWER_OF_HALF_AND_CAP] = { "lower-of-half-and-", "mg" },
  [DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR] = { "higher-of-half-and-", "mg" },
  [DBK_ACTION_PRESCRIBER_REVIEW] = { "prescriber-review", NULL },
  [DBK_ACTION_RESTART] = { "restart", NULL },
  [DBK_ACTION_NEW_INDUCTION] = { "new-induction", NULL },
  [DBK_ACTION_TREATMENT_REVIEW] = { "treatment-review", NULL },
};
G_STATIC_ASSERT (G_N_ELEMENTS (action_words) == DBK_N_ACTIONS);

static const char *const level_words[] = { "know", "answer", "stop", NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (level_words) == DBK_LEVEL_STOP + 2);

/* ---- the value ---- */

static void
clear_limit (DbkLimit *limit)
{
  g_free (limit->source);
  g_free (limit->article);
}

void
_dbk_missed_row_free (DbkMissedRow *row)
{
  if (row == NULL)
    return;
  g_free (row->source);
  g_free (row->article);
  g_free (row);
}

DbkPolicy *
dbk_policy_ref (DbkPolicy *self)
{
  g_atomic_ref_count_inc (&self->holders);
  return self;
}

void
dbk_policy_free (DbkPolicy *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->holders))
    return;
  g_free (self->name);
  g_free (self->version);
  g_free (self->title_en);
  g_free (self->title_zh);
  g_free (self->text_en);
  g_free (self->text_zh);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
  clear_limit (&self->first_dose_warn_ug);
  clear_limit (&self->first_dose_block_ug);
  clear_limit (&self->step_ug);
  clear_limit (&self->weekly_ug);
  clear_limit (&self->ceiling_warn_ug);
  clear_limit (&self->ceiling_block_ug);
  g_free (self);
}

/* ---- the profiles shipped ---- */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
dbk_policy_list_shipped (void)
{
  g_auto(GStrv) files = g_resources_enumerate_children (SHIPPED, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      if (g_str_has_suffix (files[i], SUFFIX))
        g_ptr_array_add (names, g_strndup (files[i], strlen (files[i]) - strlen (SUFFIX)));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

char *
dbk_policy_dup_shipped (const char  *name,
                        GError     **error)
{
  g_auto(GStrv) names = dbk_policy_list_shipped ();
  g_autofree char *path = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  /* Only what the list says: a name may come from a command line, and a path is not a name. */
  if (g_strv_contains ((const char *const *) names, name))
    {
      path = g_strconcat (SHIPPED "/", name, SUFFIX, NULL);
      bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    }
  if (bytes == NULL)
    {
      g_autofree char *choices = g_strjoinv (", ", names);

      g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "Not a policy that is shipped; there are: %s", choices);
      return NULL;
    }
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* ---- the rule ---- */

const DbkMissedRow *
dbk_policy_find_row (const DbkPolicy *self,
                     gint             missed)
{
  const DbkMissedRow *found = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; i < self->missed->len; i++)
    {
      const DbkMissedRow *row = g_ptr_array_index (self->missed, i);

      if (row->missed_from <= missed)
        found = row;
    }
  return found;
}

static gint64
propose_freely (const DbkPolicy    *self,
                const DbkMissedRow *row,
                gint64              last_ug)
{
  gint64 half = dbk_dose_half (last_ug, self->dose_step_ug);

  switch (row->action)
    {
    case DBK_ACTION_AS_ORDERED:
    case DBK_ACTION_AS_ORDERED_IF_WELL:
    case DBK_ACTION_TELL_PRESCRIBER:
      return last_ug;
    case DBK_ACTION_HALF:
      return half;
    case DBK_ACTION_LOWER_OF_HALF_AND_CAP:
      return MIN (half, row->bound_ug);
    case DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR:
      return MAX (half, row->bound_ug);
    case DBK_ACTION_RESTART:
    case DBK_ACTION_NEW_INDUCTION:
      return row->bound_ug;
    case DBK_ACTION_PRESCRIBER_REVIEW:
    case DBK_ACTION_TREATMENT_REVIEW:
    default:
      return 0;
    }
}

gint64
dbk_policy_propose (const DbkPolicy    *self,
                    const DbkMissedRow *row,
                    gint64              last_ordered_ug)
{
  g_return_val_if_fail (self != NULL, 0);
  if (row == NULL || last_ordered_ug <= 0)
    return 0;
  /* The floor of one table is more than the whole dose of some people. */
  return MIN (propose_freely (self, row, last_ordered_ug), last_ordered_ug);
}

/* ---- words ---- */

static void
print_mg (gint64  ug,
          char    buffer[WORD_MAX],
          gsize   at)
{
  gsize end;

  g_snprintf (buffer + at, WORD_MAX - at, "%" G_GINT64_FORMAT ".%03d", ug / UG_PER_MG, (int) (ug % UG_PER_MG));
  end = strlen (buffer);
  while (buffer[end - 1] == '0')
    end--;
  if (buffer[end - 1] == '.')
    end--;
  buffer[end] = '\0';
}

const char *
dbk_action_to_word (DbkAction action,
                    gint64    bound_ug,
                    char      buffer[WORD_MAX])
{
  g_return_val_if_fail ((guint) action < DBK_N_ACTIONS && bound_ug >= 0, NULL);
  if (action_words[action].after == NULL)
    return action_words[action].before;
  g_strlcpy (buffer, action_words[action].before, WORD_MAX);
  print_mg (bound_ug, buffer, strlen (buffer));
  g_strlcat (buffer, action_words[action].after, WORD_MAX);
  return buffer;
}

gboolean
_dbk_action_names_bound (DbkAction action)
{
  return action_words[action].after != NULL;
}

const char *
dbk_level_to_word (DbkLevel level)
{
  return _dbk_words_to (level_words, level);
}

gboolean
_dbk_level_from_word (const char *word,
                      DbkLevel   *level)
{
  guint value;

  if (!_dbk_words_from (level_words, "level", word, &value, NULL))
    return FALSE;
  *level = (DbkLevel) value;
  return TRUE;
}
