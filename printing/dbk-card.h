/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The patient's card: a code that means nothing outside the clinic, the last four characters of it for the telephone,
 * and a line of the clinic's choosing. No name, no number, no diagnosis, no drug: whoever finds it learns nothing. */
#pragma once

#include "printing/dbk-paper.h"

G_BEGIN_DECLS

/* Borrowed while the document is made. */
typedef struct
{
  const char *code;        /* 20 characters, a card's */
  const char *clinic_line; /* NULL or "": none. It is the clinic's to keep it discreet */
  gboolean    demo;        /* made in the demonstration clinic */
} DbkCard;

/* @media is CARD (a page for each) or CARD_SHEET_A4 (ten to a page, with cut marks). NULL with DBK_PAPER_ERROR. */
DbkDocument *dbk_card_new_document (const DbkCard  *cards,
                                    gsize           n_cards,
                                    DbkMedia        media,
                                    int             dpi,
                                    gint64          created_ms,
                                    GError        **error);

G_END_DECLS
