/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Today's paper sheet, printed every morning against a power cut: a row for each patient who may come, with room for
 * time, signature and "not given", and a code with which the row is entered later. It carries names; it stays in
 * the clinic. Always A4. */
#pragma once

#include "db/record/dbk-day.h"
#include "printing/dbk-paper.h"

G_BEGIN_DECLS

/* All of it borrowed while the document is made. What may be NULL is left out when it is NULL or "". */
typedef struct
{
  const char *number;
  const char *name;      /* may be NULL */
  const char *note;      /* may be NULL: the finding that would stand at the counter, in few words */
  gint64      dose_ug;   /* 0: no dose today; the note says why */
  gint64      volume_ul; /* 0: unknown */
  const char *code;      /* the row's, 20 characters */
} DbkSheetRow;

typedef struct
{
  DbkLanguage        language;
  const DbkSheetRow *rows;
  gsize              n_rows;
  DbkDay             day;
  gint64             ug_per_ml;     /* 0: unknown */
  const char        *site;          /* may be NULL */
  const char        *filter;        /* may be NULL: which patients these are */
  const char        *user;          /* who printed it */
  DbkDay             printed_day;
  int                printed_minute; /* of the clinic's day */
  const char        *version;       /* of the program */
  gboolean           demo;
  gint64             created_ms;    /* wall clock, ms since 1970 UTC; into the file's properties only */
} DbkSheet;

/* NULL with DBK_PAPER_ERROR. Without rows it is one page that says so. */
DbkDocument *dbk_sheet_new_document (const DbkSheet  *sheet,
                                     int              dpi,
                                     GError         **error);

/* How many rows stand on a page at @dpi: 19 with the usual printers. */
guint dbk_sheet_rows_per_page (int dpi);

G_END_DECLS
