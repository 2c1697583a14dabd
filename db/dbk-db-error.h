/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Each code exists because a caller says or does something else for it. */
typedef enum
{
  DBK_DB_ERROR_FAILED,
  DBK_DB_ERROR_BUSY,       /* somebody else holds the record for writing; the message says who */
  DBK_DB_ERROR_CONSTRAINT, /* a key or check of the record refused */
  DBK_DB_ERROR_NOT_FOUND,
  DBK_DB_ERROR_FULL,       /* the disk is full: nothing was recorded */
  DBK_DB_ERROR_IO,
  DBK_DB_ERROR_CORRUPT,    /* the file or a fact in it does not hold */
  DBK_DB_ERROR_TOO_NEW,    /* made by a newer program; untouched */
  DBK_DB_ERROR_NOT_OURS,   /* not a Dosebook record */
  DBK_DB_ERROR_READ_ONLY,
  DBK_DB_ERROR_EXISTS,
  DBK_DB_ERROR_CANCELLED
} DbkDbError;

#define DBK_DB_ERROR (dbk_db_error_quark ())
GQuark dbk_db_error_quark (void);

G_END_DECLS
