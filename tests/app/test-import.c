/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dbk-import.h"

#include "db/dbk-dose-store.h"
#include "tests/app/dbk-clinic-fixture.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_CLINIC_FIXTURE_DAY /* 2026-03-05 */
#define BOM "\357\273\277"
#define HEAD "patient,date,given_mg\n"
#define PEOPLE "number,name,born,sex,phone\n"

static DbkImportReport *
import_doses (DbkClinicFixture        *f,
              const char              *text,
              const DbkImportOptions  *options,
              GError                 **error)
{
  g_autoptr(GBytes) table = g_bytes_new_static (text, strlen (text));

  return dbk_import_doses (f->clinic, f->admin, table, options, error);
}

static gint64
count_doses (DbkClinicFixture *f)
{
  return dbk_fixture_peek (f->path, "SELECT count (*) FROM dose");
}

static gint64
count_patients (DbkClinicFixture *f)
{
  return dbk_fixture_peek (f->path, "SELECT count (*) FROM patient");
}

/* ---- good files ---- */

static const struct
{
  const char *name;
  const char *text;
  gint64      rows, patients, imported;
  gint64      sum_ug;
} good[] = {
  { "plain", HEAD "0421,2026-03-01,60\n0421,2026-03-02,62.5\n0500,2026-03-02,30\n", 3, 2, 3, 152500 },
  { "with a byte-order mark and CR LF", BOM "patient,date,given_mg\r\n0421,2026-03-01,60\r\n", 1, 1, 1, 60000 },
  { "quoted", "\"patient\",\"date\",\"given_mg\"\n\"0421\",\"2026-03-01\",\"1,005.5\"\n", 1, 1, 1, 1005500 },
  { "columns in another order, and one more", "note,given_mg,DATE, Patient \n\"a, \"\"b\"\"\",60,2026-03-01, 0421 \n", 1, 1, 1, 60000 },
  { "with the unit", HEAD "0421,2026-03-01,60 mg\n", 1, 1, 1, 60000 },
  { "days not in order", HEAD "0421,2026-03-03,60\n0421,2026-03-01,50\n", 2, 1, 2, 110000 },
  { "no rows", HEAD, 0, 0, 0, 0 },
};

static void
test_good (void)
{
  const DbkImportOptions options = { .register_unknown = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkImportReport) report = import_doses (f, good[i].text, &options, &error);
      g_autoptr(DbkImportReport) again = NULL;
      gint64 facts;

      g_test_message ("%s", good[i].name);
      g_assert_no_error (error);
      g_assert_cmpuint (report->problems->len, ==, 0);
      g_assert_cmpint (report->rows, ==, good[i].rows);
      g_assert_cmpint (report->patients, ==, good[i].patients);
      g_assert_cmpint (report->registered, ==, good[i].patients);
      g_assert_cmpint (report->imported, ==, good[i].imported);
      g_assert_cmpint (report->already, ==, 0);
      g_assert_cmpint (dbk_fixture_peek (f->path, "SELECT coalesce (sum (dose_ug), 0) FROM dose"), ==, good[i].sum_ug);
      facts = dbk_clinic_fixture_count_facts (f);
      again = import_doses (f, good[i].text, &options, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->imported, ==, 0);
      g_assert_cmpint (again->registered, ==, 0);
      g_assert_cmpint (again->already, ==, good[i].rows);
      g_assert_cmpint (dbk_clinic_fixture_count_facts (f), ==, facts);
      dbk_clinic_fixture_assert_holds (f);
    }
}

/* A longer file adds what is new in it. */
static void
test_more (void)
{
  const DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkImportReport) first = import_doses (f, HEAD "0421,2026-03-01,60\n", &options, &error);
  g_autoptr(DbkImportReport) second = import_doses (f, HEAD "0421,2026-03-01,60\n0421,2026-03-02,65\n0500,2026-03-01,20\n", &options, &error);

  g_assert_no_error (error);
  g_assert_cmpint (first->imported, ==, 1);
  g_assert_cmpint (second->imported, ==, 2);
  g_assert_cmpint (second->already, ==, 1);
  g_assert_cmpint (second->registered, ==, 1);
  g_assert_cmpint (count_doses (f), ==, 3);
  dbk_clinic_fixture_assert_holds (f);
}

/* ---- bad rows ---- */

typedef struct
{
  guint       line;
  const char *word; /* in the reason */
} Problem;

