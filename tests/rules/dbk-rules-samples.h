/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Policies, doses and orders as the tests of the rules need them. */
#pragma once

#include "app/rules/dbk-policy.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-order.h"

G_BEGIN_DECLS

/* A shipped profile. */
DbkPolicy *dbk_sample_policy (const char *name);

/* The text of a shipped profile with the first @from replaced by @to; @from must stand in it. */
char      *dbk_sample_policy_text (const char *name,
                                   const char *from,
                                   const char *to);

/* The same, parsed. */
DbkPolicy *dbk_sample_policy_with (const char *name,
                                   const char *from,
                                   const char *to);

/* 60 mg observed at "C1", as ordered. */
DbkDose   *dbk_sample_dose (DbkDay day);

/* Open, 60 mg, signed on its first day. */
DbkOrder  *dbk_sample_order (const char *id,
                             DbkDay      from);

G_END_DECLS
