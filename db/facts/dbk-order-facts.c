/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-order-facts.h"

#include "db/dbk-fact-log-private.h"

static const DbkFactKind kind_signed = { "order.signed", 1, TRUE };
static const DbkFactKind kind_ended = { "order.ended", 1, TRUE };
static const DbkFactKind kind_hold_placed = { "hold.placed", 1, TRUE };
static const DbkFactKind kind_hold_lifted = { "hold.lifted", 1, TRUE };
static const DbkFactKind kind_absence = { "absence.planned", 1, FALSE };
static const DbkFactKind kind_closure = { "clinic.closed", 1, FALSE };
static const DbkFactKind kind_absence_withdrawn = { "absence.withdrawn", 1, TRUE };
static const DbkFactKind kind_closure_withdrawn = { "closure.withdrawn", 1, TRUE };

/* ---- orders ---- */

gboolean
dbk_fact_order_signed (DbkDb              *db,
                       const DbkStamp     *stamp,
                       const DbkOrder     *order,
                       const char *const  *replaces,
                       GError            **error)
{
  JsonObject *body = json_object_new ();
  JsonArray *replaced = json_array_new ();

  dbk_body_set_text (body, "order", order->id);
  dbk_body_set_text (body, "patient", order->patient);
  json_object_set_int_member (body, "dose_ug", order->dose_ug);
  dbk_body_set_day (body, "from", order->from);
  dbk_body_set_day (body, "to", order->to);
  dbk_body_set_text (body, "reason", order->reason);
  dbk_body_set_text (body, "note", order->note);
  for (gsize i = 0; replaces != NULL && replaces[i] != NULL; i++)
    json_array_add_string_element (replaced, replaces[i]);
  json_object_set_array_member (body, "replaces", replaced);
  return dbk_fact_append (db, stamp, &kind_signed, body, NULL, error);
}

static gboolean
put_order_end (DbkDb          *db,
               const DbkFact  *fact,
               const char     *order,
               DbkDay          last_day,
               const char     *replaced_by,
               GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_ORDER_END, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":order_id", order);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_day (&st, ":last_day", last_day);
  dbk_stmt_bind_text (&st, ":replaced_by", replaced_by);
  return dbk_stmt_run (&st, error);
}

