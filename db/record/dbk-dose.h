/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dose on the key (patient, dose-for-day, part), and the answer "not given". Plain values; the owner of a struct
 * owns its strings. */
#pragma once

#include "db/record/dbk-day.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_DOSE_OBSERVED,  /* swallowed at the counter */
  DBK_DOSE_TAKE_HOME, /* handed out before, meant for @day */
  DBK_DOSE_GUEST,     /* confirmed given at another clinic for @day */
  DBK_DOSE_IMPORTED   /* from an earlier register; carries no stock */
} DbkDoseKind;

typedef struct
{
  char        *id;          /* 16 characters, minted with the claim; the payload of the slip's code */
  char        *fact;        /* fact id, 64 hex digits */
  char        *patient;
  DbkDay       day;         /* the day it is meant for */
  gint32       part;        /* 1; 2 for the second part of a split dose or a replacement */
  DbkDoseKind  kind;
  gint64       dose_ug;     /* what was given */
  gint64       ordered_ug;  /* what was ordered then; 0 if unknown (imported) */
  gint64       volume_ul;   /* 0 if unknown (imported) */
  char        *lot;         /* lot id; NULL if unknown */
  char        *lot_number;
  char        *order;       /* order id; NULL if unknown */
  gint32       taken_permille; /* 1000; less when vomited or partly taken, by a later fact */
  gint64       given_ms;    /* wall clock when given, ms since 1970 UTC; the paper's time for back-entry */
  gboolean     from_paper;  /* entered later from the paper sheet */
  char        *given_by;    /* staff id */
  char        *giver_name;
  char        *site;        /* site code, "C1" */
  char        *place;       /* id of the point on paper where it was given; NULL: where it is recorded. Only of one that is being recorded */
  char        *pass;        /* the slip or voucher by which it was given; NULL: none */
  char        *reversed_by; /* staff id; NULL: it stands */
  gint64       reversed_ms;
  char        *reversal_reason;
  gboolean     collides;    /* with another on the same key, of which neither was reversed before the other was given; until a physician closes it */
  gboolean     in_one_block; /* read from a record: the strings lie behind the struct, and none of them is replaced */
} DbkDose;

DbkDose *dbk_dose_new  (void);
DbkDose *dbk_dose_copy (const DbkDose *self);
void     dbk_dose_free (DbkDose *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkDose, dbk_dose_free)

const char *dbk_dose_kind_to_word (DbkDoseKind kind); /* "observed" "take-home" "guest" "imported" */
gboolean    dbk_dose_kind_from_word (const char *word, DbkDoseKind *kind, GError **error);

/* A patient was there, or should have been, and got nothing: coded, so that nobody has to remember why. */
typedef struct
{
  char   *id;
  char   *patient;
  DbkDay  day;
  char   *reason;  /* "intoxicated" "refused" "vomited" "left" "spilled" "set-aside" "other" */
  char   *note;
  char   *pass;    /* the slip that says so; only of one that is being recorded */
  char   *by;
  char   *by_name;
  gint64  at_ms;
} DbkNotGiven;

DbkNotGiven *dbk_not_given_new  (void);
DbkNotGiven *dbk_not_given_copy (const DbkNotGiven *self);
void         dbk_not_given_free (DbkNotGiven *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkNotGiven, dbk_not_given_free)

G_END_DECLS
