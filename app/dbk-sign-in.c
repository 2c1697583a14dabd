/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-sign-in"

#include "app/dbk-sign-in.h"

#include "db/dbk-pin.h"

#define MS_PER_SECOND 1000

typedef struct
{
  const char *login;
  gint        tries;
  gint64      until_ms;
} Tries;

static gboolean
note_tries (DbkDb     *db,
            gpointer   data,
            GError   **error)
{
  const Tries *tries = data;

  return dbk_sign_in_set_tries (db, tries->login, tries->tries, tries->until_ms, error);
}

static gboolean
refuse_locked (const Tries     *tries,
               const DbkStaff  *staff,
               gint64           now_ms,
               GError         **error)
{
  gboolean may_wait = staff != NULL && staff->role == DBK_ROLE_ADMINISTRATOR;

  /* There may be nobody who could give the only administrator a new PIN: they wait again after every try. */
  if (tries->tries >= DBK_SIGN_IN_TRIES_MOST && !may_wait)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_LOCKED_OUT,
                           "Too many wrong PINs: an administrator has to give a new one");
      return TRUE;
    }
  if (now_ms >= tries->until_ms)
    return FALSE;
  g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_LOCKED_OUT, "Too many wrong PINs: try again in %" G_GINT64_FORMAT " seconds",
               (tries->until_ms - now_ms + MS_PER_SECOND - 1) / MS_PER_SECOND);
  return TRUE;
}

static gboolean
count_wrong (DbkClinic  *clinic,
             Tries      *tries,
             GError    **error)
{
  tries->tries++;
  tries->until_ms = 0;
  if (tries->tries >= DBK_SIGN_IN_TRIES_WAIT)
    tries->until_ms = dbk_clock_now_ms (dbk_clinic_get_clock (clinic)) + DBK_SIGN_IN_WAIT_SECONDS * MS_PER_SECOND;
  if (dbk_db_is_writable (dbk_clinic_get_db (clinic)) && !dbk_db_write (dbk_clinic_get_db (clinic), note_tries, tries, error))
    return FALSE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_WRONG_PIN, "Login or PIN is wrong");
  return FALSE;
}

static gboolean
clear_tries (DbkClinic  *clinic,
             Tries      *tries,
             GError    **error)
{
  if (tries->tries == 0 || !dbk_db_is_writable (dbk_clinic_get_db (clinic)))
    return TRUE;
  tries->tries = 0;
  tries->until_ms = 0;
  return dbk_db_write (dbk_clinic_get_db (clinic), note_tries, tries, error);
}

/* An unknown login takes as long as a known one and is counted as one, so that nobody learns who works here. */
static DbkStaff *
find_person (DbkClinic   *clinic,
             const char  *login,
             char       **hash,
             GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  DbkStaff *staff = dbk_staff_by_login (dbk_clinic_get_db (clinic), login, hash, NULL, &local_error);

  if (staff != NULL)
    return staff;
  if (!g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

DbkSession *
dbk_sign_in (DbkClinic   *clinic,
             const char  *login,
             const char  *pin,
             GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkStaff) staff = NULL;
  g_autofree char *hash = NULL;
  Tries tries = { login, 0, 0 };

  if (!dbk_login_check (login, NULL))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_WRONG_PIN, "Login or PIN is wrong");
      return NULL;
    }
  staff = find_person (clinic, login, &hash, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!dbk_sign_in_tries (dbk_clinic_get_db (clinic), login, &tries.tries, &tries.until_ms, error) ||
      refuse_locked (&tries, staff, dbk_clock_now_ms (dbk_clinic_get_clock (clinic)), error))
    return NULL;
  if (staff == NULL)
    /* As much work as the comparison that is not made. */
    g_free (dbk_pin_hash ("nobody", NULL));
  if (hash == NULL || !dbk_pin_matches (hash, pin) || staff == NULL || staff->ended)
    {
      count_wrong (clinic, &tries, error);
      return NULL;
    }
  return clear_tries (clinic, &tries, error) ? dbk_session_new (staff) : NULL;
}

DbkSession *
dbk_sign_in_witness (DbkClinic         *clinic,
                     const DbkSession  *first,
                     const char        *login,
                     const char        *pin,
                     GError           **error)
{
  g_autoptr(DbkSession) second = dbk_sign_in (clinic, login, pin, error);

  if (second == NULL)
    return NULL;
  if (g_strcmp0 (first->staff, second->staff) == 0)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_SECOND_PERSON, "The second person is somebody else");
      return NULL;
    }
  if (!dbk_role_may (second->role, DBK_ACT_WITNESS))
    {
      g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_SECOND_PERSON, "A %s may not be the second person",
                   dbk_role_to_word (second->role));
      return NULL;
    }
  return g_steal_pointer (&second);
}
