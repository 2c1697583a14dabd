/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the record to paper: a dosing slip, a card, today's sheet. Making one records the document, so that what is printed is known
 * before any printer is asked; drawing, PDF and printer come after that. */
#pragma once

#include "app/dbk-clinic.h"
#include "printing/dbk-paper.h"

G_BEGIN_DECLS

typedef struct
{
  DbkDocument *document;
  char        *id;       /* of the recorded document */
  char        *kind;     /* "slip" "card" "sheet" */
  char        *about;    /* dose id, card code; NULL */
  char        *patient;  /* NULL */
  guint        reprint;  /* 0: first print */
} DbkMadePaper;

void dbk_made_paper_free (DbkMadePaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkMadePaper, dbk_made_paper_free)

typedef struct
{
  DbkMedia    media;
  int         dpi;       /* 0: what printers of that media usually have */
  DbkLanguage language;
  gboolean    with_name; /* only where the clinic wants it */
} DbkPaperOptions;

/* @dose: 16-character id. A dose whose slip was made before gives a marked reprint. */
DbkMadePaper *dbk_make_slip (DbkClinic *clinic, const DbkSession *session, const char *dose, const DbkPaperOptions *options, GError **error);

/* The newest standing dose of @patient on @day (DBK_DAY_NONE: today); NOT_FOUND. The caller's. */
char *dbk_find_dose_for_slip (DbkClinic *clinic, const DbkSession *session, const char *patient, DbkDay day, GError **error);

/* @cards: codes, NULL-terminated; media is CARD or CARD_SHEET_A4. @clinic_line may be NULL. Recorded once for each card; the made paper's
 * about and patient are the first one's. */
DbkMadePaper *dbk_make_cards (DbkClinic *clinic, const DbkSession *session, const char *const *cards, const char *clinic_line,
                              const DbkPaperOptions *options, GError **error);

/* Today's paper sheet, A4, with a code for each row to enter it by later. */
DbkMadePaper *dbk_make_sheet (DbkClinic *clinic, const DbkSession *session, DbkDay day, const DbkPaperOptions *options, GError **error);

G_END_DECLS
