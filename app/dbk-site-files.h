/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Site files by the clinic's rules: who may write and take them in, to whom, with a copy of the record before anything is taken in. */
#pragma once

#include "app/dbk-clinic.h"
#include "db/exchange/dbk-intake.h"

G_BEGIN_DECLS

typedef struct
{
  const char *site;     /* code or id of the place it is for; NULL at a dosing point: the clinic */
  const char *path;     /* EXISTS if there is a file */
  gboolean    full;     /* everything, whatever they say they hold */
  gboolean    nothing;  /* no facts: asks for what is missing */
} DbkSiteFileRequest;

/* The file is on the stick and was read back when this returns. */
DbkExportReport *dbk_write_site_file (DbkClinic *clinic, const DbkSession *session, const DbkSiteFileRequest *request, GCancellable *cancellable,
                                      DbkExchangeProgress progress, gpointer data, GError **error);

/* @session may be NULL where nobody can be signed in yet: at a point that has no staff. TAKE keeps a verified copy of the record first, beside it,
 * as "….before-exchange". */
DbkIntake *dbk_take_site_file (DbkClinic *clinic, const DbkSession *session, const char *path, DbkIntakeMode mode, GCancellable *cancellable,
                                     DbkExchangeProgress progress, gpointer data, GError **error);

/* "dosebook-C1-to-B2-20261126-0932.dosebook-site": no patient, no number. The caller's. */
char *dbk_site_file_name (DbkClinic *clinic, const char *to_code);

G_END_DECLS
