/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-export.h"

#include <sodium.h>
#include <string.h>

#include "config.h"
#include "db/dbk-db-private.h"
#include "db/dbk-people-store.h"
#include "db/exchange/dbk-exchange-store.h"
#include "db/exchange/dbk-seals.h"

#define COLUMN_SHOWN 16
#define COLUMN_SUMS 17
#define PROGRESS_EVERY 1000

void
dbk_export_report_free (DbkExportReport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->manifest, dbk_manifest_free);
  g_free (self->peer);
  g_free (self);
}

typedef struct
{
  const DbkExportRequest *request;
  DbkParcelWriter     *parcel;
  DbkManifest         *manifest;
  DbkKeys             *keys;
  DbkHome             *home;
  guint8               peer_key[DBK_PUBLIC_KEY_SIZE];
  GCancellable        *cancellable;
  DbkExchangeProgress  progress;
  gpointer             progress_data;
  gint64               all;

  /* Of the writer at hand, to see what the receiver must hold already: the fact before, and where a chain has branches the facts of one level of it
   * and of the one below. */
  const char          *writer;
  gboolean             forked;
  guint8               last[DBK_FACT_HASH_SIZE];
  GHashTable          *here;
  GHashTable          *below;
  gint64               level;
} Export;

static guint
hash_hash (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
equal_hash (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, DBK_FACT_HASH_SIZE) == 0;
}

static void
clear_export (Export *self)
{
  g_clear_pointer (&self->parcel, dbk_parcel_writer_free);
  g_clear_pointer (&self->keys, dbk_keys_free);
  g_clear_pointer (&self->home, dbk_home_free);
  g_clear_pointer (&self->here, g_hash_table_unref);
  g_clear_pointer (&self->below, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, clear_export)

/* ---- who may see whom ---- */

static gboolean
read_shown (Export  *self,
            DbkDb   *db,
            GError **error)
{
  if (!self->home->here)
    return TRUE;
  self->manifest->shown = dbk_shown_to_site (db, self->manifest->for_site, error);
  return self->manifest->shown != NULL;
}

/* ---- facts ---- */

static void
add_need (Export       *self,
          const char   *writer,
          gint64        seq,
          const guint8 *hash)
{
  DbkTip tip = { .seq = seq };

  g_strlcpy (tip.writer, writer, sizeof tip.writer);
  memcpy (tip.hash, hash, sizeof tip.hash);
  for (guint i = 0; i < self->manifest->needs->len; i++)
    if (equal_hash (g_array_index (self->manifest->needs, DbkTip, i).hash, hash))
      return;
  g_array_append_val (self->manifest->needs, tip);
}

/* Rows of a writer come by level: what a fact follows is on the level below, or the receiver must hold it. */
static gboolean
is_in_file (Export       *self,
            gint64        seq,
            const guint8 *hash,
            const guint8 *prev)
{
  gboolean there;

  if (!self->forked)
    {
      there = seq == self->level + 1 && equal_hash (self->last, prev);
      memcpy (self->last, hash, sizeof self->last);
      self->level = seq;
      return there;
    }
  if (seq != self->level)
    {
      GHashTable *old = self->below;

      self->below = self->here;
      self->here = old;
      g_hash_table_remove_all (self->here);
      if (seq != self->level + 1)
        g_hash_table_remove_all (self->below);
      self->level = seq;
    }
  there = g_hash_table_contains (self->below, prev);
  g_hash_table_add (self->here, g_memdup2 (hash, DBK_FACT_HASH_SIZE));
  return there;
}

static void
note_need (Export  *self,
           DbkStmt *st)
{
  gint64 seq = dbk_stmt_int (st, 2);
  gsize size;
  const guint8 *hash = dbk_stmt_blob (st, 3, &size), *prev = dbk_stmt_blob (st, 4, &size);

  if (!is_in_file (self, seq, hash, prev) && seq > 1)
    add_need (self, self->writer, seq - 1, prev);
}

/* One of two whole numbers, "[60000,60000]", up to @end. What is none counts as nothing, for whoever takes it in, too. */
static gint64
read_number (const char **at,
             char         end)
{
  char digits[24];
  const char *stop = strchr (*at, end);
  gint64 value = 0;

  if (stop == NULL || (gsize) (stop - *at) >= sizeof digits)
    return 0;
  memcpy (digits, *at, (gsize) (stop - *at));
  digits[stop - *at] = '\0';
  *at = stop + 1;
  return g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &value, NULL) ? value : 0;
}

