/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a physician has said: dose orders, holds, planned absences; and when the clinic is closed. Signed things are
 * replaced, ended or lifted by new facts, never edited. Plain values; the owner of a struct owns its strings. */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

/* A fixed daily dose. In force on a day D if from <= D and (until is NONE or D <= until). */
typedef struct
{
  char   *id;
  char   *patient;
  gint64  dose_ug;
  DbkDay  from;
  DbkDay  to;         /* as signed; DBK_DAY_NONE: until ended */
  DbkDay  until;      /* effective last day: the earliest of @to, the day before each replacement, each end; NONE if none of them.
                       * May lie before @from: then the order never came into force. */
  char   *reason;     /* coded: "start" "titration" "reduction" "after-absence" "renewal" "replacement" "other"; NULL for none */
  char   *note;
  char   *signed_by;  /* staff id */
  char   *signer_name;
  DbkDay  signed_day; /* the clinic's day of the signature */
  gint64  signed_ms;  /* wall clock, ms since 1970 UTC */
  char   *replaced_by; /* order id of the replacement, NULL for none */
} DbkOrder;

DbkOrder *dbk_order_new  (void);
DbkOrder *dbk_order_copy (const DbkOrder *self);
void      dbk_order_free (DbkOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkOrder, dbk_order_free)

gboolean dbk_order_in_force (const DbkOrder *self, DbkDay day);

typedef enum
{
  DBK_HOLD_MEDICAL, /* the physician holds the dose: no dose while it stands */
  DBK_HOLD_STOP     /* a stop-dose flag any dispensing role may place; a physician lifts it */
} DbkHoldKind;

typedef struct
{
  char        *id;
  char        *patient;
  DbkHoldKind  kind;
  char        *reason;      /* coded: "intoxicated" "cardiac" "interaction" "lab" "guest-elsewhere" "see-physician" "other" */
  char        *note;
  DbkDay       from;
  DbkDay       until;       /* DBK_DAY_NONE: until lifted */
  char        *placed_by;
  char        *placer_name;
  DbkDay       lifted_on;   /* DBK_DAY_NONE: stands. A lifted hold no longer stands, from the lift on */
  char        *lifted_by;
} DbkHold;

DbkHold *dbk_hold_new  (void);
DbkHold *dbk_hold_copy (const DbkHold *self);
void     dbk_hold_free (DbkHold *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkHold, dbk_hold_free)

gboolean dbk_hold_stands (const DbkHold *self, DbkDay day);
const char *dbk_hold_kind_to_word (DbkHoldKind kind);   /* "medical" "stop" */
gboolean dbk_hold_kind_from_word (const char *word, DbkHoldKind *kind, GError **error);

/* Days on which a patient is known to be elsewhere (hospital, travel, custody, guest at another clinic). They explain an absence; whether
 * they count as missed for tolerance is the policy's word: only @dosed_there days are covered. */
typedef struct
{
  char     *id;
  char     *patient;  /* NULL in a closure: everybody */
  DbkDay    from;
  DbkDay    to;
  char     *reason;   /* coded: "hospital" "travel" "custody" "guest-elsewhere" "other"; for closures "holiday" "emergency" "stock" "other" */
  gboolean  dosed_there; /* confirmed to have had the dose there on these days */
} DbkAbsence;

DbkAbsence *dbk_absence_new  (void);
DbkAbsence *dbk_absence_copy (const DbkAbsence *self);
void        dbk_absence_free (DbkAbsence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkAbsence, dbk_absence_free)

G_END_DECLS
