/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dose is given. The verdict, the answers, the claim of the key and the fact are one transaction: what was judged is what was recorded. */
#pragma once

#include "app/dbk-counter.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_GIVE_GIVEN,         /* it is on the disk */
  DBK_GIVE_STOPPED,       /* a STOP, or an answer that does not allow it; nothing was recorded */
  DBK_GIVE_ANSWER_NEEDED, /* an ANSWER finding is open; nothing was recorded */
  DBK_GIVE_CHANGED        /* what stood on the screen is no longer so; nothing was recorded */
} DbkGiveOutcome;

typedef struct
{
  DbkCounterRequest  at_counter;
  const char        *seen_mark;    /* of the view the person had before them; NULL: not checked */
  gint64             paper_ms;     /* back-entry, with at_counter.from_paper: when the paper says it was given; 0: now */
} DbkGiveRequest;

typedef struct
{
  DbkGiveOutcome  outcome;
  DbkCounterView *view;       /* as judged in the transaction */
  char           *dose;       /* id, GIVEN only; the slip's code is made of it */
  char           *fact;       /* fact id */
  gint64          given_ms;
  gint64          dose_ug;
  gint64          volume_ul;
} DbkGiveResult;

void dbk_give_result_free (DbkGiveResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkGiveResult, dbk_give_result_free)

/* NULL with an error: nothing was recorded, the disk has been asked. A failed COMMIT that turns out to have happened is GIVEN. */
DbkGiveResult *dbk_give_dose (DbkClinic *clinic, const DbkSession *session, const DbkGiveRequest *request, GError **error);

/* A dose handed out today for another day (a take-home dose), or confirmed given elsewhere (a guest dose). Take-home comes from the open
 * bottle and needs an order in force on @day. The key is claimed like any other; HELD is TAKEN. */
gboolean dbk_give_ahead (DbkClinic *clinic, const DbkSession *session, const char *patient, DbkDay day, DbkDoseKind kind, char **dose, GError **error);

/* The person at the counter answers a finding: recorded at once, so that it is asked once a day. */
gboolean dbk_answer_finding (DbkClinic *clinic, const DbkSession *session, const char *patient, DbkFindingCode code, const char *choice, GError **error);

G_END_DECLS
