/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-intake-private.h"

#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "db/dbk-fact-log-private.h"

#define PROGRESS_EVERY 1000

static gboolean
fail (const char  *what,
      GError     **error)
{
  g_set_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The site file does not hold: %s", what);
  return FALSE;
}

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

void
dbk_new_chain_free (DbkNewChain *self)
{
  g_hash_table_unref (self->heads);
  g_free (self);
}

/* ---- the chain ---- */

static gboolean
is_dose (const DbkFact *fact)
{
  return strcmp (fact->kind, "dose.given") == 0 || strcmp (fact->kind, "dose.take-home") == 0;
}

static gboolean
begin_chain (DbkTakingIn    *self,
             const DbkFact  *fact,
             GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkWriterRow) row = NULL;
  DbkNewChain *chain;

  for (guint i = 0; i < self->chains->len; i++)
    if (strcmp (((DbkNewChain *) g_ptr_array_index (self->chains, i))->writer, fact->writer) == 0)
      return fail ("the facts of a writer lie apart", error);
  chain = g_new0 (DbkNewChain, 1);
  g_strlcpy (chain->writer, fact->writer, sizeof chain->writer);
  g_strlcpy (chain->site, fact->site, sizeof chain->site);
  chain->heads = g_hash_table_new_full (hash_hash, equal_hash, g_free, NULL);
  g_ptr_array_add (self->chains, chain);
  self->chain = chain;
  memset (&self->last, 0, sizeof self->last);
  row = dbk_writer_get (self->db, fact->writer, &local_error);
  if (row == NULL && !g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->believed = row != NULL && row->revoked_seq >= 0 ? row->revoked_seq : G_MAXINT64;
  return TRUE;
}

static gboolean
step_tip (DbkTakingIn   *self,
          DbkStatement   statement,
          const guint8  *hash,
          gboolean      *found,
          GError       **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, self->db, statement, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", self->chain->writer);
  if (statement == DBK_STMT_TIP_ANY)
    return dbk_stmt_next (&st, found, error);
  dbk_stmt_bind_blob (&st, ":hash", hash, DBK_FACT_HASH_SIZE);
  if (!dbk_stmt_run (&st, error))
    return FALSE;
  *found = dbk_stmt_changes (&st) == 1;
  return TRUE;
}

