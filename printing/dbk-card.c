/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-card"

#include "printing/dbk-card.h"

#include <string.h>

#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-text.h"

#define CARD_WIDTH   85.6
#define CARD_HEIGHT  54.0
#define CARD_MARGIN  4.0
#define MODULE_MM    1.0 /* twice the least: a card is carried for years */

/* Ten to an A4 sheet, edge to edge in the middle of it. */
#define SHEET_COLUMNS 2
#define SHEET_ROWS    5
#define SHEET_CARDS   (SHEET_COLUMNS * SHEET_ROWS)
#define SHEET_LEFT    ((210.0 - SHEET_COLUMNS * CARD_WIDTH) / 2)
#define SHEET_TOP     ((297.0 - SHEET_ROWS * CARD_HEIGHT) / 2)
#define CUT_LENGTH    6.0
#define CUT_GAP       2.0
#define CUT_THICKNESS 0.15

typedef struct
{
  DbkQr    *qr;
  char      tail[5];
  char     *clinic_line;
  gboolean  demo;
} CardFace;

typedef struct
{
  GPtrArray *faces;
  gboolean   on_sheet;
  int        dpi;
} CardContent;

static void
free_face (CardFace *face)
{
  dbk_qr_free (face->qr);
  g_free (face->clinic_line);
  g_free (face);
}

static void
free_content (gpointer data)
{
  CardContent *content = data;

  g_ptr_array_unref (content->faces);
  g_free (content);
}

static void
draw_face (cairo_t        *cr,
           const CardFace *face,
           double          left,
           double          top,
           int             dpi)
{
  const DbkTextStyle tail_style = { 7, TRUE, DBK_ALIGN_CENTRE };
  const DbkTextStyle line_style = { 5.2, TRUE, DBK_ALIGN_LEFT };
  double side = dbk_qr_get_size_mm (face->qr, MODULE_MM, dpi);
  double x = face->clinic_line != NULL ? left + CARD_MARGIN - 1 : left + (CARD_WIDTH - side) / 2;
  double y = top + (face->demo ? 0.5 : 2.5);
  double quiet = DBK_QR_QUIET_MODULES * dbk_qr_module_mm (MODULE_MM, dpi);

  dbk_qr_draw (face->qr, cr, x, y, MODULE_MM, dpi);
  dbk_text_draw_line (cr, &tail_style, face->tail, x, y + side + 5.2, side);
  if (face->clinic_line != NULL)
    dbk_text_draw_in_box (cr, &line_style, face->clinic_line, x + side + 1, y + quiet,
                          left + CARD_WIDTH - CARD_MARGIN - x - side - 1, side - 2 * quiet);
  if (face->demo)
    dbk_mark_striped_band (cr, left + CARD_MARGIN, top + CARD_HEIGHT - CARD_MARGIN - 5, CARD_WIDTH - 2 * CARD_MARGIN, 5,
                           "DEMONSTRATION 演示");
}

/* In the margins only, so that no line is left on a card that was cut a little beside it. */
static void
draw_cut_marks (cairo_t *cr)
{
  double right = SHEET_LEFT + SHEET_COLUMNS * CARD_WIDTH;
  double bottom = SHEET_TOP + SHEET_ROWS * CARD_HEIGHT;

  for (int i = 0; i <= SHEET_COLUMNS; i++)
    {
      double x = SHEET_LEFT + i * CARD_WIDTH - CUT_THICKNESS / 2;

      dbk_mark_upright (cr, x, SHEET_TOP - CUT_GAP - CUT_LENGTH, CUT_LENGTH, CUT_THICKNESS);
      dbk_mark_upright (cr, x, bottom + CUT_GAP, CUT_LENGTH, CUT_THICKNESS);
    }
  for (int i = 0; i <= SHEET_ROWS; i++)
    {
      double y = SHEET_TOP + i * CARD_HEIGHT - CUT_THICKNESS / 2;

      dbk_mark_rule (cr, SHEET_LEFT - CUT_GAP - CUT_LENGTH, y, CUT_LENGTH, CUT_THICKNESS);
      dbk_mark_rule (cr, right + CUT_GAP, y, CUT_LENGTH, CUT_THICKNESS);
    }
}

