/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authority over a patient's days. It lies with the clinic, unless a lease has granted a range of days to a dosing point; a granted day
 * stays granted until its last day has passed, or the point has given it back, or a physician has broken the lease. Also the pair of doses
 * that should never have been. Plain values; the owner of a struct owns its strings. */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_LEASE_RETURNED, /* by whoever holds it; for a point on paper by the clinic, when its slips are back */
  DBK_LEASE_BROKEN    /* by a physician of the clinic, who has spoken to the point */
} DbkLeaseEnd;

typedef struct
{
  char        *id;
  char        *patient;
  char        *site;       /* id of the dosing point */
  char        *site_code;
  char        *holder;     /* the one computer that may dose; NULL: a point that works on paper */
  DbkDay       from;
  DbkDay       to;         /* as granted */
  char        *granted_by; /* staff id */
  char        *granter_name;
  gint64       granted_ms;
  DbkDay       back_from;  /* the first day that went back, DBK_DAY_NONE: none has. May lie before @from: then all of it */
  DbkLeaseEnd  end;        /* how, where @back_from is set */
  char        *end_reason; /* coded; NULL for none */
} DbkLease;

DbkLease *dbk_lease_new  (void);
DbkLease *dbk_lease_copy (const DbkLease *self);
void      dbk_lease_free (DbkLease *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkLease, dbk_lease_free)

/* Whether @day is granted away by it. */
gboolean dbk_lease_covers (const DbkLease *self, DbkDay day);

/* The last day that it covers; DBK_DAY_NONE if it covers none. */
DbkDay dbk_lease_last_day (const DbkLease *self);

const char *dbk_lease_end_to_word   (DbkLeaseEnd end); /* "returned" "broken" */
gboolean    dbk_lease_end_from_word (const char *word, DbkLeaseEnd *end, GError **error);

/* Two doses on one patient, day and part, of which neither was reversed before the other was given. Both stay; the patient is stopped
 * until a physician has closed it with a finding. */
typedef struct
{
  char    *patient;
  DbkDay   day;
  gint     part;
  char    *dose_a;   /* id, the smaller of the two */
  char    *dose_b;
  char    *finding;  /* coded: "both-taken" "one-not-taken" "entered-twice" "other"; NULL: open */
} DbkCollision;

void dbk_collision_free (DbkCollision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkCollision, dbk_collision_free)

extern const char *const dbk_collision_findings[]; /* NULL-terminated */

G_END_DECLS