static const struct
{
  const char *name;
  const char *text;
  Problem     problems[4];
} bad[] = {
  { "no number", HEAD "0421,2026-03-01,60\n,2026-03-01,60\n", { { 3, "number" } } },
  { "no date", HEAD "0421,,60\n", { { 2, "date" } } },
  { "a date that is none", HEAD "0421,2026-02-30,60\n0421,01/03/2026,60\n0421,2026-3-1,60\n",
    { { 2, "date" }, { 3, "date" }, { 4, "date" } } },
  { "today", HEAD "0421,2026-03-05,60\n", { { 2, "before today" } } },
  { "in the future", HEAD "0421,2027-03-01,60\n", { { 2, "before today" } } },
  { "millilitres", HEAD "0421,2026-03-01,60 ml\n", { { 2, "dose" } } },
  { "no dose", HEAD "0421,2026-03-01,\n0421,2026-03-02\n", { { 2, "dose" }, { 3, "dose" } } },
  { "a dose that is none", HEAD "0421,2026-03-01,sixty\n0421,2026-03-02,-5\n", { { 2, "dose" }, { 3, "dose" } } },
  { "twice", HEAD "0421,2026-03-01,60\n0500,2026-03-01,60\n0421,2026-03-01,60\n", { { 4, "line 2" } } },
  { "twice, and otherwise", HEAD "0421,2026-03-01,60\n0421,2026-03-01,50\n", { { 3, "line 2" } } },
  { "a number that is none", HEAD "04-21,2026-03-01,60\n", { { 2, "registered" } } },
  { "several, by line", HEAD "0421,2026-03-01,60\n0421,2026-03-01,60\n0421,2027-01-01,60\nx,y\n",
    { { 3, "line 2" }, { 4, "before today" }, { 5, "date" } } },
  { "over several lines", HEAD "\"04\n21\",2026-03-01,60\n0500,never,60\n", { { 4, "date" } } },
};

static void
test_bad_rows (void)
{
  const DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  gint64 facts = dbk_clinic_fixture_count_facts (f);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DbkImportReport) report = import_doses (f, bad[i].text, &options, &error);
      guint n = 0;

      g_test_message ("%s", bad[i].name);
      g_assert_no_error (error);
      for (; n < G_N_ELEMENTS (bad[i].problems) && bad[i].problems[n].word != NULL; n++)
        {
          const DbkImportProblem *problem;

          g_assert_cmpuint (n, <, report->problems->len);
          problem = g_ptr_array_index (report->problems, n);
          g_assert_cmpuint (problem->line, ==, bad[i].problems[n].line);
          g_assert_nonnull (strstr (problem->reason, bad[i].problems[n].word));
        }
      g_assert_cmpuint (report->problems->len, ==, n);
      g_assert_cmpint (report->wrong, ==, n);
      g_assert_cmpint (report->imported, ==, 0);
      g_assert_cmpint (dbk_clinic_fixture_count_facts (f), ==, facts);
      g_assert_cmpint (count_patients (f), ==, 0);
    }
}

/* Thousands of wrong lines are counted, not listed. */
static void
test_all_wrong (void)
{
  const DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkImportReport) report = NULL;
  GString *text = g_string_new (HEAD);

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "0421,never,60\n");
  report = import_doses (f, text->str, &options, &error);
  g_string_free (text, TRUE);
  g_assert_no_error (error);
  g_assert_cmpint (report->wrong, ==, 3000);
  g_assert_cmpuint (report->problems->len, >=, 100);
  g_assert_cmpuint (report->problems->len, <, 1000);
  g_assert_cmpint (count_doses (f), ==, 0);
}

static void
test_against_the_record (void)
{
  const DbkImportOptions known_only = { FALSE };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkImportReport) unknown = NULL, other = NULL;
  const DbkImportProblem *problem;
  gint64 facts;

  g_free (dbk_clinic_fixture_add_patient (f, "0421", "王小明"));
  dbk_clinic_fixture_import (f, "0421", DAY - 3, DAY - 2, 60);
  facts = dbk_clinic_fixture_count_facts (f);
  unknown = import_doses (f, HEAD "0421,2026-03-04,60\n0999,2026-03-01,60\n0999,2026-03-02,60\n", &known_only, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unknown->problems->len, ==, 1);
  problem = g_ptr_array_index (unknown->problems, 0);
  g_assert_cmpuint (problem->line, ==, 3);
  g_assert_nonnull (strstr (problem->reason, "0999"));
  other = import_doses (f, HEAD "0421,2026-03-02,60\n0421,2026-03-03,61\n", &known_only, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->problems->len, ==, 1);
  problem = g_ptr_array_index (other->problems, 0);
  g_assert_cmpuint (problem->line, ==, 3);
  g_assert_cmpint (count_doses (f), ==, 2);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (f), ==, facts);
}

