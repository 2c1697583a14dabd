/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-search NAME RECORD: the first fifty found, key press by key press, against the same SELECT through bare SQLite. */
#include <stdio.h>

#include "db/dbk-statements.h"
#include "db/names/dbk-name-keys.h"
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench-floor.h"
#include "tests/bench/dbk-bench.h"

#define MOST 50

/* What somebody types until the list is short: characters, pinyin, initials, number, telephone. */
static const char *const typed[] = {
  "王", "王安", "王安明", "安", "安明", "欧阳", "w", "wa", "wang", "wanga", "wangan", "wangan m", "wam", "lxm", "z", "zh", "zhangw",
  "1", "10", "104", "1042", "10421", "4471", "anna", "阿依",
};

typedef struct
{
  DbkDb         *db;
  DbkBenchFloor  floor;
  char          *low[G_N_ELEMENTS (typed)];
  char          *high[G_N_ELEMENTS (typed)];
  guint          found[G_N_ELEMENTS (typed)];
} Search;

static gint64
search_all (gpointer data)
{
  Search *self = data;
  GPtrArray *found[G_N_ELEMENTS (typed)];
  gint64 start = dbk_bench_now_ns (), end;

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    found[i] = dbk_patient_search (self->db, typed[i], MOST, NULL);
  end = dbk_bench_now_ns ();
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      self->found[i] = found[i]->len;
      g_ptr_array_unref (found[i]);
    }
  return end - start;
}

static gint64
select_all (gpointer data)
{
  Search *self = data;
  gint64 start = dbk_bench_now_ns ();

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guint rows;

      sqlite3_bind_text (self->floor.st, 1, self->low[i], -1, SQLITE_STATIC);
      sqlite3_bind_text (self->floor.st, 2, self->high[i], -1, SQLITE_STATIC);
      rows = dbk_bench_floor_run (&self->floor);
      g_assert_cmpuint (rows, ==, self->found[i]);
    }
  return dbk_bench_now_ns () - start;
}

static void
fold (Search *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      DbkNameQueryKind kind;

      self->low[i] = dbk_name_query_fold (typed[i], &kind);
      self->high[i] = g_strconcat (self->low[i], "\xf4\x8f\xbf\xbf", NULL);
    }
}

static void
search_slowest (Search     *self,
                const char *name)
{
  gint64 slowest = 0;
  guint which = 0;

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gint64 start = dbk_bench_now_ns (), ns;
      g_autoptr(GPtrArray) patients = dbk_patient_search (self->db, typed[i], MOST, NULL);

      ns = dbk_bench_now_ns () - start;
      g_assert_nonnull (patients);
      if (ns > slowest)
        {
          slowest = ns;
          which = i;
        }
    }
  printf ("note\t%s: %u things typed; the slowest of them, \"%s\", takes %.2f ms\n", name, (guint) G_N_ELEMENTS (typed), typed[which],
           (double) slowest / 1000000.0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(DbkClinic) clinic = dbk_bench_clinic_open (argv[2], DBK_DB_READ);
  Search self = { .db = dbk_clinic_get_db (clinic) };
  DbkBench bench = { .name = argv[1], .ours = search_all, .floor = select_all, .data = &self, .times = 41, .warm_up = 5, .target = "ratio 1.3" };

  dbk_bench_floor_open (&self.floor, argv[2], NULL,
                        "SELECT " DBK_PATIENT_COLUMNS " FROM patient p JOIN (SELECT DISTINCT patient FROM patient_key"
                        " WHERE key >= ?1 AND key < ?2 AND kind <> 's' LIMIT 50) k ON k.patient = p.id");
  fold (&self);
  dbk_bench_run (&bench);
  search_slowest (&self, argv[1]);
  dbk_bench_floor_close (&self.floor);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_free (self.low[i]);
      g_free (self.high[i]);
    }
  return 0;
}
