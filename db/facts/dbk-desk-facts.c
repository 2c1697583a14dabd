/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-desk-facts.h"

#include "db/dbk-fact-log-private.h"

static const DbkFactKind kind_answer = { "alert.answered", 1, FALSE };
static const DbkFactKind kind_contact = { "contact.made", 1, FALSE };
static const DbkFactKind kind_policy = { "policy.adopted", 1, FALSE };
static const DbkFactKind kind_document = { "document.printed", 1, FALSE };

gboolean
dbk_fact_alert_answered (DbkDb           *db,
                         const DbkStamp  *stamp,
                         const char      *patient,
                         DbkDay           day,
                         const char      *code,
                         const char      *choice,
                         GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "patient", patient);
  dbk_body_set_day (body, "for_day", day);
  dbk_body_set_text (body, "code", code);
  dbk_body_set_text (body, "choice", choice);
  return dbk_fact_append (db, stamp, &kind_answer, body, NULL, error);
}

static gboolean
project_answer (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *patient, *code, *choice;
  DbkDay day;

  if (!dbk_body_get_text (body, "patient", &patient, error) || !dbk_body_get_day (body, "for_day", &day, error) ||
      !dbk_body_get_text (body, "code", &code, error) || !dbk_body_get_text (body, "choice", &choice, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_ANSWER_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", day);
  dbk_stmt_bind_text (&st, ":code", code);
  dbk_stmt_bind_text (&st, ":choice", choice);
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_blob (&st, ":hash", fact->hash, sizeof fact->hash);
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_contact (DbkDb           *db,
                  const DbkStamp  *stamp,
                  const char      *id,
                  const char      *patient,
                  const char      *outcome,
                  const char      *note,
                  GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "contact", id);
  dbk_body_set_text (body, "patient", patient);
  dbk_body_set_text (body, "outcome", outcome);
  dbk_body_set_text (body, "note", note);
  return dbk_fact_append (db, stamp, &kind_contact, body, NULL, error);
}

static gboolean
project_contact (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *patient, *outcome;

  if (!dbk_body_get_text (body, "contact", &id, error) || !dbk_body_get_text (body, "patient", &patient, error) ||
      !dbk_body_get_text (body, "outcome", &outcome, error) || !dbk_stmt_take (&st, db, DBK_STMT_CONTACT_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", dbk_fact_day (fact));
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":outcome", outcome);
  dbk_stmt_bind_text (&st, ":note", dbk_body_text_or_null (body, "note"));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_policy (DbkDb           *db,
                 const DbkStamp  *stamp,
                 const char      *name,
                 const char      *version,
                 const char      *json,
                 GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "name", name);
  dbk_body_set_text (body, "policy_version", version);
  dbk_body_set_text (body, "json", json);
  return dbk_fact_append (db, stamp, &kind_policy, body, NULL, error);
}

static gboolean
project_policy (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *name, *version, *json;

  if (!dbk_body_get_text (body, "name", &name, error) || !dbk_body_get_text (body, "policy_version", &version, error) ||
      !dbk_body_get_text (body, "json", &json, error) || !dbk_stmt_take (&st, db, DBK_STMT_POLICY_INSERT, error))
    return FALSE;
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_blob (&st, ":hash", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":name", name);
  dbk_stmt_bind_text (&st, ":version", version);
  dbk_stmt_bind_text (&st, ":json", json);
  dbk_stmt_bind_day (&st, ":adopted", dbk_fact_day (fact));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_document (DbkDb                   *db,
                   const DbkStamp          *stamp,
                   const DbkDocumentDraft  *document,
                   GError                 **error)
{
  JsonObject *body = json_object_new ();
  JsonArray *rows = json_array_sized_new ((guint) document->n_rows);

  dbk_body_set_text (body, "document", document->id);
  dbk_body_set_text (body, "kind", document->kind);
  dbk_body_set_text (body, "about", document->about);
  dbk_body_set_text (body, "patient", document->patient);
  dbk_body_set_day (body, "for_day", document->day);
  dbk_body_set_text (body, "media", document->media);
  dbk_body_set_text (body, "reprint_of", document->reprint_of);
  for (gsize i = 0; i < document->n_rows; i++)
    {
      JsonArray *row = json_array_sized_new (2);

      json_array_add_string_element (row, document->rows[i].code);
      json_array_add_string_element (row, document->rows[i].patient);
      json_array_add_array_element (rows, row);
    }
  if (document->n_rows > 0)
    json_object_set_array_member (body, "rows", rows);
  else
    json_array_unref (rows);
  return dbk_fact_append (db, stamp, &kind_document, body, NULL, error);
}

static gboolean
put_paper_row (DbkDb       *db,
               const char  *document,
               DbkDay       day,
               JsonNode    *node,
               GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *code, *patient;

  if (pair == NULL || json_array_get_length (pair) != 2 ||
      (code = json_node_get_string (json_array_get_element (pair, 0))) == NULL ||
      (patient = json_node_get_string (json_array_get_element (pair, 1))) == NULL)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A row of a paper sheet is malformed");
      return FALSE;
    }
  if (!dbk_stmt_take (&st, db, DBK_STMT_PAPER_ROW_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":code", code);
  dbk_stmt_bind_text (&st, ":document", document);
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_day (&st, ":day", day);
  return dbk_stmt_run (&st, error);
}

static gboolean
put_document (DbkDb          *db,
              const DbkFact  *fact,
              JsonObject     *body,
              const char     *id,
              DbkDay          day,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *kind, *media;

  if (!dbk_body_get_text (body, "kind", &kind, error) || !dbk_body_get_text (body, "media", &media, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_DOCUMENT_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":kind", kind);
  dbk_stmt_bind_text (&st, ":about", dbk_body_text_or_null (body, "about"));
  dbk_stmt_bind_text (&st, ":patient", dbk_body_text_or_null (body, "patient"));
  dbk_stmt_bind_day (&st, ":day", day);
  dbk_stmt_bind_text (&st, ":media", media);
  dbk_stmt_bind_text (&st, ":reprint_of", dbk_body_text_or_null (body, "reprint_of"));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

static gboolean
project_document (DbkDb          *db,
                  const DbkFact  *fact,
                  JsonObject     *body,
                  GError        **error)
{
  JsonNode *node = json_object_get_member (body, "rows");
  JsonArray *rows = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *id;
  DbkDay day;

  if (!dbk_body_get_text (body, "document", &id, error) || !dbk_body_get_day (body, "for_day", &day, error) ||
      !put_document (db, fact, body, id, day, error))
    return FALSE;
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    if (!put_paper_row (db, id, day, json_array_get_element (rows, i), error))
      return FALSE;
  return TRUE;
}

const DbkProjector dbk_desk_projectors[] = {
  { &kind_answer, project_answer },
  { &kind_contact, project_contact },
  { &kind_policy, project_policy },
  { &kind_document, project_document },
  { NULL, NULL },
};
