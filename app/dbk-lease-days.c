/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-lease"

#include "config.h"

#include "app/dbk-lease-days.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/dbk-enrol-site.h"
#include "app/rules/dbk-authority.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/facts/dbk-lease-facts.h"
#include "db/record/dbk-quantity.h"

#define TEXT_MOST 500 /* bytes */

static const char *const break_reasons[] = { "point-unreachable", "laptop-lost", "patient-came", "other", NULL };

const char *const *
dbk_lease_break_reasons (void)
{
  return break_reasons;
}

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, message);
  return FALSE;
}

typedef struct
{
  DbkClinic          *clinic;
  const DbkSession   *session;
  const char *const  *patients;
  const char         *site;
  const char         *holder;   /* NULL: on paper */
  DbkDay              from;
  DbkDay              to;
  GPtrArray          *ids;
  const char         *lease;
  const char         *reason;
  const char         *confirmed;
  const DbkCollision *collision;
} Change;

/* ---- granting ---- */

static gboolean
are_days_ours (DbkClinic       *clinic,
               const DbkLease  *wanted,
               GError         **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(GPtrArray) leases = dbk_lease_list_of_patient (db, wanted->patient, error);
  const DbkLease *lease = NULL;

  if (leases == NULL)
    return FALSE;
  for (DbkDay day = wanted->from; day <= wanted->to; day++)
    if (!dbk_authority_is_here (leases, day, dbk_clinic_get_writer (clinic), TRUE, &lease))
      {
        g_autoptr(DbkPatient) who = dbk_patient_get (db, wanted->patient, NULL);
        g_autofree char *number = dbk_patient_number_format (who != NULL ? who->number : "?");

        /* Translators: a patient's number, the code of a place. */
        g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN, _("Days of patient %s lie at %s already"), number,
                     lease != NULL && lease->site_code != NULL ? lease->site_code : "?");
        return FALSE;
      }
  return TRUE;
}

gboolean
dbk_grant_lease_within (DbkClinic       *clinic,
                        const DbkStamp  *stamp,
                        const DbkLease  *lease,
                        char           **id,
                        GError         **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(DbkPatient) who = dbk_patient_get (db, lease->patient, error);
  g_autofree char *fresh = dbk_fact_log_new_id ();
  DbkLease granted = *lease;

  if (who == NULL)
    return FALSE;
  if (who->state != DBK_PATIENT_ACTIVE)
    return refuse (N_("This patient is not in treatment here"), error);
  granted.id = fresh;
  if (!are_days_ours (clinic, lease, error) || !dbk_fact_lease_granted (db, stamp, &granted, error))
    return FALSE;
  *id = g_steal_pointer (&fresh);
  return TRUE;
}

static gboolean
grant (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  Change *change = data;
  DbkStamp stamp;

  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  for (guint i = 0; change->patients[i] != NULL; i++)
    {
      const DbkLease lease = { .patient = (char *) change->patients[i], .site = (char *) change->site, .holder = (char *) change->holder,
                               .from = change->from, .to = change->to };
      char *id = NULL;

      if (!dbk_grant_lease_within (change->clinic, &stamp, &lease, &id, error))
        return FALSE;
      g_ptr_array_add (change->ids, id);
    }
  return TRUE;
}

gboolean
dbk_lease_check_days (DbkClinic  *clinic,
                      DbkDay      from,
                      DbkDay      to,
                      GError    **error)
{
  return (from != DBK_DAY_NONE && from >= dbk_clinic_today (clinic) && to >= from && to - from < DBK_LEASE_MOST_DAYS) ||
         refuse (N_("A lease begins today or later, and lasts at most 31 days"), error);
}

gboolean
dbk_grant_leases (DbkClinic          *clinic,
                  const DbkSession   *session,
                  const char *const  *patients,
                  const char         *site,
                  DbkDay              from,
                  DbkDay              to,
                  GPtrArray         **leases,
                  GError            **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(DbkSite) place = NULL;
  g_autoptr(DbkWriterRow) holder = NULL;
  g_autoptr(GError) local_error = NULL;
  Change change = { .clinic = clinic, .session = session, .patients = patients, .from = from, .to = to, .ids = ids };

  if (!dbk_session_require (session, DBK_ACT_GRANT_LEASE, error))
    return FALSE;
  if (!dbk_clinic_get_home (clinic)->here)
    return refuse (N_("Only the clinic itself does this, not a dosing point"), error);
  if (!dbk_lease_check_days (clinic, from, to, error))
    return FALSE;
  place = dbk_find_site (clinic, site, error);
  if (place == NULL)
    return FALSE;
  if (strcmp (place->id, dbk_clinic_get_site (clinic)->id) == 0)
    return refuse (N_("This is the clinic itself"), error);
  holder = dbk_find_active_writer (clinic, place->id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  change.site = place->id;
  change.holder = holder != NULL ? holder->writer : NULL;
  if (!dbk_db_write (dbk_clinic_get_db (clinic), grant, &change, error))
    return FALSE;
  if (leases != NULL)
    *leases = g_steal_pointer (&ids);
  return TRUE;
}

/* ---- giving back ---- */

static gboolean
may_return (DbkClinic       *clinic,
            const DbkLease  *lease,
            GError         **error)
{
  gboolean own = g_strcmp0 (lease->holder, dbk_clinic_get_writer (clinic)) == 0;
  gboolean on_paper = lease->holder == NULL && dbk_clinic_get_home (clinic)->here;

  return own || on_paper || refuse (N_("These days lie elsewhere; whoever holds them gives them back"), error);
}

static gboolean
is_dosed_from (DbkDb           *db,
               const DbkLease  *lease,
               DbkDay           from,
               gboolean        *dosed,
               GError         **error)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (db, lease->patient, from, DBK_DAY_NONE, error);

  if (doses == NULL)
    return FALSE;
  for (guint i = 0; i < doses->len; i++)
    *dosed |= ((const DbkDose *) g_ptr_array_index (doses, i))->reversed_by == NULL;
  return TRUE;
}

