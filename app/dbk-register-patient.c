/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-register"

#include "app/dbk-register-patient.h"

#include "app/dbk-photo.h"
#include "db/facts/dbk-people-facts.h"
#include "db/names/dbk-name-keys.h"

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const DbkPatient *patient;
  gboolean          is_new;
} PatientWrite;

static gboolean
check_number_free (DbkDb             *db,
                   const DbkPatient  *patient,
                   GError           **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPatient) other = dbk_patient_by_number (db, patient->number, &local_error);

  if (other == NULL)
    {
      if (g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (other->id, patient->id) == 0)
    return TRUE;
  g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_TAKEN, "Another patient has this number");
  return FALSE;
}

static gboolean
write_patient (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  const PatientWrite *write = data;
  DbkStamp stamp;

  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  if (!check_number_free (db, write->patient, error))
    return FALSE;
  if (write->is_new)
    return dbk_fact_patient_registered (db, &stamp, write->patient, error);
  return dbk_fact_patient_changed (db, &stamp, write->patient, error);
}

void
dbk_fill_pinyin (DbkPatient *patient)
{
  g_autoptr(DbkNameKeys) keys = NULL;

  if (patient->pinyin != NULL || patient->name == NULL)
    return;
  keys = dbk_name_keys_new (patient->name, NULL, NULL);
  if (keys != NULL)
    patient->pinyin = g_strdup (keys->pinyin);
}

gboolean
dbk_register_patient (DbkClinic         *clinic,
                      const DbkSession  *session,
                      DbkPatient        *draft,
                      gint              *similar,
                      GError           **error)
{
  PatientWrite write = { clinic, session, draft, TRUE };
  DbkDay today = dbk_clinic_today (clinic);

  if (!dbk_session_require (session, DBK_ACT_REGISTER_PATIENT, error) || !dbk_patient_check (draft, today, error))
    return FALSE;
  g_free (draft->id);
  draft->id = dbk_fact_log_new_id ();
  draft->enrolled = today;
  dbk_fill_pinyin (draft);
  if (!dbk_db_write (dbk_clinic_get_db (clinic), write_patient, &write, error))
    return FALSE;
  if (similar != NULL && !dbk_patient_count_similar (dbk_clinic_get_db (clinic), draft->id, similar, NULL))
    *similar = 0;
  return TRUE;
}

gboolean
dbk_change_patient (DbkClinic         *clinic,
                    const DbkSession  *session,
                    const DbkPatient  *after,
                    GError           **error)
{
  PatientWrite write = { clinic, session, after, FALSE };

  return dbk_session_require (session, DBK_ACT_REGISTER_PATIENT, error) &&
         dbk_patient_check (after, dbk_clinic_today (clinic), error) &&
         dbk_db_write (dbk_clinic_get_db (clinic), write_patient, &write, error);
}

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  const char       *patient;
  GBytes           *jpeg;
} PhotoWrite;

static gboolean
write_photo (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const PhotoWrite *write = data;
  DbkStamp stamp;

  dbk_clinic_stamp (write->clinic, write->session, &stamp);
  return dbk_fact_photo (db, &stamp, write->patient, stamp.day, write->jpeg, error);
}

gboolean
dbk_take_photo (DbkClinic         *clinic,
                const DbkSession  *session,
                const char        *patient,
                GBytes            *picture,
                GError           **error)
{
  g_autoptr(GBytes) jpeg = NULL;
  PhotoWrite write = { clinic, session, patient, NULL };

  if (!dbk_session_require (session, DBK_ACT_REGISTER_PATIENT, error))
    return FALSE;
  jpeg = dbk_photo_prepare (picture, error);
  if (jpeg == NULL)
    return FALSE;
  write.jpeg = jpeg;
  return dbk_db_write (dbk_clinic_get_db (clinic), write_photo, &write, error);
}