static gboolean
find_link (DbkTakingIn    *self,
           const DbkFact  *fact,
           gboolean       *holds,
           GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (!dbk_stmt_take (&st, self->db, DBK_STMT_FACT_LINK, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", fact->prev, sizeof fact->prev);
  dbk_stmt_bind_text (&st, ":writer", fact->writer);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  *holds = row && dbk_stmt_int (&st, 0) == fact->seq - 1;
  return TRUE;
}

static gboolean
note_fork (DbkTakingIn    *self,
           const DbkFact  *fact,
           GError        **error)
{
  DbkFork fork = { .seq = fact->seq - 1, .noticed_ms = self->now_ms };
  gboolean is_new = FALSE;

  g_strlcpy (fork.writer, fact->writer, sizeof fork.writer);
  memcpy (fork.parent, fact->prev, sizeof fork.parent);
  if (!dbk_fork_put (self->db, &fork, &is_new, error))
    return FALSE;
  if (is_new)
    g_array_append_val (self->report->forks, fork);
  return TRUE;
}

/* The record holds what it knows down to the first fact: one that follows a new one cannot be known, and need not be looked for. */
static gboolean
follows_new_one (DbkTakingIn   *self,
                 const DbkFact *fact)
{
  return self->last.seq > 0 && fact->seq == self->last.seq + 1 && equal_hash (fact->prev, self->last.hash);
}

/* A fact follows the one that was the newest of its writer, or it is the second to follow one: then two of them think they are the same. */
static gboolean
link_fact (DbkTakingIn    *self,
           const DbkFact  *fact,
           GError        **error)
{
  gboolean first = fact->seq == 1, holds = TRUE, free_end = FALSE;

  if (first != (gboolean) sodium_is_zero (fact->prev, sizeof fact->prev))
    return fail ("a fact does not follow the one before it", error);
  /* Nearly always: the next one of the same chain. */
  if (follows_new_one (self, fact))
    {
      g_hash_table_remove (self->chain->heads, fact->prev);
      return TRUE;
    }
  if (first)
    {
      gboolean any = FALSE;

      if (!step_tip (self, DBK_STMT_TIP_ANY, NULL, &any, error))
        return FALSE;
      return (!any && g_hash_table_size (self->chain->heads) == 0) || note_fork (self, fact, error);
    }
  if (!find_link (self, fact, &holds, error))
    return FALSE;
  if (!holds)
    return fail ("a fact does not follow the one before it", error);
  if (g_hash_table_remove (self->chain->heads, fact->prev))
    return TRUE;
  if (!step_tip (self, DBK_STMT_TIP_DELETE, fact->prev, &free_end, error))
    return FALSE;
  return free_end || note_fork (self, fact, error);
}

/* ---- edited at two places ---- */

static DbkConflict *
find_conflict (DbkTakingIn *self,
               const char  *patient,
               const char  *name,
               guint       *at)
{
  for (*at = 0; *at < self->report->conflicts->len; (*at)++)
    {
      DbkConflict *conflict = g_ptr_array_index (self->report->conflicts, *at);

      if (strcmp (conflict->patient, patient) == 0 && strcmp (conflict->attribute, name) == 0)
        return conflict;
    }
  return NULL;
}

static void
add_conflict (DbkTakingIn *self,
              const char  *patient,
              const char  *name,
              DbkStmt     *here,
              const char  *there)
{
  DbkConflict *conflict = g_new0 (DbkConflict, 1);

  conflict->patient = g_strdup (patient);
  conflict->attribute = g_strdup (name);
  conflict->here = dbk_stmt_dup (here, 0);
  conflict->there = g_strdup (there);
  conflict->here_wins = dbk_stmt_int (here, 2) != 0;
  g_ptr_array_add (self->report->conflicts, conflict);
}

/* Changed there once more: one conflict with what stands there in the end, or none if that is the same. */
static void
go_on_with_conflict (DbkTakingIn *self,
                     DbkConflict *conflict,
                     guint        at,
                     DbkStmt     *newest,
                     const char  *there)
{
  gboolean later = dbk_stmt_int (newest, 2) != 0;

  /* By now theirs stands here, from another computer of theirs. */
  if (later && !conflict->here_wins)
    return;
  g_free (conflict->there);
  conflict->there = g_strdup (there);
  conflict->here_wins = later;
  if (g_strcmp0 (conflict->here, there) == 0)
    g_ptr_array_remove_index (self->report->conflicts, at);
}

static gboolean
note_conflict (DbkTakingIn    *self,
               const DbkFact  *fact,
               const char     *patient,
               JsonObject     *set,
               GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  const char *name = dbk_body_text_or_null (set, "name"), *there = dbk_body_text_or_null (set, "value");
  gint64 version = dbk_body_int_or (set, "version", 0);
  DbkConflict *conflict;
  gboolean row = FALSE;
  guint at;

  if (name == NULL)
    return TRUE;
  if (!dbk_stmt_take (&st, self->db, DBK_STMT_ATTRIBUTE_GET, error))
    return FALSE;
  dbk_stmt_bind_int (&st, ":version", version);
  dbk_stmt_bind_int (&st, ":hlc", fact->hlc);
  dbk_stmt_bind_blob (&st, ":hash", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":patient", patient);
  dbk_stmt_bind_text (&st, ":name", name);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  conflict = find_conflict (self, patient, name, &at);
  if (row && conflict != NULL)
    go_on_with_conflict (self, conflict, at, &st, there);
  /* Whoever had known of ours would have written a higher version. */
  else if (row && dbk_stmt_int (&st, 1) >= version && g_strcmp0 (dbk_stmt_text (&st, 0), there) != 0)
    add_conflict (self, patient, name, &st, there);
  return TRUE;
}

static gboolean
note_conflicts (DbkTakingIn    *self,
                const DbkFact  *fact,
                JsonObject     *body,
                GError        **error)
{
  const char *patient = dbk_body_text_or_null (body, "patient");
  JsonNode *node = json_object_get_member (body, "set");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (strcmp (fact->kind, "patient.changed") != 0 || patient == NULL)
    return TRUE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element) && !note_conflict (self, fact, patient, json_node_get_object (element), error))
        return FALSE;
    }
  return TRUE;
}

/* ---- recording ---- */

