/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A QR code as modules, and those modules on paper. Only the alphanumeric mode (0-9 A-Z space $ % * + - . / :)
 * is used: a scanner that types like a keyboard gets such a code right on every layout. A module is drawn as a
 * whole number of printer dots, at least DBK_QR_MODULE_LEAST_MM wide, on whole dots counted from the corner of the page;
 * less than that does not survive a worn card. Immutable after dbk_qr_new (); any thread. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

#define DBK_QR_MODULE_LEAST_MM 0.5
#define DBK_QR_QUIET_MODULES   4

typedef enum
{
  DBK_QR_WORN,   /* level H, at least version 2 (25 x 25): what is carried about; 30 % may be lost */
  DBK_QR_COMPACT /* level M, from version 1 (21 x 21): a list read once, the same week */
} DbkQrKind;

typedef struct _DbkQr DbkQr;

/* NULL with DBK_PAPER_ERROR_CONTENT for an empty text, another character or a text that is too long. */
DbkQr *dbk_qr_new  (const char  *text,
                    DbkQrKind    kind,
                    GError     **error);
void   dbk_qr_free (DbkQr       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkQr, dbk_qr_free)

/* Modules along one side, without the quiet zone. */
int      dbk_qr_get_width (const DbkQr *self);
gboolean dbk_qr_is_dark   (const DbkQr *self,
                           int          row,
                           int          column);

/* How many dots of @dpi make a module of @least_mm or a little more. */
int    dbk_qr_module_dots    (double       least_mm,
                              int          dpi);
double dbk_qr_module_mm      (double       least_mm,
                              int          dpi);

/* One side on paper, with the quiet zone. */
double dbk_qr_get_size_mm    (const DbkQr *self,
                              double       least_mm,
                              int          dpi);

/* Draws with the current source. (@x_mm, @y_mm) is the corner of the quiet zone on the page, moved to the next
 * whole dot: the user space of @cr must be the page in millimetres, untranslated. */
void dbk_qr_draw (const DbkQr *self,
                  cairo_t     *cr,
                  double       x_mm,
                  double       y_mm,
                  double       least_mm,
                  int          dpi);

G_END_DECLS
