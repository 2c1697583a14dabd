/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-back-up"

#include "app/dbk-back-up.h"

#include "db/dbk-backup.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-setting-store.h"

#define SETTING "backed-up-ms"

static gboolean
note (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  return dbk_setting_set (db, SETTING, data, error);
}

gboolean
dbk_back_up (DbkClinic         *clinic,
             const DbkSession  *session,
             const char        *path,
             GCancellable      *cancellable,
             GError           **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autofree char *now = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!dbk_session_require (session, DBK_ACT_BACKUP, error) || !dbk_backup_write (db, path, cancellable, error))
    return FALSE;
  now = g_strdup_printf ("%" G_GINT64_FORMAT, dbk_clock_now_ms (dbk_clinic_get_clock (clinic)));
  /* The copy is there and good, whether that could be noted or not. */
  if (!dbk_db_write (db, note, now, &local_error))
    g_message ("When the record was backed up could not be noted: %s", local_error->message);
  return TRUE;
}

static gboolean
read_info (DbkDb     *db,
           gpointer   data,
           GError   **error)
{
  DbkRecordInfo *info = data;
  g_autofree char *noted = NULL;
  gint64 dose_ug = 0, dosed = 0;

  if (!dbk_fact_log_count (db, &info->facts, error) || !dbk_patient_count (db, &info->patients, error) ||
      !dbk_dose_totals (db, &info->doses, &dose_ug, &dosed, error) || !dbk_setting_get (db, SETTING, &noted, error))
    return FALSE;
  info->format = dbk_db_get_version (db);
  return noted == NULL || g_ascii_string_to_signed (noted, 10, 0, G_MAXINT64, &info->backed_up_ms, error);
}

DbkRecordInfo *
dbk_record_info_read (DbkClinic  *clinic,
                      GError    **error)
{
  g_autofree DbkRecordInfo *info = g_new0 (DbkRecordInfo, 1);

  return dbk_db_read (dbk_clinic_get_db (clinic), read_info, info, error) ? g_steal_pointer (&info) : NULL;
}
