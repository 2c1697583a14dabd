/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paper: the sizes there are, and a document, which is pages that know how to draw themselves in millimetres. The
 * same drawing makes the preview, the PDF and what the printer gets. A document is immutable and counted; different threads may
 * draw it at the same time, each on its own cairo context. Drawing needs the fonts of the system and nothing else:
 * no clock, no locale, no time zone. */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "db/record/dbk-language.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_PAPER_ERROR_CONTENT, /* what is to be printed cannot be: a code that is none, a text that is not UTF-8, nothing at all */
  DBK_PAPER_ERROR_MEDIA,   /* the document is not made for that paper, or no printer has so few or so many dots */
  DBK_PAPER_ERROR_FAILED   /* drawing or writing went wrong */
} DbkPaperError;

#define DBK_PAPER_ERROR (dbk_paper_error_quark ())
GQuark dbk_paper_error_quark (void);

typedef enum
{
  DBK_MEDIA_CARD,          /* 85.6 x 54 mm, a bank card */
  DBK_MEDIA_CARD_SHEET_A4, /* ten of them on A4, to be cut */
  DBK_MEDIA_ROLL_58,       /* as long as what is on it */
  DBK_MEDIA_ROLL_80,
  DBK_MEDIA_A5,
  DBK_MEDIA_A4
} DbkMedia;
#define DBK_N_MEDIA (DBK_MEDIA_A4 + 1)

/* "card" "card-sheet" "58mm" "80mm" "a5" "a4"; from a word: FALSE with DBK_PAPER_ERROR_MEDIA. */
const char *dbk_media_to_word   (DbkMedia     media);
gboolean    dbk_media_from_word (const char  *word,
                                 DbkMedia    *media,
                                 GError     **error);

/* Rolls and cards are printed to the edge; @height_mm of a roll is 0: it depends on what is on it. */
void     dbk_media_get_size_mm    (DbkMedia  media,
                                   double   *width_mm,
                                   double   *height_mm);
gboolean dbk_media_is_roll        (DbkMedia  media);

/* Of the printers that usually take it: 203 for rolls, 300 for cards, 600 else. */
int      dbk_media_get_usual_dpi  (DbkMedia  media);

/* Dots per inch that a document can be made for. */
#define DBK_DPI_LEAST 150
#define DBK_DPI_MOST  2400

typedef struct _DbkDocument DbkDocument;

/* Draws page @page (from 0) in black on nothing; one unit of @cr is a millimetre, its origin the upper left corner. */
typedef void (*DbkDrawFunc) (cairo_t       *cr,
                             guint          page,
                             gconstpointer  content);

typedef struct
{
  const char *title;      /* of the file and of the print job: whoever stands at the printer may read it */
  DbkMedia    media;
  double      height_mm;  /* of a roll; else it is the media's and this is not looked at */
  guint       n_pages;
  int         dpi;        /* what it was laid out for */
  gint64      created_ms; /* wall clock, ms since 1970 UTC; the only date in the file's properties */
} DbkDocumentPlan;

/* Takes @content. Used by the documents of this folder. */
DbkDocument *dbk_document_new (const DbkDocumentPlan *plan,
                               DbkDrawFunc            draw,
                               gpointer               content,
                               GDestroyNotify         free_content);

DbkDocument *dbk_document_ref   (DbkDocument *self);
void         dbk_document_unref (DbkDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkDocument, dbk_document_unref)

const char *dbk_document_get_title       (DbkDocument *self);
DbkMedia    dbk_document_get_media       (DbkDocument *self);
guint       dbk_document_get_n_pages     (DbkDocument *self);
double      dbk_document_get_width_mm    (DbkDocument *self);
double      dbk_document_get_height_mm   (DbkDocument *self);
int         dbk_document_get_dpi         (DbkDocument *self);

/* The sheet as printers name it: the short edge first, except on a roll, where the roll's width comes first. */
void        dbk_document_get_sheet_mm    (DbkDocument *self,
                                          double      *x_mm,
                                          double      *y_mm);

/* For the preview: scale @cr to millimetres and paint the paper white before. @page counts from 0. */
void     dbk_document_draw_page (DbkDocument *self,
                                 cairo_t     *cr,
                                 guint        page);

/* The same document gives the same bytes. The properties hold the title, the date of creation and the name of the
 * drawing library, no person. FALSE with DBK_PAPER_ERROR_FAILED. */
gboolean dbk_document_write_pdf (DbkDocument  *self,
                                 GBytes      **pdf,
                                 GError      **error);

G_END_DECLS
