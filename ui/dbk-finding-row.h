/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thing that stands in the way, or is good to know: a shape, a title, a sentence, who lifts it, and for an ANSWER one numbered button for
 * each coded answer.
 *
 * Signal "answered" (char *choice). */
#pragma once

#include <gtk/gtk.h>

#include "app/rules/dbk-verdict.h"

G_BEGIN_DECLS

#define DBK_TYPE_FINDING_ROW (dbk_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (DbkFindingRow, dbk_finding_row, DBK, FINDING_ROW, GtkWidget)

/* Borrows nothing after the call. @numbered: its answers have the keys 1 to 5 now. */
GtkWidget *dbk_finding_row_new (const DbkFinding *finding, const DbkVerdict *verdict, const DbkPolicy *policy, const char *timezone,
                                gboolean numbered);

DbkFindingCode dbk_finding_row_get_code (DbkFindingRow *self);

G_END_DECLS
