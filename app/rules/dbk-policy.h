/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clinic has adopted: how missed days are counted and answered, and what an order may say. A policy is data
 * (JSON, data/policies/ *.json): every number carries its source, its article and whether somebody has verified it. Adopting one
 * is a fact whose body is the whole JSON, so a verdict can always name the rule and version it rests on.
 * Immutable after parsing; any thread. Several may hold one: each gives it back with dbk_policy_free(). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DBK_ACTION_AS_ORDERED,                /* "as-ordered" */
  DBK_ACTION_AS_ORDERED_IF_WELL,        /* "as-ordered-if-well": after the nurse has looked for intoxication */
  DBK_ACTION_TELL_PRESCRIBER,           /* "tell-prescriber": as ordered, the prescriber is told */
  DBK_ACTION_HALF,                      /* "half" */
  DBK_ACTION_LOWER_OF_HALF_AND_CAP,     /* "lower-of-half-and-40mg" (cap from the policy) */
  DBK_ACTION_HIGHER_OF_HALF_AND_FLOOR,  /* "higher-of-half-and-30mg" (floor from the policy) */
  DBK_ACTION_PRESCRIBER_REVIEW,         /* "prescriber-review": no dose until a physician has decided */
  DBK_ACTION_RESTART,                   /* "restart": at the policy's starting dose */
  DBK_ACTION_NEW_INDUCTION,             /* "new-induction" */
  DBK_ACTION_TREATMENT_REVIEW           /* "treatment-review": the team decides whether and how treatment goes on */
} DbkAction;
#define DBK_N_ACTIONS (DBK_ACTION_TREATMENT_REVIEW + 1)

typedef enum
{
  DBK_LEVEL_KNOW,   /* one quiet line */
  DBK_LEVEL_ANSWER, /* one numbered key with a coded answer, then the button works */
  DBK_LEVEL_STOP    /* no button */
} DbkLevel;

/* One row: from @missed_from days on, until the next row. Rows ascend. */
typedef struct
{
  gint      missed_from;
  DbkAction action;
  DbkLevel  level;
  gint64    bound_ug;    /* the cap or floor or starting dose the action names; 0 for none */
  char     *source;
  char     *article;
  gboolean  verified;
} DbkMissedRow;

typedef struct
{
  gint64    value;
  char     *source;
  char     *article;
  gboolean  verified;
} DbkLimit;

typedef struct
{
  char      *name;         /* "australia-2003" */
  char      *version;      /* "1" */
  char      *title_en;
  char      *title_zh;
  char      *text_en;      /* the table in words, for the page on which it is chosen */
  char      *text_zh;
  gboolean   verified;     /* every row of @missed */
  GPtrArray *missed;       /* DbkMissedRow */
  gboolean   take_home_covers;      /* a take-home day counts as dosed */
  gboolean   guest_covers;
  gboolean   closure_counts;        /* days the clinic was closed count as missed (tolerance is lost all the same) */
  gint       partial_covers_permille; /* taken at least this much: the day is covered */
  gint       exit_review_days;      /* 0: none */
  DbkLimit   first_dose_warn_ug;    /* ask */
  DbkLimit   first_dose_block_ug;   /* refuse */
  DbkLimit   step_ug;               /* an increase above this is asked about */
  DbkLimit   weekly_ug;             /* total increase within 7 days in the first 14 days of treatment */
  DbkLimit   ceiling_warn_ug;
  DbkLimit   ceiling_block_ug;
  gint       photo_months;          /* flag a photo older than this; 0: never */
  gint       stale_site_days;       /* ask when data of another site are older */
  gint64     dose_step_ug;          /* the measuring device's step, for halves */
  gatomicrefcount holders;
} DbkPolicy;

/* Parses and checks the JSON text of a profile: rows ascending from 1 and never milder than the one before, every action known, every
 * source named, no member unknown. An action that changes the dose must be a STOP. INVALID says what is wrong and where:
 * "missed[2].action: …". */
DbkPolicy *dbk_policy_parse (const char *json, GError **error);
DbkPolicy *dbk_policy_ref   (DbkPolicy *self);
void       dbk_policy_free  (DbkPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkPolicy, dbk_policy_free)

/* The profiles shipped: names in alphabetical order, NULL-terminated; and the JSON text of one (NULL and INVALID if unknown). */
char **dbk_policy_list_shipped (void);
char  *dbk_policy_dup_shipped  (const char *name, GError **error);

/* The row for @missed days, NULL when none applies (0 missed). Borrowed from @self. */
const DbkMissedRow *dbk_policy_find_row (const DbkPolicy *self, gint missed);

/* The word of an action, with its bound in mg where it has one in its name. Borrowed: constant, or @buffer. The words of the JSON are the
 * same. */
const char *dbk_action_to_word (DbkAction action, gint64 bound_ug, char buffer[64]);
const char *dbk_level_to_word (DbkLevel level); /* "know" "answer" "stop" */

/* What @row (NULL: nothing) proposes for somebody whose last order was @last_ordered_ug: never more than that. 0: no dose proposed (a
 * physician says). */
gint64 dbk_policy_propose (const DbkPolicy *self, const DbkMissedRow *row, gint64 last_ordered_ug);

G_END_DECLS