static gboolean
give_back (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  const Change *change = data;
  g_autoptr(DbkLease) lease = dbk_lease_get (db, change->lease, error);
  gboolean dosed = FALSE;
  DbkStamp stamp;

  if (lease == NULL || !may_return (change->clinic, lease, error))
    return FALSE;
  if (dbk_lease_last_day (lease) == DBK_DAY_NONE || change->from > dbk_lease_last_day (lease))
    return refuse (N_("There are no days left to give back"), error);
  if (change->from < dbk_clinic_today (change->clinic))
    return refuse (N_("Days that have passed cannot be given back"), error);
  if (!is_dosed_from (db, lease, change->from, &dosed, error))
    return FALSE;
  if (dosed)
    return refuse (N_("A day that has been dosed cannot be given back"), error);
  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_lease_returned (db, &stamp, lease, change->from, error);
}

gboolean
dbk_return_lease (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const char        *lease,
                  DbkDay             from,
                  GError           **error)
{
  Change change = { .clinic = clinic, .session = session, .lease = lease, .from = from };

  return dbk_session_require (session, DBK_ACT_RETURN_LEASE, error) && dbk_db_write (dbk_clinic_get_db (clinic), give_back, &change, error);
}

/* ---- taking back ---- */

static gboolean
take_back (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  const Change *change = data;
  g_autoptr(DbkLease) lease = dbk_lease_get (db, change->lease, error);
  DbkStamp stamp;

  if (lease == NULL)
    return FALSE;
  if (dbk_lease_last_day (lease) == DBK_DAY_NONE || change->from > dbk_lease_last_day (lease))
    return refuse (N_("There are no days left to take back"), error);
  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_lease_broken (db, &stamp, lease, change->from, change->reason, change->confirmed, error);
}

gboolean
dbk_break_lease (DbkClinic         *clinic,
                 const DbkSession  *session,
                 const char        *lease,
                 DbkDay             from,
                 const char        *reason,
                 const char        *confirmed,
                 GError           **error)
{
  Change change = { .clinic = clinic, .session = session, .lease = lease, .from = from, .reason = reason, .confirmed = confirmed };

  if (!dbk_session_require (session, DBK_ACT_BREAK_LEASE, error))
    return FALSE;
  if (!dbk_clinic_get_home (clinic)->here)
    return refuse (N_("Only the clinic itself does this, not a dosing point"), error);
  if (!g_strv_contains (break_reasons, reason))
    return refuse (N_("There is no such coded reason"), error);
  if (confirmed == NULL || *confirmed == '\0' || strlen (confirmed) > TEXT_MOST || !g_utf8_validate (confirmed, -1, NULL))
    return refuse (N_("Write down whom you reached at the point, and how"), error);
  if (from < dbk_clinic_today (clinic))
    return refuse (N_("Days that have passed cannot be taken back"), error);
  return dbk_db_write (dbk_clinic_get_db (clinic), take_back, &change, error);
}

/* ---- two doses ---- */

static gboolean
close_collision (DbkDb     *db,
                 gpointer   data,
                 GError   **error)
{
  const Change *change = data;
  DbkStamp stamp;

  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_collision_closed (db, &stamp, change->collision, change->reason, change->confirmed, error);
}

gboolean
dbk_close_collision (DbkClinic           *clinic,
                     const DbkSession    *session,
                     const DbkCollision  *collision,
                     const char          *finding,
                     const char          *note,
                     GError             **error)
{
  Change change = { .clinic = clinic, .session = session, .collision = collision, .reason = finding, .confirmed = note };

  if (!dbk_session_require (session, DBK_ACT_CLOSE_COLLISION, error))
    return FALSE;
  if (!g_strv_contains (dbk_collision_findings, finding))
    return refuse (N_("There is no such coded reason"), error);
  if (note != NULL && (strlen (note) > TEXT_MOST || !g_utf8_validate (note, -1, NULL)))
    return refuse (N_("A note has at most 500 bytes"), error);
  return dbk_db_write (dbk_clinic_get_db (clinic), close_collision, &change, error);
}