static void
draw_sheet (cairo_t           *cr,
            guint              page,
            const CardContent *content)
{
  draw_cut_marks (cr);
  for (guint i = 0; i < SHEET_CARDS && page * SHEET_CARDS + i < content->faces->len; i++)
    draw_face (cr, g_ptr_array_index (content->faces, page * SHEET_CARDS + i),
               SHEET_LEFT + (i % SHEET_COLUMNS) * CARD_WIDTH, SHEET_TOP + (int) (i / SHEET_COLUMNS) * CARD_HEIGHT, content->dpi);
}

static void
draw_page (cairo_t       *cr,
           guint          page,
           gconstpointer  data)
{
  const CardContent *content = data;

  if (content->on_sheet)
    draw_sheet (cr, page, content);
  else
    draw_face (cr, g_ptr_array_index (content->faces, page), 0, 0, content->dpi);
}

static CardFace *
create_face (const DbkCard  *card,
             GError        **error)
{
  g_autofree char *canonical = NULL;
  DbkQr *qr = NULL;
  CardFace *face;

  if (!dbk_mark_check_text (card->clinic_line, error))
    return NULL;
  qr = dbk_mark_new_code (card->code, DBK_CODE_CARD, DBK_QR_WORN, &canonical, error);
  if (qr == NULL)
    return NULL;
  face = g_new0 (CardFace, 1);
  face->qr = qr;
  g_strlcpy (face->tail, canonical + strlen (canonical) - 4, sizeof face->tail);
  if (card->clinic_line != NULL && *card->clinic_line != '\0')
    face->clinic_line = g_strdup (card->clinic_line);
  face->demo = card->demo;
  return face;
}

static GPtrArray *
create_faces (const DbkCard  *cards,
              gsize           n_cards,
              GError        **error)
{
  g_autoptr(GPtrArray) faces = g_ptr_array_new_with_free_func ((GDestroyNotify) free_face);

  for (gsize i = 0; i < n_cards; i++)
    {
      CardFace *face = create_face (&cards[i], error);

      if (face == NULL)
        return NULL;
      g_ptr_array_add (faces, face);
    }
  return g_steal_pointer (&faces);
}

static gboolean
check_order (gsize      n_cards,
             DbkMedia   media,
             int        dpi,
             GError   **error)
{
  if (media != DBK_MEDIA_CARD && media != DBK_MEDIA_CARD_SHEET_A4)
    {
      g_set_error (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_MEDIA, "A card is not printed on %s", dbk_media_to_word (media));
      return FALSE;
    }
  if (n_cards == 0)
    {
      g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "No card to print");
      return FALSE;
    }
  return dbk_mark_check_dpi (dpi, error);
}

DbkDocument *
dbk_card_new_document (const DbkCard  *cards,
                       gsize           n_cards,
                       DbkMedia        media,
                       int             dpi,
                       gint64          created_ms,
                       GError        **error)
{
  DbkDocumentPlan plan = { .title = "Card", .media = media, .dpi = dpi, .created_ms = created_ms };
  GPtrArray *faces = NULL;
  CardContent *content;

  if (!check_order (n_cards, media, dpi, error))
    return NULL;
  faces = create_faces (cards, n_cards, error);
  if (faces == NULL)
    return NULL;
  content = g_new0 (CardContent, 1);
  content->faces = faces;
  content->on_sheet = media == DBK_MEDIA_CARD_SHEET_A4;
  content->dpi = dpi;
  plan.n_pages = content->on_sheet ? (faces->len + SHEET_CARDS - 1) / SHEET_CARDS : faces->len;
  return dbk_document_new (&plan, draw_page, content, free_content);
}
