/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A patient is registered, and what is known of them changes. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

/* @draft: everything but id and enrolled, which are set in it. INVALID names the field; TAKEN if another patient has the number.
 * @similar (may be NULL): how many others in treatment have a name that sounds the same. */
gboolean dbk_register_patient (DbkClinic *clinic, const DbkSession *session, DbkPatient *draft, gint *similar, GError **error);

/* Writes the pinyin of a Chinese name where nobody has written one. */
void dbk_fill_pinyin (DbkPatient *patient);

/* Only what differs from the record is written; the number stays unique. */
gboolean dbk_change_patient (DbkClinic *clinic, const DbkSession *session, const DbkPatient *after, GError **error);

/* Something of a patient that was changed at two places: the later change holds by itself, unless somebody who knows better keeps the other one. */
typedef struct
{
  char *patient;
  char *attribute; /* as DbkConflict names it */
  char *value;     /* NULL: nothing */
} DbkKeptValue;

DbkKeptValue *dbk_kept_value_new  (const char *patient, const char *attribute, const char *value);
void          dbk_kept_value_free (DbkKeptValue *self);

/* All of @kept (DbkKeptValue) or none: each is written as a change made now, and so is the later one at every place. TAKEN if another patient has the
 * number. */
gboolean dbk_keep_values (DbkClinic *clinic, const DbkSession *session, GPtrArray *kept, GError **error);

/* @picture: any format the system reads, at most 40 MB; it is turned upright, cut to 3:4, made 480 x 640 and stripped of everything but the
 * picture. INVALID if it is none or too large. */
gboolean dbk_take_photo (DbkClinic *clinic, const DbkSession *session, const char *patient, GBytes *picture, GError **error);

G_END_DECLS
