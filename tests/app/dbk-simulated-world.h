/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world of test-simulate: a clinic and four dosing points, what people do there, sticks, copies and clones. Beside each record runs the
 * naive design. */
#pragma once

#include "tests/exchange/dbk-test-site.h"

G_BEGIN_DECLS

#define DBK_SIM_POINTS 4
#define DBK_SIM_SITES (DBK_SIM_POINTS + 1)

typedef struct
{
  GBytes     *file;
  int         from;
  int         to;
  gint        damaged_at; /* the byte; -1: whole */
  GHashTable *naive;
} DbkSimStick;

typedef struct
{
  DbkTestSite *site;
  GBytes      *copy;          /* a backup; NULL: none */
  GBytes      *clone;         /* the other computer that thinks it is this one */
  GHashTable  *naive;         /* "place number" -> name of what happened */
  guint        naive_seq;
  GHashTable  *naive_copy;
  guint        naive_copy_seq;
  guint8       witness[32];   /* own tip that it must hold before it goes on */
  gboolean     waits;
  gboolean     excused;       /* a copy that could not know */
  gint64       clock_off_ms;
} DbkSim;

typedef struct
{
  GRand     *random;
  DbkSim     sims[DBK_SIM_SITES];
  GPtrArray *sticks;
  gint64     now_ms;
  gint64     first_ms;
  gboolean   hub_moved;       /* the clinic's record was put back: alerts are told again */
  guint      told;            /* collisions that the clinic was told of */
  GHashTable *broken;         /* patients whose lease was broken */
  guint       happened;
} DbkSimWorld;

/* The records that every world begins from; once. */
void dbk_sim_make_base (void);
void dbk_sim_free_base (void);

void dbk_sim_begin (DbkSimWorld *self, guint32 seed);
void dbk_sim_end   (DbkSimWorld *self);

/* Something happens somewhere. */
void dbk_sim_step (DbkSimWorld *self);

/* Everybody brings everything to the clinic and takes everything home, twice, and the sticks that are still about are found. */
void dbk_sim_exchange_all (DbkSimWorld *self);

/* The other of the two computers that think they are one goes on. */
void dbk_sim_change_places (DbkSim *self);

G_END_DECLS
