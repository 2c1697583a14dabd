/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-slips"

#include "app/dbk-take-slip.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/dbk-enrol-site.h"
#include "app/dbk-reverse-dose.h"
#include "db/dbk-claim.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-pass-store.h"
#include "db/exchange/dbk-pass-code.h"
#include "db/facts/dbk-dose-facts.h"
#include "db/facts/dbk-lease-facts.h"
#include "db/facts/dbk-pass-facts.h"

#define NOTE_MOST 500 /* bytes */
#define DAY_MINUTES (24 * 60)

static gboolean
refuse (int          code,
        const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, code, message);
  return FALSE;
}

typedef struct
{
  DbkClinic           *clinic;
  const DbkSession    *session;
  const DbkSlipReturn *slip;
  const char          *site;    /* id; NULL: any */
  const char          *batch;
  DbkPass             *pass;
  guint                leases;
} Take;

/* ---- which slip is it? ---- */

/* Our own signature, so our own key. */
static char *
read_code (Take    *take,
           GError **error)
{
  g_autoptr(DbkKeys) keys = dbk_keys_load (dbk_clinic_get_db (take->clinic), error);
  g_autoptr(DbkPass) said = NULL;

  if (keys == NULL)
    return NULL;
  said = dbk_pass_code_read (take->slip->code, keys->public_key, NULL);
  if (said == NULL)
    {
      refuse (DBK_APP_ERROR_INVALID, N_("This slip was misread, altered, or signed by another clinic"), error);
      return NULL;
    }
  if (said->kind == DBK_PASS_SLIP)
    return g_strdup (said->id);
  refuse (DBK_APP_ERROR_INVALID, N_("This is a voucher, not a slip: its dose comes with the point's file"), error);
  return NULL;
}

