/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking a site file in: opened, proven and recorded in one transaction, or nothing at all. Looking at one first does the very same and then
 * takes it back, so the summary is what will happen. The same file twice changes nothing. On the door's thread.
 *
 * Errors of DBK_DB_ERROR: those of the envelope; CORRUPT for whatever does not hold (the signature, the chain, a sum); NOT_FOUND for a
 * writer whom nobody enrolled; those of the record. That something is missing first is a report, not an error. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/exchange/dbk-export.h"
#include "db/exchange/dbk-exchange-store.h"
#include "db/record/dbk-lease.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_INTAKE_INSPECT, /* nothing is recorded */
  DBK_INTAKE_TAKE
} DbkIntakeMode;

typedef struct
{
  DbkIntakeMode mode;
  const char   *by;     /* staff id; NULL: nobody can be signed in yet */
  gint64        now_ms;
} DbkIntakeRequest;

/* The same attribute of a patient was changed at two places that did not know of each other. */
typedef struct
{
  char *patient;
  char *attribute;
  char *here;       /* what stood here; NULL: nothing */
  char *there;      /* what stands there in the end, however often it was changed */
  gboolean here_wins; /* ours is the later one, by version, clock and hash: it holds at both places */
} DbkConflict;

typedef struct
{
  DbkManifest *manifest;
  gboolean     known_file;   /* taken in before: nothing was done */
  gint64       n_new;
  DbkDay       from;         /* first and last day of the new facts; NONE: nothing is new */
  DbkDay       to;
  gint64       n_known;
  gint64       n_revealed;   /* bodies that had been withheld */
  gint64       n_held_back;  /* of a revoked writer */
  gint64       n_unread;     /* of a newer program, and not to be passed over */
  GPtrArray   *collisions;   /* DbkCollision: new pairs of doses, open ones only */
  GArray      *forks;        /* DbkFork: new ones */
  GPtrArray   *conflicts;    /* DbkConflict */
  GArray      *missing;      /* DbkTip: not empty means that nothing was done */
  gboolean     we_forgot;    /* the sender holds facts of this computer that are not here: this record is a restored copy */
  gint64       clock_ahead_ms; /* of the sender's clock when it wrote the file, as far as it can be seen; 0: not ahead */
} DbkIntake;

void dbk_intake_free (DbkIntake *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkIntake, dbk_intake_free)

DbkIntake *dbk_intake_run (DbkDb *db, const guint8 *data, gsize size, const DbkIntakeRequest *request, GCancellable *cancellable,
                           DbkExchangeProgress progress, gpointer progress_data, GError **error);

G_END_DECLS
