/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-sheet"

#include "printing/dbk-sheet.h"

#include <math.h>

#include "db/record/dbk-quantity.h"
#include "printing/dbk-paper-marks.h"
#include "printing/dbk-paper-text.h"
#include "printing/dbk-paper-words.h"

#define LEFT       10.0
#define WIDTH      190.0
#define TOP        8.0
#define ROWS_TOP   38.0
#define ROWS_END   282.0
#define FOOTER     288.0
#define LEAST_STEP 12.8
#define HAIRLINE   0.15
#define PADDING    1.2
#define AMOUNT_GAP 0.8

/* A code and the quiet zone that it shares with the one below. */
#define CODE_MODULES (21 + DBK_QR_QUIET_MODULES)

typedef enum
{
  COLUMN_CODE,
  COLUMN_NUMBER,
  COLUMN_NAME,
  COLUMN_DOSE,
  COLUMN_VOLUME,
  COLUMN_NOTE,
  COLUMN_TIME,
  COLUMN_NOT_GIVEN,
  COLUMN_SIGNATURE,
  N_COLUMNS
} Column;

static const struct
{
  double       width;
  DbkPaperWord word; /* of the first column: not looked at */
} columns[N_COLUMNS] = {
  [COLUMN_CODE]      = { 15, DBK_WORD_NUMBER },
  [COLUMN_NUMBER]    = { 21, DBK_WORD_NUMBER },
  [COLUMN_NAME]      = { 36, DBK_WORD_NAME },
  [COLUMN_DOSE]      = { 21, DBK_WORD_DOSE_COLUMN },
  [COLUMN_VOLUME]    = { 18, DBK_WORD_VOLUME },
  [COLUMN_NOTE]      = { 25, DBK_WORD_NOTE },
  [COLUMN_TIME]      = { 15, DBK_WORD_TIME },
  [COLUMN_NOT_GIVEN] = { 17, DBK_WORD_NOT_GIVEN },
  [COLUMN_SIGNATURE] = { 22, DBK_WORD_SIGNATURE },
};

typedef struct
{
  DbkQr    *qr;
  char     *number;
  char     *name;
  char     *note;
  char     *dose;
  char     *volume;
  gboolean  has_dose;
} SheetLine;

typedef struct
{
  DbkLanguage  language;
  int          dpi;
  gboolean     demo;
  GPtrArray   *lines;
  char        *day;
  char        *about;  /* site, filter, totals: below the title */
  char        *footer; /* the same on every page, before the page's number */
} SheetContent;

static void
free_line (SheetLine *line)
{
  dbk_qr_free (line->qr);
  g_free (line->number);
  g_free (line->name);
  g_free (line->note);
  g_free (line->dose);
  g_free (line->volume);
  g_free (line);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SheetLine, free_line)

static void
free_content (gpointer data)
{
  SheetContent *content = data;

  g_clear_pointer (&content->lines, g_ptr_array_unref);
  g_free (content->day);
  g_free (content->about);
  g_free (content->footer);
  g_free (content);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SheetContent, free_content)

/* From one row to the next: room for the writing hand, and for the code with its quiet zone. */
static double
get_step (int dpi)
{
  return MAX (LEAST_STEP, CODE_MODULES * dbk_qr_module_mm (DBK_QR_MODULE_LEAST_MM, dpi));
}

guint
dbk_sheet_rows_per_page (int dpi)
{
  return (guint) floor ((ROWS_END - ROWS_TOP) / get_step (dpi));
}

static guint
count_pages (const SheetContent *content)
{
  guint rows = dbk_sheet_rows_per_page (content->dpi);

  return content->lines->len == 0 ? 1 : (content->lines->len + rows - 1) / rows;
}

static double
get_column_x (Column column)
{
  double x = LEFT;

  for (int i = 0; i < (int) column; i++)
    x += columns[i].width;
  return x;
}

