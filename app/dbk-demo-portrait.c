/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-demo"

#include "app/dbk-demo-portrait.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "app/dbk-photo.h"

#define PI 3.14159265358979

typedef struct
{
  double red;
  double green;
  double blue;
} Colour;

static const Colour walls[] = { { .80, .86, .90 }, { .86, .88, .80 }, { .90, .84, .80 }, { .84, .82, .90 } };
static const Colour skins[] = { { .96, .82, .70 }, { .90, .74, .60 }, { .84, .66, .52 }, { .98, .86, .76 } };
static const Colour hairs[] = { { .12, .10, .10 }, { .22, .16, .12 }, { .45, .45, .46 }, { .30, .20, .14 } };
static const Colour shirts[] = { { .22, .38, .56 }, { .50, .24, .28 }, { .28, .44, .34 }, { .36, .36, .40 }, { .60, .48, .26 } };

static void
set_colour (cairo_t      *cr,
            const Colour *colours,
            guint         n,
            GRand        *rand)
{
  const Colour *colour = &colours[g_rand_int_range (rand, 0, (gint) n)];

  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

static void
draw_oval (cairo_t *cr,
           double   x,
           double   y,
           double   width,
           double   height)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / 2, height / 2);
  cairo_arc (cr, 0, 0, 1, 0, 2 * PI);
  cairo_restore (cr);
  cairo_fill (cr);
}

static void
draw_face (cairo_t *cr,
           GRand   *rand)
{
  double tall = g_rand_double_range (rand, 270, 310), wide = g_rand_double_range (rand, 205, 235);

  cairo_set_source_rgb (cr, .15, .12, .12);
  draw_oval (cr, 195, 330, 16, 12);
  draw_oval (cr, 285, 330, 16, 12);
  cairo_set_line_width (cr, 5);
  cairo_arc (cr, 240, 370 + tall / 20, wide / 7, .25 * PI, .75 * PI);
  cairo_stroke (cr);
  cairo_move_to (cr, 240, 340);
  cairo_line_to (cr, 232, 375);
  cairo_line_to (cr, 246, 377);
  cairo_set_line_width (cr, 3);
  cairo_stroke (cr);
}

static void
draw (cairo_t *cr,
      GRand   *rand)
{
  double wide = g_rand_double_range (rand, 205, 240);
  gboolean long_hair = g_rand_int_range (rand, 0, 3) == 0;

  set_colour (cr, walls, G_N_ELEMENTS (walls), rand);
  cairo_paint (cr);
  set_colour (cr, shirts, G_N_ELEMENTS (shirts), rand);
  draw_oval (cr, 240, 640, 400, 320);
  set_colour (cr, hairs, G_N_ELEMENTS (hairs), rand);
  draw_oval (cr, 240, 285, wide + 44, long_hair ? 380 : 300);
  set_colour (cr, skins, G_N_ELEMENTS (skins), rand);
  cairo_rectangle (cr, 205, 420, 70, 90);
  cairo_fill_preserve (cr);
  cairo_new_path (cr);
  draw_oval (cr, 240, 340, wide, 270);
  draw_face (cr, rand);
}

GBytes *
dbk_demo_portrait (guint    n,
                   guint32  seed,
                   GError **error)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed + 7919 * n);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, DBK_PHOTO_WIDTH, DBK_PHOTO_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, DBK_PHOTO_WIDTH, DBK_PHOTO_HEIGHT);
  char *data = NULL;
  gsize size = 0;
  gboolean saved;

  draw (cr, rand);
  cairo_surface_flush (surface);
  for (int y = 0; y < DBK_PHOTO_HEIGHT; y++)
    {
      const guint32 *from = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface));
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < DBK_PHOTO_WIDTH; x++, to += 3)
        {
          to[0] = (guint8) (from[x] >> 16);
          to[1] = (guint8) (from[x] >> 8);
          to[2] = (guint8) from[x];
        }
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  saved = gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", error, "quality", "80", NULL);
  return saved ? g_bytes_new_take (data, size) : NULL;
}
