/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clinics to measure in: of any number of patients, each with a card, an order and yesterday's dose, made through the facts like any
 * other record. What fails ends the program. The clock stands at one moment of DBK_BENCH_DAY. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

#define DBK_BENCH_DAY 20781 /* 2026-11-24 */
#define DBK_BENCH_YEAR_DAYS 365
/* Of every so many patients one was last seen three days earlier. */
#define DBK_BENCH_MISSING_EACH 25

typedef struct
{
  guint patients;
  guint dosed_here;  /* so many of them have been dosed here every day of @days, apart from days missed */
  guint imported;    /* and so many more brought as long a history from an earlier register */
  guint days;
} DbkBenchSize;

/* A new record at @path. */
void dbk_bench_clinic_make (const char *path, const DbkBenchSize *size);

DbkClinic  *dbk_bench_clinic_open (const char *path, DbkDbMode mode);
/* The nurse, the physician or the administrator of the made clinic. */
DbkSession *dbk_bench_clinic_sign_in (DbkClinic *clinic, DbkRole role);

/* Ids of the patients who had yesterday's dose, in an order that is the same in every run of one record and has nothing to do with how
 * they lie in it. */
GPtrArray *dbk_bench_clinic_dup_patients (DbkClinic *clinic);

/* The number of the @n-th patient made: the first are those with the long histories. */
char *dbk_bench_clinic_dup_number (guint n);

/* What lies of the file in memory goes: it comes from the disk the next time. Nobody may have it open for writing. */
void dbk_bench_forget_file (const char *path);

G_END_DECLS