/* ---- files that are none ---- */

static void
test_bad_files (void)
{
  static const struct
  {
    const char *name, *bytes, *word;
    gsize       size; /* 0: the string's */
  } files[] = {
    { "empty", "", "empty", 0 },
    { "no column", "patient,date\n0421,2026-03-01\n", "given_mg", 0 },
    { "no header", "0421,2026-03-01,60\n", "patient", 0 },
    { "half a quote", HEAD "\"0421,2026-03-01,60\n", "Line 2", 0 },
    { "a NUL", HEAD "04\00021,2026-03-01,60\n", "Line", sizeof HEAD - 1 + 20 },
    { "neither UTF-8 nor GB18030", HEAD "\377\377,2026-03-01,60\n", "UTF-8", 0 },
  };
  const DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GBytes) table = g_bytes_new_static (files[i].bytes, files[i].size != 0 ? files[i].size : strlen (files[i].bytes));
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", files[i].name);
      g_assert_null (dbk_import_doses (f->clinic, f->admin, table, &options, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, files[i].word));
      g_assert_cmpint (count_doses (f), ==, 0);
    }
}

static void
test_roles (void)
{
  const DbkImportOptions options = { .register_unknown = TRUE };
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GBytes) table = g_bytes_new_static (HEAD "0421,2026-03-01,60\n", strlen (HEAD "0421,2026-03-01,60\n"));
  g_autoptr(GError) error = NULL;

  g_assert_null (dbk_import_doses (f->clinic, f->nurse, table, &options, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_null (dbk_import_patients (f->clinic, f->doctor, table, &options, &error));
  g_assert_error (error, DBK_APP_ERROR, DBK_APP_ERROR_NOT_ALLOWED);
}

/* ---- cancelled ---- */

typedef struct
{
  GCancellable *cancellable;
  gint64        stop_at;
  gint64        told;
  gint64        all;
} Progress;

static void
on_progress (gint64   done,
             gint64   all,
             gpointer data)
{
  Progress *progress = data;

  g_assert_cmpint (done, >=, progress->told);
  g_assert_cmpint (done, <=, all);
  progress->told = done;
  progress->all = all;
  if (done >= progress->stop_at)
    g_cancellable_cancel (progress->cancellable);
}

static char *
make_long_file (void)
{
  GString *text = g_string_new (HEAD);

  for (guint patient = 0; patient < 50; patient++)
    for (DbkDay day = DAY - 100; day < DAY; day++)
      {
        g_autofree char *iso = dbk_day_to_iso (day);

        g_string_append_printf (text, "%u,%s,60\n", 1000 + patient, iso);
      }
  return g_string_free (text, FALSE);
}

static void
test_cancelled (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = make_long_file ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkImportReport) report = NULL;
  Progress progress = { cancellable, 2000, 0, 0 };
  DbkImportOptions options = { .register_unknown = TRUE, .cancellable = cancellable, .progress = on_progress, .progress_data = &progress };
  gint64 facts = dbk_clinic_fixture_count_facts (f);

  g_assert_null (import_doses (f, text, &options, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (progress.told, ==, 2000);
  g_assert_cmpint (count_doses (f), ==, 0);
  g_assert_cmpint (count_patients (f), ==, 0);
  g_assert_cmpint (dbk_clinic_fixture_count_facts (f), ==, facts);
  dbk_clinic_fixture_assert_holds (f);

  g_cancellable_reset (cancellable);
  progress = (Progress) { cancellable, G_MAXINT64, 0, 0 };
  report = import_doses (f, text, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->imported, ==, 5000);
  g_assert_cmpint (progress.all, ==, 5000);
  dbk_clinic_fixture_assert_holds (f);
}

/* ---- patients ---- */

static DbkImportReport *
import_patients (DbkClinicFixture *f,
                 const char       *text,
                 gsize             size)
{
  const DbkImportOptions options = { FALSE };
  g_autoptr(GBytes) table = g_bytes_new (text, size);
  g_autoptr(GError) error = NULL;
  DbkImportReport *report = dbk_import_patients (f->clinic, f->admin, table, &options, &error);

  g_assert_no_error (error);
  return report;
}

static void
test_patients (void)
{
  static const char text[] = BOM PEOPLE "0421,王小明,1980-01-01,m,138 0013 4471\n0500,\"Smith, Jane\",,f,\n";
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  g_autoptr(DbkImportReport) first = import_patients (f, text, strlen (text));
  g_autoptr(DbkImportReport) again = import_patients (f, text, strlen (text));
  g_autoptr(DbkPatient) wang = dbk_patient_by_number (dbk_clinic_get_db (f->clinic), "0421", NULL);
  g_autoptr(DbkPatient) smith = dbk_patient_by_number (dbk_clinic_get_db (f->clinic), "0500", NULL);

  g_assert_cmpint (first->imported, ==, 2);
  g_assert_cmpint (first->registered, ==, 2);
  g_assert_cmpint (again->imported, ==, 0);
  g_assert_cmpint (again->already, ==, 2);
  g_assert_cmpstr (wang->name, ==, "王小明");
  g_assert_cmpstr (wang->pinyin, ==, "Wang Xiaoming");
  g_assert_cmpint (wang->sex, ==, DBK_SEX_MALE);
  g_assert_cmpstr (smith->name, ==, "Smith, Jane");
  g_assert_cmpint (smith->born, ==, DBK_DAY_NONE);
  dbk_clinic_fixture_assert_holds (f);
}

static void
test_patients_gb18030 (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();
  gsize size = 0;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_convert ("number,name\n0421,王小明\n0422,欧阳㐂\n", -1, "GB18030", "UTF-8", NULL, &size, &error);
  g_autoptr(DbkImportReport) report = NULL;
  g_autoptr(DbkPatient) patient = NULL;

  g_assert_no_error (error);
  report = import_patients (f, text, size);
  g_assert_cmpint (report->imported, ==, 2);
  patient = dbk_patient_by_number (dbk_clinic_get_db (f->clinic), "0422", NULL);
  g_assert_cmpstr (patient->name, ==, "欧阳㐂");
}

static const struct
{
  const char *name;
  const char *text;
  Problem     problem;
} bad_people[] = {
  { "no name", PEOPLE "0421,,,,\n", { 2, "empty" } },
  { "no number", PEOPLE "0400,A,,,\n,B,,,\n", { 3, "empty" } },
  { "twice", PEOPLE "0421,A,,,\n0421,A,,,\n", { 3, "twice" } },
  { "born tomorrow", PEOPLE "0421,A,2026-03-06,,\n", { 2, "born" } },
  { "born never", PEOPLE "0421,A,1980-13-01,,\n", { 2, "born" } },
  { "no such sex", PEOPLE "0421,A,,x,\n", { 2, "sex" } },
  { "no telephone", PEOPLE "0421,A,,,call me\n", { 2, "phone" } },
  { "somebody else's number", PEOPLE "0400,A,,,\n0777,B,,,\n", { 3, "another name" } },
};

static void
test_bad_patients (void)
{
  g_autoptr(DbkClinicFixture) f = dbk_clinic_fixture_new ();

  g_free (dbk_clinic_fixture_add_patient (f, "0777", "张三"));
  for (guint i = 0; i < G_N_ELEMENTS (bad_people); i++)
    {
      g_autoptr(DbkImportReport) report = import_patients (f, bad_people[i].text, strlen (bad_people[i].text));
      const DbkImportProblem *problem;

      g_test_message ("%s", bad_people[i].name);
      g_assert_cmpuint (report->problems->len, ==, 1);
      problem = g_ptr_array_index (report->problems, 0);
      g_assert_cmpuint (problem->line, ==, bad_people[i].problem.line);
      g_assert_nonnull (strstr (problem->reason, bad_people[i].problem.word));
      g_assert_cmpint (report->imported, ==, 0);
      g_assert_cmpint (count_patients (f), ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/doses/good", test_good);
  g_test_add_func ("/import/doses/more", test_more);
  g_test_add_func ("/import/doses/bad-rows", test_bad_rows);
  g_test_add_func ("/import/doses/all-wrong", test_all_wrong);
  g_test_add_func ("/import/doses/against-the-record", test_against_the_record);
  g_test_add_func ("/import/doses/bad-files", test_bad_files);
  g_test_add_func ("/import/roles", test_roles);
  g_test_add_func ("/import/cancelled", test_cancelled);
  g_test_add_func ("/import/patients/good", test_patients);
  g_test_add_func ("/import/patients/gb18030", test_patients_gb18030);
  g_test_add_func ("/import/patients/bad", test_bad_patients);
  return g_test_run ();
}
