/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-fact"

#include "db/dbk-fact-log-private.h"

#include <sodium.h>
#include <string.h>

#include "db/dbk-setting-store.h"
#include "db/record/dbk-code.h"

#define HASH_DOMAIN "dosebook fact 1"
#define CLOCK_AHEAD_MS (10 * 60 * 1000)

void
dbk_fact_clear (DbkFact *self)
{
  g_clear_pointer (&self->writer, g_free);
  g_clear_pointer (&self->site, g_free);
  g_clear_pointer (&self->wall, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->author, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->body, g_free);
}

static char
hex_digit (guint8 value)
{
  return (char) (value + (value < 10 ? '0' : 'a' - 10));
}

/* Every dose of a history has one: sodium_bin2hex() is slow on purpose, and this is no secret. */
void
dbk_fact_id_write (const guint8 hash[DBK_FACT_HASH_SIZE],
                   char         id[DBK_FACT_ID_LENGTH + 1])
{
  for (guint i = 0; i < DBK_FACT_HASH_SIZE; i++)
    {
      id[2 * i] = hex_digit (hash[i] >> 4);
      id[2 * i + 1] = hex_digit (hash[i] & 0xf);
    }
  id[DBK_FACT_ID_LENGTH] = '\0';
}

char *
dbk_fact_id_new (const guint8 hash[DBK_FACT_HASH_SIZE])
{
  char *id = g_malloc (DBK_FACT_ID_LENGTH + 1);

  dbk_fact_id_write (hash, id);
  return id;
}

gboolean
dbk_fact_id_read (const char *id,
                  guint8      hash[DBK_FACT_HASH_SIZE])
{
  gsize size = 0;

  return strlen (id) == DBK_FACT_ID_LENGTH &&
         sodium_hex2bin (hash, DBK_FACT_HASH_SIZE, id, DBK_FACT_ID_LENGTH, NULL, &size, NULL) == 0 &&
         size == DBK_FACT_HASH_SIZE;
}

char *
dbk_fact_log_new_id (void)
{
  guint8 random[DBK_CODE_PAYLOAD_SIZE];

  randombytes_buf (random, sizeof random);
  return dbk_id_encode (random);
}

/* ---- hashing ---- */

static void
feed (crypto_generichash_state *state,
      gconstpointer             data,
      gsize                     size)
{
  guint64 length = GUINT64_TO_LE ((guint64) size);

  crypto_generichash_update (state, (const guint8 *) &length, sizeof length);
  crypto_generichash_update (state, data, size);
}

static void
feed_text (crypto_generichash_state *state,
           const char               *text)
{
  feed (state, text, strlen (text));
}

static void
feed_int (crypto_generichash_state *state,
          gint64                    value)
{
  gint64 le = GINT64_TO_LE (value);

  feed (state, &le, sizeof le);
}

void
dbk_fact_hash (const DbkFact *self,
               guint8         body_hash[DBK_FACT_HASH_SIZE],
               guint8         hash[DBK_FACT_HASH_SIZE])
{
  crypto_generichash_state state;

  if (self->body != NULL)
    crypto_generichash (body_hash, DBK_FACT_HASH_SIZE, (const guint8 *) self->body, strlen (self->body),
                        self->salt, sizeof self->salt);
  else
    memcpy (body_hash, self->body_hash, DBK_FACT_HASH_SIZE);

  crypto_generichash_init (&state, NULL, 0, DBK_FACT_HASH_SIZE);
  feed_text (&state, HASH_DOMAIN);
  feed_text (&state, self->writer);
  feed_int (&state, self->epoch);
  feed_int (&state, self->seq);
  feed (&state, self->prev, sizeof self->prev);
  feed_text (&state, self->site);
  feed_int (&state, self->hlc);
  feed_text (&state, self->wall);
  feed_text (&state, self->day);
  feed_text (&state, self->author);
  feed_text (&state, self->kind);
  feed_int (&state, self->version);
  feed_int (&state, self->critical);
  feed (&state, body_hash, DBK_FACT_HASH_SIZE);
  crypto_generichash_final (&state, hash, DBK_FACT_HASH_SIZE);
}

/* ---- the tip this opening appends to ---- */

static gboolean
load_known_tip (DbkDb   *db,
                GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_TIP_OF_WRITER, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", db->tip.writer);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  memset (db->tip.hash, 0, sizeof db->tip.hash);
  db->tip.seq = 0;
  db->tip.hlc = 0;
  if (row)
    {
      gsize size;
      const guint8 *hash = dbk_stmt_blob (&st, 0, &size);

      g_assert (size == sizeof db->tip.hash);
      memcpy (db->tip.hash, hash, size);
      db->tip.seq = dbk_stmt_int (&st, 2);
      db->tip.hlc = dbk_stmt_int (&st, 3);
    }
  return TRUE;
}

