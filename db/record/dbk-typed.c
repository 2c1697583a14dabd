/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-typed"

#include "db/record/dbk-typed-private.h"

#define FULL_WIDTH_FIRST 0xff01 /* the full-width forms of '!' to '~', in the order of ASCII */
#define FULL_WIDTH_LAST 0xff5e
#define CHINESE_FULL_STOP 0x3002

static gunichar
fold_character (gunichar c)
{
  if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
    c = c - FULL_WIDTH_FIRST + '!';
  if (c == CHINESE_FULL_STOP)
    return '.';
  if (g_unichar_isspace (c))
    return ' ';
  return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

char *
_dbk_typed_fold (const char *text)
{
  g_autoptr(GString) folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  folded = g_string_new ("");
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (folded, fold_character (g_utf8_get_char (p)));
  return g_strstrip (g_string_free (g_steal_pointer (&folded), FALSE));
}
