/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-photo"

#include "app/dbk-photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>

#include "db/facts/dbk-people-facts.h"

#define SIDE_MOST 12000 /* pixels; more is a decompression bomb or a poster */

typedef struct
{
  gboolean too_large;
  int      bottom;    /* behind the lowest row that was read */
} Reading;

static void
on_size_prepared_cb (GdkPixbufLoader *loader,
                     int              width,
                     int              height,
                     Reading         *reading)
{
  if (width <= SIDE_MOST && height <= SIDE_MOST)
    return;
  reading->too_large = TRUE;
  gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static void
on_area_updated_cb (GdkPixbufLoader *loader,
                    int              x,
                    int              y,
                    int              width,
                    int              height,
                    Reading         *reading)
{
  reading->bottom = MAX (reading->bottom, y + height);
}

static GdkPixbuf *
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, message);
  return NULL;
}

static GdkPixbuf *
decode (GBytes  *picture,
        GError **error)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  Reading reading = { FALSE, 0 };
  gboolean written;
  GdkPixbuf *pixbuf;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared_cb), &reading);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated_cb), &reading);
  written = gdk_pixbuf_loader_write_bytes (loader, picture, NULL);
  if (!gdk_pixbuf_loader_close (loader, NULL) || !written)
    return refuse (N_("This file is not a picture that can be read"), error);
  if (reading.too_large)
    return refuse (N_("This picture is too large: at most 12,000 by 12,000 pixels"), error);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  /* The loader is content with a file that was cut off: the rest would be grey. */
  if (pixbuf != NULL && reading.bottom < gdk_pixbuf_get_height (pixbuf))
    return refuse (N_("This picture is not complete"), error);
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf)
                        : refuse (N_("This file is not a picture that can be read"), error);
}

/* The largest 3:4 part of the middle, a little above it: faces are in the upper half. */
static GdkPixbuf *
crop (GdkPixbuf *whole)
{
  int width = gdk_pixbuf_get_width (whole), height = gdk_pixbuf_get_height (whole);
  int cut_width = MIN (width, height * DBK_PHOTO_WIDTH / DBK_PHOTO_HEIGHT);
  int cut_height = MIN (height, width * DBK_PHOTO_HEIGHT / DBK_PHOTO_WIDTH);

  cut_width = MAX (cut_width, 1);
  cut_height = MAX (cut_height, 1);
  return gdk_pixbuf_new_subpixbuf (whole, (width - cut_width) / 2, (height - cut_height) / 3, cut_width, cut_height);
}

GBytes *
dbk_photo_prepare (GBytes  *picture,
                   GError **error)
{
  static const char *const qualities[] = { "85", "70", "50" };
  g_autoptr(GdkPixbuf) whole = NULL;
  g_autoptr(GdkPixbuf) cut = NULL;
  g_autoptr(GdkPixbuf) scaled = NULL;

  if (g_bytes_get_size (picture) > DBK_PHOTO_INPUT_MOST)
    {
      refuse (N_("This picture is larger than 40 MB"), error);
      return NULL;
    }
  whole = decode (picture, error);
  if (whole == NULL)
    return NULL;
  cut = crop (whole);
  scaled = gdk_pixbuf_scale_simple (cut, DBK_PHOTO_WIDTH, DBK_PHOTO_HEIGHT, GDK_INTERP_BILINEAR);
  for (guint i = 0; scaled != NULL && i < G_N_ELEMENTS (qualities); i++)
    {
      char *data = NULL;
      gsize size = 0;

      if (!gdk_pixbuf_save_to_buffer (scaled, &data, &size, "jpeg", error, "quality", qualities[i], NULL))
        return NULL;
      if (size <= DBK_PHOTO_MAX)
        return g_bytes_new_take (data, size);
      g_free (data);
    }
  refuse (N_("This picture cannot be made small enough"), error);
  return NULL;
}
