/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log itself: a first morning, the header of a fact, its hash, its clock, finding it again. */
#include "db/dbk-fact-log-private.h"
#include "db/facts/dbk-desk-facts.h"
#include "tests/lib/dbk-record-fixture.h"

static void
test_first_morning (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  g_autoptr(GError) error = NULL;
  DbkDispense dispense = dbk_record_fixture_dispense (fixture, "D000000000000001", DBK_FIXTURE_DAY);

  g_assert_true (dbk_db_prepare_all (fixture->db, &error));
  g_assert_no_error (error);
  dbk_fixture_assert_holds (fixture->db);
  dbk_record_fixture_write (fixture, dbk_fixture_dispense, &dispense);
  dbk_fixture_assert_holds (fixture->db);
  dbk_record_fixture_close (fixture);
  dbk_record_fixture_open (fixture);
  dbk_fixture_assert_holds (fixture->db);
}

static gboolean
append_note (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  const DbkStamp *stamp = data;
  g_autofree char *id = dbk_fact_log_new_id ();

  return dbk_fact_contact (db, stamp, id, DBK_FIXTURE_PATIENT, "reached", "a note", error);
}

static gboolean
append_what_is_not_text (DbkDb     *db,
                         gpointer   data,
                         GError   **error)
{
  const DbkStamp *stamp = data;

  return dbk_fact_contact (db, stamp, "K0000000000000A1", DBK_FIXTURE_PATIENT, "reached", "half a character: \xe4\xb8", error);
}

/* A body that is not UTF-8 could be written, and never be read again. */
static void
test_only_text (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkStamp stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE);
  g_autoptr(GError) error = NULL;

  g_assert_false (dbk_db_write (fixture->db, append_what_is_not_text, &stamp, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_CONSTRAINT);
  dbk_fixture_assert_holds (fixture->db);
  dbk_record_fixture_write (fixture, append_note, &stamp);
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- the header ---- */

typedef struct
{
  guint   n;
  gint64  hlc;
  char   *last_id;
  guint   n_epochs;
} Walk;

static gboolean
look_at_fact (const DbkFact  *fact,
              gpointer        data,
              GError        **error)
{
  Walk *walk = data;
  guint8 body_hash[DBK_FACT_HASH_SIZE], hash[DBK_FACT_HASH_SIZE], read_back[DBK_FACT_HASH_SIZE];

  walk->n++;
  g_assert_cmpint (fact->hlc, >, walk->hlc);
  g_assert_cmpint (fact->seq, ==, walk->n);
  g_assert_cmpstr (fact->site, ==, DBK_FIXTURE_SITE);
  g_assert_cmpstr (fact->day, ==, "2026-03-05");
  g_assert_true (g_str_has_prefix (fact->wall, "2026-03-05T08:"));
  g_assert_true (g_str_has_suffix (fact->wall, "+08:00"));
  g_assert_nonnull (fact->body);
  g_assert_true (g_utf8_validate (fact->body, -1, NULL));
  dbk_fact_hash (fact, body_hash, hash);
  g_assert_true (memcmp (body_hash, fact->body_hash, sizeof body_hash) == 0);
  g_assert_true (memcmp (hash, fact->hash, sizeof hash) == 0);
  walk->hlc = fact->hlc;
  walk->n_epochs += strcmp (fact->kind, "epoch.opened") == 0;
  g_free (walk->last_id);
  walk->last_id = dbk_fact_id_new (fact->hash);
  g_assert_true (dbk_fact_id_read (walk->last_id, read_back));
  g_assert_true (memcmp (read_back, hash, sizeof hash) == 0);
  return TRUE;
}

static void
test_walk (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Walk walk = { 0 };
  gint64 count = 0;

  for (guint i = 0; i < 3; i++)
    {
      DbkStamp stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE);

      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
      dbk_record_fixture_write (fixture, append_note, &stamp);
    }
  g_assert_true (dbk_fact_log_foreach (fixture->db, look_at_fact, &walk, NULL));
  g_assert_true (dbk_fact_log_count (fixture->db, &count, NULL));
  g_assert_cmpint (walk.n, ==, count);
  g_assert_cmpuint (walk.n_epochs, ==, 4);
  g_free (walk.last_id);
}

