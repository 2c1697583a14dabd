/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-staff"

#include "app/dbk-manage-staff.h"

#include <glib/gi18n.h>

#include "db/dbk-pin.h"
#include "db/facts/dbk-people-facts.h"

#define NAME_MOST 200 /* bytes */

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  DbkStaff         *staff;
  const char       *hash;
  gint64            version;
} StaffChange;

static gboolean
put_staff (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  const StaffChange *change = data;
  DbkStamp stamp;

  dbk_clinic_stamp (change->clinic, change->session, &stamp);
  return dbk_fact_staff (db, &stamp, change->staff, change->hash, change->version, error) &&
         dbk_sign_in_set_tries (db, change->staff->login, 0, 0, error);
}

static gboolean
check_new (DbkClinic   *clinic,
           const char  *login,
           const char  *name,
           GError     **error)
{
  g_autoptr(DbkStaff) other = NULL;

  if (!dbk_login_check (login, error))
    return FALSE;
  if (name == NULL || *name == '\0' || strlen (name) > NAME_MOST || !g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("A person needs a name of at most 200 bytes"));
      return FALSE;
    }
  other = dbk_staff_by_login (dbk_clinic_get_db (clinic), login, NULL, NULL, NULL);
  if (other != NULL)
    {
      g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN, "Somebody has the login \"%s\" already", login);
      return FALSE;
    }
  return TRUE;
}

gboolean
dbk_staff_add (DbkClinic         *clinic,
               const DbkSession  *session,
               const char        *login,
               const char        *name,
               DbkRole            role,
               const char        *pin,
               char             **id,
               GError           **error)
{
  g_autofree char *hash = NULL;
  g_autoptr(DbkStaff) staff = dbk_staff_new ();
  StaffChange change = { clinic, session, staff, NULL, 1 };

  if (!dbk_session_require (session, DBK_ACT_MANAGE_STAFF, error) || !check_new (clinic, login, name, error))
    return FALSE;
  hash = dbk_pin_hash (pin, error);
  if (hash == NULL)
    return FALSE;
  staff->id = dbk_fact_log_new_id ();
  staff->login = g_strdup (login);
  staff->name = g_strdup (name);
  staff->role = role;
  change.hash = hash;
  if (!dbk_db_write (dbk_clinic_get_db (clinic), put_staff, &change, error))
    return FALSE;
  if (id != NULL)
    *id = g_strdup (staff->id);
  return TRUE;
}

static DbkStaff *
find_person (DbkClinic   *clinic,
             const char  *login,
             char       **hash,
             gint64      *version,
             GError     **error)
{
  DbkStaff *staff = dbk_staff_by_login (dbk_clinic_get_db (clinic), login, hash, version, NULL);

  if (staff == NULL)
    g_set_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_FOUND, "Nobody has the login \"%s\"", login);
  return staff;
}

static gboolean
is_last_administrator (DbkClinic       *clinic,
                       const DbkStaff  *staff,
                       gboolean        *last,
                       GError         **error)
{
  g_autoptr(GPtrArray) all = dbk_staff_list (dbk_clinic_get_db (clinic), error);

  if (all == NULL)
    return FALSE;
  *last = staff->role == DBK_ROLE_ADMINISTRATOR;
  for (guint i = 0; i < all->len; i++)
    {
      const DbkStaff *other = g_ptr_array_index (all, i);

      if (other->role == DBK_ROLE_ADMINISTRATOR && !other->ended && strcmp (other->id, staff->id) != 0)
        *last = FALSE;
    }
  return TRUE;
}

gboolean
dbk_staff_end (DbkClinic         *clinic,
               const DbkSession  *session,
               const char        *login,
               GError           **error)
{
  g_autofree char *hash = NULL;
  g_autoptr(DbkStaff) staff = NULL;
  gint64 version = 0;
  gboolean last = FALSE;
  StaffChange change = { clinic, session, NULL, NULL, 0 };

  if (!dbk_session_require (session, DBK_ACT_MANAGE_STAFF, error))
    return FALSE;
  staff = find_person (clinic, login, &hash, &version, error);
  if (staff == NULL || !is_last_administrator (clinic, staff, &last, error))
    return FALSE;
  if (last)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("The last administrator cannot be ended: name another one first"));
      return FALSE;
    }
  staff->ended = TRUE;
  change.staff = staff;
  change.hash = hash;
  change.version = version + 1;
  return dbk_db_write (dbk_clinic_get_db (clinic), put_staff, &change, error);
}

gboolean
dbk_staff_set_pin (DbkClinic         *clinic,
                   const DbkSession  *session,
                   const char        *login,
                   const char        *pin,
                   GError           **error)
{
  g_autofree char *hash = NULL;
  g_autoptr(DbkStaff) staff = NULL;
  gint64 version = 0;
  StaffChange change = { clinic, session, NULL, NULL, 0 };

  if (g_strcmp0 (login, session->login) != 0 && !dbk_session_require (session, DBK_ACT_MANAGE_STAFF, error))
    return FALSE;
  staff = find_person (clinic, login, NULL, &version, error);
  hash = staff != NULL ? dbk_pin_hash (pin, error) : NULL;
  if (hash == NULL)
    return FALSE;
  change.staff = staff;
  change.hash = hash;
  change.version = version + 1;
  return dbk_db_write (dbk_clinic_get_db (clinic), put_staff, &change, error);
}
