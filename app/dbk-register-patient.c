/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-register"

#include "app/dbk-register-patient.h"

#include <string.h>

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
check_number_free (DbkDb       *db,
                   const char  *number,
                   const char  *patient,
                   GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPatient) other = dbk_patient_by_number (db, number, &local_error);

  if (other == NULL)
    {
      if (g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (other->id, patient) == 0)
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
  if (!check_number_free (db, write->patient->number, write->patient->id, error))
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

/* ---- changed at two places ---- */

DbkKeptValue *
dbk_kept_value_new (const char *patient,
                    const char *attribute,
                    const char *value)
{
  DbkKeptValue *self = g_new0 (DbkKeptValue, 1);

  self->patient = g_strdup (patient);
  self->attribute = g_strdup (attribute);
  self->value = g_strdup (value);
  return self;
}

void
dbk_kept_value_free (DbkKeptValue *self)
{
  g_free (self->patient);
  g_free (self->attribute);
  g_free (self->value);
  g_free (self);
}

typedef struct
{
  DbkClinic        *clinic;
  const DbkSession *session;
  GPtrArray        *kept;
} KeptWrite;

static gboolean
write_kept (DbkDb     *db,
            gpointer   data,
            GError   **error)
{
  const KeptWrite *write = data;

  for (guint i = 0; i < write->kept->len; i++)
    {
      const DbkKeptValue *kept = g_ptr_array_index (write->kept, i);
      gboolean is_number = strcmp (kept->attribute, "number") == 0 && kept->value != NULL;
      DbkStamp stamp;

      dbk_clinic_stamp (write->clinic, write->session, &stamp);
      if ((is_number && !check_number_free (db, kept->value, kept->patient, error)) ||
          !dbk_fact_patient_attribute (db, &stamp, kept->patient, kept->attribute, kept->value, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
dbk_keep_values (DbkClinic         *clinic,
                 const DbkSession  *session,
                 GPtrArray         *kept,
                 GError           **error)
{
  KeptWrite write = { clinic, session, kept };

  return kept->len == 0 || (dbk_session_require (session, DBK_ACT_REGISTER_PATIENT, error) && dbk_db_write (dbk_clinic_get_db (clinic), write_kept, &write, error));
}

/* ---- a photo ---- */

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
