/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/exchange/dbk-test-site.h"

#include <sqlite3.h>
#include <string.h>

#include "db/dbk-db-private.h"
#include "db/facts/dbk-lease-facts.h"
#include "db/facts/dbk-people-facts.h"

#define FIRST_MS G_GINT64_CONSTANT (1772668800000) /* 2026-03-05 08:00 in Shanghai */
#define SHANGHAI_S (8 * 3600)

DbkStamp
dbk_test_site_stamp (DbkTestSite *self,
                     const char  *author)
{
  self->wall_ms += 1000;
  return (DbkStamp) { .author = author, .wall_ms = self->wall_ms, .utc_offset_s = SHANGHAI_S, .day = self->day };
}

void
dbk_test_site_write (DbkTestSite  *self,
                     DbkDbTxnFunc  func,
                     gpointer      data)
{
  g_autoptr(GError) error = NULL;
  gboolean done = dbk_db_write (self->db, func, data, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

static DbkTestSite *
new_site (void)
{
  DbkTestSite *self = g_new0 (DbkTestSite, 1);
  g_autoptr(GError) error = NULL;

  self->db = dbk_db_new_in_memory (&error);
  g_assert_no_error (error);
  self->wall_ms = FIRST_MS;
  self->day = DBK_FIXTURE_DAY;
  return self;
}

void
dbk_test_site_free (DbkTestSite *self)
{
  if (self == NULL)
    return;
  dbk_db_close (self->db);
  g_free (self->writer);
  g_free (self->site);
  g_free (self);
}

/* ---- the clinic ---- */

static gboolean
fill_clinic (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  DbkStamp *stamp = data;
  DbkPatient other = { .id = (char *) DBK_TEST_OTHER, .number = (char *) "0002", .name = (char *) "李四", .born = DBK_DAY_NONE,
                       .state = DBK_PATIENT_ACTIVE, .enrolled = DBK_FIXTURE_DAY, .photo_taken = DBK_DAY_NONE };

  return dbk_record_fixture_fill (db, stamp, error) && dbk_fact_patient_registered (db, stamp, &other, error);
}

DbkTestSite *
dbk_test_site_new_clinic (void)
{
  DbkTestSite *self = new_site ();
  DbkStamp stamp = dbk_test_site_stamp (self, "");

  dbk_test_site_write (self, fill_clinic, &stamp);
  self->writer = dbk_fact_log_dup_writer (self->db, NULL);
  self->site = dbk_fact_log_dup_site (self->db, NULL);
  return self;
}

/* ---- a dosing point ---- */

typedef struct
{
  DbkStamp         stamp;
  const char      *code;
  char            *text;
  DbkEnrolRequest *request;
  DbkEnrolAnswer  *answer;
} Enrolling;

static gboolean
ask (DbkDb     *db,
     gpointer   data,
     GError   **error)
{
  Enrolling *enrolling = data;

  enrolling->text = dbk_enrol_request_make (db, "laptop", enrolling->code, "Village", error);
  return enrolling->text != NULL;
}

static gboolean
enrol (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  Enrolling *enrolling = data;
  const DbkEnrolAnswer *answer = enrolling->answer;

  return dbk_fact_site (db, &enrolling->stamp, answer->site, answer->site_code, answer->site_name, answer->timezone, 1, error) &&
         dbk_fact_writer_enrolled (db, &enrolling->stamp, answer->writer, answer->site, enrolling->request->name, enrolling->request->public_key, error);
}

static gboolean
accept_answer (DbkDb     *db,
               gpointer   data,
               GError   **error)
{
  return dbk_enrol_accept (db, data, error);
}

static DbkEnrolAnswer *
make_answer (DbkTestSite           *clinic,
             const DbkEnrolRequest *request,
             const char            *site)
{
  DbkEnrolAnswer *answer = g_new0 (DbkEnrolAnswer, 1);

  answer->writer = g_strdup (request->writer);
  answer->site = site != NULL ? g_strdup (site) : dbk_fact_log_new_id ();
  answer->site_code = g_strdup (request->place_code);
  answer->site_name = g_strdup (request->place_name);
  answer->timezone = g_strdup ("Asia/Shanghai");
  answer->home_writer = g_strdup (clinic->writer);
  answer->home_site = g_strdup (clinic->site);
  answer->home_name = g_strdup ("Clinic One");
  return answer;
}

DbkTestSite *
dbk_test_site_new_point (DbkTestSite *clinic,
                         const char  *code,
                         const char  *site)
{
  DbkTestSite *self = new_site ();
  g_autoptr(DbkEnrolRequest) request = NULL;
  g_autoptr(DbkEnrolAnswer) answer = NULL, read = NULL;
  g_autoptr(DbkKeys) keys = dbk_keys_load (clinic->db, NULL);
  g_autofree char *asked = NULL, *answered = NULL;
  g_autoptr(GError) error = NULL;
  Enrolling enrolling = { .code = code };

  self->wall_ms = clinic->wall_ms;
  dbk_test_site_write (self, ask, &enrolling);
  asked = enrolling.text;
  request = dbk_enrol_request_read (asked, strlen (asked), &error);
  g_assert_no_error (error);
  answer = make_answer (clinic, request, site);
  enrolling.stamp = dbk_test_site_stamp (clinic, "");
  enrolling.request = request;
  enrolling.answer = answer;
  dbk_test_site_write (clinic, enrol, &enrolling);
  answered = dbk_enrol_answer_write (answer, keys);
  read = dbk_enrol_answer_read (answered, strlen (answered), &error);
  g_assert_no_error (error);
  dbk_test_site_write (self, accept_answer, read);
  self->writer = g_strdup (read->writer);
  self->site = g_strdup (read->site);
  return self;
}

/* ---- what happens there ---- */

typedef struct
{
  DbkStamp        stamp;
  const DbkLease *lease;
} Granting;

static gboolean
grant (DbkDb     *db,
       gpointer   data,
       GError   **error)
{
  const Granting *granting = data;

  return dbk_fact_lease_granted (db, &granting->stamp, granting->lease, error);
}

char *
dbk_test_site_grant (DbkTestSite *clinic,
                     DbkTestSite *point,
                     const char  *patient,
                     DbkDay       from,
                     DbkDay       to)
{
  char *id = dbk_fact_log_new_id ();
  const DbkLease lease = { .id = id, .patient = (char *) patient, .site = point->site, .holder = point->writer, .from = from, .to = to };
  Granting granting = { dbk_test_site_stamp (clinic, DBK_FIXTURE_PHYSICIAN), &lease };

  dbk_test_site_write (clinic, grant, &granting);
  return id;
}

static gboolean
put_dose (DbkDb     *db,
          gpointer   data,
          GError   **error)
{
  DbkDispense *dispense = data;
  DbkDose dose = { .id = (char *) dispense->dose, .patient = (char *) dispense->patient, .day = dispense->day, .part = 1, .kind = DBK_DOSE_OBSERVED,
                   .dose_ug = dispense->dose_ug, .ordered_ug = dispense->dose_ug, .volume_ul = dispense->dose_ug, .lot = (char *) DBK_FIXTURE_LOT,
                   .order = (char *) DBK_FIXTURE_ORDER, .given_ms = dispense->stamp.wall_ms };

  return dbk_fact_dose (db, &dispense->stamp, &dose, NULL, error);
}

char *
dbk_test_site_dose (DbkTestSite *self,
                    const char  *patient,
                    DbkDay       day)
{
  char *id = dbk_fact_log_new_id ();
  DbkDispense dispense = { .stamp = dbk_test_site_stamp (self, DBK_FIXTURE_NURSE), .dose = id, .patient = patient, .day = day, .dose_ug = DBK_FIXTURE_DOSE_UG };

  dbk_test_site_write (self, put_dose, &dispense);
  return id;
}

/* ---- copies ---- */

GBytes *
dbk_test_site_snapshot (DbkTestSite *self)
{
  sqlite3_int64 size = 0;
  guint8 *data;
  GBytes *bytes;

  self->db->preparing = DBK_WRITES_SCHEMA; /* past the door */
  data = sqlite3_serialize (self->db->handle, "main", &size, 0);
  self->db->preparing = DBK_WRITES_NOTHING;
  bytes = g_bytes_new (data, (gsize) size);
  sqlite3_free (data);
  return bytes;
}

/* As if the file had been exchanged under a program that holds nothing of it. */
static void
load (DbkDb  *db,
      GBytes *snapshot)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (snapshot, &size);
  guint8 *copy = sqlite3_malloc64 (size);

  memcpy (copy, data, size);
  dbk_db_finalize_all (db);
  db->preparing = DBK_WRITES_SCHEMA;
  g_assert_cmpint (sqlite3_deserialize (db->handle, "main", copy, (sqlite3_int64) size, (sqlite3_int64) size,
                                        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE), ==, SQLITE_OK);
  db->preparing = DBK_WRITES_NOTHING;
}

static gboolean
has_epoch (DbkDb  *db,
           gint64  epoch)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM epoch WHERE epoch = %" G_GINT64_FORMAT, epoch);
  gint64 n = 0;

  return dbk_db_query_int (db, sql, &n, NULL) && n > 0;
}

