/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-site"

#include "app/dbk-site-files.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/dbk-enrol-site.h"
#include "db/dbk-backup.h"
#include "db/exchange/dbk-stick.h"
#include "db/exchange/dbk-witness.h"

/* ---- writing ---- */

static char *
find_peer (DbkClinic   *clinic,
           const char  *code,
           GError     **error)
{
  g_autoptr(DbkSite) site = NULL;
  g_autoptr(DbkWriterRow) writer = NULL;
  g_autoptr(GError) local_error = NULL;

  if (!dbk_clinic_get_home (clinic)->here)
    return g_strdup (dbk_clinic_get_home (clinic)->writer);
  if (code == NULL)
    {
      g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("Say for which place the file is"));
      return NULL;
    }
  site = dbk_find_site (clinic, code, error);
  writer = site != NULL ? dbk_find_active_writer (clinic, site->id, &local_error) : NULL;
  if (writer != NULL)
    return g_strdup (writer->writer);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (site != NULL)
    g_set_error_literal (error, DBK_APP_ERROR, DBK_APP_ERROR_INVALID, N_("This place has no computer that a file could be for"));
  return NULL;
}

typedef struct
{
  const DbkExportReport *report;
  const char            *by;
} Written;

static gboolean
note (DbkDb     *db,
      gpointer   data,
      GError   **error)
{
  const Written *written = data;

  return dbk_export_note (db, written->report, written->by, error);
}

DbkExportReport *
dbk_write_site_file (DbkClinic                 *clinic,
                     const DbkSession          *session,
                     const DbkSiteFileRequest  *request,
                     GCancellable              *cancellable,
                     DbkExchangeProgress        progress,
                     gpointer                   data,
                     GError                   **error)
{
  DbkExportRequest export = { .full = request->full, .nothing = request->nothing, .now_ms = dbk_clock_now_ms (dbk_clinic_get_clock (clinic)) };
  DbkDb *db = dbk_clinic_get_db (clinic);
  g_autofree char *peer = NULL;
  g_autoptr(DbkStick) stick = NULL;
  g_autoptr(DbkExportReport) report = NULL;
  Written written = { NULL, NULL };

  if (!dbk_session_require (session, DBK_ACT_EXPORT, error) || (peer = find_peer (clinic, request->site, error)) == NULL ||
      (stick = dbk_stick_new (request->path, error)) == NULL)
    return NULL;
  export.peer = peer;
  export.by_name = session->name;
  report = dbk_export_write (db, &export, dbk_stick_get_output (stick), cancellable, progress, data, error);
  written = (Written) { report, session->staff };
  if (report == NULL || !dbk_stick_finish (stick, &report->mark, error) || !dbk_db_write (db, note, &written, error))
    return NULL;
  return g_steal_pointer (&report);
}

char *
dbk_site_file_name (DbkClinic  *clinic,
                    const char *to_code)
{
  DbkClock *clock = dbk_clinic_get_clock (clinic);
  gint64 now_ms = dbk_clock_now_ms (clock);
  g_autofree char *day = dbk_day_to_iso (dbk_clock_day_of (clock, now_ms));
  int minute = dbk_clock_minute_of (clock, now_ms);

  return g_strdup_printf ("dosebook-%s-to-%s-%s-%02d%02d.dosebook-site", dbk_clinic_get_site (clinic)->code, to_code, day, minute / 60, minute % 60);
}

/* ---- taking in ---- */

static gboolean
require_somebody (DbkClinic         *clinic,
                  const DbkSession  *session,
                  GError           **error)
{
  g_autoptr(GPtrArray) staff = NULL;

  if (session != NULL)
    return dbk_session_require (session, DBK_ACT_TAKE_SITE_FILE, error);
  staff = dbk_staff_list (dbk_clinic_get_db (clinic), error);
  if (staff == NULL)
    return FALSE;
  return (staff->len == 0 && !dbk_clinic_get_home (clinic)->here) || dbk_session_require (NULL, DBK_ACT_TAKE_SITE_FILE, error);
}

/* One copy, of the newest taking-in; the backups are the clinic's own affair. */
static gboolean
keep_copy (DbkClinic     *clinic,
           GCancellable  *cancellable,
           GError       **error)
{
  DbkDb *db = dbk_clinic_get_db (clinic);
  const char *path = dbk_db_get_path (db);
  g_autofree char *copy = path != NULL ? g_strconcat (path, ".before-exchange", NULL) : NULL;
  g_autofree char *fresh = copy != NULL ? g_strconcat (copy, ".new", NULL) : NULL;

  if (copy == NULL)
    return TRUE;
  g_unlink (fresh);
  if (!dbk_backup_write (db, fresh, cancellable, error))
    return FALSE;
  if (g_rename (fresh, copy) == 0)
    return TRUE;
  g_set_error_literal (error, DBK_DB_ERROR, DBK_DB_ERROR_IO, "The copy of the record cannot be named");
  return FALSE;
}

/* They hold facts of ours that are not here. */
static gboolean
note_forgotten (DbkClinic        *clinic,
                const DbkIntake  *intake,
                GError          **error)
{
  for (guint i = 0; intake->we_forgot && i < intake->missing->len; i++)
    {
      const DbkTip *tip = &g_array_index (intake->missing, DbkTip, i);

      if (strcmp (tip->writer, dbk_clinic_get_writer (clinic)) == 0)
        return dbk_witness_note_forgotten (dbk_clinic_get_db (clinic), tip, error);
    }
  return TRUE;
}

DbkIntake *
dbk_take_site_file (DbkClinic            *clinic,
                    const DbkSession     *session,
                    const char           *path,
                    DbkIntakeMode         mode,
                    GCancellable         *cancellable,
                    DbkExchangeProgress   progress,
                    gpointer              data,
                    GError              **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(DbkIntake) intake = NULL;
  const DbkIntakeRequest request = { .mode = mode, .by = session != NULL ? session->staff : NULL, .now_ms = dbk_clock_now_ms (dbk_clinic_get_clock (clinic)) };
  gsize size;
  const guint8 *content;

  if (!require_somebody (clinic, session, error) || (bytes = dbk_stick_read (path, error)) == NULL ||
      (mode == DBK_INTAKE_TAKE && !keep_copy (clinic, cancellable, error)))
    return NULL;
  content = g_bytes_get_data (bytes, &size);
  intake = dbk_intake_run (dbk_clinic_get_db (clinic), content, size, &request, cancellable, progress, data, error);
  return intake != NULL && note_forgotten (clinic, intake, error) ? g_steal_pointer (&intake) : NULL;
}