static gboolean
load_newest_hlc (DbkDb   *db,
                 GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_TIP_NEWEST_HLC, error) || !dbk_stmt_next (&st, &row, error))
    return FALSE;
  db->tip.seen_hlc = row ? dbk_stmt_int (&st, 0) : 0;
  return TRUE;
}

static gboolean
load_tip (DbkDb   *db,
          GError **error)
{
  g_autofree char *writer = NULL, *site = NULL;

  if (db->tip.loaded)
    return TRUE;
  if (!dbk_setting_get (db, DBK_SETTING_WRITER, &writer, error) || !dbk_setting_get (db, DBK_SETTING_SITE, &site, error))
    return FALSE;
  if (writer == NULL || site == NULL)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "The record has not been set up");
      return FALSE;
    }
  g_strlcpy (db->tip.writer, writer, sizeof db->tip.writer);
  g_strlcpy (db->tip.site, site, sizeof db->tip.site);
  db->tip.epoch_open = FALSE;
  db->tip.loaded = load_known_tip (db, error) && load_newest_hlc (db, error);
  return db->tip.loaded;
}

char *
dbk_fact_log_dup_site (DbkDb   *db,
                       GError **error)
{
  dbk_db_assert_owner (db);
  return load_tip (db, error) ? g_strdup (db->tip.site) : NULL;
}

char *
dbk_fact_log_dup_writer (DbkDb   *db,
                         GError **error)
{
  dbk_db_assert_owner (db);
  return load_tip (db, error) ? g_strdup (db->tip.writer) : NULL;
}

/* ---- appending ---- */

static char *
format_wall (const DbkStamp *stamp)
{
  gint64 local_s = stamp->wall_ms / 1000 + stamp->utc_offset_s;
  gint64 day = local_s / 86400;
  gint64 second = local_s % 86400;
  gint32 offset = stamp->utc_offset_s;
  g_autofree char *iso = dbk_day_to_iso ((DbkDay) day);

  return g_strdup_printf ("%sT%02d:%02d:%02d.%03d%c%02d:%02d", iso, (int) (second / 3600), (int) (second / 60 % 60), (int) (second % 60),
                          (int) (stamp->wall_ms % 1000), offset < 0 ? '-' : '+', ABS (offset) / 3600, ABS (offset) / 60 % 60);
}

gint64
dbk_fact_wall_ms (const DbkFact *fact)
{
  g_autoptr(GDateTime) when = g_date_time_new_from_iso8601 (fact->wall, NULL);

  return when != NULL ? g_date_time_to_unix (when) * 1000 + g_date_time_get_microsecond (when) / 1000 : fact->hlc >> 16;
}

DbkDay
dbk_fact_day (const DbkFact *fact)
{
  DbkDay day = DBK_DAY_NONE;

  return dbk_day_from_iso (fact->day, &day, NULL) ? day : DBK_DAY_NONE;
}

static void
bind_fact (DbkStmt       *st,
           const DbkFact *fact)
{
  dbk_stmt_lend_text (st, ":writer", fact->writer);
  dbk_stmt_bind_int (st, ":epoch", fact->epoch);
  dbk_stmt_bind_int (st, ":seq", fact->seq);
  dbk_stmt_lend_blob (st, ":hash", fact->hash, sizeof fact->hash);
  dbk_stmt_lend_blob (st, ":prev", fact->prev, sizeof fact->prev);
  dbk_stmt_lend_text (st, ":site", fact->site);
  dbk_stmt_bind_int (st, ":hlc", fact->hlc);
  dbk_stmt_lend_text (st, ":wall", fact->wall);
  dbk_stmt_lend_text (st, ":day", fact->day);
  dbk_stmt_lend_text (st, ":author", fact->author);
  dbk_stmt_lend_text (st, ":kind", fact->kind);
  dbk_stmt_bind_int (st, ":version", fact->version);
  dbk_stmt_bind_int (st, ":critical", fact->critical);
  dbk_stmt_lend_blob (st, ":salt", fact->salt, sizeof fact->salt);
  dbk_stmt_lend_blob (st, ":body_hash", fact->body_hash, sizeof fact->body_hash);
  dbk_stmt_lend_text (st, ":body", fact->body);
}

