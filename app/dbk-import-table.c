/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-import"

#include "app/dbk-import-table.h"

#include <glib/gi18n.h>

/* A file that is wrong from end to end is not listed from end to end. */
#define PROBLEMS_MOST 200

static void
free_problem (DbkImportProblem *problem)
{
  g_free (problem->reason);
  g_free (problem);
}

DbkImportReport *
dbk_import_report_new (void)
{
  DbkImportReport *report = g_new0 (DbkImportReport, 1);

  report->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) free_problem);
  return report;
}

void
dbk_import_report_free (DbkImportReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->problems);
  g_free (self);
}

void
dbk_import_report_add (DbkImportReport *report,
                       guint            line,
                       const char      *format,
                       ...)
{
  DbkImportProblem *problem;
  va_list args;

  report->wrong++;
  if (report->problems->len >= PROBLEMS_MOST)
    return;
  problem = g_new0 (DbkImportProblem, 1);
  problem->line = line;
  va_start (args, format);
  problem->reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (report->problems, problem);
}

static gint
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const DbkImportProblem *one = *(const DbkImportProblem *const *) a, *other = *(const DbkImportProblem *const *) b;

  return (one->line > other->line) - (one->line < other->line);
}

void
dbk_import_report_sort (DbkImportReport *report)
{
  g_ptr_array_sort (report->problems, compare_problems);
}

void
dbk_import_table_clear (DbkImportTable *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

static gint
find_column (const DbkCsvRow *header,
             const char      *name)
{
  for (guint i = 0; i < header->n_fields; i++)
    {
      g_autofree char *field = g_utf8_casefold (g_strstrip (header->fields[i]), -1);

      if (strcmp (field, name) == 0)
        return (gint) i;
    }
  return -1;
}

gboolean
dbk_import_table_read (DbkImportTable     *self,
                       GBytes             *table,
                       const char *const  *names,
                       guint               n_required,
                       GError            **error)
{
  self->rows = dbk_csv_read (table, error);
  if (self->rows == NULL)
    return FALSE;
  if (self->rows->len == 0)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("The file is empty"));
      return FALSE;
    }
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_assert (i < G_N_ELEMENTS (self->columns));
      self->columns[i] = find_column (g_ptr_array_index (self->rows, 0), names[i]);
      if (self->columns[i] < 0 && i < n_required)
        {
          g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, "The first line has no column \"%s\"", names[i]);
          return FALSE;
        }
    }
  g_ptr_array_remove_index (self->rows, 0);
  return TRUE;
}

char *
dbk_import_table_dup (const DbkImportTable *self,
                      const DbkCsvRow      *row,
                      guint                 column)
{
  gint place = self->columns[column];
  g_autofree char *text = NULL;

  if (place < 0 || (guint) place >= row->n_fields)
    return NULL;
  text = g_strstrip (g_strdup (row->fields[place]));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

char *
dbk_import_digest (GBytes *table)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, table);
}
