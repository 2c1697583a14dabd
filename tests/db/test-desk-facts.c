/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers, contacts, the policy, documents and paper rows, print jobs, settings: what was recorded is what is read. */
#include "db/dbk-desk-store.h"
#include "db/dbk-setting-store.h"
#include "db/facts/dbk-desk-facts.h"
#include "tests/lib/dbk-record-fixture.h"

#define DAY DBK_FIXTURE_DAY

typedef struct
{
  DbkStamp                stamp;
  const char             *text;
  const char             *other;
  const DbkDocumentDraft *document;
  const DbkJobRow      *job;
} Step;

static void
reopen_and_verify (DbkRecordFixture *fixture)
{
  dbk_record_fixture_close (fixture);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

static gboolean
append_answer (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  const Step *step = data;

  return dbk_fact_alert_answered (db, &step->stamp, DBK_FIXTURE_PATIENT, DAY, step->text, step->other, error);
}

static void
test_answers (void)
{
  static const char *const rows[][2] = { { "missed", "dose-half" }, { "smell", "no" }, { "missed", "see-physician" } };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) answers = NULL, other_day = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .text = rows[i][0], .other = rows[i][1] };

      dbk_record_fixture_write (fixture, append_answer, &step);
    }
  reopen_and_verify (fixture);
  answers = dbk_answer_list (fixture->db, DBK_FIXTURE_PATIENT, DAY, NULL);
  other_day = dbk_answer_list (fixture->db, DBK_FIXTURE_PATIENT, DAY + 1, NULL);
  g_assert_cmpuint (answers->len, ==, 2);
  g_assert_cmpuint (other_day->len, ==, 0);
  g_assert_cmpstr (((DbkAnswerRow *) g_ptr_array_index (answers, 0))->code, ==, "missed");
  g_assert_cmpstr (((DbkAnswerRow *) g_ptr_array_index (answers, 0))->choice, ==, "see-physician");
  g_assert_cmpstr (((DbkAnswerRow *) g_ptr_array_index (answers, 1))->choice, ==, "no");
}

static gboolean
append_contact (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  const Step *step = data;

  return dbk_fact_contact (db, &step->stamp, step->text, DBK_FIXTURE_PATIENT, "no-answer", step->other, error);
}

static void
test_contacts (void)
{
  static const char *const rows[][2] = { { "K0000000000000A1", NULL }, { "K0000000000000A2", "" }, { "K0000000000000A3", "电话关机\n\"明天\"" } };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) contacts = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .text = rows[i][0], .other = rows[i][1] };

      dbk_record_fixture_write (fixture, append_contact, &step);
    }
  reopen_and_verify (fixture);
  contacts = dbk_contact_list (fixture->db, DBK_FIXTURE_PATIENT, 10, NULL);
  g_assert_cmpuint (contacts->len, ==, 3);
  for (guint i = 0; i < contacts->len; i++)
    {
      const DbkContactRow *read = g_ptr_array_index (contacts, i);

      g_assert_cmpstr (read->id, ==, rows[2 - i][0]);
      g_assert_cmpstr (read->note, ==, rows[2 - i][1]);
      g_assert_cmpstr (read->patient, ==, DBK_FIXTURE_PATIENT);
      g_assert_cmpint (read->day, ==, DAY);
      g_assert_cmpstr (read->outcome, ==, "no-answer");
      g_assert_cmpstr (read->by_name, ==, "陈护士");
      g_assert_cmpint (read->ms, ==, fixture->wall_ms - 1000 * (gint64) i);
    }
}

static gboolean
append_policy (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  const Step *step = data;

  return dbk_fact_policy (db, &step->stamp, "china-2024", step->text, step->other, error);
}

static void
test_policy (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step first = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .text = "1", .other = "{\"missed\": [1, 2]}" };
  Step second = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_PHYSICIAN), .text = "2", .other = "{\n  \"名\": \"规则\"\n}\n" };
  g_autoptr(GError) error = NULL;
  g_autofree char *none = dbk_policy_current_json (fixture->db, &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  g_assert_null (none);
  dbk_record_fixture_write (fixture, append_policy, &first);
  dbk_record_fixture_write (fixture, append_policy, &second);
  reopen_and_verify (fixture);
  json = dbk_policy_current_json (fixture->db, NULL);
  g_assert_cmpstr (json, ==, second.other);
}

/* ---- paper ---- */

static gboolean
append_document (DbkDb     *db,
                 gpointer   data,
                 GError   **error)
{
  const Step *step = data;

  return dbk_fact_document (db, &step->stamp, step->document, error);
}

