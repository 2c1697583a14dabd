/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares one of our operations with its floor: the least the machine can do for the same result. In each of five rounds both run in
 * turn, so that what else the machine is doing hits both alike; a round's ratio is that of its medians. One line for each comparison goes
 * to standard output, for tools/bench to read. Nothing here judges: a benchmark never fails for being slow. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DBK_BENCH_ROUNDS 5

/* Does the operation once and returns its duration in ns; what goes wrong ends the program. */
typedef gint64 (*DbkBenchFunc) (gpointer data);

typedef struct
{
  const char   *name;
  DbkBenchFunc  ours;
  DbkBenchFunc  floor;    /* NULL: there is none, only a time that must be met */
  gpointer      data;
  guint         times;    /* in each round */
  guint         block;    /* how many in a row before it is the other's turn; 0: one */
  guint         warm_up;  /* how many before the first round, not counted */
  const char   *target;   /* "ratio 1.3", "p99-ms 50" or "-" */
} DbkBench;

void dbk_bench_run (const DbkBench *bench);

gint64 dbk_bench_now_ns (void);

/* Argument @i as a whole number; ends the program if it is none. */
guint dbk_bench_number (int argc, char **argv, int i);

G_END_DECLS