gboolean
dbk_fact_insert (DbkDb          *db,
                 const DbkFact  *fact,
                 GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_FACT_INSERT, error))
    return FALSE;
  bind_fact (&st, fact);
  return dbk_stmt_run (&st, error);
}

static gboolean
move_tip (DbkDb          *db,
          const DbkFact  *fact,
          GError        **error)
{
  g_auto(DbkStmt) move = { 0 }, insert = { 0 };

  if (!dbk_stmt_take (&move, db, DBK_STMT_TIP_MOVE, error))
    return FALSE;
  dbk_stmt_bind_text (&move, ":writer", fact->writer);
  dbk_stmt_bind_blob (&move, ":prev", fact->prev, sizeof fact->prev);
  dbk_stmt_bind_blob (&move, ":hash", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_int (&move, ":epoch", fact->epoch);
  dbk_stmt_bind_int (&move, ":seq", fact->seq);
  dbk_stmt_bind_int (&move, ":hlc", fact->hlc);
  if (!dbk_stmt_run (&move, error))
    return FALSE;
  if (dbk_stmt_changes (&move) == 1)
    return TRUE;

  if (!dbk_stmt_take (&insert, db, DBK_STMT_TIP_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&insert, ":writer", fact->writer);
  dbk_stmt_bind_blob (&insert, ":hash", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_int (&insert, ":epoch", fact->epoch);
  dbk_stmt_bind_int (&insert, ":seq", fact->seq);
  dbk_stmt_bind_int (&insert, ":hlc", fact->hlc);
  return dbk_stmt_run (&insert, error);
}

/* After everything of this computer's own, and after what came from others, unless their clocks run away: those do not carry ours along. */
static gint64
next_hlc (const DbkLogTip *tip,
          gint64           wall_ms)
{
  gint64 seen = MIN (tip->seen_hlc, (wall_ms + CLOCK_AHEAD_MS) << 16);

  return MAX (MAX (tip->hlc, seen) + 1, wall_ms << 16);
}

static char *
write_body (JsonObject *body)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, body);
  return json_to_string (node, FALSE);
}

static void
fill_fact (DbkFact           *fact,
           DbkDb             *db,
           const DbkStamp    *stamp,
           const DbkFactKind *kind,
           JsonObject        *body)
{
  fact->writer = g_strdup (db->tip.writer);
  fact->site = g_strdup (db->tip.site);
  fact->epoch = db->tip.epoch;
  fact->seq = db->tip.seq + 1;
  memcpy (fact->prev, db->tip.hash, sizeof fact->prev);
  fact->hlc = next_hlc (&db->tip, stamp->wall_ms);
  fact->wall = format_wall (stamp);
  fact->day = dbk_day_to_iso (stamp->day);
  fact->author = g_strdup (stamp->author);
  fact->kind = g_strdup (kind->kind);
  fact->version = kind->version;
  fact->critical = kind->critical;
  fact->body = write_body (body);
  randombytes_buf (fact->salt, sizeof fact->salt);
  dbk_fact_hash (fact, fact->body_hash, fact->hash);
}

static gboolean
append (DbkDb              *db,
        const DbkStamp     *stamp,
        const DbkFactKind  *kind,
        JsonObject         *body,
        char              **fact_id,
        GError            **error)
{
  g_auto(DbkFact) fact = { 0 };

  fill_fact (&fact, db, stamp, kind, body);
  if (!g_utf8_validate (fact.body, -1, NULL))
    {
      /* It could be written, and would never be read again. */
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CONSTRAINT, "What was to be recorded is not UTF-8");
      return FALSE;
    }
  if (!dbk_fact_insert (db, &fact, error) || !move_tip (db, &fact, error) || !dbk_project (db, &fact, body, error))
    return FALSE;
  memcpy (db->tip.hash, fact.hash, sizeof fact.hash);
  db->tip.seq = fact.seq;
  db->tip.hlc = fact.hlc;
  if (fact_id != NULL)
    *fact_id = dbk_fact_id_new (fact.hash);
  return TRUE;
}

/* The first write of an opening mints its epoch: random, so that two copies of one record can never write the same (epoch, seq). */
static gboolean
open_epoch (DbkDb           *db,
            const DbkStamp  *stamp,
            GError         **error)
{
  g_autoptr(JsonObject) body = NULL;
  g_autofree char *previous = NULL;

  if (db->tip.epoch_open)
    return TRUE;
  randombytes_buf (&db->tip.epoch, sizeof db->tip.epoch);
  previous = dbk_fact_id_new (db->tip.hash);
  body = json_object_new ();
  json_object_set_string_member (body, "program", "dosebook");
  json_object_set_int_member (body, "format", dbk_db_newest_version ());
  json_object_set_string_member (body, "previous", previous);
  db->tip.epoch_open = append (db, stamp, &dbk_kind_epoch, body, NULL, error);
  return db->tip.epoch_open;
}

