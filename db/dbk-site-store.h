/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may write, and who this computer is. The clinic's own writer is the root of trust: a dosing point got its key with the answer to its
 * request, and everybody else's key from the clinic's facts. Values returned are the caller's. On the door's thread. */
#pragma once

#include "db/dbk-fact-log.h"
#include "db/facts/dbk-site-facts.h"

G_BEGIN_DECLS

/* The settings of a dosing point, from the clinic's answer, besides DBK_SETTING_HOME_WRITER. None of them is there at the clinic itself. */
#define DBK_SETTING_HOME_SITE "home-site"
#define DBK_SETTING_HOME_KEY "home-key" /* hex */
#define DBK_SETTING_HOME_NAME "home-name"
/* Of this place, until the clinic's facts say it. */
#define DBK_SETTING_SITE_CODE "site-code"
#define DBK_SETTING_SITE_NAME "site-name"
#define DBK_SETTING_SITE_TIMEZONE "site-timezone"

typedef struct
{
  char    *writer;
  char    *site;      /* id */
  gboolean here;      /* this computer is it */
} DbkHome;

void dbk_home_free (DbkHome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkHome, dbk_home_free)

/* NOT_FOUND while the record has not been set up. */
DbkHome *dbk_home_get (DbkDb *db, GError **error);

/* A computer that was enrolled by the clinic. */
typedef struct
{
  char    *writer;
  char    *site;        /* id */
  char    *site_code;
  char    *site_name;
  char    *name;        /* of the computer */
  guint8   public_key[DBK_PUBLIC_KEY_SIZE];
  DbkDay   enrolled;
  gint64   revoked_seq; /* the last fact that counts; -1: not revoked */
  char    *revoked_reason;
  gint64   seq;         /* its newest fact here; 0: none */
  gint64   newest_ms;   /* when that was written, by its own clock; 0: none */
} DbkWriterRow;

void dbk_writer_row_free (DbkWriterRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkWriterRow, dbk_writer_row_free)

/* By site, oldest enrolment first; a revoked one is there too. */
GPtrArray    *dbk_writer_list (DbkDb *db, GError **error);
DbkWriterRow *dbk_writer_get  (DbkDb *db, const char *writer, GError **error);

/* The key by which @writer's word is believed here: its own for this computer, the clinic's, or an enrolled one's. NOT_FOUND for a
 * stranger. */
gboolean dbk_writer_find_key (DbkDb *db, const char *writer, guint8 key[DBK_PUBLIC_KEY_SIZE], GError **error);

G_END_DECLS