static void
draw_head (cairo_t            *cr,
           const SheetContent *content)
{
  const DbkTextStyle title = { 6.4, TRUE, DBK_ALIGN_LEFT };
  const DbkTextStyle day = { 6.4, TRUE, DBK_ALIGN_RIGHT };
  const DbkTextStyle about = { 3.4, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle how = { 2.9, FALSE, DBK_ALIGN_LEFT };

  if (content->demo)
    dbk_mark_striped_band (cr, LEFT, TOP - 2, WIDTH, 5, dbk_paper_word (DBK_WORD_DEMO_DOSE, content->language));
  dbk_text_draw_line (cr, &title, dbk_paper_word (DBK_WORD_SHEET_TITLE, content->language), LEFT, TOP + 9.5, WIDTH * 0.55);
  dbk_text_draw_line (cr, &day, content->day, LEFT + WIDTH * 0.55, TOP + 9.5, WIDTH * 0.45);
  dbk_text_draw_line (cr, &about, content->about, LEFT, TOP + 15.5, WIDTH);
  dbk_text_draw_line (cr, &how, dbk_paper_word (DBK_WORD_SHEET_HOW, content->language), LEFT, TOP + 20.5, WIDTH);
}

static void
draw_column_heads (cairo_t            *cr,
                   const SheetContent *content)
{
  for (int i = COLUMN_NUMBER; i < N_COLUMNS; i++)
    {
      gboolean is_amount = i == COLUMN_DOSE || i == COLUMN_VOLUME;
      const DbkTextStyle head = { 3, TRUE, is_amount ? DBK_ALIGN_RIGHT : DBK_ALIGN_LEFT };

      dbk_text_draw_line (cr, &head, dbk_paper_word (columns[i].word, content->language), get_column_x ((Column) i) + PADDING,
                          ROWS_TOP - 2, columns[i].width - 2 * PADDING - (is_amount ? AMOUNT_GAP : 0));
    }
  dbk_mark_rule (cr, get_column_x (COLUMN_NUMBER), ROWS_TOP - 0.5, LEFT + WIDTH - get_column_x (COLUMN_NUMBER), 0.5);
}

static void
draw_cell (cairo_t    *cr,
           Column      column,
           const char *text,
           double      size,
           gboolean    is_bold,
           double      y,
           double      step)
{
  const DbkTextStyle style = { size, is_bold, DBK_ALIGN_LEFT };

  if (text != NULL)
    dbk_text_draw_in_box (cr, &style, text, get_column_x (column) + PADDING, y + 0.8, columns[column].width - 2 * PADDING, step - 1.6);
}

/* Amounts stay on one line, whatever it takes. */
static void
draw_amount (cairo_t    *cr,
             Column      column,
             const char *text,
             double      size,
             gboolean    is_bold,
             double      y,
             double      step)
{
  const DbkTextStyle style = { size, is_bold, DBK_ALIGN_RIGHT };

  if (text != NULL)
    dbk_text_draw_line (cr, &style, text, get_column_x (column) + PADDING, y + step / 2 + 0.37 * size,
                        columns[column].width - 2 * PADDING - AMOUNT_GAP);
}

static void
draw_row (cairo_t            *cr,
          const SheetContent *content,
          const SheetLine    *line,
          double              y)
{
  double step = get_step (content->dpi);
  double side = dbk_qr_get_size_mm (line->qr, DBK_QR_MODULE_LEAST_MM, content->dpi);
  double quiet = DBK_QR_QUIET_MODULES * dbk_qr_module_mm (DBK_QR_MODULE_LEAST_MM, content->dpi);
  double first_rule = get_column_x (COLUMN_NUMBER);

  dbk_qr_draw (line->qr, cr, LEFT - quiet + 1, y + (step - side) / 2, DBK_QR_MODULE_LEAST_MM, content->dpi);
  draw_cell (cr, COLUMN_NUMBER, line->number, 4.8, TRUE, y, step);
  draw_cell (cr, COLUMN_NAME, line->name, 4.2, FALSE, y, step);
  draw_amount (cr, COLUMN_DOSE, line->dose, line->has_dose ? 5 : 4, line->has_dose, y, step);
  draw_amount (cr, COLUMN_VOLUME, line->volume, 4, TRUE, y, step);
  draw_cell (cr, COLUMN_NOTE, line->note, 3, FALSE, y, step);
  for (int i = COLUMN_TIME; i < N_COLUMNS; i++)
    dbk_mark_upright (cr, get_column_x ((Column) i), y, step, HAIRLINE);
  dbk_mark_upright (cr, LEFT + WIDTH - HAIRLINE, y, step, HAIRLINE);
  dbk_mark_rule (cr, first_rule, y + step - HAIRLINE, LEFT + WIDTH - first_rule, HAIRLINE);
}

static void
draw_footer (cairo_t            *cr,
             const SheetContent *content,
             guint               page)
{
  const DbkTextStyle left = { 2.9, FALSE, DBK_ALIGN_LEFT };
  const DbkTextStyle right = { 2.9, TRUE, DBK_ALIGN_RIGHT };
  g_autofree char *number = dbk_paper_page_of (page + 1, count_pages (content), content->language);

  dbk_text_draw_line (cr, &left, content->footer, LEFT, FOOTER, WIDTH * 0.82);
  dbk_text_draw_line (cr, &right, number, LEFT + WIDTH * 0.84, FOOTER, WIDTH * 0.16);
}

static void
draw_page (cairo_t       *cr,
           guint          page,
           gconstpointer  data)
{
  const SheetContent *content = data;
  const DbkTextStyle empty = { 6, FALSE, DBK_ALIGN_CENTRE };
  guint per_page = dbk_sheet_rows_per_page (content->dpi);
  guint first = page * per_page;

  draw_head (cr, content);
  draw_column_heads (cr, content);
  for (guint i = 0; i < per_page && first + i < content->lines->len; i++)
    draw_row (cr, content, g_ptr_array_index (content->lines, first + i), ROWS_TOP + i * get_step (content->dpi));
  if (content->lines->len == 0)
    dbk_text_draw (cr, &empty, dbk_paper_word (DBK_WORD_SHEET_EMPTY, content->language), LEFT, ROWS_TOP + 20, WIDTH);
  draw_footer (cr, content, page);
}

static char *
dup_said (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static SheetLine *
create_line (const DbkSheetRow  *row,
             DbkLanguage         language,
             GError            **error)
{
  g_autoptr(SheetLine) line = g_new0 (SheetLine, 1);

  if (row->number == NULL || *row->number == '\0' || row->dose_ug < 0)
    {
      g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "A row needs a number, and no dose below 0");
      return NULL;
    }
  if (!dbk_mark_check_text (row->number, error) || !dbk_mark_check_text (row->name, error) || !dbk_mark_check_text (row->note, error))
    return NULL;
  line->qr = dbk_mark_new_code (row->code, DBK_CODE_ROW, DBK_QR_COMPACT, NULL, error);
  if (line->qr == NULL)
    return NULL;
  line->number = g_strdup (row->number);
  line->name = dup_said (row->name);
  line->note = dup_said (row->note);
  line->has_dose = row->dose_ug > 0;
  line->dose = line->has_dose ? dbk_dose_format (row->dose_ug) : g_strdup (dbk_paper_word (DBK_WORD_NO_DOSE, language));
  line->volume = line->has_dose && row->volume_ul > 0 ? dbk_volume_format (row->volume_ul) : NULL;
  return g_steal_pointer (&line);
}

static gboolean
add_lines (SheetContent    *content,
           const DbkSheet  *sheet,
           GError         **error)
{
  content->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) free_line);
  for (gsize i = 0; i < sheet->n_rows; i++)
    {
      SheetLine *line = create_line (&sheet->rows[i], sheet->language, error);

      if (line == NULL)
        return FALSE;
      g_ptr_array_add (content->lines, line);
    }
  return TRUE;
}

