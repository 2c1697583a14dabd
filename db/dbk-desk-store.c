/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-desk-store.h"

#include "db/dbk-store-private.h"

/* ---- answers ---- */

void
dbk_answer_row_free (DbkAnswerRow *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->choice);
  g_free (self);
}

static gpointer
read_answer (DbkStmt  *st,
             GError  **error)
{
  DbkAnswerRow *answer = g_new0 (DbkAnswerRow, 1);

  answer->code = dbk_stmt_dup (st, 0);
  answer->choice = dbk_stmt_dup (st, 1);
  return answer;
}

GPtrArray *
dbk_answer_list (DbkDb       *db,
                 const char  *patient,
                 DbkDay       day,
                 GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_ANSWERS_OF, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_answer, (GDestroyNotify) dbk_answer_row_free, error);
}

/* ---- contacts ---- */

void
dbk_contact_row_free (DbkContactRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->patient);
  g_free (self->outcome);
  g_free (self->note);
  g_free (self->by_name);
  g_free (self);
}

static gpointer
read_contact (DbkStmt  *st,
              GError  **error)
{
  DbkContactRow *contact = g_new0 (DbkContactRow, 1);

  contact->id = dbk_stmt_dup (st, 0);
  contact->patient = dbk_stmt_dup (st, 1);
  contact->day = dbk_stmt_day (st, 2);
  contact->outcome = dbk_stmt_dup (st, 3);
  contact->note = dbk_stmt_dup (st, 4);
  contact->by_name = dbk_stmt_dup (st, 5);
  contact->ms = dbk_stmt_int (st, 6);
  return contact;
}

GPtrArray *
dbk_contact_list (DbkDb       *db,
                  const char  *patient,
                  guint        limit,
                  GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_CONTACTS_OF, error))
    return NULL;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_int (&st, ":limit", limit);
  return dbk_store_collect (&st, read_contact, (GDestroyNotify) dbk_contact_row_free, error);
}

/* ---- policy and paper ---- */

char *
dbk_policy_current_json (DbkDb   *db,
                         GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_POLICY_CURRENT, error) || !dbk_stmt_next (&st, &row, error) || !row)
    return NULL;
  return dbk_stmt_dup (&st, 2);
}

gboolean
dbk_paper_row_find (DbkDb       *db,
                    const char  *code,
                    char       **document,
                    char       **patient,
                    DbkDay      *day,
                    GError     **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_store_seek_text (&st, db, DBK_STMT_PAPER_ROW_BY_CODE, ":code", code, "row of a paper sheet", error))
    return FALSE;
  *document = dbk_stmt_dup (&st, 0);
  *patient = dbk_stmt_dup (&st, 1);
  *day = dbk_stmt_day (&st, 2);
  return TRUE;
}

static gpointer
read_text (DbkStmt  *st,
           GError  **error)
{
  return dbk_stmt_dup (st, 0);
}

GPtrArray *
dbk_document_list_about (DbkDb       *db,
                         const char  *about,
                         GError     **error)
{
  return dbk_store_list (db, DBK_STMT_DOCUMENT_ABOUT, ":about", about, read_text, g_free, error);
}

GPtrArray *
dbk_dose_list_without_slip (DbkDb   *db,
                            DbkDay   day,
                            GError **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_DOSES_WITHOUT_SLIP, error))
    return NULL;
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_store_collect (&st, read_text, g_free, error);
}

/* ---- print jobs ---- */

void
dbk_job_row_free (DbkJobRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->document);
  g_free (self->printer);
  g_free (self->state);
  g_free (self->trouble);
  g_free (self->message);
  g_free (self->kind);
  g_free (self->about);
  g_free (self->patient);
  g_free (self->media);
  g_free (self);
}

static gpointer
read_job (DbkStmt  *st,
          GError  **error)
{
  DbkJobRow *job = g_new0 (DbkJobRow, 1);

  job->id = dbk_stmt_dup (st, 0);
  job->document = dbk_stmt_dup (st, 1);
  job->printer = dbk_stmt_dup (st, 2);
  job->job = (gint) dbk_stmt_int (st, 3);
  job->state = dbk_stmt_dup (st, 4);
  job->trouble = dbk_stmt_dup (st, 5);
  job->message = dbk_stmt_dup (st, 6);
  job->ms = dbk_stmt_int (st, 7);
  job->kind = dbk_stmt_dup (st, 8);
  job->about = dbk_stmt_dup (st, 9);
  job->patient = dbk_stmt_dup (st, 10);
  job->media = dbk_stmt_dup (st, 11);
  return job;
}

gboolean
dbk_job_row_put (DbkDb              *db,
                   const DbkJobRow  *job,
                   GError            **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_JOB_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", job->id);
  dbk_stmt_bind_text (&st, ":document", job->document);
  dbk_stmt_bind_text (&st, ":printer", job->printer);
  dbk_stmt_bind_int (&st, ":job", job->job);
  dbk_stmt_bind_text (&st, ":state", job->state);
  dbk_stmt_bind_text (&st, ":trouble", job->trouble != NULL ? job->trouble : "none");
  dbk_stmt_bind_text (&st, ":message", job->message != NULL ? job->message : "");
  dbk_stmt_bind_int (&st, ":ms", job->ms);
  return dbk_stmt_run (&st, error);
}

GPtrArray *
dbk_job_row_list_open (DbkDb   *db,
                         GError **error)
{
  return dbk_store_list (db, DBK_STMT_JOBS_OPEN, NULL, NULL, read_job, (GDestroyNotify) dbk_job_row_free, error);
}

DbkJobRow *
dbk_job_row_get (DbkDb       *db,
                   const char  *id,
                   GError     **error)
{
  return dbk_store_one_by_text (db, DBK_STMT_JOB_BY_ID, ":id", id, read_job, "print job", error);
}
