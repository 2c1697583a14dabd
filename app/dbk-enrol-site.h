/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dosing point's computer becomes known: it asks, the clinic enrols it and answers, it accepts. The two short texts travel by stick or on
 * paper; the fingerprints are compared over the telephone. A laptop that replaces another is enrolled anew for the same place, and the old
 * one is revoked with it. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

/* At the point, before there is anybody to sign in: makes the record at @path if there is none, and the request. @text and @fingerprint are the
 * caller's. */
gboolean dbk_point_request (const char *path, const char *computer, const char *place_code, const char *place_name, char **text, char **fingerprint,
                            GError **error);
/* Takes the clinic's answer; @clinic_name and @fingerprint (of the clinic's key) are the caller's. */
gboolean dbk_point_accept  (const char *path, const char *text, gsize size, char **clinic_name, char **fingerprint, GError **error);

typedef struct
{
  char *site;          /* id */
  char *site_code;
  char *writer;
  char *answer;        /* text */
  char *fingerprint;   /* of the point's key: what they read to us */
  char *own_fingerprint;
} DbkEnrolled;

void dbk_enrolled_free (DbkEnrolled *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkEnrolled, dbk_enrolled_free)

/* At the clinic. @code and @name: of the place, NULL as the request has them. @replaces: code of the place whose computer this one replaces; then
 * place, code and name stay. TAKEN if another place has the code. */
DbkEnrolled *dbk_enrol_site (DbkClinic *clinic, const DbkSession *session, const char *request, gsize size, const char *code, const char *name,
                             const char *replaces, GError **error);

/* A place that works on paper: no computer, no key. @site (may be NULL) gets its id. */
gboolean dbk_add_paper_site (DbkClinic *clinic, const DbkSession *session, const char *code, const char *name, char **site, GError **error);

/* What this computer says from now on is not believed. @reason: "lost" "stolen" "replaced" "cloned" "other". */
gboolean dbk_revoke_writer (DbkClinic *clinic, const DbkSession *session, const char *writer, const char *reason, GError **error);

/* A physician believes what a revoked computer has said after all, as far as it is here: its doses count from now on. NOT_FOUND if nothing waits. */
gboolean dbk_accept_held_back (DbkClinic *clinic, const DbkSession *session, const char *writer, gint64 *facts, GError **error);

/* The same for every computer that @site (code or id) ever had, one transaction for each. */
gboolean dbk_accept_held_back_of_place (DbkClinic *clinic, const DbkSession *session, const char *site, gint64 *facts, GError **error);

/* The place of a code or id; NOT_FOUND. Only the clinic's own and those it named. */
DbkSite *dbk_find_site (DbkClinic *clinic, const char *code, GError **error);
/* Its computer that is not revoked; NULL without an error if it works on paper. */
DbkWriterRow *dbk_find_active_writer (DbkClinic *clinic, const char *site, GError **error);

const char *const *dbk_revocation_reasons (void);

G_END_DECLS
