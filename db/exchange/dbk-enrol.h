/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a dosing point's computer and the clinic come to know each other. The point makes its keys and a request; the clinic records the
 * enrolment and gives an answer with its own key. Both are short texts, for a stick or a QR code; who reads them compares the fingerprints
 * over the telephone, for anybody can write such a text. On the door's thread. CORRUPT for what is no such text. */
#pragma once

#include "db/exchange/dbk-keys.h"

G_BEGIN_DECLS

#define DBK_ENROL_TEXT_MAX 4096 /* bytes */

typedef struct
{
  char   *writer;
  char   *name;        /* of the computer */
  char   *place_code;
  char   *place_name;
  guint8  public_key[DBK_PUBLIC_KEY_SIZE];
} DbkEnrolRequest;

void dbk_enrol_request_free (DbkEnrolRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkEnrolRequest, dbk_enrol_request_free)

/* Makes the keys of a record that is not set up yet, or finds those of an earlier try, and writes the request. Inside dbk_db_write(). EXISTS
 * if the record has a place already. */
char            *dbk_enrol_request_make (DbkDb *db, const char *name, const char *place_code, const char *place_name, GError **error);
DbkEnrolRequest *dbk_enrol_request_read (const char *text, gsize size, GError **error);

typedef struct
{
  char   *writer;      /* whom it answers */
  char   *site;        /* its place from now on */
  char   *site_code;
  char   *site_name;
  char   *timezone;
  char   *home_writer;
  char   *home_site;
  char   *home_name;
  guint8  home_key[DBK_PUBLIC_KEY_SIZE];
} DbkEnrolAnswer;

void dbk_enrol_answer_free (DbkEnrolAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkEnrolAnswer, dbk_enrol_answer_free)

/* Signed by the clinic's key, which is @keys; @answer->home_key is set from it. */
char           *dbk_enrol_answer_write (DbkEnrolAnswer *answer, const DbkKeys *keys);
DbkEnrolAnswer *dbk_enrol_answer_read  (const char *text, gsize size, GError **error);

/* The point takes its place. Inside dbk_db_write(). NOT_FOUND if the answer is for another computer, EXISTS if this one has a place. */
gboolean dbk_enrol_accept (DbkDb *db, const DbkEnrolAnswer *answer, GError **error);

G_END_DECLS
