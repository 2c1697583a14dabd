/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "app/dbk-exchange-history.h"

#include <string.h>

#include "db/dbk-people-store.h"
#include "db/exchange/dbk-exchange-store.h"

#define FILES_MAX 200

void
dbk_exchange_file_free (DbkExchangeFile *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->site_code);
  g_free (self->site_name);
  g_free (self->by_name);
  g_free (self);
}

typedef struct
{
  DbkClinic *clinic;
  GPtrArray *writers; /* DbkWriterRow */
  GPtrArray *sites;   /* DbkSite */
  GPtrArray *staff;   /* DbkStaff */
  GPtrArray *files;
} Gathering;

static const char *
find_site_of (const Gathering *gathering,
              const char      *writer)
{
  const DbkHome *home = dbk_clinic_get_home (gathering->clinic);

  if (strcmp (home->writer, writer) == 0)
    return home->site;
  for (guint i = 0; i < gathering->writers->len; i++)
    {
      const DbkWriterRow *row = g_ptr_array_index (gathering->writers, i);

      if (strcmp (row->writer, writer) == 0)
        return row->site;
    }
  return NULL;
}

static void
name_site (const Gathering *gathering,
           const char      *id,
           DbkExchangeFile *file)
{
  for (guint i = 0; id != NULL && i < gathering->sites->len; i++)
    {
      const DbkSite *site = g_ptr_array_index (gathering->sites, i);

      if (strcmp (site->id, id) != 0)
        continue;
      file->site_code = g_strdup (site->code);
      file->site_name = g_strdup (site->name);
      return;
    }
}

static char *
name_person (const Gathering *gathering,
             const char      *id)
{
  for (guint i = 0; id != NULL && i < gathering->staff->len; i++)
    {
      const DbkStaff *person = g_ptr_array_index (gathering->staff, i);

      if (strcmp (person->id, id) == 0)
        return g_strdup (person->name);
    }
  return NULL;
}

static void
add_file (Gathering         *gathering,
          const DbkExchange *exchange)
{
  DbkExchangeFile *file = g_new0 (DbkExchangeFile, 1);

  file->file = g_strdup (exchange->file);
  file->incoming = exchange->incoming;
  file->at_ms = exchange->at_ms;
  file->made_ms = exchange->made_ms;
  file->facts = exchange->facts;
  file->news = exchange->news;
  file->conflicts = exchange->conflicts;
  file->collisions = exchange->collisions;
  file->forks = exchange->forks;
  file->by_name = name_person (gathering, exchange->by);
  name_site (gathering, find_site_of (gathering, exchange->peer), file);
  g_ptr_array_add (gathering->files, file);
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  g_autoptr(GPtrArray) exchanges = dbk_exchange_list (db, FILES_MAX, error);

  gathering->writers = exchanges != NULL ? dbk_writer_list (db, error) : NULL;
  gathering->sites = gathering->writers != NULL ? dbk_site_list (db, error) : NULL;
  gathering->staff = gathering->sites != NULL ? dbk_staff_list (db, error) : NULL;
  for (guint i = 0; gathering->staff != NULL && i < exchanges->len; i++)
    add_file (gathering, g_ptr_array_index (exchanges, i));
  return gathering->staff != NULL;
}

GPtrArray *
dbk_exchange_history_read (DbkClinic         *clinic,
                           const DbkSession  *session,
                           GError           **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_exchange_file_free);
  Gathering gathering = { .clinic = clinic, .files = files };
  gboolean done;

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  done = dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error);
  g_clear_pointer (&gathering.writers, g_ptr_array_unref);
  g_clear_pointer (&gathering.sites, g_ptr_array_unref);
  g_clear_pointer (&gathering.staff, g_ptr_array_unref);
  return done ? g_steal_pointer (&files) : NULL;
}