static char *
join_said (const char *const *parts,
           gsize              n_parts)
{
  GString *joined = g_string_new (NULL);

  for (gsize i = 0; i < n_parts; i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "  ·  " : "", parts[i]);
  return g_string_free (joined, FALSE);
}

static void
add_texts (SheetContent   *content,
           const DbkSheet *sheet)
{
  g_autofree char *totals = dbk_paper_totals (sheet->n_rows, sheet->ug_per_ml, sheet->language);
  g_autofree char *printed = dbk_paper_printed (sheet->printed_day, sheet->printed_minute, sheet->user, sheet->language);
  g_autofree char *program = sheet->version != NULL ? g_strdup_printf ("Dosebook %s", sheet->version) : NULL;
  const char *about[] = { sheet->site, sheet->filter, totals };
  const char *footer[] = { NULL, sheet->filter, printed, program };

  content->day = dbk_paper_day (sheet->day, sheet->language);
  footer[0] = content->day;
  content->about = join_said (about, G_N_ELEMENTS (about));
  content->footer = join_said (footer, G_N_ELEMENTS (footer));
}

static gboolean
check_sheet (const DbkSheet  *sheet,
             int              dpi,
             GError         **error)
{
  if (sheet->day == DBK_DAY_NONE || sheet->printed_day == DBK_DAY_NONE)
    {
      g_set_error_literal (error, DBK_PAPER_ERROR, DBK_PAPER_ERROR_CONTENT, "A sheet needs its day and the day it is printed");
      return FALSE;
    }
  return dbk_mark_check_dpi (dpi, error) && dbk_mark_check_text (sheet->site, error) &&
         dbk_mark_check_text (sheet->filter, error) && dbk_mark_check_text (sheet->user, error) &&
         dbk_mark_check_text (sheet->version, error);
}

DbkDocument *
dbk_sheet_new_document (const DbkSheet  *sheet,
                        int              dpi,
                        GError         **error)
{
  DbkDocumentPlan plan = { .title = "Sheet", .media = DBK_MEDIA_A4, .dpi = dpi, .created_ms = sheet->created_ms };
  g_autoptr(SheetContent) content = NULL;

  if (!check_sheet (sheet, dpi, error))
    return NULL;
  content = g_new0 (SheetContent, 1);
  content->language = sheet->language;
  content->dpi = dpi;
  content->demo = sheet->demo;
  if (!add_lines (content, sheet, error))
    return NULL;
  add_texts (content, sheet);
  plan.n_pages = count_pages (content);
  return dbk_document_new (&plan, draw_page, g_steal_pointer (&content), free_content);
}
