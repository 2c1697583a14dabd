/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-paper"

#include "printing/dbk-paper.h"

#include <cairo-pdf.h>

G_DEFINE_QUARK (dbk-paper-error-quark, dbk_paper_error)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)

#define POINTS_PER_MM (72.0 / 25.4)

static const struct
{
  const char *word;
  double      width_mm;
  double      height_mm;
  int         dpi;
} media_table[DBK_N_MEDIA] = {
  [DBK_MEDIA_CARD]          = { "card", 85.6, 54, 300 },
  [DBK_MEDIA_CARD_SHEET_A4] = { "card-sheet", 210, 297, 600 },
  [DBK_MEDIA_ROLL_58]       = { "58mm", 58, 0, 203 },
  [DBK_MEDIA_ROLL_80]       = { "80mm", 80, 0, 203 },
  [DBK_MEDIA_A5]            = { "a5", 148, 210, 600 },
  [DBK_MEDIA_A4]            = { "a4", 210, 297, 600 },
};

struct _DbkDocument
{
  gatomicrefcount  refs;
  char            *title;
  DbkMedia         media;
  double           width_mm;
  double           height_mm;
  guint            n_pages;
  int              dpi;
  gint64           created_ms;

  DbkDrawFunc      draw;
  gpointer         content;
  GDestroyNotify   free_content;
};

const char *
dbk_media_to_word (DbkMedia media)
{
  g_return_val_if_fail (media < DBK_N_MEDIA, NULL);

  return media_table[media].word;
}

gboolean
dbk_media_from_word (const char  *word,
                     DbkMedia    *media,
                     GError     **error)
{
  g_return_val_if_fail (word != NULL && media != NULL, FALSE);

  for (guint i = 0; i < DBK_N_MEDIA; i++)
    if (g_str_equal (word, media_table[i].word))
      {
        *media = (DbkMedia) i;
        return TRUE;
      }
  g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA,
               "There is no paper \"%s\": card, card-sheet, 58mm, 80mm, a5 or a4", word);
  return FALSE;
}

void
dbk_media_get_size_mm (DbkMedia  media,
                       double   *width_mm,
                       double   *height_mm)
{
  g_return_if_fail (media < DBK_N_MEDIA);

  if (width_mm != NULL)
    *width_mm = media_table[media].width_mm;
  if (height_mm != NULL)
    *height_mm = media_table[media].height_mm;
}

gboolean
dbk_media_is_roll (DbkMedia media)
{
  return media == DBK_MEDIA_ROLL_58 || media == DBK_MEDIA_ROLL_80;
}

int
dbk_media_get_usual_dpi (DbkMedia media)
{
  g_return_val_if_fail (media < DBK_N_MEDIA, 0);

  return media_table[media].dpi;
}

DbkDocument *
dbk_document_new (const DbkDocumentPlan *plan,
                  DbkDrawFunc            draw,
                  gpointer               content,
                  GDestroyNotify         free_content)
{
  DbkDocument *self = g_new0 (DbkDocument, 1);

  g_atomic_ref_count_init (&self->refs);
  self->title = g_strdup (plan->title);
  self->media = plan->media;
  dbk_media_get_size_mm (plan->media, &self->width_mm, &self->height_mm);
  if (dbk_media_is_roll (plan->media))
    self->height_mm = plan->height_mm;
  self->n_pages = plan->n_pages;
  self->dpi = plan->dpi;
  self->created_ms = plan->created_ms;
  self->draw = draw;
  self->content = content;
  self->free_content = free_content;
  return self;
}

DbkDocument *
dbk_document_ref (DbkDocument *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dbk_document_unref (DbkDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->free_content != NULL)
    self->free_content (self->content);
  g_free (self->title);
  g_free (self);
}

const char *
dbk_document_get_title (DbkDocument *self)
{
  return self->title;
}

DbkMedia
dbk_document_get_media (DbkDocument *self)
{
  return self->media;
}

guint
dbk_document_get_n_pages (DbkDocument *self)
{
  return self->n_pages;
}

double
dbk_document_get_width_mm (DbkDocument *self)
{
  return self->width_mm;
}

double
dbk_document_get_height_mm (DbkDocument *self)
{
  return self->height_mm;
}

int
dbk_document_get_dpi (DbkDocument *self)
{
  return self->dpi;
}

void
dbk_document_get_sheet_mm (DbkDocument *self,
                           double      *x_mm,
                           double      *y_mm)
{
  gboolean lies = !dbk_media_is_roll (self->media) && self->width_mm > self->height_mm;

  *x_mm = lies ? self->height_mm : self->width_mm;
  *y_mm = lies ? self->width_mm : self->height_mm;
}

void
dbk_document_draw_page (DbkDocument *self,
                        cairo_t     *cr,
                        guint        page)
{
  g_return_if_fail (page < self->n_pages);

  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  self->draw (cr, page, self->content);
  cairo_restore (cr);
}

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_properties (DbkDocument     *self,
                cairo_surface_t *surface)
{
  g_autoptr(GDateTime) created = g_date_time_new_from_unix_utc (self->created_ms / 1000);
  g_autofree char *iso = created != NULL ? g_date_time_format (created, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, iso != NULL ? iso : "1970-01-01T00:00:00Z");
}

static cairo_status_t
draw_all_pages (DbkDocument     *self,
                cairo_surface_t *surface)
{
  g_autoptr(cairo_t) cr = cairo_create (surface);

  cairo_scale (cr, POINTS_PER_MM, POINTS_PER_MM);
  for (guint page = 0; page < self->n_pages && cairo_status (cr) == CAIRO_STATUS_SUCCESS; page++)
    {
      dbk_document_draw_page (self, cr, page);
      cairo_show_page (cr);
    }
  return cairo_status (cr);
}

gboolean
dbk_document_write_pdf (DbkDocument  *self,
                        GBytes      **pdf,
                        GError      **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autoptr(cairo_surface_t) surface = NULL;
  cairo_status_t status;

  g_return_val_if_fail (pdf != NULL, FALSE);

  surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, self->width_mm * POINTS_PER_MM,
                                                 self->height_mm * POINTS_PER_MM);
  set_properties (self, surface);
  status = draw_all_pages (self, surface);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_FAILED, "Writing the PDF: %s", cairo_status_to_string (status));
      return FALSE;
    }
  *pdf = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return TRUE;
}