static gboolean
hold_back (DbkTakingIn    *self,
           const DbkFact  *fact,
           JsonObject     *body,
           GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  DbkDay day = DBK_DAY_NONE;

  if (!dbk_stmt_take (&st, self->db, DBK_STMT_HELD_BACK_PUT, error))
    return FALSE;
  if (body != NULL && is_dose (fact) && !dbk_body_get_day_or_none (body, "for_day", &day, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_text (&st, ":writer", fact->writer);
  dbk_stmt_bind_int (&st, ":seq", fact->seq);
  dbk_stmt_bind_text (&st, ":patient", body != NULL ? dbk_body_text_or_null (body, "patient") : NULL);
  dbk_stmt_bind_day (&st, ":day", day);
  self->report->n_held_back++;
  return dbk_stmt_run (&st, error);
}

static gboolean
show (DbkTakingIn    *self,
      const DbkFact  *fact,
      JsonObject     *body,
      GError        **error)
{
  if (fact->seq > self->believed)
    return hold_back (self, fact, body, error);
  if (dbk_kind_is_of_home (fact->kind) && strcmp (fact->writer, self->home) != 0)
    return TRUE;
  return body == NULL || (note_conflicts (self, fact, body, error) && dbk_project (self->db, fact, body, error));
}

/* What goes out later is found by its opening. */
static gboolean
list_epoch (DbkTakingIn    *self,
            const DbkFact  *fact,
            GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (self->last.seq > 0 && fact->epoch == self->last_epoch && fact->seq > self->last.seq)
    return TRUE;
  if (!dbk_stmt_take (&st, self->db, DBK_STMT_EPOCH_INSERT, error))
    return FALSE;
  dbk_stmt_bind_text (&st, ":writer", fact->writer);
  dbk_stmt_bind_int (&st, ":epoch", fact->epoch);
  dbk_stmt_bind_int (&st, ":seq", fact->seq);
  return dbk_stmt_run (&st, error);
}

/* ISO days are in order as texts. */
static void
note_day (DbkTakingIn *self,
          const char  *day)
{
  if (*self->first_day == '\0' || strcmp (day, self->first_day) < 0)
    g_strlcpy (self->first_day, day, sizeof self->first_day);
  if (strcmp (day, self->last_day) > 0)
    g_strlcpy (self->last_day, day, sizeof self->last_day);
}

static gboolean
add_new (DbkTakingIn    *self,
         const DbkFact  *fact,
         JsonObject     *body,
         GError        **error)
{
  if (strcmp (fact->site, self->chain->site) != 0)
    return fail ("a writer speaks for two places", error);
  if (!link_fact (self, fact, error) || !list_epoch (self, fact, error) || !dbk_fact_insert (self->db, fact, error) || !show (self, fact, body, error))
    return FALSE;
  g_hash_table_add (self->chain->heads, g_memdup2 (fact->hash, sizeof fact->hash));
  self->last.seq = fact->seq;
  self->last_epoch = fact->epoch;
  memcpy (self->last.hash, fact->hash, sizeof self->last.hash);
  self->report->n_new++;
  note_day (self, fact->day);
  return TRUE;
}

static gboolean
reveal (DbkTakingIn    *self,
        const DbkFact  *fact,
        JsonObject     *body,
        GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, self->db, DBK_STMT_REVEALED_INSERT, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", fact->hash, sizeof fact->hash);
  dbk_stmt_bind_blob (&st, ":salt", fact->salt, sizeof fact->salt);
  dbk_stmt_bind_text (&st, ":body", fact->body);
  self->report->n_revealed++;
  return dbk_stmt_run (&st, error) && show (self, fact, body, error);
}

/* Known by its hash; perhaps its body was withheld then and is here now. */
static gboolean
look_up (DbkTakingIn    *self,
         const DbkFact  *fact,
         gboolean       *known,
         gboolean       *has_body,
         GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, self->db, DBK_STMT_FACT_BODY_STATE, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", fact->hash, sizeof fact->hash);
  if (!dbk_stmt_next (&st, known, error))
    return FALSE;
  *has_body = *known && dbk_stmt_int (&st, 0) != 0;
  return TRUE;
}

static gboolean
count_fact (DbkTakingIn    *self,
            const DbkFact  *fact,
            JsonObject     *body,
            GError        **error)
{
  self->facts++;
  if (body != NULL && is_dose (fact))
    {
      self->doses++;
      self->dose_ug += dbk_body_int_or (body, "dose_ug", 0);
      self->volume_ul += dbk_body_int_or (body, "volume_ul", 0);
    }
  if (self->facts % PROGRESS_EVERY != 0)
    return TRUE;
  if (self->progress != NULL)
    self->progress (self->facts, self->report->manifest->facts, self->progress_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

gboolean
dbk_take_in_fact (DbkTakingIn        *self,
                  const DbkReadFact  *read,
                  GError            **error)
{
  const DbkFact *fact = &read->fact;
  gboolean known = FALSE, has_body = FALSE;

  if (!count_fact (self, fact, read->body, error) ||
      ((self->chain == NULL || strcmp (self->chain->writer, fact->writer) != 0) && !begin_chain (self, fact, error)) ||
      (!follows_new_one (self, fact) && !look_up (self, fact, &known, &has_body, error)))
    return FALSE;
  if (!known)
    return add_new (self, fact, read->body, error);
  self->report->n_known++;
  return has_body || read->body == NULL || reveal (self, fact, read->body, error);
}

/* ---- where the new facts end ---- */

gboolean
dbk_take_in_tips (DbkTakingIn  *self,
                  GError      **error)
{
  for (guint i = 0; i < self->chains->len; i++)
    {
      const DbkNewChain *chain = g_ptr_array_index (self->chains, i);
      GHashTableIter iter;
      gpointer hash;

      g_hash_table_iter_init (&iter, chain->heads);
      while (g_hash_table_iter_next (&iter, &hash, NULL))
        if (!dbk_fact_add_tip (self->db, hash, error))
          return FALSE;
    }
  return TRUE;
}
