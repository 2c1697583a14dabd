/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-import"

#include "app/dbk-import.h"

#include "app/dbk-import-table.h"
#include "db/dbk-dose-store.h"
#include "db/facts/dbk-dose-facts.h"
#include "db/facts/dbk-people-facts.h"
#include "db/record/dbk-quantity.h"

static const char *const column_names[] = { "patient", "date", "given_mg", NULL };
enum { COLUMN_PATIENT, COLUMN_DATE, COLUMN_GIVEN };
#define N_REQUIRED 3
#define PROGRESS_ROWS 2000

typedef struct
{
  DbkDay day;
  gint64 dose_ug;
  guint  line;
} ImportedDay;

/* One patient's lines of the file. */
typedef struct
{
  char   *number;
  char   *id;      /* NULL until known or registered */
  guint   line;    /* first one */
  GArray *days;    /* ImportedDay */
} ImportedPatient;

static void
free_patient (ImportedPatient *patient)
{
  g_free (patient->number);
  g_free (patient->id);
  g_array_unref (patient->days);
  g_free (patient);
}

typedef struct
{
  DbkClinic              *clinic;
  const DbkSession       *session;
  const DbkImportOptions *options;
  DbkImportReport        *report;
  GPtrArray              *patients; /* in the order of the file */
  GHashTable             *by_number;
  DbkDay                  today;
  char                   *digest;
  char                   *import_id;
} Import;

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

/* ---- the file ---- */

static ImportedPatient *
patient_of (Import     *import,
            const char *number,
            guint       line)
{
  ImportedPatient *patient = g_hash_table_lookup (import->by_number, number);

  if (patient != NULL)
    return patient;
  patient = g_new0 (ImportedPatient, 1);
  patient->number = g_strdup (number);
  patient->line = line;
  patient->days = g_array_new (FALSE, FALSE, sizeof (ImportedDay));
  g_ptr_array_add (import->patients, patient);
  g_hash_table_insert (import->by_number, patient->number, patient);
  return patient;
}

static void
read_row (Import               *import,
          const DbkImportTable *table,
          const DbkCsvRow      *row)
{
  g_autofree char *number = dbk_import_table_dup (table, row, COLUMN_PATIENT);
  g_autofree char *date = dbk_import_table_dup (table, row, COLUMN_DATE);
  g_autofree char *given = dbk_import_table_dup (table, row, COLUMN_GIVEN);
  g_autoptr(GError) error = NULL;
  ImportedDay day = { .line = row->line };

  if (number == NULL)
    dbk_import_report_add (import->report, row->line, "no patient number");
  else if (date == NULL || !dbk_day_from_iso (date, &day.day, NULL))
    dbk_import_report_add (import->report, row->line, "the date is not one (YYYY-MM-DD)");
  else if (day.day >= import->today)
    dbk_import_report_add (import->report, row->line, "the date is not before today");
  else if (given == NULL || !dbk_dose_parse (given, &day.dose_ug, &error))
    dbk_import_report_add (import->report, row->line, "the dose is not an amount in mg%s%s", error != NULL ? ": " : "",
                           error != NULL ? error->message : "");
  else
    g_array_append_val (patient_of (import, number, row->line)->days, day);
}

static gint
compare_days (gconstpointer a,
              gconstpointer b)
{
  const ImportedDay *one = a, *other = b;

  if (one->day != other->day)
    return one->day < other->day ? -1 : 1;
  return one->line < other->line ? -1 : 1;
}

static void
find_repeated_days (Import          *import,
                    ImportedPatient *patient)
{
  g_array_sort (patient->days, compare_days);
  for (guint i = 1; i < patient->days->len; i++)
    {
      const ImportedDay *before = &g_array_index (patient->days, ImportedDay, i - 1);
      const ImportedDay *day = &g_array_index (patient->days, ImportedDay, i);

      if (before->day == day->day)
        dbk_import_report_add (import->report, day->line, "the same patient and day as line %u", before->line);
    }
}

static gboolean
read_file (Import   *import,
           GBytes   *bytes,
           GError  **error)
{
  g_auto(DbkImportTable) table = { 0 };

  if (!dbk_import_table_read (&table, bytes, column_names, N_REQUIRED, error))
    return FALSE;
  import->report->rows = table.rows->len;
  for (guint i = 0; i < table.rows->len; i++)
    read_row (import, &table, g_ptr_array_index (table.rows, i));
  for (guint i = 0; i < import->patients->len; i++)
    find_repeated_days (import, g_ptr_array_index (import->patients, i));
  import->report->patients = import->patients->len;
  return TRUE;
}

/* ---- against the record ---- */

