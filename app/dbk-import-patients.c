/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-import"

#include "app/dbk-import.h"

#include "app/dbk-import-table.h"
#include "app/dbk-register-patient.h"
#include "db/facts/dbk-dose-facts.h"
#include "db/facts/dbk-people-facts.h"

static const char *const column_names[] = { "number", "name", "pinyin", "born", "sex", "phone", "allergies", NULL };
enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_PINYIN, COLUMN_BORN, COLUMN_SEX, COLUMN_PHONE, COLUMN_ALLERGIES };
#define N_REQUIRED 2
#define PROGRESS_ROWS 200

typedef struct
{
  DbkClinic              *clinic;
  const DbkSession       *session;
  const DbkImportOptions *options;
  DbkImportReport        *report;
  GPtrArray              *patients; /* DbkPatient */
  GArray                 *lines;    /* guint, side by side */
  char                   *digest;
} Import;

static gboolean
read_words (DbkPatient  *patient,
            const char  *born,
            const char  *sex,
            GError     **error)
{
  if (born != NULL && !dbk_day_from_iso (born, &patient->born, error))
    {
      g_prefix_error (error, "born: ");
      return FALSE;
    }
  return sex == NULL || dbk_sex_from_word (sex, &patient->sex, error);
}

static void
read_row (Import               *import,
          const DbkImportTable *table,
          const DbkCsvRow      *row,
          GHashTable           *seen)
{
  g_autoptr(DbkPatient) patient = dbk_patient_new ();
  g_autofree char *born = dbk_import_table_dup (table, row, COLUMN_BORN);
  g_autofree char *sex = dbk_import_table_dup (table, row, COLUMN_SEX);
  g_autoptr(GError) error = NULL;

  patient->number = dbk_import_table_dup (table, row, COLUMN_NUMBER);
  patient->name = dbk_import_table_dup (table, row, COLUMN_NAME);
  patient->pinyin = dbk_import_table_dup (table, row, COLUMN_PINYIN);
  patient->phone = dbk_import_table_dup (table, row, COLUMN_PHONE);
  patient->allergies = dbk_import_table_dup (table, row, COLUMN_ALLERGIES);
  if (patient->number == NULL || patient->name == NULL)
    {
      dbk_import_report_add (import->report, row->line, "number or name is empty");
      return;
    }
  if (!read_words (patient, born, sex, &error) || !dbk_patient_check (patient, dbk_clinic_today (import->clinic), &error))
    {
      dbk_import_report_add (import->report, row->line, "%s", error->message);
      return;
    }
  if (!g_hash_table_add (seen, g_strdup (patient->number)))
    {
      dbk_import_report_add (import->report, row->line, "the number stands in the file twice");
      return;
    }
  g_ptr_array_add (import->patients, g_steal_pointer (&patient));
  g_array_append_val (import->lines, row->line);
}

static gboolean
read_file (Import   *import,
           GBytes   *bytes,
           GError  **error)
{
  g_auto(DbkImportTable) table = { 0 };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!dbk_import_table_read (&table, bytes, column_names, N_REQUIRED, error))
    return FALSE;
  import->report->rows = import->report->patients = table.rows->len;
  for (guint i = 0; i < table.rows->len; i++)
    read_row (import, &table, g_ptr_array_index (table.rows, i), seen);
  return TRUE;
}

/* @is_new: the record has nobody of this number. */
static gboolean
look_up (DbkDb       *db,
         Import      *import,
         guint        i,
         gboolean    *is_new,
         GError     **error)
{
  const DbkPatient *patient = g_ptr_array_index (import->patients, i);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPatient) known = dbk_patient_by_number (db, patient->number, &local_error);

  *is_new = known == NULL;
  if (known == NULL)
    {
      if (g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (strcmp (known->name, patient->name) == 0)
    import->report->already++;
  else
    dbk_import_report_add (import->report, g_array_index (import->lines, guint, i), "the number belongs to a patient of another name");
  return TRUE;
}

static gboolean
go_on (const Import  *import,
       gint64         done,
       GError       **error)
{
  const DbkImportOptions *options = import->options;

  if (done % PROGRESS_ROWS != 0)
    return TRUE;
  if (options->progress != NULL)
    options->progress (done, import->report->rows, options->progress_data);
  return options->cancellable == NULL || !g_cancellable_set_error_if_cancelled (options->cancellable, error);
}

static gboolean
append_all (DbkDb          *db,
            Import         *import,
            const gboolean *is_new,
            GError        **error)
{
  g_autofree char *id = dbk_fact_log_new_id ();
  DbkImportReport *report = import->report;
  DbkStamp stamp;

  dbk_clinic_stamp (import->clinic, import->session, &stamp);
  for (guint i = 0; i < import->patients->len; i++)
    {
      DbkPatient *patient = g_ptr_array_index (import->patients, i);

      if (!go_on (import, i, error))
        return FALSE;
      if (!is_new[i])
        continue;
      patient->id = dbk_fact_log_new_id ();
      patient->enrolled = stamp.day;
      dbk_fill_pinyin (patient);
      if (!dbk_fact_patient_registered (db, &stamp, patient, error))
        return FALSE;
      report->imported++;
    }
  report->registered = report->imported;
  return report->imported == 0 ||
         dbk_fact_import (db, &stamp, id, "patients", import->digest, report->rows, report->patients, report->imported, report->already, error);
}

static gboolean
record (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Import *import = data;
  g_autofree gboolean *is_new = g_new0 (gboolean, import->patients->len + 1);

  for (guint i = 0; i < import->patients->len; i++)
    if (!look_up (db, import, i, &is_new[i], error))
      return FALSE;
  return import->report->problems->len > 0 || append_all (db, import, is_new, error);
}

DbkImportReport *
dbk_import_patients (DbkClinic               *clinic,
                     const DbkSession        *session,
                     GBytes                  *table,
                     const DbkImportOptions  *options,
                     GError                 **error)
{
  g_autoptr(DbkImportReport) report = dbk_import_report_new ();
  g_autoptr(GPtrArray) patients = g_ptr_array_new_with_free_func ((GDestroyNotify) dbk_patient_free);
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *digest = dbk_import_digest (table);
  Import import = { clinic, session, options, report, patients, lines, digest };

  if (!dbk_session_require (session, DBK_ACT_IMPORT, error) || !read_file (&import, table, error))
    return NULL;
  if (report->problems->len == 0 && !dbk_db_write (dbk_clinic_get_db (clinic), record, &import, error))
    return NULL;
  dbk_import_report_sort (report);
  return g_steal_pointer (&report);
}
