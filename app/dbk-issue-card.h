/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards: issued, and revoked when lost. A patient may hold several; a new one does not revoke the old unless it is asked for. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

/* @code gets the new card's 20 characters. @revoke_reason (may be NULL): the patient's other valid cards are revoked with that reason in the
 * same transaction: "lost" "damaged" "left" "other". */
gboolean dbk_issue_card (DbkClinic *clinic, const DbkSession *session, const char *patient, const char *revoke_reason, char **code, GError **error);
gboolean dbk_revoke_card (DbkClinic *clinic, const DbkSession *session, const char *code, const char *reason, GError **error);

/* The newest valid card of a patient; NULL without an error if there is none. */
char *dbk_current_card (DbkClinic *clinic, const char *patient, GError **error);

G_END_DECLS
