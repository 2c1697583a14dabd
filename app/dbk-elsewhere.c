/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-elsewhere"

#include "app/dbk-elsewhere.h"

#include <string.h>

#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-pass-store.h"

static void
free_pair (DbkDosePair *pair)
{
  dbk_collision_free (pair->collision);
  dbk_dose_free (pair->dose_a);
  dbk_dose_free (pair->dose_b);
  g_free (pair);
}

void
dbk_elsewhere_free (DbkElsewhere *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_clear_pointer (&self->leases, g_ptr_array_unref);
  g_clear_pointer (&self->passes, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self->writer);
  g_free (self);
}

const char *
dbk_elsewhere_place_name (const DbkElsewhere *self,
                          const char         *site)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const DbkSite *place = g_ptr_array_index (self->places, i);

      if (strcmp (place->id, site) == 0)
        return place->name;
    }
  return NULL;
}

const DbkPass *
dbk_elsewhere_find_voucher (const DbkElsewhere *self,
                            const DbkLease     *lease)
{
  for (guint i = 0; i < self->passes->len; i++)
    {
      const DbkPass *pass = g_ptr_array_index (self->passes, i);

      if (pass->kind == DBK_PASS_VOUCHER && g_strcmp0 (pass->lease, lease->id) == 0)
        return pass;
    }
  return NULL;
}

typedef struct
{
  DbkClinic    *clinic;
  const char   *patient;
  DbkElsewhere *elsewhere;
} Gathering;

/* Takes @collision. */
static gboolean
add_pair (DbkDb         *db,
          Gathering     *gathering,
          DbkCollision  *collision,
          GError       **error)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (db, gathering->patient, collision->day, collision->day, error);
  DbkDosePair *pair = g_new0 (DbkDosePair, 1);

  pair->collision = collision;
  g_ptr_array_add (gathering->elsewhere->pairs, pair);
  for (guint i = 0; doses != NULL && i < doses->len; i++)
    {
      const DbkDose *dose = g_ptr_array_index (doses, i);

      if (strcmp (dose->id, collision->dose_a) == 0)
        pair->dose_a = dbk_dose_copy (dose);
      else if (strcmp (dose->id, collision->dose_b) == 0)
        pair->dose_b = dbk_dose_copy (dose);
    }
  return doses != NULL;
}

static gboolean
add_pairs (DbkDb      *db,
           Gathering  *gathering,
           GError    **error)
{
  g_autoptr(GPtrArray) all = dbk_collision_list_of_patient (db, gathering->patient, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      DbkCollision *collision = g_ptr_array_index (all, i);

      if (collision->finding != NULL)
        continue;
      all->pdata[i] = NULL;
      if (!add_pair (db, gathering, collision, error))
        return FALSE;
    }
  return all != NULL;
}

static gboolean
add_leases (DbkDb      *db,
            Gathering  *gathering,
            GError    **error)
{
  DbkDay today = dbk_clinic_today (gathering->clinic);

  gathering->elsewhere->leases = dbk_lease_list_of_patient (db, gathering->patient, error);
  if (gathering->elsewhere->leases == NULL)
    return FALSE;
  for (guint i = gathering->elsewhere->leases->len; i > 0; i--)
    {
      DbkDay last = dbk_lease_last_day (g_ptr_array_index (gathering->elsewhere->leases, i - 1));

      if (last == DBK_DAY_NONE || last < today)
        g_ptr_array_remove_index (gathering->elsewhere->leases, i - 1);
    }
  return TRUE;
}

static gboolean
is_revoked (GPtrArray  *writers,
            const char *site)
{
  gboolean revoked = FALSE;

  for (guint i = 0; i < writers->len; i++)
    {
      const DbkWriterRow *row = g_ptr_array_index (writers, i);

      if (strcmp (row->site, site) == 0 && row->revoked_seq < 0)
        return FALSE;
      revoked |= strcmp (row->site, site) == 0;
    }
  return revoked;
}

static gboolean
add_places (DbkDb      *db,
            Gathering  *gathering,
            GError    **error)
{
  DbkElsewhere *elsewhere = gathering->elsewhere;
  g_autoptr(GPtrArray) writers = NULL;

  elsewhere->places = dbk_site_list (db, error);
  writers = elsewhere->places != NULL ? dbk_writer_list (db, error) : NULL;
  if (writers == NULL)
    return FALSE;
  for (guint i = elsewhere->places->len; i > 0; i--)
    {
      const DbkSite *site = g_ptr_array_index (elsewhere->places, i - 1);

      if (!elsewhere->at_home || strcmp (site->id, dbk_clinic_get_site (gathering->clinic)->id) == 0 || is_revoked (writers, site->id))
        g_ptr_array_remove_index (elsewhere->places, i - 1);
    }
  return TRUE;
}

static gboolean
gather (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Gathering *gathering = data;
  DbkDay today = dbk_clinic_today (gathering->clinic);
  g_autoptr(DbkPatient) patient = dbk_patient_get (db, gathering->patient, error);
  g_autoptr(GPtrArray) doses = patient != NULL ? dbk_dose_list_of_patient (db, gathering->patient, today, today, error) : NULL;

  if (doses == NULL)
    return FALSE;
  gathering->elsewhere->passes = dbk_pass_list_of_patient (db, gathering->patient, error);
  if (gathering->elsewhere->passes == NULL)
    return FALSE;
  gathering->elsewhere->treated = patient->state == DBK_PATIENT_ACTIVE;
  for (guint i = 0; i < doses->len; i++)
    gathering->elsewhere->dosed_today |= ((const DbkDose *) g_ptr_array_index (doses, i))->reversed_by == NULL;
  return add_pairs (db, gathering, error) && add_leases (db, gathering, error) && add_places (db, gathering, error);
}

DbkElsewhere *
dbk_elsewhere_read (DbkClinic         *clinic,
                    const DbkSession  *session,
                    const char        *patient,
                    GError           **error)
{
  g_autoptr(DbkElsewhere) elsewhere = g_new0 (DbkElsewhere, 1);
  Gathering gathering = { clinic, patient, elsewhere };

  if (!dbk_session_require (session, DBK_ACT_READ_PATIENT, error))
    return NULL;
  elsewhere->at_home = dbk_clinic_get_home (clinic)->here;
  elsewhere->writer = g_strdup (dbk_clinic_get_writer (clinic));
  elsewhere->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) free_pair);
  return dbk_db_read (dbk_clinic_get_db (clinic), gather, &gathering, error) ? g_steal_pointer (&elsewhere) : NULL;
}
