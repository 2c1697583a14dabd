/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-photo"

#include "config.h"

#include "ui/dbk-photo-view.h"

struct _DbkPhotoView
{
  GtkWidget parent_instance;

  GdkTexture *texture;
};

G_DEFINE_FINAL_TYPE (DbkPhotoView, dbk_photo_view, GTK_TYPE_WIDGET)

static void
dbk_photo_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  DbkPhotoView *self = DBK_PHOTO_VIEW (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  float picture_width, picture_height, scale;

  if (self->texture == NULL)
    return;
  picture_width = (float) gdk_texture_get_width (self->texture);
  picture_height = (float) gdk_texture_get_height (self->texture);
  scale = MAX (width / picture_width, height / picture_height);
  picture_width *= scale;
  picture_height *= scale;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT ((width - picture_width) / 2, (height - picture_height) / 2,
                                                                             picture_width, picture_height));
  gtk_snapshot_pop (snapshot);
}

void
dbk_photo_view_set_texture (DbkPhotoView *self,
                            GdkTexture   *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
dbk_photo_view_dispose (GObject *object)
{
  g_clear_object (&DBK_PHOTO_VIEW (object)->texture);
  G_OBJECT_CLASS (dbk_photo_view_parent_class)->dispose (object);
}

static void
dbk_photo_view_class_init (DbkPhotoViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dbk_photo_view_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = dbk_photo_view_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
dbk_photo_view_init (DbkPhotoView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