static gboolean
may_say (DbkDb              *db,
         const DbkFactKind  *kind,
         GError            **error)
{
  g_autofree char *home = NULL;

  if (!dbk_kind_is_of_home (kind->kind))
    return TRUE;
  if (!dbk_setting_get (db, DBK_SETTING_HOME_WRITER, &home, error))
    return FALSE;
  if (home == NULL || strcmp (home, db->tip.writer) == 0)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CONSTRAINT, "Only the clinic itself does this, not a dosing point");
  return FALSE;
}

gboolean
dbk_fact_append (DbkDb              *db,
                 const DbkStamp     *stamp,
                 const DbkFactKind  *kind,
                 JsonObject         *body,
                 char              **fact_id,
                 GError            **error)
{
  g_autoptr(JsonObject) owned = body;

  dbk_db_assert_owner (db);
  g_assert (db->in_write && stamp->author != NULL && stamp->day != DBK_DAY_NONE);

  return load_tip (db, error) && may_say (db, kind, error) &&
         open_epoch (db, stamp, error) &&
         append (db, stamp, kind, owned, fact_id, error);
}

gboolean
dbk_fact_add_tip (DbkDb         *db,
                  const guint8   hash[DBK_FACT_HASH_SIZE],
                  GError       **error)
{
  g_auto(DbkStmt) st = { 0 };

  g_assert (db->in_write);
  if (!dbk_stmt_take (&st, db, DBK_STMT_TIP_ADD, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", hash, DBK_FACT_HASH_SIZE);
  db->tip.loaded = FALSE;
  return dbk_stmt_run (&st, error);
}

/* ---- enrolling ---- */

gboolean
dbk_fact_log_enrol (DbkDb           *db,
                    const DbkStamp  *stamp,
                    const char      *site_id,
                    const char      *name,
                    GError         **error)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES], secret_key[crypto_sign_SECRETKEYBYTES];
  char public_hex[2 * sizeof public_key + 1], secret_hex[2 * sizeof secret_key + 1];
  g_autofree char *writer = dbk_fact_log_new_id ();
  g_autofree char *known = NULL;
  g_autoptr(JsonObject) body = json_object_new ();
  gboolean done;

  if (!dbk_setting_get (db, DBK_SETTING_WRITER, &known, error))
    return FALSE;
  if (known != NULL)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS, "The record has been set up already");
      return FALSE;
    }
  crypto_sign_keypair (public_key, secret_key);
  sodium_bin2hex (public_hex, sizeof public_hex, public_key, sizeof public_key);
  sodium_bin2hex (secret_hex, sizeof secret_hex, secret_key, sizeof secret_key);
  dbk_body_set_text (body, "writer", writer);
  dbk_body_set_text (body, "site", site_id);
  dbk_body_set_text (body, "name", name);
  dbk_body_set_text (body, "public_key", public_hex);
  done = dbk_setting_set (db, DBK_SETTING_WRITER, writer, error) &&
         dbk_setting_set (db, DBK_SETTING_SITE, site_id, error) &&
         dbk_setting_set (db, DBK_SETTING_SECRET_KEY, secret_hex, error) &&
         dbk_fact_append (db, stamp, &dbk_kind_writer, json_object_ref (body), NULL, error);
  sodium_memzero (secret_key, sizeof secret_key);
  sodium_memzero (secret_hex, sizeof secret_hex);
  return done;
}

/* ---- reading ---- */

static void
copy_blob (DbkStmt *st,
           int      column,
           guint8  *target,
           gsize    target_size)
{
  gsize size;
  const guint8 *data = dbk_stmt_blob (st, column, &size);

  /* Of another size only in a damaged record: then the hash says so, rather than we die of it. */
  memset (target, 0, target_size);
  if (data != NULL)
    memcpy (target, data, MIN (size, target_size));
}

