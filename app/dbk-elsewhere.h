/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where one patient's days lie, and which doses may have been one too many because of it. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/record/dbk-dose.h"
#include "db/record/dbk-lease.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

typedef struct
{
  DbkCollision *collision;
  DbkDose      *dose_a;     /* NULL: known to be there, and not shown here */
  DbkDose      *dose_b;
} DbkDosePair;

typedef struct
{
  gboolean   at_home;
  gboolean   treated;       /* in treatment: days can be granted */
  gboolean   dosed_today;
  GPtrArray *pairs;         /* DbkDosePair: that no physician has closed, newest day first */
  GPtrArray *leases;        /* DbkLease that cover today or a later day, by first day */
  GPtrArray *passes;        /* DbkPass of the patient, slips and vouchers */
  GPtrArray *places;        /* DbkSite that days can be granted to; empty at a dosing point */
  char      *writer;        /* this computer */
} DbkElsewhere;

void dbk_elsewhere_free (DbkElsewhere *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkElsewhere, dbk_elsewhere_free)

/* @patient: id; NOT_FOUND. */
DbkElsewhere *dbk_elsewhere_read (DbkClinic *clinic, const DbkSession *session, const char *patient, GError **error);

/* The name of the place with the id @site; NULL: not known. */
const char *dbk_elsewhere_place_name (const DbkElsewhere *self, const char *site);

/* The voucher that was issued with @lease; NULL: none. Borrowed. */
const DbkPass *dbk_elsewhere_find_voucher (const DbkElsewhere *self, const DbkLease *lease);

G_END_DECLS
