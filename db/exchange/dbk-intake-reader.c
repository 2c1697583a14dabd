/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "db/exchange/dbk-intake-reader.h"

#include <string.h>

#include "db/dbk-fact-log-private.h"

#define BATCH_SIZE 128 /* facts handed over at once: locks cost nothing then */
#define BATCHES 4      /* one being recorded, one being read, two so that neither waits for the other */

typedef struct
{
  DbkReadFact facts[BATCH_SIZE];
  guint       n;
  gboolean    last;  /* nothing comes after it */
  GError     *error; /* after its facts; then it is the last */
} Batch;

struct _DbkIntakeReader
{
  DbkParcel   *parcel; /* lent */
  GThread     *thread;
  GAsyncQueue *empty;
  GAsyncQueue *full;
  gint         stop;   /* atomic */

  Batch       *batch;  /* being worked off */
  guint        at;
};

static void
forget_facts (Batch *batch)
{
  for (guint i = 0; i < batch->n; i++)
    g_clear_pointer (&batch->facts[i].body, json_object_unref);
  batch->n = 0;
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  forget_facts (batch);
  for (guint i = 0; i < BATCH_SIZE; i++)
    dbk_fact_clear (&batch->facts[i].fact);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* ---- on the reader's thread ---- */

static gboolean
check_hashes (const DbkFact  *fact,
              GError        **error)
{
  guint8 body_hash[DBK_FACT_HASH_SIZE], hash[DBK_FACT_HASH_SIZE];

  dbk_fact_hash (fact, body_hash, hash);
  if (memcmp (body_hash, fact->body_hash, sizeof body_hash) == 0 && memcmp (hash, fact->hash, sizeof hash) == 0)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT, "The site file does not hold: a fact is not what its hash says");
  return FALSE;
}

static gboolean
read_one (DbkIntakeReader  *self,
          DbkReadFact      *read,
          gboolean         *found,
          GError          **error)
{
  const DbkFact *fact = &read->fact;

  if (!dbk_parcel_next_fact (self->parcel, &read->fact, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  if (fact->body != NULL && (read->body = dbk_body_parse (fact->body, strlen (fact->body), error)) == NULL)
    return FALSE;
  return check_hashes (fact, error);
}

static void
fill (DbkIntakeReader *self,
      Batch           *batch)
{
  gboolean found = TRUE;

  forget_facts (batch);
  while (batch->n < BATCH_SIZE && !batch->last)
    {
      DbkReadFact *read = &batch->facts[batch->n];

      if (!read_one (self, read, &found, &batch->error))
        g_clear_pointer (&read->body, json_object_unref);
      else if (found)
        batch->n++;
      batch->last = batch->error != NULL || !found;
    }
}

static gpointer
read_all (gpointer data)
{
  DbkIntakeReader *self = data;
  gboolean last = FALSE;

  while (!last && !g_atomic_int_get (&self->stop))
    {
      Batch *batch = g_async_queue_pop (self->empty);

      fill (self, batch);
      last = batch->last;
      g_async_queue_push (self->full, batch);
    }
  return NULL;
}

/* ---- on the door's ---- */

DbkIntakeReader *
dbk_intake_reader_start (DbkParcel *parcel)
{
  DbkIntakeReader *self = g_new0 (DbkIntakeReader, 1);

  self->parcel = parcel;
  self->empty = g_async_queue_new_full (free_batch);
  self->full = g_async_queue_new_full (free_batch);
  for (guint i = 0; i < BATCHES; i++)
    g_async_queue_push (self->empty, g_new0 (Batch, 1));
  self->thread = g_thread_new ("dbk-intake", read_all, self);
  return self;
}

void
dbk_intake_reader_free (DbkIntakeReader *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->stop, TRUE);
  /* It may be waiting for an empty one. */
  if (self->batch != NULL)
    g_async_queue_push (self->empty, self->batch);
  else
    g_async_queue_push (self->empty, g_new0 (Batch, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->full);
  g_free (self);
}

gboolean
dbk_intake_reader_next (DbkIntakeReader    *self,
                        const DbkReadFact **fact,
                        GError            **error)
{
  while (self->batch == NULL || (self->at == self->batch->n && !self->batch->last))
    {
      if (self->batch != NULL)
        g_async_queue_push (self->empty, self->batch);
      self->batch = g_async_queue_pop (self->full);
      self->at = 0;
    }
  *fact = self->at < self->batch->n ? &self->batch->facts[self->at++] : NULL;
  if (*fact != NULL || self->batch->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->batch->error));
  return FALSE;
}
