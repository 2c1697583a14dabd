/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dosebookctl: every use case without a window. A verb is a function; the table in dbk-ctl-main.c says what each needs before it
 * runs. Results go to standard output, as text for people or (--json) as one document; everything else to standard error. */
#pragma once

#include <json-glib/json-glib.h>

#include "app/dbk-clinic.h"
#include "app/dbk-find-patient.h"
#include "app/rules/dbk-verdict.h"

G_BEGIN_DECLS

typedef enum
{
  DBK_EXIT_DONE = 0,
  DBK_EXIT_FAILED = 1,
  DBK_EXIT_USAGE = 2,
  DBK_EXIT_STOPPED = 3,      /* by a rule */
  DBK_EXIT_ANSWER_NEEDED = 4
} DbkExit;

typedef struct
{
  /* From the options of every verb */
  char      *record;
  char      *login;
  char      *pin_file;
  char      *day_text;
  gboolean   json;

  DbkDay     day;        /* DBK_DAY_NONE: not said */
  DbkClinic *clinic;     /* NULL where the verb needs none */
  DbkSession *session;   /* NULL where it needs nobody */

  /* The document that is printed at the end with --json. Owned. */
  JsonObject *out;
} DbkCtl;

/* @argv: what stands behind the verb, options taken out; NULL-terminated. */
typedef DbkExit (*DbkCtlFunc) (DbkCtl *ctl, int argc, char **argv, GError **error);

typedef enum
{
  DBK_NEEDS_NOTHING, /* opens what it needs by itself */
  DBK_NEEDS_RECORD,  /* open for reading */
  DBK_NEEDS_PERSON,  /* open for writing, with somebody signed in */
  DBK_NEEDS_RECORD_TO_WRITE /* open for writing; signed in if somebody was named */
} DbkCtlNeeds;

typedef struct
{
  const char         *noun;
  const char         *verb;      /* NULL: the noun alone */
  DbkCtlNeeds         needs;
  DbkCtlFunc          func;
  const char         *arguments; /* "PATIENT-OR-CARD" */
  const char         *summary;
  const GOptionEntry *options;   /* NULL: none of its own */
  int                 n_least;   /* arguments */
  int                 n_most;
} DbkCtlVerb;

/* NULL-terminated by a verb without noun. */
extern const DbkCtlVerb dbk_ctl_record_verbs[];
extern const DbkCtlVerb dbk_ctl_staff_verbs[];
extern const DbkCtlVerb dbk_ctl_patient_verbs[];
extern const DbkCtlVerb dbk_ctl_order_verbs[];
extern const DbkCtlVerb dbk_ctl_absence_verbs[];
extern const DbkCtlVerb dbk_ctl_lot_verbs[];
extern const DbkCtlVerb dbk_ctl_dose_verbs[];
extern const DbkCtlVerb dbk_ctl_list_verbs[];
extern const DbkCtlVerb dbk_ctl_import_verbs[];
extern const DbkCtlVerb dbk_ctl_paper_verbs[];
extern const DbkCtlVerb dbk_ctl_site_verbs[];
extern const DbkCtlVerb dbk_ctl_lease_verbs[];
extern const DbkCtlVerb dbk_ctl_slips_verbs[];

/* ---- what verbs share ---- */

/* A line for people; nothing with --json. */
void dbk_ctl_say (const DbkCtl *ctl, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* USAGE with a sentence. */
DbkExit dbk_ctl_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
GQuark  dbk_ctl_usage_quark (void);

/* The day that was said, or today. */
DbkDay dbk_ctl_day (const DbkCtl *ctl);

/* "today", "yesterday", "none" (DBK_DAY_NONE) or an ISO day; NULL leaves @day alone. */
gboolean dbk_ctl_parse_day (const DbkCtl *ctl, const char *text, DbkDay *day, GError **error);

/* "HH:MM"; USAGE for anything else. */
gboolean dbk_ctl_parse_time (const char *text, int *minute_of_day, GError **error);

/* A patient by number or card; the reading is logged. */
DbkFound *dbk_ctl_find (DbkCtl *ctl, const char *handle, GError **error);
/* The same for each of @handles: ids, NULL-terminated, the caller's. */
GPtrArray *dbk_ctl_find_many (DbkCtl *ctl, int n, char **handles, GError **error);

/* The first line of a file with a PIN. */
char *dbk_ctl_read_pin (const char *path, GError **error);

/* Reads the PIN in @path, or makes one and writes it there for its owner only. */
char *dbk_ctl_read_or_make_pin (const char *path, GError **error);

/* Everything of a file; "-" is standard input. */
GBytes *dbk_ctl_read_file (const char *path, GError **error);

/* Amounts typed in options. */
gboolean dbk_ctl_parse_dose   (const char *text, gint64 *dose_ug, GError **error);
gboolean dbk_ctl_parse_volume (const char *text, gint64 *volume_ul, GError **error);

/* ---- JSON ---- */

void dbk_ctl_set_text (JsonObject *object, const char *name, const char *text); /* null for NULL */
void dbk_ctl_set_day  (JsonObject *object, const char *name, DbkDay day);       /* null for NONE */
void dbk_ctl_set_time (JsonObject *object, const char *name, DbkCtl *ctl, gint64 ms); /* ISO 8601 in the clinic's zone; null for 0 */

/* Fills dose, volume, "findings" (STOP and ANSWER) and "notes" (KNOW) of @object; prints them for people. */
void dbk_ctl_tell_verdict (DbkCtl *ctl, JsonObject *object, const DbkVerdict *verdict, const DbkPolicy *policy);

/* number, name and what else names a patient. */
void dbk_ctl_tell_patient (JsonObject *object, const DbkPatient *patient);

G_END_DECLS
