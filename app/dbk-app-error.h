/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a use case can be refused for, besides what the record itself says (db/dbk-db-error.h) and what a value says
 * (db/record/dbk-record-error.h). A stop by a rule is a result, not an error. */
typedef enum
{
  DBK_APP_ERROR_INVALID,       /* what was typed or passed cannot be */
  DBK_APP_ERROR_NOT_FOUND,     /* nobody and nothing of that name */
  DBK_APP_ERROR_NOT_ALLOWED,   /* this role may not */
  DBK_APP_ERROR_TAKEN,         /* the number, login or lot is somebody else's already */
  DBK_APP_ERROR_WRONG_PIN,     /* login or PIN is wrong; which of the two is not said */
  DBK_APP_ERROR_LOCKED_OUT,    /* too many wrong PINs; the message says until when */
  DBK_APP_ERROR_SECOND_PERSON, /* needs a second person's PIN */
  DBK_APP_ERROR_MISTYPED_CODE, /* has the frame of a card, but its check characters do not agree */
  DBK_APP_ERROR_SLIP_NOT_CARD, /* a slip was scanned where a card is meant */
  DBK_APP_ERROR_OTHER_CODE,    /* a sheet row, a badge or a test code, where a card is meant */
  DBK_APP_ERROR_CARD_UNKNOWN,  /* a well-formed card that this record has not issued */
  DBK_APP_ERROR_FAILED
} DbkAppError;

#define DBK_APP_ERROR (dbk_app_error_quark ())
GQuark dbk_app_error_quark (void);

G_END_DECLS
