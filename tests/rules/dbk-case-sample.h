/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case at the counter in which nothing stands in the way: 60 mg ordered a month ago and swallowed on each of the last ten days, a good
 * bottle, a recent photo, a card, and australia-2003. Each test changes what it is about. */
#pragma once

#include "app/rules/dbk-verdict.h"
#include "tests/rules/dbk-rules-samples.h"

G_BEGIN_DECLS

#define DBK_SAMPLE_TODAY 20400 /* 2025-11-08 */
#define DBK_SAMPLE_MS_PER_DAY G_GINT64_CONSTANT (86400000)
#define DBK_SAMPLE_NOW (DBK_SAMPLE_TODAY * DBK_SAMPLE_MS_PER_DAY)
#define DBK_SAMPLE_N_DOSES 10

typedef struct
{
  DbkCase     c;
  DbkPolicy   policy; /* c.policy; a copy whose numbers may be changed and whose texts and rows are borrowed */
  DbkPolicy  *source; /* that of a case with another policy */
  DbkLot     *bottle;
  DbkPatient *patient;
  DbkOrder   *order; /* the one in force; borrowed from c.orders */
} DbkCaseSample;

void         dbk_case_sample_init          (DbkCaseSample *self);
void         dbk_case_sample_clear         (DbkCaseSample *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DbkCaseSample, dbk_case_sample_clear)

/* A shipped profile with the first @from of its text replaced. */
void         dbk_case_sample_set_policy    (DbkCaseSample *self,
                                            const char    *name,
                                            const char    *from,
                                            const char    *to);

/* Leaves one dose, @missed whole days ago. */
void         dbk_case_sample_miss          (DbkCaseSample *self,
                                            gint           missed);

/* These lend what they have added. */
DbkDose     *dbk_case_sample_add_dose      (DbkCaseSample *self,
                                            DbkDay         day);
DbkOrder    *dbk_case_sample_add_order     (DbkCaseSample *self,
                                            const char    *id,
                                            DbkDay         from);
DbkHold     *dbk_case_sample_add_hold      (DbkCaseSample *self,
                                            DbkHoldKind    kind);
DbkAbsence  *dbk_case_sample_add_absence   (DbkCaseSample *self,
                                            const char    *reason,
                                            DbkDay         from,
                                            DbkDay         to);
void         dbk_case_sample_add_not_given (DbkCaseSample *self,
                                            const char    *reason,
                                            DbkDay         day,
                                            gint64         at_ms);

G_END_DECLS
