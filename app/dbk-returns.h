/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What coming back after an absence has meant, over the whole record. One read transaction, an immutable snapshot. */
#pragma once

#include "app/dbk-clinic.h"

G_BEGIN_DECLS

typedef struct
{
  DbkPolicy  *policy;
  GArray     *missed;     /* gint64: at index n, how often somebody came back after n missed days */
  GHashTable *actions;    /* char* word -> gint64* count */
  gint64      returns;
} DbkReturns;

void dbk_returns_free (DbkReturns *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DbkReturns, dbk_returns_free)

/* @policy: name of a shipped profile; NULL: the one in force. */
DbkReturns *dbk_returns_read (DbkClinic *clinic, const char *policy, GError **error);

G_END_DECLS
