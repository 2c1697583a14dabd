/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands at the counter when a patient does: gathered in one read transaction and judged by app/rules. Records nothing. */
#pragma once

#include "app/dbk-clinic.h"
#include "app/rules/dbk-verdict.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

#define DBK_COUNTER_LOOK_BACK_DAYS 90

typedef struct
{
  const char *patient;   /* id */
  const char *voucher;   /* its code: the patient came as a guest; NULL: not */
  const char *card;      /* the scanned card; NULL: found by search */
  gboolean    card_revoked;
  DbkDay      day;       /* DBK_DAY_NONE: today */
  gboolean    unwell;    /* F7 */
  gboolean    from_paper; /* entered later from the paper sheet: judged as of @day */
  const DbkAnswer *answers; /* besides those already recorded today */
  gsize       n_answers;
} DbkCounterRequest;

/* An immutable snapshot: it may be handed to another thread, and freed there. */
typedef struct
{
  DbkPatient *patient;
  DbkVerdict *verdict;
  DbkPolicy  *policy;     /* the verdict borrows its row; NULL: none adopted */
  GPtrArray  *doses;      /* DbkDose: of the last 90 days, ascending; before them the newest older one if there is none in them */
  GPtrArray  *orders;     /* DbkOrder, newest first */
  GPtrArray  *holds;      /* DbkHold */
  GPtrArray  *not_given;  /* DbkNotGiven of the day */
  GPtrArray  *leases;     /* DbkLease */
  char       *voucher_code; /* as scanned; NULL: none */
  DbkPass    *voucher;    /* lets the dose be given here; NULL: none. Its dose stands among @orders, with the voucher's id and no signer */
  char       *authority;  /* code of the place that holds the day; NULL: this one does */
  DbkDay      authority_until; /* by a lease; DBK_DAY_NONE: without one, it is the clinic's */
  char       *oldest_site; /* code of the place that may have dosed this patient lately and whose data are oldest; NULL: all is known */
  gint        oldest_site_days;
  gboolean    unaccepted_dose; /* see DbkCase */
  char       *unread_fact;
  gboolean    record_older;
  GPtrArray  *answers;    /* coded answers recorded for the day: DbkAnswerRow of db/dbk-desk-store.h */
  DbkLot     *bottle;     /* NULL: none open */
  DbkDay      day;
  char       *card;
  gboolean    unwell;
  gboolean    from_paper;
  gint        similar_names;
  gint        missed_30;  /* days of the last 30 without a dose, from the first dose on */
  const DbkOrder *order;  /* in force; borrowed from @orders; NULL */
  const DbkDose  *last;   /* newest standing dose before @day; borrowed from @doses; NULL */
  char       *mark;       /* equal as long as nothing that matters to the dose has changed */
} DbkCounterView;

void dbk_counter_view_free (DbkCounterView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkCounterView, dbk_counter_view_free)

DbkCounterView *dbk_counter_look (DbkClinic *clinic, const DbkSession *session, const DbkCounterRequest *request, GError **error);

/* The same inside a transaction that is already open; for dbk-give-dose. */
DbkCounterView *dbk_counter_gather (DbkClinic *clinic, const DbkCounterRequest *request, GError **error);

/* The photo, read on its own: it is large and the banner can stand without it. NULL without an error: none. */
GBytes *dbk_counter_photo (DbkClinic *clinic, const DbkSession *session, const char *patient, GError **error);

G_END_DECLS
