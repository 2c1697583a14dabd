/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-voucher"

#include "app/dbk-voucher.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/dbk-guest-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-pass-store.h"
#include "db/exchange/dbk-pass-code.h"

static gboolean
refuse (int          code,
        const char  *message,
        GError     **error)
{
  g_set_error_literal (error, DBK_APP_ERROR, code, message);
  return FALSE;
}

/* If a file has brought the lease, what became of that counts too. */
static gboolean
stands_still (DbkClinic      *clinic,
              const DbkPass  *voucher,
              DbkDay          day,
              GError        **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPass) known = dbk_pass_get (db, voucher->id, &local_error);
  g_autoptr(DbkLease) lease = known != NULL ? dbk_lease_get (db, known->lease, &local_error) : NULL;

  if (local_error != NULL && !g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (lease != NULL && (dbk_lease_last_day (lease) == DBK_DAY_NONE || day > dbk_lease_last_day (lease)))
    return refuse (DBK_APP_ERROR_INVALID, N_("The clinic has taken this voucher back"), error);
  return TRUE;
}

DbkPass *
dbk_voucher_read (DbkClinic   *clinic,
                  const char  *code,
                  DbkDay       day,
                  GError     **error)
{
  guint8 key[DBK_PUBLIC_KEY_SIZE];
  g_autoptr(DbkPass) voucher = NULL;

  if (!dbk_writer_find_key (dbk_clinic_get_db (clinic), dbk_clinic_get_home (clinic)->writer, key, error))
    return NULL;
  voucher = dbk_pass_code_read (code, key, NULL);
  if (voucher == NULL)
    {
      refuse (DBK_APP_ERROR_INVALID, N_("This voucher was misread, altered, or signed by another clinic"), error);
      return NULL;
    }
  if (voucher->kind == DBK_PASS_SLIP)
    refuse (DBK_APP_ERROR_SLIP_NOT_CARD, "This is a dosing slip, not a patient's card", error);
  else if (strcmp (voucher->site, dbk_clinic_get_site (clinic)->id) != 0)
    refuse (DBK_APP_ERROR_INVALID, N_("This voucher is for another dosing point"), error);
  else if (day < voucher->from || day > voucher->to)
    refuse (DBK_APP_ERROR_INVALID, N_("This voucher is for other days"), error);
  else if (stands_still (clinic, voucher, day, error))
    return g_steal_pointer (&voucher);
  return NULL;
}

DbkPatient *
dbk_voucher_find_patient (DbkClinic      *clinic,
                          const DbkPass  *voucher,
                          GError        **error)
{
  g_autoptr(GError) local_error = NULL;
  DbkPatient *patient = dbk_patient_get (dbk_clinic_get_db (clinic), voucher->patient, &local_error);

  if (patient == NULL && g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    return dbk_guest_new (voucher->patient, voucher->number);
  if (patient == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return patient;
}
