/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-lease-facts.h"

#include "db/dbk-fact-log-private.h"

static const DbkFactKind kind_granted = { "lease.granted", 1, TRUE };
static const DbkFactKind kind_returned = { "lease.returned", 1, TRUE };
static const DbkFactKind kind_broken = { "lease.broken", 1, TRUE };
static const DbkFactKind kind_collision_closed = { "collision.closed", 1, TRUE };

static JsonObject *
new_lease_body (const DbkLease *lease,
                DbkDay          from)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "lease", lease->id);
  dbk_body_set_text (body, "patient", lease->patient);
  dbk_body_set_day (body, "from", from);
  return body;
}

/* ---- granting ---- */

gboolean
dbk_fact_lease_granted (DbkDb           *db,
                        const DbkStamp  *stamp,
                        const DbkLease  *lease,
                        GError         **error)
{
  JsonObject *body = new_lease_body (lease, lease->from);

  dbk_body_set_day (body, "to", lease->to);
  dbk_body_set_text (body, "site", lease->site);
  dbk_body_set_text (body, "holder", lease->holder);
  return dbk_fact_append (db, stamp, &kind_granted, body, NULL, error);
}

static gboolean
project_granted (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *patient, *site;
  DbkDay from, to;

  if (!dbk_body_get_text (body, "lease", &id, error) || !dbk_body_get_text (body, "patient", &patient, error) ||
      !dbk_body_get_text (body, "site", &site, error) || !dbk_body_get_day (body, "from", &from, error) ||
      !dbk_body_get_day (body, "to", &to, error) || !dbk_stmt_take (&st, db, DBK_STMT_LEASE_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":said_by", fact->writer);
  dbk_stmt_bind_text (&st, ":site", site);
  dbk_stmt_bind_text (&st, ":holder", dbk_body_text_or_null (body, "holder"));
  dbk_stmt_bind_day (&st, ":from_day", from);
  dbk_stmt_bind_day (&st, ":to_day", to);
  dbk_stmt_bind_text (&st, ":granted_by", fact->author);
  dbk_stmt_bind_int (&st, ":granted_ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

/* ---- ending ---- */

gboolean
dbk_fact_lease_returned (DbkDb           *db,
                         const DbkStamp  *stamp,
                         const DbkLease  *lease,
                         DbkDay           from,
                         GError         **error)
{
  return dbk_fact_append (db, stamp, &kind_returned, new_lease_body (lease, from), NULL, error);
}

gboolean
dbk_fact_lease_broken (DbkDb           *db,
                       const DbkStamp  *stamp,
                       const DbkLease  *lease,
                       DbkDay           from,
                       const char      *reason,
                       const char      *confirmed,
                       GError         **error)
{
  JsonObject *body = new_lease_body (lease, from);

  dbk_body_set_text (body, "reason", reason);
  dbk_body_set_text (body, "confirmed", confirmed);
  return dbk_fact_append (db, stamp, &kind_broken, body, NULL, error);
}

static gboolean
put_end (DbkDb          *db,
         const DbkFact  *fact,
         JsonObject     *body,
         DbkLeaseEnd     end,
         GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *lease;
  DbkDay from;

  if (!dbk_body_get_text (body, "lease", &lease, error) || !dbk_body_get_day (body, "from", &from, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_LEASE_END, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":lease", lease);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":said_by", fact->writer);
  dbk_stmt_bind_text (&st, ":kind", dbk_lease_end_to_word (end));
  dbk_stmt_bind_day (&st, ":from_day", from);
  dbk_stmt_bind_text (&st, ":reason", dbk_body_text_or_null (body, "reason"));
  dbk_stmt_bind_text (&st, ":confirmed", dbk_body_text_or_null (body, "confirmed"));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

static gboolean
project_returned (DbkDb          *db,
                  const DbkFact  *fact,
                  JsonObject     *body,
                  GError        **error)
{
  return put_end (db, fact, body, DBK_LEASE_RETURNED, error);
}

static gboolean
project_broken (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  return put_end (db, fact, body, DBK_LEASE_BROKEN, error);
}

/* ---- two doses ---- */

gboolean
dbk_fact_collision_closed (DbkDb               *db,
                           const DbkStamp      *stamp,
                           const DbkCollision  *collision,
                           const char          *finding,
                           const char          *note,
                           GError             **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "patient", collision->patient);
  dbk_body_set_text (body, "dose_a", collision->dose_a);
  dbk_body_set_text (body, "dose_b", collision->dose_b);
  dbk_body_set_text (body, "finding", finding);
  dbk_body_set_text (body, "note", note);
  return dbk_fact_append (db, stamp, &kind_collision_closed, body, NULL, error);
}

static gboolean
project_collision_closed (DbkDb          *db,
                          const DbkFact  *fact,
                          JsonObject     *body,
                          GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *dose_a, *dose_b, *finding;

  if (!dbk_body_get_text (body, "dose_a", &dose_a, error) || !dbk_body_get_text (body, "dose_b", &dose_b, error) ||
      !dbk_body_get_text (body, "finding", &finding, error) || !dbk_stmt_take (&st, db, DBK_STMT_COLLISION_CLOSE, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":dose_a", dose_a);
  dbk_stmt_bind_text (&st, ":dose_b", dose_b);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":finding", finding);
  dbk_stmt_bind_text (&st, ":note", dbk_body_text_or_null (body, "note"));
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

const DbkProjector dbk_lease_projectors[] = {
  { &kind_granted, project_granted },
  { &kind_returned, project_returned },
  { &kind_broken, project_broken },
  { &kind_collision_closed, project_collision_closed },
  { NULL, NULL },
};
