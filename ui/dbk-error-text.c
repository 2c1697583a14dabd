/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "dbk-error"

#include "config.h"

#include "ui/dbk-error-text.h"

#include <glib/gi18n.h>

#include "app/dbk-app-error.h"
#include "db/dbk-db-error.h"
#include "db/record/dbk-record-error.h"

static const char *
app_text (int code)
{
  switch ((DbkAppError) code)
    {
    case DBK_APP_ERROR_NOT_FOUND:
      return _("There is nobody and nothing of that name.");
    case DBK_APP_ERROR_NOT_ALLOWED:
      return _("Your role does not allow this.");
    case DBK_APP_ERROR_TAKEN:
      return _("That is taken already.");
    case DBK_APP_ERROR_WRONG_PIN:
      return _("Login or PIN is wrong.");
    case DBK_APP_ERROR_LOCKED_OUT:
      return _("Too many wrong PINs. Wait five minutes, or ask an administrator for a new PIN.");
    case DBK_APP_ERROR_SECOND_PERSON:
      return _("This needs a second person: somebody else who may be a witness.");
    case DBK_APP_ERROR_MISTYPED_CODE:
      return _("The code was not read completely. Scan it again.");
    case DBK_APP_ERROR_SLIP_NOT_CARD:
      return _("This is a dosing slip, not a card.");
    case DBK_APP_ERROR_OTHER_CODE:
      return _("This code is not a patient’s card.");
    case DBK_APP_ERROR_CARD_UNKNOWN:
      return _("This clinic has not issued this card.");
    case DBK_APP_ERROR_INVALID:
    case DBK_APP_ERROR_FAILED:
    default:
      return NULL;
    }
}

static const char *
db_text (int code)
{
  switch ((DbkDbError) code)
    {
    case DBK_DB_ERROR_BUSY:
      return _("Another program holds the record. Close it there first.");
    case DBK_DB_ERROR_NOT_FOUND:
      return _("It is not in the record.");
    case DBK_DB_ERROR_FULL:
      return _("The disk is full. Nothing was recorded: make room, then do it again.");
    case DBK_DB_ERROR_IO:
      return _("The disk did not answer as it should. Nothing was recorded. Use the paper sheet and call for help.");
    case DBK_DB_ERROR_CORRUPT:
      return _("The record is damaged. It was left as it is; restore a backup.");
    case DBK_DB_ERROR_TOO_NEW:
      return _("A newer version of the program made this record. It was left as it is.");
    case DBK_DB_ERROR_NOT_OURS:
      return _("This file is not a record of Dosebook.");
    case DBK_DB_ERROR_READ_ONLY:
      return _("The record cannot be written: the file or its folder is read-only.");
    case DBK_DB_ERROR_EXISTS:
      return _("There is a file of that name already.");
    case DBK_DB_ERROR_CANCELLED:
      return _("Cancelled; nothing was recorded.");
    case DBK_DB_ERROR_CONSTRAINT:
    case DBK_DB_ERROR_FAILED:
    default:
      return NULL;
    }
}

static const char *
record_text (int code)
{
  switch ((DbkRecordError) code)
    {
    case DBK_RECORD_ERROR_UNIT:
      return _("That is a volume, not a dose: doses are in mg.");
    case DBK_RECORD_ERROR_RANGE:
      return _("That amount cannot be.");
    case DBK_RECORD_ERROR_INVALID:
    default:
      return NULL;
    }
}

char *
dbk_error_text (const GError *error)
{
  const char *text = NULL;

  if (error->domain == DBK_APP_ERROR)
    text = app_text (error->code);
  else if (error->domain == DBK_DB_ERROR)
    text = db_text (error->code);
  else if (error->domain == DBK_RECORD_ERROR)
    text = record_text (error->code);
  /* What somebody typed or chose cannot be: said where it was found, in English, and translated here. */
  return g_strdup (text != NULL ? text : gettext (error->message));
}
