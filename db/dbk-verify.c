/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-verify"

#include "db/dbk-verify.h"

#include <sodium.h>
#include <string.h>

#include "db/dbk-dose-store.h"
#include "db/dbk-fact-log-private.h"
#include "db/dbk-setting-store.h"

#define PROGRESS_EVERY 1000

/* Every table that is rebuilt, in the order of its key. */
static const char *const projections[] = {
  "SELECT * FROM site ORDER BY id",
  "SELECT * FROM writer ORDER BY id",
  "SELECT * FROM staff ORDER BY id",
  "SELECT * FROM patient ORDER BY id",
  "SELECT * FROM patient_attribute ORDER BY patient, name",
  "SELECT * FROM patient_key ORDER BY key, kind, patient",
  "SELECT * FROM photo ORDER BY patient",
  "SELECT * FROM card ORDER BY code",
  "SELECT * FROM dose_order ORDER BY patient, id",
  "SELECT * FROM order_end ORDER BY order_id, fact",
  "SELECT * FROM hold ORDER BY patient, id",
  "SELECT * FROM hold_lift ORDER BY hold, fact",
  "SELECT * FROM absence ORDER BY patient, id",
  "SELECT * FROM absence_withdrawal ORDER BY absence, fact",
  "SELECT * FROM lot ORDER BY id",
  "SELECT * FROM bottle ORDER BY site, hlc, id",
  "SELECT * FROM balance ORDER BY lot, site, account",
  "SELECT patient, day, part FROM claim ORDER BY patient, day, part",
  "SELECT * FROM dose ORDER BY patient, day, part, id",
  "SELECT * FROM dose_reversal ORDER BY dose",
  "SELECT * FROM attendance ORDER BY patient",
  "SELECT * FROM not_given ORDER BY day, patient, id",
  "SELECT * FROM alert_answer ORDER BY patient, day, code",
  "SELECT * FROM contact ORDER BY patient, day, id",
  "SELECT * FROM policy ORDER BY hlc, hash",
  "SELECT * FROM document ORDER BY id",
  "SELECT * FROM paper_row ORDER BY code",
  "SELECT * FROM history_import ORDER BY id",
  "SELECT * FROM enrolment ORDER BY writer, fact",
  "SELECT * FROM revocation ORDER BY writer, fact",
  "SELECT * FROM acceptance ORDER BY writer, fact",
  "SELECT * FROM lease ORDER BY patient, id",
  "SELECT * FROM lease_end ORDER BY lease, fact",
  "SELECT * FROM collision ORDER BY patient, day, part, dose_a, dose_b",
  "SELECT * FROM collision_close ORDER BY dose_a, dose_b, fact",
  "SELECT * FROM pass ORDER BY id",
  "SELECT * FROM pass_outcome ORDER BY pass, fact",
  "SELECT * FROM unread ORDER BY fact",
};

/* Questions whose every answer is a broken promise. */
static const struct
{
  const char *sql;
  const char *problem;
} promises[] = {
  { "SELECT count (*) FROM dose a JOIN dose b USING (patient, day, part) WHERE a.id < b.id"
    " AND NOT EXISTS (SELECT 1 FROM collision c WHERE c.patient = a.patient AND c.day = a.day AND c.part = a.part AND c.dose_a = a.id AND c.dose_b = b.id)",
    "two doses stand on one patient, day and part, and nobody is told" },
  { "SELECT count (*) FROM dose WHERE typeof (dose_ug) <> 'integer' OR typeof (volume_ul) <> 'integer' OR typeof (ordered_ug) <> 'integer'",
    "an amount is not a whole number" },
  { "SELECT count (*) FROM (SELECT 1 FROM balance GROUP BY lot HAVING sum (volume_ul) <> 0)",
    "the accounts of a lot do not sum to nothing: drug appeared or vanished" },
  { "SELECT count (*) FROM dose d WHERE d.reversed IS NULL AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.patient = d.patient AND c.day = d.day AND c.part = d.part)",
    "a standing dose does not hold its key" },
  { "SELECT count (*) FROM (SELECT writer, epoch, min (seq) AS first_seq FROM fact GROUP BY writer, epoch) f"
    " WHERE NOT EXISTS (SELECT 1 FROM epoch e WHERE e.writer = f.writer AND e.epoch = f.epoch AND e.first_seq <= f.first_seq)",
    "the facts of an opening are not listed" },
  { "SELECT count (*) FROM tip t WHERE NOT EXISTS (SELECT 1 FROM fact f WHERE f.hash = t.hash AND f.writer = t.writer AND f.seq = t.seq)",
    "a tip names no fact" },
  { "SELECT count (*) FROM (SELECT hash FROM fact EXCEPT SELECT prev FROM fact EXCEPT SELECT hash FROM tip)",
    "the newest fact of a writer is not its tip" },
  { "SELECT count (*) FROM tip WHERE hash IN (SELECT prev FROM fact)",
    "a tip is not the newest fact of its writer" },
};

