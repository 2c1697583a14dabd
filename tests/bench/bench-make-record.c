/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-make-record PATH PATIENTS DOSED-HERE IMPORTED DAYS: a record for the benchmarks to work in. */
#include "tests/bench/dbk-bench-clinic.h"
#include "tests/bench/dbk-bench.h"

int
main (int    argc,
      char **argv)
{
  DbkBenchSize size = { dbk_bench_number (argc, argv, 2), dbk_bench_number (argc, argv, 3), dbk_bench_number (argc, argv, 4),
                        dbk_bench_number (argc, argv, 5) };

  dbk_bench_clinic_make (argv[1], &size);
  return 0;
}