/* A field of the header changed is a hash changed: each of them is fed. */
static void
test_hash (void)
{
  DbkFact fact = { .writer = (char *) "W000000000000001", .epoch = 1, .seq = 2, .site = (char *) "S1", .hlc = 3, .wall = (char *) "w", .day = (char *) "d",
                   .author = (char *) "a", .kind = (char *) "k", .version = 4, .critical = TRUE, .body = (char *) "{}" };
  DbkFact changed[15];
  g_autoptr(GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    changed[i] = fact;
  changed[1].writer = (char *) "W000000000000002";
  changed[2].epoch = -1;
  changed[3].seq++;
  changed[4].prev[31] = 1;
  changed[5].site = (char *) "S";
  changed[6].hlc++;
  changed[7].wall = (char *) "wd";
  changed[7].day = (char *) "";
  changed[8].day = (char *) "e";
  changed[9].author = (char *) "";
  changed[10].kind = (char *) "K";
  changed[11].version++;
  changed[12].critical = FALSE;
  changed[13].body = (char *) "{ }";
  changed[14].salt[0] = 1;
  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      guint8 body_hash[DBK_FACT_HASH_SIZE], hash[DBK_FACT_HASH_SIZE], again[DBK_FACT_HASH_SIZE];

      dbk_fact_hash (&changed[i], body_hash, hash);
      g_assert_true (g_hash_table_add (hashes, dbk_fact_id_new (hash)));
      /* Withheld, the body counts by its hash. */
      changed[i].body = NULL;
      memcpy (changed[i].body_hash, body_hash, sizeof body_hash);
      dbk_fact_hash (&changed[i], body_hash, again);
      g_assert_true (memcmp (hash, again, sizeof hash) == 0);
    }
}

/* ---- clocks ---- */

static void
assert_newest (DbkRecordFixture *fixture,
               gint64            wall_ms,
               DbkDay            day)
{
  g_autoptr(GError) error = NULL;
  gint64 read_ms = -1;
  DbkDay read_day = 0;

  g_assert_true (dbk_fact_log_newest (fixture->db, &read_ms, &read_day, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read_ms, ==, wall_ms);
  g_assert_cmpint (read_day, ==, day);
}

/* Each millisecond and each zone comes back; a clock that was set back does not reorder what happened. */
static void
test_clock (void)
{
  static const struct
  {
    gint64 ms;
    gint32 offset_s;
  } rows[] = {
    { G_GINT64_CONSTANT (1772668800000), 8 * 3600 },  { G_GINT64_CONSTANT (1772668800999), 8 * 3600 }, { G_GINT64_CONSTANT (1772668859345), -(9 * 3600 + 30 * 60) },
    { G_GINT64_CONSTANT (1772668799999), 5 * 3600 + 45 * 60 }, { G_GINT64_CONSTANT (1), 0 }, { G_GINT64_CONSTANT (95617584000999), 0 },
    { G_GINT64_CONSTANT (1772668800001), 8 * 3600 },
  };
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      DbkStamp stamp = { .author = DBK_FIXTURE_NURSE, .wall_ms = rows[i].ms, .utc_offset_s = rows[i].offset_s, .day = DBK_FIXTURE_DAY + (DbkDay) i };

      dbk_record_fixture_write (fixture, append_note, &stamp);
      assert_newest (fixture, rows[i].ms, stamp.day);
      dbk_record_fixture_close (fixture);
      dbk_record_fixture_open (fixture);
      assert_newest (fixture, rows[i].ms, stamp.day);
    }
  dbk_fixture_assert_holds (fixture->db);
}

/* ---- finding ---- */

