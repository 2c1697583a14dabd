/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-intake.h"

#include <sodium.h>
#include <string.h>

#include "db/dbk-db-private.h"
#include "db/dbk-lease-store.h"
#include "db/exchange/dbk-held-back.h"
#include "db/exchange/dbk-intake-private.h"

#define MANIFEST_MAX (16 * 1024 * 1024)
#define CLOCK_TOLERANCE_MS (2 * 60 * 1000)

static void
free_conflict (DbkConflict *conflict)
{
  g_free (conflict->patient);
  g_free (conflict->attribute);
  g_free (conflict->here);
  g_free (conflict->there);
  g_free (conflict);
}

void
dbk_intake_free (DbkIntake *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->manifest, dbk_manifest_free);
  g_clear_pointer (&self->collisions, g_ptr_array_unref);
  g_clear_pointer (&self->forks, g_array_unref);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_array_unref);
  g_free (self);
}

static gboolean
fail (const char  *what,
      GError     **error)
{
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The site file does not hold: %s", what);
  return FALSE;
}

/* ---- the file, before anything is done with it ---- */

typedef struct
{
  DbkKeys           *keys;
  DbkEnvelopeHead    head;
  DbkEnvelopeReader *reader;
  guint8            *database;  /* sqlite needs to own nothing of it */
  DbkParcel         *parcel;
} OpenFile;

static void
clear_open_file (OpenFile *self)
{
  g_clear_pointer (&self->parcel, dbk_parcel_free);
  g_clear_pointer (&self->reader, dbk_envelope_reader_free);
  g_clear_pointer (&self->keys, dbk_keys_free);
  dbk_envelope_head_clear (&self->head);
  g_free (self->database);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OpenFile, clear_open_file)

static gboolean
check_signature (DbkDb         *db,
                 OpenFile      *file,
                 const guint8  *text,
                 gsize          size,
                 const guint8   signature[DBK_SIGNATURE_SIZE],
                 GError       **error)
{
  g_autoptr(GByteArray) signed_bytes = g_byte_array_new ();
  guint8 key[DBK_PUBLIC_KEY_SIZE];

  if (!dbk_writer_find_key (db, file->head.writer, key, error))
    {
      g_prefix_error (error, "Who wrote this site file is not known here: ");
      return FALSE;
    }
  g_byte_array_append (signed_bytes, file->head.hash, sizeof file->head.hash);
  g_byte_array_append (signed_bytes, text, (guint) size);
  return dbk_keys_verify (key, DBK_MANIFEST_DOMAIN, signed_bytes->data, signed_bytes->len, signature) || fail ("it was not signed by who it says", error);
}

static DbkManifest *
read_manifest (DbkDb     *db,
               OpenFile  *file,
               GError   **error)
{
  g_autofree guint8 *text = NULL;
  g_autoptr(DbkManifest) manifest = NULL;
  guint8 signature[DBK_SIGNATURE_SIZE];
  g_autofree char *site = NULL;
  guint32 length;

  if (!dbk_envelope_reader_read (file->reader, (guint8 *) &length, sizeof length, error))
    return NULL;
  length = GUINT32_FROM_LE (length);
  if (length == 0 || length > MANIFEST_MAX)
    {
      fail ("it says nothing of itself", error);
      return NULL;
    }
  text = g_malloc (length);
  if (!dbk_envelope_reader_read (file->reader, text, length, error) ||
      !dbk_envelope_reader_read (file->reader, signature, sizeof signature, error) || !check_signature (db, file, text, length, signature, error) ||
      (manifest = dbk_manifest_read (text, length, error)) == NULL || (site = dbk_fact_log_dup_site (db, error)) == NULL)
    return NULL;
  if (strcmp (manifest->file, file->head.file) != 0 || strcmp (manifest->writer, file->head.writer) != 0 || strcmp (manifest->for_site, site) != 0)
    {
      fail ("it was written for another place", error);
      return NULL;
    }
  return g_steal_pointer (&manifest);
}

static gboolean
read_database (OpenFile           *file,
               const DbkManifest  *manifest,
               GError            **error)
{
  guint8 digest[DBK_FACT_HASH_SIZE];
  gsize size = (gsize) manifest->database_size;

  if (manifest->database_size == 0 || size > DBK_ENVELOPE_MAX)
    return fail ("the size of its database", error);
  file->database = g_try_malloc (size);
  if (file->database == NULL)
    return fail ("it is larger than this computer's memory", error);
  if (!dbk_envelope_reader_read (file->reader, file->database, size, error) || !dbk_envelope_reader_finish (file->reader, error))
    return FALSE;
  crypto_generichash (digest, sizeof digest, file->database, size, NULL, 0);
  if (memcmp (digest, manifest->database_digest, sizeof digest) != 0)
    return fail ("its database is not the one that was signed", error);
  file->parcel = dbk_parcel_open (file->database, size, error);
  return file->parcel != NULL;
}

