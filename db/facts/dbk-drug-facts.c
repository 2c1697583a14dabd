/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-drug-facts.h"

#include "db/dbk-fact-log-private.h"
#include "db/facts/dbk-drug-facts-private.h"

static const DbkFactKind kind_received = { "lot.received", 1, FALSE };
static const DbkFactKind kind_opened = { "bottle.opened", 1, FALSE };
static const DbkFactKind kind_sent = { "lot.sent", 1, FALSE };
static const DbkFactKind kind_arrived = { "lot.arrived", 1, FALSE };

gboolean
dbk_move_drug (DbkDb       *db,
               const char  *lot,
               const char  *site,
               const char  *from,
               const char  *to,
               gint64       volume_ul,
               GError     **error)
{
  return dbk_tally_add_volume (db, lot, site, from, -volume_ul, error) && dbk_tally_add_volume (db, lot, site, to, volume_ul, error);
}

gboolean
dbk_fact_lot_received (DbkDb           *db,
                       const DbkStamp  *stamp,
                       const DbkLot    *lot,
                       const char      *witness,
                       GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "lot", lot->id);
  dbk_body_set_text (body, "number", lot->number);
  dbk_body_set_text (body, "product", lot->product);
  json_object_set_int_member (body, "ug_per_ml", lot->ug_per_ml);
  dbk_body_set_day (body, "expires", lot->expires);
  json_object_set_int_member (body, "volume_ul", lot->received_ul);
  dbk_body_set_text (body, "witness", witness);
  return dbk_fact_append (db, stamp, &kind_received, body, NULL, error);
}

static gboolean
project_received (DbkDb          *db,
                  const DbkFact  *fact,
                  JsonObject     *body,
                  GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *number, *product;
  gint64 ug_per_ml, volume_ul;
  DbkDay expires;

  if (!dbk_body_get_text (body, "lot", &id, error) || !dbk_body_get_text (body, "number", &number, error) ||
      !dbk_body_get_text (body, "product", &product, error) || !dbk_body_get_int (body, "ug_per_ml", &ug_per_ml, error) ||
      !dbk_body_get_day (body, "expires", &expires, error) || !dbk_body_get_int (body, "volume_ul", &volume_ul, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_LOT_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":number", number);
  dbk_stmt_bind_text (&st, ":product", product);
  dbk_stmt_bind_int (&st, ":ug_per_ml", ug_per_ml);
  dbk_stmt_bind_day (&st, ":expires", expires);
  dbk_stmt_bind_int (&st, ":received_ul", volume_ul);
  return dbk_stmt_run (&st, error) && dbk_move_drug (db, id, fact->site, "supplier", "safe", volume_ul, error);
}

gboolean
dbk_fact_bottle_opened (DbkDb           *db,
                        const DbkStamp  *stamp,
                        const char      *bottle,
                        const char      *lot,
                        gint64           volume_ul,
                        GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "bottle", bottle);
  dbk_body_set_text (body, "lot", lot);
  json_object_set_int_member (body, "volume_ul", volume_ul);
  return dbk_fact_append (db, stamp, &kind_opened, body, NULL, error);
}

static gboolean
project_opened (DbkDb          *db,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *id, *lot;
  gint64 volume_ul;

  if (!dbk_body_get_text (body, "bottle", &id, error) || !dbk_body_get_text (body, "lot", &lot, error) ||
      !dbk_body_get_int (body, "volume_ul", &volume_ul, error) || !dbk_stmt_take (&st, db, DBK_STMT_BOTTLE_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":site", fact->site);
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_text (&st, ":id", id);
  dbk_stmt_bind_text (&st, ":lot", lot);
  dbk_stmt_bind_day (&st, ":opened", dbk_fact_day (fact));
  return dbk_stmt_run (&st, error) && dbk_move_drug (db, lot, fact->site, "safe", "bottle", volume_ul, error);
}

/* ---- between places ---- */

gboolean
dbk_fact_lot_sent (DbkDb           *db,
                   const DbkStamp  *stamp,
                   const char      *lot,
                   const char      *site,
                   gint64           volume_ul,
                   GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "lot", lot);
  dbk_body_set_text (body, "to", site);
  json_object_set_int_member (body, "volume_ul", volume_ul);
  return dbk_fact_append (db, stamp, &kind_sent, body, NULL, error);
}

static gboolean
project_sent (DbkDb          *db,
              const DbkFact  *fact,
              JsonObject     *body,
              GError        **error)
{
  const char *lot, *to;
  gint64 volume_ul;

  return dbk_body_get_text (body, "lot", &lot, error) && dbk_body_get_text (body, "to", &to, error) &&
         dbk_body_get_int (body, "volume_ul", &volume_ul, error) && dbk_tally_add_volume (db, lot, fact->site, "safe", -volume_ul, error) &&
         dbk_tally_add_volume (db, lot, to, "transit", volume_ul, error);
}

gboolean
dbk_fact_lot_arrived (DbkDb           *db,
                      const DbkStamp  *stamp,
                      const char      *lot,
                      gint64           volume_ul,
                      GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "lot", lot);
  json_object_set_int_member (body, "volume_ul", volume_ul);
  return dbk_fact_append (db, stamp, &kind_arrived, body, NULL, error);
}

static gboolean
project_arrived (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  const char *lot;
  gint64 volume_ul;

  return dbk_body_get_text (body, "lot", &lot, error) && dbk_body_get_int (body, "volume_ul", &volume_ul, error) &&
         dbk_move_drug (db, lot, fact->site, "transit", "safe", volume_ul, error);
}

const DbkProjector dbk_drug_projectors[] = {
  { &kind_received, project_received },
  { &kind_opened, project_opened },
  { &kind_sent, project_sent },
  { &kind_arrived, project_arrived },
  { NULL, NULL },
};
