/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of the desk: answers to alerts, contacts made, the policy adopted, documents printed. Each function appends one fact and
 * projects it, inside dbk_db_write(), on the door's thread. */
#pragma once

#include "db/dbk-fact-log.h"

G_BEGIN_DECLS

/* @code and @choice: the words of app/rules. */
gboolean dbk_fact_alert_answered (DbkDb *db, const DbkStamp *stamp, const char *patient, DbkDay day, const char *code, const char *choice, GError **error);

/* @outcome: "reached" "no-answer" "hospital" "in-custody" "moved-away" "coming-today" "other". */
gboolean dbk_fact_contact (DbkDb *db, const DbkStamp *stamp, const char *id, const char *patient, const char *outcome, const char *note, GError **error);

/* The whole policy as JSON text: what was judged by can be read in twenty years. */
gboolean dbk_fact_policy (DbkDb *db, const DbkStamp *stamp, const char *name, const char *version, const char *json, GError **error);

typedef struct
{
  const char *code;
  const char *patient;
} DbkPaperRowDraft;

typedef struct
{
  const char             *id;
  const char             *kind;       /* "slip" "card" "sheet" "test" */
  const char             *about;      /* dose id, card code; NULL for none */
  const char             *patient;    /* NULL for none */
  DbkDay                  day;
  const char             *media;
  const char             *reprint_of; /* document id; NULL: the first print */
  const DbkPaperRowDraft *rows;       /* of a sheet */
  gsize                   n_rows;
} DbkDocumentDraft;

/* Recorded before it is sent to a printer. */
gboolean dbk_fact_document (DbkDb *db, const DbkStamp *stamp, const DbkDocumentDraft *document, GError **error);

G_END_DECLS
