/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table with a header row: which column is which, and what is wrong with a line. */
#pragma once

#include "app/dbk-import.h"
#include "db/record/dbk-csv.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *rows;      /* DbkCsvRow without the header */
  gint       columns[8]; /* place of each wanted column; -1: not there */
} DbkImportTable;

void dbk_import_table_clear (DbkImportTable *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DbkImportTable, dbk_import_table_clear)

/* @names: NULL-terminated, at most 8; the first @n_required must be there. INVALID names what is missing. */
gboolean dbk_import_table_read (DbkImportTable *self, GBytes *table, const char *const *names, guint n_required, GError **error);

/* The text of column @column, without blanks around it; NULL if the row or the table does not have it or it is empty. The caller's. */
char *dbk_import_table_dup (const DbkImportTable *self, const DbkCsvRow *row, guint column);

/* Notes a problem with @line. */
void dbk_import_report_add (DbkImportReport *report, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Problems by line: they are found in several passes. */
void dbk_import_report_sort (DbkImportReport *report);

DbkImportReport *dbk_import_report_new (void);

/* The digest of a file, to name it by. The caller's. */
char *dbk_import_digest (GBytes *table);

G_END_DECLS
