/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic and four dosing points for some days, at random: doses, reversals, edits, leases, sticks that are lost, late, doubled or damaged, taking in
 * that breaks off, records put back to older copies (one in ten without the program noticing), a laptop cloned, clocks a day off. All of it
 * through the real writing and taking in. After a full exchange every record must hold the same facts, none of those that anybody still had
 * may be missing, every fork and every double dose must be known, and no patient may have been dosed twice on a day unless a lease was broken
 * or somebody's computer was a copy that could not know of itself.
 *
 * Beside it runs the naive design, facts named by place and number and "insert or ignore": it must fail, or the world is too kind.
 *
 * 150 seeds; 10,000 with DOSEBOOK_TEST_LONG. A seed that fails is printed; "test-simulate --seed N" plays it again, "--seeds FIRST LAST" many. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "db/dbk-db-private.h"
#include "db/dbk-dose-store.h"
#include "db/dbk-lease-store.h"
#include "db/dbk-verify.h"
#include "tests/app/dbk-simulated-world.h"

#define STEPS 360

/* ---- what must be so ---- */

static void
add_facts (GHashTable  *all,
           DbkTestSite *site)
{
  g_autofree char *text = dbk_test_site_list_facts (site);
  g_auto(GStrv) ids = g_strsplit (text, "\n", -1);

  for (guint i = 0; ids[i] != NULL; i++)
    if (*ids[i] != '\0')
      g_hash_table_add (all, g_strdup (ids[i]));
}

static GHashTable *
list_alive (DbkSimWorld *w)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < DBK_SIM_SITES; i++)
    {
      DbkSim *sim = &w->sims[i];

      add_facts (all, sim->site);
      if (sim->clone == NULL)
        continue;
      dbk_sim_change_places (sim);
      add_facts (all, sim->site);
      dbk_sim_change_places (sim);
    }
  return all;
}

static gint64
ask_int (DbkTestSite *site,
         const char  *sql)
{
  gint64 value = -1;

  g_assert_true (dbk_db_query_int (site->db, sql, &value, NULL));
  return value;
}

static const char *
check_record (DbkTestSite *site)
{
  g_autoptr(DbkVerifyReport) report = dbk_verify (site->db, NULL, NULL, NULL, NULL);

  if (report->problem != NULL)
    {
      g_test_message ("%s", report->problem);
      return "a record does not hold";
    }
  if (ask_int (site, "SELECT count (*) FROM (SELECT writer, prev FROM fact GROUP BY writer, prev HAVING count (*) > 1"
                     " EXCEPT SELECT writer, parent FROM fork)") != 0)
    return "a fork is not flagged";
  if (ask_int (site, "SELECT count (*) FROM (SELECT writer, parent FROM fork"
                     " EXCEPT SELECT writer, prev FROM fact GROUP BY writer, prev HAVING count (*) > 1)") != 0)
    return "a fork is flagged that is none";
  return NULL;
}

static gboolean
is_excused (DbkSimWorld *w,
            const char  *dose)
{
  g_autoptr(DbkDose) found = dbk_dose_get (w->sims[0].site->db, dose, NULL);
  g_auto(DbkFact) fact = { 0 };

  g_assert_true (dbk_fact_log_find (w->sims[0].site->db, found->fact, &fact, NULL));
  for (int i = 0; i < DBK_SIM_SITES; i++)
    if (w->sims[i].excused && strcmp (w->sims[i].site->writer, fact.writer) == 0)
      return TRUE;
  return FALSE;
}

static const char *
check_collisions (DbkSimWorld *w)
{
  g_autoptr(GPtrArray) open = dbk_collision_list_open (w->sims[0].site->db, NULL);

  /* A reversal that comes later may take a collision away again, so that as many were told as are open, or more. */
  if (!w->hub_moved && w->told < open->len)
    return "a double dose was not told";
  for (guint i = 0; i < open->len; i++)
    {
      const DbkCollision *collision = g_ptr_array_index (open, i);

      if (!g_hash_table_contains (w->broken, collision->patient) && !is_excused (w, collision->dose_a) && !is_excused (w, collision->dose_b) &&
          !w->sims[0].excused)
        return "a patient was dosed twice on a day, and nothing forced it";
    }
  return NULL;
}

