/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-words"

#include "db/record/dbk-words-private.h"

#include <string.h>

const char *
_dbk_words_to (const char *const *words,
               guint              value)
{
  g_return_val_if_fail (value < g_strv_length ((char **) words), NULL);
  return words[value];
}

gboolean
_dbk_words_from (const char *const  *words,
                 const char         *what,
                 const char         *word,
                 guint              *value,
                 GError            **error)
{
  g_autofree char *choices = NULL;

  for (guint i = 0; word != NULL && words[i] != NULL; i++)
    {
      if (strcmp (words[i], word) == 0)
        {
          *value = i;
          return TRUE;
        }
    }
  choices = g_strjoinv (", ", (char **) words);
  g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "Not a %s; it is one of: %s", what, choices);
  return FALSE;
}
