/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-csv"

#include "db/record/dbk-csv.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define LINE_END "\r\n"

/* So many characters that happen to be right UTF-8, before the first that is not, do not occur by chance in Chinese
 * text in GB18030. */
#define CERTAINLY_UTF8 8

/* ---- the text in the bytes ---- */

static gboolean
fail (guint        line,
      const char  *message,
      GError     **error)
{
  g_set_error (error, DBK_RECORD_ERROR, DBK_RECORD_ERROR_INVALID, "Line %u: %s", line, message);
  return FALSE;
}

static guint
line_of (const char *text,
         const char *at)
{
  guint line = 1;

  for (const char *p = text; p < at; p++)
    {
      if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
        line++;
    }
  return line;
}

static gsize
count_beyond_ascii (const char *text,
                    const char *end)
{
  gsize n = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    n += (guchar) *p >= 0x80;
  return n;
}

static char *
dup_without_mark (const char *text)
{
  return g_strdup (g_str_has_prefix (text, BYTE_ORDER_MARK) ? text + strlen (BYTE_ORDER_MARK) : text);
}

/* @text contains no NUL byte but the one at its end. */
static char *
decode (const char  *text,
        gsize        size,
        GError     **error)
{
  g_autofree char *decoded = NULL;
  const char *invalid;
  gsize n_read = 0;

  if (g_utf8_validate (text, -1, &invalid))
    return dup_without_mark (text);
  if (g_str_has_prefix (text, BYTE_ORDER_MARK) || count_beyond_ascii (text, invalid) >= CERTAINLY_UTF8)
    {
      fail (line_of (text, invalid), "not UTF-8, as what stands before it; the file is damaged", error);
      return NULL;
    }
  decoded = g_convert (text, (gssize) size, "UTF-8", "GB18030", &n_read, NULL, NULL);
  if (decoded == NULL || n_read < size)
    {
      fail (line_of (text, text + MIN (n_read, size)), "neither UTF-8 nor GB18030; save the table as \"CSV UTF-8\"", error);
      return NULL;
    }
  return dup_without_mark (decoded);
}

static char *
read_text (GBytes  *bytes,
           GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (size > 0 ? data : "", size);
  gsize length = strlen (text);

  if (length == size)
    return decode (text, size, error);
  fail (line_of (text, text + length), "a NUL byte; this is no table of text (UTF-16 perhaps: save it as \"CSV UTF-8\")", error);
  return NULL;
}

/* ---- rows ---- */

typedef struct
{
  const char *next;
  guint       line;
} Reader;

void
dbk_csv_row_free (DbkCsvRow *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->fields);
  g_free (self);
}

static gboolean
is_at_line_end (const Reader *self)
{
  return *self->next == '\0' || *self->next == '\n' || *self->next == '\r';
}

static void
pass_line_end (Reader *self)
{
  if (*self->next == '\0')
    return;
  self->next += self->next[0] == '\r' && self->next[1] == '\n' ? 2 : 1;
  self->line++;
}

/* By hand: strcspn() may walk to the end of the text for each field, as the address sanitizer's does. */
static char *
read_plain_field (Reader *self)
{
  const char *start = self->next;

  while (*self->next != ',' && !is_at_line_end (self))
    self->next++;
  return g_strndup (start, (gsize) (self->next - start));
}

static char *
read_quoted_field (Reader  *self,
                   GError **error)
{
  g_autoptr(GString) field = g_string_new ("");
  guint first_line = self->line;
  const char *quote;

  for (self->next++; (quote = strchr (self->next, '"')) != NULL; self->next = quote + 2)
    {
      g_string_append_len (field, self->next, quote - self->next);
      self->line += line_of (self->next, quote) - 1;
      self->next = quote + 1;
      if (*self->next != '"')
        break;
      g_string_append_c (field, '"');
    }
  if (quote == NULL)
    {
      fail (first_line, "a quoted field begins here and does not end", error);
      return NULL;
    }
  if (*self->next == ',' || is_at_line_end (self))
    return g_string_free (g_steal_pointer (&field), FALSE);
  fail (self->line, "text behind a closing quote; a quote within a quoted field is written twice", error);
  return NULL;
}

static DbkCsvRow *
read_row (Reader  *self,
          GError **error)
{
  g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DbkCsvRow) row = g_new0 (DbkCsvRow, 1);

  row->line = self->line;
  for (;;)
    {
      char *field = *self->next == '"' ? read_quoted_field (self, error) : read_plain_field (self);

      if (field == NULL)
        return NULL;
      g_ptr_array_add (fields, field);
      if (*self->next != ',')
        break;
      self->next++;
    }
  pass_line_end (self);
  row->n_fields = fields->len;
  g_ptr_array_add (fields, NULL);
  row->fields = (char **) g_ptr_array_steal (fields, NULL);
  return g_steal_pointer (&row);
}

GPtrArray *
dbk_csv_read (GBytes  *bytes,
              GError **error)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *text = NULL;
  Reader reader;

  g_return_val_if_fail (bytes != NULL, NULL);
  text = read_text (bytes, error);
  if (text == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_csv_row_free);
  for (reader = (Reader) { text, 1 }; *reader.next != '\0';)
    {
      DbkCsvRow *row;

      if (is_at_line_end (&reader))
        {
          pass_line_end (&reader);
          continue;
        }
      row = read_row (&reader, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* ---- writing ---- */

static gboolean
is_formula (const char *text)
{
  static const char *const beginnings[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (g_str_has_prefix (text, beginnings[i]))
        return TRUE;
    }
  return FALSE;
}

/* Looks at the end only: a table may be long. */
static gboolean
begins_row (const GString *csv)
{
  gsize mark = strlen (BYTE_ORDER_MARK), end = strlen (LINE_END);

  return (csv->len == mark && strcmp (csv->str, BYTE_ORDER_MARK) == 0) ||
         (csv->len >= end && strcmp (csv->str + csv->len - end, LINE_END) == 0);
}

void
dbk_csv_write_field (GString    *csv,
                     const char *text)
{
  gboolean is_first;

  g_return_if_fail (csv != NULL);
  if (csv->len == 0)
    g_string_append (csv, BYTE_ORDER_MARK);
  is_first = begins_row (csv);
  if (!is_first)
    g_string_append_c (csv, ',');
  if (text == NULL)
    text = "";
  /* An empty first field is quoted: the row is then not an empty line, and the next field sees that it is not the first. */
  if (strpbrk (text, ",\"\r\n") == NULL && !(is_first && *text == '\0'))
    {
      g_string_append_printf (csv, "%s%s", is_formula (text) ? "'" : "", text);
      return;
    }
  g_string_append (csv, is_formula (text) ? "\"'" : "\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

void
dbk_csv_write_end (GString *csv)
{
  g_return_if_fail (csv != NULL);
  g_string_append (csv, LINE_END);
}
