/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that was put back to an older copy is known by a note that lies outside of it; and what a revoked computer says waits. */
#include <glib/gstdio.h>

#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/exchange/dbk-held-back.h"
#include "db/exchange/dbk-witness.h"
#include "db/facts/dbk-site-facts.h"
#include "tests/exchange/dbk-test-site.h"

#define DAY DBK_FIXTURE_DAY

typedef struct
{
  DbkTestSite *clinic;
  char        *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->clinic = dbk_test_site_new_clinic ();
  fixture->folder = g_dir_make_tmp ("witness-XXXXXX", &error);
  g_assert_no_error (error);
}

/* The notes in the folder; the caller's. */
static GPtrArray *
list_notes (Fixture *fixture)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (notes, g_build_filename (fixture->folder, name, NULL));
  return g_steal_pointer (&notes);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GPtrArray) notes = list_notes (fixture);

  for (guint i = 0; i < notes->len; i++)
    g_unlink (g_ptr_array_index (notes, i));
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  dbk_test_site_free (fixture->clinic);
}

static void
note (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dbk_witness_write (fixture->clinic->db, fixture->folder, TRUE, &error));
  g_assert_no_error (error);
}

static gboolean
is_older (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  gboolean older = FALSE;

  g_assert_true (dbk_witness_check (fixture->clinic->db, fixture->folder, &error));
  g_assert_no_error (error);
  g_assert_true (dbk_witness_is_older (fixture->clinic->db, &older, &error));
  g_assert_no_error (error);
  return older;
}

static void
test_older (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GBytes) before = dbk_test_site_snapshot (fixture->clinic);
  g_autoptr(GBytes) after = NULL;
  g_autofree char *dose = NULL;
  g_autoptr(GError) error = NULL;

  note (fixture);
  g_assert_false (is_older (fixture));
  dose = dbk_test_site_dose (fixture->clinic, DBK_TEST_OTHER, DAY);
  note (fixture);
  g_assert_false (is_older (fixture));
  after = dbk_test_site_snapshot (fixture->clinic);

  dbk_test_site_restore (fixture->clinic, before, TRUE);
  g_assert_true (is_older (fixture));
  /* What is older writes no note over the newer one. */
  note (fixture);
  g_assert_true (is_older (fixture));
  /* The newest copy is whole again. */
  dbk_test_site_restore (fixture->clinic, after, TRUE);
  g_assert_false (is_older (fixture));

  dbk_test_site_restore (fixture->clinic, before, TRUE);
  g_assert_true (is_older (fixture));
  g_assert_true (dbk_witness_trust (fixture->clinic->db, &error));
  g_assert_no_error (error);
  note (fixture);
  g_assert_false (is_older (fixture));
}

/* A note that cannot be read must not stop a clinic. */
static void
test_unreadable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) notes = NULL;

  note (fixture);
  notes = list_notes (fixture);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (g_file_set_contents (g_ptr_array_index (notes, 0), "\xff{not a note", -1, NULL));
  g_assert_false (is_older (fixture));
  g_unlink (g_ptr_array_index (notes, 0));
  g_assert_false (is_older (fixture));
}

/* ---- what a revoked computer says ---- */

typedef struct
{
  DbkTestSite *clinic;
  DbkTestSite *point;
  gint64       last_seq;
} Revocation;

static gboolean
put_revocation (DbkDb     *db,
                gpointer   data,
                GError   **error)
{
  Revocation *revocation = data;
  DbkStamp stamp = dbk_test_site_stamp (revocation->clinic, DBK_FIXTURE_NURSE);
  g_autoptr(DbkWriterRow) row = dbk_writer_get (db, revocation->point->writer, error);

  return row != NULL && dbk_fact_writer_revoked (db, &stamp, row->writer, row->seq, "lost", error);
}

static gboolean
believe (DbkDb     *db,
         gpointer   data,
         GError   **error)
{
  Revocation *revocation = data;
  DbkStamp stamp = dbk_test_site_stamp (revocation->clinic, DBK_FIXTURE_NURSE);

  return dbk_fact_writer_accepted (db, &stamp, revocation->point->writer, revocation->last_seq, error) && dbk_held_back_release (db, error);
}

static guint
count_doses (DbkTestSite *site)
{
  g_autoptr(GPtrArray) doses = dbk_dose_list_of_patient (site->db, DBK_TEST_OTHER, DAY + 5, DAY + 5, NULL);

  return doses->len;
}

static gboolean
stops_a_second (DbkTestSite *site)
{
  gboolean found = FALSE;

  g_assert_true (dbk_unaccepted_dose (site->db, DBK_TEST_OTHER, DAY + 5, &found, NULL));
  return found;
}

static void
test_held_back (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(DbkTestSite) point = dbk_test_site_new_point (fixture->clinic, "B2", NULL);
  g_autofree char *lease = dbk_test_site_grant (fixture->clinic, point, DBK_TEST_OTHER, DAY + 5, DAY + 5), *dose = NULL;
  g_autoptr(GBytes) out = dbk_test_site_export (fixture->clinic, point, FALSE), back = NULL;
  g_autoptr(DbkIntake) there = dbk_test_site_import (point, out), here = NULL, again = NULL;
  g_autoptr(GPtrArray) held = NULL, rest = NULL;
  Revocation revocation = { fixture->clinic, point, 0 };

  g_assert_nonnull (lease);
  g_assert_cmpint (there->n_new, >, 0);
  dbk_test_site_write (fixture->clinic, put_revocation, &revocation);
  dose = dbk_test_site_dose (point, DBK_TEST_OTHER, DAY + 5);
  back = dbk_test_site_export (point, fixture->clinic, FALSE);
  here = dbk_test_site_import (fixture->clinic, back);
  g_assert_cmpint (here->n_held_back, >=, 1);
  g_assert_cmpuint (count_doses (fixture->clinic), ==, 0);
  g_assert_true (stops_a_second (fixture->clinic));
  held = dbk_held_back_list (fixture->clinic->db, NULL);
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_cmpint (((const DbkHeldBack *) g_ptr_array_index (held, 0))->doses, ==, 1);
  revocation.last_seq = ((const DbkHeldBack *) g_ptr_array_index (held, 0))->last_seq;

  dbk_test_site_write (fixture->clinic, believe, &revocation);
  g_assert_cmpuint (count_doses (fixture->clinic), ==, 1);
  g_assert_false (stops_a_second (fixture->clinic));
  rest = dbk_held_back_list (fixture->clinic->db, NULL);
  g_assert_cmpuint (rest->len, ==, 0);
  dbk_fixture_assert_holds (fixture->clinic->db);
  again = dbk_test_site_import (fixture->clinic, back);
  g_assert_true (again->known_file);
  g_assert_cmpuint (count_doses (fixture->clinic), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/witness/older", Fixture, NULL, set_up, test_older, tear_down);
  g_test_add ("/witness/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  g_test_add ("/witness/held-back", Fixture, NULL, set_up, test_held_back, tear_down);
  return g_test_run ();
}