static const char *
check_world (DbkSimWorld *w,
             GHashTable  *alive)
{
  g_autofree char *hub = dbk_test_site_list_facts (w->sims[0].site);
  g_autoptr(GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;
  const char *problem;

  add_facts (there, w->sims[0].site);
  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (there, id))
      return "a fact that somebody had is lost";
  for (int i = 0; i < DBK_SIM_SITES; i++)
    {
      g_autofree char *facts = dbk_test_site_list_facts (w->sims[i].site);

      if (strcmp (facts, hub) != 0)
        return "two records differ after a full exchange";
      if ((problem = check_record (w->sims[i].site)) != NULL)
        return problem;
    }
  return check_collisions (w);
}

/* Whether the naive design has lost something, or its records differ. */
static gboolean
is_naive_wrong (DbkSimWorld *w,
                GHashTable  *alive)
{
  for (int i = 0; i < DBK_SIM_SITES; i++)
    {
      g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, w->sims[i].naive);
      while (g_hash_table_iter_next (&iter, NULL, &name))
        g_hash_table_add (names, name);
      g_hash_table_iter_init (&iter, alive);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (!g_hash_table_contains (names, name))
          return TRUE;
    }
  return FALSE;
}

static GHashTable *
list_naive (DbkSimWorld *w)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < DBK_SIM_SITES; i++)
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, w->sims[i].naive);
      while (g_hash_table_iter_next (&iter, NULL, &name))
        g_hash_table_add (all, g_strdup (name));
    }
  return all;
}

static const char *
play (guint32   seed,
      gboolean *naive_wrong)
{
  DbkSimWorld w;
  g_autoptr(GHashTable) alive = NULL, naive = NULL;
  const char *problem;

  dbk_sim_begin (&w, seed);
  for (int i = 0; i < STEPS; i++)
    dbk_sim_step (&w);
  alive = list_alive (&w);
  naive = list_naive (&w);
  dbk_sim_exchange_all (&w);
  problem = check_world (&w, alive);
  *naive_wrong = is_naive_wrong (&w, naive);
  dbk_sim_end (&w);
  return problem;
}

typedef struct
{
  guint32 first;
  guint32 last;
} Seeds;

static guint32 playing;

/* An assertion that fails somewhere says which seed it was, too. */
static void
say_seed (int signal_number)
{
  char line[40];
  int length = g_snprintf (line, sizeof line, "\n# seed %u\n", playing);

  if (write (STDOUT_FILENO, line, (gsize) length) < 0)
    _exit (1);
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
test_seeds (gconstpointer data)
{
  const Seeds *seeds = data;
  guint n_naive = 0, n = seeds->last - seeds->first + 1;

  signal (SIGABRT, say_seed);
  dbk_sim_make_base ();
  for (playing = seeds->first; playing <= seeds->last; playing++)
    {
      gboolean naive_wrong = FALSE;
      const char *problem = play (playing, &naive_wrong);

      n_naive += naive_wrong ? 1 : 0;
      if (problem != NULL)
        g_test_fail_printf ("seed %u: %s", playing, problem);
    }
  g_test_message ("%u seeds; the naive design fails in %u", n, n_naive);
  if (n > 1)
    g_assert_cmpuint (n_naive, >, n / 2);
  dbk_sim_free_base ();
}

/* "--seed N", "--seeds FIRST LAST"; nothing: those of the tests. */
static gboolean
parse_seeds (int     argc,
             char  **argv,
             Seeds  *seeds)
{
  guint64 first = 0, last = 0;

  if (!(argc == 3 && strcmp (argv[1], "--seed") == 0) && !(argc == 4 && strcmp (argv[1], "--seeds") == 0))
    return FALSE;
  if (!g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXUINT32 - 1, &first, NULL) ||
      !g_ascii_string_to_unsigned (argv[argc - 1], 10, first, G_MAXUINT32 - 1, &last, NULL))
    return FALSE;
  seeds->first = (guint32) first;
  seeds->last = (guint32) last;
  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  static Seeds seeds;

  if (parse_seeds (argc, argv, &seeds))
    argc = 1;
  else
    seeds.last = g_getenv ("DOSEBOOK_TEST_LONG") != NULL ? 9999 : 150 / dbk_fixture_stride (10) - 1;
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/simulate/seeds", &seeds, test_seeds);
  return g_test_run ();
}