/* ---- what must be there first ---- */

static gboolean
is_known (DbkDb         *db,
          const DbkTip  *tip,
          gboolean      *known,
          GError       **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, db, DBK_STMT_FACT_LINK, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", tip->hash, sizeof tip->hash);
  dbk_stmt_bind_text (&st, ":writer", tip->writer);
  return dbk_stmt_next (&st, known, error);
}

static gboolean
list_missing (DbkDb     *db,
              GArray    *tips,
              GArray    *missing,
              GError   **error)
{
  for (guint i = 0; i < tips->len; i++)
    {
      DbkTip *tip = &g_array_index (tips, DbkTip, i);
      gboolean known = FALSE;

      if (!is_known (db, tip, &known, error))
        return FALSE;
      if (!known)
        g_array_append_vals (missing, tip, 1);
    }
  return TRUE;
}

static gboolean
names_writer (GArray     *tips,
              const char *writer)
{
  for (guint i = 0; i < tips->len; i++)
    if (strcmp (g_array_index (tips, DbkTip, i).writer, writer) == 0)
      return TRUE;
  return FALSE;
}

/* ---- after the facts ---- */

static const DbkSeal *
find_seal (GArray       *seals,
           const guint8 *hash)
{
  for (guint i = 0; i < seals->len; i++)
    if (memcmp (g_array_index (seals, DbkSeal, i).hash, hash, DBK_FACT_HASH_SIZE) == 0)
      return &g_array_index (seals, DbkSeal, i);
  return NULL;
}

static gboolean
find_place (DbkDb       *db,
            const char  *writer,
            char       **site,
            GError     **error)
{
  g_autoptr(DbkHome) home = dbk_home_get (db, error);
  g_autofree char *own = home != NULL ? dbk_fact_log_dup_writer (db, error) : NULL;
  g_autoptr(DbkWriterRow) row = NULL;

  if (own == NULL)
    return FALSE;
  if (strcmp (writer, home->writer) == 0)
    *site = g_strdup (home->site);
  else if (strcmp (writer, own) == 0)
    *site = dbk_fact_log_dup_site (db, error);
  else if ((row = dbk_writer_get (db, writer, error)) != NULL)
    *site = g_strdup (row->site);
  return *site != NULL;
}

