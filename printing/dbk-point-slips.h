/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to a dosing point that works on paper, as one document: a cover sheet with what must agree on both sides, the list in walking order,
 * and a slip for each patient and day with room for time and signature. The list carries names, for whoever doses must know who stands there; a
 * slip does so only where the clinic wants it. Also the voucher of a guest. */
#pragma once

#include "db/record/dbk-day.h"
#include "printing/dbk-paper.h"

G_BEGIN_DECLS

/* Borrowed while the document is made. */
typedef struct
{
  const char *number;
  const char *name;      /* may be NULL */
  DbkDay      day;
  DbkDay      until;     /* of a slip the same */
  gint64      dose_ug;
  gint64      volume_ul; /* 0: unknown */
  const char *code;      /* signed (db/exchange/dbk-pass-code.h), 194 characters */
  const char *id;        /* 16 characters: by which it is found if the code cannot be read */
} DbkPointSlip;

typedef struct
{
  DbkLanguage         language;
  const DbkPointSlip *slips;      /* in walking order */
  gsize               n_slips;
  guint               patients;
  const char         *site;       /* "P4 Ward" */
  const char         *clinic;
  DbkDay              from;
  DbkDay              until;
  const char         *lot;
  gint64              ug_per_ml;
  DbkDay              lot_expires;
  gint64              total_ul;
  gint                stop_after;  /* missed days in a row from which on nobody doses without the clinic; 0: the policy has none */
  gboolean            with_name;   /* on the slips too */
  const char         *user;
  DbkDay              printed_day;
  int                 printed_minute;
  guint               reprint;     /* 0: the first print */
  gboolean            demo;
  gint64              created_ms;
} DbkPointBatch;

/* @media is ROLL_58, ROLL_80, A5, or A4 with four slips to the sheet, to be cut. NULL with DBK_PAPER_ERROR. */
DbkDocument *dbk_point_slips_new_document (const DbkPointBatch *batch, DbkMedia media, int dpi, GError **error);

/* One voucher: uses language, site, clinic, reprint, demo, created_ms and the first of @batch's slips. */
DbkDocument *dbk_voucher_new_document (const DbkPointBatch *batch, DbkMedia media, int dpi, GError **error);


G_END_DECLS