void
dbk_test_site_restore (DbkTestSite *self,
                       GBytes      *snapshot,
                       gboolean     restart)
{
  DbkLogTip tip = self->db->tip;
  g_autofree char *writer = NULL;

  load (self->db, snapshot);
  self->db->tip.loaded = FALSE;
  self->db->tip.epoch_open = FALSE;
  if (restart || !tip.epoch_open)
    return;
  /* The program's memory is as old as the disk: the same epoch goes on from where it was then. */
  writer = dbk_fact_log_dup_writer (self->db, NULL);
  g_assert_nonnull (writer);
  self->db->tip.epoch = tip.epoch;
  self->db->tip.epoch_open = has_epoch (self->db, tip.epoch);
}

/* ---- sticks ---- */

static gboolean
note_export (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  return dbk_export_note (db, data, NULL, error);
}

static GBytes *
write_file (DbkTestSite      *self,
            DbkTestSite      *peer,
            DbkExportRequest  request)
{
  g_autoptr(GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;
  g_autoptr(DbkExportReport) report = NULL;

  request.peer = peer->writer;
  request.now_ms = (self->wall_ms += 1000);
  report = dbk_export_write (self->db, &request, output, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  dbk_test_site_write (self, note_export, report);
  g_assert_true (g_output_stream_close (output, NULL, &error));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

GBytes *
dbk_test_site_export (DbkTestSite *self,
                      DbkTestSite *peer,
                      gboolean     full)
{
  return write_file (self, peer, (DbkExportRequest) { .full = full });
}

GBytes *
dbk_test_site_ask (DbkTestSite *self,
                   DbkTestSite *peer)
{
  return write_file (self, peer, (DbkExportRequest) { .nothing = TRUE });
}

DbkIntake *
dbk_test_site_try_import (DbkTestSite    *self,
                          GBytes         *file,
                          DbkIntakeMode   mode,
                          GError        **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  DbkIntakeRequest request = { .mode = mode };

  request.now_ms = self->wall_ms += 1000;
  return dbk_intake_run (self->db, data, size, &request, NULL, NULL, NULL, error);
}

DbkIntake *
dbk_test_site_import (DbkTestSite *self,
                      GBytes      *file)
{
  g_autoptr(GError) error = NULL;
  DbkIntake *report = dbk_test_site_try_import (self, file, DBK_INTAKE_TAKE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (report);
  g_assert_cmpuint (report->missing->len, ==, 0);
  return report;
}

static gboolean
add_hash (const DbkFact  *fact,
          gpointer        data,
          GError        **error)
{
  char id[DBK_FACT_ID_LENGTH + 1];

  dbk_fact_id_write (fact->hash, id);
  g_ptr_array_add (data, g_strdup (id));
  return TRUE;
}

static gint
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
dbk_test_site_list_facts (DbkTestSite *self)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (dbk_fact_log_foreach (self->db, add_hash, ids, NULL));
  g_ptr_array_sort (ids, compare_texts);
  g_ptr_array_add (ids, NULL);
  return g_strjoinv ("\n", (char **) ids->pdata);
}
