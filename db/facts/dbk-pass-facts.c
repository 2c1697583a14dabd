/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-pass-facts.h"

#include "db/facts/dbk-pass-facts-private.h"

static const DbkFactKind kind_slip = { "slip.issued", 1, TRUE };
static const DbkFactKind kind_voucher = { "voucher.issued", 1, TRUE };
static const DbkFactKind kind_closed = { "slip.closed", 1, TRUE };

gboolean
dbk_fact_pass_issued (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const DbkPass   *pass,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "pass", pass->id);
  dbk_body_set_text (body, "batch", pass->batch);
  dbk_body_set_text (body, "patient", pass->patient);
  dbk_body_set_text (body, "site", pass->site);
  dbk_body_set_day (body, "from", pass->from);
  dbk_body_set_day (body, "to", pass->to);
  json_object_set_int_member (body, "dose_ug", pass->dose_ug);
  json_object_set_int_member (body, "volume_ul", pass->volume_ul);
  dbk_body_set_text (body, "lot", pass->lot);
  dbk_body_set_text (body, "order", pass->order);
  dbk_body_set_text (body, "lease", pass->lease);
  return dbk_fact_append (db, stamp, pass->kind == DBK_PASS_SLIP ? &kind_slip : &kind_voucher, body, NULL, error);
}

typedef struct
{
  const char *id;
  const char *patient;
  const char *site;
  const char *lease;
  DbkDay      from;
  DbkDay      to;
  gint64      dose_ug;
} IssuedRow;

static gboolean
read_issued (JsonObject  *body,
             IssuedRow   *row,
             GError     **error)
{
  return dbk_body_get_text (body, "pass", &row->id, error) && dbk_body_get_text (body, "patient", &row->patient, error) &&
         dbk_body_get_text (body, "site", &row->site, error) && dbk_body_get_text (body, "lease", &row->lease, error) &&
         dbk_body_get_day (body, "from", &row->from, error) && dbk_body_get_day (body, "to", &row->to, error) &&
         dbk_body_get_int (body, "dose_ug", &row->dose_ug, error);
}

static gboolean
project_issued (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  DbkPassKind kind = g_str_equal (fact->kind, kind_slip.kind) ? DBK_PASS_SLIP : DBK_PASS_VOUCHER;
  IssuedRow row;

  if (!read_issued (body, &row, error) || !dbk_stmt_take (&st, db, DBK_STMT_PASS_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", row.id);
  dbk_stmt_bind_text (&st, ":kind", dbk_pass_kind_to_word (kind));
  dbk_stmt_bind_text (&st, ":said_by", fact->writer);
  dbk_stmt_bind_text (&st, ":batch", dbk_body_text_or_null (body, "batch"));
  dbk_stmt_bind_text (&st, ":patient", row.patient);
  dbk_stmt_bind_text (&st, ":site", row.site);
  dbk_stmt_bind_day (&st, ":from_day", row.from);
  dbk_stmt_bind_day (&st, ":to_day", row.to);
  dbk_stmt_bind_int (&st, ":dose_ug", row.dose_ug);
  dbk_stmt_bind_int (&st, ":volume_ul", dbk_body_int_or (body, "volume_ul", 0));
  dbk_stmt_bind_text (&st, ":lot", dbk_body_text_or_null (body, "lot"));
  dbk_stmt_bind_text (&st, ":order_id", dbk_body_text_or_null (body, "order"));
  dbk_stmt_bind_text (&st, ":lease", row.lease);
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

/* ---- what came of it ---- */

gboolean
dbk_note_pass_outcome (DbkDb          *db,
                       const DbkFact  *fact,
                       const char     *pass,
                       const char     *outcome,
                       const char     *reason,
                       GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_PASS_OUTCOME_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":pass", pass);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":outcome", outcome);
  dbk_stmt_bind_text (&st, ":reason", reason);
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_slip_closed (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const DbkPass   *pass,
                      DbkPassOutcome   outcome,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "pass", pass->id);
  dbk_body_set_text (body, "patient", pass->patient);
  dbk_body_set_text (body, "outcome", dbk_pass_outcome_to_word (outcome));
  return dbk_fact_append (db, stamp, &kind_closed, body, NULL, error);
}

static gboolean
project_closed (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  const char *pass, *outcome;

  return dbk_body_get_text (body, "pass", &pass, error) && dbk_body_get_text (body, "outcome", &outcome, error) &&
         dbk_note_pass_outcome (db, fact, pass, outcome, NULL, error);
}

const DbkProjector dbk_pass_projectors[] = {
  { &kind_slip, project_issued },
  { &kind_voucher, project_issued },
  { &kind_closed, project_closed },
  { NULL, NULL },
};