static void
assert_not_found (DbkRecordFixture *fixture,
                  const char       *id)
{
  g_autoptr(GError) error = NULL;
  g_auto(DbkFact) fact = { 0 };

  g_assert_false (dbk_fact_log_find (fixture->db, id, &fact, &error));
  g_assert_error (error, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
}

static void
test_find (void)
{
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  Walk walk = { 0 };
  g_autofree char *other = NULL, *odd = NULL;

  g_assert_true (dbk_fact_log_foreach (fixture->db, look_at_fact, &walk, NULL));
  for (gsize length = 8; length <= DBK_FACT_ID_LENGTH; length += 8)
    {
      g_autofree char *beginning = g_strndup (walk.last_id, length);
      g_auto(DbkFact) fact = { 0 };

      g_assert_true (dbk_fact_log_find (fixture->db, beginning, &fact, NULL));
      g_assert_cmpstr (fact.kind, ==, "bottle.opened");
      g_assert_cmpint (fact.seq, ==, walk.n);
    }
  other = g_strdup (walk.last_id);
  other[DBK_FACT_ID_LENGTH - 1] = other[DBK_FACT_ID_LENGTH - 1] == '0' ? '1' : '0';
  odd = g_strdup_printf ("%s00", walk.last_id);
  assert_not_found (fixture, other);
  assert_not_found (fixture, odd);
  assert_not_found (fixture, "");
  assert_not_found (fixture, "0123456");
  assert_not_found (fixture, "not hexadecimal.");
  g_free (walk.last_id);
}

/* ---- before and after setting up ---- */

static gboolean
append_unenrolled (DbkDb     *db,
                   gpointer   data,
                   GError   **error)
{
  return append_note (db, data, error);
}

static gboolean
enrol_again (DbkDb     *db,
             gpointer   data,
             GError   **error)
{
  return dbk_fact_log_enrol (db, data, "S0000000000000ZZ", "another", error);
}

static void
test_enrolment (void)
{
  g_autoptr(DbkRecordFixture) empty = dbk_record_fixture_new_empty ();
  g_autoptr(DbkRecordFixture) fixture = dbk_record_fixture_new ();
  DbkStamp stamp = dbk_record_fixture_stamp (fixture, DBK_FIXTURE_NURSE);
  g_autoptr(GError) no_site = NULL, no_writer = NULL, twice = NULL;
  g_autofree char *site = NULL;

  g_assert_null (dbk_fact_log_dup_site (empty->db, &no_site));
  g_assert_error (no_site, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  g_assert_false (dbk_db_write (empty->db, append_unenrolled, &stamp, &no_writer));
  g_assert_error (no_writer, DBK_DB_ERROR, DBK_DB_ERROR_NOT_FOUND);
  dbk_fixture_assert_holds (empty->db);

  g_assert_false (dbk_db_write (fixture->db, enrol_again, &stamp, &twice));
  g_assert_error (twice, DBK_DB_ERROR, DBK_DB_ERROR_EXISTS);
  site = dbk_fact_log_dup_site (fixture->db, NULL);
  g_assert_cmpstr (site, ==, DBK_FIXTURE_SITE);
  dbk_record_fixture_write (fixture, append_note, &stamp);
  dbk_fixture_assert_holds (fixture->db);
}

/* What another parser might read as something else is no body. */
static void
test_one_body (void)
{
  static const struct
  {
    const char *text;
    gboolean    body;
  } rows[] = {
    { "{}", TRUE },
    { "{\"a\":[{\"b\":\"}{\\\"\"}]}", TRUE },
    { " {\"a\":1}\n", TRUE },
    { "", FALSE },
    { "[]", FALSE },
    { "{", FALSE },
    { "{}{}", FALSE },
    { "{\"a\":1}[]", FALSE },
    { "38001{\"a\":1}", FALSE },
    { "{\"a\":1}]", FALSE },
    { "{\"a\":[[[[[[[[[[[[]]]]]]]]]]]]}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      JsonObject *body = dbk_body_parse (rows[i].text, strlen (rows[i].text), &error);

      if ((body != NULL) != rows[i].body)
        g_test_fail_printf ("\"%s\" is %s body", rows[i].text, body != NULL ? "a" : "no");
      g_clear_pointer (&body, json_object_unref);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/facts/first-morning", test_first_morning);
  g_test_add_func ("/db/facts/only-text", test_only_text);
  g_test_add_func ("/db/facts/walk", test_walk);
  g_test_add_func ("/db/facts/hash", test_hash);
  g_test_add_func ("/db/facts/clock", test_clock);
  g_test_add_func ("/db/facts/find", test_find);
  g_test_add_func ("/db/facts/enrolment", test_enrolment);
  g_test_add_func ("/facts/one-body", test_one_body);
  return g_test_run ();
}
