/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a PDF back with programs that have nothing to do with the one that wrote it: poppler's pdftotext, pdfinfo and
 * pdftoppm, and zbarimg. For tests: what fails here fails the test. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the programs are installed; if not, the running test is marked as skipped, with the reason. */
gboolean dbk_paper_reader_is_there (void);

/* All of its text, pages one after the other, blanks and line ends as single blanks. */
char *dbk_paper_reader_dup_text (GBytes *pdf);

typedef struct
{
  guint   n_pages;
  double  width_mm;
  double  height_mm;
  char   *properties; /* all that pdfinfo says, the metadata among it */
} DbkPaperFacts;

DbkPaperFacts *dbk_paper_reader_read_facts (GBytes *pdf);
void           dbk_paper_facts_free        (DbkPaperFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPaperFacts, dbk_paper_facts_free)

/* What a scanner sees in page @page (from 0) printed in black and white at @dpi: the codes, sorted. */
char **dbk_paper_reader_dup_codes (GBytes *pdf,
                                   guint   page,
                                   int     dpi);

/* Page 0 in black and white: a byte for each dot, 1 is black. */
typedef struct
{
  int     width;
  int     height;
  guint8 *dots;
} DbkPaperDots;

DbkPaperDots *dbk_paper_reader_read_dots (GBytes *pdf,
                                          int     dpi);
void          dbk_paper_dots_free        (DbkPaperDots *dots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPaperDots, dbk_paper_dots_free)

G_END_DECLS
