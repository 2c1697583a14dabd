/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo that fills the size it is given, cut where it must be. GtkPicture would ask for a height that depends on the width, and never quite the
 * same one twice. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DBK_TYPE_PHOTO_VIEW (dbk_photo_view_get_type ())
G_DECLARE_FINAL_TYPE (DbkPhotoView, dbk_photo_view, DBK, PHOTO_VIEW, GtkWidget)

/* NULL: nothing is drawn. */
void dbk_photo_view_set_texture (DbkPhotoView *self, GdkTexture *texture);

G_END_DECLS
