/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which statement may write where. SQLite asks while a statement is prepared, and by then the door has said of which class
 * it is: so a statement that would change a fact does not even come into being, whatever its text says. */
#define G_LOG_DOMAIN "dbk-db"

#include "db/dbk-db-private.h"

static const char *const local_tables[] = { "setting", "print_job", "sign_in_try", "file_reading", "seal", "fork", "exchange", "peer_tip",
                                            "shown_patient", "held_back", "given_told", "guest", NULL };
static const char *const fact_tables[] = { "fact", "revealed", NULL };
static const char *const unerasable_tables[] = { "fact", "revealed", "file_reading", NULL };

static gboolean
is_schema_table (const char *table)
{
  return g_str_has_prefix (table, "sqlite_");
}

static gboolean
may_write (DbkWrites   writes,
           int         action,
           const char *table)
{
  gboolean erases = action == SQLITE_UPDATE || action == SQLITE_DELETE;

  if (writes == DBK_WRITES_SCHEMA)
    return TRUE;
  if (is_schema_table (table) || (erases && g_strv_contains (unerasable_tables, table)))
    return FALSE;
  if (writes == DBK_WRITES_FACT)
    return g_strv_contains (fact_tables, table);
  if (writes == DBK_WRITES_LOCAL)
    return g_strv_contains (local_tables, table);
  if (writes == DBK_WRITES_PROJECTION)
    return !g_strv_contains (fact_tables, table) && !g_strv_contains (local_tables, table);
  return FALSE;
}

static int
on_authorize (gpointer    data,
              int         action,
              const char *first,
              const char *second,
              const char *schema,
              const char *trigger)
{
  DbkDb *self = data;

  if (action == SQLITE_READ || action == SQLITE_SELECT || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE)
    return SQLITE_OK;
  if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE)
    return may_write (self->preparing, action, first) ? SQLITE_OK : SQLITE_DENY;
  if (self->preparing == DBK_WRITES_SCHEMA)
    return SQLITE_OK;
  return SQLITE_DENY;
}

void
dbk_db_guard (DbkDb *self)
{
  sqlite3_set_authorizer (self->handle, on_authorize, self);
}
