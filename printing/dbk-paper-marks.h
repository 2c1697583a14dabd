/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What documents have in common besides text: rules, the black banner of a reprint, the striped band of the demonstration
 * clinic, and the checks of what may go on paper at all. Millimetres; current source, which is black. */
#pragma once

#include <cairo.h>

#include "db/record/dbk-code.h"
#include "printing/dbk-paper.h"
#include "printing/dbk-qr.h"

G_BEGIN_DECLS

void dbk_mark_rule (cairo_t *cr,
                    double   x,
                    double   y,
                    double   width,
                    double   thickness);

void dbk_mark_upright (cairo_t *cr,
                       double   x,
                       double   y,
                       double   height,
                       double   thickness);

/* White bold text on black. */
void dbk_mark_banner (cairo_t    *cr,
                      double      x,
                      double      y,
                      double      width,
                      double      height,
                      const char *text);

/* Black bold text on white between stripes. */
void dbk_mark_striped_band (cairo_t    *cr,
                            double      x,
                            double      y,
                            double      width,
                            double      height,
                            const char *text);

/* FALSE with DBK_PAPER_ERROR_MEDIA. */
gboolean dbk_mark_check_dpi (int      dpi,
                             GError **error);

/* NULL and "" are texts; FALSE with DBK_PAPER_ERROR_CONTENT for what is not UTF-8. */
gboolean dbk_mark_check_text (const char *text,
                              GError    **error);

/* The code of that kind on paper: @canonical (may be NULL) gets its 20 characters. NULL with DBK_PAPER_ERROR_CONTENT. */
DbkQr *dbk_mark_new_code (const char   *code,
                          DbkCodeKind   kind,
                          DbkQrKind     qr_kind,
                          char        **canonical,
                          GError      **error);

/* "D1A2B C3D4E F5G6H J7K8M": as people read it aloud. */
char *dbk_mark_group_code (const char *canonical);

G_END_DECLS
