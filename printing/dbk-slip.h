/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dosing slip: what was given, when, and when to come again. The patient takes it along, so it says no more than
 * the clinic wants: number and dose always, name and drug only if they are set. Its code finds the dose in the record. */
#pragma once

#include "db/record/dbk-day.h"
#include "printing/dbk-paper.h"

G_BEGIN_DECLS

#define DBK_MINUTE_NONE (-1)

/* Borrowed while the document is made. What may be NULL is left out when it is NULL or "". */
typedef struct
{
  DbkLanguage  language;
  const char  *number;
  const char  *name;          /* may be NULL: only where the clinic wants it */
  const char  *drug;          /* may be NULL: the same */
  gint64       dose_ug;
  gint64       volume_ul;     /* 0: unknown, neither volume nor concentration is printed */
  gint64       ug_per_ml;     /* 0: unknown, the volume stands alone */
  DbkDay       day;           /* the day the dose is meant for */
  int          minute_of_day; /* clinic time, 8 * 60 + 12; DBK_MINUTE_NONE: no line */
  DbkDay       next_day;      /* DBK_DAY_NONE: no line */
  const char  *site;          /* may be NULL */
  const char  *code;          /* the dose's, 20 characters */
  guint        reprint;       /* 0: the first print; n: the nth reprint, and marked so */
  gboolean     demo;
  gint64       created_ms;    /* wall clock, ms since 1970 UTC; into the file's properties only */
} DbkSlip;

/* @media is ROLL_58, ROLL_80, A5 or A4. NULL with DBK_PAPER_ERROR. */
DbkDocument *dbk_slip_new_document (const DbkSlip  *slip,
                                    DbkMedia        media,
                                    int             dpi,
                                    GError        **error);

G_END_DECLS
