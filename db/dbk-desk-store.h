/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what the desk has recorded: answers, contacts, the policy, documents; and this computer's print jobs. Values returned are the
 * caller's. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef struct
{
  char *code;
  char *choice;
} DbkAnswerRow;

void       dbk_answer_row_free (DbkAnswerRow *self);
GPtrArray *dbk_answer_list (DbkDb *db, const char *patient, DbkDay day, GError **error);

typedef struct
{
  char   *id;
  char   *patient;
  DbkDay  day;
  char   *outcome;
  char   *note;
  char   *by_name;
  gint64  ms;
} DbkContactRow;

void       dbk_contact_row_free (DbkContactRow *self);
GPtrArray *dbk_contact_list (DbkDb *db, const char *patient, guint limit, GError **error); /* newest first */

/* The JSON of the policy in force; NULL without an error before one was adopted. */
char *dbk_policy_current_json (DbkDb *db, GError **error);

/* What a code on a paper sheet stands for; NOT_FOUND. */
gboolean dbk_paper_row_find (DbkDb *db, const char *code, char **document, char **patient, DbkDay *day, GError **error);

/* Ids of documents about @about (a dose, a card), oldest first. */
GPtrArray *dbk_document_list_about (DbkDb *db, const char *about, GError **error);

/* Ids of observed doses of @day for which no slip was ever recorded: after a crash between dose and slip. */
GPtrArray *dbk_dose_list_without_slip (DbkDb *db, DbkDay day, GError **error);

typedef struct
{
  char   *id;
  char   *document;
  char   *printer;
  gint    job;      /* the queue's number; 0: not sent yet */
  char   *state;    /* "waiting" "sent" "printing" "printed" "failed" "cancelled" */
  char   *trouble;  /* a word of printing/dbk-print-queue.h */
  char   *message;
  gint64  ms;
  char   *kind;     /* of the document */
  char   *about;
  char   *patient;
  char   *media;
} DbkJobRow;

void       dbk_job_row_free (DbkJobRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkJobRow, dbk_job_row_free)

gboolean   dbk_job_row_put  (DbkDb *db, const DbkJobRow *job, GError **error); /* inside dbk_db_write() */
GPtrArray *dbk_job_row_list_open (DbkDb *db, GError **error);
DbkJobRow *dbk_job_row_get (DbkDb *db, const char *id, GError **error);

G_END_DECLS
