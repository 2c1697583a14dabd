/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading doses, who is missing, and what drug there is. Values returned are the caller's. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-lot.h"

G_BEGIN_DECLS

/* From @from to @to, both included, ascending; DBK_DAY_NONE leaves that end open. Reversed doses are there, marked. */
GPtrArray *dbk_dose_list_of_patient (DbkDb *db, const char *patient, DbkDay from, DbkDay to, GError **error);
GPtrArray *dbk_dose_list_of_day     (DbkDb *db, DbkDay day, GError **error); /* by time */

/* What a reversal says besides what the dose itself has. */
typedef struct
{
  char *dose;         /* id */
  char *note;         /* NULL for none */
  char *witness_name; /* NULL for none */
} DbkReversalRow;

void       dbk_reversal_row_free (DbkReversalRow *self);
GPtrArray *dbk_reversal_list     (DbkDb *db, const char *patient, GError **error);

/* The newest standing dose before @day; NULL without an error if there is none. */
DbkDose *dbk_dose_last_before (DbkDb *db, const char *patient, DbkDay day, GError **error);

/* By the dose's 16-character id; NOT_FOUND. Looks through the whole record: for a slip that is scanned, not for the counter. */
DbkDose *dbk_dose_get (DbkDb *db, const char *id, GError **error);

/* DBK_DAY_NONE if never dosed. */
gboolean dbk_dose_first_day (DbkDb *db, const char *patient, DbkDay *day, GError **error);
gboolean dbk_dose_totals    (DbkDb *db, gint64 *doses, gint64 *dose_ug, gint64 *patients, GError **error);

/* Standing dosed days of a patient as DbkDay, ascending; @doses_ug (may be NULL) gets the amounts side by side as gint64. */
GArray *dbk_dose_days_of_patient (DbkDb *db, const char *patient, GArray **doses_ug, GError **error);

/* @patient NULL: of everybody on that day. */
GPtrArray *dbk_not_given_list_of_day     (DbkDb *db, DbkDay day, const char *patient, GError **error);
GPtrArray *dbk_not_given_list_of_patient (DbkDb *db, const char *patient, DbkDay from, DbkDay to, GError **error);

/* Ids of patients in treatment whose newest covered day is before @day, longest away first: read off an index. */
GPtrArray *dbk_attendance_sweep  (DbkDb *db, DbkDay day, GError **error);
GPtrArray *dbk_attendance_active (DbkDb *db, GError **error);

/* Lots with their balances; is_open is this site's. */
GPtrArray *dbk_lot_list      (DbkDb *db, const char *site, GError **error);
DbkLot    *dbk_lot_by_number (DbkDb *db, const char *site, const char *number, GError **error);
/* NULL without an error if no bottle was ever opened. */
DbkLot    *dbk_lot_open      (DbkDb *db, const char *site, GError **error);

/* What lies in one account of a place, and is not nothing. */
typedef struct
{
  char  *lot_number;
  char  *site;       /* id */
  char  *site_code;  /* NULL: not known here */
  char  *account;    /* "supplier" "transit" "safe" "bottle" "patient" "waste" */
  gint64 volume_ul;
} DbkBalance;

void dbk_balance_free (DbkBalance *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkBalance, dbk_balance_free)

/* What was given of a lot at a place. */
typedef struct
{
  char  *lot_number; /* NULL: not known here */
  char  *lot;        /* id */
  char  *site;       /* id */
  char  *site_code;  /* NULL: not known here */
  gint64 volume_ul;
} DbkGiven;

void dbk_given_free (DbkGiven *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkGiven, dbk_given_free)

/* By the doses known here, or, at a dosing point, as the clinic @told in its newest file. By lot and place. */
GPtrArray *dbk_given_list (DbkDb *db, gboolean told, GError **error);
gboolean   dbk_given_set_told (DbkDb *db, GPtrArray *given, GError **error);

/* Of every place, by lot and place. A dosing point knows its own in full, and of the others what it was shown. */
GPtrArray *dbk_balance_list (DbkDb *db, GError **error);

G_END_DECLS