static gboolean
find (Take    *take,
      GError **error)
{
  g_autofree char *id = take->slip->code != NULL ? read_code (take, error) : g_strdup (take->slip->slip);
  g_autoptr(GError) local_error = NULL;

  if (id == NULL)
    return FALSE;
  take->pass = dbk_pass_get (dbk_clinic_get_db (take->clinic), id, &local_error);
  if (take->pass == NULL && !g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (take->pass == NULL || take->pass->kind != DBK_PASS_SLIP)
    return refuse (DBK_APP_ERROR_INVALID, N_("This record has not issued this slip: is it an older copy?"), error);
  if (take->site != NULL && strcmp (take->site, take->pass->site) != 0)
    return refuse (DBK_APP_ERROR_INVALID, N_("This slip is for another dosing point"), error);
  if (take->pass->outcome != DBK_PASS_OPEN && take->pass->outcome != DBK_PASS_LOST)
    return refuse (DBK_APP_ERROR_INVALID, N_("This slip was scanned before"), error);
  return TRUE;
}

static gboolean
look (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  return find (data, error);
}

static gboolean
begin (Take      *take,
       DbkSite  **site,
       GError   **error)
{
  if (!dbk_session_require (take->session, DBK_ACT_BACK_ENTRY, error))
    return FALSE;
  if (!dbk_clinic_get_home (take->clinic)->here)
    return refuse (DBK_APP_ERROR_INVALID, N_("Only the clinic itself does this, not a dosing point"), error);
  *site = take->slip->site != NULL ? dbk_find_site (take->clinic, take->slip->site, error) : NULL;
  if (take->slip->site != NULL && *site == NULL)
    return FALSE;
  take->site = *site != NULL ? (*site)->id : NULL;
  return TRUE;
}

static DbkPass *
run (Take          *take,
     gboolean       writes,
     DbkDbTxnFunc   func,
     GError       **error)
{
  g_autoptr(DbkSite) site = NULL;
  DbkDb *db = dbk_clinic_get_db (take->clinic);

  if (!begin (take, &site, error))
    return NULL;
  if (!(writes ? dbk_db_write (db, func, take, error) : dbk_db_read (db, func, take, error)))
    g_clear_pointer (&take->pass, dbk_pass_free);
  return take->pass;
}

DbkPass *
dbk_look_at_slip (DbkClinic            *clinic,
                  const DbkSession     *session,
                  const DbkSlipReturn  *slip,
                  GError              **error)
{
  Take take = { .clinic = clinic, .session = session, .slip = slip };

  return run (&take, FALSE, look, error);
}

/* ---- what became of it ---- */

/* The key is claimed if it is free. If it is not, there are two doses of this day: both stay, and the projection notes the pair. */
static gboolean
record_given (Take            *take,
              const DbkStamp  *stamp,
              GError         **error)
{
  DbkDb *db = dbk_clinic_get_db (take->clinic);
  const DbkPass *pass = take->pass;
  DbkClock *clock = dbk_clinic_get_clock (take->clinic);
  g_autofree char *id = dbk_fact_log_new_id ();
  DbkClaimAnswer answer;
  DbkDose dose = { .id = id, .patient = pass->patient, .day = pass->from, .part = 1, .kind = DBK_DOSE_OBSERVED, .dose_ug = pass->dose_ug,
                   .ordered_ug = pass->dose_ug, .volume_ul = pass->volume_ul, .lot = pass->lot, .order = pass->order, .from_paper = TRUE,
                   .place = pass->site, .pass = pass->id };

  if (take->slip->minute < 0 || take->slip->minute >= DAY_MINUTES)
    return refuse (DBK_APP_ERROR_INVALID, N_("At what time was it given?"), error);
  dose.given_ms = dbk_clock_ms_at (clock, pass->from, take->slip->minute);
  if (dose.given_ms > stamp->wall_ms)
    return refuse (DBK_APP_ERROR_INVALID, N_("That day and time have not come yet"), error);
  return dbk_claim_take (db, dose.patient, dose.day, dose.part, dose.id, &answer, NULL, error) && dbk_fact_dose (db, stamp, &dose, NULL, error);
}

static gboolean
record_not_given (Take            *take,
                  const DbkStamp  *stamp,
                  GError         **error)
{
  const DbkPass *pass = take->pass;
  const char *note = take->slip->note;
  g_autofree char *id = dbk_fact_log_new_id ();
  const DbkNotGiven not_given = { .id = id, .patient = pass->patient, .day = pass->from, .reason = (char *) take->slip->reason, .note = (char *) note,
                                  .pass = pass->id, .at_ms = stamp->wall_ms };

  if (take->slip->reason == NULL || !g_strv_contains (dbk_slip_reasons (), take->slip->reason))
    return refuse (DBK_APP_ERROR_INVALID, N_("There is no such coded reason"), error);
  if (note != NULL && (strlen (note) > NOTE_MOST || !g_utf8_validate (note, -1, NULL)))
    return refuse (DBK_APP_ERROR_INVALID, N_("A note has at most 500 bytes"), error);
  if (pass->from > stamp->day)
    return refuse (DBK_APP_ERROR_INVALID, N_("That day and time have not come yet"), error);
  return dbk_fact_not_given (dbk_clinic_get_db (take->clinic), stamp, &not_given, NULL, error);
}

/* ---- the days come back ---- */

/* The first day from which on all slips of @lease are back unused; DBK_DAY_NONE: there is none. */
static DbkDay
find_free_from (const GPtrArray *slips,
                const char      *lease,
                DbkDay           today)
{
  DbkDay last_bound = today - 1, first_free = DBK_DAY_NONE;

  for (guint i = 0; i < slips->len; i++)
    {
      const DbkPass *slip = g_ptr_array_index (slips, i);

      if (strcmp (slip->lease, lease) == 0 && slip->outcome != DBK_PASS_UNUSED)
        last_bound = MAX (last_bound, slip->from);
    }
  for (guint i = 0; i < slips->len; i++)
    {
      const DbkPass *slip = g_ptr_array_index (slips, i);

      if (strcmp (slip->lease, lease) == 0 && slip->from > last_bound && (first_free == DBK_DAY_NONE || slip->from < first_free))
        first_free = slip->from;
    }
  return first_free;
}

static gboolean
return_lease (Take             *take,
              const DbkStamp   *stamp,
              const GPtrArray  *slips,
              const char       *id,
              GError          **error)
{
  DbkDb *db = dbk_clinic_get_db (take->clinic);
  DbkDay from = find_free_from (slips, id, stamp->day);
  g_autoptr(DbkLease) lease = dbk_lease_get (db, id, error);
  DbkDay last = lease != NULL ? dbk_lease_last_day (lease) : DBK_DAY_NONE;

  if (lease == NULL)
    return FALSE;
  if (from == DBK_DAY_NONE || last == DBK_DAY_NONE || from > last)
    return TRUE;
  take->leases++;
  return dbk_fact_lease_returned (db, stamp, lease, from, error);
}

/* ---- recording ---- */

static gboolean
record_unused (Take            *take,
               const DbkStamp  *stamp,
               GError         **error)
{
  DbkDb *db = dbk_clinic_get_db (take->clinic);
  g_autoptr(GPtrArray) slips = NULL;

  if (take->slip->code == NULL)
    return refuse (DBK_APP_ERROR_INVALID, N_("Only a slip that is scanned can be unused"), error);
  if (!dbk_fact_slip_closed (db, stamp, take->pass, DBK_PASS_UNUSED, error))
    return FALSE;
  if (!take->slip->give_back)
    return TRUE;
  if (!dbk_session_require (take->session, DBK_ACT_RETURN_LEASE, error))
    return FALSE;
  slips = dbk_pass_list_of_batch (db, take->pass->batch, error);
  return slips != NULL && return_lease (take, stamp, slips, take->pass->lease, error);
}

static gboolean
record (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Take *take = data;
  g_autofree char *id = NULL;
  DbkStamp stamp;
  gboolean recorded;

  if (!find (take, error))
    return FALSE;
  dbk_clinic_stamp (take->clinic, take->session, &stamp);
  switch (take->slip->outcome)
    {
    case DBK_PASS_GIVEN:
      recorded = record_given (take, &stamp, error);
      break;
    case DBK_PASS_NOT_GIVEN:
      recorded = record_not_given (take, &stamp, error);
      break;
    case DBK_PASS_UNUSED:
      recorded = record_unused (take, &stamp, error);
      break;
    case DBK_PASS_LOST:
      recorded = (take->pass->outcome == DBK_PASS_OPEN || refuse (DBK_APP_ERROR_INVALID, N_("This slip is known to be lost"), error)) &&
                 dbk_fact_slip_closed (db, &stamp, take->pass, DBK_PASS_LOST, error);
      break;
    case DBK_PASS_OPEN:
    default:
      return refuse (DBK_APP_ERROR_INVALID, N_("What became of it?"), error);
    }
  if (!recorded)
    return FALSE;
  id = g_strdup (take->pass->id);
  dbk_pass_free (take->pass);
  take->pass = dbk_pass_get (db, id, error);
  return take->pass != NULL;
}

DbkPass *
dbk_take_slip (DbkClinic            *clinic,
               const DbkSession     *session,
               const DbkSlipReturn  *slip,
               GError              **error)
{
  Take take = { .clinic = clinic, .session = session, .slip = slip };

  return run (&take, TRUE, record, error);
}

/* ---- what was not needed ---- */

static gboolean
give_back (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  Take *take = data;
  g_autoptr(GPtrArray) slips = dbk_pass_list_of_batch (db, take->batch, error);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  DbkStamp stamp;

  if (slips == NULL)
    return FALSE;
  if (slips->len == 0)
    return refuse (DBK_APP_ERROR_NOT_FOUND, N_("There are no such slips"), error);
  dbk_clinic_stamp (take->clinic, take->session, &stamp);
  for (guint i = 0; i < slips->len; i++)
    {
      const DbkPass *slip = g_ptr_array_index (slips, i);

      if (g_hash_table_add (seen, slip->lease) && !return_lease (take, &stamp, slips, slip->lease, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dbk_return_slips (DbkClinic         *clinic,
                  const DbkSession  *session,
                  const char        *batch,
                  guint             *leases,
                  GError           **error)
{
  Take take = { .clinic = clinic, .session = session, .batch = batch };

  if (!dbk_session_require (session, DBK_ACT_RETURN_LEASE, error))
    return FALSE;
  if (!dbk_clinic_get_home (clinic)->here)
    return refuse (DBK_APP_ERROR_INVALID, N_("Only the clinic itself does this, not a dosing point"), error);
  if (!dbk_db_write (dbk_clinic_get_db (clinic), give_back, &take, error))
    return FALSE;
  *leases = take.leases;
  return TRUE;
}
