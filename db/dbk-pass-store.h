/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading slips and vouchers. Values returned are the caller's. On the door's thread. */
#pragma once

#include "db/dbk-db.h"
#include "db/record/dbk-pass.h"

G_BEGIN_DECLS

/* NOT_FOUND for one that was not issued here. */
DbkPass   *dbk_pass_get             (DbkDb *db, const char *id, GError **error);
/* In walking order: by day, then by the patient's number. */
GPtrArray *dbk_pass_list_of_batch   (DbkDb *db, const char *batch, GError **error);
GPtrArray *dbk_pass_list_of_patient (DbkDb *db, const char *patient, GError **error);
/* Slips of which nothing has been said yet; of every point for NULL. */
GPtrArray *dbk_slip_list_open       (DbkDb *db, const char *site, GError **error);
/* DbkSlipBatch, newest first; of every point for NULL. */
GPtrArray *dbk_slip_batch_list      (DbkDb *db, const char *site, GError **error);

G_END_DECLS