typedef struct
{
  DbkDb             *db;
  DbkDb             *rebuilt;
  GCancellable      *cancellable;
  DbkVerifyProgress  progress;
  gpointer           progress_data;
  DbkVerifyReport   *report;
  gint64             done;
  char              *home;   /* the clinic's own writer; NULL while there is none */
} Verification;

void
dbk_verify_report_free (DbkVerifyReport *self)
{
  if (self == NULL)
    return;
  g_free (self->broken_fact);
  g_free (self->problem);
  g_free (self);
}

static void
note_problem (Verification  *v,
              const DbkFact *fact,
              const char    *problem)
{
  if (v->report->problem != NULL)
    return;
  v->report->problem = g_strdup (problem);
  if (fact != NULL)
    v->report->broken_fact = dbk_fact_id_new (fact->hash);
}

/* ---- the chain ---- */

static gboolean
follows (Verification   *v,
         const DbkFact  *fact,
         gboolean       *holds,
         GError        **error)
{
  g_auto(DbkStmt) st = { 0 };
  gboolean row = FALSE;

  if (fact->seq == 1)
    {
      *holds = sodium_is_zero (fact->prev, sizeof fact->prev);
      return TRUE;
    }
  if (!dbk_stmt_take (&st, v->db, DBK_STMT_FACT_LINK, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":hash", fact->prev, sizeof fact->prev);
  dbk_stmt_bind_text (&st, ":writer", fact->writer);
  if (!dbk_stmt_next (&st, &row, error))
    return FALSE;
  *holds = row && dbk_stmt_int (&st, 0) == fact->seq - 1;
  return TRUE;
}

static gboolean
check_link (Verification   *v,
            const DbkFact  *fact,
            GError        **error)
{
  guint8 body_hash[DBK_FACT_HASH_SIZE], hash[DBK_FACT_HASH_SIZE];
  gboolean holds = FALSE;

  dbk_fact_hash (fact, body_hash, hash);
  if (memcmp (body_hash, fact->body_hash, sizeof body_hash) != 0)
    note_problem (v, fact, "the body of a fact is not what was signed for");
  else if (memcmp (hash, fact->hash, sizeof hash) != 0)
    note_problem (v, fact, "a fact is not what its hash says");
  if (!follows (v, fact, &holds, error))
    return FALSE;
  if (!holds)
    note_problem (v, fact, "a fact does not follow the one before it");
  return TRUE;
}

/* ---- rebuilding ---- */

static void
rebuild_one (Verification  *v,
             const DbkFact *fact)
{
  g_autoptr(JsonObject) body = NULL;
  g_autoptr(GError) error = NULL;

  if (fact->body == NULL)
    return;
  body = dbk_body_parse (fact->body, strlen (fact->body), NULL);
  if (body == NULL)
    {
      note_problem (v, fact, "the body of a fact is not JSON");
      return;
    }
  if (!dbk_project (v->rebuilt, fact, body, &error))
    {
      g_autofree char *problem = g_strdup_printf ("a fact cannot be projected: %s", error->message);

      note_problem (v, fact, problem);
    }
}

/* It waits until somebody accepts it: what is shown does not have it either. */
static gboolean
is_held_back (Verification   *v,
              const DbkFact  *fact,
              gboolean       *held,
              GError        **error)
{
  g_auto(DbkStmt) st = { 0 };

  if (!dbk_stmt_take (&st, v->db, DBK_STMT_HELD_BACK_CHECK, error))
    return FALSE;
  dbk_stmt_bind_blob (&st, ":fact", fact->hash, sizeof fact->hash);
  return dbk_stmt_next (&st, held, error);
}

static gboolean
take_fact (const DbkFact  *fact,
           gpointer        data,
           GError        **error)
{
  Verification *v = data;
  gboolean held = FALSE;

  if (g_cancellable_set_error_if_cancelled (v->cancellable, error) || !check_link (v, fact, error) ||
      !is_held_back (v, fact, &held, error))
    return FALSE;
  if (!held && (!dbk_kind_is_of_home (fact->kind) || g_strcmp0 (fact->writer, v->home) == 0))
    rebuild_one (v, fact);
  if (++v->done % PROGRESS_EVERY == 0 && v->progress != NULL)
    v->progress (v->done, v->report->facts, v->progress_data);
  return TRUE;
}

static gboolean
rebuild (DbkDb     *rebuilt,
         gpointer   data,
         GError   **error)
{
  Verification *v = data;

  return dbk_fact_log_foreach (v->db, take_fact, v, error);
}

/* ---- comparing ---- */

static sqlite3_stmt *
prepare_listing (DbkDb       *db,
                 const char  *sql,
                 GError     **error)
{
  sqlite3_stmt *st = NULL;
  int rc = sqlite3_prepare_v2 (db->handle, sql, -1, &st, NULL);

  if (rc != SQLITE_OK)
    dbk_db_take_error (db, rc, sql, error);
  return st;
}

static gboolean
same_value (sqlite3_stmt *a,
            sqlite3_stmt *b,
            int           column)
{
  int size = sqlite3_column_bytes (a, column);

  if (sqlite3_column_type (a, column) != sqlite3_column_type (b, column) || size != sqlite3_column_bytes (b, column))
    return FALSE;
  if (sqlite3_column_type (a, column) == SQLITE_INTEGER)
    return sqlite3_column_int64 (a, column) == sqlite3_column_int64 (b, column);
  return size == 0 || memcmp (sqlite3_column_blob (a, column), sqlite3_column_blob (b, column), (gsize) size) == 0;
}

static gboolean
same_rows (sqlite3_stmt *a,
           sqlite3_stmt *b)
{
  while (TRUE)
    {
      int rc_a = sqlite3_step (a);
      int rc_b = sqlite3_step (b);

      if (rc_a != rc_b)
        return FALSE;
      if (rc_a != SQLITE_ROW)
        return rc_a == SQLITE_DONE;
      for (int i = 0; i < sqlite3_column_count (a); i++)
        if (!same_value (a, b, i))
          return FALSE;
    }
}

static gboolean
compare_table (Verification  *v,
               const char    *sql,
               GError       **error)
{
  sqlite3_stmt *here = prepare_listing (v->db, sql, error);
  sqlite3_stmt *there = here != NULL ? prepare_listing (v->rebuilt, sql, error) : NULL;
  gboolean readable = there != NULL;

  if (readable && !same_rows (here, there))
    {
      g_autofree char *problem = g_strdup_printf ("what is shown differs from what the facts say: %s", sql);

      note_problem (v, NULL, problem);
    }
  sqlite3_finalize (here);
  sqlite3_finalize (there);
  v->report->tables++;
  return readable;
}

static gboolean
ask_promises (Verification  *v,
              GError       **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    {
      gint64 broken = 0;

      if (!dbk_db_query_int (v->db, promises[i].sql, &broken, error))
        return FALSE;
      if (broken != 0)
        note_problem (v, NULL, promises[i].problem);
    }
  return TRUE;
}

static gboolean
verify_everything (DbkDb     *db,
                   gpointer   data,
                   GError   **error)
{
  Verification *v = data;
  gint64 ignored_ug, ignored_patients;

  if (!dbk_setting_get (db, DBK_SETTING_HOME_WRITER, &v->home, error) ||
      (v->home == NULL && !dbk_setting_get (db, DBK_SETTING_WRITER, &v->home, error)) ||
      !dbk_fact_log_count (db, &v->report->facts, error) ||
      !dbk_dose_totals (db, &v->report->doses, &ignored_ug, &ignored_patients, error) ||
      !dbk_db_write (v->rebuilt, rebuild, v, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (projections); i++)
    if (g_cancellable_set_error_if_cancelled (v->cancellable, error) || !compare_table (v, projections[i], error))
      return FALSE;
  return ask_promises (v, error);
}

DbkVerifyReport *
dbk_verify (DbkDb              *db,
            GCancellable       *cancellable,
            DbkVerifyProgress   progress,
            gpointer            data,
            GError            **error)
{
  g_autoptr(DbkVerifyReport) report = g_new0 (DbkVerifyReport, 1);
  g_autoptr(DbkDb) rebuilt = NULL;
  g_autoptr(GError) damage = NULL;
  gboolean read;
  Verification v = { .db = db, .cancellable = cancellable, .progress = progress, .progress_data = data, .report = report };

  dbk_db_assert_owner (db);
  if (!dbk_db_check (db, TRUE, &damage))
    {
      if (!g_error_matches (damage, DBK_DB_ERROR, DBK_DB_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&damage));
          return NULL;
        }
      note_problem (&v, NULL, damage->message);
    }
  rebuilt = dbk_db_new_in_memory (error);
  if (rebuilt == NULL)
    return NULL;
  v.rebuilt = rebuilt;
  read = dbk_db_read (db, verify_everything, &v, error);
  g_free (v.home);
  return read ? g_steal_pointer (&report) : NULL;
}