/* Every end of the new facts was signed by the writer itself, whoever brought them. */
static gboolean
check_chain (DbkTakingIn        *taking,
             const DbkNewChain  *chain,
             GArray             *seals,
             GError            **error)
{
  guint8 key[DBK_PUBLIC_KEY_SIZE];
  g_autofree char *site = NULL;
  GHashTableIter iter;
  gpointer hash;

  if (g_hash_table_size (chain->heads) == 0)
    return TRUE;
  if (!dbk_writer_find_key (taking->db, chain->writer, key, error) || !find_place (taking->db, chain->writer, &site, error))
    {
      g_prefix_error (error, "The site file has facts of a computer that is not enrolled: ");
      return FALSE;
    }
  if (strcmp (site, chain->site) != 0)
    return fail ("a writer speaks for another place", error);
  g_hash_table_iter_init (&iter, chain->heads);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    {
      const DbkSeal *seal = find_seal (seals, hash);

      if (seal == NULL || strcmp (seal->writer, chain->writer) != 0 || !dbk_seal_holds (seal, key))
        return fail ("facts are not sealed by their writer", error);
      if (!dbk_seal_put (taking->db, seal, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_chains (DbkTakingIn  *taking,
              DbkParcel    *parcel,
              GError      **error)
{
  g_autoptr(GArray) seals = dbk_parcel_list_seals (parcel, error);

  if (seals == NULL)
    return FALSE;
  for (guint i = 0; i < taking->chains->len; i++)
    if (!check_chain (taking, g_ptr_array_index (taking->chains, i), seals, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_sums (DbkTakingIn  *taking,
            GError      **error)
{
  const DbkManifest *manifest = taking->report->manifest;
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (DbkTip));

  if (taking->facts != manifest->facts || taking->doses != manifest->doses || taking->dose_ug != manifest->dose_ug || taking->volume_ul != manifest->volume_ul)
    return fail ("it has other sums than it says", error);
  /* A file that only asks brings nothing. */
  if (manifest->facts == 0)
    return TRUE;
  return list_missing (taking->db, manifest->tips, missing, error) && (missing->len == 0 || fail ("its facts do not lead to where it says", error));
}

static gboolean
is_in (GPtrArray          *collisions,
       const DbkCollision *collision)
{
  for (guint i = 0; i < collisions->len; i++)
    {
      const DbkCollision *other = g_ptr_array_index (collisions, i);

      if (strcmp (other->dose_a, collision->dose_a) == 0 && strcmp (other->dose_b, collision->dose_b) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
list_new_collisions (DbkTakingIn  *taking,
                     GPtrArray    *before,
                     GError      **error)
{
  GPtrArray *after = dbk_collision_list_open (taking->db, error);

  if (after == NULL)
    return FALSE;
  for (guint i = after->len; i > 0; i--)
    if (is_in (before, g_ptr_array_index (after, i - 1)))
      g_ptr_array_remove_index (after, i - 1);
  g_ptr_array_unref (taking->report->collisions);
  taking->report->collisions = after;
  return TRUE;
}

/* ---- what is remembered of the sender ---- */

static void
keep_only (GPtrArray *ids,
           GPtrArray *allowed)
{
  for (guint i = ids->len; i > 0; i--)
    if (!g_ptr_array_find_with_equal_func (allowed, g_ptr_array_index (ids, i - 1), g_str_equal, NULL))
      g_ptr_array_remove_index (ids, i - 1);
}

/* An older file that comes late may take back what a newer one said, never add to it. */
static gboolean
remember_shown (DbkTakingIn  *taking,
                const char   *peer,
                GPtrArray    *said,
                gboolean      late,
                GError      **error)
{
  g_autoptr(GPtrArray) ids = NULL;

  if (late)
    {
      ids = dbk_shown_list (taking->db, peer, error);
      if (ids == NULL)
        return FALSE;
      if (said != NULL)
        keep_only (ids, said);
    }
  return dbk_shown_set (taking->db, peer, late ? ids : said, error);
}

static gboolean
remember_peer (DbkTakingIn  *taking,
               GError      **error)
{
  const DbkManifest *manifest = taking->report->manifest;
  DbkExchange exchange = { .file = manifest->file, .incoming = TRUE, .peer = manifest->writer, .at_ms = taking->now_ms, .made_ms = manifest->made_ms,
                           .hlc = manifest->hlc, .facts = manifest->facts, .news = taking->report->n_new, .by = (char *) taking->by,
                           .conflicts = taking->report->conflicts->len, .collisions = taking->report->collisions->len, .forks = taking->report->forks->len };
  g_autoptr(DbkHome) home = dbk_home_get (taking->db, error);
  DbkExchange *newest = NULL;
  gboolean late;

  if (home == NULL || !dbk_exchange_newest (taking->db, manifest->writer, TRUE, &newest, error))
    return FALSE;
  late = newest != NULL && newest->hlc > manifest->hlc;
  dbk_exchange_free (newest);
  if (!home->here && manifest->facts > 0 && !remember_shown (taking, "", manifest->shown, late, error))
    return FALSE;
  if (!home->here && !late && manifest->given != NULL && !dbk_given_set_told (taking->db, manifest->given, error))
    return FALSE;
  return (!home->here || remember_shown (taking, manifest->writer, manifest->holds, late, error)) &&
         dbk_peer_tips_set (taking->db, manifest->writer, manifest->tips, error) && dbk_exchange_put (taking->db, &exchange, error);
}

/* ---- the transaction ---- */

typedef struct
{
  DbkTakingIn   taking;
  OpenFile     *file;
  DbkIntakeMode mode;
  gboolean      done;   /* looked at to the end */
} Import;

/* Facts of this computer's own that it did not have. */
static gboolean
has_own_facts (DbkTakingIn  *taking,
               gboolean     *own,
               GError      **error)
{
  g_autofree char *writer = dbk_fact_log_dup_writer (taking->db, error);

  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < taking->chains->len; i++)
    {
      const DbkNewChain *chain = g_ptr_array_index (taking->chains, i);

      *own |= strcmp (chain->writer, writer) == 0 && g_hash_table_size (chain->heads) > 0;
    }
  return TRUE;
}

/* A day that is none is nobody's period; the fact stays what it is. */
static void
say_period (DbkTakingIn *taking)
{
  if (!dbk_day_from_iso (taking->first_day, &taking->report->from, NULL) || !dbk_day_from_iso (taking->last_day, &taking->report->to, NULL))
    taking->report->from = taking->report->to = DBK_DAY_NONE;
}

/* Sums that every dose adds to are written once, after the last. */
static gboolean
take_facts (DbkTakingIn  *taking,
            DbkParcel    *parcel,
            GError      **error)
{
  g_autoptr(DbkIntakeReader) reader = dbk_intake_reader_start (parcel);
  const DbkReadFact *read = NULL;

  dbk_tally_begin (taking->db);
  while (dbk_intake_reader_next (reader, &read, error))
    {
      if (read == NULL)
        {
          say_period (taking);
          return dbk_tally_write (taking->db, error);
        }
      if (!dbk_take_in_fact (taking, read, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
take_in (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  Import *import = data;
  DbkTakingIn *taking = &import->taking;
  g_autoptr(GPtrArray) before = dbk_collision_list_open (db, error);

  if (before == NULL || !take_facts (taking, import->file->parcel, error) || !dbk_take_in_tips (taking, error) || !dbk_held_back_release (db, error) ||
      !check_chains (taking, import->file->parcel, error) || !check_sums (taking, error) || !list_new_collisions (taking, before, error) ||
      !has_own_facts (taking, &taking->report->we_forgot, error) || !remember_peer (taking, error))
    return FALSE;
  import->done = TRUE;
  if (import->mode == DBK_INTAKE_TAKE)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CANCELLED, "Only looked at");
  return FALSE;
}

static gboolean
run (DbkDb            *db,
     OpenFile         *file,
     DbkIntake  *report,
     DbkIntakeMode     mode,
     const DbkTakingIn *how,
     GError          **error)
{
  g_autoptr(GPtrArray) chains = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_new_chain_free);
  g_autoptr(DbkHome) home = NULL;
  g_autoptr(GError) local_error = NULL;
  Import import = { .taking = *how, .file = file, .mode = mode };

  import.taking.db = db;
  import.taking.report = report;
  import.taking.chains = chains;
  home = dbk_home_get (db, error);
  if (home == NULL)
    return FALSE;
  import.taking.home = home->writer;
  if (dbk_db_write (db, take_in, &import, &local_error) || (import.done && mode == DBK_INTAKE_INSPECT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

DbkIntake *
dbk_intake_run (DbkDb                   *db,
                const guint8            *data,
                gsize                    size,
                const DbkIntakeRequest  *request,
                GCancellable            *cancellable,
                DbkExchangeProgress      progress,
                gpointer                 progress_data,
                GError                 **error)
{
  g_autoptr(DbkIntake) report = g_new0 (DbkIntake, 1);
  const DbkTakingIn how = { .by = request->by, .now_ms = request->now_ms, .cancellable = cancellable, .progress = progress, .progress_data = progress_data };
  g_auto(OpenFile) file = { 0 };
  DbkExchange *before = NULL;

  dbk_db_assert_owner (db);
  report->from = report->to = DBK_DAY_NONE;
  report->collisions = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_collision_free);
  report->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) free_conflict);
  report->forks = g_array_new (FALSE, FALSE, sizeof (DbkFork));
  report->missing = g_array_new (FALSE, FALSE, sizeof (DbkTip));
  file.keys = dbk_keys_load (db, error);
  file.reader = file.keys != NULL ? dbk_envelope_reader_new (data, size, file.keys, &file.head, error) : NULL;
  report->manifest = file.reader != NULL ? read_manifest (db, &file, error) : NULL;
  if (report->manifest == NULL || !dbk_exchange_find (db, file.head.file, &before, error))
    return NULL;
  report->known_file = before != NULL && before->incoming;
  dbk_exchange_free (before);
  if (report->manifest->made_ms > request->now_ms + CLOCK_TOLERANCE_MS)
    report->clock_ahead_ms = report->manifest->made_ms - request->now_ms;
  if (report->known_file)
    {
      report->n_known = report->manifest->facts;
      return g_steal_pointer (&report);
    }
  if (!list_missing (db, report->manifest->needs, report->missing, error))
    return NULL;
  if (report->missing->len > 0)
    {
      report->we_forgot = names_writer (report->missing, file.keys->writer);
      return g_steal_pointer (&report);
    }
  return read_database (&file, report->manifest, error) && run (db, &file, report, request->mode, &how, error) ? g_steal_pointer (&report) : NULL;
}
