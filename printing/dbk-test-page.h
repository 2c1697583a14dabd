/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printer's test page: whether a millimetre is a millimetre, whether the edges are there, whether Chinese comes out
 * right, and a code for the scanner. */
#pragma once

#include "db/record/dbk-day.h"
#include "printing/dbk-paper.h"

G_BEGIN_DECLS

/* Borrowed while the document is made. */
typedef struct
{
  DbkLanguage  language;
  const char  *printer;        /* the queue's name; may be NULL */
  const char  *code;           /* a test code, 20 characters */
  const char  *version;        /* of the program */
  DbkDay       printed_day;
  int          printed_minute; /* of the clinic's day */
  gint64       created_ms;     /* wall clock, ms since 1970 UTC; into the file's properties only */
} DbkTestPage;

/* Any media but CARD_SHEET_A4, which is A4 to a printer. NULL with DBK_PAPER_ERROR. */
DbkDocument *dbk_test_page_new_document (const DbkTestPage  *page,
                                         DbkMedia            media,
                                         int                 dpi,
                                         GError            **error);

G_END_DECLS
