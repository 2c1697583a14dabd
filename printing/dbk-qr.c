/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-qr"

#include "printing/dbk-qr.h"

#include <errno.h>
#include <math.h>
#include <qrencode.h>

#include "printing/dbk-paper.h"

#define MM_PER_INCH 25.4

/* How much of a dot a dark run is drawn short of its edges. PDF coordinates are rounded to 1/256 point, and a renderer that
 * blackens every dot it touches would otherwise make some modules a dot wider than others. */
#define INSET_DOTS 0.05

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QRinput, QRinput_free)

struct _DbkQr
{
  QRcode *symbol;
};

DbkQr *
dbk_qr_new (const char  *text,
            DbkQrKind    kind,
            GError     **error)
{
  g_autoptr(QRinput) input = NULL;
  QRcode *symbol = NULL;
  DbkQr *self;

  g_return_val_if_fail (text != NULL, NULL);

  input = kind == DBK_QR_WORN ? QRinput_new2 (2, QR_ECLEVEL_H) : QRinput_new2 (0, QR_ECLEVEL_M);
  if (input != NULL && *text != '\0' &&
      QRinput_append (input, QR_MODE_AN, (int) strlen (text), (const unsigned char *) text) == 0)
    symbol = QRcode_encodeInput (input);
  if (symbol == NULL)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "Not a text for a QR code: %s",
                   errno == ERANGE ? "too long" : "empty, or not alphanumeric");
      return NULL;
    }
  self = g_new0 (DbkQr, 1);
  self->symbol = symbol;
  return self;
}

void
dbk_qr_free (DbkQr *self)
{
  if (self == NULL)
    return;
  QRcode_free (self->symbol);
  g_free (self);
}

int
dbk_qr_get_width (const DbkQr *self)
{
  return self->symbol->width;
}

gboolean
dbk_qr_is_dark (const DbkQr *self,
                int          row,
                int          column)
{
  int width = self->symbol->width;

  g_return_val_if_fail (row >= 0 && row < width && column >= 0 && column < width, FALSE);

  return (self->symbol->data[row * width + column] & 1) != 0;
}

int
dbk_qr_module_dots (double least_mm,
                    int    dpi)
{
  /* A hair less, so that 0.508 mm asked of 300 dpi is six dots and not seven. */
  return (int) ceil (least_mm * dpi / MM_PER_INCH - 1e-6);
}

double
dbk_qr_module_mm (double least_mm,
                  int    dpi)
{
  return dbk_qr_module_dots (least_mm, dpi) * MM_PER_INCH / dpi;
}

double
dbk_qr_get_size_mm (const DbkQr *self,
                    double       least_mm,
                    int          dpi)
{
  return (self->symbol->width + 2 * DBK_QR_QUIET_MODULES) * dbk_qr_module_mm (least_mm, dpi);
}

static double
next_dot (double mm,
          int    dpi)
{
  return ceil (mm * dpi / MM_PER_INCH - 1e-6) * MM_PER_INCH / dpi;
}

/* One rectangle for each run of dark modules: neighbours in a row never show a seam. */
static void
add_row (const DbkQr *self,
         cairo_t     *cr,
         int          row,
         double       x,
         double       y,
         double       module,
         double       inset)
{
  int width = self->symbol->width;

  for (int column = 0; column < width;)
    {
      int run = 0;

      while (column + run < width && dbk_qr_is_dark (self, row, column + run))
        run++;
      if (run > 0)
        cairo_rectangle (cr, x + column * module + inset, y + inset, run * module - 2 * inset, module - 2 * inset);
      column += run > 0 ? run : 1;
    }
}

void
dbk_qr_draw (const DbkQr *self,
             cairo_t     *cr,
             double       x_mm,
             double       y_mm,
             double       least_mm,
             int          dpi)
{
  double module = dbk_qr_module_mm (least_mm, dpi);
  double inset = INSET_DOTS * MM_PER_INCH / dpi;
  double x = next_dot (x_mm, dpi) + DBK_QR_QUIET_MODULES * module;
  double y = next_dot (y_mm, dpi) + DBK_QR_QUIET_MODULES * module;

  cairo_new_path (cr);
  for (int row = 0; row < self->symbol->width; row++)
    add_row (self, cr, row, x, y + row * module, module, inset);
  cairo_fill (cr);
}