static void
read_fact (DbkStmt *st,
           DbkFact *fact)
{
  dbk_fact_clear (fact);
  fact->writer = dbk_stmt_dup (st, 0);
  fact->epoch = dbk_stmt_int (st, 1);
  fact->seq = dbk_stmt_int (st, 2);
  copy_blob (st, 3, fact->hash, sizeof fact->hash);
  copy_blob (st, 4, fact->prev, sizeof fact->prev);
  fact->site = dbk_stmt_dup (st, 5);
  fact->hlc = dbk_stmt_int (st, 6);
  fact->wall = dbk_stmt_dup (st, 7);
  fact->day = dbk_stmt_dup (st, 8);
  fact->author = dbk_stmt_dup (st, 9);
  fact->kind = dbk_stmt_dup (st, 10);
  fact->version = (gint) dbk_stmt_int (st, 11);
  fact->critical = dbk_stmt_int (st, 12) != 0;
  copy_blob (st, 13, fact->salt, sizeof fact->salt);
  copy_blob (st, 14, fact->body_hash, sizeof fact->body_hash);
  fact->body = dbk_stmt_dup (st, 15);
}

static gboolean
read_by_hash (DbkDb         *db,
              const guint8  *hash,
              DbkFact       *fact,
              GError       **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_FACT_BY_HASH, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", hash, DBK_FACT_HASH_SIZE);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  g_assert (row);
  read_fact (&st, fact);
  return TRUE;
}

/* Only the hashes are put in order, and each fact is read when its turn comes: with their bodies they would all lie in memory. */
gboolean
dbk_fact_log_foreach (DbkDb        *db,
                      DbkFactFunc   func,
                      gpointer      data,
                      GError      **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_auto(DbkFact) fact = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_FACTS_IN_TIME, error))
    return FALSE;
  while (TRUE)
    {
      guint8 hash[DBK_FACT_HASH_SIZE];

      if (!dbk_stmt_next (&st, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      copy_blob (&st, 0, hash, sizeof hash);
      if (!read_by_hash (db, hash, &fact, error) || !func (&fact, data, error))
        return FALSE;
    }
}

gboolean
dbk_fact_log_newest (DbkDb   *db,
                     gint64  *wall_ms,
                     DbkDay  *day,
                     GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_auto(DbkFact) fact = { 0 };
  gboolean row = FALSE;

  *wall_ms = 0;
  *day = DBK_DAY_NONE;
  if (!load_tip (db, error) || !dbk_stmt_take (&st, db, DBK_STMT_FACT_NEWEST, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", db->tip.writer);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  fact.wall = dbk_stmt_dup (&st, 0);
  fact.day = dbk_stmt_dup (&st, 1);
  fact.hlc = dbk_stmt_int (&st, 2);
  *wall_ms = dbk_fact_wall_ms (&fact);
  *day = dbk_fact_day (&fact);
  return TRUE;
}

gboolean
dbk_fact_log_count (DbkDb   *db,
                    gint64  *count,
                    GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_FACT_COUNT, error) || !dbk_stmt_next (&st, &row, error))
    return FALSE;
  *count = dbk_stmt_int (&st, 0);
  return TRUE;
}

static gboolean
complete_id (DbkDb       *db,
             const char  *id,
             guint8       hash[DBK_FACT_HASH_SIZE],
             GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  g_autofree char *low = g_strdup (id);
  guint8 low_hash[DBK_FACT_HASH_SIZE] = { 0 }, high_hash[DBK_FACT_HASH_SIZE];
  gsize length = strlen (id), size = 0;
  gboolean row = FALSE, second = FALSE;

  if (length < 8 || length > DBK_FACT_ID_LENGTH || length % 2 != 0 ||
      sodium_hex2bin (low_hash, sizeof low_hash, low, length, NULL, &size, NULL) != 0)
    {
      g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, "\"%s\" is not the id of a fact", id);
      return FALSE;
    }
  memset (high_hash, 0xff, sizeof high_hash);
  memcpy (high_hash, low_hash, size);
  if (!dbk_stmt_take (&st, db, DBK_STMT_FACT_BY_HASH_PREFIX, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":low", low_hash, sizeof low_hash);
  dbk_stmt_bind_blob (&st, ":high", high_hash, sizeof high_hash);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  if (row)
    copy_blob (&st, 0, hash, DBK_FACT_HASH_SIZE);
  if (row && !dbk_stmt_next (&st, &second, error))
    return FALSE;
  if (row && !second)
    return TRUE;
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND, second ? "Several facts begin with %s" : "No fact has the id %s", id);
  return FALSE;
}

gboolean
dbk_fact_log_find (DbkDb       *db,
                   const char  *id,
                   DbkFact     *fact,
                   GError     **error)
{
  guint8 hash[DBK_FACT_HASH_SIZE];

  return complete_id (db, id, hash, error) && read_by_hash (db, hash, fact, error);
}
