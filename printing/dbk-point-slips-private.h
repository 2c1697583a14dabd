/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a batch share. Millimetres. */
#pragma once

#include "printing/dbk-paper-text.h"
#include "printing/dbk-point-slips.h"
#include "printing/dbk-qr.h"

G_BEGIN_DECLS

/* A place on a page where one slip, the cover or a part of the list stands. */
typedef struct
{
  double left;
  double top;
  double width;
  double height;
  double unit;      /* a millimetre on the 80 mm roll */
  double module_mm; /* least width of a module */
} DbkPointFrame;

typedef struct
{
  char  *number;
  char  *name;
  char  *day;
  char  *dose;
  char  *volume;
  char  *id;
  DbkDay from;
  DbkQr *qr;
} DbkPointLine;

typedef struct
{
  DbkLanguage  language;
  DbkMedia     media;
  int          dpi;
  double       page_mm;    /* height of a page */
  gboolean     is_voucher;
  gboolean     with_name;
  gboolean     is_demo;
  GPtrArray   *lines;      /* DbkPointLine */
  GPtrArray   *entries;    /* what the list shows, one after another: borrowed DbkPointLine, or NULL for the heading of the next one's day; NULL before NULL: nothing */
  char        *site;
  char        *clinic;
  char        *days;
  char        *strength;   /* NULL: unknown */
  char        *reprint;    /* NULL: the first print */
  char        *printed;
  GPtrArray   *facts;      /* of the cover: label, value, label, value */
  char        *rule;       /* NULL: the policy stops nobody */
} DbkPointContent;

/* Where a whole page's content stands, and the @i-th of its slips. */
DbkPointFrame _dbk_point_page_frame (const DbkPointContent *content);
DbkPointFrame _dbk_point_slip_frame (const DbkPointContent *content, guint i);
guint         _dbk_point_slips_per_page (DbkMedia media);

/* Each draws and returns where it ended. */
double _dbk_point_draw_slip  (cairo_t *cr, const DbkPointContent *content, const DbkPointFrame *frame, guint index);
double _dbk_point_draw_cover (cairo_t *cr, const DbkPointContent *content, const DbkPointFrame *frame);
void   _dbk_point_draw_list  (cairo_t *cr, const DbkPointContent *content, const DbkPointFrame *frame, guint page);
double _dbk_point_draw_bands (cairo_t *cr, const DbkPointContent *content, const DbkPointFrame *frame);

guint  _dbk_point_entries_per_page (const DbkPointContent *content);

G_END_DECLS
