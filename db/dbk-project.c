/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From facts to what is read: a key press at the counter and a line of an imported file take the same way. A projector must come to
 * the same tables in whatever order facts arrive. */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/dbk-fact-log-private.h"

static const DbkProjector *const rooms[] = {
  dbk_people_projectors, dbk_order_projectors, dbk_dose_projectors, dbk_drug_projectors, dbk_desk_projectors,
  dbk_site_projectors, dbk_lease_projectors, dbk_pass_projectors,
};

/* What only the clinic says, whoever is enrolled: a stolen laptop of a dosing point must not order a dose, lift a hold or make itself a
 * physician. From others such a fact is kept, handed on and passed over. */
static const char *const home_kinds[] = {
  "site.set", "staff.set", "policy.adopted", "clinic.closed", "closure.withdrawn", "patient.registered", "card.issued", "card.revoked", "order.signed", "order.ended",
  "hold.lifted", "lot.received", "lot.sent", "history.imported", "import.made", "collision.closed", "slip.issued", "voucher.issued", "slip.closed", NULL,
};

gboolean
dbk_kind_is_of_home (const char *kind)
{
  return g_strv_contains (home_kinds, kind);
}

static gpointer
index_projectors (gpointer unused)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    for (const DbkProjector *p = rooms[i]; p->kind != NULL; p++)
      {
        gboolean is_new = g_hash_table_insert (table, (gpointer) p->kind->kind, (gpointer) p);

        g_assert (is_new);
      }
  return table;
}

static const DbkProjector *
find_projector (const DbkFact *fact)
{
  static GOnce once = G_ONCE_INIT;
  const DbkProjector *projector;

  g_once (&once, index_projectors, NULL);
  projector = g_hash_table_lookup (once.retval, fact->kind);
  return projector != NULL && fact->version <= projector->kind->version ? projector : NULL;
}

/* Written by a newer program that says it must not be passed over: whoever it speaks of waits. */
static gboolean
note_unread (DbkDb          *db,
             const DbkFact  *fact,
             JsonObject     *body,
             GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *patient = dbk_body_text_or_null (body, "patient");

  if (!dbk_stmt_take (&st, db, DBK_STMT_UNREAD_INSERT, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":patient", patient != NULL ? patient : "");
  dbk_stmt_bind_text (&st, ":kind", fact->kind);
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_project (DbkDb          *db,
             const DbkFact  *fact,
             JsonObject     *body,
             GError        **error)
{
  const DbkProjector *projector;

  if (body == NULL)
    return TRUE;
  projector = find_projector (fact);
  if (projector == NULL)
    return !fact->critical || note_unread (db, fact, body, error);
  if (projector->project (db, fact, body, error))
    return TRUE;
  g_prefix_error (error, "%s: ", fact->kind);
  return FALSE;
}