static gboolean
find_patient (DbkDb            *db,
              Import           *import,
              ImportedPatient  *patient,
              GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(DbkPatient) known = dbk_patient_by_number (db, patient->number, &local_error);
  DbkPatient draft = { .number = patient->number, .name = patient->number, .born = DBK_DAY_NONE, .photo_taken = DBK_DAY_NONE };

  if (known != NULL)
    {
      patient->id = g_strdup (known->id);
      return TRUE;
    }
  if (!g_error_matches (local_error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_clear_error (&local_error);
  if (!import->options->register_unknown)
    dbk_import_report_add (import->report, patient->line, "no patient has the number %s", patient->number);
  else if (!dbk_patient_check (&draft, import->today, &local_error))
    dbk_import_report_add (import->report, patient->line, "cannot be registered: %s", local_error->message);
  return TRUE;
}

/* Leaves only the days that the record does not have; one that it has otherwise is a problem. */
static gboolean
compare_with_record (DbkDb            *db,
                     Import           *import,
                     ImportedPatient  *patient,
                     GError          **error)
{
  g_autoptr(GArray) known_ug = NULL;
  g_autoptr(GArray) known = dbk_dose_days_of_patient (db, patient->id, &known_ug, error);
  g_autoptr(GArray) new_days = g_array_new (FALSE, FALSE, sizeof (ImportedDay));
  guint k = 0;

  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < patient->days->len; i++)
    {
      ImportedDay day = g_array_index (patient->days, ImportedDay, i);

      while (k < known->len && g_array_index (known, DbkDay, k) < day.day)
        k++;
      if (k == known->len || g_array_index (known, DbkDay, k) != day.day)
        g_array_append_val (new_days, day);
      else if (g_array_index (known_ug, gint64, k) == day.dose_ug)
        import->report->already++;
      else
        dbk_import_report_add (import->report, day.line, "the record has another dose for this patient and day");
    }
  g_array_unref (patient->days);
  patient->days = g_steal_pointer (&new_days);
  return TRUE;
}

static gboolean
look_up_all (DbkDb   *db,
             Import  *import,
             GError **error)
{
  for (guint i = 0; i < import->patients->len; i++)
    {
      ImportedPatient *patient = g_ptr_array_index (import->patients, i);

      if (!find_patient (db, import, patient, error) ||
          (patient->id != NULL && !compare_with_record (db, import, patient, error)))
        return FALSE;
    }
  return TRUE;
}

/* ---- into the record ---- */

static gboolean
register_patient (DbkDb            *db,
                  const DbkStamp   *stamp,
                  Import           *import,
                  ImportedPatient  *patient,
                  GError          **error)
{
  g_autoptr(DbkPatient) draft = dbk_patient_new ();

  patient->id = dbk_fact_log_new_id ();
  draft->id = g_strdup (patient->id);
  draft->number = g_strdup (patient->number);
  draft->name = g_strdup (patient->number);
  draft->enrolled = g_array_index (patient->days, ImportedDay, 0).day;
  import->report->registered++;
  return dbk_fact_patient_registered (db, stamp, draft, error);
}

static gboolean
append_history (DbkDb            *db,
                const DbkStamp   *stamp,
                Import           *import,
                ImportedPatient  *patient,
                GError          **error)
{
  guint n = patient->days->len;
  g_autofree DbkDay *days = g_new (DbkDay, n + 1);
  g_autofree gint64 *doses_ug = g_new (gint64, n + 1);

  if (n == 0)
    return TRUE;
  if (patient->id == NULL && !register_patient (db, stamp, import, patient, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      days[i] = g_array_index (patient->days, ImportedDay, i).day;
      doses_ug[i] = g_array_index (patient->days, ImportedDay, i).dose_ug;
    }
  import->report->imported += n;
  return dbk_fact_history (db, stamp, import->import_id, patient->id, days, doses_ug, n, error);
}

static gboolean
record (DbkDb     *db,
        gpointer   data,
        GError   **error)
{
  Import *import = data;
  DbkImportReport *report = import->report;
  gint64 rows = 0, announced = 0;
  DbkStamp stamp;

  if (!look_up_all (db, import, error))
    return FALSE;
  if (report->problems->len > 0)
    return TRUE;
  dbk_clinic_stamp (import->clinic, import->session, &stamp);
  for (guint i = 0; i < import->patients->len; i++)
    {
      ImportedPatient *patient = g_ptr_array_index (import->patients, i);

      if (!append_history (db, &stamp, import, patient, error))
        return FALSE;
      rows += patient->days->len;
      for (; announced < rows; announced++)
        if (!go_on (import, announced, error))
          return FALSE;
    }
  return report->imported == 0 ||
         dbk_fact_import (db, &stamp, import->import_id, "doses", import->digest, report->rows, report->patients, report->imported,
                          report->already, error);
}

/* After an error the disk is asked, never assumed: a COMMIT can fail and have happened. One of the new doses answers for all. */
static gboolean
is_on_disk (DbkClinic    *clinic,
            const Import *import)
{
  for (guint i = 0; i < import->patients->len; i++)
    {
      const ImportedPatient *patient = g_ptr_array_index (import->patients, i);
      g_autofree char *id = NULL;
      g_autoptr(DbkDose) dose = NULL;

      if (patient->id == NULL || patient->days->len == 0)
        continue;
      id = dbk_imported_dose_id (patient->id, g_array_index (patient->days, ImportedDay, 0).day);
      dose = dbk_dose_get (dbk_clinic_get_db (clinic), id, NULL);
      return dose != NULL && dose->reversed_by == NULL;
    }
  return FALSE;
}

DbkImportReport *
dbk_import_doses (DbkClinic               *clinic,
                  const DbkSession        *session,
                  GBytes                  *table,
                  const DbkImportOptions  *options,
                  GError                 **error)
{
  g_autoptr(DbkImportReport) report = dbk_import_report_new ();
  g_autoptr(GPtrArray) patients = g_ptr_array_new_with_free_func ((GDestroyNotify) free_patient);
  g_autoptr(GHashTable) by_number = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *digest = dbk_import_digest (table);
  g_autofree char *id = dbk_fact_log_new_id ();
  g_autoptr(GError) local_error = NULL;
  Import import = { clinic, session, options, report, patients, by_number, dbk_clinic_today (clinic), digest, id };

  if (!dbk_session_require (session, DBK_ACT_IMPORT, error) || !read_file (&import, table, error))
    return NULL;
  if (report->problems->len == 0 && !dbk_db_write (dbk_clinic_get_db (clinic), record, &import, &local_error) &&
      !is_on_disk (clinic, &import))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  dbk_import_report_sort (report);
  return g_steal_pointer (&report);
}
