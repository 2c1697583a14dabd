/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the rooms in db/facts/, each of which writes and projects its own kinds. */
#pragma once

#include <json-glib/json-glib.h>

#include "db/dbk-db-private.h"
#include "db/dbk-fact-log.h"

G_BEGIN_DECLS

/* Which writer this computer is, and of which place. */
#define DBK_SETTING_WRITER "writer"
#define DBK_SETTING_SITE "site"
/* Its signing key (hex); it never leaves the record. */
#define DBK_SETTING_SECRET_KEY "writer-secret-key"

typedef struct
{
  const char *kind;
  gint        version;
  gboolean    critical; /* a reader that does not know the kind holds the patient it speaks of */
} DbkFactKind;

/* The two kinds that the log writes itself. */
extern const DbkFactKind dbk_kind_writer;
extern const DbkFactKind dbk_kind_epoch;

/* Appends and projects. Takes @body. @fact_id (may be NULL) gets the id. */
gboolean dbk_fact_append (DbkDb *db, const DbkStamp *stamp, const DbkFactKind *kind, JsonObject *body, char **fact_id, GError **error);

/* Whether a fact of @kind counts only from the clinic's own writer. The setting that names it is there at a dosing point only. */
gboolean dbk_kind_is_of_home (const char *kind);
#define DBK_SETTING_HOME_WRITER "home-writer"

/* Projects one fact that is in the log. A withheld body or an unknown kind is kept and passed over; an unknown kind that is critical holds
 * the patient it speaks of. */
gboolean dbk_project (DbkDb *db, const DbkFact *fact, JsonObject *body, GError **error);

typedef gboolean (*DbkProjectFunc) (DbkDb *db, const DbkFact *fact, JsonObject *body, GError **error);

typedef struct
{
  const DbkFactKind *kind;
  DbkProjectFunc     project;
} DbkProjector;

/* One table per room, ended by a NULL kind. */
extern const DbkProjector dbk_people_projectors[];
extern const DbkProjector dbk_order_projectors[];
extern const DbkProjector dbk_dose_projectors[];
extern const DbkProjector dbk_drug_projectors[];
extern const DbkProjector dbk_desk_projectors[];
extern const DbkProjector dbk_site_projectors[];
extern const DbkProjector dbk_lease_projectors[];
extern const DbkProjector dbk_pass_projectors[];

/* For facts that come from elsewhere: into the log as they are, without a tip and not projected; and the tip that they end with. What this
 * computer appends next follows its newest fact then, in an epoch of its own. */
gboolean dbk_fact_insert  (DbkDb *db, const DbkFact *fact, GError **error);
gboolean dbk_fact_add_tip (DbkDb *db, const guint8 hash[DBK_FACT_HASH_SIZE], GError **error);

gint64 dbk_fact_wall_ms (const DbkFact *fact);
DbkDay dbk_fact_day     (const DbkFact *fact);

/* From text that may come from outside: UTF-8, one object, not deeply nested, or CORRUPT. The caller's. */
JsonObject *dbk_body_parse (const char *text, gsize size, GError **error);

/* Bodies. The setters leave NULL and NONE out; the getters fail with CORRUPT where a member is missing or of another type. */
void dbk_body_set_text (JsonObject *body, const char *name, const char *text);
void dbk_body_set_day  (JsonObject *body, const char *name, DbkDay day);

gboolean dbk_body_get_text     (JsonObject *body, const char *name, const char **text, GError **error);
gboolean dbk_body_get_int      (JsonObject *body, const char *name, gint64 *value, GError **error);
gboolean dbk_body_get_day      (JsonObject *body, const char *name, DbkDay *day, GError **error);
const char *dbk_body_text_or_null (JsonObject *body, const char *name);
gint64      dbk_body_int_or       (JsonObject *body, const char *name, gint64 otherwise);
gboolean    dbk_body_flag         (JsonObject *body, const char *name);
/* A missing day is NONE; a malformed one is CORRUPT. */
gboolean dbk_body_get_day_or_none (JsonObject *body, const char *name, DbkDay *day, GError **error);

G_END_DECLS
