/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clinic's signed word on paper that a patient may be dosed at a dosing point, and what came of it. A slip is for one day at a point that
 * works on paper; a voucher is for a guest at a point with a computer, for a few days. Plain value; the owner of a struct owns its strings. */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_PASS_SLIP,
  DBK_PASS_VOUCHER
} DbkPassKind;

const char *dbk_pass_kind_to_word (DbkPassKind kind); /* "slip" "voucher" */
gboolean    dbk_pass_kind_from_word (const char *word, DbkPassKind *kind, GError **error);

typedef enum
{
  DBK_PASS_OPEN,
  DBK_PASS_GIVEN,
  DBK_PASS_NOT_GIVEN,
  DBK_PASS_LOST,   /* nobody knows where the paper is: its day stays granted */
  DBK_PASS_UNUSED  /* it came back before its day; the day may be taken back */
} DbkPassOutcome;

const char *dbk_pass_outcome_to_word (DbkPassOutcome outcome); /* "open" "given" "not-given" "lost" "unused" */
gboolean    dbk_pass_outcome_from_word (const char *word, DbkPassOutcome *outcome, GError **error);

typedef struct
{
  char          *id;
  DbkPassKind    kind;
  char          *batch;       /* of a slip: those that were printed together */
  char          *patient;
  char          *number;      /* the patient's; NULL: not known here */
  char          *name;        /* likewise */
  char          *site;        /* id of the dosing point */
  char          *site_code;
  DbkDay         from;
  DbkDay         to;          /* of a slip the same */
  gint64         dose_ug;
  gint64         volume_ul;   /* of a slip, at the concentration of its lot */
  char          *lot;         /* id; NULL: a voucher's */
  char          *lot_number;
  gint64         ug_per_ml;   /* of the lot; 0: unknown */
  char          *order;
  char          *lease;
  gint64         issued_ms;
  DbkPassOutcome outcome;     /* the first thing that was said of it */
  char          *reason;      /* coded, of NOT_GIVEN */
  gint64         outcome_ms;
} DbkPass;

DbkPass *dbk_pass_new  (void);
DbkPass *dbk_pass_copy (const DbkPass *self);
void     dbk_pass_free (DbkPass *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPass, dbk_pass_free)

/* The slips that were printed together. */
typedef struct
{
  char  *id;
  char  *site;
  char  *site_code;
  DbkDay from;
  DbkDay to;
  gint   slips;
  gint   open;
  gint64 volume_ul;
  char  *lot_number;
  gint64 issued_ms;
} DbkSlipBatch;

void dbk_slip_batch_free (DbkSlipBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkSlipBatch, dbk_slip_batch_free)

G_END_DECLS
