/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/facts/dbk-site-facts.h"

#include <sodium.h>

#include "db/dbk-fact-log-private.h"

static const DbkFactKind kind_enrolled = { "site.enrolled", 1, TRUE };
static const DbkFactKind kind_revoked = { "writer.revoked", 1, TRUE };
static const DbkFactKind kind_accepted = { "writer.accepted", 1, TRUE };

gboolean
dbk_fact_writer_enrolled (DbkDb           *db,
                          const DbkStamp  *stamp,
                          const char      *writer,
                          const char      *site,
                          const char      *name,
                          const guint8     public_key[DBK_PUBLIC_KEY_SIZE],
                          GError         **error)
{
  JsonObject *body = json_object_new ();
  char key[2 * DBK_PUBLIC_KEY_SIZE + 1];

  sodium_bin2hex (key, sizeof key, public_key, DBK_PUBLIC_KEY_SIZE);
  dbk_body_set_text (body, "writer", writer);
  dbk_body_set_text (body, "site", site);
  dbk_body_set_text (body, "name", name);
  dbk_body_set_text (body, "public_key", key);
  return dbk_fact_append (db, stamp, &kind_enrolled, body, NULL, error);
}

static gboolean
read_key (JsonObject  *body,
          guint8       key[DBK_PUBLIC_KEY_SIZE],
          GError     **error)
{
  const char *text;
  gsize size = 0;

  if (!dbk_body_get_text (body, "public_key", &text, error))
    return FALSE;
  if (sodium_hex2bin (key, DBK_PUBLIC_KEY_SIZE, text, strlen (text), NULL, &size, NULL) == 0 && size == DBK_PUBLIC_KEY_SIZE)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "A writer's key is malformed");
  return FALSE;
}

static gboolean
project_enrolled (DbkDb          *db,
                  const DbkFact  *fact,
                  JsonObject     *body,
                  GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *writer, *site, *name;
  guint8 key[DBK_PUBLIC_KEY_SIZE];

  if (!dbk_body_get_text (body, "writer", &writer, error) || !dbk_body_get_text (body, "site", &site, error) ||
      !dbk_body_get_text (body, "name", &name, error) || !read_key (body, key, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_ENROLMENT_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", writer);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":said_by", fact->writer);
  dbk_stmt_bind_text (&st, ":site", site);
  dbk_stmt_bind_text (&st, ":name", name);
  dbk_stmt_bind_blob (&st, ":public_key", key, sizeof key);
  dbk_stmt_bind_day (&st, ":day", dbk_fact_day (fact));
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_writer_revoked (DbkDb           *db,
                         const DbkStamp  *stamp,
                         const char      *writer,
                         gint64           last_seq,
                         const char      *reason,
                         GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "writer", writer);
  json_object_set_int_member (body, "last_seq", last_seq);
  dbk_body_set_text (body, "reason", reason);
  return dbk_fact_append (db, stamp, &kind_revoked, body, NULL, error);
}

static gboolean
project_revoked (DbkDb          *db,
                 const DbkFact  *fact,
                 JsonObject     *body,
                 GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *writer, *reason;
  gint64 last_seq;

  if (!dbk_body_get_text (body, "writer", &writer, error) || !dbk_body_get_int (body, "last_seq", &last_seq, error) ||
      !dbk_body_get_text (body, "reason", &reason, error) || !dbk_stmt_take (&st, db, DBK_STMT_REVOCATION_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", writer);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":said_by", fact->writer);
  dbk_stmt_bind_int (&st, ":last_seq", last_seq);
  dbk_stmt_bind_text (&st, ":reason", reason);
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_day (&st, ":day", dbk_fact_day (fact));
  return dbk_stmt_run (&st, error);
}

gboolean
dbk_fact_writer_accepted (DbkDb           *db,
                          const DbkStamp  *stamp,
                          const char      *writer,
                          gint64           last_seq,
                          GError         **error)
{
  JsonObject *body = json_object_new ();

  dbk_body_set_text (body, "writer", writer);
  json_object_set_int_member (body, "last_seq", last_seq);
  return dbk_fact_append (db, stamp, &kind_accepted, body, NULL, error);
}

static gboolean
project_accepted (DbkDb          *db,
                  const DbkFact  *fact,
                  JsonObject     *body,
                  GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *writer;
  gint64 last_seq;

  if (!dbk_body_get_text (body, "writer", &writer, error) || !dbk_body_get_int (body, "last_seq", &last_seq, error) ||
      !dbk_stmt_take (&st, db, DBK_STMT_ACCEPTANCE_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", writer);
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":said_by", fact->writer);
  dbk_stmt_bind_int (&st, ":last_seq", last_seq);
  dbk_stmt_bind_text (&st, ":author", fact->author);
  dbk_stmt_bind_day (&st, ":day", dbk_fact_day (fact));
  return dbk_stmt_run (&st, error);
}

const DbkProjector dbk_site_projectors[] = {
  { &kind_enrolled, project_enrolled },
  { &kind_revoked, project_revoked },
  { &kind_accepted, project_accepted },
  { NULL, NULL },
};