static void
add_sums (Export  *self,
          DbkStmt *st)
{
  const char *sums = dbk_stmt_int (st, COLUMN_SHOWN) != 0 ? dbk_stmt_text (st, COLUMN_SUMS) : NULL;

  self->manifest->facts++;
  if (sums == NULL)
    return;
  sums++;
  self->manifest->doses++;
  self->manifest->dose_ug += read_number (&sums, ',');
  self->manifest->volume_ul += read_number (&sums, ']');
}

static gboolean
add_row (Export    *self,
         DbkStmt   *st,
         gboolean   new_to_peer,
         GError   **error)
{
  if (!dbk_parcel_writer_add_fact (self->parcel, st->st, dbk_stmt_int (st, COLUMN_SHOWN) != 0, error))
    return FALSE;
  if (new_to_peer)
    note_need (self, st);
  add_sums (self, st);
  if (self->manifest->facts % PROGRESS_EVERY != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (self->manifest->facts, self->all, self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
bind_shown (Export  *self,
            DbkStmt *st)
{
  dbk_stmt_bind_int (st, ":all", !self->home->here);
  dbk_stmt_bind_text (st, ":site", self->manifest->for_site);
}

/* The facts whose hashes @hashes lists: in order, and without all of them being in memory. */
static gboolean
add_listed (Export    *self,
            DbkDb     *db,
            DbkStmt   *hashes,
            gboolean   new_to_peer,
            GError   **error)
{
  gboolean row = FALSE;

  while (dbk_stmt_next (hashes, &row, error))
    {
      g_auto(DbkStmt) st = { 0 };
      gboolean found = FALSE;
      gsize size;
      const guint8 *hash = row ? dbk_stmt_blob (hashes, 0, &size) : NULL;

      if (!row)
        return TRUE;
      if (!dbk_stmt_take (&st, db, DBK_STMT_EXPORT_ONE, error))
        return FALSE;
      bind_shown (self, &st);
      dbk_stmt_lend_blob (&st, ":hash", hash, size);
      if (!dbk_stmt_next (&st, &found, error) || !add_row (self, &st, new_to_peer, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
add_reveal (Export   *self,
            DbkDb    *db,
            GError  **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!self->home->here)
    return TRUE;
  if (!dbk_stmt_take (&st, db, DBK_STMT_EXPORT_REVEAL, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", self->writer);
  dbk_stmt_bind_text (&st, ":site", self->manifest->for_site);
  dbk_stmt_bind_text (&st, ":peer", self->request->peer);
  return add_listed (self, db, &st, FALSE, error);
}

/* What the receiver has said it holds, it must still hold: else it was put back to an older copy, and is told so. */
static gboolean
find_peer_tip (Export      *self,
               DbkDb       *db,
               const char  *writer,
               gint64      *epoch,
               gint64      *seq,
               GError     **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  *epoch = *seq = 0;
  if (self->request->full)
    return TRUE;
  if (!dbk_stmt_take (&st, db, DBK_STMT_EXPORT_PEER_TIPS, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":peer", self->request->peer);
  dbk_stmt_bind_text (&st, ":writer", writer);
  while (dbk_stmt_next (&st, &row, error))
    {
      gsize size;

      if (!row)
        return TRUE;
      if (*seq == 0)
        {
          *epoch = dbk_stmt_int (&st, 0);
          *seq = dbk_stmt_int (&st, 1);
        }
      add_need (self, writer, dbk_stmt_int (&st, 1), dbk_stmt_blob (&st, 2, &size));
    }
  return FALSE;
}

static gboolean
add_epoch (Export   *self,
           DbkDb    *db,
           gint64    epoch,
           gint64    seq,
           GError  **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXPORT_OF_EPOCH, error))
    return FALSE;
  bind_shown (self, &st);
  dbk_stmt_bind_text (&st, ":writer", self->writer);
  dbk_stmt_bind_int (&st, ":epoch", epoch);
  dbk_stmt_bind_int (&st, ":seq", seq);
  while (dbk_stmt_next (&st, &row, error))
    {
      if (!row)
        return TRUE;
      if (!add_row (self, &st, TRUE, error))
        return FALSE;
    }
  return FALSE;
}

/* A chain without branches: its openings follow each other, and the facts of each lie in order. */
static gboolean
add_epochs (Export   *self,
            DbkDb    *db,
            gint64    epoch,
            gint64    seq,
            GError  **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXPORT_EPOCHS, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", self->writer);
  dbk_stmt_bind_int (&st, ":seq", seq);
  dbk_stmt_bind_int (&st, ":epoch", epoch);
  while (dbk_stmt_next (&st, &row, error))
    {
      if (!row)
        return TRUE;
      if (!add_epoch (self, db, dbk_stmt_int (&st, 0), seq, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
add_branches (Export   *self,
              DbkDb    *db,
              GError  **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, self->request->full ? DBK_STMT_EXPORT_WHOLE : DBK_STMT_EXPORT_UNKNOWN, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", self->writer);
  if (!self->request->full)
    dbk_stmt_bind_text (&st, ":peer", self->request->peer);
  return add_listed (self, db, &st, TRUE, error);
}

static gboolean
add_facts_of (Export      *self,
              DbkDb       *db,
              const char  *writer,
              gboolean     forked,
              GError     **error)
{
  gint64 epoch, seq;

  self->writer = writer;
  self->forked = forked;
  self->level = 0;
  memset (self->last, 0, sizeof self->last);
  g_hash_table_remove_all (self->here);
  g_hash_table_remove_all (self->below);
  return find_peer_tip (self, db, writer, &epoch, &seq, error) && (forked ? add_branches (self, db, error) : add_epochs (self, db, epoch, seq, error)) &&
         (seq == 0 || add_reveal (self, db, error));
}

/* The clinic's own facts first: they say whom to believe. */
static gboolean
add_all_facts (Export  *self,
               DbkDb   *db,
               GError **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, db, DBK_STMT_EXPORT_WRITERS, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":first", self->home->writer);
  while (dbk_stmt_next (&st, &row, error))
    {
      if (!row)
        return TRUE;
      if (!add_facts_of (self, db, dbk_stmt_text (&st, 0), dbk_stmt_int (&st, 1) > 1 || dbk_stmt_int (&st, 2) != 0, error))
        return FALSE;
    }
  return FALSE;
}

/* ---- tips and seals ---- */

static gboolean
add_tips (Export  *self,
          DbkDb   *db,
          GError **error)
{
  g_autoptr(GArray) tips = dbk_tip_list (db, error);

  if (tips == NULL)
    return FALSE;
  g_array_append_vals (self->manifest->tips, tips->data, tips->len);
  for (guint i = 0; i < tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (tips, DbkTip, i);
      DbkSeal seal;

      if (strcmp (tip->writer, self->keys->writer) != 0)
        continue;
      dbk_seal_make (&seal, self->keys, tip->seq, tip->hash);
      if (!dbk_parcel_writer_add_seal (self->parcel, &seal, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_foreign_seals (Export  *self,
                   DbkDb   *db,
                   GError **error)
{
  g_autoptr(GArray) seals = dbk_seal_list (db, error);

  for (guint i = 0; seals != NULL && i < seals->len; i++)
    {
      const DbkSeal *seal = &g_array_index (seals, DbkSeal, i);

      if (strcmp (seal->writer, self->keys->writer) != 0 && !dbk_parcel_writer_add_seal (self->parcel, seal, error))
        return FALSE;
    }
  return seals != NULL;
}

/* ---- the whole ---- */

static gboolean
read_peer (Export  *self,
           DbkDb   *db,
           GError **error)
{
  g_autoptr(DbkWriterRow) row = NULL;

  if (strcmp (self->request->peer, self->home->writer) == 0)
    self->manifest->for_site = g_strdup (self->home->site);
  else
    {
      row = dbk_writer_get (db, self->request->peer, error);
      if (row == NULL)
        return FALSE;
      if (row->revoked_seq >= 0)
        {
          g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_READ_ONLY, "This computer was revoked: nothing is written for it");
          return FALSE;
        }
      self->manifest->for_site = g_strdup (row->site);
    }
  return dbk_writer_find_key (db, self->request->peer, self->peer_key, error);
}

static gboolean
describe_self (Export  *self,
               DbkDb   *db,
               GError **error)
{
  DbkManifest *manifest = self->manifest;
  g_autoptr(DbkSite) site = NULL;

  manifest->writer = g_strdup (self->keys->writer);
  manifest->site = dbk_fact_log_dup_site (db, error);
  site = manifest->site != NULL ? dbk_site_get (db, manifest->site, NULL) : NULL;
  manifest->site_code = g_strdup (site != NULL ? site->code : "");
  manifest->site_name = g_strdup (site != NULL ? site->name : "");
  manifest->program = g_strdup ("dosebook " DBK_VERSION);
  manifest->schema = dbk_db_newest_version ();
  manifest->made_ms = self->request->now_ms;
  manifest->by = g_strdup (self->request->by_name);
  if (!self->home->here && manifest->site != NULL)
    manifest->holds = dbk_shown_list (db, "", error);
  else if (manifest->site != NULL)
    manifest->given = dbk_given_list (db, FALSE, error);
  return manifest->site != NULL && (self->home->here ? manifest->given : manifest->holds) != NULL && dbk_newest_hlc (db, &manifest->hlc, error);
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Export *self = data;

  self->keys = dbk_keys_load (db, error);
  self->home = self->keys != NULL ? dbk_home_get (db, error) : NULL;
  return self->home != NULL && read_peer (self, db, error) && describe_self (self, db, error) && read_shown (self, db, error) &&
         dbk_fact_log_count (db, &self->all, error) && (self->request->nothing || add_all_facts (self, db, error)) && add_tips (self, db, error) &&
         add_foreign_seals (self, db, error);
}

/* Signed is the head, too: nobody can seal the same content to somebody else. */
static gboolean
write_signed (Export             *self,
              DbkEnvelopeWriter  *writer,
              DbkEnvelopeHead    *head,
              GError            **error)
{
  g_autofree char *text = NULL;
  g_autoptr(GByteArray) to_sign = g_byte_array_new ();
  guint8 signature[DBK_SIGNATURE_SIZE];
  guint32 length;

  self->manifest->file = g_strdup (head->file);
  text = dbk_manifest_write (self->manifest);
  g_byte_array_append (to_sign, head->hash, sizeof head->hash);
  g_byte_array_append (to_sign, (const guint8 *) text, (guint) strlen (text));
  dbk_keys_sign (self->keys, DBK_MANIFEST_DOMAIN, to_sign->data, to_sign->len, signature);
  length = GUINT32_TO_LE ((guint32) strlen (text));
  return dbk_envelope_writer_add (writer, (const guint8 *) &length, sizeof length, error) &&
         dbk_envelope_writer_add (writer, (const guint8 *) text, strlen (text), error) &&
         dbk_envelope_writer_add (writer, signature, sizeof signature, error);
}

static gboolean
write_file (Export         *self,
            GOutputStream  *output,
            DbkFileMark    *mark,
            GError        **error)
{
  g_auto(DbkEnvelopeHead) head = { 0 };
  g_autoptr(DbkEnvelopeWriter) writer = NULL;
  gsize size = 0;
  const guint8 *database = dbk_parcel_writer_finish (self->parcel, &size, error);

  if (database == NULL)
    return FALSE;
  self->manifest->database_size = (gint64) size;
  crypto_generichash (self->manifest->database_digest, sizeof self->manifest->database_digest, database, size, NULL, 0);
  writer = dbk_envelope_writer_new (output, self->keys->writer, self->peer_key, 1, &head, self->cancellable, error);
  if (writer == NULL || !write_signed (self, writer, &head, error) || !dbk_envelope_writer_add (writer, database, size, error) ||
      !dbk_envelope_writer_finish (writer, error))
    return FALSE;
  dbk_envelope_writer_mark (writer, mark);
  return TRUE;
}

DbkExportReport *
dbk_export_write (DbkDb                   *db,
                  const DbkExportRequest  *request,
                  GOutputStream           *output,
                  GCancellable            *cancellable,
                  DbkExchangeProgress      progress,
                  gpointer                 data,
                  GError                 **error)
{
  g_autoptr(DbkExportReport) report = g_new0 (DbkExportReport, 1);
  g_auto(Export) self = { .request = request, .cancellable = cancellable, .progress = progress, .progress_data = data };

  dbk_db_assert_owner (db);
  report->peer = g_strdup (request->peer);
  report->manifest = self.manifest = dbk_manifest_new ();
  self.here = g_hash_table_new_full (hash_hash, equal_hash, g_free, NULL);
  self.below = g_hash_table_new_full (hash_hash, equal_hash, g_free, NULL);
  self.parcel = dbk_parcel_writer_new (error);
  if (self.parcel == NULL || !dbk_db_read (db, gather, &self, error) || !write_file (&self, output, &report->mark, error))
    return NULL;
  return g_steal_pointer (&report);
}

gboolean
dbk_export_note (DbkDb                  *db,
                 const DbkExportReport  *report,
                 const char             *by,
                 GError                **error)
{
  const DbkManifest *manifest = report->manifest;
  g_autoptr(DbkKeys) keys = dbk_keys_load (db, error);
  DbkExchange exchange = { .file = manifest->file, .incoming = FALSE, .peer = report->peer, .at_ms = manifest->made_ms,
                           .made_ms = manifest->made_ms, .hlc = manifest->hlc, .facts = manifest->facts, .news = manifest->facts, .by = (char *) by };

  for (guint i = 0; keys != NULL && i < manifest->tips->len; i++)
    {
      const DbkTip *tip = &g_array_index (manifest->tips, DbkTip, i);
      DbkSeal seal;

      if (strcmp (tip->writer, keys->writer) != 0)
        continue;
      dbk_seal_make (&seal, keys, tip->seq, tip->hash);
      if (!dbk_seal_put (db, &seal, error))
        return FALSE;
    }
  return keys != NULL && dbk_exchange_put (db, &exchange, error);
}
