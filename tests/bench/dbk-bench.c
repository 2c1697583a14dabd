/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/dbk-bench.h"

#include <time.h>

typedef struct
{
  GArray *ours;   /* ns, of all rounds */
  double  ours_median[DBK_BENCH_ROUNDS];
  double  floor_median[DBK_BENCH_ROUNDS];
  double  ratio[DBK_BENCH_ROUNDS];
} Result;

gint64
dbk_bench_now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

guint
dbk_bench_number (int    argc,
                  char **argv,
                  int    i)
{
  g_autoptr(GError) error = NULL;
  guint64 value = 0;

  g_assert_cmpint (i, <, argc);
  g_ascii_string_to_unsigned (argv[i], 10, 0, G_MAXINT32, &value, &error);
  g_assert_no_error (error);
  return (guint) value;
}

static gint
compare_ns (gconstpointer a,
            gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static gint
compare_double (gconstpointer a,
                gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* The value below which @permille of the sorted times lie. */
static double
quantile (const GArray *sorted,
          guint         permille)
{
  guint place = MIN (sorted->len * permille / 1000, sorted->len - 1);

  return (double) g_array_index (sorted, gint64, place);
}

static double
median_of (GArray *times)
{
  g_array_sort (times, compare_ns);
  return quantile (times, 500);
}

static void
run_block (DbkBenchFunc  func,
           gpointer      data,
           guint         n,
           GArray       *times)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 ns = func (data);

      g_array_append_val (times, ns);
    }
}

static void
run_round (const DbkBench *bench,
           guint           round,
           Result         *result)
{
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) floor_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint block = MAX (bench->block, 1);

  while (ours->len < bench->times)
    {
      guint n = MIN (block, bench->times - ours->len);

      /* Who goes first changes from round to round. */
      if (bench->floor != NULL && round % 2 == 1)
        run_block (bench->floor, bench->data, n, floor_times);
      run_block (bench->ours, bench->data, n, ours);
      if (bench->floor != NULL && round % 2 == 0)
        run_block (bench->floor, bench->data, n, floor_times);
    }
  g_array_append_vals (result->ours, ours->data, ours->len);
  result->ours_median[round] = median_of (ours);
  if (bench->floor != NULL)
    {
      result->floor_median[round] = median_of (floor_times);
      result->ratio[round] = result->ours_median[round] / result->floor_median[round];
    }
}

static void
sort (double *values)
{
  qsort (values, DBK_BENCH_ROUNDS, sizeof *values, compare_double);
}

static void
print_range (double *values,
             double  unit)
{
  sort (values);
  g_print ("\t%.4f\t%.4f\t%.4f", values[DBK_BENCH_ROUNDS / 2] / unit, values[0] / unit, values[DBK_BENCH_ROUNDS - 1] / unit);
}

static void
print_result (const DbkBench *bench,
              Result         *result)
{
  const double ms = 1000000.0;

  g_array_sort (result->ours, compare_ns);
  g_print ("bench\t%s\t%s", bench->name, bench->target);
  print_range (result->ours_median, ms);
  g_print ("\t%.4f\t%.4f", quantile (result->ours, 990) / ms, quantile (result->ours, 1000) / ms);
  if (bench->floor != NULL)
    {
      print_range (result->floor_median, ms);
      print_range (result->ratio, 1.0);
    }
  g_print ("\n");
}

void
dbk_bench_run (const DbkBench *bench)
{
  Result result = { .ours = g_array_new (FALSE, FALSE, sizeof (gint64)) };

  for (guint i = 0; i < bench->warm_up; i++)
    {
      bench->ours (bench->data);
      if (bench->floor != NULL)
        bench->floor (bench->data);
    }
  for (guint round = 0; round < DBK_BENCH_ROUNDS; round++)
    run_round (bench, round, &result);
  print_result (bench, &result);
  g_array_unref (result.ours);
}
