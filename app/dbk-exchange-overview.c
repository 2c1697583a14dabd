/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-exchange"

#include "app/dbk-exchange-overview.h"

#include <string.h>

#include "db/dbk-lease-store.h"
#include "db/dbk-pass-store.h"
#include "db/exchange/dbk-exchange-store.h"
#include "db/exchange/dbk-held-back.h"

static void
free_place (DbkExchangePlace *place)
{
  g_free (place->site);
  g_free (place->code);
  g_free (place->name);
  g_free (place->writer);
  g_free (place);
}

void
dbk_exchange_overview_free (DbkExchangeOverview *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self);
}

typedef struct
{
  DbkClinic           *clinic;
  DbkExchangeOverview *overview;
  GPtrArray           *writers; /* DbkWriterRow */
  GPtrArray           *held;    /* DbkHeldBack */
  DbkDay               today;
} Gathering;

static gboolean
find_exchange (DbkDb       *db,
               const char  *writer,
               gboolean     incoming,
               gint64      *ms,
               GError     **error)
{
  g_autoptr(DbkExchange) exchange = NULL;

  *ms = 0;
  if (!dbk_exchange_newest (db, writer, incoming, &exchange, error))
    return FALSE;
  if (exchange != NULL)
    *ms = incoming ? exchange->made_ms : exchange->at_ms;
  return TRUE;
}

gboolean
dbk_exchange_data_ms (DbkDb       *db,
                      const char  *writer,
                      gint64      *data_ms,
                      GError     **error)
{
  return find_exchange (db, writer, TRUE, data_ms, error);
}

/* The one that is not revoked, else the last that was. */
static const DbkWriterRow *
find_writer (const Gathering *gathering,
             const char      *site)
{
  const DbkWriterRow *found = NULL;

  for (guint i = 0; i < gathering->writers->len; i++)
    {
      const DbkWriterRow *row = g_ptr_array_index (gathering->writers, i);

      if (strcmp (row->site, site) == 0 && (found == NULL || found->revoked_seq >= 0))
        found = row;
    }
  return found;
}

static gboolean
count_patients (DbkDb             *db,
                const Gathering   *gathering,
                DbkExchangePlace  *place,
                GError           **error)
{
  g_autoptr(GPtrArray) leases = dbk_lease_list_of_site (db, place->site, gathering->today, error);
  g_autoptr(GPtrArray) slips = leases != NULL ? dbk_slip_list_open (db, place->site, error) : NULL;

  if (slips == NULL)
    return FALSE;
  for (guint i = 0; i < leases->len; i++)
    place->patients += dbk_lease_covers (g_ptr_array_index (leases, i), gathering->today);
  for (guint i = 0; i < slips->len; i++)
    place->open_slips += ((const DbkPass *) g_ptr_array_index (slips, i))->from <= gathering->today;
  return TRUE;
}

static gboolean
read_ages (DbkDb             *db,
           const Gathering   *gathering,
           const char        *writer,
           DbkExchangePlace  *place,
           GError           **error)
{
  DbkClock *clock = dbk_clinic_get_clock (gathering->clinic);

  if (!find_exchange (db, writer, TRUE, &place->data_ms, error) || !find_exchange (db, writer, FALSE, &place->written_ms, error))
    return FALSE;
  if (place->data_ms != 0)
    place->data_days = MAX (0, gathering->today - dbk_clock_day_of (clock, place->data_ms));
  return TRUE;
}

static gint64
count_held_back (const Gathering *gathering,
                 const char      *site)
{
  gint64 facts = 0;

  for (guint i = 0; i < gathering->held->len; i++)
    {
      const DbkHeldBack *held = g_ptr_array_index (gathering->held, i);

      for (guint j = 0; j < gathering->writers->len; j++)
        {
          const DbkWriterRow *row = g_ptr_array_index (gathering->writers, j);

          facts += strcmp (row->writer, held->writer) == 0 && strcmp (row->site, site) == 0 ? held->facts : 0;
        }
    }
  return facts;
}

static gboolean
add_place (DbkDb          *db,
           Gathering      *gathering,
           const DbkSite  *site,
           GError        **error)
{
  DbkExchangeOverview *overview = gathering->overview;
  DbkExchangePlace *place = g_new0 (DbkExchangePlace, 1);
  const DbkWriterRow *row = find_writer (gathering, site->id);
  const char *writer = overview->at_home ? (row != NULL ? row->writer : NULL) : dbk_clinic_get_home (gathering->clinic)->writer;

  g_ptr_array_add (overview->places, place);
  place->site = g_strdup (site->id);
  place->code = g_strdup (site->code);
  place->name = g_strdup (site->name);
  place->on_paper = writer == NULL;
  place->revoked = overview->at_home && row != NULL && row->revoked_seq >= 0;
  place->writer = overview->at_home && row != NULL && !place->revoked ? g_strdup (row->writer) : NULL;
  place->held_back = overview->at_home ? count_held_back (gathering, site->id) : 0;
  if ((writer != NULL && !read_ages (db, gathering, writer, place, error)) || (overview->at_home && !count_patients (db, gathering, place, error)))
    return FALSE;
  place->due = writer != NULL && (place->patients > 0 || !overview->at_home) && (place->data_ms == 0 || place->data_days > overview->stale_days);
  return TRUE;
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  DbkExchangeOverview *overview = gathering->overview;
  const char *here = dbk_clinic_get_site (gathering->clinic)->id, *home = dbk_clinic_get_home (gathering->clinic)->site;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPolicy) policy = dbk_clinic_new_policy (gathering->clinic, &local_error);
  g_autoptr(GPtrArray) sites = NULL;
  g_autoptr(GPtrArray) collisions = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  overview->stale_days = policy != NULL ? policy->stale_site_days : 0;
  sites = dbk_site_list (db, error);
  collisions = sites != NULL ? dbk_collision_list_open (db, error) : NULL;
  gathering->writers = collisions != NULL ? dbk_writer_list (db, error) : NULL;
  gathering->held = gathering->writers != NULL ? dbk_held_back_list (db, error) : NULL;
  if (gathering->held == NULL)
    return FALSE;
  overview->collisions = (gint) collisions->len;
  for (guint i = 0; i < sites->len; i++)
    {
      const DbkSite *site = g_ptr_array_index (sites, i);
      gboolean shown = overview->at_home ? strcmp (site->id, here) != 0 : strcmp (site->id, home) == 0;

      if (shown && !add_place (db, gathering, site, error))
        return FALSE;
    }
  return TRUE;
}

DbkExchangeOverview *
dbk_exchange_overview_read (DbkClinic         *clinic,
                            const DbkSession  *session,
                            GError           **error)
{
  g_autoptr(DbkExchangeOverview) overview = g_new0 (DbkExchangeOverview, 1);
  Gathering gathering = { .clinic = clinic, .overview = overview, .today = dbk_clinic_today (clinic) };
  gboolean done;

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  overview->at_home = dbk_clinic_get_home (clinic)->here;
  overview->places = g_ptr_array_new_with_free_func ((GDestroyNotify) free_place);
  done = dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error);
  g_clear_pointer (&gathering.writers, g_ptr_array_unref);
  g_clear_pointer (&gathering.held, g_ptr_array_unref);
  return done ? g_steal_pointer (&overview) : NULL;
}