static void
test_documents (void)
{
  static const DbkPaperRowDraft rows[] = { { "R1ABCDEFGHJKMNPQRSTV", DBK_FIXTURE_PATIENT }, { "R1ABCDEFGHJKMNPQRSTW", "T0000000000000ZZ" } };
  const DbkDocumentDraft sheet = { "W0000000000000A1", "sheet", NULL, NULL, DAY + 1, "a4", NULL, rows, G_N_ELEMENTS (rows) };
  const DbkDocumentDraft slip = { "W0000000000000A2", "slip", "D0000000000000A1", DBK_FIXTURE_PATIENT, DAY, "roll-80", NULL, NULL, 0 };
  const DbkDocumentDraft again = { "W0000000000000A3", "slip", "D0000000000000A1", DBK_FIXTURE_PATIENT, DAY, "roll-80", "W0000000000000A2", NULL, 0 };
  const DbkDocumentDraft *const drafts[] = { &sheet, &slip, &again };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GPtrArray) about = NULL;
  g_autofree char *document = NULL, *patient = NULL;
  g_autoptr(GError) error = NULL;
  DbkDay day = 0;

  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      Step step = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .document = drafts[i] };

      dbk_record_fixture_write (fixture, append_document, &step);
    }
  reopen_and_verify (fixture);
  about = dbk_document_list_about (fixture->db, "D0000000000000A1", NULL);
  g_assert_cmpuint (about->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (about, 0), ==, "W0000000000000A2");
  g_assert_true (dbk_paper_row_find (fixture->db, rows[1].code, &document, &patient, &day, NULL));
  g_assert_cmpstr (document, ==, sheet.id);
  g_assert_cmpstr (patient, ==, "T0000000000000ZZ");
  g_assert_cmpint (day, ==, DAY + 1);
  g_assert_false (dbk_paper_row_find (fixture->db, "R1ABCDEFGHJKMNPQRSTX", &document, &patient, &day, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
}

static guint
count_without_slip (DbkRecordFixture *fixture)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_without_slip (fixture->db, DAY, NULL);

  return doses->len;
}

static void
test_without_slip (void)
{
  const DbkDocumentDraft slip = { "W0000000000000A2", "slip", "D0000000000000A1", DBK_FIXTURE_PATIENT, DAY, "roll-80", NULL, NULL, 0 };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, "D0000000000000A1", DAY);
  Step print = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .document = &slip };

  g_assert_cmpuint (count_without_slip (fixture), ==, 0);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
  g_assert_cmpuint (count_without_slip (fixture), ==, 1);
  dbk_record_fixture_write (fixture, append_document, &print);
  g_assert_cmpuint (count_without_slip (fixture), ==, 0);
}

/* ---- print jobs and settings ---- */

static gboolean
put_job (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  const Step *step = data;

  return dbk_job_row_put (db, step->job, error);
}

static guint
count_open_jobs (DbkRecordFixture *fixture)
{
  g_autoptr(GPtrArray) jobs = dbk_job_row_list_open (fixture->db, NULL);

  return jobs->len;
}

static void
test_jobs (void)
{
  const DbkDocumentDraft slip = { "W0000000000000A2", "slip", "D0000000000000A1", DBK_FIXTURE_PATIENT, DAY, "roll-80", NULL, NULL, 0 };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Step print = { .stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE), .document = &slip };
  DbkJobRow job = { .id = (char *) "J0000000000000A1", .document = (char *) slip.id, .printer = (char *) "counter 1", .state = (char *) "waiting", .ms = 5 };
  Step put = { .job = &job };
  g_autoptr(DbkJobRow) waiting = NULL, printed = NULL;

  dbk_record_fixture_write (fixture, append_document, &print);
  dbk_record_fixture_write (fixture, put_job, &put);
  waiting = dbk_job_row_get (fixture->db, job.id, NULL);
  g_assert_cmpstr (waiting->document, ==, slip.id);
  g_assert_cmpstr (waiting->printer, ==, "counter 1");
  g_assert_cmpint (waiting->job, ==, 0);
  g_assert_cmpstr (waiting->state, ==, "waiting");
  g_assert_cmpstr (waiting->trouble, ==, "none");
  g_assert_cmpstr (waiting->message, ==, "");
  g_assert_cmpint (waiting->ms, ==, 5);
  g_assert_cmpstr (waiting->kind, ==, "slip");
  g_assert_cmpstr (waiting->about, ==, slip.about);
  g_assert_cmpstr (waiting->patient, ==, DBK_FIXTURE_PATIENT);
  g_assert_cmpstr (waiting->media, ==, "roll-80");
  g_assert_cmpuint (count_open_jobs (fixture), ==, 1);

  job.printer = (char *) "counter 2";
  job.job = 77;
  job.state = (char *) "printed";
  job.trouble = (char *) "paper-out";
  job.message = (char *) "缺纸";
  job.ms = 6;
  dbk_record_fixture_write (fixture, put_job, &put);
  reopen_and_verify (fixture);
  printed = dbk_job_row_get (fixture->db, job.id, NULL);
  g_assert_cmpstr (printed->printer, ==, "counter 2");
  g_assert_cmpint (printed->job, ==, 77);
  g_assert_cmpstr (printed->state, ==, "printed");
  g_assert_cmpstr (printed->trouble, ==, "paper-out");
  g_assert_cmpstr (printed->message, ==, "缺纸");
  g_assert_cmpint (printed->ms, ==, 6);
  g_assert_cmpuint (count_open_jobs (fixture), ==, 0);
}

static gboolean
set_setting (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const Step *step = data;

  return dbk_setting_set (db, "printer", step->text, error);
}

static void
test_settings (void)
{
  static const char *const values[] = { "", "票据机 1", "x" };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  char *unset = (char *) "";

  g_assert_true (dbk_setting_get (fixture->db, "printer", &unset, NULL));
  g_assert_null (unset);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      Step step = { .text = values[i] };
      g_autofree char *read = NULL;

      dbk_record_fixture_write (fixture, set_setting, &step);
      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
      g_assert_true (dbk_setting_get (fixture->db, "printer", &read, NULL));
      g_assert_cmpstr (read, ==, values[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/desk/answers", test_answers);
  g_test_add_func ("/db/desk/contacts", test_contacts);
  g_test_add_func ("/db/desk/policy", test_policy);
  g_test_add_func ("/db/desk/documents", test_documents);
  g_test_add_func ("/db/desk/without-slip", test_without_slip);
  g_test_add_func ("/db/desk/jobs", test_jobs);
  g_test_add_func ("/db/desk/settings", test_settings);
  return g_test_run ();
}
