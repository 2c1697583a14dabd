/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a site file says of itself, signed by who wrote it: what one must hold to read it, what one holds after it, how much there is.
 * Pure: JSON in and out. docs/site-file.md has every member. */
#pragma once

#include "db/dbk-dose-store.h"
#include "db/exchange/dbk-envelope.h"

G_BEGIN_DECLS

#define DBK_MANIFEST_DOMAIN "dosebook manifest 1"
#define DBK_WRITER_LENGTH 16

/* A fact of a writer, and by it all that lies below. */
typedef struct
{
  char    writer[DBK_WRITER_LENGTH + 1];
  gint64  seq;
  guint8  hash[DBK_FACT_HASH_SIZE];
} DbkTip;

typedef struct
{
  char      *file;          /* as in the head */
  char      *writer;        /* who wrote it */
  char      *site;          /* for which place that computer writes */
  char      *site_code;
  char      *site_name;
  char      *for_site;      /* whom it is for */
  gint64     made_ms;       /* by the clock of who wrote it */
  gint64     hlc;           /* the newest there */
  gint       schema;        /* of the record it comes from */
  char      *program;
  char      *by;            /* name of the person who wrote the file; NULL: not said */
  GArray    *needs;         /* DbkTip: what one must hold already */
  GArray    *tips;          /* DbkTip: all that who wrote it holds */
  gint64     facts;         /* rows in the database */
  gint64     doses;         /* of those, doses with their bodies, and their sums */
  gint64     dose_ug;
  gint64     volume_ul;
  GPtrArray *shown;         /* ids of patients whose bodies are all here, or were in an earlier file; NULL: of everybody */
  GPtrArray *holds;         /* ids of patients whose bodies who wrote it holds in full; NULL: of everybody */
  GPtrArray *given;         /* DbkGiven, of every lot and place; NULL: whoever wrote it is not the clinic */
  gint64     database_size; /* bytes */
  guint8     database_digest[DBK_FACT_HASH_SIZE];
} DbkManifest;

DbkManifest *dbk_manifest_new  (void);
void         dbk_manifest_free (DbkManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkManifest, dbk_manifest_free)

char        *dbk_manifest_write (const DbkManifest *self);
/* From bytes outside; CORRUPT if a member is missing, of another type or beyond its bounds. */
DbkManifest *dbk_manifest_read  (const guint8 *text, gsize size, GError **error);

G_END_DECLS