static gboolean
put_order (DbkDb          *db,
           const DbkFact  *fact,
           JsonObject     *body,
           const char    **id,
           DbkDay         *from,
           GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *patient;
  gint64 dose_ug;
  DbkDay to;

  if (!dbk_body_get_text (body, "order", id, error) || !dbk_body_get_text (body, "patient", &patient, error) ||
      !dbk_body_get_int (body, "dose_ug", &dose_ug, error) || !dbk_body_get_day (body, "from", from, error) ||
      !dbk_body_get_day_or_none (body, "to", &to, error) || !dbk_stmt_take (&st, db, DBK_STMT_ORDER_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":id", *id);
  dbk_stmt_bind_int (&st, ":dose_ug", dose_ug);
  dbk_stmt_bind_day (&st, ":from_day", *from);
  dbk_stmt_bind_day (&st, ":to_day", to);
  dbk_stmt_bind_text (&st, ":reason", dbk_body_text_or_null (body, "reason"));
  dbk_stmt_bind_text (&st, ":note", dbk_body_text_or_null (body, "note"));
  dbk_stmt_bind_text (&st, ":signed_by", fact->author);
  dbk_stmt_bind_day (&st, ":signed_day", dbk_fact_day (fact));
  dbk_stmt_bind_int (&st, ":signed_ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

static gboolean
project_signed (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  JsonNode *node = json_object_get_member (body, "replaces");
  JsonArray *replaced = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const char *id;
  DbkDay from;

  if (!put_order (db, fact, body, &id, &from, error))
    return FALSE;
  for (guint i = 0; replaced != NULL && i < json_array_get_length (replaced); i++)
    {
      const char *old = json_node_get_string (json_array_get_element (replaced, i));

      if (old != NULL && !put_order_end (db, fact, old, from - 1, id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dbk_fact_order_ended (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const char      *order,
                      const char      *patient,
                      DbkDay           last_day,
                      const char      *reason,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "order", order);
  dbk_body_set_text (body, "patient", patient);
  dbk_body_set_day (body, "last_day", last_day);
  dbk_body_set_text (body, "reason", reason);
  return dbk_fact_append (db, stamp, &kind_ended, body, NULL, error);
}

static gboolean
project_ended (DbkDb          *db,
               const DbkFact  *fact,
               JsonObject     *body,
               GError        **error)
{
  const char *order;
  DbkDay last_day;

  return dbk_body_get_text (body, "order", &order, error) &&
         dbk_body_get_day (body, "last_day", &last_day, error) &&
         put_order_end (db, fact, order, last_day, NULL, error);
}

/* ---- holds ---- */

gboolean
dbk_fact_hold_placed (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const DbkHold   *hold,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "hold", hold->id);
  dbk_body_set_text (body, "patient", hold->patient);
  dbk_body_set_text (body, "kind", dbk_hold_kind_to_word (hold->kind));
  dbk_body_set_text (body, "reason", hold->reason);
  dbk_body_set_text (body, "note", hold->note);
  dbk_body_set_day (body, "from", hold->from);
  dbk_body_set_day (body, "until", hold->until);
  return dbk_fact_append (db, stamp, &kind_hold_placed, body, NULL, error);
}

static gboolean
project_hold_placed (DbkDb          *db,
                     const DbkFact  *fact,
                     JsonObject     *body,
                     GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *patient, *kind, *reason;
  DbkDay from, until;

  if (!dbk_body_get_text (body, "hold", &id, error) || !dbk_body_get_text (body, "patient", &patient, error) ||
      !dbk_body_get_text (body, "kind", &kind, error) || !dbk_body_get_text (body, "reason", &reason, error) ||
      !dbk_body_get_day (body, "from", &from, error) || !dbk_body_get_day_or_none (body, "until", &until, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_HOLD_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":kind", kind);
  dbk_stmt_bind_text (&st, ":reason", reason);
  dbk_stmt_bind_text (&st, ":note", dbk_body_text_or_null (body, "note"));
  dbk_stmt_bind_day (&st, ":from_day", from);
  dbk_stmt_bind_day (&st, ":until_day", until);
  dbk_stmt_bind_text (&st, ":placed_by", fact->author);
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_hold_lifted (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const char      *hold,
                      const char      *patient,
                      const char      *reason,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "hold", hold);
  dbk_body_set_text (body, "patient", patient);
  dbk_body_set_text (body, "reason", reason);
  return dbk_fact_append (db, stamp, &kind_hold_lifted, body, NULL, error);
}

static gboolean
project_hold_lifted (DbkDb          *db,
                     const DbkFact  *fact,
                     JsonObject     *body,
                     GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *hold;

  if (!dbk_body_get_text (body, "hold", &hold, error) || !dbk_stmt_take (&st, db, DBK_STMT_HOLD_LIFT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":hold", hold);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_day (&st, ":day", dbk_fact_day (fact));
  dbk_stmt_bind_text (&st, ":lifted_by", fact->author);
  return dbk_stmt_run (&st, error);
}

/* ---- absences and closures ---- */

gboolean
dbk_fact_absence (DbkDb             *db,
                  const DbkStamp    *stamp,
                  const DbkAbsence  *absence,
                  GError           **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "absence", absence->id);
  dbk_body_set_text (body, "patient", absence->patient);
  dbk_body_set_day (body, "from", absence->from);
  dbk_body_set_day (body, "to", absence->to);
  dbk_body_set_text (body, "reason", absence->reason);
  json_object_set_boolean_member (body, "dosed_there", absence->dosed_there);
  return dbk_fact_append (db, stamp, absence->patient != NULL ? &kind_absence : &kind_closure, body, NULL, error);
}

static gboolean
project_absence (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *reason;
  const char *patient = dbk_body_text_or_null (body, "patient");
  DbkDay from, to;

  if (!dbk_body_get_text (body, "absence", &id, error) || !dbk_body_get_text (body, "reason", &reason, error) ||
      !dbk_body_get_day (body, "from", &from, error) || !dbk_body_get_day (body, "to", &to, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_ABSENCE_PUT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":patient", patient != NULL ? patient : "");
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_day (&st, ":from_day", from);
  dbk_stmt_bind_day (&st, ":to_day", to);
  dbk_stmt_bind_text (&st, ":reason", reason);
  dbk_stmt_bind_int (&st, ":dosed_there", dbk_body_flag (body, "dosed_there"));
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_absence_withdrawn (DbkDb             *db,
                            const DbkStamp    *stamp,
                            const DbkAbsence  *absence,
                            GError           **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "absence", absence->id);
  dbk_body_set_text (body, "patient", absence->patient);
  return dbk_fact_append (db, stamp, absence->patient != NULL ? &kind_absence_withdrawn : &kind_closure_withdrawn, body, NULL, error);
}

static gboolean
project_withdrawn (DbkDb          *db,
                   const DbkFact  *fact,
                   JsonObject     *body,
                   GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id;

  if (!dbk_body_get_text (body, "absence", &id, error) || !dbk_stmt_take (&st, db, DBK_STMT_ABSENCE_WITHDRAW, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":absence", id);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_int (&st, ":ms", dbk_fact_wall_ms (fact));
  return dbk_stmt_run (&st, error);
}

const DbkProjector dbk_order_projectors[] = {
  { &kind_signed, project_signed },
  { &kind_ended, project_ended },
  { &kind_hold_placed, project_hold_placed },
  { &kind_hold_lifted, project_hold_lifted },
  { &kind_absence, project_absence },
  { &kind_closure, project_absence },
  { &kind_absence_withdrawn, project_withdrawn },
  { &kind_closure_withdrawn, project_withdrawn },
  { NULL, NULL },
};
